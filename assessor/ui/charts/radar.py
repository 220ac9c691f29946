"""What shape does a whole have over its aspects?

The axes carry numbers and the list below names them, so that long names stay readable on a phone.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from markupsafe import Markup

from assessor.ui.charts.drawing import (
    WORDS,
    named,
    title_and_description,
    value_words,
    words_at,
    wrapped,
)
from assessor.ui.formats import percent
from assessor.ui.parts import Table

_SIDE = 260  # of the square the shape stands in
_CENTRE = _SIDE // 2
_RADIUS = 100
_LINE = 24
_LETTERS = 30


@dataclass(frozen=True)
class Axis:
    """One direction; `before` is drawn dashed under it."""

    label: str
    share: Fraction | None
    before: Fraction | None = None


def radar(axes: Sequence[Axis], *, title: str, language: str) -> Markup:
    """Three to twelve aspects; the rings stand at 25, 50, 75 and 100 %."""
    if not 3 <= len(axes) <= 12:
        raise ValueError("A radar needs three to twelve axes; draw bars instead.")
    described = "; ".join(f"{axis.label} {value_words(axis.share, language)}" for axis in axes)
    names, height = _names(axes, language)
    return Markup(
        '<svg class="chart chart-radar" width="100%" height="{}" {}>{}'
        '<svg width="100%" height="{}" viewBox="0 0 {} {}">{}</svg>{}</svg>'
    ).format(
        height,
        named(title, described),
        title_and_description(title, described),
        _SIDE,
        _SIDE,
        _SIDE,
        _shape(axes),
        names,
    )


def radar_table(axes: Sequence[Axis], language: str) -> Table:
    """The numbers of `radar`, for the table under the figure."""
    words = WORDS[language]
    columns: tuple[str, ...] = (words["row"], words["share"])
    rows: list[tuple[str, ...]] = [(axis.label, percent(axis.share, language)) for axis in axes]
    if _has_before(axes):
        columns += (words["before"],)
        rows = [
            (*row, percent(axis.before, language)) for row, axis in zip(rows, axes, strict=True)
        ]
    return Table(columns, tuple(rows))


def _shape(axes: Sequence[Axis]) -> Markup:
    count = len(axes)
    parts = [_ring(Fraction(step, 4), count) for step in (1, 2, 3, 4)]
    parts += [_spoke(index, count) for index in range(count)]
    parts.append(_area([axis.share for axis in axes], "chart-area"))
    parts.append(_area([axis.before for axis in axes], "chart-before"))
    for index, axis in enumerate(axes):
        if axis.share is not None:
            x, y = _point(axis.share, index, count)
            parts.append(Markup('<circle class="chart-dot" cx="{}" cy="{}" r="4"/>').format(x, y))
        x, y = _point(Fraction(115, 100), index, count)
        parts.append(
            Markup(
                '<text class="chart-text chart-value" x="{}" y="{}" dy="5" text-anchor="middle">'
                "{}</text>"
            ).format(x, y, index + 1)
        )
    return Markup("").join(parts)


def _names(axes: Sequence[Axis], language: str) -> tuple[Markup, int]:
    """The numbered names with their values under the shape, and where they end."""
    parts, y = [], _SIDE + 20
    for index, axis in enumerate(axes):
        parts.append(words_at("0", y, f"{index + 1}", "chart-value"))
        parts.append(words_at("100%", y, value_words(axis.share, language), "chart-value"))
        for line in wrapped(axis.label, _LETTERS):
            parts.append(words_at("28", y, line))
            y += _LINE
    if _has_before(axes):
        y += 6
        for x, kind, word in (("0", "chart-area", "now"), ("50%", "chart-before", "before")):
            parts.append(
                Markup(
                    '<svg x="{}" y="{}" overflow="visible"><path class="{}" d="M0-5H22"/>'
                    '<text class="chart-quiet" x="30">{}</text></svg>'
                ).format(x, y, kind, WORDS[language][word])
            )
        y += _LINE
    return Markup("").join(parts), y - 10


def _has_before(axes: Sequence[Axis]) -> bool:
    return any(axis.before is not None for axis in axes)


def _point(share: Fraction, index: int, count: int) -> tuple[str, str]:
    angle = 2 * math.pi * index / count - math.pi / 2
    reach = float(share) * _RADIUS  # a place on paper, not a score
    return (
        f"{_CENTRE + reach * math.cos(angle):.2f}",
        f"{_CENTRE + reach * math.sin(angle):.2f}",
    )


def _ring(share: Fraction, count: int) -> Markup:
    points = " ".join(",".join(_point(share, index, count)) for index in range(count))
    kind = "chart-grid chart-rim" if share == 1 else "chart-grid"
    return Markup('<polygon class="{}" points="{}"/>').format(kind, points)


def _spoke(index: int, count: int) -> Markup:
    x, y = _point(Fraction(1), index, count)
    return Markup('<line class="chart-grid" x1="{}" y1="{}" x2="{}" y2="{}"/>').format(
        _CENTRE, _CENTRE, x, y
    )


def _area(shares: Sequence[Fraction | None], kind: str) -> Markup:
    """Unknown directions leave the outline; fewer than three known ones are no area."""
    known = [(index, share) for index, share in enumerate(shares) if share is not None]
    if len(known) < 3:
        return Markup("")
    points = " ".join(",".join(_point(share, index, len(shares))) for index, share in known)
    return Markup('<polygon class="{}" points="{}"/>').format(kind, points)
