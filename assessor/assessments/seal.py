"""Which bytes stand for a sealed assessment, and how can a part be shown without the rest?

The content is cut into leaves; each has its own salt, so that one can be disclosed and proved
against the root while nobody can guess the others. The bytes are stored and never made again.
"""

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from assessor.journal import merkle
from standards.canonical import canonical_json

FORMAT = "v1"
# lists whose entries are leaves of their own: section → the key that names an entry
_LISTED: Mapping[str, str] = {"items": "item", "findings": "number", "evidence": "id"}


class BrokenSeal(Exception):
    """The bytes are not a sealed document, or do not give the root."""


@dataclass(frozen=True)
class Seal:
    """The stored bytes and the root that stands for them."""

    content: bytes
    root: str


def leaves(content: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    """Path → value of every leaf, in the order of the paths."""
    found: dict[str, Any] = {}
    for section, value in content.items():
        if section in _LISTED:
            for entry in value:
                found[f"{section}/{entry[_LISTED[section]]}"] = entry
        else:
            found[section] = value
    yield from sorted(found.items())


def leaf_bytes(salt: str, path: str, value: Any) -> bytes:
    """What is hashed for one leaf."""
    return bytes.fromhex(salt) + canonical_json([path, value])


def _root(content: Mapping[str, Any], salts: Mapping[str, str]) -> str:
    return merkle.root_of(
        leaf_bytes(salts[path], path, value) for path, value in leaves(content)
    ).hex()


def make_seal(content: Mapping[str, Any], new_salt: Callable[[], str]) -> Seal:
    """Seal a content."""
    salts = {path: new_salt() for path, _ in leaves(content)}
    document = {"seal": FORMAT, "content": content, "salts": salts}
    return Seal(canonical_json(document), _root(content, salts))


def open_seal(stored: bytes, root: str) -> dict[str, Any]:
    """The content, proved against its root. Raises BrokenSeal."""
    try:
        document = json.loads(stored)
        content, salts = document["content"], document["salts"]
        computed = _root(content, salts)
    except (ValueError, KeyError, TypeError) as error:
        message = "the bytes are not a sealed document"
        raise BrokenSeal(message) from error
    if (
        document["seal"] != FORMAT
        or computed != root
        or set(salts) != {path for path, _ in leaves(content)}
    ):
        message = "the sealed document does not give its root"
        raise BrokenSeal(message)
    return dict(content)
