"""Anybody can tell an original from an extended, an altered and a foreign file."""

from pathlib import Path

import pytest
from sqlalchemy import event
from sqlalchemy.orm import Session

from assessor.public import prefixes, views
from assessor.public.limits import FILES
from assessor.reports.reading import groups
from tests.assessor.reports.sample import make_content
from tests.assessor.reports.sealed import World
from tests.client import Page, PageClient

SECRETS = ("68,2", "Belum memenuhi", "belum_memenuhi", "Ratna", "Suardika", "Tabuni", "44 poin")


def check_file(
    client: PageClient, data: bytes, *, name: str = "laporan.pdf", status: int = 200
) -> Page:
    form = client.get("/check").form("Periksa berkas")
    return form.fill({"file": (data, name)}).submit(status=status)


def facts(page: Page) -> dict[str, str]:
    from tests.client import words

    terms = [words(each) for each in page.tree.iter("dt")]
    values = [words(each) for each in page.tree.iter("dd")]
    return dict(zip(terms, values, strict=True))


@pytest.fixture
def original(world: World) -> bytes:
    return world.bytes_of(world.issue(world.seal("NILAI-2026-0117")))


def test_the_page_explains_itself_to_somebody_not_signed_in(client: PageClient) -> None:
    page = client.get("/check")
    assert page.h1 == "Periksa keaslian laporan"
    assert "tanpa masuk" in page.text
    assert page.headers["X-Robots-Tag"] == "noindex"


def test_a_code_leads_to_what_everybody_may_know(world: World, client: PageClient) -> None:
    issued = world.issue(world.seal("NILAI-2026-0117"))
    typed = issued.code.lower().replace("-", " ")
    page = client.get("/check").form("Periksa kode").fill({"code": typed}).submit()
    assert page.path == f"/check/{issued.code}"
    said = facts(page)
    assert said["Yang dinilai"].startswith("Klinik Rehabilitasi Harapan Baru")
    assert said["Jenis penilaian"] == "Evaluasi pemenuhan"
    assert said["Tanggal kunjungan"] == "18 Nov 2026"
    assert said["Instrumen"].endswith("edisi 2026.1")
    assert said["Status instrumen"] == "Instrumen kerja, belum disahkan"
    assert said["Kedudukan"] == "Revisi terbaru"
    assert said["Kode"] == issued.code
    assert len(said["Akar isi yang dikunci"].replace(" ", "")) == 64
    assert "DATA CONTOH" in page.text
    for secret in SECRETS:
        assert secret not in page.html, secret


def test_the_qr_code_leads_to_the_same_page(world: World, client: PageClient) -> None:
    issued = world.issue(world.seal("NILAI-2026-0117"))
    path = issued.check_url.split("go.id", 1)[1]
    assert "Laporan dengan kode ini ada" in client.get(path).text


@pytest.mark.parametrize(
    "typed", ["K7QM-4RTX-9WHD", "salah", "<b>x</b>", "0" * 12, "file2", "é" * 90]
)
def test_an_unknown_code_gets_clear_words(client: PageClient, world: World, typed: str) -> None:
    page = client.get("/check", query={"code": typed}, status=404)
    assert "Kode ini tidak kami kenal" in page.text


def test_an_empty_code_says_what_to_do(client: PageClient) -> None:
    page = client.get("/check").form("Periksa kode").submit()
    assert page.errors == ["Isi kode yang tercetak di kaki halaman laporan."]


def test_the_original_is_genuine(original: bytes, client: PageClient) -> None:
    page = check_file(client, original)
    assert "Berkas ini asli dan utuh" in page.text
    assert facts(page)["Nomor"] == "NILAI-2026-0117"
    for secret in SECRETS:
        assert secret not in page.html, secret


def test_an_extended_original_is_recognised_and_the_addition_named(
    original: bytes, client: PageClient
) -> None:
    added = b"9 0 obj\n<</Type/Sig>>\nendobj\nstartxref\n1\n%%EOF\n"
    for extension in (added, added + added):
        page = check_file(client, original + extension)
        assert f"ada tambahan {len(extension)} bita setelah diterbitkan" in page.text
        assert "Isi asli utuh" in page.text
        assert "dapat juga mengubah yang tampak" in page.text
        assert facts(page)["Nomor"] == "NILAI-2026-0117"


def test_an_altered_file_is_not_recognised(original: bytes, client: PageClient) -> None:
    middle = len(original) // 2
    for altered in (
        original[:middle] + bytes([original[middle] ^ 1]) + original[middle + 1 :],
        original[:-20],
        b"\n" + original,
    ):
        page = check_file(client, altered)
        assert "asli dan utuh" not in page.text
        assert not list(page.tree.iter("dd"))


