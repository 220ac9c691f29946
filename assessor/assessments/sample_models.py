"""Which tables hold a sample of client files and the counts of interviews? Counts and positions
only: nothing here can say who a client is."""

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from assessor.database.base import (
    AppendOnly,
    Base,
    Document,
    FrozenWhenSealed,
    Instant,
    Prose,
    Protected,
    enumerated,
    new_id,
)


class FileSample(AppendOnly, Protected, Base):
    """One draw. `strata` lists `{stratum, register, positions}`; `method` and `seed` make it
    again. The draw with the highest number counts; those before it stay, with the reason why
    there was another."""

    __tablename__ = "file_sample"
    __table_args__ = (UniqueConstraint("assessment_id", "number"),)
    id: Mapped[str] = mapped_column(primary_key=True, default=new_id)
    assessment_id: Mapped[str] = mapped_column(ForeignKey("assessment.id"))
    number: Mapped[int]
    method: Mapped[str]
    seed: Mapped[str]
    strata: Mapped[list[Any]] = mapped_column(Document)
    size: Mapped[int]
    reason: Mapped[str | None] = mapped_column(Prose)
    drawn_by: Mapped[str] = mapped_column(ForeignKey("person.id"))
    drawn_at: Mapped[datetime] = mapped_column(Instant)


class Mark(StrEnum):
    """What one file says about one item."""

    met = "met"
    unmet = "unmet"
    not_applicable = "not_applicable"


class FileMark(FrozenWhenSealed, Protected, Base):
    """One box of the sheet: the file by its number in the draw (B1 is 1), the item, the mark;
    None where somebody took a mark away."""

    __tablename__ = "file_mark"
    assessment_id: Mapped[str] = mapped_column(ForeignKey("assessment.id"), index=True)
    sample_id: Mapped[str] = mapped_column(ForeignKey("file_sample.id"), primary_key=True)
    item: Mapped[str] = mapped_column(primary_key=True)
    file: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    mark: Mapped[Mark | None] = mapped_column(enumerated(Mark))
    marked_by: Mapped[str] = mapped_column(ForeignKey("person.id"))
    marked_at: Mapped[datetime] = mapped_column(Instant)


class InterviewCount(FrozenWhenSealed, Protected, Base):
    """With how many people of a kind the team spoke, over the whole assessment."""

    __tablename__ = "interview_count"
    __table_args__ = (CheckConstraint("count >= 0", name="count"),)
    assessment_id: Mapped[str] = mapped_column(ForeignKey("assessment.id"), primary_key=True)
    kind: Mapped[str] = mapped_column(primary_key=True)
    count: Mapped[int]
