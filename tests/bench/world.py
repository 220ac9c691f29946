"""Which database do the figures come from? One real audit in progress, and many beside it.

The audits beside are copied row by row behind the journal's back: they are there to be in the
way, nobody reads them.
"""

import io
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from flask import Flask
from PIL import Image
from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from assessor.access.actor import SYSTEM, Actor, Role
from assessor.app.factory import create_app
from assessor.assessments.checklist.recording import apply_operations
from assessor.assessments.models import Answer, Assessment, Kind, Mode, TeamMember, TeamRole
from assessor.assessments.opening.services import Opening, open_assessment
from assessor.auditees.models import Auditee, AuditeeKind
from assessor.database import migrate
from assessor.database.base import new_id
from assessor.database.engine import taking_the_write_lock
from assessor.database.extension import db
from assessor.evidence.declaration import CURRENT
from assessor.evidence.models import EvidenceKind
from assessor.evidence.services import hand_in
from assessor.instruments.services import publish
from assessor.journal.checkpoints import load_signer
from assessor.organization.models import OfficeKind
from assessor.settings import Settings, read_settings
from checklists.library import Library
from tests import audits, builders
from tests.instrument_fixture import make_checklist

TAGS = ("km", "medis", "rawat-inap", "rawat-jalan", "sosial")


def clock() -> datetime:
    return datetime.now(UTC)


def environment(folder: Path, *, database: str | None = None) -> dict[str, str]:
    """The settings of a bench installation, as environment variables."""
    found = {
        "ASSESSOR_MODE": "test",
        "ASSESSOR_INSTANCE": str(folder),
        "ASSESSOR_SECRET_KEY": "key-of-the-bench-0123456789-abcdefgh",
    }
    return found | ({"ASSESSOR_DATABASE_URL": database} if database else {})


@dataclass(frozen=True)
class World:
    """A database with one audit to work in."""

    app: Flask
    settings: Settings
    assessment_id: str
    auditee_id: str
    edition: str
    items: tuple[str, ...]
    user_name: str
    checker_id: str
    verifier_id: str
    assessor_id: str
    coach_id: str

    @contextmanager
    def session(self) -> Iterator[Session]:
        with self.app.app_context():
            yield db.session()
            db.session.remove()


def operation(world: World, item: str, value: str, base: str | None) -> dict[str, object]:
    """One score as a browser sends it."""
    return {
        "op_id": str(uuid.uuid4()),
        "device": "bench",
        "seq": 1,
        "item": item,
        "field": "choice",
        "value": value,
        "base_op": base,
        "edition": world.edition,
        "at": "2026-11-21T00:00:00Z",
    }


def make_world(folder: Path, *, items: int = 120) -> World:
    """Migrate, publish the generated instrument, open an evaluation with its team."""
    settings = read_settings(environment(folder))
    load_signer(settings.checkpoint_key, create=True)
    app = create_app(settings)
    checklist = make_checklist(items=items)
    with app.app_context():
        migrate.upgrade(db.engine)
        session = db.session()
        standards = {checklist.standard.id: checklist.standard}
        library = Library(standards=standards, checklists={checklist.id: checklist})
        publish(session, SYSTEM, clock, library=library)
        bnnp = builders.make_office(session, clock, kind=OfficeKind.bnnp)
        site = builders.make_site(session, clock, office=bnnp, tags=TAGS)
        site_id = site.id
        people = {
            role: builders.make_person(
                session,
                clock,
                name=f"Orang {role}",
                user_name=f"{role}@bench.example",
                role=role,
                office=bnnp,
            ).id
            for role in (Role.assessor, Role.coach, Role.checker, Role.directorate)
        }
        coach = builders.actor_for(
            session, clock, session.get_one(builders.Person, people[Role.coach])
        )
        opened = open_assessment(
            session,
            coach,
            clock,
            wanted=Opening(
                auditee_id=site_id,
                kind=Kind.evaluation,
                mode=Mode.on_site,
                lead_id=people[Role.assessor],
                visit_on=clock().date(),
            ),
        )
        audits.declare(session, clock, opened)
        world = World(
            app=app,
            settings=settings,
            assessment_id=opened.id,
            auditee_id=site_id,
            edition=opened.edition,
            items=tuple(item.id for item in checklist.applicable(frozenset(TAGS))),
            user_name=f"{Role.assessor}@bench.example",
            checker_id=people[Role.checker],
            verifier_id=people[Role.directorate],
            assessor_id=people[Role.assessor],
            coach_id=people[Role.coach],
        )
        db.session.remove()
    return world


