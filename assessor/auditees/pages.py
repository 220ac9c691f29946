"""What do the pages show on which auditees are registered and kept?"""

from dataclasses import dataclass

from flask_babel import gettext as _

from assessor.auditees.forms import (
    PlaceForm,
    RegisterForm,
    ServiceForm,
    TagsForm,
)
from assessor.auditees.models import AuditeeKind
from assessor.auditees.near import Near
from assessor.auditees.tags import AGENCY_NAMES, TAGS
from assessor.ui.current import say, the_language
from assessor.ui.formats import day, number
from assessor.ui.parts import Chip, Link


@dataclass(frozen=True)
class PlaceLine:
    """A territory that a search found; choosing it goes on."""

    name: str
    around: str
    note: str
    href: str
    code: str


@dataclass(frozen=True, kw_only=True)
class PlacePage:
    """Where is it? Found by words; what is found leads on, or is chosen by a button."""

    title: str
    lead: str
    back: Link
    action: str
    hint: str
    form: PlaceForm
    words: str
    found: tuple[PlaceLine, ...]
    nothing: str  # what to do where nothing is found
    choose: str = ""  # where a button sends the choice; else each line is a link
    seen: str = ""
    refusal: str = ""
    kinds: tuple[Link, ...] = ()


def place_hint(kind: AuditeeKind) -> str:
    """By which names the place of such an auditee is found."""
    if kind is AuditeeKind.site:
        return str(_("Nama kabupaten atau kota."))
    return str(_("Nama desa atau kelurahan; boleh ditambah nama kabupatennya."))


def nothing_found(kind: AuditeeKind) -> str:
    """What to try next; people say the name of a town that is no regency."""
    if kind is AuditeeKind.site:
        return str(
            _(
                "Tulis nama kabupaten atau kotanya, bukan kecamatan, desa, atau ibu kotanya. "
                "Misalnya Banyumas, bukan Purwokerto."
            )
        )
    return str(
        _("Periksa ejaannya. Tulis nama desa atau kelurahannya, bukan dusun atau kecamatannya.")
    )


@dataclass(frozen=True)
class NearLine:
    """One that may be the same, as much of it as anybody may know."""

    name: str
    detail: str
    href: str


@dataclass(frozen=True, kw_only=True)
class RegisterPage:
    """The form of a new auditee, with those that may be the same."""

    title: str
    place: str
    back: Link
    action: str
    form: RegisterForm
    site: bool
    near: tuple[NearLine, ...]
    office_hint: str
    derived: str


@dataclass(frozen=True, kw_only=True)
class TagsPage:
    """The tags that can be chosen, and those that follow from other facts."""

    name: str
    back: Link
    action: str
    form: TagsForm
    derived: tuple[str, ...]


@dataclass(frozen=True)
class ServiceLine:
    """A service, present or past."""

    name: str
    capacity: str
    since: str
    until: str
    end_href: str


@dataclass(frozen=True, kw_only=True)
class ServicesPage:
    """What a site gives and gave, and the form for more."""

    name: str
    back: Link
    action: str
    form: ServiceForm
    lines: tuple[ServiceLine, ...]
    chip: Chip | None = None


def kind_name(kind: AuditeeKind) -> str:
    """What it is, in the reader's words."""
    return str(_("Lembaga") if kind is AuditeeKind.site else _("Unit IBM"))


def tag_name(kind: AuditeeKind, tag: str) -> str:
    """What a tag means, in the reader's words."""
    words = TAGS[kind].get(tag)
    return say(words) if words is not None else tag


def agency_choices() -> dict[str, str]:
    """Every operator with its name."""
    return {each.value: say(words) for each, words in AGENCY_NAMES.items()}


def capacity_words(capacity: int | None) -> str:
    """How many places a service has."""
    if capacity is None:
        return str(_("tanpa batas tempat"))
    return str(_("%(count)s tempat", count=number(capacity, the_language())))


def near_line(each: Near, href: str) -> NearLine:
    """As much of it as anybody who registers may know."""
    detail = f"{each.reference} · {each.office}"
    if each.closed_on is not None:
        detail += " · " + _("Ditutup %(day)s", day=day(each.closed_on, the_language()))
    return NearLine(each.name, detail, href)
