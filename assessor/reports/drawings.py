"""How are bars, labels, pictures and the QR code drawn on paper?

Flowables that draw themselves with our own fonts. Nothing is drawn by colour alone: what is below
its threshold is hollow and says so.
"""

from dataclasses import dataclass
from fractions import Fraction
from functools import cache
from io import BytesIO
from typing import Any

import segno
from PIL import Image as Picture
from reportlab.lib.units import mm
from reportlab.lib.utils import ImageReader
from reportlab.platypus import Flowable

from assessor.reports import typefaces
from assessor.reports.typefaces import BOLD, PLAIN
from assessor.reports.typography import AMBER, BAD, CONTENT, FAINT, INK, LINE, PRIMARY, QUIET
from assessor.reports.words import plain

LARGEST_PICTURE = 400_000
MOST_PIXELS = 2_000_000


def fit(text: object, font: str, size: float, room: float) -> str:
    """One line that is not wider than the room; what is cut ends in an ellipsis."""
    line = plain(text)
    if typefaces.width(line, font, size) <= room:
        return line
    low, high = 0, len(line)
    while low < high:
        middle = (low + high + 1) // 2
        if typefaces.width(line[:middle].rstrip() + "…", font, size) <= room:
            low = middle
        else:
            high = middle - 1
    return line[:low].rstrip() + "…"


@dataclass(frozen=True)
class Mark:
    """An earlier value of the same bar: a diamond (self) or a circle (baseline)."""

    share: Fraction
    round: bool


class Bar(Flowable):
    """One aspect: its name, its figures, its share as a bar, threshold and earlier values."""

    def __init__(
        self,
        title: str,
        share: Fraction | None,
        *,
        said: str,
        below: str,
        threshold: Fraction | None,
        marks: tuple[Mark, ...],
    ) -> None:
        super().__init__()
        self.title, self.share, self.said, self.below = title, share, said, below
        self.threshold, self.marks = threshold, marks

    def wrap(self, aw: float, ah: float) -> tuple[float, float]:
        """As wide as the page, always the same height."""
        del ah
        self.width, self.height = aw, 32.0
        return self.width, self.height

    def draw(self) -> None:
        """Words above, the bar below."""
        canvas, room = self.canv, self.width
        said = f"{self.said} · {self.below}" if self.below else self.said
        taken = typefaces.width(said, BOLD, 8.4)
        canvas.setFont(PLAIN, 8.8)
        canvas.setFillColor(INK)
        canvas.drawString(0, 21, fit(self.title, PLAIN, 8.8, room - taken - 12))
        canvas.setFont(BOLD, 8.4)
        canvas.setFillColor(BAD if self.below else INK)
        canvas.drawRightString(room, 21, said)
        self._bar(room)

    def _bar(self, room: float) -> None:
        canvas = self.canv
        canvas.setFillColor(FAINT)
        canvas.setStrokeColor(LINE)
        canvas.setLineWidth(0.5)
        canvas.rect(0, 6, room, 9, stroke=1, fill=1)
        if self.share:
            reach = room * float(min(self.share, Fraction(1)))
            canvas.setStrokeColor(BAD if self.below else PRIMARY)
            canvas.setFillColor(BAD if self.below else PRIMARY)
            canvas.setLineWidth(1)
            # below the threshold the bar is hollow with a thick end
            canvas.rect(0.5, 6.5, max(reach - 1, 0.5), 8, stroke=1, fill=0 if self.below else 1)
            if self.below:
                canvas.rect(max(reach - 3, 0), 6.5, 2.5, 8, stroke=0, fill=1)
        if self.threshold is not None:
            at = room * float(self.threshold)
            canvas.setStrokeColor(AMBER)
            canvas.setLineWidth(1.4)
            canvas.line(at, 3, at, 18)
        for mark in self.marks:
            _mark(canvas, room * float(mark.share), 10.5, mark.round)


def _mark(canvas: Any, x: float, y: float, is_round: bool) -> None:  # noqa: FBT001
    canvas.setFillColorRGB(1, 1, 1)
    canvas.setStrokeColor(INK)
    canvas.setLineWidth(1)
    if is_round:
        canvas.circle(x, y, 3, stroke=1, fill=1)
        return
    path = canvas.beginPath()
    path.moveTo(x, y + 3.8)
    path.lineTo(x + 3.8, y)
    path.lineTo(x, y - 3.8)
    path.lineTo(x - 3.8, y)
    path.close()
    canvas.drawPath(path, stroke=1, fill=1)


class Legend(Flowable):
    """What the marks of the bars mean."""

    def __init__(self, entries: tuple[tuple[str, str], ...]) -> None:
        super().__init__()
        self.entries = entries  # (threshold | diamond | circle, words)

    def wrap(self, aw: float, ah: float) -> tuple[float, float]:
        """One line per entry."""
        del ah
        self.width, self.height = aw, 12.0 * len(self.entries) + 4
        return self.width, self.height

    def draw(self) -> None:
        """A mark and its words on each line."""
        canvas = self.canv
        for row, (mark, said) in enumerate(self.entries):
            y = self.height - 12 * (row + 1) + 3
            if mark == "threshold":
                canvas.setStrokeColor(AMBER)
                canvas.setLineWidth(1.4)
                canvas.line(5, y - 2.5, 5, y + 7)
            else:
                _mark(canvas, 5, y + 2.4, mark == "circle")
            canvas.setFont(PLAIN, 7.6)
            canvas.setFillColor(QUIET)
            canvas.drawString(14, y, fit(said, PLAIN, 7.6, self.width - 14))


