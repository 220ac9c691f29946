"""How is one entry tied to all before it?"""

import hashlib

from assessor.journal import merkle

DOMAIN = b"journal-v1\x00"


def entry_hash(previous: str, body: bytes) -> str:
    """The hash of an entry: domain, previous hash, length of the body, body."""
    return hashlib.sha256(
        DOMAIN + bytes.fromhex(previous) + len(body).to_bytes(8, "big") + body
    ).hexdigest()


def frontier_to_text(frontier: tuple[bytes, ...]) -> str:
    """For the head row."""
    return ",".join(node.hex() for node in frontier)


def frontier_from_text(text: str) -> tuple[bytes, ...]:
    """From the head row."""
    return tuple(bytes.fromhex(part) for part in text.split(",") if part)


def advance(frontier: tuple[bytes, ...], size: int, entry: str) -> tuple[bytes, ...]:
    """The frontier after an entry with this hash."""
    return merkle.append(frontier, size, merkle.leaf_hash(bytes.fromhex(entry)))
