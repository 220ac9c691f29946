"""How is one assessment of the demonstration opened, filled in, handed over, checked and decided?

Each step looks first whether it was taken already, so that an interrupted run is carried on.
"""

from dataclasses import dataclass

from sqlalchemy import select

from assessor.assessments.checklist.recording import apply_operations
from assessor.assessments.document.content import screen_hash
from assessor.assessments.findings.services import answer_finding
from assessor.assessments.judging import judge
from assessor.assessments.models import (
    Assessment,
    Finding,
    FindingAnswer,
    FindingStatus,
    Kind,
    Mode,
    Status,
)
from assessor.assessments.opening.services import Opening, open_assessment, set_visit
from assessor.assessments.queries import today_of
from assessor.assessments.review.services import see_items
from assessor.assessments.review.state import to_look_at
from assessor.assessments.signing.services import (
    check_assessment,
    return_assessment,
    submit_assessment,
    verify_assessment,
)
from assessor.assessments.workflow import OPEN
from assessor.demo.pieces import SHORT, Sheet, pieces_by_part
from assessor.demo.scoring import Device, Manner
from assessor.demo.stage import Stage
from assessor.instruments.queries import get_checklist

AT_ONCE = 400


@dataclass(frozen=True)
class Round:
    """One assessment: of whom, of which kind, opened by whom, led by whom, how it turns out."""

    auditee: str
    kind: Kind
    opener: str
    manner: Manner
    sheets: tuple[Sheet, ...] = SHORT
    lead: str = ""
    mode: Mode = Mode.on_site
    turn: int = 0  # which of this kind: 1 is the second one, a year later

    @property
    def assessor(self) -> str:
        """Who enters and submits it."""
        return self.lead or self.opener


def find(stage: Stage, each: Round) -> Assessment | None:
    """The assessment, if it was opened already."""
    return stage.session.scalars(
        select(Assessment)
        .where(Assessment.auditee_id == stage.auditees[each.auditee], Assessment.kind == each.kind)
        .order_by(Assessment.opened_at)
        .offset(each.turn)
        .limit(1)
    ).one_or_none()


def begin(stage: Stage, each: Round) -> None:
    """Open it."""
    if find(stage, each) is not None:
        return
    own = each.kind is Kind.self
    open_assessment(
        stage.session,
        stage.actor(each.opener),
        stage.clock,
        wanted=Opening(
            auditee_id=stage.auditees[each.auditee],
            kind=each.kind,
            mode=Mode.online if own else each.mode,
            lead_id=None if own else stage.people[each.lead],
        ),
    )


def visit(stage: Stage, each: Round) -> None:
    """Say that the team was there on this day."""
    assessment = find(stage, each)
    if assessment is None or assessment.status not in OPEN or assessment.visit_on is not None:
        return
    set_visit(
        stage.session,
        stage.actor(each.assessor),
        stage.clock,
        assessment_id=assessment.id,
        visit_on=stage.clock().date(),
    )


def fill(stage: Stage, each: Round) -> None:
    """Enter the answers, as a device would send them."""
    assessment = find(stage, each)
    if assessment is None or assessment.status not in OPEN:
        return
    device = Device(
        assessment,
        get_checklist(stage.session, assessment.edition),
        pieces_by_part(stage, each.auditee, each.sheets),
        each.manner,
    )
    assessment_id, operations = assessment.id, device.operations()
    actor = stage.actor(each.assessor)
    for start in range(0, len(operations), AT_ONCE):
        receipts = apply_operations(
            stage.session,
            actor,
            stage.clock,
            assessment_id=assessment_id,
            raw=operations[start : start + AT_ONCE],
        )
        refused = [str(receipt.sentence) for receipt in receipts if receipt.fate == "refused"]
        if refused:
            raise ValueError(f"{each.auditee}, {each.kind}: {refused[0]}")


def _shown(stage: Stage, assessment: Assessment) -> str:
    """The hash of what would be on the screen now."""
    today = today_of(stage.session, assessment, stage.clock())
    return screen_hash(stage.session, judge(stage.session, assessment, today))


def submit(stage: Stage, each: Round) -> None:
    """Hand it over; a self-assessment is sealed by that."""
    assessment = find(stage, each)
    if assessment is None or assessment.status not in OPEN:
        return
    submit_assessment(
        stage.session,
        stage.actor(each.assessor),
        stage.clock,
        assessment_id=assessment.id,
        shown_hash=_shown(stage, assessment),
        demo=True,
    )


def check(stage: Stage, each: Round, by: str) -> None:
    """Pass it on to the directorate."""
    assessment = find(stage, each)
    if assessment is None or assessment.status is not Status.submitted:
        return
    check_assessment(
        stage.session,
        stage.actor(by),
        stage.clock,
        assessment_id=assessment.id,
        shown_hash=_shown(stage, assessment),
    )


def _see(stage: Stage, assessment: Assessment, by: str) -> None:
    """Tick all that must be looked at."""
    actor = stage.actor(by)
    today = today_of(stage.session, assessment, stage.clock())
    judged = judge(stage.session, assessment, today)
    unseen = to_look_at(stage.session, judged, actor.person_id or "").unseen
    if unseen:
        see_items(
            stage.session,
            actor,
            stage.clock,
            assessment_id=assessment.id,
            items=[each.item.id for each in unseen],
        )


def verify(stage: Stage, each: Round, by: str) -> None:
    """Verify and seal it."""
    assessment = find(stage, each)
    if assessment is None or assessment.status is not Status.checked:
        return
    _see(stage, assessment, by)
    verify_assessment(
        stage.session,
        stage.actor(by),
        stage.clock,
        assessment_id=assessment.id,
        shown_hash=_shown(stage, assessment),
        demo=True,
    )


def give_back(stage: Stage, each: Round, by: str, reason: str) -> None:
    """Return it to the team."""
    assessment = find(stage, each)
    if assessment is None or assessment.status is not Status.submitted:
        return
    return_assessment(
        stage.session, stage.actor(by), stage.clock, assessment_id=assessment.id, reason=reason
    )


def answer(stage: Stage, each: Round, by: str, words: tuple[str, ...]) -> None:
    """Let the auditee answer the first findings."""
    assessment = find(stage, each)
    if assessment is None:
        return
    findings = stage.session.scalars(
        select(Finding.id)
        .where(Finding.assessment_id == assessment.id, Finding.status == FindingStatus.issued)
        .order_by(Finding.number)
        .limit(len(words))
    ).all()
    answered = set(stage.session.scalars(select(FindingAnswer.finding_id)))
    for finding_id, said in zip(findings, words, strict=False):
        if finding_id not in answered:
            answer_finding(
                stage.session, stage.actor(by), stage.clock, finding_id=finding_id, words=said
            )
