"""Which file may this one have been before something was added to it?

An electronic signature is added to a PDF behind its end; the original is then the beginning of
the file, up to one of its end marks. Every such beginning is hashed in one pass.
"""

import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Protocol

LARGEST = 24 * 1024 * 1024
MOST_ENDS = 60  # the original's own end is among the first

_END = re.compile(rb"%%EOF(\r\n|\r|\n)?")


class TooLarge(Exception):
    """The file is larger than any report."""


class Readable(Protocol):
    """Whatever bytes can be read from."""

    def read(self, size: int, /) -> bytes:
        """At most so many bytes."""


@dataclass(frozen=True)
class Beginning:
    """The first `size` bytes of a file."""

    digest: str
    size: int


@dataclass(frozen=True)
class Fingerprints:
    """A file and everything it may have been before; the longest first."""

    size: int
    is_pdf: bool
    beginnings: tuple[Beginning, ...]


def fingerprints(file: Readable) -> Fingerprints:
    """Read a file once. Raises TooLarge."""
    data = file.read(LARGEST + 1)
    if len(data) > LARGEST:
        raise TooLarge
    ends = sorted({*_ends(data), len(data)})
    hashed, at = hashlib.sha256(), 0
    view, found = memoryview(data), []
    for end in ends:
        hashed.update(view[at:end])
        at = end
        found.append(Beginning(hashed.copy().hexdigest(), end))
    return Fingerprints(len(data), data[:5] == b"%PDF-", tuple(reversed(found)))


def _ends(data: bytes) -> Iterator[int]:
    """Where the file may have ended once: after an end mark, with or without its line end."""
    for number, match in enumerate(_END.finditer(data)):
        if number == MOST_ENDS:
            return
        yield match.start() + 5
        yield match.end()
