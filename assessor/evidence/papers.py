"""What can a piece of evidence be, how long is it kept, does it usually end?"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from assessor.packaged_yaml import BadPackage, read_table, table, words
from standards.model import Text

FILE = Path(__file__).parent / "papers.yaml"


@dataclass(frozen=True)
class Paper:
    """What a piece is: its words, how many years it is kept, and whether it usually ends."""

    label: Text
    retention_years: int
    ends: bool


@cache
def papers() -> Mapping[str, Paper]:
    """Code → what it is, in the order they are offered. Raises BadPackage."""
    found = {}
    for code, each in table(read_table(FILE)["papers"]).items():
        entry = table(each)
        years, ends = str(entry["retention_years"]), entry["ends"]
        if not years.isdecimal() or int(years) < 1 or ends not in {"yes", "no"}:
            raise BadPackage(f"{code}: whole years and yes or no are wanted: {entry!r}")
        found[code] = Paper(words(entry), int(years), ends=ends == "yes")
    return found


def paper_label(code: str, language: str) -> str:
    """What it is in words; a code of a later version as it is."""
    found = papers().get(code)
    return found.label.in_(language) if found else code
