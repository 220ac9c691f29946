"""What does a table of a foreign file say under its keys, whatever shape it has?

Foreign files hold more than we ask for and are not judged by our forms. What is asked for and not
there is empty.
"""

from dataclasses import dataclass

from standards.yaml_source import Node, Place, Scalar, Sequence, Table

# how the empty value is written in YAML
_EMPTY = frozenset({"", "null", "~", "Null", "NULL"})


@dataclass(frozen=True)
class Entry:
    """A table, or nothing at a place."""

    nodes: dict[str, Node]
    place: Place

    @property
    def empty(self) -> bool:
        """Tell whether there is nothing."""
        return not self.nodes

    def names(self) -> tuple[str, ...]:
        """Give the keys that have a value."""
        return tuple(
            name
            for name, node in self.nodes.items()
            if not (isinstance(node, Scalar) and node.text.strip() in _EMPTY)
        )

    def text(self, name: str) -> str:
        """Give the text under a key; a list of texts as lines."""
        node = self.nodes.get(name)
        if isinstance(node, Sequence):
            return "\n".join(self.texts(name))
        text = node.text.strip() if isinstance(node, Scalar) else ""
        return "" if text in _EMPTY else text

    def texts(self, name: str) -> list[str]:
        """Give the texts of the list under a key, or the one text."""
        node = self.nodes.get(name)
        if isinstance(node, Sequence):
            inner = (each.text.strip() for each in node.entries if isinstance(each, Scalar))
            return [text for text in inner if text not in _EMPTY]
        text = self.text(name)
        return [text] if text else []

    def entry(self, name: str) -> "Entry":
        """Give the table under a key."""
        node = self.nodes.get(name)
        return Entry({}, self.place) if node is None else entry_of(node)

    def tables(self, name: str) -> "list[Entry]":
        """Give the tables of the list under a key."""
        node = self.nodes.get(name)
        return [entry_of(each) for each in node.entries] if isinstance(node, Sequence) else []

    def values(self, name: str) -> "list[Entry]":
        """Give the tables in the table (or list) under a key."""
        node = self.nodes.get(name)
        if isinstance(node, Table):
            return [entry_of(value) for _, value in node.entries]
        return self.tables(name)

    def place_of(self, name: str) -> Place:
        """Give where the value of a key stands."""
        node = self.nodes.get(name)
        return self.place if node is None else node.place


def entry_of(node: Node) -> Entry:
    """Take a node for a table."""
    if isinstance(node, Table):
        return Entry({key.text: value for key, value in node.entries}, node.place)
    return Entry({}, node.place)
