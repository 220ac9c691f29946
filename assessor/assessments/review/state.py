"""What is there to look at in an assessment now, and how much of it has somebody seen?"""

import secrets
from dataclasses import dataclass

from sqlalchemy.orm import Session

from assessor.assessments.judging import Judged
from assessor.assessments.models import Kind
from assessor.assessments.queries import earlier_assessments
from assessor.assessments.review.draw import draw
from assessor.assessments.review.exceptions_first import (
    Exceptional,
    Touched,
    exceptional,
    still_to_see,
    unremarkable,
)
from assessor.assessments.review.rules import DRAWN_SHARE
from assessor.assessments.review_models import Remark, ReviewDraw
from assessor.assessments.review_queries import (
    get_draw,
    list_remarks,
    round_of,
    seen_items,
    standing_remarks,
)
from assessor.journal.work import Work

COMPARED = (Kind.self, Kind.baseline)


@dataclass(frozen=True)
class ToLookAt:
    """Everything to look at, what the reader has seen, and the remarks it rests on."""

    in_round: int
    found: tuple[Exceptional, ...]
    seen: frozenset[str]
    remarks: tuple[Remark, ...]
    draw: ReviewDraw | None

    @property
    def unseen(self) -> tuple[Exceptional, ...]:
        """The mandatory ones the reader has not seen."""
        return still_to_see(self.found, self.seen)

    @property
    def mandatory(self) -> int:
        """How many are mandatory."""
        return sum(each.mandatory for each in self.found)


def to_look_at(session: Session, judged: Judged, person_id: str) -> ToLookAt:
    """A constant number of queries, whatever was said."""
    assessment_id = judged.assessment.id
    in_round = round_of(session, assessment_id)
    remarks = standing_remarks(list_remarks(session, assessment_id))
    drawn = get_draw(session, assessment_id, in_round)
    touched = Touched(
        now=frozenset(judged.state.corrections)
        | {each.item for each in remarks if each.in_round == in_round},
        before=frozenset(each.item for each in remarks if each.in_round < in_round),
        drawn=frozenset(drawn.items if drawn else ()),
    )
    earlier = earlier_assessments(session, judged.assessment, COMPARED)
    return ToLookAt(
        in_round=in_round,
        found=exceptional(judged, earlier, touched),
        seen=seen_items(session, assessment_id, in_round=in_round, person_id=person_id),
        remarks=remarks,
        draw=drawn,
    )


def record_draw(work: Work, judged: Judged) -> None:
    """Draw from what nothing speaks for, once for each round, so that everybody sees the same.
    Inside `write()`, after the submission was signed."""
    session, assessment = work.session, judged.assessment
    pool = unremarkable(judged, earlier_assessments(session, assessment, COMPARED))
    seed = secrets.token_hex(16)
    session.add(
        ReviewDraw(
            id=work.new_id(),
            assessment_id=assessment.id,
            in_round=round_of(session, assessment.id),
            seed=seed,
            pool=list(pool),
            items=list(draw(seed, pool, DRAWN_SHARE)),
            drawn_at=work.now,
        )
    )
