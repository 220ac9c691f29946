"""How does somebody object to a result, take that back, or rule on it?"""

from collections.abc import Mapping
from typing import Any

from flask import flash, redirect, render_template, request
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from assessor.access.guard import requires, the_actor
from assessor.access.permissions import Permission
from assessor.assessments.blueprint import blueprint
from assessor.assessments.judging import Judged, judge
from assessor.assessments.loaders import loaded_assessment, loaded_objection
from assessor.assessments.models import Assessment
from assessor.assessments.objection_models import Objection, Ruling
from assessor.assessments.objections import services as objecting
from assessor.assessments.objections.building import (
    build_new,
    build_objection,
    objection_href,
    point_forms,
)
from assessor.assessments.objections.forms import (
    ObjectionForm,
    PointForm,
    RulingForm,
    WithdrawForm,
)
from assessor.assessments.objections.services import (
    Point,
    decide_objection,
    file_objection,
    why_not_now,
)
from assessor.assessments.page_parts import overview_href
from assessor.assessments.queries import today_of
from assessor.database.extension import db
from assessor.sentences import Refused
from assessor.ui.attempts import attempt
from assessor.ui.current import say, the_clock
from assessor.ui.fields import offered


def _judged(assessment: Assessment) -> Judged:
    session = db.session()
    return judge(session, assessment, today_of(session, assessment, the_clock()()))


# ---- objecting ----


def _show_new(assessment: Assessment, forms: Mapping[str, PointForm], form: ObjectionForm) -> str:
    session, now = db.session(), the_clock()()
    why = why_not_now(session, assessment, now)
    page = build_new(
        session,
        _judged(assessment),
        today_of(session, assessment, now),
        refusal=say(why) if why is not None else "",
        forms=forms,
        form=form,
    )
    return render_template("assessments/object.html", page=page)


def _forms(assessment: Assessment, items: list[str], values: Any = None) -> dict[str, PointForm]:
    asked = _judged(assessment).asked
    chosen = [item for item in dict.fromkeys(items) if item in asked][: objecting.MOST_POINTS]
    return point_forms(db.session(), assessment.auditee_id, chosen, values)


@blueprint.get("/assessments/<assessment_id>/objection")
@requires(Permission.object, loaded_assessment)
def object_form(loaded: Assessment) -> str:
    """Choose what to object to, then say why."""
    return _show_new(loaded, _forms(loaded, request.args.getlist("point")), ObjectionForm())


@blueprint.post("/assessments/<assessment_id>/objection")
@requires(Permission.object, loaded_assessment)
def object_to_it(loaded: Assessment) -> Response | tuple[str, int]:
    """Object to the result."""
    assessment_id = loaded.id
    form = ObjectionForm(request.form)
    forms = _forms(loaded, request.form.getlist("point"), request.form)
    fine = [each.validate() for each in (form, *forms.values())]
    if all(fine):
        points = [
            Point(
                item,
                each.words.data or "",
                tuple(
                    piece for piece in each.evidence.data or () if piece in offered(each.evidence)
                ),
            )
            for item, each in forms.items()
        ]
        filed = attempt(
            form,
            lambda: (
                file_objection(
                    db.session(),
                    the_actor(),
                    the_clock(),
                    assessment_id=assessment_id,
                    points=points,
                    words=form.words.data or "",
                ).id
            ),
        )
        if filed is not None:
            flash(
                _("Keberatan Anda sudah diajukan. Yang memutusnya tidak ikut dalam penilaian ini."),
                "ok",
            )
            return redirect(objection_href(filed), 303)
    return _show_new(db.session.get_one(Assessment, assessment_id), forms, form), 400


# ---- one objection ----


def _show(
    objection_id: str,
    *,
    ruling: RulingForm | None = None,
    withdraw: WithdrawForm | None = None,
) -> str:
    session = db.session()
    objection = session.get_one(Objection, objection_id)
    assessment = session.get_one(Assessment, objection.assessment_id)
    page = build_objection(
        session,
        _judged(assessment),
        objection,
        today_of(session, assessment, the_clock()()),
        ruling_form=ruling,
        withdraw_form=withdraw,
    )
    return render_template("assessments/objection.html", page=page)


@blueprint.get("/objections/<objection_id>")
@requires(Permission.see_assessment, loaded_objection)
def objection(loaded: Objection) -> str:
    """What is objected to, and how it was ruled."""
    return _show(loaded.id)


@blueprint.post("/objections/<objection_id>/withdraw")
@requires(Permission.object, loaded_objection)
def withdraw_objection(loaded: Objection) -> Response | tuple[str, int]:
    """Take it back."""
    form, objection_id, assessment_id = WithdrawForm(request.form), loaded.id, loaded.assessment_id
    if form.validate():

        def act() -> bool:
            objecting.withdraw_objection(
                db.session(),
                the_actor(),
                the_clock(),
                objection_id=objection_id,
                reason=form.reason.data or "",
            )
            return True

        if attempt(form, act):
            flash(_("Keberatan sudah dicabut. Hasil yang dikunci tetap berlaku."), "ok")
            return redirect(overview_href(assessment_id), 303)
    return _show(objection_id, withdraw=form), 400


@blueprint.post("/objections/<objection_id>/decide")
@requires(Permission.decide_objection, loaded_objection)
def rule(loaded: Objection) -> Response | tuple[str, int]:
    """Rule on it."""
    form, objection_id = RulingForm(request.form), loaded.id
    if form.validate():

        def act() -> Ruling:
            if form.ruling.data not in set(Ruling):
                raise Refused(objecting.CHOOSE_RULING)
            ruling = Ruling(form.ruling.data)
            decide_objection(
                db.session(),
                the_actor(),
                the_clock(),
                objection_id=objection_id,
                ruling=ruling,
                reason=form.reason.data or "",
            )
            return ruling

        ruled = attempt(form, act)
        if ruled is not None:
            flash(
                _("Keberatan sudah diputus: hasil dikuatkan.")
                if ruled is Ruling.upheld
                else _("Keberatan sudah diputus: revisi dibuka."),
                "ok",
            )
            return redirect(objection_href(objection_id), 303)
    return _show(objection_id, ruling=form), 400
