"""What is said of a file that somebody wants to hand in?"""

from dataclasses import asdict, dataclass
from enum import StrEnum
from typing import Any, TypeVar

_T = TypeVar("_T")


class Reason(StrEnum):
    """Why a file is not taken."""

    EMPTY = "empty"
    TOO_LARGE = "too_large"
    WRONG_KIND = "wrong_kind"
    DISGUISED = "disguised"
    DAMAGED = "damaged"
    TOO_MANY_PIXELS = "too_many_pixels"
    TOO_MANY_PAGES = "too_many_pages"
    ENCRYPTED_PDF = "encrypted_pdf"
    ACTIVE_PDF = "active_pdf"
    TRAILING_DATA = "trailing_data"
    TOO_SLOW = "too_slow"
    ANIMATED = "animated"


@dataclass(frozen=True)
class Limits:
    """How much a file may ask for. `seconds` is processor time; the clock gets twice as long."""

    max_bytes: int
    max_pixels_png: int = 40_000_000
    max_pixels_jpeg: int = 120_000_000
    max_pages: int = 400
    seconds: int = 10
    memory_mb: int = 512


@dataclass(frozen=True)
class Verdict:
    """Whether a file is taken, what it is, and what else was noticed.

    `notes` are words for the application to explain:
    `looks_like_…` and `holds_…` name the foreign format that was found,
    `extension_differs` (a PNG called .jpg), `odd_name` (characters that hide the real name),
    `trailing_bytes`, `trailing_picture`, `trailing_video` (what phones append to a photograph),
    `script_in_metadata` (harmless here, the copies do not have it),
    `restricted_pdf` (opens without a password, but forbids printing or copying).
    """

    accepted: bool
    media_type: str | None
    reason: Reason | None
    width: int | None = None
    height: int | None = None
    pages: int | None = None
    notes: tuple[str, ...] = ()


class Refused(Exception):
    """Looking further is of no use: the file is not taken, for this reason."""

    def __init__(self, reason: Reason, *notes: str) -> None:
        super().__init__(reason)
        self.reason = reason
        self.notes = notes


def to_json(verdict: Verdict) -> dict[str, Any]:
    """The verdict as it travels from the child process."""
    return asdict(verdict)


def from_json(data: dict[str, Any]) -> Verdict:
    """Read a verdict back; anything but the agreed form is a ValueError, KeyError or TypeError."""
    reason = None if data["reason"] is None else Reason(data["reason"])
    if data["accepted"] is not (reason is None):
        raise ValueError("Either a file is taken, or there is a reason.")
    return Verdict(
        accepted=reason is None,
        media_type=_optional(data["media_type"], str),
        reason=reason,
        width=_optional(data["width"], int),
        height=_optional(data["height"], int),
        pages=_optional(data["pages"], int),
        notes=tuple(str(note) for note in data["notes"]),
    )


def _optional(value: Any, kind: type[_T]) -> _T | None:
    if value is not None and type(value) is not kind:
        raise TypeError(f"{value!r} is not {kind.__name__}")
    return value
