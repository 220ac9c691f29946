"""By what is the list of auditees narrowed, and what is asked of who keeps one?"""

from collections.abc import Mapping
from typing import Any

from flask_babel import lazy_gettext as _
from wtforms import (
    BooleanField,
    Form,
    HiddenField,
    IntegerField,
    RadioField,
    SearchField,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
)
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # newer than its stubs
from wtforms.validators import InputRequired, Length, NumberRange, Optional
from wtforms.widgets import CheckboxInput, ListWidget

from assessor.auditees.changing import LONGEST_ADDRESS, MOST_PLACES
from assessor.auditees.registering import LONGEST_NAME
from assessor.ui.day_field import DayField

LONGEST_REASON = 2_000

ANY = SelectChoice("", _("Semua"))


class SoughtForm(Form):
    """The filter bar. Its lists are filled by the view; a value that is not in them means any."""

    q = SearchField(
        _("Nama, wilayah, atau nomor"),
        render_kw={"autocapitalize": "none", "spellcheck": "false", "autocomplete": "off"},
    )
    kind = SelectField(_("Jenis"), choices=[ANY], validate_choice=False)
    agency = SelectField(_("Pengelola"), choices=[ANY], validate_choice=False)
    province = SelectField(_("Provinsi"), choices=[ANY], validate_choice=False)
    regency = SelectField(_("Kabupaten atau kota"), choices=[ANY], validate_choice=False)

    def offer(self, name: str, offered: Mapping[str, str]) -> None:
        """Let a list offer these values with their labels, besides "all"."""
        field: Any = self[name]
        field.choices = [ANY, *(SelectChoice(*each) for each in offered.items())]


class PlaceForm(Form):
    """Where somebody or something is: words to look for among the territories."""

    q = SearchField(
        _("Cari wilayah"),
        render_kw={"autocapitalize": "none", "spellcheck": "false", "autocomplete": "off"},
    )


class PlacesField(IntegerField):
    """How many places; an error says what to do."""

    def process_formdata(self, valuelist: list[str]) -> None:
        """Read the number; nothing means that there is no bound."""
        if valuelist and not valuelist[0].strip():
            self.data = None
            return
        try:
            super().process_formdata(valuelist)
        except ValueError:
            message = str(_("Isi jumlah tempat dengan angka, atau kosongkan."))
            raise ValueError(message) from None


def places_field(label: Any) -> PlacesField:
    """A number of places that may be left out."""
    return PlacesField(
        label,
        [
            Optional(),
            NumberRange(
                1, MOST_PLACES, message=_("Isi jumlah tempat antara 1 dan 10.000, atau kosongkan.")
            ),
        ],
        render_kw={"inputmode": "numeric", "min": "1"},
    )


class ManyField(SelectMultipleField):
    """Several of a list, as boxes to tick."""

    widget = ListWidget(prefix_label=False)
    option_widget = CheckboxInput()


class FactsForm(Form):
    """What an auditee is called, where it stands, who operates it. `seen` names what was there."""

    seen = HiddenField()
    name = StringField(
        _("Nama"),
        [
            InputRequired(_("Isi nama lembaga atau unit.")),
            Length(max=LONGEST_NAME, message=_("Nama paling panjang 200 huruf.")),
        ],
        render_kw={"autocomplete": "off"},
    )
    address = TextAreaField(
        _("Alamat"),
        [
            Optional(),
            Length(max=LONGEST_ADDRESS, message=_("Alamat paling panjang 500 huruf.")),
        ],
    )
    agency = SelectField(
        _("Pengelola"), [InputRequired(_("Pilih pengelolanya."))], validate_choice=False
    )
    operating_office = SelectField(
        _("Kantor BNN yang menjalankan"), [Optional()], validate_choice=False
    )


class RegisterForm(FactsForm):
    """A new auditee; `separate` says that it is none of those that are known already."""

    responsible_office = SelectField(
        _("Kantor penanggung jawab"),
        [InputRequired(_("Pilih kantor penanggung jawab."))],
        validate_choice=False,
    )
    tags = ManyField(_("Ciri"), [Optional()], validate_choice=False)
    separate = BooleanField(_("Ini yang lain, bukan salah satu di atas; tetap daftarkan"))


class RegisterSiteForm(RegisterForm):
    """A new site of an institution, with its body and its services."""

    entity = StringField(
        _("Badan yang menaungi"),
        [
            InputRequired(_("Isi nama badan yang menaungi, misalnya yayasan atau dinasnya.")),
            Length(max=LONGEST_NAME, message=_("Nama paling panjang 200 huruf.")),
        ],
        render_kw={"autocomplete": "off"},
    )
    legal_form = StringField(
        _("Bentuk badan"),
        [Optional(), Length(max=LONGEST_NAME, message=_("Bentuk badan paling panjang 200 huruf."))],
    )
    services = ManyField(_("Layanan"), [Optional()], validate_choice=False)
    inpatient = places_field(_("Tempat rawat inap"))
    outpatient = places_field(_("Tempat rawat jalan"))
    aftercare = places_field(_("Tempat pascarehabilitasi"))
    detoxification = places_field(_("Tempat detoksifikasi"))


class TagsForm(Form):
    """What an auditee is and offers; `seen` names the tags that stood there."""

    seen = HiddenField()
    tags = ManyField(_("Ciri"), [Optional()], validate_choice=False)
    reason = TextAreaField(
        _("Alasan"),
        [
            Optional(),
            Length(max=LONGEST_REASON, message=_("Alasan paling panjang 2.000 huruf.")),
        ],
    )


class ServiceForm(Form):
    """A service that a site gives from a day on."""

    tag = RadioField(_("Layanan"), [InputRequired(_("Pilih layanannya."))], validate_choice=False)
    capacity = places_field(_("Jumlah tempat"))
    begins = DayField(_("Sejak tanggal"), [InputRequired(_("Isi tanggal layanan ini dimulai."))])


class EndServiceForm(Form):
    """From which day on a service is no longer given."""

    ends = DayField(
        _("Tidak diberikan lagi sejak tanggal"),
        [InputRequired(_("Isi tanggal layanan berakhir."))],
    )


class ClosingForm(Form):
    """From which day on an auditee is judged no more, and why."""

    closed_on = DayField(
        _("Ditutup sejak tanggal"), [InputRequired(_("Isi tanggal penutupannya."))]
    )
    reason = TextAreaField(
        _("Alasan"),
        [
            InputRequired(_("Tulis alasannya; jurnal menyimpannya.")),
            Length(max=LONGEST_REASON, message=_("Alasan paling panjang 2.000 huruf.")),
        ],
    )


class ReopeningForm(Form):
    """Why a closed auditee is judged again."""

    reason = TextAreaField(
        _("Alasan"),
        [
            InputRequired(_("Tulis alasannya; jurnal menyimpannya.")),
            Length(max=LONGEST_REASON, message=_("Alasan paling panjang 2.000 huruf.")),
        ],
    )


class HandOverForm(ReopeningForm):
    """To which office an auditee passes, and why. `seen` is the office that has it now."""

    seen = HiddenField()
    office = SelectField(
        _("Kantor yang menerima"),
        [InputRequired(_("Pilih kantor yang menerima."))],
        validate_choice=False,
    )
