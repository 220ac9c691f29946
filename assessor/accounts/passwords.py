"""Is this the person's password? Argon2id, with the same work whether the person exists or not."""

import base64
import os
import secrets
import threading
from dataclasses import dataclass
from functools import lru_cache

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

# Each computation fills its memory and a core; more at once than cores only makes all of them late.
_places = threading.BoundedSemaphore(os.cpu_count() or 1)


@lru_cache
def _hasher(memory_kib: int) -> PasswordHasher:
    return PasswordHasher(time_cost=2, memory_cost=memory_kib, parallelism=1, hash_len=32)


@lru_cache
def _nobody(memory_kib: int) -> str:
    """A well-formed hash that no password gives."""

    def part(size: int) -> str:
        return base64.b64encode(secrets.token_bytes(size)).decode().rstrip("=")

    return f"$argon2id$v=19$m={memory_kib},t=2,p=1${part(16)}${part(32)}"


@dataclass(frozen=True)
class Hashing:
    """How passwords are hashed here. The password is taken as typed: no trimming, no limit."""

    memory_kib: int

    def hash(self, password: str) -> str:
        """The hash to keep."""
        with _places:
            return _hasher(self.memory_kib).hash(_bytes(password))

    def verify(self, kept: str | None, password: str) -> bool:
        """Whether the password gives the kept hash. None (nobody) costs the same and is False."""
        with _places:
            try:
                return _hasher(self.memory_kib).verify(
                    kept or _nobody(self.memory_kib), _bytes(password)
                )
            except (VerificationError, InvalidHashError):
                return False

    def is_outdated(self, kept: str) -> bool:
        """Whether the hash was made with other parameters than today's."""
        return _hasher(self.memory_kib).check_needs_rehash(kept)


def _bytes(password: str) -> bytes:
    return password.encode("utf-8", "surrogatepass")
