"""Home by role: what waits, in the order of urgency; what runs; what is new."""

from collections.abc import Callable
from datetime import timedelta

from sqlalchemy import Engine, event, select
from sqlalchemy.orm import Session

from assessor.access.actor import SYSTEM, Role
from assessor.accounts.models import Person, Position
from assessor.accounts.services import end_position
from assessor.assessments.models import Assessment, Kind
from assessor.assessments.queries import asked_items
from assessor.instruments.queries import get_checklist
from tests import audits, builders
from tests.client import Page, PageClient
from tests.conftest import StandingClock

AsPerson = Callable[[Person], PageClient]


def required(session: Session, audit: Assessment) -> tuple[str, ...]:
    asked = asked_items(get_checklist(session, audit.edition), audit)
    return tuple(item.id for item in asked.values() if item.citation.value == "required")


def fill(session: Session, clock: StandingClock, scene: audits.Scene, audit: Assessment) -> None:
    audits.score(session, clock, scene, audit, unmet=required(session, audit))


def tasks(page: Page, label: str = "Perlu Anda kerjakan") -> list[str]:
    """The titles of a list of tasks."""
    for element in page.tree.iter("ul"):
        if element.get("aria-label") == label:
            links = (each for each in element.iter("a"))
            return [" ".join("".join(each.itertext()).split()) for each in links]
    return []


def test_somebody_not_signed_in_learns_where_to_go(client: PageClient) -> None:
    page = client.get("/")
    assert page.h1 == "Asesor 8807"
    assert page.links()["Masuk ke akun Anda"] == "/sign-in"
    assert page.links()["Periksa keaslian laporan"] == "/check"


def test_who_has_nothing_to_do_is_told_so_kindly(
    session: Session, clock: StandingClock, as_person: AsPerson
) -> None:
    for role in (Role.privacy, Role.observer, Role.administrator, Role.checker):
        person = builders.make_person(session, clock, name="Melati Putri", role=role)
        page = as_person(person).get("/")
        assert page.h1 == "Selamat siang, Melati"
        assert "Tidak ada yang perlu Anda lakukan." in page.text
    page = as_person(builders.make_person(session, clock)).get("/")
    assert "Anda belum memegang jabatan." in page.text


def test_the_greeting_goes_by_the_readers_own_clock(
    session: Session, clock: StandingClock, as_person: AsPerson
) -> None:
    person = builders.make_person(session, clock, name="Sari", role=Role.coach)
    clock.forward(hours=11)  # 23.00 WIB
    browser = as_person(person)
    assert browser.get("/").h1 == "Selamat malam, Sari"


def test_an_assessor_sees_what_to_fill_in_the_order_of_urgency(
    session: Session, clock: StandingClock, as_person: AsPerson
) -> None:
    scene = audits.make_scene(session, clock)
    first = audits.open_audit(session, clock, scene)
    kenari = scene.site
    scene.site = builders.make_site(
        session, clock, office=scene.office, name="Panti Cempaka", tags=audits.TAGS
    )
    clock.forward(hours=48)
    second = audits.open_audit(session, clock, scene, kind=Kind.baseline)
    fill(session, clock, scene, second)
    page = as_person(scene.people["assessor"]).get("/")
    assert tasks(page) == ["Mulai mengisi: Rumah Kenari", "Periksa dan kirim: Panti Cempaka"]
    links = page.links()
    assert links["Mulai mengisi: Rumah Kenari"] == f"/assessments/{first.id}/checklist"
    assert links["Periksa dan kirim: Panti Cempaka"] == f"/assessments/{second.id}/submit"
    assert page.text.startswith("Selamat siang, Orang 2 hal menunggu Anda.")
    clock.forward(hours=24 * 40)
    page = as_person(scene.people["assessor"]).get("/")
    assert "2 sudah lewat batas waktunya." in page.text
    assert "terlambat" in page.text
    assert tasks(as_person(builders.make_person(session, clock, role=Role.assessor)).get("/")) == []
    assert kenari.name == "Rumah Kenari"


