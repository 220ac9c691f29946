"""What stands in an assessment, who may see it, and what came before it?"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import (
    ColumnElement,
    CompoundSelect,
    Select,
    bindparam,
    exists,
    literal,
    or_,
    select,
    union_all,
)
from sqlalchemy.orm import Session, aliased

from assessor.access.decide import make_visible
from assessor.access.permissions import Permission
from assessor.access.rules import Columns, Subject
from assessor.assessments.independence import OF_DECLARATIONS
from assessor.assessments.models import (
    Answer,
    Assessment,
    Basis,
    BasisKind,
    Exemption,
    Finding,
    FindingAnswer,
    FindingStatus,
    Kind,
    Mode,
    Operation,
    OperationResult,
    SealedDocument,
    Status,
    TeamMember,
)
from assessor.assessments.review_models import Correction
from assessor.assessments.review_queries import corrected_choices, standing_corrections
from assessor.assessments.visit_models import ConflictDeclaration, Stance
from assessor.assessments.workflow import FROZEN, OPEN, SHOWN
from assessor.auditees.models import Auditee
from assessor.journal.work import HOURS_AHEAD
from assessor.organization.models import OfficeClosure
from checklists.findings import FindingClass
from checklists.model import Checklist, Item


def _on_team(person_id: str) -> Any:
    return exists(
        select(TeamMember.person_id).where(
            TeamMember.assessment_id == Assessment.id, TeamMember.person_id == person_id
        )
    )


ASSESSMENT_COLUMNS = Columns(
    auditee_id=Assessment.auditee_id,
    office_id=Auditee.responsible_office_id,
    team=_on_team,
    own_kind=Assessment.kind == Kind.self,
    shown=Assessment.status.in_(SHOWN),
    run_by=Auditee.operating_office_id,
)


def _with_auditee(statement: Select[Any]) -> Select[Any]:
    return statement.join(Auditee, Auditee.id == Assessment.auditee_id)


make_visible(Assessment, Permission.see_assessment, ASSESSMENT_COLUMNS, joined=_with_auditee)


def is_latest(declared: type[ConflictDeclaration]) -> ColumnElement[bool]:
    """Whether nobody declared anew after this declaration, as a condition."""
    later = aliased(ConflictDeclaration)
    return ~exists(
        select(later.id).where(
            later.assessment_id == declared.assessment_id,
            later.person_id == declared.person_id,
            later.number > declared.number,
        )
    )


def clears(declared: type[ConflictDeclaration]) -> ColumnElement[bool]:
    """Whether a declaration lets its person score: no conflict, or excused since."""
    excused = [
        exists(
            select(Exemption.id)
            .join(
                TeamMember,
                (TeamMember.assessment_id == Exemption.assessment_id)
                & (TeamMember.person_id == Exemption.person_id),
            )
            .where(
                Exemption.assessment_id == declared.assessment_id,
                Exemption.person_id == declared.person_id,
                Exemption.rule == rule.name,
                Exemption.granted_at >= declared.declared_at,
                TeamMember.role == role,
            )
        )
        for role, rule in OF_DECLARATIONS.items()
        if rule.exemptible
    ]
    return or_(declared.stance == Stance.none, *excused)


# Statements of the save of a score are built once: building them costs as much as running them.
_PEOPLE_AND_OFFICES: CompoundSelect[Any] = union_all(
    select(literal("t"), TeamMember.person_id).where(
        TeamMember.assessment_id == bindparam("assessment_id")
    ),
    select(literal("o"), OfficeClosure.ancestor_id)
    .join(Auditee, Auditee.responsible_office_id == OfficeClosure.descendant_id)
    .where(Auditee.id == bindparam("auditee_id")),
    select(literal("r"), Auditee.operating_office_id).where(
        Auditee.id == bindparam("auditee_id"), Auditee.operating_office_id.is_not(None)
    ),
    select(literal("c"), ConflictDeclaration.person_id).where(
        ConflictDeclaration.assessment_id == bindparam("assessment_id"),
        is_latest(ConflictDeclaration),
        clears(ConflictDeclaration),
    ),
)
_LOCKED = select(Assessment).where(Assessment.id == bindparam("assessment_id")).with_for_update()


def subject_of(session: Session, assessment: Assessment) -> Subject:
    """What the rules ask about an assessment: one query."""
    rows = session.execute(
        _PEOPLE_AND_OFFICES,
        {"assessment_id": assessment.id, "auditee_id": assessment.auditee_id},
    ).all()
    return Subject(
        auditee_id=assessment.auditee_id,
        offices=frozenset(value for kind, value in rows if kind == "o"),
        team=frozenset(value for kind, value in rows if kind == "t"),
        cleared=frozenset(value for kind, value in rows if kind == "c"),
        own_kind=assessment.kind is Kind.self,
        shown=assessment.status in SHOWN,
        run_by=next((value for kind, value in rows if kind == "r"), None),
    )


def today_of(session: Session, assessment: Assessment, now: datetime) -> date:
    """The day it is now where the auditee is: due dates and visits are days of that place."""
    zone = session.get_one(Auditee, assessment.auditee_id).time_zone
    return (now + timedelta(hours=HOURS_AHEAD[zone])).date()


def lock_assessment(session: Session, assessment_id: str) -> Assessment:
    """The assessment, locked until the transaction ends. Raises NoResultFound."""
    return session.execute(_LOCKED, {"assessment_id": assessment_id}).scalar_one()


# an edition, its tags and a scope never ask anything else; saving a score needs it each time
_asked: dict[tuple[str, tuple[str, ...], tuple[str, ...] | None], dict[str, Item]] = {}
_MOST_ASKED = 500


def asked_items(checklist: Checklist, assessment: Assessment) -> dict[str, Item]:
    """The items this assessment asks, in standard order: those that apply, or its scope."""
    scope = None if assessment.scope is None else tuple(assessment.scope)
    key = (checklist.fingerprint, tuple(assessment.tags), scope)
    if key not in _asked:
        if len(_asked) >= _MOST_ASKED:
            _asked.clear()
        items = checklist.applicable(frozenset(assessment.tags))
        _asked[key] = {item.id: item for item in items if scope is None or item.id in scope}
    return _asked[key]


@dataclass(frozen=True)
class Conflict:
    """Two people entered different things; `operation` waits for somebody to choose."""

    operation: Operation
    standing: str | None
    standing_op: str | None


@dataclass(frozen=True)
class State:
    """All that was entered so far."""

    answers: Mapping[str, Answer]
    bases: Mapping[str, tuple[Basis, ...]]
    conflicts: tuple[Conflict, ...]
    parked: tuple[Operation, ...]
    carried: Mapping[str, str | None] = field(default_factory=dict)
    corrections: Mapping[str, Correction] = field(default_factory=dict)

    def answered(self, item: str) -> str | None:
        """What the team chose for an item."""
        answer = self.answers.get(item)
        return answer.choice if answer is not None else None

    def choice(self, item: str) -> str | None:
        """The choice that counts for an item: as corrected, else the team's."""
        corrected = self.corrections.get(item)
        return corrected.choice if corrected is not None else self.answered(item)

    def choices(self) -> dict[str, str | None]:
        """All choices that count, over those carried along from before."""
        own = {item: answer.choice for item, answer in self.answers.items()}
        corrected = {item: each.choice for item, each in self.corrections.items()}
        return {**self.carried, **own, **corrected}


