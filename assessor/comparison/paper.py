"""How does a comparison become a PDF? Always the same bytes from the same comparison.

In the voice of the reports: their letters, colours and tables. It states what it was made from;
nothing here asks a clock, a database or a network.
"""

from collections.abc import Iterator, Sequence
from fractions import Fraction
from io import BytesIO
from typing import Any

from flask_babel import gettext as _
from reportlab.lib.pagesizes import A4
from reportlab.lib.units import mm
from reportlab.platypus import BaseDocTemplate, Flowable, Frame, PageTemplate

from assessor.comparison.page import Compared, FigureRow, ItemRow
from assessor.reports import typefaces
from assessor.reports.drawings import fit
from assessor.reports.frame import one_at_a_time
from assessor.reports.letterhead import letterhead
from assessor.reports.parts import Chapter, Story, facts, gap, table, together
from assessor.reports.reading import groups
from assessor.reports.typefaces import BOLD, PLAIN
from assessor.reports.typography import (
    AMBER,
    BOTTOM,
    CONTENT,
    FAINT,
    INK,
    LEFT,
    LINE,
    PRIMARY,
    QUIET,
    RIGHT,
    TOP,
    paragraph,
)
from assessor.reports.words import plain

_WIDTH, _HEIGHT = A4
_LAST_PAGE = "last-page"
_CHANGE = 20 * mm


def render(compared: Compared, *, logo: bytes | None, language: str, version: str) -> bytes:
    """The comparison as PDF. `logo` is the one whose digest it names."""
    with one_at_a_time:
        typefaces.load()
        target = BytesIO()
        _Paper(compared, target, language=language, version=version).build(_story(compared, logo))
        return target.getvalue()


def _story(compared: Compared, logo: bytes | None) -> Story:
    return [
        *letterhead(compared.letterhead or (compared.office,), logo),
        Chapter(compared.title, "comparison"),
        gap(6 * mm),
        paragraph(compared.title.upper(), "kicker"),
        paragraph(plain(compared.auditee, longest=220), "title_long"),
        paragraph(plain(f"{compared.basis} {compared.span}", longest=600), "body"),
        *(paragraph(plain(each, longest=600), "quiet") for each in compared.sources),
        *_heads(compared),
        *_figures(compared),
        *_items(compared),
        *_gaps(compared),
        *_origin(compared),
    ]


def _heads(compared: Compared) -> Story:
    """Each assessment with its figures as they stand on its own report."""
    labels = (_("Penilaian"), _("Dikunci"), _("Nilai menurut laporannya"), _("Hasil"))
    rows: list[list[Any]] = [[paragraph(label, "cell_head") for label in labels]]
    for head in compared.heads:
        named = [
            paragraph(plain(head.label, longest=120), "cell_bold"),
            paragraph(plain(f"{head.reference}. {head.instrument}", longest=300), "digest"),
        ]
        if head.apart:
            named.append(paragraph(plain(head.apart, longest=400), "label_text"))
        rows.append(
            [
                named,
                paragraph(head.sealed, "cell"),
                paragraph(head.total, "cell"),
                paragraph(plain(head.outcome, longest=160), "cell"),
            ]
        )
    widths = [66 * mm, 24 * mm, 42 * mm, CONTENT - 132 * mm]
    return [paragraph(_("Yang dibandingkan"), "h2"), table(rows, widths, head=1)]


def _figures(compared: Compared) -> Story:
    if not compared.figures:
        return []
    drawn: Story = [GroupedBars(compared.columns, row) for row in compared.figures]
    head: Story = [paragraph(_("Nilai per aspek"), "h2")]
    rows: list[list[Any]] = [
        [paragraph(_("Aspek"), "cell_head")]
        + [paragraph(plain(name, longest=60), "number_head") for name in compared.columns]
        + [paragraph(_("Selisih"), "number_head")]
    ]
    for at, row in enumerate(compared.figures):
        style = "number" if at else "number_bold"
        rows.append(
            [paragraph(plain(row.title, longest=120), "cell" if at else "cell_bold")]
            + [paragraph(cell, style) for cell in row.cells]
            + [paragraph(row.change, style)]
        )
    return [
        *together([*head, *drawn[:1]]),
        *drawn[1:],
        gap(3 * mm),
        table(rows, _widths(compared.columns, 34 * mm), head=1),
    ]


