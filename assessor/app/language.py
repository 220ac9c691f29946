"""In which language and time does the reader read?"""

from flask import Flask, has_request_context, request
from flask import session as cookie
from flask_babel import Babel, get_locale

from assessor.ui import environment
from assessor.ui.current import the_language, the_zone

LANGUAGES = ("id", "en")

babel = Babel()


def _chosen() -> str:
    if not has_request_context():
        return "id"
    chosen = cookie.get("language")
    if chosen in LANGUAGES:
        return str(chosen)
    return request.accept_languages.best_match(LANGUAGES, default="id")


def init_app(app: Flask) -> None:
    """Attach Babel and prepare the templates' environment."""
    app.config["BABEL_DEFAULT_LOCALE"] = "id"
    babel.init_app(app, locale_selector=_chosen)
    environment.prepare(app.jinja_env, language=the_language, zone=the_zone)
    app.jinja_env.globals["get_locale"] = get_locale
