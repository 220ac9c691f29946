"""Which code of ours does a foreign label get?

Codes are letters and digits with single dots or hyphens between. The label of the source is kept
where it can be; two that become the same are told apart by their own key, else by a number.
"""

import re
import unicodedata
from collections.abc import Iterable

_NOT_CODE = re.compile(r"[^A-Za-z0-9.]+", re.ASCII)
_DOTS = re.compile(r"-*\.[-.]*", re.ASCII)
_LONGEST = 40  # what a draft keeps an id in
_LONGEST_NAME = 45
_LONGEST_EDITION = 20


def code_of(label: str) -> str:
    """Give a label as a code; empty where nothing of it can be one, or too much would be lost."""
    plain = unicodedata.normalize("NFKD", label).encode("ascii", "ignore").decode()
    code = _DOTS.sub(".", _NOT_CODE.sub("-", plain)).strip(".-")
    return code if len(code) <= _LONGEST else ""


def name_of(label: str, *, otherwise: str) -> str:
    """Give a label as a name in small letters."""
    plain = unicodedata.normalize("NFKD", label).encode("ascii", "ignore").decode().lower()
    name = re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:_LONGEST_NAME].strip("-")
    return name or otherwise


def edition_of(label: str) -> str:
    """Give the version of a source as an edition; the first one where it cannot be."""
    code = code_of(label)
    return code if 0 < len(code) <= _LONGEST_EDITION else "1"


class Codes:
    """Gives every thing a code that no other one has."""

    def __init__(self) -> None:
        """Start with all codes free."""
        self._taken: set[str] = set()

    def take(self, labels: Iterable[str], *, otherwise: str) -> str:
        """Take the first free code of some labels."""
        codes = [code for code in map(code_of, labels) if code]
        for code in codes:
            if self._free(code):
                return code
        stem, number = (codes[0] if codes else otherwise)[: _LONGEST - 6].strip(".-"), 2
        while not self._free(f"{stem}-{number}"):
            number += 1
        return f"{stem}-{number}"

    def _free(self, code: str) -> bool:
        if code.lower() in self._taken:
            return False
        self._taken.add(code.lower())
        return True
