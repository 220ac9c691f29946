"""What do the answers add up to?

Exact: a score is a numerator and a denominator of points, carried up from item to section, aspect
and total by addition alone. "Not applicable" leaves the denominator, "not assessed" stays in it.
Nothing here judges; `decision` does.
"""

from collections.abc import Iterable, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from fractions import Fraction

from checklists.model import NOT_APPLICABLE, Checklist, Item
from standards.canonical import Json, fraction_text
from standards.sentence import sentence


@dataclass(frozen=True)
class Ratio:
    """Points reached of points within reach."""

    n: Fraction
    d: Fraction

    def __add__(self, other: "Ratio") -> "Ratio":
        """Add numerators and denominators; shares are never averaged."""
        return Ratio(self.n + other.n, self.d + other.d)

    @property
    def share(self) -> Fraction | None:
        """Give n/d; None where nothing was within reach."""
        return self.n / self.d if self.d else None

    def document(self) -> dict[str, Json]:
        """Give the JSON form."""
        return {"n": fraction_text(self.n), "d": fraction_text(self.d)}


NOTHING = Ratio(Fraction(0), Fraction(0))


@dataclass(frozen=True)
class Result:
    """What was computed; aspects and sections are all of the standard, items the applicable."""

    total: Ratio
    aspects: Mapping[str, Ratio]
    sections: Mapping[str, Ratio]
    items: Mapping[str, Ratio]
    applicable: int
    scored: int
    not_applicable: int
    not_assessed: int

    def document(self) -> dict[str, Json]:
        """Give the JSON form."""
        return {
            "total": self.total.document(),
            "aspects": {name: ratio.document() for name, ratio in self.aspects.items()},
            "sections": {name: ratio.document() for name, ratio in self.sections.items()},
            "items": {name: ratio.document() for name, ratio in self.items.items()},
            "applicable": self.applicable,
            "scored": self.scored,
            "not_applicable": self.not_applicable,
            "not_assessed": self.not_assessed,
        }


def score(
    checklist: Checklist, tags: AbstractSet[str], choices: Mapping[str, str | None]
) -> Result:
    """Add up the answers of an auditee with these tags; ValueError for what is no answer."""
    check_choices(checklist, choices)
    applicable = checklist.applicable(tags)
    standard = checklist.standard
    items = {item.id: item_ratio(checklist, item, choices.get(item.id)) for item in applicable}
    sections = dict.fromkeys((section.id for section in standard.sections), NOTHING)
    aspects = dict.fromkeys((aspect.id for aspect in standard.aspects), NOTHING)
    for item in applicable:
        sections[item.section.id] += items[item.id]
    for section in standard.sections:
        aspects[section.aspect] += sections[section.id]
    answers = [choices.get(item.id) for item in applicable]
    not_applicable = answers.count(NOT_APPLICABLE)
    not_assessed = answers.count(None)
    return Result(
        total=_sum(aspects.values()),
        aspects=aspects,
        sections=sections,
        items=items,
        applicable=len(applicable),
        scored=len(applicable) - not_applicable - not_assessed,
        not_applicable=not_applicable,
        not_assessed=not_assessed,
    )


def item_ratio(checklist: Checklist, item: Item, choice: str | None) -> Ratio:
    """Give the points of one answer."""
    if choice == NOT_APPLICABLE:
        return NOTHING
    points = 0 if choice is None else checklist.choice(choice).points
    return Ratio(Fraction(item.weight * points), Fraction(item.weight * checklist.most_points))


def check_choices(checklist: Checklist, choices: Mapping[str, str | None]) -> None:
    """Refuse with a ValueError what cannot be an answer to this checklist."""
    for item_id, choice in choices.items():
        if not checklist.has_item(item_id):
            raise ValueError(
                sentence(
                    "Butir %(item)s tidak ada dalam instrumen %(checklist)s.",
                    item=item_id,
                    checklist=checklist.id,
                )
            )
        if choice not in {None, NOT_APPLICABLE} and not checklist.has_choice(str(choice)):
            raise ValueError(
                sentence(
                    "Pilihan “%(choice)s” pada butir %(item)s tidak ada dalam skala.",
                    choice=choice,
                    item=item_id,
                )
            )


def _sum(ratios: Iterable[Ratio]) -> Ratio:
    return sum(ratios, start=NOTHING)
