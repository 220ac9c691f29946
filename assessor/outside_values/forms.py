"""What is asked of somebody who enters or takes back a value from outside?"""

from typing import Any

from flask_babel import gettext
from flask_babel import lazy_gettext as _
from wtforms import Form, HiddenField, IntegerField, SelectField, StringField, TextAreaField
from wtforms.validators import InputRequired, Length, Optional, ValidationError

from assessor.client_identity import why_not
from assessor.outside_values.services import LONGEST_LINE, LONGEST_REASON, LONGEST_VALUE
from assessor.ui.current import say

_LINE = Length(max=LONGEST_LINE, message=_("Isian ini paling panjang 200 huruf."))


def _names_nobody(form: Form, field: Any) -> None:
    del form
    if field.data and (sentence := why_not(field.data)) is not None:
        raise ValidationError(say(sentence))


class YearField(IntegerField):
    """A year, with an error that says what to do."""

    def process_formdata(self, valuelist: list[str]) -> None:
        """Read the year."""
        try:
            super().process_formdata(valuelist)
        except ValueError:
            raise ValueError(str(gettext("Isi tahun dengan empat angka."))) from None


class ValueForm(Form):
    """A value as it is written in its source."""

    value_id = HiddenField()
    kind = SelectField(
        _("Jenis nilai"), [InputRequired(_("Pilih jenis nilai."))], validate_choice=False
    )
    year = YearField(
        _("Tahun"),
        [InputRequired(_("Isi tahun dengan empat angka."))],
        render_kw={"inputmode": "numeric"},
    )
    value = StringField(
        _("Nilai"),
        [
            InputRequired(_("Isi nilainya, misalnya “B” atau “3,49”.")),
            Length(max=LONGEST_VALUE, message=_("Nilai paling panjang 60 huruf.")),
            _names_nobody,
        ],
    )
    scale = StringField(_("Skala"), [Optional(), _LINE, _names_nobody])
    source = StringField(
        _("Sumber"),
        [InputRequired(_("Isi siapa yang memberi nilai ini dan di mana tertulis.")), _LINE,
         _names_nobody],
    )  # fmt: skip
    evidence = SelectField(_("Pindaian yang sudah diserahkan"), [Optional()], validate_choice=False)


class WithdrawForm(Form):
    """Why a value is taken back."""

    reason = TextAreaField(
        _("Alasan menarik nilai"),
        [
            InputRequired(_("Tulis alasan menarik nilai ini.")),
            Length(max=LONGEST_REASON, message=_("Alasan paling panjang 2.000 huruf.")),
            _names_nobody,
        ],
        render_kw={"rows": 3},
    )
