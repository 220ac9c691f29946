"""What changed between judgements of one auditee, and what cannot be compared, and why?

Items are compared within one edition (a checklist and those based on it share scale and weights)
or by an explicit mapping. Figures of aspects and of the whole are made of the same items on all
sides, by adding numerators and denominators: else a change of what was asked would look like a
change of what was found.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from checklists.mapping import EditionName, ItemMapping
from checklists.model import NOT_APPLICABLE
from checklists.scoring import NOTHING, Ratio


class Why(StrEnum):
    """Why an item cannot be compared on a side."""

    not_asked = "not_asked"
    not_applicable = "not_applicable"
    not_assessed = "not_assessed"
    no_counterpart = "no_counterpart"


@dataclass(frozen=True)
class Judgement:
    """What one assessment says of one item."""

    choice: str | None
    ratio: Ratio
    aspect: str

    @property
    def silent(self) -> Why | None:
        """Why it says nothing that could be compared."""
        if self.choice == NOT_APPLICABLE:
            return Why.not_applicable
        return Why.not_assessed if self.choice is None or not self.ratio.d else None


@dataclass(frozen=True)
class Side:
    """One assessment: the full checklist it was judged by, and its items in standard order."""

    full: str  # the fingerprint of the full checklist
    edition: EditionName
    items: Mapping[str, Judgement]


@dataclass(frozen=True)
class Line:
    """An item on all sides, under its name on the last one; an item of another `edition` that
    has no counterpart there keeps its own. `gaps` say why a side is silent."""

    item: str
    edition: EditionName | None
    aspect: str
    sides: tuple[Judgement | None, ...]
    gaps: tuple[Why | None, ...]

    @property
    def comparable(self) -> bool:
        """Whether every side says something."""
        return not any(self.gaps)

    @property
    def change(self) -> Fraction:
        """How much its share rose from the first side to the last. Only where comparable."""
        first, last = self.sides[0], self.sides[-1]
        shares = [each.ratio.share if each is not None else None for each in (first, last)]
        return (shares[1] or Fraction(0)) - (shares[0] or Fraction(0))


@dataclass(frozen=True)
class Figures:
    """One aspect, or the whole, on all sides, over the items that can be compared."""

    ratios: tuple[Ratio, ...]

    @property
    def change(self) -> Fraction | None:
        """How much the share rose from the first side to the last."""
        first, last = self.ratios[0].share, self.ratios[-1].share
        return None if first is None or last is None else last - first


@dataclass(frozen=True)
class Comparison:
    """Everything that can be said; `apart` are sides of another edition without a mapping."""

    changed: tuple[Line, ...]  # biggest changes first
    same: tuple[Line, ...]
    gaps: tuple[Line, ...]
    apart: tuple[int, ...]
    aspects: Mapping[str, Figures]
    total: Figures
    mappings: tuple[ItemMapping, ...]

    @property
    def compared(self) -> int:
        """How many items could be compared."""
        return len(self.changed) + len(self.same)


def compare(sides: Sequence[Side], mappings: Iterable[ItemMapping] = ()) -> Comparison:
    """Compare two sides or more; the last one names the items. ValueError for fewer."""
    if len(sides) < 2:
        message = "a comparison has two sides at least"
        raise ValueError(message)
    last = sides[-1]
    known = {(mapping.old, mapping.new): mapping for mapping in mappings}
    names = [_names(side, last, known.get((side.edition, last.edition))) for side in sides]
    apart = tuple(at for at, each in enumerate(names) if each is None)
    kept = [(side, each) for side, each in zip(sides, names, strict=True) if each is not None]
    lines = _lines(kept) if len(kept) > 1 else ()  # with itself alone nothing is compared
    full = [line for line in lines if line.comparable]
    order = {id(line): rank for rank, line in enumerate(lines)}
    changed = sorted(
        (line for line in full if line.change),
        key=lambda line: (-abs(line.change), line.change, order[id(line)]),
    )
    return Comparison(
        changed=tuple(changed),
        same=tuple(line for line in full if not line.change),
        gaps=tuple(line for line in lines if not line.comparable),
        apart=apart,
        aspects=_by_aspect(full, len(kept)),
        total=_figures(full, len(kept)),
        mappings=_used(kept),
    )


@dataclass(frozen=True)
class _Names:
    """How the items of a side are called on the last one: as here, or by a mapping."""

    mapping: ItemMapping | None
    back: Mapping[str, str]  # new → old

    def new_of(self, old: str) -> str | None:
        """The name on the last side; None where the item has no counterpart."""
        return old if self.mapping is None else self.mapping.items.get(old)

    def old_of(self, new: str) -> str | None:
        """The name on this side; None where the item has no counterpart."""
        return new if self.mapping is None else self.back.get(new)


def _names(side: Side, last: Side, mapping: ItemMapping | None) -> _Names | None:
    """None where nothing says which items correspond."""
    if side.full == last.full:
        return _Names(None, {})
    if mapping is None:
        return None
    return _Names(mapping, {new: old for old, new in mapping.items.items()})


def _used(kept: "_Kept") -> tuple[ItemMapping, ...]:
    found = {side.edition: names.mapping for side, names in kept if names.mapping is not None}
    return tuple(found.values())


_Kept = Sequence[tuple[Side, _Names]]
_Key = tuple[EditionName | None, str]  # of another edition without counterpart, or of the last


def _lines(kept: _Kept) -> tuple[Line, ...]:
    """Every item of any side, in the order of the last side, then of the others."""
    last, _ = kept[-1]
    keys: dict[_Key, None] = {(None, item): None for item in last.items}
    for side, names in kept:
        for old in side.items:
            new = names.new_of(old)
            keys[(None, new) if new is not None else (side.edition, old)] = None
    return tuple(_line(key, kept) for key in keys)


def _line(key: _Key, kept: _Kept) -> Line:
    edition, name = key
    found: list[Judgement | None] = []
    gaps: list[Why | None] = []
    for side, names in kept:
        if edition is not None:  # known to its own edition only
            old = name if side.edition == edition else None
        else:
            old = names.old_of(name)
        judgement = side.items.get(old) if old is not None else None
        found.append(judgement)
        if judgement is not None:
            gaps.append(judgement.silent)
        else:
            gaps.append(Why.no_counterpart if old is None else Why.not_asked)
    aspect = next(each.aspect for each in reversed(found) if each is not None)
    return Line(name, edition, aspect, tuple(found), tuple(gaps))


def _figures(lines: Iterable[Line], sides: int) -> Figures:
    sums = [NOTHING] * sides
    for line in lines:
        for at, each in enumerate(line.sides):
            if each is not None:
                sums[at] += each.ratio
    return Figures(tuple(sums))


def _by_aspect(lines: Sequence[Line], sides: int) -> dict[str, Figures]:
    aspects = dict.fromkeys(line.aspect for line in lines)
    return {
        aspect: _figures((line for line in lines if line.aspect == aspect), sides)
        for aspect in aspects
    }
