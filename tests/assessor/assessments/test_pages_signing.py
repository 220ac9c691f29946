"""Handing over, giving back, verifying and revising in the browser."""

from collections.abc import Callable
from dataclasses import replace

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from assessor.accounts.models import Person, SignIn
from assessor.assessments.document import after_sealing
from assessor.assessments.models import Answer, Assessment, Exemption, Kind, SignOff, Status
from assessor.journal.checkpoints import load_signer
from assessor.reports.models import IssuedReport
from assessor.settings import Settings
from tests import audits
from tests.assessor.accounts.factors import switch_on_as
from tests.builders import PASSWORD
from tests.client import PageClient
from tests.conftest import StandingClock

AsPerson = Callable[[Person], PageClient]
UNMET = ("A-001", "A-002")


@pytest.fixture
def scene(session: Session, clock: StandingClock) -> audits.Scene:
    return audits.make_scene(session, clock)


@pytest.fixture
def audit(session: Session, clock: StandingClock, scene: audits.Scene) -> Assessment:
    """Everything is answered but for the citations, which the generated instrument requires."""
    found = audits.open_audit(session, clock, scene)
    audits.score(session, clock, scene, found, unmet=audits.needing_citation(session, found))
    audits.arrange(session, clock, scene, found)
    return found


def test_what_is_lacking_is_named_with_the_way_there(
    session: Session, clock: StandingClock, scene: audits.Scene, as_person: AsPerson
) -> None:
    audit = audits.open_audit(session, clock, scene)
    lead = as_person(scene.people["assessor"])
    assert lead.get(f"/assessments/{audit.id}").links()["Mulai mengisi"].endswith("/checklist")
    entry = audits.operation(audit, "B-004", "facts", "Ada papan nama.")
    audits.enter(session, clock, scene.actor(session, clock, "assessor"), audit, [entry])
    page = lead.get(f"/assessments/{audit.id}").click("Periksa dan kirim")
    assert page.h1 == "Kirim penilaian"
    assert page.links()["A-001 belum dinilai. Pilih nilainya."] == (
        f"/assessments/{audit.id}/checklist#item-A-001"
    )
    assert "Kata sandi Anda" not in page.text
    assert "Belum lengkap" in page.text
    page = page.client.post(
        f"/assessments/{audit.id}/submit", {"password": PASSWORD, "shown_hash": "x"}, status=409
    )
    session.refresh(audit)
    assert audit.status is Status.in_progress


def test_the_team_signs_and_hands_over_what_was_on_the_screen(
    session: Session, scene: audits.Scene, audit: Assessment, as_person: AsPerson
) -> None:
    lead = as_person(scene.people["assessor"])
    page = lead.get(f"/assessments/{audit.id}")
    assert page.links()["Periksa dan kirim"] == f"/assessments/{audit.id}/submit"
    page = page.click("Periksa dan kirim")
    assert "Penilaian ini lengkap dan dikirim untuk diperiksa." in page.text
    page = page.form("Tanda tangani dan kirim").submit(status=400)
    assert page.errors == ["Isi kata sandi Anda untuk menandatangani."]
    page = (
        page.form("Tanda tangani dan kirim").fill(password="keliru sekali ini").submit(status=400)
    )
    assert page.errors == ["Kata sandi Anda sekarang tidak cocok. Ketik lagi dengan teliti."]
    assert session.execute(select(SignOff)).first() is None
    page = page.form("Tanda tangani dan kirim").fill(password=PASSWORD).submit()
    assert page.flashes == ["Penilaian sudah dikirim. Sekarang giliran pemeriksa."]
    session.refresh(audit)
    assert audit.status is Status.submitted
    signed = session.execute(select(SignOff)).scalar_one()
    assert signed.meaning == "submits"
    page = lead.get(f"/assessments/{audit.id}/submit")
    assert page.h1 == "Rumah Kenari"
    assert "tidak sedang dikerjakan" in page.flashes[0]
    page = lead.post(f"/assessments/{audit.id}/submit", {"password": PASSWORD})
    assert "tidak sedang dikerjakan" in page.flashes[0]


