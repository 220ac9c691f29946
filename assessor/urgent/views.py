"""How is grave danger reported, followed and decided in the browser?"""

from datetime import date

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from werkzeug.wrappers import Response

from assessor.access.decide import decide as rule_on
from assessor.access.guard import requires, the_actor, the_request
from assessor.access.permissions import Permission
from assessor.accounts.confirming import for_signer, is_confirmed
from assessor.auditees.models import Auditee
from assessor.database.base import new_id
from assessor.database.extension import db
from assessor.sentences import NotPermitted, Refused, Stale
from assessor.ui.choices import offer
from assessor.ui.current import say, the_clock, the_language
from assessor.ui.formats import Zone, day_in
from assessor.ui.parts import Column, Link
from assessor.urgent import services
from assessor.urgent.forms import ENDS, STAYS, DecideForm, LiftForm, NoteForm, ReportForm
from assessor.urgent.kinds import kinds, outsiders
from assessor.urgent.loaders import (
    About,
    loaded_about_assessment,
    loaded_about_auditee,
    loaded_report,
)
from assessor.urgent.models import UrgentReport, Verdict
from assessor.urgent.pages import (
    VERDICTS,
    DecidePage,
    DetailPage,
    ListPage,
    ReportPage,
    decided_line,
    decision_of,
    facts_of,
    hold_words,
    lasting_hold,
    notes_of,
    report_href,
    task_of,
    verdict_chip,
)
from assessor.urgent.queries import (
    PAGE_SIZE,
    content_hash,
    get_whole,
    list_seen,
    may_at_all,
    place_from_text,
)

blueprint = Blueprint("urgent", __name__, template_folder="templates")


def _may(permission: Permission) -> bool:
    loaded = the_request().loaded
    return loaded is not None and rule_on(the_actor(), permission, loaded.subject).allowed


def _today(auditee: Auditee) -> date:
    return day_in(the_clock()(), Zone(auditee.time_zone.value))


# ---- reporting ----


def _with_choices(form: ReportForm, auditee: Auditee) -> ReportForm:
    language = the_language()
    offer(form.kind, {code: each.label.in_(language) for code, each in kinds().items()})
    offer(form.told, {code: label.in_(language) for code, label in outsiders().items()})
    form.today = _today(auditee)
    return form


def _form(about: About) -> str:
    form = _with_choices(ReportForm(), about.auditee)
    form.report_id.data = new_id()
    form.seen_on.data = form.today
    return _report_page(about, form)


def _report_page(about: About, form: ReportForm) -> str:
    auditee, assessment = about.auditee, about.assessment
    if assessment is None:
        back = Link(auditee.name, f"/auditees/{auditee.id}")
        action = url_for("urgent.report_about_auditee", auditee_id=auditee.id)
    else:
        back = Link(_("Penilaian ini"), f"/assessments/{assessment.id}")
        action = url_for("urgent.report_about_assessment", assessment_id=assessment.id)
    page = ReportPage(
        kicker=f"{auditee.name} · {assessment.reference if assessment else auditee.reference}",
        back=back,
        action=action,
        form=form,
    )
    return render_template("urgent/report.html", page=page)


@blueprint.get("/auditees/<auditee_id>/urgent-reports/new")
@requires(Permission.report_urgent, loaded_about_auditee)
def about_auditee(loaded: About) -> str:
    """The form, from the page of an auditee."""
    return _form(loaded)


@blueprint.get("/assessments/<assessment_id>/urgent-reports/new")
@requires(Permission.report_urgent, loaded_about_assessment)
def about_assessment(loaded: About) -> str:
    """The form, from within an assessment."""
    return _form(loaded)


@blueprint.post("/auditees/<auditee_id>/urgent-reports/new")
@requires(Permission.report_urgent, loaded_about_auditee)
def report_about_auditee(loaded: About) -> Response | tuple[str, int]:
    """Report what was seen at an auditee."""
    return _report(loaded)


@blueprint.post("/assessments/<assessment_id>/urgent-reports/new")
@requires(Permission.report_urgent, loaded_about_assessment)
def report_about_assessment(loaded: About) -> Response | tuple[str, int]:
    """Report what was seen during an assessment."""
    return _report(loaded)


