"""What can happen to a permit?"""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from assessor.journal.events import Event


@dataclass(frozen=True, kw_only=True)
class PermitEntered(Event):
    """A permit was entered, perhaps in the place of an older one."""

    act: ClassVar[str] = "permits.entered"
    kind: str
    valid_from: date
    expires_on: date | None
    replaces: str | None


@dataclass(frozen=True, kw_only=True)
class ScanLinked(Event):
    """The scan of a permit was linked to it."""

    act: ClassVar[str] = "permits.scan_linked"
    evidence: str


@dataclass(frozen=True, kw_only=True)
class PermitWithdrawn(Event):
    """A permit that was entered by mistake, or revoked, was taken out of the register."""

    act: ClassVar[str] = "permits.withdrawn"
