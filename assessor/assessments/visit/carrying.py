"""What of a visit does a revision bring along? All of it: the visit is not made again."""

from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from assessor.assessments.models import Assessment
from assessor.assessments.visit_models import (
    Assignment,
    Attendance,
    Closing,
    ConflictDeclaration,
    DisputedPoint,
    GuestMember,
    Meeting,
)
from assessor.database.base import Base, new_id


def _rows(session: Session, model: type[Any], assessment_id: str) -> list[Any]:
    keys = list(model.__table__.primary_key.columns)
    found = select(model).where(model.assessment_id == assessment_id).order_by(*keys)
    return list(session.execute(found).scalars())


def _copied(row: Base, **changed: Any) -> Any:
    values = {column.key: getattr(row, column.key) for column in row.__table__.columns}
    return type(row)(**(values | changed))


def carry_visit(session: Session, old: Assessment, new: Assessment) -> None:
    """Copy the letter, the guests, the declarations, the meetings, what was not agreed, and the
    frozen results. Inside `write()`."""

    def fresh() -> dict[str, str]:
        return {"id": new_id(), "assessment_id": new.id}

    for letter in _rows(session, Assignment, old.id):
        session.add(_copied(letter, assessment_id=new.id))
    for model in (GuestMember, ConflictDeclaration, DisputedPoint):
        for row in _rows(session, model, old.id):
            session.add(_copied(row, **fresh()))
    for closing in _rows(session, Closing, old.id):
        source = closing.carried_from_id or closing.id
        session.add(_copied(closing, **fresh(), carried_from_id=source))
    meetings = {}
    for meeting in _rows(session, Meeting, old.id):
        copy = _copied(meeting, **fresh())
        session.add(copy)
        meetings[meeting.id] = copy.id
    session.flush()
    for present in _rows(session, Attendance, old.id):
        session.add(_copied(present, **fresh(), meeting_id=meetings[present.meeting_id]))
