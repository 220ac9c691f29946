"""Small files that unfold into something huge cost little and are refused."""

import json
import subprocess
import sys
import zlib
from collections.abc import Callable, Mapping
from functools import cache
from pathlib import Path
from typing import NamedTuple

import evidence_corpus as corpus
import pytest
from PIL import Image

from evidence_store.derivatives import view_copies
from evidence_store.inspection import Limits, Reason, inspect

ROOT = Path(__file__).resolve().parents[2]

# Each bomb is looked into by a process of its own, so that the memory measured is its own.
MEASURE = """
import json, resource, sys, time
from pathlib import Path
from evidence_store.derivatives import view_copies
from evidence_store.inspection import Limits, inspect
path, seconds = Path(sys.argv[1]), int(sys.argv[2])
limits = Limits(60_000_000, seconds=seconds)
start = time.monotonic()
verdict = inspect(path, name="berkas", limits=limits)
taken = time.monotonic() - start
used = resource.getrusage(resource.RUSAGE_CHILDREN)
print(json.dumps([verdict.reason, taken, used.ru_utime + used.ru_stime, used.ru_maxrss // 1024]))
"""


@cache
def unfolding(content: bytes, times: int) -> bytes:
    packer = zlib.compressobj(4)
    block = content * (1_000_000 // len(content))
    return b"".join(packer.compress(block) for _ in range(times)) + packer.flush()


def pdf_stream() -> bytes:
    packed = unfolding(b"0 0 m 1 1 l S\n", 300)
    return corpus.one_page(corpus.stream(packed, b"/Filter/FlateDecode"))


def pdf_object_stream() -> bytes:
    packed = unfolding(b" ", 300)
    bomb = corpus.stream(packed, b"/Type/ObjStm/N 1/First 4/Filter/FlateDecode")
    return corpus.in_object_stream(b"<</Type/Catalog/Pages 2 0 R>>", replaced_by=bomb)


def pdf_of_forms() -> bytes:
    """Each form draws the next one ten times: ten to the twelfth in all."""
    forms = [
        corpus.stream(
            b"/X Do " * 10,
            b"/Type/XObject/Subtype/Form/BBox[0 0 9 9]/Resources<</XObject<</X %d 0 R>>>>" % number,
        )
        for number in range(6, 18)
    ]
    last = corpus.stream(b"0 0 9 9 re f", b"/Type/XObject/Subtype/Form/BBox[0 0 9 9]")
    page = b"/Resources<</XObject<</X 5 0 R>>>>"
    return corpus.one_page(corpus.stream(b"/X Do"), extra=page, more=[*forms, last])


def pdf_eating_itself() -> bytes:
    return corpus.plain_pdf(
        [b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Kids[2 0 R]/Count 9>>"]
    )


def pdf_nested(depth: int) -> bytes:
    return corpus.plain_pdf(
        [
            b"<</Type/Catalog/Pages 2 0 R/X " + b"[" * depth + b"]" * depth + b">>",
            b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
            b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]>>",
        ]
    )


def webp_claiming(side: int) -> bytes:
    data = bytearray(corpus.webp())
    data[26:30] = side.to_bytes(2, "little") * 2
    return bytes(data)


# what it is: maker, reasons that are right, seconds of processor time allowed
BOMBS: Mapping[str, tuple[Callable[[], bytes], set[Reason | None], int]] = {
    "81 megapixels": (
        lambda: corpus.huge_png(9000, 9000, depth=8),
        {Reason.TOO_MANY_PIXELS},
        10,
    ),
    "900 megapixels": (lambda: corpus.huge_png(30000, 30000), {Reason.TOO_MANY_PIXELS}, 10),
    "the largest allowed": (lambda: corpus.huge_png(6300, 6000, depth=8), {None}, 10),
    "more rows than declared": (
        lambda: corpus.huge_png(6000, 6000).replace(b"\0\0\x17p\0\0\x17p", b"\0\0\x17p\0\0\0\x09"),
        {Reason.DAMAGED},
        10,
    ),
    "lying jpeg": (lambda: corpus.jpeg_claiming(65000, 65000), {Reason.TOO_MANY_PIXELS}, 10),
    "lying webp": (lambda: webp_claiming(16383), {Reason.TOO_MANY_PIXELS}, 10),
    "lying webp within the limit": (
        lambda: webp_claiming(6000),
        {Reason.DAMAGED, Reason.TOO_MANY_PIXELS},
        10,
    ),
    "huge text": (
        lambda: corpus.with_chunk(b"zTXt", b"Comment\0\0" + unfolding(b"a", 300)),
        {Reason.DAMAGED},
        10,
    ),
    "huge international text": (
        lambda: corpus.with_chunk(b"iTXt", b"Comment\0\1\0\0\0" + unfolding(b"a", 300)),
        {Reason.DAMAGED},
        10,
    ),
    "huge colour profile": (
        lambda: corpus.with_chunk(b"iCCP", b"icc\0\0" + unfolding(b"a", 300)),
        {Reason.DAMAGED},
        10,
    ),
    "endless scans": (lambda: corpus.endless_scans(3000), {Reason.TOO_SLOW}, 1),
    "pdf: content stream": (pdf_stream, {Reason.DAMAGED}, 10),
    "pdf: object stream": (pdf_object_stream, {Reason.DAMAGED}, 10),
    "pdf: forms within forms": (pdf_of_forms, {Reason.TOO_SLOW, Reason.DAMAGED}, 1),
    "pdf: pages that hold themselves": (pdf_eating_itself, {Reason.DAMAGED}, 10),
    "pdf: nested a hundred thousand deep": (
        lambda: pdf_nested(100_000),
        {None, Reason.DAMAGED},
        10,
    ),
}


class Measured(NamedTuple):
    reason: str | None
    seconds: float
    processor: float
    megabytes: int


def measure(path: Path, *, seconds: int) -> Measured:
    command = [sys.executable, "-c", MEASURE, str(path), str(seconds)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    return Measured(*json.loads(done.stdout))


@pytest.mark.parametrize("name", BOMBS)
def test_a_bomb_gets_a_verdict_soon_and_in_little_memory(name: str, tmp_path: Path) -> None:
    make, reasons, seconds = BOMBS[name]
    path = tmp_path / "bomb"
    path.write_bytes(make())
    seen = measure(path, seconds=seconds)
    assert seen.reason in reasons
    # The clock is generous, because other work may share the machine; processor time is not.
    assert seen.processor < 2.5
    assert seen.seconds < 8
    assert seen.megabytes < Limits(1).memory_mb


def test_a_very_large_photograph_is_checked_in_little_memory(tmp_path: Path) -> None:
    path = tmp_path / "large"
    # What is lacking is drawn in grey, as every viewer does; it must only cost little.
    path.write_bytes(corpus.jpeg_claiming(12000, 10000))
    seen = measure(path, seconds=10)
    assert seen.reason is None
    assert seen.megabytes < 100


def test_a_picture_that_needs_more_memory_than_there_is_has_too_many_pixels(
    tmp_path: Path,
) -> None:
    path = tmp_path / "large"
    path.write_bytes(corpus.encode(Image.new("RGB", (5000, 5000)), "PNG"))
    limits = Limits(10_000_000, memory_mb=120)
    assert inspect(path, name="a.png", limits=limits).reason == Reason.TOO_MANY_PIXELS


@pytest.mark.parametrize("mode", ["RGB", "CMYK"])
def test_a_copy_of_a_very_large_photograph_needs_little_memory(mode: str, tmp_path: Path) -> None:
    path = tmp_path / "large"
    path.write_bytes(corpus.jpeg_claiming(12000, 10000, mode=mode))
    views = view_copies(path, "image/jpeg", max_side=500)
    assert (len(views.pages), views.total) == (1, 1)
