"""How do people hand in evidence, look at it and take it back in the browser?"""

import logging
from datetime import UTC, date, datetime
from os import SEEK_END

from flask import Blueprint, flash, jsonify, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.datastructures import FileStorage
from werkzeug.wrappers import Response

from assessor.access.decide import decide
from assessor.access.guard import requires, the_actor, the_request
from assessor.access.permissions import Permission
from assessor.database.extension import db
from assessor.evidence import describing_views, quarantine_views, queries, services, serving
from assessor.evidence.declaration import WHY, WORDINGS
from assessor.evidence.describing import may_describe
from assessor.evidence.forms import MOST_FILES, UploadForm, WithdrawForm, offer_papers, what_is_said
from assessor.evidence.loaders import (
    loaded_even_quarantined,
    loaded_evidence,
    loaded_owner,
    loaded_owner_for_upload,
)
from assessor.evidence.names import shown_name
from assessor.evidence.pages import (
    CitedBy,
    FileResult,
    LibraryPage,
    PiecePage,
    facts_of,
    piece_chip,
    scan_notice,
    taken,
    tile,
    version_lines,
)
from assessor.evidence.queries import Owner, Piece, State
from assessor.evidence.quota import ensure_room
from assessor.evidence.scan_models import ScanState
from assessor.evidence.versions import versions_of
from assessor.sentences import Refused
from assessor.ui.current import (
    say,
    the_clock,
    the_language,
    the_scanner,
    the_settings,
    the_store,
    the_zone,
)
from assessor.ui.formats import Zone, day_in
from assessor.ui.parts import Link
from evidence_store.store import StoreError, no_room

log = logging.getLogger("assessor.evidence")

blueprint = Blueprint("evidence", __name__, template_folder="templates")
serving.add_to(blueprint)
describing_views.add_to(blueprint)
quarantine_views.add_to(blueprint)

PER_PAGE = 48


def _may(permission: Permission) -> bool:
    loaded = the_request().loaded
    return loaded is not None and decide(the_actor(), permission, loaded.subject).allowed


def _wants_json() -> bool:
    return request.accept_mimetypes.best == "application/json"


def _today(owner: Owner) -> date:
    return day_in(the_clock()(), Zone(owner.time_zone.value))


# ---- the library of an auditee ----


@blueprint.get("/auditees/<auditee_id>/evidence")
@requires(Permission.see_evidence, loaded_owner)
def library(loaded: Owner) -> str:
    """Everything handed in, newest first, and the form for more."""
    form = UploadForm(data={"replaces": request.args.get("replaces", "")})
    return _library(loaded, form)


@blueprint.get("/auditees/<auditee_id>/evidence/hand-in")
@requires(Permission.see_evidence, loaded_owner)
def library_again(loaded: Owner) -> Response:
    """Where somebody gets who reloads the answer to an upload by its address."""
    return redirect(url_for("evidence.library", auditee_id=loaded.auditee_id), 303)


def _library(owner: Owner, form: UploadForm, results: tuple[FileResult, ...] = ()) -> str:
    session, language, today = db.session(), the_language(), _today(owner)
    offer_papers(form.paper, language)
    pieces = queries.pieces_of(
        session, owner.auditee_id, most=PER_PAGE + 1, older_than=_older_than(), reader=the_actor()
    )
    more, pieces = len(pieces) > PER_PAGE, pieces[:PER_PAGE]
    replaced = queries.piece(session, form.replaces.data) if form.replaces.data else None
    if (
        replaced is None
        or replaced.auditee_id != owner.auditee_id
        or replaced.state is not State.live
    ):
        replaced, form.replaces.data = None, ""
    here = url_for("evidence.library", auditee_id=owner.auditee_id)
    page = LibraryPage(
        owner=owner,
        back=Link(owner.name, f"/auditees/{owner.auditee_id}"),
        tiles=tuple(
            tile(each, href=_href(each.id), thumb=_thumb(each.id), language=language, today=today)
            for each in pieces
        ),
        may_upload=_may(Permission.upload_evidence),
        action=url_for("evidence.hand_in", auditee_id=owner.auditee_id),
        megabytes=the_settings().upload_limit // (1024 * 1024),
        limit=the_settings().upload_limit,
        most_files=MOST_FILES,
        why=say(WHY),
        form=form,
        results=results,
        replaced_title="" if replaced is None else replaced.title,
        newer_href=here if request.args.get("after") else "",
        older_href=f"{here}?after={_cursor(pieces[-1])}" if more else "",
    )
    return render_template("evidence/library.html", page=page)


