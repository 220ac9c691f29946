"""How does the workbook in which an instrument was written become a checklist?

Accepted: an XLSX of at most 16 MB with the sheets and the keys in row 1 that the template has, in
any order of sheets and columns. Every cell is taken as it was typed; formulas, days, truth values
and numbers with decimals are refused with their cell. The loader of the house judges the rest, and
what it says is told with sheet, row and column.
"""

from collections.abc import Mapping
from typing import Any

from checklists.formats import template
from checklists.formats.archive import BadArchive
from checklists.formats.template import Plan
from checklists.formats.xlsx_reading import read_workbook
from checklists.head import HEAD as CHECKLIST_HEAD
from checklists.imports.arrival import Arrival, Counts, Findings, refusal, too_large
from checklists.imports.judging import judged
from checklists.imports.nodes import node_at
from checklists.imports.workbook_rows import TONGUES, Row, rows_in, share_text
from standards.library import HEAD as STANDARD_HEAD
from standards.sentence import sentence
from standards.yaml_source import Node, Place, parse

LARGEST = 16 * 2**20


def import_workbook(raw: bytes, file: str) -> Arrival:
    """Read a workbook; a checklist, or every problem with sheet, row and column."""
    if len(raw) > LARGEST:
        return too_large(file, LARGEST)
    try:
        sheets = read_workbook(raw)
    except BadArchive as bad:
        return refusal(file, bad.what, bad.remedy)
    findings = Findings()
    found = {sheet.name.strip(): sheet for sheet in sheets}
    rows = {plan.name: rows_in(plan, found.get(plan.name), findings) for plan in template.PLANS}
    if findings.problems:
        return findings.refused()
    return _Workbook(rows, findings).arrival()


# ---- sheets ----


class _Workbook:
    """The rows of a workbook on their way to the loader."""

    def __init__(self, rows: Mapping[str, list[Row]], findings: Findings) -> None:
        self._rows, self._findings = rows, findings
        self._head = self._head_rows()

    def arrival(self) -> Arrival:
        """Give the checklist, or the problems."""
        chapters, items = self._chapters()
        standard = {STANDARD_HEAD: self._standard_head(), **chapters}
        checklist = {CHECKLIST_HEAD: self._checklist_head()}
        if items:
            checklist["01-butir.yaml"] = node_at({"items": items}, Place(template.ITEMS.name, 3, 1))
        return judged(standard, checklist, self._findings, self._counts(items))

    def _counts(self, items: list[Node]) -> Counts:
        return Counts(
            nodes=len(self._rows[template.ITEMS.name]),
            assessable=len(items),
            aspects=len(self._rows[template.ASPECTS.name]),
            sections=len(self._rows[template.SECTIONS.name]),
            items=len(items),
            tags=len(self._rows[template.TAGS.name]),
            steps=len(self._rows[template.SCALE.name]),
        )

    def _head_rows(self) -> dict[str, Row]:
        found: dict[str, Row] = {}
        for row in self._rows[template.HEAD.name]:
            key = row.text("key")
            if key not in template.HEAD_KEYS or key in found:
                self._findings.report(
                    row.place,
                    sentence("kunci “%(key)s” tidak dikenal atau ada dua kali", key=key[:40]),
                    sentence("pakai kunci dari templat, atau hapus baris ini"),
                )
            else:
                found[key] = row
        for key in template.HEAD_KEYS:
            if key not in found:
                self._findings.report(
                    Place(template.HEAD.name, template.FIRST_ROW, 1),
                    sentence("kunci “%(key)s” belum ada", key=key),
                    sentence("kembalikan baris ini dari templat"),
                )
        return found

    def _of_head(self, key: str) -> Node:
        row = self._head.get(key)
        if row is None:
            return node_at("", Place(template.HEAD.name, template.FIRST_ROW, 2))
        if key in template.LISTS:
            return row.listed("value")
        text = row.text("value")
        share = key.startswith("thresholds.")
        return node_at(share_text(text) if share else text, row.places["value"])

    def _inner(self, name: str) -> Node:
        """Give the table of all keys that begin with a name and a dot."""
        keys = [key for key in template.HEAD_KEYS if key.startswith(f"{name}.")]
        place = self._of_head(keys[0]).place
        return node_at({key.removeprefix(f"{name}."): self._of_head(key) for key in keys}, place)

    def _standard_head(self) -> Node:
        rows = self._rows
        head: dict[str, Any] = {
            "standard": self._of_head("standard"),
            "edition": self._of_head("standard_edition"),
            "title": self._inner("standard_title"),
            "about": self._inner("about"),
            "tags": self._tables(template.TAGS, ("tag",), "label"),
            "aspects": self._tables(template.ASPECTS, ("aspect",), "title"),
            "sections": self._tables(template.SECTIONS, ("section", "aspect"), "title"),
        }
        if rows[template.SOURCES.name]:
            head["sources"] = self._sources()
        return node_at(head, Place(template.HEAD.name, 1, 1))

    def _tables(self, plan: Plan, keys: tuple[str, ...], both: str) -> Node:
        entries = [
            node_at({**{key: row.node(key) for key in keys}, both: row.both(both)}, row.place)
            for row in self._rows[plan.name]
        ]
        return node_at(entries, Place(plan.name, template.FIRST_ROW, 1))

    def _sources(self) -> Node:
        made: dict[str, Node] = {}
        for row in self._rows[template.SOURCES.name]:
            name = row.text("source")
            if not name or name in made:
                self._findings.report(
                    row.places["source"],
                    sentence("kode sumber kosong atau ditulis dua kali"),
                    sentence("beri setiap sumber kode yang berbeda"),
                )
                continue
            entry = {"title": row.node("title"), "kind": row.node("kind")}
            entry |= {"url": row.node("url")} if row.text("url") else {}
            made[name] = node_at(entry, row.place)
        return node_at(made, Place(template.SOURCES.name, template.FIRST_ROW, 1))

    def _checklist_head(self) -> Node:
        same_keys = ("checklist", "edition", "standard", "standard_edition", "auditees", "kinds")
        head: dict[str, Any] = {
            **{key: self._of_head(key) for key in (*same_keys, "met_from", "work_order")},
            **{key: self._inner(key) for key in ("title", "note", "thresholds", "days")},
            "sample": self._sample(),
            "scale": [
                node_at(
                    {
                        **{key: row.node(key) for key in ("choice", "points")},
                        **{key: row.both(key) for key in ("label", "meaning")},
                    },
                    row.place,
                )
                for row in self._rows[template.SCALE.name]
            ],
            "findings": [
                node_at({key: row.node(key) for key in ("when", "class")}, row.place)
                for row in self._rows[template.FINDINGS.name]
            ],
            "levels": [
                node_at(
                    {
                        "level": row.node("level"),
                        "from": _share(row, "from"),
                        "label": row.both("label"),
                    },
                    row.place,
                )
                for row in self._rows[template.LEVELS.name]
            ],
        }
        return node_at(head, Place(template.HEAD.name, 1, 1))

    def _sample(self) -> Node:
        bands = [
            node_at({"from": _share(row, "sample_from"), "choice": row.node("choice")}, row.place)
            for row in reversed(self._rows[template.SCALE.name])
            if row.text("sample_from")
        ]
        middle = {key: self._of_head(f"sample.middle.{key}") for key in ("up_to", "draw")}
        place = self._of_head("sample.all_up_to").place
        return node_at(
            {
                "all_up_to": self._of_head("sample.all_up_to"),
                "middle": node_at(middle, place),
                "above": self._of_head("sample.above"),
                "bands": node_at(bands, Place(template.SCALE.name, template.FIRST_ROW, 1)),
            },
            place,
        )

    def _chapters(self) -> tuple[dict[str, Node], list[Node]]:
        """Give the requirements by section as chapters, and the items."""
        held: dict[str, list[tuple[Row, Node]]] = {}
        items: list[Node] = []
        first: dict[str, int] = {}
        for row in self._rows[template.ITEMS.name]:
            named = "requirement" if row.text("requirement") else "item"
            name = row.text(named)
            if row.text("item") or row.any_of(template.ITEM_KEYS):
                items.append(_item(row))
            if name in first and row.text("requirement"):
                self._check_repeated(row, first[name])
                continue
            first.setdefault(name, row.place.line)
            held.setdefault(row.text("section"), []).append((row, _requirement(row, named)))
        chapters = {}
        for number, entries in enumerate(held.values()):
            row = entries[0][0]
            content = {
                "section": row.node("section"),
                "requirements": [each for _, each in entries],
            }
            chapters[f"{number // 1000:02}-{number % 1000:03}.yaml"] = node_at(content, row.place)
        return chapters, items

    def _check_repeated(self, row: Row, line: int) -> None:
        if key := row.any_of(template.REQUIREMENT_KEYS):
            self._findings.report(
                row.places[key],
                sentence("persyaratan ini sudah ditulis di baris %(line)s", line=line),
                sentence("kosongkan kolom persyaratan di baris ini"),
            )


