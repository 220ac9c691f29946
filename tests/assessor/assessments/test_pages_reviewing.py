"""Looking at items, remarking and correcting them in the browser; what team and reader see."""

from collections.abc import Callable

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from assessor.accounts.models import Person
from assessor.assessments.models import Assessment
from assessor.assessments.review_models import Correction, Remark, SeenItem
from tests import audits
from tests.builders import PASSWORD
from tests.client import PageClient
from tests.conftest import StandingClock

AsPerson = Callable[[Person], PageClient]


@pytest.fixture
def scene(session: Session, clock: StandingClock) -> audits.Scene:
    return audits.make_scene(session, clock)


@pytest.fixture
def audit(session: Session, clock: StandingClock, scene: audits.Scene) -> Assessment:
    found = audits.open_audit(session, clock, scene)
    asked = audits.judge(session, found, clock().date()).asked
    unmet = [item.id for item in asked.values() if item.citation.value == "required"]
    audits.score(session, clock, scene, found, unmet=unmet)
    audits.submit(session, clock, scene, found)
    return found


def test_the_checker_goes_from_item_to_item_until_nothing_mandatory_is_left(
    session: Session, scene: audits.Scene, audit: Assessment, as_person: AsPerson
) -> None:
    checker = as_person(scene.people["checker"])
    page = checker.get(f"/assessments/{audit.id}/check")
    assert "Batas-batas ini contoh, belum disahkan." in page.text
    page = page.click("Lihat butir berikutnya")
    steps = 0
    while "/review/" in page.path:
        assert "Mengapa dilihat:" in page.text
        label = "Sudah saya lihat, lanjut" if "lanjut" in page.text else "Sudah saya lihat"
        page = page.form(label).submit()
        steps += 1
        assert steps < 60
    assert page.path == f"/assessments/{audit.id}/check"
    assert "Semua butir wajib sudah Anda lihat." in page.text
    assert session.scalar(select(func.count()).select_from(SeenItem)) == steps
    page = page.form("Tanda tangani dan teruskan").fill(password=PASSWORD).submit()
    assert "Diperiksa, menunggu verifikasi" in page.text


def test_several_are_ticked_on_the_list_at_once(
    session: Session,
    clock: StandingClock,
    scene: audits.Scene,
    audit: Assessment,
    as_person: AsPerson,
) -> None:
    two = list(audits.judge(session, audit, clock().date()).asked)[2:4]
    checker = as_person(scene.people["checker"])
    path = f"/assessments/{audit.id}/seen"
    page = checker.post(path, {"item": two})
    assert page.flashes == ["2 butir ditandai dilihat."]
    page = checker.post(path, {})
    assert page.flashes == ["Centang dulu butir yang sudah Anda lihat."]
    page = checker.post(path, {"item": ["TIDAK-ADA"]})
    assert "tidak dinilai di sini" in page.flashes[0]
    assert session.scalar(select(func.count()).select_from(SeenItem)) == 2


def test_a_remark_reaches_the_team_at_its_item_and_what_changed_is_shown(
    session: Session,
    clock: StandingClock,
    scene: audits.Scene,
    audit: Assessment,
    as_person: AsPerson,
) -> None:
    checker = as_person(scene.people["checker"])
    page = checker.get(f"/assessments/{audit.id}/review/A-003")
    page = page.form("Simpan catatan").fill(words="NIK 3201012345678901").submit(status=400)
    assert "NIK" in page.errors[0]
    page = page.form("Simpan catatan").fill(words="Foto ruang mana?").submit()
    assert page.flashes == ["Catatan disimpan."]
    lead = as_person(scene.people["assessor"])
    assert "Foto ruang mana?" not in lead.get(f"/assessments/{audit.id}").text
    page = checker.get(f"/assessments/{audit.id}").form("Kembalikan")
    page.fill(reason="Satu hal.").submit()
    page = lead.get(f"/assessments/{audit.id}")
    assert "Yang perlu dilihat lagi (1)" in page.text
    assert "Foto ruang mana?" in page.text
    href = next(href for words, href in page.links().items() if words.startswith("A-003"))
    assert href == f"/assessments/{audit.id}/checklist#item-A-003"
    page = lead.get(f"/assessments/{audit.id}/checklist")
    assert "Catatan untuk tim. Foto ruang mana?" in page.text
    assert "Diberi catatan 1" in page.text
    institution = as_person(scene.people["institution"])
    institution.get(f"/assessments/{audit.id}", status=404)
    standing = audits.judge(session, audit, clock().date()).state.answers["A-003"]
    entry = audits.operation(audit, "A-003", "facts", "Ruang konseling.", standing.facts_op)
    actor = scene.actor(session, clock, "assessor")
    assert audits.enter(session, clock, actor, audit, [entry])[0].fate == "applied"
    audits.submit(session, clock, scene, audit)
    assert "Foto ruang mana?" not in institution.get(f"/assessments/{audit.id}").text
    page = checker.get(f"/assessments/{audit.id}/check")
    assert "Yang pernah diminta diperbaiki" in page.text
    assert "fakta diubah" in page.text
    page = checker.get(f"/assessments/{audit.id}/review/A-003")
    assert "Foto ruang mana?" in page.text


