"""What is asked of somebody who opens, hands over, returns or answers an assessment?"""

from flask_babel import lazy_gettext as _
from wtforms import (
    Form,
    HiddenField,
    PasswordField,
    RadioField,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
)
from wtforms.validators import InputRequired, Length, Optional
from wtforms.widgets import CheckboxInput, ListWidget

from assessor.accounts.forms import code_field
from assessor.assessments.findings import LONGEST
from assessor.ui.day_field import DayField
from assessor.ui.fields import offer, offered

__all__ = ["offer", "offered"]  # beside the forms, whose lists the views fill

LONGEST_REASON = 2_000
LONGEST_SEARCH = 100


class SearchForm(Form):
    """What the list of assessments is narrowed by."""

    q = StringField(_("Nama atau nomor"), render_kw={"type": "search", "autocomplete": "off"})
    status = SelectField(_("Keadaan"), validate_choice=False)
    kind = SelectField(_("Jenis"), validate_choice=False)
    year = SelectField(_("Tahun"), validate_choice=False)


class OpenForm(Form):
    """A new assessment of an auditee by others."""

    kind = RadioField(
        _("Jenis penilaian"), [InputRequired(_("Pilih jenis penilaian."))], validate_choice=False
    )
    mode = RadioField(
        _("Cara menilai"), [InputRequired(_("Pilih cara menilai."))], validate_choice=False
    )
    words = StringField(
        _("Cari petugas"),
        [
            Optional(),
            Length(max=LONGEST_SEARCH, message=_("Cari dengan paling banyak 100 huruf.")),
        ],
        render_kw={"type": "search", "autocomplete": "off"},
    )
    lead = SelectField(
        _("Ketua tim"), [InputRequired(_("Pilih ketua tim penilai."))], validate_choice=False
    )
    members = SelectMultipleField(
        _("Anggota tim"),
        [Optional()],
        widget=ListWidget(prefix_label=False),
        option_widget=CheckboxInput(),
        validate_choice=False,
    )
    visit_on = DayField(_("Tanggal kunjungan"), [Optional()])
    edition = SelectField(_("Instrumen"), [Optional()], validate_choice=False)
    exempt_reason = TextAreaField(
        _("Alasan pengecualian"),
        [
            Optional(),
            Length(max=LONGEST_REASON, message=_("Alasan paling panjang 2.000 huruf.")),
        ],
    )


class VisitForm(Form):
    """On which day the team was there."""

    visit_on = DayField(
        _("Tanggal kunjungan"), [InputRequired(_("Isi tanggal kunjungan tim ke lokasi."))]
    )


class ReturnForm(Form):
    """Why it goes back to the team."""

    reason = TextAreaField(
        _("Alasan pengembalian"),
        [
            InputRequired(_("Tulis alasan pengembalian, supaya tim tahu apa yang diperbaiki.")),
            Length(max=LONGEST_REASON, message=_("Alasan paling panjang 2.000 huruf.")),
        ],
    )


class RemarkForm(Form):
    """What the team should look at again at an item."""

    words = TextAreaField(
        _("Catatan untuk tim"),
        [Length(max=LONGEST_REASON, message=_("Catatan paling panjang 2.000 huruf."))],
    )


class CorrectForm(Form):
    """Another choice beside the team's, and why."""

    choice = RadioField(
        _("Nilai menurut Anda"), [InputRequired(_("Pilih nilainya."))], validate_choice=False
    )
    reason = TextAreaField(
        _("Alasan koreksi"),
        [
            InputRequired(_("Tulis alasan koreksi. Alasan ini tercetak pada laporan.")),
            Length(max=LONGEST_REASON, message=_("Alasan paling panjang 2.000 huruf.")),
        ],
    )


class ReviseForm(Form):
    """Why a sealed assessment is corrected."""

    reason = TextAreaField(
        _("Alasan revisi"),
        [
            InputRequired(_("Tulis alasan revisi. Alasan ini tercetak pada laporan.")),
            Length(max=LONGEST_REASON, message=_("Alasan paling panjang 2.000 huruf.")),
        ],
    )


class FindingForm(Form):
    """Class and words of a finding, or the reason it is dropped. `seen` names what was there
    when the form was made."""

    seen = HiddenField()
    finding_class = SelectField(
        _("Golongan"), [InputRequired(_("Pilih golongan temuan."))], validate_choice=False
    )
    statement = TextAreaField(
        _("Uraian temuan"),
        [Length(max=LONGEST, message=_("Uraian paling panjang 4.000 huruf. Ringkas dulu."))],
    )
    drop_reason = TextAreaField(
        _("Alasan menghapus temuan"),
        [Length(max=LONGEST, message=_("Alasan paling panjang 4.000 huruf. Ringkas dulu."))],
    )


class AnswerForm(Form):
    """What the auditee says to a finding."""

    words = TextAreaField(
        _("Tanggapan"),
        [
            InputRequired(_("Tulis tanggapan Anda atas temuan ini.")),
            Length(max=LONGEST, message=_("Tanggapan paling panjang 4.000 huruf. Ringkas dulu.")),
        ],
    )


class SignForm(Form):
    """A sign-off: what was on the screen, the password once more, and a code of
    who signs in with two steps."""

    shown_hash = HiddenField()
    password = PasswordField(
        _("Kata sandi Anda"),
        [
            InputRequired(_("Isi kata sandi Anda untuk menandatangani.")),
            Length(max=1000, message=_("Periksa kata sandi Anda; ini terlalu panjang.")),
        ],
        render_kw={"autocomplete": "current-password"},
    )
    factor_code = code_field()


class VerifyForm(SignForm):
    """The verifier's sign-off, with the reason where a rule of independence allows an
    exception."""

    exempt_reason = TextAreaField(
        _("Alasan pengecualian"),
        [
            Optional(),
            Length(max=LONGEST_REASON, message=_("Alasan paling panjang 2.000 huruf.")),
        ],
    )