def _report(about: About) -> Response | tuple[str, int]:
    form = _with_choices(ReportForm(request.form), about.auditee)
    auditee_id = about.auditee.id
    assessment_id = about.assessment.id if about.assessment else None
    if not form.validate():
        return _report_page(about, form), 400
    try:
        report_id = services.report_urgent(
            db.session(),
            the_actor(),
            the_clock(),
            auditee_id=auditee_id,
            assessment_id=assessment_id,
            seen=_seen(form),
        )
    except Refused as refused:
        form.form_errors.append(say(refused.sentence))
        return _report_page(about, form), 400
    flash(
        _(
            "Laporan terkirim. Pemeriksa di BNNP dan direktorat langsung melihatnya; yang "
            "dilaporkan tidak."
        ),
        "ok",
    )
    return redirect(report_href(report_id), 303)


def _seen(form: ReportForm) -> services.Seen:
    seen_on: date = form.seen_on.data  # type: ignore[assignment]  # required
    return services.Seen(
        report_id=form.report_id.data or "",
        kind=form.kind.data or "",
        facts=form.facts.data or "",
        affected=form.affected.data,
        seen_on=seen_on,
        seen_at=form.seen_at.data or "",
        place=form.place.data or "",
        done=form.done.data or "",
        told=form.told.data or [],
    )


# ---- reading ----


@blueprint.get("/urgent-reports")
@requires(Permission.home)
def index() -> str:
    """What waits and what was decided, as far as the reader sees it; missing for whom no report
    ever reaches."""
    actor, session = the_actor(), db.session()
    if not may_at_all(actor, Permission.see_urgent):
        abort(404)
    after = place_from_text(request.args.get("after", ""))
    waiting = list_seen(session, actor, decided=False) if after is None else ()
    decided = list_seen(session, actor, decided=True, after=after, most=PAGE_SIZE + 1)
    more, decided = len(decided) > PAGE_SIZE, decided[:PAGE_SIZE]
    tasks = tuple(task_of(each) for each in waiting)
    here = url_for("urgent.index")
    count = len(tasks)
    page = ListPage(
        lead=ngettext("%(num)s menunggu putusan.", "%(num)s menunggu putusan.", count)
        if count
        else "",
        primary=Link(tasks[0].title, tasks[0].href) if tasks else None,
        waiting=tasks,
        columns=(Column(_("Laporan")), Column(_("Putusan")), Column(_("Dilaporkan"))),
        decided=tuple(decided_line(each) for each in decided),
        older_href=f"{here}?after={decided[-1].cursor}" if more else "",
        newer_href=here if after is not None else "",
    )
    return render_template("urgent/index.html", page=page)


@blueprint.get("/urgent-reports/<report_id>")
@requires(Permission.see_urgent, loaded_report)
def detail(loaded: UrgentReport) -> str:
    """One report with all that stands beside it."""
    return _detail(loaded, NoteForm(), LiftForm())


def _detail(report: UrgentReport, note_form: NoteForm, lift_form: LiftForm) -> str:
    session = db.session()
    auditee = session.get_one(Auditee, report.auditee_id)
    zone, whole = Zone(auditee.time_zone.value), get_whole(session, report)
    hold = lasting_hold(session, report, _today(auditee))
    decides = _may(Permission.decide_urgent)
    why_not = services.why_not_decide(the_actor(), report) if decides else None
    decided = whole.decision is not None
    page = DetailPage(
        h1=_("Laporan segera"),
        kicker=f"{auditee.name} · {report.reference}",
        back=Link(_("Semua laporan segera"), url_for("urgent.index")),
        chip=verdict_chip(whole.decision.decision.verdict if whole.decision else None),
        hold=hold_words(hold, zone) if hold else "",
        primary=Link(_("Putuskan laporan ini"), f"{report_href(report.id)}/decide")
        if decides and why_not is None and not decided
        else None,
        why_not=say(why_not) if why_not is not None and not decided else "",
        facts=facts_of(whole, auditee),
        seen=report.facts,
        done=report.done,
        notes=notes_of(whole, zone),
        decision=decision_of(whole, zone),
        reason=whole.decision.decision.reason if whole.decision else "",
        note_form=note_form,
        note_action=url_for("urgent.note", report_id=report.id),
        lift_form=lift_form if decides and why_not is None and decided and hold else None,
        lift_action=url_for("urgent.lift", report_id=report.id),
    )
    return render_template("urgent/detail.html", page=page)


