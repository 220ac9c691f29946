"""How does somebody look at the checklist: in which order, at which items?"""

from dataclasses import dataclass
from enum import StrEnum


class Order(StrEnum):
    """In which order the items stand: as one works, or as the standard is written."""

    work = "work"
    standard = "standard"


class Show(StrEnum):
    """Which items are shown."""

    all = "all"
    unanswered = "unanswered"
    critical = "critical"
    different = "different"
    remarked = "remarked"
    lacking = "lacking"


@dataclass(frozen=True)
class View:
    """How somebody looks at the checklist; what its address says."""

    order: Order = Order.work
    show: Show = Show.all
    search: str = ""
    at: str = ""
