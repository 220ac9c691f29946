"""An edition leaves the house in forms that other programs read, each saying what it is."""

from __future__ import annotations

import csv
import io
import json
import zipfile
from dataclasses import replace
from datetime import UTC, datetime

import openpyxl
import pytest
from pyxform.xls2xform import convert

from assessor.access.actor import SYSTEM, Role
from assessor.instruments.exporting import FOR_CHECKLISTS, FileFormat, export, formats_of
from assessor.instruments.reading import list_published
from assessor.instruments.rule_words import WORKING
from assessor.instruments.services import approve, publish_packaged
from checklists.library import load_all
from checklists.model import NOT_APPLICABLE
from standards.model import Text
from tests.builders import make_person
from tests.instrument_fixture import make_checklist

AT = datetime(2026, 11, 21, 5, tzinfo=UTC)
CHECKLIST = make_checklist(items=24)
FORMULAS = ("=1+1", "+1", "-1", "@SUM(A1)", "\t=1", " =1", '=HYPERLINK("http://x","y")')


def exported(instrument, file_format, *, language="id", status=WORKING, base=None):
    return export(
        instrument, file_format, language=language, status=status, published_at=AT, base=base
    )


def sheet_of(content: bytes):
    return openpyxl.load_workbook(io.BytesIO(content)).worksheets[0]


def cells(content: bytes):
    book = openpyxl.load_workbook(io.BytesIO(content))
    return [cell for sheet in book for row in sheet.iter_rows() for cell in row]


# ---- the sheet to fill in ----


def test_the_sheet_names_its_edition_and_has_a_line_for_each_item() -> None:
    made = exported(CHECKLIST, FileFormat.xlsx)
    assert made.name == "instrumen-uji-2026.1-id.xlsx"
    sheet = sheet_of(made.content)
    values = [cell.value for row in sheet.iter_rows() for cell in row]
    assert CHECKLIST.fingerprint in values
    assert WORKING.id in values
    column = [row[0].value for row in sheet.iter_rows()]
    assert [each for each in column if CHECKLIST.has_item(str(each))] == [
        item.id for item in CHECKLIST.items
    ]
    assert "Jangan menulis nama, NIK" in str(values)


def test_a_score_is_chosen_from_the_scale_and_only_there_something_is_written() -> None:
    sheet = sheet_of(exported(CHECKLIST, FileFormat.xlsx).content)
    lists = {each.formula1 for each in sheet.data_validations.dataValidation}
    assert lists == {f'"0,1,2,{NOT_APPLICABLE}"'}
    row = next(row for row in sheet.iter_rows() if row[0].value == CHECKLIST.items[0].id)
    assert [cell.protection.locked for cell in row] == [True] * 5 + [False] * 2
    assert sheet.protection.sheet


def test_the_sheet_prints_on_paper_with_its_head_on_every_page() -> None:
    sheet = sheet_of(exported(CHECKLIST, FileFormat.xlsx).content)
    assert (sheet.page_setup.paperSize, sheet.page_setup.orientation) == (9, "landscape")
    assert sheet.print_title_rows
    assert CHECKLIST.fingerprint[7:19] in sheet.oddFooter.left.text
    assert sheet.oddFooter.center.text == WORKING.id


def test_in_english_the_sheet_speaks_english() -> None:
    sheet = sheet_of(exported(CHECKLIST, FileFormat.xlsx, language="en").content)
    assert sheet.title == "Answers"
    assert "Bagian A (en)" in str([row[0].value for row in sheet.iter_rows()])


@pytest.mark.parametrize("formula", FORMULAS)
@pytest.mark.parametrize("file_format", [FileFormat.xlsx, FileFormat.xlsform])
def test_no_word_of_an_instrument_becomes_a_formula_or_a_link(formula, file_format) -> None:
    said = Text(formula, formula)
    hostile = replace(
        CHECKLIST,
        title=said,
        note=said,
        scale=tuple(replace(each, label=said, meaning=said) for each in CHECKLIST.scale),
        items=tuple(replace(item, ask=said) for item in CHECKLIST.items),
    )
    made = exported(hostile, file_format, status=said)
    for cell in cells(made.content):
        assert cell.data_type != "f"
        assert cell.hyperlink is None
        assert not str(cell.value or "").lstrip(" ").startswith(("=", "+", "-", "@", "\t"))


# ---- the others ----


def test_the_table_of_plain_text_opens_as_utf_8() -> None:
    made = exported(CHECKLIST, FileFormat.csv)
    assert made.content.startswith(b"\xef\xbb\xbf")
    rows = list(csv.DictReader(io.StringIO(made.content.decode("utf-8-sig"))))
    assert len(rows) == 24


