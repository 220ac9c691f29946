"""Which items are asked of an auditee this year, when not all are asked each year?

Items that take turns are counted through in the order of the standard, within a section those
with the same applicability together, and dealt out like cards to as many parts as the rule says.
A run of neighbours is therefore shared out evenly: parts differ by at most one item in a section,
in a group of equal applicability, and in all. Nothing depends on the tags of the auditee, so an
item keeps its year when they change. Where the count begins differs from auditee to auditee, so
that an office does not look at the same part everywhere.

The laws (tests/checklists/test_rotation.py): in `parts` years that follow each other every item is
asked, what takes turns exactly once.
"""

import hashlib
from collections.abc import Iterable, Iterator

from checklists.derivation import Rotation
from checklists.item import Item
from standards.canonical import canonical_json


def asked_in(
    rotation: Rotation, items: Iterable[Item], *, auditee: str, year: int
) -> tuple[Item, ...]:
    """Give what is asked of an auditee in a year, in the order of `items`."""
    items = tuple(items)
    due = {
        item.id
        for rank, item in enumerate(_in_turn(rotation, items))
        if (rank + _start(auditee) + year) % rotation.parts == 0
    }
    return tuple(item for item in items if rotation.always.takes(item) or item.id in due)


def _in_turn(rotation: Rotation, items: Iterable[Item]) -> Iterator[Item]:
    groups: dict[tuple[str, bytes], list[Item]] = {}
    sections: dict[str, list[tuple[str, bytes]]] = {}
    for item in items:
        if not rotation.always.takes(item):
            key = (item.section.id, canonical_json(item.requirement.applies.document()))
            if key not in groups:
                sections.setdefault(item.section.id, []).append(key)
            groups.setdefault(key, []).append(item)
    for keys in sections.values():
        for key in keys:
            yield from groups[key]


def _start(auditee: str) -> int:
    return int.from_bytes(hashlib.sha256(auditee.encode("utf-8")).digest()[:8])
