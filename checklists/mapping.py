"""Which item of an older edition corresponds to which item of a newer one, and who says so?

Editions are compared only by such a mapping, never by ids that happen to be the same. It lies in a
folder `mappings` beside the newer checklist and is checked like all that is written in YAML.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from checklists.model import Checklist
from standards.model import Text
from standards.reading import CODE, NAME, Fields, Reader, Spot
from standards.sentence import sentence
from standards.yaml_source import Node, Problem

FOLDER = "mappings"
_SUFFIXES = {".yaml", ".yml"}


@dataclass(frozen=True)
class EditionName:
    """An edition of a full checklist as people name it."""

    checklist: str
    edition: str


@dataclass(frozen=True)
class ItemMapping:
    """Old item → new item, one to one; `source` says who found them to ask the same."""

    old: EditionName
    new: EditionName
    source: Text
    items: Mapping[str, str]


def load_mappings(
    folder: Path, checklists: Mapping[str, Checklist]
) -> tuple[tuple[ItemMapping, ...], tuple[Problem, ...]]:
    """Read all mappings beside a checklist; one with problems is left out."""
    made: list[ItemMapping] = []
    problems: list[Problem] = []
    inside = folder / FOLDER
    for path in sorted(inside.iterdir()) if inside.is_dir() else ():
        if path.suffix.lower() in _SUFFIXES:
            mapping, found = load_mapping(path, checklists)
            made += [mapping] if mapping else []
            problems += found
    return tuple(made), tuple(problems)


def load_mapping(
    path: Path, checklists: Mapping[str, Checklist]
) -> tuple[ItemMapping | None, tuple[Problem, ...]]:
    """Read a mapping to one of these checklists; None if there is any problem."""
    reader = Reader()
    fields = reader.file(path, required=("old", "new", "source", "items"))
    old, new = _edition(reader, fields, "old"), _edition(reader, fields, "new")
    source = fields.words("source")
    target = _target(reader, new, checklists)
    before = checklists.get(old[0].text)
    if before is not None and before.edition != old[1].text:
        before = None  # an edition that is no longer packaged: its items are not known here
    if old[0].text and [spot.text for spot in old] == [spot.text for spot in new]:
        reader.report(
            old[1].place,
            sentence("edisi lama dan edisi baru sama"),
            sentence("sebut edisi lama pada old"),
        )
    items = _items(reader, fields, before=before, target=target)
    made = ItemMapping(
        EditionName(old[0].text, old[1].text), EditionName(new[0].text, new[1].text), source, items
    )
    return (None if reader.problems else made), reader.problems


def _edition(reader: Reader, fields: Fields, name: str) -> tuple[Spot, Spot]:
    node = fields.node(name)
    if node is None:
        return Spot("", fields.place), Spot("", fields.place)
    named = reader.table(node, required=("checklist", "edition"))
    return named.spot("checklist", form=NAME), named.spot("edition", form=CODE)


def _target(
    reader: Reader, new: tuple[Spot, Spot], checklists: Mapping[str, Checklist]
) -> Checklist | None:
    spot, edition = new
    what = sentence("instrumen “%(name)s” tidak ada atau masih bermasalah", name=spot.text)
    remedy = sentence("sebut instrumen lengkap yang ada, atau selesaikan dahulu masalahnya")
    full = [name for name, each in checklists.items() if each.derivation is None]
    if not reader.known(spot, full, what, remedy):
        return None
    target = checklists[spot.text]
    if edition.text and edition.text != target.edition:
        reader.report(
            edition.place,
            sentence("edisi instrumen itu adalah %(edition)s", edition=target.edition),
            sentence("periksa padanan butirnya, lalu tulis edisi yang sekarang"),
        )
        return None
    return target


def _items(
    reader: Reader, fields: Fields, *, before: Checklist | None, target: Checklist | None
) -> dict[str, str]:
    olds: list[Spot] = []
    news: list[Spot] = []
    for node in fields.entries("items", least=1):
        old, new = _pair(reader, node)
        olds.append(old)
        news.append(new)
        _known(reader, old, before)
        _known(reader, new, target)
    # one to one: else a change of one item would be told of two
    reader.once(olds)
    reader.once(news)
    return {old.text: new.text for old, new in zip(olds, news, strict=True)}


def _pair(reader: Reader, node: Node) -> tuple[Spot, Spot]:
    pair = reader.table(node, required=("old", "new"))
    return pair.spot("old", form=CODE), pair.spot("new", form=CODE)


def _known(reader: Reader, spot: Spot, checklist: Checklist | None) -> None:
    if checklist is not None:
        reader.known(
            spot,
            [item.id for item in checklist.items],
            sentence("butir “%(item)s” tidak ada dalam instrumen itu", item=spot.text),
            sentence("tulis kode butir yang benar"),
        )
