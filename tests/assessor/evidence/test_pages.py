"""Can people hand in, look and take back in the browser, and does one bad file spoil nothing?"""

import json
from collections.abc import Callable, Mapping
from datetime import timedelta
from io import BytesIO
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import event, func, select
from sqlalchemy.orm import Session

from assessor.assessments.models import Kind
from assessor.evidence import loaders, services, views
from assessor.evidence.declaration import CURRENT
from assessor.evidence.forms import MOST_FILES
from assessor.evidence.models import Evidence, EvidenceKind
from assessor.evidence.queries import State, piece
from evidence_store.store import LocalStore, Store
from tests.assessor.evidence.test_handing_in import REFUSED
from tests.assessor.evidence.world import NOW, cite, give, make_assessment, seal
from tests.client import Page, PageClient
from tests.evidence_store import evidence_corpus as corpus

Browser = Callable[[str], PageClient]
LIBRARY = "/auditees/a1/evidence"
HAND_IN = f"{LIBRARY}/hand-in"


def count(session: Session) -> int:
    return session.scalar(select(func.count()).select_from(Evidence)) or 0


@pytest.fixture
def app_store(app: Flask) -> Store:
    found: Store = app.extensions["assessor_store"]
    return found


def upload(
    browser: PageClient,
    files: list[tuple[bytes, str]],
    fields: Mapping[str, Any] | None = None,
    *,
    status: int = 200,
) -> Page:
    form = browser.get(LIBRARY).form("Kirim bukti")
    form.fill({"files": files, "declaration": True, **(fields or {})})
    return form.submit(status=status)


def upload_json(
    browser: PageClient,
    files: list[tuple[bytes, str]],
    fields: Mapping[str, Any] | None = None,
    *,
    path: str = HAND_IN,
) -> tuple[int, dict[str, Any]]:
    response = browser.request(
        "POST",
        path,
        data={
            "csrf_token": browser.token(),
            "kind": "photo",
            "declaration": CURRENT,
            "files": [(BytesIO(content), name) for content, name in files],
            **(fields or {}),
        },
        content_type="multipart/form-data",
        headers={"Accept": "application/json"},
    )
    return response.status_code, json.loads(response.data)


# ---- handing in ----


def test_an_empty_library_offers_the_first_step(browser: Browser) -> None:
    page = browser("institution").get(LIBRARY)
    assert page.h1 == "Bukti dukung"
    assert "Belum ada bukti" in page.text
    assert "Kirim foto atau dokumen pertama" in page.text


def test_several_files_are_taken_at_once(browser: Browser, world: Session) -> None:
    page = upload(
        browser("institution"),
        [(corpus.jpeg(), "ruang.jpg"), (corpus.pdf(), "SOP_konseling.pdf")],
        {"Tanggal yang dibuktikan": "2026-10-02", "kind": "photo"},
    )
    assert page.path == LIBRARY
    assert page.flashes == ["“Ruang” diterima.", "“SOP konseling” diterima."]
    rows = world.scalars(select(Evidence).order_by(Evidence.title)).all()
    assert [(row.title, row.kind, str(row.stands_for)) for row in rows] == [
        ("Ruang", EvidenceKind.photo, "2026-10-02"),
        ("SOP konseling", EvidenceKind.document, "2026-10-02"),
    ]
    assert "Foto · tanggal 2 Okt 2026" in page.text


def test_a_photograph_of_the_camera_field_is_taken(browser: Browser, world: Session) -> None:
    page = upload(browser("assessor"), [], {"camera": [(corpus.jpeg(), "image.jpg")]})
    assert page.flashes == ["“Image” diterima."]
    assert count(world) == 1


def test_one_title_for_several_files_is_numbered(browser: Browser, world: Session) -> None:
    files = [(corpus.jpeg(), "a.jpg"), (corpus.png(), "b.png")]
    upload(browser("institution"), files, {"Judul": "Ruang konseling"})
    titles = set(world.scalars(select(Evidence.title)))
    assert titles == {"Ruang konseling (1)", "Ruang konseling (2)"}


