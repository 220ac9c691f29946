"""What can happen to an auditee itself?"""

from dataclasses import dataclass
from typing import ClassVar

from assessor.journal.events import Event


@dataclass(frozen=True, kw_only=True)
class EntityRegistered(Event):
    """A body that runs one or several sites became known."""

    act: ClassVar[str] = "auditee.entity_registered"


@dataclass(frozen=True, kw_only=True)
class AuditeeRegistered(Event):
    """A site or a unit became known, with the office responsible for it."""

    act: ClassVar[str] = "auditee.registered"
    reference: str
    kind: str
    regency: str
    office: str


@dataclass(frozen=True, kw_only=True)
class TagsChanged(Event):
    """An auditee is something else, or offers something else, than before."""

    act: ClassVar[str] = "auditee.tags_changed"
    added: str
    removed: str


@dataclass(frozen=True, kw_only=True)
class HandedOver(Event):
    """Another office is responsible now."""

    act: ClassVar[str] = "auditee.handed_over"
    from_office: str
    to_office: str
    handed_on: str


@dataclass(frozen=True, kw_only=True)
class FactsChanged(Event):
    """Name, address, place or operator of an auditee changed; `changed` names what."""

    act: ClassVar[str] = "auditee.facts_changed"
    changed: str


@dataclass(frozen=True, kw_only=True)
class ServiceChanged(Event):
    """A site gives a service from a day on, with a capacity, or gives it no longer."""

    act: ClassVar[str] = "auditee.service_changed"
    tag: str
    ended: bool
    on: str
    capacity: int | None = None


@dataclass(frozen=True, kw_only=True)
class AuditeeClosed(Event):
    """An auditee is judged no more from a day on."""

    act: ClassVar[str] = "auditee.closed"
    closed_on: str


@dataclass(frozen=True, kw_only=True)
class AuditeeReopened(Event):
    """A closed auditee is judged again."""

    act: ClassVar[str] = "auditee.reopened"
