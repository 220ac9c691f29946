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
SALT = 16  # bytes; of one length, so that a salt and what follows it cannot be cut elsewhere
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
    """Path → value of every leaf, in the order of the paths. Raises ValueError where two things
    would share a path: then one of them could say anything and the root would not tell."""
    found: dict[str, Any] = {}
    for section, value in content.items():
        if "/" in section:
            message = f"a section is not called {section!r}"
            raise ValueError(message)
        entries = (
            [(f"{section}/{entry[_LISTED[section]]}", entry) for entry in _entries(value)]
            if section in _LISTED
            else [(section, value)]
        )
        for path, leaf in entries:
            if path in found:
                message = f"{path!r} is there twice"
                raise ValueError(message)
            found[path] = leaf
    yield from sorted(found.items())


def _entries(value: Any) -> list[Any]:
    if not isinstance(value, list):
        message = "a listed section is a list"
        raise TypeError(message)
    return value


def leaf_bytes(salt: str, path: str, value: Any) -> bytes:
    """What is hashed for one leaf."""
    salted = bytes.fromhex(salt)
    if len(salted) != SALT:
        message = f"the salt of {path!r} has {len(salted)} bytes"
        raise ValueError(message)
    return salted + canonical_json([path, value])


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
        or set(document) != {"seal", "content", "salts"}
        or canonical_json(document) != stored  # no key twice, nothing that a reader might drop
        or set(salts) != {path for path, _ in leaves(content)}
    ):
        message = "the sealed document does not give its root"
        raise BrokenSeal(message)
    return dict(content)
