"""How are permits entered, renewed, read and withdrawn in the browser?"""

import logging
from datetime import date

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from werkzeug.datastructures import FileStorage
from werkzeug.wrappers import Response

from assessor.access.decide import decide
from assessor.access.guard import requires, the_actor, the_request
from assessor.access.permissions import Permission
from assessor.auditees.models import Auditee
from assessor.auditees.tags import SERVICE_TAGS, SITE_TAGS
from assessor.database.base import new_id
from assessor.database.extension import db
from assessor.evidence.declaration import CURRENT, WHY
from assessor.evidence.models import EvidenceKind
from assessor.evidence.names import LONGEST_TITLE
from assessor.evidence.queries import pieces_of
from assessor.evidence.services import hand_in
from assessor.permits import services
from assessor.permits.forms import PermitForm, ScanForm, WithdrawForm
from assessor.permits.kinds import kind_label, kinds
from assessor.permits.loaders import loaded_permit, loaded_site, loaded_site_for_upload
from assessor.permits.models import Permit
from assessor.permits.pages import (
    EnterPage,
    PermitPage,
    RegisterPage,
    facts_of,
    permit_href,
    permit_line,
    register_href,
    state_chip,
)
from assessor.permits.queries import dated, list_permits
from assessor.permits.validity import State, reminders, states
from assessor.sentences import Refused
from assessor.ui.current import say, the_clock, the_language, the_scanner, the_settings, the_store
from assessor.ui.fields import offer
from assessor.ui.formats import Zone, day_in
from assessor.ui.parts import Column, Link
from evidence_store.store import StoreError

log = logging.getLogger("assessor.permits")

blueprint = Blueprint("permits", __name__, template_folder="templates")

MOST_SCANS = 100
_EARLIER = frozenset({State.replaced, State.withdrawn})


def _may(permission: Permission) -> bool:
    loaded = the_request().loaded
    return loaded is not None and decide(the_actor(), permission, loaded.subject).allowed


def _today(auditee: Auditee) -> date:
    return day_in(the_clock()(), Zone(auditee.time_zone.value))


@blueprint.get("/auditees/<auditee_id>/permits")
@requires(Permission.see_permits, loaded_site)
def register(loaded: Auditee) -> str:
    """What stands, what ends soon, what stood before."""
    today = _today(loaded)
    entered = list_permits(db.session(), loaded.id)
    all_dated = [dated(each.permit) for each in entered]
    found, due = states(all_dated, today), reminders(all_dated, today)
    links = _may(Permission.see_evidence)
    lines = [
        (found[each.permit.id], permit_line(each, found[each.permit.id], today, links=links))
        for each in entered
    ]
    keeps = _may(Permission.keep_permits) and loaded.closed_on is None
    page = RegisterPage(
        kicker=f"{loaded.name} · {loaded.reference}",
        back=Link(loaded.name, f"/auditees/{loaded.id}"),
        lead=ngettext(
            "%(num)s izin perlu diperpanjang atau sudah habis.",
            "%(num)s izin perlu diperpanjang atau sudah habis.",
            len(due),
        )
        if due
        else "",
        act=Link(_("Catat izin"), url_for("permits.enter_form", auditee_id=loaded.id))
        if keeps
        else None,
        columns=(
            Column(_("Izin")),
            Column(_("Nomor")),
            Column(_("Berlaku")),
            Column(_("Keadaan")),
            Column(_("Pindaian")),
        ),
        standing=tuple(
            line
            for _each, (state, line) in sorted(
                zip(entered, lines, strict=True),
                key=lambda pair: pair[0].permit.expires_on or date.max,
            )
            if state not in _EARLIER
        ),
        earlier=tuple(line for state, line in lines if state in _EARLIER),
    )
    return render_template("permits/register.html", page=page)


# ---- entering ----


def _scans(auditee_id: str) -> dict[str, str]:
    if not _may(Permission.see_evidence):
        return {}
    found = pieces_of(db.session(), auditee_id, most=MOST_SCANS, only_live=True)
    return {each.id: each.title for each in found}


def _with_choices(form: PermitForm, auditee: Auditee) -> PermitForm:
    language = the_language()
    offer(
        form.kind,
        {code: each.label.in_(language) for code, each in kinds().items()},
        none=_("Pilih jenis izin"),
    )
    offered = sorted(SERVICE_TAGS & set(auditee.tags))
    offer(form.service, {tag: say(SITE_TAGS[tag]) for tag in offered}, none=_("Seluruh lokasi"))
    offer(form.evidence, _scans(auditee.id), none=_("Belum ada pindaian"))
    return form


