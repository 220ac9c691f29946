"""What stands around every page: navigation by role, the person, the language, the flashes."""

from typing import Any, cast

from flask import Flask, current_app, get_flashed_messages, request, url_for
from flask import session as cookie
from flask_babel import gettext as _
from flask_wtf.csrf import generate_csrf

from assessor import __version__
from assessor.access.actor import Actor
from assessor.access.guard import the_actor, the_request
from assessor.access.matrix import MATRIX
from assessor.access.permissions import Permission
from assessor.accounts.pages import role_name
from assessor.ui.current import the_language, the_settings
from assessor.ui.frame import Flash, FlashKind, Frame, FrameLinks, NavItem, Theme


# endpoint, label, icon, permission that some position must carry (None: everybody signed in)
def _places() -> tuple[tuple[str, str, str, Permission | None], ...]:
    return (
        ("dashboard.home", _("Beranda"), "home", None),
        ("auditees.index", _("Lembaga dan unit"), "building", Permission.see_auditee),
        ("assessments.index", _("Penilaian"), "list", Permission.see_assessment),
        ("instruments.index", _("Instrumen"), "file", None),
        ("journal.index", _("Jurnal"), "lock", Permission.read_journal),
    )


def _nav(actor: Actor) -> tuple[NavItem, ...]:
    if not actor.signed_in:
        return ()
    feature = (request.endpoint or "").split(".")[0]
    return tuple(
        NavItem(
            href=url_for(endpoint),
            label=label,
            icon=icon,
            current=endpoint.split(".")[0] == feature,
        )
        for endpoint, label, icon, permission in _places()
        if endpoint in current_app.view_functions
        and (permission is None or any(permission in MATRIX[held.role] for held in actor.held))
    )


def _path() -> str:
    """Where choosing a language leads back to: the address of a page, never of an act."""
    if request.method != "GET":
        url_map = current_app.url_map.bind(request.host)
        return request.path if "GET" in url_map.allowed_methods(request.path) else "/"
    return request.full_path if request.query_string else request.path


def _frame() -> dict[str, Any]:
    actor = the_actor()
    messages = cast("list[tuple[str, str]]", get_flashed_messages(with_categories=True))
    flashes = tuple(
        Flash(kind=FlashKind(kind) if kind in set(FlashKind) else FlashKind.info, text=text)
        for kind, text in messages
    )
    theme = cookie.get("theme", "auto")
    frame = Frame(
        language=the_language(),
        theme=Theme(theme) if theme in set(Theme) else Theme.auto,
        demo=the_settings().demo,
        version=__version__,
        nav=_nav(actor),
        person_name=actor.name,
        person_role=", ".join(dict.fromkeys(role_name(held.role) for held in actor.held)),
        signed_in=actor.signed_in,
        csrf_token=generate_csrf(),
        path=_path(),
        flashes=flashes,
        links=FrameLinks(),
        shared=the_request().shared_computer,
    )
    return {"frame": frame}


def init_app(app: Flask) -> None:
    """Give every template its frame."""
    app.context_processor(_frame)
