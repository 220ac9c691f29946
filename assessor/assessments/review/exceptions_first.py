"""What should somebody outside the team look at first?

Of a hundred items most need no second look. These do: critical items, scores that moved far from
what the auditee or the baseline said, scores that lean on less than the item's own ways of
checking, what was remarked or corrected, and a share of the rest by chance.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction

from assessor.assessments.judging import Judged
from assessor.assessments.models import BasisKind, Kind
from assessor.assessments.queries import Earlier
from assessor.assessments.review.rules import JUMP, MANDATORY, Concern
from checklists.model import NOT_APPLICABLE, Citation, Critical, Item, Method

# what a basis shows of each way of checking; a photo is a piece of evidence
_SHOWN_BY: Mapping[Method, frozenset[BasisKind]] = {
    Method.D: frozenset({BasisKind.evidence, BasisKind.sighted}),
    Method.O: frozenset({BasisKind.sighted}),
    Method.W: frozenset({BasisKind.interviews}),
    Method.R: frozenset({BasisKind.sample}),
    Method.S: frozenset({BasisKind.sighted}),
    Method.F: frozenset({BasisKind.evidence, BasisKind.sighted}),
}


@dataclass(frozen=True)
class Worry:
    """One concern about an item; `before` is what an earlier assessment of that kind said,
    `lacking` the ways of checking that no basis shows."""

    concern: Concern
    before: str | None = None
    kind: Kind | None = None
    lacking: tuple[Method, ...] = ()
    uncited: bool = False


@dataclass(frozen=True)
class Exceptional:
    """An item to look at, with everything that speaks for looking, the weightiest first."""

    item: Item
    choice: str | None
    worries: tuple[Worry, ...]

    @property
    def concern(self) -> Concern:
        """The weightiest."""
        return self.worries[0].concern

    @property
    def mandatory(self) -> bool:
        """Whether nobody seals without having seen it."""
        return any(MANDATORY[each.concern] for each in self.worries)


@dataclass(frozen=True)
class Touched:
    """The items that a person spoke to or chance fell on, by what happened to them."""

    now: frozenset[str] = frozenset()  # remarked or corrected in this round
    before: frozenset[str] = frozenset()  # remarked in an earlier round
    drawn: frozenset[str] = frozenset()


UNTOUCHED = Touched()
_ORDER = list(Concern)


def exceptional(
    judged: Judged, earlier: Mapping[Kind, Earlier], touched: Touched = UNTOUCHED
) -> tuple[Exceptional, ...]:
    """All of them by their weightiest concern, each once, in standard order."""
    choices = {kind: found.choices for kind, found in earlier.items()}
    found = []
    for item in judged.asked.values():
        worries = sorted(
            _worries(judged, item, choices, touched), key=lambda each: _ORDER.index(each.concern)
        )
        if worries:
            found.append(Exceptional(item, judged.state.choice(item.id), tuple(worries)))
    return tuple(sorted(found, key=lambda each: _ORDER.index(each.concern)))


def unremarkable(judged: Judged, earlier: Mapping[Kind, Earlier]) -> tuple[str, ...]:
    """The items that nothing speaks for, in standard order: the pool of the draw."""
    looked_at = {each.item.id for each in exceptional(judged, earlier)}
    return tuple(item for item in judged.asked if item not in looked_at)


def still_to_see(found: Iterable[Exceptional], seen: frozenset[str]) -> tuple[Exceptional, ...]:
    """The mandatory ones that somebody has not looked at yet."""
    return tuple(each for each in found if each.mandatory and each.item.id not in seen)


def _worries(
    judged: Judged,
    item: Item,
    choices: Mapping[Kind, Mapping[str, str | None]],
    touched: Touched,
) -> Iterator[Worry]:
    if item.critical is not Critical.no:
        yield Worry(Concern.critical)
    elif judged.state.choice(item.id) == NOT_APPLICABLE:
        yield Worry(Concern.waved)
    if item.id in touched.now:
        yield Worry(Concern.touched)
    if item.id in touched.before:
        yield Worry(Concern.remarked_before)
    yield from _jumps(judged, item, choices)
    yield from _weak(judged, item)
    if item.id in touched.drawn:
        yield Worry(Concern.drawn)


def _share(judged: Judged, choice: str | None) -> Fraction | None:
    """How much of the scale a choice reaches; None where it is no step of it."""
    checklist = judged.checklist
    if choice is None or not checklist.has_choice(choice) or not checklist.most_points:
        return None
    return Fraction(checklist.choice(choice).points, checklist.most_points)


def _jumps(
    judged: Judged, item: Item, choices: Mapping[Kind, Mapping[str, str | None]]
) -> Iterator[Worry]:
    """Scores that moved by more than the measure since an earlier assessment."""
    now = _share(judged, judged.state.choice(item.id))
    for kind, said in choices.items():
        before = _share(judged, said.get(item.id))
        if now is None or before is None or abs(now - before) <= JUMP:
            continue
        concern = Concern.rose if now > before else Concern.fell
        yield Worry(concern, before=said.get(item.id), kind=kind)


def is_met(judged: Judged, choice: str | None) -> bool:
    """Whether a choice counts as met."""
    known = choice is not None and judged.checklist.has_choice(choice)
    return known and judged.checklist.is_met(str(choice))


def _weak(judged: Judged, item: Item) -> Iterator[Worry]:
    """The best score on a basis that shows none of the item's ways of checking, only paper where
    one must be there, or no citation where one is required."""
    if not is_met(judged, judged.state.choice(item.id)):
        return
    kinds = {basis.kind for basis in judged.state.bases.get(item.id, ())}
    lacking = tuple(method for method in item.methods if not _SHOWN_BY[method] & kinds)
    beyond_paper = [method for method in item.methods if method is not Method.D]
    uncited = item.citation is Citation.required and BasisKind.evidence not in kinds
    if (
        uncited
        or len(lacking) == len(item.methods)
        or (beyond_paper and set(beyond_paper) <= set(lacking))
    ):
        yield Worry(Concern.weak, lacking=lacking, uncited=uncited)
