"""Does an expired permit stand at the item it belongs to, there only, and change no score?"""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date
from io import BytesIO
from typing import Any

import pytest
from flask import Flask
from pypdf import PdfReader
from sqlalchemy.orm import Session

from assessor.accounts.models import Person
from assessor.assessments.beside import day_of_the_visit
from assessor.assessments.document.content import build_content
from assessor.assessments.judging import judge
from assessor.assessments.models import Assessment, SealedDocument
from assessor.permits.kinds import Kind
from assessor.sentences import Stale
from standards.model import Text
from tests import audits
from tests.assessor.permits import papers
from tests.assessor.test_every_route import _hand_in as hand_in_photo
from tests.client import PageClient
from tests.conftest import StandingClock

ITEM = "B-003"  # of the generated instrument
WORDS = "Izin klinik nomor 440/12/2024 habis 1 Mei 2026, sebelum 21 Nov 2026."


@pytest.fixture(autouse=True)
def _belongs_to_one_item(monkeypatch: pytest.MonkeyPatch) -> None:
    """The generated instrument has other items than the packaged one."""
    kind = Kind(Text("Izin klinik", "Clinic permit"), (ITEM, "KLB-06"), "stated", ("P18",))
    monkeypatch.setattr("assessor.permits.queries.kinds", lambda: {"clinic": kind})


@pytest.fixture
def scene(session: Session, clock: StandingClock) -> audits.Scene:
    return audits.make_scene(session, clock, items=12)


@pytest.fixture
def browser(
    scene: audits.Scene, as_person: Callable[[Person], PageClient]
) -> Callable[[str], PageClient]:
    return lambda name: as_person(scene.people[name])


def _scored(app: Flask, session: Session, clock: StandingClock, scene: audits.Scene) -> Assessment:
    evidence_id = hand_in_photo(app, session, clock, scene)
    audit = audits.open_audit(session, clock, scene)
    audits.score(session, clock, scene, audit, evidence_id=evidence_id)
    return audit


def _expired(session: Session, clock: StandingClock, scene: audits.Scene, **more: Any) -> str:
    coach = scene.actor(session, clock, "coach")
    return papers.permit(session, coach, clock, scene.site.id, **more)


def _content(session: Session, clock: StandingClock, audit: Assessment) -> dict[str, Any]:
    return build_content(session, judge(session, audit, clock().date()), demo=False)


def test_no_score_and_no_decision_changes(
    app: Flask, session: Session, clock: StandingClock, scene: audits.Scene
) -> None:
    audit = _scored(app, session, clock, scene)
    before = _content(session, clock, audit)
    _expired(session, clock, scene)
    after = _content(session, clock, audit)
    assert before.pop("expired_permits")["permits"] == []
    (found,) = after.pop("expired_permits")["permits"]
    assert found["items"] == [ITEM]  # the items asked here, no others
    assert json.dumps(after) == json.dumps(before)


def test_it_stands_at_its_item_on_the_checklist_and_nowhere_else(
    app: Flask, session: Session, clock: StandingClock, scene: audits.Scene, browser: Any
) -> None:
    audit = _scored(app, session, clock, scene)
    _expired(session, clock, scene)
    page = browser("assessor").get(f"/assessments/{audit.id}/checklist")
    articles = [
        "".join(each.itertext())
        for each in page.tree.iter("article")
        if WORDS in "".join(each.itertext())
    ]
    assert len(articles) == 1
    assert ITEM in articles[0]


def test_a_permit_in_force_on_the_day_of_the_visit_is_not_flagged(
    app: Flask, session: Session, clock: StandingClock, scene: audits.Scene
) -> None:
    audit = _scored(app, session, clock, scene)
    visit = day_of_the_visit(session, audit)
    assert visit == date(2026, 11, 21)
    _expired(session, clock, scene, expires_on=visit)
    assert _content(session, clock, audit)["expired_permits"]["permits"] == []


def test_the_verifier_sees_it_and_signs_what_was_seen(
    app: Flask, session: Session, clock: StandingClock, scene: audits.Scene, browser: Any
) -> None:
    audit = _scored(app, session, clock, scene)
    audits.submit(session, clock, scene, audit)
    audits.check(session, clock, scene, audit)
    audits.see_all(session, clock, scene, audit)
    audit_id = audit.id
    page = browser("verifier").get(f"/assessments/{audit_id}/verify")
    assert "Izin yang habis sebelum kunjungan" not in page.text
    shown = audits.shown(session, clock, audit)
    _expired(session, clock, scene)
    with pytest.raises(Stale):
        _verify(session, clock, scene, audit_id, shown)
    page = browser("verifier").get(f"/assessments/{audit_id}/verify")
    assert "Izin yang habis sebelum kunjungan" in page.text
    assert WORDS in page.text
    _verify(session, clock, scene, audit_id, audits.shown(session, clock, audit))


def _verify(
    session: Session, clock: StandingClock, scene: audits.Scene, audit_id: str, shown: str
) -> None:
    audits.verify_assessment(
        session,
        scene.actor(session, clock, "verifier"),
        clock,
        assessment_id=audit_id,
        shown_hash=shown,
        demo=False,
    )


def test_the_sealed_document_and_its_report_keep_it(
    app: Flask, session: Session, clock: StandingClock, scene: audits.Scene, browser: Any
) -> None:
    audit = _scored(app, session, clock, scene)
    _expired(session, clock, scene)
    audits.submit(session, clock, scene, audit)
    audits.seal(session, clock, scene, audit)
    audit_id = audit.id
    _expired(session, clock, scene, number="lain", expires_on=date(2026, 6, 1))
    stored = json.loads(session.get_one(SealedDocument, audit_id).content)["content"]
    assert [each["number"] for each in stored["expired_permits"]["permits"]] == ["440/12/2024"]
    reader = browser("verifier")
    page = reader.get(f"/assessments/{audit_id}/answers")
    assert page.text.count(WORDS) == 1
    for language, words in (("id", "Izin habis"), ("en", "Expired permit")):
        token = reader.token()
        reader.request(
            "POST",
            f"/assessments/{audit_id}/report/issue",
            data={"csrf_token": token, "language": language},
        )
        paper = reader.request("GET", f"/assessments/{audit_id}/report.pdf?language={language}")
        assert paper.status_code == 200
        text = " ".join(
            " ".join(each.extract_text() for each in PdfReader(BytesIO(paper.data)).pages).split()
        )
        assert text.count(words) == 1
        assert "440/12/2024" in text
