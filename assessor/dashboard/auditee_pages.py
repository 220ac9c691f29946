"""Which institutions and units are there, and what is one of them?"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from flask import Blueprint, render_template, request, url_for
from flask_babel import gettext as _

from assessor.access.decide import decide
from assessor.access.guard import requires, the_actor, the_request
from assessor.access.permissions import Permission
from assessor.assessments import wording
from assessor.assessments.models import Kind, Status
from assessor.auditees.forms import SoughtForm
from assessor.auditees.history import list_handovers
from assessor.auditees.holds import holds_on
from assessor.auditees.loaders import loaded_auditee
from assessor.auditees.models import Auditee, AuditeeKind
from assessor.auditees.pages import capacity_words, kind_name, tag_name
from assessor.auditees.queries import get_surroundings, list_services
from assessor.auditees.tags import AGENCY_NAMES
from assessor.dashboard.auditee_list import list_page
from assessor.dashboard.auditee_registers import (
    PermitsPart,
    ValuesPart,
    permits_part,
    values_part,
)
from assessor.dashboard.history import Round, list_rounds
from assessor.database.extension import db
from assessor.organization.queries import get_place
from assessor.organization.territory_files import ATTRIBUTION
from assessor.ui.current import say, the_clock, the_language
from assessor.ui.formats import Zone, day, day_in, percent
from assessor.ui.parts import Chip, ChipStatus, Column, Event, Fact, Link, Task
from assessor.urgent.pages import hold_words, task_of
from assessor.urgent.queries import list_of_auditee

blueprint = Blueprint("auditees", __name__, template_folder="templates")

_MARKS: Mapping[Status, ChipStatus] = {
    Status.draft: ChipStatus.neutral,
    Status.in_progress: ChipStatus.progress,
    Status.submitted: ChipStatus.info,
    Status.checked: ChipStatus.info,
    Status.returned: ChipStatus.warn,
    Status.sealed: ChipStatus.sealed,
    Status.revised: ChipStatus.neutral,
}


@blueprint.get("/auditees")
@requires(Permission.home)
def index() -> str:
    """All that the reader may see, by name, 50 at a time."""
    page = list_page(
        db.session(),
        the_actor(),
        SoughtForm(request.args),
        request.args.get("at", ""),
        now=the_clock()(),
    )
    return render_template("auditees/index.html", page=page)


@dataclass(frozen=True)
class RoundLine:
    """One assessment in the history, in the reader's words."""

    title: str
    href: str
    reference: str
    when: str
    chip: Chip
    result: str


@dataclass(frozen=True)
class AuditeePage:
    """What is known of an auditee."""

    name: str
    kicker: str
    place: str
    closed: Chip | None
    back: Link
    act: Link | None
    facts: tuple[Fact, ...]
    services: tuple[Fact, ...]
    tags: tuple[str, ...]
    columns: tuple[Column, ...]
    rounds: tuple[RoundLine, ...]
    holds: tuple[str, ...]
    urgent: tuple[Task, ...]
    permits: PermitsPart | None
    outside: ValuesPart | None
    evidence_href: str
    comparison_href: str  # once two assessments are sealed
    attribution: str
    passed: tuple[Event, ...]
    changes: tuple[Link, ...]  # what the reader may change of services and tags
    closing: Link | None


def _may(permission: Permission) -> bool:
    loaded = the_request().loaded
    return loaded is not None and decide(the_actor(), permission, loaded.subject).allowed


def _keeping(auditee: Auditee) -> Mapping[str, Link]:
    """What the reader may change about it; nothing but opening again once it is closed."""
    if not _may(Permission.keep_auditee):
        return {}
    base = f"/auditees/{auditee.id}"
    if auditee.closed_on is not None:
        return {"close": Link(_("Buka lagi lembaga atau unit"), f"{base}/close")}
    links = {
        "facts": Link(_("Ubah"), f"{base}/edit"),
        "place": Link(_("Ubah"), f"{base}/place"),
        "office": Link(_("Alihkan"), f"{base}/hand-over"),
        "tags": Link(_("Ubah ciri"), f"{base}/tags"),
        "close": Link(_("Tutup lembaga atau unit"), f"{base}/close"),
    }
    if auditee.kind is AuditeeKind.site:
        links["services"] = Link(_("Ubah layanan"), f"{base}/services")
    return links


def _passed(auditee: Auditee) -> tuple[Event, ...]:
    return tuple(
        Event(
            when=day(each.on, the_language()),
            title=f"{each.from_office} → {each.to_office}",
            detail=each.reason,
            status=ChipStatus.info,
        )
        for each in list_handovers(db.session(), auditee.id)
    )


