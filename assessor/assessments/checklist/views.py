"""How do people fill in the checklist in the browser, with a script or without?"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from flask import Response as FlaskResponse
from flask import flash, jsonify, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from flask_wtf.csrf import generate_csrf
from werkzeug.wrappers import Response

from assessor.access.decide import decide
from assessor.access.guard import Loaded, requires, the_actor, the_request
from assessor.access.permissions import Permission
from assessor.assessments.blueprint import blueprint
from assessor.assessments.checklist import basis_forms
from assessor.assessments.checklist import forms as checklist_forms
from assessor.assessments.checklist.bundle import build_bundle, bundle_tag, bundle_text
from assessor.assessments.checklist.looking import Order, Show, View
from assessor.assessments.checklist.queries import subject_at_once, values_of
from assessor.assessments.checklist.reading import (
    Reading,
    build_bases_page,
    build_page,
    checklist_href,
    read_given,
)
from assessor.assessments.checklist.recording import Fate, Receipt, apply_operations
from assessor.assessments.judging import judge
from assessor.assessments.loaders import loaded_assessment
from assessor.assessments.models import Assessment
from assessor.assessments.queries import asked_items, today_of
from assessor.assessments.visit.steps import why_not_score_now
from assessor.assessments.workflow import OPEN
from assessor.database.extension import db
from assessor.instruments.queries import get_checklist
from assessor.sentences import Refused, Sentence
from assessor.ui.current import say, the_clock
from checklists.model import Checklist


@dataclass(frozen=True)
class At:
    """An assessment, and the item somebody was at."""

    assessment: Assessment
    item: str


NOBODY_ELSE = Sentence(
    "Perangkat ini sekarang dipakai orang lain. Isian ini dikirim setelah pemiliknya masuk lagi."
)


def _view_of(values: Any) -> View:
    order, show = values.get("order", ""), values.get("show", "")
    return View(
        order=Order(order) if order in set(Order) else Order.work,
        show=Show(show) if show in set(Show) else Show.all,
        search=values.get("q", "").strip()[:100],
        at=values.get("at", ""),
    )


def _may(permission: Permission) -> bool:
    loaded = the_request().loaded
    return loaded is not None and decide(the_actor(), permission, loaded.subject).allowed


def _reading(assessment: Assessment, view: View, **more: Any) -> Reading:
    given = read_given(db.session(), assessment, view, clock=the_clock(), **more)
    return Reading(
        given=given,
        mine=_may(Permission.score),
        against=why_not_score_now(given.judged),
        uploads=_may(Permission.upload_evidence),
        submits=_may(Permission.submit),
    )


def _page(assessment: Assessment, view: View, **more: Any) -> str:
    page = build_page(_reading(assessment, view, **more))
    return render_template("assessments/checklist.html", page=page)


@blueprint.get("/assessments/<assessment_id>/checklist")
@requires(Permission.see_assessment, loaded_assessment)
def checklist(loaded: Assessment) -> str:
    """The whole checklist, in the order of the work or of the standard."""
    return _page(loaded, _view_of(request.args))


# ---- by script ----


def _loaded_for_entries(assessment_id: str) -> Loaded | None:
    """Only what the rules ask: the service loads, locks and checks again for itself."""
    subject = subject_at_once(db.session(), assessment_id)
    if subject is None:
        return None
    return Loaded(assessment_id, subject, seen_with=Permission.see_assessment)


def _receipt(receipt: Receipt) -> dict[str, Any]:
    told: dict[str, Any] = {"op_id": receipt.op_id, "fate": receipt.fate.value}
    if receipt.sentence is not None:
        told["sentence"] = say(receipt.sentence)
    if receipt.fate is Fate.conflict:
        told |= {"value": receipt.value, "value_op": receipt.value_op}
    return told


@blueprint.post("/assessments/<assessment_id>/operations")
@requires(Permission.score, _loaded_for_entries)
def take_operations(loaded: str) -> Response | tuple[Response, int]:
    """Take what a device entered; one receipt each."""
    sent = request.get_json(silent=True)
    if not isinstance(sent, dict) or not isinstance(sent.get("operations"), list):
        raise Refused(Sentence("Kiriman ini rusak. Muat ulang halaman, lalu coba lagi."))
    if sent.get("person") not in (None, the_actor().person_id):
        return jsonify(error=say(NOBODY_ELSE), person=the_actor().person_id), 409
    receipts = apply_operations(
        db.session(), the_actor(), the_clock(), assessment_id=loaded, raw=sent["operations"]
    )
    return jsonify(receipts=[_receipt(each) for each in receipts])


@blueprint.get("/assessments/<assessment_id>/bundle")
@requires(Permission.see_assessment, loaded_assessment)
def bundle(loaded: Assessment) -> Response:
    """What stands now. The token for sending comes along, also when nothing has changed."""
    given = read_given(db.session(), loaded, View(), clock=the_clock(), compared=False)
    editable = (
        loaded.status in OPEN and _may(Permission.score) and not why_not_score_now(given.judged)
    )
    document = build_bundle(given, person=the_actor().person_id or "", editable=editable)
    tag = bundle_tag(document)
    known = request.headers.get("If-None-Match", "")
    response = (
        FlaskResponse(status=304)
        if tag in known
        else FlaskResponse(bundle_text(document), content_type="application/json; charset=utf-8")
    )
    response.headers["ETag"] = f'W/"{tag}"'
    response.headers["X-CSRFToken"] = generate_csrf()
    return response


# ---- by plain forms ----


def _loaded_item(assessment_id: str, item: str) -> Loaded | None:
    loaded = loaded_assessment(assessment_id)
    if loaded is None:
        return None
    found: Assessment = loaded.thing
    if item not in asked_items(get_checklist(db.session(), found.edition), found):
        return None
    return Loaded(At(found, item), loaded.subject, seen_with=loaded.seen_with)


def _apply(assessment_id: str, raw: Sequence[dict[str, Any]]) -> list[Receipt]:
    if not raw:
        return []
    return apply_operations(
        db.session(), the_actor(), the_clock(), assessment_id=assessment_id, raw=raw
    )


def _entered(assessment: Assessment) -> list[dict[str, Any]]:
    """Everything the form says, as operations."""
    judged = judge(db.session(), assessment, today_of(db.session(), assessment, the_clock()()))
    items, form = list(judged.asked), request.form
    stale = checklist_forms.stale_ops(form, items, judged.state)
    values = values_of(db.session(), assessment.id, stale)
    return [
        *checklist_forms.changed(form, items, judged.state, values),
        *checklist_forms.settling(form, judged.state),
        *checklist_forms.basis_buttons(form),
    ]


@blueprint.post("/assessments/<assessment_id>/items/<item>")
@requires(Permission.score, _loaded_item)
def save_item(loaded: At) -> Response | tuple[str, int]:
    """Keep what was changed on the page, then go where the button leads."""
    assessment_id, item, view = loaded.assessment.id, loaded.item, _view_of(request.form)
    raw = _entered(loaded.assessment)
    said = {each["op_id"]: each for each in raw}
    receipts = _apply(assessment_id, raw)
    by_fate = {each.fate: each for each in reversed(receipts)}
    if Fate.refused in by_fate:
        return _refused(
            assessment_id, View(view.order, view.show, view.search, item), said, receipts
        )
    if (clash := by_fate.get(Fate.conflict)) is not None:
        flash(_("Orang lain juga mengisi butir ini. Keduanya tersimpan; pilih salah satu."), "warn")
        at = View(view.order, view.show, view.search, said[clash.op_id]["item"])
        return _page(_fresh(assessment_id), at), 409
    if (parked := by_fate.get(Fate.parked)) is not None and parked.sentence is not None:
        flash(say(parked.sentence), "warn")
    elif receipts:
        flash(_("Tersimpan."), "ok")
    return _onward(_fresh(assessment_id), item, view)


def _fresh(assessment_id: str) -> Assessment:
    """The assessment as it is after the write."""
    return db.session.get_one(Assessment, assessment_id)


def _refused(
    assessment_id: str, view: View, said: dict[str, dict[str, Any]], receipts: Sequence[Receipt]
) -> tuple[str, int]:
    """Something was not taken: the page again, with everything that was typed."""
    complaints: dict[str, list[Sentence]] = {}
    for receipt in receipts:
        if receipt.fate is Fate.refused and receipt.sentence is not None:
            complaints.setdefault(said[receipt.op_id]["item"], []).append(receipt.sentence)
    items = sorted({each["item"] for each in said.values()})
    typed = checklist_forms.typed_in(request.form, items)
    flash(_("Ada isian yang belum tersimpan. Lihat keterangan pada butirnya."), "bad")
    return _page(_fresh(assessment_id), view, typed=typed, complaints=complaints), 422


def _onward(assessment: Assessment, item: str, view: View) -> Response:
    """Where the pressed button leads: to the bases, else to the item it belongs to."""
    form = request.form
    if form.get("bases"):
        address = url_for("assessments.bases", assessment_id=assessment.id, item=form["bases"])
        return redirect(address, 303)
    named = (form.get(name, "").split() for name in ("save", "remove", "offer", "settle"))
    target = next((parts[0] for parts in named if parts), item)
    return redirect(f"{checklist_href(assessment.id, view, at=target)}#item-{target}", 303)


# ---- one basis for one or many items ----


@blueprint.get("/assessments/<assessment_id>/bases")
@requires(Permission.score, loaded_assessment)
def bases(loaded: Assessment) -> str | Response:
    """Choose a basis and the items it is for."""
    return _bases(loaded)


def _bases(assessment: Assessment, complaint: str = "") -> str:
    view = View(order=Order.standard, at=request.values.get("item", ""))
    reading = _reading(assessment, view)
    page = build_bases_page(reading, request.form, complaint=complaint)
    return render_template("assessments/checklist_bases.html", page=page)


@blueprint.post("/assessments/<assessment_id>/bases")
@requires(Permission.score, loaded_assessment)
def add_bases(loaded: Assessment) -> Response | tuple[str, int]:
    """Give the chosen items the chosen basis."""
    judged = judge(db.session(), loaded, today_of(db.session(), loaded, the_clock()()))
    assessment_id, view = loaded.id, _view_of(request.form)
    try:
        raw = basis_forms.added(request.form, list(judged.asked), judged.state)
        receipts = _apply(assessment_id, raw)
    except Refused as refused:
        return _bases(_fresh(assessment_id), say(refused.sentence)), 422
    wrong = next((each.sentence for each in receipts if each.fate is Fate.refused), None)
    if wrong is not None:
        return _bases(_fresh(assessment_id), say(wrong)), 422
    parked = next((each.sentence for each in receipts if each.fate is Fate.parked), None)
    if parked is not None:
        flash(say(parked), "warn")
    else:
        flash(_bases_taken(judged.checklist, len({each["item"] for each in raw})), "ok")
    item = request.form.getlist("item")[0]
    return redirect(f"{checklist_href(assessment_id, view, at=item)}#item-{item}", 303)


def _bases_taken(checklist: Checklist, items: int) -> str:
    said: str = ngettext(
        "Dasar nilai tersimpan untuk %(num)s butir.",
        "Dasar nilai tersimpan untuk %(num)s butir.",
        items,
    )
    choice = basis_forms.suggested_choice(request.form, checklist)
    if choice is None:
        return said
    return f"{said} {_('Usulan nilai dari telusur berkas: %(choice)s.', choice=choice)}"