def test_who_signs_in_with_two_steps_signs_with_a_code_too(
    session: Session,
    clock: StandingClock,
    scene: audits.Scene,
    audit: Assessment,
    as_person: AsPerson,
) -> None:
    actor = scene.actor(session, clock, "assessor")
    lead = as_person(scene.people["assessor"])  # before there was a second step
    own = session.scalars(select(SignIn.id).where(SignIn.ended_at.is_(None))).one()
    phone = switch_on_as(session, clock, replace(actor, session_id=own))
    clock.forward(minutes=1)
    page = lead.get(f"/assessments/{audit.id}/submit")
    page = page.form("Tanda tangani dan kirim").fill(password=PASSWORD).submit(status=400)
    assert page.errors == ["Isi kode enam angka dari aplikasi di ponsel Anda"]
    filled = {"password": PASSWORD, "factor_code": "000000"}
    page = page.form("Tanda tangani dan kirim").fill(filled).submit(status=400)
    assert page.errors[0].startswith("Kode ini tidak cocok atau sudah dipakai.")
    bare = {
        "password": PASSWORD,
        "shown_hash": page.form("Tanda tangani dan kirim").value("shown_hash"),
    }
    lead.send(f"/assessments/{audit.id}/submit", bare | {"csrf_token": page.token}, status=400)
    assert session.execute(select(SignOff)).first() is None
    filled["factor_code"] = phone.code()
    page = page.form("Tanda tangani dan kirim").fill(filled).submit()
    assert page.flashes == ["Penilaian sudah dikirim. Sekarang giliran pemeriksa."]
    checker = as_person(scene.people["checker"])
    assert "Kode dari aplikasi" not in checker.get(f"/assessments/{audit.id}/check").text


def test_what_changed_meanwhile_is_shown_and_nothing_is_signed(
    session: Session,
    clock: StandingClock,
    scene: audits.Scene,
    audit: Assessment,
    as_person: AsPerson,
) -> None:
    page = as_person(scene.people["assessor"]).get(f"/assessments/{audit.id}/submit")
    form = page.form("Tanda tangani dan kirim").fill(password=PASSWORD)
    standing = session.execute(
        select(Answer.facts_op).where(Answer.assessment_id == audit.id, Answer.item == "B-004")
    ).scalar()
    changed = audits.operation(audit, "B-004", "facts", "Ternyata lain.", standing)
    actor = scene.actor(session, clock, "assessor2")
    assert audits.enter(session, clock, actor, audit, [changed])[0].fate == "applied"
    page = form.submit(status=409)
    assert "Isi penilaian berubah sejak Anda membukanya." in page.text
    assert session.execute(select(SignOff)).first() is None
    page = page.form("Tanda tangani dan kirim").fill(password=PASSWORD).submit()
    assert page.flashes


def test_a_self_assessment_is_locked_by_its_own_signature(
    session: Session, clock: StandingClock, scene: audits.Scene, as_person: AsPerson
) -> None:
    own = audits.open_audit(session, clock, scene, kind=Kind.self)
    audits.score(session, clock, scene, own, unmet=audits.needing_citation(session, own))
    page = as_person(scene.people["institution"]).get(f"/assessments/{own.id}")
    page = page.click("Periksa dan kunci")
    assert page.h1 == "Kunci penilaian mandiri"
    assert "Isi penilaian mandiri ini benar menurut lembaga atau unit." in page.text
    page = page.form("Tanda tangani dan kunci").fill(password=PASSWORD).submit()
    assert page.path == f"/assessments/{own.id}/result"
    assert page.flashes[0] == "Penilaian mandiri sudah dikunci. Ini hasilnya."
    assert "Hasil menurut lembaga atau unit sendiri" in page.text
    session.refresh(own)
    assert own.status is Status.sealed


# ---- giving back ----


