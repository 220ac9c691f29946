"""An institution with people around it, and an assessment to fill in."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy.orm import Session

from assessor.access.actor import SYSTEM, Actor, Role
from assessor.accounts.models import Person
from assessor.assessments.checklist.recording import Receipt, apply_operations
from assessor.assessments.models import Assessment, Kind, Mode
from assessor.assessments.opening.services import Opening, open_assessment
from assessor.auditees.models import Auditee
from assessor.instruments.services import publish
from assessor.journal.work import Clock
from assessor.organization.models import Office, OfficeKind
from checklists.library import Library
from checklists.model import Checklist
from tests import audits
from tests.builders import actor_for, make_office, make_person, make_site
from tests.instrument_fixture import make_checklist

_numbers = itertools.count(1)


@dataclass
class World:
    """Everything a test names."""

    session: Session
    clock: Clock
    checklist: Checklist
    office: Office
    site: Auditee
    people: dict[str, Person] = field(default_factory=dict)

    def actor(self, name: str) -> Actor:
        return actor_for(self.session, self.clock, self.people[name])

    def open(
        self,
        kind: Kind = Kind.evaluation,
        *,
        team: Sequence[str] = ("lead", "member"),
        declared: bool = True,
    ) -> str:
        """Open an assessment, for a team that has declared to have no conflict; its id."""
        own = kind is Kind.self
        assessment: Assessment = open_assessment(
            self.session,
            self.actor("institution" if own else "coach"),
            self.clock,
            wanted=Opening(
                auditee_id=self.site.id,
                kind=kind,
                mode=Mode.on_site,
                lead_id=None if own else self.people[team[0]].id,
                member_ids=[] if own else [self.people[name].id for name in team[1:]],
            ),
        )
        if declared:
            audits.declare(self.session, self.clock, assessment)
        return assessment.id

    def say(
        self, assessment_id: str, who: str, item: str, name: str, value: Any, **more: Any
    ) -> Receipt:
        """Enter one thing as a device of that person would."""
        number = next(_numbers)
        operation = {
            "op_id": more.pop("op", f"device-{number:08d}"),
            "device": f"device-{who}",
            "seq": number,
            "item": item,
            "field": name,
            "value": value,
            "base_op": more.pop("base", None),
            "edition": self.checklist.fingerprint,
            "at": "2026-11-21T12:00:00+07:00",
            **more,
        }
        return apply_operations(
            self.session,
            self.actor(who),
            self.clock,
            assessment_id=assessment_id,
            raw=[operation],
        )[0]


def make_world(session: Session, clock: Clock, *, items: int = 120) -> World:
    checklist = make_checklist(items)
    library = Library({checklist.standard.id: checklist.standard}, {checklist.id: checklist})
    publish(session, SYSTEM, clock, library=library)
    return people_the_world(session, clock, checklist)


def people_the_world(session: Session, clock: Clock, checklist: Checklist) -> World:
    """Offices, an institution and everybody who has to do with it."""
    office = make_office(session, clock, kind=OfficeKind.bnnk)
    far = make_office(session, clock, kind=OfficeKind.bnnk)
    site = make_site(
        session,
        clock,
        office=office,
        name="Klinik Harapan Contoh",
        tags=("rawat-inap", "rawat-jalan", "medis", "sosial"),
    )
    world = World(session, clock, checklist, office, site)
    officers = {
        "lead": (Role.assessor, office, "Sari Melati"),
        "member": (Role.assessor, office, "Budi Santoso"),
        "idle": (Role.assessor, office, "Tono Wibowo"),
        "coach": (Role.coach, office, "Rina Kurnia"),
        "checker": (Role.checker, office, "Dewi Lestari"),
        "directorate": (Role.directorate, None, "Agus Salim"),
        "stranger": (Role.coach, far, "Joko Susilo"),
    }
    for name, (role, at, called) in officers.items():
        world.people[name] = make_person(session, clock, name=called, role=role, office=at)
    world.people["institution"] = make_person(
        session, clock, name="Wati Lembaga", role=Role.institution, auditee=site
    )
    return world
