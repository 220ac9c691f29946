"""How does a checklist become a workbook to print and fill in by hand, and an XLSForm?

Every cell is written as text, never as a formula. Each row keeps the id of its item and the first
sheet the fingerprint of the edition, so that what was filled in can be read back. The same content
gives the same bytes.
"""

import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import xlsxwriter

from checklists.formats.cells import harmless
from checklists.item import Critical, Item
from checklists.model import NOT_APPLICABLE, Checklist
from standards.model import Text

_STILL = datetime(2000, 1, 1)  # noqa: DTZ001  # the writer takes it without a zone
_A4 = 9
_MOST_LISTED = 255  # what a list of choices may hold in a workbook

_WORDS: Mapping[str, Text] = {
    "sheet": Text("Isian", "Answers"),
    "guide": Text("Petunjuk", "Guide"),
    "edition": Text("Edisi", "Edition"),
    "fingerprint": Text("Sidik isi", "Fingerprint"),
    "status": Text("Status instrumen", "Status of the checklist"),
    "auditee": Text("Yang dinilai", "Auditee"),
    "reference": Text("Nomor penilaian", "Reference of the assessment"),
    "day": Text("Tanggal", "Date"),
    "by": Text("Penilai", "Assessor"),
    "item": Text("Butir", "Item"),
    "critical": Text("Kritis", "Critical"),
    "question": Text("Yang dinilai pada butir ini", "What the item is about"),
    "methods": Text("Cara", "Methods"),
    "applies": Text("Berlaku untuk", "Applies to"),
    "choice": Text("Nilai", "Score"),
    "facts": Text(
        "Fakta, dasar nilai, atau alasan tidak berlaku (TB)",
        "Facts, basis, or why it is not applicable (TB)",
    ),
    "hard": Text("keras", "hard"),
    "soft": Text("lunak", "soft"),
    "scale": Text("Skala", "Scale"),
    "tb": Text("Tidak berlaku; tulis alasannya.", "Not applicable; write the reason."),
    "methods_long": Text(
        "Cara memeriksa: D dokumen, O pengamatan, W wawancara, R telusur berkas, S simulasi, "
        "F foto.",
        "Methods: D documents, O observation, W interviews, R record sample, S simulation, "
        "F photo.",
    ),
    "no_client": Text(
        "Tulis jumlah dan kode saja. Jangan menulis nama, NIK, atau nomor rekam klien.",
        "Write counts and codes only. Never write a name, NIK or record number of a client.",
    ),
    "blank": Text(
        "Butir yang belum dinilai dibiarkan kosong.", "Leave empty what was not assessed."
    ),
    "pages": Text("Halaman &P dari &N", "Page &P of &N"),
}


@dataclass(frozen=True)
class _Column:
    name: str
    width: int


_COLUMNS = (
    _Column("item", 11),
    _Column("critical", 8),
    _Column("question", 62),
    _Column("methods", 9),
    _Column("applies", 22),
    _Column("choice", 8),
    _Column("facts", 46),
)
_FILLED = ("auditee", "reference", "day", "by")


def sheets_workbook(sheets: Mapping[str, Sequence[Sequence[str]]]) -> bytes:
    """Rows of texts as sheets, nothing else."""
    written = io.BytesIO()
    book = _book(written, {})
    for name, rows in sheets.items():
        sheet = book.add_worksheet(name)
        for at, row in enumerate(rows):
            for column, text in enumerate(row):
                if text:
                    sheet.write_string(at, column, text)
    book.close()
    return written.getvalue()


def filling_workbook(checklist: Checklist, *, language: str, status: str) -> bytes:
    """A sheet with a line for each item and room to write, and a sheet that explains."""
    written = io.BytesIO()
    book = _book(
        written,
        {
            "title": checklist.title.in_(language),
            "subject": f"{checklist.id} {checklist.edition}",
            "comments": checklist.fingerprint,
            "created": _STILL,
        },
    )
    _Filling(book, checklist, language, status).write()
    book.close()
    return written.getvalue()


def _book(written: io.BytesIO, properties: Mapping[str, Any]) -> Any:
    book = xlsxwriter.Workbook(
        written,
        {
            "in_memory": True,
            "strings_to_formulas": False,
            "strings_to_urls": False,
            "strings_to_numbers": False,
        },
    )
    book.set_properties({"created": _STILL, **properties})
    return book


