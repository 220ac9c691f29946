"""How is every route closed until it says who may enter?

A view declares its permission and how its subject is loaded. Before any view runs, the guard
refuses routes that declare nothing, shows what may not be seen as missing (404), and refuses
with its reason what is seen but may not be done (403).

Somebody who must prove more about themselves first gets nothing but what says `while_held_back`.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from io import BytesIO
from typing import IO, Any, TypeVar, cast

from flask import Flask, Request, abort, current_app, request
from werkzeug.wrappers import Response

from assessor.access.actor import NOBODY, Actor
from assessor.access.decide import ANYTHING, decide
from assessor.access.permissions import Permission
from assessor.access.rules import Subject
from assessor.sentences import NotPermitted

View = TypeVar("View", bound=Callable[..., Any])


@dataclass(frozen=True)
class Loaded:
    """What a route is about: the thing, what the rules ask about it, who may see it at all."""

    thing: Any
    subject: Subject
    seen_with: Permission


Loader = Callable[..., Loaded | None]


@dataclass(frozen=True)
class Declared:
    """What a view says about itself."""

    permission: Permission
    loader: Loader | None
    while_held_back: bool = False


class GuardedRequest(Request):
    """A request that knows who is acting and what it is about."""

    actor: Actor = NOBODY
    shared_computer: bool = False
    held_back: bool = False  # signed in, and something has to be done before anything else
    loaded: Loaded | None = None

    def _get_file_stream(
        self,
        total_content_length: int | None,
        content_type: str | None,
        filename: str | None = None,
        content_length: int | None = None,
    ) -> IO[bytes]:
        """Files of somebody who is not signed in are read past and kept nowhere."""
        if not self.actor.signed_in:
            return _Nowhere()
        return super()._get_file_stream(
            total_content_length, content_type, filename, content_length
        )


class _Nowhere(BytesIO):
    """Takes everything, holds nothing."""

    def write(self, data: Any, /) -> int:
        """Say that it was written."""
        return len(data)


class UndeclaredRoute(Exception):
    """A route says nothing about who may enter."""


class DeclaredTwice(Exception):
    """One view says two things about who may enter; the later would stand for both addresses."""


def requires(
    permission: Permission, loader: Loader | None = None, *, while_held_back: bool = False
) -> Callable[[View], View]:
    """Declare a view's permission. With a loader the view receives the loaded thing instead of
    the values of its address. `while_held_back`: somebody who is held back gets there, too.
    Raises DeclaredTwice."""

    def mark(view: View) -> View:
        if hasattr(view, "declared"):
            raise DeclaredTwice(view.__qualname__)
        view.declared = Declared(permission, loader, while_held_back)  # type: ignore[attr-defined]
        return view

    return mark


def the_request() -> GuardedRequest:
    """The current request with its actor."""
    return cast("GuardedRequest", request)


def the_actor() -> Actor:
    """Who is acting."""
    return the_request().actor


def declared(app: Flask, endpoint: str) -> Declared:
    """What the view of an endpoint declares. Raises UndeclaredRoute."""
    found = getattr(app.view_functions[endpoint], "declared", None)
    if not isinstance(found, Declared):
        raise UndeclaredRoute(endpoint)
    return found


def _guard(
    ask_to_sign_in: Callable[[], Response], ask_first: Callable[[], Response]
) -> Response | None:
    if request.endpoint is None:
        return None
    rule = declared(current_app, request.endpoint)
    actor = the_actor()
    if the_request().held_back and not rule.while_held_back:
        return ask_first()
    if rule.permission is Permission.public and rule.loader is None:
        return None
    if not actor.signed_in and rule.permission is not Permission.public:
        return ask_to_sign_in()
    subject = ANYTHING
    if any("\0" in value for value in (request.view_args or {}).values() if isinstance(value, str)):
        abort(404)  # nothing is called so, and PostgreSQL refuses to be asked
    if rule.loader is not None:
        loaded = rule.loader(**(request.view_args or {}))
        if loaded is None or not decide(actor, loaded.seen_with, loaded.subject).allowed:
            abort(404)
        the_request().loaded = loaded
        subject = loaded.subject
        request.view_args = {"loaded": loaded.thing}
    ruling = decide(actor, rule.permission, subject)
    if not ruling.allowed and ruling.reason is not None:
        raise NotPermitted(ruling.reason)
    return None


def init_app(
    app: Flask,
    *,
    identify: Callable[[], Actor],
    ask_to_sign_in: Callable[[], Response],
    ask_first: Callable[[], Response],
) -> None:
    """Put the guard before every view. `identify` finds who is acting, at each request;
    `ask_to_sign_in` answers whoever needs to be somebody and is nobody, `ask_first` who is held
    back."""
    app.request_class = GuardedRequest

    def who() -> None:
        if request.endpoint != "static":
            the_request().actor = identify()

    def before() -> Response | None:
        return _guard(ask_to_sign_in, ask_first)

    app.before_request(who)
    app.before_request(before)


def declare(app: Flask, endpoints: Mapping[str, Permission]) -> None:
    """Declare the routes that a library brings (the static files)."""
    for endpoint, permission in endpoints.items():
        requires(permission)(app.view_functions[endpoint])
