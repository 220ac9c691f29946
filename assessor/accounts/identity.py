"""Who is behind this request? The cookie holds a secret, the server everything else."""

import hmac
import json
import secrets
from datetime import timedelta

from flask import request
from sqlalchemy import update
from werkzeug.wrappers import Response

from assessor.access.actor import NOBODY, SYSTEM, Actor
from assessor.access.guard import the_request
from assessor.accounts.factor_codes import PURPOSE
from assessor.accounts.limits import Attempts
from assessor.accounts.models import SignIn
from assessor.accounts.passwords import Hashing
from assessor.accounts.queries import Limits, hash_secret, recognise
from assessor.accounts.sealing import Sealer, Unreadable
from assessor.accounts.second_step import Proving
from assessor.accounts.services import FirstStep
from assessor.database.extension import db
from assessor.journal.work import write
from assessor.ui.current import the_clock, the_settings

LONGEST_SECRET = 64
MOST_MARKS = 5
FIRST_STEP_LASTS = timedelta(minutes=10)
_FIRST_STEP = "first step"  # for what its cookie is sealed
_LONGEST_SEALED = 1000


def cookie_name() -> str:
    """The name of the sign-in cookie; over https browsers bind it to this host."""
    return "__Host-sid" if the_settings().secure_cookies else "sid"


def identify() -> Actor:
    """Who is acting: one statement; nothing is written but the time last seen, seldom."""
    secret = request.cookies.get(cookie_name(), "")
    if not secret or len(secret) > LONGEST_SECRET:
        return NOBODY
    now = the_clock()()
    found = recognise(db.session(), hash_secret(secret), now=now, limits=Limits.of(the_settings()))
    if found is None:
        return NOBODY
    the_request().shared_computer = found.shared_computer
    the_request().held_back = found.held_back
    if found.refresh and found.actor.session_id is not None:
        _seen(found.actor.session_id)
    return found.actor


def _seen(sign_in_id: str) -> None:
    """Write the time last seen. A sign-in that ended meanwhile stays ended."""
    with write(db.session(), SYSTEM, the_clock()) as work:
        work.session.execute(
            update(SignIn)
            .where(SignIn.id == sign_in_id, SignIn.ended_at.is_(None))
            .values(seen_at=work.now)
            .execution_options(synchronize_session=False)
        )


def become(secret: str) -> Actor:
    """Let the rest of this request be answered to whoever has just signed in."""
    found = recognise(
        db.session(), hash_secret(secret), now=the_clock()(), limits=Limits.of(the_settings())
    )
    if found is not None:
        the_request().actor = found.actor
        the_request().shared_computer = found.shared_computer
        the_request().held_back = found.held_back
    return the_request().actor


def the_hashing() -> Hashing:
    """How this installation hashes passwords."""
    return Hashing(the_settings().password_memory_kib)


def the_attempts() -> Attempts:
    """From where the passwords of this request come, for the limits."""
    device, marks = _known_device()
    return Attempts(
        address=request.remote_addr or "",
        key=the_settings().secret_key,
        device=device,
        known_accounts=frozenset(marks),
    )


def the_sealer(purpose: str) -> Sealer:
    """What seals and opens for a purpose here."""
    settings = the_settings()
    return Sealer(purpose, settings.secret_key, settings.former_secret_keys)


def the_proving() -> Proving:
    """With what the codes of this request are looked at."""
    return Proving(the_attempts(), the_sealer(PURPOSE))


def keep_first_step(response: Response, first: FirstStep, *, shared: bool) -> None:
    """Let the browser hold what it has proved so far: sealed, for some minutes, worth nothing
    without a code."""
    kept = {
        "person": first.person_id,
        "mark": first.password_mark,
        "shared": shared,
        "at": int(the_clock()().timestamp()),
    }
    sealed = the_sealer(_FIRST_STEP).seal(json.dumps(kept), about=_first_step_cookie())
    _set(response, _first_step_cookie(), sealed, max_age=FIRST_STEP_LASTS)


def the_first_step() -> tuple[FirstStep, bool] | None:
    """What this browser has proved, and whether the computer is a shared one; None if nothing."""
    sealed = request.cookies.get(_first_step_cookie(), "")
    try:
        kept = json.loads(
            the_sealer(_FIRST_STEP).open(sealed[:_LONGEST_SEALED], about=_first_step_cookie()).text
        )
    except Unreadable:
        return None
    if the_clock()().timestamp() - kept["at"] > FIRST_STEP_LASTS.total_seconds():
        return None
    return FirstStep(kept["person"], kept["mark"]), bool(kept["shared"])


def forget_first_step(response: Response) -> None:
    """It was used, or somebody begins again."""
    if _first_step_cookie() in request.cookies:
        _set(response, _first_step_cookie(), "", max_age=timedelta(0))


def _first_step_cookie() -> str:
    return "__Host-first-step" if the_settings().secure_cookies else "first-step"


def keep_secret(response: Response, secret: str) -> None:
    """Give the browser its secret, for as long as it stays open."""
    _set(response, cookie_name(), secret, max_age=None)


def forget_secret(response: Response) -> None:
    """Take the secret away again."""
    _set(response, cookie_name(), "", max_age=timedelta(0))


def remember_device(response: Response, account: str) -> None:
    """Mark the browser as one that signed in to this account before (see limits)."""
    attempts = the_attempts()
    _, marks = _known_device()
    mark = attempts.mark_of(account)
    if mark not in marks:
        marks = (mark, *marks)[:MOST_MARKS]
    body = ".".join((attempts.device or secrets.token_hex(8), *marks))
    _set(
        response,
        _device_cookie(),
        f"{body}.{attempts.digest('device', body)}",
        max_age=timedelta(days=180),
    )


def _known_device() -> tuple[str, tuple[str, ...]]:
    """The browser's own id and the accounts it signed in to before, if we said so ourselves."""
    body, _, signature = request.cookies.get(_device_cookie(), "").rpartition(".")
    key = the_settings().secret_key
    expected = Attempts(address="", key=key).digest("device", body)
    if not body or not hmac.compare_digest(signature.encode(), expected.encode()):
        return "", ()
    device, *marks = body.split(".")
    return device, tuple(marks)


def _device_cookie() -> str:
    return "__Host-device" if the_settings().secure_cookies else "device"


def _set(response: Response, name: str, value: str, *, max_age: timedelta | None) -> None:
    response.set_cookie(
        name,
        value,
        max_age=max_age,
        httponly=True,
        secure=the_settings().secure_cookies,
        samesite="Lax",
        path="/",
    )