def test_a_foreign_file_is_told_apart(original: bytes, client: PageClient) -> None:
    assert "bukan laporan asli" in check_file(client, b"%PDF-1.7\nother\n%%EOF\n").text
    assert "bukan PDF" in check_file(client, b"\xff\xd8\xff photo", name="foto.jpg").text
    assert "bukan PDF" in check_file(client, b"").text


def test_no_file_chosen_says_what_to_do(client: PageClient) -> None:
    page = client.get("/check").form("Periksa berkas").submit(status=400)
    assert page.errors == ["Pilih berkas PDF laporan, lalu periksa."]


def test_a_replaced_report_is_genuine_and_says_by_what(world: World, client: PageClient) -> None:
    first = world.seal("NILAI-2026-0117")
    issued = world.issue(first)
    data = world.bytes_of(issued)
    world.seal("NILAI-2026-0130", revises=first)
    for page in (client.get(f"/check/{issued.code}"), check_file(client, data)):
        assert "tetapi sudah diganti" in page.text
        assert "NILAI-2026-0130" in facts(page)["Kedudukan"]


def test_the_status_of_the_instrument_is_the_sealed_one(world: World, client: PageClient) -> None:
    for number, (fictitious, said) in enumerate(
        [(False, "Disahkan"), (True, "Contoh: disahkan dengan keputusan rekaan")]
    ):
        content = make_content(items=2, photos=0, status="approved", fictitious=fictitious)
        issued = world.issue(world.seal(f"NILAI-2026-030{number}", content=content))
        assert facts(client.get(f"/check/{issued.code}"))["Status instrumen"] == said


def test_the_times_are_those_on_the_paper(world: World, client: PageClient) -> None:
    content = make_content(items=2, photos=0)
    content["auditee"]["time_zone"] = "WIT"
    issued = world.issue(world.seal("NILAI-2026-0117", content=content))
    said = facts(client.get(f"/check/{issued.code}"))
    assert said["Dikunci"] == "21 Nov 2026 16.02 WIT"


def test_the_check_speaks_english_too(world: World, client: PageClient) -> None:
    issued = world.issue(world.seal("NILAI-2026-0117"), "en")
    client.post("/preferences", {"language": "en", "next": "/check"})
    page = client.get(f"/check/{issued.code}")
    assert "Compliance evaluation" in page.text
    assert "Working instrument, not approved" in page.text


def test_a_file_that_is_too_large_is_refused_before_it_is_read(
    client: PageClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(views, "LARGEST", 1000)
    monkeypatch.setattr(views, "_AROUND_THE_FILE", 500)
    page = check_file(client, b"%PDF-" + b"x" * 4000, status=413)
    assert "lebih besar dari" in page.errors[0]


def test_a_file_just_over_the_bound_is_refused_too(
    client: PageClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(prefixes, "LARGEST", 1000)
    page = check_file(client, b"%PDF-" + b"x" * 2000, status=413)
    assert "lebih besar dari" in page.errors[0]


def test_files_are_counted_and_codes_are_not(
    client: PageClient, world: World, original: bytes
) -> None:
    for _ in range(FILES.most):
        check_file(client, b"%PDF- other")
    page = check_file(client, original, status=400)
    assert "Sudah banyak berkas diperiksa" in page.text
    issued_code = client.get("/check/K7QM-4RTX-9WHD", status=404)
    assert "tidak kami kenal" in issued_code.text


def test_nothing_of_the_file_is_kept(
    world: World, original: bytes, client: PageClient, tmp_path: Path
) -> None:
    kept = set(world.store.digests())
    check_file(client, original + b"private addition")
    assert set(world.store.digests()) == kept


def test_looking_at_a_code_asks_little_and_writes_nothing(
    world: World, client: PageClient, session: Session
) -> None:
    issued = world.issue(world.seal("NILAI-2026-0117"))
    code = issued.code
    session.rollback()
    asked: list[str] = []

    def note(connection: object, cursor: object, statement: str, *rest: object) -> None:
        asked.append(statement.split(None, 1)[0].upper())

    engine = session.get_bind()
    event.listen(engine, "before_cursor_execute", note)
    try:
        client.get(f"/check/{code}")
    finally:
        event.remove(engine, "before_cursor_execute", note)
    assert [each for each in asked if each not in {"PRAGMA", "BEGIN"}] == ["SELECT"]


def test_reloading_the_answer_to_a_file_leads_back(client: PageClient) -> None:
    assert client.get("/check/file").path == "/check"


def test_the_root_on_the_page_is_the_root_on_the_paper(world: World, client: PageClient) -> None:
    from tests.assessor.reports.test_paper import read

    issued = world.issue(world.seal("NILAI-2026-0117"))
    root = facts(client.get(f"/check/{issued.code}"))["Akar isi yang dikunci"]
    assert root in read(world.bytes_of(issued))[-1]
    assert root == groups(root.replace(" ", ""))
