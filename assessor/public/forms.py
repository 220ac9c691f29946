"""What is asked of somebody who checks a report?"""

from flask_babel import lazy_gettext as _
from wtforms import FileField, Form, StringField
from wtforms.validators import InputRequired


class CodeForm(Form):
    """The code that is printed on every page."""

    code = StringField(
        _("Kode di laporan"),
        [InputRequired(_("Isi kode yang tercetak di kaki halaman laporan."))],
        render_kw={"autocapitalize": "characters", "autocomplete": "off", "spellcheck": "false"},
    )


class FileForm(Form):
    """The report itself."""

    file = FileField(_("Berkas PDF laporan"), render_kw={"accept": "application/pdf"})
