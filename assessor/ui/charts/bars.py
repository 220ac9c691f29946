"""How are shares compared side by side?

Widths are percentages: the chart fits the phone while its letters keep their size.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from markupsafe import Markup

from assessor.ui.charts.drawing import (
    WORDS,
    length,
    named,
    title_and_description,
    value_words,
    words_at,
    wrapped,
)
from assessor.ui.formats import percent
from assessor.ui.parts import Table

_LINE = 19  # one line of words
_BAR = 16
_GAP = 22  # between the bar and what follows
_LETTERS = 30  # what fits beside the value on the narrowest phone
_LEGEND = 26
_MARKS = ("M0-6a6 6 0 1 0 0 12a6 6 0 1 0 0-12z", "M0-7L7 0L0 7L-7 0z", "M0-7L7 6H-7z")


@dataclass(frozen=True)
class Comparison:
    """An earlier or other value of the same bar: `Mandiri`, `Nasional`."""

    label: str
    share: Fraction | None


@dataclass(frozen=True)
class Bar:
    """One share from 0 to 1; `None` means that nothing could be judged yet."""

    label: str
    share: Fraction | None
    threshold: Fraction | None = None
    comparisons: tuple[Comparison, ...] = ()

    @property
    def is_low(self) -> bool:
        return self.share is not None and self.threshold is not None and self.share < self.threshold

    @property
    def lines(self) -> list[str]:
        return wrapped(self.label, _LETTERS)

    @property
    def height(self) -> int:
        return (len(self.lines) + self.is_low) * _LINE + _BAR + _GAP


def bars(series: Sequence[Bar], *, title: str, language: str) -> Markup:
    """Horizontal bars with their values; a bar below its threshold is hollow and says so."""
    rows, top = [], 0
    for bar in series:
        rows.append(_row(bar, top, language))
        top += bar.height
    legend = _legend(series, top, language)
    described = "; ".join(_sentence(bar, language) for bar in series)
    return Markup('<svg class="chart chart-bars" width="100%" height="{}" {}>{}{}{}</svg>').format(
        top + (_LEGEND if legend else 0),
        named(title, described),
        title_and_description(title, described),
        Markup("").join(rows),
        legend,
    )


def bars_table(series: Sequence[Bar], language: str) -> Table:
    """The numbers of `bars`, for the table under the figure."""
    words = WORDS[language]
    others = _comparison_labels(series)
    has_threshold = _has_threshold(series)
    columns: tuple[str, ...] = (words["row"], words["share"])
    columns += (words["threshold"],) if has_threshold else ()
    rows: list[tuple[str, ...]] = []
    for bar in series:
        row: tuple[str, ...] = (bar.label, percent(bar.share, language))
        row += (percent(bar.threshold, language),) if has_threshold else ()
        known = {each.label: each.share for each in bar.comparisons}
        rows.append(row + tuple(percent(known.get(label), language) for label in others))
    return Table(columns + others, tuple(rows))


def _row(bar: Bar, top: int, language: str) -> Markup:
    value = value_words(bar.share, language)
    parts = [words_at("0", top + 14 + _LINE * at, line) for at, line in enumerate(bar.lines)]
    parts.append(words_at("100%", top + 14, value, "chart-value"))
    bar_top = top + len(bar.lines) * _LINE + 4
    parts.append(_shape(bar, bar_top))
    if bar.threshold is not None:
        parts.append(_threshold(length(bar.threshold), bar_top))
    parts += [
        _mark(index, length(each.share), bar_top + _BAR // 2)
        for index, each in enumerate(bar.comparisons)
        if each.share is not None
    ]
    if bar.is_low:
        words = f"{WORDS[language]['below']} {percent(bar.threshold, language)}"
        parts.append(words_at("0", bar_top + _BAR + 18, words, "chart-low"))
    return Markup("").join(parts)


def _shape(bar: Bar, top: int) -> Markup:
    shape = _rectangle("chart-none" if bar.share is None else "chart-track", top, "100%")
    if bar.share:
        shape += _rectangle("chart-bar-low" if bar.is_low else "chart-bar", top, length(bar.share))
    return shape


def _rectangle(kind: str, top: int, width: str) -> Markup:
    return Markup('<rect class="{}" x="0" y="{}" width="{}" height="{}" rx="3"/>').format(
        kind, top, width, _BAR
    )


def _threshold(x: str, top: int) -> Markup:
    line = Markup('<line class="{}" x1="{}" x2="{}" y1="{}" y2="{}"/>')
    return line.format("chart-case", x, x, top + 1, top + _BAR - 1) + line.format(
        "chart-threshold", x, x, top - 4, top + _BAR + 4
    )


def _legend(series: Sequence[Bar], top: int, language: str) -> Markup:
    labels = _comparison_labels(series)
    slots = len(labels) + _has_threshold(series)
    middle = top + _LEGEND // 2
    parts = []
    for index, label in enumerate(labels):
        x = length(Fraction(index, slots))
        parts.append(_mark(index, x, middle, shift=8))
        parts.append(_legend_words(x, middle, label))
    if slots > len(labels):
        x = length(Fraction(len(labels), slots))
        parts.append(_placed(x, middle, Markup('<path class="chart-threshold" d="M8-9V9"/>')))
        parts.append(_legend_words(x, middle, WORDS[language]["threshold"]))
    return Markup("").join(parts)


def _legend_words(x: str, y: int, label: str) -> Markup:
    return _placed(x, y, Markup('<text class="chart-quiet" x="22" y="5">{}</text>').format(label))


def _mark(index: int, x: str, y: int, *, shift: int = 0) -> Markup:
    shape = Markup('<path class="chart-mark" transform="translate({} 0)" d="{}"/>')
    return _placed(x, y, shape.format(shift, _MARKS[index % len(_MARKS)]))


def _placed(x: str, y: int, inner: Markup) -> Markup:
    """A drawing in pixels at a place given in per cent."""
    return Markup('<svg x="{}" y="{}" overflow="visible">{}</svg>').format(x, y, inner)


def _has_threshold(series: Sequence[Bar]) -> bool:
    return any(bar.threshold is not None for bar in series)


def _comparison_labels(series: Sequence[Bar]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(each.label for bar in series for each in bar.comparisons))


def _sentence(bar: Bar, language: str) -> str:
    words = [f"{bar.label} {value_words(bar.share, language)}"]
    words += [f"{each.label} {value_words(each.share, language)}" for each in bar.comparisons]
    if bar.is_low:
        words.append(WORDS[language]["below"])
    return ", ".join(words)
