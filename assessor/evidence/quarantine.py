"""What happens when somebody sees a client in a piece of evidence?

From that moment only who handed it in and the privacy officer see it, until the privacy officer
has looked and let it go again. Who sees too much must be able to say so at once: whoever reads a
piece may report it, and a wrong report costs a few hours, nothing more.
"""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from assessor.access.actor import Actor
from assessor.access.decide import ensure, reaches
from assessor.access.permissions import Permission
from assessor.access.rules import Columns, Subject
from assessor.accounts.models import Person
from assessor.auditees.models import Auditee
from assessor.client_identity import refuse_identity
from assessor.evidence.events import EvidenceQuarantined, QuarantineEnded
from assessor.evidence.models import Evidence, Quarantine
from assessor.evidence.names import paragraphs
from assessor.evidence.queries import subject_of
from assessor.journal.work import Clock, write
from assessor.sentences import Refused, Sentence

LONGEST_WORDS = 1000
MOST_TASKS = 12

_COLUMNS = Columns(
    auditee_id=Evidence.auditee_id,
    office_id=Auditee.responsible_office_id,
    team=lambda person: Evidence.uploaded_by == person,
)


def subject_in_quarantine(auditee_id: str, uploaded_by: str) -> Subject:
    """What the rules ask about a piece in quarantine: its "team" is who handed it in."""
    return Subject(auditee_id=auditee_id, team=frozenset({uploaded_by}))


def report_client(
    session: Session, actor: Actor, clock: Clock, *, evidence_id: str, where: str
) -> None:
    """Say that a client can be recognised in a piece. Reported twice, it is in quarantine once.
    Raises NotPermitted, Refused."""
    where = paragraphs(where, LONGEST_WORDS)
    refuse_identity(where)
    with write(session, actor, clock) as work:
        evidence = session.execute(
            select(Evidence).where(Evidence.id == evidence_id).with_for_update()
        ).scalar_one()
        ensure(actor, Permission.see_evidence, subject_of(session, evidence.auditee_id))
        if evidence.quarantined_at is not None:
            return
        evidence.quarantined_at = work.now
        session.add(
            Quarantine(
                evidence_id=evidence_id,
                whereabouts=where,
                reported_by=actor.person_id or "",
                reported_at=work.now,
                ended_by=None,
                ended_at=None,
                ended_why=None,
            )
        )
        work.record(EvidenceQuarantined(subject=evidence_id, auditee=evidence.auditee_id))


def end_quarantine(
    session: Session, actor: Actor, clock: Clock, *, evidence_id: str, why: str
) -> None:
    """Let a piece go again: no client can be recognised in it. Raises NotPermitted, Refused."""
    why = paragraphs(why, LONGEST_WORDS)
    if not why:
        raise Refused(Sentence("Tulis mengapa bukti ini boleh dilihat lagi."))
    refuse_identity(why)
    with write(session, actor, clock) as work:
        evidence = session.execute(
            select(Evidence).where(Evidence.id == evidence_id).with_for_update()
        ).scalar_one()
        subject = subject_in_quarantine(evidence.auditee_id, evidence.uploaded_by)
        ensure(actor, Permission.end_quarantine, subject)
        found = session.scalars(
            select(Quarantine).where(
                Quarantine.evidence_id == evidence_id, Quarantine.ended_at.is_(None)
            )
        ).one_or_none()
        if found is None:
            raise Refused(Sentence("Bukti ini tidak sedang dikarantina."))
        evidence.quarantined_at = None
        found.ended_by, found.ended_at, found.ended_why = actor.person_id, work.now, why
        work.record(QuarantineEnded(subject=evidence_id, auditee=evidence.auditee_id))


@dataclass(frozen=True)
class InQuarantine:
    """A piece in quarantine: whose, who saw a client where, since when."""

    evidence_id: str
    title: str
    auditee: str
    reporter: str
    whereabouts: str
    since: datetime


@dataclass(frozen=True)
class ManyInQuarantine:
    """The longest waiting ones, and how many there are altogether."""

    rows: tuple[InQuarantine, ...]
    count: int


def in_quarantine(
    session: Session, actor: Actor, *, evidence_id: str | None = None
) -> ManyInQuarantine:
    """What is in quarantine and the actor may see there, the longest waiting first: one query."""
    statement = (
        select(
            Evidence.id,
            Evidence.title,
            Auditee.name,
            Person.name,
            Quarantine.whereabouts,
            Quarantine.reported_at,
            func.count().over(),
        )
        .join(Evidence, Evidence.id == Quarantine.evidence_id)
        .join(Auditee, Auditee.id == Evidence.auditee_id)
        .join(Person, Person.id == Quarantine.reported_by)
        .where(Quarantine.ended_at.is_(None), reaches(actor, Permission.see_quarantined, _COLUMNS))
        .order_by(Quarantine.reported_at, Quarantine.id)
        .limit(MOST_TASKS)
    )
    if evidence_id is not None:
        statement = statement.where(Evidence.id == evidence_id)
    rows = session.execute(statement).all()
    return ManyInQuarantine(
        tuple(InQuarantine(*row[:6]) for row in rows), rows[0][6] if rows else 0
    )


def out_of_sight(session: Session, at: datetime) -> frozenset[str]:
    """The small pictures that nobody was to see at a moment: a paper made then, and made again
    later, leaves out the same ones."""
    return frozenset(
        session.scalars(
            select(Evidence.thumb_digest)
            .join(Quarantine, Quarantine.evidence_id == Evidence.id)
            .where(
                Quarantine.reported_at <= at,
                or_(Quarantine.ended_at.is_(None), Quarantine.ended_at > at),
            )
        )
    )
