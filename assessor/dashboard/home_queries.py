"""What waits for somebody, what is going on, what is new? Each list bounded, each one query."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, exists, func, literal, select, union_all
from sqlalchemy.orm import Session, aliased

from assessor.access.actor import Actor
from assessor.access.decide import reaches
from assessor.access.permissions import Permission
from assessor.accounts.queries import has_account
from assessor.assessments.models import (
    Answer,
    Assessment,
    Finding,
    FindingAnswer,
    FindingStatus,
    Kind,
    Meaning,
    SignOff,
    Status,
    TeamMember,
)
from assessor.assessments.objection_models import Objection, ObjectionStatus
from assessor.assessments.opening.moving import MOVABLE
from assessor.assessments.queries import ASSESSMENT_COLUMNS, asked_items, clears, is_latest
from assessor.assessments.required import REQUIRED, Requirement
from assessor.assessments.visit.signed_minutes import OWING_PAPER, waits_for_paper
from assessor.assessments.visit_models import Assignment, Closing, ConflictDeclaration
from assessor.assessments.workflow import OPEN, RUNNING
from assessor.auditees.models import Auditee, AuditeeKind
from assessor.instruments.queries import get_checklist, newest_checklists
from checklists.findings import FindingClass

MOST_TASKS = 12
MOST_RUNNING = 6
MOST_NEW = 6
NEW_FOR = timedelta(days=60)


@dataclass(frozen=True)
class Waiting:
    """An assessment in which the reader has something to do."""

    assessment: Assessment
    auditee: str
    done: int = 0
    asked: int = 0
    open_findings: int = 0
    due_on: date | None = None
    steps: frozenset[str] = frozenset()  # what of the visit is there, see `_with_steps`
    newer: bool = False  # another edition of its checklist is used by now


@dataclass(frozen=True)
class Many:
    """A bounded list, and how many there are altogether."""

    rows: tuple[Waiting, ...]
    count: int


def _list(
    session: Session, *conditions: ColumnElement[bool], order: Sequence[Any], most: int
) -> Many:
    rows = session.execute(
        select(Assessment, Auditee.name, func.count().over())
        .join(Auditee, Auditee.id == Assessment.auditee_id)
        .where(*conditions)
        .order_by(*order, Assessment.id)
        .limit(most)
    ).all()
    return Many(
        tuple(Waiting(row[0], row[1], due_on=row[0].due_on) for row in rows),
        rows[0][2] if rows else 0,
    )


def to_fill(session: Session, actor: Actor, today: date) -> Many:
    """Open assessments the reader fills in, the most urgent first, with how far they are."""
    found = _list(
        session,
        reaches(actor, Permission.score, ASSESSMENT_COLUMNS),
        Assessment.status.in_(OPEN),
        ~_conflicted(actor),
        order=(Assessment.due_on,),
        most=MOST_TASKS,
    )
    rows = _with_steps(
        session, actor, _with_newer(session, _with_progress(session, found.rows), today)
    )
    return Many(rows, found.count)


def _conflicted(actor: Actor) -> ColumnElement[bool]:
    """The reader declared a conflict that nobody excused: others score there."""
    return exists(
        select(ConflictDeclaration.id).where(
            ConflictDeclaration.assessment_id == Assessment.id,
            ConflictDeclaration.person_id == actor.person_id,
            is_latest(ConflictDeclaration),
            ~clears(ConflictDeclaration),
        )
    )


def _with_steps(session: Session, actor: Actor, rows: tuple[Waiting, ...]) -> tuple[Waiting, ...]:
    """Whether the reader declared, the letter is recorded, the result was frozen: one query."""
    ids = [each.assessment.id for each in rows]
    found: dict[str, set[str]] = {}
    for step, assessment_id in session.execute(
        union_all(
            select(literal("declared"), ConflictDeclaration.assessment_id).where(
                ConflictDeclaration.assessment_id.in_(ids),
                ConflictDeclaration.person_id == actor.person_id,
            ),
            select(literal("assigned"), Assignment.assessment_id).where(
                Assignment.assessment_id.in_(ids)
            ),
            select(literal("closed"), Closing.assessment_id).where(Closing.assessment_id.in_(ids)),
        )
    ):
        found.setdefault(assessment_id, set()).add(step)
    return tuple(replace(each, steps=frozenset(found.get(each.assessment.id, ()))) for each in rows)


def to_sign(session: Session, actor: Actor) -> Many:
    """Assessments of the reader's team that are handed over, whose signed paper is missing."""
    return _list(
        session,
        reaches(actor, Permission.close, ASSESSMENT_COLUMNS),
        Assessment.status.in_(OWING_PAPER),
        waits_for_paper(Assessment.id),
        order=(Assessment.submitted_at,),
        most=MOST_TASKS,
    )


