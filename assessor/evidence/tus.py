"""What do the headers of the tus protocol (1.0.0) mean? https://tus.io/protocols/resumable-upload"""

import base64
import binascii
import hashlib
import re
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, Protocol

VERSION = "1.0.0"
EXTENSIONS = "creation,creation-with-upload,expiration,checksum,termination"
ALGORITHMS = ("sha1", "sha256", "sha512", "md5")
BODY = "application/offset+octet-stream"
CHECKSUM_MISMATCH = 460
LONGEST_METADATA = 8192

_KEY = re.compile(r"[^\s,]{1,60}", re.ASCII)
_NUMBER = re.compile(r"\d{1,15}", re.ASCII)


class Headers(Protocol):
    """Where headers are looked up by their name, in whatever case."""

    def get(self, name: str, /) -> str | None:
        """The value, if there is one."""


class WrongHeader(Exception):
    """A header is not what the protocol says."""


@dataclass(frozen=True)
class Checksum:
    """What the sender says that the bytes of one request hash to."""

    algorithm: str
    value: bytes

    def fits(self, path: Path) -> bool:
        """Whether a file has it."""
        with path.open("rb") as file:
            return hashlib.file_digest(file, self.algorithm).digest() == self.value


def number_in(headers: Headers, name: str) -> int:
    """A length or an offset."""
    text = (headers.get(name) or "").strip()
    if not _NUMBER.fullmatch(text):
        message = f"{name} must be a number."
        raise WrongHeader(message)
    return int(text)


def metadata_in(headers: Headers) -> dict[str, str]:
    """`Upload-Metadata`: keys with values in base64, separated by commas."""
    text = (headers.get("Upload-Metadata") or "").strip()
    found: dict[str, str] = {}
    if len(text) > LONGEST_METADATA:
        message = "Upload-Metadata is too long."
        raise WrongHeader(message)
    for pair in filter(None, (each.strip() for each in text.split(","))):
        key, _space, value = pair.partition(" ")
        if not _KEY.fullmatch(key) or key in found:
            message = "Upload-Metadata has a wrong or a repeated key."
            raise WrongHeader(message)
        try:
            found[key] = base64.b64decode(value.strip(), validate=True).decode()
        except (binascii.Error, UnicodeDecodeError):
            message = f"Upload-Metadata: {key} is not base64 of UTF-8."
            raise WrongHeader(message) from None
        if "\0" in found[key]:
            message = f"Upload-Metadata: {key} holds NUL."
            raise WrongHeader(message)
    return found


def checksum_in(headers: Headers) -> Checksum | None:
    """`Upload-Checksum`: an algorithm and the value in base64; None when it is not given."""
    text = headers.get("Upload-Checksum")
    if text is None:
        return None
    algorithm, _space, value = text.strip().partition(" ")
    try:
        decoded = base64.b64decode(value, validate=True)
    except binascii.Error:
        decoded = b""
    if algorithm not in ALGORITHMS or not decoded:
        message = f"Upload-Checksum must be one of {', '.join(ALGORITHMS)} and base64."
        raise WrongHeader(message)
    return Checksum(algorithm, decoded)


class Line:
    """A body that may be cut off: what came before the cut is read, and the cut is remembered."""

    def __init__(self, stream: BinaryIO, faults: tuple[type[Exception], ...]) -> None:
        self._stream, self._faults = stream, faults
        self.cut = False

    def read(self, size: int = -1) -> bytes:
        """Some bytes; none at the end, and none after the cut."""
        if self.cut:
            return b""
        try:
            return self._stream.read(size)
        except self._faults:
            self.cut = True
            return b""
