"""Which tables hold what somebody outside the team says to the items of an assessment?

A round begins with each submission. Remarks and corrections belong to a round and are never
changed: another one follows.
"""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, UniqueConstraint
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


class Reviewer(StrEnum):
    """As what somebody outside the team reads an assessment."""

    checker = "checker"
    verifier = "verifier"


class Remark(AppendOnly, Protected, Base):
    """What the team should look at again at an item; without words an earlier one is taken back.

    Beside it stands what the item said then, so that what changed since can be shown. Round 0
    is brought along by a revision from what it corrects."""

    __tablename__ = "remark"
    __table_args__ = (UniqueConstraint("assessment_id", "number"),)
    id: Mapped[str] = mapped_column(primary_key=True, default=new_id)
    assessment_id: Mapped[str] = mapped_column(ForeignKey("assessment.id"))
    in_round: Mapped[int]
    number: Mapped[int]
    item: Mapped[str]
    words: Mapped[str] = mapped_column(Prose)
    choice: Mapped[str | None]
    facts: Mapped[str | None] = mapped_column(Prose)
    bases: Mapped[list[str]] = mapped_column(Document, default=list)
    made_by: Mapped[str] = mapped_column(ForeignKey("person.id"))
    made_at: Mapped[datetime] = mapped_column(Instant)


class Correction(AppendOnly, Protected, Base):
    """Another choice for an item, beside the team's own and never over it."""

    __tablename__ = "correction"
    __table_args__ = (UniqueConstraint("assessment_id", "number"),)
    id: Mapped[str] = mapped_column(primary_key=True, default=new_id)
    assessment_id: Mapped[str] = mapped_column(ForeignKey("assessment.id"))
    in_round: Mapped[int]
    number: Mapped[int]
    item: Mapped[str]
    choice: Mapped[str]
    instead_of: Mapped[str | None]  # what the team had chosen
    reason: Mapped[str] = mapped_column(Prose)
    made_by: Mapped[str] = mapped_column(ForeignKey("person.id"))
    made_as: Mapped[Reviewer] = mapped_column(enumerated(Reviewer))
    made_at: Mapped[datetime] = mapped_column(Instant)


class SeenItem(AppendOnly, Protected, Base):
    """Somebody outside the team looked at an item in a round."""

    __tablename__ = "seen_item"
    __table_args__ = (UniqueConstraint("assessment_id", "in_round", "person_id", "item"),)
    id: Mapped[str] = mapped_column(primary_key=True, default=new_id)
    assessment_id: Mapped[str] = mapped_column(ForeignKey("assessment.id"))
    in_round: Mapped[int]
    person_id: Mapped[str] = mapped_column(ForeignKey("person.id"))
    item: Mapped[str]
    seen_at: Mapped[datetime] = mapped_column(Instant)


class ReviewDraw(AppendOnly, Protected, Base):
    """The items of a round that nothing speaks for and that are looked at by chance: from which,
    with which seed, and which they are."""

    __tablename__ = "review_draw"
    __table_args__ = (UniqueConstraint("assessment_id", "in_round"),)
    id: Mapped[str] = mapped_column(primary_key=True, default=new_id)
    assessment_id: Mapped[str] = mapped_column(ForeignKey("assessment.id"))
    in_round: Mapped[int]
    seed: Mapped[str]
    pool: Mapped[list[str]] = mapped_column(Document, default=list)
    items: Mapped[list[str]] = mapped_column(Document, default=list)
    drawn_at: Mapped[datetime] = mapped_column(Instant)
