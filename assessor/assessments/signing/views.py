"""How do people put their names to an assessment: hand it over, check, verify and seal it?"""

from collections.abc import Callable

from flask import flash, redirect, render_template, request
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from assessor.access.guard import requires, the_actor
from assessor.access.permissions import Permission
from assessor.accounts.confirming import for_signer, is_confirmed
from assessor.assessments.blueprint import blueprint
from assessor.assessments.document.after_sealing import was_sealed
from assessor.assessments.document.content import screen_hash
from assessor.assessments.independence import Act
from assessor.assessments.judging import Judged, judge
from assessor.assessments.loaders import loaded_assessment
from assessor.assessments.models import Assessment, Kind
from assessor.assessments.page_parts import overview_href, result_href
from assessor.assessments.queries import today_of
from assessor.assessments.signing.forms import SignForm, VerifyForm
from assessor.assessments.signing.services import (
    check_assessment,
    submit_assessment,
    verify_assessment,
)
from assessor.assessments.signing.submit_building import build_submit
from assessor.assessments.signing.verify_building import build_review
from assessor.assessments.workflow import Step, after
from assessor.auditees.models import Auditee
from assessor.database.extension import db
from assessor.sentences import Refused, Sentence, Stale
from assessor.ui.current import say, the_clock, the_settings
from assessor.ui.formats import Zone, day_in

_CHANGED = Sentence(
    "Isi penilaian berubah sejak Anda membukanya. Di bawah ini yang terbaru; baca lagi, lalu "
    "tanda tangani."
)


def _judged(assessment: Assessment) -> Judged:
    # by the same day as the service that signs, so that both see the same
    session = db.session()
    return judge(session, assessment, today_of(session, assessment, the_clock()()))


def _show_submit(assessment: Assessment, form: SignForm, *, stale: str = "") -> str:
    session = db.session()
    auditee = session.get_one(Auditee, assessment.auditee_id)
    today = day_in(the_clock()(), Zone(auditee.time_zone.value))
    page = build_submit(session, _judged(assessment), today, form=form, stale=stale)
    return render_template("assessments/submit.html", page=page, assessment_id=assessment.id)


def _show_review(assessment: Assessment, act: Act, form: VerifyForm, *, stale: str = "") -> str:
    session = db.session()
    auditee = session.get_one(Auditee, assessment.auditee_id)
    today = day_in(the_clock()(), Zone(auditee.time_zone.value))
    page = build_review(session, _judged(assessment), today, act, form=form, stale=stale)
    return render_template("assessments/verify.html", page=page, assessment_id=assessment.id)


def _not_now(assessment: Assessment, step: Step) -> Response | None:
    """Back to the assessment with the reason, when this step is not open."""
    try:
        after(assessment.status, step)
    except Refused as refused:
        flash(say(refused.sentence), "warn")
        return redirect(overview_href(assessment.id), 303)
    return None


def _is_stale(assessment: Assessment, form: SignForm) -> bool:
    return form.shown_hash.data != screen_hash(db.session(), _judged(assessment))


def _again(assessment_id: str) -> Assessment:
    return db.session.get_one(Assessment, assessment_id)


# ---- handing over ----


@blueprint.get("/assessments/<assessment_id>/submit")
@requires(Permission.submit, loaded_assessment)
def submit_form(loaded: Assessment) -> str | Response:
    """What would be handed over, what is lacking, and the sign-off."""
    return _not_now(loaded, Step.submit) or _show_submit(loaded, for_signer(SignForm()))


@blueprint.post("/assessments/<assessment_id>/submit")
@requires(Permission.submit, loaded_assessment)
def submit(loaded: Assessment) -> Response | tuple[str, int]:
    """Sign and hand over exactly what was on the screen."""
    form, assessment_id, own = (
        for_signer(SignForm(request.form)),
        loaded.id,
        loaded.kind is Kind.self,
    )
    if (response := _not_now(loaded, Step.submit)) is not None:
        return response
    if _is_stale(loaded, form):
        return _show_submit(loaded, form, stale=say(_CHANGED)), 409
    if form.validate() and is_confirmed(form):
        try:
            submit_assessment(
                db.session(),
                the_actor(),
                the_clock(),
                assessment_id=assessment_id,
                shown_hash=form.shown_hash.data or "",
                demo=the_settings().demo,
            )
        except Stale:
            return _show_submit(_again(assessment_id), form, stale=say(_CHANGED)), 409
        except Refused as refused:
            form.form_errors.append(say(refused.sentence))
        else:
            return _handed_over(assessment_id, own=own)
    return _show_submit(_again(assessment_id), form), 400


