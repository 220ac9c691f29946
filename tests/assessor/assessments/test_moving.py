"""An assessment that is going on can be moved to the new edition; what is sealed cannot."""

from __future__ import annotations

from dataclasses import replace

import pytest
from sqlalchemy import select

from assessor.access.actor import SYSTEM
from assessor.assessments.models import Answer, Assessment, Kind
from assessor.assessments.opening.moving import move_to_edition, newer_edition, plan_move
from assessor.instruments.services import publish
from assessor.journal.models import JournalEntry
from assessor.sentences import NotPermitted, Refused, Stale
from checklists.library import Library
from checklists.model import Citation
from tests import audits
from tests.checklists.test_comparing import with_item, with_requirement
from tests.instrument_fixture import make_text


class Going:
    """An evaluation in which everything is scored, and a newer edition on demand."""

    def __init__(self, session, clock) -> None:
        self.session, self.clock = session, clock
        self.scene = audits.make_scene(session, clock, items=12)
        self.assessment_id = audits.open_audit(session, clock, self.scene).id
        self.before = audits.instrument(12)
        self.items = [
            each.id for each in audits.judge(session, self.read(), clock().date()).asked.values()
        ]

    def read(self) -> Assessment:
        self.session.rollback()
        return self.session.get_one(Assessment, self.assessment_id)

    def score(self) -> None:
        wants_evidence = [
            each.id for each in self.before.items if each.citation is Citation.required
        ]
        audits.score(self.session, self.clock, self.scene, self.read(), unmet=wants_evidence)

    def publish_newer(self):
        """The first asked item reworded, the second heavier, the third gone."""
        self.clock.forward(minutes=1)
        places = [
            next(at for at, item in enumerate(self.before.items) if item.id == name)
            for name in self.items[:3]
        ]
        after = with_requirement(self.before, places[0], text=make_text("Bunyi yang lain"))
        after = with_item(after, places[1], weight=9)
        items = tuple(each for each in after.items if each.id != self.items[2])
        standard = replace(
            after.standard,
            edition="2",
            requirements=tuple(
                next((item.requirement for item in items if item.requirement.id == each.id), each)
                for each in after.standard.requirements
            ),
        )
        after = replace(after, edition="2", standard=standard, items=items)
        publish(
            self.session,
            SYSTEM,
            self.clock,
            library=Library({standard.id: standard}, {after.id: after}),
        )
        return after

    def move(self, who: str, edition: str) -> int:
        return move_to_edition(
            self.session,
            self.scene.actor(self.session, self.clock, who),
            self.clock,
            assessment_id=self.assessment_id,
            edition=edition,
        )


@pytest.fixture
def going(session, clock):
    return Going(session, clock)


def test_there_is_nothing_to_move_while_the_edition_holds(going) -> None:
    today = going.clock().date()
    assert newer_edition(going.session, going.read(), today) is None
    with pytest.raises(Refused, match="edisi yang berlaku"):
        going.move("assessor", going.before.fingerprint)


def test_moving_keeps_answers_and_takes_off_what_is_something_else_now(going) -> None:
    going.score()
    after = going.publish_newer()
    plan = plan_move(going.session, going.read(), going.clock().date())
    assert plan.cleared == (going.items[0],)
    assert plan.dropped == (going.items[2],)
    assert going.move("assessor", after.fingerprint) == 2
    assessment = going.read()
    assert assessment.edition == after.fingerprint
    answers = {
        each.item: each
        for each in going.session.scalars(
            select(Answer).where(Answer.assessment_id == going.assessment_id)
        )
    }
    assert answers[going.items[0]].choice is None
    assert answers[going.items[1]].choice is not None
    assert going.items[2] not in answers
    judged = audits.judge(going.session, assessment, going.clock().date())
    assert judged.decision.result.not_assessed == 1
    act = going.session.scalars(
        select(JournalEntry.act).order_by(JournalEntry.seq.desc()).limit(1)
    ).one()
    assert act == "assessments.edition_changed"


@pytest.mark.parametrize("who", ["assessor", "coach", "verifier"])
def test_the_lead_and_those_who_assign_move_it(going, who) -> None:
    after = going.publish_newer()
    assert going.move(who, after.fingerprint) == 0


@pytest.mark.parametrize("who", ["assessor2", "checker", "institution"])
def test_nobody_else_moves_it(going, who) -> None:
    after = going.publish_newer()
    with pytest.raises(NotPermitted):
        going.move(who, after.fingerprint)


def test_what_was_read_is_what_is_moved_to(going) -> None:
    going.publish_newer()
    with pytest.raises(Stale):
        going.move("assessor", going.before.fingerprint)


def test_what_was_closed_or_handed_over_keeps_its_edition(going) -> None:
    going.score()
    audits.close(going.session, going.clock, going.scene, going.read())
    after = going.publish_newer()
    with pytest.raises(Refused, match="dibekukan"):
        going.move("assessor", after.fingerprint)
    audits.submit(going.session, going.clock, going.scene, going.read())
    with pytest.raises(Refused, match="edisi yang berlaku"):
        going.move("assessor", after.fingerprint)


def test_the_pages_tell_the_team_and_lead_there(going, as_person) -> None:
    going.score()
    lead = as_person(going.scene.people["assessor"])
    assert "edisi baru" not in lead.get(f"/assessments/{going.assessment_id}").text.lower()
    going.publish_newer()
    page = lead.get(f"/assessments/{going.assessment_id}")
    assert "Edisi baru instrumen ini sudah berlaku" in page.text
    assert "edisi baru" in lead.get("/").text.lower()
    page = lead.get(f"/assessments/{going.assessment_id}/edition")
    assert going.items[0] in page.text
    member = as_person(going.scene.people["assessor2"])
    told = member.get(f"/assessments/{going.assessment_id}/edition")
    assert "ketua tim" in told.text
    page = page.form("Pindahkan ke edisi baru").submit()
    assert "2 jawaban perlu diisi lagi" in page.text
    assert "Dipindahkan ke edisi baru" in page.text
    assert "Edisi baru instrumen ini sudah berlaku" not in page.text


def test_a_self_assessment_is_moved_by_the_institution(going) -> None:
    own = audits.open_audit(going.session, going.clock, going.scene, kind=Kind.self)
    own_id = own.id
    after = going.publish_newer()
    move_to_edition(
        going.session,
        going.scene.actor(going.session, going.clock, "institution"),
        going.clock,
        assessment_id=own_id,
        edition=after.fingerprint,
    )
    going.session.rollback()
    assert going.session.get_one(Assessment, own_id).edition == after.fingerprint
