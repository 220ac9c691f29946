"""What is asked of somebody who puts their name to an assessment?"""

from flask_babel import lazy_gettext as _
from wtforms import Form, HiddenField, PasswordField, TextAreaField
from wtforms.validators import InputRequired, Length, Optional

from assessor.accounts.forms import code_field
from assessor.assessments.written import LONGEST_REASON


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
