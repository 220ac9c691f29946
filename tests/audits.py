"""Audits for tests, walked through the real workflow: opened, scored, submitted, checked,
sealed.

Plain functions beside `tests.builders`: `session` and `clock` first.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta
from functools import cache

from sqlalchemy.orm import Session

from assessor.access.actor import SYSTEM, Actor, Role
from assessor.accounts.models import Person
from assessor.assessments.checklist.recording import Receipt, apply_operations
from assessor.assessments.closing.services import close_assessment, closing_hash
from assessor.assessments.declarations import CURRENT, declare_conflict, list_declared
from assessor.assessments.document.content import screen_hash
from assessor.assessments.judging import judge
from assessor.assessments.models import Assessment, Kind, Mode, Status
from assessor.assessments.objection_models import Objection
from assessor.assessments.objections.services import Point, file_objection
from assessor.assessments.opening.services import Opening, open_assessment
from assessor.assessments.queries import asked_items, today_of
from assessor.assessments.required import REQUIRED, Requirement, get_arranged
from assessor.assessments.review.services import see_items
from assessor.assessments.review.state import to_look_at
from assessor.assessments.signing.services import (
    check_assessment,
    submit_assessment,
    verify_assessment,
)
from assessor.assessments.visit.assignment import Letter, record_assignment
from assessor.assessments.visit.meetings import Held, Present, record_meeting
from assessor.assessments.visit_models import Closing, MeetingKind, Party, Stance
from assessor.auditees.models import Auditee
from assessor.instruments.queries import get_checklist
from assessor.instruments.services import publish
from assessor.journal.work import HOURS_AHEAD, Clock
from assessor.organization.models import Office, OfficeKind
from checklists.library import Library
from checklists.model import Checklist, Citation
from tests import builders
from tests.instrument_fixture import make_checklist

TAGS = ("km", "medis", "rawat-inap", "rawat-jalan", "sosial")


@cache
def instrument(items: int) -> Checklist:
    """The generated instrument, made once per size."""
    return make_checklist(items=items)


def publish_instrument(session: Session, clock: Clock, *, items: int = 24) -> Checklist:
    """Put the generated instrument into the database."""
    checklist = instrument(items)
    library = Library(
        standards={checklist.standard.id: checklist.standard}, checklists={checklist.id: checklist}
    )
    publish(session, SYSTEM, clock, library=library)
    return checklist


@dataclass
class Scene:
    """One institution, its offices, and the people around it; actors by their short name."""

    office: Office
    site: Auditee
    people: dict[str, Person]

    def actor(self, session: Session, clock: Clock, name: str) -> Actor:
        return builders.actor_for(session, clock, self.people[name])


def make_scene(session: Session, clock: Clock, *, items: int = 24) -> Scene:
    """Centre, BNNP and BNNK; a site with its institution; two assessors, coach, checker, verifier."""
    publish_instrument(session, clock, items=items)
    centre = builders.make_office(session, clock)
    bnnp = builders.make_office(session, clock, kind=OfficeKind.bnnp, parent=centre)
    bnnk = builders.make_office(session, clock, kind=OfficeKind.bnnk, parent=bnnp)
    site = builders.make_site(session, clock, office=bnnk, tags=TAGS, name="Rumah Kenari")
    roles = {
        "assessor": (Role.assessor, bnnk),
        "assessor2": (Role.assessor, bnnk),
        "coach": (Role.coach, bnnk),
        "checker": (Role.checker, bnnp),
        "verifier": (Role.directorate, centre),
    }
    people = {
        name: builders.make_person(session, clock, name=f"Orang {name}", role=role, office=office)
        for name, (role, office) in roles.items()
    }
    people["institution"] = builders.make_person(
        session, clock, name="Orang lembaga", role=Role.institution, auditee=site
    )
    return Scene(bnnk, site, people)


def operation(
    assessment: Assessment,
    item: str,
    field: str,
    value: object,
    base: str | None = None,
    **more: object,
) -> dict[str, object]:
    """One entry as a device sends it."""
    return {
        "op_id": str(uuid.uuid4()),
        "device": "tests",
        "seq": 1,
        "item": item,
        "field": field,
        "value": value,
        "base_op": base,
        "edition": assessment.edition,
        "at": "2026-11-21T05:00:00Z",
        **more,
    }


def enter(
    session: Session,
    clock: Clock,
    actor: Actor,
    assessment: Assessment,
    entries: Iterable[dict[str, object]],
) -> list[Receipt]:
    return apply_operations(session, actor, clock, assessment_id=assessment.id, raw=list(entries))


def open_audit(
    session: Session,
    clock: Clock,
    scene: Scene,
    *,
    kind: Kind = Kind.evaluation,
    mode: Mode = Mode.on_site,
    declared: bool = True,
) -> Assessment:
    """An assessment just opened: by the institution for itself, else by the coach for a team
    that has declared to have no conflict of interest."""
    own = kind is Kind.self
    opened = open_assessment(
        session,
        scene.actor(session, clock, "institution" if own else "coach"),
        clock,
        wanted=Opening(
            auditee_id=scene.site.id,
            kind=kind,
            mode=mode,
            lead_id=None if own else scene.people["assessor"].id,
            member_ids=() if own else (scene.people["assessor2"].id,),
            visit_on=None if own or mode is Mode.online else clock().date(),
        ),
    )
    if declared and not own:
        declare(session, clock, opened)
    return opened


def declare(session: Session, clock: Clock, assessment: Assessment) -> None:
    """Everybody on the team declares that there is no conflict of interest."""
    for each in list_declared(session, assessment.id):
        if each.waits:
            declare_conflict(
                session,
                builders.actor_for(session, clock, session.get_one(Person, each.person_id)),
                clock,
                assessment_id=assessment.id,
                stance=Stance.none,
                wording=CURRENT,
            )


def assign(session: Session, clock: Clock, scene: Scene, assessment: Assessment) -> None:
    """The coach records the letter that sends the team."""
    record_assignment(
        session,
        scene.actor(session, clock, "coach"),
        clock,
        assessment_id=assessment.id,
        letter=Letter(
            number="ST/117/CONTOH/2026",
            issued_on=today_of(session, assessment, clock()),
            office_id=scene.office.id,
        ),
    )


def hold(
    session: Session,
    clock: Clock,
    scene: Scene,
    assessment: Assessment,
    *,
    kind: MeetingKind = MeetingKind.closing,
) -> None:
    """The team records a meeting that was held just now."""
    local = clock() + timedelta(hours=HOURS_AHEAD[scene.site.time_zone])
    record_meeting(
        session,
        scene.actor(session, clock, "assessor"),
        clock,
        assessment_id=assessment.id,
        kind=kind,
        held=Held(
            on=local.date(),
            at=local.time().replace(second=0, microsecond=0),
            mode=Mode.on_site,
            place="Ruang rapat Rumah Kenari",
            present=(
                Present(name="Orang assessor", party=Party.team, function="Ketua tim"),
                Present(name="Orang lembaga", party=Party.institution, function="Pimpinan"),
            ),
        ),
    )


def close(
    session: Session, clock: Clock, scene: Scene, assessment: Assessment, *, reason: str = ""
) -> Closing:
    """The closing meeting is held and the preliminary result frozen."""
    hold(session, clock, scene, assessment)
    return close_assessment(
        session,
        scene.actor(session, clock, "assessor"),
        clock,
        assessment_id=assessment.id,
        summary="Layanan berjalan baik; beberapa prosedur perlu ditulis.",
        shown_hash=closing_hash(
            session, judge(session, assessment, today_of(session, assessment, clock()))
        ),
        demo=False,
        reason=reason,
    )


def arrange(session: Session, clock: Clock, scene: Scene, assessment: Assessment) -> None:
    """Whatever an assessment needs besides its answers before it is handed over."""
    there = get_arranged(session, assessment)
    needed = REQUIRED[assessment.kind]
    if Requirement.declarations in needed:
        declare(session, clock, assessment)
    if Requirement.assignment in needed and not there.assigned:
        assign(session, clock, scene, assessment)
    if Requirement.closing in needed and not there.closings:
        close(session, clock, scene, assessment)


def score(
    session: Session,
    clock: Clock,
    scene: Scene,
    assessment: Assessment,
    *,
    unmet: Iterable[str] = (),
    evidence_id: str | None = None,
) -> None:
    """Answer everything so that it can be submitted; `unmet` items get the lowest choice."""
    own = assessment.kind is Kind.self
    actor = scene.actor(session, clock, "institution" if own else "assessor")
    judged = judge(session, assessment, clock().date())
    low, high = judged.checklist.scale[0].code, judged.checklist.scale[-1].code
    entries = []
    for item in judged.asked.values():
        poor = item.id in set(unmet)
        entries.append(operation(assessment, item.id, "choice", low if poor else high))
        entries.append(operation(assessment, item.id, "facts", f"Fakta {item.id}"))
        if poor:
            continue
        seen = {"add": {"kind": "sighted", "what": "ruang", "where": "lantai 1", "when": ""}}
        entries.append(operation(assessment, item.id, "basis", seen))
        if item.citation is Citation.required and evidence_id is not None:
            cited = {"add": {"kind": "evidence", "evidence": evidence_id}}
            entries.append(operation(assessment, item.id, "basis", cited))
    for receipt in enter(session, clock, actor, assessment, entries):
        assert receipt.fate == "applied", receipt


def needing_citation(session: Session, assessment: Assessment) -> tuple[str, ...]:
    """The items that ask for a piece of evidence: scored low they need none."""
    asked = asked_items(get_checklist(session, assessment.edition), assessment)
    return tuple(item.id for item in asked.values() if item.citation is Citation.required)


def object_to(
    session: Session,
    clock: Clock,
    scene: Scene,
    assessment: Assessment,
    *items: str,
    who: str = "institution",
) -> Objection:
    """Object to items of a sealed result."""
    return file_objection(
        session,
        scene.actor(session, clock, who),
        clock,
        assessment_id=assessment.id,
        points=[Point(item, f"Keberatan atas {item}.") for item in items],
    )


def shown(session: Session, clock: Clock, assessment: Assessment) -> str:
    """The hash of what a signer would see now."""
    return screen_hash(session, judge(session, assessment, today_of(session, assessment, clock())))


def submit(session: Session, clock: Clock, scene: Scene, assessment: Assessment) -> None:
    arrange(session, clock, scene, assessment)
    name = "institution" if assessment.kind is Kind.self else "assessor"
    submit_assessment(
        session,
        scene.actor(session, clock, name),
        clock,
        assessment_id=assessment.id,
        shown_hash=shown(session, clock, assessment),
        demo=False,
    )


def check(session: Session, clock: Clock, scene: Scene, assessment: Assessment) -> None:
    check_assessment(
        session,
        scene.actor(session, clock, "checker"),
        clock,
        assessment_id=assessment.id,
        shown_hash=shown(session, clock, assessment),
    )


def see_all(
    session: Session, clock: Clock, scene: Scene, assessment: Assessment, who: str = "verifier"
) -> None:
    """Let somebody tick everything that must be looked at before sealing."""
    actor = scene.actor(session, clock, who)
    judged = judge(session, assessment, today_of(session, assessment, clock()))
    unseen = to_look_at(session, judged, actor.person_id or "").unseen
    if unseen:
        see_items(
            session,
            actor,
            clock,
            assessment_id=assessment.id,
            items=[each.item.id for each in unseen],
        )


def seal(session: Session, clock: Clock, scene: Scene, assessment: Assessment) -> str:
    """Verify and seal what was submitted, after a checker has checked it and the verifier has
    seen what must be seen."""
    if assessment.status is Status.submitted:
        check(session, clock, scene, assessment)
    see_all(session, clock, scene, assessment)
    return verify_assessment(
        session,
        scene.actor(session, clock, "verifier"),
        clock,
        assessment_id=assessment.id,
        shown_hash=shown(session, clock, assessment),
        demo=False,
    )
