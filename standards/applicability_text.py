"""How does a person write to whom a requirement applies, and how is that read?

`rawat-inap dan bukan (ipwl atau medis)`: labels with dan, atau, bukan and brackets; English words
do as well; nothing means everybody. It is read into the same expression that a file has, never
evaluated here. `bukan` binds closest, then `dan`, then `atau`.
"""

import re
from collections.abc import Iterator

from standards.applicability import All, Any, Expression, Not, Tag
from standards.canonical import Json
from standards.sentence import sentence

_TOKEN = re.compile(r"\s*([()]|[^\s()]+)")
_AND, _OR, _NOT = frozenset({"dan", "and"}), frozenset({"atau", "or"}), frozenset({"bukan", "not"})
_WORDS = _AND | _OR | _NOT
_DEEPEST = 8


def to_text(expression: Expression) -> str:
    """Write an expression as a person would; nothing for what applies to everybody."""
    match expression:
        case Tag(tag):
            return tag
        case Not(part):
            return f"bukan {_bracketed(part)}"
        case All(parts):
            return " dan ".join(_bracketed(each) for each in parts)
        case Any(parts):
            return " atau ".join(_bracketed(each) for each in parts)
    return ""


def _bracketed(expression: Expression) -> str:
    said = to_text(expression)
    return f"({said})" if isinstance(expression, All | Any) else said


def from_text(text: str) -> Json:
    """Read what a person wrote into the JSON form; ValueError with a sentence that says what is
    missing, None for nothing at all."""
    reading = _Reading(list(_tokens(text)))
    if not reading.left:
        return None
    made = reading.any_of(0)
    if reading.left:
        raise _wrong(sentence("kata “%(word)s” tidak pada tempatnya", word=reading.left[0][:40]))
    return made


def _tokens(text: str) -> Iterator[str]:
    for found in _TOKEN.finditer(text):
        yield found[1]


def _wrong(what: str) -> ValueError:
    return ValueError(what)


class _Reading:
    """One reading of one text, from left to right."""

    def __init__(self, tokens: list[str]) -> None:
        self.left = tokens

    def any_of(self, depth: int) -> Json:
        return self._several(depth, _OR, "any")

    def _several(self, depth: int, joined: frozenset[str], name: str) -> Json:
        def part() -> Json:
            return self._several(depth, _AND, "all") if name == "any" else self._one(depth)

        parts = [part()]
        while self.left and self.left[0].lower() in joined:
            self.left = self.left[1:]
            parts.append(part())
        return parts[0] if len(parts) == 1 else {name: parts}

    def _one(self, depth: int) -> Json:
        if depth > _DEEPEST:
            raise _wrong(sentence("tanda kurung terlalu dalam"))
        if not self.left:
            raise _wrong(sentence("syarat ini berhenti di tengah"))
        word, self.left = self.left[0], self.left[1:]
        if word.lower() in _NOT:
            return {"not": self._one(depth + 1)}
        if word == "(":
            inner = self.any_of(depth + 1)
            if not self.left or self.left[0] != ")":
                raise _wrong(sentence("tanda kurung belum ditutup"))
            self.left = self.left[1:]
            return inner
        if word == ")" or word.lower() in _WORDS:
            raise _wrong(sentence("kata “%(word)s” tidak pada tempatnya", word=word[:40]))
        return word
