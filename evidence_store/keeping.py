"""Which of the files that we promised to keep are lost or altered?

A nightly job asks for one portion of all digests, so that each file is read again within a set
number of days. Nothing is repaired here: the report names what a person must look at.
"""

import secrets
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from io import BytesIO

from evidence_store.contract import Digest, Store, is_digest


class Loss(StrEnum):
    """What happened to a file."""

    MISSING = "missing"
    ALTERED = "altered"


@dataclass(frozen=True)
class Damage:
    """A file that is not what was promised."""

    digest: Digest
    loss: Loss


def takes_and_gives_back(store: Store) -> bool:
    """Whether something that is written into the store now is read from it unchanged. Nothing
    of it stays. Raises what the store raises when it takes nothing."""
    probe = secrets.token_bytes(64)
    part = store.keep_part(store.stage(BytesIO(probe), limit=len(probe)))
    try:
        with store.open_parts([part]) as found:
            return found.read() == probe
    finally:
        store.drop_parts([part])


def verify_all(
    store: Store, digests: Iterable[Digest], *, portion: tuple[int, int] = (1, 1)
) -> Iterator[Damage]:
    """Read the k-th of n portions again, `portion=(k, n)` with k from 1 to n.

    Which portion a file belongs to follows from its digest alone: n nights with k = 1 … n cover
    every file once, whatever came in between.
    """
    k, n = portion
    if not 1 <= k <= n:
        raise ValueError(f"Portion {k} of {n} does not exist.")
    for digest in digests:
        if _belongs(digest, k, n) and not store.verify(digest):
            yield Damage(digest, Loss.ALTERED if store.exists(digest) else Loss.MISSING)


def _belongs(digest: Digest, k: int, n: int) -> bool:
    # What is no digest names no file: it is reported in every portion until it is put right.
    return not is_digest(digest) or int(digest, 16) % n == k - 1
