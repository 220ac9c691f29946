"""What is asked of somebody who prepares a visit, declares, records a meeting, or closes?"""

from typing import Any

from flask_babel import lazy_gettext as _
from wtforms import (
    BooleanField,
    FieldList,
    FileField,
    Form,
    FormField,
    HiddenField,
    RadioField,
    SelectField,
    StringField,
    TextAreaField,
    TimeField,
)
from wtforms.validators import InputRequired, Length, Optional

from assessor.assessments.visit.assignment import LONGEST_NUMBER
from assessor.assessments.written import LONGEST_LINE, LONGEST_NAME, LONGEST_POINT, LONGEST_TEXT
from assessor.evidence.declaration import CURRENT, WORDINGS
from assessor.ui.day_field import DayField

_SCANS = "application/pdf,image/jpeg,image/png,image/webp"
_LINE = Length(max=LONGEST_LINE, message=_("Paling panjang 200 huruf. Ringkas dulu."))
_NAME = Length(max=LONGEST_NAME, message=_("Nama paling panjang 120 huruf."))
_TEXT = Length(max=LONGEST_TEXT, message=_("Paling panjang 4.000 huruf. Ringkas dulu."))
_POINT = Length(max=LONGEST_POINT, message=_("Paling panjang 2.000 huruf. Ringkas dulu."))


class HourField(TimeField):
    """An hour, with an error that says what to do."""

    def process_formdata(self, valuelist: list[str]) -> None:
        """Read the hour."""
        try:
            super().process_formdata(valuelist)
        except ValueError:
            message = str(_("Isi jam dan menitnya, misalnya 14.30."))
            raise ValueError(message) from None


class ScanForm(Form):
    """A scan that comes along, and the statement that nobody can be recognised in it."""

    scan = FileField(_("Pindaian atau foto suratnya"), render_kw={"accept": _SCANS})
    declaration = BooleanField(_(WORDINGS[CURRENT].text), render_kw={"value": CURRENT})

    def check_scan(self, *, given: bool, needed: bool = False) -> bool:
        """Whether there is a scan if one is needed, and the statement with it."""
        if needed and not given:
            self.scan.errors = [_("Pilih berkas pindaiannya.")]
        if given and not self.declaration.data:
            self.declaration.errors = [
                _("Centang pernyataan ini setelah Anda memeriksa berkasnya, lalu kirim lagi.")
            ]
        return not (self.scan.errors or self.declaration.errors)


class SignedForm(ScanForm):
    """The scan of the minutes with the signatures of both sides; why it replaces another."""

    scan = FileField(_("Pindaian atau foto berita acara"), render_kw={"accept": _SCANS})
    why_new = TextAreaField(_("Alasan mengganti"), [Optional(), _TEXT])


class AssignmentForm(ScanForm):
    """The letter as it was issued, and the days that are planned."""

    number = StringField(
        _("Nomor surat tugas"),
        [
            InputRequired(_("Isi nomor surat tugas seperti tertulis pada suratnya.")),
            Length(max=LONGEST_NUMBER, message=_("Nomor paling panjang 80 huruf.")),
        ],
        render_kw={"autocomplete": "off"},
    )
    issued_on = DayField(_("Tanggal surat"), [InputRequired(_("Isi tanggal surat tugas."))])
    office = SelectField(
        _("Kantor yang menerbitkan"),
        [InputRequired(_("Pilih kantor yang menerbitkan surat tugas."))],
        validate_choice=False,
    )
    planned_from = DayField(_("Rencana kunjungan mulai"), [Optional()])
    planned_to = DayField(_("Sampai"), [Optional()])


class GuestForm(Form):
    """Somebody of another agency who comes along."""

    name = StringField(_("Nama"), [InputRequired(_("Isi nama anggota tamu.")), _NAME])
    agency = StringField(
        _("Instansi"),
        [InputRequired(_("Isi instansinya, misalnya Dinas Kesehatan.")), _LINE],
    )
    function = StringField(
        _("Tugas atau jabatan"), [InputRequired(_("Isi tugas atau jabatannya.")), _LINE]
    )


class JoinForm(Form):
    """Who joins the team, and why."""

    words = StringField(
        _("Cari petugas"),
        [Optional(), Length(max=100, message=_("Cari dengan paling banyak 100 huruf."))],
        render_kw={"type": "search", "autocomplete": "off"},
    )
    person = SelectField(
        _("Petugas penilai"), [InputRequired(_("Pilih orangnya."))], validate_choice=False
    )
    reason = TextAreaField(
        _("Alasan perubahan"), [InputRequired(_("Tulis alasan perubahan tim.")), _TEXT]
    )


class MemberForm(Form):
    """Why somebody's place on the team changes."""

    person = HiddenField()
    reason = TextAreaField(
        _("Alasan perubahan"), [InputRequired(_("Tulis alasan perubahan tim.")), _TEXT]
    )
    exempt_reason = TextAreaField(_("Alasan pengecualian"), [Optional(), _TEXT])


class DeclarationForm(Form):
    """Whether there is a conflict of interest. `wording` names what was on the screen."""

    wording = HiddenField()
    stance = RadioField(
        _("Pernyataan Anda"), [InputRequired(_("Pilih salah satu."))], validate_choice=False
    )
    said = TextAreaField(_("Konflik apa yang ada"), [Optional(), _TEXT])


class PresentForm(Form):
    """A line of the list of attendance; an empty one is passed over."""

    name = StringField(_("Nama"), [_NAME])
    party = SelectField(_("Pihak"), validate_choice=False)
    function = StringField(_("Jabatan"), [_LINE])


class MeetingForm(Form):
    """When and where a meeting was held, and who was there."""

    held_on = DayField(_("Tanggal"), [InputRequired(_("Isi tanggal pertemuan."))])
    held_at = HourField(_("Jam mulai"), [InputRequired(_("Isi jam dan menitnya, misalnya 14.30."))])
    mode = RadioField(_("Cara"), [InputRequired(_("Pilih caranya."))], validate_choice=False)
    place = StringField(_("Tempat atau sarana"), [InputRequired(_("Isi tempat pertemuan.")), _LINE])
    present: Any = FieldList(FormField(PresentForm))


class PointForm(Form):
    """An item that is not agreed, in the words of both sides."""

    item = SelectField(
        _("Butir"), [InputRequired(_("Pilih butir yang belum disepakati."))], validate_choice=False
    )
    institution = TextAreaField(
        _("Pendapat lembaga"),
        [InputRequired(_("Tulis pendapat lembaga dengan kata-katanya.")), _POINT],
    )
    team = TextAreaField(
        _("Pendapat tim penilai"), [InputRequired(_("Tulis pendapat tim penilai.")), _POINT]
    )


class ClosingForm(Form):
    """The summary that was read out. `shown_hash` names exactly what was on the screen."""

    shown_hash = HiddenField()
    summary = TextAreaField(
        _("Ringkasan hasil"),
        [InputRequired(_("Tulis ringkasan hasil yang dibacakan di pertemuan.")), _TEXT],
    )
    reason = TextAreaField(_("Alasan membekukan ulang"), [Optional(), _TEXT])


class VisitDayForm(Form):
    """On which day the team was there."""

    visit_on = DayField(
        _("Tanggal kunjungan"), [InputRequired(_("Isi tanggal kunjungan tim ke lokasi."))]
    )
