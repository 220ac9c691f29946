"""What do the pages of administration show?"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from flask_babel import gettext as _
from wtforms import Form

from assessor.organization.models import OfficeKind
from assessor.ui.parts import Chip, Column, Fact, FilterChip, Link


@dataclass(frozen=True)
class OfficeLine:
    """One office in the tree, in the reader's words."""

    name: str
    href: str
    kind: str
    depth: int
    auditees: str
    time_zone: str
    closed: str


@dataclass(frozen=True, kw_only=True)
class OfficesPage:
    """The tree of offices."""

    form: Form
    filters: tuple[FilterChip, ...]
    clear_href: str
    lines: tuple[OfficeLine, ...]
    columns: tuple[Column, ...]
    summary: str
    filtered: bool
    act: Link | None


@dataclass(frozen=True)
class RoleGroup:
    """The people who hold one role at an office."""

    role: str
    people: tuple[Fact, ...]


@dataclass(frozen=True)
class AreaLine:
    """A service area of an office."""

    territory: str
    around: str
    since: str
    until: str
    chip: Chip
    end_href: str


@dataclass(frozen=True, kw_only=True)
class OfficePage:
    """What is known of an office."""

    name: str
    kicker: str
    closed: Chip | None
    back: Link
    act: Link | None
    others: tuple[Link, ...]
    facts: tuple[Fact, ...]
    below: tuple[Link, ...]
    groups: tuple[RoleGroup, ...]
    areas: tuple[AreaLine, ...]
    area_columns: tuple[Column, ...]
    area_act: Link | None
    holidays: tuple[Fact, ...]
    holiday_act: Link | None


@dataclass(frozen=True)
class Found:
    """A territory that can be chosen, and who serves it now."""

    code: str
    name: str
    note: str


@dataclass(frozen=True, kw_only=True)
class NewAreaPage:
    """First the territory is searched, then chosen with the dates."""

    office: str
    back: Link
    action: str
    search: Form
    form: Form
    found: tuple[Found, ...]
    words: str


@dataclass(frozen=True)
class ProvinceLine:
    """A province with the counts of who serves its regencies."""

    name: str
    counts: tuple[str, ...]
    regencies: tuple[Fact, ...]


@dataclass(frozen=True, kw_only=True)
class CoveragePage:
    """Who serves where today, and what is wrong with it."""

    as_of: str
    numbers: tuple[Fact, ...]
    problems: tuple[Fact, ...]
    more_problems: int
    columns: tuple[Column, ...]
    provinces: tuple[ProvinceLine, ...]
    attribution: str
    act: Link | None = field(default=None)


def office_kind_name(kind: OfficeKind) -> str:
    """The level of an office in words."""
    names: Mapping[OfficeKind, str] = {
        OfficeKind.centre: _("Kantor pusat"),
        OfficeKind.bnnp: _("BNN provinsi (BNNP)"),
        OfficeKind.bnnk: _("BNN kabupaten atau kota (BNNK)"),
    }
    return names[kind]