@pytest.mark.parametrize("reason", [r for r in REFUSED if r.value not in {"too_large", "empty"}])
def test_a_bad_file_is_named_and_the_good_one_kept(
    reason: Any, browser: Browser, world: Session
) -> None:
    name, content, words = REFUSED[reason]
    page = upload(
        browser("institution"),
        [(content, name), (corpus.webp(), "baik.webp")],
        {"Judul": "Judul saya", "Tanggal yang dibuktikan": "2026-10-02", "kind": "photo"},
        status=422,
    )
    assert f"“{name}”" in page.text
    assert words in page.text
    assert "“Judul saya (2)” diterima." in page.text
    assert count(world) == 1
    form = page.form("Kirim bukti")
    assert form.value("Judul") == "Judul saya"
    assert form.value("Tanggal yang dibuktikan") == "2026-10-02"
    assert ("kind", "photo") in form.values
    assert ("declaration", CURRENT) in form.values


def test_a_file_at_the_limit_is_taken_and_one_byte_more_is_not(
    browser: Browser, world: Session, app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    from dataclasses import replace

    limit = len(corpus.pdf()) + 512
    settings = replace(app.extensions["assessor_settings"], upload_limit=limit)
    monkeypatch.setitem(app.extensions, "assessor_settings", settings)
    fits = corpus.pdf() + bytes(512)
    page = upload(
        browser("institution"), [(fits + b"\0", "besar.pdf"), (fits, "pas.pdf")], status=422
    )
    assert "“besar.pdf” lebih besar dari" in page.text
    assert "“Pas” diterima." in page.text


def test_far_too_much_at_once_is_said(
    browser: Browser, world: Session, app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    from dataclasses import replace

    client = browser("institution")
    client.token()
    settings = replace(app.extensions["assessor_settings"], upload_limit=1024)
    monkeypatch.setitem(app.extensions, "assessor_settings", settings)
    monkeypatch.setattr(loaders, "_ROOM_FOR_FIELDS", 0)
    page = upload(client, [(bytes(100_000), "film.mp4")], status=413)
    assert page.h1 == "Berkas ini terlalu besar"
    assert count(world) == 0


def test_an_empty_file_is_named(browser: Browser, world: Session) -> None:
    page = upload(browser("institution"), [(b"", "kosong.pdf")], status=422)
    assert "Berkas “kosong.pdf” kosong." in page.text


def test_without_the_declaration_nothing_is_kept_and_what_was_typed_stays(
    browser: Browser, world: Session, app_store: Store
) -> None:
    page = upload(
        browser("institution"),
        [(corpus.jpeg(), "a.jpg")],
        {"declaration": False, "Judul": "Ruang", "Tanggal yang dibuktikan": "2026-10-02"},
        status=422,
    )
    assert page.errors == [
        "Centang pernyataan ini setelah Anda memeriksa setiap berkas, lalu kirim lagi."
    ]
    assert page.form("Kirim bukti").value("Judul") == "Ruang"
    assert page.form("Kirim bukti").value("Tanggal yang dibuktikan") == "2026-10-02"
    assert count(world) == 0
    assert list(app_store.digests()) == []


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"Tanggal yang dibuktikan": "2026-11-22"}, "belum tiba"),
        ({"Tanggal yang dibuktikan": "21/11"}, "hari, bulan, tahun"),
        ({"Judul": "x" * 161}, "160 huruf"),
        ({"files": []}, "paling sedikit satu"),
        ({"files": [(corpus.jpeg(), f"{n}.jpg") for n in range(MOST_FILES + 1)]}, "paling banyak"),
    ],
)
def test_a_wrong_form_says_what_to_do(
    fields: Mapping[str, Any], words: str, browser: Browser, world: Session
) -> None:
    page = upload(browser("institution"), [(corpus.jpeg(), "a.jpg")], fields, status=422)
    assert words in " ".join(page.errors)
    assert count(world) == 0


def test_the_answer_of_an_upload_can_be_reloaded_by_its_address(browser: Browser) -> None:
    assert browser("institution").get(HAND_IN).path == LIBRARY


