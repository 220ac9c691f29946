"""Who sees which urgent report, what waits, and what is known of one?"""

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, exists, func, or_, select
from sqlalchemy.orm import Session, aliased

from assessor.access.actor import Actor
from assessor.access.decide import make_visible, reaches
from assessor.access.matrix import MATRIX
from assessor.access.permissions import Permission
from assessor.access.rules import Columns, Subject
from assessor.accounts.models import Person
from assessor.auditees.models import Auditee
from assessor.journal.capture import coded
from assessor.organization.models import OfficeClosure
from assessor.urgent.models import UrgentDecision, UrgentNote, UrgentReport, Verdict
from standards.canonical import fingerprint

PAGE_SIZE = 50
MOST_WAITING = 12
_STAMP = "%Y%m%dT%H%M%S%fZ"

# Whoever reported is the report's "team".
COLUMNS = Columns(
    auditee_id=UrgentReport.auditee_id,
    office_id=Auditee.responsible_office_id,
    team=lambda person_id: UrgentReport.reported_by == person_id,
    run_by=Auditee.operating_office_id,
)


def _with_auditee(statement: Select[Any]) -> Select[Any]:
    return statement.join(Auditee, Auditee.id == UrgentReport.auditee_id)


make_visible(UrgentReport, Permission.see_urgent, COLUMNS, joined=_with_auditee)


def subject_of(session: Session, report: UrgentReport) -> Subject:
    """What the rules ask about a report: one query."""
    rows = session.execute(
        select(Auditee.operating_office_id, OfficeClosure.ancestor_id)
        .join(OfficeClosure, OfficeClosure.descendant_id == Auditee.responsible_office_id)
        .where(Auditee.id == report.auditee_id)
    ).all()
    return Subject(
        auditee_id=report.auditee_id,
        offices=frozenset(row.ancestor_id for row in rows),
        team=frozenset({report.reported_by}),
        run_by=rows[0].operating_office_id if rows else None,
    )


def may_at_all(actor: Actor, permission: Permission) -> bool:
    """Whether any position of the actor carries the permission, however far it reaches."""
    return any(permission in MATRIX[held.role] for held in actor.held)


_deciding = aliased(UrgentDecision)
_decided = exists(select(_deciding.id).where(_deciding.report_id == UrgentReport.id))


def count_waiting(session: Session, actor: Actor) -> int:
    """How many undecided reports reach the actor: one query, none for whom no report reaches."""
    if not may_at_all(actor, Permission.receive_urgent):
        return 0
    statement = (
        select(func.count())
        .select_from(UrgentReport)
        .join(Auditee, Auditee.id == UrgentReport.auditee_id)
        .where(reaches(actor, Permission.receive_urgent, COLUMNS), ~_decided)
    )
    return int(session.execute(statement).scalar_one())


@dataclass(frozen=True)
class Line:
    """A report in a list."""

    report: UrgentReport
    auditee: str
    zone: str
    reporter: str
    verdict: Verdict | None

    @property
    def cursor(self) -> str:
        """The place just after it, for an address."""
        return f"{self.report.reported_at.astimezone(UTC):{_STAMP}}.{self.report.id}"


def place_from_text(text: str) -> tuple[datetime, str] | None:
    """A place in the list from an address; None for anything that is none."""
    moment, _dot, report_id = text.partition(".")
    if not report_id.isalnum():
        return None
    try:
        return datetime.strptime(moment, _STAMP).replace(tzinfo=UTC), report_id
    except (ValueError, OverflowError):
        return None


def _lines(session: Session, *conditions: ColumnElement[bool], most: int) -> tuple[Line, ...]:
    rows = session.execute(
        select(
            UrgentReport,
            Auditee.name,
            Auditee.time_zone,
            Person.name.label("reporter"),
            UrgentDecision.verdict,
        )
        .join(Auditee, Auditee.id == UrgentReport.auditee_id)
        .join(Person, Person.id == UrgentReport.reported_by)
        .outerjoin(UrgentDecision, UrgentDecision.report_id == UrgentReport.id)
        .where(*conditions)
        .order_by(UrgentReport.reported_at.desc(), UrgentReport.id.desc())
        .limit(most)
    ).all()
    return tuple(Line(row[0], row[1], row[2].value, row[3], row[4]) for row in rows)


