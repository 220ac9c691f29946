"""Which versions of a piece are there, and which pieces end soon?"""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import column, exists, func, select, table
from sqlalchemy.orm import Session, aliased

from assessor.access.actor import Actor
from assessor.access.decide import reaches
from assessor.access.permissions import Permission
from assessor.access.rules import Columns
from assessor.accounts.models import Person
from assessor.auditees.models import Auditee
from assessor.evidence.models import Evidence
from assessor.evidence.validity import FIRST_REMINDER

MOST_REMINDERS = 12
_MOST_VERSIONS = 100

# Permits stand above evidence and are not imported: their register reminds of them itself.
_permit = table("permit", column("evidence_id"))
# Who handed it in and the coaches are reminded: neither rule asks who is on a team.
_COLUMNS = Columns(auditee_id=Auditee.id, office_id=Auditee.responsible_office_id)


@dataclass(frozen=True)
class Version:
    """One of the pieces that stand in for each other."""

    id: str
    title: str
    created_at: datetime
    uploader: str
    withdrawn: bool


def versions_of(session: Session, evidence_id: str) -> tuple[Version, ...]:
    """All versions of a piece, the newest first: one query. A piece that replaced nothing and
    was not replaced is its own only version."""
    older = (
        select(Evidence.id, Evidence.replaces_id)
        .where(Evidence.id == evidence_id)
        .cte("older", recursive=True)
    )
    older = older.union(
        select(Evidence.id, Evidence.replaces_id).join(older, Evidence.id == older.c.replaces_id)
    )
    chain = select(older.c.id).cte("chain", recursive=True)
    chain = chain.union(select(Evidence.id).join(chain, Evidence.replaces_id == chain.c.id))
    rows = session.execute(
        select(Evidence.id, Evidence.title, Evidence.created_at, Person.name, Evidence.withdrawn_at)
        .join(Person, Person.id == Evidence.uploaded_by)
        .where(Evidence.id.in_(select(chain.c.id)), Evidence.quarantined_at.is_(None))
        .order_by(Evidence.created_at.desc(), Evidence.id.desc())
        .limit(_MOST_VERSIONS)
    ).all()
    return tuple(Version(*row[:4], withdrawn=row[4] is not None) for row in rows)


@dataclass(frozen=True)
class Ending:
    """A piece whose last day is near or over."""

    evidence_id: str
    title: str
    auditee: str
    valid_until: date


@dataclass(frozen=True)
class ManyEnding:
    """The most urgent ones, and how many there are altogether."""

    rows: tuple[Ending, ...]
    count: int


def to_bring_anew(session: Session, actor: Actor, today: date) -> ManyEnding:
    """The pieces the actor is reminded of, the nearest end first: one query."""
    newer = aliased(Evidence)
    rows = session.execute(
        select(Evidence.id, Evidence.title, Auditee.name, Evidence.valid_until, func.count().over())
        .join(Auditee, Auditee.id == Evidence.auditee_id)
        .where(
            reaches(actor, Permission.upload_evidence, _COLUMNS),
            Auditee.closed_on.is_(None),
            Evidence.withdrawn_at.is_(None),
            Evidence.quarantined_at.is_(None),
            Evidence.valid_until <= today + FIRST_REMINDER,
            ~exists(
                select(newer.id).where(
                    newer.replaces_id == Evidence.id, newer.withdrawn_at.is_(None)
                )
            ),
            ~exists(select(_permit.c.evidence_id).where(_permit.c.evidence_id == Evidence.id)),
        )
        .order_by(Evidence.valid_until, Evidence.id)
        .limit(MOST_REMINDERS)
    ).all()
    found = tuple(Ending(*row[:3], valid_until=row[3]) for row in rows if row[3] is not None)
    return ManyEnding(found, rows[0][4] if rows else 0)
