"""How do values become nodes that the loader reads, each at the place where it came from?"""

from collections.abc import Mapping
from typing import Any

from standards.yaml_source import Node, Place, Scalar, Sequence, Table


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
    return Scalar(str(value), place)
