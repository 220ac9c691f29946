"""How are shares compared side by side?

Widths are percentages: the chart fits the phone while its letters keep their size.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from markupsafe import Markup

from assessor.ui.charts.drawing import WORDS, length, named, title_and_description, value_words
from assessor.ui.formats import percent
from assessor.ui.parts import Table

_ROW = 60  # one bar with its words
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


def bars(series: Sequence[Bar], *, title: str, language: str) -> Markup:
    """Horizontal bars with their values; a bar below its threshold is hollow and says so."""
    rows = Markup("").join(
        _bar_row(bar, top=index * _ROW, language=language) for index, bar in enumerate(series)
    )
    legend = _legend(series, top=len(series) * _ROW, language=language)
    height = len(series) * _ROW + (_LEGEND if legend else 0)
    described = "; ".join(_bar_sentence(bar, language) for bar in series)
    return Markup('<svg class="chart chart-bars" width="100%" height="{}" {}>{}{}{}</svg>').format(
        height, named(title, described), title_and_description(title, described), rows, legend
    )


def bars_table(series: Sequence[Bar], language: str) -> Table:
    """The numbers of `bars`, for the table under the figure."""
    words = WORDS[language]
    others = _comparison_labels(series)
    has_threshold = any(bar.threshold is not None for bar in series)
    columns: tuple[str, ...] = (words["row"], words["share"])
    columns += (words["threshold"],) if has_threshold else ()
    rows: list[tuple[str, ...]] = []
    for bar in series:
        row: tuple[str, ...] = (bar.label, percent(bar.share, language))
        row += (percent(bar.threshold, language),) if has_threshold else ()
        known = {each.label: each.share for each in bar.comparisons}
        rows.append(row + tuple(percent(known.get(label), language) for label in others))
    return Table(columns + others, tuple(rows))


def _bar_row(bar: Bar, *, top: int, language: str) -> Markup:
    words = value_words(bar.share, language)
    if bar.is_low:
        words = f"{words} · {WORDS[language]['below']}"
    parts = [
        Markup('<text class="chart-text" x="0" y="{}">{}</text>').format(top + 16, bar.label),
        Markup(
            '<text class="chart-text chart-value" x="100%" y="{}" text-anchor="end">{}</text>'
        ).format(top + 16, words),
        _bar_shape(bar, top + 26),
    ]
    if bar.threshold is not None:
        parts.append(
            Markup('<line class="chart-threshold" x1="{0}" x2="{0}" y1="{1}" y2="{2}"/>').format(
                length(bar.threshold), top + 21, top + 47
            )
        )
    parts += [
        _mark(index, length(each.share), top + 34)
        for index, each in enumerate(bar.comparisons)
        if each.share is not None
    ]
    return Markup("").join(parts)


def _bar_shape(bar: Bar, top: int) -> Markup:
    track = "chart-none" if bar.share is None else "chart-track"
    shape = Markup('<rect class="{}" x="0" y="{}" width="100%" height="16" rx="3"/>').format(
        track, top
    )
    if bar.share:
        kind = "chart-bar-low" if bar.is_low else "chart-bar"
        shape += Markup('<rect class="{}" x="0" y="{}" width="{}" height="16" rx="3"/>').format(
            kind, top, length(bar.share)
        )
    return shape


def _legend(series: Sequence[Bar], *, top: int, language: str) -> Markup:
    entries = list(enumerate(_comparison_labels(series)))
    has_threshold = any(bar.threshold is not None for bar in series)
    slots = len(entries) + has_threshold
    parts = []
    for index, label in entries:
        x = length(Fraction(index, slots))
        parts.append(_mark(index, x, top + 13, shift=8))
        parts.append(_legend_words(x, top, label))
    if has_threshold:
        x = length(Fraction(len(entries), slots))
        parts.append(
            Markup(
                '<svg x="{}" y="{}" overflow="visible"><path class="chart-threshold" '
                'd="M8-8V8"/></svg>'
            ).format(x, top + 13)
        )
        parts.append(_legend_words(x, top, WORDS[language]["threshold"]))
    return Markup("").join(parts)


def _legend_words(x: str, top: int, label: str) -> Markup:
    return Markup(
        '<svg x="{}" y="{}" overflow="visible">'
        '<text class="chart-quiet" x="20" y="5">{}</text></svg>'
    ).format(x, top + 13, label)


def _mark(index: int, x: str, y: int, *, shift: int = 0) -> Markup:
    return Markup(
        '<svg x="{}" y="{}" overflow="visible"><path class="chart-mark" '
        'transform="translate({} 0)" d="{}"/></svg>'
    ).format(x, y, shift, _MARKS[index % len(_MARKS)])


def _comparison_labels(series: Sequence[Bar]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(each.label for bar in series for each in bar.comparisons))


def _bar_sentence(bar: Bar, language: str) -> str:
    words = [f"{bar.label} {value_words(bar.share, language)}"]
    words += [f"{each.label} {value_words(each.share, language)}" for each in bar.comparisons]
    if bar.is_low:
        words.append(WORDS[language]["below"])
    return ", ".join(words)
