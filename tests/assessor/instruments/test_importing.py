"""The directorate looks at a file before anything of it is kept, and keeps it as a draft."""

from __future__ import annotations

import random

import pytest
from sqlalchemy import func, select

from assessor.access.actor import SYSTEM, Role
from assessor.instruments.carrying import MOST_CARRIED, packed, plain_name, unpacked
from assessor.instruments.draft_models import Draft, DraftOrigin
from assessor.instruments.reading import list_published
from assessor.instruments.services import publish_packaged
from assessor.instruments.template_workbooks import template_workbook
from assessor.journal.models import JournalEntry
from checklists.imports.workbook import import_workbook
from tests.builders import make_person
from tests.checklists.imports.catalog_fixture import as_bytes, make_catalog
from tests.checklists.imports.test_ciso import LIBRARY
from tests.instrument_fixture import make_checklist

CHECKLIST = make_checklist(items=12)
WORKBOOK = template_workbook(CHECKLIST, language="id")


@pytest.fixture
def director(session, clock, as_person):
    return as_person(make_person(session, clock, role=Role.directorate))


def upload(director, kind: str, *files: tuple[str, bytes], status: int = 200):
    page = director.get("/instruments/import")
    foreign = kind in {"oscal", "ciso"}
    form = page.form("Periksa katalog" if foreign else "Periksa berkas")
    before = "foreign-" if foreign else ""
    form.fill({f"{before}kind": kind})
    if files:
        form.fill({f"{before}files": [(raw, name) for name, raw in files]})
    return form.submit(status=status)


def entries(session) -> int:
    session.rollback()
    return session.scalar(select(func.count()).select_from(JournalEntry))


def drafts(session) -> list[Draft]:
    session.rollback()
    return list(session.scalars(select(Draft)))


def test_a_filled_template_is_looked_at_and_then_kept_as_a_draft(director, session) -> None:
    before = entries(session)
    page = upload(director, "xlsx", ("isian.xlsx", WORKBOOK))
    assert "Siap diimpor" in page.text
    assert "Instrumen uji (id)" in page.text
    assert "12" in page.text
    assert (entries(session), drafts(session)) == (before, [])
    page.form("Simpan sebagai rancangan").submit()
    (draft,) = drafts(session)
    assert (draft.name, draft.origin) == (CHECKLIST.id, DraftOrigin.imported)
    assert entries(session) == before + 1


def test_a_second_draft_of_the_same_instrument_is_refused_beside_the_file(
    director, session
) -> None:
    for status in (200, 400):
        page = upload(director, "xlsx", ("isian.xlsx", WORKBOOK))
        page = page.form("Simpan sebagai rancangan").submit(status=status)
    assert "sudah ada" in " ".join(page.errors)
    assert len(drafts(session)) == 1


def test_problems_are_told_with_their_cells_and_nothing_is_kept(director, session) -> None:
    empty = template_workbook(None, language="id")
    page = upload(director, "xlsx", ("kosong.xlsx", empty), status=400)
    assert "14 masalah, belum dapat diimpor" in page.text
    assert "lembar Instrumen, sel B3" in page.text
    assert "teks masih kosong" in page.text
    assert "Simpan sebagai rancangan" not in page.text
    assert drafts(session) == []


@pytest.mark.parametrize(
    ("kind", "name", "raw", "items"),
    [
        ("oscal", "katalog.json", as_bytes(make_catalog()), "40"),
        ("ciso", "mutu.yaml", LIBRARY.encode(), "3"),
    ],
)
def test_a_catalogue_of_others_says_what_is_example(
    director, session, kind, name, raw, items
) -> None:
    page = upload(director, kind, (name, raw))
    assert "Siap diimpor" in page.text
    assert items in page.text
    page.form("Simpan sebagai rancangan").submit()
    assert len(drafts(session)) == 1


def test_the_page_is_found_under_administration_by_who_drafts(
    director, session, clock, as_person
) -> None:
    page = director.get("/instruments")
    assert page.links()["Administrasi"]
    assert director.get("/offices").links()["Impor instrumen"] == "/instruments/import"
    reader = as_person(make_person(session, clock, role=Role.observer))
    assert "Impor instrumen" not in reader.get("/instruments").text


def test_what_is_missing_is_said_beside_its_field(director) -> None:
    page = upload(director, "xlsx", status=400)
    assert "Pilih berkas yang akan diimpor." in page.errors
    page = upload(director, "ciso", status=400)
    assert "Pilih berkas yang akan diimpor." in page.errors
    page = director.post("/instruments/import", {"kind": "exe"}, status=400)
    assert page.errors


def test_what_does_not_come_back_whole_is_asked_for_again(director, session) -> None:
    for carried in ("", "%%%", "aGVsbG8="):
        page = director.post(
            "/instruments/import/confirm", {"kind": "xlsx", "carried": carried}, status=200
        )
        assert "Pilih berkasnya sekali lagi" in page.text
    page = director.post(
        "/instruments/import/confirm",
        {"kind": "xlsx", "carried": packed({"x.xlsx": b"no"})},
        status=400,
    )
    assert "belum dapat diimpor" in page.text
    assert drafts(session) == []


def test_a_program_under_the_name_of_a_workbook_is_refused_by_name(director) -> None:
    page = upload(director, "xlsx", ("..\\..\\isian.xlsm", WORKBOOK), status=400)
    assert "isian.xlsm" in page.text
    assert "tanpa makro" in page.text


def test_too_much_is_refused_before_it_is_read(director, monkeypatch) -> None:
    monkeypatch.setitem(director.raw.application.config, "MAX_CONTENT_LENGTH", 10_000)
    page = upload(director, "xlsx", ("besar.xlsx", b"x" * 20_000), status=413)
    assert "terlalu besar" in " ".join(page.errors)


def test_the_template_can_be_had_empty_and_filled(director, session, clock) -> None:
    publish_packaged(session, SYSTEM, clock)
    found = {each.name: each for each in list_published(session)}
    session.rollback()
    page = director.get("/instruments/import")
    full = found["ibm-unit-ringan"].fingerprint.removeprefix("sha256:")
    based = found["ibm-unit-pantau"].fingerprint.removeprefix("sha256:")
    assert f'href="/instruments/{full}/template"' in page.html
    assert f"/instruments/{based}/template" not in page.html
    filled = director.request("GET", f"/instruments/{full}/template")
    assert import_workbook(filled.data, "x").checklist.fingerprint.endswith(full)
    assert director.request("GET", "/instruments/template").data[:2] == b"PK"
    assert director.request("GET", f"/instruments/{based}/template").status_code == 404
    assert director.request("GET", "/instruments/nothing/template").status_code == 404


def test_files_are_carried_as_they_are_or_not_at_all() -> None:
    files = {"a.yaml": b"\0\xff" * 100, "b (1).zip": b""}
    assert unpacked(packed(files)) == files
    noise = random.Random(7).randbytes(MOST_CARRIED)
    assert packed({"a": noise}) == ""


@pytest.mark.parametrize(
    ("given", "plain"),
    [
        ("C:\\berkas\\a.xlsx", "a.xlsx"),
        ("../../etc/passwd", "passwd"),
        ("a\u202excod.xlsx", "a_xcod.xlsx"),
        ("...", "berkas"),
        ("", "berkas"),
    ],
)
def test_a_name_is_only_a_name(given: str, plain: str) -> None:
    assert plain_name(given) == plain
