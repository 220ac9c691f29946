"""What stands in the cells of a workbook, exactly as it was written?

The only place where XLSX is read. Nothing is computed: a formula is told as a formula. The archive
is looked at first (`archive`), its XML is read without document types and entities, cells and texts
are counted while reading. Workbooks with macros are refused.
"""

import posixpath
import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from xml.parsers import expat

from checklists.formats.archive import Archive, BadArchive, open_archive
from checklists.formats.xlsx_parts import (
    LONGEST_CELL,
    SharedTexts,
    SheetNames,
    Styles,
    WrongXml,
    read_xml,
    unescaped,
)
from standards.sentence import sentence

_BOOK = "xl/workbook.xml"
_LINKS = "xl/_rels/workbook.xml.rels"
_MOST_CELLS = 300_000
_MOST_SHEETS = 30
# where the cells of a workbook end, whatever a file says
_LAST_ROW = 1_048_576
_LAST_COLUMN = 16_384
_REFERENCE = re.compile(r"([A-Z]{1,3})([1-9][0-9]{0,6})", re.ASCII)


class CellKind(StrEnum):
    """What a cell holds."""

    text = "text"
    number = "number"
    day = "day"
    truth = "truth"
    error = "error"
    formula = "formula"


@dataclass(frozen=True)
class Cell:
    """A cell that is not empty; `text` is what the file says, never a result."""

    row: int
    column: int
    kind: CellKind
    text: str

    @property
    def name(self) -> str:
        """Give the name that people know it by."""
        return f"{letters(self.column)}{self.row}"


@dataclass(frozen=True)
class Sheet:
    """The cells of a sheet by row and column, both counted from one."""

    name: str
    cells: Mapping[tuple[int, int], Cell]

    @property
    def last_row(self) -> int:
        """Give the last row with anything in it."""
        return max((row for row, _ in self.cells), default=0)

    @property
    def rows(self) -> tuple[int, ...]:
        """Give the rows with anything in them: a file of one cell may put it in the last row."""
        return tuple(sorted({row for row, _ in self.cells}))


def letters(column: int) -> str:
    """Give the letters of a column."""
    made = ""
    while column > 0:
        column, rest = divmod(column - 1, 26)
        made = chr(ord("A") + rest) + made
    return made


def read_workbook(raw: bytes) -> tuple[Sheet, ...]:
    """Read all sheets. Raises BadArchive, for whatever reason a workbook is not read."""
    archive = open_archive(raw)
    _refuse_macros(archive)
    if _BOOK not in archive.entries:
        raise BadArchive(
            sentence("berkas ini bukan buku kerja XLSX"),
            sentence("simpan sebagai Excel Workbook (.xlsx), lalu unggah lagi"),
        )
    try:
        return tuple(_sheets(archive))
    except (expat.ExpatError, WrongXml, LookupError, ValueError) as error:
        raise BadArchive(
            sentence("isi buku kerja tidak dapat dibaca"),
            sentence("simpan ulang sebagai Excel Workbook (.xlsx), lalu unggah lagi"),
        ) from error


def _refuse_macros(archive: Archive) -> None:
    types = archive.read("[Content_Types].xml") if "[Content_Types].xml" in archive.entries else b""
    binary = any("vba" in posixpath.basename(name).lower() for name in archive.entries)
    if binary or b"macroEnabled" in types:
        raise BadArchive(
            sentence("buku kerja ini memuat makro"),
            sentence("simpan sebagai Excel Workbook (.xlsx) tanpa makro"),
        )


def _sheets(archive: Archive) -> list[Sheet]:
    names = SheetNames()
    read_xml(archive.read(_BOOK), names)
    targets = SheetNames()
    read_xml(archive.read(_LINKS), targets)
    if len(names.sheets) > _MOST_SHEETS:
        raise WrongXml("too many sheets")
    texts, styles = SharedTexts(), Styles()
    if "xl/sharedStrings.xml" in archive.entries:
        read_xml(archive.read("xl/sharedStrings.xml"), texts)
    if "xl/styles.xml" in archive.entries:
        read_xml(archive.read("xl/styles.xml"), styles)
    made, left = [], _MOST_CELLS
    for name, link in names.sheets:
        path = posixpath.normpath(posixpath.join("xl", targets.targets[link].removeprefix("/xl/")))
        reading = _Cells(texts.texts, styles.days, left)
        read_xml(archive.read(path), reading)
        left -= len(reading.cells)
        made.append(Sheet(name, reading.cells))
    return made


class _Cells:
    """The cells of one sheet while its XML goes by."""

    def __init__(self, texts: list[str], days: frozenset[int], most: int) -> None:
        self.cells: dict[tuple[int, int], Cell] = {}
        self._texts, self._days, self._most = texts, days, most
        self._row = self._column = 0
        self._kind, self._style = "", 0
        self._formula = False
        self._said: list[str] = []
        self._listening = False
        self._aside = 0

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        """Take an opening element."""
        if name == "row":
            self._row = int(attributes.get("r", self._row + 1))
            self._column = 0
            if not 1 <= self._row <= _LAST_ROW:
                raise WrongXml("a row outside the sheet")
        elif name == "c":
            self._begin(attributes)
        elif name == "f":
            self._formula = True
        elif name == "rPh":
            self._aside += 1
        self._listening = name in {"v", "t"} and not self._aside

    def text(self, data: str) -> None:
        """Take character data."""
        if self._listening:
            self._said.append(data)

    def end(self, name: str) -> None:
        """Take a closing element."""
        self._listening = False
        if name == "rPh":
            self._aside -= 1
        elif name == "c":
            self._finish()

    def _begin(self, attributes: Mapping[str, str]) -> None:
        reference = attributes.get("r")
        if reference is None:
            self._column += 1
        else:
            match = _REFERENCE.fullmatch(reference)
            if match is None or int(match[2]) != self._row:
                raise WrongXml(reference)
            self._column = 0
            for letter in match[1]:
                self._column = self._column * 26 + ord(letter) - ord("A") + 1
        if self._column > _LAST_COLUMN:
            raise WrongXml("a column outside the sheet")
        self._kind, self._style = attributes.get("t", "n"), int(attributes.get("s", 0))
        self._formula, self._said = False, []

    def _finish(self) -> None:
        said = "".join(self._said)
        if not said and not self._formula:
            return
        place = (self._row, self._column)
        if len(self.cells) >= self._most or place in self.cells or len(said) > LONGEST_CELL:
            raise WrongXml("too many cells, one twice, or one too long")
        kind, text = self._meaning(said)
        if text.strip() or kind is CellKind.formula:
            self.cells[place] = Cell(self._row, self._column, kind, text)

    def _meaning(self, said: str) -> tuple[CellKind, str]:
        if self._formula:
            return CellKind.formula, ""
        match self._kind:
            case "s":
                return CellKind.text, self._texts[int(said)]
            case "inlineStr" | "str":
                return CellKind.text, unescaped(said)
            case "b":
                return CellKind.truth, said
            case "e":
                return CellKind.error, said
            case "d":
                return CellKind.day, said
        return (CellKind.day if self._style in self._days else CellKind.number), said
