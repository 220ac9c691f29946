"""Where does a team say, once, with how many people it spoke, and let items lean on that?"""

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from werkzeug.wrappers import Response

from assessor.access.guard import requires, the_actor
from assessor.access.permissions import Permission
from assessor.assessments.blueprint import blueprint
from assessor.assessments.checklist.entries import MOST_PEOPLE
from assessor.assessments.checklist.recording import Fate
from assessor.assessments.models import Assessment
from assessor.assessments.people import PEOPLE
from assessor.assessments.sample.interview_building import Typed, build_page
from assessor.assessments.sample.interviews import Counted, interview_items, record_interviews
from assessor.assessments.sample.views import loaded_by_team
from assessor.database.extension import db
from assessor.instruments.queries import get_checklist
from assessor.sentences import Refused, Stale
from assessor.ui.current import say, the_clock


def _show(assessment: Assessment, typed: Typed) -> str:
    page = build_page(db.session(), assessment, typed)
    return render_template("assessments/interviews.html", page=page)


@blueprint.get("/assessments/<assessment_id>/interviews")
@requires(Permission.see_assessment, loaded_by_team)
def interviews(loaded: Assessment) -> str:
    """The counts, and the items that lean on them."""
    return _show(loaded, Typed())


@blueprint.post("/assessments/<assessment_id>/interviews")
@requires(Permission.score, loaded_by_team)
def keep_interviews(loaded: Assessment) -> Response | tuple[str, int]:
    """Keep the counts and which items lean on them, as one act."""
    assessment_id, form = loaded.id, request.form
    typed = {kind: form.get(f"count-{kind}", "").strip()[:40] for kind in PEOPLE}
    ticked, seen = set(form.getlist("item")), set(form.get("leaning", "").split())
    everything = form.get("act") == "all"
    wrong = frozenset(kind for kind, text in typed.items() if _count(text) is None)
    if wrong:
        return _show(loaded, Typed(typed, wrong, frozenset(ticked))), 422
    checklist = get_checklist(db.session(), loaded.edition)
    wanted = set(interview_items(checklist, loaded)) if everything else ticked
    try:
        receipts = record_interviews(
            db.session(),
            the_actor(),
            the_clock(),
            assessment_id=assessment_id,
            counts={
                kind: Counted(_count(text) or 0, _count(form.get(f"seen-{kind}", "")) or 0)
                for kind, text in typed.items()
            },
            add=wanted - seen,
            drop=seen - wanted,
            key=form.get("key", "")[:64],
        )
    except Refused as refused:
        said = Typed(typed, items=frozenset(ticked), complaint=say(refused.sentence))
        fresh = db.session.get_one(Assessment, assessment_id)
        return _show(fresh, said), 409 if isinstance(refused, Stale) else 422
    changed = len({each.op_id for each in receipts if each.fate is Fate.applied})
    flash(_("Wawancara tersimpan."), "ok")
    if changed:
        flash(_leaning_words(wanted), "ok")
    return redirect(url_for("assessments.interviews", assessment_id=assessment_id), 303)


def _leaning_words(items: set[str]) -> str:
    said: str = ngettext(
        "%(num)s butir bersandar pada wawancara ini.",
        "%(num)s butir bersandar pada wawancara ini.",
        len(items),
    )
    return said


def _count(text: str) -> int | None:
    """A count; None for what is none."""
    text = text.strip()
    if not text:
        return 0
    fits = text.isdecimal() and len(text) <= 4 and int(text) <= MOST_PEOPLE
    return int(text) if fits else None
