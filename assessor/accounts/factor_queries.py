"""How many people of each role sign in with two steps?"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from sqlalchemy import and_, distinct, func, or_, select
from sqlalchemy.orm import Session

from assessor.access.actor import Role
from assessor.accounts.models import Person, Position, SecondFactor


@dataclass(frozen=True)
class Share:
    """So many of so many people."""

    on: int
    people: int


def factor_shares(session: Session, *, today: date) -> Mapping[Role, Share]:
    """By role, over those who hold one today and may sign in: one query."""
    rows = session.execute(
        select(
            Position.role,
            func.count(distinct(SecondFactor.person_id)).label("on"),
            func.count(distinct(Person.id)).label("people"),
        )
        .join(Person, Person.id == Position.person_id)
        .outerjoin(
            SecondFactor,
            and_(SecondFactor.person_id == Person.id, SecondFactor.secret.is_not(None)),
        )
        .where(
            Person.disabled_at.is_(None),
            Position.valid_from <= today,
            or_(Position.valid_to.is_(None), Position.valid_to > today),
        )
        .group_by(Position.role)
    )
    return {row.role: Share(row.on, row.people) for row in rows}
