"""How does somebody outside the team look at items, remark them and correct their scores?"""

from flask import flash, redirect, render_template, request
from flask_babel import gettext as _
from flask_babel import ngettext
from werkzeug.wrappers import Response

from assessor.access.guard import requires, the_actor
from assessor.access.permissions import Permission
from assessor.assessments.blueprint import blueprint
from assessor.assessments.judging import Judged, judge
from assessor.assessments.loaders import OneItem, loaded_assessment, loaded_item
from assessor.assessments.models import Assessment
from assessor.assessments.page_parts import answers_href, may, overview_href
from assessor.assessments.queries import today_of
from assessor.assessments.review.building import review_href
from assessor.assessments.review.forms import CorrectForm, RemarkForm
from assessor.assessments.review.item_building import build_review_item, decide_href, next_unseen
from assessor.assessments.review.services import READINGS, correct_item, remark_item, see_items
from assessor.assessments.review.state import to_look_at
from assessor.database.extension import db
from assessor.sentences import Refused
from assessor.ui.current import say, the_clock


def _judged(assessment_id: str) -> Judged:
    session = db.session()
    assessment = session.get_one(Assessment, assessment_id)
    return judge(session, assessment, today_of(session, assessment, the_clock()()))


def _reads_now(assessment: Assessment) -> bool:
    reading = READINGS.get(assessment.status)
    return reading is not None and may(reading.permission)


@blueprint.post("/assessments/<assessment_id>/seen")
@requires(Permission.review, loaded_assessment)
def see(loaded: Assessment) -> Response:
    """Tick what was looked at; from the page of an item, on to the next."""
    session, assessment_id = db.session(), loaded.id
    items = request.form.getlist("item")
    try:
        count = see_items(
            session, the_actor(), the_clock(), assessment_id=assessment_id, items=items
        )
    except Refused as refused:
        flash(say(refused.sentence), "warn")
        return redirect(_back(assessment_id), 303)
    if request.form.get("act") == "next":
        judged = _judged(assessment_id)
        looked = to_look_at(session, judged, the_actor().person_id or "")
        after = next_unseen(looked, items[0])
        if after:
            return redirect(review_href(assessment_id, after), 303)
    flash(
        ngettext("%(num)s butir ditandai dilihat.", "%(num)s butir ditandai dilihat.", count), "ok"
    )
    return redirect(_back(assessment_id), 303)


def _back(assessment_id: str) -> str:
    assessment = db.session.get_one(Assessment, assessment_id)
    if not _reads_now(assessment):
        return overview_href(assessment_id)
    return f"/assessments/{assessment_id}/{READINGS[assessment.status].act.value}#exceptions"


def _show(
    one: OneItem, *, remark: RemarkForm | None = None, correct: CorrectForm | None = None
) -> str | Response:
    if not _reads_now(one.assessment):
        return redirect(answers_href(one.assessment.id, one.item), 303)
    judged = _judged(one.assessment.id)
    if one.item not in judged.asked:
        return redirect(decide_href(judged), 303)
    page = build_review_item(
        db.session(), judged, one.item, remark_form=remark, correct_form=correct
    )
    return render_template("assessments/review_item.html", page=page)


@blueprint.get("/assessments/<assessment_id>/review/<item>")
@requires(Permission.review, loaded_item)
def review_item(loaded: OneItem) -> str | Response:
    """One item with its answer, its bases, and what was said to it."""
    return _show(loaded)


@blueprint.post("/assessments/<assessment_id>/review/<item>/remark")
@requires(Permission.review, loaded_item)
def remark(loaded: OneItem) -> Response | tuple[str | Response, int]:
    """Say what the team should look at again, or take that back."""
    form, assessment_id, item = RemarkForm(request.form), loaded.assessment.id, loaded.item
    if form.validate():
        try:
            remark_item(
                db.session(),
                the_actor(),
                the_clock(),
                assessment_id=assessment_id,
                item=item,
                words=form.words.data or "",
            )
        except Refused as refused:
            form.words.errors = [say(refused.sentence)]
        else:
            taken_back = not (form.words.data or "").strip()
            flash(_("Catatan dicabut.") if taken_back else _("Catatan disimpan."), "ok")
            return redirect(review_href(assessment_id, item), 303)
    return _show(_again(loaded), remark=form), 400


@blueprint.post("/assessments/<assessment_id>/review/<item>/correct")
@requires(Permission.review, loaded_item)
def correct(loaded: OneItem) -> Response | tuple[str | Response, int]:
    """Set another choice beside the team's."""
    form, assessment_id, item = CorrectForm(request.form), loaded.assessment.id, loaded.item
    if form.validate():
        try:
            correct_item(
                db.session(),
                the_actor(),
                the_clock(),
                assessment_id=assessment_id,
                item=item,
                choice=form.choice.data or "",
                reason=form.reason.data or "",
            )
        except Refused as refused:
            form.form_errors.append(say(refused.sentence))
        else:
            flash(_("Koreksi disimpan. Nilai tim tetap tercatat di sampingnya."), "ok")
            return redirect(review_href(assessment_id, item), 303)
    return _show(_again(loaded), correct=form), 400


def _again(one: OneItem) -> OneItem:
    """After a refused write nothing that was read before it holds any more."""
    return OneItem(db.session.get_one(Assessment, one.assessment.id), one.item)
