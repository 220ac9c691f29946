"""What became of the mails?"""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import and_, func, select
from sqlalchemy.orm import Session

from assessor.jobs.models import Job, JobState
from assessor.jobs.queries import count_jobs
from assessor.mail.letters import KIND

MOST_SHOWN = 100


@dataclass(frozen=True)
class MailState:
    """How mail is doing: the last one that left, how many wait, how many were given up.
    `waiting_since`: since when the oldest of those that could not be sent yet has waited."""

    last_sent: datetime | None
    waiting: int
    failed: int
    waiting_since: datetime | None


def mail_state(session: Session) -> MailState:
    """How mail is doing: two queries."""
    counts = count_jobs(session, kind=KIND)
    last, since = session.execute(
        select(
            func.max(Job.finished_at).filter(Job.state == JobState.done),
            func.min(Job.created_at).filter(
                and_(Job.state == JobState.waiting, Job.problem.is_not(None))
            ),
        ).where(Job.kind == KIND)
    ).one()
    return MailState(last, counts[JobState.waiting], counts[JobState.dead], since)


def failed_mails(session: Session) -> list[Job]:
    """Those that were given up, the newest first."""
    return list(
        session.scalars(
            select(Job)
            .where(Job.kind == KIND, Job.state == JobState.dead)
            .order_by(Job.finished_at.desc(), Job.id)
            .limit(MOST_SHOWN)
        )
    )
