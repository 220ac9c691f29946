"""What does a draft say: its starting material with everything that was changed since?

A draft is kept as what it began with and the parts that differ from that. Putting the two together
is pure, so that a page, the check, the export and the publication all see the same thing. A part
that is retired is kept as None: its id is never given to anything else.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any, TypeAlias

from checklists.checking import (
    CHECKLIST,
    STANDARD,
    based_part,
    item_part,
    requirement_part,
    words_part,
)
from checklists.material import BasedMaterial, Material, Values

Changes: TypeAlias = Mapping[str, Any]

_ORDER = "order:"


def order_part(section: str) -> str:
    """Give the name of the part that is the order of a section: a list of requirements."""
    return f"{_ORDER}{section}"


def compose(source: Material, changes: Changes, *, edition: str, follows: bool) -> Material:
    """Put changes on the starting material. `edition` is that of the checklists; where the draft
    follows a published edition, the standard keeps its own edition until something in it changes.
    """
    requirements = _changed(
        source.requirements, changes, "requirement", requirement_part, "requirement:"
    )
    items = _changed(source.items, changes, "item", item_part, "item:")
    standard = _head(source.standard, changes, STANDARD)
    if follows and _differs(source, changes):
        standard = {**standard, "edition": edition}
    checklist = {
        **_head(source.checklist, changes, CHECKLIST),
        "edition": edition,
        "standard": standard.get("standard", ""),
        "standard_edition": standard.get("edition", ""),
    }
    made = Material(standard, (), checklist, items)
    ordered = tuple(_ordered(requirements, made.sections(), changes))
    alive = {str(each.get("item", "")) for each in items}
    return replace(
        made,
        requirements=ordered,
        items=_as_required(items, ordered),
        based=tuple(_based(each, changes, checklist, alive) for each in source.based),
    )


def touches_standard(part: str) -> bool:
    """Tell whether a part is one of the standard, not only of how it is judged."""
    return part == STANDARD or part.startswith(("requirement:", _ORDER))


def part_of(material: Material, part: str) -> Values | None:
    """Find a part by its name, as it stands; None if there is none."""
    kind, _, rest = part.partition(":")
    match kind:
        case "standard":
            return material.standard
        case "checklist":
            return material.checklist
        case "requirement" | "item":
            entries = material.requirements if kind == "requirement" else material.items
            return next((each for each in entries if each.get(kind) == rest), None)
        case "based":
            return next((each.head for each in material.based if each.name == rest), None)
        case "words":
            return _words(material, *rest.partition(":")[::2])
    return None


def _words(material: Material, checklist: str, item: str) -> Values | None:
    for based in material.based:
        if based.name == checklist:
            return next((each for each in based.words if each.get("item") == item), None)
    return None


def _differs(source: Material, changes: Changes) -> bool:
    """Whether any change is one of the standard, and not back to how it was."""
    of_standard = {part: value for part, value in changes.items() if touches_standard(part)}
    if STANDARD in of_standard:  # what it is called follows from this, not the other way round
        edition = source.standard.get("edition")
        of_standard[STANDARD] = {**of_standard[STANDARD], "edition": edition}
    if not of_standard:
        return False
    known: dict[str, Any] = {STANDARD: source.standard}
    known |= {
        requirement_part(str(each.get("requirement", ""))): each for each in source.requirements
    }
    for each in source.requirements:
        known.setdefault(order_part(str(each.get("section", ""))), []).append(
            each.get("requirement", "")
        )
    return any(known.get(part) != value for part, value in of_standard.items())


def used_ids(source: Material, changes: Iterable[str]) -> frozenset[str]:
    """Give every id of an item or a requirement that this draft has or ever had."""
    return frozenset(
        {
            *(str(each.get("requirement", "")) for each in source.requirements),
            *(str(each.get("item", "")) for each in source.items),
            *(
                part.partition(":")[2]
                for part in changes
                if part.startswith(("requirement:", "item:"))
            ),
        }
    )


_NUMBERED = re.compile(r"(.*?)([0-9]+)")


def next_id(section: str, used: Iterable[str], beside: Iterable[str]) -> str:
    """Propose an id: the one after the highest of its section, in the same form."""
    taken = set(used)
    prefix, number, width = f"{section}-", 0, 2
    for each in (*beside, *taken):
        found = _NUMBERED.fullmatch(each)
        if found is None or not (each in beside or found[1] == prefix):
            continue
        if int(found[2]) >= number:
            prefix, number, width = found[1], int(found[2]), len(found[2])
    while (proposed := f"{prefix}{number + 1:0{width}}") in taken:
        number += 1
    return proposed


def _head(head: Values, changes: Changes, part: str) -> Values:
    return changes[part] if changes.get(part) is not None else head


def _changed(
    entries: Iterable[Values], changes: Changes, key: str, part: Any, prefix: str
) -> tuple[Values, ...]:
    """The entries as they stand: changed ones in place, new ones last, retired ones left out."""
    names = [str(each.get(key, "")) for each in entries]
    stand = [changes.get(part(name), each) for name, each in zip(names, entries, strict=True)]
    known = {part(name) for name in names}
    new = [
        value for name, value in changes.items() if name.startswith(prefix) and name not in known
    ]
    return tuple(each for each in (*stand, *new) if each is not None)


def _ordered(
    requirements: Iterable[Values], sections: Iterable[str], changes: Changes
) -> Iterable[Values]:
    grouped: dict[str, list[Values]] = {section: [] for section in sections}
    for each in requirements:
        grouped.setdefault(str(each.get("section", "")), []).append(each)
    for section, held in grouped.items():
        order = {name: rank for rank, name in enumerate(changes.get(order_part(section)) or ())}
        yield from sorted(
            held, key=lambda each: order.get(str(each.get("requirement", "")), len(order))
        )


def _as_required(items: Iterable[Values], requirements: Iterable[Values]) -> tuple[Values, ...]:
    order = {str(each.get("requirement", "")): rank for rank, each in enumerate(requirements)}
    return tuple(sorted(items, key=lambda each: order.get(required_by(each), len(order))))


def required_by(item: Values) -> str:
    """Give the id of the requirement that an item judges."""
    return str(item.get("requirement", item.get("item", "")))


def _based(
    based: BasedMaterial, changes: Changes, full: Values, alive: frozenset[str] | set[str]
) -> BasedMaterial:
    head = {
        **_head(based.head, changes, based_part(based.name)),
        "edition": full["edition"],
        "based_on": full.get("checklist", ""),
        "based_on_edition": full["edition"],
    }
    words = _changed(
        based.words,
        changes,
        "item",
        lambda item: words_part(based.name, item),
        words_part(based.name, ""),
    )
    return BasedMaterial(head, tuple(each for each in words if str(each.get("item")) in alive))
