"""What shape does a whole have over its aspects?"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from markupsafe import Markup

from assessor.ui.charts.drawing import WORDS, named, title_and_description, value_words
from assessor.ui.formats import percent
from assessor.ui.parts import Table

_CENTRE = (180, 150)
_RADIUS = 100


@dataclass(frozen=True)
class Axis:
    """One direction of a radar; `before` is drawn dashed under it."""

    label: str
    share: Fraction | None
    before: Fraction | None = None


def radar(axes: Sequence[Axis], *, title: str, language: str) -> Markup:
    """The shape of a whole over three to twelve aspects; rings stand at 25, 50, 75 and 100 %."""
    if not 3 <= len(axes) <= 12:
        raise ValueError("A radar needs three to twelve axes; draw bars instead.")
    count = len(axes)
    parts = [_ring_of(Fraction(step, 4), count) for step in (1, 2, 3, 4)]
    parts += [_spoke(index, count) for index in range(count)]
    parts.append(_area([axis.before for axis in axes], "chart-area-before"))
    parts.append(_area([axis.share for axis in axes], "chart-area"))
    parts += [_dot(axis.share, index, count) for index, axis in enumerate(axes)]
    parts += [_axis_words(axis, index, count, language) for index, axis in enumerate(axes)]
    described = "; ".join(f"{axis.label} {value_words(axis.share, language)}" for axis in axes)
    return Markup('<svg class="chart chart-radar" viewBox="0 0 360 300" {}>{}{}</svg>').format(
        named(title, described), title_and_description(title, described), Markup("").join(parts)
    )


def radar_table(axes: Sequence[Axis], language: str) -> Table:
    """The numbers of `radar`, for the table under the figure."""
    words = WORDS[language]
    has_before = any(axis.before is not None for axis in axes)
    columns: tuple[str, ...] = (words["row"], words["share"])
    rows: list[tuple[str, ...]] = [(axis.label, percent(axis.share, language)) for axis in axes]
    if has_before:
        columns += (words["before"],)
        rows = [
            (*row, percent(axis.before, language)) for row, axis in zip(rows, axes, strict=True)
        ]
    return Table(columns, tuple(rows))


def _point(share: Fraction, index: int, count: int) -> tuple[str, str]:
    angle = 2 * math.pi * index / count - math.pi / 2
    reach = float(share) * _RADIUS  # a place on paper, not a score
    return (
        _places(_CENTRE[0] + reach * math.cos(angle)),
        _places(_CENTRE[1] + reach * math.sin(angle)),
    )


def _places(value: float) -> str:
    return f"{value:.2f}"


def _ring_of(share: Fraction, count: int) -> Markup:
    points = " ".join(",".join(_point(share, index, count)) for index in range(count))
    return Markup('<polygon class="chart-grid" points="{}"/>').format(points)


def _spoke(index: int, count: int) -> Markup:
    x, y = _point(Fraction(1), index, count)
    return Markup('<line class="chart-grid" x1="{}" y1="{}" x2="{}" y2="{}"/>').format(
        *_CENTRE, x, y
    )


def _area(shares: Sequence[Fraction | None], kind: str) -> Markup:
    """Unknown directions leave the outline; less than three known ones are no area."""
    known = [(index, share) for index, share in enumerate(shares) if share is not None]
    if len(known) < 3:
        return Markup("")
    points = " ".join(",".join(_point(share, index, len(shares))) for index, share in known)
    return Markup('<polygon class="{}" points="{}"/>').format(kind, points)


def _dot(share: Fraction | None, index: int, count: int) -> Markup:
    if share is None:
        return Markup("")
    x, y = _point(share, index, count)
    return Markup('<circle class="chart-dot" cx="{}" cy="{}" r="4"/>').format(x, y)


def _axis_words(axis: Axis, index: int, count: int, language: str) -> Markup:
    x, y = _point(Fraction(112, 100), index, count)
    across = float(x) - _CENTRE[0]
    anchor = "middle" if abs(across) < 1 else ("start" if across > 0 else "end")
    lines = [*_wrapped(axis.label), value_words(axis.share, language)]
    down = float(y) - _CENTRE[1]
    # Words above the centre grow upwards, below it downwards, beside it both ways.
    first = float(y) + 5 - (len(lines) - 1) * 15 * (0.5 - down / (2 * _RADIUS * 1.12))
    spans = Markup("").join(
        Markup('<tspan x="{}" y="{}"{}>{}</tspan>').format(
            x,
            _places(first + 15 * number),
            Markup(' class="chart-value"') if number == len(lines) - 1 else "",
            line,
        )
        for number, line in enumerate(lines)
    )
    return Markup('<text class="chart-axis" text-anchor="{}">{}</text>').format(anchor, spans)


def _wrapped(label: str, width: int = 13) -> list[str]:
    lines: list[str] = []
    for word in label.split():
        if lines and len(lines[-1]) + 1 + len(word) <= width:
            lines[-1] += f" {word}"
        else:
            lines.append(word)
    return lines