def _share(row: Row, key: str) -> Node:
    return node_at(share_text(row.text(key)), row.places[key])


def _requirement(row: Row, named: str) -> Node:
    evidence = [
        row.both(f"evidence{number}")
        for number in range(1, 1 + template.MOST_EVIDENCE)
        if row.any_of(f"evidence{number}.{tongue}" for tongue in TONGUES)
    ]
    content: dict[str, Any] = {
        "requirement": row.node(named),
        **{key: row.both(key) for key in ("text", "good", "how")},
        "evidence": node_at(evidence, row.places["evidence1.id"]),
        "origin": row.node("origin"),
        "sources": row.listed("sources"),
        "clause": row.node("clause"),
    }
    if row.text("applies"):
        content["applies"] = _applies(row)
    return node_at(content, row.place)


def _item(row: Row) -> Node:
    content: dict[str, Any] = {
        "item": row.node("item"),
        "methods": row.listed("methods"),
        **{key: row.node(key) for key in ("citation", "critical", "weight", "effort")},
    }
    if row.text("requirement"):
        content["requirement"] = row.node("requirement")
    if row.any_of(("ask.id", "ask.en")):
        content["ask"] = row.both("ask")
    return node_at(content, row.place)


def _applies(row: Row) -> Node:
    """Give the expression in a cell, all of it at the place of the cell; what cannot be read is
    an empty list, which is no expression."""
    place = row.places["applies"]
    node, _ = parse(row.text("applies").encode(errors="replace"), place.file)
    return node_at([] if node is None else _plain(node), place)


def _plain(node: Node) -> Any:
    entries = getattr(node, "entries", None)
    if entries is None:
        return getattr(node, "text", "")
    if entries and isinstance(entries[0], tuple):
        return {key.text: _plain(value) for key, value in entries}
    return [_plain(entry) for entry in entries]