def test_the_field_form_is_a_workbook_that_the_field_program_reads() -> None:
    made = exported(CHECKLIST, FileFormat.xlsform)
    assert made.name == "instrumen-uji-2026.1-xlsform.xlsx"
    read = convert(io.BytesIO(made.content), validate=False, file_type=".xlsx")
    assert CHECKLIST.fingerprint in read.xform
    assert read.warnings == []


def test_the_catalog_says_when_it_was_published() -> None:
    read = json.loads(exported(CHECKLIST.standard, FileFormat.oscal).content)
    assert read["catalog"]["metadata"]["last-modified"] == "2026-11-21T05:00:00+00:00"


@pytest.mark.parametrize("name", ["sni-8807-2022-penuh", "sni-8807-2022-mandiri"])
def test_the_source_files_are_read_again_as_the_same_edition(tmp_path, name) -> None:
    library, _ = load_all()
    checklist = library.checklists[name]
    base = library.checklists["sni-8807-2022-penuh"] if checklist.derivation else None
    made = exported(checklist, FileFormat.yaml, base=base)
    with zipfile.ZipFile(io.BytesIO(made.content)) as archive:
        archive.extractall(tmp_path)
    again, problems = load_all(tmp_path / "standards", tmp_path / "checklists")
    assert problems == ()
    assert again.checklists[name].fingerprint == checklist.fingerprint


@pytest.mark.parametrize("file_format", FileFormat)
def test_the_same_edition_gives_the_same_bytes(file_format) -> None:
    assert exported(CHECKLIST, file_format) == exported(CHECKLIST, file_format)


def test_a_standard_alone_cannot_be_filled_in() -> None:
    assert set(FileFormat) - set(formats_of(CHECKLIST.standard)) == FOR_CHECKLISTS
    for file_format in FOR_CHECKLISTS:
        with pytest.raises(ValueError, match="a standard has no form"):
            exported(CHECKLIST.standard, file_format)


# ---- in the browser ----


@pytest.fixture
def published(session, clock):
    publish_packaged(session, SYSTEM, clock)
    found = {each.name: each for each in list_published(session)}
    session.rollback()
    return found


@pytest.fixture
def reader(session, clock, as_person):
    return as_person(make_person(session, clock, role=Role.observer))


def address(edition) -> str:
    return f"/instruments/{edition.fingerprint.removeprefix('sha256:')}"


def test_the_page_offers_every_form_and_each_can_be_fetched(published, reader) -> None:
    edition = published["sni-8807-2022-meja"]
    page = reader.get(address(edition))
    for file_format in FileFormat:
        href = f"{address(edition)}/download/{file_format}"
        assert f'href="{href}"' in page.html
        response = reader.request("GET", href)
        assert response.status_code == 200
        assert response.headers["Content-Disposition"].startswith('attachment; filename="sni-8807-')
        assert response.headers["X-Content-Type-Options"] == "nosniff"
        assert response.data


def test_a_standard_offers_what_can_be_made_of_it(published, reader) -> None:
    standard = published["ibm-unit"]
    page = reader.get(address(standard))
    assert f"{address(standard)}/download/oscal" in page.html
    assert f"{address(standard)}/download/xlsx" not in page.html
    assert reader.request("GET", f"{address(standard)}/download/xlsx").status_code == 404
    assert reader.request("GET", f"{address(standard)}/download/docx").status_code == 404
    assert reader.request("GET", "/instruments/" + "0" * 64 + "/download/csv").status_code == 404


def test_the_language_can_be_asked_for(published, reader) -> None:
    edition = published["ibm-unit-ringan"]
    said = reader.request("GET", f"{address(edition)}/download/csv?language=en").data.decode(
        "utf-8-sig"
    )
    assert "Applies to all." in said
    assert "Working instrument, not approved" in said
    said = reader.request("GET", f"{address(edition)}/download/csv?language=xx").data.decode(
        "utf-8-sig"
    )
    assert "Berlaku untuk semua." in said


def test_what_is_approved_says_by_which_decree(published, reader, session, clock) -> None:
    edition = published["ibm-unit-ringan"]
    approve(
        session,
        SYSTEM,
        clock,
        fingerprint=edition.fingerprint,
        decree="KEP/12/2026",
        effective_on=clock().date(),
        approved_by="Direktur",
        fictitious=False,
    )
    said = reader.request("GET", f"{address(edition)}/download/csv").data.decode("utf-8-sig")
    assert "Disahkan dengan KEP/12/2026" in said
    assert "belum disahkan" not in said.lower().replace("contoh, belum disahkan", "")
