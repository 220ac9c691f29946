"""How does a browser hand in a file part by part? The tus protocol, version 1.0.0.

Any client of the protocol works: it signs in as a browser does and sends the token of the page
in `X-CSRFToken`. What a person says on the form travels as metadata under the names of its fields.
"""

import logging

from flask import Blueprint, jsonify, request, url_for
from flask_babel import gettext as _
from werkzeug.datastructures import MultiDict
from werkzeug.exceptions import ClientDisconnected
from werkzeug.http import http_date
from werkzeug.wrappers import Response

from assessor.access.guard import requires, the_actor
from assessor.access.permissions import Permission
from assessor.database.extension import db
from assessor.evidence import queries, tus, uploads
from assessor.evidence.forms import UploadForm, offer_papers
from assessor.evidence.loaders import loaded_owner_for_upload, loaded_upload
from assessor.evidence.names import shown_name
from assessor.evidence.pages import FileResult, taken
from assessor.evidence.queries import Owner
from assessor.evidence.quota import OverQuota
from assessor.evidence.refusals import too_large
from assessor.evidence.services import HandedIn
from assessor.evidence.taking import take_as
from assessor.evidence.upload_models import UploadState
from assessor.evidence.uploads import Underway
from assessor.ui.current import say, the_clock, the_language, the_scanner, the_settings, the_store
from assessor.ui.formats import Zone, day_in
from evidence_store.store import StoreError, TooLarge, no_room

log = logging.getLogger("assessor.evidence")

blueprint = Blueprint("uploads", __name__)

RETRY_AFTER = 30  # seconds; a full disk takes longer, but nobody knows how long
_CUT = (ClientDisconnected, ConnectionError, TimeoutError)


@blueprint.before_request
def _right_version() -> Response | None:
    """Another version of the protocol is not answered; what a person asks for is none."""
    if request.method in {"GET", "OPTIONS"} or request.headers.get("Tus-Resumable") == tus.VERSION:
        return None
    return _error(412, "Tus-Resumable must be 1.0.0.")


@blueprint.after_request
def _say_version(response: Response) -> Response:
    response.headers["Tus-Resumable"] = tus.VERSION
    response.headers["Tus-Version"] = tus.VERSION
    if request.method == "OPTIONS":
        response.headers["Tus-Extension"] = tus.EXTENSIONS
        response.headers["Tus-Max-Size"] = str(the_settings().upload_limit)
        response.headers["Tus-Checksum-Algorithm"] = ",".join(tus.ALGORITHMS)
    return response


@blueprint.errorhandler(tus.WrongHeader)
def _wrong_header(error: tus.WrongHeader) -> Response:
    return _error(400, str(error))


@blueprint.errorhandler(OverQuota)
def _over_quota(error: OverQuota) -> Response:
    return _error(413, say(error.sentence))


def _error(status: int, sentence: str) -> Response:
    response: Response = jsonify(status=status, error=sentence)
    response.status_code = status
    return response


# ---- creation ----


@blueprint.post("/auditees/<auditee_id>/evidence/uploads")
@requires(Permission.upload_evidence, loaded_owner_for_upload)
def create(loaded: Owner) -> Response:
    """Make a place for one file; its first bytes may come along."""
    said = tus.metadata_in(request.headers)
    length = tus.number_in(request.headers, "Upload-Length")
    name = said.pop("filename", "")
    form = UploadForm(MultiDict(said))
    offer_papers(form.paper, the_language())
    form.today = day_in(the_clock()(), Zone(loaded.time_zone.value))
    if not form.validate():
        fields = {each: " ".join(map(str, told)) for each, told in form.errors.items() if each}
        response: Response = jsonify(error=" ".join(fields.values()), fields=fields)
        response.status_code = 422
        return response
    if not 0 < length <= the_settings().upload_limit:
        sentence = too_large(shown_name(name), the_settings().upload_limit)
        return _error(413 if length else 400, say(sentence) if length else _("Berkas kosong."))
    upload = uploads.begin(
        db.session(),
        the_actor(),
        the_clock(),
        auditee_id=loaded.auditee_id,
        name=name,
        said={each.name: said[each.name] for each in form if each.name in said},
        length=length,
    )
    place = url_for("uploads.state", upload_id=upload.id)
    if request.mimetype == tus.BODY:
        answer = _receive(upload, 0)
        if answer.status_code not in {204, tus.CHECKSUM_MISMATCH}:
            uploads.end(db.session(), store=the_store(), upload_id=upload.id)
            return answer
        offset = answer.headers.get("Upload-Offset", "0")
    else:
        offset = "0"
    return Response(
        status=201,
        headers={
            "Location": place,
            "Upload-Offset": offset,
            "Upload-Expires": http_date(upload.expires_at),
        },
    )


