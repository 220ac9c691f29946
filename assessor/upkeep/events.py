"""What does the journal say about keeping the installation well?"""

from dataclasses import dataclass
from typing import ClassVar

from assessor.journal.events import Event


@dataclass(frozen=True, kw_only=True)
class BackedUp(Event):
    """Everything was put away into a file, which does not hold this entry itself."""

    act: ClassVar[str] = "upkeep.backed_up"
    until: int
    files: int
    lost: int
    size: int


@dataclass(frozen=True, kw_only=True)
class JournalVerified(Event):
    """The whole journal was compared with itself and with the tables."""

    act: ClassVar[str] = "upkeep.journal_verified"
    until: int
    faults: int
