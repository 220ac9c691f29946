"""What can happen to an urgent report?"""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from assessor.journal.events import Event


@dataclass(frozen=True, kw_only=True)
class UrgentReported(Event):
    """Grave danger was reported; a hold on the auditee began."""

    act: ClassVar[str] = "urgent.reported"
    reference: str
    kind: str
    told: list[str]


@dataclass(frozen=True, kw_only=True)
class UrgentNoted(Event):
    """Somebody wrote down what happened since."""

    act: ClassVar[str] = "urgent.noted"


@dataclass(frozen=True, kw_only=True)
class UrgentDecided(Event):
    """The directorate decided; the hold ended, or stays until a day."""

    act: ClassVar[str] = "urgent.decided"
    verdict: str
    hold_until: date | None
    content_hash: str


@dataclass(frozen=True, kw_only=True)
class HoldLifted(Event):
    """The directorate ended a hold before its day."""

    act: ClassVar[str] = "urgent.hold_lifted"
