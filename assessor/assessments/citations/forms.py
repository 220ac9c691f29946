"""What is asked of who reviews a citation?"""

from flask_babel import lazy_gettext as _
from wtforms import Form, RadioField, TextAreaField, ValidationError
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # not in the stubs
from wtforms.validators import InputRequired, Length

from assessor.assessments.citation_models import Sufficiency
from assessor.assessments.written import LONGEST_REASON


class CitationForm(Form):
    """Whether a piece suffices at an item, and what it lacks."""

    sufficiency = RadioField(
        _("Apakah bukti ini cukup untuk butir ini?"),
        [InputRequired(_("Pilih salah satu."))],
        choices=[
            SelectChoice(Sufficiency.sufficient.value, _("Cukup")),
            SelectChoice(Sufficiency.insufficient.value, _("Belum cukup")),
            SelectChoice(Sufficiency.more_wanted.value, _("Minta tambahan")),
        ],
    )
    reason = TextAreaField(
        _("Apa yang kurang"),
        [Length(max=LONGEST_REASON, message=_("Alasan paling panjang 2.000 huruf."))],
    )

    def validate_reason(self, field: TextAreaField) -> None:
        """What is wanting needs words."""
        wanting = self.sufficiency.data in {Sufficiency.insufficient, Sufficiency.more_wanted}
        if wanting and not (field.data or "").strip():
            raise ValidationError(
                _("Tulis apa yang kurang, agar lembaga tahu apa yang dilengkapi.")
            )
