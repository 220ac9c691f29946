"""What do institution and coach see and do with permits, and who else reads them?"""

from __future__ import annotations

import io
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import event, select
from sqlalchemy.orm import Session

from assessor.accounts.models import Person
from assessor.permits.models import Permit
from tests import audits, builders
from tests.assessor.permits import papers
from tests.assessor.test_every_route import _photo
from tests.client import PageClient
from tests.conftest import StandingClock

TODAY = date(2026, 11, 21)
FILLED = {
    "kind": "clinic",
    "issuer": "Dinas Kesehatan",
    "number": "440/12/2025",
    "valid_from": "2025-02-01",
    "expires_on": "2026-12-15",
}


@pytest.fixture
def scene(session: Session, clock: StandingClock) -> audits.Scene:
    return audits.make_scene(session, clock, items=12)


@pytest.fixture
def browser(
    scene: audits.Scene, as_person: Callable[[Person], PageClient]
) -> Callable[[str], PageClient]:
    return lambda name: as_person(scene.people[name])


def _permit(session: Session, clock: StandingClock, scene: audits.Scene, **more: Any) -> str:
    coach = scene.actor(session, clock, "coach")
    return papers.permit(session, coach, clock, scene.site.id, **more)


def test_an_institution_enters_a_permit_with_its_scan(
    session: Session, scene: audits.Scene, browser: Any
) -> None:
    institution = browser("institution")
    page = institution.get(f"/auditees/{scene.site.id}").click("Lihat semua izin")
    assert "Belum ada izin yang berlaku" in page.text
    page = page.click("Catat izin")
    form = page.form("Simpan izin")
    assert len(form.submit(status=400).errors) == 4
    page = form.fill({**FILLED, "expires_on": "2025-01-01"}).submit(status=400)
    assert "tidak boleh sebelum" in page.text
    assert "Dinas Kesehatan" in page.html
    address = f"/auditees/{scene.site.id}/permits/new"
    sent = {
        **FILLED,
        "permit_id": _value(page, "permit_id"),
        "csrf_token": page.token,
        "file": (_photo(), "izin.jpg"),
    }
    kind = "multipart/form-data"
    page = institution.send(address, sent, status=400, content_type=kind)
    assert "Centang pernyataan ini" in page.text
    sent |= {
        "declaration": _value(page, "declaration"),
        "file": (_photo(), "izin.jpg"),
        "csrf_token": page.token,
    }
    page = institution.send(address, sent, content_type=kind)
    assert page.h1 == "Izin klinik"
    assert "Izin klinik 440/12/2025" in page.links()
    assert "24 hari lagi" in page.text
    permit = session.scalars(select(Permit)).one()
    assert permit.evidence_id is not None


def _value(page: Any, name: str) -> str:
    return next(
        each.get("value", "") for each in page.tree.iter("input") if each.get("name") == name
    )


def test_a_file_that_is_none_is_refused_and_nothing_is_entered(
    session: Session, scene: audits.Scene, browser: Any
) -> None:
    institution = browser("institution")
    page = institution.get(f"/auditees/{scene.site.id}/permits/new")
    sent = {
        **FILLED,
        "permit_id": _value(page, "permit_id"),
        "declaration": _value(page, "declaration"),
        "file": (io.BytesIO(b"MZ not a scan"), "izin.pdf"),
        "csrf_token": page.token,
    }
    address = f"/auditees/{scene.site.id}/permits/new"
    page = institution.send(address, sent, status=400, content_type="multipart/form-data")
    assert "izin.pdf" in page.text
    assert session.scalars(select(Permit)).all() == []


@pytest.mark.parametrize(
    ("days", "words"),
    [(170, "170 hari"), (60, "60 hari"), (10, "10 hari"), (-5, "Habis 16 Nov 2026")],
)
def test_both_are_reminded_on_their_home_page(
    session: Session,
    clock: StandingClock,
    scene: audits.Scene,
    browser: Any,
    days: int,
    words: str,
) -> None:
    _permit(session, clock, scene, expires_on=TODAY + timedelta(days=days))
    for name in ("institution", "coach"):
        home = browser(name).get("/")
        assert home.text.count("Perpanjang izin: Rumah Kenari") >= 1
        assert words in home.text
        assert words in browser(name).get(f"/auditees/{scene.site.id}").text
    assert "Perpanjang izin" not in browser("checker").get("/").text
    assert words in browser("checker").get(f"/auditees/{scene.site.id}").text


def test_a_permit_is_renewed_and_its_history_read(
    session: Session, clock: StandingClock, scene: audits.Scene, browser: Any
) -> None:
    permit_id = _permit(session, clock, scene)
    coach = browser("coach")
    page = coach.get("/").click("Perpanjang izin: Rumah Kenari").click("Catat perpanjangannya")
    assert "440/12/2024" in page.text
    page = page.form("Simpan izin").fill(
        {"number": "440/90/2026", "valid_from": "2026-05-02", "expires_on": ""}
    ).submit()  # fmt: skip
    assert "tanpa batas waktu" in page.text
    assert "Menggantikan 440/12/2024" in page.text
    assert "Perpanjang izin" not in coach.get("/").text
    register = coach.get(f"/auditees/{scene.site.id}/permits")
    assert "Sudah diganti" in register.text
    assert "Digantikan oleh 440/90/2026" in coach.get(f"/permits/{permit_id}").text


def test_a_permit_is_withdrawn_with_a_reason(
    session: Session, clock: StandingClock, scene: audits.Scene, browser: Any
) -> None:
    permit_id = _permit(session, clock, scene)
    page = browser("institution").get(f"/permits/{permit_id}")
    page = page.form("Tarik izin").submit(status=400)
    assert "Tulis alasan" in page.errors[0]
    page = page.form("Tarik izin").fill({"reason": "Nomornya keliru."}).submit()
    assert "Nomornya keliru." in page.text
    assert "Tarik izin" not in page.text


def test_others_read_and_do_nothing(
    session: Session, clock: StandingClock, scene: audits.Scene, browser: Any
) -> None:
    permit_id = _permit(session, clock, scene)
    audits.open_audit(session, clock, scene)
    for name in ("assessor", "checker", "verifier"):
        reader = browser(name)
        page = reader.get(f"/auditees/{scene.site.id}/permits")
        assert "Catat izin" not in page.links()
        page = reader.get(f"/permits/{permit_id}")
        assert "Tidak ada yang perlu Anda lakukan" in page.text
        assert "Tarik izin" not in page.text


def test_units_have_no_such_page(
    session: Session, clock: StandingClock, scene: audits.Scene, browser: Any
) -> None:
    unit = builders.make_unit(session, clock, office=scene.office)
    coach = browser("coach")
    coach.get(f"/auditees/{unit.id}/permits", status=404)
    assert "Lihat semua izin" not in coach.get(f"/auditees/{unit.id}").links()


def test_pages_cost_the_same_however_many_permits_there_are(
    session: Session, clock: StandingClock, scene: audits.Scene, browser: Any
) -> None:
    reader, counted = browser("coach"), []
    engine = session.get_bind()
    for more in (1, 9):
        for _ in range(more):
            permit_id = _permit(session, clock, scene)
        for path in ("/", f"/auditees/{scene.site.id}/permits", f"/permits/{permit_id}"):
            statements: list[str] = []

            def note(*arguments: Any, kept: list[str] = statements) -> None:
                kept.append(str(arguments[2]))

            event.listen(engine, "before_cursor_execute", note)
            reader.get(path)
            event.remove(engine, "before_cursor_execute", note)
            counted.append(len(statements))
    assert counted[:3] == counted[3:]
