"""How does the workbook look in which an instrument is written?

Every cell is formatted as text, so that no program makes a day of 1/2 or a number of 1.10. The same
content gives the same bytes.
"""

import io
from collections.abc import Mapping
from datetime import datetime
from typing import Any

import xlsxwriter

from checklists.formats.template import FIRST_ROW, HEAD, HEAD_KEYS, PLANS, Plan
from checklists.formats.template_rows import Rows, empty_rows, guarded, rows_of
from checklists.model import Checklist
from standards.model import Text

_STILL = datetime(2000, 1, 1)  # noqa: DTZ001  # the writer takes it without a zone
_ROOM = 200  # rows that are formatted below what is written
_GUIDE = Text("Petunjuk", "Guide")
_GUIDANCE: Mapping[str, Text] = {
    "rows": Text(
        "Tulis mulai baris 3. Jangan mengubah baris 1 dan nama lembar: keduanya dipakai saat "
        "dibaca.",
        "Write from row 3 on. Leave row 1 and the names of the sheets: both are used in reading.",
    ),
    "requirements": Text(
        "Satu baris pada lembar Butir adalah satu butir. Kode persyaratan diisi hanya bila lain "
        "dari kode butir; baris kedua untuk persyaratan yang sama mengosongkan kolom "
        "persyaratannya.",
        "A row of the sheet Butir is an item. The code of the requirement is written only if it is "
        "another one; a second row for the same requirement leaves its columns empty.",
    ),
    "applies": Text(
        "Berlaku untuk: kosong berarti semua; satu kode label, atau misalnya {all: [a, b]}, "
        "{any: [a, b]}, {not: a}.",
        "Applies to: empty means all; one code of a tag, or for example {all: [a, b]}, "
        "{any: [a, b]}, {not: a}.",
    ),
    "lists": Text(
        "Cara memeriksa dan kode sumber ditulis dengan spasi di antaranya. Pecahan: 80/100 atau "
        "80%.",
        "Methods and codes of sources are written with spaces between. Shares: 80/100 or 80%.",
    ),
    "formulas": Text(
        "Rumus tidak diterima: tulis isinya.", "Formulas are refused: write the content."
    ),
    "examples": Text(
        "Angka di dalamnya contoh, belum disahkan, sampai disahkan dengan keputusan.",
        "The figures in it are examples, not approved, until a decree approves them.",
    ),
}


def template_workbook(checklist: Checklist | None, *, language: str) -> bytes:
    """A workbook filled from a full checklist, or an empty one. ValueError for one that is based
    on another."""
    if checklist is not None and checklist.derivation is not None:
        message = "only a full checklist is written as a template"
        raise ValueError(message)
    rows = empty_rows() if checklist is None else rows_of(checklist)
    written = io.BytesIO()
    book = xlsxwriter.Workbook(
        written,
        {
            "in_memory": True,
            "strings_to_formulas": False,
            "strings_to_urls": False,
            "strings_to_numbers": False,
        },
    )
    book.set_properties({"created": _STILL})
    _Template(book, language).write(rows)
    book.close()
    return written.getvalue()


class _Template:
    """One workbook while it is written."""

    def __init__(self, book: Any, language: str) -> None:
        self._book, self._language = book, language
        self._key = book.add_format({"font_color": "#6B7280", "font_size": 8, "num_format": "@"})
        self._head = book.add_format(
            {"bold": True, "bg_color": "#E8EDF5", "text_wrap": True, "valign": "top", "border": 1}
        )
        self._cell = book.add_format({"num_format": "@", "text_wrap": True, "valign": "top"})

    def write(self, rows: Mapping[str, Rows]) -> None:
        for plan in PLANS:
            self._write_sheet(plan, rows[plan.name])
        guide = self._book.add_worksheet(_GUIDE.in_(self._language))
        guide.set_column(0, 0, 110)
        for row, line in enumerate(_GUIDANCE.values()):
            guide.write_string(row, 0, line.in_(self._language), self._cell)

    def _write_sheet(self, plan: Plan, rows: Rows) -> None:
        sheet = self._book.add_worksheet(plan.name)
        first = FIRST_ROW - 1
        last = first + len(rows) + _ROOM
        for at, column in enumerate(plan.columns):
            sheet.set_column(at, at, column.width, self._cell)
            sheet.write_string(0, at, column.key, self._key)
            sheet.write_string(1, at, column.label.in_(self._language), self._head)
            if column.choices:
                sheet.data_validation(
                    first, at, last, at, {"validate": "list", "source": list(column.choices)}
                )
        sheet.freeze_panes(first, 1)
        for at_row, row in enumerate(rows, start=first):
            for at, key in enumerate(plan.keys):
                text = self._words(row) if plan is HEAD and key == "words" else row.get(key, "")
                if text:
                    sheet.write_string(at_row, at, guarded(text), self._cell)

    def _words(self, row: Mapping[str, str]) -> str:
        return HEAD_KEYS[row["key"]].in_(self._language)