def _replaced(auditee: Auditee, permit_id: str) -> Permit | None:
    permit = db.session.get(Permit, permit_id) if permit_id else None
    return permit if permit is not None and permit.auditee_id == auditee.id else None


@blueprint.get("/auditees/<auditee_id>/permits/new")
@requires(Permission.keep_permits, loaded_site)
def enter_form(loaded: Auditee) -> str:
    """The form; with `replaces` filled in from the permit that is renewed."""
    form = PermitForm()
    form.permit_id.data = new_id()
    old = _replaced(loaded, request.args.get("replaces", ""))
    if old is not None:
        form.replaces.data = old.id
        form.kind.data, form.service.data = old.kind, old.service or ""
        form.issuer.data, form.scope.data = old.issuer, old.scope
    return _enter_page(loaded, form)


def _enter_page(auditee: Auditee, form: PermitForm) -> str:
    old = _replaced(auditee, form.replaces.data or "")
    page = EnterPage(
        h1=_("Catat perpanjangan izin") if old is not None else _("Catat izin"),
        kicker=f"{auditee.name} · {auditee.reference}",
        back=Link(_("Semua izin"), register_href(auditee.id)),
        action=url_for("permits.enter", auditee_id=auditee.id),
        replaced=f"{kind_label(old.kind, the_language())}, {old.number}" if old else "",
        megabytes=the_settings().upload_limit // (1024 * 1024),
        why=say(WHY),
        form=_with_choices(form, auditee),
    )
    return render_template("permits/enter.html", page=page)


@blueprint.post("/auditees/<auditee_id>/permits/new")
@requires(Permission.keep_permits, loaded_site_for_upload)
def enter(loaded: Auditee) -> Response | tuple[str, int]:
    """Enter a permit; a new scan is handed in as evidence first."""
    form, auditee_id = PermitForm(request.form), loaded.id
    sent = request.files.get("file")
    sent = sent if sent is not None and sent.filename else None
    if not form.validate() or not _declared(form, sent):
        return _enter_page(loaded, form), 400
    try:
        new = _new(form)
        services.check_permit(new)
        evidence_id = _hand_in(auditee_id, form, sent) if sent else form.evidence.data
        permit_id = services.enter_permit(
            db.session(),
            the_actor(),
            the_clock(),
            auditee_id=auditee_id,
            new=services.with_scan(new, evidence_id or None),
        )
    except Refused as refused:
        form.form_errors.append(say(refused.sentence))
    except (OSError, StoreError):
        log.exception("the scan of a permit could not be kept")
        form.form_errors.append(
            _("Pindaiannya belum tersimpan karena gangguan di pihak kami. Kirim sekali lagi.")
        )
    else:
        flash(_("Izin sudah dicatat."), "ok")
        return redirect(permit_href(permit_id), 303)
    return _enter_page(db.session.get_one(Auditee, auditee_id), form), 400


def _declared(form: PermitForm, sent: FileStorage | None) -> bool:
    """A new file needs the declaration that every piece of evidence needs."""
    if sent is None or form.declaration.data:
        return True
    form.declaration.errors = [_("Centang pernyataan ini setelah Anda memeriksa berkasnya.")]
    return False


def _new(form: PermitForm) -> services.NewPermit:
    valid_from: date = form.valid_from.data  # type: ignore[assignment]  # required
    return services.NewPermit(
        permit_id=form.permit_id.data or "",
        kind=form.kind.data or "",
        service=form.service.data or "",
        issuer=form.issuer.data or "",
        number=form.number.data or "",
        scope=form.scope.data or "",
        valid_from=valid_from,
        expires_on=form.expires_on.data,
        replaces=form.replaces.data or None,
    )


def _hand_in(auditee_id: str, form: PermitForm, sent: FileStorage) -> str:
    """Take the scan as evidence of the site; gives its id. Raises Refused."""
    title = f"{kind_label(form.kind.data or '', 'id')} {form.number.data or ''}"
    return hand_in(
        db.session(),
        the_actor(),
        the_clock(),
        store=the_store(),
        limit=the_settings().upload_limit,
        scanner=the_scanner(),
        auditee_id=auditee_id,
        stream=sent.stream,  # type: ignore[arg-type]  # typed as IO[bytes]
        name=sent.filename or "",
        title=title[:LONGEST_TITLE],
        stands_for=min(form.valid_from.data or date.min, _today_of(auditee_id)),
        kind=EvidenceKind.document,
        declaration=CURRENT,
    ).evidence_id


