"""How is one requirement judged?

An item names the requirement, how it is checked, whether an answer needs a link to evidence,
whether it is critical, what it weighs, and the words in which the auditee is asked.
"""

from collections.abc import Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Self

from standards.canonical import Json
from standards.model import Aspect, Requirement, Section, Standard, Text


class Method(StrEnum):
    """How an item is checked."""

    D = "D"  # documents
    O = "O"  # noqa: E741 - observation; the letter is the field's own
    W = "W"  # interviews (wawancara)
    R = "R"  # record sample
    S = "S"  # simulation
    F = "F"  # photo


# What cannot be checked from afar.
ON_SITE_METHODS = frozenset({Method.O, Method.W, Method.F})


class Citation(StrEnum):
    """Whether an answer must be linked to evidence."""

    required = "required"
    optional = "optional"
    none = "none"


class Critical(StrEnum):
    """Whether an item decides by itself: `hard` at once, `soft` with a note."""

    hard = "hard"
    soft = "soft"
    no = "no"


@dataclass(frozen=True)
class Item:
    """A requirement as it is judged."""

    id: str
    requirement: Requirement
    section: Section
    aspect: Aspect
    methods: tuple[Method, ...]
    citation: Citation
    critical: Critical
    weight: int
    effort: int
    ask: Text | None = None

    @property
    def text(self) -> Text:
        """Give the words of the requirement itself."""
        return self.requirement.text

    @property
    def question(self) -> Text:
        """Give the words for the auditee: the item's own where it has some."""
        return self.ask or self.requirement.text

    @property
    def site_methods(self) -> tuple[Method, ...]:
        """Give those of its methods for which one must be there."""
        return tuple(method for method in self.methods if method in ON_SITE_METHODS)

    @property
    def needs_site(self) -> bool:
        """Tell whether one must have been there to judge it."""
        return bool(self.site_methods)

    def applies(self, tags: AbstractSet[str]) -> bool:
        """Tell whether it is asked of an auditee with these tags."""
        return self.requirement.applies.holds(tags)

    def document(self) -> dict[str, Json]:
        """Give the JSON form; the requirement by its id, the standard has the rest."""
        return {
            "id": self.id,
            "requirement": self.requirement.id,
            "methods": [method.value for method in self.methods],
            "citation": self.citation.value,
            "critical": self.critical.value,
            "weight": self.weight,
            "effort": self.effort,
            "ask": self.ask.document() if self.ask else None,
        }

    @classmethod
    def from_document(cls, document: Mapping[str, Any], *, standard: Standard) -> Self:
        """Read the JSON form."""
        requirement = standard.requirement(document["requirement"])
        section = standard.section(requirement.section)
        return cls(
            id=document["id"],
            requirement=requirement,
            section=section,
            aspect=standard.aspect(section.aspect),
            methods=tuple(map(Method, document["methods"])),
            citation=Citation(document["citation"]),
            critical=Critical(document["critical"]),
            weight=document["weight"],
            effort=document["effort"],
            ask=Text.from_document(document["ask"]) if document["ask"] else None,
        )
