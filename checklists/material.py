"""What is an edition made of before anybody has judged it?

Plain values, as the YAML files have them: heads, requirements, items, and the words in which the
checklists based on this one ask. Anything may be missing or wrong here; `checking` hands it to the
loader. An edition gives its material, and so do YAML texts.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias

from checklists.head import HEAD as CHECKLIST_HEAD
from checklists.item import Item
from checklists.model import Checklist
from standards.applicability import ALWAYS
from standards.library import HEAD as STANDARD_HEAD
from standards.model import Requirement, Source, Standard
from standards.sentence import sentence
from standards.yaml_source import Node, Place, Problem, Scalar, parse, problem_at
from standards.yaml_source import Sequence as NodeList

Values: TypeAlias = Mapping[str, Any]
Texts: TypeAlias = Mapping[str, str]


@dataclass(frozen=True)
class BasedMaterial:
    """A checklist that is based on the full one: its rule, and its own words for items."""

    head: Values
    words: tuple[Values, ...] = ()

    @property
    def name(self) -> str:
        """Give its id."""
        return str(self.head.get("checklist", ""))


@dataclass(frozen=True)
class Material:
    """A standard, the full checklist that judges by it, and those based on that one.

    A requirement says its section. Requirements and items stand in their order.
    """

    standard: Values
    requirements: tuple[Values, ...]
    checklist: Values
    items: tuple[Values, ...]
    based: tuple[BasedMaterial, ...] = ()

    @property
    def name(self) -> str:
        """Give the id of the full checklist."""
        return str(self.checklist.get("checklist", ""))

    def sections(self) -> tuple[str, ...]:
        """Give the ids of the sections in their order, as far as they can be read."""
        listed = self.standard.get("sections")
        entries = listed if isinstance(listed, list) else []
        return tuple(str(each.get("section", "")) for each in entries if isinstance(each, dict))

    def document(self) -> dict[str, Any]:
        """Give the JSON form."""
        return {
            "standard": dict(self.standard),
            "requirements": [dict(each) for each in self.requirements],
            "checklist": dict(self.checklist),
            "items": [dict(each) for each in self.items],
            "based": [
                {"head": dict(each.head), "words": [dict(word) for word in each.words]}
                for each in self.based
            ],
        }

    @classmethod
    def from_document(cls, document: Mapping[str, Any]) -> "Material":
        """Read the JSON form."""
        return cls(
            standard=document["standard"],
            requirements=tuple(document["requirements"]),
            checklist=document["checklist"],
            items=tuple(document["items"]),
            based=tuple(
                BasedMaterial(each["head"], tuple(each["words"])) for each in document["based"]
            ),
        )


# ---- from an edition ----


def material_of(checklist: Checklist, based: Collection[Checklist] = ()) -> Material:
    """Give what a full checklist and those based on it are made of."""
    if checklist.derivation is not None:
        raise ValueError(
            sentence("Instrumen ini diambil dari instrumen lain. Ubah instrumen lengkapnya.")
        )
    standard = checklist.standard
    return Material(
        standard=standard_head(standard),
        requirements=tuple(requirement_values(each) for each in standard.requirements),
        checklist=checklist_head(checklist),
        items=tuple(item_values(each) for each in checklist.items),
        based=tuple(based_of(each, checklist) for each in based),
    )


def standard_head(standard: Standard) -> Values:
    """Give the head of a standard."""
    return {
        "standard": standard.id,
        "edition": standard.edition,
        "title": standard.title.document(),
        "about": standard.about.document(),
        "tags": [{"tag": tag.id, "label": tag.label.document()} for tag in standard.tags],
        "aspects": [
            {"aspect": each.id, "title": each.title.document()} for each in standard.aspects
        ],
        "sections": [
            {"section": each.id, "aspect": each.aspect, "title": each.title.document()}
            for each in standard.sections
        ],
        "sources": {source.id: _source(source) for source in standard.sources},
    }


def _source(source: Source) -> Values:
    document = {"title": source.title, "kind": source.kind.value}
    return {**document, "url": source.url} if source.url else document


def requirement_values(requirement: Requirement) -> Values:
    """Give a requirement with its section."""
    document: dict[str, Any] = dict(requirement.document())
    values = {"requirement": document.pop("id"), **document}
    if requirement.applies == ALWAYS:
        del values["applies"]
    return values


def item_values(item: Item) -> Values:
    """Give an item of a full checklist."""
    document: dict[str, Any] = dict(item.document())
    values = {"item": document.pop("id"), **document}
    if item.requirement.id == item.id:
        del values["requirement"]
    if item.ask is None:
        del values["ask"]
    return values


def checklist_head(checklist: Checklist) -> Values:
    """Give the head of a full checklist."""
    document = checklist.document()
    head: dict[str, Any] = {
        "checklist": checklist.id,
        "edition": checklist.edition,
        "standard": checklist.standard.id,
        "standard_edition": checklist.standard.edition,
        "title": document["title"],
        "auditees": document["auditees"],
        "kinds": document["kinds"],
        "scale": [
            {
                "choice": each.code,
                "points": each.points,
                "label": each.label.document(),
                "meaning": each.meaning.document(),
            }
            for each in checklist.scale
        ],
        **{name: document[name] for name in ("met_from", "thresholds", "days", "sample")},
        "findings": document["findings"],
        "work_order": document["work_order"],
        "note": document["note"],
    }
    if checklist.levels:
        head["levels"] = [
            {"level": level["id"], "from": level["from"], "label": level["label"]}
            for level in (each.document() for each in checklist.levels)
        ]
    return head


def based_of(checklist: Checklist, full: Checklist | None = None) -> BasedMaterial:
    """Give the rule and the words of a checklist that is based on another one: only the words
    that are not those of the full one, where it is at hand."""
    document, derivation = checklist.document(), checklist.derivation
    rule = derivation.document() if derivation else {}
    base: Any = rule["base"]
    head = {
        "checklist": checklist.id,
        "edition": checklist.edition,
        "based_on": base["checklist"],
        "based_on_edition": base["edition"],
        "title": document["title"],
        "kinds": document["kinds"],
        "gives": rule["gives"],
        "wording": rule["wording"],
        "places": rule["places"],
        "work_order": document["work_order"],
        "note": document["note"],
    }
    optional = {name: rule[name] for name in ("select", "rotation", "at_opening") if rule[name]}
    own = {each.id: each.ask for each in full.items} if full is not None else {}
    words = tuple(
        {"item": item.id, "ask": item.ask.document()}
        for item in checklist.items
        if item.ask is not None and item.ask != own.get(item.id)
    )
    return BasedMaterial({**head, **optional}, words)


# ---- from texts ----


def material_from(
    standard: Texts, checklist: Texts, based: Sequence[Texts] = ()
) -> tuple[Material | None, tuple[Problem, ...]]:
    """Read the YAML texts of the folders, by file name; None where a text is no YAML at all or
    is not built as such a file is. What a file says may still be wrong."""
    reading = _Reading()
    head, chapters = reading.folder(standard, STANDARD_HEAD, "requirements")
    requirements = tuple(
        {**entry, "section": chapter.get("section", "")}
        for chapter in chapters
        for entry in chapter["requirements"]
    )
    full, items = reading.folder(checklist, CHECKLIST_HEAD, "items")
    others = [reading.folder(each, CHECKLIST_HEAD, "items") for each in based]
    made = Material(
        standard=head,
        requirements=requirements,
        checklist=full,
        items=tuple(entry for chapter in items for entry in chapter["items"]),
        based=tuple(
            BasedMaterial(own, tuple(entry for chapter in words for entry in chapter["items"]))
            for own, words in others
        ),
    )
    return (None if reading.problems else made), tuple(sorted(reading.problems))


class _Reading:
    """One reading of the texts of several folders."""

    def __init__(self) -> None:
        self.problems: list[Problem] = []

    def folder(self, texts: Texts, head: str, key: str) -> tuple[Values, list[Values]]:
        """Give the head, and the chapters in the order of their names."""
        if head not in texts:
            self.problems.append(
                problem_at(
                    Place(head, 1, 1), sentence("berkas tidak ada"), sentence("buat berkas ini")
                )
            )
        chapters = [self._chapter(texts[name], name, key) for name in sorted(texts) if name != head]
        return self._table(texts.get(head, "{}"), head), [each for each in chapters if each]

    def _table(self, text: str, name: str) -> dict[str, Any]:
        node, problems = parse(text.encode(), name)
        self.problems += problems
        values = plain_values(node) if node is not None else {}
        if isinstance(values, dict):
            return values
        self._not_so(name)
        return {}

    def _chapter(self, text: str, name: str, key: str) -> dict[str, Any]:
        values = self._table(text, name)
        if not values:
            return {}
        entries = values.get(key)
        if not isinstance(entries, list) or not all(isinstance(each, dict) for each in entries):
            self._not_so(name)
            return {}
        return values

    def _not_so(self, name: str) -> None:
        self.problems.append(
            problem_at(
                Place(name, 1, 1),
                sentence("di sini harus ada daftar kunci dan isi"),
                sentence("tulis berkas ini seperti berkas YAML yang diunduh dari sebuah edisi"),
            )
        )


def plain_values(node: Node) -> Any:
    """Give what a node says as text, lists and tables."""
    if isinstance(node, Scalar):
        return node.text.strip()
    if isinstance(node, NodeList):
        return [plain_values(entry) for entry in node.entries]
    return {key.text: plain_values(value) for key, value in node.entries}
