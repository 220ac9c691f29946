"""Who can be on a team, and by which editions can an auditee be judged?"""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from assessor.access.actor import Role
from assessor.accounts.models import Person, Position
from assessor.assessments.models import Kind
from assessor.auditees.models import Auditee
from assessor.instruments.models import Approval, Edition, EditionKind
from assessor.instruments.queries import EditionStatus, get_checklist
from assessor.organization.models import Office, OfficeClosure
from checklists.model import AuditeeKind, Checklist


@dataclass(frozen=True)
class Candidate:
    """An assessor of the responsible office or of one above it."""

    person_id: str
    name: str
    office: str


def list_candidates(session: Session, auditee: Auditee) -> tuple[Candidate, ...]:
    """Who can assess an auditee, by name: one query."""
    line = select(OfficeClosure.ancestor_id).where(
        OfficeClosure.descendant_id == auditee.responsible_office_id
    )
    rows = session.execute(
        select(Person.id, Person.name, Office.short_name)
        .join(Position, Position.person_id == Person.id)
        .join(Office, Office.id == Position.office_id)
        .where(
            Position.role == Role.assessor,
            Position.valid_to.is_(None),
            Position.office_id.in_(line),
            Person.disabled_at.is_(None),
        )
        .order_by(Person.name, Person.id, Office.short_name)
    )
    found: dict[str, Candidate] = {}
    for person_id, name, office in rows:
        found.setdefault(person_id, Candidate(person_id, name, office))
    return tuple(found.values())


@dataclass(frozen=True)
class Usable:
    """An edition with which an auditee can be judged, and whether it is approved."""

    checklist: Checklist
    status: EditionStatus


def list_usable(session: Session, auditee: Auditee, on: date) -> tuple[Usable, ...]:
    """The newest edition of each checklist for this kind of auditee, what is made for fewer
    kinds of assessment first: two queries."""
    kind = AuditeeKind(auditee.kind.value)
    newest: dict[str, str] = {}
    for name, fingerprint in session.execute(
        select(Edition.name, Edition.fingerprint)
        .where(Edition.kind == EditionKind.checklist)
        .order_by(Edition.published_at.desc(), Edition.name)
    ):
        newest.setdefault(name, fingerprint)
    checklists = [get_checklist(session, fingerprint) for fingerprint in newest.values()]
    fitting = [each for each in checklists if kind in each.auditees]
    fitting.sort(key=lambda each: len(each.kinds))
    approvals = {
        row.fingerprint: EditionStatus(row.decree, row.effective_on, row.fictitious)
        for row in session.execute(
            select(Approval)
            .where(
                Approval.fingerprint.in_([each.fingerprint for each in fitting]),
                Approval.effective_on <= on,
            )
            .order_by(Approval.effective_on, Approval.id)
        ).scalars()
    }
    return tuple(Usable(each, approvals.get(each.fingerprint, EditionStatus())) for each in fitting)


def kinds_of(usable: tuple[Usable, ...]) -> tuple[Kind, ...]:
    """The kinds of assessment these editions allow."""
    allowed = {kind for each in usable for kind in each.checklist.kinds}
    return tuple(kind for kind in Kind if kind in allowed)
