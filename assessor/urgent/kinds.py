"""What must be reported at once, and who outside can be told? Data of the package, as words."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from assessor.packaged_yaml import read_table, table, words
from standards.model import Text

FILE = Path(__file__).parent / "kinds.yaml"


@dataclass(frozen=True)
class Kind:
    """A kind of grave danger: its words, and a short form beside a name."""

    label: Text
    short: Text


@cache
def kinds() -> Mapping[str, Kind]:
    """Code → kind, in the order they are offered."""
    return {
        code: Kind(words(each), words(each, "short_"))
        for code, each in table(read_table(FILE)["kinds"]).items()
    }


@cache
def outsiders() -> Mapping[str, Text]:
    """Code → who outside can be told, in the order they are offered."""
    return {code: words(each) for code, each in table(read_table(FILE)["told"]).items()}


def kind_label(code: str, language: str) -> str:
    """A kind in words; a code of a later version as it is."""
    found = kinds().get(code)
    return found.label.in_(language) if found else code


def kind_short(code: str, language: str) -> str:
    """The short form of a kind; a code of a later version as it is."""
    found = kinds().get(code)
    return found.short.in_(language) if found else code


def outsider_label(code: str, language: str) -> str:
    """Who was told, in words; a code of a later version as it is."""
    found = outsiders().get(code)
    return found.in_(language) if found else code
