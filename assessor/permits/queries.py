"""Which permits does a site have, who is to be reminded of one, which had run out?"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import exists, func, select
from sqlalchemy.orm import Session, aliased

from assessor.access.actor import Actor
from assessor.access.decide import reaches
from assessor.access.permissions import Permission
from assessor.access.rules import Columns
from assessor.accounts.models import Person
from assessor.auditees.models import Auditee
from assessor.evidence.models import Evidence
from assessor.permits.kinds import kinds
from assessor.permits.models import Permit
from assessor.permits.validity import FIRST_REMINDER, Dated, expired_before

MOST_REMINDERS = 12
MOST_PERMITS = 500

# Institutions and coaches are reminded: neither rule asks who is on a team.
_COLUMNS = Columns(auditee_id=Auditee.id, office_id=Auditee.responsible_office_id)


def dated(permit: Permit) -> Dated:
    """A permit as far as time goes."""
    return Dated(
        permit.id,
        permit.valid_from,
        permit.expires_on,
        permit.replaces_id,
        withdrawn=permit.withdrawn_at is not None,
    )


@dataclass(frozen=True)
class Entered:
    """A permit with who entered it and what its scan is called."""

    permit: Permit
    who: str
    scan: str | None


def list_permits(session: Session, auditee_id: str) -> tuple[Entered, ...]:
    """All that was ever entered, the latest start first: one query."""
    rows = session.execute(
        select(Permit, Person.name, Evidence.title)
        .join(Person, Person.id == Permit.entered_by)
        .outerjoin(Evidence, Evidence.id == Permit.evidence_id)
        .where(Permit.auditee_id == auditee_id)
        .order_by(Permit.valid_from.desc(), Permit.entered_at.desc(), Permit.id)
        .limit(MOST_PERMITS)
    ).all()
    return tuple(Entered(*row) for row in rows)


def has_permits(session: Session, auditee_id: str) -> bool:
    """Whether anything stands in the register of a site."""
    return bool(
        session.execute(select(exists(select(Permit.id).where(Permit.auditee_id == auditee_id))))
        .scalar_one()
    )  # fmt: skip


@dataclass(frozen=True)
class Due:
    """A permit somebody is to renew."""

    permit_id: str
    kind: str
    auditee_id: str
    auditee: str
    expires_on: date


@dataclass(frozen=True)
class ManyDue:
    """The most urgent ones, and how many there are altogether."""

    rows: tuple[Due, ...]
    count: int


def to_renew(session: Session, actor: Actor, today: date) -> ManyDue:
    """The permits the actor is reminded of, the nearest end first: one query."""
    renewal = aliased(Permit)
    rows = session.execute(
        select(
            Permit.id,
            Permit.kind,
            Auditee.id,
            Auditee.name,
            Permit.expires_on,
            func.count().over(),
        )
        .join(Auditee, Auditee.id == Permit.auditee_id)
        .where(
            reaches(actor, Permission.keep_permits, _COLUMNS),
            Auditee.closed_on.is_(None),
            Permit.withdrawn_at.is_(None),
            Permit.expires_on <= today + timedelta(days=FIRST_REMINDER),
            ~exists(
                select(renewal.id).where(
                    renewal.replaces_id == Permit.id, renewal.withdrawn_at.is_(None)
                )
            ),
        )
        .order_by(Permit.expires_on, Permit.id)
        .limit(MOST_REMINDERS)
    ).all()
    due = tuple(Due(*row[:4], expires_on=row[4]) for row in rows if row[4] is not None)
    return ManyDue(due, rows[0][5] if rows else 0)


@dataclass(frozen=True)
class Expired:
    """A permit that had run out before a day, and the items where that is shown."""

    kind: str
    number: str
    valid_from: date
    expires_on: date
    items: tuple[str, ...]


def ending_permits(session: Session, auditee_id: str) -> Sequence[Permit]:
    """All that was ever entered, the earliest end first: one query."""
    return session.scalars(
        select(Permit)
        .where(Permit.auditee_id == auditee_id)
        .order_by(Permit.expires_on, Permit.id)
        .limit(MOST_PERMITS)
    ).all()


def expired_of(permits: Sequence[Permit], day: date) -> tuple[Expired, ...]:
    """What of these had run out before a day, with the items where that is shown."""
    out = expired_before([dated(each) for each in permits], day)
    known = kinds()
    return tuple(
        Expired(
            kind=each.kind,
            number=each.number,
            valid_from=each.valid_from,
            expires_on=each.expires_on,
            items=known[each.kind].items if each.kind in known else (),
        )
        for each in permits
        if each.id in out and each.expires_on is not None
    )
