"""What can happen to a report or to minutes?"""

from dataclasses import dataclass
from typing import ClassVar

from assessor.journal.events import Event


@dataclass(frozen=True, kw_only=True)
class ReportIssued(Event):
    """A PDF of a sealed assessment was made and kept; `digest` names its bytes."""

    act: ClassVar[str] = "reports.issued"
    assessment: str
    language: str
    code: str
    digest: str
    size: int
    version: str
    checkpoint_seq: int


@dataclass(frozen=True, kw_only=True)
class MinutesIssued(Event):
    """A PDF of what a closing froze was made and kept; `digest` names its bytes."""

    act: ClassVar[str] = "reports.minutes_issued"
    assessment: str
    closing: str
    language: str
    code: str
    digest: str
    size: int
    version: str
