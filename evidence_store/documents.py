"""Is this PDF whole and quiet, and how do its pages look?

Runs in the confined child only (and in tests). A PDF can hide what it does behind compression,
indirection and odd spellings of names. PDFium reads the document and writes it down again in one
plain form; what can act is then looked for there, so that nothing depends on how it was spelled.
"""

import io
import re
from collections.abc import Iterator

import pypdfium2
import pypdfium2.raw
from PIL import Image

from evidence_store.recognition import is_also_zip, smuggled_in
from evidence_store.verdict import Limits, Reason, Refused, Verdict

_END = b"%%EOF"
_SPACE = b"\0\t\n\f\r "
# Some scanners and mail gateways add a few bytes; more than this is another matter.
_TOLERATED = 2048
# A cut inside a later revision leaves the end mark of the earlier one, then its first objects.
_REVISION = re.compile(rb"\d|x|%|<<|trailer|startxref")

_VIEWED = 20
_PIXELS_PER_POINT = 110 / 72

# PDFium writes streams after `>>stream` and a line break, and no bare line break or parenthesis
# inside a string; so these two patterns take out exactly what is content and not structure.
_CONTENT = re.compile(rb">>stream\r\n.*?\r\nendstream|\((?:\\.|[^\\()])*\)", re.DOTALL)
_NAME_ENDS = rb"(?![^\0\s/<>\[\](){}%])"
_ACTIVE = re.compile(
    rb"/(?:JavaScript|JS|Launch|ImportData|SubmitForm|GoToE|RichMedia|Rendition"
    rb"|EmbeddedFiles?|FileAttachment|XFA)" + _NAME_ENDS
)
_OPENING = re.compile(rb"/OpenAction(?:(?P<direct><<)| (?P<object>\d+) \d+ R)")
_LEADS_AWAY = re.compile(rb"/S(?:/(?:URI|GoToR)" + _NAME_ENDS + rb"| \d+ \d+ R)")


def examine(data: bytes, limits: Limits) -> Verdict:
    """Look at the end of the file, open it, look for what can act, then read the first pages."""
    notes = _beyond(data)
    document = _open(data)
    pages = len(document)
    if pages > limits.max_pages:
        raise Refused(Reason.TOO_MANY_PAGES)
    if pypdfium2.raw.FPDF_GetSecurityHandlerRevision(document) != -1:
        notes.append("restricted_pdf")
    if _acts(_structure(document)):
        raise Refused(Reason.ACTIVE_PDF)
    for page in _pages(document, _VIEWED):
        page.close()
    return Verdict(
        accepted=True,
        media_type="application/pdf",
        reason=None,
        pages=pages,
        notes=tuple(notes),
    )


def _beyond(data: bytes) -> list[str]:
    if is_also_zip(data):
        raise Refused(Reason.TRAILING_DATA, "holds_zip")
    end = data.rfind(_END)
    if end < 0:
        raise Refused(Reason.DAMAGED)
    tail = data[end + len(_END) :].strip(_SPACE)
    if kind := smuggled_in(tail):
        raise Refused(Reason.TRAILING_DATA, f"holds_{kind}")
    if _REVISION.match(tail):
        raise Refused(Reason.DAMAGED)
    if len(tail) > _TOLERATED:
        raise Refused(Reason.TRAILING_DATA)
    return ["trailing_bytes"] if tail else []


def _open(data: bytes) -> pypdfium2.PdfDocument:
    try:
        return pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        if error.err_code == pypdfium2.raw.FPDF_ERR_PASSWORD:
            raise Refused(Reason.ENCRYPTED_PDF) from None
        raise Refused(Reason.DAMAGED) from None


def _structure(document: pypdfium2.PdfDocument) -> bytes:
    """The document in PDFium's plain spelling, without the contents of streams and strings."""
    written = io.BytesIO()
    document.save(written)
    return _CONTENT.sub(b" ", written.getvalue())


def _acts(structure: bytes) -> bool:
    """Whether something runs, sends, embeds, or leads away as soon as the file is opened.

    Going to a page on opening is what every office program writes, and a link that a person
    may follow is no action.
    """
    if _ACTIVE.search(structure):
        return True
    for opening in _OPENING.finditer(structure):
        start = opening.start()
        if opening["object"]:
            start = structure.find(b"\n%b 0 obj\r\n" % opening["object"])
        if _LEADS_AWAY.search(structure, start, structure.find(b"endobj", start)):
            return True
    return False


def _pages(document: pypdfium2.PdfDocument, most: int) -> Iterator[pypdfium2.PdfPage]:
    try:
        for number in range(min(len(document), most)):
            yield document[number]
    except pypdfium2.PdfiumError:
        raise Refused(Reason.DAMAGED) from None


def views(data: bytes, *, max_side: int, max_pages: int) -> tuple[int, Iterator[Image.Image]]:
    """The number of pages, and the first of them drawn one after the other."""
    document = _open(data)
    document.init_forms()
    drawn = (_draw(page, max_side) for page in _pages(document, max_pages))
    return len(document), drawn


def _draw(page: pypdfium2.PdfPage, max_side: int) -> Image.Image:
    longest = max(*page.get_size(), 1.0)
    bitmap = page.render(scale=min(_PIXELS_PER_POINT, max_side / longest))
    picture: Image.Image = bitmap.to_pil().convert("RGB")
    bitmap.close()
    page.close()
    return picture
