"""Who plays a history, what is remembered of it, and how is an act tried?

The record is the test's own: it comes from the acts that went through, never from the tables.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from assessor.access.actor import SYSTEM, Actor, Role
from assessor.accounts.services import give_position
from assessor.assessments.judging import judge
from assessor.assessments.models import Assessment, Kind, Status
from assessor.assessments.objection_models import ObjectionStatus
from assessor.assessments.queries import today_of
from assessor.journal.models import JournalEntry, JournalHead
from assessor.sentences import Hindered
from tests import audits, builders

ITEMS = 8
PEOPLE = (
    "assessor",
    "assessor2",
    "coach",
    "checker",
    "verifier",
    "decider",
    "institution",
    "hats",  # assessor, checker and directorate in one
    "insider",  # of the institution, and of the directorate
)
# who holds which office, as this test sees it
ASSESSORS = {"assessor", "assessor2", "hats"}
CHECKERS = {"checker", "hats"}
DIRECTORATE = {"verifier", "decider", "hats", "insider"}
OF_THE_AUDITEE = {"institution", "insider"}


@dataclass
class Known:
    """What the test knows of an assessment, from the acts that went through."""

    id: str
    kind: Kind
    opened_by: str
    team: frozenset[str]
    status: Status = Status.draft
    revises: Known | None = None
    entered: set[str] = field(default_factory=set)
    checked: set[str] = field(default_factory=set)
    verified: set[str] = field(default_factory=set)
    sealed: bytes | None = None

    @property
    def judged_by(self) -> set[str]:
        """Who scored it or was sent to."""
        return set(self.team) | self.entered


class Player:
    """The people, the record, and how anything is tried at all."""

    def __init__(self, session: Session, clock: Any) -> None:
        self.session, self.clock = session, clock
        self.scene = audits.make_scene(session, clock, items=ITEMS)
        people = self.scene.people
        people["decider"] = self._person("Orang pemutus", Role.directorate)
        people["hats"] = self._person("Orang serba bisa", Role.directorate)
        people["insider"] = self._person("Orang dalam", Role.directorate)
        bnnk = self.scene.office.id
        for name, role, office_id, auditee_id in (
            ("hats", Role.assessor, bnnk, None),
            ("hats", Role.checker, bnnk, None),
            ("insider", Role.institution, None, self.scene.site.id),
        ):
            give_position(
                session,
                SYSTEM,
                clock,
                person_id=people[name].id,
                role=role,
                office_id=office_id,
                auditee_id=auditee_id,
            )
        self.names = {person.id: name for name, person in people.items()}
        self.known: list[Known] = []
        self.objections: dict[str, ObjectionStatus] = {}
        self.went_through: list[str] = []

    def _person(self, name: str, role: Role) -> Any:
        return builders.make_person(self.session, self.clock, name=name, role=role)

    def head(self) -> tuple[int, str]:
        """The journal's last number and hash."""
        row = self.session.execute(select(JournalHead.seq, JournalHead.hash)).one()
        self.session.rollback()
        return row.seq, row.hash

    def attempt(self, who: str, act: Callable[[Actor], Any], *entries: str) -> tuple[bool, Any]:
        """Let somebody do something: either the journal gains exactly these entries in the
        person's name, or the act is refused and nothing is written at all."""
        before = self.head()
        self.clock.forward(minutes=7)
        person = self.scene.people[who]
        try:
            given = act(self.scene.actor(self.session, self.clock, who))
        except Hindered:
            self.session.rollback()
            assert self.head() == before
            return False, None
        written = self.session.execute(
            select(JournalEntry.act, JournalEntry.actor_id)
            .where(JournalEntry.seq > before[0])
            .order_by(JournalEntry.seq)
        ).all()
        assert [(each.act, each.actor_id) for each in written] == [
            (f"assessments.{entry}", person.id) for entry in entries
        ]
        self.went_through.extend(entries[:1])
        return True, given

    def row(self, known: Known) -> Assessment:
        """The assessment as it is now."""
        return self.session.get_one(Assessment, known.id, populate_existing=True)

    def judged(self, known: Known) -> Any:
        """What its answers add up to now."""
        row = self.row(known)
        return judge(self.session, row, today_of(self.session, row, self.clock()))

    def item(self, known: Known, number: int) -> str:
        """One of its items."""
        asked = list(self.judged(known).asked)
        return asked[number % len(asked)]

    def shown(self, known: Known, *, stale: bool) -> str:
        """What is on the screen of who signs; or what was there before."""
        return "0" * 64 if stale else audits.shown(self.session, self.clock, self.row(known))

    def pick(self, number: int) -> Known:
        """One of the assessments."""
        return self.known[number % len(self.known)]

    def reader(self, known: Known) -> str:
        """Who reads it now, outside the team."""
        return "verifier" if known.status is Status.checked else "checker"

    def author(self, known: Known) -> str:
        """Who works on it."""
        return "institution" if known.kind is Kind.self else min(known.team - {"hats"} or {"hats"})

    def wait(self, days: int) -> None:
        self.clock.forward(days=days)