def to_replace(session: Session, actor: Actor) -> Many:
    """Open assessments in which somebody on the team declared a conflict that nobody excused."""
    conflicted = exists(
        select(ConflictDeclaration.id)
        .join(
            TeamMember,
            (TeamMember.assessment_id == ConflictDeclaration.assessment_id)
            & (TeamMember.person_id == ConflictDeclaration.person_id),
        )
        .where(
            ConflictDeclaration.assessment_id == Assessment.id,
            is_latest(ConflictDeclaration),
            ~clears(ConflictDeclaration),
        )
    )
    return _list(
        session,
        reaches(actor, Permission.open_assessment, ASSESSMENT_COLUMNS),
        Assessment.status.in_(OPEN),
        conflicted,
        order=(Assessment.due_on,),
        most=MOST_TASKS,
    )


def to_assign(session: Session, actor: Actor) -> Many:
    """Assessments the reader opened that need a letter and have none yet."""
    needing = [kind for kind, needed in REQUIRED.items() if Requirement.assignment in needed]
    return _list(
        session,
        reaches(actor, Permission.open_assessment, ASSESSMENT_COLUMNS),
        Assessment.opened_by == actor.person_id,
        Assessment.kind.in_(needing),
        Assessment.status.in_(OPEN),
        ~exists(select(Assignment.assessment_id).where(Assignment.assessment_id == Assessment.id)),
        order=(Assessment.due_on,),
        most=MOST_TASKS,
    )


def _with_newer(session: Session, rows: tuple[Waiting, ...], today: date) -> tuple[Waiting, ...]:
    """Whether another edition of its checklist is used by now: one query."""
    newest = newest_checklists(session, today) if rows else {}
    return tuple(
        replace(
            each,
            newer=each.assessment.status in MOVABLE
            and each.assessment.kind is not Kind.follow_up
            and each.assessment.edition not in newest.values(),
        )
        for each in rows
    )


def _with_progress(session: Session, rows: tuple[Waiting, ...]) -> tuple[Waiting, ...]:
    """How many items were judged: one query for all, and the editions, which are kept."""
    done = dict(
        session.execute(
            select(Answer.assessment_id, func.count())
            .where(
                Answer.assessment_id.in_([each.assessment.id for each in rows]),
                Answer.choice.is_not(None),
            )
            .group_by(Answer.assessment_id)
        ).all()
    )
    return tuple(
        Waiting(
            each.assessment,
            each.auditee,
            done=done.get(each.assessment.id, 0),
            asked=len(
                asked_items(get_checklist(session, each.assessment.edition), each.assessment)
            ),
            due_on=each.due_on,
        )
        for each in rows
    )


def _on_team(actor: Actor) -> ColumnElement[bool]:
    return exists(
        select(TeamMember.person_id).where(
            TeamMember.assessment_id == Assessment.id, TeamMember.person_id == actor.person_id
        )
    )


def _signed(actor: Actor, meaning: Meaning) -> ColumnElement[bool]:
    return exists(
        select(SignOff.id).where(
            SignOff.assessment_id == Assessment.id,
            SignOff.person_id == actor.person_id,
            SignOff.meaning == meaning,
        )
    )


def to_check(session: Session, actor: Actor) -> Many:
    """Submitted assessments the reader checks, the longest waiting first; not those one was on
    the team of."""
    return _list(
        session,
        reaches(actor, Permission.check, ASSESSMENT_COLUMNS),
        Assessment.status == Status.submitted,
        ~_on_team(actor),
        order=(Assessment.submitted_at,),
        most=MOST_TASKS,
    )


def to_verify(session: Session, actor: Actor) -> Many:
    """Checked assessments the reader verifies, the longest waiting first; not those one was on
    the team of or checked."""
    return _list(
        session,
        reaches(actor, Permission.verify, ASSESSMENT_COLUMNS),
        Assessment.status == Status.checked,
        ~_on_team(actor),
        ~_signed(actor, Meaning.checks),
        order=(Assessment.submitted_at,),
        most=MOST_TASKS,
    )


@dataclass(frozen=True)
class Disputed:
    """An objection that waits for a ruling."""

    objection: Objection
    assessment: Assessment
    auditee: str


def _waiting_objections(
    session: Session, *conditions: ColumnElement[bool], most: int
) -> tuple[tuple[Disputed, ...], int]:
    rows = session.execute(
        select(Objection, Assessment, Auditee.name, func.count().over())
        .join(Assessment, Assessment.id == Objection.assessment_id)
        .join(Auditee, Auditee.id == Assessment.auditee_id)
        .where(Objection.status == ObjectionStatus.filed, *conditions)
        .order_by(Objection.filed_at, Objection.id)
        .limit(most)
    ).all()
    return tuple(Disputed(row[0], row[1], row[2]) for row in rows), rows[0][3] if rows else 0


def to_rule_on(session: Session, actor: Actor) -> tuple[tuple[Disputed, ...], int]:
    """Objections the reader can rule on, the longest waiting first; not those against a result
    the reader had a part in."""
    return _waiting_objections(
        session,
        reaches(actor, Permission.decide_objection, ASSESSMENT_COLUMNS),
        ~_on_team(actor),
        ~_signed(actor, Meaning.checks),
        ~_signed(actor, Meaning.verifies),
        most=MOST_TASKS,
    )


