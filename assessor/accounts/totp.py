"""Which six figures does an authenticator app show at this moment? RFC 6238 over RFC 4226.

HMAC-SHA-1, six figures, half a minute: what every app understands. A code is good in its own step
and in the one before and after, for clocks that are a little off; each step is taken once.
"""

import hmac
import secrets
from base64 import b32encode
from collections.abc import Iterator
from datetime import datetime
from urllib.parse import quote, urlencode

STEP_SECONDS = 30
DIGITS = 6
DRIFT = 1  # steps, to either side
SECRET_BYTES = 20


def new_secret() -> bytes:
    """A secret for one person and one app."""
    return secrets.token_bytes(SECRET_BYTES)


def step_at(now: datetime) -> int:
    """The number of the half minute since 1970."""
    return int(now.timestamp()) // STEP_SECONDS


def code_at(secret: bytes, step: int, *, digits: int = DIGITS) -> str:
    """The code of a step."""
    mac = hmac.digest(secret, step.to_bytes(8, "big"), "sha1")
    start = mac[-1] & 0x0F
    number = int.from_bytes(mac[start : start + 4], "big") & 0x7FFF_FFFF
    return str(number % 10**digits).zfill(digits)


def matching_step(secret: bytes, code: str, now: datetime, *, after: int) -> int | None:
    """The step whose code this is, among those near now and later than `after`; None if none.
    Every step near now is computed, whichever fits."""
    typed, found = code.encode(), None
    for step in _near(now):
        if hmac.compare_digest(code_at(secret, step).encode(), typed) and step > after:
            found = step if found is None else found
    return found


def _near(now: datetime) -> Iterator[int]:
    middle = step_at(now)
    return iter(range(max(0, middle - DRIFT), middle + DRIFT + 1))


def letters_of(secret: bytes) -> str:
    """The secret as it is typed into an app."""
    return b32encode(secret).decode().rstrip("=")


def address_of(secret: bytes, *, account: str, issuer: str) -> str:
    """What the QR code says: opens in the app with everything filled in."""
    label = quote(f"{issuer}:{account}", safe="")
    return f"otpauth://totp/{label}?" + urlencode(
        {"secret": letters_of(secret), "issuer": issuer}, quote_via=quote
    )