# ---- the rest ----


@blueprint.get("/uploads/<upload_id>")
@requires(Permission.upload_evidence, loaded_upload)
def state(loaded: Underway) -> Response:
    """How far it is, for clients (HEAD); what became of it, for pages (GET)."""
    response: Response = jsonify(_result(loaded))
    response.headers["Cache-Control"] = "no-store"
    response.headers["Upload-Length"] = str(loaded.length)
    return _with_offset(response, loaded)


def _with_offset(response: Response, upload: Underway) -> Response:
    response.headers["Upload-Offset"] = str(upload.received)
    response.headers["Upload-Expires"] = http_date(upload.expires_at)
    return response


def _result(upload: Underway) -> dict[str, object]:
    remarks = tuple(say(each) for each in uploads.sentences_of(upload))
    if upload.state is UploadState.taken and upload.evidence_id is not None:
        piece = queries.piece(db.session(), upload.evidence_id)
        if piece is not None:
            told = HandedIn(
                piece.id,
                piece.title,
                shown_name(upload.name),
                bool((upload.told or {}).get("is_new")),
                piece.state,
            )
            href = url_for("evidence.piece", evidence_id=piece.id)
            thumb = url_for("evidence.thumb", evidence_id=piece.id)
            return vars(taken(told, href=href, thumb=thumb, remarks=remarks))
    state = upload.state.value
    return vars(FileResult(shown_name(upload.name), state, " ".join(remarks)))


@blueprint.patch("/uploads/<upload_id>")
@requires(Permission.upload_evidence, loaded_upload)
def append(loaded: Underway) -> Response:
    """The bytes from an offset on."""
    if request.mimetype != tus.BODY:
        return _error(415, f"Content-Type must be {tus.BODY}.")
    return _receive(loaded, tus.number_in(request.headers, "Upload-Offset"))


def _receive(upload: Underway, offset: int) -> Response:
    checksum = tus.checksum_in(request.headers)
    line = tus.Line(request.stream, _CUT)  # type: ignore[arg-type]  # typed as IO[bytes]
    try:
        upload = uploads.append(
            db.session(),
            the_clock(),
            store=the_store(),
            upload_id=upload.id,
            offset=offset,
            stream=line,  # type: ignore[arg-type]  # only read
            accept=lambda staged: checksum is None or checksum.fits(staged.path),
        )
    except uploads.WrongOffset:
        return _error(409, "Upload-Offset is not where the upload stands; ask with HEAD.")
    except uploads.WrongBytes:
        return _error(tus.CHECKSUM_MISMATCH, "The bytes do not have this checksum.")
    except uploads.NoSuchUpload:
        return _error(404, "There is no such upload.")
    except TooLarge:
        return _error(413, "More bytes than Upload-Length says.")
    except (OSError, StoreError) as error:
        return _not_kept(error)
    if upload.state is UploadState.checking:
        _look_into(upload)
    return _with_offset(Response(status=204), upload)


def _not_kept(error: Exception) -> Response:
    if no_room(error):
        log.error("no room for evidence: %s", error)
        response = _error(
            507,
            _(
                "Tempat penyimpanan kami sedang penuh. Yang sudah terkirim tetap tersimpan; "
                "pengiriman dilanjutkan sendiri begitu ada tempat."
            ),
        )
    else:
        log.error("bytes of an upload could not be kept", exc_info=error)
        response = _error(503, _("Berkas belum tersimpan karena gangguan di pihak kami."))
    response.headers["Retry-After"] = str(RETRY_AFTER)
    return response


def _look_into(upload: Underway) -> None:
    """At once. What goes wrong with us here is done again by a job."""
    session = db.session()
    take = take_as(
        session,
        the_actor(),
        the_clock(),
        store=the_store(),
        limit=the_settings().upload_limit,
        scanner=the_scanner(),
    )
    try:
        uploads.finish(session, store=the_store(), upload_id=upload.id, take=take)
    except (OSError, StoreError):
        session.rollback()
        log.exception("upload %s is looked into later", upload.id)


@blueprint.delete("/uploads/<upload_id>")
@requires(Permission.upload_evidence, loaded_upload)
def end(loaded: Underway) -> Response:
    """Forget it."""
    uploads.end(db.session(), store=the_store(), upload_id=loaded.id)
    return Response(status=204)
