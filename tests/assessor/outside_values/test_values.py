"""Are values from outside kept and shown, and mixed into nothing?"""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from assessor.access.actor import Role
from assessor.accounts.models import Person
from assessor.assessments.document.content import build_content, screen_hash
from assessor.assessments.judging import judge
from assessor.assessments.models import SealedDocument
from assessor.database.base import new_id
from assessor.journal.models import JournalEntry
from assessor.journal.verify import verify
from assessor.outside_values.kinds import kinds
from assessor.outside_values.models import OutsideValue
from assessor.outside_values.services import withdraw_value
from assessor.sentences import NotPermitted, Refused
from checklists.library import load_all
from tests import audits, builders
from tests.assessor.permits import papers
from tests.assessor.test_every_route import _hand_in as hand_in_photo
from tests.client import PageClient
from tests.conftest import StandingClock

FILLED = {
    "kind": "balks",
    "year": "2025",
    "value": "B",
    "scale": "A, B, C",
    "source": "Sertifikat BALKS, dinas sosial",
}


@pytest.fixture
def scene(session: Session, clock: StandingClock) -> audits.Scene:
    return audits.make_scene(session, clock, items=12)


@pytest.fixture
def browser(
    scene: audits.Scene, as_person: Callable[[Person], PageClient]
) -> Callable[[str], PageClient]:
    return lambda name: as_person(scene.people[name])


def _value(session: Session, clock: StandingClock, scene: audits.Scene, **more: Any) -> str:
    return papers.value(session, scene.actor(session, clock, "coach"), clock, scene.site.id, **more)


def test_the_results_are_the_same_with_and_without(
    app: Flask, session: Session, clock: StandingClock, scene: audits.Scene
) -> None:
    evidence_id = hand_in_photo(app, session, clock, scene)
    audit = audits.open_audit(session, clock, scene)
    first = next(iter(judge(session, audit, clock().date()).asked))
    audits.score(session, clock, scene, audit, unmet=[first], evidence_id=evidence_id)

    def content() -> dict[str, Any]:
        return build_content(session, judge(session, audit, clock().date()), demo=False)

    before = content()
    signed = screen_hash(session, judge(session, audit, clock().date()))
    _value(session, clock, scene, value="0")
    _value(session, clock, scene, kind="clinic", value="Paripurna")
    _value(session, clock, scene, year=2026)
    after = content()
    assert [each["year"] for each in after.pop("outside_values")] == [2026, 2025, 2025]
    assert before.pop("outside_values") == []
    assert json.dumps(after) == json.dumps(before)
    assert screen_hash(session, judge(session, audit, clock().date())) == signed


def test_what_was_sealed_keeps_its_values(
    app: Flask, session: Session, clock: StandingClock, scene: audits.Scene, browser: Any
) -> None:
    value_id = _value(session, clock, scene)
    evidence_id = hand_in_photo(app, session, clock, scene)
    audit = audits.open_audit(session, clock, scene)
    audits.score(session, clock, scene, audit, evidence_id=evidence_id)
    audits.submit(session, clock, scene, audit)
    audits.seal(session, clock, scene, audit)
    audit_id = audit.id
    coach = scene.actor(session, clock, "coach")
    withdraw_value(session, coach, clock, value_id=value_id, reason="Salah.")
    stored = json.loads(session.get_one(SealedDocument, audit_id).content)["content"]
    assert [each["value"] for each in stored["outside_values"]] == ["3,49"]
    page = browser("institution").get(f"/assessments/{audit_id}/result")
    assert "Nilai luar, tidak ikut dihitung" in page.text
    assert "3,49" in page.text
    assert "3,49" not in browser("institution").get(f"/auditees/{scene.site.id}").text


def test_a_value_is_entered_shown_and_withdrawn(
    session: Session, scene: audits.Scene, browser: Any
) -> None:
    coach = browser("coach")
    page = coach.get(f"/auditees/{scene.site.id}").click("Lihat nilai dari luar")
    assert "Belum ada nilai dari luar" in page.text
    form = page.click("Catat nilai").form("Simpan nilai")
    assert len(form.fill({"year": ""}).submit(status=400).errors) == 4
    page = form.fill({**FILLED, "year": "dua ribu"}).submit(status=400)
    assert page.errors == ["Isi tahun dengan empat angka."]
    page = form.fill({**FILLED, "year": "2027"}).submit(status=400)
    assert "tahun ini atau sebelumnya" in page.text
    page = form.fill({**FILLED, "source": "telp 081234567890"}).submit(status=400)
    assert "nomor telepon" in page.text
    page = form.fill(FILLED).submit()
    assert "tidak ikut dihitung" in page.flashes[0]
    shown = browser("institution").get(f"/auditees/{scene.site.id}")
    assert "Nilai luar, tidak ikut dihitung" in shown.text
    assert "Akreditasi BALKS, 2025 B" in shown.text
    page = page.click("Tarik Akreditasi BALKS, 2025").form("Tarik nilai ini")
    page = page.fill({"reason": "Tahunnya keliru."}).submit()
    assert "Ditarik: Tahunnya keliru." in page.text
    assert "BALKS, 2025" not in browser("institution").get(f"/auditees/{scene.site.id}").text
    assert list(verify(session)) == []


def test_the_same_form_sent_twice_is_one_value_and_one_entry(
    session: Session, clock: StandingClock, scene: audits.Scene
) -> None:
    value_id = new_id()
    for _ in range(2):
        assert _value(session, clock, scene, value_id=value_id) == value_id
    assert len(session.scalars(select(OutsideValue)).all()) == 1
    act = select(JournalEntry).where(JournalEntry.act == "outside_values.entered")
    assert len(session.scalars(act).all()) == 1


@pytest.mark.parametrize(
    "wrong",
    [
        {"kind": "horoscope"},
        {"year": 1999},
        {"year": 2027},
        {"value": " "},
        {"source": ""},
        {"value": "3302141205900001"},
        {"evidence_id": "nothing"},
        {"value_id": "x"},
    ],
)
def test_what_is_wrong_is_refused(
    session: Session, clock: StandingClock, scene: audits.Scene, wrong: dict[str, Any]
) -> None:
    with pytest.raises(Refused):
        _value(session, clock, scene, **wrong)
    assert session.scalars(select(OutsideValue)).all() == []


def test_who_may_not_enter_is_refused(
    session: Session, clock: StandingClock, scene: audits.Scene
) -> None:
    other = builders.make_site(session, clock)
    scene.people["stranger"] = builders.make_person(
        session, clock, role=Role.institution, auditee=other
    )
    for name in ("assessor", "checker", "stranger"):
        with pytest.raises(NotPermitted):
            papers.value(session, scene.actor(session, clock, name), clock, scene.site.id)
    for name in ("institution", "coach", "verifier"):
        papers.value(session, scene.actor(session, clock, name), clock, scene.site.id)


def test_the_kinds_are_whole_and_name_known_sources() -> None:
    library, _problems = load_all()
    sources = {each.id for each in library.checklists["sni-8807-2022-penuh"].standard.sources}
    assert {"ikr", "balks", "clinic"} <= set(kinds())
    for kind in kinds().values():
        assert kind.label.id != kind.label.en
        assert set(kind.sources) <= sources
