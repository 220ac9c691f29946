"""What does a person see when something cannot be done?

One table from errors to pages. Each says what happened and what to do next.
"""

import logging
import secrets

from flask import Flask, jsonify, render_template, request
from flask_babel import gettext as _
from flask_wtf.csrf import CSRFError
from sqlalchemy.exc import NoResultFound
from werkzeug.exceptions import HTTPException
from werkzeug.wrappers import Response

from assessor.accounts.expiry import answer_lost_token, wants_json
from assessor.database.extension import db
from assessor.sentences import Hindered, NotPermitted, Stale
from assessor.ui.current import say
from assessor.ui.errors import FAILSAFE_500, error_page

log = logging.getLogger("assessor")


def _answer(status: int, sentence: str | None = None, *, reference: str = "") -> Response:
    if wants_json():
        response: Response = jsonify(status=status, error=sentence or "", reference=reference)
        response.status_code = status
        return response
    page = error_page(status, sentence, reference=reference)
    return _page(render_template("ui/error.html", page=page), status)


def _page(html: str, status: int) -> Response:
    return Response(html, status=status, content_type="text/html; charset=utf-8")


def _hindered(error: Hindered) -> Response:
    status = 403 if isinstance(error, NotPermitted) else 409 if isinstance(error, Stale) else 400
    return _answer(status, say(error.sentence))


def _http(error: HTTPException) -> Response | HTTPException:
    if error.code is None or error.code < 400:
        return error
    return _answer(error.code)


def _csrf(error: CSRFError) -> Response:
    del error
    return answer_lost_token() or _answer(
        400, _("Halaman ini sudah terlalu lama terbuka. Muat ulang halaman, lalu coba lagi.")
    )


def _missing(error: NoResultFound) -> Response:
    del error
    return _answer(404)


def _unexpected(error: Exception) -> Response:
    reference = secrets.token_hex(4)
    log.error("unexpected error %s at %s", reference, request.endpoint, exc_info=error)
    try:
        db.session.rollback()
        return _answer(500, reference=reference)
    except Exception:  # the last page must never fail
        log.exception("the error page failed")
        return _page(FAILSAFE_500, 500)


def init_app(app: Flask) -> None:
    """Attach the table."""
    app.register_error_handler(CSRFError, _csrf)
    app.register_error_handler(HTTPException, _http)
    app.register_error_handler(Hindered, _hindered)
    app.register_error_handler(NoResultFound, _missing)
    app.register_error_handler(Exception, _unexpected)
