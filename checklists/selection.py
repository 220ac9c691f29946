"""Which items of a checklist does another one take over?

An expression over items, as applicability is one over tags: by the way of checking, by whether an
item is critical, by aspect, section, by a tag that its applicability looks at, or by name. It is
content: it comes from a file, is part of the fingerprint and is shown in words.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import TypeAlias

from checklists.item import Item
from standards.canonical import Json
from standards.sentence import sentence


class Trait(StrEnum):
    """What about an item a selection looks at."""

    method = "method"  # checked in one of these ways, perhaps in others too
    methods_within = "methods_within"  # checked in no other way than these
    critical = "critical"
    aspect = "aspect"
    section = "section"
    tag = "tag"
    item = "item"


def traits_of(item: Item) -> Mapping[Trait, frozenset[str]]:
    """Give the values of an item under each trait."""
    methods = frozenset(method.value for method in item.methods)
    return {
        Trait.method: methods,
        Trait.methods_within: methods,
        Trait.critical: frozenset({item.critical.value}),
        Trait.aspect: frozenset({item.aspect.id}),
        Trait.section: frozenset({item.section.id}),
        Trait.tag: item.requirement.applies.tags(),
        Trait.item: frozenset({item.id}),
    }


@dataclass(frozen=True)
class Having:
    """Takes items that have one of the values; for `methods_within` no other than the values."""

    trait: Trait
    values: tuple[str, ...]

    def takes(self, item: Item) -> bool:
        """Tell whether it takes an item."""
        own = traits_of(item)[self.trait]
        if self.trait is Trait.methods_within:
            return own <= set(self.values)
        return not own.isdisjoint(self.values)

    def document(self) -> Json:
        """Give the JSON form."""
        return {self.trait.value: list(self.values)}


@dataclass(frozen=True)
class NotTaken:
    """Takes what the inner selection leaves."""

    part: "Selection"

    def takes(self, item: Item) -> bool:
        """Tell whether it takes an item."""
        return not self.part.takes(item)

    def document(self) -> Json:
        """Give the JSON form."""
        return {"not": self.part.document()}


@dataclass(frozen=True)
class TakenByAll:
    """Takes what every part takes."""

    parts: "tuple[Selection, ...]"

    def takes(self, item: Item) -> bool:
        """Tell whether it takes an item."""
        return all(part.takes(item) for part in self.parts)

    def document(self) -> Json:
        """Give the JSON form."""
        return {"all": [part.document() for part in self.parts]}


@dataclass(frozen=True)
class TakenByAny:
    """Takes what at least one part takes."""

    parts: "tuple[Selection, ...]"

    def takes(self, item: Item) -> bool:
        """Tell whether it takes an item."""
        return any(part.takes(item) for part in self.parts)

    def document(self) -> Json:
        """Give the JSON form."""
        return {"any": [part.document() for part in self.parts]}


Selection: TypeAlias = Having | NotTaken | TakenByAll | TakenByAny


def selected(selection: Selection | None, items: Iterable[Item]) -> tuple[Item, ...]:
    """Give what is taken, in the same order; without a selection everything."""
    return tuple(item for item in items if selection is None or selection.takes(item))


def parse_selection(document: object) -> Selection:
    """Read the JSON form; ValueError with a sentence for anything else."""
    if isinstance(document, dict) and len(document) == 1:
        (name, inner), *_ = document.items()
        if name == "not":
            return NotTaken(parse_selection(inner))
        if name in {"all", "any"} and isinstance(inner, list) and inner:
            parts = tuple(parse_selection(entry) for entry in inner)
            return TakenByAll(parts) if name == "all" else TakenByAny(parts)
        if name in set(Trait) and isinstance(inner, list) and inner:
            return Having(Trait(name), tuple(str(value) for value in inner))
    raise ValueError(sentence("Pilihan butir tidak dapat dibaca."))
