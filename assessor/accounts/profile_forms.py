"""Which fields do the forms have with which somebody changes the own account?"""

from flask_babel import lazy_gettext as _
from wtforms import Form, PasswordField, RadioField, StringField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # newer than its stubs
from wtforms.validators import InputRequired, Length

from assessor.accounts.forms import code_field


class ReadingForm(Form):
    """In which language and time somebody reads."""

    language = RadioField(
        _("Bahasa"),
        [InputRequired(_("Pilih bahasanya"))],
        choices=[SelectChoice("id", _("Bahasa Indonesia")), SelectChoice("en", "English")],
    )
    time_zone = RadioField(
        _("Waktu setempat"),
        [InputRequired(_("Pilih waktu setempat Anda"))],
        choices=[
            SelectChoice("WIB", _("WIB: Sumatera, Jawa, Kalimantan Barat dan Tengah")),
            SelectChoice("WITA", _("WITA: Bali, Nusa Tenggara, Sulawesi, Kalimantan lainnya")),
            SelectChoice("WIT", _("WIT: Maluku dan Papua")),
        ],
    )


class ProofForm(Form):
    """Who it is, again: whoever found the device open changes nothing."""

    password = PasswordField(
        _("Kata sandi sekarang"),
        [
            InputRequired(_("Isi kata sandi Anda sekarang")),
            Length(max=1000, message=_("Periksa kata sandi Anda; ini terlalu panjang")),
        ],
        render_kw={"autocomplete": "current-password"},
    )
    factor_code = code_field()


class PhoneForm(ProofForm):
    """A phone number."""

    phone = StringField(
        _("Nomor telepon"),
        [Length(max=40, message=_("Periksa nomor teleponnya"))],
        render_kw={"autocomplete": "tel", "inputmode": "tel"},
    )


class MailForm(ProofForm):
    """A mail address."""

    mail = StringField(
        _("Alamat surel"),
        [Length(max=254, message=_("Periksa alamat surelnya"))],
        render_kw={
            "autocomplete": "email",
            "autocapitalize": "none",
            "spellcheck": "false",
            "inputmode": "email",
        },
    )
