"""What stands on the pages around a visit?"""

from dataclasses import dataclass

from assessor.assessments.visit.forms import (
    AssignmentForm,
    ClosingForm,
    DeclarationForm,
    GuestForm,
    JoinForm,
    MeetingForm,
    MemberForm,
    PointForm,
    SignedForm,
)
from assessor.ui.parts import Chip, Fact, Link


@dataclass(frozen=True)
class AssignmentPage:
    """The letter that sends the team."""

    kicker: str
    back: Link
    form: AssignmentForm
    scan: Link | None
    uploads: bool
    megabytes: int
    refusal: str


@dataclass(frozen=True)
class MemberLine:
    """Somebody on the team, and what may be done about it."""

    name: str
    role: str
    office: str
    chip: Chip
    said: str
    form: MemberForm | None
    may_lead: bool
    may_leave: bool
    may_excuse: bool
    open: bool


@dataclass(frozen=True)
class GuestLine:
    """Somebody who comes along."""

    name: str
    about: str
    remove: str


@dataclass(frozen=True)
class TeamPage:
    """Who judges, and who comes along."""

    kicker: str
    back: Link
    lead: str
    primary: Link | None
    members: tuple[MemberLine, ...]
    join: JoinForm | None
    more: str
    guests: tuple[GuestLine, ...]
    guest_form: GuestForm | None


@dataclass(frozen=True)
class DeclarationPage:
    """One act: is there a conflict of interest, or not?"""

    kicker: str
    back: Link
    why: str
    declared: Chip | None
    declared_words: str
    form: DeclarationForm | None
    refusal: str


@dataclass(frozen=True)
class MeetingPage:
    """When and where, and who was there."""

    title: str
    kicker: str
    back: Link
    form: MeetingForm | None
    facts: tuple[Fact, ...]
    present: tuple[Fact, ...]
    zone: str
    refusal: str


@dataclass(frozen=True)
class PointLine:
    """A point that is not agreed."""

    item: str
    text: str
    href: str
    institution: str
    team: str
    settle: str


@dataclass(frozen=True)
class ChangeLine:
    """Something that is not what was frozen."""

    item: str
    href: str
    field: str
    before: str
    after: str
    who: str


@dataclass(frozen=True)
class Paper:
    """The minutes of a closing: where to get them, and the signed scans, the standing one
    first."""

    downloads: tuple[Link, ...]
    issue: tuple[Link, ...]
    signed: tuple[Fact, ...]
    is_signed: bool
    form: SignedForm | None
    action: str


@dataclass(frozen=True)
class ClosingRecord:
    """One preliminary result as it was frozen."""

    number: int
    title: str
    facts: tuple[Fact, ...]
    summary: str
    disputed: tuple[PointLine, ...]
    paper: Paper


@dataclass(frozen=True)
class ClosingPage:
    """The closing: what is not agreed, the freezing, what was frozen, what changed since."""

    kicker: str
    back: Link
    lead: str
    missing: str
    primary: Link | None
    outcome: Chip
    total: str
    counts: str
    warning: str
    meeting: Fact
    points: tuple[PointLine, ...]
    point_form: PointForm | None
    form: ClosingForm | None
    again: bool
    stale: str
    closed_form: str
    records: tuple[ClosingRecord, ...]
    changes: tuple[ChangeLine, ...]
    changes_words: str
    megabytes: int
