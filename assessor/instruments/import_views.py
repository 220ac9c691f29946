"""Where does an instrument come in as a file, and where is the template to fill in?"""

import re
from collections.abc import Mapping

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.exceptions import RequestEntityTooLarge
from werkzeug.wrappers import Response

from assessor.access.decide import ANYTHING
from assessor.access.guard import Loaded, requires, the_actor
from assessor.access.permissions import Permission
from assessor.database.extension import db
from assessor.instruments.carrying import packed, plain_name, unpacked
from assessor.instruments.drafting import start_from_material
from assessor.instruments.import_forms import PREFIX, ConfirmForm, ForeignForm, ImportForm
from assessor.instruments.import_pages import checked_page, import_page
from assessor.instruments.models import EditionKind
from assessor.instruments.reading import PREFIX as DIGEST
from assessor.instruments.reading import list_published, read_instruments
from assessor.instruments.template_workbooks import template_workbook
from assessor.ui.attempts import attempt
from assessor.ui.current import the_clock, the_language
from checklists.imports.arrival import Arrival
from checklists.imports.reading import ImportKind, import_files
from checklists.library import Library
from checklists.material import material_of
from checklists.model import Checklist
from standards.model import Standard

blueprint = Blueprint("imports", __name__, template_folder="templates")

_WORKBOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_MOST_FILES = 200
_DIGEST = re.compile(r"[0-9a-f]{64}", re.ASCII)


def _shown(form: ImportForm, foreign: ForeignForm) -> str:
    published = list_published(db.session())
    wanted = [each.fingerprint for each in published if each.kind is EditionKind.checklist]
    instruments = dict(read_instruments(db.session(), wanted))
    page = import_page(published, instruments, form=form, foreign=foreign)
    return render_template("instruments/import.html", page=page)


@blueprint.get("/instruments/import")
@requires(Permission.draft_edition)
def page() -> str:
    """Choose a file, or fetch the template."""
    return _shown(_own(), _foreign())


@blueprint.post("/instruments/import")
@requires(Permission.draft_edition)
def check() -> str | tuple[str, int]:
    """Look at a file; nothing of it is kept."""
    own, foreign = _own(), _foreign()
    asked: ImportForm | ForeignForm
    if PREFIX in request.form:
        asked = foreign = ForeignForm(request.form, prefix=PREFIX)
    else:
        asked = own = ImportForm(request.form)
    files = _uploaded(asked.files.name)
    valid = asked.validate()
    if not files:
        asked.files.errors = (_("Pilih berkas yang akan diimpor."),)
    if not valid or not files:
        return _shown(own, foreign), 400
    kind = ImportKind(asked.kind.data)
    arrival = _read(kind, files)
    shown = checked_page(
        kind,
        arrival,
        files,
        carried=packed(files) if arrival.checklist is not None else "",
        form=ConfirmForm(),
    )
    status = 200 if arrival.checklist is not None else 400
    return render_template("instruments/import_checked.html", page=shown), status


@blueprint.post("/instruments/import/confirm")
@requires(Permission.draft_edition)
def confirm() -> Response | tuple[str, int]:
    """Keep what was looked at as a draft."""
    form = ConfirmForm(request.form)
    files = unpacked(form.carried.data or "")
    if form.kind.data not in set(ImportKind) or not files:
        flash(_("Pilih berkasnya sekali lagi, lalu periksa."), "warn")
        return redirect(url_for("imports.page"), 303)
    kind = ImportKind(form.kind.data)
    arrival = _read(kind, files)
    if arrival.checklist is not None:
        material = material_of(arrival.checklist, arrival.based)
        draft = attempt(
            form,
            lambda: start_from_material(db.session(), the_actor(), the_clock(), material=material),
        )
        if draft is not None:
            flash(_("Rancangan sudah disimpan. Belum ada edisi yang terbit."), "ok")
            return redirect(url_for("drafts.page", draft_id=draft.id), 303)
    shown = checked_page(kind, arrival, files, carried=form.carried.data or "", form=form)
    return render_template("instruments/import_checked.html", page=shown), 400


def _own() -> ImportForm:
    return ImportForm(data={"kind": ImportKind.xlsx.value})


def _foreign() -> ForeignForm:
    return ForeignForm(prefix=PREFIX, data={"kind": ImportKind.oscal.value})


def _uploaded(field: str) -> Mapping[str, bytes]:
    sent = [each for each in request.files.getlist(field) if each.filename][:_MOST_FILES]
    files = {plain_name(each.filename or ""): each.stream.read() for each in sent}
    for each in sent:
        each.close()
    return files


def _read(kind: ImportKind, files: Mapping[str, bytes]) -> Arrival:
    return import_files(kind, files, known=_known_standards() if kind is ImportKind.yaml else None)


def _known_standards() -> Library:
    """The newest edition of every standard that is published here."""
    session = db.session()
    found = [each for each in list_published(session) if each.kind is EditionKind.standard]
    read = read_instruments(session, [each.fingerprint for each in found])
    standards: dict[str, Standard] = {}
    for each in found:
        instrument = read[each.fingerprint]
        if isinstance(instrument, Standard):
            standards.setdefault(instrument.id, instrument)
    return Library(standards, {})


# ---- the template ----


def _loaded_full(digest: str) -> Loaded | None:
    """A full checklist; what is based on another one has no template."""
    if _DIGEST.fullmatch(digest) is None:
        return None
    instrument = read_instruments(db.session(), [DIGEST + digest]).get(DIGEST + digest)
    if not isinstance(instrument, Checklist) or instrument.derivation is not None:
        return None
    return Loaded(instrument, ANYTHING, Permission.instruments)


@blueprint.get("/instruments/template")
@requires(Permission.instruments)
def template() -> Response:
    """The template with nothing in it but the example figures."""
    return _workbook(None, "templat-instrumen.xlsx")


@blueprint.get("/instruments/<digest>/template")
@requires(Permission.instruments, _loaded_full)
def filled_template(loaded: Checklist) -> Response:
    """The template filled from an edition."""
    return _workbook(loaded, f"templat-{loaded.id}-{loaded.edition}.xlsx")


def _workbook(checklist: Checklist | None, name: str) -> Response:
    return Response(
        template_workbook(checklist, language=the_language()),
        content_type=_WORKBOOK,
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )


@blueprint.errorhandler(413)
def _refused_for_size(error: RequestEntityTooLarge) -> tuple[str, int]:
    del error
    form = _own()
    form.files.errors = (
        _(
            "Berkas ini terlalu besar untuk diunggah di sini. Bagi berkasnya, atau minta pengelola "
            "sistem memeriksanya di server."
        ),
    )
    return _shown(form, _foreign()), 413
