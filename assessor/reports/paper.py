"""How does a sealed content become a PDF? Always the same bytes from the same content.

Pure: the content, the facts of its sealing and the small pictures go in, bytes come out. Nothing
here asks a clock, a database or a network. One report is made at a time in a process: that bounds
memory, and ReportLab's registries are shared.
"""

from collections.abc import Callable, Mapping
from io import BytesIO
from threading import Lock
from typing import Any

from reportlab.lib.pagesizes import A4
from reportlab.lib.units import mm
from reportlab.platypus import BaseDocTemplate, Frame, PageTemplate

from assessor.reports import typefaces
from assessor.reports.after_pages import evidence_pages, finding_pages, people_pages
from assessor.reports.cover import cover
from assessor.reports.drawings import draw_qr, fit
from assessor.reports.integrity import integrity_page
from assessor.reports.item_pages import item_pages
from assessor.reports.parts import guarded
from assessor.reports.reading import CheckpointFacts, Sheet
from assessor.reports.sample_pages import sample_pages
from assessor.reports.summary import summary
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

__all__ = ["CheckpointFacts", "one_at_a_time", "render"]

_WIDTH, _HEIGHT = A4
_LAST_PAGE = "last-page"
_QR_FORM = "qr"
_QR_SIDE = 17 * mm
one_at_a_time = Lock()


def render(
    content: Mapping[str, Any],
    *,
    root: str,
    checkpoint: CheckpointFacts,
    code: str,
    check_url: str,
    language: str,
    thumbs: Callable[[str], bytes | None],
    version: str,
) -> bytes:
    """The report as PDF. `thumbs` gives a small picture for its digest, or nothing: of evidence,
    and the logo of the office."""
    sheet = Sheet(
        content=content,
        root=root,
        checkpoint=checkpoint,
        code=code,
        check_url=check_url,
        language=language,
        thumbs=thumbs,
        version=version,
    )
    with one_at_a_time:
        typefaces.load()
        return _made(sheet)


def _made(sheet: Sheet) -> bytes:
    story = [
        *guarded(sheet, "cover", cover, sheet),
        *guarded(sheet, "summary", summary, sheet),
        *item_pages(sheet),
        *sample_pages(sheet),
        *finding_pages(sheet),
        *evidence_pages(sheet),
        *guarded(sheet, "people", people_pages, sheet),
        *guarded(sheet, "integrity", integrity_page, sheet),
    ]
    target = BytesIO()
    document = _Report(sheet, target)
    document.build(story)
    return target.getvalue()


class _Report(BaseDocTemplate):
    """A4 with the running head and foot; the number of pages is filled in at the end."""

    def __init__(self, sheet: Sheet, target: BytesIO) -> None:
        self.sheet = sheet
        assessment, auditee = sheet.content["assessment"], sheet.content["auditee"]
        title = f"{sheet.say('report')} {assessment['reference']}: {auditee['name']}"
        super().__init__(
            target,
            pagesize=A4,
            invariant=1,
            initialFontName=PLAIN,
            lang="id-ID" if sheet.language == "id" else "en-GB",
            title=plain(title),
            author=plain(auditee["responsible_office"]["name"]),
            subject=plain(
                sheet.say("subject", standard=sheet.choose(sheet.content["instrument"]["title"]))
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


def _furniture(canvas: Any, document: _Report) -> None:
    """The head and the foot of every page."""
    canvas.saveState()
    _head(canvas, document.sheet)
    _foot(canvas, document.sheet)
    canvas.restoreState()


def _head(canvas: Any, sheet: Sheet) -> None:
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
    title = f"{sheet.say('report')} {sheet.content['assessment']['reference']}"
    name = f"{title}  ·  {sheet.content['auditee']['name']}"
    canvas.drawString(LEFT, y, fit(name, PLAIN, 7.4, room))
    _line(canvas, y - 5)


def _foot(canvas: Any, sheet: Sheet) -> None:
    top = 26 * mm
    _line(canvas, top)
    canvas.saveState()
    canvas.translate(_WIDTH - RIGHT - _QR_SIDE + 1.8 * mm, top - 1 * mm - _QR_SIDE)
    canvas.doForm(_QR_FORM)
    canvas.restoreState()
    edge = _WIDTH - RIGHT - _QR_SIDE - 1 * mm
    _set(canvas, PLAIN, 6.8, QUIET)
    canvas.drawRightString(edge, top - 13, sheet.say("check_here"))
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
