"""Which offices were responsible for an auditee, and which services did it give?"""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session, aliased

from assessor.auditees.models import Handover, Service
from assessor.organization.models import Office


@dataclass(frozen=True)
class Passed:
    """One change of the responsible office."""

    on: date
    from_office: str
    to_office: str
    reason: str


def list_handovers(session: Session, auditee_id: str) -> tuple[Passed, ...]:
    """Every change of the responsible office, the newest first: one query."""
    before, after = aliased(Office), aliased(Office)
    rows = session.execute(
        select(Handover.handed_on, before.name, after.name, Handover.reason)
        .join(before, before.id == Handover.from_office_id)
        .join(after, after.id == Handover.to_office_id)
        .where(Handover.auditee_id == auditee_id)
        .order_by(Handover.handed_on.desc(), Handover.id)
    )
    return tuple(Passed(*row) for row in rows)


def list_all_services(session: Session, auditee_id: str) -> list[Service]:
    """What an auditee offers and offered, present ones first: one query."""
    return list(
        session.scalars(
            select(Service)
            .where(Service.auditee_id == auditee_id)
            .order_by(Service.valid_to.is_not(None), Service.tag, Service.valid_from, Service.id)
        )
    )