class _Filling:
    """One workbook while it is written."""

    def __init__(self, book: Any, checklist: Checklist, language: str, status: str) -> None:
        self._book, self._checklist = book, checklist
        self._language, self._status = language, status
        box = {"valign": "top", "text_wrap": True, "border": 1}
        self._title = book.add_format({"bold": True, "font_size": 14})
        self._bold = book.add_format({"bold": True})
        self._head = book.add_format({**box, "bold": True, "bg_color": "#E8EDF5"})
        self._cell = book.add_format(box)
        self._room = book.add_format({**box, "locked": False})
        self._section = book.add_format({"bold": True, "top": 1})
        self._wrapped = book.add_format({"text_wrap": True, "valign": "top"})

    def write(self) -> None:
        sheet = self._book.add_worksheet(self._say("sheet"))
        self._set_up(sheet)
        row = self._write_head(sheet)
        for column, each in enumerate(_COLUMNS):
            sheet.set_column(column, column, each.width)
            sheet.write_string(row, column, self._say(each.name), self._head)
        sheet.repeat_rows(row)
        sheet.freeze_panes(row + 1, 2)
        row += 1
        for section in self._checklist.standard.sections:
            items = [each for each in self._checklist.items if each.section.id == section.id]
            if items:
                title = f"{section.id}. {section.title.in_(self._language)}"
                sheet.write_string(row, 0, harmless(title), self._section)
                row += 1
            for item in items:
                self._write_item(sheet, row, item)
                row += 1
        self._write_guide()

    def _say(self, name: str) -> str:
        return _WORDS[name].in_(self._language)

    def _set_up(self, sheet: Any) -> None:
        sheet.set_landscape()
        sheet.set_paper(_A4)
        sheet.fit_to_pages(1, 0)
        sheet.set_margins(left=0.4, right=0.4, top=0.6, bottom=0.6)
        checklist = self._checklist
        print_ = checklist.fingerprint.removeprefix("sha256:")[:12]
        left = f"{checklist.id} {checklist.edition} · {print_}"
        sheet.set_footer(f"&L{left}&C{self._status[:80].replace('&', '&&')}&R{self._say('pages')}")
        # only where something is to be written can something be changed; no password
        sheet.protect("", {"format_rows": True, "format_columns": True})

    def _write_head(self, sheet: Any) -> int:
        """The head above the table; gives the row that follows."""
        checklist = self._checklist
        sheet.write_string(0, 0, harmless(checklist.title.in_(self._language)), self._title)
        told = (
            ("edition", f"{checklist.id} {checklist.edition}"),
            ("fingerprint", checklist.fingerprint),
            ("status", self._status),
        )
        for row, (name, value) in enumerate(told, start=1):
            sheet.write_string(row, 0, self._say(name), self._bold)
            sheet.write_string(row, 2, harmless(value))
        for row, name in enumerate(_FILLED, start=len(told) + 1):
            sheet.write_string(row, 0, self._say(name), self._bold)
            sheet.write_blank(row, 2, None, self._room)
        row = len(told) + len(_FILLED) + 1
        sheet.write_string(row, 0, self._say("no_client"), self._bold)
        return row + 2

    def _write_item(self, sheet: Any, row: int, item: Item) -> None:
        labels = self._checklist.standard.tag_labels(self._language)
        critical = "" if item.critical is Critical.no else f"★ {self._say(item.critical.value)}"
        texts = (
            item.id,
            critical,
            item.question.in_(self._language),
            " ".join(item.methods),
            item.requirement.applies.words(labels, language=self._language),
        )
        for column, text in enumerate(texts):
            sheet.write_string(row, column, harmless(text), self._cell)
        for column in range(len(texts), len(_COLUMNS)):
            sheet.write_blank(row, column, None, self._room)
        choices = [*(choice.code for choice in self._checklist.scale), NOT_APPLICABLE]
        if len(",".join(choices)) <= _MOST_LISTED:
            sheet.data_validation(row, 5, row, 5, {"validate": "list", "source": choices})

    def _write_guide(self) -> None:
        sheet = self._book.add_worksheet(self._say("guide"))
        sheet.set_column(0, 0, 24)
        sheet.set_column(1, 1, 90)
        sheet.set_paper(_A4)
        checklist = self._checklist
        lines = [(self._say("scale"), "")]
        lines += [
            (f"{each.code} {each.label.in_(self._language)}", each.meaning.in_(self._language))
            for each in checklist.scale
        ]
        lines += [
            (NOT_APPLICABLE, self._say("tb")),
            ("", self._say("blank")),
            ("", self._say("methods_long")),
            ("", self._say("no_client")),
            (self._say("status"), self._status),
            ("", checklist.note.in_(self._language)),
        ]
        for row, (name, said) in enumerate(lines):
            sheet.write_string(row, 0, harmless(name), self._bold)
            sheet.write_string(row, 1, harmless(said), self._wrapped)
