"""Which objections are there to a result, and what do they say?"""

from collections.abc import Sequence

from sqlalchemy import ColumnElement, exists, func, select
from sqlalchemy.orm import Session

from assessor.assessments.models import Assessment
from assessor.assessments.objection_models import Objection, ObjectionPoint, ObjectionStatus


def list_objections(session: Session, assessment_id: str) -> Sequence[Objection]:
    """The objections to a result in their order: one query."""
    return (
        session.execute(
            select(Objection)
            .where(Objection.assessment_id == assessment_id)
            .order_by(Objection.number)
        )
        .scalars()
        .all()
    )


def list_points(session: Session, objection_id: str) -> Sequence[ObjectionPoint]:
    """What is objected to: one query."""
    return (
        session.execute(
            select(ObjectionPoint)
            .where(ObjectionPoint.objection_id == objection_id)
            .order_by(ObjectionPoint.item)
        )
        .scalars()
        .all()
    )


def under_objection() -> ColumnElement[bool]:
    """As a condition: nobody has ruled yet on an objection to the assessment."""
    return exists(
        select(Objection.id).where(
            Objection.assessment_id == Assessment.id, Objection.status == ObjectionStatus.filed
        )
    )


def open_objection(session: Session, assessment_id: str) -> Objection | None:
    """The objection that waits for a ruling, if there is one."""
    return (
        session.execute(
            select(Objection).where(
                Objection.assessment_id == assessment_id,
                Objection.status == ObjectionStatus.filed,
            )
        )
        .scalars()
        .one_or_none()
    )


def ruled_into(session: Session, revision_id: str) -> Objection | None:
    """The objection by whose ruling a revision was opened."""
    return (
        session.execute(select(Objection).where(Objection.revision_id == revision_id))
        .scalars()
        .one_or_none()
    )


def next_number(session: Session, assessment_id: str) -> int:
    """The number of the next objection to a result."""
    latest = session.execute(
        select(func.max(Objection.number)).where(Objection.assessment_id == assessment_id)
    ).scalar()
    return (latest or 0) + 1
