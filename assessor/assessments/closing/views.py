"""How is an assessment closed with the institution, and what was frozen?"""

from dataclasses import dataclass

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.datastructures import FileStorage
from werkzeug.wrappers import Response

from assessor.access.guard import Loaded, requires, the_actor
from assessor.access.permissions import Permission
from assessor.assessments.blueprint import blueprint
from assessor.assessments.closing.after_closing import was_closed
from assessor.assessments.closing.building import build_closing
from assessor.assessments.closing.services import close_assessment, dispute_point, settle_point
from assessor.assessments.judging import judge
from assessor.assessments.loaders import loaded_assessment, loaded_for_scan
from assessor.assessments.models import Assessment, Kind
from assessor.assessments.queries import today_of
from assessor.assessments.visit.content import list_closings
from assessor.assessments.visit.forms import ClosingForm, PointForm, SignedForm
from assessor.assessments.visit.scans import hand_in_scan, sent_scan
from assessor.assessments.visit.signed_minutes import (
    link_signed_minutes,
    list_scans,
    reason_to_replace,
)
from assessor.assessments.visit_models import Closing
from assessor.database.extension import db
from assessor.sentences import Refused, Sentence, Stale
from assessor.ui.current import say, the_clock, the_settings

_CHANGED = Sentence(
    "Isi penilaian berubah sejak Anda membukanya. Di bawah ini yang terbaru; baca lagi, lalu "
    "bekukan."
)


@blueprint.get("/assessments/<assessment_id>/closing")
@requires(Permission.see_assessment, loaded_assessment)
def closing(loaded: Assessment) -> str:
    """What is not agreed, what was frozen, what changed since."""
    return _show(loaded)


def _show(
    assessment: Assessment,
    *,
    form: ClosingForm | None = None,
    point: PointForm | None = None,
    scan: SignedForm | None = None,
    stale: str = "",
) -> str:
    if assessment.kind is Kind.self:
        raise Refused(Sentence("Penilaian mandiri tidak memakai pertemuan penutupan."))
    session = db.session()
    judged = judge(session, assessment, today_of(session, assessment, the_clock()()))
    page = build_closing(
        session,
        judged,
        form=form or ClosingForm(),
        point=point or PointForm(prefix="point-"),
        scan=scan or SignedForm(),
        stale=stale,
    )
    return render_template("assessments/closing.html", page=page, assessment_id=assessment.id)


def _again(assessment_id: str) -> Assessment:
    return db.session.get_one(Assessment, assessment_id)


def _back(assessment_id: str, anchor: str = "") -> Response:
    there = url_for("assessments.closing", assessment_id=assessment_id, _anchor=anchor or None)
    return redirect(there, 303)


@blueprint.post("/assessments/<assessment_id>/closing")
@requires(Permission.close, loaded_assessment)
def freeze(loaded: Assessment) -> Response | tuple[str, int]:
    """Freeze exactly what was on the screen; then the minutes are made."""
    form, assessment_id = ClosingForm(request.form), loaded.id
    if form.validate():
        try:
            closed = close_assessment(
                db.session(),
                the_actor(),
                the_clock(),
                assessment_id=assessment_id,
                summary=form.summary.data or "",
                shown_hash=form.shown_hash.data or "",
                demo=the_settings().demo,
                reason=form.reason.data or "",
            )
        except Stale:
            return _show(_again(assessment_id), form=form, stale=say(_CHANGED)), 409
        except Refused as refused:
            form.form_errors.append(say(refused.sentence))
        else:
            flash(_("Hasil sementara sudah dibekukan."), "ok")
            if not was_closed(closed.id):
                flash(_("Berita acaranya belum dapat dibuat. Buat lagi dari halaman ini."), "warn")
            return _back(assessment_id, "records")
    return _show(_again(assessment_id), form=form), 400


# ---- what is not agreed ----


