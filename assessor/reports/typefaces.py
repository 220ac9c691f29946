"""Which letters does the report bring along, and which can it print?

Noto Sans travels with the product and inside every PDF: a report looks the same wherever it is
opened, and is the same bytes when it is made again. ReportLab is closed here once for all: it
opens no address, and nothing falls back to a font that is not in the file.
"""

from functools import cache
from pathlib import Path

from reportlab import rl_config
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont

PLAIN = "NotoSans"
BOLD = "NotoSans-Bold"
ITALIC = "NotoSans-Italic"

_FOLDER = Path(__file__).parent / "fonts"
_FILES = {
    PLAIN: "NotoSans-Regular.ttf",
    BOLD: "NotoSans-Bold.ttf",
    ITALIC: "NotoSans-Italic.ttf",
}

rl_config.trustedHosts = []
rl_config.trustedSchemes = []
rl_config.useA85 = 0  # streams stay binary: a fifth smaller, and quicker


@cache
def load() -> None:
    """Register the faces with ReportLab, once in a process."""
    for name, file in _FILES.items():
        pdfmetrics.registerFont(TTFont(name, str(_FOLDER / file)))
    pdfmetrics.registerFontFamily(PLAIN, normal=PLAIN, bold=BOLD, italic=ITALIC, boldItalic=BOLD)


@cache
def letters() -> frozenset[str]:
    """Every character that all three faces can print."""
    load()
    maps = (
        pdfmetrics.getFont(name).face.charToGlyph  # type: ignore[attr-defined]  # missing in the stubs
        for name in _FILES
    )
    return frozenset(map(chr, frozenset.intersection(*map(frozenset, maps))))


def width(text: str, font: str, size: float) -> float:
    """How wide a line of text is, in points."""
    load()
    return float(pdfmetrics.stringWidth(text, font, size))
