"""What do people look at instead of the original?

The original is the proof and stays untouched. Everybody sees copies: drawn anew, upright, without
position, time, comments or names, and without anything hidden in the file. When and where a
photograph was made can be asked separately; the coordinates themselves are never handed out.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from evidence_store.confinement import Bounds, ChildFailed, ask_child
from evidence_store.inspection import reason_for
from evidence_store.recognition import HEAD, PDF, media_type_of
from evidence_store.verdict import Reason

_SECONDS = 30
_MEMORY_MB = 512


class NotViewable(Exception):
    """No copy can be made of this file."""

    def __init__(self, reason: Reason) -> None:
        super().__init__(f"No copy can be made of this file: {reason}.")
        self.reason = reason


@dataclass(frozen=True)
class Views:
    """Copies as JPEG. `total` counts the pages of the original; not all may have been drawn."""

    thumb: bytes
    pages: tuple[bytes, ...]
    total: int


@dataclass(frozen=True)
class PhotoFacts:
    """What the camera noted: its own clock, as ISO 8601, and whether it noted a position."""

    taken_at: str | None
    has_position: bool


def view_copies(
    path: Path, media_type: str, *, max_side: int = 2048, thumb_side: int = 320, max_pages: int = 20
) -> Views:
    """Draw the file anew; raise `NotViewable` when that cannot be done within limits."""
    options = {"max_side": max_side, "thumb_side": thumb_side, "max_pages": max_pages}
    total, *copies = _ask("view", path, media_type, options)
    if len(copies) < 2:  # a thumbnail and at least one page
        raise NotViewable(Reason.DAMAGED)
    thumb, *pages = copies
    return Views(thumb, tuple(pages), int(total))


def photo_facts(path: Path) -> PhotoFacts:
    """What a photograph says of its making; a document, or a broken note, says nothing."""
    with path.open("rb") as file:
        media_type = media_type_of(file.read(HEAD))
    if media_type in (None, PDF):
        return PhotoFacts(None, has_position=False)
    try:
        noted = json.loads(_ask("facts", path, str(media_type), {})[0])
    except NotViewable:
        return PhotoFacts(None, has_position=False)
    return PhotoFacts(noted["taken_at"], has_position=noted["has_position"])


def _ask(task: str, path: Path, media_type: str, options: Mapping[str, Any]) -> list[bytes]:
    bounds = Bounds(seconds=_SECONDS, memory_mb=_MEMORY_MB, answer_mb=64)
    try:
        return ask_child(task, path, options={"media_type": media_type, **options}, bounds=bounds)
    except ChildFailed as failed:
        raise NotViewable(reason_for(failed, media_type)) from None
