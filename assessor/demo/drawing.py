"""What do the pieces of evidence of the demonstration look like? Drawn here, never photographed.

Documents are one page with a band that says that they are samples; pictures are flat drawings of
rooms and things. The same input gives the same bytes.
"""

import io
from collections.abc import Callable, Mapping, Sequence

from PIL import Image, ImageDraw
from reportlab.lib.colors import HexColor
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Paragraph

WIDTH, HEIGHT = 1200, 800
_INK = "#1d2b3a"
_BAND = "#8a5a00"
_LINE = ParagraphStyle("line", fontName="Helvetica", fontSize=11, leading=16)


def document(*, owner: str, title: str, number: str, day: str, lines: Sequence[str]) -> bytes:
    """A page of A4 with a letterhead, a title, some lines, and a band that says what it is."""
    buffer = io.BytesIO()
    width, height = A4
    canvas = Canvas(buffer, pagesize=A4, invariant=1)
    canvas.setTitle(title)
    canvas.setFillColor(HexColor(_BAND))
    canvas.rect(0, height - 28, width, 28, stroke=0, fill=1)
    canvas.setFillColor(HexColor("#ffffff"))
    canvas.setFont("Helvetica-Bold", 11)
    canvas.drawCentredString(width / 2, height - 19, "DATA CONTOH - bukan dokumen asli")
    canvas.setFillColor(HexColor(_INK))
    canvas.setFont("Helvetica-Bold", 13)
    canvas.drawCentredString(width / 2, height - 70, owner.upper())
    canvas.setFont("Helvetica", 9)
    canvas.drawCentredString(width / 2, height - 86, "Jalan Contoh Nomor 8807")
    canvas.line(60, height - 96, width - 60, height - 96)
    canvas.setFont("Helvetica-Bold", 14)
    canvas.drawCentredString(width / 2, height - 130, title)
    canvas.setFont("Helvetica", 10)
    canvas.drawCentredString(width / 2, height - 148, f"Nomor {number}")
    top = height - 180
    for line in lines:
        paragraph = Paragraph(line, _LINE)
        _, used = paragraph.wrap(width - 140, top)
        paragraph.drawOn(canvas, 70, top - used)
        top -= used + 6
    canvas.setFont("Helvetica", 11)
    canvas.drawString(width - 230, top - 30, f"Ditetapkan {day}")
    canvas.drawString(width - 230, top - 46, "Pimpinan (contoh)")
    canvas.showPage()
    canvas.save()
    return buffer.getvalue()


Draw = Callable[[ImageDraw.ImageDraw], None]


def _counselling(draw: ImageDraw.ImageDraw) -> None:
    draw.rectangle((820, 180, 1040, 640), fill="#8c6a4a", outline=_INK, width=6)  # a closed door
    draw.ellipse((845, 405, 870, 430), fill="#e8c468")
    for left, fill in ((160, "#3f6f8f"), (520, "#5d8a5a")):  # two chairs at a table
        draw.rectangle((left, 420, left + 150, 620), fill=fill, outline=_INK, width=5)
        draw.rectangle((left, 280, left + 150, 420), fill=fill, outline=_INK, width=5)
    draw.rectangle((330, 470, 510, 500), fill="#b98d5a", outline=_INK, width=5)
    draw.rectangle((405, 500, 435, 640), fill="#b98d5a", outline=_INK, width=5)


def _extinguisher(draw: ImageDraw.ImageDraw) -> None:
    draw.rounded_rectangle((250, 260, 390, 660), 50, fill="#b3261e", outline=_INK, width=6)
    draw.rectangle((285, 210, 355, 262), fill="#444b52", outline=_INK, width=5)
    draw.line((355, 235, 450, 330, 450, 500), fill=_INK, width=14)
    draw.rectangle((640, 240, 1020, 470), fill="#1f7a4d", outline="#ffffff", width=8)
    draw.polygon(
        ((700, 355), (800, 280), (800, 325), (960, 325), (960, 385), (800, 385), (800, 430)),
        fill="#ffffff",
    )


def _bedroom(draw: ImageDraw.ImageDraw) -> None:
    for left in (120, 480, 840):
        draw.rectangle((left, 420, left + 260, 620), fill="#d9e4ec", outline=_INK, width=5)
        draw.rectangle((left, 380, left + 260, 450), fill="#8fb0c6", outline=_INK, width=5)
        draw.rectangle((left + 20, 395, left + 110, 435), fill="#ffffff", outline=_INK, width=4)
    draw.rectangle((470, 120, 730, 300), fill="#bfe0f2", outline=_INK, width=8)
    draw.line((600, 120, 600, 300), fill=_INK, width=6)


def _meeting(draw: ImageDraw.ImageDraw) -> None:
    draw.rectangle((160, 120, 1040, 400), fill="#ffffff", outline=_INK, width=8)  # a board
    for row in range(4):
        for column in range(3):
            left, top = 200 + column * 275, 155 + row * 58
            draw.rectangle((left, top, left + 240, top + 40), outline="#5b7a94", width=4)
    for left in range(180, 1020, 140):  # empty chairs
        draw.rectangle((left, 540, left + 90, 640), fill="#7a5c8f", outline=_INK, width=4)
        draw.rectangle((left, 480, left + 90, 540), fill="#9c80b0", outline=_INK, width=4)


PICTURES: Mapping[str, Draw] = {
    "counselling": _counselling,
    "extinguisher": _extinguisher,
    "bedroom": _bedroom,
    "meeting": _meeting,
}


def logo() -> bytes:
    """A round emblem that is nobody's: a leaf over water, and the word for a sample."""
    side = 640
    image = Image.new("RGBA", (side, side), (0, 0, 0, 0))
    draw = ImageDraw.Draw(image)
    draw.ellipse((8, 8, side - 8, side - 8), fill="#12315c", outline="#d8a23a", width=18)
    draw.ellipse((70, 70, side - 70, side - 70), fill="#f3f5f8")
    draw.pieslice((190, 120, 450, 460), 180, 360, fill="#2f7d55")
    draw.polygon(((190, 290), (320, 460), (450, 290)), fill="#2f7d55")
    draw.line((320, 160, 320, 470), fill="#f3f5f8", width=10)
    for top in (430, 470):
        draw.arc((170, top - 40, 330, top + 40), 20, 160, fill="#12315c", width=12)
        draw.arc((310, top - 40, 470, top + 40), 20, 160, fill="#12315c", width=12)
    draw.text((side / 2, 526), "CONTOH", fill="#12315c", font_size=44, anchor="mm")
    buffer = io.BytesIO()
    image.save(buffer, "PNG", optimize=False)
    return buffer.getvalue()


def picture(name: str, *, caption: str) -> bytes:
    """A flat drawing with a caption that says that it is one."""
    image = Image.new("RGB", (WIDTH, HEIGHT), "#efe9dc")
    draw = ImageDraw.Draw(image)
    draw.rectangle((0, 640, WIDTH, HEIGHT), fill="#cbbf9f")
    PICTURES[name](draw)
    draw.rectangle((0, 0, WIDTH, 64), fill=_BAND)
    draw.text((24, 14), "DATA CONTOH - gambar, bukan foto", fill="#ffffff", font_size=30)
    draw.rectangle((0, 730, WIDTH, HEIGHT), fill=_INK)
    draw.text((24, 746), caption, fill="#ffffff", font_size=28)
    buffer = io.BytesIO()
    image.save(buffer, "PNG", optimize=False)
    return buffer.getvalue()
