"""What did an auditee hand in, who may see it, and which answers lean on it?"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Row,
    Select,
    and_,
    column,
    exists,
    literal,
    or_,
    select,
    table,
    tuple_,
    union_all,
)
from sqlalchemy.orm import Session, aliased

from assessor.access.actor import Actor
from assessor.access.decide import make_visible, reaches
from assessor.access.permissions import Permission
from assessor.access.rules import Columns, Subject
from assessor.accounts.models import Person
from assessor.auditees.models import Auditee
from assessor.database.base import Instant
from assessor.evidence.models import Evidence, EvidenceKind, Source
from assessor.evidence.scan_models import EvidenceScan, ScanState
from assessor.organization.models import OfficeClosure, TimeZone

# Assessments stand above evidence and are not imported: only these columns of theirs are read.
_assessment = table(
    "assessment",
    column("id"),
    column("reference"),
    column("auditee_id"),
    column("kind"),
    column("status"),
    column("opened_at", Instant),
)
_team = table("team_member", column("assessment_id"), column("person_id"))
_basis = table(
    "basis", column("assessment_id"), column("item"), column("evidence_id"), column("removed_by")
)
_FROZEN = ("sealed", "revised")
_NUL = "\0"  # PostgreSQL refuses to be asked for it


def _works_on(person_id: str) -> ColumnElement[bool]:
    return Evidence.auditee_id.in_(
        select(_assessment.c.auditee_id)
        .join(_team, _team.c.assessment_id == _assessment.c.id)
        .where(_team.c.person_id == person_id, _assessment.c.status != "cancelled")
    )


def _with_auditee(statement: Select[Any]) -> Select[Any]:
    return statement.join(Auditee, Auditee.id == Evidence.auditee_id)


make_visible(
    Evidence,
    Permission.see_evidence,
    Columns(
        auditee_id=Evidence.auditee_id,
        office_id=Auditee.responsible_office_id,
        team=_works_on,
    ),
    joined=_with_auditee,
)


def subject_of(session: Session, auditee_id: str) -> Subject:
    """What the rules ask about an auditee's evidence: one query."""
    rows = session.execute(
        union_all(
            select(literal("office"), OfficeClosure.ancestor_id)
            .join(Auditee, Auditee.responsible_office_id == OfficeClosure.descendant_id)
            .where(Auditee.id == auditee_id),
            select(literal("team"), _team.c.person_id)
            .join(_assessment, _assessment.c.id == _team.c.assessment_id)
            .where(_assessment.c.auditee_id == auditee_id, _assessment.c.status != "cancelled"),
        )
    ).all()
    return Subject(
        auditee_id=auditee_id,
        offices=frozenset(value for kind, value in rows if kind == "office"),
        team=frozenset(value for kind, value in rows if kind == "team"),
    )


@dataclass(frozen=True)
class Owner:
    """Whose evidence it is."""

    auditee_id: str
    name: str
    reference: str
    time_zone: TimeZone


def owner(session: Session, auditee_id: str) -> Owner | None:
    """The auditee of an address."""
    if _NUL in auditee_id:
        return None
    row = session.execute(
        select(Auditee.id, Auditee.name, Auditee.reference, Auditee.time_zone).where(
            Auditee.id == auditee_id
        )
    ).one_or_none()
    return None if row is None else Owner(*row)


class State(StrEnum):
    """Whether a piece is offered for citing. What is in quarantine is not shown either."""

    live = "live"
    replaced = "replaced"
    withdrawn = "withdrawn"
    quarantined = "quarantined"


@dataclass(frozen=True, kw_only=True)
class Piece:
    """One piece as pages show it."""

    id: str
    auditee_id: str
    kind: EvidenceKind
    title: str
    original_name: str
    stands_for: date | None
    paper: str | None
    valid_until: date | None
    digest: str
    size: int
    media_type: str
    thumb_digest: str
    page_digests: tuple[str, ...]
    page_count: int
    declaration: str
    source: Source
    uploaded_by: str
    uploader: str
    created_at: datetime
    replaces_id: str | None
    replaced_by_id: str | None
    quarantined: bool
    withdrawn_at: datetime | None
    withdrawn_reason: str | None
    scan: ScanState | None = None  # None: no scanner was set up when it came
    found: str | None = None

    @property
    def state(self) -> State:
        """Withdrawn says more than replaced."""
        if self.quarantined:
            return State.quarantined
        if self.withdrawn_at is not None:
            return State.withdrawn
        return State.live if self.replaced_by_id is None else State.replaced


_successor = aliased(Evidence)


def _pieces() -> Select[Evidence, str, str, ScanState, str | None]:
    return (
        select(Evidence, Person.name, _successor.id, EvidenceScan.state, EvidenceScan.found)
        .outerjoin(EvidenceScan, EvidenceScan.evidence_id == Evidence.id)
        .join(Person, Person.id == Evidence.uploaded_by)
        .outerjoin(
            _successor,
            and_(_successor.replaces_id == Evidence.id, _successor.withdrawn_at.is_(None)),
        )
    )


