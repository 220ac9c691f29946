"""Which fields do the forms of accounts have, and what do they say when something is missing?"""

from flask_babel import lazy_gettext as _
from wtforms import BooleanField, Form, PasswordField, StringField
from wtforms.validators import InputRequired, Length, ValidationError


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


class PasswordForm(NewPasswordForm, CurrentPasswordForm):
    """The present password, and the new one."""
