"""How does a member of the team declare whether there is a conflict of interest?"""

from flask import flash, redirect, render_template, request
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from assessor.access.guard import requires, the_actor
from assessor.access.permissions import Permission
from assessor.assessments.blueprint import blueprint
from assessor.assessments.declarations import (
    CURRENT,
    WHY,
    WORDINGS,
    declare_conflict,
    list_declared,
)
from assessor.assessments.loaders import loaded_assessment
from assessor.assessments.models import Assessment
from assessor.assessments.page_parts import checklist_href, kicker_of, overview_href
from assessor.assessments.visit.forms import DeclarationForm
from assessor.assessments.visit.pages import DeclarationPage
from assessor.assessments.visit.steps import stance_chip, why_not_arranged
from assessor.assessments.visit_models import Stance
from assessor.auditees.models import Auditee
from assessor.database.extension import db
from assessor.sentences import Refused
from assessor.ui.choices import offer, offered
from assessor.ui.current import say, the_clock, the_language
from assessor.ui.formats import Zone, moment
from assessor.ui.parts import Link


@blueprint.get("/assessments/<assessment_id>/declaration")
@requires(Permission.declare, loaded_assessment)
def declaration(loaded: Assessment) -> str:
    """What was declared so far, and the form to declare."""
    return _show(loaded, DeclarationForm())


def _show(assessment: Assessment, form: DeclarationForm) -> str:
    session = db.session()
    form.wording.data = CURRENT
    offer(form.stance, {each: say(WORDINGS[CURRENT][each]) for each in Stance})
    mine = next(
        (
            each
            for each in list_declared(session, assessment.id)
            if each.person_id == the_actor().person_id
        ),
        None,
    )
    refusal = why_not_arranged(assessment)
    declared = mine if mine is not None and not mine.waits else None
    zone = Zone(session.get_one(Auditee, assessment.auditee_id).time_zone.value)
    page = DeclarationPage(
        kicker=kicker_of(session, assessment),
        back=Link(_("Penilaian ini"), overview_href(assessment.id)),
        why=say(WHY),
        declared=stance_chip(declared) if declared is not None else None,
        declared_words=" · ".join(
            part
            for part in (
                moment(declared.declared_at, zone, the_language()) if declared.declared_at else "",
                declared.words,
            )
            if part
        )
        if declared is not None
        else "",
        form=None if refusal else form,
        refusal=refusal,
    )
    return render_template("assessments/declaration.html", page=page, assessment_id=assessment.id)


@blueprint.post("/assessments/<assessment_id>/declaration")
@requires(Permission.declare, loaded_assessment)
def declare(loaded: Assessment) -> Response | tuple[str, int]:
    """Declare, in the wording that was on the screen."""
    form, assessment_id = DeclarationForm(request.form), loaded.id
    wording = form.wording.data or ""
    offer(form.stance, {each: each for each in Stance})
    if form.validate() and form.stance.data in offered(form.stance):
        stance = Stance(form.stance.data)
        try:
            declare_conflict(
                db.session(),
                the_actor(),
                the_clock(),
                assessment_id=assessment_id,
                stance=stance,
                wording=wording,
                said=form.said.data or "",
            )
        except Refused as refused:
            form.said.errors = [say(refused.sentence)]
        else:
            return _declared(assessment_id, stance)
    elif not form.errors:
        form.stance.errors = [_("Pilih salah satu.")]
    return _show(db.session.get_one(Assessment, assessment_id), form), 400


def _declared(assessment_id: str, stance: Stance) -> Response:
    if stance is Stance.none:
        flash(_("Pernyataan Anda sudah dicatat. Anda dapat mulai menilai."), "ok")
        return redirect(checklist_href(assessment_id), 303)
    flash(
        _("Pernyataan Anda sudah dicatat. Yang membuka penilaian akan mencari pengganti Anda."),
        "ok",
    )
    return redirect(overview_href(assessment_id), 303)
