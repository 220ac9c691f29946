"""What is due next at each institution and unit of an office, the latest first?"""

from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import case, func, literal, select
from sqlalchemy.orm import Session, aliased

from assessor.access.actor import Actor
from assessor.access.decide import reaches
from assessor.access.permissions import Permission
from assessor.access.rules import Columns
from assessor.assessments.models import (
    Assessment,
    Finding,
    FindingAnswer,
    FindingStatus,
    Kind,
    Status,
)
from assessor.assessments.workflow import RUNNING
from assessor.auditees.models import Auditee, AuditeeKind
from assessor.auditees.queries import works_on
from checklists.findings import FindingClass

PAGE_SIZE = 50
_NEVER = date(9999, 12, 31)


@dataclass(frozen=True)
class Next:
    """An auditee with what is due at it: an assessment going on, findings without an answer."""

    auditee_id: str
    name: str
    reference: str
    kind: AuditeeKind
    going_id: str | None
    going_kind: Kind | None
    going_due: date | None
    findings: int
    findings_id: str | None
    findings_due: date | None
    judged: bool  # there is an assessment of this year

    @property
    def due_on(self) -> date | None:
        """The nearest day."""
        days = [day for day in (self.going_due, self.findings_due) if day is not None]
        return min(days) if days else None

    @property
    def findings_first(self) -> bool:
        """Whether the findings are due before the assessment."""
        return self.findings_due is not None and self.findings_due == self.due_on


@dataclass(frozen=True)
class NextSlice:
    """One page, and whether another follows."""

    rows: tuple[Next, ...]
    more: bool


def _going() -> Any:
    """Of each auditee the unfinished assessment that is due first."""
    place = func.row_number().over(
        partition_by=Assessment.auditee_id, order_by=(Assessment.due_on, Assessment.id)
    )
    ranked = (
        select(
            Assessment.auditee_id,
            Assessment.id,
            Assessment.kind,
            Assessment.due_on,
            place.label("place"),
        )
        .where(Assessment.status.in_(RUNNING))
        .subquery()
    )
    return select(ranked).where(ranked.c.place == 1).subquery()


def _unanswered() -> Any:
    """Of each auditee the findings of its latest sealed assessment by others without an answer."""
    later = aliased(Assessment)
    superseded = (
        select(later.id)
        .where(
            later.auditee_id == Assessment.auditee_id,
            later.kind != Kind.self,
            later.status == Status.sealed,
            later.sealed_at > Assessment.sealed_at,
        )
        .exists()
    )
    answered = select(FindingAnswer.id).where(FindingAnswer.finding_id == Finding.id).exists()
    return (
        select(
            Assessment.auditee_id,
            func.min(Assessment.id).label("id"),
            func.count().label("count"),
            func.min(Finding.due_on).label("due_on"),
        )
        .join(Finding, Finding.assessment_id == Assessment.id)
        .where(
            Assessment.kind != Kind.self,
            Assessment.status == Status.sealed,
            Finding.status == FindingStatus.issued,
            Finding.finding_class != FindingClass.suggestion,
            ~answered,
            ~superseded,
        )
        .group_by(Assessment.auditee_id)
        .subquery()
    )


def list_next(
    session: Session, actor: Actor, year: int, *, page: int = 1, size: int = PAGE_SIZE
) -> NextSlice:
    """The open auditees the actor sees: what is due first at the top, then those that were not
    assessed this year, then the others by name. One query."""
    going, unanswered = _going(), _unanswered()
    judged = (
        select(Assessment.id)
        .where(
            Assessment.auditee_id == Auditee.id,
            Assessment.year == year,
            Assessment.status != Status.cancelled,
        )
        .exists()
    )
    first, second = (
        func.coalesce(column, literal(_NEVER)) for column in (going.c.due_on, unanswered.c.due_on)
    )
    columns = Columns(auditee_id=Auditee.id, office_id=Auditee.responsible_office_id, team=works_on)
    rows = session.execute(
        select(
            Auditee.id,
            Auditee.name,
            Auditee.reference,
            Auditee.kind,
            going.c.id,
            going.c.kind,
            going.c.due_on,
            func.coalesce(unanswered.c.count, 0),
            unanswered.c.id,
            unanswered.c.due_on,
            judged,
        )
        .outerjoin(going, going.c.auditee_id == Auditee.id)
        .outerjoin(unanswered, unanswered.c.auditee_id == Auditee.id)
        .where(reaches(actor, Permission.see_auditee, columns), Auditee.closed_on.is_(None))
        .order_by(
            case((first < second, first), else_=second),
            judged,
            Auditee.sort_key,
            Auditee.id,
        )
        .limit(size + 1)
        .offset((page - 1) * size)
    ).all()
    return NextSlice(tuple(Next(*row) for row in rows[:size]), len(rows) > size)
