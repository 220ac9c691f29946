"""Which kinds of permits are there, and at which items does an expired one belong?"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from assessor.packaged_yaml import read_table, table, texts, words
from standards.model import Text

FILE = Path(__file__).parent / "kinds.yaml"


@dataclass(frozen=True)
class Kind:
    """A kind of permit: its words, the items it belongs to, and where that comes from."""

    label: Text
    items: tuple[str, ...]
    origin: str
    sources: tuple[str, ...]


@cache
def kinds() -> Mapping[str, Kind]:
    """Code → kind, in the order they are offered."""
    found = {}
    for code, each in table(read_table(FILE)["kinds"]).items():
        entry = table(each)
        found[code] = Kind(
            label=words(entry),
            items=texts(entry["items"]),
            origin=str(entry["origin"]),
            sources=texts(entry["sources"]),
        )
    return found


def kind_label(code: str, language: str) -> str:
    """A kind in words; a code of a later version as it is."""
    found = kinds().get(code)
    return found.label.in_(language) if found else code
