"""How is a figure taken and shown?"""

import statistics
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Times:
    """Durations of repeated runs, in milliseconds."""

    runs: tuple[float, ...]

    @property
    def p50(self) -> float:
        return statistics.median(self.runs)

    @property
    def p95(self) -> float:
        return statistics.quantiles(self.runs, n=20)[-1] if len(self.runs) > 1 else self.runs[0]


@dataclass(frozen=True)
class Line:
    """One row of the table: what, the figure, the yardstick, and what the figure is to it."""

    what: str
    figure: str
    yardstick: str = ""
    ratio: str = ""
    aim: str = ""


def timed(work: Callable[[], object], *, runs: int, warm: int = 1) -> Times:
    """Run something several times after a warm-up."""
    for _ in range(warm):
        work()
    found = []
    for _ in range(runs):
        start = time.perf_counter()
        work()
        found.append((time.perf_counter() - start) * 1000)
    return Times(tuple(found))


def ms(value: float) -> str:
    return f"{value:.2f} ms" if value < 10 else f"{value:.0f} ms"


def compared(what: str, figure: Times, yardstick: Times, *, aim: str = "") -> Line:
    """p50 / p95 beside those of the yardstick."""
    return Line(
        what,
        f"{ms(figure.p50)} / {ms(figure.p95)}",
        f"{ms(yardstick.p50)} / {ms(yardstick.p95)}",
        f"{figure.p50 / yardstick.p50:.1f} / {figure.p95 / yardstick.p95:.1f}",
        aim,
    )


def table(lines: Sequence[Line]) -> str:
    """The lines as text in columns."""
    head = Line("figure", "value", "yardstick", "ratio", "aim")
    rows = [
        (each.what, each.figure, each.yardstick, each.ratio, each.aim) for each in (head, *lines)
    ]
    widths = [max(len(row[column]) for row in rows) for column in range(5)]
    text = [
        "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip()
        for row in rows
    ]
    return "\n".join([text[0], "-" * len(text[0]), *text[1:]])