def _widths(columns: Sequence[str], wanted: float) -> list[float]:
    """The first column takes what the sides and the difference leave, never too little."""
    each = min(wanted, (CONTENT - _CHANGE - 46 * mm) / len(columns))
    return [CONTENT - _CHANGE - each * len(columns), *[each] * len(columns), _CHANGE]


def _items(compared: Compared) -> Story:
    if not compared.figures:
        return []
    head: Story = [
        Chapter(_("Butir yang berubah"), "changed"),
        paragraph(_("Butir yang berubah"), "h2"),
    ]
    if not compared.changed:
        return [*head, paragraph(_("Tidak ada butir yang berubah."), "body"), *_same(compared)]
    return [
        *head,
        paragraph(_("Perubahan terbesar lebih dulu"), "quiet"),
        _item_table(compared, compared.changed),
        *_same(compared),
    ]


def _item_table(compared: Compared, items: Sequence[ItemRow]) -> Flowable:
    rows: list[list[Any]] = [
        [paragraph(_("Butir"), "cell_head")]
        + [paragraph(plain(name, longest=60), "number_head") for name in compared.columns]
        + [paragraph(_("Selisih"), "number_head")]
    ]
    rows += [
        [
            [
                paragraph(plain(row.item, longest=60), "cell_bold"),
                paragraph(plain(row.text, longest=400), "quiet"),
            ],
            *(paragraph(cell, "number") for cell in row.cells),
            paragraph(row.change, "number_bold"),
        ]
        for row in items
    ]
    return table(rows, _widths(compared.columns, 24 * mm), head=1)


def _same(compared: Compared) -> Story:
    """What did not change, by its choice: nobody reads a hundred lines of nothing."""
    if not compared.same:
        return []
    by_cells: dict[tuple[str, ...], list[str]] = {}
    for row in compared.same:
        by_cells.setdefault(row.cells, []).append(row.item)
    lines = [
        (
            _("Nilai %(choice)s", choice=", ".join(cells if len(set(cells)) > 1 else cells[:1])),
            ", ".join(items),
        )
        for cells, items in sorted(by_cells.items(), reverse=True)
    ]
    title = f"{_('Butir yang sama')} ({len(compared.same)})"
    return [paragraph(title, "h2"), *facts(lines)]


def _gaps(compared: Compared) -> Story:
    if not compared.gaps:
        return []
    lines = [
        (f"{group.why} ({len(group.items)})", ", ".join(item for item, _text in group.items))
        for group in compared.gaps
    ]
    return [
        Chapter(_("Tidak dapat dibandingkan"), "gaps"),
        paragraph(_("Tidak dapat dibandingkan"), "h2"),
        *facts(lines, label_width=70 * mm),
    ]


def _origin(compared: Compared) -> Story:
    """The roots of what was compared: whoever has the reports can hold this paper to them."""
    return [
        *together(
            [
                paragraph(_("Asal angka"), "h2"),
                paragraph(
                    _(
                        "Semua angka dibaca dari isi penilaian yang dikunci. Akar di bawah ini "
                        "tercetak juga pada laporan masing-masing. Perbandingan ini bukan laporan "
                        "dan bukan sertifikat."
                    ),
                    "quiet",
                ),
                gap(2 * mm),
                *facts([(head.reference, groups(head.root)) for head in compared.heads]),
            ]
        )
    ]


