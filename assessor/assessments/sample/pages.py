"""What stands on the page of the sheet? Frozen records in the reader's language."""

from dataclasses import dataclass

from assessor.ui.parts import Chip, Fact, Link


@dataclass(frozen=True)
class LengthField:
    """Where the length of a list is typed."""

    name: str
    label: str
    value: str
    error: str


@dataclass(frozen=True)
class DrawPart:
    """How a sample is drawn: the first time, or again with a reason."""

    fields: tuple[LengthField, ...]
    rule: str
    after: int
    again: bool
    reason: str
    reason_error: str
    errors: tuple[Link, ...]


@dataclass(frozen=True)
class ListLine:
    """A list of clients: how long, and which of its records were drawn."""

    name: str
    length: str
    files: tuple[str, ...]


@dataclass(frozen=True)
class EarlierDraw:
    """A draw that counts no more."""

    label: str
    detail: str
    reason: str
    lists: tuple[ListLine, ...]


@dataclass(frozen=True)
class ColumnHead:
    """A file: how it is called on the sheet, and where it is found."""

    name: str
    place: str
    full: str


@dataclass(frozen=True)
class Box:
    """One box of the sheet."""

    name: str
    label: str
    value: str
    column: str
    wrong: bool = False


@dataclass(frozen=True)
class Row:
    """One item with its boxes, what they add up to, and how its score stands to that."""

    item: str
    text: str
    critical: str
    href: str
    seen: str
    boxes: tuple[Box, ...]
    counted: str
    chip: Chip | None
    note: str
    use: str


@dataclass(frozen=True)
class RowGroup:
    """Rows that stand together; `title` is empty where all do."""

    title: str
    rows: tuple[Row, ...]


@dataclass(frozen=True)
class SheetPart:
    """The draw that counts, and the sheet for it."""

    number: int
    label: str
    drawn: str
    facts: tuple[Fact, ...]
    lists: tuple[ListLine, ...]
    columns: tuple[ColumnHead, ...]
    groups: tuple[RowGroup, ...]
    earlier: tuple[EarlierDraw, ...]
    ready: int


@dataclass(frozen=True)
class SamplePage:
    """The whole page."""

    title: str
    kicker: str
    back: Link
    lead: str
    editable: bool
    why_closed: str
    with_marks: bool
    complaints: tuple[Link, ...]
    draw: DrawPart | None
    sheet: SheetPart | None
    action: str
    marks_action: str
    person: str
    key: str
    words: str
    instrument: str
