"""What did somebody outside the team say to the items of an assessment, round by round?"""

from collections.abc import Sequence

from sqlalchemy import ColumnElement, Select, func, select
from sqlalchemy.orm import Session

from assessor.assessments.models import Assessment, Meaning, SignOff, Status
from assessor.assessments.review_models import Correction, Remark, ReviewDraw, SeenItem
from assessor.assessments.workflow import OPEN


def round_of(session: Session, assessment_id: str) -> int:
    """How often an assessment was submitted."""
    return session.execute(
        select(func.count())
        .select_from(SignOff)
        .where(SignOff.assessment_id == assessment_id, SignOff.meaning == Meaning.submits)
    ).scalar_one()


def _in_latest_round() -> ColumnElement[bool]:
    submissions = (
        select(func.count())
        .select_from(SignOff)
        .where(
            SignOff.assessment_id == Correction.assessment_id, SignOff.meaning == Meaning.submits
        )
        .correlate(Correction)
        .scalar_subquery()
    )
    return Correction.in_round == submissions


def standing_corrections(session: Session, assessment_id: str) -> dict[str, Correction]:
    """Item → the correction that counts now: the latest of the latest round. One query."""
    rows = session.execute(
        select(Correction)
        .where(Correction.assessment_id == assessment_id, _in_latest_round())
        .order_by(Correction.number)
    ).scalars()
    return {each.item: each for each in rows}


def corrected_choices(
    session: Session, assessment_ids: Select[str] | Sequence[str]
) -> dict[tuple[str, str], str]:
    """(assessment, item) → the choice that counts, where one was corrected: one query. Meant for
    sealed assessments, whose latest round is what was sealed."""
    rows = session.execute(
        select(Correction.assessment_id, Correction.item, Correction.choice)
        .where(Correction.assessment_id.in_(assessment_ids), _in_latest_round())
        .order_by(Correction.number)
    )
    return {(assessment_id, item): choice for assessment_id, item, choice in rows}


def list_corrections(session: Session, assessment_id: str) -> Sequence[Correction]:
    """All corrections of all rounds in their order."""
    return (
        session.execute(
            select(Correction)
            .where(Correction.assessment_id == assessment_id)
            .order_by(Correction.number)
        )
        .scalars()
        .all()
    )


def list_remarks(session: Session, assessment_id: str) -> Sequence[Remark]:
    """All remarks of all rounds in their order, also those taken back."""
    return (
        session.execute(
            select(Remark).where(Remark.assessment_id == assessment_id).order_by(Remark.number)
        )
        .scalars()
        .all()
    )


def standing_remarks(remarks: Sequence[Remark]) -> tuple[Remark, ...]:
    """Of each round, item and person the last remark that was not taken back, in their order."""
    last = {(each.in_round, each.item, each.made_by): each for each in remarks}
    return tuple(
        each
        for each in remarks
        if each.words and last[each.in_round, each.item, each.made_by] is each
    )


def returned_remarks(session: Session, assessment: Assessment) -> tuple[Remark, ...]:
    """What the team should look at again: the remarks of the round that went back to it, or
    those a revision begins with. None while somebody else reads it: at most two queries."""
    if assessment.status not in OPEN or assessment.status is Status.draft:
        return ()
    in_round = round_of(session, assessment.id)
    return tuple(
        each
        for each in standing_remarks(list_remarks(session, assessment.id))
        if each.in_round == in_round
    )


def seen_items(
    session: Session, assessment_id: str, *, in_round: int, person_id: str
) -> frozenset[str]:
    """The items a person has looked at in a round."""
    return frozenset(
        session.execute(
            select(SeenItem.item).where(
                SeenItem.assessment_id == assessment_id,
                SeenItem.in_round == in_round,
                SeenItem.person_id == person_id,
            )
        ).scalars()
    )


def get_draw(session: Session, assessment_id: str, in_round: int) -> ReviewDraw | None:
    """What was drawn when the assessment was submitted."""
    return (
        session.execute(
            select(ReviewDraw).where(
                ReviewDraw.assessment_id == assessment_id, ReviewDraw.in_round == in_round
            )
        )
        .scalars()
        .one_or_none()
    )


def next_number(
    session: Session, table: type[Remark] | type[Correction], assessment_id: str
) -> int:
    """The number of the next remark or correction of an assessment."""
    latest = session.execute(
        select(func.max(table.number)).where(table.assessment_id == assessment_id)
    ).scalar()
    return (latest or 0) + 1