def get_state(session: Session, assessment: Assessment) -> State:
    """Everything entered in an assessment: three queries, one more for a follow-up, and one more
    once it was submitted."""
    answers = session.execute(select(Answer).where(Answer.assessment_id == assessment.id)).scalars()
    by_item = {answer.item: answer for answer in answers}
    bases: dict[str, list[Basis]] = {}
    for basis in session.execute(
        select(Basis)
        .where(Basis.assessment_id == assessment.id, Basis.removed_by.is_(None))
        .order_by(Basis.op_id)
    ).scalars():
        bases.setdefault(basis.item, []).append(basis)
    waiting = (
        session.execute(
            select(Operation)
            .where(
                Operation.assessment_id == assessment.id,
                Operation.result != OperationResult.applied,
                Operation.settled_by.is_(None),
            )
            .order_by(Operation.received_at, Operation.op_id)
        )
        .scalars()
        .all()
    )
    conflicts = []
    for operation in waiting:
        if operation.result is OperationResult.conflict:
            answer = by_item.get(operation.item)
            conflicts.append(
                Conflict(
                    operation,
                    getattr(answer, operation.field, None),
                    getattr(answer, f"{operation.field}_op", None),
                )
            )
    return State(
        answers=by_item,
        bases={item: tuple(found) for item, found in bases.items()},
        conflicts=tuple(conflicts),
        parked=tuple(each for each in waiting if each.result is OperationResult.parked),
        carried=_carried(session, assessment),
        # what somebody corrected before it went back to the team counts no more
        corrections={}
        if assessment.status in OPEN
        else standing_corrections(session, assessment.id),
    )


def _carried(session: Session, assessment: Assessment) -> dict[str, str | None]:
    """A follow-up asks only its scope; the other answers are those of what it follows, and of
    what that one followed in its turn."""
    carried: dict[str, str | None] = {}
    asked = frozenset(assessment.scope or ())
    current = assessment
    while current.scope is not None and current.follows_id is not None:
        followed = current.follows_id
        corrected = corrected_choices(session, [followed])
        rows = session.execute(
            select(Answer.item, Answer.choice).where(Answer.assessment_id == followed)
        )
        older = {
            item: corrected.get((followed, item), choice)
            for item, choice in rows
            if item not in asked
        }
        carried = {**older, **carried}
        current = session.get_one(Assessment, current.follows_id)
    return carried


