"""The scan of the signed minutes: who hands it in, who reads it, what replaces it, what misses it."""

from collections.abc import Callable

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from assessor.accounts.models import Person
from assessor.assessments.models import Assessment, Status
from assessor.assessments.opening.revising import revise_assessment
from assessor.assessments.visit.content import list_closings
from assessor.assessments.visit.signed_minutes import (
    is_signed,
    link_signed_minutes,
    list_scans,
    waits_for_paper,
)
from assessor.assessments.visit_models import SignedMinutes
from assessor.evidence.models import Evidence
from assessor.evidence.services import withdraw
from assessor.journal.models import JournalEntry
from assessor.journal.verify import verify
from assessor.sentences import NotPermitted, Refused
from tests import audits
from tests.client import Page, PageClient
from tests.conftest import StandingClock
from tests.evidence_store import evidence_corpus

AsPerson = Callable[[Person], PageClient]
UPLOAD, REPLACE = "Unggah berita acara", "Ganti pindaian"
FIRST, SECOND = evidence_corpus.pdf(1), evidence_corpus.pdf(2)


@pytest.fixture
def scene(session: Session, clock: StandingClock) -> audits.Scene:
    return audits.make_scene(session, clock, items=6)


@pytest.fixture
def audit(session: Session, clock: StandingClock, scene: audits.Scene) -> Assessment:
    """Scored and closed with the institution; nothing is signed yet."""
    opened = audits.open_audit(session, clock, scene)
    unmet = audits.needing_citation(session, opened)
    audits.score(session, clock, scene, opened, unmet=unmet)
    audits.assign(session, clock, scene, opened)
    audits.close(session, clock, scene, opened)
    return opened


def closing_page(client: PageClient, audit: Assessment) -> Page:
    return client.get(f"/assessments/{audit.id}/closing")


def upload(
    page: Page, scan: bytes, *, button: str = UPLOAD, status: int = 200, **more: str
) -> Page:
    filled = page.form(button).fill(scan=(scan, "pindaian.pdf"), declaration=True, **more)
    return filled.submit(status=status)


def waits(session: Session, audit: Assessment) -> bool:
    return audit in session.scalars(select(Assessment).where(waits_for_paper(Assessment.id))).all()


def standing(session: Session, audit: Assessment) -> list[str]:
    closings = list_closings(session, audit.id)
    return [each.evidence_id for each in list_scans(session, closings)[closings[-1].id]]


def test_the_page_says_what_is_missing_until_a_member_of_the_team_uploads_it(
    session: Session, scene: audits.Scene, audit: Assessment, as_person: AsPerson
) -> None:
    member = as_person(scene.people["assessor2"])
    page = closing_page(member, audit)
    assert "Berita acara bertanda tangan belum ada" in page.text
    assert waits(session, audit)
    entries = session.scalar(select(func.count()).select_from(JournalEntry))
    page = upload(page, FIRST)
    assert page.flashes == ["Berita acara bertanda tangan sudah tersimpan."]
    assert "Berita acara bertanda tangan belum ada" not in page.text
    assert not waits(session, audit)
    acts = session.scalars(select(JournalEntry.act).order_by(JournalEntry.seq)).all()[entries:]
    assert acts == ["evidence.handed_in", "assessments.signed_minutes_linked"]
    assert list(verify(session)) == []


def test_a_second_scan_takes_a_reason_and_the_first_stays_listed(
    session: Session, scene: audits.Scene, audit: Assessment, as_person: AsPerson
) -> None:
    lead = as_person(scene.people["assessor"])
    page = upload(closing_page(lead, audit), FIRST)
    refused = upload(page, SECOND, button=REPLACE, status=400)
    assert "Tulis alasan mengganti pindaian yang lama." in refused.text
    named = upload(page, SECOND, button=REPLACE, status=400, why_new="Klien 3201012345678901.")
    assert "NIK" in named.text
    assert session.scalar(select(func.count()).select_from(Evidence)) == 1  # nothing was handed in
    page = upload(page, SECOND, button=REPLACE, why_new="Halaman dua terpotong.")
    assert "Diganti: Halaman dua terpotong." in page.text
    assert "Pindaian yang diganti" in page.text
    first, second = session.scalars(select(SignedMinutes.evidence_id).order_by("linked_at")).all()
    assert set(standing(session, audit)) == {first, second}
    assert (
        standing(session, audit)[0]
        == session.scalars(
            select(SignedMinutes.evidence_id).where(SignedMinutes.replaces_id.is_not(None))
        ).one()
    )


def test_many_scans_stand_in_their_order_although_the_clock_stood_still(
    session: Session,
    clock: StandingClock,
    scene: audits.Scene,
    audit: Assessment,
    as_person: AsPerson,
) -> None:
    lead = as_person(scene.people["assessor"])
    page = upload(closing_page(lead, audit), FIRST)
    kept = standing(session, audit)
    for pages in (2, 3, 4):
        page = upload(
            page, evidence_corpus.pdf(pages), button=REPLACE, why_new=f"Kini {pages} halaman."
        )
        assert standing(session, audit)[1:] == kept
        kept = standing(session, audit)
    assert page.text.index("Kini 4 halaman") < page.text.index("Kini 2 halaman")


def test_the_same_file_again_is_not_a_new_scan(
    session: Session, scene: audits.Scene, audit: Assessment, as_person: AsPerson
) -> None:
    lead = as_person(scene.people["assessor"])
    page = upload(closing_page(lead, audit), FIRST)
    page = upload(page, FIRST, button=REPLACE, status=400, why_new="Lebih jelas.")
    assert "Berkas ini sudah tersimpan di sini" in page.text
    assert len(standing(session, audit)) == 1


