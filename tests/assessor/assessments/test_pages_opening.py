"""Opening, cancelling and finding assessments in the browser."""

from collections.abc import Callable

from sqlalchemy import select
from sqlalchemy.orm import Session

from assessor.access.actor import SYSTEM, Role
from assessor.accounts.models import Person
from assessor.assessments.models import Assessment, Exemption, Kind, Status, TeamMember, TeamRole
from assessor.auditees.models import Agency
from assessor.auditees.registering import NewSite, register_site
from tests import audits, builders
from tests.client import PageClient
from tests.conftest import StandingClock

AsPerson = Callable[[Person], PageClient]


def latest(session: Session) -> Assessment:
    return session.execute(
        select(Assessment).order_by(Assessment.reference.desc()).limit(1)
    ).scalar_one()


def test_a_coach_opens_an_assessment_for_a_team(
    session: Session, clock: StandingClock, as_person: AsPerson
) -> None:
    scene = audits.make_scene(session, clock)
    page = as_person(scene.people["coach"]).get(f"/auditees/{scene.site.id}/assessments/new")
    assert "Instrumen kerja, belum disahkan" in page.text
    assert "Penilaian mandiri" not in page.text
    page = (
        page.form("Buka penilaian")
        .fill(
            kind="evaluation",
            lead=scene.people["assessor"].id,
            members=[scene.people["assessor2"].id],
            visit_on="2026-11-20",
        )
        .submit()
    )
    assert page.flashes == ["Penilaian NILAI-2026-0001 sudah dibuka."]
    assert page.h1 == "Rumah Kenari"
    opened = latest(session)
    assert (opened.kind, opened.status, opened.mode) == ("evaluation", "draft", "on_site")
    roles = {row.person_id: row.role for row in session.execute(select(TeamMember)).scalars()}
    assert roles == {
        scene.people["assessor"].id: TeamRole.lead,
        scene.people["assessor2"].id: TeamRole.member,
    }


def test_what_is_wrong_is_said_beside_the_field_and_what_was_chosen_stays(
    session: Session, clock: StandingClock, as_person: AsPerson
) -> None:
    scene = audits.make_scene(session, clock)
    coach = as_person(scene.people["coach"])
    page = coach.get(f"/auditees/{scene.site.id}/assessments/new")
    page = page.form("Buka penilaian").fill(mode="online", visit_on="2026-11-20").submit(status=400)
    assert page.errors == ["Pilih jenis penilaian.", "Pilih ketua tim penilai."]
    form = page.form("Buka penilaian")
    assert (form.value("mode"), form.value("visit_on")) == ("online", "2026-11-20")
    page = form.fill(
        kind="evaluation", lead=scene.people["assessor"].id, visit_on="2026-11-22"
    ).submit(status=400)
    assert page.errors == ["Tanggal kunjungan tidak boleh sesudah hari ini."]
    assert page.form("Buka penilaian").value("lead") == scene.people["assessor"].id
    forged = {"kind": "self", "mode": "on_site", "lead": scene.people["coach"].id}
    page = coach.post(f"/auditees/{scene.site.id}/assessments/new", forged, status=400)
    assert page.errors == ["Pilih jenis penilaian.", "Pilih ketua tim penilai."]
    assert session.execute(select(Assessment.id)).first() is None


def test_a_second_of_the_same_kind_names_the_one_that_runs(
    session: Session, clock: StandingClock, as_person: AsPerson
) -> None:
    scene = audits.make_scene(session, clock)
    audits.open_audit(session, clock, scene)
    page = as_person(scene.people["coach"]).get(f"/auditees/{scene.site.id}/assessments/new")
    page = (
        page.form("Buka penilaian")
        .fill(kind="evaluation", lead=scene.people["assessor"].id)
        .submit(status=400)
    )
    assert page.errors == [
        "Penilaian sejenis masih berjalan: NILAI-2026-0001. Selesaikan dulu yang itu."
    ]


