"""How does the sheet look on which one assessment is filled in away from the system?

A line for each item that is asked, with what stands in the system now. A hidden sheet keeps which
assessment it is, the fingerprint of the instrument, and for each field the operation it stood at,
so that what was entered meanwhile is not written over. Every cell is text.
"""

import hashlib
import io
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import xlsxwriter

from assessor.assessments.models import Answer, Assessment
from assessor.assessments.queries import asked_items
from checklists.formats.template_rows import guarded
from checklists.item import Critical, Item
from checklists.model import NOT_APPLICABLE, Checklist
from standards.model import Text

SHEET, SYSTEM = "Isian", "Sistem"
ITEM_COLUMN, FIRST_FIELD = 1, 5
FIELDS = ("choice", "facts", "reason", "recommendation")
HEAD_ROW = 4
_STILL = datetime(2000, 1, 1)  # noqa: DTZ001  # the writer takes it without a zone
_MOST_LISTED = 255  # what a list of choices may hold in a workbook
_WIDTHS = (11, 12, 60, 9, 8, 46, 34, 34)
_HEADS: Mapping[str, Text] = {
    "item": Text("Butir", "Item"),
    "critical": Text("Kritis", "Critical"),
    "question": Text("Yang dinilai pada butir ini", "What the item is about"),
    "methods": Text("Cara", "Methods"),
    "choice": Text("Nilai", "Score"),
    "facts": Text("Fakta", "Facts"),
    "reason": Text("Alasan bila tidak berlaku (TB)", "Why it is not applicable (TB)"),
    "recommendation": Text("Saran", "Recommendation"),
}
_WORDS: Mapping[str, Text] = {
    "no_client": Text(
        "Tulis jumlah dan kode saja. Jangan menulis nama, NIK, atau nomor rekam klien.",
        "Write counts and codes only. Never write a name, NIK or record number of a client.",
    ),
    "hard": Text("keras", "hard"),
    "soft": Text("lunak", "soft"),
}


@dataclass(frozen=True)
class Working:
    """What the sheet is made from."""

    assessment: Assessment
    checklist: Checklist
    answers: Mapping[str, Answer]
    title: str


def mark_of(value: str | None) -> str:
    """Name a value, so that one can tell later whether it was changed."""
    return hashlib.sha256((value or "").encode("utf-8", errors="replace")).hexdigest()[:16]


def standing(answer: Answer | None, name: str) -> tuple[str | None, str | None]:
    """What stands in a field, and the operation that it is from."""
    if answer is None:
        return None, None
    return getattr(answer, name), getattr(answer, f"{name}_op")


def working_sheet(working: Working, *, language: str) -> bytes:
    """The workbook of one assessment."""
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
    _Writing(book, working, language).write()
    book.close()
    return written.getvalue()


class _Writing:
    """One workbook while it is written."""

    def __init__(self, book: Any, working: Working, language: str) -> None:
        self._book, self._working, self._language = book, working, language
        box = {"valign": "top", "text_wrap": True, "border": 1, "num_format": "@"}
        self._bold = book.add_format({"bold": True})
        self._head = book.add_format({**box, "bold": True, "bg_color": "#E8EDF5"})
        self._cell = book.add_format(box)
        self._room = book.add_format({**box, "locked": False})

    def write(self) -> None:
        sheet = self._book.add_worksheet(SHEET)
        for column, width in enumerate(_WIDTHS):
            sheet.set_column(column, column, width)
        sheet.write_string(0, 0, guarded(self._working.title), self._bold)
        sheet.write_string(1, 0, _WORDS["no_client"].in_(self._language), self._bold)
        for column, head in enumerate(_HEADS.values()):
            sheet.write_string(HEAD_ROW - 1, column, head.in_(self._language), self._head)
        sheet.freeze_panes(HEAD_ROW, 1)
        # only where something is to be written can something be changed; no password
        sheet.protect("", {"format_rows": True, "format_columns": True})
        items = asked_items(self._working.checklist, self._working.assessment)
        for row, item in enumerate(items.values(), start=HEAD_ROW):
            self._write_item(sheet, row, item)
        self._write_system(items)

    def _write_item(self, sheet: Any, row: int, item: Item) -> None:
        critical = ""
        if item.critical is not Critical.no:
            critical = f"★ {_WORDS[item.critical.value].in_(self._language)}"
        told = (item.id, critical, item.question.in_(self._language), " ".join(item.methods))
        for column, text in enumerate(told):
            sheet.write_string(row, column, guarded(text), self._cell)
        answer = self._working.answers.get(item.id)
        for column, name in enumerate(FIELDS, start=FIRST_FIELD - 1):
            value, _ = standing(answer, name)
            sheet.write_string(row, column, guarded(value or ""), self._room)
        choices = [*(choice.code for choice in self._working.checklist.scale), NOT_APPLICABLE]
        if len(",".join(choices)) <= _MOST_LISTED:
            at = FIRST_FIELD - 1
            sheet.data_validation(row, at, row, at, {"validate": "list", "source": choices})

    def _write_system(self, items: Mapping[str, Item]) -> None:
        sheet = self._book.add_worksheet(SYSTEM)
        sheet.hide()
        sheet.protect("")
        lines = [
            ("assessment", self._working.assessment.id, "", ""),
            ("edition", self._working.checklist.fingerprint, "", ""),
        ]
        for item in items:
            for name in FIELDS:
                value, operation = standing(self._working.answers.get(item), name)
                if operation is not None:
                    lines.append((item, name, operation, mark_of(value)))
        for row, line in enumerate(lines):
            for column, text in enumerate(line):
                sheet.write_string(row, column, text, self._cell)
