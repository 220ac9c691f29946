"""Where does a picture really end, and what else lies in the file?

The parts of a JPEG, PNG or WebP file are walked without decoding a pixel. That finds files that
were cut off, files with another file behind them, moving pictures, and the true size before any
memory is asked for.
"""

import re
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from evidence_store.recognition import HEIC, JPEG, PNG, has_markup
from evidence_store.verdict import Reason, Refused

_SCAN_END = re.compile(rb"\xff[^\x00\xd0-\xd7\xff]")
_BOX = re.compile(rb"[a-zA-Z0-9 ]{4}")
_FRAME_HEADERS = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}
_END_OF_IMAGE = 0xD9
_START_OF_SCAN = 0xDA
_TEXT_SEGMENTS = frozenset({*range(0xE0, 0xF0), 0xFE})


@dataclass(frozen=True)
class Anatomy:
    """The size in the header, where the picture ends, and whether its texts hold markup."""

    width: int
    height: int
    end: int
    markup: bool


def anatomy_of(data: bytes, media_type: str) -> Anatomy:
    """Walk the parts of a picture; raise `Refused` when they do not reach its end."""
    if media_type == JPEG:
        return _jpeg(data)
    if media_type == HEIC:
        return _heic(data)
    return _png(data) if media_type == PNG else _webp(data)


def _jpeg(data: bytes) -> Anatomy:
    position, size, markup = 2, (0, 0), False
    while True:
        marker, position = _next_marker(data, position)
        if marker == _END_OF_IMAGE:
            break
        segment = _take(data, position + 2, _number(data, position, 2) - 2)
        position += 2 + len(segment)
        if marker in _FRAME_HEADERS:
            size = (_number(segment, 3, 2), _number(segment, 1, 2))
        elif marker in _TEXT_SEGMENTS:
            markup = markup or has_markup(segment)
        elif marker == _START_OF_SCAN:
            position = _end_of_scan(data, position)
    if 0 in size:
        raise Refused(Reason.DAMAGED)
    return Anatomy(*size, position, markup)


def _next_marker(data: bytes, position: int) -> tuple[int, int]:
    if data[position : position + 1] != b"\xff":
        raise Refused(Reason.DAMAGED)
    while data[position : position + 1] == b"\xff":
        position += 1
    return _number(data, position, 1), position + 1


def _end_of_scan(data: bytes, position: int) -> int:
    found = _SCAN_END.search(data, position)
    if found is None:
        raise Refused(Reason.DAMAGED)
    return found.start()


def _png(data: bytes) -> Anatomy:
    position, size, markup = 8, (0, 0), False
    while True:
        length = _number(data, position, 4, "big")
        kind = _take(data, position + 4, 4)
        content = _take(data, position + 8, length)
        if zlib.crc32(content, zlib.crc32(kind)) != _number(data, position + 8 + length, 4):
            raise Refused(Reason.DAMAGED)
        if (position == 8) != (kind == b"IHDR"):
            raise Refused(Reason.DAMAGED)
        position += 12 + length
        if kind == b"IHDR":
            size = (_number(content, 0, 4), _number(content, 4, 4))
        elif kind == b"acTL":
            raise Refused(Reason.ANIMATED)
        elif kind == b"IEND":
            return Anatomy(*size, position, markup)
        elif kind != b"IDAT":
            markup = markup or has_markup(content)


def _heic(data: bytes) -> Anatomy:
    """The size is the largest that any picture in the file claims: parts of it, previews."""
    end, sizes = 0, [(0, 0)]
    seen = set()
    for kind, content in _boxes(data):
        seen.add(kind)
        end += len(content) + 8
        if kind == b"meta":
            sizes += _heic_sizes(content[4:])
        elif kind == b"moov":
            raise Refused(Reason.ANIMATED)
    width, height = max(sizes, key=lambda size: size[0] * size[1])
    if 0 in (width, height) or not {b"ftyp", b"meta", b"mdat"} <= seen:
        raise Refused(Reason.DAMAGED)
    return Anatomy(width, height, end, markup=False)


def _heic_sizes(content: bytes) -> Iterator[tuple[int, int]]:
    for kind, inner in _boxes(content):
        if kind in (b"iprp", b"ipco"):
            yield from _heic_sizes(inner)
        elif kind == b"ispe":
            yield _number(inner, 4, 4), _number(inner, 8, 4)


def _boxes(data: bytes) -> Iterator[tuple[bytes, bytes]]:
    """Boxes one after the other, up to what is none."""
    position = 0
    while position < len(data):
        length, kind = _number(data, position, 4), _take(data, position + 4, 4)
        if length < 8 or not _BOX.fullmatch(kind):
            if position == 0:
                raise Refused(Reason.DAMAGED)
            return
        yield kind, _take(data, position + 8, length - 8)
        position += length


def _webp(data: bytes) -> Anatomy:
    end = 8 + _number(data, 4, 4, "little")
    position, size, markup = 12, (0, 0), False
    while position < end:
        kind = _take(data, position, 4)
        content = _take(data, position + 8, _number(data, position + 4, 4, "little"))
        position += 8 + len(content) + len(content) % 2
        if kind in (b"ANIM", b"ANMF"):
            raise Refused(Reason.ANIMATED)
        if kind in (b"VP8X", b"VP8 ", b"VP8L"):
            size = _larger(size, _webp_size(kind, content))
        else:
            markup = markup or has_markup(content)
    if 0 in size:
        raise Refused(Reason.DAMAGED)
    return Anatomy(*size, end, markup)


def _webp_size(kind: bytes, content: bytes) -> tuple[int, int]:
    if kind == b"VP8X":
        return _number(content, 4, 3, "little") + 1, _number(content, 7, 3, "little") + 1
    if kind == b"VP8 ":
        return (
            _number(content, 6, 2, "little") & 0x3FFF,
            _number(content, 8, 2, "little") & 0x3FFF,
        )
    packed = _number(content, 1, 4, "little")
    return (packed & 0x3FFF) + 1, (packed >> 14 & 0x3FFF) + 1


def _larger(one: tuple[int, int], other: tuple[int, int]) -> tuple[int, int]:
    # A header and its content may disagree; memory is asked for by either.
    return max(one[0], other[0]), max(one[1], other[1])


def _number(
    data: bytes, position: int, length: int, order: Literal["big", "little"] = "big"
) -> int:
    return int.from_bytes(_take(data, position, length), order)


def _take(data: bytes, position: int, length: int) -> bytes:
    part = data[position : position + length]
    if length < 0 or len(part) < length:
        raise Refused(Reason.DAMAGED)
    return part