def test_the_checker_checks_then_the_directorate_verifies_the_longest_waiting_first(
    session: Session, clock: StandingClock, as_person: AsPerson
) -> None:
    scene = audits.make_scene(session, clock)
    late = audits.open_audit(session, clock, scene)
    fill(session, clock, scene, late)
    audits.submit(session, clock, scene, late)
    clock.forward(hours=24 * 9)
    young = audits.open_audit(session, clock, scene, kind=Kind.baseline)
    fill(session, clock, scene, young)
    audits.submit(session, clock, scene, young)
    page = as_person(scene.people["verifier"]).get("/")
    assert tasks(page) == []  # not before somebody has checked them
    assert tasks(page, "Sedang berjalan") == ["Rumah Kenari"] * 2
    page = as_person(scene.people["checker"]).get("/")
    assert tasks(page) == ["Periksa: Rumah Kenari"] * 2
    audits.check(session, clock, scene, young)
    audits.check(session, clock, scene, late)
    page = as_person(scene.people["checker"]).get("/")
    assert tasks(page) == []
    assert tasks(page, "Sedang berjalan") == ["Rumah Kenari"] * 2
    page = as_person(scene.people["verifier"]).get("/")
    assert tasks(page) == ["Verifikasi: Rumah Kenari"] * 2
    assert page.text.index(late.reference) < page.text.index(young.reference)
    assert "menunggu 9 hari" in page.text
    assert "lewat batas" not in page.text
    assert tasks(page, "Sedang berjalan") == []
    page = as_person(scene.people["assessor"]).get("/")
    assert tasks(page) == ["Unggah berita acara bertanda tangan: Rumah Kenari"]
    assert tasks(page, "Sedang berjalan") == ["Rumah Kenari"] * 2


def test_an_institution_begins_then_answers_its_findings(
    session: Session, clock: StandingClock, as_person: AsPerson
) -> None:
    scene = audits.make_scene(session, clock)
    institution = as_person(scene.people["institution"])
    page = institution.get("/")
    assert tasks(page) == ["Mulai penilaian mandiri: Rumah Kenari"]
    own = audits.open_audit(session, clock, scene, kind=Kind.self)
    assert tasks(institution.get("/")) == ["Mulai mengisi: Rumah Kenari"]
    fill(session, clock, scene, own)
    audits.submit(session, clock, scene, own)
    page = institution.get("/")
    assert tasks(page) == []
    assert tasks(page, "Yang baru") == ["Rumah Kenari"]
    coach = as_person(scene.people["coach"])
    page = coach.get("/")
    assert tasks(page) == ["Buka penilaian: Rumah Kenari"]
    assert page.links()["Buka penilaian: Rumah Kenari"] == (
        f"/auditees/{scene.site.id}/assessments/new"
    )
    clock.forward(seconds=1)
    audit = audits.open_audit(session, clock, scene)
    assert tasks(coach.get("/")) == ["Catat surat tugas: Rumah Kenari"]
    audits.assign(session, clock, scene, audit)
    assert tasks(coach.get("/")) == []
    fill(session, clock, scene, audit)
    audits.submit(session, clock, scene, audit)
    assert tasks(institution.get("/")) == []  # answered once it stands
    audits.seal(session, clock, scene, audit)
    page = institution.get("/")
    assert len(tasks(page)) == 1
    assert tasks(page)[0].startswith("Tanggapi ")
    assert tasks(coach.get("/")) == []  # the institution answers for itself
    position = session.execute(
        select(Position).where(Position.role == Role.institution)
    ).scalar_one()
    end_position(session, SYSTEM, clock, position_id=position.id)
    assert tasks(coach.get("/"))[0].startswith("Tanggapi ")


def test_what_is_new_grows_old(session: Session, clock: StandingClock, as_person: AsPerson) -> None:
    scene = audits.make_scene(session, clock)
    own = audits.open_audit(session, clock, scene, kind=Kind.self)
    fill(session, clock, scene, own)
    audits.submit(session, clock, scene, own)
    assert tasks(as_person(scene.people["verifier"]).get("/"), "Yang baru") == ["Rumah Kenari"]
    clock.set(clock.now + timedelta(days=61))
    assert tasks(as_person(scene.people["verifier"]).get("/"), "Yang baru") == []


def test_home_asks_as_much_for_many_as_for_few(
    session: Session, clock: StandingClock, as_person: AsPerson, engine: Engine
) -> None:
    scene = audits.make_scene(session, clock)
    statements: list[str] = []

    def note(_conn: object, _cursor: object, statement: str, *_rest: object) -> None:
        statements.append(statement)

    def asked() -> dict[str, int]:
        found = {}
        for name in ("assessor", "coach", "checker", "verifier", "institution"):
            browser = as_person(scene.people[name])
            browser.get("/")
            statements.clear()
            browser.get("/")
            found[name] = len(statements)
        return found

    def grow(count: int) -> None:
        for _each in range(count):
            audit = audits.open_audit(session, clock, scene)
            fill(session, clock, scene, audit)
            audits.submit(session, clock, scene, audit)
            if _each % 2:
                audits.seal(session, clock, scene, audit)
            scene.site = builders.make_site(session, clock, office=scene.office, tags=audits.TAGS)
            audits.open_audit(session, clock, scene, kind=Kind.baseline)

    event.listen(engine, "before_cursor_execute", note)
    try:
        grow(2)
        few = asked()
        grow(6)
        assert asked() == few
        assert max(few.values()) <= 14, few
    finally:
        event.remove(engine, "before_cursor_execute", note)
