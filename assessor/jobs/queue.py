"""How does a job get from the act that asks for it to its end, whatever dies on the way?

It is put in with the act, in one transaction: no act without its job, no job without its act. A
worker claims it with a lease, works outside any transaction, and marks the end. A worker that dies
leaves a lease that runs out; the next one sees that somebody vanished and, as often as the kind
of job bears it, tries again. An end that was written stays: nobody claims the job any more.

PostgreSQL passes over rows that another worker is claiming; on SQLite claims take turns. A claim
locks its own row only, never the head of the journal.
"""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import CursorResult, Update, case, delete, or_, select, update
from sqlalchemy.orm import Session

from assessor.database.base import new_id
from assessor.database.short_write import short_write
from assessor.jobs.models import Job, JobState
from assessor.journal.work import Clock, Work

log = logging.getLogger("assessor.jobs")

LEASE = timedelta(minutes=10)
KEPT = timedelta(days=30)
LONGEST_PROBLEM = 300
VANISHED = "vanished"
FAULT = "fault"


class LostLease(Exception):
    """The lease ran out and the job is another worker's now, or nobody's."""


class Postponed(Exception):
    """It cannot be done now; `problem` says why. It is tried again later."""

    def __init__(self, problem: str) -> None:
        super().__init__(problem)
        self.problem = problem


class GivenUp(Postponed):
    """It can never be done like this; a person has to look."""


class NotNeeded(Postponed):
    """There is nothing to be done any more; the job ends without having done anything."""


@dataclass(frozen=True)
class Claimed:
    """A job in the hands of one worker."""

    id: str
    kind: str
    payload: dict[str, Any]
    attempts: int
    vanished: int
    lease: str


@dataclass(frozen=True, kw_only=True)
class Kind:
    """A kind of job: how it is done, and how patiently. `most_vanished`: so often may a worker
    die over it and it is tried again. The last of the waits holds for all later ones."""

    name: str
    run: Callable[[Session, Clock, Claimed], None]
    most_attempts: int = 6
    most_vanished: int = 1
    waits: tuple[timedelta, ...] = tuple(timedelta(minutes=each) for each in (1, 5, 15, 60, 240))

    def wait_after(self, attempts: int) -> timedelta:
        """How long to wait after so many attempts."""
        return self.waits[min(attempts, len(self.waits)) - 1]


def enqueue(
    work: Work, *, kind: str, payload: dict[str, Any], run_at: datetime | None = None
) -> str:
    """Ask for a job within the act that needs it; its id. Nobody sees it before the act stands."""
    return enqueue_at(work.session, kind=kind, payload=payload, now=work.now, run_at=run_at)


def enqueue_at(
    session: Session,
    *,
    kind: str,
    payload: dict[str, Any],
    now: datetime,
    run_at: datetime | None = None,
) -> str:
    """The same within a `short_write`, which is no act."""
    job = Job(
        id=new_id(),
        kind=kind,
        payload=payload,
        state=JobState.waiting,
        created_at=now,
        run_at=run_at or now,
        attempts=0,
        vanished=0,
        lease=None,
        leased_until=None,
        problem=None,
        finished_at=None,
    )
    session.add(job)
    return job.id


def _due(now: datetime) -> Any:
    return (
        select(Job.id)
        .where(
            Job.state == JobState.waiting,
            Job.run_at <= now,
            or_(Job.leased_until.is_(None), Job.leased_until <= now),
        )
        .order_by(Job.run_at, Job.id)
        .limit(1)
    )


def claim(session: Session, clock: Clock) -> Claimed | None:
    """Take the job that is due first; None when there is none."""
    if session.execute(_due(clock())).first() is None:  # a look locks nothing
        session.rollback()
        return None
    with short_write(session):
        now = clock()
        first = _due(now).with_for_update(skip_locked=True).scalar_subquery()
        row = session.execute(
            update(Job)
            .where(Job.id == first)
            .values(
                lease=new_id(),
                leased_until=now + LEASE,
                attempts=Job.attempts + 1,
                vanished=Job.vanished + case((Job.lease.is_not(None), 1), else_=0),
            )
            .returning(Job.id, Job.kind, Job.payload, Job.attempts, Job.vanished, Job.lease)
            .execution_options(synchronize_session=False)
        ).first()
        return None if row is None else Claimed(*row)


