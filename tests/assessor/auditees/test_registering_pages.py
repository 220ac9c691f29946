"""Registering and keeping institutions and units in the browser, from the list to the history."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from assessor.access.actor import SYSTEM, Role
from assessor.accounts.models import Person
from assessor.auditees.models import Auditee, Entity
from assessor.journal.models import JournalEntry
from assessor.organization.models import Office, OfficeKind
from assessor.organization.services import serve_area
from tests import builders
from tests.assessor.organization.places import add_territories
from tests.client import PageClient
from tests.conftest import StandingClock

AsPerson = Callable[[Person], PageClient]


@dataclass
class Desk:
    """A BNNK that serves Banyumas, its coach, and another office beside it."""

    office: Office
    other: Office
    coach: PageClient


@pytest.fixture
def desk(session: Session, clock: StandingClock, as_person: AsPerson) -> Desk:
    add_territories(session, clock)
    java = builders.make_office(session, clock, kind=OfficeKind.bnnp, name="BNNP Jawa Tengah")
    banyumas = builders.make_office(
        session, clock, kind=OfficeKind.bnnk, name="BNNK Banyumas", parent=java
    )
    other = builders.make_office(
        session, clock, kind=OfficeKind.bnnk, name="BNNK Purbalingga", parent=java
    )
    serve_area(
        session,
        SYSTEM,
        clock,
        office_id=banyumas.id,
        territory_code="33.02",
        valid_from=date(2026, 1, 1),
    )
    coach = builders.make_person(session, clock, role=Role.coach, office=banyumas)
    return Desk(banyumas, other, as_person(coach))


def _unit(desk: Desk, name: str = "IBM Tengah Sehat") -> str:
    """Register a unit; the address of its page."""
    page = desk.coach.get("/auditees/new/unit/33.02.22.2007")
    return page.form("Daftarkan unit IBM").fill({"Nama": name}).submit().path


def test_a_unit_is_registered_from_its_village(desk: Desk, session: Session) -> None:
    page = desk.coach.get("/auditees").click("Daftarkan lembaga atau unit")
    page = page.form("Cari").fill({"Cari wilayah": "karang tengah"}).submit()
    page = page.click("Karang Tengah")
    assert page.h1 == "Daftarkan unit IBM"
    assert "Wilayah ini dilayani BNNK Banyumas." in page.text
    page = page.form("Daftarkan unit IBM").fill({"Nama": "IBM Tengah Sehat"}).submit()
    assert page.h1 == "IBM Tengah Sehat"
    unit = session.scalars(select(Auditee)).one()
    assert set(unit.tags) == {"desa", "unit-baru"}
    assert unit.responsible_office_id == desk.office.id


def test_a_site_comes_with_its_body_and_services_in_one_act(desk: Desk, session: Session) -> None:
    page = desk.coach.get("/auditees/new", query={"kind": "site", "q": "banyumas"})
    page = page.click("Kabupaten Banyumas")
    before = session.scalars(select(func.count()).select_from(JournalEntry)).one()
    page = (
        page.form("Daftarkan lembaga")
        .fill(
            {
                "Nama": "Rumah Pulih Serayu",
                "Badan yang menaungi": "Yayasan Serayu",
                "Bentuk badan": "Yayasan",
                "Pengelola": "Yayasan atau komponen masyarakat",
                "tags": ["sosial"],
                "services": ["rawat-inap"],
                "Tempat rawat inap": "20",
            }
        )
        .submit()
    )
    assert "20 tempat" in page.text
    assert session.scalars(select(func.count()).select_from(JournalEntry)).one() == before + 1
    page = desk.coach.get("/auditees/new/site/33.02")
    page = (
        page.form("Daftarkan lembaga")
        .fill(
            {
                "Nama": "Wisma Baru",
                "Badan yang menaungi": "yayasan serayu",
                "Pengelola": "Yayasan atau komponen masyarakat",
            }
        )
        .submit()
    )
    assert page.h1 == "Wisma Baru"
    assert session.scalars(select(func.count()).select_from(Entity)).one() == 1


def test_one_that_may_be_the_same_is_offered_before_a_second_one_is_made(
    desk: Desk, session: Session
) -> None:
    _unit(desk)
    page = desk.coach.get("/auditees/new/unit/33.02.22.2007")
    answer = page.form("Daftarkan unit IBM").fill({"Nama": "IBM Tengahsehat"}).submit(status=400)
    assert "IBM Tengah Sehat" in answer.links()
    assert answer.errors == ["Periksa dulu yang sudah terdaftar. Bila ini yang lain, beri tanda."]
    page = answer.form("Daftarkan unit IBM").fill({"separate": True}).submit()
    assert page.h1 == "IBM Tengahsehat"
    assert session.scalars(select(func.count()).select_from(Auditee)).one() == 2


@pytest.mark.parametrize(
    ("data", "error"),
    [
        ({"name": ""}, "Isi nama lembaga atau unit."),
        ({"name": "A", "agency": "entah", "responsible_office": "own"}, "Pilih pengelolanya."),
        ({"name": "A", "agency": "desa", "responsible_office": "x"}, "Pilih kantor penanggung"),
        (
            {"name": "A", "agency": "desa", "tags": "tc", "responsible_office": "own"},
            "Pilih dari daftar ciri.",
        ),
    ],
)
def test_odd_entries_are_refused_in_words(desk: Desk, data: dict[str, str], error: str) -> None:
    if data.get("responsible_office") == "own":
        data = data | {"responsible_office": desk.office.id}
    answer = desk.coach.post("/auditees/new/unit/33.02.22.2007", data, status=400)
    assert any(error in each for each in answer.errors), answer.errors


@pytest.mark.parametrize(
    "place", ["unit/33.02", "site/33.02.22.2007", "site/99.99", "camp/33.02", "unit/%20"]
)
def test_a_place_of_the_wrong_kind_is_no_place(desk: Desk, place: str) -> None:
    desk.coach.get(f"/auditees/new/{place}", status=404)


def test_another_office_is_not_given_auditees_by_who_does_not_keep_its_own(
    desk: Desk, session: Session
) -> None:
    data = {
        "name": "IBM Titipan",
        "agency": "desa",
        "responsible_office": desk.other.id,
    }
    desk.coach.post("/auditees/new/unit/33.02.22.2007", data, status=400)
    assert session.scalars(select(func.count()).select_from(Auditee)).one() == 0


def test_tags_are_ticked_with_their_meaning(desk: Desk, session: Session) -> None:
    page = desk.coach.get(_unit(desk)).click("Ubah ciri")
    assert "tetap memakai ciri saat dibuka" in page.text
    assert "Di desa" in page.text
    page = (
        page.form("Simpan ciri")
        .fill({"tags": ["unit-berkelanjutan"], "Alasan": "Tahun kedua"})
        .submit()
    )
    assert "Ciri sudah disimpan." in page.flashes
    assert set(session.scalars(select(Auditee)).one().tags) == {"desa", "unit-berkelanjutan"}


def test_facts_place_and_office_change_from_the_page(desk: Desk) -> None:
    where = _unit(desk)
    page = desk.coach.get(f"{where}/edit")
    page = page.form("Simpan").fill({"Nama": "IBM Sehat", "Alamat": "Balai desa"}).submit()
    assert page.h1 == "IBM Sehat"
    page = desk.coach.get(f"{where}/place", query={"q": "arcawinangun"})
    page = page.form("Simpan wilayah").submit()
    assert "Arcawinangun" in page.text
    page = page.click("Alihkan Kantor penanggung jawab")
    page = (
        page.form("Alihkan")
        .fill({"Kantor yang menerima": "BNNK Purbalingga", "Alasan": "Perbatasan"})
        .submit()
    )
    assert page.h1 == "Lembaga dan unit"
    assert "Kantor Anda tidak melihatnya lagi." in page.flashes[0]
    desk.coach.get(where, status=404)


def test_the_receiving_office_sees_from_whom_and_why(
    desk: Desk, session: Session, clock: StandingClock, as_person: AsPerson
) -> None:
    where = _unit(desk)
    desk.coach.get(f"{where}/hand-over").form("Alihkan").fill(
        {"Kantor yang menerima": "BNNK Purbalingga", "Alasan": "Perbatasan"}
    ).submit()
    coach = builders.make_person(session, clock, role=Role.coach, office=desk.other)
    page = as_person(coach).get(where)
    assert "BNNK Banyumas → BNNK Purbalingga 21 Nov 2026 Perbatasan" in page.text


def test_closing_and_opening_again(desk: Desk) -> None:
    where = _unit(desk)
    page = desk.coach.get(where).click("Tutup lembaga atau unit")
    page = page.form("Tutup").fill({"Alasan": "Bubar"}).submit()
    assert "Ditutup 21 Nov 2026" in page.text
    assert "Buka penilaian" not in page.links()
    page = page.click("Buka lagi lembaga atau unit")
    page = page.form("Buka lagi").fill({"Alasan": "Keliru"}).submit()
    assert "Sudah dibuka lagi." in page.flashes


def test_who_only_sees_an_auditee_finds_no_way_to_change_it(
    desk: Desk, session: Session, clock: StandingClock, as_person: AsPerson
) -> None:
    where = _unit(desk)
    checker = builders.make_person(session, clock, role=Role.checker, office=desk.office)
    browser = as_person(checker)
    links = browser.get(where).links()
    assert not {name for name in links if name.startswith(("Ubah", "Alihkan", "Tutup"))}
    assert "Daftarkan lembaga atau unit" not in browser.get("/auditees").links()
    browser.get(f"{where}/edit", status=403)
