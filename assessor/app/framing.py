"""What stands around every page: navigation by role, the person, the language, the flashes."""

from typing import Any, cast

from flask import Flask, current_app, get_flashed_messages, request, url_for
from flask import session as cookie
from flask_babel import gettext as _
from flask_babel import ngettext
from flask_wtf.csrf import generate_csrf

from assessor import __version__
from assessor.access.actor import Actor
from assessor.access.decide import decide
from assessor.access.guard import the_actor, the_request
from assessor.access.matrix import MATRIX
from assessor.access.permissions import Permission
from assessor.accounts.pages import role_name
from assessor.assessments.models import Assessment
from assessor.database.extension import db
from assessor.organization.reach import is_at_the_top
from assessor.ui.current import the_language, the_settings
from assessor.ui.frame import Flash, FlashKind, Frame, FrameLinks, NavItem, NavLink, Theme
from assessor.urgent.queries import count_waiting


# endpoint, label, icon, permission that some position must carry (None: everybody signed in)
def _places() -> tuple[tuple[str, str, str, Permission | None], ...]:
    return (
        ("dashboard.home", _("Beranda"), "home", None),
        ("auditees.index", _("Lembaga dan unit"), "building", Permission.see_auditee),
        ("assessments.index", _("Penilaian"), "list", Permission.see_assessment),
        ("urgent.index", _("Laporan segera"), "alert", Permission.receive_urgent),
        ("instruments.index", _("Instrumen"), "file", None),
        ("journal.index", _("Jurnal"), "lock", Permission.read_journal),
    )


# the same of the pages of administration; the last word says whether only the centre has them
def _administration() -> tuple[tuple[str, str, str, Permission, bool], ...]:
    return (
        ("people.index", _("Orang dan akun"), "users", Permission.manage_accounts, False),
        ("mail.index", _("Surel"), "chat", Permission.manage_mail, True),
        ("offices.index", _("Kantor"), "building", Permission.see_office, False),
        ("service_areas.index", _("Wilayah layanan"), "globe", Permission.see_office, False),
        ("imports.page", _("Impor instrumen"), "file", Permission.draft_edition, False),
        ("succession.index", _("Serah terima"), "arrow", Permission.hand_over_work, False),
        ("settings.index", _("Pengaturan"), "settings", Permission.keep_installation, True),
        (
            "wellbeing.index",
            _("Kesehatan sistem"),
            "check-circle",
            Permission.keep_installation,
            True,
        ),
    )


def _section(actor: Actor) -> tuple[NavItem, ...]:
    """The pages of administration that the reader has."""
    places = [
        each
        for each in _administration()
        if each[0] in current_app.view_functions
        and any(each[3] in MATRIX[held.role] for held in actor.held)
    ]
    if any(each[4] for each in places) and not is_at_the_top(db.session(), actor):
        places = [each for each in places if not each[4]]
    return tuple(
        NavItem(url_for(endpoint), label, icon, current=endpoint.split(".")[0] == _feature())
        for endpoint, label, icon, _permission, _top in places
    )


def _feature() -> str:
    """The part of the product that answers."""
    return (request.endpoint or "").split(".")[0]


def _nav(actor: Actor, section: tuple[NavItem, ...]) -> tuple[NavItem, ...]:
    if not actor.signed_in:
        return ()
    feature = _feature()
    items = tuple(
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
    if not section:
        return items
    current = any(each.current for each in section)
    whole = NavItem(section[0].href, _("Administrasi"), "settings", current=current)
    return (*items, whole)


def _alarm(actor: Actor) -> NavLink | None:
    """How many urgent reports wait for the reader; on every page, until they are decided."""
    if not actor.signed_in:
        return None
    count = count_waiting(db.session(), actor)
    if not count:
        return None
    return NavLink(
        url_for("urgent.index"),
        ngettext(
            "%(num)s laporan segera menunggu putusan",
            "%(num)s laporan segera menunggu putusan",
            count,
        ),
    )


def _aside(actor: Actor) -> NavLink | None:
    """Where the reader may report grave danger: on every page of an assessment or an auditee."""
    loaded = the_request().loaded
    if loaded is None or loaded.subject.auditee_id is None or request.blueprint == "urgent":
        return None
    if not decide(actor, Permission.report_urgent, loaded.subject).allowed:
        return None
    if isinstance(loaded.thing, Assessment):
        href = url_for("urgent.about_assessment", assessment_id=loaded.thing.id)
    else:
        href = url_for("urgent.about_auditee", auditee_id=loaded.subject.auditee_id)
    return NavLink(href, _("Lapor segera"))


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
    section = _section(actor)
    frame = Frame(
        language=the_language(),
        theme=Theme(theme) if theme in set(Theme) else Theme.auto,
        demo=the_settings().demo,
        version=__version__,
        nav=() if the_request().held_back else _nav(actor, section),
        section=section if any(each.current for each in section) else (),
        section_label=_("Halaman administrasi"),
        person_name=actor.name,
        person_role=", ".join(dict.fromkeys(role_name(held.role) for held in actor.held)),
        signed_in=actor.signed_in,
        csrf_token=generate_csrf(),
        path=_path(),
        flashes=flashes,
        links=FrameLinks(),
        alarm=_alarm(actor),
        aside=_aside(actor),
        shared=the_request().shared_computer,
    )
    return {"frame": frame}


def init_app(app: Flask) -> None:
    """Give every template its frame."""
    app.context_processor(_frame)
