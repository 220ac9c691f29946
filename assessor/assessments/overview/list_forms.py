"""What is the list of assessments narrowed by?"""

from flask_babel import lazy_gettext as _
from wtforms import Form, SelectField, StringField


class SearchForm(Form):
    """What the list of assessments is narrowed by."""

    q = StringField(_("Nama atau nomor"), render_kw={"type": "search", "autocomplete": "off"})
    status = SelectField(_("Keadaan"), validate_choice=False)
    kind = SelectField(_("Jenis"), validate_choice=False)
    year = SelectField(_("Tahun"), validate_choice=False)
