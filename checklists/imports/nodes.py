"""How do values become nodes that the loader reads, each at the place where it came from?

Texts of a file that is no YAML are held to what a YAML file may say: `refused` gives what they may
not.
"""

import unicodedata
from collections.abc import Iterator, Mapping
from typing import Any

from standards.yaml_source import (
    Bounds,
    Node,
    Place,
    Problem,
    Scalar,
    Sequence,
    Table,
    refused_text,
)

_MENDING = Bounds(mends=True)


def node_at(value: Any, place: Place) -> Node:
    """Make a node of text, numbers, lists and tables; what is a node already stays as it is."""
    if isinstance(value, Scalar | Sequence | Table):
        return value
    if isinstance(value, Mapping):
        return Table(
            tuple((Scalar(str(key), place), node_at(inner, place)) for key, inner in value.items()),
            place,
        )
    if isinstance(value, list | tuple):
        return Sequence(tuple(node_at(entry, place) for entry in value), place)
    return Scalar(unicodedata.normalize("NFC", _MENDING.text(str(value))), place)


def refused(node: Node) -> Iterator[Problem]:
    """Give what no file may say."""
    if isinstance(node, Scalar):
        yield from refused_text(node.text, node.place)
    elif isinstance(node, Sequence):
        for entry in node.entries:
            yield from refused(entry)
    else:
        for _, inner in node.entries:
            yield from refused(inner)
