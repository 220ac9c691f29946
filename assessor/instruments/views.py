"""Which standards and checklists are there, and what do they say?"""

import re
from dataclasses import dataclass
from datetime import date

from flask import Blueprint, render_template, request
from werkzeug.wrappers import Response

from assessor.access.decide import ANYTHING, decide
from assessor.access.guard import Loaded, requires, the_actor
from assessor.access.permissions import Permission
from assessor.database.extension import db
from assessor.instruments.comparing_pages import comparable, compare_page
from assessor.instruments.exporting import FileFormat, export, formats_of
from assessor.instruments.forms import SinceForm, SoughtForm
from assessor.instruments.pages import edition_page, list_page
from assessor.instruments.reading import (
    PREFIX,
    Instrument,
    Published,
    list_published,
    read_instruments,
    read_with_base,
)
from assessor.instruments.rule_words import status_text
from assessor.ui.current import the_clock, the_language, the_zone
from assessor.ui.formats import day_in
from checklists.model import Checklist

blueprint = Blueprint("instruments", __name__, template_folder="templates")

_DIGEST = re.compile(r"[0-9a-f]{64}", re.ASCII)


def _today() -> date:
    return day_in(the_clock()(), the_zone())


def _drafts() -> bool:
    return decide(the_actor(), Permission.draft_edition).allowed


def loaded_edition(digest: str) -> Loaded | None:
    """The edition that an address names."""
    if _DIGEST.fullmatch(digest) is None:
        return None
    found = list_published(db.session(), fingerprint=PREFIX + digest)
    return Loaded(found[0], ANYTHING, Permission.instruments) if found else None


@dataclass(frozen=True)
class Fetched:
    """An edition in a form that it can take."""

    published: Published
    instrument: Instrument
    base: Checklist | None
    file_format: FileFormat


def _loaded_form(digest: str, file_format: str) -> Loaded | None:
    """The edition with the form that an address names."""
    loaded = loaded_edition(digest)
    if loaded is None or file_format not in set(FileFormat):
        return None
    published = loaded.thing
    instrument, base = read_with_base(db.session(), published.fingerprint)
    wanted = FileFormat(file_format)
    if wanted not in formats_of(instrument):
        return None
    fetched = Fetched(published, instrument, base, wanted)
    return Loaded(fetched, ANYTHING, Permission.instruments)


@blueprint.get("/instruments")
@requires(Permission.instruments)
def index() -> str:
    """Every edition with its status, the newest first."""
    page = list_page(list_published(db.session()), _today(), drafts=_drafts())
    return render_template("instruments/index.html", page=page)


@blueprint.get("/instruments/<digest>/download/<file_format>")
@requires(Permission.instruments, _loaded_form)
def download(loaded: Fetched) -> Response:
    """An edition as a file, in the reader's language or the one asked for."""
    asked = request.args.get("language", "")
    made = export(
        loaded.instrument,
        loaded.file_format,
        language=asked if asked in {"id", "en"} else the_language(),
        status=status_text(loaded.published.in_force(_today())),
        published_at=loaded.published.published_at,
        base=loaded.base,
    )
    return Response(
        made.content,
        content_type=made.media_type,
        headers={"Content-Disposition": f'attachment; filename="{made.name}"'},
    )


@blueprint.get("/instruments/<digest>/changes")
@requires(Permission.instruments, loaded_edition)
def changes(loaded: Published) -> str:
    """An edition beside another one: what differs, and what that means for answers."""
    session = db.session()
    others = comparable(list_published(session), loaded)
    form = SinceForm(request.args)
    asked = PREFIX + (form.since.data or "")
    newest = others[0] if others and others[0].name == loaded.name and not form.since.data else None
    chosen = next((each for each in others if each.fingerprint == asked), newest)
    pair = None
    if chosen is not None:
        read = read_instruments(session, [chosen.fingerprint, loaded.fingerprint])
        pair = (read[chosen.fingerprint], read[loaded.fingerprint])
    shown = compare_page(loaded, others, chosen, form=form, pair=pair)
    return render_template("instruments/changes.html", page=shown)


@blueprint.get("/instruments/<digest>")
@requires(Permission.instruments, loaded_edition)
def page(loaded: Published) -> str:
    """Read an edition, a section at a time, or what words find in it."""
    instrument, base = read_with_base(db.session(), loaded.fingerprint)
    shown = edition_page(
        loaded,
        instrument,
        base=base,
        form=SoughtForm(request.args),
        section=request.args.get("section", ""),
        today=_today(),
        drafts=_drafts(),
    )
    return render_template("instruments/edition.html", page=shown)