def _cursor(piece: Piece) -> str:
    return f"{piece.created_at:%Y%m%dT%H%M%S%fZ}.{piece.id}"


def _older_than() -> tuple[datetime, str] | None:
    """The place in the list that an address names; a broken one is the beginning."""
    moment, _dot, evidence_id = request.args.get("after", "").partition(".")
    try:
        at = datetime.strptime(moment, "%Y%m%dT%H%M%S%f%z").astimezone(UTC)
    except (ValueError, OverflowError):  # no date, or one that is none in our time
        return None
    return (at, evidence_id) if evidence_id.isalnum() else None


def _href(evidence_id: str) -> str:
    return url_for("evidence.piece", evidence_id=evidence_id)


def _thumb(evidence_id: str) -> str:
    return url_for("evidence.thumb", evidence_id=evidence_id)


# ---- handing in ----


@blueprint.post("/auditees/<auditee_id>/evidence/hand-in")
@requires(Permission.upload_evidence, loaded_owner_for_upload)
def hand_in(loaded: Owner) -> Response | tuple[Response | str, int]:
    """Take one or several files; each gets its own result, whatever becomes of the others."""
    form = UploadForm(request.form)
    form.today = _today(loaded)
    offer_papers(form.paper, the_language())
    files = [
        each
        for each in request.files.getlist("files") + request.files.getlist("camera")
        if each.filename
    ]
    if not (form.validate() & _right_number(form, len(files))):
        return _not_taken(loaded, form)
    results = tuple(
        _receive(loaded, form, file, _title(form, number, len(files)))
        for number, file in enumerate(files, start=1)
    )
    if _wants_json():
        return jsonify(results=results)
    if not all(result.taken for result in results):
        return _library(loaded, form, results), 422
    for result in results:
        flash(" ".join((result.sentence, *result.remarks)), "ok")
    return redirect(url_for("evidence.library", auditee_id=loaded.auditee_id), 303)


def _right_number(form: UploadForm, count: int) -> bool:
    if count == 0:
        form.files.errors = [_("Pilih paling sedikit satu berkas.")]
    elif count > MOST_FILES:
        form.files.errors = [
            _(
                "Anda memilih %(count)s berkas; paling banyak %(most)s sekali kirim. Kirim "
                "sisanya sesudah ini.",
                count=count,
                most=MOST_FILES,
            )
        ]
    elif count > 1 and form.replaces.data:
        form.files.errors = [_("Pilih satu berkas saja sebagai pengganti.")]
    return not form.files.errors


def _not_taken(owner: Owner, form: UploadForm) -> tuple[Response | str, int]:
    """Nothing is kept; what was typed stays. Files have to be chosen again: no browser lets a
    page fill them in."""
    if _wants_json():
        fields = {name: " ".join(map(str, errors)) for name, errors in form.errors.items() if name}
        return jsonify(error=" ".join(fields.values()), fields=fields), 422
    return _library(owner, form), 422


def _title(form: UploadForm, number: int, count: int) -> str:
    title = (form.title.data or "").strip()
    return f"{title} ({number})" if title and count > 1 else title


def _receive(owner: Owner, form: UploadForm, file: FileStorage, title: str) -> FileResult:
    name = file.filename or ""
    try:
        ensure_room(db.session(), owner.auditee_id, _size(file))
        handed_in = services.hand_in(
            db.session(),
            the_actor(),
            the_clock(),
            store=the_store(),
            scanner=the_scanner(),
            limit=the_settings().upload_limit,
            auditee_id=owner.auditee_id,
            stream=file.stream,  # type: ignore[arg-type]  # typed as IO[bytes]
            name=name,
            title=title,
            **what_is_said(form),
        )
    except Refused as refused:
        return FileResult(shown_name(name), "refused", say(refused.sentence))
    except (OSError, StoreError) as error:
        log.exception("a file could not be kept")
        return FileResult(shown_name(name), "failed", _why_not_kept(error, shown_name(name)))
    return taken(
        handed_in,
        href=_href(handed_in.evidence_id),
        thumb=_thumb(handed_in.evidence_id),
        remarks=tuple(say(remark) for remark in handed_in.remarks),
    )


def _size(file: FileStorage) -> int:
    size = file.stream.seek(0, SEEK_END)
    file.stream.seek(0)
    return size


