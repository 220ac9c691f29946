"""Is it said of each citation whether it suffices, does the auditee learn of what does not, and
does a new version answer it?"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from io import BytesIO
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from assessor.assessments.citation_models import CitationReview, Sufficiency
from assessor.assessments.citation_queries import cited_pieces, to_complete
from assessor.assessments.citations.services import review_citation
from assessor.assessments.models import Assessment, Basis, Kind
from assessor.evidence.declaration import CURRENT
from assessor.evidence.models import EvidenceKind
from assessor.evidence.services import hand_in
from assessor.instruments.queries import get_checklist
from assessor.journal.models import JournalEntry
from assessor.journal.verify import verify
from assessor.sentences import NotPermitted, Refused
from tests import audits, builders
from tests.client import PageClient
from tests.conftest import StandingClock
from tests.evidence_store import evidence_corpus as corpus


@dataclass
class Desk:
    app: Flask
    session: Session
    clock: StandingClock
    scene: audits.Scene
    id: str
    evidence: str
    item: str

    def actor(self, who: str) -> Any:
        return self.scene.actor(self.session, self.clock, who)

    @property
    def citation(self) -> str:
        return self.session.scalars(
            select(Basis.op_id).where(Basis.evidence_id == self.evidence)
        ).one()

    def say(
        self, what: Sufficiency, reason: str = "Halaman 2 tidak terbaca", who: str = "assessor"
    ) -> None:
        review_citation(
            self.session,
            self.actor(who),
            self.clock,
            assessment_id=self.id,
            citation=self.citation,
            sufficiency=what,
            reason=reason,
        )

    def wanted(self, who: str = "institution") -> list[str]:
        found = to_complete(self.session, self.actor(who)).rows
        self.session.rollback()
        return [each.evidence_id for each in found]

    def browser(self, who: str) -> PageClient:
        opened = builders.open_sign_in(self.session, self.clock, person=self.scene.people[who])
        browser = PageClient(self.app, before=self.session.rollback)
        browser.raw.set_cookie("sid", opened.secret)
        return browser


def _hand_in(
    app: Flask, session: Session, clock: StandingClock, scene: audits.Scene, **more: Any
) -> str:
    return hand_in(
        session,
        scene.actor(session, clock, "institution"),
        clock,
        store=app.extensions["assessor_store"],
        limit=2_000_000,
        auditee_id=scene.site.id,
        title="SOP penerimaan",
        stands_for=None,
        kind=EvidenceKind.document,
        declaration=CURRENT,
        **more,
    ).evidence_id


@pytest.fixture
def desk(app: Flask, session: Session, clock: StandingClock) -> Desk:
    """An evaluation under way that cites one piece at one item."""
    scene = audits.make_scene(session, clock, items=6)
    evidence = _hand_in(app, session, clock, scene, name="a.jpg", stream=BytesIO(corpus.jpeg()))
    going = audits.open_audit(session, clock, scene, kind=Kind.evaluation)
    item = next(iter(audits.judge(session, going, clock().date()).asked))
    cited = {"add": {"kind": "evidence", "evidence": evidence}}
    entry = audits.operation(going, item, "basis", cited)
    audits.enter(session, clock, scene.actor(session, clock, "assessor"), going, [entry])
    return Desk(app, session, clock, scene, going.id, evidence, item)


def test_what_is_wanting_is_the_auditees_work_until_a_new_version_answers_it(desk: Desk) -> None:
    assert desk.wanted() == []
    desk.say(Sufficiency.insufficient)
    assert desk.wanted() == desk.wanted("coach") == [desk.evidence]
    assert desk.wanted("assessor") == desk.wanted("checker") == []
    newer = {"name": "a.png", "stream": BytesIO(corpus.png()), "replaces": desk.evidence}
    _hand_in(desk.app, desk.session, desk.clock, desk.scene, **newer)
    assert desk.wanted() == []
    assert [each.replaced for each in cited_pieces(desk.session, desk.id)] == [True]


def test_the_last_word_stands_and_each_is_kept_and_journalled(desk: Desk) -> None:
    desk.say(Sufficiency.more_wanted)
    desk.say(Sufficiency.more_wanted)
    desk.say(Sufficiency.sufficient, reason="tidak terpakai")
    assert desk.wanted() == []
    kept = desk.session.scalars(select(CitationReview).order_by(CitationReview.number)).all()
    assert [(each.sufficiency.value, each.reason) for each in kept] == [
        ("more_wanted", "Halaman 2 tidak terbaca"),
        ("sufficient", ""),
    ]
    acts = desk.session.scalars(select(JournalEntry.act)).all()
    assert acts.count("assessments.citation_reviewed") == 2
    assert list(verify(desk.session)) == []


def test_without_words_or_with_a_client_in_them_it_is_refused(desk: Desk) -> None:
    with pytest.raises(Refused, match="apa yang kurang"):
        desk.say(Sufficiency.insufficient, reason="  ")
    with pytest.raises(Refused):
        desk.say(Sufficiency.insufficient, reason="NIK 3302010101900001 terlihat")


@pytest.mark.parametrize("who", ["institution", "coach", "checker", "verifier"])
def test_only_the_team_says_it(who: str, desk: Desk) -> None:
    with pytest.raises(NotPermitted):
        desk.say(Sufficiency.sufficient, who=who)


def test_a_citation_that_was_taken_back_is_neither_reviewed_nor_wanted(desk: Desk) -> None:
    desk.say(Sufficiency.insufficient)
    going = desk.session.get_one(Assessment, desk.id)
    entry = audits.operation(going, desk.item, "basis", {"remove": desk.citation})
    audits.enter(desk.session, desk.clock, desk.actor("assessor"), going, [entry])
    assert desk.wanted() == []
    with pytest.raises(Refused, match="tidak ada lagi"):
        desk.say(Sufficiency.sufficient)


def test_both_sides_do_it_in_the_browser(desk: Desk, counted: Callable[[], Any]) -> None:
    team, own = desk.browser("assessor"), desk.browser("institution")
    listed = team.get(f"/assessments/{desk.id}/citations")
    assert "Belum ditinjau" in listed.text
    page = team.get(f"/assessments/{desk.id}/citations/{desk.citation}")
    edition = desk.session.get_one(Assessment, desk.id).edition
    item = get_checklist(desk.session, edition).item(desk.item)
    assert item.text.in_("id") in page.text  # what the piece is to suffice for
    wrong = page.form("Simpan dan lanjut").fill({"sufficiency": "insufficient"}).submit(status=422)
    assert "Tulis apa yang kurang" in wrong.text
    form = wrong.form("Simpan dan lanjut").fill({"reason": "Belum bertanda tangan"})
    assert "Belum cukup" in form.submit().text
    assert "belum cukup" in team.get(f"/assessments/{desk.id}/checklist").text
    assert own.get(f"/assessments/{desk.id}/citations", status=404)
    todo = own.get(f"/auditees/{desk.scene.site.id}/evidence/to-complete")
    assert "Belum bertanda tangan" in todo.text
    assert "Kirim pengganti" in todo.text
    assert "Lengkapi bukti: Rumah Kenari" in own.get("/").text
    with counted() as statements:
        team.get(f"/assessments/{desk.id}/citations")
    assert len([each for each in statements if "citation_review" in each]) == 1
