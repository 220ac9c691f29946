"""Which colours, sizes and styles does the report speak in?

Calm and official: one deep blue, amber for what must be noticed, text in near black. Everything
can be read on a black-and-white print: colour only repeats what a word says. Only this module
makes ReportLab paragraphs, so that every text passes through `words`. They are made from
fragments, never from markup: a text that looks like a tag is letters, and no text can name a
file, a colour or an address.
"""

from dataclasses import dataclass
from functools import cache
from typing import Any

from reportlab.lib.colors import Color, HexColor
from reportlab.lib.enums import TA_CENTER, TA_RIGHT
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.platypus import Paragraph
from reportlab.platypus.paraparser import ParaFrag

from assessor.reports import typefaces
from assessor.reports.typefaces import BOLD, ITALIC, PLAIN
from assessor.reports.words import plain, words

INK = HexColor(0x1B2330)
QUIET = HexColor(0x55606F)
LINE = HexColor(0xCBD3DD)
FAINT = HexColor(0xF3F5F8)
PRIMARY = HexColor(0x12315C)
AMBER = HexColor(0x8A5300)
AMBER_FAINT = HexColor(0xFDF4E3)
OK = HexColor(0x1C6645)
BAD = HexColor(0x9B2323)

LEFT = RIGHT = 20 * mm
TOP = 23 * mm
BOTTOM = 31 * mm
CONTENT = 170 * mm  # A4 less the margins


@dataclass(frozen=True)
class Run:
    """A stretch of anybody's text, in bold or italic; a space at its ends stays."""

    text: object
    bold: bool = False
    italic: bool = False


@cache
def styles() -> dict[str, ParagraphStyle]:
    """Every style by its name. All fonts are ours: those of bullets too."""
    typefaces.load()
    made: dict[str, ParagraphStyle] = {}

    def style(name: str, size: float, leading: float, **more: Any) -> None:
        font = more.pop("fontName", PLAIN)
        made[name] = ParagraphStyle(
            name,
            fontName=font,
            bulletFontName=more.pop("bulletFontName", font),
            fontSize=size,
            bulletFontSize=more.pop("bulletFontSize", size),
            leading=leading,
            textColor=more.pop("textColor", INK),
            **more,
        )

    style("body", 9, 13, spaceAfter=3)
    style("small", 7.6, 10.6)
    style("quiet", 7.6, 10.6, textColor=QUIET)
    style("digest", 6.6, 9, textColor=QUIET)
    style("cell", 8.4, 11.6)
    style("cell_quiet", 7.4, 10.2, textColor=QUIET)
    style("cell_head", 7.4, 10.2, fontName=BOLD, textColor=QUIET)
    style("cell_bold", 8.4, 11.6, fontName=BOLD)
    style("number", 8.4, 11.6, alignment=TA_RIGHT)
    style("number_bold", 8.4, 11.6, alignment=TA_RIGHT, fontName=BOLD)
    style("number_head", 7.4, 10.2, fontName=BOLD, textColor=QUIET, alignment=TA_RIGHT)
    style("h1", 16, 21, fontName=BOLD, textColor=PRIMARY, spaceAfter=6)
    style("h2", 11.5, 15.5, fontName=BOLD, textColor=PRIMARY, spaceBefore=12, spaceAfter=4)
    style("h3", 9.4, 13, fontName=BOLD, spaceBefore=9, spaceAfter=3)
    style("title", 23, 29, fontName=BOLD, textColor=PRIMARY, spaceAfter=2)
    style("title_long", 16, 21, fontName=BOLD, textColor=PRIMARY, spaceAfter=2)
    style("kicker", 9, 13, fontName=BOLD, textColor=QUIET)
    style("kind", 14, 19, textColor=INK, spaceAfter=14)
    style("lead", 10, 14.5, textColor=QUIET, spaceAfter=2)
    style("kop_first", 12, 15.5, fontName=BOLD, alignment=TA_CENTER)
    style("kop_second", 10.5, 14, fontName=BOLD, alignment=TA_CENTER)
    style("kop", 8, 11, alignment=TA_CENTER)
    style("outcome", 17, 22, fontName=BOLD)
    style("outcome_share", 23, 27, fontName=BOLD, alignment=TA_RIGHT)
    style("outcome_note", 8, 11, textColor=QUIET, alignment=TA_RIGHT)
    style("item_text", 9.2, 13, spaceBefore=1, spaceAfter=2)
    style(
        "item_line", 8.4, 11.8, leftIndent=62, bulletIndent=0, spaceBefore=1.5,
        bulletFontName=PLAIN, bulletFontSize=7.4, bulletColor=QUIET,
    )  # fmt: skip
    style("reason", 9, 13, leftIndent=14, bulletIndent=2, spaceAfter=3)
    style("label", 8, 11, fontName=BOLD, textColor=AMBER)
    style("label_text", 8, 11, textColor=INK)
    style("unprintable", 8.4, 11.8, fontName=ITALIC, textColor=BAD, spaceBefore=2, spaceAfter=4)
    return made


def paragraph(
    text: "object | list[Run]", style: str, *, bullet: str = "", colour: Color | None = None
) -> Paragraph:
    """A paragraph of any text on one line of thought; pieces in bold or italic come as runs."""
    runs = text if isinstance(text, list) else [Run(text)]
    chosen = styles()[style]
    fragments = [_fragment(_one_line(run.text), run, chosen, colour) for run in runs]
    return _made(chosen, fragments, bullet)


def paragraphs(
    text: object, style: str, *, bullet: str = "", italic: bool = False
) -> list[Paragraph]:
    """What somebody wrote, with the lines they made; the bullet stands at the first."""
    chosen = styles()[style]
    lines = words(text).split("\n")
    made = []
    for row, line in enumerate(lines):
        inner = _between(style, first=row == 0, last=row == len(lines) - 1)
        fragment = _fragment(line, Run("", italic=italic), chosen, None)
        marker = bullet if row == 0 else ""
        made.append(_made(inner, [fragment], marker))
    return made


def _made(style: ParagraphStyle, fragments: list[ParaFrag], bullet: str) -> Paragraph:
    return Paragraph(
        None,  # type: ignore[arg-type]  # no markup: the fragments are the text
        style,
        bulletText=plain(bullet) or None,
        frags=fragments,
    )


@cache
def _between(name: str, *, first: bool, last: bool) -> ParagraphStyle:
    """The style of a line within a text: space only before the first and after the last."""
    style = styles()[name]
    if first and last:
        return style
    return ParagraphStyle(
        f"{name}_line",
        parent=style,
        spaceBefore=style.spaceBefore if first else 0,
        spaceAfter=style.spaceAfter if last else 0,
    )


def _one_line(text: object) -> str:
    raw = str(text)
    made = words(raw).replace("\n", " ")
    return f"{' ' * raw.startswith(' ')}{made}{' ' * raw.endswith(' ')}" if made else raw[:1]


def _fragment(line: str, run: Run, style: ParagraphStyle, colour: Color | None) -> ParaFrag:
    fonts = {(True, False): BOLD, (False, True): ITALIC, (True, True): BOLD}
    return ParaFrag(
        text=line,
        fontName=fonts.get((run.bold, run.italic), style.fontName),
        fontSize=style.fontSize,
        textColor=colour or style.textColor,
        bold=0,
        italic=0,
        rise=0,
        greek=0,
        link=[],
        us_lines=[],
    )