def _hand_in(world: World, session: Session, actor: Actor) -> str:
    """One photo, to lean every score on."""
    photo = io.BytesIO()
    Image.new("RGB", (64, 48), (20, 90, 140)).save(photo, "JPEG")
    photo.seek(0)
    return hand_in(
        session,
        actor,
        clock,
        store=world.app.extensions["assessor_store"],
        limit=2_000_000,
        auditee_id=world.auditee_id,
        stream=photo,
        name="ruang.jpg",
        title="Foto ruang",
        stands_for=None,
        kind=EvidenceKind.photo,
        declaration=CURRENT,
    ).evidence_id


def score_all(world: World) -> None:
    """Answer everything in the audit, with a basis each."""
    with world.session() as session:
        actor = builders.actor_for(
            session, clock, session.get_one(builders.Person, world.assessor_id)
        )
        piece = _hand_in(world, session, actor)
        last = dict(
            session.execute(
                select(Answer.item, Answer.choice_op).where(
                    Answer.assessment_id == world.assessment_id
                )
            ).all()
        )
        for item in world.items:
            basis = {"add": {"kind": "evidence", "evidence": piece}}
            apply_operations(
                session,
                actor,
                clock,
                assessment_id=world.assessment_id,
                raw=[
                    operation(world, item, "2", last.get(item)),
                    {**operation(world, item, "", None), "field": "basis", "value": basis},
                    {**operation(world, item, f"Fakta {item}", None), "field": "facts"},
                ],
            )


def add_audits(world: World, count: int) -> None:
    """Many other audits of other sites of the same office, with answers, all visible."""
    with world.session() as session:
        first = session.get_one(Assessment, world.assessment_id)
        site = session.get_one(Auditee, world.auditee_id)
        made = session.execute(select(Assessment.id).where(Assessment.kind == Kind.baseline))
        have = len(made.scalars().all())
        auditees, audits, members, answers = [], [], [], []
        for number in range(have, count):
            auditee_id, audit_id = new_id(), new_id()
            auditees.append(
                {
                    **{
                        column.key: getattr(site, column.key)
                        for column in Auditee.__table__.columns
                    },
                    "id": auditee_id,
                    "reference": f"LBG-B{number:05d}",
                    "name": f"Rumah Bench {number}",
                    "kind": AuditeeKind.site,
                    "search_key": f"rumahbench{number}",
                    "sort_key": f"rumah bench {number:05d}",
                }
            )
            audits.append(
                {
                    **{
                        column.key: getattr(first, column.key)
                        for column in Assessment.__table__.columns
                    },
                    "id": audit_id,
                    "auditee_id": auditee_id,
                    "kind": Kind.baseline,
                    "reference": f"NILAI-2025-{number + 1:04d}",
                }
            )
            members.append(
                {"assessment_id": audit_id, "person_id": world.assessor_id, "role": TeamRole.lead}
            )
            answers.extend(
                {"assessment_id": audit_id, "item": item, "choice": "2", "choice_op": new_id()}
                for item in world.items
            )
        session.rollback()
        with taking_the_write_lock(), db.engine.begin() as connection:
            if audits:
                connection.execute(insert(Auditee.__table__), auditees)
                connection.execute(insert(Assessment.__table__), audits)
                connection.execute(insert(TeamMember.__table__), members)
                connection.execute(insert(Answer.__table__), answers)
