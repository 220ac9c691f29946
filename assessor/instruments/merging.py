"""Who changed which field: the person in front of the page, somebody else meanwhile, or both?

A page carries a digest of each value it was made from. When it is sent, a field that its reader
left alone takes what stands now; one that only its reader changed is kept; what both changed
differently is a clash, of which nothing is written until somebody has chosen.
"""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Merged:
    """The values after both changed; the fields that both changed differently keep ours here."""

    values: Mapping[str, Any]
    clashes: tuple[str, ...]


def digest(value: Any) -> str:
    """A short name for a value, enough to see that it is another one."""
    text = json.dumps(value, sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:12]


def digests(values: Mapping[str, Any]) -> str:
    """What a page carries along."""
    return " ".join(f"{name}:{digest(value)}" for name, value in sorted(values.items()))


def merge(ours: Mapping[str, Any], now: Mapping[str, Any], carried: str) -> Merged:
    """Put a sent form and what stands now together."""
    was = dict(pair.rsplit(":", 1) for pair in carried.split() if ":" in pair)
    values: dict[str, Any] = {}
    clashes = []
    for name, standing in now.items():
        wanted = ours.get(name, standing)
        untouched = was.get(name) == digest(wanted)
        alone = was.get(name) == digest(standing)
        values[name] = standing if untouched else wanted
        if not untouched and not alone and wanted != standing:
            clashes.append(name)
    return Merged(values, tuple(clashes))
