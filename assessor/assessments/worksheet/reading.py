"""What was written on the sheet of an assessment, cell by cell?

Strictly: formulas, days and numbers with decimals are refused with their cell, never guessed at.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from assessor.assessments.worksheet.workbooks import (
    FIELDS,
    FIRST_FIELD,
    HEAD_ROW,
    ITEM_COLUMN,
    SHEET,
    SYSTEM,
    mark_of,
)
from assessor.sentences import Refused, Sentence
from checklists.formats.archive import BadArchive
from checklists.formats.template_rows import unguarded
from checklists.formats.xlsx_reading import Cell, CellKind, Sheet, letters, read_workbook

LARGEST = 5 * 2**20
MOST_ROWS = 5_000  # as many items as an instrument may have
_ITEM = 41  # what is longer is no item; it is not told on the page as a whole
_WHOLE = re.compile(r"[0-9]{1,9}(\.0+)?", re.ASCII)


@dataclass(frozen=True)
class Written:
    """A cell that says something else than when the sheet was fetched. `value` is None where it
    was emptied; `base_op` is what the field stood at then."""

    cell: str
    item: str
    field: str
    value: str | None
    base_op: str | None


@dataclass(frozen=True)
class Rejected:
    """A cell that is not entered, and why."""

    cell: str
    item: str
    sentence: Sentence


@dataclass(frozen=True)
class Filled:
    """A sheet as it came back."""

    assessment_id: str
    edition: str
    written: tuple[Written, ...]
    rejected: tuple[Rejected, ...]


_NOT_OURS = Sentence(
    "Berkas ini bukan lembar isian dari sistem ini. Unduh lembarnya di halaman ini, isi, lalu "
    "unggah."
)
_TWICE = Sentence("Butir ini sudah ada di baris di atasnya. Hapus baris yang salah.")
_WHY: Mapping[CellKind, Sentence] = {
    CellKind.formula: Sentence("Sel ini berisi rumus. Tulis isinya sebagai teks."),
    CellKind.number: Sentence("Sel ini berisi bilangan pecahan. Pilih nilai dari daftarnya."),
    CellKind.day: Sentence("Sel ini berisi tanggal. Tulis sebagai teks."),
    CellKind.truth: Sentence("Sel ini berisi nilai benar atau salah. Tulis sebagai teks."),
    CellKind.error: Sentence("Sel ini berisi kesalahan rumus. Tulis isinya sebagai teks."),
}


def read_filled(raw: bytes) -> Filled:
    """Read a sheet. Raises Refused for a file that is none of ours."""
    if len(raw) > LARGEST:
        raise Refused(
            Sentence(
                "Lembar ini lebih besar dari %(most)s MB. Unduh lagi lembarnya dan salin isinya.",
                {"most": LARGEST // 2**20},
            )
        )
    try:
        sheets = {sheet.name: sheet for sheet in read_workbook(raw)}
    except BadArchive as bad:
        raise Refused(_NOT_OURS) from bad
    if SHEET not in sheets or SYSTEM not in sheets:
        raise Refused(_NOT_OURS)
    named, bases = _system(sheets[SYSTEM])
    if {"assessment", "edition"} - set(named):
        raise Refused(_NOT_OURS)
    rows = [row for row in sheets[SHEET].rows if row > HEAD_ROW]
    if len(rows) > MOST_ROWS:
        raise Refused(_NOT_OURS)
    written: list[Written] = []
    rejected: list[Rejected] = []
    seen: set[str] = set()
    for row in rows:
        item = _item(sheets[SHEET], row)
        if item and item in seen:
            rejected.append(Rejected(f"{letters(ITEM_COLUMN)}{row}", item, _TWICE))
            continue
        seen.add(item)
        _read_row(sheets[SHEET], row, item, bases, written, rejected)
    return Filled(named["assessment"], named["edition"], tuple(written), tuple(rejected))


_Bases = Mapping[tuple[str, str], tuple[str, str]]


def _system(sheet: Sheet) -> tuple[dict[str, str], _Bases]:
    """Which assessment and edition, and for each field its operation with the mark of its value."""
    named: dict[str, str] = {}
    bases: dict[tuple[str, str], tuple[str, str]] = {}
    for row in sheet.rows:
        cells = [sheet.cells.get((row, column)) for column in range(1, 5)]
        key, second, operation, mark = (cell.text if cell else "" for cell in cells)
        if row <= 2:
            named[key] = second
        else:
            bases[key, second] = (operation, mark)
    return named, bases


def _item(sheet: Sheet, row: int) -> str:
    named = sheet.cells.get((row, ITEM_COLUMN))
    return unguarded(named.text).strip()[:_ITEM] if named else ""


def _read_row(
    sheet: Sheet,
    row: int,
    item: str,
    bases: _Bases,
    written: list[Written],
    rejected: list[Rejected],
) -> None:
    for column, name in enumerate(FIELDS, start=FIRST_FIELD):
        cell = sheet.cells.get((row, column))
        where = f"{letters(column)}{row}"
        try:
            value = _value(cell, name)
        except Refused as refused:
            rejected.append(Rejected(where, item, refused.sentence))
            continue
        operation, mark = bases.get((item, name), (None, mark_of(None)))
        if (value is not None or operation is not None) and mark_of(value) != mark:
            written.append(Written(where, item, name, value, operation))


def _value(cell: Cell | None, name: str) -> str | None:
    if cell is None:
        return None
    if cell.kind is CellKind.number and _WHOLE.fullmatch(cell.text):
        return cell.text.partition(".")[0]
    if cell.kind is not CellKind.text:
        raise Refused(_WHY[cell.kind])
    text = unguarded(cell.text).replace("\r\n", "\n").strip()
    return (text.upper() if name == "choice" and len(text) == 2 else text) or None
