"""Does a piece of evidence still hold on a day? Pure: dates in, an answer out.

An expired piece lowers no score by itself: people are told, and they judge.
"""

from datetime import date, timedelta
from enum import StrEnum

FIRST_REMINDER = timedelta(days=60)


class Validity(StrEnum):
    """How near the last day of a piece is."""

    unlimited = "unlimited"
    in_force = "in_force"
    ending = "ending"
    expired = "expired"


def validity_of(valid_until: date | None, today: date) -> Validity:
    """How a piece stands on a day; its last day still counts."""
    if valid_until is None:
        return Validity.unlimited
    if valid_until < today:
        return Validity.expired
    return Validity.ending if valid_until - today <= FIRST_REMINDER else Validity.in_force
