"""Is somebody about to be registered a second time?"""

from dataclasses import dataclass
from datetime import date
from difflib import SequenceMatcher

from sqlalchemy import select
from sqlalchemy.orm import Session

from assessor.auditees.models import Auditee, AuditeeKind
from assessor.organization.keys import search_key
from assessor.organization.models import Office

MOST = 6
ALIKE = 0.72
# words that nearly every name has, so that they say nothing about being the same
_COMMON = ("yayasan", "rumah", "klinik", "pratama", "lembaga", "rehabilitasi", "unit", "ibm")


@dataclass(frozen=True)
class Near:
    """One that may be the same: no more than its name, number, office and whether it is closed."""

    id: str
    name: str
    reference: str
    office: str
    closed_on: date | None


def _core(key: str) -> str:
    """The part of a name that tells it from others."""
    for word in _COMMON:
        key = key.replace(search_key(word), "")
    return key


def likeness(one: str, other: str) -> float:
    """How alike two names are: 1 when one is in the other."""
    first, second = search_key(one), search_key(other)
    if not first or not second:
        return 0.0
    if first in second or second in first:
        return 1.0
    first, second = _core(first) or first, _core(second) or second
    return SequenceMatcher(None, first, second).ratio()


def find_near(
    session: Session, kind: AuditeeKind, name: str, *, regency_code: str, village_code: str = ""
) -> tuple[Near, ...]:
    """Those of the same kind in the regency with a name alike, and for a unit those of the same
    village; the most alike first. One query."""
    rows = session.execute(
        select(
            Auditee.id,
            Auditee.name,
            Auditee.reference,
            Office.short_name,
            Auditee.closed_on,
            Auditee.village_code,
        )
        .join(Office, Office.id == Auditee.responsible_office_id)
        .where(Auditee.kind == kind, Auditee.regency_code == regency_code)
        .order_by(Auditee.sort_key, Auditee.id)
    )
    found: list[tuple[float, int, Near]] = []
    for row in rows:
        alike = likeness(name, row.name)
        if village_code and row.village_code == village_code:
            alike = max(alike, ALIKE)
        if alike >= ALIKE:
            found.append((-alike, len(found), Near(*row[:5])))
    return tuple(each for _alike, _place, each in sorted(found)[:MOST])
