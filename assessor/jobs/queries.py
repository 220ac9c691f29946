"""How do the jobs stand?"""

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from assessor.jobs.models import Job, JobState


def count_jobs(session: Session, *, kind: str = "") -> dict[JobState, int]:
    """How many there are in each state."""
    statement = select(Job.state, func.count()).group_by(Job.state)
    if kind:
        statement = statement.where(Job.kind == kind)
    found = {state: int(count) for state, count in session.execute(statement)}
    return {state: found.get(state, 0) for state in JobState}


def find_job(session: Session, job_id: str, *, kind: str = "") -> Job | None:
    """A job by its id."""
    statement = select(Job).where(Job.id == job_id)
    if kind:
        statement = statement.where(Job.kind == kind)
    return session.scalars(statement).one_or_none()
