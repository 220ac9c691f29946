"""What do the list of auditees and the page of one show to whom?"""

from collections.abc import Callable

import pytest
from sqlalchemy import event
from sqlalchemy.orm import Session

from assessor.access.actor import SYSTEM, Role
from assessor.accounts.models import Person
from assessor.auditees.models import Agency, Auditee
from assessor.auditees.queries import PAGE_SIZE
from assessor.auditees.registering import (
    NewSite,
    NewUnit,
    Offered,
    register_entity,
    register_site,
    register_unit,
)
from assessor.organization.models import Office, OfficeKind
from tests.assessor.organization.places import Clock, add_territories
from tests.builders import make_office, make_person
from tests.client import Page, PageClient

AsPerson = Callable[[Person], PageClient]


@pytest.fixture
def centre(session: Session, clock: Clock) -> Office:
    add_territories(session, clock)
    return make_office(session, clock, name="BNN Pusat")


@pytest.fixture
def java(session: Session, clock: Clock, centre: Office) -> Office:
    return make_office(session, clock, kind=OfficeKind.bnnp, name="BNNP Jawa Tengah", parent=centre)


@pytest.fixture
def papua(session: Session, clock: Clock, centre: Office) -> Office:
    return make_office(
        session, clock, kind=OfficeKind.bnnp, name="BNNP Papua Tengah", parent=centre
    )


@pytest.fixture
def site(session: Session, clock: Clock, java: Office) -> Auditee:
    entity = register_entity(session, SYSTEM, clock, name="Yayasan Pulih", legal_form="Yayasan")
    return register_site(
        session,
        SYSTEM,
        clock,
        new=NewSite(
            entity_id=entity.id,
            name="Rumah Pulih <Banyumas>",
            regency_code="33.02",
            agency=Agency.foundation,
            tags=("sosial", "tc"),
            services=(Offered("rawat-inap", 20), Offered("rawat-jalan")),
            address="Jalan Contoh 1",
            responsible_office_id=java.id,
        ),
    )


def _units(session: Session, clock: Clock, office: Office, count: int) -> list[Auditee]:
    return [
        register_unit(
            session,
            SYSTEM,
            clock,
            new=NewUnit(
                name=f"IBM Unit {number}",
                village_code="33.02.22.2007",
                responsible_office_id=office.id,
            ),
        )
        for number in range(count)
    ]


@pytest.fixture
def director(session: Session, clock: Clock, as_person: AsPerson, centre: Office) -> PageClient:
    return as_person(make_person(session, clock, role=Role.directorate, office=centre))


def _lines(page: Page) -> list[str]:
    return ["".join(row.itertext()) for body in page.tree.iter("tbody") for row in body.iter("tr")]


def test_the_page_says_what_it_is_and_who_is_responsible(
    director: PageClient, site: Auditee
) -> None:
    page = director.get(f"/auditees/{site.id}")
    assert page.h1 == "Rumah Pulih <Banyumas>"
    for words in (
        "Lembaga · LBG-0001",
        "Kabupaten Banyumas, Jawa Tengah",
        "Yayasan Pulih",
        "BNNP Jawa Tengah",
        "Rawat inap 20 tempat",
        "Rawat jalan tanpa batas tempat",
        "Komunitas terapeutik (TC)",
        "Komponen masyarakat",
        "Jalan Contoh 1",
        "Terdaftar sejak 21 Nov 2026",
        "Belum ada penilaian",
        "WIB",
    ):
        assert words in page.text, words
    assert "ODbL" in page.text


def test_a_unit_names_its_village(
    session: Session, clock: Clock, director: PageClient, java: Office
) -> None:
    (unit,) = _units(session, clock, java, 1)
    page = director.get(f"/auditees/{unit.id}")
    assert "Karang Tengah, Baturraden, Kabupaten Banyumas, Jawa Tengah" in page.text
    assert "Unit baru" in page.text


def test_a_stranger_finds_nothing_at_the_address(
    session: Session, clock: Clock, as_person: AsPerson, site: Auditee, papua: Office
) -> None:
    stranger = as_person(make_person(session, clock, role=Role.coach, office=papua))
    stranger.get(f"/auditees/{site.id}", status=404)
    stranger.get("/auditees/nothing", status=404)
    assert "Belum ada lembaga atau unit" in stranger.get("/auditees").text