@pytest.mark.parametrize(
    ("error", "words"),
    [
        (OSError(5, "Input/output error"), "karena gangguan"),
        (OSError(28, "No space left on device"), "karena tempat penyimpanan kami sedang penuh"),
    ],
)
def test_a_failing_store_costs_only_its_file(
    browser: Browser,
    world: Session,
    monkeypatch: pytest.MonkeyPatch,
    error: OSError,
    words: str,
) -> None:
    real = services.hand_in

    def hand_in(*args: Any, **named: Any) -> Any:
        if named["name"] == "sial.jpg":
            raise error
        return real(*args, **named)

    monkeypatch.setattr(services, "hand_in", hand_in)
    files = [(corpus.jpeg(), "sial.jpg"), (corpus.png(), "baik.png")]
    page = upload(browser("institution"), files, status=422)
    assert f"Berkas “sial.jpg” belum tersimpan {words}" in page.text
    assert "“Baik” diterima." in page.text
    assert count(world) == 1


# ---- as a script sends it ----


def test_a_script_gets_a_result_for_each_file(browser: Browser, world: Session) -> None:
    client = browser("institution")
    first = upload_json(client, [(corpus.jpeg(), "ruang.jpg")])[1]["results"][0]
    evidence = world.scalars(select(Evidence)).one()
    assert first["state"] == "accepted"
    assert (first["id"], first["title"]) == (evidence.id, "Ruang")
    assert first["thumb"] == f"/evidence/{evidence.id}/thumb"
    assert first["href"] == f"/evidence/{evidence.id}"
    files = [(corpus.jpeg(), "lagi.jpg"), (b"teks", "a.txt"), (corpus.png(), "b.png")]
    status, answer = upload_json(client, files)
    assert status == 200
    assert [each["state"] for each in answer["results"]] == ["present", "refused", "accepted"]
    assert answer["results"][0]["id"] == evidence.id
    assert "sudah ada sebagai “Ruang”" in answer["results"][0]["sentence"]
    assert "“a.txt” bukan PDF" in answer["results"][1]["sentence"]


def test_a_script_learns_which_field_is_wrong(browser: Browser, world: Session) -> None:
    fields = {"declaration": "", "stands_for": "2027-01-01"}
    status, answer = upload_json(browser("institution"), [(corpus.jpeg(), "a.jpg")], fields)
    assert status == 422
    assert set(answer["fields"]) == {"declaration", "stands_for"}
    assert answer["error"]
    assert count(world) == 0


def test_a_made_up_declaration_is_none(browser: Browser, world: Session) -> None:
    files = [(corpus.jpeg(), "a.jpg")]
    _status, answer = upload_json(browser("institution"), files, {"declaration": "ya"})
    assert answer["results"][0]["state"] == "refused"
    assert count(world) == 0


# ---- who may ----

SEES = {"institution", "assessor", "coach", "checker", "directorate"}
UPLOADS = {"institution", "assessor", "coach"}
WITHDRAWS = {"institution"}  # what the institution handed in


@pytest.mark.parametrize(
    "who",
    [
        "institution",
        "assessor",
        "coach",
        "checker",
        "directorate",
        "stranger",
        "idle_assessor",
        "far_coach",
        "privacy",
        "administrator",
    ],
)
def test_what_is_foreign_looks_missing(
    who: str, browser: Browser, world: Session, app_store: Store
) -> None:
    evidence = give(world, app_store, corpus.jpeg()).evidence_id
    client = browser(who)
    for path in (LIBRARY, *(f"/evidence/{evidence}{end}" for end in ("", "/thumb", "/page/1"))):
        assert client.request("GET", path).status_code == (200 if who in SEES else 404), path
    original = client.request("GET", f"/evidence/{evidence}/original")
    assert original.status_code == (200 if who in SEES else 404)
    original.close()
    status, _answer = upload_json(client, [(corpus.png(), "b.png")])
    assert status == (200 if who in UPLOADS else 403 if who in SEES else 404)
    assert count(world) == (2 if who in UPLOADS else 1)
    withdrawn = client.request(
        "POST",
        f"/evidence/{evidence}/withdraw",
        data={"csrf_token": client.token(), "reason": "Keliru"},
    ).status_code
    may = {"institution": 303, "assessor": 400, "coach": 400}  # the other side's proof stays
    assert withdrawn == may.get(who, 403 if who in SEES else 404)


@pytest.mark.parametrize(
    "path",
    [
        "/evidence/tidak-ada",
        "/evidence/%00",
        "/evidence/%00/original",
        "/auditees/tidak-ada/evidence",
        "/auditees/%00/evidence",
    ],
)
def test_what_does_not_exist_is_missing(path: str, browser: Browser) -> None:
    assert browser("directorate").request("GET", path).status_code == 404


