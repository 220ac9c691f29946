"""What is asked of who reports a visible client, and of who lets a piece go again?"""

from flask_babel import lazy_gettext as _
from wtforms import Form, TextAreaField
from wtforms.validators import InputRequired, Length, Optional

from assessor.evidence.quarantine import LONGEST_WORDS

_LONG = _("Paling panjang 1.000 huruf.")


class ReportClientForm(Form):
    """Where in the piece a client can be recognised."""

    where = TextAreaField(
        _("Di bagian mana"), [Optional(), Length(max=LONGEST_WORDS, message=_LONG)]
    )


class EndQuarantineForm(Form):
    """Why a piece may be seen again."""

    why = TextAreaField(
        _("Mengapa boleh dilihat lagi"),
        [
            InputRequired(_("Tulis mengapa bukti ini boleh dilihat lagi.")),
            Length(max=LONGEST_WORDS, message=_LONG),
        ],
    )
