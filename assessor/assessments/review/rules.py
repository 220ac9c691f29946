"""By which measures is an item looked at by who checks and verifies?

All are examples until the directorate approves its own; pages that use them say so.
"""

from collections.abc import Mapping
from enum import StrEnum
from fractions import Fraction

# who approved these measures; None: *contoh, belum disahkan*
APPROVED_BY: str | None = None

# a score that moved by more than this share of the scale since an earlier assessment
JUMP = Fraction(20, 100)

# of the items that nothing speaks for, how many are looked at by chance
DRAWN_SHARE = Fraction(1, 10)


class Concern(StrEnum):
    """Why an item is looked at, the weightiest first."""

    critical = "critical"
    touched = "touched"  # remarked or corrected in this round
    remarked_before = "remarked_before"  # remarked in an earlier round
    rose = "rose"
    weak = "weak"
    waved = "waved"
    fell = "fell"
    drawn = "drawn"


# without having seen these nobody seals
MANDATORY: Mapping[Concern, bool] = {
    Concern.critical: True,
    Concern.touched: True,
    Concern.remarked_before: True,
    Concern.rose: True,
    Concern.weak: True,
    Concern.waved: True,
    Concern.fell: False,
    Concern.drawn: True,
}
