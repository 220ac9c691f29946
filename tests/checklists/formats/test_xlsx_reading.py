"""A workbook is read as it was written; what computes, hides or explodes is refused."""

import datetime
import io
import zipfile

import openpyxl
import pytest

from checklists.formats.archive import BadArchive
from checklists.formats.xlsx_reading import CellKind, letters, read_workbook

TYPES = '<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>'
BOOK = (
    '<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships">'
    '<sheets><sheet name="Satu" sheetId="1" r:id="rId1"/></sheets></workbook>'
)
LINKS = (
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    '<Relationship Id="rId1" Target="worksheets/sheet1.xml"/></Relationships>'
)


def sheet_xml(rows: str) -> str:
    return (
        '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
        f"<sheetData>{rows}</sheetData></worksheet>"
    )


def book(rows: str = "", **parts: str) -> bytes:
    """A workbook by hand; `parts` replace or add entries (two underscores for a slash)."""
    files = {
        "[Content_Types].xml": TYPES,
        "xl/workbook.xml": BOOK,
        "xl/_rels/workbook.xml.rels": LINKS,
        "xl/worksheets/sheet1.xml": sheet_xml(rows),
    }
    files |= {name.replace("__", "/").replace("_xml", ".xml"): text for name, text in parts.items()}
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in files.items():
            archive.writestr(name, text)
    return written.getvalue()


def saved(fill) -> bytes:
    """A workbook as another program saves it."""
    made = openpyxl.Workbook()
    fill(made.active)
    written = io.BytesIO()
    made.save(written)
    return written.getvalue()


def test_what_another_program_saved_is_read_as_it_was_typed() -> None:
    def fill(sheet) -> None:
        sheet.title = "Isi"
        sheet["A1"], sheet["C2"], sheet["B3"] = "teks", 12, "=SUM(A1:A2)"
        sheet["A4"], sheet["A5"], sheet["A6"] = datetime.date(2026, 11, 21), True, "_x0041_ é 😀"
        sheet["AA7"] = 1.5

    (sheet,) = read_workbook(saved(fill))
    assert sheet.name == "Isi"
    read = {cell.name: (cell.kind, cell.text) for cell in sheet.cells.values()}
    assert read["A1"] == (CellKind.text, "teks")
    assert read["C2"] == (CellKind.number, "12")
    assert read["B3"] == (CellKind.formula, "")
    assert read["A4"][0] is CellKind.day
    assert read["A5"] == (CellKind.truth, "1")
    assert read["AA7"] == (CellKind.number, "1.5")
    assert sheet.last_row == 7


def test_a_text_that_looks_like_an_escape_stays_what_it_is() -> None:
    (sheet,) = read_workbook(
        book('<row r="1"><c r="A1" t="inlineStr"><is><t>_x005F_x0041_</t></is></c></row>')
    )
    assert sheet.cells[1, 1].text == "_x0041_"


def test_rich_text_and_readings_of_characters() -> None:
    shared = (
        '<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
        "<si><r><t>ber</t></r><r><t>gigi</t></r><rPh sb='0' eb='1'><t>hidden</t></rPh></si></sst>"
    )
    (sheet,) = read_workbook(
        book('<row r="2"><c r="B2" t="s"><v>0</v></c></row>', xl__sharedStrings_xml=shared)
    )
    assert sheet.cells[2, 2].text == "bergigi"


def test_cells_without_a_name_follow_each_other() -> None:
    (sheet,) = read_workbook(
        book("<row><c><v>1</v></c><c><v>2</v></c></row><row><c><v>3</v></c></row>")
    )
    assert {place: cell.text for place, cell in sheet.cells.items()} == {
        (1, 1): "1",
        (1, 2): "2",
        (2, 1): "3",
    }


def test_only_rows_with_something_in_them_are_gone_through() -> None:
    (sheet,) = read_workbook(
        book('<row r="2"><c><v>1</v></c></row><row r="1048576"><c><v>2</v></c></row>')
    )
    assert sheet.rows == (2, 1048576)


@pytest.mark.parametrize("written", ["_xD800_", "_xDFFF_", "_x0000_"])
def test_what_no_page_can_show_costs_itself_and_not_the_text(written: str) -> None:
    (sheet,) = read_workbook(
        book(f'<row r="1"><c r="A1" t="inlineStr"><is><t>ada {written} di</t></is></c></row>')
    )
    assert sheet.cells[1, 1].text == "ada \ufffd di"


def test_columns_have_letters() -> None:
    assert [letters(number) for number in (1, 26, 27, 702, 703)] == ["A", "Z", "AA", "ZZ", "AAA"]


LAUGHS = '<!DOCTYPE a [<!ENTITY a "ha"><!ENTITY b "&a;&a;">]>'
REFUSED = {
    "macro by part": (book(xl__vbaProject_bin="x"), "makro"),
    "macro by type": (book(**{"[Content_Types]_xml": TYPES.replace("/>", " x='macroEnabled'/>")}), "makro"),
    "no workbook": (book(xl__workbook_xml="").replace(b"xl/workbook", b"xl/workb00k"), "bukan buku kerja"),
    "entities": (book(xl__worksheets__sheet1_xml=LAUGHS + sheet_xml("")), "tidak dapat dibaca"),
    "broken": (book("<row>"), "tidak dapat dibaca"),
    "elsewhere": (book('<row r="1"><c r="A2"><v>1</v></c></row>'), "tidak dapat dibaca"),
    "twice": (book('<row r="1"><c r="A1"><v>1</v></c><c r="A1"><v>2</v></c></row>'), "tidak dapat dibaca"),
    "no such text": (book('<row r="1"><c r="A1" t="s"><v>7</v></c></row>'), "tidak dapat dibaca"),
    "a row past the end": (book('<row r="1048577"><c><v>1</v></c></row>'), "tidak dapat dibaca"),
    "a row of any length": (book(f'<row r="{"9" * 4000}"><c><v>1</v></c></row>'), "tidak dapat dibaca"),
    "a row before the first": (book('<row r="-3"><c><v>1</v></c></row>'), "tidak dapat dibaca"),
    "a column past the end": (book('<row r="1"><c r="XFE1"><v>1</v></c></row>'), "tidak dapat dibaca"),
    "too long a text": (book(f'<row r="1"><c r="A1" t="inlineStr"><is><t>{"a" * 32768}</t></is></c></row>'), "tidak dapat dibaca"),
    "half a character": (book('<row r="1"><c r="A1" t="s"><v>x</v></c></row>'), "tidak dapat dibaca"),
    "old kind": (b"\xd0\xcf\x11\xe0" + b"\0" * 600, "bukan arsip zip"),
}  # fmt: skip


@pytest.mark.parametrize("name", REFUSED)
def test_what_is_no_plain_workbook_is_refused(name: str) -> None:
    raw, said = REFUSED[name]
    with pytest.raises(BadArchive) as bad:
        read_workbook(raw)
    assert said in bad.value.what
    assert bad.value.remedy


def test_too_many_cells_are_refused() -> None:
    rows = "".join(
        f'<row r="{row}">' + "<c><v>1</v></c>" * 1000 + "</row>" for row in range(1, 302)
    )
    with pytest.raises(BadArchive):
        read_workbook(book(rows))
