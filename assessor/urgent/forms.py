"""What is asked of somebody who reports grave danger, follows a report, or decides it?"""

from datetime import date
from typing import Any

from flask_babel import gettext
from flask_babel import lazy_gettext as _
from wtforms import (
    Form,
    HiddenField,
    IntegerField,
    PasswordField,
    RadioField,
    SelectMultipleField,
    StringField,
    TextAreaField,
    ValidationError,
)
from wtforms.validators import InputRequired, Length, Optional
from wtforms.widgets import CheckboxInput, ListWidget

from assessor.accounts.forms import code_field
from assessor.client_identity import why_not
from assessor.ui.current import say
from assessor.ui.day_field import DayField
from assessor.urgent.models import Verdict
from assessor.urgent.services import LONGEST, LONGEST_PLACE

_TOO_LONG = _("Tulisan ini paling panjang 4.000 huruf. Ringkas dulu.")


def names_nobody(form: Form, field: Any) -> None:
    """Refuse what looks as if it named a client, beside the field."""
    del form
    if field.data and (sentence := why_not(field.data)) is not None:
        raise ValidationError(say(sentence))


class CountField(IntegerField):
    """A count, with an error that says what to do."""

    def process_formdata(self, valuelist: list[str]) -> None:
        """Read the count."""
        try:
            super().process_formdata(valuelist)
        except ValueError:
            raise ValueError(_count_wanted()) from None


def _count_wanted() -> str:
    return str(gettext("Isi jumlah orang dengan angka bulat, atau kosongkan."))


class ReportForm(Form):
    """What was seen, when, where, and what was done at once."""

    report_id = HiddenField()
    kind = RadioField(
        _("Apa yang terjadi"), [InputRequired(_("Pilih apa yang terjadi."))], validate_choice=False
    )
    facts = TextAreaField(
        _("Apa yang dilihat atau didengar"),
        [
            InputRequired(_("Tulis apa yang dilihat atau didengar.")),
            Length(max=LONGEST, message=_TOO_LONG),
            names_nobody,
        ],
        render_kw={"rows": 5},
    )
    affected = CountField(
        _("Berapa orang yang terkena"),
        [Optional()],
        render_kw={"inputmode": "numeric", "min": "0", "max": "10000"},
    )
    seen_on = DayField(_("Hari kejadian"), [InputRequired(_("Isi hari kejadian."))])
    seen_at = StringField(_("Sekitar jam"), [Optional()], render_kw={"type": "time"})
    place = StringField(
        _("Di mana"),
        [
            InputRequired(_("Tulis di mana, misalnya “kamar belakang lantai 1”.")),
            Length(max=LONGEST_PLACE, message=_("Tempat paling panjang 200 huruf.")),
            names_nobody,
        ],
    )
    done = TextAreaField(
        _("Apa yang sudah dilakukan saat itu juga"),
        [
            InputRequired(_("Tulis apa yang sudah dilakukan, atau “belum ada”.")),
            Length(max=LONGEST, message=_TOO_LONG),
            names_nobody,
        ],
        render_kw={"rows": 3},
    )
    told = SelectMultipleField(
        _("Siapa di luar yang sudah diberi tahu"),
        [Optional()],
        widget=ListWidget(prefix_label=False),
        option_widget=CheckboxInput(),
        validate_choice=False,
    )

    today: date | None = None  # where the auditee is

    def validate_seen_on(self, field: DayField) -> None:
        """Nothing was seen on a day that has not come."""
        if self.today is not None and field.data is not None and field.data > self.today:
            raise ValidationError(gettext("Hari ini belum tiba. Isi hari ini atau sebelumnya."))

    def validate_affected(self, field: IntegerField) -> None:
        """A count of people."""
        if field.data is not None and not 0 <= field.data <= 10_000:
            raise ValidationError(_count_wanted())


class NoteForm(Form):
    """What happened since."""

    words = TextAreaField(
        _("Catatan lanjutan"),
        [
            InputRequired(_("Tulis apa yang terjadi atau dilakukan sesudah laporan ini.")),
            Length(max=LONGEST, message=_TOO_LONG),
            names_nobody,
        ],
        render_kw={"rows": 3},
    )


ENDS, STAYS = "ends", "stays"


class DecideForm(Form):
    """How a report turned out, what becomes of the hold, the password once more, and a code of
    who signs in with two steps."""

    shown_hash = HiddenField()
    verdict = RadioField(_("Putusan"), [InputRequired(_("Pilih putusan."))], validate_choice=False)
    reason = TextAreaField(
        _("Alasan putusan"),
        [
            InputRequired(_("Tulis alasan putusan ini.")),
            Length(max=LONGEST, message=_TOO_LONG),
            names_nobody,
        ],
        render_kw={"rows": 4},
    )
    hold = RadioField(
        _("Penangguhan"),
        [InputRequired(_("Pilih apakah penangguhan berakhir atau tetap."))],
        validate_choice=False,
    )
    hold_until = DayField(_("Ditangguhkan sampai"), [Optional()])
    password = PasswordField(
        _("Kata sandi Anda"),
        [
            InputRequired(_("Isi kata sandi Anda untuk memutus.")),
            Length(max=1000, message=_("Periksa kata sandi Anda; ini terlalu panjang.")),
        ],
        render_kw={"autocomplete": "current-password"},
    )
    factor_code = code_field()

    def validate_verdict(self, field: RadioField) -> None:
        """One of those there are."""
        if field.data not in set(Verdict):
            raise ValidationError(gettext("Pilih putusan."))

    def validate_hold(self, field: RadioField) -> None:
        """One of the two; what proved unfounded holds nobody."""
        if field.data not in {ENDS, STAYS}:
            raise ValidationError(gettext("Pilih apakah penangguhan berakhir atau tetap."))
        if field.data == STAYS and self.verdict.data == Verdict.unfounded:
            raise ValidationError(
                gettext(
                    "Laporan yang tidak terbukti mengakhiri penangguhan. Pilih akhiri penangguhan."
                )
            )

    def validate(self, extra_validators: Any = None) -> bool:
        """Also that staying has its last day, which no empty field is asked by itself."""
        valid = bool(super().validate(extra_validators))
        if self.hold.data == STAYS and self.hold_until.data is None:
            if not self.hold_until.errors:
                self.hold_until.errors = [gettext("Isi hari terakhir penangguhan.")]
            return False
        return valid


class LiftForm(Form):
    """Why a hold ends before its day."""

    reason = TextAreaField(
        _("Alasan mengakhiri penangguhan"),
        [
            InputRequired(_("Tulis alasan mengakhiri penangguhan.")),
            Length(max=LONGEST, message=_TOO_LONG),
            names_nobody,
        ],
        render_kw={"rows": 3},
    )