def test_a_lead_of_the_operating_office_needs_a_reason(
    session: Session, clock: StandingClock, as_person: AsPerson
) -> None:
    scene = audits.make_scene(session, clock)
    site = register_site(
        session,
        SYSTEM,
        clock,
        new=NewSite(
            entity_id=scene.site.entity_id or "",
            name="Klinik Kantor",
            regency_code="34.04",
            agency=Agency.bnn,
            tags=("medis", "rawat-inap", "rawat-jalan", "sosial"),
            operating_office_id=scene.office.id,
            responsible_office_id=scene.office.id,
        ),
    )
    coach = as_person(scene.people["coach"])
    page = coach.get(f"/auditees/{site.id}/assessments/new")
    assert "Alasan pengecualian" not in page.text
    page = (
        page.form("Buka penilaian")
        .fill(kind="baseline", lead=scene.people["assessor"].id)
        .submit(status=400)
    )
    assert len(page.errors) == 1
    assert page.errors[0].startswith("Orang dari kantor yang menjalankan lembaga ini tidak boleh")
    page = page.form("Buka penilaian").fill(exempt_reason="Satu-satunya penilai.").submit()
    assert page.flashes
    assert "Pengecualian independensi" in page.text
    assert "Satu-satunya penilai." in page.text
    kept = session.execute(select(Exemption)).scalar_one()
    assert kept.rule == "not_of_operating_office"


def test_an_institution_begins_its_self_assessment_with_one_button(
    session: Session, clock: StandingClock, as_person: AsPerson
) -> None:
    scene = audits.make_scene(session, clock)
    institution = as_person(scene.people["institution"])
    page = institution.get(f"/auditees/{scene.site.id}/assessments/new")
    assert "14 hari" in page.text
    page = page.form("Mulai penilaian mandiri").submit()
    opened = latest(session)
    assert (opened.kind, opened.status) == (Kind.self, Status.draft)
    assert page.path == f"/assessments/{opened.id}/checklist"
    page = institution.get(f"/auditees/{scene.site.id}/assessments/new")
    assert page.links()["Lanjutkan penilaian mandiri"] == f"/assessments/{opened.id}"
    page = institution.post(f"/auditees/{scene.site.id}/assessments/new", status=409)
    assert "Penilaian sejenis masih berjalan: NILAI-2026-0001." in page.text


def test_others_do_not_open(session: Session, clock: StandingClock, as_person: AsPerson) -> None:
    scene = audits.make_scene(session, clock)
    audits.open_audit(session, clock, scene)
    far = builders.make_person(
        session, clock, role=Role.coach, office=builders.make_office(session, clock)
    )
    path = f"/auditees/{scene.site.id}/assessments/new"
    assert (
        "Peran Anda tidak melakukan"
        in as_person(scene.people["checker"]).get(path, status=403).text
    )
    as_person(scene.people["assessor"]).get(path, status=403)
    as_person(far).get(path, status=404)


def test_what_was_opened_by_mistake_is_cancelled_while_nothing_is_scored(
    session: Session, clock: StandingClock, as_person: AsPerson
) -> None:
    scene = audits.make_scene(session, clock)
    mistaken = audits.open_audit(session, clock, scene)
    coach = as_person(scene.people["coach"])
    page = coach.get(f"/assessments/{mistaken.id}").form("Batalkan penilaian").submit()
    assert page.flashes == ["Penilaian ini sudah dibatalkan."]
    session.refresh(mistaken)
    assert mistaken.status is Status.cancelled
    again = audits.open_audit(session, clock, scene)
    audits.score(session, clock, scene, again)
    assert "Batalkan penilaian" not in coach.get(f"/assessments/{again.id}").text
    page = coach.post(f"/assessments/{again.id}/cancel", status=400)
    assert "Hanya penilaian yang belum diisi dapat dibatalkan." in page.text
    as_person(scene.people["assessor"]).post(f"/assessments/{again.id}/cancel", status=403)


def test_the_visit_is_declared_by_the_team(
    session: Session, clock: StandingClock, as_person: AsPerson
) -> None:
    scene = audits.make_scene(session, clock)
    audit = audits.open_audit(session, clock, scene)
    lead = as_person(scene.people["assessor"])
    form = lead.get(f"/assessments/{audit.id}").form("Simpan tanggal")
    page = form.fill(visit_on="2026-11-22").submit(status=400)
    assert page.errors == ["Tanggal kunjungan tidak boleh sesudah hari ini."]
    assert page.form("Simpan tanggal").value("visit_on") == "2026-11-22"
    page = page.form("Simpan tanggal").fill(visit_on="2026-11-19").submit()
    assert page.flashes == ["Tanggal kunjungan sudah dicatat."]
    assert "19 Nov 2026" in page.text
    coach = as_person(scene.people["coach"])
    assert "Simpan tanggal" not in coach.get(f"/assessments/{audit.id}").text


