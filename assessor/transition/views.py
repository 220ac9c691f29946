"""How does the directorate look at a draft as assessors will, and try it on what was sealed?"""

from dataclasses import dataclass

from flask import Blueprint, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from assessor.access.decide import ANYTHING
from assessor.access.guard import Loaded, requires
from assessor.access.permissions import Permission
from assessor.assessments.checklist.looking import Order, Show, View
from assessor.assessments.seal import BrokenSeal
from assessor.database.extension import db
from assessor.instruments.draft_loaders import loaded_draft
from assessor.instruments.draft_reading import Drafted
from assessor.sentences import Refused, Sentence
from assessor.transition.pages import simulation_page
from assessor.transition.preview import preview_page
from assessor.transition.simulating import simulate
from assessor.ui.current import say, the_clock

blueprint = Blueprint("transition", __name__, template_folder="templates")

_TROUBLED = Sentence(
    "Rancangan ini masih bermasalah, jadi belum dapat ditunjukkan. Perbaiki dulu masalahnya."
)
_BROKEN = Sentence(
    "Isi yang dikunci tidak cocok dengan akarnya, jadi tidak dihitung. Hubungi administrator."
)


@dataclass(frozen=True)
class Shown:
    """A draft and one of the checklists that it makes."""

    drafted: Drafted
    name: str


def _loaded_preview(draft_id: str, checklist: str) -> Loaded | None:
    loaded = loaded_draft(draft_id)
    if loaded is None:
        return None
    names = {loaded.thing.material.name, *(each.name for each in loaded.thing.material.based)}
    if checklist not in names:
        return None
    return Loaded(Shown(loaded.thing, checklist), ANYTHING, loaded.seen_with)


def _to_its_problems(drafted: Drafted) -> Response:
    """What cannot be shown yet leads to the page that lists what is to be mended."""
    flash(say(_TROUBLED), "warn")
    return redirect(url_for("drafts.page", draft_id=drafted.draft.id), 303)


def _view() -> View:
    order, show = request.args.get("order", ""), request.args.get("show", "")
    return View(
        order=Order(order) if order in set(Order) else Order.work,
        show=Show(show) if show in set(Show) else Show.all,
        search=request.args.get("q", "").strip()[:100],
        at=request.args.get("at", ""),
    )


@blueprint.get("/drafts/<draft_id>/preview/<checklist>")
@requires(Permission.draft_edition, _loaded_preview)
def preview(loaded: Shown) -> str | Response:
    """The page on which assessors work, over the draft, with nothing to enter."""
    found = next((each for each in loaded.drafted.checked.editions if each.id == loaded.name), None)
    if found is None:
        return _to_its_problems(loaded.drafted)
    page = preview_page(loaded.drafted.draft.id, found, _view(), the_clock()())
    return render_template("assessments/checklist.html", page=page)


@blueprint.get("/drafts/<draft_id>/simulation")
@requires(Permission.draft_edition, loaded_draft)
def simulation(loaded: Drafted) -> str | Response:
    """Who would have come out otherwise under this draft."""
    base, checked = loaded.draft.base, loaded.checked
    if base is None or checked.checklist is None:
        return _to_its_problems(loaded)
    try:
        found = simulate(db.session(), base, checked.editions, after=request.args.get("after", ""))
    except BrokenSeal as broken:
        raise Refused(_BROKEN) from broken
    return render_template("transition/simulation.html", page=simulation_page(loaded, found))