def test_the_checker_gives_it_back_with_a_reason_the_team_reads(
    session: Session,
    clock: StandingClock,
    scene: audits.Scene,
    audit: Assessment,
    as_person: AsPerson,
) -> None:
    audits.submit(session, clock, scene, audit)
    checker = as_person(scene.people["checker"])
    page = checker.get(f"/assessments/{audit.id}")
    assert page.links()["Periksa dan teruskan"] == f"/assessments/{audit.id}/check"
    page = page.form("Kembalikan").submit(status=400)
    assert page.errors == ["Tulis alasan pengembalian, supaya tim tahu apa yang diperbaiki."]
    page = page.form("Kembalikan").fill(reason="Foto ruang konseling belum ada.").submit()
    assert page.flashes == ["Penilaian ini sudah dikembalikan kepada tim, dengan alasan Anda."]
    page = as_person(scene.people["assessor"]).get(f"/assessments/{audit.id}")
    assert page.text.count("Foto ruang konseling belum ada.") == 2  # as a notice, in the history
    assert page.links()["Perbaiki isinya"].endswith("/checklist")
    audits.submit(session, clock, scene, audit)
    page = as_person(scene.people["institution"]).get(f"/assessments/{audit.id}")
    assert "Dikembalikan" in page.text
    assert "Foto ruang konseling" not in page.text  # that is between the checker and the team
    checker.get(f"/assessments/{audit.id}").form("Kembalikan").fill(reason="Sekali lagi.").submit()
    page = checker.post(f"/assessments/{audit.id}/return", {"reason": "Lagi."}, status=400)
    assert page.errors == []  # the form is not there any more
    assert checker.get(f"/assessments/{audit.id}").status == 200
    as_person(scene.people["coach"]).post(
        f"/assessments/{audit.id}/return", {"reason": "x"}, status=403
    )


# ---- checking ----


def test_the_checker_signs_and_passes_it_on(
    session: Session,
    clock: StandingClock,
    scene: audits.Scene,
    audit: Assessment,
    as_person: AsPerson,
) -> None:
    checker = as_person(scene.people["checker"])
    page = checker.get(f"/assessments/{audit.id}/check")
    assert page.flashes == ["Hanya penilaian yang baru dikirim dapat diperiksa."]
    audits.submit(session, clock, scene, audit)
    page = checker.get(f"/assessments/{audit.id}").click("Periksa dan teruskan")
    assert page.h1 == "Periksa penilaian"
    assert "diteruskan ke direktorat" in page.text
    assert "Lihat ini dulu" in page.text
    stale = page.form("Tanda tangani dan teruskan").fill(password=PASSWORD, shown_hash="x")
    page = stale.submit(status=409)
    assert "Isinya berubah" in page.text
    page = page.form("Tanda tangani dan teruskan").submit(status=400)
    assert page.errors == ["Isi kata sandi Anda untuk menandatangani."]
    page = page.form("Tanda tangani dan teruskan").fill(password=PASSWORD).submit()
    assert page.flashes == [
        "Penilaian sudah diteruskan. Sekarang giliran direktorat memverifikasi."
    ]
    assert "Diperiksa, menunggu verifikasi" in page.text
    assert "Diperiksa dan diteruskan" in page.text
    assert "Tidak ada yang perlu Anda lakukan" in page.text
    session.refresh(audit)
    assert audit.status is Status.checked
    assert session.scalars(select(SignOff.meaning)).all()[-1] == "checks"
    # given back by the directorate from here, no longer by the checker
    checker.post(f"/assessments/{audit.id}/return", {"reason": "Terlambat."}, status=403)
    page = as_person(scene.people["verifier"]).get(f"/assessments/{audit.id}")
    page = page.form("Kembalikan").fill(reason="Dua butir keliru.").submit()
    session.refresh(audit)
    assert audit.status is Status.returned


def test_who_assessed_does_not_check_and_who_checked_does_not_verify(
    session: Session,
    clock: StandingClock,
    scene: audits.Scene,
    audit: Assessment,
    as_person: AsPerson,
) -> None:
    from assessor.access.actor import SYSTEM, Role
    from assessor.accounts.services import give_position

    audits.submit(session, clock, scene, audit)
    for who, role in (("assessor", Role.checker), ("checker", Role.directorate)):
        give_position(
            session,
            SYSTEM,
            clock,
            person_id=scene.people[who].id,
            role=role,
            office_id=scene.office.id,
        )
    page = as_person(scene.people["assessor"]).get(f"/assessments/{audit.id}/check")
    assert "Yang menilai tidak boleh memeriksa penilaiannya sendiri." in page.text
    assert "Orang checker" in page.text
    assert "Kata sandi Anda" not in page.text
    audits.check(session, clock, scene, audit)
    page = as_person(scene.people["checker"]).get(f"/assessments/{audit.id}/verify")
    assert "Yang sudah memeriksa penilaian ini tidak boleh memverifikasinya juga." in page.text
    assert "Orang verifier" in page.text
    assert "Kata sandi Anda" not in page.text
    assert "Verifikasi: Rumah Kenari" not in as_person(scene.people["checker"]).get("/").text


