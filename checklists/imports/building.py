"""How does the outline of a foreign catalogue become a standard with its checklist?

Headings become aspects and sections, points become requirements with an item each. The loader of
the house judges the result; what it says is told at the place where the source says it.
"""

import re
from collections.abc import Mapping
from typing import Any

from checklists.head import HEAD as CHECKLIST_HEAD
from checklists.head import LONGEST_LABEL
from checklists.imports import defaults
from checklists.imports.arrival import Arrival, Counts, Findings
from checklists.imports.judging import judged
from checklists.imports.naming import Codes, name_of
from checklists.imports.nodes import node_at
from checklists.imports.outline import Heading, Outline, Point
from standards.library import HEAD as STANDARD_HEAD
from standards.library import LONGEST_REQUIREMENT
from standards.model import Text
from standards.sentence import sentence
from standards.yaml_source import Node

_SOURCE = "ASAL"
_MOST_ASPECTS = 20
_MOST_EVIDENCE = 4
_LONGEST_EVIDENCE = 300
_LONGEST_ABOUT = 2_000
_LONGEST_SOURCE = 500
_LONGEST_CLAUSE = 40
_SPACES = re.compile(r"\s+")


def build(outline: Outline, findings: Findings) -> Arrival:
    """Make the checklist of an outline, unless there are problems already."""
    building = _Building(outline, findings)
    folders = building.folders()
    return judged(*folders, findings, building.counts())


def shortened(text: str, longest: int) -> str:
    """Give a text that fits, ended at a word and marked as shortened."""
    if len(text) <= longest:
        return text
    return text[: longest - 2].rsplit(None, 1)[0].rstrip(" ,;:") + " …"


