"""How is the kop of an office drawn: logo at the left, lines in the middle, a double rule below?

For every paper that an office issues; what is written comes from whoever sealed or issued it.
"""

from collections.abc import Sequence

from reportlab.lib.units import mm

from assessor.reports.drawings import Emblem
from assessor.reports.parts import Story, rule, table
from assessor.reports.typography import CONTENT, INK, paragraph
from assessor.reports.words import plain

MOST_LINES = 7
_SIDE = 22 * mm
_STYLES = ("kop_first", "kop_second")


def letterhead(lines: Sequence[str], logo: bytes | None = None) -> Story:
    """The kop. A logo that cannot be drawn leaves the lines as they are without one."""
    words: Story = [
        paragraph(plain(line, longest=160), _STYLES[row] if row < len(_STYLES) else "kop")
        for row, line in enumerate(lines[:MOST_LINES])
    ]
    emblem = Emblem.of(logo, side=_SIDE)
    head: Story = words
    if emblem is not None:
        # the same room at the right keeps the lines in the middle of the page
        head = [
            table(
                [[emblem, words, ""]],
                [_SIDE + 4 * mm, CONTENT - 2 * (_SIDE + 4 * mm), _SIDE + 4 * mm],
                [("VALIGN", (0, 0), (-1, -1), "MIDDLE"), ("LEFTPADDING", (0, 0), (0, 0), 0)],
            )
        ]
    return [
        *head,
        rule(before=5, after=1.2, thickness=1.6, colour=INK),
        rule(before=0, after=0, thickness=0.5, colour=INK),
    ]
