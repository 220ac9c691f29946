"""For whom was a page made that comes back? Each sign-in marks the token of its forms.

On a shared computer somebody else may be signed in by the time an old page is sent. What its owner
typed is then neither shown nor offered under another name.
"""

import hashlib
import hmac
import secrets

from itsdangerous import BadData, URLSafeTimedSerializer

TOKEN = "csrf_token"  # noqa: S105  # the field of every form, and its place in the session
_PURPOSE = "wtf-csrf-token"  # under which Flask-WTF signs it


def mark_of(person_id: str, *, key: str) -> str:
    """The mark of a person: keyed, of no use to whoever reads the cookie."""
    words = f"page\x00{person_id}".encode()
    return hmac.new(key.encode(), words, hashlib.sha256).hexdigest()[:24]


def new_token(person_id: str, *, key: str) -> str:
    """The session's part of the token from this sign-in on."""
    return f"{mark_of(person_id, key=key)}.{secrets.token_hex(20)}"


def owner_of(posted: str | None, *, key: str) -> str:
    """The mark in a posted token of ours, however old; empty when nobody was signed in."""
    try:
        said = URLSafeTimedSerializer(key, salt=_PURPOSE).loads(posted or "")
    except (BadData, ValueError):
        return ""
    mark, dot, _ = said.partition(".") if isinstance(said, str) else ("", "", "")
    return mark if dot else ""


def is_of_another(owner: str, person_id: str | None, *, key: str) -> bool:
    """Whether a page was made for somebody else than this person."""
    return bool(owner) and not hmac.compare_digest(
        owner.encode(), mark_of(person_id or "", key=key).encode()
    )
