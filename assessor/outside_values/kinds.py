"""Which kinds of values from outside are there?"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from assessor.packaged_yaml import read_table, table, texts, words
from standards.model import Text

FILE = Path(__file__).parent / "kinds.yaml"


@dataclass(frozen=True)
class Kind:
    """A kind of value: its words, and the public sources that know it."""

    label: Text
    sources: tuple[str, ...]


@cache
def kinds() -> Mapping[str, Kind]:
    """Code → kind, in the order they are offered."""
    return {
        code: Kind(words(each), texts(table(each)["sources"]))
        for code, each in table(read_table(FILE)["kinds"]).items()
    }


def kind_label(code: str, language: str) -> str:
    """A kind in words; a code of a later version as it is."""
    found = kinds().get(code)
    return found.label.in_(language) if found else code
