"""Which figures and rules does a checklist bring along?

Thresholds, days, the rule for record samples, the table that gives a finding its class, named
levels. All of it is data of an edition; nothing here decides anything.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from typing import Any, Self

from standards.canonical import Json, fraction_text, parse_fraction
from standards.model import Text


class FindingClass(StrEnum):
    """How heavy a finding is."""

    major = "major"
    minor = "minor"
    suggestion = "suggestion"


class FindingCause(StrEnum):
    """What about an answer makes it a finding."""

    hard_critical_unmet = "hard_critical_unmet"
    soft_critical_unmet = "soft_critical_unmet"
    lowest_choice = "lowest_choice"
    unmet = "unmet"


@dataclass(frozen=True)
class FindingRule:
    """A row of the table; the first row that fits gives the class."""

    when: FindingCause
    finding_class: FindingClass

    def document(self) -> dict[str, Json]:
        """Give the JSON form."""
        return {"when": self.when.value, "class": self.finding_class.value}

    @classmethod
    def from_document(cls, document: Mapping[str, Any]) -> Self:
        """Read the JSON form."""
        return cls(FindingCause(document["when"]), FindingClass(document["class"]))


@dataclass(frozen=True)
class Thresholds:
    """Shares that the result is held against."""

    total: Fraction
    aspect: Fraction
    not_applicable: Fraction

    def document(self) -> dict[str, Json]:
        """Give the JSON form."""
        return {
            "total": fraction_text(self.total),
            "aspect": fraction_text(self.aspect),
            "not_applicable": fraction_text(self.not_applicable),
        }

    @classmethod
    def from_document(cls, document: Mapping[str, Any]) -> Self:
        """Read the JSON form."""
        return cls(
            total=parse_fraction(document["total"]),
            aspect=parse_fraction(document["aspect"]),
            not_applicable=parse_fraction(document["not_applicable"]),
        )


@dataclass(frozen=True)
class Days:
    """How many days something may take, or stays good."""

    self_assessment: int
    major: int
    minor: int
    soft_critical: int
    on_site: int

    def document(self) -> dict[str, Json]:
        """Give the JSON form."""
        return {
            "self_assessment": self.self_assessment,
            "major": self.major,
            "minor": self.minor,
            "soft_critical": self.soft_critical,
            "on_site": self.on_site,
        }

    @classmethod
    def from_document(cls, document: Mapping[str, Any]) -> Self:
        """Read the JSON form."""
        return cls(
            self_assessment=document["self_assessment"],
            major=document["major"],
            minor=document["minor"],
            soft_critical=document["soft_critical"],
            on_site=document["on_site"],
        )


@dataclass(frozen=True)
class SampleBand:
    """From this share of hits on, the sample gives this choice."""

    from_share: Fraction
    choice: str

    def document(self) -> dict[str, Json]:
        """Give the JSON form."""
        return {"from": fraction_text(self.from_share), "choice": self.choice}

    @classmethod
    def from_document(cls, document: Mapping[str, Any]) -> Self:
        """Read the JSON form."""
        return cls(parse_fraction(document["from"]), document["choice"])


@dataclass(frozen=True)
class SampleRule:
    """How many records are drawn from a register, and what the hits mean."""

    all_up_to: int
    middle_up_to: int
    middle_draw: int
    above_draw: int
    bands: tuple[SampleBand, ...]

    def document(self) -> dict[str, Json]:
        """Give the JSON form."""
        return {
            "all_up_to": self.all_up_to,
            "middle": {"up_to": self.middle_up_to, "draw": self.middle_draw},
            "above": self.above_draw,
            "bands": [band.document() for band in self.bands],
        }

    @classmethod
    def from_document(cls, document: Mapping[str, Any]) -> Self:
        """Read the JSON form."""
        return cls(
            all_up_to=document["all_up_to"],
            middle_up_to=document["middle"]["up_to"],
            middle_draw=document["middle"]["draw"],
            above_draw=document["above"],
            bands=tuple(map(SampleBand.from_document, document["bands"])),
        )


@dataclass(frozen=True)
class Level:
    """A name for results from a share on."""

    id: str
    from_share: Fraction
    label: Text

    def document(self) -> dict[str, Json]:
        """Give the JSON form."""
        return {
            "id": self.id,
            "from": fraction_text(self.from_share),
            "label": self.label.document(),
        }

    @classmethod
    def from_document(cls, document: Mapping[str, Any]) -> Self:
        """Read the JSON form."""
        return cls(
            document["id"], parse_fraction(document["from"]), Text.from_document(document["label"])
        )