class _Building:
    """One outline on its way."""

    def __init__(self, outline: Outline, findings: Findings) -> None:
        self._outline = outline
        self._findings = findings
        self._headings = {each.key: each for each in outline.headings}
        self._name = name_of(outline.name, otherwise="katalog")
        self._tags: dict[str, str] = {}
        held: dict[str, list[Point]] = {each.key: [] for each in outline.headings}
        for point in outline.points:
            held.setdefault(point.heading, []).append(point)
        self._held = {key: points for key, points in held.items() if points}
        self._roots = list(dict.fromkeys(self._root(key) for key in self._held))
        self._by_root = len(self._held) > len(self._roots) and len(self._roots) <= _MOST_ASPECTS
        self._aspects: list[str] = []

    def counts(self) -> Counts:
        """Give how much there is, and how much comes in."""
        return Counts(
            nodes=self._outline.nodes,
            assessable=len(self._outline.points),
            aspects=len(self._aspects),
            sections=len(self._held),
            items=len(self._outline.points),
            tags=len(self._tags),
            steps=len(self._outline.scale),
        )

    def folders(self) -> tuple[Mapping[str, Node], Mapping[str, Node]]:
        """Give the files of the standard and of the checklist."""
        outline, start = self._outline, self._outline.place
        self._tag_codes()
        aspects, of_root = self._aspect_values()
        sections, codes = self._section_values(of_root)
        standard: dict[str, Node] = {
            STANDARD_HEAD: node_at(
                {
                    "standard": self._name,
                    "edition": outline.edition,
                    "title": self._label(outline.title),
                    "about": self._about(),
                    "tags": [
                        node_at(
                            {"tag": self._tags[each.key], "label": self._label(each.title)},
                            each.place,
                        )
                        for each in outline.groups
                    ],
                    "aspects": aspects,
                    "sections": sections,
                    "sources": {_SOURCE: self._source()},
                },
                start,
            )
        }
        items: list[Node] = []
        points = Codes()
        for number, (key, held) in enumerate(self._held.items()):
            requirements = []
            for point in held:
                code = points.take((point.label, point.key), otherwise="butir")
                requirements.append(node_at(self._requirement(point, code), point.place))
                items.append(node_at(_item(point, code), point.place))
            chapter = {"section": codes[key], "requirements": requirements}
            standard[f"{number // 1000:02}-{number % 1000:03}.yaml"] = node_at(
                chapter, held[0].place
            )
        checklist = {
            CHECKLIST_HEAD: node_at(self._head(), start),
            "01-butir.yaml": node_at({"items": items}, start),
        }
        return standard, checklist

    def _tag_codes(self) -> None:
        taken = Codes()
        for each in self._outline.groups:
            code = taken.take(
                (name_of(each.key, otherwise=""), name_of(each.title.en, otherwise="")),
                otherwise="kelompok",
            )
            self._tags[each.key] = code

    def _root(self, key: str) -> str:
        while key in self._headings and self._headings[key].parent in self._headings:
            key = self._headings[key].parent
        return key

    def _aspect_values(self) -> tuple[list[Node], dict[str, str]]:
        """Give the aspects, and which of them a heading at the top belongs to."""
        if not self._by_root:
            self._aspects = ["katalog"]
            whole = node_at(
                {"aspect": "katalog", "title": defaults.WHOLE.document()}, self._outline.place
            )
            return [whole], dict.fromkeys(self._roots, "katalog")
        taken, made, of_root = Codes(), [], {}
        for key in self._roots:
            heading = self._headings.get(key)
            label = heading.label or heading.title.en if heading else ""
            code = taken.take((name_of(label, otherwise=""),), otherwise="aspek")
            title = heading.title if heading and heading.title.id else defaults.GENERAL
            place = heading.place if heading else self._outline.place
            made.append(node_at({"aspect": code, "title": self._label(title)}, place))
            of_root[key] = code
        self._aspects = list(of_root.values())
        return made, of_root

    def _section_values(self, of_root: Mapping[str, str]) -> tuple[list[Node], dict[str, str]]:
        """Give the sections, and the code of each heading that is one."""
        taken, made, codes = Codes(), [], {}
        for key, held in self._held.items():
            heading = self._headings.get(key)
            labels = (heading.label, heading.key) if heading else ("UMUM",)
            codes[key] = taken.take(labels, otherwise="bagian")
            section = {
                "section": codes[key],
                "aspect": of_root[self._root(key)],
                "title": self._label(self._path(heading)),
            }
            made.append(node_at(section, heading.place if heading else held[0].place))
        return made, codes

    def _path(self, heading: Heading | None) -> Text:
        """Give the titles from below the aspect down to a heading."""
        titles: list[Text] = []
        while heading is not None:
            above = self._headings.get(heading.parent)
            if above is not None or not titles or not self._by_root:
                titles.insert(
                    0, heading.title if heading.title.id else Text(heading.label, heading.label)
                )
            heading = above
        said = [each for each in titles if each.id]
        if not said:
            return defaults.GENERAL
        return Text(" › ".join(each.id for each in said), " › ".join(each.en for each in said))

    def _label(self, title: Text) -> dict[str, Any]:
        """Give a title that fits; the end of a long one says more than its beginning."""
        if max(len(title.id), len(title.en)) > LONGEST_LABEL:
            self._findings.note(sentence("judul yang terlalu panjang dipendekkan"), title.id[:60])
        fitting = Text(
            shortened(_line(title.id), LONGEST_LABEL), shortened(_line(title.en), LONGEST_LABEL)
        )
        return dict(fitting.document())

    def _about(self) -> dict[str, Any]:
        said = self._outline.about
        whole = Text(
            f"{defaults.ABOUT.id}\n{said.id}".strip(), f"{defaults.ABOUT.en}\n{said.en}".strip()
        )
        if max(len(whole.id), len(whole.en)) > _LONGEST_ABOUT:
            self._findings.note(sentence("uraian katalog dipendekkan"))
        about = Text(shortened(whole.id, _LONGEST_ABOUT), shortened(whole.en, _LONGEST_ABOUT))
        return dict(about.document())

    def _source(self) -> dict[str, str]:
        outline = self._outline
        parts = (outline.title.en, outline.publisher, outline.edition)
        title = ", ".join(part for part in map(_line, parts) if part)
        return {"title": shortened(title, _LONGEST_SOURCE), "kind": "comparator"}

    def _requirement(self, point: Point, code: str) -> dict[str, Any]:
        text, good = _words(point)
        evidence, guidance = _evidence(point)
        joined = [*point.guidance, *guidance]
        how = Text("\n\n".join(each.id for each in joined), "\n\n".join(each.en for each in joined))
        requirement: dict[str, Any] = {
            "requirement": code,
            "text": text.document(),
            "good": good.document(),
            "how": (how if how.id else defaults.UNSAID).document(),
            "evidence": [each.document() for each in evidence],
            "origin": "comparator",
            "sources": [_SOURCE],
        }
        if point.label and len(point.label) <= _LONGEST_CLAUSE:
            requirement["clause"] = point.label
        if applies := self._applies(point):
            requirement["applies"] = applies
        return requirement

    def _applies(self, point: Point) -> Any:
        tags = list(dict.fromkeys(self._tags[each] for each in point.groups if each in self._tags))
        if not tags or len(tags) == len(self._tags):
            return None  # to everybody
        return tags[0] if len(tags) == 1 else {"any": tags}

    def _head(self) -> dict[str, Any]:
        outline = self._outline
        scale = defaults.scale_of(outline.scale)
        choices = [str(each["choice"]) for each in scale]
        return {
            "checklist": f"{self._name}-lengkap",
            "edition": outline.edition,
            "standard": self._name,
            "standard_edition": outline.edition,
            "title": self._label(outline.title),
            **defaults.HEAD,
            "scale": [
                node_at(each, step.place) for each, step in zip(scale, outline.scale, strict=True)
            ]
            if outline.scale
            else scale,
            "met_from": choices[-1],
            "sample": defaults.sample_of(choices),
            "note": defaults.NOTE.document(),
        }


