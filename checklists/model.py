"""What does a checklist consist of?

Immutable objects: a checklist judges one edition of a standard by items on a scale. It carries
the standard's content, so that its fingerprint names everything a result depends on.
"""

from collections.abc import Iterable, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace
from enum import StrEnum
from fractions import Fraction
from functools import cached_property
from typing import Any, Self

from checklists.derivation import Derivation, Gives, Place
from checklists.item import (
    ON_SITE_METHODS,
    Citation,
    Critical,
    Item,
    Method,
)
from checklists.rules import (
    Days,
    FindingCause,
    FindingClass,
    FindingRule,
    Level,
    SampleBand,
    SampleRule,
    Thresholds,
)
from standards.canonical import Json, fingerprint
from standards.model import Standard, Text
from standards.sentence import sentence

__all__ = [
    "NOT_APPLICABLE",
    "ON_SITE_METHODS",
    "AssessmentKind",
    "AuditeeKind",
    "Checklist",
    "Choice",
    "Citation",
    "Critical",
    "Days",
    "FindingCause",
    "FindingClass",
    "FindingRule",
    "Item",
    "Level",
    "Method",
    "SampleBand",
    "SampleRule",
    "Thresholds",
]

NOT_APPLICABLE = "TB"
# What is based on another checklist has a format of its own: who does not know what that means
# must not take a look at a part for a decision.
_FORMAT = "checklist-v1"
_FORMAT_DERIVED = "checklist-v2"


class AuditeeKind(StrEnum):
    """Who can be judged."""

    site = "site"
    unit = "unit"


class AssessmentKind(StrEnum):
    """Which rounds of judging there are."""

    self = "self"
    baseline = "baseline"
    evaluation = "evaluation"
    follow_up = "follow_up"
    periodic = "periodic"


@dataclass(frozen=True)
class Choice:
    """A step of the scale."""

    code: str
    points: int
    label: Text
    meaning: Text

    def document(self) -> dict[str, Json]:
        """Give the JSON form."""
        return {
            "code": self.code,
            "points": self.points,
            "label": self.label.document(),
            "meaning": self.meaning.document(),
        }

    @classmethod
    def from_document(cls, document: Mapping[str, Any]) -> Self:
        """Read the JSON form."""
        return cls(
            code=document["code"],
            points=document["points"],
            label=Text.from_document(document["label"]),
            meaning=Text.from_document(document["meaning"]),
        )


