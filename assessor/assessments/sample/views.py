"""How does a team draw client files, fill the sheet, and use it as scores?"""

from collections.abc import Sequence
from typing import Any

from flask import (
    flash,
    get_template_attribute,
    jsonify,
    redirect,
    render_template,
    request,
    url_for,
)
from flask_babel import gettext as _
from flask_babel import ngettext
from werkzeug.wrappers import Response

from assessor.access.guard import Loaded, requires, the_actor
from assessor.access.permissions import Permission
from assessor.assessments.blueprint import blueprint
from assessor.assessments.checklist.recording import Fate, Receipt
from assessor.assessments.checklist.views import NOBODY_ELSE
from assessor.assessments.loaders import loaded_assessment
from assessor.assessments.models import Assessment, Kind
from assessor.assessments.sample.forms import (
    ONLY_MARKS,
    SIGNS,
    box_name,
    read_form,
    read_lengths,
    read_sent,
)
from assessor.assessments.sample.reading import Typed, build_page, rows_now, used_words
from assessor.assessments.sample.services import Clash, Marking, draw_files, mark_files
from assessor.assessments.sample.using import use_sheet
from assessor.assessments.sample_state import list_samples, record_items
from assessor.database.extension import db
from assessor.instruments.queries import get_checklist
from assessor.sentences import Refused, Stale
from assessor.ui.current import say, the_clock
from assessor.ui.parts import Link
from checklists.strata import strata_for

_SHOWN_AT_MOST = 20  # clashes and wrong boxes that are named one by one


def loaded_by_team(assessment_id: str) -> Loaded | None:
    """An assessment by a team: an auditee that assesses itself has no sheet."""
    loaded = loaded_assessment(assessment_id)
    return None if loaded is None or loaded.thing.kind is Kind.self else loaded


def _show(assessment: Assessment, typed: Typed | None = None) -> str:
    page = build_page(db.session(), assessment, typed or Typed())
    return render_template("assessments/sample.html", page=page)


def _fresh(assessment_id: str) -> Assessment:
    return db.session.get_one(Assessment, assessment_id)


@blueprint.get("/assessments/<assessment_id>/sample")
@requires(Permission.see_assessment, loaded_by_team)
def sample(loaded: Assessment) -> str:
    """The sheet, or how a sample is drawn."""
    return _show(loaded)


@blueprint.post("/assessments/<assessment_id>/sample")
@requires(Permission.score, loaded_by_team)
def change_sample(loaded: Assessment) -> Response | tuple[str, int]:
    """Draw, or keep the sheet and perhaps use it."""
    if request.form.get("act") == "draw":
        return _draw(loaded)
    return _keep(loaded)


# ---- the draw ----


def _draw(assessment: Assessment) -> Response | tuple[str, int]:
    assessment_id = assessment.id
    strata = strata_for(frozenset(assessment.tags))
    lengths, wrong = read_lengths(request.form, strata)
    reason = request.form.get("reason", "")
    typed = {each.code: request.form.get(f"count-{each.code}", "")[:40] for each in strata}
    if wrong:
        return _show(assessment, Typed(typed, wrong, reason)), 422
    shown = request.form.get("after", "0")
    try:
        drawn = draw_files(
            db.session(),
            the_actor(),
            the_clock(),
            assessment_id=assessment_id,
            counts=lengths,
            after_number=int(shown) if shown.isdecimal() and len(shown) < 6 else 0,
            reason=reason,
        )
    except Refused as refused:
        said, again = say(refused.sentence), shown != "0" and not isinstance(refused, Stale)
        about_reason = again and sum(lengths.values()) > 0
        status = 409 if isinstance(refused, Stale) else 422
        back = Typed(
            typed,
            reason=reason,
            reason_error=said if about_reason else "",
            draw_error="" if about_reason else said,
        )
        return _show(_fresh(assessment_id), back), status
    flash(
        ngettext("%(num)s berkas diambil acak.", "%(num)s berkas diambil acak.", drawn.size), "ok"
    )
    return redirect(url_for("assessments.sample", assessment_id=assessment_id), 303)


# ---- the sheet, as one form ----


