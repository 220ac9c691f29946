"""What stands on the page of a comparison, and on its paper? In the reader's language."""

from dataclasses import dataclass
from fractions import Fraction

from markupsafe import Markup

from assessor.ui.parts import Chip, Column, Link, Table


@dataclass(frozen=True)
class Offered:
    """An assessment that can be chosen."""

    id: str
    label: str
    detail: str
    chosen: bool


@dataclass(frozen=True)
class SideHead:
    """One of the assessments that stand side by side, with its own figures as they were sealed."""

    label: str
    reference: str
    href: str
    sealed: str
    instrument: str
    total: str
    outcome: str
    root: str
    apart: str  # why it cannot be compared; empty where it can


@dataclass(frozen=True)
class FigureRow:
    """An aspect, or the whole, over the items that are the same on all sides."""

    title: str
    cells: tuple[str, ...]
    shares: tuple[Fraction | None, ...]
    change: str


@dataclass(frozen=True)
class ItemRow:
    """An item with its choice on each side."""

    item: str
    text: str
    cells: tuple[str, ...]
    change: str
    fell: bool


@dataclass(frozen=True)
class GapGroup:
    """Items that cannot be compared, for one reason."""

    why: str
    items: tuple[tuple[str, str], ...]  # item, text


@dataclass(frozen=True)
class Compared:
    """What is said of the chosen assessments: the same on the screen and on paper."""

    title: str
    auditee: str
    reference: str
    office: str
    letterhead: tuple[str, ...]
    logo_digest: str | None  # of the logo beside the letterhead
    span: str  # from which to which the differences are
    basis: str  # how many items were compared
    heads: tuple[SideHead, ...]
    columns: tuple[str, ...]  # labels of the sides that can be compared
    figures: tuple[FigureRow, ...]
    changed: tuple[ItemRow, ...]
    same: tuple[ItemRow, ...]
    gaps: tuple[GapGroup, ...]
    sources: tuple[str, ...]  # whose mappings were used
    labels: tuple[str, ...]  # what must be said on every page


@dataclass(frozen=True)
class ComparisonPage:
    """The page: what can be chosen, and what is said of what was chosen."""

    h1: str
    kicker: str
    back: Link
    offered: tuple[Offered, ...]
    lacking: str
    compared: Compared | None
    head_columns: tuple[Column, ...]
    chips: tuple[Chip, ...]
    bars: Markup | None
    table: Table | None
    pdf: str
    action: str
    most: int
