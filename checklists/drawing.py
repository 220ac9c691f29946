"""Which records of a register are drawn? The same for the same seed, for good.

The draw is a pure function of seed and counts, so that anybody can make it again and see that no
record was picked by hand. The generator is our own, because those of libraries change between
versions. Method `sha256-counter-v1`:

- Block *i* (from 0) of a list is SHA-256 over the ASCII text `sha256-counter-v1|SEED|STRATUM|i`.
  Each block gives four numbers of 64 bits, most significant byte first.
- A number below *m* is the next of these that is below the largest multiple of *m* in 2^64,
  modulo *m*; larger ones are passed over, so that no position is likelier than another.
- Positions 1…N are shuffled from the front (Fisher and Yates): for k = 0, 1, … the k-th is
  exchanged with the one a number below N - k further on. The first n, in rising order, are drawn.
"""

import hashlib
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction

from standards.sentence import sentence

METHOD = "sha256-counter-v1"
LARGEST_REGISTER = 100_000
_SEED = re.compile(r"[0-9a-f]{32}", re.ASCII)
_WORD = 8
_NUMBERS = 1 << (8 * _WORD)


@dataclass(frozen=True)
class Drawn:
    """What was drawn from one list: its length, and the positions in it from 1, rising."""

    stratum: str
    register: int
    positions: tuple[int, ...]


def allocate(size: int, counts: Mapping[str, int]) -> dict[str, int]:
    """Share a sample over the lists in proportion, at least one of each that has records where
    the size allows, never more than a list holds; what is left goes by largest remainder."""
    _check(size, counts)
    given = dict.fromkeys(counts, 0)
    filled = [name for name, count in counts.items() if count]
    if size < len(filled):
        for name in sorted(filled, key=lambda name: -counts[name])[:size]:
            given[name] = 1
        return given
    total = sum(counts.values())
    quotas = {name: Fraction(size * counts[name], total) for name in filled}
    for name in filled:
        given[name] = max(1, int(quotas[name]))
    while sum(given.values()) < size:
        poorest = max(filled, key=lambda name: quotas[name] - given[name])
        given[poorest] += 1
    while sum(given.values()) > size:
        richest = max(
            (name for name in filled if given[name] > 1),
            key=lambda name: given[name] - quotas[name],
        )
        given[richest] -= 1
    return given


def draw(seed: str, size: int, counts: Mapping[str, int]) -> tuple[Drawn, ...]:
    """Draw a sample of this size; lists in the order given, empty ones too."""
    if not _SEED.fullmatch(seed):
        raise ValueError(sentence("Benih undian ini tidak sah. Buat undian baru."))
    return tuple(
        Drawn(name, counts[name], _positions(seed, name, counts[name], drawn))
        for name, drawn in allocate(size, counts).items()
    )


def _check(size: int, counts: Mapping[str, int]) -> None:
    if any(not 0 <= count <= LARGEST_REGISTER for count in counts.values()):
        raise ValueError(
            sentence(
                "Jumlah berkas satu daftar harus dari 0 sampai %(most)s.", most=LARGEST_REGISTER
            )
        )
    if not 0 <= size <= sum(counts.values()):
        raise ValueError(sentence("Sampel tidak boleh lebih besar dari isi semua daftar."))


def _positions(seed: str, stratum: str, register: int, size: int) -> tuple[int, ...]:
    numbers = _numbers(seed, stratum)
    moved: dict[int, int] = {}  # only what was exchanged; all others stand where they stood
    taken = []
    for first in range(size):
        other = first + _below(numbers, register - first)
        taken.append(moved.get(other, other))
        moved[other] = moved.get(first, first)
    return tuple(sorted(position + 1 for position in taken))


def _numbers(seed: str, stratum: str) -> Iterator[int]:
    block = 0
    while True:
        text = f"{METHOD}|{seed}|{stratum}|{block}"
        digest = hashlib.sha256(text.encode("ascii")).digest()
        for start in range(0, len(digest), _WORD):
            yield int.from_bytes(digest[start : start + _WORD], "big")
        block += 1


def _below(numbers: Iterator[int], bound: int) -> int:
    limit = _NUMBERS - _NUMBERS % bound
    return next(number for number in numbers if number < limit) % bound