@cache
def _runs(text: str) -> tuple[int, tuple[tuple[int, int, int], ...]]:
    """The dark runs of a QR code: size, then (row, column, length)."""
    matrix = segno.make_qr(text, error="m").matrix
    runs = []
    for row, cells in enumerate(matrix):
        start = None
        for column, cell in enumerate((*cells, 0)):
            if cell and start is None:
                start = column
            elif not cell and start is not None:
                runs.append((row, start, column - start))
                start = None
    return len(matrix), tuple(runs)


def draw_qr(canvas: Any, text: str, x: float, y: float, side: float) -> None:
    """The code as one vector shape, with its quiet zone of four modules, on white."""
    size, runs = _runs(text)
    module = side / (size + 8)
    canvas.saveState()
    canvas.setFillColorRGB(1, 1, 1)
    canvas.rect(x, y, side, side, stroke=0, fill=1)
    path = canvas.beginPath()
    for row, column, length in runs:
        top = y + side - (row + 5) * module
        path.rect(x + (column + 4) * module, top, length * module, module)
    canvas.setFillColorRGB(0, 0, 0)
    canvas.drawPath(path, stroke=0, fill=1)
    canvas.restoreState()


class Qr(Flowable):
    """The QR code of an address."""

    def __init__(self, text: str, side: float = 34 * mm) -> None:
        super().__init__()
        self.text = text
        self.width = self.height = side

    def draw(self) -> None:
        """All of it."""
        draw_qr(self.canv, self.text, 0, 0, self.width)


class Label(Flowable):
    """A short word in a frame: a score, a class, a warning."""

    def __init__(self, text: str, *, size: float = 8, colour: Any = INK, filled: bool = False,
                 widest: float = CONTENT) -> None:  # fmt: skip
        super().__init__()
        self.text = fit(text, BOLD, size, widest - 12)
        self.size, self.colour, self.filled = size, colour, filled
        self.width = typefaces.width(self.text, BOLD, size) + 12
        self.height = size * 1.9

    def draw(self) -> None:
        """A round-cornered frame around the words."""
        canvas = self.canv
        canvas.setLineWidth(0.9)
        canvas.setStrokeColor(self.colour)
        canvas.setFillColor(self.colour)
        canvas.roundRect(
            0.5, 0.5, self.width - 1, self.height - 1, 3, stroke=1, fill=int(self.filled)
        )
        if self.filled:
            canvas.setFillColorRGB(1, 1, 1)
        canvas.setFont(BOLD, self.size)
        canvas.drawString(6, self.height / 2 - self.size * 0.36, self.text)


class Emblem(Flowable):
    """A logo: the whole picture in a square, never stretched, no frame."""

    def __init__(self, reader: ImageReader, *, side: float) -> None:
        super().__init__()
        self.reader, self.width, self.height = reader, side, side

    @classmethod
    def of(cls, data: bytes | None, *, side: float) -> "Emblem | None":
        """The logo of these bytes, if they are a picture."""
        reader = _readable(data)
        return None if reader is None else cls(reader, side=side)

    def draw(self) -> None:
        """In the middle of its square."""
        wide, high = self.reader.getSize()
        scale = min(self.width / wide, self.height / high)
        self.canv.drawImage(
            self.reader,
            (self.width - wide * scale) / 2,
            (self.height - high * scale) / 2,
            wide * scale,
            high * scale,
        )


class Thumbnail(Flowable):
    """A picture from bytes in a frame of fixed size; words where there is none."""

    def __init__(self, data: bytes | None, *, width: float, height: float, without: str) -> None:
        super().__init__()
        self.width, self.height, self.without = width, height, without
        self.reader = _readable(data)

    def draw(self) -> None:
        """The whole picture, centred; never stretched."""
        canvas = self.canv
        canvas.setFillColor(FAINT)
        canvas.setStrokeColor(LINE)
        canvas.setLineWidth(0.5)
        canvas.rect(0, 0, self.width, self.height, stroke=1, fill=1)
        if self.reader is None:
            canvas.setFillColor(QUIET)
            canvas.setFont(PLAIN, 7.4)
            canvas.drawCentredString(self.width / 2, self.height / 2 - 3, plain(self.without))
            return
        wide, high = self.reader.getSize()
        scale = min((self.width - 2) / wide, (self.height - 2) / high)
        canvas.drawImage(
            self.reader,
            (self.width - wide * scale) / 2,
            (self.height - high * scale) / 2,
            wide * scale,
            high * scale,
        )


def _readable(data: bytes | None) -> Any:
    """A reader for bytes that are a small picture indeed; None for anything else."""
    if data is None or len(data) > LARGEST_PICTURE:
        return None
    try:
        with Picture.open(BytesIO(data), formats=("JPEG", "PNG", "WEBP")) as picture:
            if picture.width * picture.height > MOST_PIXELS:
                return None
            picture.load()
            if picture.format == "JPEG" and picture.mode in {"RGB", "L"}:
                return ImageReader(BytesIO(data))
            flat = Picture.new("RGB", picture.size, "white")
            shown = picture.convert("RGBA")
            flat.paste(shown, mask=shown.getchannel("A"))
            return ImageReader(flat)
    except (OSError, ValueError, SyntaxError, Picture.DecompressionBombError):
        return None