@blueprint.post("/assessments/<assessment_id>/disputed")
@requires(Permission.close, loaded_assessment)
def dispute(loaded: Assessment) -> Response | tuple[str, int]:
    """Put down what each side says of an item."""
    form, assessment_id = PointForm(request.form, prefix="point-"), loaded.id
    if form.validate():
        try:
            dispute_point(
                db.session(),
                the_actor(),
                the_clock(),
                assessment_id=assessment_id,
                item=form.item.data or "",
                institution=form.institution.data or "",
                team=form.team.data or "",
            )
        except Refused as refused:
            form.form_errors.append(say(refused.sentence))
        else:
            flash(_("Hal yang belum disepakati sudah dicatat."), "ok")
            return _back(assessment_id, "disputed")
    return _show(_again(assessment_id), point=form), 400


@dataclass(frozen=True)
class Point:
    """An assessment, and the item that is not agreed."""

    assessment: Assessment
    item: str


def _loaded_point(assessment_id: str, item: str) -> Loaded | None:
    loaded = loaded_assessment(assessment_id)
    if loaded is None:
        return None
    return Loaded(Point(loaded.thing, item), loaded.subject, seen_with=loaded.seen_with)


@blueprint.post("/assessments/<assessment_id>/disputed/<item>/settle")
@requires(Permission.close, _loaded_point)
def settle(loaded: Point) -> Response:
    """Both sides agree after all."""
    assessment_id = loaded.assessment.id
    settle_point(
        db.session(), the_actor(), the_clock(), assessment_id=assessment_id, item=loaded.item
    )
    flash(_("Hal ini sudah disepakati dan dihapus dari daftar."), "ok")
    return _back(assessment_id, "disputed")


# ---- the signed paper ----


@dataclass(frozen=True)
class Frozen:
    """An assessment, and one of its closings."""

    assessment: Assessment
    closing: Closing


def _loaded_closing(assessment_id: str, number: int) -> Loaded | None:
    loaded = loaded_for_scan(assessment_id)
    if loaded is None:
        return None
    closings = list_closings(db.session(), assessment_id)
    found = next((each for each in closings if each.number == number), None)
    if found is None:
        return None
    return Loaded(Frozen(loaded.thing, found), loaded.subject, seen_with=loaded.seen_with)


@blueprint.post("/assessments/<assessment_id>/minutes/<int:number>/signed")
@requires(Permission.arrange, _loaded_closing)
def signed(loaded: Frozen) -> Response | tuple[str, int]:
    """Hand in the scan with the signatures of both sides, and link it."""
    form, assessment_id = SignedForm(request.form), loaded.assessment.id
    sent = sent_scan(form.scan)
    fine = form.validate() & form.check_scan(given=sent is not None, needed=True)
    if fine & _check_reason(form, loaded.closing) and sent is not None:
        try:
            _keep(form, loaded, sent)
        except Refused as refused:
            form.scan.errors = [say(refused.sentence)]
        else:
            flash(_("Berita acara bertanda tangan sudah tersimpan."), "ok")
            return _back(assessment_id, "records")
    return _show(_again(assessment_id), scan=form), 400


def _check_reason(form: SignedForm, closing: Closing) -> bool:
    """Before the file is handed in: what replaces a scan has its reason."""
    scans = list_scans(db.session(), [closing])[closing.id]
    try:
        reason_to_replace(scans, form.why_new.data or "")
    except Refused as refused:
        form.why_new.errors = [say(refused.sentence)]
        return False
    return True


def _keep(form: SignedForm, loaded: Frozen, sent: FileStorage) -> None:
    """The scan as a piece of evidence, then linked. Raises NotPermitted, Refused."""
    assessment_id, number = loaded.assessment.id, loaded.closing.number
    piece = hand_in_scan(
        loaded.assessment.auditee_id,
        sent,
        title=_(
            "Berita acara bertanda tangan %(reference)s", reference=loaded.assessment.reference
        ),
        stands_for=None,
        declaration=request.form.get(form.declaration.name, ""),
    )
    link_signed_minutes(
        db.session(),
        the_actor(),
        the_clock(),
        assessment_id=assessment_id,
        number=number,
        evidence_id=piece,
        reason=form.why_new.data or "",
    )
