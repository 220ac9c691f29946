"""Which tables hold drafts of editions: what they began with, what was changed, who took part?"""

from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from assessor.database.base import (
    AppendOnly,
    Base,
    Document,
    Instant,
    Prose,
    Protected,
    enumerated,
    new_id,
)


class DraftOrigin(StrEnum):
    """What a draft began with."""

    edition = "edition"
    imported = "imported"


class DraftStatus(StrEnum):
    """How far a draft is. Only an open one is edited; a published one is an edition."""

    open = "open"
    proposed = "proposed"
    approved = "approved"
    published = "published"
    withdrawn = "withdrawn"


class Draft(Protected, Base):
    """An edition to be: of which instrument, from what, how far. `revision` counts its changes,
    `fingerprint` is what was approved, the decree is what the approver entered."""

    __tablename__ = "draft"
    __table_args__ = (Index(None, "name", "status"),)
    id: Mapped[str] = mapped_column(primary_key=True, default=new_id)
    name: Mapped[str]
    edition: Mapped[str]
    origin: Mapped[DraftOrigin] = mapped_column(enumerated(DraftOrigin))
    base: Mapped[str | None] = mapped_column(ForeignKey("edition.fingerprint"))
    status: Mapped[DraftStatus] = mapped_column(enumerated(DraftStatus))
    revision: Mapped[int]
    started_by: Mapped[str] = mapped_column(ForeignKey("person.id"))
    started_at: Mapped[datetime] = mapped_column(Instant)
    changed_at: Mapped[datetime] = mapped_column(Instant)
    proposed_by: Mapped[str | None] = mapped_column(ForeignKey("person.id"))
    proposed_at: Mapped[datetime | None] = mapped_column(Instant)
    approved_by: Mapped[str | None] = mapped_column(ForeignKey("person.id"))
    approved_at: Mapped[datetime | None] = mapped_column(Instant)
    fingerprint: Mapped[str | None]
    decree: Mapped[str | None]
    decree_on: Mapped[date | None]
    effective_on: Mapped[date | None]
    published_at: Mapped[datetime | None] = mapped_column(Instant)
    reason: Mapped[str | None] = mapped_column(Prose)


class DraftSource(AppendOnly, Protected, Base):
    """The material that a draft began with, as canonical JSON."""

    __tablename__ = "draft_source"
    draft_id: Mapped[str] = mapped_column(ForeignKey("draft.id"), primary_key=True)
    content: Mapped[bytes]


class DraftPart(Protected, Base):
    """A part that differs from what the draft began with. A retired one keeps its words, and its
    id is given to nothing else. `version` counts how often it was changed, so that nobody writes
    over what they have not seen."""

    __tablename__ = "draft_part"
    draft_id: Mapped[str] = mapped_column(ForeignKey("draft.id"), primary_key=True)
    part: Mapped[str] = mapped_column(primary_key=True)
    content: Mapped[Any] = mapped_column(Document, info={"prose": True})
    retired: Mapped[bool]
    version: Mapped[int]
    changed_by: Mapped[str] = mapped_column(ForeignKey("person.id"))
    changed_at: Mapped[datetime] = mapped_column(Instant)


class DraftAuthor(AppendOnly, Protected, Base):
    """Somebody who started or changed a draft, and so does not approve it."""

    __tablename__ = "draft_author"
    __table_args__ = (UniqueConstraint("draft_id", "person_id"),)
    id: Mapped[str] = mapped_column(primary_key=True, default=new_id)
    draft_id: Mapped[str] = mapped_column(ForeignKey("draft.id"))
    person_id: Mapped[str] = mapped_column(ForeignKey("person.id"))
    since: Mapped[datetime] = mapped_column(Instant)
