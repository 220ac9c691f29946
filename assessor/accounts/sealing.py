"""How is a text kept so that only this installation reads it, and only for what it was meant?

AES-256-GCM under keys derived (HKDF) from the secret keys of the settings, one for each purpose.
What it is about is bound to it, so that one person's text does not open in the place of another's.
"""

import secrets
from base64 import urlsafe_b64decode, urlsafe_b64encode
from dataclasses import dataclass
from functools import lru_cache

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

_NONCE = 12
_FORM = "1"  # how it is sealed, before what is sealed


class Unreadable(Exception):
    """Not sealed here, for this purpose and about this; or under a key nobody has any more."""


@dataclass(frozen=True)
class Unsealed:
    """A text again; `outdated`: it was sealed under a former key."""

    text: str
    outdated: bool


@dataclass(frozen=True)
class Sealer:
    """Seals for one purpose. Former keys still open, and seal nothing."""

    purpose: str
    key: str
    former: tuple[str, ...] = ()

    def seal(self, text: str, *, about: str) -> str:
        """The text, readable for this installation only."""
        nonce = secrets.token_bytes(_NONCE)
        sealed = _cipher(self.key, self.purpose).encrypt(nonce, text.encode(), about.encode())
        return f"{_FORM}.{urlsafe_b64encode(nonce + sealed).decode()}"

    def open(self, sealed: str, *, about: str) -> Unsealed:
        """The text again. Raises Unreadable."""
        form, _, body = sealed.partition(".")
        try:
            whole = urlsafe_b64decode(body.encode("ascii"))
        except ValueError:
            raise Unreadable from None
        if form != _FORM or len(whole) <= _NONCE:
            raise Unreadable
        for number, key in enumerate((self.key, *self.former)):
            try:
                text = _cipher(key, self.purpose).decrypt(
                    whole[:_NONCE], whole[_NONCE:], about.encode()
                )
            except InvalidTag:
                continue
            return Unsealed(text.decode(), outdated=number > 0)
        raise Unreadable


@lru_cache(maxsize=32)
def _cipher(key: str, purpose: str) -> AESGCM:
    derived = HKDF(
        algorithm=SHA256(), length=32, salt=None, info=f"asesor-8807 {purpose}".encode()
    ).derive(key.encode())
    return AESGCM(derived)
