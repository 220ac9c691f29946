"""What is asked of somebody who brings a filled sheet back?"""

from flask_babel import lazy_gettext as _
from wtforms import FileField, Form, HiddenField


class SheetForm(Form):
    """The filled sheet."""

    file = FileField(_("Lembar yang sudah diisi"), render_kw={"accept": ".xlsx"})


class EnterForm(Form):
    """The sheet that was looked at, carried along."""

    carried = HiddenField()
