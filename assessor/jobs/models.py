"""Which table holds what is to be done later?"""

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import Index
from sqlalchemy.orm import Mapped, mapped_column

from assessor.database.base import Base, Free, Instant, Prose, enumerated, new_id


class JobState(StrEnum):
    """Where a job stands."""

    waiting = "waiting"  # also while somebody works on it: then it has a lease
    done = "done"
    dead = "dead"  # given up; a person decides
    dropped = "dropped"  # a person decided that it is not needed


class Job(Free, Base):
    """Something to do. Free: the act that asks for it is journalled, and so is what it does; the
    row itself says only how far it got. `payload` holds ids and codes, never a secret."""

    __tablename__ = "job"
    __table_args__ = (Index(None, "state", "run_at", "id"), Index(None, "kind", "state"))
    id: Mapped[str] = mapped_column(primary_key=True, default=new_id)
    kind: Mapped[str]
    payload: Mapped[dict[str, Any]]
    state: Mapped[JobState] = mapped_column(enumerated(JobState))
    created_at: Mapped[datetime] = mapped_column(Instant)
    run_at: Mapped[datetime] = mapped_column(Instant)
    attempts: Mapped[int]
    vanished: Mapped[int]
    lease: Mapped[str | None]
    leased_until: Mapped[datetime | None] = mapped_column(Instant)
    problem: Mapped[str | None] = mapped_column(Prose)
    finished_at: Mapped[datetime | None] = mapped_column(Instant)
