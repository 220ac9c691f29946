"""How is a territory or an office found, and where does an office serve?"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from sqlalchemy import or_, select
from sqlalchemy.orm import Session, aliased

import assessor.organization.reach  # noqa: F401  # says who sees which office
from assessor.access.actor import Actor
from assessor.access.decide import visible
from assessor.organization.keys import search_words
from assessor.organization.models import Office, ServiceArea, Territory, TerritoryKind
from assessor.organization.queries import in_force

MOST_FOUND = 30


@dataclass(frozen=True)
class Area:
    """A service of an office, past, present or to come."""

    id: str
    code: str
    territory: str
    around: str
    valid_from: date
    valid_to: date | None


def list_areas(session: Session, office_id: str) -> tuple[Area, ...]:
    """Where an office serves and served: one query."""
    parent = aliased(Territory)
    rows = session.execute(
        select(ServiceArea, Territory.name, parent.name)
        .join(Territory, Territory.code == ServiceArea.territory_code)
        .outerjoin(parent, parent.code == Territory.parent_code)
        .where(ServiceArea.office_id == office_id)
        .order_by(Territory.sort_key, ServiceArea.valid_from, ServiceArea.id)
    )
    return tuple(
        Area(area.id, area.territory_code, name, around or "", area.valid_from, area.valid_to)
        for area, name, around in rows
    )


@dataclass(frozen=True)
class Match:
    """A territory that a search found, and who serves it by an area of its own."""

    code: str
    name: str
    around: str
    serving: str | None = None


def find_territories(
    session: Session, words: str, kinds: Iterable[TerritoryKind], *, on: date
) -> tuple[Match, ...]:
    """Territories of which every word is in the name or in that of what is around them, and at
    least one in the own name; or whose code it is. One query."""
    keys = search_words(words)
    if not keys:
        return ()
    around, far = aliased(Territory), aliased(Territory)
    statement = (
        select(Territory.code, Territory.name, around.name, far.name, Office.short_name)
        .outerjoin(around, around.code == Territory.parent_code)
        .outerjoin(far, far.code == around.parent_code)
        .outerjoin(ServiceArea, (ServiceArea.territory_code == Territory.code) & in_force(on))
        .outerjoin(Office, Office.id == ServiceArea.office_id)
        .where(Territory.kind.in_(tuple(kinds)), Territory.valid_to.is_(None))
        .limit(MOST_FOUND)
    )
    named = Territory.code == words.strip()
    for key in keys:
        holders = (
            each.search_key.contains(key, autoescape=True) for each in (Territory, around, far)
        )
        statement = statement.where(or_(named, *holders))
    own = (Territory.search_key.contains(key, autoescape=True) for key in keys)
    rows = session.execute(
        statement.where(or_(named, *own)).order_by(
            Territory.sort_key, Territory.code, Office.short_name
        )
    )
    found: dict[str, Match] = {}
    for code, name, near, further, serving in rows:
        places = ", ".join(each for each in (near, further) if each)
        found.setdefault(code, Match(code, name, places, serving))
    return tuple(found.values())


def offices_in_order(session: Session, actor: Actor) -> tuple[tuple[Office, int], ...]:
    """Every office the actor sees, closed ones too, as a tree is read from above: each with its
    depth. One query."""
    children: dict[str | None, list[Office]] = defaultdict(list)
    known = {}
    for office in session.execute(visible(Office, actor).order_by(Office.name)).scalars():
        known[office.id] = office
        children[office.parent_id].append(office)
    found: list[tuple[Office, int]] = []

    def walk(office: Office, depth: int) -> None:
        found.append((office, depth))
        for child in children.get(office.id, ()):
            walk(child, depth + 1)

    for office in known.values():
        if office.parent_id not in known:
            walk(office, 0)
    return tuple(found)
