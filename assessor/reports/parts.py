"""Which parts do all pages of the report share: guarded pieces, fact lists, tables?

`guarded` is why one bad entry never costs the report: a piece that cannot be made or laid out is
replaced by a sentence, and the log says which.
"""

import logging
from collections.abc import Callable, Iterable, Sequence
from typing import Any

from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Flowable, HRFlowable, KeepTogether, Spacer, Table

from assessor.reports.reading import Sheet
from assessor.reports.typefaces import PLAIN
from assessor.reports.typography import CONTENT, FAINT, LINE, paragraph
from assessor.reports.words import plain

log = logging.getLogger("assessor.reports")

TALLEST = 200 * mm  # what surely fits on a page
_BELOW = 10**7

Story = list[Flowable]
Style = list[tuple[Any, ...]]


def guarded(sheet: Sheet, name: str, make: Callable[..., Iterable[Flowable]], *given: Any) -> Story:
    """The pieces of one entry, or the sentence that they cannot be printed."""
    try:
        pieces = list(make(*given))
        scratch = _scratch()
        for piece in pieces:
            _lay_out(piece, scratch)
    except Exception:
        log.exception("report %s: %s cannot be printed", sheet.code, name)
        return [
            paragraph([], "body"),
            paragraph(f"{name} {sheet.say('unprintable')}", "unprintable"),
        ]
    return pieces


def _scratch() -> Canvas:
    """Somewhere to lay pieces out without printing them; never with a font that is not ours."""
    return Canvas("", initialFontName=PLAIN)  # type: ignore[arg-type]  # the stubs expect a size


class TooTall(Exception):
    """A row of a table is higher than a page and could never be placed."""


def _lay_out(piece: Flowable, scratch: Canvas) -> None:
    piece.wrapOn(scratch, CONTENT, _BELOW)
    if isinstance(piece, KeepTogether):
        for inner in piece._content:  # type: ignore[attr-defined]
            _lay_out(inner, scratch)
    elif isinstance(piece, Table) and max(piece._rowHeights) > TALLEST:  # type: ignore[attr-defined]
        raise TooTall


def together(pieces: Story) -> Story:
    """Keep a short piece on one page; a long one breaks where it must."""
    scratch = _scratch()
    height = sum(piece.wrapOn(scratch, CONTENT, _BELOW)[1] for piece in pieces)
    return [KeepTogether(pieces)] if height < TALLEST / 3 else pieces


def rule(
    *, before: float = 4, after: float = 4, thickness: float = 0.5, colour: Any = LINE
) -> Flowable:
    """A thin line across the page."""
    return HRFlowable(
        width="100%", thickness=thickness, color=colour, spaceBefore=before, spaceAfter=after
    )


def gap(height: float) -> Flowable:
    """Nothing, this high."""
    return Spacer(1, height)


def facts(rows: Sequence[tuple[str, str]], *, label_width: float = 42 * mm) -> Story:
    """Terms and values. Each row stands for itself, so that a long value may break."""
    return [
        table(
            [[paragraph(term, "cell_quiet"), paragraph(plain(value, longest=1_200), "cell")]],
            [label_width, CONTENT - label_width],
            [("BOTTOMPADDING", (0, 0), (-1, -1), 2), ("LINEBELOW", (0, 0), (-1, -1), 0.3, LINE)],
        )
        for term, value in rows
    ]


def table(
    rows: list[list[Any]], widths: Sequence[float], style: Style | None = None, *, head: int = 0
) -> Table:
    """A quiet table; `head` rows are repeated on each page. No font but ours."""
    marks: Style = [
        ("FONTNAME", (0, 0), (-1, -1), PLAIN),
        ("VALIGN", (0, 0), (-1, -1), "TOP"),
        ("LEFTPADDING", (0, 0), (-1, -1), 0),
        ("RIGHTPADDING", (0, 0), (-1, -1), 6),
        ("TOPPADDING", (0, 0), (-1, -1), 3),
        ("BOTTOMPADDING", (0, 0), (-1, -1), 3),
    ]
    if head:
        marks += [
            ("LINEBELOW", (0, head - 1), (-1, head - 1), 0.8, LINE),
            ("LINEBELOW", (0, head), (-1, -1), 0.3, LINE),
            ("BACKGROUND", (0, 0), (-1, head - 1), FAINT),
            ("LEFTPADDING", (0, 0), (-1, -1), 4),
        ]
    return Table(rows, colWidths=list(widths), style=marks + (style or []), repeatRows=head)


class Chapter(Flowable):
    """A place that the reader's outline leads to."""

    def __init__(self, title: str, key: str, level: int = 0) -> None:
        super().__init__()
        self.title, self.key, self.level = plain(title, longest=200), key, level
        self.width = self.height = 0

    def draw(self) -> None:
        """Mark the place; nothing is seen."""
        self.canv.bookmarkHorizontal(self.key, 0, 16)
        self.canv.addOutlineEntry(self.title, self.key, self.level, closed=self.level > 0)
