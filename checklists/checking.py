"""Does the material of a draft make an edition, and if not: what is wrong, at which place?

The loader that reads the packaged YAML judges a draft, too. It is handed nodes instead of files;
each node remembers of which part of the draft it is and by which path it is reached, so that every
problem leads back to the field in which somebody typed.
"""

import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from checklists.based import load_based
from checklists.head import HEAD as CHECKLIST_HEAD
from checklists.library import load_checklist
from checklists.material import BasedMaterial, Material, Values
from checklists.model import Checklist
from standards.folder import Gathered
from standards.library import HEAD as STANDARD_HEAD
from standards.library import load_standard
from standards.sentence import Sentence
from standards.yaml_source import (
    Node,
    Place,
    Problem,
    Scalar,
    Table,
    refused_text,
)
from standards.yaml_source import (
    Sequence as NodeList,
)

STANDARD, CHECKLIST = "standard", "checklist"
_MOST = 1_000  # entries in a chapter; the loader takes five times as many
# what a head says of the part above it: no problem of its own while that one has problems
_UPWARD = frozenset({"standard", "standard_edition", "based_on", "based_on_edition"})


@dataclass(frozen=True)
class Trouble:
    """What is wrong: in which part of the draft, by which path in it, and what to do."""

    part: str
    path: str
    what: str
    remedy: str


@dataclass(frozen=True)
class Checked:
    """The editions that the material makes; none while there is any trouble."""

    checklist: Checklist | None
    based: tuple[Checklist, ...]
    troubles: tuple[Trouble, ...]

    @property
    def editions(self) -> tuple[Checklist, ...]:
        """Give the full checklist and those based on it."""
        return (self.checklist, *self.based) if self.checklist is not None else ()


def requirement_part(name: str) -> str:
    """Give the name of the part that is a requirement."""
    return f"requirement:{name}"


def item_part(name: str) -> str:
    """Give the name of the part that is an item."""
    return f"item:{name}"


def based_part(name: str) -> str:
    """Give the name of the part that is the rule of a checklist based on this one."""
    return f"based:{name}"


def words_part(checklist: str, item: str) -> str:
    """Give the name of the part that holds the words of a based checklist for an item."""
    return f"words:{checklist}:{item}"


def check(material: Material, known_nodes: "KnownNodes | None" = None) -> Checked:
    """Judge a draft as a whole; what was made of parts that are the same objects is made once."""
    nodes = _Nodes(known_nodes if known_nodes is not None else KnownNodes())
    standard, of_standard = load_standard(_standard_folder(nodes, material))
    known = {standard.id: standard} if standard is not None else {}
    full, of_full = load_checklist(_checklist_folder(nodes, material), known)
    troubles = [*nodes.troubles(of_standard)]
    troubles += _own(nodes.troubles(of_full), CHECKLIST, alone=standard is None)
    found: list[Checklist] = []
    for each in material.based:
        made, problems = load_based(
            _based_folder(nodes, each), {full.id: full} if full is not None else {}
        )
        part = based_part(each.name)
        own = _own(nodes.troubles(problems), part, alone=full is None)
        troubles += [_at_its_words(trouble, each.name) for trouble in own]
        found += [made] if made is not None else []
    troubles += nodes.troubles(nodes.refused)
    if troubles or full is None:
        return Checked(None, (), tuple(dict.fromkeys(troubles)))
    return Checked(full, tuple(found), ())


def _own(troubles: Iterable[Trouble], part: str, *, alone: bool) -> list[Trouble]:
    return [
        each
        for each in troubles
        if not (alone and each.part == part and each.path.split("/")[0] in _UPWARD)
    ]


def _at_its_words(trouble: Trouble, checklist: str) -> Trouble:
    """That an item has no words of its own is told at the rule; it is mended at the item."""
    values = trouble.what.values if isinstance(trouble.what, Sentence) else {}
    if trouble.path == "wording" and "item" in values:
        return replace(trouble, part=words_part(checklist, values["item"]), path="ask/id")
    return trouble


@dataclass(frozen=True)
class _Made:
    """What was made of a part: the node, the path of each line, what no file may say."""

    value: Values  # kept, so that no other object can have its identity
    node: Node
    paths: tuple[str, ...]
    refused: tuple[Problem, ...]


class KnownNodes:
    """The nodes of parts that were checked before, by the identity of their values.

    A draft that differs from the last one in one part costs one part. Values must not be changed
    in place; the parts of the last check are kept, no others.
    """

    def __init__(self) -> None:
        self._made: dict[str, _Made] = {}
        self._now: dict[str, _Made] = {}

    def begin(self) -> None:
        """Begin a check: what it does not ask for is forgotten at the next one."""
        self._made, self._now = self._now or self._made, {}

    def of(self, part: str, value: Values) -> _Made:
        """Give what a part makes."""
        known = self._made.get(part)
        if known is None or known.value is not value:
            known = _Making(part).made(value)
        self._now[part] = known
        return known