def _mine(claimed: Claimed) -> Update:
    return (
        update(Job)
        .where(Job.id == claimed.id, Job.lease == claimed.lease)
        .execution_options(synchronize_session=False)
    )


def complete(session: Session, claimed: Claimed, *, now: datetime) -> None:
    """Mark the end. Inside the job's own `write()` its effects and the end are one. Raises
    LostLease."""
    changed = session.execute(
        _mine(claimed).values(state=JobState.done, leased_until=None, problem=None, finished_at=now)
    )
    if not isinstance(changed, CursorResult) or changed.rowcount != 1:
        raise LostLease(claimed.id)


def _put_back(session: Session, claimed: Claimed, *, problem: str, run_at: datetime) -> None:
    session.execute(
        _mine(claimed).values(
            lease=None, leased_until=None, run_at=run_at, problem=problem[:LONGEST_PROBLEM]
        )
    )


def _end(
    session: Session, claimed: Claimed, state: JobState, *, problem: str, now: datetime
) -> None:
    session.execute(
        _mine(claimed).values(
            state=state,
            lease=None,
            leased_until=None,
            problem=problem[:LONGEST_PROBLEM],
            finished_at=now,
        )
    )


def work_on(session: Session, clock: Clock, kind: Kind, claimed: Claimed) -> JobState:
    """Do a claimed job and write how it ended. What it raises besides the two words of this
    module is a fault: it is noted, and tried again like everything else. Raises LostLease."""
    if claimed.vanished > kind.most_vanished:
        with short_write(session):
            _end(session, claimed, JobState.dead, problem=VANISHED, now=clock())
        return JobState.dead
    try:
        kind.run(session, clock, claimed)
    except NotNeeded as told:
        with short_write(session):
            _end(session, claimed, JobState.dropped, problem=told.problem, now=clock())
        return JobState.dropped
    except Postponed as told:
        return _end_in_vain(
            session, clock, kind, claimed, told.problem, final=isinstance(told, GivenUp)
        )
    except Exception as error:
        log.exception("job %s of kind %s failed", claimed.id, claimed.kind)
        problem = f"{FAULT}: {type(error).__name__}"
        return _end_in_vain(session, clock, kind, claimed, problem, final=False)
    with short_write(session):
        complete(session, claimed, now=clock())
    return JobState.done


def _end_in_vain(
    session: Session, clock: Clock, kind: Kind, claimed: Claimed, problem: str, *, final: bool
) -> JobState:
    with short_write(session):
        now = clock()
        if final or claimed.attempts >= kind.most_attempts:
            _end(session, claimed, JobState.dead, problem=problem, now=now)
            return JobState.dead
        run_at = now + kind.wait_after(claimed.attempts)
        _put_back(session, claimed, problem=problem, run_at=run_at)
        return JobState.waiting


def revive(work: Work, job: Job) -> None:
    """Try a dead job again from the start."""
    job.state, job.finished_at, job.run_at = JobState.waiting, None, work.now
    job.attempts = job.vanished = 0
    job.lease = job.leased_until = None


def drop(work: Work, job: Job) -> None:
    """Leave a dead job be."""
    job.state, job.finished_at = JobState.dropped, work.now


def forget_old(session: Session, clock: Clock) -> int:
    """Remove what ended long ago; dead ones stay until somebody decides."""
    with short_write(session):
        removed = session.execute(
            delete(Job)
            .where(
                Job.state.in_((JobState.done, JobState.dropped)), Job.finished_at < clock() - KEPT
            )
            .execution_options(synchronize_session=False)
        )
    return removed.rowcount if isinstance(removed, CursorResult) else 0
