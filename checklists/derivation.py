"""What does a checklist take over from another one, and what can it say?

A standard is judged by one full checklist, in which scale, weights and thresholds are written
once. Others are based on it: they select, they ask in other words, they look at a part each year.
What looks at a part decides nothing about the whole; it says how many items are not met.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Self

from checklists.selection import Selection, parse_selection
from standards.canonical import Json


class Gives(StrEnum):
    """What comes out: a decision on the whole, or only what was seen of a part."""

    decision = "decision"
    monitoring = "monitoring"


class Wording(StrEnum):
    """In whose words the items stand: those of the requirement, or the auditee's own."""

    requirement = "requirement"
    auditee = "auditee"


class Place(StrEnum):
    """Where it can be judged."""

    on_site = "on_site"
    online = "online"


class AtOpening(StrEnum):
    """What only the opening of an assessment can select.

    `open_findings`: nothing but the items of open findings; the other answers are carried along.
    `last_findings`: the items of the last assessment's findings, besides what is asked anyway.
    """

    open_findings = "open_findings"
    last_findings = "last_findings"


@dataclass(frozen=True)
class Rotation:
    """What is asked every year, and in how many parts all else takes turns."""

    parts: int
    always: Selection

    def document(self) -> dict[str, Json]:
        """Give the JSON form."""
        return {"parts": self.parts, "always": self.always.document()}

    @classmethod
    def from_document(cls, document: Mapping[str, Any]) -> Self:
        """Read the JSON form."""
        return cls(document["parts"], parse_selection(document["always"]))


@dataclass(frozen=True)
class Base:
    """The full checklist, by name and by content."""

    checklist: str
    edition: str
    fingerprint: str

    def document(self) -> dict[str, Json]:
        """Give the JSON form."""
        return {
            "checklist": self.checklist,
            "edition": self.edition,
            "fingerprint": self.fingerprint,
        }

    @classmethod
    def from_document(cls, document: Mapping[str, Any]) -> Self:
        """Read the JSON form."""
        return cls(document["checklist"], document["edition"], document["fingerprint"])


@dataclass(frozen=True)
class Derivation:
    """The rule by which a checklist comes from its base; the items it gave stand beside it."""

    base: Base
    gives: Gives
    wording: Wording = Wording.requirement
    places: tuple[Place, ...] = tuple(Place)
    select: Selection | None = None
    rotation: Rotation | None = None
    at_opening: AtOpening | None = None

    def document(self) -> dict[str, Json]:
        """Give the JSON form."""
        return {
            "base": self.base.document(),
            "gives": self.gives.value,
            "wording": self.wording.value,
            "places": [place.value for place in self.places],
            "select": self.select.document() if self.select else None,
            "rotation": self.rotation.document() if self.rotation else None,
            "at_opening": self.at_opening.value if self.at_opening else None,
        }

    @classmethod
    def from_document(cls, document: Mapping[str, Any]) -> Self:
        """Read the JSON form."""
        select, rotation = document["select"], document["rotation"]
        at_opening = document["at_opening"]
        return cls(
            base=Base.from_document(document["base"]),
            gives=Gives(document["gives"]),
            wording=Wording(document["wording"]),
            places=tuple(map(Place, document["places"])),
            select=parse_selection(select) if select else None,
            rotation=Rotation.from_document(rotation) if rotation else None,
            at_opening=AtOpening(at_opening) if at_opening else None,
        )
