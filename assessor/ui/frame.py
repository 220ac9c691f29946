"""What does every page carry around its own content?

The view layer fills a `Frame` per request; `ui/layout.html` reads nothing else.
"""

from dataclasses import dataclass, field
from enum import StrEnum


class Theme(StrEnum):
    """What the reader chose; `auto` follows the device."""

    auto = "auto"
    light = "light"
    dark = "dark"


class FlashKind(StrEnum):
    ok = "ok"
    info = "info"
    warn = "warn"
    bad = "bad"


@dataclass(frozen=True)
class NavItem:
    """One entry of the main navigation; `icon` is a name of `ui/icons.html`."""

    href: str
    label: str
    icon: str
    current: bool = False


@dataclass(frozen=True)
class NavLink:
    """A link of the frame itself."""

    href: str
    label: str


@dataclass(frozen=True)
class Flash:
    """A sentence about what has just happened."""

    kind: FlashKind
    text: str


@dataclass(frozen=True)
class FrameLinks:
    """Where the frame's own links and forms lead."""

    home: str = "/"
    profile: str = "/profile"
    sign_in: str = "/sign-in"
    sign_out: str = "/sign-out"
    preferences: str = "/preferences"


@dataclass(frozen=True)
class Frame:
    """Language, person and navigation of one page.

    `POST links.preferences` gets `language` or `theme`, and `next` (= `path`), and comes back.
    """

    language: str
    theme: Theme
    demo: bool
    version: str
    nav: tuple[NavItem, ...]
    person_name: str
    person_role: str
    signed_in: bool
    csrf_token: str
    path: str
    flashes: tuple[Flash, ...]
    links: FrameLinks = field(default_factory=FrameLinks)
    section: tuple[NavItem, ...] = ()  # the pages beside this one, in a part that has several
    section_label: str = ""
    alarm: NavLink | None = None  # what cannot wait, on every page
    aside: NavLink | None = None  # a quiet act that is always at hand here
    shared: bool = False  # a shared computer: scripts keep nothing on it (`data-shared`)

    @property
    def initials(self) -> str:
        """First letters of the first and the last name, for the round mark beside the menu."""
        words = [word for word in self.person_name.split() if word[0].isalpha()]
        ends = words if len(words) < 2 else [words[0], words[-1]]
        return "".join(word[0].upper() for word in ends)
