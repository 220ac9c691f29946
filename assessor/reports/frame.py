"""What surrounds every page of a paper: head, foot, labels, code, page x of y?

Reports and minutes are drawn into the same frame. One paper is made at a time in a process: that
bounds memory, and ReportLab's registries are shared.
"""

from collections.abc import Callable
from dataclasses import dataclass
from io import BytesIO
from threading import Lock
from typing import Any

from reportlab.lib.pagesizes import A4
from reportlab.lib.units import mm
from reportlab.platypus import BaseDocTemplate, Frame, PageTemplate

from assessor.reports import typefaces
from assessor.reports.drawings import draw_qr, fit
from assessor.reports.parts import Story
from assessor.reports.reading import Sheet
from assessor.reports.typefaces import BOLD, PLAIN
from assessor.reports.typography import (
    AMBER,
    BOTTOM,
    INK,
    LEFT,
    LINE,
    QUIET,
    RIGHT,
    TOP,
)
from assessor.reports.words import plain

_WIDTH, _HEIGHT = A4
_LAST_PAGE = "last-page"
_QR_FORM = "qr"
_QR_SIDE = 17 * mm
one_at_a_time = Lock()


@dataclass(frozen=True)
class Called:
    """The phrases by which a kind of paper is called."""

    title: str
    subject: str
    check: str


def made_of(sheet: Sheet, called: Called, tell: Callable[[Sheet], Story]) -> bytes:
    """The paper that tells a story, as PDF."""
    with one_at_a_time:
        typefaces.load()
        target = BytesIO()
        _Paper(sheet, called, target).build(tell(sheet))
        return target.getvalue()


class _Paper(BaseDocTemplate):
    """A4 with the running head and foot; the number of pages is filled in at the end."""

    def __init__(self, sheet: Sheet, called: Called, target: BytesIO) -> None:
        self.sheet, self.called = sheet, called
        assessment, auditee = sheet.content["assessment"], sheet.content["auditee"]
        title = f"{sheet.say(called.title)} {assessment['reference']}: {auditee['name']}"
        super().__init__(
            target,
            pagesize=A4,
            invariant=1,
            initialFontName=PLAIN,
            lang="id-ID" if sheet.language == "id" else "en-GB",
            title=plain(title),
            author=plain(auditee["responsible_office"]["name"]),
            subject=plain(
                sheet.say(
                    called.subject, standard=sheet.choose(sheet.content["instrument"]["title"])
                )
            ),
            creator=f"Asesor 8807 {sheet.version}",
            keywords=[sheet.code, plain(assessment["reference"])],
            displayDocTitle=True,
        )
        frame = Frame(
            LEFT, BOTTOM, _WIDTH - LEFT - RIGHT, _HEIGHT - TOP - BOTTOM, 0, 0, 0, 0, id="page"
        )
        self.addPageTemplates([PageTemplate("page", [frame], onPage=_furniture)])

    def beforeDocument(self) -> None:  # ReportLab's own name  # noqa: N802
        """The QR code once; each page shows it."""
        self.canv.beginForm(_QR_FORM, 0, 0, _QR_SIDE, _QR_SIDE)
        draw_qr(self.canv, self.sheet.check_url, 0, 0, _QR_SIDE)
        self.canv.endForm()

    def _endBuild(self) -> None:  # ReportLab's own name  # noqa: N802
        """Now the number of pages is known: draw it where every page refers to."""
        self.canv.beginForm(_LAST_PAGE, 0, -4, 30 * mm, 12)
        _set(self.canv, PLAIN, 7.4, QUIET)
        self.canv.drawString(0, 0, str(self.page))
        self.canv.endForm()
        super()._endBuild()  # type: ignore[misc]  # missing in the stubs


def _set(canvas: Any, font: str, size: float, colour: Any) -> None:
    canvas.setFont(font, size)
    canvas.setFillColor(colour)


def _furniture(canvas: Any, document: _Paper) -> None:
    """The head and the foot of every page."""
    canvas.saveState()
    _head(canvas, document.sheet, document.called)
    _foot(canvas, document.sheet, document.called)
    canvas.restoreState()


def _head(canvas: Any, sheet: Sheet, called: Called) -> None:
    y = _HEIGHT - 13 * mm
    right = _WIDTH - RIGHT
    page = sheet.say("page", page=canvas.getPageNumber())
    said = f"{sheet.say('code', code=sheet.code)}  ·  {page} "
    # room for three digits after it; the form stands where the words end
    end = right - typefaces.width("000", PLAIN, 7.4)
    _set(canvas, PLAIN, 7.4, QUIET)
    canvas.drawRightString(end, y, said)
    canvas.saveState()
    canvas.translate(end, y)
    canvas.doForm(_LAST_PAGE)
    canvas.restoreState()
    room = end - LEFT - typefaces.width(said, PLAIN, 7.4) - 14
    title = f"{sheet.say(called.title)} {sheet.content['assessment']['reference']}"
    name = f"{title}  ·  {sheet.content['auditee']['name']}"
    canvas.drawString(LEFT, y, fit(name, PLAIN, 7.4, room))
    _line(canvas, y - 5)


def _foot(canvas: Any, sheet: Sheet, called: Called) -> None:
    top = 26 * mm
    _line(canvas, top)
    canvas.saveState()
    canvas.translate(_WIDTH - RIGHT - _QR_SIDE + 1.8 * mm, top - 1 * mm - _QR_SIDE)
    canvas.doForm(_QR_FORM)
    canvas.restoreState()
    edge = _WIDTH - RIGHT - _QR_SIDE - 1 * mm
    _set(canvas, PLAIN, 6.8, QUIET)
    canvas.drawRightString(edge, top - 13, sheet.say(called.check))
    canvas.drawRightString(edge, top - 22, fit(sheet.check_url, PLAIN, 6.8, 82 * mm))
    _set(canvas, BOLD, 8, INK)
    canvas.drawRightString(edge, top - 33, sheet.code)
    for row, label in enumerate(sheet.labels):
        _set(canvas, BOLD, 7.6, AMBER)
        canvas.drawString(LEFT, top - 13 - 11 * row, fit(label, BOLD, 7.6, 66 * mm))


def _line(canvas: Any, y: float) -> None:
    canvas.setStrokeColor(LINE)
    canvas.setLineWidth(0.5)
    canvas.line(LEFT, y, _WIDTH - RIGHT, y)