def test_a_remark_is_taken_back_with_empty_words(
    session: Session, scene: audits.Scene, audit: Assessment, as_person: AsPerson
) -> None:
    checker = as_person(scene.people["checker"])
    path = f"/assessments/{audit.id}/review/A-003"
    page = checker.get(path).form("Simpan catatan").submit(status=400)
    assert page.errors == ["Tulis apa yang perlu dilihat lagi oleh tim pada butir ini."]
    page = page.form("Simpan catatan").fill(words="Foto?").submit()
    page = page.form("Simpan catatan").fill(words="").submit()
    assert page.flashes == ["Catatan dicabut."]
    assert session.scalar(select(func.count()).select_from(Remark)) == 2


def test_both_scores_are_shown_wherever_the_result_is_read(
    session: Session,
    clock: StandingClock,
    scene: audits.Scene,
    audit: Assessment,
    as_person: AsPerson,
) -> None:
    checker = as_person(scene.people["checker"])
    page = checker.get(f"/assessments/{audit.id}/review/A-003").form("Simpan koreksi")
    page = page.submit(status=400)
    assert page.errors == [
        "Pilih nilainya.",
        "Tulis alasan koreksi. Alasan ini tercetak pada laporan.",
    ]
    page = page.form("Simpan koreksi").fill(choice="0", reason="Ruangnya terkunci.").submit()
    assert page.flashes == ["Koreksi disimpan. Nilai tim tetap tercatat di sampingnya."]
    assert "Nilai tim" in page.text
    (kept,) = session.scalars(select(Correction)).all()
    assert (kept.instead_of, kept.choice) == ("2", "0")
    page = checker.get(f"/assessments/{audit.id}/check")
    assert "nilai tim: 2" in page.text
    audits.seal(session, clock, scene, audit)
    for who in ("institution", "assessor", "coach"):
        browser = as_person(scene.people[who])
        page = browser.get(f"/assessments/{audit.id}/result")
        assert "Koreksi pemeriksa dan verifikator" in page.text
        assert "Ruangnya terkunci." in page.text
        page = browser.get(f"/assessments/{audit.id}/answers")
        assert "Orang checker, pemeriksa" in page.text
        assert "Ruangnya terkunci." in page.text
        page = browser.get(f"/assessments/{audit.id}/findings")
        assert "Ruangnya terkunci." in page.text


def test_who_reads_it_no_longer_is_led_to_the_answers(
    session: Session,
    clock: StandingClock,
    scene: audits.Scene,
    audit: Assessment,
    as_person: AsPerson,
) -> None:
    audits.check(session, clock, scene, audit)
    checker = as_person(scene.people["checker"])
    page = checker.get(f"/assessments/{audit.id}/review/A-003")
    assert page.path.startswith(f"/assessments/{audit.id}/answers")
    page = as_person(scene.people["verifier"]).get(f"/assessments/{audit.id}/review/KOSONG")
    assert page.path == f"/assessments/{audit.id}/verify"
