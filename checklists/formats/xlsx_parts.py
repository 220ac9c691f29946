"""What do the parts of a workbook say that its sheets refer to?

Names and places of the sheets, the texts that cells share, and which styles show a number as a day.
"""

import re
from collections.abc import Mapping
from typing import NoReturn, Protocol
from xml.parsers import expat

_MOST_TEXTS = 200_000
LONGEST_CELL = 32_767
_NO_TEXT = re.compile("[\ud800-\udfff\x00]")
_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_", re.ASCII)
# the numbers of formats that show a day or a time in every workbook
_DAYS = frozenset({*range(14, 23), *range(27, 37), *range(45, 48), *range(50, 59)})
_QUOTED = re.compile(r'"[^"]*"|\\.|\[[^\]]*\]')


class WrongXml(Exception):
    """A part is not built as it must be."""


class Handler(Protocol):
    """What takes the elements of a part as they go by; names come without their name space."""

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        """Take an opening element."""

    def text(self, data: str) -> None:
        """Take character data."""

    def end(self, name: str) -> None:
        """Take a closing element."""


def read_xml(raw: bytes, handler: Handler) -> None:
    """Read a part. Raises ExpatError or WrongXml; a document type is wrong."""
    parser = expat.ParserCreate(namespace_separator="|")
    parser.buffer_text = True
    parser.StartDoctypeDeclHandler = _no_doctype
    parser.EntityDeclHandler = _no_doctype
    parser.StartElementHandler = lambda name, attributes: handler.start(
        _local(name), {_local(key): value for key, value in attributes.items()}
    )
    parser.CharacterDataHandler = handler.text
    parser.EndElementHandler = lambda name: handler.end(_local(name))
    parser.Parse(raw, True)


def _no_doctype(*_arguments: object) -> NoReturn:
    raise WrongXml("a document type")


def _local(name: str) -> str:
    return name.rpartition("|")[2]


class SheetNames:
    """The sheets in their order with their links, or the links with their targets."""

    def __init__(self) -> None:
        self.sheets: list[tuple[str, str]] = []
        self.targets: dict[str, str] = {}

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        """Take an opening element."""
        if name == "sheet":
            self.sheets.append((attributes["name"], attributes["id"]))
        elif name == "Relationship":
            self.targets[attributes["Id"]] = attributes["Target"]

    def text(self, data: str) -> None:
        """Take character data."""

    def end(self, name: str) -> None:
        """Take a closing element."""


class SharedTexts:
    """The texts that cells refer to by number."""

    def __init__(self) -> None:
        self.texts: list[str] = []
        self._said: list[str] = []
        self._listening = False
        self._aside = 0

    def start(self, name: str, attributes: Mapping[str, str]) -> None:  # noqa: ARG002 - one form
        """Take an opening element."""
        if name == "si":
            self._said = []
        self._aside += name == "rPh"
        self._listening = name == "t" and not self._aside

    def text(self, data: str) -> None:
        """Take character data."""
        if self._listening:
            self._said.append(data)

    def end(self, name: str) -> None:
        """Take a closing element."""
        self._listening = False
        self._aside -= name == "rPh"
        if name == "si":
            text = unescaped("".join(self._said))
            if len(text) > LONGEST_CELL or len(self.texts) >= _MOST_TEXTS:
                raise WrongXml("too long or too many texts")
            self.texts.append(text)


class Styles:
    """Which styles of cells show a number as a day."""

    def __init__(self) -> None:
        self._formats: set[int] = set(_DAYS)
        self._inside = False
        self._styles: list[int] = []

    @property
    def days(self) -> frozenset[int]:
        """Give the numbers of those styles."""
        return frozenset(at for at, form in enumerate(self._styles) if form in self._formats)

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        """Take an opening element."""
        if name == "numFmt":
            plain = _QUOTED.sub("", attributes.get("formatCode", "")).lower()
            if any(letter in plain for letter in "dyh") or "mmm" in plain:
                self._formats.add(int(attributes["numFmtId"]))
        elif name == "cellXfs":
            self._inside = True
        elif name == "xf" and self._inside:
            self._styles.append(int(attributes.get("numFmtId", 0)))

    def text(self, data: str) -> None:
        """Take character data."""

    def end(self, name: str) -> None:
        """Take a closing element."""
        if name == "cellXfs":
            self._inside = False


def unescaped(text: str) -> str:
    """Give a text without the escapes by which workbooks write characters XML has no room for.
    Half a character and NUL cannot be shown or kept; they cost themselves, not the page."""
    return _NO_TEXT.sub("\ufffd", _ESCAPED.sub(lambda match: chr(int(match[1], 16)), text))
