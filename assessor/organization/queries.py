"""Which offices stand above and below, who serves where, what is a territory called?"""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, Select, literal, or_, select
from sqlalchemy.orm import Session

from assessor.organization.models import (
    Office,
    OfficeClosure,
    OfficeKind,
    ServiceArea,
    Territory,
    TerritoryKind,
)


def offices_above(session: Session, office_id: str) -> tuple[str, ...]:
    """The office itself and all above it, nearest first."""
    return tuple(
        session.execute(
            select(OfficeClosure.ancestor_id)
            .where(OfficeClosure.descendant_id == office_id)
            .order_by(OfficeClosure.depth)
        ).scalars()
    )


def offices_below(session: Session, office_id: str) -> frozenset[str]:
    """The office itself and all below it."""
    return frozenset(
        session.execute(
            select(OfficeClosure.descendant_id).where(OfficeClosure.ancestor_id == office_id)
        ).scalars()
    )


def in_force(on: date) -> ColumnElement[bool]:
    """The condition that a service area holds on a day (its last day is the day before the end)."""
    return (ServiceArea.valid_from <= on) & (
        or_(ServiceArea.valid_to.is_(None), ServiceArea.valid_to > on)
    )


def office_serving(session: Session, territory_code: str, on: date) -> Office | None:
    """The office that serves a territory on a day: its own, else that of what is around it."""
    around = (
        select(Territory.code, Territory.parent_code, literal(0).label("distance"))
        .where(Territory.code == territory_code)
        .cte("around", recursive=True)
    )
    around = around.union_all(
        select(Territory.code, Territory.parent_code, around.c.distance + 1).join(
            around, Territory.code == around.c.parent_code
        )
    )
    return session.execute(
        select(Office)
        .join(ServiceArea, ServiceArea.office_id == Office.id)
        .join(around, around.c.code == ServiceArea.territory_code)
        .where(in_force(on), or_(Office.closed_on.is_(None), Office.closed_on > on))
        .order_by(around.c.distance)
        .limit(1)
    ).scalar_one_or_none()


def get_office(session: Session, office_id: str) -> Office:
    """An office by its id. Raises NoResultFound."""
    return session.get_one(Office, office_id)


def list_offices(kind: OfficeKind | None = None) -> Select[Office]:
    """All offices that are open, in the order of their names."""
    statement = select(Office).where(Office.closed_on.is_(None)).order_by(Office.name)
    return statement if kind is None else statement.where(Office.kind == kind)


@dataclass(frozen=True)
class Place:
    """A territory with those around it, as a reader wants to see it."""

    code: str
    village: str | None
    district: str | None
    regency: str | None
    province: str | None

    @property
    def line(self) -> str:
        """All names that are known, the smallest first."""
        names = (self.village, self.district, self.regency, self.province)
        return ", ".join(name for name in names if name)


def get_place(session: Session, code: str) -> Place:
    """A territory's names up to its province. Raises NoResultFound for an unknown code."""
    around = (
        select(Territory.code, Territory.parent_code, Territory.kind, Territory.name)
        .where(Territory.code == code)
        .cte("around", recursive=True)
    )
    around = around.union_all(
        select(Territory.code, Territory.parent_code, Territory.kind, Territory.name).join(
            around, Territory.code == around.c.parent_code
        )
    )
    names = {row.kind: row.name for row in session.execute(select(around))}
    if not names:
        session.get_one(Territory, code)
    return Place(
        code=code,
        village=names.get(TerritoryKind.village),
        district=names.get(TerritoryKind.district),
        regency=names.get(TerritoryKind.regency),
        province=names.get(TerritoryKind.province),
    )


def list_territories(kind: TerritoryKind, *, within: str | None = None) -> Select[Territory]:
    """The territories of a kind that are in force, by name; of one parent when it is named."""
    statement = (
        select(Territory)
        .where(Territory.kind == kind, Territory.valid_to.is_(None))
        .order_by(Territory.sort_key, Territory.code)
    )
    return statement if within is None else statement.where(Territory.parent_code == within)