class _Making:
    """The making of the nodes of one part; a line of a place stands for a path in it."""

    def __init__(self, part: str) -> None:
        self._part = part
        self._paths: list[str] = []
        self._refused: list[Problem] = []

    def made(self, value: Values) -> _Made:
        node = self._node(value, "")
        return _Made(value, node, tuple(self._paths), tuple(self._refused))

    def _node(self, value: Any, path: str) -> Node:
        self._paths.append(path)
        place = Place(self._part, len(self._paths), 1)
        if isinstance(value, Mapping):
            return Table(
                tuple(
                    (
                        Scalar(str(name), place),
                        self._node(inner, f"{path}/{name}" if path else str(name)),
                    )
                    for name, inner in value.items()
                ),
                place,
            )
        if isinstance(value, list | tuple):
            inner = [self._node(each, f"{path}/{at}") for at, each in enumerate(value)]
            return NodeList(tuple(inner), place)
        # as a file is read: composed characters are one
        text = unicodedata.normalize("NFC", "" if value is None else str(value))
        self._refused += refused_text(text, place)
        return Scalar(text, place)


class _Nodes:
    """The nodes of one draft during one check."""

    def __init__(self, known: KnownNodes) -> None:
        self._known = known
        self._paths: dict[str, tuple[str, ...]] = {}
        self.refused: list[Problem] = []
        known.begin()

    def node(self, part: str, value: Values) -> Node:
        """Give the node of a part."""
        made = self._known.of(part, value)
        self._paths[part] = made.paths
        self.refused += made.refused
        return made.node

    def troubles(self, problems: Iterable[Problem]) -> list[Trouble]:
        """Lead problems back to parts and paths."""
        return [
            Trouble(each.file, self._path(each.file, each.line), each.what, each.remedy)
            for each in problems
        ]

    def _path(self, part: str, line: int) -> str:
        paths = self._paths.get(part, ())
        return paths[line - 1] if line <= len(paths) else ""


def _chapter_of(key: str, entries: Sequence[Node], head: Mapping[str, Node] | None = None) -> Node:
    """A chapter around entries; it stands where the first of them does."""
    place = entries[0].place
    inner = {**(head or {}), key: NodeList(tuple(entries), place)}
    return Table(tuple((Scalar(name, place), node) for name, node in inner.items()), place)


def _standard_folder(nodes: _Nodes, material: Material) -> Gathered:
    files = {STANDARD_HEAD: nodes.node(STANDARD, material.standard)}
    grouped: dict[str, list[Table]] = {}
    sections: dict[str, Node] = {}
    for each in material.requirements:
        name = str(each.get("section", ""))
        whole = nodes.node(requirement_part(str(each.get("requirement", ""))), each)
        if isinstance(whole, Table):
            inner = {key.text: node for key, node in whole.entries}
            sections.setdefault(name, inner.get("section", Scalar(name, whole.place)))
            bare = tuple(entry for entry in whole.entries if entry[0].text != "section")
            grouped.setdefault(name, []).append(Table(bare, whole.place))
    for number, (name, held) in enumerate(grouped.items()):
        files[_chapter(number)] = _chapter_of("requirements", held, {"section": sections[name]})
    return Gathered(files)


def _checklist_folder(nodes: _Nodes, material: Material) -> Gathered:
    files = {CHECKLIST_HEAD: nodes.node(CHECKLIST, material.checklist)}
    entries = [nodes.node(item_part(str(each.get("item", ""))), each) for each in material.items]
    return Gathered({**files, **_items_chapters(entries)})


def _based_folder(nodes: _Nodes, based: BasedMaterial) -> Gathered:
    files = {CHECKLIST_HEAD: nodes.node(based_part(based.name), based.head)}
    entries = [
        nodes.node(words_part(based.name, str(each.get("item", ""))), each) for each in based.words
    ]
    return Gathered({**files, **_items_chapters(entries)})


def _items_chapters(entries: Sequence[Node]) -> dict[str, Node]:
    starts = range(0, len(entries), _MOST)
    return {
        _chapter(number): _chapter_of("items", entries[at : at + _MOST])
        for number, at in enumerate(starts)
    }


def _chapter(number: int) -> str:
    """A name as the loader wants it; a hundred and more sections keep their order, too."""
    return f"{number // 1000:02}-{number % 1000:03}.yaml"