def _item(point: Point, code: str) -> dict[str, Any]:
    return {
        "item": code,
        "methods": list(point.methods) or ["D"],
        "citation": "optional",
        "critical": "no",
        "weight": point.weight,
        "effort": 1,
    }


def _words(point: Point) -> tuple[Text, Text]:
    """Give the requirement in one sentence, and all of it where one is not enough."""
    title, statement = point.title, point.statement
    if not statement.id:
        return _fitting(title), defaults.UNSAID if _fits(title) else title
    if not title.id:
        return _fitting(statement), defaults.UNSAID if _fits(statement) else statement
    both = Text(f"{title.id}: {statement.id}", f"{title.en}: {statement.en}")
    if _fits(both):
        return both, defaults.UNSAID
    return _fitting(title), statement


def _fits(text: Text) -> bool:
    return max(len(text.id), len(text.en)) <= LONGEST_REQUIREMENT


def _fitting(text: Text) -> Text:
    return Text(shortened(text.id, LONGEST_REQUIREMENT), shortened(text.en, LONGEST_REQUIREMENT))


def _evidence(point: Point) -> tuple[tuple[Text, ...], tuple[Text, ...]]:
    """Give the examples of evidence; those that do not fit are guidance."""
    given = point.evidence
    fits = all(max(len(each.id), len(each.en)) <= _LONGEST_EVIDENCE for each in given)
    if given and fits and len(given) <= _MOST_EVIDENCE:
        return given, ()
    if not given:
        return (defaults.SEE_GUIDANCE,), ()
    listed = Text(
        "\n".join(f"- {each.id}" for each in given), "\n".join(f"- {each.en}" for each in given)
    )
    return (defaults.SEE_GUIDANCE,), (listed,)


def _line(text: str) -> str:
    return _SPACES.sub(" ", text).strip()