# ---- verifying ----


@pytest.fixture
def key(app: object) -> None:
    settings: Settings = app.extensions["assessor_settings"]  # type: ignore[attr-defined]
    load_signer(settings.checkpoint_key, create=True)


def test_the_verifier_sees_exceptions_first_signs_and_the_report_follows(
    session: Session,
    clock: StandingClock,
    scene: audits.Scene,
    audit: Assessment,
    as_person: AsPerson,
    key: None,
) -> None:
    own = audits.open_audit(session, clock, scene, kind=Kind.self)
    audits.score(session, clock, scene, own, unmet=audits.needing_citation(session, own)[1:])
    audits.submit(session, clock, scene, audit)
    verifier = as_person(scene.people["verifier"])
    page = verifier.get(f"/assessments/{audit.id}")
    assert "Verifikasi dan kunci" not in page.links()  # it has to be checked first
    audits.check(session, clock, scene, audit)
    page = verifier.get(f"/assessments/{audit.id}").click("Verifikasi dan kunci")
    assert "Lihat ini dulu" in page.text
    assert "Butir kritis" in page.text
    assert "Terpilih acak" in page.text
    assert "Kata sandi Anda" not in page.text  # not before what is mandatory was seen
    audits.see_all(session, clock, scene, audit)
    page = verifier.get(f"/assessments/{audit.id}/verify")
    page = (
        page.form("Tanda tangani dan kunci").fill(password="salah salah salah").submit(status=400)
    )
    assert page.errors
    page = page.form("Tanda tangani dan kunci").fill(password=PASSWORD).submit()
    assert page.path == f"/assessments/{audit.id}/result"
    assert page.flashes == ["Penilaian sudah diverifikasi dan dikunci."]
    session.refresh(audit)
    assert audit.status is Status.sealed
    report = session.execute(select(IssuedReport)).scalar_one()
    assert report.language == "id"
    href = page.links()["Unduh laporan"]
    assert href == f"/assessments/{audit.id}/report.pdf?language=id"
    assert verifier.request("GET", href).data.startswith(b"%PDF")
    page = page.form("Terbitkan laporan: Bahasa Inggris").submit()
    assert len(session.execute(select(IssuedReport)).all()) == 2
    page = verifier.get(f"/assessments/{audit.id}/verify")
    assert "Hanya penilaian yang sudah diperiksa" in page.flashes[0]