@pytest.mark.parametrize(
    ("role", "act"),
    [
        (Role.coach, "Buka penilaian"),
        (Role.checker, None),
        (Role.directorate, "Buka penilaian"),
        (Role.institution, "Mulai penilaian mandiri"),
    ],
)
def test_the_page_offers_what_one_may_begin(
    session: Session,
    clock: Clock,
    as_person: AsPerson,
    site: Auditee,
    java: Office,
    role: Role,
    act: str | None,
) -> None:
    at_auditee = role is Role.institution
    person = make_person(
        session,
        clock,
        role=role,
        office=None if at_auditee else java,
        auditee=site if at_auditee else None,
    )
    links = as_person(person).get(f"/auditees/{site.id}").links()
    offered = {"Buka penilaian", "Mulai penilaian mandiri"} & set(links)
    assert offered == ({act} if act else set())


def test_an_institution_sees_itself_and_no_filter(
    session: Session, clock: Clock, as_person: AsPerson, site: Auditee, java: Office
) -> None:
    _units(session, clock, java, 12)
    own = as_person(make_person(session, clock, role=Role.institution, auditee=site))
    page = own.get("/auditees")
    assert len(_lines(page)) == 1
    assert "Terapkan" not in page.text


def test_an_assessor_without_work_is_told_why_the_list_is_empty(
    session: Session, clock: Clock, as_person: AsPerson, site: Auditee, java: Office
) -> None:
    page = as_person(make_person(session, clock, role=Role.assessor, office=java)).get("/auditees")
    assert "setelah Anda ditugaskan" in page.text


def test_whoever_needs_no_auditee_is_told_so(
    session: Session, clock: Clock, as_person: AsPerson, site: Auditee, centre: Office
) -> None:
    page = as_person(make_person(session, clock, role=Role.privacy, office=centre)).get("/auditees")
    assert "Peran Anda tidak memerlukan" in page.text


def test_the_list_is_searched_and_narrowed(
    session: Session, clock: Clock, director: PageClient, site: Auditee, java: Office
) -> None:
    _units(session, clock, java, 12)
    page = director.get("/auditees")
    assert "13 lembaga atau unit" in page.text
    page = page.form("Terapkan").fill({"Nama": "rumahpulih"}).submit()
    assert len(_lines(page)) == 1
    page = page.click("Hapus saringan “rumahpulih”")
    page = page.form("Terapkan").fill({"Jenis": "Unit IBM", "Provinsi": "Jawa Tengah"}).submit()
    assert len(_lines(page)) == 12
    page = page.form("Terapkan").fill({"Kabupaten atau kota": "Kabupaten Purbalingga"}).submit()
    assert "Tidak ada yang cocok" in page.text
    page = page.click("Hapus saringan Jawa Tengah")
    assert len(_lines(page)) == 12
    page = page.click("Hapus semua")
    assert len(_lines(page)) == 13


def test_what_is_searched_for_stays_text(director: PageClient, site: Auditee) -> None:
    page = director.get("/auditees", query={"q": "<script>alert(1)</script>"})
    assert "Tidak ada yang cocok" in page.text


@pytest.mark.parametrize(
    "query",
    [
        {"kind": "nothing"},
        {"agency": "'"},
        {"province": "99"},
        {"regency": "33.02"},
        {"at": "nonsense"},
        {"at": "a..."},
        {"q": "%"},
    ],
)
def test_a_strange_address_means_no_filter(
    director: PageClient, site: Auditee, query: dict[str, str]
) -> None:
    assert len(_lines(director.get("/auditees", query=query))) == 1


def test_one_goes_on_and_back(
    session: Session, clock: Clock, director: PageClient, java: Office
) -> None:
    _units(session, clock, java, PAGE_SIZE + 3)
    first = director.get("/auditees", query={"kind": "unit"})
    second = first.click("Berikutnya")
    assert [len(_lines(page)) for page in (first, second)] == [PAGE_SIZE, 3]
    assert "Berikutnya" not in second.links()
    back = second.click("Sebelumnya")
    assert _lines(back) == _lines(first)
    assert "Sebelumnya" not in back.links()


def test_the_list_takes_as_many_queries_for_fifty_as_for_one(
    session: Session, clock: Clock, director: PageClient, java: Office
) -> None:
    statements: list[str] = []

    def note(*arguments: object) -> None:
        statements.append(str(arguments[2]))

    counted = []
    engine = session.get_bind()
    for more in (1, 60):
        _units(session, clock, java, more)
        director.get("/auditees")
        statements.clear()
        event.listen(engine, "before_cursor_execute", note)
        director.get("/auditees")
        event.remove(engine, "before_cursor_execute", note)
        counted.append(len([each for each in statements if each.startswith("SELECT")]))
    assert counted[0] == counted[1] <= 5


def test_whoever_is_not_signed_in_is_asked_to(client: PageClient, site: Auditee) -> None:
    for path in ("/auditees", f"/auditees/{site.id}"):
        assert client.request("GET", path).status_code == 303
