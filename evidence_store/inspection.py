"""May this file come in, and if not, why not?

Content decides, never the name alone: JPEG, PNG, WebP, HEIC and PDF are taken. This process looks
at the size, the first bytes and the name; everything deeper happens in a confined child. A file
that brings the child down gets a verdict like any other.
"""

import json
from dataclasses import asdict, replace
from pathlib import Path

from evidence_store.confinement import Bounds, ChildFailed, Failure, ask_child
from evidence_store.recognition import (
    HEAD,
    PDF,
    NameFit,
    claimed_type,
    foreign_kind_of,
    is_odd,
    media_type_of,
    name_fit,
)
from evidence_store.verdict import Limits, Reason, Verdict, from_json

__all__ = ["Limits", "Reason", "Verdict", "inspect"]


def inspect(path: Path, *, name: str, limits: Limits) -> Verdict:
    """Look into a staged file; `name` is what its sender calls it."""
    size = path.stat().st_size
    if size == 0:
        return _refused(Reason.EMPTY)
    if size > limits.max_bytes:
        return _refused(Reason.TOO_LARGE)
    with path.open("rb") as file:
        head = file.read(HEAD)
    media_type = media_type_of(head)
    notes: tuple[str, ...] = ("odd_name",) if is_odd(name) else ()
    if media_type is None:
        return _unknown(head, name, notes)
    fit = name_fit(name, media_type)
    if fit is NameFit.CONTRADICTS:
        return _refused(Reason.DISGUISED, media_type=media_type, notes=notes)
    if fit is NameFit.OTHER_PICTURE:
        notes += ("extension_differs",)
    verdict = _examine(path, media_type, limits)
    return replace(verdict, notes=notes + verdict.notes)


def _unknown(head: bytes, name: str, notes: tuple[str, ...]) -> Verdict:
    foreign = foreign_kind_of(head)
    if foreign is not None:
        notes += (f"looks_like_{foreign}",)
    if claimed_type(name) in (None, "other"):
        return _refused(Reason.WRONG_KIND, notes=notes)
    # A photograph lost on its way or on a worn-out card is no attempt to deceive.
    return _refused(Reason.DISGUISED if foreign else Reason.DAMAGED, notes=notes)


def _examine(path: Path, media_type: str, limits: Limits) -> Verdict:
    bounds = Bounds(seconds=limits.seconds, memory_mb=limits.memory_mb, answer_mb=1)
    options = {"media_type": media_type, "limits": asdict(limits)}
    try:
        answer = ask_child("examine", path, options=options, bounds=bounds)
        return from_json(json.loads(answer[0]))
    except ChildFailed as failed:
        return _refused(reason_for(failed, media_type), media_type=media_type)
    except (ValueError, KeyError, TypeError):
        return _refused(Reason.DAMAGED, media_type=media_type)


def reason_for(failed: ChildFailed, media_type: str) -> Reason:
    """What a child that gave no answer says of the file."""
    if failed.failure is Failure.SLOW:
        return Reason.TOO_SLOW
    if failed.failure is Failure.MEMORY and media_type != PDF:
        return Reason.TOO_MANY_PIXELS
    return Reason.DAMAGED


def _refused(
    reason: Reason, *, media_type: str | None = None, notes: tuple[str, ...] = ()
) -> Verdict:
    return Verdict(accepted=False, media_type=media_type, reason=reason, notes=notes)
