"""What stands on the pages of values from outside, in the reader's words?"""

from dataclasses import dataclass

from flask_babel import gettext as _

from assessor.outside_values.forms import ValueForm, WithdrawForm
from assessor.outside_values.kinds import kind_label
from assessor.outside_values.models import OutsideValue
from assessor.outside_values.queries import Entered
from assessor.ui.current import the_language
from assessor.ui.formats import Zone, moment
from assessor.ui.parts import Column, Fact, Link


@dataclass(frozen=True)
class ValueLine:
    """A value in the list; `withdrawn` says why it counts no more."""

    title: str
    value: str
    scale: str
    source: str
    entered: str
    scan: Link | None
    withdraw: Link | None
    withdrawn: str


@dataclass(frozen=True)
class ValuesPage:
    """All values that others gave an auditee."""

    kicker: str
    back: Link
    act: Link | None
    columns: tuple[Column, ...]
    standing: tuple[ValueLine, ...]
    withdrawn: tuple[ValueLine, ...]


@dataclass(frozen=True)
class EnterPage:
    """The form for a value."""

    kicker: str
    back: Link
    action: str
    form: ValueForm


@dataclass(frozen=True)
class WithdrawPage:
    """The form with which a value is taken back."""

    kicker: str
    back: Link
    action: str
    facts: tuple[Fact, ...]
    form: WithdrawForm


def values_href(auditee_id: str) -> str:
    """The values of an auditee."""
    return f"/auditees/{auditee_id}/outside-values"


def title_of(value: OutsideValue) -> str:
    """What it is and of which year."""
    return f"{kind_label(value.kind, the_language())}, {value.year}"


def value_line(entered: Entered, zone: Zone, *, keeps: bool, links: bool) -> ValueLine:
    """A value in the list."""
    value = entered.value
    when = moment(value.entered_at, zone, the_language())
    scan = None
    if links and value.evidence_id is not None:
        scan = Link(entered.scan or _("Pindaian"), f"/evidence/{value.evidence_id}")
    return ValueLine(
        title=title_of(value),
        value=value.value,
        scale=value.scale,
        source=value.source,
        entered=_("%(when)s oleh %(who)s", when=when, who=entered.who),
        scan=scan,
        withdraw=Link(_("Tarik"), f"/outside-values/{value.id}/withdraw")
        if keeps and value.withdrawn_at is None
        else None,
        withdrawn=value.withdrawn_reason or "",
    )


def value_fact(value: OutsideValue) -> Fact:
    """A value among the facts of an auditee."""
    note = "; ".join(part for part in (_scale(value.scale), value.source) if part)
    return Fact(title_of(value), value.value, note=note)


def _scale(scale: str) -> str:
    return str(_("skala %(scale)s", scale=scale)) if scale else ""
