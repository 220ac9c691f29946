"""What does a YAML file of this package say, as plain tables, lists and text?"""

from pathlib import Path
from typing import TypeAlias

from standards.model import Text
from standards.yaml_source import Node, Scalar, Sequence, read

Plain: TypeAlias = "str | list[Plain] | dict[str, Plain]"


class BadPackage(Exception):
    """A file that comes with the product cannot be read: every problem with its place."""


def _plain(node: Node) -> Plain:
    if isinstance(node, Scalar):
        return node.text
    if isinstance(node, Sequence):
        return [_plain(each) for each in node.entries]
    return {key.text: _plain(value) for key, value in node.entries}


def read_table(path: Path) -> dict[str, Plain]:
    """The table at the top of a file. Raises BadPackage."""
    node, problems = read(path)
    plain = _plain(node) if node is not None else None
    if not isinstance(plain, dict):
        message = "; ".join(str(each) for each in problems) or f"{path}: not a table"
        raise BadPackage(message)
    return plain


def table(plain: Plain) -> dict[str, Plain]:
    """A part that has to be a table. Raises BadPackage."""
    if not isinstance(plain, dict):
        raise BadPackage(f"a table is wanted, not {plain!r}")
    return plain


def words(plain: Plain, prefix: str = "") -> Text:
    """A part with the same words in both languages, under `id` and `en`. Raises BadPackage."""
    both = table(plain)
    indonesian, english = both.get(f"{prefix}id"), both.get(f"{prefix}en")
    if not isinstance(indonesian, str) or not isinstance(english, str):
        raise BadPackage(f"the words are wanted in both languages: {plain!r}")
    return Text(indonesian, english)


def texts(plain: Plain) -> tuple[str, ...]:
    """A part that has to be a list of texts. Raises BadPackage."""
    if not isinstance(plain, list) or not all(isinstance(each, str) for each in plain):
        raise BadPackage(f"a list of texts is wanted, not {plain!r}")
    return tuple(str(each) for each in plain)
