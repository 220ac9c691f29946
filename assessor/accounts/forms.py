"""Which fields do the forms of accounts have, and what do they say when something is missing?"""

from flask_babel import lazy_gettext as _
from wtforms import BooleanField, Form, HiddenField, PasswordField, StringField
from wtforms.validators import InputRequired, Length, ValidationError

from assessor.accounts.factor_codes import LONGEST_CODE


class SignInForm(Form):
    """Name and password; the password is taken as typed."""

    user_name = StringField(
        _("Nama masuk"),
        [
            InputRequired(_("Isi nama masuk Anda: alamat surel, nomor telepon, atau nama akun")),
            Length(max=200, message=_("Periksa nama masuk Anda; paling panjang 200 huruf")),
        ],
        render_kw={"autocomplete": "username", "autocapitalize": "none", "spellcheck": "false"},
    )
    password = PasswordField(
        _("Kata sandi"),
        [
            InputRequired(_("Isi kata sandi Anda")),
            Length(max=1000, message=_("Periksa kata sandi Anda; ini terlalu panjang")),
        ],
        render_kw={"autocomplete": "current-password"},
    )
    shared = BooleanField(_("Ini komputer bersama"))


class ForgottenForm(Form):
    """Whose password it is."""

    user_name = StringField(
        _("Nama masuk"),
        [
            InputRequired(_("Isi nama masuk Anda: alamat surel, nomor telepon, atau nama akun")),
            Length(max=200, message=_("Periksa nama masuk Anda; paling panjang 200 huruf")),
        ],
        render_kw={"autocomplete": "username", "autocapitalize": "none", "spellcheck": "false"},
    )


class CurrentPasswordForm(Form):
    """The present password."""

    current_password = PasswordField(
        _("Kata sandi sekarang"),
        [
            InputRequired(_("Isi kata sandi Anda sekarang")),
            Length(max=1000, message=_("Periksa kata sandi Anda; ini terlalu panjang")),
        ],
        render_kw={"autocomplete": "current-password"},
    )


def code_field(*, required: bool = True) -> StringField:
    """A code of the second step, from the app; one from paper is taken, too."""
    return StringField(
        _("Kode dari aplikasi"),
        [
            *([InputRequired(_("Isi kode enam angka dari aplikasi di ponsel Anda"))] * required),
            Length(max=LONGEST_CODE, message=_("Periksa kodenya; ini terlalu panjang")),
        ],
        render_kw={"autocomplete": "one-time-code", "inputmode": "numeric", "spellcheck": "false"},
    )


class SecondStepForm(Form):
    """The code of the second step: from the app, or from paper."""

    factor_code = code_field(required=False)
    recovery_code = StringField(
        _("Kode pemulihan"),
        [Length(max=LONGEST_CODE, message=_("Periksa kodenya; ini terlalu panjang"))],
        render_kw={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"},
    )

    @property
    def typed(self) -> str:
        """The code that was typed, into whichever field."""
        return (self.factor_code.data or "").strip() or (self.recovery_code.data or "").strip()

    def say(self, sentence: str) -> None:
        """Say at the field that was used what is wrong."""
        field = self.factor_code
        if not (field.data or "").strip() and (self.recovery_code.data or "").strip():
            field = self.recovery_code
        field.errors = [*field.errors, sentence]
        field.data = ""  # it must be another one


class NewPasswordForm(Form):
    """A new password twice: nobody sees what is typed."""

    new_password = PasswordField(
        _("Kata sandi baru"),
        [InputRequired(_("Isi kata sandi baru"))],
        render_kw={"autocomplete": "new-password", "minlength": "12"},
    )
    new_password_again = PasswordField(
        _("Kata sandi baru, sekali lagi"),
        [InputRequired(_("Isi kata sandi baru sekali lagi"))],
        render_kw={"autocomplete": "new-password"},
    )

    def validate_new_password_again(self, field: PasswordField) -> None:
        """The same twice."""
        if field.data != self.new_password.data:
            raise ValidationError(_("Ketik kata sandi baru yang sama di kedua isian"))


class FactorForm(CurrentPasswordForm):
    """The password and a code, before something of the second step changes."""

    factor_code = code_field()


class SwitchOnForm(FactorForm):
    """The same with the first code of the new app. `offer` is the secret on the page."""

    offer = HiddenField()


class PasswordForm(NewPasswordForm, CurrentPasswordForm):
    """The present password, and the new one."""
