"""What do the people of an urgent report see, and what do they do next?"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import event, select
from sqlalchemy.orm import Session

from assessor.access.actor import Role
from assessor.accounts.models import Person
from assessor.urgent.kinds import FILE, kinds, outsiders
from assessor.urgent.models import UrgentReport
from tests import audits, builders
from tests.assessor.test_every_route import _hand_in as hand_in_photo
from tests.assessor.urgent import dangers
from tests.client import Page, PageClient
from tests.conftest import StandingClock

AsPerson = Callable[[Person], PageClient]
FACTS = "Satu ruang terkunci dari luar, 3 orang di dalamnya."
FILLED = {
    "kind": "confinement",
    "facts": FACTS,
    "affected": "3",
    "seen_at": "10:30",
    "place": "bangunan belakang",
    "done": "Pintu dibuka.",
}


@pytest.fixture
def scene(session: Session, clock: StandingClock) -> audits.Scene:
    return audits.make_scene(session, clock, items=12)


@pytest.fixture
def browser(scene: audits.Scene, as_person: AsPerson) -> Callable[[str], PageClient]:
    return lambda name: as_person(scene.people[name])


def test_the_kinds_are_whole_in_both_languages() -> None:
    assert FILE.exists()
    assert {"confinement", "violence", "death", "child", "other"} <= set(kinds())
    assert {"police", "social"} <= set(outsiders())
    for each in kinds().values():
        assert each.label.id != each.label.en
        assert each.short.id
        assert each.short.en


def _report(page: Page, **more: str) -> Page:
    return page.form("Kirim laporan segera").fill({**FILLED, **more}).submit()


def test_an_assessor_reports_from_within_an_assessment(
    session: Session, clock: StandingClock, scene: audits.Scene, browser: Any
) -> None:
    audit = audits.open_audit(session, clock, scene)
    assessor, address = browser("assessor"), f"/assessments/{audit.id}"
    for path in ("", "/checklist", "/findings", "/result", "/answers"):
        assert "Lapor segera" in assessor.get(f"{address}{path}").links(), path
    page = _report(assessor.get(address).click("Lapor segera"))
    assert page.h1 == "Laporan segera"
    assert "langsung melihatnya" in page.flashes[0]
    for words in (FACTS, "bangunan belakang", "3 orang", "sekitar 10.30 WIB", "Menunggu putusan"):
        assert words in page.text, words
    report = session.scalars(select(UrgentReport)).one()
    assert report.assessment_id == audit.id


def test_what_was_typed_stays_when_something_is_wrong(scene: audits.Scene, browser: Any) -> None:
    coach = browser("coach")
    page = coach.get(f"/auditees/{scene.site.id}").click("Lapor segera")
    form = page.form("Kirim laporan segera").fill(
        {**FILLED, "facts": "Klien NIK 3302141205900001", "affected": "banyak"}
    )
    page = form.submit(status=400)
    assert len(page.errors) == 2
    assert "seperti NIK" in page.text
    assert "bangunan belakang" in page.html
    page = _report(page)
    assert page.h1 == "Laporan segera"


def test_an_empty_form_says_what_to_fill_in(scene: audits.Scene, browser: Any) -> None:
    page = browser("checker").get(f"/auditees/{scene.site.id}/urgent-reports/new")
    page = page.form("Kirim laporan segera").fill({"seen_on": ""}).submit(status=400)
    assert len(page.errors) == 5
    page = page.form("Kirim laporan segera").fill({**FILLED, "seen_on": "2027-01-01"})
    assert "belum tiba" in page.submit(status=400).text


@pytest.mark.parametrize("name", ["checker", "verifier"])
def test_it_stands_on_top_of_every_page_of_those_it_reaches(
    session: Session, clock: StandingClock, scene: audits.Scene, browser: Any, name: str
) -> None:
    coach = scene.actor(session, clock, "coach")
    dangers.report(session, coach, clock, scene.site.id)
    reader = browser(name)
    for path in ("/", "/auditees", "/profile"):
        assert "1 laporan segera menunggu putusan" in reader.get(path).html
    home = reader.get("/")
    (task,) = (words for words in home.links() if words.startswith("Laporan segera: kurungan di"))
    assert re.findall(r"<h2 id=.(\w+)", home.html)[0] == "urgent"  # above all other work
    assert "KANARI" in home.click(task).text
    page = reader.get(f"/auditees/{scene.site.id}")
    assert "Ditangguhkan sejak 21 Nov 2026" in page.text
    assert task in page.links()


def test_the_list_marks_what_is_on_hold_until_the_last_day_where_it_is(
    session: Session, clock: StandingClock, scene: audits.Scene, browser: Any
) -> None:
    builders.make_unit(session, clock, office=scene.office)
    report = dangers.report(session, scene.actor(session, clock, "coach"), clock, scene.site.id)
    coach = browser("coach")
    assert coach.get("/auditees").text.count("Ditangguhkan") == 1
    assert "Ditangguhkan" not in browser("institution").get("/auditees").text
    verifier = scene.actor(session, clock, "verifier")
    dangers.decide(session, verifier, clock, report, hold_until=date(2026, 11, 30))
    clock.set(datetime(2026, 11, 30, 16, 59, tzinfo=UTC))
    assert "Ditangguhkan" in browser("coach").get("/auditees").text
    clock.forward(minutes=2)
    assert "Ditangguhkan" not in browser("coach").get("/auditees").text


def test_the_coach_sees_the_hold_and_only_the_own_report(
    session: Session, clock: StandingClock, scene: audits.Scene, browser: Any
) -> None:
    coach = scene.actor(session, clock, "coach")
    verifier = scene.actor(session, clock, "verifier")
    own = dangers.report(session, coach, clock, scene.site.id)
    other = dangers.report(session, verifier, clock, scene.site.id, kind="death")
    reader = browser("coach")
    page = reader.get(f"/auditees/{scene.site.id}")
    assert "(kurungan)" in page.text
    assert "(kematian)" in page.text
    assert "SEGERA-2026-0001" in page.text
    assert "SEGERA-2026-0002" not in page.text
    assert "menunggu putusan" not in reader.get("/").html
    reader.get(f"/urgent-reports/{own}")
    reader.get(f"/urgent-reports/{other}", status=404)


def test_the_directorate_reads_follows_and_decides(
    session: Session, clock: StandingClock, scene: audits.Scene, browser: Any
) -> None:
    report_id = dangers.report(session, scene.actor(session, clock, "coach"), clock, scene.site.id)
    checker, verifier = browser("checker"), browser("verifier")
    page = checker.get(f"/urgent-reports/{report_id}")
    assert "Tidak ada yang perlu Anda lakukan" in page.text
    page = page.form("Simpan catatan").fill({"words": "Polisi datang."}).submit()
    assert "Polisi datang." in page.text
    page.form("Simpan catatan").fill({"words": "telp 081234567890"}).submit(status=400)
    checker.get(f"/urgent-reports/{report_id}/decide", status=403)

    page = verifier.get(f"/urgent-reports/{report_id}").click("Putuskan laporan ini")
    assert "Polisi datang." in page.text
    form = page.form("Simpan putusan")
    assert len(form.submit(status=400).errors) == 4
    filled = {"verdict": "terbukti", "reason": "Diperiksa polisi.", "hold": "stays"}
    page = form.fill({**filled, "password": builders.PASSWORD}).submit(status=400)
    assert page.errors == ["Isi hari terakhir penangguhan."]
    filled |= {"hold_until": "2026-12-31"}
    page = page.form("Simpan putusan").fill({**filled, "password": "salah"}).submit(status=400)
    page = page.form("Simpan putusan").fill({**filled, "password": builders.PASSWORD}).submit()
    for words in ("Terbukti, ada tindakan lanjut", "Tetap sampai 31 Des 2026", "Diperiksa polisi."):
        assert words in page.text, words
    assert "menunggu putusan" not in verifier.get("/").html
    assert "Terbukti" in verifier.get("/urgent-reports").text
    page = page.form("Akhiri penangguhan").fill({"reason": "Sudah dibongkar."}).submit()
    assert "Penangguhan sudah diakhiri." in page.flashes
    assert "Ditangguhkan" not in verifier.get(f"/auditees/{scene.site.id}").text


def test_a_note_that_came_meanwhile_is_shown_before_deciding(
    session: Session, clock: StandingClock, scene: audits.Scene, browser: Any
) -> None:
    coach = scene.actor(session, clock, "coach")
    report_id = dangers.report(session, coach, clock, scene.site.id)
    page = browser("verifier").get(f"/urgent-reports/{report_id}/decide")
    browser("coach").get(f"/urgent-reports/{report_id}").form("Simpan catatan").fill(
        {"words": "Ternyata 4 orang."}
    ).submit()
    filled = {"verdict": "diteruskan", "reason": "Ke polisi.", "hold": "ends"}
    form = page.form("Simpan putusan").fill({**filled, "password": builders.PASSWORD})
    page = form.submit(status=409)
    assert "Ternyata 4 orang." in page.text
    page = page.form("Simpan putusan").fill({"password": builders.PASSWORD}).submit()
    assert "Diteruskan ke pihak berwenang" in page.text


def test_the_reporter_of_the_directorate_is_told_who_decides(
    session: Session, clock: StandingClock, scene: audits.Scene, browser: Any
) -> None:
    verifier = scene.actor(session, clock, "verifier")
    report_id = dangers.report(session, verifier, clock, scene.site.id)
    page = browser("verifier").get(f"/urgent-reports/{report_id}")
    assert "orang lain di direktorat yang memutusnya" in page.text
    browser("verifier").get(f"/urgent-reports/{report_id}/decide", status=403)


def test_the_verifier_is_told_why_nothing_is_sealed(
    app: Flask, session: Session, clock: StandingClock, scene: audits.Scene, browser: Any
) -> None:
    evidence_id = hand_in_photo(app, session, clock, scene)
    audit = audits.open_audit(session, clock, scene)
    audits.score(session, clock, scene, audit, evidence_id=evidence_id)
    audits.submit(session, clock, scene, audit)
    audits.check(session, clock, scene, audit)
    audit_id = audit.id
    dangers.report(session, scene.actor(session, clock, "coach"), clock, scene.site.id)
    page = browser("verifier").get(f"/assessments/{audit_id}/verify")
    assert "sedang ditangguhkan karena laporan segera" in page.text
    assert "Tanda tangan Anda" not in page.text


def test_the_list_goes_on_and_back(
    session: Session, clock: StandingClock, scene: audits.Scene, browser: Any,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    monkeypatch.setattr("assessor.urgent.views.PAGE_SIZE", 2)
    verifier = scene.actor(session, clock, "verifier")
    for _ in range(3):
        coach = scene.actor(session, clock, "coach")
        report_id = dangers.report(session, coach, clock, scene.site.id)
        dangers.decide(session, verifier, clock, report_id)
        clock.forward(minutes=1)
    first = browser("verifier").get("/urgent-reports")
    assert "Tidak ada yang perlu Anda lakukan" in first.text
    second = first.click("Berikutnya")
    assert [first.text.count("SEGERA-"), second.text.count("SEGERA-")] == [2, 1]
    assert second.click("Sebelumnya").text == first.text
    for strange in ("x", "20261121T000000000000Z.", "99999999T.x", "…"):
        browser("verifier").get("/urgent-reports", query={"after": strange})


def test_a_page_costs_the_same_however_many_reports_there_are(
    session: Session, clock: StandingClock, scene: audits.Scene, browser: Any
) -> None:
    reader, counted = browser("verifier"), []
    engine = session.get_bind()
    for more in (1, 5):
        for _ in range(more):
            coach = scene.actor(session, clock, "coach")
            dangers.report(session, coach, clock, scene.site.id)
        for path in ("/", "/urgent-reports", f"/auditees/{scene.site.id}"):
            statements: list[str] = []

            def note(*arguments: Any, kept: list[str] = statements) -> None:
                kept.append(str(arguments[2]))

            event.listen(engine, "before_cursor_execute", note)
            reader.get(path)
            event.remove(engine, "before_cursor_execute", note)
            counted.append(len(statements))
    assert counted[:3] == counted[3:]


def test_who_is_told_of_nothing_has_no_such_page(
    session: Session, clock: StandingClock, as_person: AsPerson
) -> None:
    for role in (Role.privacy, Role.observer, Role.administrator):
        reader = as_person(builders.make_person(session, clock, role=role))
        reader.get("/urgent-reports", status=404)