def _piece(row: Row[Evidence, str, str, ScanState, str | None]) -> Piece:
    evidence, uploader, replaced_by, scan, found = row
    return Piece(
        id=evidence.id,
        auditee_id=evidence.auditee_id,
        kind=evidence.kind,
        title=evidence.title,
        original_name=evidence.original_name,
        stands_for=evidence.stands_for,
        paper=evidence.paper,
        valid_until=evidence.valid_until,
        digest=evidence.digest,
        size=evidence.size,
        media_type=evidence.media_type,
        thumb_digest=evidence.thumb_digest,
        page_digests=tuple(evidence.page_digests),
        page_count=evidence.page_count,
        declaration=evidence.declaration,
        source=evidence.source,
        uploaded_by=evidence.uploaded_by,
        uploader=uploader,
        created_at=evidence.created_at,
        replaces_id=evidence.replaces_id,
        replaced_by_id=replaced_by,
        quarantined=evidence.quarantined_at is not None,
        withdrawn_at=evidence.withdrawn_at,
        withdrawn_reason=evidence.withdrawn_reason,
        scan=scan,
        found=found,
    )


def piece(session: Session, evidence_id: str) -> Piece | None:
    """One piece: one query."""
    if _NUL in evidence_id:
        return None
    row = session.execute(_pieces().where(Evidence.id == evidence_id)).one_or_none()
    return None if row is None else _piece(row)


def pieces_of(
    session: Session,
    auditee_id: str,
    *,
    most: int | None = None,
    older_than: tuple[datetime, str] | None = None,
    only_live: bool = False,
    reader: Actor | None = None,
) -> list[Piece]:
    """What an auditee handed in, newest first: one query. `older_than` is the time and id of the
    last piece of the page before; `only_live` leaves out what is not offered for citing. What is
    not known to be clean is there for a `reader` who sent it or is on a team, and for nobody else.
    """
    person = "" if reader is None else reader.person_id or ""
    statement = (
        _pieces()
        .where(Evidence.auditee_id == auditee_id)
        .where(
            or_(
                EvidenceScan.state.is_(None),
                EvidenceScan.state == ScanState.clean,
                Evidence.uploaded_by == person,
                _works_on(person),
            )
        )
        .order_by(Evidence.created_at.desc(), Evidence.id.desc())
    )
    if only_live:
        statement = statement.where(
            Evidence.withdrawn_at.is_(None),
            Evidence.quarantined_at.is_(None),
            _successor.id.is_(None),
        )
    if older_than is not None:
        at, evidence_id = older_than
        statement = statement.where(
            tuple_(Evidence.created_at, Evidence.id)
            < tuple_(literal(at, Instant), literal(evidence_id))
        )
    if most is not None:
        statement = statement.limit(most)
    return [_piece(row) for row in session.execute(statement)]


def same_bytes(session: Session, auditee_id: str, digest: str) -> Piece | None:
    """The piece of this auditee that holds exactly these bytes, unless it was withdrawn."""
    row = session.execute(
        _pieces().where(
            Evidence.auditee_id == auditee_id,
            Evidence.digest == digest,
            Evidence.withdrawn_at.is_(None),
        )
    ).one_or_none()
    return None if row is None else _piece(row)


@dataclass(frozen=True)
class Citation:
    """An answer that leans on a piece."""

    assessment_id: str
    reference: str
    items: tuple[str, ...]
    sealed: bool


def citations_of(session: Session, actor: Actor, evidence_id: str) -> list[Citation]:
    """Which answers lean on a piece, as far as the actor sees the assessments. What an officer
    still works on is not shown to the auditee here."""
    seen = Columns(
        auditee_id=_assessment.c.auditee_id,
        office_id=Auditee.responsible_office_id,
        team=lambda person: exists(
            select(_team.c.person_id).where(
                _team.c.assessment_id == _assessment.c.id, _team.c.person_id == person
            )
        ),
        own_kind=_assessment.c.kind == "self",
        shown=_assessment.c.status.in_(_FROZEN),
    )
    rows = session.execute(
        select(_assessment.c.id, _assessment.c.reference, _assessment.c.status, _basis.c.item)
        .join(_basis, _basis.c.assessment_id == _assessment.c.id)
        .join(Auditee, Auditee.id == _assessment.c.auditee_id)
        .where(_basis.c.evidence_id == evidence_id, _basis.c.removed_by.is_(None))
        .where(reaches(actor, Permission.see_assessment, seen))
        .order_by(_assessment.c.opened_at, _assessment.c.id, _basis.c.item)
    ).all()
    found: dict[str, Citation] = {}
    for row in rows:
        before = found.get(row.id, Citation(row.id, row.reference, (), row.status in _FROZEN))
        items = tuple(dict.fromkeys((*before.items, row.item)))
        found[row.id] = Citation(row.id, row.reference, items, before.sealed)
    return list(found.values())


def sealed_citations(session: Session, evidence_id: str) -> int:
    """How many sealed assessments lean on a piece."""
    return len(
        session.execute(
            select(_assessment.c.id)
            .join(_basis, _basis.c.assessment_id == _assessment.c.id)
            .where(
                _basis.c.evidence_id == evidence_id,
                _basis.c.removed_by.is_(None),
                _assessment.c.status.in_(_FROZEN),
            )
            .distinct()
        ).all()
    )


def kept_digests(session: Session) -> Iterator[str]:
    """Every digest that evidence leans on: originals, their copies, their thumbnails. For the
    check of the store, and so that nothing of it is swept away."""
    rows = session.execute(
        select(Evidence.digest, Evidence.thumb_digest, Evidence.page_digests).execution_options(
            yield_per=500
        )
    )
    for row in rows:
        yield row.digest
        yield row.thumb_digest
        yield from row.page_digests
