"""Which values did others give an auditee?"""

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from assessor.accounts.models import Person
from assessor.evidence.models import Evidence
from assessor.outside_values.models import OutsideValue

MOST = 200


@dataclass(frozen=True)
class Entered:
    """A value with who entered it and what its scan is called."""

    value: OutsideValue
    who: str
    scan: str | None


def list_values(session: Session, auditee_id: str) -> tuple[Entered, ...]:
    """All that was ever entered, the latest year first: one query."""
    rows = session.execute(
        select(OutsideValue, Person.name, Evidence.title)
        .join(Person, Person.id == OutsideValue.entered_by)
        .outerjoin(Evidence, Evidence.id == OutsideValue.evidence_id)
        .where(OutsideValue.auditee_id == auditee_id)
        .order_by(OutsideValue.year.desc(), OutsideValue.entered_at.desc(), OutsideValue.id)
        .limit(MOST)
    ).all()
    return tuple(Entered(*row) for row in rows)


def standing_values(session: Session, auditee_id: str) -> tuple[OutsideValue, ...]:
    """Those that were not withdrawn, the latest year first: one query."""
    return tuple(
        session.scalars(
            select(OutsideValue)
            .where(OutsideValue.auditee_id == auditee_id, OutsideValue.withdrawn_at.is_(None))
            .order_by(OutsideValue.year.desc(), OutsideValue.kind, OutsideValue.id)
            .limit(MOST)
        )
    )
