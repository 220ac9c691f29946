"""What does somebody decide about a mail that was given up?"""

from typing import Protocol

from sqlalchemy.orm import Session

from assessor.access.actor import SYSTEM, Actor
from assessor.access.decide import ensure
from assessor.access.permissions import Permission
from assessor.access.rules import Subject
from assessor.jobs.models import Job, JobState
from assessor.jobs.queries import find_job
from assessor.jobs.queue import drop, revive
from assessor.journal.work import Clock, write
from assessor.mail.events import MailDropped, MailTriedAgain
from assessor.mail.letters import KIND
from assessor.sentences import Refused, Sentence

_NOT_NOW = Sentence("Surel ini sudah dikirim, sedang menunggu, atau sudah dibuang.")


class Act(Protocol):
    """One of the two things that can be decided."""

    def __call__(
        self, session: Session, actor: Actor, clock: Clock, *, job_id: str, house: Subject
    ) -> None:
        """Decide."""


def _failed(session: Session, job_id: str) -> Job:
    job = find_job(session, job_id, kind=KIND)
    if job is None or job.state is not JobState.dead:
        raise Refused(_NOT_NOW)
    return job


def _ensure_may(actor: Actor, house: Subject) -> None:
    if actor is not SYSTEM:
        ensure(actor, Permission.manage_mail, house)


def try_again(session: Session, actor: Actor, clock: Clock, *, job_id: str, house: Subject) -> None:
    """Send a mail that was given up, from the start. Raises Refused and NotPermitted."""
    _ensure_may(actor, house)
    with write(session, actor, clock) as work:
        job = _failed(session, job_id)
        revive(work, job)
        work.record(
            MailTriedAgain(subject=job.payload["person"], job=job.id, letter=job.payload["letter"])
        )


def discard(session: Session, actor: Actor, clock: Clock, *, job_id: str, house: Subject) -> None:
    """Decide that a mail that was given up is not needed. Raises Refused and NotPermitted."""
    _ensure_may(actor, house)
    with write(session, actor, clock) as work:
        job = _failed(session, job_id)
        drop(work, job)
        work.record(
            MailDropped(subject=job.payload["person"], job=job.id, letter=job.payload["letter"])
        )