def test_nobody_enters_without_signing_in(client: PageClient, world: Session) -> None:
    assert client.request("GET", LIBRARY).status_code in {302, 303}
    assert client.request("GET", "/evidence/x/original").status_code in {302, 303}


def test_who_only_reads_is_offered_no_form(
    browser: Browser, world: Session, app_store: Store
) -> None:
    give(world, app_store, corpus.jpeg())
    page = browser("directorate").get(LIBRARY)
    assert "Kirim bukti" not in page.text
    assert "upload.js" not in page.html


# ---- one piece ----


def test_a_piece_shows_its_facts(browser: Browser, world: Session, app_store: Store) -> None:
    evidence = give(world, app_store, corpus.pdf(3), name="SOP.pdf", title="SOP <b>").evidence_id
    cite(world, "n1", "SDM-01", evidence)
    cite(world, "n1", "SDM-02", evidence)
    page = browser("assessor").get(f"/evidence/{evidence}")
    assert page.h1 == "SOP <b>"
    for words in (
        "Halaman 1 dari 3",
        "SOP.pdf",
        "Dokumen",
        "1 Nov 2026",
        "Nama institution, diserahkan lembaga atau unit sendiri",
        "NILAI-2026-n1: butir SDM-01, SDM-02",
        "tidak ada klien yang dapat dikenali",
    ):
        assert words in page.text
    second = page.click("Berikutnya")
    assert "Halaman 2 dari 3" in second.text
    assert f'src="/evidence/{evidence}/page/2"' in second.html


@pytest.mark.parametrize(("asked", "shown"), [("0", 1), ("99", 2), ("x", 1), ("²", 1), ("-1", 1)])
def test_a_page_that_is_not_there_is_the_nearest(
    asked: str, shown: int, browser: Browser, world: Session, app_store: Store
) -> None:
    evidence = give(world, app_store, corpus.pdf(2), name="a.pdf").evidence_id
    page = browser("institution").get(f"/evidence/{evidence}?page={asked}")
    assert f"Halaman {shown} dari 2" in page.text


def test_a_piece_is_replaced_by_way_of_its_page(
    browser: Browser, world: Session, app_store: Store
) -> None:
    old = give(world, app_store, corpus.jpeg(), title="Izin").evidence_id
    cite(world, "n1", "SDM-01", old)
    client = browser("institution")
    page = client.get(f"/evidence/{old}").click("Kirim pengganti")
    assert "Berkas ini menggantikan “Izin”" in page.text
    both = [(corpus.png(), "a.png"), (corpus.webp(), "b.webp")]
    fault = page.form("Kirim bukti").fill({"files": both, "declaration": True}).submit(status=422)
    assert "satu berkas saja" in " ".join(fault.errors)
    form = fault.form("Kirim bukti").fill({"files": [(corpus.png(), "izin baru.png")]})
    done = form.submit()
    assert done.flashes == ["“Izin baru” diterima."]
    assert "Sudah diganti" in done.text
    assert "SDM-01" in browser("directorate").get(f"/evidence/{old}").text
    found = piece(world, old)
    assert found is not None
    assert found.state is State.replaced
    assert "Kirim pengganti" not in client.get(f"/evidence/{old}").text


@pytest.mark.parametrize("replaced", ["tidak-ada", "."])
def test_nothing_can_be_replaced_by_an_odd_address(replaced: str, browser: Browser) -> None:
    page = browser("institution").get(LIBRARY, query={"replaces": replaced})
    assert page.form("Kirim bukti").value("replaces") == ""


def test_a_strange_piece_to_replace_is_ignored(
    browser: Browser, world: Session, app_store: Store
) -> None:
    foreign = give(
        world, app_store, corpus.jpeg(), who="stranger", auditee_id="a2", title="Rahasia"
    ).evidence_id
    page = browser("institution").get(f"{LIBRARY}?replaces={foreign}")
    assert "Rahasia" not in page.text
    assert page.form("Kirim bukti").value("replaces") == ""


