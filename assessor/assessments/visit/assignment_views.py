"""How is the letter recorded that sends the team?"""

from flask import flash, redirect, render_template, request
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from assessor.access.guard import requires, the_actor
from assessor.access.permissions import Permission
from assessor.assessments.blueprint import blueprint
from assessor.assessments.loaders import loaded_for_scan
from assessor.assessments.models import Assessment
from assessor.assessments.page_parts import kicker_of, may, overview_href
from assessor.assessments.visit.assignment import Letter, issuing_offices, record_assignment
from assessor.assessments.visit.forms import AssignmentForm
from assessor.assessments.visit.pages import AssignmentPage
from assessor.assessments.visit.scans import hand_in_scan, sent_scan
from assessor.assessments.visit.steps import why_not_arranged
from assessor.assessments.visit_models import Assignment
from assessor.database.extension import db
from assessor.sentences import Refused
from assessor.ui.choices import offer
from assessor.ui.current import say, the_clock, the_settings
from assessor.ui.parts import Link


@blueprint.get("/assessments/<assessment_id>/assignment")
@requires(Permission.arrange, loaded_for_scan)
def assignment(loaded: Assessment) -> str:
    """The letter as it was recorded, or the form for it."""
    found = db.session.get(Assignment, loaded.id)
    data = (
        {
            "number": found.letter_number,
            "issued_on": found.letter_on,
            "office": found.office_id,
            "planned_from": found.planned_from,
            "planned_to": found.planned_to,
        }
        if found is not None
        else {}
    )
    return _show(loaded, AssignmentForm(data=data))


def _show(assessment: Assessment, form: AssignmentForm) -> str:
    session = db.session()
    found = session.get(Assignment, assessment.id)
    offices = issuing_offices(session, assessment)
    offer(form.office, offices)
    page = AssignmentPage(
        kicker=kicker_of(session, assessment),
        back=Link(_("Penilaian ini"), overview_href(assessment.id)),
        form=form,
        scan=Link(_("Lihat pindaiannya"), f"/evidence/{found.evidence_id}")
        if found is not None and found.evidence_id
        else None,
        uploads=may(Permission.upload_evidence),
        megabytes=the_settings().upload_limit // (1024 * 1024),
        refusal=why_not_arranged(assessment),
    )
    return render_template("assessments/assignment.html", page=page, assessment_id=assessment.id)


@blueprint.post("/assessments/<assessment_id>/assignment")
@requires(Permission.arrange, loaded_for_scan)
def record(loaded: Assessment) -> Response | tuple[str, int]:
    """Record it; the scan becomes a piece of evidence of the auditee."""
    form, assessment_id = AssignmentForm(request.form), loaded.id
    sent = sent_scan(form.scan)
    if form.validate() & form.check_scan(given=sent is not None):
        title = _("Surat tugas %(number)s", number=form.number.data)
        try:
            piece = (
                hand_in_scan(
                    loaded.auditee_id,
                    sent,
                    title=title,
                    stands_for=form.issued_on.data,
                    declaration=request.form.get(form.declaration.name, ""),
                )
                if sent is not None
                else None
            )
            record_assignment(
                db.session(),
                the_actor(),
                the_clock(),
                assessment_id=assessment_id,
                letter=_letter(form, piece),
            )
        except Refused as refused:
            form.form_errors.append(say(refused.sentence))
        else:
            flash(_("Surat tugas sudah dicatat."), "ok")
            return redirect(overview_href(assessment_id), 303)
    return _show(db.session.get_one(Assessment, assessment_id), form), 400


def _letter(form: AssignmentForm, piece: str | None) -> Letter:
    assert form.issued_on.data is not None  # noqa: S101  # required by the form
    return Letter(
        number=form.number.data or "",
        issued_on=form.issued_on.data,
        office_id=form.office.data or "",
        planned_from=form.planned_from.data,
        planned_to=form.planned_to.data,
        evidence_id=piece,
    )