@dataclass(frozen=True)
class Checklist:
    """An edition of a checklist, complete with the standard that it judges by."""

    id: str
    edition: str
    standard: Standard
    title: Text
    auditees: tuple[AuditeeKind, ...]
    kinds: tuple[AssessmentKind, ...]
    scale: tuple[Choice, ...]
    met_from: str
    thresholds: Thresholds
    days: Days
    sample: SampleRule
    finding_rules: tuple[FindingRule, ...]
    levels: tuple[Level, ...]
    work_order: tuple[Method, ...]
    note: Text
    items: tuple[Item, ...]
    derivation: Derivation | None = None

    @property
    def decides(self) -> bool:
        """Tell whether its answers decide on the whole; what looks at a part does not."""
        return self.derivation is None or self.derivation.gives is Gives.decision

    @property
    def places(self) -> tuple[Place, ...]:
        """Where it can be judged."""
        return tuple(Place) if self.derivation is None else self.derivation.places

    @property
    def full(self) -> str:
        """Give the fingerprint of the full checklist: its own, or that of its base."""
        return self.fingerprint if self.derivation is None else self.derivation.base.fingerprint

    def limited_to(self, items: AbstractSet[str]) -> Self:
        """Give the checklist as it judges when only these of its items are asked."""
        return replace(self, items=tuple(item for item in self.items if item.id in items))

    def item(self, item_id: str) -> Item:
        """Find an item; KeyError if the checklist has none of that id."""
        return self._items[item_id]

    def has_item(self, item_id: str) -> bool:
        """Tell whether the checklist has an item of that id."""
        return item_id in self._items

    def choice(self, code: str) -> Choice:
        """Find a step of the scale; KeyError if there is none of that code."""
        return self._choices[code]

    def has_choice(self, code: str) -> bool:
        """Tell whether the scale has a step of that code ("TB" is none)."""
        return code in self._choices

    def is_met(self, code: str) -> bool:
        """Tell whether a step of the scale counts as met."""
        return self.choice(code).points >= self.choice(self.met_from).points

    @property
    def most_points(self) -> int:
        """Give the points of the best step."""
        return self.scale[-1].points

    def applicable(self, tags: AbstractSet[str]) -> tuple[Item, ...]:
        """Give the items that are asked of an auditee with these tags, in standard order."""
        return tuple(item for item in self.items if item.applies(tags))

    def in_work_order(self, items: Iterable[Item]) -> tuple[tuple[Method, tuple[Item, ...]], ...]:
        """Group items by the way of working; each stands under its first method in that order."""
        groups: dict[Method, list[Item]] = {method: [] for method in self.work_order}
        for item in items:
            first = min(item.methods, key=self.work_order.index)
            groups[first].append(item)
        return tuple((method, tuple(group)) for method, group in groups.items() if group)

    def level(self, share: Fraction) -> Level | None:
        """Name a total; None below the lowest level or where there are no levels."""
        reached = [level for level in self.levels if level.from_share <= share]
        return max(reached, key=lambda level: level.from_share, default=None)

    @cached_property
    def fingerprint(self) -> str:
        """Name the content of this edition, the standard's content included."""
        return fingerprint(self.document())

    def document(self) -> dict[str, Json]:
        """Give the JSON form, complete."""
        derived = self.derivation
        return {
            "format": _FORMAT_DERIVED if derived else _FORMAT,
            **({"derivation": derived.document()} if derived else {}),
            "id": self.id,
            "edition": self.edition,
            "standard": self.standard.document(),
            "title": self.title.document(),
            "auditees": [auditee.value for auditee in self.auditees],
            "kinds": [kind.value for kind in self.kinds],
            "scale": [choice.document() for choice in self.scale],
            "met_from": self.met_from,
            "thresholds": self.thresholds.document(),
            "days": self.days.document(),
            "sample": self.sample.document(),
            "findings": [rule.document() for rule in self.finding_rules],
            "levels": [level.document() for level in self.levels],
            "work_order": [method.value for method in self.work_order],
            "note": self.note.document(),
            "items": [item.document() for item in self.items],
        }

    @classmethod
    def from_document(cls, document: Mapping[str, Any]) -> Self:
        """Read what `document` wrote; ValueError for another format."""
        if document.get("format") not in {_FORMAT, _FORMAT_DERIVED}:
            raise ValueError(sentence("Dokumen ini bukan dokumen instrumen yang dikenal."))
        standard = Standard.from_document(document["standard"])
        return cls(
            id=document["id"],
            edition=document["edition"],
            standard=standard,
            title=Text.from_document(document["title"]),
            auditees=tuple(map(AuditeeKind, document["auditees"])),
            kinds=tuple(map(AssessmentKind, document["kinds"])),
            scale=tuple(map(Choice.from_document, document["scale"])),
            met_from=document["met_from"],
            thresholds=Thresholds.from_document(document["thresholds"]),
            days=Days.from_document(document["days"]),
            sample=SampleRule.from_document(document["sample"]),
            finding_rules=tuple(map(FindingRule.from_document, document["findings"])),
            levels=tuple(map(Level.from_document, document["levels"])),
            work_order=tuple(map(Method, document["work_order"])),
            note=Text.from_document(document["note"]),
            items=tuple(
                Item.from_document(entry, standard=standard) for entry in document["items"]
            ),
            derivation=Derivation.from_document(document["derivation"])
            if document["format"] == _FORMAT_DERIVED
            else None,
        )

    @cached_property
    def _items(self) -> dict[str, Item]:
        return {item.id: item for item in self.items}

    @cached_property
    def _choices(self) -> dict[str, Choice]:
        return {choice.code: choice for choice in self.scale}