def list_waiting(session: Session, actor: Actor) -> tuple[Line, ...]:
    """The undecided reports that reach the actor, the latest first: one query, none for whom no
    report reaches."""
    if not may_at_all(actor, Permission.receive_urgent):
        return ()
    return _lines(
        session,
        reaches(actor, Permission.receive_urgent, COLUMNS),
        ~_decided,
        most=MOST_WAITING,
    )


def list_seen(
    session: Session,
    actor: Actor,
    *,
    decided: bool,
    after: tuple[datetime, str] | None = None,
    most: int = PAGE_SIZE,
) -> tuple[Line, ...]:
    """The reports the actor sees, decided or not, the latest first: one query."""
    conditions = [
        reaches(actor, Permission.see_urgent, COLUMNS),
        _decided if decided else ~_decided,
    ]
    if after is not None:
        at, report_id = after
        conditions.append(
            or_(
                UrgentReport.reported_at < at,
                and_(UrgentReport.reported_at == at, UrgentReport.id < report_id),
            )
        )
    return _lines(session, *conditions, most=most)


def list_of_auditee(session: Session, actor: Actor, auditee_id: str) -> tuple[Line, ...]:
    """The reports about an auditee that the actor sees, the latest first: one query, none for
    whom no report ever reaches."""
    if not may_at_all(actor, Permission.see_urgent):
        return ()
    return _lines(
        session,
        reaches(actor, Permission.see_urgent, COLUMNS),
        UrgentReport.auditee_id == auditee_id,
        most=PAGE_SIZE,
    )


@dataclass(frozen=True)
class Note:
    """What happened since, and who wrote it down."""

    words: str
    written_at: datetime
    writer: str


@dataclass(frozen=True)
class Decision:
    """What was decided and by whom."""

    decision: UrgentDecision
    decider: str


@dataclass(frozen=True)
class Whole:
    """A report with all that stands beside it."""

    report: UrgentReport
    reporter: str
    notes: tuple[Note, ...]
    decision: Decision | None


def _decision(found: UrgentDecision | None, decider: str) -> Decision | None:
    return None if found is None else Decision(found, decider)


def get_whole(session: Session, report: UrgentReport) -> Whole:
    """All that is known of a report: two queries."""
    reporter, decider = aliased(Person), aliased(Person)
    row = session.execute(
        select(reporter.name, UrgentDecision, decider.name)
        .select_from(UrgentReport)
        .join(reporter, reporter.id == UrgentReport.reported_by)
        .outerjoin(UrgentDecision, UrgentDecision.report_id == UrgentReport.id)
        .outerjoin(decider, decider.id == UrgentDecision.decided_by)
        .where(UrgentReport.id == report.id)
    ).one()
    notes = session.execute(
        select(UrgentNote.words, UrgentNote.written_at, Person.name)
        .join(Person, Person.id == UrgentNote.written_by)
        .where(UrgentNote.report_id == report.id)
        .order_by(UrgentNote.written_at, UrgentNote.id)
    ).all()
    return Whole(
        report=report,
        reporter=row[0],
        notes=tuple(Note(*each) for each in notes),
        decision=_decision(row[1], row[2]),
    )


def content_hash(session: Session, report: UrgentReport) -> str:
    """The hash of what somebody who decides has before them: the report and its notes."""
    notes = session.execute(
        select(UrgentNote.id, UrgentNote.words)
        .where(UrgentNote.report_id == report.id)
        .order_by(UrgentNote.id)
    ).all()
    columns = UrgentReport.__table__.columns
    return fingerprint(
        {
            "report": {column.key: coded(getattr(report, column.key)) for column in columns},
            "notes": [[note_id, words] for note_id, words in notes],
        }
    )
