"""What is on the screen when somebody puts their name to an assessment?"""

from dataclasses import dataclass

from assessor.assessments.document.decided import Decided
from assessor.assessments.review.building import Looking, RemarkLine
from assessor.assessments.signing.forms import SignForm
from assessor.assessments.visit.pages import ChangeLine
from assessor.ui.parts import Fact, FindingCard, Link, Task


@dataclass(frozen=True)
class LackLine:
    """Something that must be mended first, with the way there."""

    words: str
    href: str


@dataclass(frozen=True)
class LackGroup:
    """What an aspect lacks."""

    title: str
    lines: tuple[LackLine, ...]


@dataclass(frozen=True)
class SignedFinding:
    """A finding on the screen."""

    card: FindingCard
    statement: str


@dataclass(frozen=True)
class SignPage:
    """What is signed, what stands in the way, and the sign-off itself."""

    h1: str
    kicker: str
    back: Link
    lead: str
    form: SignForm | None
    stale: str
    lacks: tuple[LackGroup, ...]
    decided: Decided
    findings: tuple[SignedFinding, ...]
    findings_href: str
    meaning: str
    button: str
    button_icon: str
    own: bool
    refusal: str = ""
    exemptible: str = ""
    unseen: str = ""  # what must be looked at before anybody signs
    looking: Looking | None = None
    expired: tuple[Task, ...] = ()  # items with a permit that had run out before the visit
    remarks: tuple[RemarkLine, ...] = ()
    compared: tuple[Fact, ...] = ()
    signed: tuple[Fact, ...] = ()
    action: str = ""  # where the sign-off of a checker or verifier goes
    after_words: str = ""  # what follows from it
    changes: tuple[ChangeLine, ...] = ()
    undated_href: str = ""  # on site, and nobody said on which day