def test_a_report_that_fails_leaves_the_seal_and_says_so(
    session: Session,
    clock: StandingClock,
    scene: audits.Scene,
    audit: Assessment,
    as_person: AsPerson,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def fail(_assessment_id: str) -> None:
        raise RuntimeError("no paper")

    monkeypatch.setattr(after_sealing, "_handlers", [fail])
    audits.submit(session, clock, scene, audit)
    audits.check(session, clock, scene, audit)
    audits.see_all(session, clock, scene, audit)
    page = as_person(scene.people["verifier"]).get(f"/assessments/{audit.id}/verify")
    page = page.form("Tanda tangani dan kunci").fill(password=PASSWORD).submit()
    assert page.flashes[1].startswith("Laporannya belum dapat dibuat.")
    assert "Terbitkan laporan: Bahasa Indonesia" in page.text
    session.refresh(audit)
    assert audit.status is Status.sealed


def test_who_assessed_does_not_verify_and_learns_who_could(
    session: Session,
    clock: StandingClock,
    scene: audits.Scene,
    audit: Assessment,
    as_person: AsPerson,
) -> None:
    from assessor.access.actor import SYSTEM, Role
    from assessor.accounts.services import give_position
    from tests.builders import make_office

    both = scene.people["assessor"]
    give_position(
        session,
        SYSTEM,
        clock,
        person_id=both.id,
        role=Role.directorate,
        office_id=make_office(session, clock).id,
    )
    audits.submit(session, clock, scene, audit)
    audits.check(session, clock, scene, audit)
    browser = as_person(both)
    page = browser.get(f"/assessments/{audit.id}")
    assert "Yang menilai tidak boleh memverifikasi." in page.text
    assert "Orang verifier" in page.text
    assert "Verifikasi dan kunci" not in page.links()
    page = browser.get(f"/assessments/{audit.id}/verify")
    assert "Yang menilai tidak boleh memverifikasi." in page.text
    assert "Kata sandi Anda" not in page.text
    page = browser.post(
        f"/assessments/{audit.id}/verify",
        {"password": PASSWORD, "shown_hash": audits.shown(session, clock, audit)},
        status=400,
    )
    session.refresh(audit)
    assert audit.status is Status.checked


def test_who_may_be_excused_writes_the_reason_which_is_kept(
    session: Session, clock: StandingClock, scene: audits.Scene, as_person: AsPerson
) -> None:
    from assessor.access.actor import SYSTEM
    from assessor.accounts.models import Position
    from assessor.auditees.models import Agency, Auditee
    from assessor.auditees.registering import NewSite, register_site

    centre = session.execute(
        select(Position.office_id).where(Position.person_id == scene.people["verifier"].id)
    ).scalar_one()
    scene.site = register_site(
        session,
        SYSTEM,
        clock,
        new=NewSite(
            entity_id=scene.site.entity_id or "",
            name="Balai Pusat",
            regency_code="34.04",
            agency=Agency.bnn,
            tags=("medis", "rawat-inap", "rawat-jalan", "sosial"),
            operating_office_id=centre,
            responsible_office_id=scene.office.id,
        ),
    )
    audit = audits.open_audit(session, clock, scene)
    audits.score(session, clock, scene, audit, unmet=audits.needing_citation(session, audit))
    audits.submit(session, clock, scene, audit)
    audits.check(session, clock, scene, audit)
    audits.see_all(session, clock, scene, audit)
    page = as_person(scene.people["verifier"]).get(f"/assessments/{audit.id}/verify")
    assert "Alasan pengecualian" in page.text
    page = page.form("Tanda tangani dan kunci").fill(password=PASSWORD).submit(status=400)
    assert page.errors[0].startswith("Orang dari kantor yang menjalankan lembaga ini")
    page = (
        page.form("Tanda tangani dan kunci")
        .fill(password=PASSWORD, exempt_reason="Hanya satu orang di direktorat.")
        .submit()
    )
    assert "Hanya satu orang di direktorat." in page.text
    assert session.execute(select(Exemption.reason)).scalar_one() == (
        "Hanya satu orang di direktorat."
    )
    assert session.get_one(Auditee, scene.site.id)


# ---- revising ----


def test_a_revision_needs_a_reason_and_names_what_it_replaces(
    session: Session,
    clock: StandingClock,
    scene: audits.Scene,
    audit: Assessment,
    as_person: AsPerson,
) -> None:
    audits.submit(session, clock, scene, audit)
    audits.seal(session, clock, scene, audit)
    verifier = as_person(scene.people["verifier"])
    page = verifier.get(f"/assessments/{audit.id}").form("Buka revisi").submit(status=400)
    assert page.errors == ["Tulis alasan revisi. Alasan ini tercetak pada laporan."]
    page = page.form("Buka revisi").fill(reason="Salah ketik jumlah konselor.").submit()
    assert page.flashes == ["Revisi NILAI-2026-0001/R2 sudah dibuka."]
    assert "Salah ketik jumlah konselor." in page.text
    old = verifier.get(f"/assessments/{audit.id}")
    assert "Ada revisi penilaian ini" in old.text
    assert "Buka revisi" not in old.text
    revision = session.execute(select(Assessment).where(Assessment.revision == 2)).scalar_one()
    audits.submit(session, clock, scene, revision)
    result = verifier.get(f"/assessments/{audit.id}/result")
    assert "Ini hasil terbaru" in result.text
    audits.seal(session, clock, scene, revision)
    result = verifier.get(f"/assessments/{audit.id}/result")
    assert "Hasil ini diganti oleh revisi NILAI-2026-0001/R2" in result.text
    result = verifier.get(f"/assessments/{revision.id}/result")
    assert "Menggantikan NILAI-2026-0001." in result.text
    page = verifier.post(f"/assessments/{audit.id}/revise", {"reason": "Lagi"}, status=400)
    as_person(scene.people["checker"]).post(
        f"/assessments/{revision.id}/revise", {"reason": "x"}, status=403
    )
