"""What may a request bring along at all, whatever it asks for?"""

from typing import Any

from flask import Flask, abort, request
from flask.json.provider import DefaultJSONProvider

# A page with every field full stays far below it; addresses that take files ask for more
# themselves, once it is known who asks.
LARGEST_REQUEST = 8 * 1024 * 1024


class GuardedJson(DefaultJSONProvider):
    """JSON that is nested deeper than can be read is wrong JSON, not a failure of ours."""

    def loads(self, s: str | bytes, **kwargs: Any) -> Any:
        """Read; ValueError for anything that cannot be."""
        try:
            return super().loads(s, **kwargs)
        except RecursionError:
            message = "nested too deep"
            raise ValueError(message) from None


def _refuse_what_no_keyboard_writes() -> None:
    """NUL: nobody types it, and PostgreSQL keeps no text with it."""
    for values in (request.args, request.form):
        for name, value in values.items(multi=True):
            if "\0" in value or "\0" in name:
                abort(400)


def init_app(app: Flask) -> None:
    """Set the bounds. After the guard and the check of the token, which read the form first."""
    app.json = GuardedJson(app)
    app.config.update(MAX_CONTENT_LENGTH=LARGEST_REQUEST, MAX_FORM_MEMORY_SIZE=LARGEST_REQUEST)
    app.before_request(_refuse_what_no_keyboard_writes)