@blueprint.post("/urgent-reports/<report_id>/notes")
@requires(Permission.note_urgent, loaded_report)
def note(loaded: UrgentReport) -> Response | tuple[str, int]:
    """Write down what happened since."""
    form = NoteForm(request.form)
    if not form.validate():
        return _detail(loaded, form, LiftForm()), 400
    report_id = loaded.id
    services.add_note(
        db.session(), the_actor(), the_clock(), report_id=report_id, words=form.words.data or ""
    )
    flash(_("Catatan disimpan."), "ok")
    return redirect(report_href(report_id), 303)


# ---- deciding ----


@blueprint.get("/urgent-reports/<report_id>/decide")
@requires(Permission.decide_urgent, loaded_report)
def decide_form(loaded: UrgentReport) -> str | Response:
    """What is decided, and the form for it."""
    return _not_now(loaded) or _decide_page(loaded, for_signer(DecideForm()))


def _not_now(report: UrgentReport) -> Response | None:
    if (why := services.why_not_decide(the_actor(), report)) is not None:
        raise NotPermitted(why)
    if get_whole(db.session(), report).decision is not None:
        flash(_("Laporan ini sudah diputus."), "info")
        return redirect(report_href(report.id), 303)
    return None


def _decide_page(report: UrgentReport, form: DecideForm, *, stale: str = "") -> str:
    session = db.session()
    auditee = session.get_one(Auditee, report.auditee_id)
    whole = get_whole(session, report)
    offer(form.verdict, {code: str(words) for code, words in VERDICTS.items()})
    offer(
        form.hold,
        {
            ENDS: _("Akhiri penangguhan dengan putusan ini"),
            STAYS: _("Tetap tangguhkan sampai hari yang diisi"),
        },
    )
    form.shown_hash.data = content_hash(session, report)
    page = DecidePage(
        kicker=f"{auditee.name} · {report.reference}",
        back=Link(_("Laporan ini"), report_href(report.id)),
        stale=stale,
        facts=facts_of(whole, auditee),
        seen=report.facts,
        done=report.done,
        notes=notes_of(whole, Zone(auditee.time_zone.value)),
        action=url_for("urgent.decide", report_id=report.id),
        form=form,
    )
    return render_template("urgent/decide.html", page=page)


@blueprint.post("/urgent-reports/<report_id>/decide")
@requires(Permission.decide_urgent, loaded_report)
def decide(loaded: UrgentReport) -> Response | tuple[str, int]:
    """Decide exactly what was on the screen."""
    if (response := _not_now(loaded)) is not None:
        return response
    form, report_id = for_signer(DecideForm(request.form)), loaded.id
    if form.validate() and is_confirmed(form):
        try:
            services.decide_report(
                db.session(),
                the_actor(),
                the_clock(),
                report_id=report_id,
                decided=services.Decided(
                    verdict=Verdict(form.verdict.data),
                    reason=form.reason.data or "",
                    hold_until=form.hold_until.data if form.hold.data == STAYS else None,
                ),
                shown_hash=form.shown_hash.data or "",
            )
        except Stale as stale:
            again = db.session.get_one(UrgentReport, report_id)
            if (response := _not_now(again)) is not None:
                return response
            return _decide_page(again, form, stale=say(stale.sentence)), 409
        except Refused as refused:
            form.form_errors.append(say(refused.sentence))
        else:
            flash(_("Laporan sudah diputus."), "ok")
            return redirect(report_href(report_id), 303)
    return _decide_page(db.session.get_one(UrgentReport, report_id), form), 400


@blueprint.post("/urgent-reports/<report_id>/lift-hold")
@requires(Permission.decide_urgent, loaded_report)
def lift(loaded: UrgentReport) -> Response | tuple[str, int]:
    """End a hold before its day."""
    form, report_id = LiftForm(request.form), loaded.id
    if form.validate():
        try:
            services.lift_hold(
                db.session(),
                the_actor(),
                the_clock(),
                report_id=report_id,
                reason=form.reason.data or "",
            )
        except Refused as refused:
            flash(say(refused.sentence), "warn")
        else:
            flash(_("Penangguhan sudah diakhiri."), "ok")
        return redirect(report_href(report_id), 303)
    return _detail(loaded, NoteForm(), form), 400
