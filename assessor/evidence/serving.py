"""How do the bytes of evidence leave the house?

People look at copies that were drawn anew. The original leaves as an attachment only, after it
was read once more to see that it is still the same; nothing handed in can run in our pages.
"""

import logging
from typing import NoReturn

from flask import Blueprint, abort, request
from werkzeug.wrappers import Response
from werkzeug.wsgi import wrap_file

from assessor.access.guard import requires, the_actor
from assessor.access.permissions import Permission
from assessor.database.extension import db
from assessor.evidence.access_log import ORIGINAL, note_access, page_form
from assessor.evidence.loaders import OnePage, loaded_evidence, loaded_page
from assessor.evidence.names import as_attachment, download_name
from assessor.evidence.queries import Piece
from assessor.evidence.scan_models import ScanState
from assessor.ui.current import the_clock, the_store
from evidence_store.store import Missing

log = logging.getLogger("assessor.evidence")

_CHUNK = 256 * 1024
_CONFINED = "default-src 'none'; sandbox"
_DAY = 24 * 3600


def thumb(loaded: Piece) -> Response:
    """A small picture for lists. Not noted in the log: it is shown with every list."""
    _refuse_found(loaded)
    response = _copy(_read(loaded.thumb_digest))
    response.headers["Cache-Control"] = f"private, max-age={_DAY}"
    response.set_etag(loaded.thumb_digest)
    return response.make_conditional(request)


def page(loaded: OnePage) -> Response:
    """The copy of one page, noted in the log."""
    _refuse_found(loaded.piece)
    content = _read(loaded.digest)
    _note(loaded.piece, page_form(loaded.number))
    return _copy(content)


def original(loaded: Piece) -> Response:
    """The original as it was handed in, to be saved and never shown, noted in the log."""
    _refuse_found(loaded)
    if not the_store().verify(loaded.digest):
        _lost(loaded.digest)
    _note(loaded, ORIGINAL)
    stream = the_store().open(loaded.digest)
    response = Response(
        wrap_file(request.environ, stream, _CHUNK),
        mimetype=loaded.media_type,
        direct_passthrough=True,
    )
    if request.method == "HEAD":
        stream.close()  # nobody reads it, so nobody else closes it
    response.content_length = loaded.size
    response.headers["Content-Security-Policy"] = _CONFINED
    name = download_name(loaded.original_name, loaded.media_type)
    response.headers["Content-Disposition"] = as_attachment(name)
    return response


def _refuse_found(piece: Piece) -> None:
    """What the scanner knows leaves the house for nobody."""
    if piece.scan is ScanState.found:
        abort(404)


def _read(digest: str) -> bytes:
    try:
        with the_store().open(digest) as file:
            return file.read()
    except Missing:
        _lost(digest)


def _lost(digest: str) -> NoReturn:
    log.critical("the evidence store lacks %s, or it was altered", digest)
    abort(500)


def _note(piece: Piece, form: str) -> None:
    note_access(db.session(), the_actor(), the_clock(), evidence_id=piece.id, form=form)


def _copy(content: bytes) -> Response:
    response = Response(content, mimetype="image/jpeg")
    response.headers["Content-Security-Policy"] = _CONFINED
    return response


def add_to(blueprint: Blueprint) -> None:
    """Put these answers under their addresses."""
    for address, view, permission, loader in (
        ("/evidence/<evidence_id>/thumb", thumb, Permission.see_evidence, loaded_evidence),
        ("/evidence/<evidence_id>/page/<int:number>", page, Permission.see_evidence, loaded_page),
        ("/evidence/<evidence_id>/original", original, Permission.see_original, loaded_evidence),
    ):
        blueprint.get(address)(requires(permission, loader)(view))
