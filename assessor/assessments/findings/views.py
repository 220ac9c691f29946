"""How does the team word its findings, and the auditee answer them?"""

from collections.abc import Mapping

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from assessor.access.guard import requires, the_actor
from assessor.access.permissions import Permission
from assessor.assessments.blueprint import blueprint
from assessor.assessments.findings.building import (
    build_issued,
    build_proposed,
    is_editable,
)
from assessor.assessments.findings.forms import AnswerForm, FindingForm
from assessor.assessments.findings.proposed import finding_form
from assessor.assessments.findings.services import answer_finding, edit_finding, list_proposed
from assessor.assessments.judging import judge
from assessor.assessments.loaders import OneItem, loaded_assessment, loaded_finding, loaded_item
from assessor.assessments.models import Assessment, Finding, Kind
from assessor.assessments.queries import today_of
from assessor.assessments.workflow import OPEN
from assessor.auditees.models import Auditee
from assessor.database.extension import db
from assessor.sentences import Refused, Sentence
from assessor.ui.choices import offered
from assessor.ui.current import say, the_clock
from assessor.ui.formats import Zone, day_in
from checklists.findings import FindingClass

_CHANGED = Sentence(
    "Temuan ini diubah orang lain sejak Anda membukanya. Bandingkan dengan yang tertulis di "
    "atas, lalu simpan lagi."
)


def _show(
    assessment: Assessment,
    *,
    edited: Mapping[str, FindingForm] | None = None,
    answered: Mapping[str, AnswerForm] | None = None,
) -> str:
    session = db.session()
    auditee = session.get_one(Auditee, assessment.auditee_id)
    today = day_in(the_clock()(), Zone(auditee.time_zone.value))
    if assessment.status in OPEN:
        page = build_proposed(
            session,
            assessment,
            today,
            editable=is_editable(assessment),
            wrong=edited or {},
        )
    else:
        page = build_issued(session, assessment, today, wrong=answered or {})
    return render_template("assessments/findings.html", page=page)


@blueprint.get("/assessments/<assessment_id>/findings")
@requires(Permission.see_findings, loaded_assessment)
def findings(loaded: Assessment) -> str | Response:
    """The findings; a self-assessment has none, its gaps stand in its result."""
    if loaded.kind is Kind.self:
        return redirect(url_for("assessments.result", assessment_id=loaded.id), 303)
    return _show(loaded)


@blueprint.get("/assessments/<assessment_id>/findings/<item>")
@requires(Permission.see_findings, loaded_item)
def one(loaded: OneItem) -> Response:
    """Where somebody gets who reloads the answer to an edit by its address."""
    return _back(loaded.assessment.id, loaded.item)


def _back(assessment_id: str, item: str) -> Response:
    there = url_for("assessments.findings", assessment_id=assessment_id, _anchor=f"finding-{item}")
    return redirect(there, 303)


@blueprint.post("/assessments/<assessment_id>/findings/<item>")
@requires(Permission.score, loaded_item)
def edit(loaded: OneItem) -> Response | tuple[str, int]:
    """Word or class a finding, drop it with a reason or take it up again."""
    session, assessment_id, item = db.session(), loaded.assessment.id, loaded.item
    judged = judge(session, loaded.assessment, today_of(session, loaded.assessment, the_clock()()))
    proposed = next((each for each in list_proposed(session, judged) if each.item.id == item), None)
    if proposed is None:
        raise Refused(Sentence("Butir ini terpenuhi, jadi tidak ada temuannya."))
    form = finding_form(proposed, request.form)
    status = 400
    if form.seen.data != proposed.seen:
        form.seen.data = proposed.seen
        form.form_errors.append(say(_CHANGED))
        status = 409
    if form.validate() and not form.form_errors:
        dropped = request.form.get("act") == "drop"
        if dropped and not (form.drop_reason.data or "").strip():
            form.drop_reason.errors = [_("Tulis alasan temuan ini dihapus.")]
        else:
            try:
                _edit(form, assessment_id, item, dropped=dropped)
            except Refused as refused:
                form.form_errors.append(say(refused.sentence))
            else:
                flash(_("Temuan %(item)s sudah disimpan.", item=item), "ok")
                return _back(assessment_id, item)
    assessment = session.get_one(Assessment, assessment_id)
    return _show(assessment, edited={item: form}), status


def _edit(form: FindingForm, assessment_id: str, item: str, *, dropped: bool) -> None:
    edit_finding(
        db.session(),
        the_actor(),
        the_clock(),
        assessment_id=assessment_id,
        item=item,
        finding_class=_class_of(form),
        statement=form.statement.data or "",
        drop_reason=(form.drop_reason.data or "") if dropped else "",
    )


def _class_of(form: FindingForm) -> FindingClass:
    if form.finding_class.data not in offered(form.finding_class):
        raise Refused(Sentence("Temuan pada butir kritis selalu mayor. Ubah nilainya bila keliru."))
    return FindingClass(form.finding_class.data)


@blueprint.get("/findings/<finding_id>/answer")
@requires(Permission.see_findings, loaded_finding)
def answer_again(loaded: Finding) -> Response:
    """Where somebody gets who reloads the answer to an answer by its address."""
    return _back(loaded.assessment_id, loaded.item)


@blueprint.post("/findings/<finding_id>/answer")
@requires(Permission.answer_finding, loaded_finding)
def answer(loaded: Finding) -> Response | tuple[str, int]:
    """Say something to a finding, for the auditee."""
    form = AnswerForm(request.form, prefix=f"{loaded.item}-")
    finding_id, assessment_id, item = loaded.id, loaded.assessment_id, loaded.item
    if form.validate():
        try:
            answer_finding(
                db.session(),
                the_actor(),
                the_clock(),
                finding_id=finding_id,
                words=form.words.data or "",
            )
        except Refused as refused:
            form.words.errors = [say(refused.sentence)]
        else:
            flash(_("Tanggapan Anda sudah disimpan."), "ok")
            return _back(assessment_id, item)
    assessment = db.session.get_one(Assessment, assessment_id)
    return _show(assessment, answered={finding_id: form}), 400
