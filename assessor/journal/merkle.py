"""Which single hash stands for a list of hashes, so that one of them can be proved to be in it?

Domain-separated as in Certificate Transparency: a leaf can never be taken for a node. The
frontier keeps only the roots of the complete subtrees, so that appending costs a few hashes.
"""

import hashlib
from collections.abc import Iterable, Sequence

EMPTY = hashlib.sha256(b"").digest()


def leaf_hash(data: bytes) -> bytes:
    """The hash of one leaf."""
    return hashlib.sha256(b"\x00" + data).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    """The hash of an inner node."""
    return hashlib.sha256(b"\x01" + left + right).digest()


def append(frontier: Sequence[bytes], size: int, leaf: bytes) -> tuple[bytes, ...]:
    """The frontier after one more leaf (already hashed) behind `size` of them."""
    nodes = list(frontier)
    while size & 1:
        leaf = node_hash(nodes.pop(), leaf)
        size >>= 1
    nodes.append(leaf)
    return tuple(nodes)


def root(frontier: Sequence[bytes]) -> bytes:
    """The root over all leaves so far."""
    if not frontier:
        return EMPTY
    result = frontier[-1]
    for node in reversed(frontier[:-1]):
        result = node_hash(node, result)
    return result


def root_of(leaves: Iterable[bytes]) -> bytes:
    """The root over these leaves (data, not yet hashed)."""
    frontier: tuple[bytes, ...] = ()
    for size, data in enumerate(leaves):
        frontier = append(frontier, size, leaf_hash(data))
    return root(frontier)