def _handed_over(assessment_id: str, *, own: bool) -> Response:
    if not own:
        flash(_("Penilaian sudah dikirim. Sekarang giliran pemeriksa."), "ok")
        return redirect(overview_href(assessment_id), 303)
    flash(_("Penilaian mandiri sudah dikunci. Ini hasilnya."), "ok")
    return _sealed(assessment_id)


def _sealed(assessment_id: str) -> Response:
    """What follows a seal is done outside its transaction, and may fail without harm."""
    if not was_sealed(assessment_id):
        flash(
            _("Laporannya belum dapat dibuat. Terbitkan lagi dari halaman ini sebentar lagi."),
            "warn",
        )
    return redirect(result_href(assessment_id), 303)


# ---- checking and verifying ----


@blueprint.get("/assessments/<assessment_id>/check")
@requires(Permission.check, loaded_assessment)
def check_form(loaded: Assessment) -> str | Response:
    """What to look at first, the decision, and the sign-off that passes it on."""
    return _not_now(loaded, Step.check) or _show_review(loaded, Act.check, for_signer(VerifyForm()))


@blueprint.post("/assessments/<assessment_id>/check")
@requires(Permission.check, loaded_assessment)
def check(loaded: Assessment) -> Response | tuple[str, int]:
    """Sign exactly what was on the screen and pass it on to the directorate."""

    def act(form: VerifyForm) -> None:
        check_assessment(
            db.session(),
            the_actor(),
            the_clock(),
            assessment_id=loaded_id,
            shown_hash=form.shown_hash.data or "",
            exempt_reason=form.exempt_reason.data or "",
        )

    loaded_id = loaded.id
    refused = _review(loaded, Act.check, Step.check, act)
    if refused is not None:
        return refused
    flash(_("Penilaian sudah diteruskan. Sekarang giliran direktorat memverifikasi."), "ok")
    return redirect(overview_href(loaded_id), 303)


@blueprint.get("/assessments/<assessment_id>/verify")
@requires(Permission.verify, loaded_assessment)
def verify_form(loaded: Assessment) -> str | Response:
    """What to look at first, the decision, and the sign-off that seals."""
    return _not_now(loaded, Step.seal) or _show_review(loaded, Act.verify, for_signer(VerifyForm()))


@blueprint.post("/assessments/<assessment_id>/verify")
@requires(Permission.verify, loaded_assessment)
def verify(loaded: Assessment) -> Response | tuple[str, int]:
    """Sign and seal exactly what was on the screen; then the report is issued."""

    def act(form: VerifyForm) -> None:
        verify_assessment(
            db.session(),
            the_actor(),
            the_clock(),
            assessment_id=loaded_id,
            shown_hash=form.shown_hash.data or "",
            demo=the_settings().demo,
            exempt_reason=form.exempt_reason.data or "",
        )

    loaded_id = loaded.id
    refused = _review(loaded, Act.verify, Step.seal, act)
    if refused is not None:
        return refused
    flash(_("Penilaian sudah diverifikasi dan dikunci."), "ok")
    return _sealed(loaded_id)


def _review(
    assessment: Assessment, act: Act, step: Step, sign: Callable[[VerifyForm], None]
) -> Response | tuple[str, int] | None:
    """Let somebody sign what was on the screen; None when it is done, else the page with what
    is in the way."""
    form, assessment_id = for_signer(VerifyForm(request.form)), assessment.id
    if (response := _not_now(assessment, step)) is not None:
        return response
    if _is_stale(assessment, form):
        return _show_review(assessment, act, form, stale=say(_CHANGED)), 409
    if form.validate() and is_confirmed(form):
        try:
            sign(form)
        except Stale:
            return _show_review(_again(assessment_id), act, form, stale=say(_CHANGED)), 409
        except Refused as refused:
            form.form_errors.append(say(refused.sentence))
        else:
            return None
    return _show_review(_again(assessment_id), act, form), 400
