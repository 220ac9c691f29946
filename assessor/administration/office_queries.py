"""Who works at an office, and for how many is it responsible?"""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from assessor.access.actor import Role
from assessor.accounts.models import Person, Position
from assessor.auditees.models import Auditee


@dataclass(frozen=True)
class Holder:
    """Somebody who holds a position at an office."""

    person_id: str
    name: str
    since: date
    until: date | None
    disabled: bool


def people_by_role(session: Session, office_id: str, on: date) -> Mapping[Role, tuple[Holder, ...]]:
    """Everybody with a position at the office on a day, by role: one query."""
    rows = session.execute(
        select(Position, Person)
        .join(Person, Person.id == Position.person_id)
        .where(
            Position.office_id == office_id,
            Position.valid_from <= on,
            or_(Position.valid_to.is_(None), Position.valid_to > on),
        )
        .order_by(Person.name, Person.id)
    )
    found: dict[Role, list[Holder]] = defaultdict(list)
    for position, person in rows:
        found[position.role].append(
            Holder(
                person.id,
                person.name,
                position.valid_from,
                position.valid_to,
                person.disabled_at is not None,
            )
        )
    return {role: tuple(found[role]) for role in Role if role in found}


def auditees_by_office(session: Session) -> Mapping[str, int]:
    """For how many open auditees each office is responsible itself: one query."""
    rows = session.execute(
        select(Auditee.responsible_office_id, func.count())
        .where(Auditee.closed_on.is_(None))
        .group_by(Auditee.responsible_office_id)
    )
    return dict(rows.all())