def own_objections(session: Session, actor: Actor) -> tuple[tuple[Disputed, ...], int]:
    """Objections of the reader's own auditees that wait for a ruling."""
    return _waiting_objections(
        session, Assessment.auditee_id.in_(actor.auditees()), most=MOST_RUNNING
    )


def to_answer(session: Session, actor: Actor) -> Many:
    """The latest sealed assessment of each auditee, where findings wait for an answer, the
    nearest due date first. An office answers only for who has no account."""
    later = aliased(Assessment)
    answered = exists(select(FindingAnswer.id).where(FindingAnswer.finding_id == Finding.id))
    counted = (
        select(
            Finding.assessment_id,
            func.count().label("open"),
            func.min(Finding.due_on).label("due_on"),
        )
        .where(
            Finding.status == FindingStatus.issued,
            Finding.finding_class != FindingClass.suggestion,
            ~answered,
        )
        .group_by(Finding.assessment_id)
        .subquery()
    )
    rows = session.execute(
        select(Assessment, Auditee.name, counted.c.open, counted.c.due_on, func.count().over())
        .join(Auditee, Auditee.id == Assessment.auditee_id)
        .join(counted, counted.c.assessment_id == Assessment.id)
        .where(
            reaches(actor, Permission.answer_finding, ASSESSMENT_COLUMNS),
            Assessment.kind != Kind.self,
            Assessment.status == Status.sealed,
            Assessment.auditee_id.in_(actor.auditees()) | ~has_account(Assessment.auditee_id),
            ~exists(
                select(later.id).where(
                    later.auditee_id == Assessment.auditee_id,
                    later.kind != Kind.self,
                    later.status == Status.sealed,
                    later.sealed_at > Assessment.sealed_at,
                )
            ),
        )
        .order_by(counted.c.due_on, Assessment.id)
        .limit(MOST_TASKS)
    ).all()
    return Many(
        tuple(Waiting(row[0], row[1], open_findings=row[2], due_on=row[3]) for row in rows),
        rows[0][4] if rows else 0,
    )


def to_open(session: Session, actor: Actor) -> Many:
    """Sealed self-assessments of this year that no assessment by others followed yet."""
    later = aliased(Assessment)
    followed = exists(
        select(later.id).where(
            later.auditee_id == Assessment.auditee_id,
            later.kind != Kind.self,
            later.status != Status.cancelled,
            later.opened_at >= Assessment.opened_at,
        )
    )
    newer = aliased(Assessment)
    newest = ~exists(
        select(newer.id).where(
            newer.auditee_id == Assessment.auditee_id,
            newer.kind == Kind.self,
            newer.status == Status.sealed,
            newer.sealed_at > Assessment.sealed_at,
        )
    )
    return _list(
        session,
        reaches(actor, Permission.open_assessment, ASSESSMENT_COLUMNS),
        Assessment.kind == Kind.self,
        Assessment.status == Status.sealed,
        Auditee.closed_on.is_(None),
        ~followed,
        newest,
        order=(Assessment.sealed_at,),
        most=MOST_TASKS,
    )


def running(session: Session, actor: Actor, *, decides: frozenset[Status]) -> Many:
    """What others are at, as far as the reader sees it, the latest first; not the statuses
    in which the reader decides, those are among the tasks."""
    mine = reaches(actor, Permission.score, ASSESSMENT_COLUMNS)
    found = _list(
        session,
        reaches(actor, Permission.see_assessment, ASSESSMENT_COLUMNS),
        Assessment.status.in_(RUNNING - decides),
        ~(mine & Assessment.status.in_(OPEN)),
        order=(Assessment.opened_at.desc(),),
        most=MOST_RUNNING,
    )
    return Many(_with_progress(session, found.rows), found.count)


def lately_sealed(session: Session, actor: Actor, now: datetime) -> Many:
    """What was sealed in the last sixty days, the latest first."""
    return _list(
        session,
        reaches(actor, Permission.see_assessment, ASSESSMENT_COLUMNS),
        Assessment.status == Status.sealed,
        Assessment.sealed_at > now - NEW_FOR,
        order=(Assessment.sealed_at.desc(),),
        most=MOST_NEW,
    )


@dataclass(frozen=True)
class Own:
    """An auditee of the reader's own, and whether it assesses itself now or did this year."""

    auditee_id: str
    name: str
    kind: AuditeeKind
    begun: bool


def own_auditees(session: Session, actor: Actor, year: int) -> tuple[Own, ...]:
    """The auditees the reader belongs to: one query."""
    begun = exists(
        select(Assessment.id).where(
            Assessment.auditee_id == Auditee.id,
            Assessment.kind == Kind.self,
            (Assessment.year == year) | Assessment.status.in_(OPEN),
            Assessment.status != Status.cancelled,
        )
    )
    rows = session.execute(
        select(Auditee.id, Auditee.name, Auditee.kind, begun)
        .where(Auditee.id.in_(actor.auditees()), Auditee.closed_on.is_(None))
        .order_by(Auditee.sort_key, Auditee.id)
    )
    return tuple(Own(row[0], row[1], row[2], bool(row[3])) for row in rows)