def _why_not_kept(error: Exception, name: str) -> str:
    if no_room(error):
        return str(
            _(
                "Berkas “%(name)s” belum tersimpan karena tempat penyimpanan kami sedang penuh. "
                "Simpan berkasnya, lalu kirim lagi nanti.",
                name=name,
            )
        )
    return str(
        _(
            "Berkas “%(name)s” belum tersimpan karena gangguan di pihak kami. Kirim berkas ini "
            "sekali lagi.",
            name=name,
        )
    )


# ---- one piece ----


@blueprint.get("/evidence/<evidence_id>")
@requires(Permission.see_evidence, loaded_even_quarantined)
def piece(loaded: Piece) -> str:
    """Facts, one page of the copy, and what leans on it; of what is in quarantine, only that."""
    if loaded.quarantined:
        return quarantine_views.quarantined(loaded)
    return _piece(loaded, WithdrawForm())


def _piece(evidence: Piece, form: WithdrawForm) -> str:
    session = db.session()
    owner = queries.owner(session, evidence.auditee_id)
    today = day_in(the_clock()(), the_zone()) if owner is None else _today(owner)
    number = _page_number(len(evidence.page_digests))
    href = _href(evidence.id)
    may_replace = evidence.state is State.live and _may(Permission.upload_evidence)
    library_href = url_for("evidence.library", auditee_id=evidence.auditee_id)
    why_not = (
        services.why_not_withdraw(the_actor(), evidence)
        if _may(Permission.withdraw_evidence) and evidence.withdrawn_at is None
        else None
    )
    page = PiecePage(
        piece=evidence,
        kicker="" if owner is None else f"{owner.name} · {owner.reference}",
        back=Link(_("Semua bukti dukung"), library_href),
        chip=piece_chip(evidence, today, the_language()),
        facts=facts_of(evidence, href=_href, language=the_language(), zone=the_zone(), today=today),
        declaration=say(WORDINGS[evidence.declaration]),
        number=number,
        picture=(
            ""
            if evidence.scan is ScanState.found
            else url_for("evidence.page", evidence_id=evidence.id, number=number)
        ),
        scan_notice=scan_notice(evidence),
        newer_href=f"{href}?page={number - 1}" if number > 1 else "",
        older_href=f"{href}?page={number + 1}" if number < len(evidence.page_digests) else "",
        citations=tuple(
            CitedBy(each.reference, f"/assessments/{each.assessment_id}", ", ".join(each.items))
            for each in queries.citations_of(session, the_actor(), evidence.id)
        ),
        original_href=(
            url_for("evidence.original", evidence_id=evidence.id)
            if _may(Permission.see_original) and evidence.scan is not ScanState.found
            else ""
        ),
        replace_href=f"{library_href}?replaces={evidence.id}#hand-in" if may_replace else "",
        withdraw_action=(
            url_for("evidence.withdraw", evidence_id=evidence.id)
            if _may(Permission.withdraw_evidence) and evidence.withdrawn_at is None
            else ""
        ),
        why_not_withdraw="" if why_not is None else say(why_not),
        withdraw_form=form,
        versions=version_lines(
            versions_of(session, evidence.id),
            evidence.id,
            href=_href,
            language=the_language(),
            zone=the_zone(),
        ),
        report_href=url_for("evidence.report", evidence_id=evidence.id),
        about_href=(
            url_for("evidence.about", evidence_id=evidence.id)
            if _may(Permission.upload_evidence) and may_describe(the_actor(), evidence)
            else ""
        ),
    )
    return render_template("evidence/piece.html", page=page)


def _page_number(count: int) -> int:
    raw = request.args.get("page", "1")
    return min(max(int(raw), 1), count) if raw.isdecimal() and len(raw) < 5 else 1


@blueprint.post("/evidence/<evidence_id>/withdraw")
@requires(Permission.withdraw_evidence, loaded_evidence)
def withdraw(loaded: Piece) -> Response | tuple[str, int]:
    """Take a piece off the list, with the reason."""
    form = WithdrawForm(request.form)
    if not form.validate():
        return _piece(loaded, form), 422
    sealed = services.withdraw(
        db.session(),
        the_actor(),
        the_clock(),
        evidence_id=loaded.id,
        reason=form.reason.data or "",
    )
    flash(_("Bukti ditarik. Tautan bukti yang sudah ada tidak berubah."), "ok")
    if sealed:
        flash(
            _(
                "Bukti ini tetap terbaca di %(count)s penilaian yang sudah dikunci.",
                count=sealed,
            ),
            "info",
        )
    return redirect(_href(loaded.id), 303)