@pytest.mark.parametrize(
    ("scan", "declared", "said"),
    [
        (b"", True, "Pilih berkas pindaiannya."),
        (FIRST, False, "Centang pernyataan ini"),
        (b"MZ\x90\x00 no picture", True, ""),
    ],
)
def test_a_bad_scan_is_refused_beside_the_field(
    session: Session,
    scene: audits.Scene,
    audit: Assessment,
    as_person: AsPerson,
    scan: bytes,
    declared: bool,
    said: str,
) -> None:
    form = closing_page(as_person(scene.people["assessor"]), audit).form(UPLOAD)
    if scan:
        form.fill(scan=(scan, "pindaian.pdf"))
    if declared:
        form.fill(declaration=True)
    page = form.submit(status=400)
    assert said in page.text
    assert page.errors
    assert standing(session, audit) == []


def test_a_scan_that_was_withdrawn_is_missing_again(
    session: Session,
    clock: StandingClock,
    scene: audits.Scene,
    audit: Assessment,
    as_person: AsPerson,
) -> None:
    lead = as_person(scene.people["assessor"])
    upload(closing_page(lead, audit), FIRST)
    withdraw(
        session,
        scene.actor(session, clock, "assessor"),
        clock,
        evidence_id=standing(session, audit)[0],
        reason="Salah berkas.",
    )
    page = closing_page(lead, audit)
    assert "Berita acara bertanda tangan belum ada" in page.text
    assert "Buktinya sudah ditarik." in page.text
    closings = list_closings(session, audit.id)
    assert waits(session, audit)
    assert not is_signed(list_scans(session, closings)[closings[-1].id])
    upload(page, SECOND, button=REPLACE, why_new="Yang benar.")
    assert not waits(session, audit)


def test_the_institution_reads_it_beside_the_result_and_does_not_upload(
    session: Session,
    clock: StandingClock,
    scene: audits.Scene,
    audit: Assessment,
    as_person: AsPerson,
) -> None:
    institution = as_person(scene.people["institution"])
    audits.submit(session, clock, scene, audit)
    assert (
        "Tim penilai yang mengunggahnya." in institution.get(f"/assessments/{audit.id}/result").text
    )
    page = closing_page(institution, audit)
    assert "Tidak ada yang perlu Anda lakukan" in page.text
    assert UPLOAD not in page.text
    upload(closing_page(as_person(scene.people["assessor"]), audit), FIRST)
    audits.seal(session, clock, scene, audit)
    page = institution.get(f"/assessments/{audit.id}/result")
    (href,) = (at for words, at in page.links().items() if words.startswith("Lihat dan unduh"))
    institution.get(href)
    assert institution.request("GET", f"{href}/original").data == FIRST


def test_the_team_is_reminded_after_handing_over_and_nobody_else(
    session: Session,
    clock: StandingClock,
    scene: audits.Scene,
    audit: Assessment,
    as_person: AsPerson,
) -> None:
    reminder = "Unggah berita acara bertanda tangan: Rumah Kenari"
    lead = as_person(scene.people["assessor"])
    assert reminder not in lead.get("/").text  # handing over comes first
    audits.submit(session, clock, scene, audit)
    for who in ("coach", "checker", "institution"):
        assert reminder not in as_person(scene.people[who]).get("/").text
    assert lead.get(f"/assessments/{audit.id}").links()[UPLOAD].endswith("/closing#signed")
    audits.seal(session, clock, scene, audit)
    page = lead.get("/").click(reminder)  # a sealed assessment takes it, too
    upload(page, FIRST)
    assert reminder not in lead.get("/").text
    assert audit.status is Status.sealed
    assert list(verify(session)) == []


def test_who_does_not_arrange_cannot_link_and_nothing_foreign_is_linked(
    session: Session,
    clock: StandingClock,
    scene: audits.Scene,
    audit: Assessment,
    as_person: AsPerson,
) -> None:
    upload(closing_page(as_person(scene.people["assessor"]), audit), FIRST)
    piece = standing(session, audit)[0]
    given = {"assessment_id": audit.id, "evidence_id": piece, "reason": "Lain."}
    audits.submit(session, clock, scene, audit)
    for who in ("institution", "checker"):
        with pytest.raises(NotPermitted):
            link_signed_minutes(session, scene.actor(session, clock, who), clock, number=1, **given)
    lead = scene.actor(session, clock, "assessor")
    with pytest.raises(Refused, match="tidak ada"):
        link_signed_minutes(session, lead, clock, number=2, **given)
    with pytest.raises(Refused, match="tidak ada pada lembaga ini"):
        link_signed_minutes(session, lead, clock, number=1, **given | {"evidence_id": "x" * 26})


def test_a_revision_keeps_the_paper_of_the_closing_it_carries(
    session: Session,
    clock: StandingClock,
    scene: audits.Scene,
    audit: Assessment,
    as_person: AsPerson,
) -> None:
    upload(closing_page(as_person(scene.people["assessor"]), audit), FIRST)
    audits.submit(session, clock, scene, audit)
    audits.seal(session, clock, scene, audit)
    revision = revise_assessment(
        session,
        scene.actor(session, clock, "verifier"),
        clock,
        assessment_id=audit.id,
        reason="Butir keliru.",
    )
    assert standing(session, revision) == standing(session, audit)
    assert not waits(session, revision)
