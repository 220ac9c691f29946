"""What stands on the pages of permits, in the reader's words?"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from flask_babel import gettext as _

from assessor.auditees.tags import SITE_TAGS
from assessor.permits.forms import PermitForm, ScanForm, WithdrawForm
from assessor.permits.kinds import kind_label
from assessor.permits.models import Permit
from assessor.permits.queries import Due, Entered
from assessor.permits.validity import State, Step, step_of
from assessor.ui.current import say, the_language
from assessor.ui.formats import Zone, day, due, moment
from assessor.ui.parts import Chip, ChipStatus, Column, Fact, Link, Task


@dataclass(frozen=True)
class PermitLine:
    """A permit in the list."""

    title: str
    href: str
    number: str
    issuer: str
    period: str
    chip: Chip
    scan: Link | None


@dataclass(frozen=True)
class RegisterPage:
    """The permits of a site: those that stand, and those that did."""

    kicker: str
    back: Link
    lead: str
    act: Link | None
    columns: tuple[Column, ...]
    standing: tuple[PermitLine, ...]
    earlier: tuple[PermitLine, ...]


@dataclass(frozen=True)
class EnterPage:
    """The form for a permit or its renewal."""

    h1: str
    kicker: str
    back: Link
    action: str
    replaced: str
    megabytes: int
    why: str
    form: PermitForm


@dataclass(frozen=True)
class PermitPage:
    """One permit."""

    h1: str
    kicker: str
    back: Link
    chip: Chip
    lead: str
    renew: Link | None
    facts: tuple[Fact, ...]
    scan: Link | None
    scan_form: ScanForm | None
    scan_action: str
    withdraw_form: WithdrawForm | None
    withdraw_action: str


def register_href(auditee_id: str) -> str:
    """The permits of a site."""
    return f"/auditees/{auditee_id}/permits"


def permit_href(permit_id: str) -> str:
    """One permit."""
    return f"/permits/{permit_id}"


def state_chip(state: State, expires_on: date | None, today: date) -> Chip:
    """How a permit stands, in word and shape; how near its end is while it stands."""
    if state in {State.ending, State.expired} and expires_on is not None:
        return end_chip(expires_on, today)
    return {
        State.withdrawn: Chip(ChipStatus.neutral, _("Ditarik")),
        State.replaced: Chip(ChipStatus.neutral, _("Sudah diganti")),
        State.not_yet: Chip(ChipStatus.info, _("Belum berlaku")),
    }.get(state, Chip(ChipStatus.ok, _("Berlaku")))


def end_chip(expires_on: date, today: date) -> Chip:
    """The reminder of a permit: its step in words."""
    step, language = step_of(expires_on, today), the_language()
    if step is Step.expired:
        return Chip(ChipStatus.late, _("Habis %(day)s", day=day(expires_on, language)))
    words = _("Habis %(due)s", due=due(expires_on, today, language))
    status = {Step.month: ChipStatus.bad, Step.quarter: ChipStatus.warn}
    return Chip(status.get(step, ChipStatus.info) if step else ChipStatus.info, words)


def period_words(permit: Permit) -> str:
    """From when until when."""
    language = the_language()
    start = day(permit.valid_from, language)
    if permit.expires_on is None:
        return str(_("sejak %(start)s, tanpa batas waktu", start=start))
    return str(_("%(start)s sampai %(end)s", start=start, end=day(permit.expires_on, language)))


def service_words(tag: str | None) -> str:
    """The service a permit is for."""
    if tag is None:
        return str(_("Seluruh lokasi"))
    return say(SITE_TAGS[tag]) if tag in SITE_TAGS else tag


def permit_line(entered: Entered, state: State, today: date, *, links: bool) -> PermitLine:
    """A permit in the list."""
    permit = entered.permit
    title = kind_label(permit.kind, the_language())
    if permit.service is not None:
        title = f"{title} · {service_words(permit.service)}"
    return PermitLine(
        title=title,
        href=permit_href(permit.id),
        number=permit.number,
        issuer=permit.issuer,
        period=period_words(permit),
        chip=state_chip(state, permit.expires_on, today),
        scan=_scan(entered) if links else None,
    )


def _scan(entered: Entered) -> Link | None:
    if entered.permit.evidence_id is None:
        return None
    return Link(entered.scan or _("Pindaian"), f"/evidence/{entered.permit.evidence_id}")


def facts_of(entered: Entered, all_of: Mapping[str, Entered], zone: Zone) -> tuple[Fact, ...]:
    """What is known of a permit, with its neighbours in time."""
    permit, language = entered.permit, the_language()
    facts = [
        Fact(_("Nomor"), permit.number),
        Fact(_("Penerbit"), permit.issuer),
        Fact(_("Masa berlaku"), period_words(permit)),
        Fact(_("Untuk layanan"), service_words(permit.service)),
    ]
    if permit.scope:
        facts.append(Fact(_("Cakupan"), permit.scope))
    if permit.replaces_id is not None and permit.replaces_id in all_of:
        old = all_of[permit.replaces_id].permit
        link = Link(_("Lihat"), permit_href(old.id))
        facts.append(Fact(_("Menggantikan"), old.number, note=period_words(old), act=link))
    facts.extend(
        Fact(
            _("Digantikan oleh"),
            each.permit.number,
            note=period_words(each.permit),
            act=Link(_("Lihat"), permit_href(each.permit.id)),
        )
        for each in all_of.values()
        if each.permit.replaces_id == permit.id and each.permit.withdrawn_at is None
    )
    facts.append(Fact(_("Dicatat"), moment(permit.entered_at, zone, language), note=entered.who))
    if permit.withdrawn_at is not None:
        when = moment(permit.withdrawn_at, zone, language)
        facts.append(Fact(_("Ditarik"), when, note=permit.withdrawn_reason or ""))
    return tuple(facts)


def reminder(each: Due, today: date) -> Task:
    """A permit among what somebody has to do."""
    kind = kind_label(each.kind, the_language())
    return Task(
        _("Perpanjang izin: %(name)s", name=each.auditee),
        permit_href(each.permit_id),
        kind,
        end_chip(each.expires_on, today),
    )
