"""How is a part of a file sent where the network lets only GET and POST through?

The tus protocol names the method in a header then. Only methods that change something may be
named so, and only for uploads; they pass the same guards as under their own name.
"""

from collections.abc import Callable, Iterable
from typing import Any

from flask import Flask

_UPLOADS = "/uploads/"
_NAMED = frozenset({"PATCH", "DELETE"})

Wsgi = Callable[[dict[str, Any], Any], Iterable[bytes]]


def let_be_named(wsgi: Wsgi) -> Wsgi:
    """Take the method from `X-HTTP-Method-Override`."""

    def serve(environ: dict[str, Any], start: Any) -> Iterable[bytes]:
        named = environ.get("HTTP_X_HTTP_METHOD_OVERRIDE", "").upper()
        upload = environ.get("PATH_INFO", "").startswith(_UPLOADS)
        if upload and named in _NAMED and environ["REQUEST_METHOD"] == "POST":
            environ["REQUEST_METHOD"] = named
        return wsgi(environ, start)

    return serve


def init_app(app: Flask) -> None:
    """Stand before everything."""
    app.wsgi_app = let_be_named(app.wsgi_app)  # type: ignore[method-assign,assignment]
