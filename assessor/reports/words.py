"""How does what somebody typed become something that can be printed safely?

Every text of a report passes through `words`, or `plain` for a single line. Characters that steer
or hide are dropped, what the typeface lacks is replaced, endless texts and endless words are cut:
no text breaks a report. Nothing is escaped because nothing is parsed: `typography` hands the text
to ReportLab as it is, past its markup reader.
"""

import re
import unicodedata

from assessor.reports import typefaces

LONGEST = 10_000
MOST_LINES = 60
LONGEST_WORD = 60
CUT = " […]"
MISSING = "\ufffd"

_SPELT = str.maketrans(
    {
        "≥": ">=", "≤": "<=", "≠": "!=", "≈": "~", "→": "->", "←": "<-", "⇒": "=>", "✓": "v",
        "✔": "v", "✗": "x", "✘": "x", "●": "•", "○": "o", "■": "•", "□": "o", "▪": "•", "◦": "•",
        "‣": "•", "−": "–", "★": "*", "☆": "*", "\t": " ",
    }
)  # fmt: skip
_LINE_ENDS = re.compile("\r\n|[\r\n\v\f\x85\u2028\u2029]")
_MANY_LINES = re.compile(r"\n\s*\n\s*")
_SPACES = re.compile(r"[^\S\n\u00a0]+")
_LONG = re.compile(rf"[^ \n]{{{LONGEST_WORD + 1},}}")
_BREAK_AFTER = re.compile(r"[/\-_.,;:=&?](?=[^/\-_.,;:=&?]*$)")
# Control, format (direction marks, joiners), half characters, private use, not assigned.
_DROPPED = frozenset({"Cc", "Cf", "Cs", "Co", "Cn"})


def words(text: object, *, longest: int = LONGEST) -> str:
    """The text as it can be printed; its lines are kept, within bounds."""
    raw = str(text)
    # Normalising may lengthen a text; what is cut first costs nothing.
    cut = len(raw) > longest
    made = _LINE_ENDS.sub("\n", unicodedata.normalize("NFC", raw[:longest]))
    made = _SPACES.sub(" ", made.translate(_SPELT))
    known = typefaces.letters()
    made = "".join(each if each in known and not _steers(each) else _instead(each) for each in made)
    made = _MANY_LINES.sub("\n\n", made).strip()
    first, *rest = made.split("\n", MOST_LINES)
    if len(rest) == MOST_LINES:
        rest[-1] = rest[-1].replace("\n", " ")
    made = "\n".join([first, *rest])
    return _LONG.sub(_broken, made) + (CUT if cut else "")


def plain(text: object, *, longest: int = 400) -> str:
    """The text as one line."""
    return words(text, longest=longest).replace("\n", " ")


def _steers(character: str) -> bool:
    return character != "\n" and unicodedata.category(character) in _DROPPED


def _instead(character: str) -> str:
    if character == "\n":
        return character
    if unicodedata.category(character) in _DROPPED:
        return ""
    return " " if character.isspace() else MISSING


def _broken(match: re.Match[str]) -> str:
    """A very long word in pieces, cut after a mark of an address where there is one."""
    rest, pieces = match[0], []
    while len(rest) > LONGEST_WORD:
        found = _BREAK_AFTER.search(rest, LONGEST_WORD // 2, LONGEST_WORD)
        end = found.end() if found else LONGEST_WORD
        pieces.append(rest[:end])
        rest = rest[end:]
    return " ".join([*pieces, rest])
