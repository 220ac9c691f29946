"""What do browsers promise us? The headers of every answer, and no strange origins."""

from flask import Flask, abort, request
from werkzeug.wrappers import Response

from assessor.access.guard import the_actor
from assessor.ui.current import the_settings

POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self' data:",
        "connect-src 'self'",
        "manifest-src 'self'",
        "worker-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
    )
)
SAFE = frozenset({"GET", "HEAD", "OPTIONS"})


def _add(response: Response) -> Response:
    headers = response.headers
    headers.setdefault("Content-Security-Policy", POLICY)
    headers["X-Content-Type-Options"] = "nosniff"
    headers["X-Frame-Options"] = "DENY"
    headers["Referrer-Policy"] = "same-origin"
    headers["Cross-Origin-Opener-Policy"] = "same-origin"
    headers["Cross-Origin-Resource-Policy"] = "same-origin"
    headers["Permissions-Policy"] = "geolocation=(), microphone=(), camera=(self)"
    if the_settings().secure_cookies:
        headers["Strict-Transport-Security"] = "max-age=63072000; includeSubDomains"
    own = "private" in headers.get("Cache-Control", "")  # a view said it may be kept, by one person
    if request.endpoint != "static" and (the_actor().signed_in or request.method not in SAFE):
        if not own:
            headers["Cache-Control"] = "no-store"
    else:
        headers.setdefault("Cache-Control", "no-cache")
    return response


def _refuse_strangers() -> None:
    """An unsafe request comes from our own pages only, whatever token it carries."""
    if request.method in SAFE:
        return
    if request.headers.get("Sec-Fetch-Site", "same-origin") not in {"same-origin", "none"}:
        abort(403)
    origin = request.headers.get("Origin")
    if origin is not None and origin != request.host_url.rstrip("/"):
        abort(403)


def init_app(app: Flask) -> None:
    """Attach both."""
    app.before_request(_refuse_strangers)
    app.after_request(_add)
