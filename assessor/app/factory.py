"""How is the application put together? A list of steps; none of them touches the database."""

from collections.abc import Callable
from datetime import UTC, datetime
from urllib.parse import urlsplit

from flask import Flask
from flask_compress import Compress
from flask_wtf.csrf import CSRFProtect
from werkzeug.middleware.proxy_fix import ProxyFix

import assessor.tables  # noqa: F401  # every table is known before the first query
from assessor.access import guard
from assessor.access.permissions import Permission
from assessor.accounts.expiry import ask_to_sign_in
from assessor.accounts.factor_views import ask_first
from assessor.accounts.identity import identify
from assessor.app import blueprints, bounds, errors, framing, headers, language, methods
from assessor.database import extension
from assessor.journal.capture import watch_sessions
from assessor.settings import Mode, Settings, read_settings
from assessor.ui.assets import STATIC, STATIC_URL, TEMPLATES
from evidence_store.scanning import scanner_from_url
from evidence_store.store import Store, store_from_url

# for whoever watches over the service from the machine itself
_THIS_MACHINE = ("127.0.0.1", "localhost", "::1")

csrf = CSRFProtect()
compress = Compress()


def now() -> datetime:
    """The real clock."""
    return datetime.now(UTC)


def _configure(app: Flask, settings: Settings) -> None:
    app.config.update(
        SECRET_KEY=settings.secret_key,
        SESSION_COOKIE_NAME="__Host-page" if settings.secure_cookies else "page",
        SESSION_COOKIE_SECURE=settings.secure_cookies,
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        MAX_FORM_PARTS=4000,
        WTF_CSRF_TIME_LIMIT=None,
        WTF_CSRF_CHECK_DEFAULT=True,
        SEND_FILE_MAX_AGE_DEFAULT=365 * 24 * 3600,
        COMPRESS_ALGORITHM=["br", "gzip"],
        COMPRESS_BR_LEVEL=5,
        COMPRESS_MIN_SIZE=600,
        COMPRESS_MIMETYPES=[
            "text/html",
            "text/css",
            "text/javascript",
            "application/javascript",
            "application/json",
            "image/svg+xml",
        ],
    )
    if settings.mode is Mode.production:
        app.config["TRUSTED_HOSTS"] = [urlsplit(settings.base_url).hostname, *_THIS_MACHINE]
    app.extensions["assessor_settings"] = settings


def create_app(
    settings: Settings | None = None,
    *,
    clock: Callable[[], datetime] = now,
    store: Store | None = None,
) -> Flask:
    """The application for these settings (from the environment when none are given)."""
    settings = settings or read_settings()
    app = Flask(
        "assessor",
        static_folder=str(STATIC),
        static_url_path=STATIC_URL,
        template_folder=str(TEMPLATES),
    )
    _configure(app, settings)
    app.extensions["assessor_clock"] = clock
    app.extensions["assessor_store"] = store or store_from_url(settings.evidence_url)
    app.extensions["assessor_scanner"] = scanner_from_url(settings.scanner_url)
    if settings.trusted_proxies:
        hops = settings.trusted_proxies
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=hops, x_proto=hops, x_host=hops)  # type: ignore[method-assign]
    extension.init_app(app, settings=settings)
    watch_sessions()
    language.init_app(app)
    errors.init_app(app)
    headers.init_app(app)
    guard.init_app(app, identify=identify, ask_to_sign_in=ask_to_sign_in, ask_first=ask_first)
    csrf.init_app(app)
    bounds.init_app(app)
    compress.init_app(app)
    framing.init_app(app)
    blueprints.register(app)
    methods.init_app(app)
    guard.declare(app, {"static": Permission.public})
    return app
