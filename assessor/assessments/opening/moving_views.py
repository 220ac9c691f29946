"""How does somebody move an assessment to the new edition of its checklist?"""

from dataclasses import dataclass

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from werkzeug.wrappers import Response

from assessor.access.guard import requires, the_actor, the_request
from assessor.access.permissions import Permission
from assessor.assessments.blueprint import blueprint
from assessor.assessments.loaders import loaded_assessment
from assessor.assessments.models import Assessment
from assessor.assessments.opening.moving import (
    NOTHING_NEWER,
    Move,
    move_to_edition,
    plan_move,
    why_not_move,
)
from assessor.assessments.page_parts import kind_name, overview_href
from assessor.assessments.queries import today_of
from assessor.auditees.models import Auditee
from assessor.database.extension import db
from assessor.instruments.comparing_pages import EffectBlock, columns, difference_blocks
from assessor.ui.current import say, the_clock, the_language
from assessor.ui.parts import Column, Link
from checklists.model import Checklist


@dataclass(frozen=True)
class MovePage:
    """From which edition to which, what differs, and what becomes of the answers."""

    title: str
    kicker: str
    back: Link
    before: str
    after: str
    cleared: str
    dropped: str
    asked: str
    columns: tuple[Column, ...]
    blocks: tuple[EffectBlock, ...]
    refused: str
    action: str
    edition: str


def _name(checklist: Checklist) -> str:
    return str(
        _(
            "%(title)s, edisi %(edition)s",
            title=checklist.title.in_(the_language()),
            edition=checklist.edition,
        )
    )


@blueprint.get("/assessments/<assessment_id>/edition")
@requires(Permission.change_edition, loaded_assessment)
def new_edition(loaded: Assessment) -> str | Response:
    """What moving to the new edition would change."""
    session, request_ = db.session(), the_request()
    move = plan_move(session, loaded, today_of(session, loaded, the_clock()()))
    if move is None:
        flash(say(NOTHING_NEWER), "info")
        return redirect(overview_href(loaded.id), 303)
    subject = request_.loaded.subject if request_.loaded is not None else None
    refusal = why_not_move(session, the_actor(), loaded, subject) if subject else None
    auditee = session.get_one(Auditee, loaded.auditee_id)
    page = _page(loaded, auditee, move, refused=say(refusal) if refusal else "")
    return render_template("assessments/new_edition.html", page=page)


def _page(assessment: Assessment, auditee: Auditee, move: Move, *, refused: str) -> MovePage:
    return MovePage(
        title=_("Pindah ke edisi baru"),
        kicker=f"{auditee.name} · {kind_name(assessment.kind)} · {assessment.reference}",
        back=Link(_("Penilaian ini"), overview_href(assessment.id)),
        before=_name(move.before),
        after=_name(move.after),
        cleared=", ".join(move.cleared),
        dropped=", ".join(move.dropped),
        asked=", ".join(move.asked),
        columns=columns(),
        blocks=difference_blocks(move.differences),
        refused=refused,
        action=url_for("assessments.move_edition", assessment_id=assessment.id),
        edition=move.after.fingerprint,
    )


@blueprint.post("/assessments/<assessment_id>/edition")
@requires(Permission.change_edition, loaded_assessment)
def move_edition(loaded: Assessment) -> Response:
    """Judge by the new edition from now on."""
    assessment_id = loaded.id
    taken = move_to_edition(
        db.session(),
        the_actor(),
        the_clock(),
        assessment_id=assessment_id,
        edition=request.form.get("edition", ""),
    )
    flash(
        ngettext(
            "Penilaian ini memakai edisi baru. %(num)s jawaban perlu diisi lagi.",
            "Penilaian ini memakai edisi baru. %(num)s jawaban perlu diisi lagi.",
            taken,
        )
        if taken
        else _("Penilaian ini memakai edisi baru. Semua jawaban tetap."),
        "ok",
    )
    return redirect(overview_href(assessment_id), 303)
