"""How does a file get from one place into another so that nobody has to believe it?

Whatever is copied is hashed as it arrives, kept under its digest, and read once more from where
it is now. What is there already and whole is not copied again, so a copying that was broken off
goes on where it stopped.
"""

import sys
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import BinaryIO, Protocol

from evidence_store.contract import Digest, Empty, Missing, Store


class Source(Protocol):
    """Where a file can be read from: a store, or a backup."""

    def open(self, digest: Digest) -> BinaryIO:
        """The file, or `Missing`."""


class Fate(StrEnum):
    """What became of a file."""

    there = "there"
    copied = "copied"
    lost = "lost"  # no source has it whole


@dataclass(frozen=True)
class Moved:
    """A file and what became of it."""

    digest: Digest
    fate: Fate


def bring(
    digests: Iterable[Digest], *, sources: Sequence[Source], target: Store
) -> Iterator[Moved]:
    """Let the target hold every one of these files, whole."""
    for digest in digests:
        if target.verify(digest):
            yield Moved(digest, Fate.there)
        elif any(_copy(digest, source, target) for source in sources):
            yield Moved(digest, Fate.copied)
        else:
            yield Moved(digest, Fate.lost)


def _copy(digest: Digest, source: Source, target: Store) -> bool:
    """Whether this source had it, and the target has it now."""
    try:
        with source.open(digest) as file:
            staged = target.stage(file, limit=sys.maxsize - 1)
    except (Missing, Empty):
        return False
    try:
        if staged.digest != digest:
            return False
        target.keep(staged)
    finally:
        target.discard(staged)
    return target.verify(digest)
