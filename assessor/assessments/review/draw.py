"""Which items are looked at by chance? The same for everybody who knows the seed."""

import hashlib
from collections.abc import Iterable
from fractions import Fraction
from math import ceil


def draw(seed: str, pool: Iterable[str], share: Fraction) -> tuple[str, ...]:
    """A share of the pool, rounded up, in the order of the pool: those whose name together with
    the seed has the smallest digests."""
    names = tuple(dict.fromkeys(pool))
    count = ceil(len(names) * share)
    drawn = set(sorted(names, key=lambda name: _ticket(seed, name))[:count])
    return tuple(name for name in names if name in drawn)


def _ticket(seed: str, name: str) -> bytes:
    return hashlib.sha256(f"{seed}\0{name}".encode()).digest()
