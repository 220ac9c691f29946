"""Who can be on a team, and by which editions can an auditee be judged?"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from sqlalchemy import case, select
from sqlalchemy.orm import Session

from assessor.access.actor import Role
from assessor.accounts.models import Person, Position
from assessor.assessments.models import Kind
from assessor.auditees.models import Auditee
from assessor.instruments.models import Approval
from assessor.instruments.queries import EditionStatus, get_checklist, newest_checklists
from assessor.organization.keys import search_key, search_words, sort_key
from assessor.organization.models import Office, OfficeClosure, OfficeKind
from checklists.model import AuditeeKind, Checklist

MOST_OFFERED = 12


@dataclass(frozen=True)
class Candidate:
    """An assessor, with the office that sends them."""

    person_id: str
    name: str
    office: str


@dataclass(frozen=True)
class Offered:
    """Some of the assessors there are, the nearest first, and how many more there are."""

    people: tuple[Candidate, ...]
    more: int


def list_candidates(
    session: Session,
    auditee: Auditee,
    *,
    words: str = "",
    chosen: Collection[str] = (),
    most: int = MOST_OFFERED,
) -> Offered:
    """Who can assess an auditee: assessors of any office, those of the responsible office first,
    then of those above it, of the same province, of the others. `words` narrows by name or
    office; whoever was chosen already stays on offer. One query."""
    line = select(OfficeClosure.ancestor_id).where(
        OfficeClosure.descendant_id == auditee.responsible_office_id
    )
    province = (
        select(OfficeClosure.descendant_id)
        .join(Office, Office.id == OfficeClosure.ancestor_id)
        .where(Office.id.in_(line), Office.kind == OfficeKind.bnnp)
    )
    near = case(
        (Office.id == auditee.responsible_office_id, 0),
        (Office.id.in_(line), 1),
        (Office.id.in_(province), 2),
        else_=3,
    )
    rows = session.execute(
        select(Person.id, Person.name, Office.short_name, near)
        .join(Position, Position.person_id == Person.id)
        .join(Office, Office.id == Position.office_id)
        .where(
            Position.role == Role.assessor,
            Position.valid_to.is_(None),
            Person.disabled_at.is_(None),
        )
    ).all()
    found: dict[str, Candidate] = {}
    for person_id, name, office, _near in sorted(
        rows, key=lambda row: (row[3], sort_key(row[2]), sort_key(row[1]), row[0])
    ):
        found.setdefault(person_id, Candidate(person_id, name, office))
    wanted = search_words(words)
    fitting = [
        each
        for each in found.values()
        if all(word in search_key(f"{each.name} {each.office}") for word in wanted)
    ]
    shown = [each for each in fitting if each.person_id not in chosen][:most]
    kept = [found[person_id] for person_id in chosen if person_id in found]
    unshown = len(fitting) - len(shown) - sum(each in fitting for each in kept)
    return Offered((*kept, *shown), unshown)


@dataclass(frozen=True)
class Usable:
    """An edition with which an auditee can be judged, and whether it is approved."""

    checklist: Checklist
    status: EditionStatus


def list_usable(session: Session, auditee: Auditee, on: date) -> tuple[Usable, ...]:
    """The newest edition of each checklist for this kind of auditee, what is made for fewer
    kinds of assessment first: two queries."""
    kind = AuditeeKind(auditee.kind.value)
    newest = newest_checklists(session, on)
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