def _today_of(auditee_id: str) -> date:
    return _today(db.session.get_one(Auditee, auditee_id))


# ---- one permit ----


@blueprint.get("/permits/<permit_id>")
@requires(Permission.see_permits, loaded_permit)
def permit(loaded: Permit) -> str:
    """One permit, its scan, and what came before and after it."""
    return _permit(loaded, ScanForm(), WithdrawForm())


def _permit(permit: Permit, scan_form: ScanForm, withdraw_form: WithdrawForm) -> str:
    session = db.session()
    auditee = session.get_one(Auditee, permit.auditee_id)
    today, zone = _today(auditee), Zone(auditee.time_zone.value)
    all_of = {each.permit.id: each for each in list_permits(session, auditee.id)}
    all_dated = [dated(each.permit) for each in all_of.values()]
    state = states(all_dated, today)[permit.id]
    renewed = any(each.replaces == permit.id and not each.withdrawn for each in all_dated)
    keeps = _may(Permission.keep_permits) and auditee.closed_on is None
    open_to_change = keeps and permit.withdrawn_at is None
    entered, links = all_of[permit.id], _may(Permission.see_evidence)
    line = permit_line(entered, state, today, links=links)
    wants_scan = open_to_change and permit.evidence_id is None and links
    if wants_scan:
        offer(scan_form.evidence, _scans(auditee.id), none=_("Pilih pindaian"))
    renew_href = url_for("permits.enter_form", auditee_id=auditee.id, replaces=permit.id)
    due = permit.id in reminders(all_dated, today)
    page = PermitPage(
        h1=kind_label(permit.kind, the_language()),
        kicker=f"{auditee.name} · {auditee.reference}",
        back=Link(_("Semua izin"), register_href(auditee.id)),
        chip=state_chip(state, permit.expires_on, today),
        lead=_("Bila perpanjangannya sudah terbit, catat sebagai pengganti izin ini.")
        if due and open_to_change
        else "",
        renew=Link(_("Catat perpanjangannya"), renew_href)
        if open_to_change and not renewed and state is not State.not_yet
        else None,
        facts=facts_of(entered, all_of, zone),
        scan=line.scan,
        scan_form=scan_form if wants_scan else None,
        scan_action=url_for("permits.scan", permit_id=permit.id),
        withdraw_form=withdraw_form if open_to_change else None,
        withdraw_action=url_for("permits.withdraw", permit_id=permit.id),
    )
    return render_template("permits/permit.html", page=page)


@blueprint.post("/permits/<permit_id>/scan")
@requires(Permission.keep_permits, loaded_permit)
def scan(loaded: Permit) -> Response | tuple[str, int]:
    """Link a piece that was handed in as the scan."""
    form, permit_id = ScanForm(request.form), loaded.id
    if not form.validate():
        return _permit(loaded, form, WithdrawForm()), 400
    try:
        services.link_scan(
            db.session(),
            the_actor(),
            the_clock(),
            permit_id=permit_id,
            evidence_id=form.evidence.data or "",
        )
    except Refused as refused:
        flash(say(refused.sentence), "warn")
    else:
        flash(_("Pindaian sudah ditautkan."), "ok")
    return redirect(permit_href(permit_id), 303)


@blueprint.post("/permits/<permit_id>/withdraw")
@requires(Permission.keep_permits, loaded_permit)
def withdraw(loaded: Permit) -> Response | tuple[str, int]:
    """Take a permit out of the register, with the reason."""
    form, permit_id = WithdrawForm(request.form), loaded.id
    if not form.validate():
        return _permit(loaded, ScanForm(), form), 400
    try:
        services.withdraw_permit(
            db.session(),
            the_actor(),
            the_clock(),
            permit_id=permit_id,
            reason=form.reason.data or "",
        )
    except Refused as refused:
        flash(say(refused.sentence), "warn")
    else:
        flash(_("Izin sudah ditarik. Riwayatnya tetap terbaca."), "ok")
    return redirect(permit_href(permit_id), 303)
