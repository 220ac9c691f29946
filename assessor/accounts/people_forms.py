"""Which fields do the administrator's forms about people have?"""

from collections.abc import Mapping
from datetime import date
from typing import Any

from flask_babel import lazy_gettext as _
from wtforms import DateField, Form, RadioField, SearchField, SelectField, StringField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # newer than its stubs
from wtforms.validators import InputRequired, Length, Optional, ValidationError

from assessor.access.actor import OFFICE_ROLES, Role

ANY = SelectChoice("", _("Semua"))
_NONE = SelectChoice("", _("Pilih"))


def _offer(field: Any, offered: Mapping[str, str], first: SelectChoice) -> None:
    field.choices = [first, *(SelectChoice(*each) for each in offered.items())]
    field.offered = frozenset(offered)


def _offers(field: Any) -> bool:
    """Whether the chosen value is one of those that were offered."""
    return field.data in getattr(field, "offered", frozenset())


class PeopleForm(Form):
    """The filter bar. Its lists are filled by the view; a value that is not in them means any."""

    q = SearchField(
        _("Nama atau nama masuk"),
        render_kw={"autocapitalize": "none", "spellcheck": "false", "autocomplete": "off"},
    )
    role = SelectField(_("Peran"), choices=[ANY], validate_choice=False)
    office = SelectField(_("Kantor"), choices=[ANY], validate_choice=False)
    condition = SelectField(_("Keadaan akun"), choices=[ANY], validate_choice=False)

    def offer(self, name: str, offered: Mapping[str, str]) -> None:
        """Let a list offer these values with their labels, besides "all"."""
        _offer(self[name], offered, ANY)


class DetailsForm(Form):
    """How a person is called and reached."""

    name = StringField(
        _("Nama lengkap"),
        [
            InputRequired(_("Isi nama lengkapnya")),
            Length(max=200, message=_("Pakai paling banyak 200 huruf")),
        ],
        render_kw={"autocomplete": "off"},
    )
    phone = StringField(
        _("Nomor telepon"),
        [Length(max=40, message=_("Periksa nomor teleponnya"))],
        render_kw={"autocomplete": "off", "inputmode": "tel"},
    )
    mail = StringField(
        _("Alamat surel"),
        [Length(max=254, message=_("Periksa alamat surelnya"))],
        render_kw={"autocomplete": "off", "autocapitalize": "none", "inputmode": "email"},
    )
    time_zone = SelectField(
        _("Waktu setempat"), choices=[SelectChoice(zone, zone) for zone in ("WIB", "WITA", "WIT")]
    )


class PositionForm(Form):
    """A role, where it is held, and from when until when. `today` is the person's day."""

    role = SelectField(
        _("Peran"), [InputRequired(_("Pilih perannya"))], choices=[_NONE], validate_choice=False
    )
    office = SelectField(_("Kantor"), choices=[_NONE], validate_choice=False)
    auditee = StringField(
        _("Lembaga atau unit"),
        [Length(max=200, message=_("Pakai nama yang lebih pendek, atau nomornya"))],
        render_kw={"autocomplete": "off", "autocapitalize": "none", "spellcheck": "false"},
    )
    auditee_id = RadioField(_("Yang mana?"), choices=[], validate_choice=False)
    valid_from = DateField(_("Mulai"), [Optional()])
    valid_to = DateField(_("Berakhir"), [Optional()])

    today: date

    def offer(self, name: str, offered: Mapping[str, str]) -> None:
        """Let a list offer these values."""
        _offer(self[name], offered, _NONE)

    @property
    def chosen_role(self) -> Role | None:
        """The role, if one was chosen."""
        return Role(self.role.data) if self.role.data in set(Role) else None

    @property
    def at_office(self) -> bool:
        """Whether the chosen role is held at an office."""
        return self.chosen_role in OFFICE_ROLES

    def validate_role(self, field: SelectField) -> None:
        """One of those there are."""
        if self.chosen_role is None or not _offers(field):
            raise ValidationError(_("Pilih perannya"))

    def validate_office(self, field: SelectField) -> None:
        """Asked of roles at an office."""
        if self.at_office and not _offers(field):
            raise ValidationError(_("Pilih kantornya"))

    def validate_auditee(self, field: StringField) -> None:
        """Asked of the others."""
        if self.chosen_role is not None and not self.at_office and not (field.data or "").strip():
            raise ValidationError(_("Tulis nama atau nomor lembaga atau unitnya"))

    def validate_valid_from(self, field: DateField) -> None:
        """What is over is not given any more."""
        if field.data is not None and field.data < self.today:
            raise ValidationError(_("Isi tanggal hari ini atau sesudahnya"))

    def validate_valid_to(self, field: DateField) -> None:
        """After the beginning."""
        begins = self.valid_from.data or self.today
        if field.data is not None and field.data <= begins:
            raise ValidationError(_("Isi tanggal berakhir sesudah tanggal mulai"))


class InviteForm(PositionForm, DetailsForm):
    """A new person with a first position."""

    user_name = StringField(
        _("Nama masuk"),
        [Length(max=200, message=_("Pakai paling banyak 200 huruf"))],
        render_kw={"autocomplete": "off", "autocapitalize": "none", "spellcheck": "false"},
    )

    def validate_user_name(self, field: StringField) -> None:
        """Without one the phone number or the mail address stands for it."""
        if not any((each.data or "").strip() for each in (field, self.phone, self.mail)):
            raise ValidationError(_("Isi nomor telepon, alamat surel, atau nama masuknya"))

    @property
    def sign_in_name(self) -> str:
        """What was typed, else the phone number, else the mail address."""
        return str(self.user_name.data or self.phone.data or self.mail.data or "")


class EndForm(Form):
    """The first day on which a position does not hold any more."""

    on = DateField(_("Hari pertama tanpa jabatan ini"), [InputRequired(_("Isi tanggalnya"))])

    today: date

    def validate_on(self, field: DateField) -> None:
        """What was is not changed afterwards."""
        if field.data is not None and field.data < self.today:
            raise ValidationError(_("Isi tanggal hari ini atau sesudahnya"))
