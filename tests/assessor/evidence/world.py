"""Two auditees in different offices, the people around them, and an assessment of the first."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from io import BytesIO
from typing import ClassVar

from sqlalchemy import select
from sqlalchemy.orm import Session

from assessor.access.actor import SYSTEM, Actor, Held, Role
from assessor.accounts.models import Person, Position, SignIn
from assessor.accounts.queries import hash_secret
from assessor.assessments.models import (
    Assessment,
    Basis,
    BasisKind,
    Kind,
    Mode,
    Status,
    TeamMember,
    TeamRole,
)
from assessor.auditees.models import Agency, Auditee, AuditeeKind, Entity
from assessor.evidence.declaration import CURRENT
from assessor.evidence.models import EvidenceKind
from assessor.evidence.services import HandedIn, hand_in
from assessor.instruments.models import Edition, EditionKind
from assessor.journal.events import Event
from assessor.journal.work import write
from assessor.organization.models import (
    Office,
    OfficeClosure,
    OfficeKind,
    Territory,
    TerritoryKind,
    TimeZone,
)
from evidence_store.store import Store
from tests.client import PageClient

NOW = datetime(2026, 11, 21, 7, 0, tzinfo=UTC)
LIMIT = 2 * 1024 * 1024
ROLES = {
    "institution": Held("h1", Role.institution, auditee_id="a1"),
    "stranger": Held("h2", Role.institution, auditee_id="a2"),
    "assessor": Held("h3", Role.assessor, office_id="bnnk"),
    "idle_assessor": Held("h4", Role.assessor, office_id="bnnk"),
    "coach": Held("h5", Role.coach, office_id="bnnk"),
    "far_coach": Held("h6", Role.coach, office_id="far"),
    "checker": Held("h7", Role.checker, office_id="bnnp"),
    "directorate": Held("h8", Role.directorate, office_id="centre"),
    "privacy": Held("h9", Role.privacy, office_id="centre"),
    "administrator": Held("h10", Role.administrator, office_id="centre"),
}
ACTORS = {name: Actor(f"p-{name}", (held,), name=name) for name, held in ROLES.items()}


@dataclass(frozen=True, kw_only=True)
class Prepared(Event):
    act: ClassVar[str] = "test.prepared"


def clock() -> datetime:
    return NOW


def _offices() -> list[object]:
    above = {"centre": None, "bnnp": "centre", "bnnk": "bnnp", "far": "centre"}
    offices: list[object] = [
        Office(
            id=name,
            kind=OfficeKind.centre if parent is None else OfficeKind.bnnk,
            name=name,
            short_name=name,
            parent_id=parent,
            time_zone=TimeZone.wib,
        )
        for name, parent in above.items()
    ]
    closure: list[object] = []
    for name in above:
        upper: str | None = name
        depth = 0
        while upper is not None:
            closure.append(OfficeClosure(ancestor_id=upper, descendant_id=name, depth=depth))
            upper, depth = above[upper], depth + 1
    return offices + closure


def _auditee(auditee_id: str, office: str, zone: TimeZone) -> Auditee:
    return Auditee(
        id=auditee_id,
        reference=f"LBG-{auditee_id}",
        kind=AuditeeKind.site,
        entity_id="e1",
        name=f"Klinik {auditee_id}",
        regency_code="33.02",
        time_zone=zone,
        agency=Agency.foundation,
        responsible_office_id=office,
        created_at=NOW,
        search_key=auditee_id,
        sort_key=auditee_id,
    )


def make_world(session: Session) -> None:
    with write(session, SYSTEM, clock) as work:
        session.add(
            Territory(
                code="33.02",
                kind=TerritoryKind.regency,
                name="Banyumas",
                decree="uji",
                valid_from=date(2025, 1, 1),
                search_key="banyumas",
                sort_key="banyumas",
            )
        )
        for office in _offices():
            session.add(office)
            session.flush()
        session.add(Entity(id="e1", name="Yayasan Contoh", legal_form="yayasan"))
        session.flush()
        session.add(_auditee("a1", "bnnk", TimeZone.wib))
        session.add(_auditee("a2", "far", TimeZone.wit))
        for name in ACTORS:
            session.add(
                Person(
                    id=f"p-{name}",
                    user_name=name,
                    name=f"Nama {name}",
                    password_hash="-",
                    created_at=NOW,
                )
            )
        session.flush()
        for name, held in ROLES.items():
            session.add(
                Position(
                    id=held.position_id,
                    person_id=f"p-{name}",
                    role=held.role,
                    office_id=held.office_id,
                    auditee_id=held.auditee_id,
                    valid_from=date(2026, 1, 1),
                )
            )
        session.add(
            Edition(
                fingerprint="sha256:uji",
                kind=EditionKind.checklist,
                name="uji",
                edition="1",
                content=b"{}",
                published_at=NOW,
            )
        )
        session.flush()
        work.record(Prepared(subject="world"))
    make_assessment(session, "n1", Kind.evaluation, team=("assessor",))


def make_assessment(
    session: Session,
    assessment_id: str,
    kind: Kind,
    *,
    auditee_id: str = "a1",
    team: tuple[str, ...] = (),
    status: Status = Status.in_progress,
) -> None:
    with write(session, SYSTEM, clock) as work:
        session.add(
            Assessment(
                id=assessment_id,
                reference=f"NILAI-2026-{assessment_id}",
                auditee_id=auditee_id,
                kind=kind,
                mode=Mode.on_site,
                year=2026,
                edition="sha256:uji",
                status=status,
                opened_by="p-directorate",
                opened_at=NOW,
                revision=1,
            )
        )
        session.flush()
        for name in team:
            session.add(
                TeamMember(assessment_id=assessment_id, person_id=f"p-{name}", role=TeamRole.lead)
            )
        work.record(Prepared(subject=assessment_id))


def cite(session: Session, assessment_id: str, item: str, evidence_id: str) -> None:
    with write(session, SYSTEM, clock) as work:
        session.add(
            Basis(
                op_id=f"{assessment_id}-{item}-{evidence_id}",
                assessment_id=assessment_id,
                item=item,
                kind=BasisKind.evidence,
                evidence_id=evidence_id,
                detail={},
            )
        )
        work.record(Prepared(subject=assessment_id))


def seal(session: Session, assessment_id: str) -> None:
    with write(session, SYSTEM, clock) as work:
        found = session.execute(
            select(Assessment).where(Assessment.id == assessment_id)
        ).scalar_one()
        found.status = Status.sealed
        found.sealed_at = NOW
        work.record(Prepared(subject=assessment_id))


def give(
    session: Session,
    store: Store,
    content: bytes,
    *,
    who: str = "institution",
    name: str = "foto.jpg",
    title: str = "",
    stands_for: date | None = date(2026, 11, 1),
    kind: EvidenceKind = EvidenceKind.photo,
    declaration: str = CURRENT,
    auditee_id: str = "a1",
    replaces: str | None = None,
    paper: str = "",
    valid_until: date | None = None,
    clock: Callable[[], datetime] = clock,
) -> HandedIn:
    return hand_in(
        session,
        ACTORS[who],
        clock,
        store=store,
        limit=LIMIT,
        auditee_id=auditee_id,
        stream=BytesIO(content),
        name=name,
        title=title,
        stands_for=stands_for,
        kind=kind,
        declaration=declaration,
        replaces=replaces,
        paper=paper,
        valid_until=valid_until,
    )


def open_browser(session: Session, client: PageClient, who: str) -> PageClient:
    secret = f"secret-of-{who}"
    with write(session, SYSTEM, clock):
        session.add(
            SignIn(
                secret_hash=hash_secret(secret),
                person_id=f"p-{who}",
                created_at=NOW,
                seen_at=NOW,
                shared_computer=False,
                device="uji",
            )
        )
    client.raw.set_cookie("sid", secret)
    return client