class GroupedBars(Flowable):
    """One aspect: a bar for each assessment under its name, the latest filled."""

    def __init__(self, columns: Sequence[str], row: FigureRow) -> None:
        super().__init__()
        self.columns, self.row = columns, row

    def wrap(self, aw: float, ah: float) -> tuple[float, float]:
        """As wide as the page; a line for each assessment."""
        del ah
        self.width, self.height = aw, 22.0 + 11 * len(self.columns)
        return self.width, self.height

    def draw(self) -> None:
        """The title above, the bars below."""
        canvas = self.canv
        canvas.setFont(BOLD, 8.8)
        canvas.setFillColor(INK)
        canvas.drawString(0, self.height - 11, fit(self.row.title, BOLD, 8.8, self.width - 70))
        canvas.drawRightString(self.width, self.height - 11, self.row.change)
        for at, (name, share, cell) in enumerate(self._lines()):
            self._bar(self.height - 25 - 11 * at, name, share, cell)

    def _lines(self) -> Iterator[tuple[str, Fraction | None, str]]:
        yield from zip(self.columns, self.row.shares, self.row.cells, strict=True)

    def _bar(self, y: float, name: str, share: Fraction | None, cell: str) -> None:
        canvas = self.canv
        left, room = 34 * mm, self.width - 34 * mm - 42 * mm
        canvas.setFont(PLAIN, 7.4)
        canvas.setFillColor(QUIET)
        canvas.drawString(0, y + 1.5, fit(name, PLAIN, 7.4, left - 6))
        canvas.drawRightString(self.width, y + 1.5, fit(cell, PLAIN, 7.4, 40 * mm))
        canvas.setStrokeColor(LINE)
        canvas.setFillColor(FAINT)
        canvas.setLineWidth(0.4)
        canvas.rect(left, y, room, 7, stroke=1, fill=1)
        if share:
            canvas.setStrokeColor(PRIMARY)
            canvas.setFillColor(PRIMARY)
            canvas.setLineWidth(0.8)
            newest = name == self.columns[-1]  # filled; the earlier ones are outlined
            canvas.rect(
                left, y, room * float(min(share, Fraction(1))), 7, stroke=1, fill=int(newest)
            )


class _Paper(BaseDocTemplate):
    """A4 with the running head and foot; the number of pages is filled in at the end."""

    def __init__(self, compared: Compared, target: BytesIO, *, language: str, version: str) -> None:
        self.compared, self.version = compared, version
        super().__init__(
            target,
            pagesize=A4,
            invariant=1,
            initialFontName=PLAIN,
            lang="id-ID" if language == "id" else "en-GB",
            title=plain(f"{compared.title}: {compared.auditee}"),
            author=plain(compared.office),
            subject=plain(", ".join(compared.columns)),
            creator=f"Asesor 8807 {version}",
            displayDocTitle=True,
        )
        frame = Frame(
            LEFT, BOTTOM, _WIDTH - LEFT - RIGHT, _HEIGHT - TOP - BOTTOM, 0, 0, 0, 0, id="page"
        )
        self.addPageTemplates([PageTemplate("page", [frame], onPage=_furniture)])

    def _endBuild(self) -> None:  # ReportLab's own name  # noqa: N802
        """Now the number of pages is known: draw it where every page refers to."""
        self.canv.beginForm(_LAST_PAGE, 0, -4, 30 * mm, 12)
        self.canv.setFont(PLAIN, 7.4)
        self.canv.setFillColor(QUIET)
        self.canv.drawString(0, 0, str(self.page))
        self.canv.endForm()
        super()._endBuild()  # type: ignore[misc]  # missing in the stubs


def _furniture(canvas: Any, document: _Paper) -> None:
    """The head and the foot of every page."""
    compared = document.compared
    canvas.saveState()
    y, right = _HEIGHT - 13 * mm, _WIDTH - RIGHT
    said = _("halaman %(page)s dari", page=canvas.getPageNumber()) + " "
    end = right - typefaces.width("000", PLAIN, 7.4)
    canvas.setFont(PLAIN, 7.4)
    canvas.setFillColor(QUIET)
    canvas.drawRightString(end, y, said)
    canvas.saveState()
    canvas.translate(end, y)
    canvas.doForm(_LAST_PAGE)
    canvas.restoreState()
    room = end - LEFT - typefaces.width(said, PLAIN, 7.4) - 14
    name = f"{compared.title} {compared.reference}  ·  {compared.auditee}"
    canvas.drawString(LEFT, y, fit(name, PLAIN, 7.4, room))
    _line(canvas, y - 5)
    top = 26 * mm
    _line(canvas, top)
    made = _("Dibuat dengan Asesor 8807 versi %(version)s", version=document.version)
    canvas.drawRightString(right, top - 13, made)
    canvas.setFont(BOLD, 7.6)
    canvas.setFillColor(AMBER)
    for row, label in enumerate(compared.labels):
        canvas.drawString(LEFT, top - 13 - 11 * row, fit(label, BOLD, 7.6, 100 * mm))
    canvas.restoreState()


def _line(canvas: Any, y: float) -> None:
    canvas.setStrokeColor(LINE)
    canvas.setLineWidth(0.5)
    canvas.line(LEFT, y, _WIDTH - RIGHT, y)
