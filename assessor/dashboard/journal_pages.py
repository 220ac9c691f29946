"""What was done, by whom and when? The journal to read, to take along and to witness."""

from dataclasses import dataclass
from datetime import date

from flask import Blueprint, Response, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext
from sqlalchemy import select
from werkzeug.wrappers import Response as Answer
from wtforms import DateField, Form, SearchField, SelectField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # newer than its stubs
from wtforms.validators import Optional

from assessor.access.actor import SYSTEM
from assessor.access.guard import requires
from assessor.access.permissions import Permission
from assessor.dashboard.journal_list import (
    MOST_EXPORTED,
    PAGE,
    Asked,
    EntryLine,
    as_csv,
    entries,
    in_words,
)
from assessor.dashboard.journal_words import ACTS
from assessor.database.extension import db
from assessor.evidence.access_log import checkpoint_access_log
from assessor.journal.checkpoints import checkpoint_document, load_signer, make_checkpoint
from assessor.journal.models import JournalCheckpoint, JournalEntry
from assessor.sentences import Refused, Sentence
from assessor.ui.current import say, the_clock, the_settings
from assessor.ui.parts import Column, Link

blueprint = Blueprint("journal", __name__, template_folder="templates")


class AskedForm(Form):
    """The filter bar."""

    act = SelectField(lazy_gettext("Tindakan"), validate_choice=False)
    person = SearchField(lazy_gettext("Nama orang"))
    auditee = SearchField(lazy_gettext("Lembaga atau unit"))
    first = DateField(lazy_gettext("Dari tanggal"), [Optional()])
    last = DateField(lazy_gettext("Sampai tanggal"), [Optional()])


@dataclass(frozen=True)
class JournalPage:
    """The list with its filter."""

    form: AskedForm
    lines: tuple[EntryLine, ...]
    filtered: bool
    clear_href: str
    export_href: str
    older_href: str
    newest_href: str
    checkpoints: Link


@dataclass(frozen=True)
class CheckpointPage:
    """The checkpoints there are."""

    columns: tuple[Column, ...]
    checkpoints: tuple[JournalCheckpoint, ...]
    back: Link


def _asked(form: AskedForm) -> Asked:
    form.validate()
    return Asked(
        act=form.act.data if form.act.data in ACTS else "",
        person=(form.person.data or "").strip()[:100],
        auditee=(form.auditee.data or "").strip()[:100],
        first=_in_our_time(form.first),
        last=_in_our_time(form.last),
    )


def _in_our_time(field: DateField) -> date | None:
    """A day that has a day before and after it; what is none narrows nothing."""
    day = None if field.errors else field.data
    return day if day is not None and 1900 < day.year < 3000 else None


def _form() -> AskedForm:
    form = AskedForm(request.args)
    acts = sorted((say(words), act) for act, words in ACTS.items())
    form.act.choices = [SelectChoice("", _("Semua")), *(SelectChoice(act, w) for w, act in acts)]
    return form


@blueprint.get("/journal")
@requires(Permission.read_journal)
def index() -> str:
    """The entries, the newest first, 50 at a time."""
    form = _form()
    asked = _asked(form)
    statement = entries(asked)
    before = request.args.get("before", "")
    if before.isdecimal() and len(before) < 16:
        statement = statement.where(JournalEntry.seq < int(before))
    found = db.session.scalars(statement.limit(PAGE + 1)).all()
    lines = in_words(db.session(), found[:PAGE])
    older = asked.address(before=str(lines[-1].seq)) if len(found) > PAGE else ""
    page = JournalPage(
        form=form,
        lines=tuple(lines),
        filtered=asked != Asked(),
        clear_href=url_for("journal.index"),
        export_href=asked.address("journal.export"),
        older_href=older,
        newest_href=asked.address() if before else "",
        checkpoints=Link(_("Titik periksa bertanda tangan"), url_for("journal.checkpoints")),
    )
    return render_template("journal/index.html", page=page)


@blueprint.get("/journal/export.csv")
@requires(Permission.read_journal)
def export() -> Response:
    """The same entries for a spreadsheet."""
    found = db.session.scalars(entries(_asked(_form())).limit(MOST_EXPORTED)).all()
    lines = [
        line
        for start in range(0, len(found), 500)
        for line in in_words(db.session(), found[start : start + 500])
    ]
    return Response(
        as_csv(lines),
        content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": 'attachment; filename="jurnal.csv"'},
    )


@blueprint.get("/journal/checkpoints")
@requires(Permission.read_journal)
def checkpoints() -> str:
    """What was signed, and the file of each for whoever keeps it outside."""
    found = db.session.scalars(
        select(JournalCheckpoint).order_by(JournalCheckpoint.seq.desc()).limit(100)
    ).all()
    page = CheckpointPage(
        columns=(
            Column(_("Catatan ke-"), numeric=True),
            Column(_("Waktu")),
            Column(_("Akar")),
            Column(_("Berkas")),
        ),
        checkpoints=tuple(found),
        back=Link(_("Jurnal"), url_for("journal.index")),
    )
    return render_template("journal/checkpoints.html", page=page)


@blueprint.post("/journal/checkpoints/make")
@requires(Permission.read_journal)
def make() -> Answer:
    """Sign where the chain ends now."""
    session = db.session()
    checkpoint_access_log(session, SYSTEM, the_clock())
    made = make_checkpoint(session, load_signer(the_settings().checkpoint_key), the_clock())
    flash(_("Titik periksa pada catatan ke-%(seq)s dibuat.", seq=made.seq), "ok")
    return redirect(url_for("journal.checkpoints"), 303)


@blueprint.get("/journal/checkpoints/<checkpoint_id>")
@requires(Permission.read_journal)
def checkpoint_file(checkpoint_id: str) -> Response:
    """One checkpoint as the file that others keep."""
    found = db.session.get(JournalCheckpoint, checkpoint_id)
    signer = load_signer(the_settings().checkpoint_key)
    if found is None or found.key_id != signer.key_id:
        raise Refused(Sentence("Titik periksa ini tidak ada. Pilih satu dari daftarnya."))
    return Response(
        checkpoint_document(found, signer.public),
        content_type="application/json; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="titik-periksa-{found.seq}.json"'},
    )
