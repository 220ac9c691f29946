"""Offices and service areas in the browser: who reads, who arranges, what is refused and how."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

import pytest
from sqlalchemy import Engine, event, select
from sqlalchemy.orm import Session

from assessor.access.actor import SYSTEM, Role
from assessor.accounts.models import Person
from assessor.organization.models import Office, OfficeKind, ServiceArea
from assessor.organization.queries import offices_below
from assessor.organization.services import serve_area
from tests import builders
from tests.assessor.organization.places import add_territories
from tests.client import PageClient
from tests.conftest import StandingClock

AsPerson = Callable[[Person], PageClient]


@dataclass
class House:
    """Centre, two provinces, one district; an administrator at the centre and at the district."""

    offices: dict[str, str]
    centre: PageClient
    local: PageClient


@pytest.fixture
def house(session: Session, clock: StandingClock, as_person: AsPerson) -> House:
    add_territories(session, clock)
    centre = builders.make_office(session, clock, name="BNN Pusat")
    java = builders.make_office(
        session, clock, kind=OfficeKind.bnnp, name="BNNP Jawa Tengah", parent=centre
    )
    papua = builders.make_office(
        session, clock, kind=OfficeKind.bnnp, name="BNNP Papua Tengah", parent=centre
    )
    banyumas = builders.make_office(
        session, clock, kind=OfficeKind.bnnk, name="BNNK Banyumas", parent=java
    )
    offices = {
        "centre": centre.id,
        "java": java.id,
        "papua": papua.id,
        "banyumas": banyumas.id,
    }
    chief = builders.make_person(
        session, clock, name="Dimas Pusat", role=Role.administrator, office=centre
    )
    local = builders.make_person(
        session, clock, name="Tini Banyumas", role=Role.administrator, office=banyumas
    )
    return House(offices, as_person(chief), as_person(local))


def test_the_tree_shows_all_to_the_centre_and_the_own_part_to_an_office(house: House) -> None:
    page = house.centre.get("/offices")
    names = [name for name in page.links() if name.startswith("BNN")]
    assert names == ["BNN Pusat", "BNNP Jawa Tengah", "BNNK Banyumas", "BNNP Papua Tengah"]
    assert "Buka kantor baru" in page.links()
    own = house.local.get("/offices")
    assert [name for name in own.links() if name.startswith("BNN")] == ["BNNK Banyumas"]
    assert "Tidak ada yang perlu Anda lakukan." in own.text
    house.local.get(f"/offices/{house.offices['java']}", status=404)
    house.local.get(f"/offices/{house.offices['banyumas']}/edit", status=403)


def test_an_office_is_searched_by_any_words_of_its_name(house: House) -> None:
    page = house.centre.get("/offices", query={"q": "tengah papua"})
    assert [name for name in page.links() if name.startswith("BNN")] == ["BNNP Papua Tengah"]
    assert "Tidak ada yang cocok" in house.centre.get("/offices", query={"q": "entah"}).text


def test_the_centre_opens_an_office_and_lands_on_it(house: House, session: Session) -> None:
    page = house.centre.get("/offices").click("Buka kantor baru")
    form = page.form("Buka kantor")
    landed = form.fill(
        {
            "Kantor induk": "BNNP Jawa Tengah",
            "Nama resmi": "BNN Kabupaten Purbalingga",
            "Nama singkat": "BNNK Purbalingga",
        }
    ).submit()
    assert landed.h1 == "BNN Kabupaten Purbalingga"
    opened = session.scalars(select(Office).where(Office.name == landed.h1)).one()
    assert opened.kind is OfficeKind.bnnk
    assert opened.id in offices_below(session, house.offices["java"])


def test_what_was_typed_stays_when_the_name_is_taken(house: House) -> None:
    page = house.centre.get("/offices/new")
    answer = (
        page.form("Buka kantor")
        .fill(
            {
                "Kantor induk": "BNN Pusat",
                "Nama resmi": "BNNP Papua Tengah",
                "Nama singkat": "Papua Tengah",
            }
        )
        .submit(status=400)
    )
    assert answer.errors == [
        "Kantor dengan nama ini sudah ada. Periksa daftarnya atau pilih nama lain."
    ]
    assert 'value="Papua Tengah"' in answer.html


@pytest.mark.parametrize("parent", ["", "x", "0" * 26])
def test_a_parent_that_is_not_offered_is_refused(house: House, parent: str) -> None:
    answer = house.centre.post(
        "/offices/new",
        {"parent": parent, "name": "A1", "short_name": "A1", "time_zone": "WIB"},
        status=400,
    )
    assert answer.errors == ["Pilih kantor induk."]


def test_an_office_is_renamed_moved_closed_and_opened_again(house: House, session: Session) -> None:
    page = house.centre.get(f"/offices/{house.offices['papua']}").click("Ubah nama dan waktu")
    page = (
        page.form("Simpan").fill({"Nama resmi": "BNNP Papua T.", "Waktu setempat": "WIT"}).submit()
    )
    assert page.h1 == "BNNP Papua T."
    page = house.centre.get(f"/offices/{house.offices['banyumas']}")
    moved = page.click("Pindahkan ke induk lain").form("Pindahkan kantor")
    page = moved.fill({"Kantor induk yang baru": "BNNP Papua T.", "Alasan": "SK contoh 2"}).submit()
    assert "Kantor sudah dipindahkan." in page.flashes
    assert house.offices["banyumas"] in offices_below(session, house.offices["papua"])
    page = page.click("Tutup kantor")
    answer = page.form("Tutup kantor").fill({"Alasan": "Digabung"}).submit(status=400)
    assert "1 jabatan" in answer.errors[0]
    page = house.centre.get(f"/offices/{house.offices['java']}").click("Tutup kantor")
    page = page.form("Tutup kantor").fill({"Alasan": "Digabung"}).submit()
    assert "Ditutup 21 Nov 2026" in page.text
    page = page.click("Buka lagi kantor ini")
    page = page.form("Buka lagi kantor").fill({"Alasan": "Keliru"}).submit()
    assert "Kantor sudah dibuka lagi." in page.flashes


def test_a_territory_is_searched_chosen_and_served_until_it_ends(
    house: House, session: Session
) -> None:
    where = f"/offices/{house.offices['banyumas']}"
    page = house.centre.get(where).click("Tambah wilayah layanan")
    assert "Cari wilayahnya dulu" in page.text
    page = house.centre.get(f"{where}/areas/new", query={"q": "banyumas"})
    page = page.form("Tambah wilayah layanan").submit()
    assert "Wilayah layanan sudah ditambahkan." in page.flashes
    area = session.scalars(select(ServiceArea)).one()
    assert (area.territory_code, area.valid_from) == ("33.02", date(2026, 11, 21))
    page = page.click("Akhiri Kabupaten Banyumas")
    page = (
        page.form("Akhiri layanan")
        .fill({"Tidak melayani lagi sejak tanggal": "2026-12-01"})
        .submit()
    )
    assert "1 Des 2026" in page.text


@pytest.mark.parametrize(
    ("data", "error"),
    [
        ({"territory": "33.02", "valid_from": "kemarin"}, "Isi tanggal lengkap"),
        ({"territory": "33.02", "valid_from": ""}, "Isi tanggal layanan ini dimulai."),
        ({"territory": "94.01", "valid_from": "2026-01-01"}, "Cari dan pilih wilayahnya."),
        (
            {"territory": "33.02", "valid_from": "2026-02-01", "valid_to": "2026-01-01"},
            "Tanggal akhir layanan harus sesudah tanggal mulainya.",
        ),
    ],
)
def test_odd_dates_and_territories_are_refused_in_words(
    house: House, data: dict[str, str], error: str
) -> None:
    address = f"/offices/{house.offices['banyumas']}/areas/new?q=banyumas"
    answer = house.centre.post(address, data, status=400)
    assert any(error in each for each in answer.errors), answer.errors


def test_gaps_are_named_and_go_when_somebody_serves(
    house: House, session: Session, clock: StandingClock
) -> None:
    page = house.local.get("/service-areas")
    assert "Kabupaten Nabire, Papua Tengah tidak dilayani kantor mana pun" in page.text
    for name, code in (("java", "33"), ("papua", "94")):
        serve_area(
            session,
            SYSTEM,
            clock,
            office_id=house.offices[name],
            territory_code=code,
            valid_from=date(2026, 1, 1),
        )
    assert "Tidak ada celah dan tidak ada tumpang tindih." in house.local.get("/service-areas").text


def test_people_stand_by_role_on_the_page_of_their_office(house: House) -> None:
    page = house.centre.get(f"/offices/{house.offices['banyumas']}")
    assert "Administrator Tini Banyumas sejak 21 Nov 2026" in page.text


def test_the_number_of_queries_does_not_grow_with_the_offices(
    house: House, session: Session, clock: StandingClock, engine: Engine
) -> None:
    count = 0

    def note(*_args: object) -> None:
        nonlocal count
        count += 1

    addresses = ("/offices", f"/offices/{house.offices['java']}", "/service-areas")
    for address in addresses:
        house.centre.get(address)

    def asked(address: str) -> int:
        nonlocal count
        count = 0
        event.listen(engine, "before_cursor_execute", note)
        house.centre.get(address)
        event.remove(engine, "before_cursor_execute", note)
        return count

    before = [asked(address) for address in addresses]
    parent = session.get_one(Office, house.offices["java"])
    for number in range(6):
        below = builders.make_office(
            session, clock, kind=OfficeKind.bnnk, name=f"BNNK {number}", parent=parent
        )
        builders.make_person(session, clock, role=Role.coach, office=below)
        builders.make_person(session, clock, role=Role.coach, office=parent)
    assert [asked(address) for address in addresses] == before
