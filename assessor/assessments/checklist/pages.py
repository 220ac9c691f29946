"""What stands on the checklist page?

Frozen records in the reader's language, ready to be written out: the template does no looking up
and no translating inside its loop over the items.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from assessor.assessments.checklist.guidance import ScaleStep, Written
from assessor.assessments.checklist.looking import View
from assessor.ui.parts import Chip


@dataclass(frozen=True)
class Source:
    """A publication that requirements name by a short code."""

    code: str
    title: str
    url: str


@dataclass(frozen=True)
class EarlierAnswer:
    """What an earlier sealed assessment said to an item. `words` are its facts, shortened."""

    label: str
    choice: str
    words: str = ""


@dataclass(frozen=True)
class BasisLine:
    """One basis of a score, in words. `href` leads to a piece of evidence."""

    op: str
    kind: str
    title: str
    detail: str = ""
    href: str = ""
    evidence: str = ""
    note: str = ""


@dataclass(frozen=True)
class Offered:
    """A piece that the self-assessment cited for an item and this one does not yet."""

    evidence: str
    title: str


@dataclass(frozen=True)
class Entered:
    """One of two values that stand against each other: whose, when, what."""

    op: str
    who: str
    when: str
    value: str
    shown: str


@dataclass(frozen=True)
class Clash:
    """A field for which two people entered different things."""

    field: str
    label: str
    standing: Entered
    others: tuple[Entered, ...]
    text: bool


@dataclass(frozen=True)
class ItemLine:
    """One item as it stands."""

    id: str
    group: str
    aspect: str
    written: Written
    choice: str
    reason: str
    facts: str
    recommendation: str
    seen: str
    bases: tuple[BasisLine, ...]
    offered: tuple[Offered, ...]
    earlier: tuple[EarlierAnswer, ...]
    own_earlier: str
    clashes: tuple[Clash, ...]
    lacks: tuple[str, ...]
    remarks: tuple[str, ...]
    expired: tuple[str, ...]
    complaint: str
    shown: bool
    current: bool

    @property
    def mark(self) -> str:
        """The choice for the overview; a dash where there is none yet."""
        return self.choice or "–"


@dataclass(frozen=True)
class Group:
    """Items that stand under one head: a way of working, or a section of the standard."""

    id: str
    title: str
    items: tuple[ItemLine, ...]

    @property
    def shown(self) -> bool:
        """Whether any of its items is shown."""
        return any(item.shown for item in self.items)

    @property
    def current(self) -> bool:
        """Whether the item somebody works on is here."""
        return any(item.current for item in self.items)


@dataclass(frozen=True)
class AspectProgress:
    """How far an aspect is."""

    id: str
    title: str
    done: int
    total: int


@dataclass(frozen=True)
class ShowLink:
    """One way to look at the checklist, with how many items it shows."""

    show: str
    label: str
    href: str
    count: int
    current: bool


@dataclass(frozen=True)
class ParkedLine:
    """What arrived after submission and was kept apart."""

    item: str
    label: str
    value: str
    who: str
    when: str


@dataclass(frozen=True)
class Choosable:
    """A piece of evidence that can be cited."""

    id: str
    title: str
    detail: str
    thumb: str


@dataclass(frozen=True)
class BasisPanel:
    """What is offered to give scores a basis: pieces, kinds of people, the sampling rule."""

    action: str
    evidence: tuple[Choosable, ...]
    more: int
    library: str
    upload: str
    declaration: str
    declaration_code: str
    people: tuple[tuple[str, str], ...]
    sample: str
    sample_hint: str
    sheet: str  # where a team fills its sheet of files; an auditee has none
    interviews: str  # where a team counts its interviews once; an auditee does not
    today: str


@dataclass(frozen=True)
class ChecklistPage:
    """The whole page."""

    assessment_id: str
    title: str
    kicker: str
    status: Chip
    instrument: str
    label: str
    back: str
    here: str
    go: str
    save: str
    submit: str
    own: bool
    editable: bool
    why_closed: str
    declare: str
    view: View
    orders: tuple[ShowLink, ...]
    shows: tuple[ShowLink, ...]
    groups: tuple[Group, ...]
    aspects: tuple[AspectProgress, ...]
    scale: tuple[ScaleStep, ...]
    met_from: str
    sources: tuple[Source, ...]
    parked: tuple[ParkedLine, ...]
    panel: BasisPanel | None
    edition: str
    person: str
    key: str
    at: str
    words: str
    first: str
    answered: int
    asked: int
    lacking: int
    found: int

    @property
    def current_aspect(self) -> AspectProgress | None:
        """The aspect of the item somebody works on."""
        aspect = next(
            (item.aspect for group in self.groups for item in group.items if item.current), ""
        )
        return next((each for each in self.aspects if each.id == aspect), None)

    def choice_label(self, code: str) -> str:
        """What a choice is called."""
        return next((step.label for step in self.scale if step.code == code), "")

    @property
    def complete(self) -> bool:
        """Whether nothing stands in the way of submission."""
        return self.editable and self.lacking == 0 and self.asked > 0


@dataclass(frozen=True)
class BasesPage:
    """The page on which one basis is given to one or many items, without a script."""

    title: str
    back: str
    auditee: str
    instrument: str
    editable: bool
    why_closed: str
    panel: BasisPanel
    groups: tuple[Group, ...]
    chosen: frozenset[str]
    form: Mapping[str, str]
    complaint: str
    edition: str
    key: str
    at: str


Typed = Mapping[tuple[str, str], str]
