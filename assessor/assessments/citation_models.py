"""Which table holds what the team says of a citation: does this piece prove what it should?"""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, Index, UniqueConstraint
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


class Sufficiency(StrEnum):
    """What the team says of a piece at an item."""

    sufficient = "sufficient"
    insufficient = "insufficient"
    more_wanted = "more_wanted"


class CitationReview(AppendOnly, Protected, Base):
    """What somebody of the team said of one citation. Nothing is changed: another one follows,
    and the one with the highest number stands."""

    __tablename__ = "citation_review"
    __table_args__ = (
        UniqueConstraint("citation", "number"),
        Index(None, "assessment_id"),
        Index(None, "evidence_id"),
    )
    id: Mapped[str] = mapped_column(primary_key=True, default=new_id)
    assessment_id: Mapped[str] = mapped_column(ForeignKey("assessment.id"))
    citation: Mapped[str] = mapped_column(ForeignKey("basis.op_id"))
    evidence_id: Mapped[str] = mapped_column(ForeignKey("evidence.id"))
    number: Mapped[int]
    sufficiency: Mapped[Sufficiency] = mapped_column(enumerated(Sufficiency))
    reason: Mapped[str] = mapped_column(Prose)
    made_by: Mapped[str] = mapped_column(ForeignKey("person.id"))
    made_at: Mapped[datetime] = mapped_column(Instant)
