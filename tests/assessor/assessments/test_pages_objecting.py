"""Objecting, taking back and ruling in the browser; what everybody else then sees."""

from collections.abc import Callable

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from assessor.access.actor import Role
from assessor.accounts.models import Person
from assessor.assessments.models import Assessment, FindingAnswer
from assessor.assessments.objection_models import Objection, ObjectionPoint
from assessor.journal.checkpoints import load_signer
from assessor.reports.services import issue_report
from tests import audits, builders
from tests.client import PageClient
from tests.conftest import StandingClock

AsPerson = Callable[[Person], PageClient]


@pytest.fixture
def scene(session: Session, clock: StandingClock) -> audits.Scene:
    made = audits.make_scene(session, clock)
    made.people["decider"] = builders.make_person(
        session, clock, name="Orang pemutus", role=Role.directorate
    )
    return made


@pytest.fixture
def audit(session: Session, clock: StandingClock, scene: audits.Scene) -> Assessment:
    found = audits.open_audit(session, clock, scene)
    asked = audits.judge(session, found, clock().date()).asked
    unmet = [item.id for item in asked.values() if item.citation.value == "required"]
    audits.score(session, clock, scene, found, unmet=unmet)
    audits.submit(session, clock, scene, found)
    audits.seal(session, clock, scene, found)
    return found


def test_the_institution_chooses_says_why_and_waits_for_somebody_uninvolved(
    session: Session,
    scene: audits.Scene,
    audit: Assessment,
    as_person: AsPerson,
) -> None:
    institution = as_person(scene.people["institution"])
    page = institution.get(f"/assessments/{audit.id}")
    assert "Anda dapat mengajukan keberatan sampai 4 Des 2026" in page.text
    page = page.click("Ajukan keberatan")
    assert page.h1 == "Ajukan keberatan"
    assert "10 hari kerja" in page.text
    page = institution.get(f"/assessments/{audit.id}/objection?point=A-001&point=A-002&point=X-9")
    assert "X-9" not in page.text
    form = page.form("Ajukan keberatan").fill({"A-001-words": "Buktinya ada di map biru."})
    page = form.submit(status=400)
    assert page.errors == ["Tulis mengapa Anda keberatan atas butir ini."]
    form = page.form("Ajukan keberatan")
    assert form.value("A-001-words") == "Buktinya ada di map biru."
    page = form.fill({"A-002-words": "Ruang itu ada.", "words": "Mohon dilihat lagi."}).submit()
    assert page.flashes[0].startswith("Keberatan Anda sudah diajukan.")
    assert page.h1 == "Keberatan ke-1"
    assert "Buktinya ada di map biru." in page.text
    assert "Diajukan, belum diputus" in page.text
    assert len(session.scalars(select(ObjectionPoint)).all()) == 2
    page = institution.get(f"/assessments/{audit.id}/objection")
    assert "sudah diajukan" in page.text
    assert "Lanjut: tulis alasannya" not in page.text
    for path in (f"/assessments/{audit.id}", f"/assessments/{audit.id}/result"):
        assert "Hasil ini sedang dalam keberatan" in institution.get(path).text
    assert "Keberatan: Rumah Kenari" in institution.get("/").text
    assert "Ajukan keberatan" not in institution.get(f"/assessments/{audit.id}").links()


def test_who_rules_finds_it_at_home_and_who_had_a_part_is_told_who_could(
    session: Session,
    clock: StandingClock,
    scene: audits.Scene,
    audit: Assessment,
    as_person: AsPerson,
) -> None:
    objection = audits.object_to(session, clock, scene, audit, "A-001")
    path = f"/objections/{objection.id}"
    verifier = as_person(scene.people["verifier"])
    assert "Putuskan keberatan" not in verifier.get("/").text
    page = verifier.get(path)
    assert "tidak boleh memutus keberatan atasnya. Yang dapat: Orang pemutus." in page.text
    assert "Putusan Anda" not in page.text
    page = verifier.post(f"{path}/decide", {"ruling": "upheld", "reason": "Tetap."}, status=400)
    decider = as_person(scene.people["decider"])
    page = decider.get("/").click("Putuskan keberatan: Rumah Kenari")
    page = page.form("Putuskan").submit(status=400)
    assert page.errors == ["Pilih putusannya.", "Tulis alasan putusan. Lembaga membaca alasan ini."]
    page = page.form("Putuskan").fill(ruling="upheld", reason="Sudah dilihat di tempat.").submit()
    assert page.flashes == ["Keberatan sudah diputus: hasil dikuatkan."]
    page = as_person(scene.people["institution"]).get(path)
    assert "Hasil dikuatkan" in page.text
    assert "Sudah dilihat di tempat." in page.text
    assert "Cabut keberatan" not in page.text
    page = decider.post(f"{path}/decide", {"ruling": "revised", "reason": "Lagi."}, status=400)
    assert session.scalars(select(Objection.ruling)).one() == "upheld"


