"""What can happen to territories, offices and service areas?"""

from dataclasses import dataclass
from typing import ClassVar

from assessor.journal.events import Event


@dataclass(frozen=True, kw_only=True)
class TerritoriesLoaded(Event):
    """The packaged list of territories was taken over; `digest` names its content."""

    act: ClassVar[str] = "territories.loaded"
    digest: str
    decree: str
    package: str
    added: int
    changed: int
    ended: int


@dataclass(frozen=True, kw_only=True)
class OfficeOpened(Event):
    """An office came into being."""

    act: ClassVar[str] = "office.opened"
    kind: str
    parent: str | None


@dataclass(frozen=True, kw_only=True)
class OfficeMoved(Event):
    """An office stands below another one now."""

    act: ClassVar[str] = "office.moved"
    parent_before: str
    parent: str


@dataclass(frozen=True, kw_only=True)
class OfficeChanged(Event):
    """An office is called otherwise, or goes by another time."""

    act: ClassVar[str] = "office.changed"


@dataclass(frozen=True, kw_only=True)
class OfficeClosed(Event):
    """An office is closed from a day on; the services it gave end with it."""

    act: ClassVar[str] = "office.closed"
    closed_on: str
    services_ended: int


@dataclass(frozen=True, kw_only=True)
class OfficeReopened(Event):
    """A closed office works again."""

    act: ClassVar[str] = "office.reopened"


@dataclass(frozen=True, kw_only=True)
class HolidayAdded(Event):
    """An office does not work on a day."""

    act: ClassVar[str] = "office.holiday_added"
    day: str


@dataclass(frozen=True, kw_only=True)
class LetterheadChanged(Event):
    """The kop of an office has other lines, or another logo (its digest)."""

    act: ClassVar[str] = "office.letterhead_changed"
    lines: int
    logo: str | None


@dataclass(frozen=True, kw_only=True)
class ServiceBegun(Event):
    """An office serves a territory from a date."""

    act: ClassVar[str] = "office.service_begun"
    territory: str
    valid_from: str


@dataclass(frozen=True, kw_only=True)
class ServiceEnded(Event):
    """An office no longer serves a territory from a date on."""

    act: ClassVar[str] = "office.service_ended"
    territory: str
    valid_to: str
