"""What does the confined process do? Started by `confinement`, never by a person.

    python -m evidence_store.child TASK ORDER < file > answer

The libraries are loaded first, then the limits close, and only then is a byte of the file read.
The answer is a row of parts, each preceded by its length in eight bytes.
"""

import json
import resource
import sys
from collections.abc import Callable, Iterator, Mapping
from importlib import import_module
from typing import Any, BinaryIO

from evidence_store.recognition import HEIC, PDF
from evidence_store.verdict import Limits, Refused, Verdict, to_json

MEMORY_EXHAUSTED = 3
"""Exit status by which the child says that its memory did not suffice."""

LENGTH = 8

Options = Mapping[str, Any]

_OPEN_FILES = 32
_EARLY = {
    HEIC: ("evidence_store.pictures", "pillow_heif"),
    PDF: ("evidence_store.documents", "evidence_store.pictures"),
}


def main(arguments: list[str], source: BinaryIO, answer: BinaryIO) -> int:
    """Carry out one task under limits; the status says how it ended."""
    task, order = arguments[0], json.loads(arguments[1])
    options = order["options"]
    for module in _EARLY.get(options["media_type"], ("evidence_store.pictures",)):
        import_module(module)
    confine(seconds=order["seconds"], memory_mb=order["memory_mb"])
    try:
        parts = TASKS[task](source.read(), options)
        answer.writelines(len(part).to_bytes(LENGTH, "big") + part for part in parts)
    except MemoryError:
        return MEMORY_EXHAUSTED
    answer.flush()
    return 0


def confine(*, seconds: int, memory_mb: int) -> None:
    """Give up, for good, what reading one file does not need."""
    # Between the soft and the hard limit lies the signal that says why; at the hard one it is too
    # late to tell this end from any other.
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds + 1))
    for kind, value in (
        (resource.RLIMIT_AS, memory_mb << 20),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_NOFILE, _OPEN_FILES),
        (resource.RLIMIT_NPROC, 0),
        (resource.RLIMIT_CORE, 0),
    ):
        resource.setrlimit(kind, (value, value))


def examine(data: bytes, options: Options) -> Iterator[bytes]:
    """One part: the verdict."""
    media_type, limits = options["media_type"], Limits(**options["limits"])
    try:
        if media_type == PDF:
            from evidence_store import documents

            verdict = documents.examine(data, limits)
        else:
            from evidence_store import pictures

            verdict = pictures.examine(data, media_type, limits)
    except Refused as refusal:
        verdict = Verdict(
            accepted=False, media_type=media_type, reason=refusal.reason, notes=refusal.notes
        )
    yield _json(to_json(verdict))


def view(data: bytes, options: Options) -> Iterator[bytes]:
    """The number of pages, the thumbnail, then the copy of each page."""
    from evidence_store import pictures

    side = options["max_side"]
    if options["media_type"] == PDF:
        from evidence_store import documents

        total, drawn = documents.views(data, max_side=side, max_pages=options["max_pages"])
    else:
        total, drawn = 1, iter((pictures.view(data, options["media_type"], max_side=side),))
    yield _json(total)
    for number, picture in enumerate(drawn):
        if number == 0:
            yield pictures.thumbnail(picture, side=options["thumb_side"])
        yield pictures.as_jpeg(picture)


def facts(data: bytes, options: Options) -> Iterator[bytes]:
    """One part: what the camera noted."""
    from evidence_store import pictures

    yield _json(pictures.facts(data, options["media_type"]))


def _json(value: object) -> bytes:
    return json.dumps(value).encode()


TASKS: Mapping[str, Callable[[bytes, Options], Iterator[bytes]]] = {
    "examine": examine,
    "view": view,
    "facts": facts,
}

if __name__ == "__main__":  # pragma: no cover  (only ever a process of its own)
    sys.exit(main(sys.argv[1:], sys.stdin.buffer, sys.stdout.buffer))