def test_a_ruling_to_revise_leads_to_the_revision(
    session: Session,
    clock: StandingClock,
    scene: audits.Scene,
    audit: Assessment,
    as_person: AsPerson,
) -> None:
    objection = audits.object_to(session, clock, scene, audit, "A-001")
    decider = as_person(scene.people["decider"])
    page = decider.get(f"/objections/{objection.id}").form("Putuskan")
    page = page.fill(ruling="revised", reason="Bukti terlewat.").submit()
    assert page.flashes == ["Keberatan sudah diputus: revisi dibuka."]
    revision = f"{audit.reference}/R2"
    page = page.click(revision)
    assert "Bukti terlewat." in page.text
    found = session.scalars(select(Assessment).where(Assessment.reference == revision)).one()
    audits.submit(session, clock, scene, found)
    audits.seal(session, clock, scene, found)
    page = as_person(scene.people["institution"]).get(f"/assessments/{found.id}/result")
    assert f"Dibuka karena keberatan ke-1 atas {audit.reference}" in page.text
    assert "Orang pemutus" in page.text


def test_it_is_taken_back_by_who_objected(
    session: Session,
    clock: StandingClock,
    scene: audits.Scene,
    audit: Assessment,
    as_person: AsPerson,
) -> None:
    objection = audits.object_to(session, clock, scene, audit, "A-001")
    institution = as_person(scene.people["institution"])
    page = institution.get(f"/objections/{objection.id}").form("Cabut keberatan")
    page = page.fill(reason="Sudah jelas.").submit()
    assert page.flashes[0].startswith("Keberatan sudah dicabut.")
    assert "Hasil ini sedang dalam keberatan" not in page.text
    assert "Ajukan keberatan" in page.links()
    as_person(scene.people["coach"]).post(f"/objections/{objection.id}/withdraw", {}, status=400)


def test_the_public_check_says_that_a_result_is_objected_to_and_nothing_more(
    app: object,
    session: Session,
    clock: StandingClock,
    scene: audits.Scene,
    audit: Assessment,
    client: PageClient,
) -> None:
    settings = app.extensions["assessor_settings"]  # type: ignore[attr-defined]
    issued = issue_report(
        session,
        scene.actor(session, clock, "verifier"),
        clock,
        store=app.extensions["assessor_store"],  # type: ignore[attr-defined]
        signer=load_signer(settings.checkpoint_key, create=True),
        assessment_id=audit.id,
        language="id",
        base_url="http://localhost",
    )
    code = issued.code
    assert "keberatan" not in client.get(f"/check/{code}").text
    audits.object_to(session, clock, scene, audit, "A-001")
    page = client.get(f"/check/{code}")
    assert "Hasil ini sedang dalam keberatan." in page.text
    assert "A-001" not in page.text
    assert "Orang lembaga" not in page.text


def test_an_answer_after_its_day_is_taken_and_marked_late(
    session: Session,
    clock: StandingClock,
    scene: audits.Scene,
    audit: Assessment,
    as_person: AsPerson,
) -> None:
    institution = as_person(scene.people["institution"])
    page = institution.get(f"/assessments/{audit.id}/findings")
    assert "Batas waktu" in page.text
    page = page.form("Kirim tanggapan").fill({"Tanggapan": "Tepat waktu."}).submit()
    assert "sesudah batas waktu" not in page.text
    clock.forward(hours=24 * 120)
    institution = as_person(scene.people["institution"])
    page = institution.get(f"/assessments/{audit.id}/findings")
    assert "terlambat" in page.text
    page = page.form("Kirim tanggapan").fill({"Tanggapan": "Agak terlambat."}).submit()
    assert "sesudah batas waktu" in page.text
    assert len(session.scalars(select(FindingAnswer)).all()) == 2
