"""What should a verifier look at first?

Of a hundred items most need no second look. These do: critical items that are not met or not
judged, scores that differ from what the auditee or the baseline said, and scores that lean on
less than the item's own ways of checking.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

from assessor.assessments.judging import Judged
from assessor.assessments.models import BasisKind, Kind
from assessor.assessments.queries import Earlier
from checklists.model import NOT_APPLICABLE, Critical, Item, Method

# what a basis shows of each way of checking; a photo is a piece of evidence
_SHOWN_BY: Mapping[Method, frozenset[BasisKind]] = {
    Method.D: frozenset({BasisKind.evidence, BasisKind.sighted}),
    Method.O: frozenset({BasisKind.sighted}),
    Method.W: frozenset({BasisKind.interviews}),
    Method.R: frozenset({BasisKind.sample}),
    Method.S: frozenset({BasisKind.sighted}),
    Method.F: frozenset({BasisKind.evidence, BasisKind.sighted}),
}


class Concern(StrEnum):
    """Why an item is looked at first."""

    critical = "critical"
    waved = "waved"
    differs = "differs"
    weak = "weak"


@dataclass(frozen=True)
class Exceptional:
    """An item with the concern; `before` is what an earlier assessment said, `lacking` the ways
    of checking that no basis shows."""

    item: Item
    concern: Concern
    choice: str | None
    before: str | None = None
    kind: Kind | None = None
    lacking: tuple[Method, ...] = ()


def exceptional(judged: Judged, earlier: Mapping[Kind, Earlier]) -> tuple[Exceptional, ...]:
    """All of them by concern, each in standard order."""
    items = judged.asked.values()
    return (
        *(each for item in items for each in _critical(judged, item)),
        *(each for item in items for each in _waved(judged, item)),
        *(
            each
            for kind, before in earlier.items()
            for each in _differing(judged, kind, before.choices)
        ),
        *(each for item in items for each in _weak(judged, item)),
    )


def _met(judged: Judged, choice: str | None) -> bool:
    known = choice is not None and judged.checklist.has_choice(choice)
    return known and judged.checklist.is_met(str(choice))


def _critical(judged: Judged, item: Item) -> Iterator[Exceptional]:
    choice = judged.state.choice(item.id)
    if item.critical is not Critical.no and not _met(judged, choice):
        yield Exceptional(item, Concern.critical, choice)


def _waved(judged: Judged, item: Item) -> Iterator[Exceptional]:
    choice = judged.state.choice(item.id)
    if choice == NOT_APPLICABLE and item.critical is Critical.no:
        yield Exceptional(item, Concern.waved, choice)


def _differing(
    judged: Judged, kind: Kind, before: Mapping[str, str | None]
) -> Iterator[Exceptional]:
    """Scores that went the other way by a whole judgement: met, or no longer."""
    for item in judged.asked.values():
        choice, earlier = judged.state.choice(item.id), before.get(item.id)
        if earlier is None or choice is None or earlier == choice:
            continue
        if _met(judged, choice) != _met(judged, earlier):
            yield Exceptional(item, Concern.differs, choice, before=earlier, kind=kind)


def _weak(judged: Judged, item: Item) -> Iterator[Exceptional]:
    choice = judged.state.choice(item.id)
    if not _met(judged, choice):
        return
    kinds = {basis.kind for basis in judged.state.bases.get(item.id, ())}
    lacking = tuple(method for method in item.methods if not _SHOWN_BY[method] & kinds)
    beyond_paper = [method for method in item.methods if method is not Method.D]
    if len(lacking) == len(item.methods) or (beyond_paper and set(beyond_paper) <= set(lacking)):
        yield Exceptional(item, Concern.weak, choice, lacking=lacking)
