"""What is asked of somebody who arranges offices and who serves where?"""

from flask_babel import lazy_gettext as _
from wtforms import (
    BooleanField,
    FileField,
    Form,
    HiddenField,
    RadioField,
    SearchField,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
)
from wtforms.validators import InputRequired, Length, Optional
from wtforms.widgets import CheckboxInput, ListWidget

from assessor.organization.services import LONGEST_NAME
from assessor.ui.day_field import DayField

LONGEST_REASON = 2_000


class SearchForm(Form):
    """Words to look for."""

    q = SearchField(
        _("Nama atau wilayah"),
        render_kw={"autocapitalize": "none", "spellcheck": "false", "autocomplete": "off"},
    )


class OfficeForm(Form):
    """What an office is called, and by which time it goes. `seen` names what was there before."""

    seen = HiddenField()
    name = StringField(
        _("Nama resmi"),
        [
            InputRequired(_("Isi nama resmi kantor, seperti pada surat dinas.")),
            Length(max=LONGEST_NAME, message=_("Nama kantor paling panjang 200 huruf.")),
        ],
        render_kw={"autocomplete": "off"},
    )
    short_name = StringField(
        _("Nama singkat"),
        [
            InputRequired(_("Isi nama singkat kantor untuk daftar dan tabel.")),
            Length(max=LONGEST_NAME, message=_("Nama kantor paling panjang 200 huruf.")),
        ],
        render_kw={"autocomplete": "off"},
    )
    time_zone = SelectField(
        _("Waktu setempat"),
        [InputRequired(_("Pilih waktu setempat kantor."))],
        validate_choice=False,
    )


class NewOfficeForm(OfficeForm):
    """A new office, and below which one it stands: that decides its level."""

    parent = SelectField(
        _("Kantor induk"), [InputRequired(_("Pilih kantor induk."))], validate_choice=False
    )


class ReasonForm(Form):
    """Why something is done; the journal keeps it."""

    reason = TextAreaField(
        _("Alasan"),
        [
            InputRequired(_("Tulis alasannya; jurnal menyimpannya.")),
            Length(max=LONGEST_REASON, message=_("Alasan paling panjang 2.000 huruf.")),
        ],
    )


class MoveForm(ReasonForm):
    """Below which office another one stands from now on."""

    parent = SelectField(
        _("Kantor induk yang baru"),
        [InputRequired(_("Pilih kantor induk."))],
        validate_choice=False,
    )


class HolidayForm(Form):
    """A day on which an office does not work."""

    day = DayField(_("Tanggal libur"), [InputRequired(_("Isi tanggal liburnya."))])
    name = StringField(
        _("Nama hari libur"),
        [
            InputRequired(_("Isi nama hari liburnya.")),
            Length(max=120, message=_("Nama hari libur paling panjang 120 huruf.")),
        ],
    )


class AreaForm(Form):
    """Which territory an office serves from when to when."""

    territory = RadioField(
        _("Wilayah"), [InputRequired(_("Cari dan pilih wilayahnya."))], validate_choice=False
    )
    valid_from = DayField(
        _("Mulai tanggal"), [InputRequired(_("Isi tanggal layanan ini dimulai."))]
    )
    valid_to = DayField(_("Berakhir sebelum tanggal"), [Optional()])


class EndAreaForm(Form):
    """From which day on an office no longer serves a territory."""

    valid_to = DayField(
        _("Tidak melayani lagi sejak tanggal"), [InputRequired(_("Isi tanggal layanan berakhir."))]
    )


class SettingForm(Form):
    """Another value for a setting of the whole installation; `seen` is the one that held."""

    seen = HiddenField()
    value = StringField(_("Isi"), [Optional()], render_kw={"autocomplete": "off"})
    sure = BooleanField(
        _("Ya, ubah bagi seluruh pemasangan ini"),
        [InputRequired(_("Beri tanda bahwa Anda yakin."))],
    )


class ChoicesForm(Form):
    """The same of a setting of which any number of choices may hold."""

    seen = HiddenField()
    value = SelectMultipleField(
        _("Peran"),
        [Optional()],
        widget=ListWidget(prefix_label=False),
        option_widget=CheckboxInput(),
    )
    sure = BooleanField(
        _("Ya, ubah bagi seluruh pemasangan ini"),
        [InputRequired(_("Beri tanda bahwa Anda yakin."))],
    )


class LetterheadForm(Form):
    """The lines and the logo of a kop; `seen` names what was there before."""

    seen = HiddenField()
    lines = TextAreaField(_("Baris kop"), [Optional()], render_kw={"rows": "6"})
    logo = FileField(_("Gambar logo"), render_kw={"accept": "image/png,image/jpeg"})
    keep_logo = BooleanField(_("Pertahankan logo yang sekarang"))
