"""What can happen to evidence?"""

from dataclasses import dataclass
from datetime import date, datetime
from typing import ClassVar

from assessor.journal.events import Event


@dataclass(frozen=True, kw_only=True)
class EvidenceHandedIn(Event):
    """A piece was received and kept; `replaces` names the older piece it stands in for."""

    act: ClassVar[str] = "evidence.handed_in"
    kind: str
    media_type: str
    size: int
    digest: str
    stands_for: date | None
    source: str
    declaration: str
    replaces: str | None


@dataclass(frozen=True, kw_only=True)
class EvidenceDescribed(Event):
    """It was said what a piece is and until when it holds."""

    act: ClassVar[str] = "evidence.described"
    paper: str | None
    valid_until: date | None


@dataclass(frozen=True, kw_only=True)
class EvidenceWithdrawn(Event):
    """A piece is no longer offered. Nothing is deleted; the reason is in the entry's `why`."""

    act: ClassVar[str] = "evidence.withdrawn"
    digest: str


@dataclass(frozen=True, kw_only=True)
class EvidenceScanned(Event):
    """The scanner answered for a piece that had to wait: clean, or by what name it knows it."""

    act: ClassVar[str] = "evidence.scanned"
    state: str
    found: str | None


@dataclass(frozen=True, kw_only=True)
class EvidenceQuarantined(Event):
    """Somebody saw a client in a piece; it is out of sight."""

    act: ClassVar[str] = "evidence.quarantined"


@dataclass(frozen=True, kw_only=True)
class QuarantineEnded(Event):
    """The privacy officer looked and let the piece go again."""

    act: ClassVar[str] = "evidence.quarantine_ended"


@dataclass(frozen=True, kw_only=True)
class AccessCheckpointed(Event):
    """The log of who opened what, after `since` up to `until`, had this digest."""

    act: ClassVar[str] = "evidence.access_checkpointed"
    since: datetime | None
    until: datetime
    count: int
    digest: str