def test_a_piece_is_withdrawn_with_a_reason(
    browser: Browser, world: Session, app_store: Store
) -> None:
    evidence = give(world, app_store, corpus.jpeg(), title="Foto ruang").evidence_id
    make_assessment(world, "n2", Kind.baseline)
    cite(world, "n2", "SDM-02", evidence)
    seal(world, "n2")
    client = browser("institution")
    fault = client.get(f"/evidence/{evidence}").form("Tarik bukti").submit(status=422)
    assert fault.errors == ["Tulis alasannya, agar orang lain dapat memahaminya."]
    page = fault.form("Tarik bukti").fill(reason="Salah ruang").submit()
    assert page.flashes == [
        "Bukti ditarik. Tautan bukti yang sudah ada tidak berubah.",
        "Bukti ini tetap terbaca di 1 penilaian yang sudah dikunci.",
    ]
    assert "Salah ruang" in page.text
    assert "NILAI-2026-n2" in page.text
    assert "Tarik bukti" not in page.text


def test_the_other_sides_proof_has_no_form_but_a_reason(
    browser: Browser, world: Session, app_store: Store
) -> None:
    evidence = give(world, app_store, corpus.jpeg(), who="assessor").evidence_id
    page = browser("institution").get(f"/evidence/{evidence}")
    assert "Bukti ini diserahkan petugas" in page.text
    assert page.token
    assert f"/evidence/{evidence}/withdraw" not in page.html


# ---- cost ----


class Counted:
    def __init__(self) -> None:
        self.statements: list[str] = []

    def __call__(self, _c: Any, _cursor: Any, statement: str, *_: Any) -> None:
        if not statement.startswith(("BEGIN", "PRAGMA", "COMMIT", "ROLLBACK")):
            self.statements.append(statement)


def statements_of(engine: Any, client: PageClient, path: str) -> int:
    counted = Counted()
    event.listen(engine, "before_cursor_execute", counted)
    try:
        client.get(path)
    finally:
        event.remove(engine, "before_cursor_execute", counted)
    return len(counted.statements)


def test_the_pages_cost_the_same_with_many_rows(
    browser: Browser, world: Session, app_store: Store, engine: Any
) -> None:
    client = browser("assessor")
    first = give(world, app_store, corpus.pdf(3), name="a.pdf").evidence_id
    cite(world, "n1", "A", first)
    few = (
        statements_of(engine, client, LIBRARY),
        statements_of(engine, client, f"/evidence/{first}"),
    )
    for n in range(12):
        content = corpus.encode(corpus.picture((20 + n, 20)), "PNG")
        give(world, app_store, content, name=f"{n}.png")
        cite(world, "n1", f"B{n}", first)
    many = (
        statements_of(engine, client, LIBRARY),
        statements_of(engine, client, f"/evidence/{first}"),
    )
    # who, whose, may they, the list; who, what, may they, whose, cited, versions
    assert few == many == (4, 6)


def test_a_long_library_is_turned_page_by_page(
    browser: Browser, world: Session, app_store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(views, "PER_PAGE", 2)
    for n in range(5):
        content = corpus.encode(corpus.picture((20 + n, 20)), "PNG")
        give(
            world,
            app_store,
            content,
            title=f"Bukti {n}",
            name="a.png",
            clock=lambda n=n: NOW + timedelta(seconds=n),
        )
    client = browser("directorate")
    page = client.get(LIBRARY)
    seen = []
    for _ in range(3):
        seen.append([name for name in page.links() if name.startswith("Bukti ")])
        page = page.click("Berikutnya") if "Berikutnya" in page.links() else page
    assert seen == [["Bukti 4", "Bukti 3"], ["Bukti 2", "Bukti 1"], ["Bukti 0"]]
    assert page.click("Sebelumnya").path == LIBRARY


@pytest.mark.parametrize(
    "after", ["x", "20261121T000000000000Z", "00010101T000000000000+2359.abc", "."]
)
def test_a_broken_place_in_the_list_is_no_error(after: str, browser: Browser) -> None:
    browser("directorate").get(LIBRARY, query={"after": after})


def test_texts_are_complete_in_a_store_of_a_folder(
    browser: Browser, app: Flask, world: Session, store: LocalStore
) -> None:
    app.extensions["assessor_store"] = store
    page = upload(browser("institution"), [(corpus.photograph(), "a.jpg")])
    assert page.flashes == ["“A” diterima."]
