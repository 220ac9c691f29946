"""What was typed in the rows of a sheet, and in which cell does it stand?"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from checklists.formats import template
from checklists.formats.template import Plan
from checklists.formats.template_rows import unguarded
from checklists.formats.xlsx_reading import Cell, CellKind, Sheet
from checklists.imports.arrival import Findings
from checklists.imports.nodes import node_at
from standards.sentence import sentence
from standards.yaml_source import Node, Place

TONGUES = ("id", "en")
_WHOLE = re.compile(r"[0-9]{1,15}(\.0+)?", re.ASCII)
_PERCENT = re.compile(r"([0-9]{1,3})(?:[.,]([0-9]{1,4}))?\s*%", re.ASCII)
_SEPARATED = re.compile(r"[\s,;]+")


@dataclass(frozen=True)
class Row:
    """A row of a sheet: its texts by key, and where each stands or would stand."""

    texts: Mapping[str, str]
    places: Mapping[str, Place]
    place: Place

    def text(self, key: str) -> str:
        """Give the text under a key; empty if the cell is."""
        return self.texts.get(key, "")

    def node(self, key: str) -> Node:
        """Give the text under a key as a node."""
        return node_at(self.text(key), self.places[key])

    def both(self, key: str) -> Node:
        """Give a text in both languages."""
        return node_at(
            {tongue: self.node(f"{key}.{tongue}") for tongue in TONGUES}, self.places[f"{key}.id"]
        )

    def listed(self, key: str) -> Node:
        """Give the words of a cell as a list."""
        words = [word for word in _SEPARATED.split(self.text(key)) if word]
        return node_at(words, self.places[key])

    def any_of(self, keys: Iterable[str]) -> str:
        """Give the first of some keys that has a text."""
        return next((key for key in keys if self.text(key)), "")


def rows_in(plan: Plan, sheet: Sheet | None, findings: Findings) -> list[Row]:
    """Give the rows with anything in them; note what cannot be taken as typed."""
    if sheet is None:
        findings.report(
            Place(plan.name, 1, 1),
            sentence("lembar “%(name)s” tidak ada", name=plan.name),
            sentence("pakai templat yang diunduh dari sistem; jangan mengganti nama lembar"),
        )
        return []
    columns = _columns(plan, sheet, findings)
    made = []
    for number in (row for row in sheet.rows if row >= template.FIRST_ROW):
        cells = {key: sheet.cells.get((number, at)) for key, at in columns.items()}
        texts = {key: _text(plan, cell, findings) for key, cell in cells.items() if cell}
        texts = {key: text for key, text in texts.items() if text}
        if set(texts) - {"words"}:
            places = {key: Place(plan.name, number, at) for key, at in columns.items()}
            made.append(Row(texts, places, Place(plan.name, number, 1)))
    _outside(plan, sheet, columns, findings)
    return made


def _columns(plan: Plan, sheet: Sheet, findings: Findings) -> dict[str, int]:
    """Give where each key stands; note those that are not there, unknown, or there twice."""
    columns: dict[str, int] = {}
    for (row, at), cell in sorted(sheet.cells.items()):
        if row != 1:
            continue
        key = cell.text.strip()
        if key not in plan.keys or key in columns:
            findings.report(
                Place(plan.name, 1, at),
                sentence("kolom “%(key)s” tidak dikenal atau ada dua kali", key=key[:40]),
                sentence("pakai kunci kolom dari templat, atau hapus kolom ini"),
            )
        else:
            columns[key] = at
    for key in plan.keys:
        if key not in columns and key != "words":
            findings.report(
                Place(plan.name, 1, 1),
                sentence("kolom “%(key)s” tidak ada", key=key),
                sentence("kembalikan kolom ini dari templat, juga bila kosong"),
            )
    return columns


def _outside(plan: Plan, sheet: Sheet, columns: Mapping[str, int], findings: Findings) -> None:
    """Note what stands where nothing is read, and formulas wherever they stand."""
    known = set(columns.values())
    for (row, at), cell in sheet.cells.items():
        if row >= template.FIRST_ROW and at not in known:
            findings.report(
                Place(plan.name, row, at),
                sentence("sel %(cell)s berada di luar kolom templat", cell=cell.name),
                sentence("pindahkan isinya ke kolom yang ada, atau hapus"),
            )


def _text(plan: Plan, cell: Cell, findings: Findings) -> str:
    """Give what was typed; note what is not taken as typed."""
    if cell.kind is CellKind.text:
        return unguarded(cell.text).replace("\r\n", "\n").strip()
    if cell.kind is CellKind.number and _WHOLE.fullmatch(cell.text):
        return cell.text.partition(".")[0]
    what, remedy = _REFUSED[cell.kind]
    findings.report(Place(plan.name, cell.row, cell.column), what, remedy)
    return ""


_AS_TEXT = sentence("format sel sebagai teks, lalu ketik ulang isinya")
_REFUSED = {
    CellKind.formula: (
        sentence("sel berisi rumus"),
        sentence("tulis isinya sebagai teks; rumus tidak dihitung"),
    ),
    CellKind.number: (sentence("sel berisi bilangan pecahan"), _AS_TEXT),
    CellKind.day: (sentence("sel berisi tanggal"), _AS_TEXT),
    CellKind.truth: (sentence("sel berisi nilai benar atau salah"), _AS_TEXT),
    CellKind.error: (sentence("sel berisi kesalahan rumus"), _AS_TEXT),
}


def share_text(text: str) -> str:
    """Give a share as the loader reads it; what is no percentage stays as it is."""
    match = _PERCENT.fullmatch(text.strip())
    if match is None:
        return text
    decimals = match[2] or ""
    return f"{int(match[1] + decimals)}/{100 * 10 ** len(decimals)}"
