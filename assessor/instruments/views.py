"""Which standards and checklists are there, and what do they say?"""

import re
from datetime import date

from flask import Blueprint, render_template, request

from assessor.access.decide import ANYTHING
from assessor.access.guard import Loaded, requires
from assessor.access.permissions import Permission
from assessor.database.extension import db
from assessor.instruments.forms import SoughtForm
from assessor.instruments.pages import edition_page, list_page
from assessor.instruments.reading import PREFIX, Published, list_published, read_instruments
from assessor.ui.current import the_clock, the_zone
from assessor.ui.formats import day_in

blueprint = Blueprint("instruments", __name__, template_folder="templates")

_DIGEST = re.compile(r"[0-9a-f]{64}", re.ASCII)


def _today() -> date:
    return day_in(the_clock()(), the_zone())


def _loaded(digest: str) -> Loaded | None:
    """The edition that an address names."""
    if _DIGEST.fullmatch(digest) is None:
        return None
    found = list_published(db.session(), fingerprint=PREFIX + digest)
    return Loaded(found[0], ANYTHING, Permission.instruments) if found else None


@blueprint.get("/instruments")
@requires(Permission.instruments)
def index() -> str:
    """Every edition with its status, the newest first."""
    page = list_page(list_published(db.session()), _today())
    return render_template("instruments/index.html", page=page)


@blueprint.get("/instruments/<digest>")
@requires(Permission.instruments, _loaded)
def page(loaded: Published) -> str:
    """Read an edition, a section at a time, or what words find in it."""
    instrument = read_instruments(db.session(), [loaded.fingerprint])[loaded.fingerprint]
    shown = edition_page(
        loaded,
        instrument,
        form=SoughtForm(request.args),
        section=request.args.get("section", ""),
        today=_today(),
    )
    return render_template("instruments/edition.html", page=shown)
