"""By what is an edition searched?"""

from flask_babel import lazy_gettext as _
from wtforms import Form, SearchField, SelectField


class SoughtForm(Form):
    """The search within an edition."""

    q = SearchField(
        _("Cari butir"),
        render_kw={"autocapitalize": "none", "spellcheck": "false", "autocomplete": "off"},
    )


class SinceForm(Form):
    """With which edition it is compared."""

    since = SelectField(_("Bandingkan dengan"), validate_choice=False)