# ---- the list ----


def test_the_list_shows_what_one_may_see(
    session: Session, clock: StandingClock, as_person: AsPerson
) -> None:
    scene = audits.make_scene(session, clock)
    audits.open_audit(session, clock, scene)
    audits.open_audit(session, clock, scene, kind=Kind.self)
    seen = {
        "assessor": {"NILAI-2026-0001"},
        "coach": {"NILAI-2026-0001", "NILAI-2026-0002"},
        "verifier": {"NILAI-2026-0001", "NILAI-2026-0002"},
        "institution": {"NILAI-2026-0002"},  # what others write is shown once it is handed over
    }
    for name, references in seen.items():
        text = as_person(scene.people[name]).get("/assessments").text
        for reference in ("NILAI-2026-0001", "NILAI-2026-0002"):
            assert (reference in text) == (reference in references), (name, reference)
    idle = builders.make_person(session, clock, role=Role.assessor, office=scene.office)
    page = as_person(idle).get("/assessments")
    assert "Penilaian muncul di sini setelah Anda ditugaskan" in page.text


def test_the_list_is_narrowed_and_found(
    session: Session, clock: StandingClock, as_person: AsPerson
) -> None:
    scene = audits.make_scene(session, clock)
    other = builders.make_site(session, clock, office=scene.office, name="Panti Cempaka")
    audits.open_audit(session, clock, scene)
    scene.site = other
    audits.open_audit(session, clock, scene, kind=Kind.baseline)
    coach = as_person(scene.people["coach"])

    def found(query: str) -> set[str]:
        text = coach.get(f"/assessments?{query}").text
        return {name for name in ("Rumah Kenari", "Panti Cempaka") if name in text}

    assert found("") == {"Rumah Kenari", "Panti Cempaka"}
    assert found("q=panticempaka") == {"Panti Cempaka"}
    assert found("q=NILAI-2026-0001") == {"Rumah Kenari"}
    assert found("kind=baseline") == {"Panti Cempaka"}
    assert found("status=sealed") == set()
    assert found("year=2025") == set()
    assert found("year=2026&status=draft") == {"Rumah Kenari", "Panti Cempaka"}
    assert found("status=nonsense&year=1&kind=x&at=broken") == {"Rumah Kenari", "Panti Cempaka"}
    page = coach.get("/assessments?status=sealed")
    assert "Tidak ada yang cocok" in page.text
    assert page.click("Tampilkan semua").path == "/assessments"


def test_the_list_turns_its_pages_both_ways_with_as_many_queries(
    session: Session, clock: StandingClock, as_person: AsPerson, counted: Callable
) -> None:
    from assessor.assessments.overview import listing

    scene = audits.make_scene(session, clock)
    coach = as_person(scene.people["coach"])
    audits.open_audit(session, clock, scene)
    coach.get("/assessments")
    with counted() as few:
        coach.get("/assessments")
    for _each in range(6):
        scene.site = builders.make_site(session, clock, office=scene.office)
        clock.forward(seconds=1)
        audits.open_audit(session, clock, scene)
    before, listing.PAGE_SIZE = listing.PAGE_SIZE, 3
    try:
        with counted() as many:
            page = coach.get("/assessments")
        assert len(many) == len(few)
        assert page.text.index("NILAI-2026-0007") < page.text.index("NILAI-2026-0005")
        assert "NILAI-2026-0004" not in page.text
        page = page.click("Berikutnya")
        assert "NILAI-2026-0004" in page.text
        page = page.click("Berikutnya")
        assert "NILAI-2026-0001" in page.text
        assert "Berikutnya" not in page.links()
        page = page.click("Sebelumnya")
        assert "NILAI-2026-0003" in page.text
        page = page.click("Sebelumnya")
        assert "NILAI-2026-0007" in page.text
        assert "Sebelumnya" not in page.links()
    finally:
        listing.PAGE_SIZE = before
