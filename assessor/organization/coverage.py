"""Which office serves each regency on a day, where does nobody, and what contradicts itself?"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from sqlalchemy import Row, or_, select
from sqlalchemy.orm import Session

from assessor.organization.models import (
    Office,
    OfficeKind,
    ServiceArea,
    Territory,
    TerritoryKind,
)


class Trouble(StrEnum):
    """What is wrong with who serves where."""

    nobody = "nobody"  # no office serves it
    centre_only = "centre_only"  # only the centre's area reaches it
    several = "several"  # several offices serve one territory at once
    closed = "closed"  # by an office that is closed
    ends = "ends"  # a service ends and no other one follows


@dataclass(frozen=True)
class Problem:
    """One thing to look at: the territory, and the offices concerned."""

    trouble: Trouble
    code: str
    territory: str
    offices: tuple[str, ...] = ()
    on: date | None = None


@dataclass(frozen=True)
class Regency:
    """A regency and who serves it; `own`: by an area of its own, not that of its province."""

    code: str
    name: str
    office_id: str | None
    office: str | None
    kind: OfficeKind | None
    own: bool


@dataclass(frozen=True)
class Province:
    """A province with its regencies."""

    code: str
    name: str
    regencies: tuple[Regency, ...]

    def served_by(self, kind: OfficeKind | None) -> int:
        """How many regencies an office of this kind serves; None: nobody does."""
        return sum(each.kind is kind for each in self.regencies)


@dataclass(frozen=True)
class Coverage:
    """Everything that is served on a day."""

    provinces: tuple[Province, ...]
    problems: tuple[Problem, ...]

    def served_by(self, kind: OfficeKind | None) -> int:
        """How many regencies in all."""
        return sum(each.served_by(kind) for each in self.provinces)


@dataclass(frozen=True)
class _Service:
    """A service in force or to come, with its office."""

    code: str
    office_id: str
    office: str
    kind: OfficeKind
    closed: bool
    valid_from: date
    valid_to: date | None

    def holds(self, on: date) -> bool:
        return self.valid_from <= on and (self.valid_to is None or on < self.valid_to)


def _services(session: Session, on: date) -> Mapping[str, list[_Service]]:
    rows = session.execute(
        select(ServiceArea, Office)
        .join(Office, Office.id == ServiceArea.office_id)
        .where(or_(ServiceArea.valid_to.is_(None), ServiceArea.valid_to > on))
        .order_by(ServiceArea.valid_from, Office.name)
    )
    found: dict[str, list[_Service]] = defaultdict(list)
    for area, office in rows:
        found[area.territory_code].append(
            _Service(
                area.territory_code,
                office.id,
                office.short_name,
                office.kind,
                office.closed_on is not None and office.closed_on <= on,
                area.valid_from,
                area.valid_to,
            )
        )
    return found


def _territories(session: Session) -> Iterable[Row[str, str, str | None, TerritoryKind]]:
    return session.execute(
        select(Territory.code, Territory.name, Territory.parent_code, Territory.kind)
        .where(
            Territory.kind.in_(
                (TerritoryKind.nation, TerritoryKind.province, TerritoryKind.regency)
            ),
            Territory.valid_to.is_(None),
        )
        .order_by(Territory.sort_key, Territory.code)
    ).all()


def get_coverage(session: Session, on: date) -> Coverage:
    """Who serves what on a day: two queries, whatever there is."""
    services = _services(session, on)
    rows = list(_territories(session))
    parents = {row.code: row.parent_code for row in rows}
    names = {row.code: row.name for row in rows}
    regencies: dict[str, list[Regency]] = defaultdict(list)
    for row in rows:
        if row.kind is TerritoryKind.regency:
            regencies[row.parent_code or ""].append(
                _served(row.code, row.name, services, parents, on)
            )
    provinces = tuple(
        Province(row.code, row.name, tuple(regencies[row.code]))
        for row in rows
        if row.kind is TerritoryKind.province
    )
    problems = (*_contradictions(services, names, on), *_gaps(provinces))
    return Coverage(provinces, problems)


def _served(
    code: str,
    name: str,
    services: Mapping[str, list[_Service]],
    parents: Mapping[str, str | None],
    on: date,
) -> Regency:
    """The nearest open office; `office_serving` says the same of one territory."""
    around: str | None = code
    while around is not None:
        for each in services.get(around, ()):
            if each.holds(on) and not each.closed:
                return Regency(
                    code, name, each.office_id, each.office, each.kind, own=around == code
                )
        around = parents.get(around)
    return Regency(code, name, None, None, None, own=False)


def _contradictions(
    services: Mapping[str, list[_Service]], names: Mapping[str, str], on: date
) -> Iterable[Problem]:
    for code, each in sorted(services.items()):
        name = names.get(code, code)
        now = [service for service in each if service.holds(on)]
        if len(now) > 1:
            offices = tuple(service.office for service in now)
            yield Problem(Trouble.several, code, name, offices)
        yield from (
            Problem(Trouble.closed, code, name, (service.office,))
            for service in now
            if service.closed
        )
        last = max(each, key=lambda service: service.valid_to or date.max)
        if last.valid_to is not None:
            yield Problem(Trouble.ends, code, name, (last.office,), last.valid_to)


def _gaps(provinces: Iterable[Province]) -> Iterable[Problem]:
    for province in provinces:
        for each in province.regencies:
            if each.office is None:
                yield Problem(Trouble.nobody, each.code, f"{each.name}, {province.name}")
            elif each.kind is OfficeKind.centre:
                where = f"{each.name}, {province.name}"
                yield Problem(Trouble.centre_only, each.code, where, (each.office,))
