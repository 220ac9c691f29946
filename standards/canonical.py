"""Which bytes stand for a value, so that two machines compute the same fingerprint?

Canonical JSON as this project uses it: keys sorted by code point, no spaces, UTF-8, strings in
NFC; only objects with text keys, lists, text, integers, truth values and null. Fractions are
written by `fraction_text`. Everything else is refused, floats above all.
"""

import hashlib
import json
import re
import unicodedata
from fractions import Fraction
from typing import TypeAlias

from standards.sentence import sentence

Json: TypeAlias = "dict[str, Json] | list[Json] | str | int | bool | None"

# Deeper than any document of ours, far below the interpreter's recursion limit.
_DEEPEST = 100
_FRACTION = re.compile(r"(0|[1-9][0-9]{0,8})/([1-9][0-9]{0,8})", re.ASCII)


def canonical_json(value: object) -> bytes:
    """Give the canonical bytes; TypeError for a type that has no canonical form."""
    text = json.dumps(
        _normal(value, depth=0),
        ensure_ascii=False,
        sort_keys=True,
        separators=(",", ":"),
        allow_nan=False,
    )
    try:
        return text.encode("utf-8")
    except UnicodeEncodeError as error:
        raise ValueError("A text holds half of a character (a lone surrogate).") from error


def fingerprint(value: object) -> str:
    """Name the content of a value: "sha256:" and the hexadecimal digest."""
    return "sha256:" + hashlib.sha256(canonical_json(value)).hexdigest()


def fraction_text(value: Fraction) -> str:
    """Write a fraction in lowest terms as "n/d"; a whole number keeps its "/1"."""
    return f"{value.numerator}/{value.denominator}"


def parse_fraction(text: str) -> Fraction:
    """Read a fraction written as "n/d" with plain digits; ValueError otherwise."""
    match = _FRACTION.fullmatch(text)
    if match is None:
        raise ValueError(
            sentence("“%(text)s” bukan pecahan; tulis misalnya 80/100.", text=text[:40])
        )
    return Fraction(int(match[1]), int(match[2]))


def _normal(value: object, *, depth: int) -> Json:
    if depth > _DEEPEST:
        raise ValueError(f"The value is nested deeper than {_DEEPEST} levels.")
    if value is None or isinstance(value, bool):
        return value
    if isinstance(value, str):
        return _normal_text(value)
    if isinstance(value, int):
        return int(value)
    if isinstance(value, list):
        return [_normal(entry, depth=depth + 1) for entry in value]
    if isinstance(value, dict):
        return _normal_object(value, depth=depth)
    raise TypeError(f"{type(value).__name__} has no canonical JSON form.")


def _normal_object(value: dict[object, object], *, depth: int) -> dict[str, Json]:
    made: dict[str, Json] = {}
    for key, entry in value.items():
        if not isinstance(key, str):
            raise TypeError(f"A key must be text, not {type(key).__name__}.")
        name = _normal_text(key)
        if name in made:
            raise ValueError(f"Two keys have the same normal form: {name!r}.")
        made[name] = _normal(entry, depth=depth + 1)
    return made


def _normal_text(text: str) -> str:
    return unicodedata.normalize("NFC", str(text))
