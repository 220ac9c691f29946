"""The minutes say what was frozen, are the same whenever they are made, and anybody can check them."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable
from io import BytesIO
from typing import Any

import pytest
from flask import Flask
from pypdf import PdfReader
from sqlalchemy import select
from sqlalchemy.orm import Session

from assessor.access.actor import SYSTEM
from assessor.accounts.models import Person
from assessor.assessments.closing import after_closing
from assessor.assessments.closing.services import dispute_point
from assessor.assessments.judging import judge
from assessor.assessments.models import Assessment, Kind
from assessor.assessments.queries import today_of
from assessor.assessments.visit.assignment import Guest, add_guest
from assessor.assessments.visit_models import Closing, MeetingKind
from assessor.demo.drawing import logo
from assessor.installation.letterheads import change_letterhead, read_logo, seen_of
from assessor.journal.models import JournalEntry
from assessor.reports import minutes_services
from assessor.reports.minutes import render_minutes
from assessor.reports.minutes_services import issue_minutes, remake_minutes
from assessor.reports.models import IssuedMinutes
from assessor.reports.queries import get_frozen, kept_digests
from assessor.reports.reading import groups
from assessor.sentences import NotPermitted, Refused
from evidence_store.store import Store
from tests import audits, builders
from tests.assessor.reports.test_paper import HOSTILE, read
from tests.client import PageClient
from tests.conftest import StandingClock

BASE_URL = "https://asesor.contoh.go.id"
AsPerson = Callable[[Person], PageClient]


@pytest.fixture
def scene(session: Session, clock: StandingClock) -> audits.Scene:
    return audits.make_scene(session, clock, items=12)


@pytest.fixture
def audit(session: Session, clock: StandingClock, scene: audits.Scene) -> Assessment:
    """Scored, with a guest, a letter, an opening meeting and one point that is not agreed."""
    opened = audits.open_audit(session, clock, scene)
    first, second, *_ = judge(session, opened, today_of(session, opened, clock())).asked
    audits.score(session, clock, scene, opened, unmet=[first, second])
    lead = scene.actor(session, clock, "assessor")
    add_guest(
        session,
        lead,
        clock,
        assessment_id=opened.id,
        guest=Guest(name="Ningsih", agency="Dinas Sosial", function="Pendamping"),
    )
    audits.assign(session, clock, scene, opened)
    audits.hold(session, clock, scene, opened, kind=MeetingKind.opening)
    dispute_point(
        session,
        lead,
        clock,
        assessment_id=opened.id,
        item=first,
        institution="Kami sudah menjalankannya.",
        team="Catatannya belum terlihat.",
    )
    return opened


@pytest.fixture
def closing(
    session: Session, clock: StandingClock, scene: audits.Scene, audit: Assessment
) -> Closing:
    return audits.close(session, clock, scene, audit)


@pytest.fixture
def issue(
    app: Flask, session: Session, clock: StandingClock, scene: audits.Scene
) -> Callable[..., IssuedMinutes]:
    def now(closing: Closing, language: str = "id", who: str = "assessor") -> IssuedMinutes:
        return issue_minutes(
            session,
            scene.actor(session, clock, who),
            clock,
            store=app.extensions["assessor_store"],
            closing_id=closing.id,
            language=language,
            base_url=BASE_URL,
        )

    return now


@pytest.fixture
def store(app: Flask) -> Store:
    found: Store = app.extensions["assessor_store"]
    return found


def bytes_of(store: Store, issued: IssuedMinutes) -> bytes:
    with store.open(issued.digest) as file:
        return file.read()


def test_the_minutes_say_who_met_what_came_out_and_what_is_not_agreed(
    session: Session, closing: Closing, store: Store, issue: Callable[..., IssuedMinutes]
) -> None:
    issued = issue(closing)
    pages = read(bytes_of(store, issued))
    whole = " ".join(pages)
    frozen = get_frozen(session, closing.id).content
    for said in (
        "BERITA ACARA PENILAIAN",
        "Rumah Kenari",
        "bertempat di Ruang rapat Rumah Kenari",
        "Hasil sementara",
        "ST/117/CONTOH/2026",
        "Layanan berjalan baik",
        "Kami sudah menjalankannya.",
        "Catatannya belum terlihat.",
        "Usulan temuan",
        "Dinas Sosial",
        "Tidak ada konflik kepentingan",
        "Orang lembaga",
        "Pertemuan pembukaan",
        "Pertemuan penutupan",
        "Tanda tangan",
        groups(closing.root),
        issued.check_url,
    ):
        assert said in whole, said
    for finding in frozen["findings"]:
        assert f"{finding['number']}. {finding['item']}" in whole
    for ratio in frozen["results"]["aspects"].values():
        n, d = ratio["n"].removesuffix("/1"), ratio["d"].removesuffix("/1")
        assert f"{n} dari {d}" in whole
    assert "tidak dapat dicetak" not in whole
    for number, page in enumerate(pages, start=1):
        assert re.search(rf"halaman {number} dari\s+{len(pages)}\b", page)
        assert issued.code in page
        assert "Instrumen kerja, belum disahkan" in page


def test_each_side_has_a_place_to_sign(
    closing: Closing, store: Store, issue: Callable[..., IssuedMinutes]
) -> None:
    pages = read(bytes_of(store, issue(closing)))
    signed_on = next(page for page in pages if "Tanda tangan" in page)
    assert "Ketua tim" in signed_on[signed_on.index("Tanda tangan") :]  # no head left alone
    whole = " ".join(pages)
    signatures = whole[whole.index("Tanda tangan") :]
    for name in ("Orang assessor", "Orang assessor2", "Ningsih", "Orang lembaga"):
        assert name in signatures, name


def test_without_anybody_of_the_institution_there_is_a_place_for_a_name(
    session: Session, closing: Closing
) -> None:
    frozen = get_frozen(session, closing.id)
    content = dict(frozen.content)
    content["meetings"] = [each | {"present": []} for each in content["meetings"]]
    pdf = render_minutes(
        content,
        root=frozen.root,
        code="K7QM-4RTX-9WHD",
        check_url=BASE_URL,
        language="id",
        thumbs=lambda digest: None,
        version="1",
    )
    whole = " ".join(read(pdf))
    assert "Daftar hadir tidak diisi." in whole
    assert "Nama dan jabatan" in whole


def test_the_minutes_carry_the_kop_of_the_office_with_its_logo(
    session: Session,
    clock: StandingClock,
    scene: audits.Scene,
    audit: Assessment,
    store: Store,
    issue: Callable[..., IssuedMinutes],
) -> None:
    change_letterhead(
        session,
        SYSTEM,
        clock,
        office_id=scene.office.id,
        lines=["KANTOR BERLOGO"],
        logo=read_logo(store, BytesIO(logo())),
        keep_logo=False,
        seen=seen_of(scene.office),
    )
    issued = issue(audits.close(session, clock, scene, audit))
    first = PdfReader(BytesIO(bytes_of(store, issued))).pages[0]
    assert "KANTOR BERLOGO" in first.extract_text()
    assert len(first.images) == 1


def test_english_minutes_say_the_same(
    closing: Closing, store: Store, issue: Callable[..., IssuedMinutes]
) -> None:
    whole = " ".join(read(bytes_of(store, issue(closing, "en"))))
    for said in ("MINUTES OF ASSESSMENT", "Points not agreed", "Signatures", "page 1 of"):
        assert said in whole, said
    for indonesian in ("Berita acara", "halaman", "Tanda tangan", "Hal yang belum"):
        assert indonesian not in whole, indonesian


def test_made_again_after_everything_went_on_the_minutes_are_the_same_to_the_byte(
    session: Session,
    clock: StandingClock,
    scene: audits.Scene,
    audit: Assessment,
    closing: Closing,
    store: Store,
    issue: Callable[..., IssuedMinutes],
) -> None:
    issued = issue(closing)
    kept = bytes_of(store, issued)
    assert hashlib.sha256(kept).hexdigest() == issued.digest
    answer = next(iter(judge(session, audit, clock().date()).state.answers.values()))
    entry = audits.operation(audit, answer.item, "facts", "Lain.", answer.facts_op)
    audits.enter(session, clock, scene.actor(session, clock, "assessor"), audit, [entry])
    clock.forward(hours=30)
    assert remake_minutes(session, issued) == kept
    assert issue(closing).id == issued.id
    assert list(kept_digests(session)) == [issued.digest]


def test_the_issue_stands_in_the_journal(
    session: Session, closing: Closing, issue: Callable[..., IssuedMinutes]
) -> None:
    issued = issue(closing)
    entry = session.execute(
        select(JournalEntry).where(JournalEntry.act == "reports.minutes_issued")
    ).scalar_one()
    assert entry.subject_id == issued.id
    assert issued.digest in entry.body
    assert closing.id in entry.body


def test_an_unknown_language_and_a_stranger_are_refused(
    app: Flask,
    session: Session,
    clock: StandingClock,
    closing: Closing,
    issue: Callable[..., IssuedMinutes],
) -> None:
    with pytest.raises(Refused, match="Pilih salah satu"):
        issue(closing, "fr")
    elsewhere = builders.make_site(session, clock, name="Rumah Lain")
    stranger = builders.make_person(
        session, clock, name="Budi", role=builders.Role.institution, auditee=elsewhere
    )
    with pytest.raises(NotPermitted):
        issue_minutes(
            session,
            builders.actor_for(session, clock, stranger),
            clock,
            store=app.extensions["assessor_store"],
            closing_id=closing.id,
            language="id",
            base_url=BASE_URL,
        )
    assert session.scalars(select(IssuedMinutes)).all() == []


def test_nothing_is_locked_while_the_minutes_are_made_and_two_get_the_same(
    session: Session,
    closing: Closing,
    issue: Callable[..., IssuedMinutes],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    real = minutes_services.render_minutes
    inner: list[IssuedMinutes] = []

    def overtaken(*given: Any, **more: Any) -> bytes:
        assert not session.in_transaction()
        if not inner:
            monkeypatch.setattr(minutes_services, "render_minutes", real)
            inner.append(issue(closing))
        return real(*given, **more)

    monkeypatch.setattr(minutes_services, "render_minutes", overtaken)
    assert issue(closing).id == inner[0].id


def test_closed_anew_the_minutes_say_why_and_what_changed_and_the_first_stay(
    session: Session,
    clock: StandingClock,
    scene: audits.Scene,
    audit: Assessment,
    closing: Closing,
    store: Store,
    issue: Callable[..., IssuedMinutes],
    client: PageClient,
) -> None:
    first = issue(closing)
    answer = next(
        each
        for each in judge(session, audit, clock().date()).state.answers.values()
        if each.choice == "0"
    )
    entry = audits.operation(audit, answer.item, "facts", "Dihitung ulang.", answer.facts_op)
    audits.enter(session, clock, scene.actor(session, clock, "assessor"), audit, [entry])
    clock.forward(hours=2)
    anew = audits.close(session, clock, scene, audit, reason="Jumlah berkas keliru.")
    second = issue(anew)
    whole = " ".join(read(bytes_of(store, second)))
    assert "Alasannya: Jumlah berkas keliru." in whole
    assert f"{answer.item} · fakta · Orang assessor" in whole
    assert "Dihitung ulang." in whole
    assert "menggantikan" not in " ".join(read(bytes_of(store, first)))
    page = client.get(f"/check/{first.code}")
    assert "Berita acara dengan kode ini ada" in page.text
    assert "tetapi sudah diganti" in page.text
    page = client.get(f"/check/{second.code}")
    assert "Berita acara terbaru" in page.text
    assert "hasil sementara" in page.text
    for secret in ("Orang assessor", "Dihitung ulang", "Belum memenuhi", "Jumlah berkas"):
        assert secret not in page.html, secret


def test_the_file_of_the_minutes_is_recognised_signed_or_not(
    closing: Closing,
    store: Store,
    issue: Callable[..., IssuedMinutes],
    client: PageClient,
) -> None:
    kept = bytes_of(store, issue(closing))
    form = client.get("/check").form("Periksa berkas")
    assert "Berkas ini asli dan utuh" in form.fill(file=(kept, "ba.pdf")).submit().text
    form = client.get("/check").form("Periksa berkas")
    signed = kept + b"9 0 obj\n<</Type/Sig>>\nendobj\n%%EOF\n"
    assert "Isi asli utuh" in form.fill(file=(signed, "ba.pdf")).submit().text


def test_freezing_issues_the_minutes_and_they_are_fetched_and_signed_on_the_same_page(
    session: Session,
    clock: StandingClock,
    scene: audits.Scene,
    audit: Assessment,
    as_person: AsPerson,
) -> None:
    audits.hold(session, clock, scene, audit)
    lead = as_person(scene.people["assessor"])
    page = lead.get(f"/assessments/{audit.id}/closing")
    page = page.form("Bekukan hasil sementara").fill(summary="Baik.").submit()
    assert page.flashes == ["Hasil sementara sudah dibekukan."]
    href = page.links()["Unduh berita acara (Bahasa Indonesia, PDF)"]
    answer = lead.request("GET", href)
    assert answer.data.startswith(b"%PDF")
    assert (
        f"Berita-acara-{audit.reference}-1-rumah-kenari.pdf"
        in (answer.headers["Content-Disposition"])
    )
    assert "sandbox" in answer.headers["Content-Security-Policy"]
    page = page.form("Buat berita acara (Bahasa Inggris)").submit()
    assert page.flashes == ["Berita acara sudah terbit dan dapat diunduh."]
    assert "Unduh berita acara (Bahasa Inggris, PDF)" in page.links()
    scan = (answer.data, "pindaian.pdf")
    page = page.form("Unggah berita acara").fill(scan=scan, declaration=True).submit()
    assert page.flashes == ["Berita acara bertanda tangan sudah tersimpan."]
    assert "Orang assessor" in page.text
    assert "Pindaian bertanda tangan" in page.text


def test_minutes_that_fail_leave_what_was_frozen_and_can_be_made_from_the_page(
    session: Session,
    clock: StandingClock,
    scene: audits.Scene,
    audit: Assessment,
    as_person: AsPerson,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def fail(_closing_id: str) -> None:
        raise RuntimeError("no paper")

    audits.hold(session, clock, scene, audit)
    lead = as_person(scene.people["assessor"])
    with monkeypatch.context() as broken:
        broken.setattr(after_closing, "_handlers", [fail])
        page = lead.get(f"/assessments/{audit.id}/closing")
        page = page.form("Bekukan hasil sementara").fill(summary="Baik.").submit()
    assert page.flashes[1].startswith("Berita acaranya belum dapat dibuat.")
    lead.get(f"/assessments/{audit.id}/minutes/1/paper.pdf", status=404)
    lead.get(f"/assessments/{audit.id}/minutes/9/paper.pdf", status=404)
    page = page.form("Buat berita acara (Bahasa Indonesia)").submit()
    assert "Unduh berita acara (Bahasa Indonesia, PDF)" in page.links()


# ---- whatever was typed ----

_TYPED = {
    "name", "entity", "address", "facts", "reason", "statement", "words", "place", "function",
    "agency", "institution", "team", "summary", "number", "office", "letterhead", "excused",
    "label", "text", "who", "before", "after",
}  # fmt: skip


def _typed_over(value: Any, said: str, *, typed: bool = False) -> Any:
    if isinstance(value, dict):
        return {
            key: _typed_over(each, said, typed=key in _TYPED or (typed and key in {"id", "en"}))
            for key, each in value.items()
        }
    if isinstance(value, list):
        return [_typed_over(each, said, typed=typed) for each in value]
    return said if typed and isinstance(value, str) else value


@pytest.mark.parametrize("said", HOSTILE, ids=lambda said: repr(said[:24]))
def test_whatever_was_typed_the_minutes_are_whole(
    session: Session, closing: Closing, said: str
) -> None:
    frozen = get_frozen(session, closing.id)
    content = _typed_over(dict(frozen.content), said)
    pdf = render_minutes(
        content,
        root=frozen.root,
        code="K7QM-4RTX-9WHD",
        check_url=f"{BASE_URL}/check/K7QM-4RTX-9WHD",
        language="id",
        thumbs=lambda digest: None,
        version="1",
    )
    whole = " ".join(read(pdf))
    assert "tidak dapat dicetak" not in whole
    assert groups(frozen.root) in whole
    assert b"/JavaScript" not in pdf
    assert len(PdfReader(BytesIO(pdf)).pages) >= 2


def test_an_unfinished_assessment_that_was_closed_has_minutes_too(
    session: Session,
    clock: StandingClock,
    scene: audits.Scene,
    store: Store,
    issue: Callable[..., IssuedMinutes],
) -> None:
    opened = audits.open_audit(session, clock, scene, kind=Kind.baseline)
    closing = audits.close(session, clock, scene, opened)
    whole = " ".join(read(bytes_of(store, issue(closing))))
    assert "Belum lengkap" in whole
    assert "Tidak ada usulan temuan." in whole
    assert "Tidak ada hal yang belum disepakati." in whole
    assert "tidak dapat dicetak" not in whole