def _facts(auditee: Auditee, place: str) -> tuple[Fact, ...]:
    around = get_surroundings(db.session(), auditee)
    keeping = _keeping(auditee)
    change = keeping.get("facts")
    office = Fact(
        _("Kantor penanggung jawab"), around.responsible_office, act=keeping.get("office")
    )
    facts = [office]
    if around.entity:
        facts.append(Fact(_("Badan"), around.entity, note=around.legal_form or ""))
    facts.append(Fact(_("Pengelola"), say(AGENCY_NAMES[auditee.agency]), act=change))
    if around.operating_office:
        facts.append(Fact(_("Dijalankan oleh"), around.operating_office))
    facts.append(Fact(_("Wilayah"), place, act=keeping.get("place")))
    if auditee.address or change:
        facts.append(Fact(_("Alamat"), auditee.address or _("belum diisi"), act=change))
    facts.append(Fact(_("Waktu setempat"), auditee.time_zone.value))
    since = day_in(auditee.created_at, Zone(auditee.time_zone.value))
    facts.append(Fact(_("Terdaftar sejak"), day(since, the_language())))
    return tuple(facts)


def _services(auditee: Auditee, today: date) -> tuple[Fact, ...]:
    language = the_language()
    return tuple(
        Fact(
            tag_name(auditee.kind, each.tag),
            capacity_words(each.capacity),
            note=_("sejak %(day)s", day=day(each.valid_from, language)),
        )
        for each in list_services(db.session(), auditee.id, today)
    )


def _holds(auditee: Auditee, zone: Zone) -> tuple[str, ...]:
    """Why it is on hold, for those who may know; never for the auditee itself."""
    if not _may(Permission.see_hold):
        return ()
    today = day_in(the_clock()(), zone)
    return tuple(hold_words(each, zone) for each in holds_on(db.session(), auditee.id, today))


def _round_line(each: Round, zone: Zone) -> RoundLine:
    language = the_language()
    words = []
    # what somebody says of itself decides nothing
    if each.outcome is not None and each.kind is not Kind.self:
        words.append(wording.in_(language, wording.OUTCOMES, each.outcome))
    if each.total is not None:
        words.append(percent(each.total, language))
    if each.unmet is not None:
        words.append(wording.unmet_in(language, *each.unmet))
    return RoundLine(
        title=wording.in_(language, wording.KINDS, each.kind),
        href=f"/assessments/{each.id}",
        reference=each.reference,
        when=day(day_in(each.at, zone), language),
        chip=Chip(_MARKS[each.status], wording.in_(language, wording.STATUSES, each.status)),
        result=" · ".join(words),
    )


def _primary_act(auditee: Auditee) -> Link | None:
    """What the reader can begin here."""
    if auditee.closed_on is not None:
        return None
    href = f"/auditees/{auditee.id}/assessments/new"
    if _may(Permission.open_self_assessment):
        return Link(_("Mulai penilaian mandiri"), href)
    if _may(Permission.open_assessment):
        return Link(_("Buka penilaian"), href)
    return None


@blueprint.get("/auditees/<auditee_id>")
@requires(Permission.see_auditee, loaded_auditee)
def page(loaded: Auditee) -> str:
    """What it is, who is responsible for it, and its assessments in time order."""
    session, zone = db.session(), Zone(loaded.time_zone.value)
    place = get_place(session, loaded.village_code or loaded.regency_code).line
    keeping = _keeping(loaded)
    rounds = list_rounds(session, the_actor(), loaded.id)
    shown = AuditeePage(
        name=loaded.name,
        kicker=f"{kind_name(loaded.kind)} · {loaded.reference}",
        place=place,
        closed=Chip(
            ChipStatus.neutral, _("Ditutup %(day)s", day=day(loaded.closed_on, the_language()))
        )
        if loaded.closed_on
        else None,
        back=Link(_("Lembaga dan unit"), url_for("auditees.index")),
        act=_primary_act(loaded),
        facts=_facts(loaded, place),
        services=_services(loaded, day_in(the_clock()(), zone)),
        tags=tuple(sorted(tag_name(loaded.kind, tag) for tag in loaded.tags)),
        columns=(
            Column(_("Penilaian")),
            Column(_("Keadaan")),
            Column(_("Tanggal")),
            Column(_("Hasil")),
        ),
        rounds=tuple(_round_line(each, zone) for each in rounds),
        holds=_holds(loaded, zone),
        urgent=tuple(task_of(each) for each in list_of_auditee(session, the_actor(), loaded.id)),
        permits=permits_part(loaded, day_in(the_clock()(), zone))
        if loaded.kind is AuditeeKind.site and _may(Permission.see_permits)
        else None,
        outside=values_part(loaded) if _may(Permission.see_outside_values) else None,
        evidence_href=f"/auditees/{loaded.id}/evidence" if _may(Permission.see_evidence) else "",
        comparison_href=f"/auditees/{loaded.id}/comparison"
        if sum(each.status is Status.sealed for each in rounds) > 1
        else "",
        attribution=ATTRIBUTION,
        passed=_passed(loaded) if _may(Permission.keep_auditee) else (),
        changes=tuple(keeping[name] for name in ("services", "tags") if name in keeping),
        closing=keeping.get("close"),
    )
    return render_template("auditees/page.html", page=shown)
