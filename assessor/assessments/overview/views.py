"""What is one assessment, and what can be done with it as a whole?"""

from flask import flash, redirect, render_template, request
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from assessor.access.guard import requires, the_actor
from assessor.access.permissions import Permission
from assessor.assessments.blueprint import blueprint
from assessor.assessments.history import get_kin
from assessor.assessments.loaders import loaded_assessment
from assessor.assessments.models import Assessment, Kind, Status
from assessor.assessments.opening.forms import ReviseForm
from assessor.assessments.opening.revising import revise_assessment
from assessor.assessments.opening.services import cancel_assessment, set_visit
from assessor.assessments.overview.building import build
from assessor.assessments.overview.next_acts import read
from assessor.assessments.page_parts import may, overview_href
from assessor.assessments.review.forms import ReturnForm
from assessor.assessments.signing.services import return_assessment
from assessor.assessments.visit.forms import VisitDayForm
from assessor.assessments.workflow import OPEN, Step, steps_from
from assessor.auditees.models import Auditee
from assessor.database.extension import db
from assessor.sentences import Refused
from assessor.ui.current import say, the_clock
from assessor.ui.formats import Zone, day_in


def can_return(status: Status) -> bool:
    """Whether the reader may give it back to the team now."""
    return any(line.step is Step.give_back and may(line.permission) for line in steps_from(status))


def _show(
    assessment: Assessment,
    *,
    visit: VisitDayForm | None = None,
    give_back: ReturnForm | None = None,
    revise: ReviseForm | None = None,
) -> str:
    session = db.session()
    auditee = session.get_one(Auditee, assessment.auditee_id)
    today = day_in(the_clock()(), Zone(auditee.time_zone.value))
    status, own = assessment.status, assessment.kind is Kind.self
    scoring = may(Permission.score) and status in OPEN and not own
    returning = can_return(status)
    revising = (
        may(Permission.revise)
        and status is Status.sealed
        and get_kin(session, assessment).revision is None
    )
    opening = Permission.open_self_assessment if own else Permission.open_assessment
    page = build(
        session,
        read(session, assessment, today, the_clock()()),
        visit_form=(visit or VisitDayForm(data={"visit_on": assessment.visit_on}))
        if scoring
        else None,
        return_form=(give_back or ReturnForm()) if returning else None,
        revise_form=(revise or ReviseForm()) if revising else None,
        may_cancel=status is Status.draft and may(opening),
    )
    return render_template("assessments/page.html", page=page, assessment_id=assessment.id)


@blueprint.get("/assessments/<assessment_id>")
@requires(Permission.see_assessment, loaded_assessment)
def page(loaded: Assessment) -> str:
    """The page of an assessment."""
    return _show(loaded)


def _again(assessment_id: str) -> Assessment:
    return db.session.get_one(Assessment, assessment_id)


@blueprint.post("/assessments/<assessment_id>/visit")
@requires(Permission.score, loaded_assessment)
def visit(loaded: Assessment) -> Response | tuple[str, int]:
    """Say on which day the team was there."""
    form, assessment_id = VisitDayForm(request.form), loaded.id
    if form.validate() and form.visit_on.data is not None:
        try:
            set_visit(
                db.session(),
                the_actor(),
                the_clock(),
                assessment_id=assessment_id,
                visit_on=form.visit_on.data,
            )
        except Refused as refused:
            form.visit_on.errors = [say(refused.sentence)]
        else:
            flash(_("Tanggal kunjungan sudah dicatat."), "ok")
            return redirect(overview_href(assessment_id), 303)
    return _show(_again(assessment_id), visit=form), 400


@blueprint.post("/assessments/<assessment_id>/cancel")
@requires(Permission.see_assessment, loaded_assessment)
def cancel(loaded: Assessment) -> Response:
    """Take back what was opened by mistake."""
    assessment_id = loaded.id
    cancel_assessment(db.session(), the_actor(), the_clock(), assessment_id=assessment_id)
    flash(_("Penilaian ini sudah dibatalkan."), "ok")
    return redirect(overview_href(assessment_id), 303)


@blueprint.post("/assessments/<assessment_id>/return")
@requires(Permission.return_assessment, loaded_assessment)
def give_back(loaded: Assessment) -> Response | tuple[str, int]:
    """Return it to the team with a reason."""
    form, assessment_id = ReturnForm(request.form), loaded.id
    if form.validate():
        try:
            return_assessment(
                db.session(),
                the_actor(),
                the_clock(),
                assessment_id=assessment_id,
                reason=form.reason.data or "",
            )
        except Refused as refused:
            form.reason.errors = [say(refused.sentence)]
        else:
            flash(_("Penilaian ini sudah dikembalikan kepada tim, dengan alasan Anda."), "ok")
            return redirect(overview_href(assessment_id), 303)
    return _show(_again(assessment_id), give_back=form), 400


@blueprint.post("/assessments/<assessment_id>/revise")
@requires(Permission.revise, loaded_assessment)
def revise(loaded: Assessment) -> Response | tuple[str, int]:
    """Open a correction of what is sealed, for a reason."""
    form, assessment_id = ReviseForm(request.form), loaded.id
    if form.validate():
        try:
            revision = revise_assessment(
                db.session(),
                the_actor(),
                the_clock(),
                assessment_id=assessment_id,
                reason=form.reason.data or "",
            )
        except Refused as refused:
            form.reason.errors = [say(refused.sentence)]
        else:
            flash(_("Revisi %(reference)s sudah dibuka.", reference=revision.reference), "ok")
            return redirect(overview_href(revision.id), 303)
    return _show(_again(assessment_id), revise=form), 400
