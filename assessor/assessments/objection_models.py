"""Which tables hold objections to a result: what is objected to, and how it was ruled?"""

from datetime import date, datetime
from enum import StrEnum

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


class ObjectionStatus(StrEnum):
    """How far an objection is."""

    filed = "filed"
    decided = "decided"
    withdrawn = "withdrawn"


class FiledAs(StrEnum):
    """Who objects: the auditee itself, or its coach for who has no account."""

    auditee = "auditee"
    coach = "coach"


class Ruling(StrEnum):
    """What somebody uninvolved decided: the result stands, or is revised."""

    upheld = "upheld"
    revised = "revised"


class Objection(Protected, Base):
    """Somebody disagrees with a sealed result. Its sealed document stays as it is."""

    __tablename__ = "objection"
    __table_args__ = (
        UniqueConstraint("assessment_id", "number"),
        Index(None, "status", "filed_at"),
    )
    id: Mapped[str] = mapped_column(primary_key=True, default=new_id)
    assessment_id: Mapped[str] = mapped_column(ForeignKey("assessment.id"))
    number: Mapped[int]
    status: Mapped[ObjectionStatus] = mapped_column(enumerated(ObjectionStatus))
    words: Mapped[str] = mapped_column(Prose)  # of the whole; may be empty
    filed_as: Mapped[FiledAs] = mapped_column(enumerated(FiledAs))
    filed_by: Mapped[str] = mapped_column(ForeignKey("person.id"))
    filed_at: Mapped[datetime] = mapped_column(Instant)
    until: Mapped[date]  # the last day on which one could object
    ruling: Mapped[Ruling | None] = mapped_column(enumerated(Ruling))
    reason: Mapped[str | None] = mapped_column(Prose)  # of the ruling, or of taking it back
    closed_by: Mapped[str | None] = mapped_column(ForeignKey("person.id"))
    closed_at: Mapped[datetime | None] = mapped_column(Instant)
    revision_id: Mapped[str | None] = mapped_column(ForeignKey("assessment.id"))


class ObjectionPoint(AppendOnly, Protected, Base):
    """One item, or the finding at it, that is objected to; with words and evidence."""

    __tablename__ = "objection_point"
    __table_args__ = (UniqueConstraint("objection_id", "item"),)
    id: Mapped[str] = mapped_column(primary_key=True, default=new_id)
    objection_id: Mapped[str] = mapped_column(ForeignKey("objection.id"))
    item: Mapped[str]
    finding_id: Mapped[str | None] = mapped_column(ForeignKey("finding.id"))
    words: Mapped[str] = mapped_column(Prose)
    evidence: Mapped[list[str]] = mapped_column(Document, default=list)
