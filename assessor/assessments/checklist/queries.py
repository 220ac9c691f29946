"""What does the checklist page read besides the answers themselves?"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session

from assessor.access.rules import Subject
from assessor.accounts.models import Person
from assessor.assessments.models import Assessment, Kind, Operation, TeamMember
from assessor.assessments.workflow import SHOWN
from assessor.auditees.models import Auditee
from assessor.evidence.models import Evidence, EvidenceKind
from assessor.evidence.scan_models import EvidenceScan, ScanState
from assessor.organization.models import OfficeClosure, TimeZone

_SUBJECT = (
    select(
        Assessment.auditee_id,
        Assessment.kind,
        Assessment.status,
        TeamMember.person_id,
        OfficeClosure.ancestor_id,
    )
    .join(Auditee, Auditee.id == Assessment.auditee_id)
    .join(OfficeClosure, OfficeClosure.descendant_id == Auditee.responsible_office_id)
    .outerjoin(TeamMember, TeamMember.assessment_id == Assessment.id)
    .where(Assessment.id == bindparam("assessment_id"))
)


def subject_at_once(session: Session, assessment_id: str) -> Subject | None:
    """What the rules ask about an assessment, in one statement: saving a score needs it each
    time. None when there is no such assessment."""
    rows = session.execute(_SUBJECT, {"assessment_id": assessment_id}).all()
    if not rows:
        return None
    first = rows[0]
    return Subject(
        auditee_id=first.auditee_id,
        offices=frozenset(row.ancestor_id for row in rows),
        team=frozenset(row.person_id for row in rows if row.person_id is not None),
        own_kind=first.kind is Kind.self,
        shown=first.status in SHOWN,
    )


@dataclass(frozen=True)
class Named:
    """Who is judged, as the page's head names it."""

    name: str
    time_zone: TimeZone


def auditee_named(session: Session, auditee_id: str) -> Named:
    """The name of an auditee and the time where it is."""
    row = session.execute(
        select(Auditee.name, Auditee.time_zone).where(Auditee.id == auditee_id)
    ).one()
    return Named(row.name, row.time_zone)


@dataclass(frozen=True)
class Handed:
    """A piece of evidence as it is offered for citing, or cited."""

    id: str
    title: str
    kind: EvidenceKind
    stands_for: date | None
    live: bool
    valid_until: date | None = None


def handed_in(session: Session, auditee_id: str) -> dict[str, Handed]:
    """Everything an auditee handed in, newest first, also what is not offered any more."""
    rows = session.execute(
        select(
            Evidence.id,
            Evidence.title,
            Evidence.kind,
            Evidence.stands_for,
            Evidence.withdrawn_at,
            Evidence.replaces_id,
            Evidence.valid_until,
            EvidenceScan.state.label("scan"),
            Evidence.quarantined_at,
        )
        .outerjoin(EvidenceScan, EvidenceScan.evidence_id == Evidence.id)
        .where(Evidence.auditee_id == auditee_id)
        .order_by(Evidence.created_at.desc(), Evidence.id.desc())
    ).all()
    replaced = {row.replaces_id for row in rows if row.withdrawn_at is None}
    return {
        row.id: Handed(
            row.id,
            row.title if row.quarantined_at is None else "",
            row.kind,
            row.stands_for,
            live=row.withdrawn_at is None
            and row.quarantined_at is None
            and row.id not in replaced
            and row.scan in (None, ScanState.clean),
            valid_until=row.valid_until,
        )
        for row in rows
    }


@dataclass(frozen=True)
class Author:
    """Who entered an operation, and when it arrived."""

    name: str
    at: datetime


def authors_of(session: Session, assessment_id: str, ops: Collection[str]) -> dict[str, Author]:
    """Who entered these operations."""
    if not ops:
        return {}
    rows = session.execute(
        select(Operation.op_id, Person.name, Operation.received_at)
        .join(Person, Person.id == Operation.actor_id)
        .where(Operation.assessment_id == assessment_id, Operation.op_id.in_(ops))
    )
    return {row.op_id: Author(row.name, row.received_at) for row in rows}


def values_of(
    session: Session, assessment_id: str, ops: Collection[str]
) -> Mapping[str, str | None]:
    """What these operations of an assessment said: what a page showed that is now stale."""
    if not ops:
        return {}
    rows = session.execute(
        select(Operation.op_id, Operation.value).where(
            Operation.assessment_id == assessment_id, Operation.op_id.in_(ops)
        )
    )
    return {row.op_id: row.value for row in rows}
