"""Which tables hold published editions and their approvals?"""

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from assessor.database.base import (
    AppendOnly,
    Base,
    Instant,
    Prose,
    Protected,
    enumerated,
    new_id,
)


class EditionKind(StrEnum):
    """What an edition is of."""

    standard = "standard"
    checklist = "checklist"


class Edition(AppendOnly, Protected, Base):
    """The parsed content of an edition as canonical JSON, under its fingerprint, for good. From
    `usable_from` on assessments are opened with it; without that day from its publication on."""

    __tablename__ = "edition"
    __table_args__ = (Index(None, "kind", "name", "edition"),)
    fingerprint: Mapped[str] = mapped_column(primary_key=True)
    kind: Mapped[EditionKind] = mapped_column(enumerated(EditionKind))
    name: Mapped[str]
    edition: Mapped[str]
    content: Mapped[bytes]
    published_at: Mapped[datetime] = mapped_column(Instant)
    usable_from: Mapped[date | None]


class Approval(AppendOnly, Protected, Base):
    """A decree that puts an edition in force from a date. `fictitious` marks demonstration."""

    __tablename__ = "approval"
    id: Mapped[str] = mapped_column(primary_key=True, default=new_id)
    fingerprint: Mapped[str] = mapped_column(ForeignKey("edition.fingerprint"), index=True)
    decree: Mapped[str]
    decree_on: Mapped[date | None]  # the day of the decree itself, where it was entered
    effective_on: Mapped[date]
    approved_by: Mapped[str] = mapped_column(Prose)
    fictitious: Mapped[bool]
    recorded_at: Mapped[datetime] = mapped_column(Instant)
