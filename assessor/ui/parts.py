"""What may a page put into a component?

Small frozen records, all text already in the reader's language; `ui/components.html` draws them.
"""

from dataclasses import dataclass
from enum import StrEnum


class ChipStatus(StrEnum):
    """What a state means to the reader; each has its own shape, so colour is never alone."""

    neutral = "neutral"
    info = "info"
    progress = "progress"
    ok = "ok"
    warn = "warn"
    bad = "bad"
    late = "late"
    sealed = "sealed"


class Severity(StrEnum):
    """The class of a finding."""

    major = "major"
    minor = "minor"
    suggestion = "suggestion"


class StepState(StrEnum):
    done = "done"
    current = "current"
    next = "next"
    blocked = "blocked"


class Direction(StrEnum):
    """How a table is sorted by a column; the values are those of `aria-sort`."""

    none = "none"
    ascending = "ascending"
    descending = "descending"


@dataclass(frozen=True)
class Chip:
    status: ChipStatus
    label: str


@dataclass(frozen=True)
class Link:
    label: str
    href: str
    icon: str = ""


@dataclass(frozen=True)
class Task:
    """A thing to do: what, about whom, until when."""

    title: str
    href: str
    detail: str = ""
    chip: Chip | None = None


@dataclass(frozen=True)
class Fact:
    """One line of a summary list; `act` changes it."""

    term: str
    value: str
    note: str = ""
    act: Link | None = None


@dataclass(frozen=True)
class Column:
    """A head cell. With `href` it sorts; `hidden` keeps the word for screen readers only."""

    label: str
    numeric: bool = False
    href: str = ""
    direction: Direction = Direction.none
    hidden: bool = False


@dataclass(frozen=True)
class FilterChip:
    """A filter that holds now; `href` is the same list without it."""

    label: str
    href: str


@dataclass(frozen=True)
class Step:
    label: str
    state: StepState
    detail: str = ""
    href: str = ""


@dataclass(frozen=True)
class Event:
    """One entry of a timeline, newest first."""

    when: str
    title: str
    detail: str = ""
    who: str = ""
    status: ChipStatus = ChipStatus.neutral


@dataclass(frozen=True)
class EvidenceTile:
    """`icon` stands in for the picture where there is no `thumbnail`."""

    title: str
    href: str
    detail: str
    chip: Chip
    thumbnail: str = ""
    icon: str = "file"


@dataclass(frozen=True)
class FindingCard:
    reference: str
    title: str
    severity: Severity
    chip: Chip
    href: str
    item: str = ""
    due: str = ""


@dataclass(frozen=True)
class ScoreChoice:
    """A choice of the scale: its code and the word under it."""

    value: str
    word: str


@dataclass(frozen=True)
class Table:
    """The numbers behind a figure; the first column names the row."""

    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