def _keep(assessment: Assessment) -> Response | tuple[str, int]:
    session, assessment_id, form = db.session(), assessment.id, request.form
    named = form.get("number", "")
    number = int(named) if named.isdecimal() and len(named) < 6 else 0
    samples = list_samples(session, assessment_id)
    size = next((each.size for each in samples if each.number == number), 0)
    items = list(record_items(get_checklist(session, assessment.edition), assessment))
    markings, wrong = read_form(form, items, size)
    clashes = _mark(assessment_id, number, markings)
    if wrong or clashes:
        complaints = [*_wrong_lines(wrong), *(_clash_line(clash) for clash in clashes)]
        typed = Typed(boxes=wrong, complaints=tuple(complaints[:_SHOWN_AT_MOST]))
        return _show(_fresh(assessment_id), typed), 422 if wrong else 409
    wanted = form.get("use", "")
    if not wanted:
        flash(_("Lembar telusur tersimpan."), "ok")
        return redirect(url_for("assessments.sample", assessment_id=assessment_id), 303)
    return _use(assessment_id, number, items if wanted == "all" else [wanted])


def _mark(assessment_id: str, number: int, markings: Sequence[Marking]) -> list[Clash]:
    if not markings:
        return []
    return mark_files(
        db.session(),
        the_actor(),
        the_clock(),
        assessment_id=assessment_id,
        number=number,
        markings=markings,
    )


def _wrong_lines(wrong: dict[tuple[str, int], str]) -> list[Link]:
    return [
        Link(f"{item}, B{file}: {say(ONLY_MARKS)}", f"#{box_name(item, file)}")
        for item, file in wrong
    ]


def _clash_line(clash: Clash) -> Link:
    said = _(
        "%(box)s: orang lain mengisi %(theirs)s, Anda %(mine)s. Yang berlaku %(theirs)s; isi lagi "
        "bila Anda yakin.",
        box=f"{clash.item}, B{clash.file}",
        theirs=SIGNS[clash.standing] or _("kosong"),
        mine=SIGNS[clash.mark] or _("kosong"),
    )
    return Link(said, f"#{box_name(clash.item, clash.file)}")


def _use(assessment_id: str, number: int, items: Sequence[str]) -> Response:
    receipts = use_sheet(
        db.session(),
        the_actor(),
        the_clock(),
        assessment_id=assessment_id,
        number=number,
        items=items,
        key=request.form.get("key", "")[:64],
    )
    _tell(receipts)
    anchor = f"item-{items[0]}" if len(items) == 1 else None
    there = url_for("assessments.sample", assessment_id=assessment_id, _anchor=anchor)
    return redirect(there, 303)


def _tell(receipts: Sequence[Receipt]) -> None:
    clashing = sum(1 for each in receipts if each.fate is Fate.conflict)
    applied = sum(1 for each in receipts if each.fate is Fate.applied and each.value is not None)
    if applied:
        flash(used_words(applied), "ok")
    if clashing:
        flash(
            ngettext(
                "%(num)s butir sudah bernilai lain. Nilai itu tetap; pilih salah satu pada "
                "butirnya.",
                "%(num)s butir sudah bernilai lain. Nilai itu tetap; pilih salah satu pada "
                "butirnya.",
                clashing,
            ),
            "warn",
        )
    if not receipts:
        flash(_("Belum ada yang dapat dipakai. Isi semua kotak satu butir dulu."), "info")
    elif not applied and not clashing:
        flash(_("Dasar nilai diperbarui dari lembar telusur."), "ok")


# ---- the sheet, box by box ----


@blueprint.post("/assessments/<assessment_id>/sample/marks")
@requires(Permission.score, loaded_by_team)
def sample_marks(loaded: Assessment) -> Response | tuple[Response, int]:
    """Keep boxes that were filled by script; the rows come back as they stand."""
    assessment_id = loaded.id
    sent: Any = request.get_json(silent=True)
    if isinstance(sent, dict) and sent.get("person") not in (None, the_actor().person_id):
        return jsonify(error=say(NOBODY_ELSE)), 409
    number, markings = read_sent(sent)
    clashes = mark_files(
        db.session(),
        the_actor(),
        the_clock(),
        assessment_id=assessment_id,
        number=number,
        markings=markings,
    )
    written = get_template_attribute("assessments/_sample_result.html", "result")
    rows = rows_now(db.session(), _fresh(assessment_id))
    return jsonify(
        rows={item: {"seen": row.seen, "result": str(written(row))} for item, row in rows.items()},
        ready=sum(1 for row in rows.values() if row.use),
        clashes=[
            {"item": each.item, "file": each.file, "mark": SIGNS[each.mark]} for each in clashes
        ],
    )
