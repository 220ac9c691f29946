"""What does somebody outside the team write: remarks, corrections, why it goes back?"""

from flask_babel import lazy_gettext as _
from wtforms import Form, RadioField, TextAreaField
from wtforms.validators import InputRequired, Length

from assessor.assessments.written import LONGEST_REASON


class ReturnForm(Form):
    """Why it goes back to the team."""

    reason = TextAreaField(
        _("Alasan pengembalian"),
        [
            InputRequired(_("Tulis alasan pengembalian, supaya tim tahu apa yang diperbaiki.")),
            Length(max=LONGEST_REASON, message=_("Alasan paling panjang 2.000 huruf.")),
        ],
    )


class RemarkForm(Form):
    """What the team should look at again at an item."""

    words = TextAreaField(
        _("Catatan untuk tim"),
        [Length(max=LONGEST_REASON, message=_("Catatan paling panjang 2.000 huruf."))],
    )


class CorrectForm(Form):
    """Another choice beside the team's, and why."""

    choice = RadioField(
        _("Nilai menurut Anda"), [InputRequired(_("Pilih nilainya."))], validate_choice=False
    )
    reason = TextAreaField(
        _("Alasan koreksi"),
        [
            InputRequired(_("Tulis alasan koreksi. Alasan ini tercetak pada laporan.")),
            Length(max=LONGEST_REASON, message=_("Alasan paling panjang 2.000 huruf.")),
        ],
    )
