"""A draft is tried on what was sealed and shown as assessors will see it; nothing is written."""

from __future__ import annotations

from dataclasses import replace

import pytest
from sqlalchemy import event, select

from assessor.access.actor import SYSTEM, Role
from assessor.assessments.models import Assessment, Kind, SealedDocument
from assessor.instruments.draft_models import Draft
from assessor.instruments.draft_reading import read_draft
from assessor.instruments.drafting import Change, save_parts, start_from_edition
from assessor.instruments.services import publish
from assessor.journal.models import JournalHead
from assessor.transition import simulating
from assessor.transition.simulating import simulate
from checklists.checking import item_part, requirement_part
from checklists.drafted import part_of
from checklists.library import Library
from checklists.model import Citation
from tests import audits
from tests.builders import actor_for, make_person


class Sealed:
    """A sealed evaluation in which one item is not met, and a draft of the next edition."""

    def __init__(self, session, clock) -> None:
        self.session, self.clock = session, clock
        self.scene = audits.make_scene(session, clock, items=12)
        self._publish_without_citations()
        self.assessment = audits.open_audit(session, clock, self.scene, kind=Kind.evaluation)
        self.edition = self.assessment.edition
        self.assessment_id = self.assessment.id
        today = clock().date()
        self.asked = list(audits.judge(session, self.assessment, today).asked.values())
        plain = [each for each in self.asked if each.critical.value == "no"]
        self.unmet = plain[0].id
        self.other = plain[1].id
        audits.score(session, clock, self.scene, self.assessment, unmet=[self.unmet])
        audits.submit(session, clock, self.scene, self.assessment)
        audits.seal(session, clock, self.scene, self.assessment)
        self.person = make_person(session, clock, role=Role.directorate)
        self.actor = actor_for(session, clock, self.person)
        self.draft_id = start_from_edition(session, self.actor, clock, fingerprint=self.edition).id

    def _publish_without_citations(self) -> None:
        """An edition in which nothing needs a link to evidence, so that it is sealed soon."""
        self.clock.forward(minutes=1)
        plain = audits.instrument(12)
        items = tuple(replace(each, citation=Citation.optional) for each in plain.items)
        plain = replace(plain, edition="2", items=items)
        library = Library({plain.standard.id: plain.standard}, {plain.id: plain})
        publish(self.session, SYSTEM, self.clock, library=library)

    def change(self, part: str, **fields) -> None:
        drafted = self.read()
        content = {**part_of(drafted.material, part), **fields}
        save_parts(
            self.session,
            self.actor,
            self.clock,
            draft_id=self.draft_id,
            changes={part: Change(content, drafted.version(part))},
        )

    def read(self):
        self.session.rollback()
        return read_draft(self.session, self.session.get_one(Draft, self.draft_id))

    def simulate(self, after: str = ""):
        checked = self.read().checked
        return simulate(self.session, self.edition, checked.editions, after=after)


@pytest.fixture
def sealed(session, clock):
    simulating._kept.clear()
    return Sealed(session, clock)


def test_a_draft_that_changes_nothing_changes_no_result(sealed) -> None:
    (tried,) = sealed.simulate().tried
    assert not tried.decides_otherwise
    assert not tried.scores_otherwise
    assert (tried.after.incompatible, tried.after.unanswered) == ((), ())


def test_a_heavier_item_changes_the_score_and_a_critical_one_the_decision(sealed) -> None:
    sealed.change(item_part(sealed.unmet), weight=50)
    (tried,) = sealed.simulate().tried
    assert tried.scores_otherwise
    sealed.change(item_part(sealed.unmet), critical="hard")
    (tried,) = sealed.simulate().tried
    assert tried.after.outcome.value == "belum_memenuhi"


def test_an_answer_to_other_words_is_named(sealed) -> None:
    text = {"id": "Sesuatu yang lain", "en": "Something else"}
    sealed.change(requirement_part(sealed.other), text=text)
    found = sealed.simulate()
    assert found.tried[0].after.incompatible == (sealed.other,)
    assert found.incompatible == {sealed.other: 1}


def test_nothing_is_written_and_the_seal_is_read_not_made_again(sealed, session) -> None:
    sealed.change(item_part(sealed.unmet), weight=50)
    before = (
        session.scalars(select(JournalHead.seq)).one(),
        session.scalars(select(SealedDocument.content)).one(),
    )
    sealed.simulate()
    assert not session.new
    assert not session.dirty
    session.rollback()
    assert before == (
        session.scalars(select(JournalHead.seq)).one(),
        session.scalars(select(SealedDocument.content)).one(),
    )


def test_pages_are_bounded_and_go_on_where_they_ended(sealed, monkeypatch) -> None:
    monkeypatch.setattr(simulating, "MOST", 1)
    assert sealed.simulate().older == ""
    sealed_at = sealed.session.get_one(Assessment, sealed.assessment_id).sealed_at
    place = f"{sealed_at.isoformat()} {sealed.assessment_id}"
    assert sealed.simulate(place).tried == ()
    for strange in ("x", "2026-11-21T05:00:00", "2026-11-21T05:00:00+00:00 x"):
        sealed.simulate(strange)


def test_queries_do_not_grow_with_the_items_of_the_draft(sealed, engine) -> None:
    sealed.read()
    statements = []

    def note(_conn, _cursor, statement, *_rest) -> None:
        statements.append(statement)

    event.listen(engine, "before_cursor_execute", note)
    try:
        sealed.simulate()
        sealed.simulate()
    finally:
        event.remove(engine, "before_cursor_execute", note)
    assert sum("sealed_document" in each for each in statements) == 1


def test_the_pages_say_it_in_words(sealed, as_person) -> None:
    desk = as_person(sealed.person)
    page = desk.get(f"/drafts/{sealed.draft_id}/simulation")
    assert "Keputusannya berubah" in page.text
    assert "0 penilaian" in page.text
    sealed.change(item_part(sealed.unmet), critical="hard", weight=50)
    page = desk.get(f"/drafts/{sealed.draft_id}/simulation")
    assert sealed.assessment.reference in page.text
    assert "Belum memenuhi" in page.text
    sealed.change(requirement_part(sealed.other), text={"id": "", "en": ""})
    page = desk.get(f"/drafts/{sealed.draft_id}/simulation")
    assert "masih bermasalah" in page.text
    assert "Yang perlu diperbaiki" in page.text


def test_the_preview_is_the_page_of_assessors_with_nothing_to_enter(sealed, as_person) -> None:
    desk = as_person(sealed.person)
    sealed.change(
        requirement_part(sealed.other), text={"id": "Bunyi rancangan", "en": "Words of a draft"}
    )
    name = sealed.read().material.name
    page = desk.get(f"/drafts/{sealed.draft_id}/preview/{name}?order=standard")
    assert "Bunyi rancangan" in page.text
    assert "Ini pratinjau" in page.text
    assert "/assessments/pratinjau/checklist" not in page.html
    assert f"/drafts/{sealed.draft_id}/preview/{name}" in page.html
    desk.get(f"/drafts/{sealed.draft_id}/preview/tiada", status=404)
