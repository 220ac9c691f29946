"""What does a sealed document say of what surrounds the judging?"""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from assessor.accounts.models import Person
from assessor.assessments.judging import Judged
from assessor.assessments.models import Assessment, Kind
from assessor.assessments.seal import open_seal
from assessor.assessments.visit.assignment import list_guests
from assessor.assessments.visit.changes import changes_since
from assessor.assessments.visit.meetings import get_meetings, list_present
from assessor.assessments.visit_models import Assignment, Closing
from assessor.journal.capture import coded
from assessor.organization.models import Office

SECTIONS = ("assignment", "guests", "declarations", "meetings", "closings", "changes")
_EMPTY: dict[str, Any] = {name: [] for name in SECTIONS} | {"assignment": None}


def list_closings(session: Session, assessment_id: str) -> Sequence[Closing]:
    """The closings of an assessment in their order: one query."""
    return (
        session.execute(
            select(Closing).where(Closing.assessment_id == assessment_id).order_by(Closing.number)
        )
        .scalars()
        .all()
    )


def _assignment(session: Session, assessment: Assessment) -> dict[str, Any] | None:
    row = session.execute(
        select(Assignment, Office.name)
        .join(Office, Office.id == Assignment.office_id)
        .where(Assignment.assessment_id == assessment.id)
    ).one_or_none()
    if row is None:
        return None
    letter, office = row
    return {
        "number": letter.letter_number,
        "issued_on": coded(letter.letter_on),
        "office": office,
        "planned_from": coded(letter.planned_from),
        "planned_to": coded(letter.planned_to),
        "evidence": letter.evidence_id,
    }


def _declarations(judged: Judged) -> list[dict[str, Any]]:
    return [
        {
            "person": each.person_id,
            "name": each.name,
            "stance": each.stance.value if each.stance else None,
            "words": each.words or None,
            "wording": each.wording or None,
            "declared_at": coded(each.declared_at),
            "excused": each.excused or None,
        }
        for each in judged.arranged.team
    ]


def meetings_content(session: Session, assessment: Assessment) -> list[dict[str, Any]]:
    """The meetings with who was there: two queries."""
    present = list_present(session, assessment.id)
    return [
        {
            "kind": kind.value,
            "held_at": coded(meeting.held_at),
            "mode": meeting.mode.value,
            "place": meeting.place,
            "present": [
                {"name": each.name, "party": each.party.value, "function": each.function}
                for each in present.get(meeting.id, ())
            ],
        }
        for kind, meeting in get_meetings(session, assessment.id).items()
    ]


def _closings(session: Session, closings: Sequence[Closing]) -> list[dict[str, Any]]:
    people = {each.closed_by for each in closings}
    names = dict(session.execute(select(Person.id, Person.name).where(Person.id.in_(people))).all())
    return [
        {
            "number": each.number,
            "closed_at": coded(each.closed_at),
            "closed_by": names[each.closed_by],
            "summary": each.summary,
            "reason": each.reason,
            "root": each.root,
            "disputed": open_seal(each.content, each.root)["disputed"],
        }
        for each in closings
    ]


def visit_shown(session: Session, judged: Judged) -> dict[str, Any]:
    """What a person who signs sees of the visit: who declared what, and which results were
    frozen; what changed since follows from them. One query, none for a self-assessment."""
    if judged.assessment.kind is Kind.self:
        return {}
    closings = list_closings(session, judged.assessment.id)
    return {
        "declarations": _declarations(judged),
        "closings": [[each.number, each.root] for each in closings],
    }


def visit_sections(session: Session, judged: Judged) -> dict[str, Any]:
    """These sections of the content; all of them empty for a self-assessment."""
    assessment = judged.assessment
    if assessment.kind is Kind.self:
        return dict(_EMPTY)
    closings = list_closings(session, assessment.id)
    changes = changes_since(session, judged, closings[-1]) if closings else ()
    return {
        "assignment": _assignment(session, assessment),
        "guests": [
            {"name": each.name, "agency": each.agency, "function": each.function}
            for each in list_guests(session, assessment.id)
        ],
        "declarations": _declarations(judged),
        "meetings": meetings_content(session, assessment),
        "closings": _closings(session, closings),
        "changes": [each.document() for each in changes],
    }