def seen_on_site(
    session: Session, assessment: Assessment, checklist: Checklist, on: date
) -> frozenset[str]:
    """The items somebody verified on site within the days the checklist sets."""
    since = on - timedelta(days=checklist.days.on_site)
    latest = on + timedelta(days=1)  # a visit is a day of the auditee's, which begins before ours
    rows = session.execute(
        select(Basis.item)
        .join(Assessment, Assessment.id == Basis.assessment_id)
        .where(
            Assessment.auditee_id == assessment.auditee_id,
            Assessment.mode == Mode.on_site,
            Assessment.kind != Kind.self,
            (Assessment.id == assessment.id) | Assessment.status.in_(FROZEN),
            Assessment.visit_on >= since,
            Assessment.visit_on <= latest,
            Basis.removed_by.is_(None),
            Basis.kind.in_((BasisKind.sighted, BasisKind.sample, BasisKind.interviews)),
        )
        .distinct()
    )
    return frozenset(rows.scalars())


@dataclass(frozen=True)
class OpenFinding:
    """A major finding of an earlier sealed assessment that no later one found met."""

    reference: str
    item: str
    finding_id: str


def open_major_findings(
    session: Session, assessment: Assessment, checklist: Checklist
) -> tuple[OpenFinding, ...]:
    """Major findings from before that are still open, whatever this assessment answers."""
    rows = session.execute(
        select(Finding.id, Finding.item, Finding.number, Assessment.reference)
        .join(Assessment, Assessment.id == Finding.assessment_id)
        .where(
            Assessment.auditee_id == assessment.auditee_id,
            Assessment.id != assessment.id,
            Assessment.kind != Kind.self,
            Assessment.status == Status.sealed,
            Finding.status == FindingStatus.issued,
            Finding.finding_class == FindingClass.major,
        )
        .order_by(Assessment.sealed_at, Finding.number)
    ).all()
    if not rows:
        return ()
    met = _met_since(session, assessment, checklist, frozenset(row.item for row in rows))
    return tuple(
        OpenFinding(f"{row.reference}/{row.number}", row.item, row.id)
        for row in rows
        if row.item not in met
    )


def _met_since(
    session: Session, assessment: Assessment, checklist: Checklist, items: frozenset[str]
) -> set[str]:
    """Of these items, those that the latest sealed assessment asking them found met."""
    judged = (
        select(Answer.assessment_id, Answer.item, Answer.choice)
        .join(Assessment, Assessment.id == Answer.assessment_id)
        .where(
            Assessment.auditee_id == assessment.auditee_id,
            Assessment.kind != Kind.self,
            Assessment.status == Status.sealed,
            Answer.item.in_(items),
        )
        .order_by(Assessment.sealed_at)
    )
    corrected = corrected_choices(
        session,
        select(Assessment.id).where(
            Assessment.auditee_id == assessment.auditee_id, Assessment.status == Status.sealed
        ),
    )
    latest = {
        item: corrected.get((sealed, item), choice)
        for sealed, item, choice in session.execute(judged)
    }
    return {
        item
        for item, choice in latest.items()
        if choice is not None and checklist.has_choice(choice) and checklist.is_met(choice)
    }


@dataclass(frozen=True)
class Earlier:
    """A sealed assessment to compare with: what it said, item by item."""

    assessment_id: str
    reference: str
    kind: Kind
    sealed_at: datetime
    content: Mapping[str, Any]

    @property
    def choices(self) -> dict[str, str | None]:
        """Item → choice."""
        return {item["item"]: item["choice"] for item in self.content["items"]}


def earlier_assessments(
    session: Session, assessment: Assessment, kinds: Sequence[Kind]
) -> dict[Kind, Earlier]:
    """The latest sealed assessment of each kind before this one, read from its sealed bytes."""
    import json

    found: dict[Kind, Earlier] = {}
    for kind in kinds:
        row = session.execute(
            select(Assessment, SealedDocument.content)
            .join(SealedDocument, SealedDocument.assessment_id == Assessment.id)
            .where(
                Assessment.auditee_id == assessment.auditee_id,
                Assessment.kind == kind,
                Assessment.id != assessment.id,
                Assessment.status == Status.sealed,
                Assessment.opened_at <= assessment.opened_at,
            )
            .order_by(Assessment.sealed_at.desc())
            .limit(1)
        ).one_or_none()
        if row is not None and row.Assessment.sealed_at is not None:
            found[kind] = Earlier(
                row.Assessment.id,
                row.Assessment.reference,
                kind,
                row.Assessment.sealed_at,
                json.loads(row.content)["content"],
            )
    return found


def list_findings(session: Session, assessment_id: str) -> Sequence[Finding]:
    """The findings of an assessment in their order."""
    return (
        session.execute(
            select(Finding).where(Finding.assessment_id == assessment_id).order_by(Finding.number)
        )
        .scalars()
        .all()
    )


def answers_to_findings(
    session: Session, finding_ids: Sequence[str]
) -> dict[str, list[FindingAnswer]]:
    """What the auditee said to each of these findings, in time order."""
    found: dict[str, list[FindingAnswer]] = {}
    if finding_ids:
        for answer in session.execute(
            select(FindingAnswer)
            .where(FindingAnswer.finding_id.in_(finding_ids))
            .order_by(FindingAnswer.answered_at, FindingAnswer.id)
        ).scalars():
            found.setdefault(answer.finding_id, []).append(answer)
    return found
