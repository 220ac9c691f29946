"""What is asked of somebody who objects to a result, or rules on an objection?"""

from flask_babel import lazy_gettext as _
from wtforms import Form, RadioField, SelectMultipleField, TextAreaField
from wtforms.validators import InputRequired, Length, Optional
from wtforms.widgets import CheckboxInput, ListWidget

from assessor.assessments.objections.services import LONGEST

_TOO_LONG = _("Tulisan paling panjang 4.000 huruf. Ringkas dulu.")


class PointForm(Form):
    """Why somebody objects to an item, and with which evidence; its names carry the item."""

    words = TextAreaField(
        _("Mengapa Anda keberatan"),
        [
            InputRequired(_("Tulis mengapa Anda keberatan atas butir ini.")),
            Length(max=LONGEST, message=_TOO_LONG),
        ],
    )
    evidence = SelectMultipleField(
        _("Bukti yang mendukung"),
        [Optional()],
        widget=ListWidget(prefix_label=False),
        option_widget=CheckboxInput(),
        validate_choice=False,
    )


class ObjectionForm(Form):
    """What is said of the whole."""

    words = TextAreaField(
        _("Keterangan tambahan"), [Optional(), Length(max=LONGEST, message=_TOO_LONG)]
    )


class WithdrawForm(Form):
    """Why an objection is taken back."""

    reason = TextAreaField(
        _("Alasan mencabut"), [Optional(), Length(max=LONGEST, message=_TOO_LONG)]
    )


class RulingForm(Form):
    """What somebody uninvolved decides, and why."""

    ruling = RadioField(
        _("Putusan"), [InputRequired(_("Pilih putusannya."))], validate_choice=False
    )
    reason = TextAreaField(
        _("Alasan putusan"),
        [
            InputRequired(_("Tulis alasan putusan. Lembaga membaca alasan ini.")),
            Length(max=LONGEST, message=_TOO_LONG),
        ],
    )
