"""Is this picture whole, what does it show of its making, and how does a clean copy look?

Runs in the confined child only (and in tests). Pillow is handed one named format at a time, so
that no other of its many readers can be reached.
"""

import io
import re
from collections.abc import Mapping
from datetime import datetime

from PIL import Image, ImageFile
from PIL.JpegImagePlugin import JpegImageFile
from PIL.PngImagePlugin import PngImageFile
from PIL.WebPImagePlugin import WebPImageFile

from evidence_store.anatomy import anatomy_of
from evidence_store.recognition import (
    HEAD,
    HEIC,
    JPEG,
    PNG,
    WEBP,
    is_also_zip,
    smuggled_in,
)
from evidence_store.verdict import Limits, Reason, Refused, Verdict

_READERS: Mapping[str, type[ImageFile.ImageFile]] = {
    JPEG: JpegImageFile,
    PNG: PngImageFile,
    WEBP: WebPImageFile,
}

# What Pillow raises for damaged content; MemoryError is not among them on purpose.
_DAMAGE = (OSError, SyntaxError, ValueError, EOFError, KeyError, IndexError, OverflowError)

_ORIENTATION = 0x0112
_TURNS = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}

_EXIF, _GPS = 0x8769, 0x8825
_TAKEN, _DIGITISED, _CHANGED = 0x9003, 0x9004, 0x0132
_OFFSETS = {_TAKEN: 0x9011, _DIGITISED: 0x9012, _CHANGED: 0x9010}
_TIME = re.compile(r"(\d{4}):(\d\d):(\d\d) (\d\d:\d\d:\d\d)", re.ASCII)
_OFFSET = re.compile(r"[+-]\d\d:\d\d", re.ASCII)
_LATITUDE, _LONGITUDE = 2, 4

_QUALITY = 82

# Beyond any limit that `examine` is given; the memory of the child is what really bounds a copy.
_MOST_PIXELS = 120_000_000


def examine(data: bytes, media_type: str, limits: Limits) -> Verdict:
    """Walk the file, compare its size with the limits, then decode it once as a whole."""
    anatomy = anatomy_of(data, media_type)
    most = limits.max_pixels_jpeg if media_type == JPEG else limits.max_pixels_png
    if anatomy.width * anatomy.height > most:
        raise Refused(Reason.TOO_MANY_PIXELS)
    notes = _beyond(data, anatomy.end)
    if anatomy.markup:
        notes.append("script_in_metadata")
    try:
        picture = _open(data, media_type, limit=most)
        # An eighth of a JPEG is enough to read its data to the end, in a fraction of the memory.
        picture.draft(None, (picture.width // 8 or 1, picture.height // 8 or 1))
        picture.load()
    except _DAMAGE:
        raise Refused(Reason.DAMAGED) from None
    return Verdict(
        accepted=True,
        media_type=media_type,
        reason=None,
        width=anatomy.width,
        height=anatomy.height,
        notes=tuple(notes),
    )


def _beyond(data: bytes, end: int) -> list[str]:
    """Notes on what lies behind the picture; a second file is refused."""
    if b"%PDF-" in data[:HEAD]:
        raise Refused(Reason.TRAILING_DATA, "holds_pdf")
    if is_also_zip(data):
        raise Refused(Reason.TRAILING_DATA, "holds_zip")
    tail = data[end:]
    if kind := smuggled_in(tail):
        raise Refused(Reason.TRAILING_DATA, f"holds_{kind}")
    if not tail.strip(b"\0\r\n\t "):
        return []
    if tail.lstrip(b"\0").startswith(b"\xff\xd8\xff"):
        return ["trailing_picture"]
    return ["trailing_video" if b"ftyp" in tail else "trailing_bytes"]


def _open(data: bytes, media_type: str, *, limit: int) -> ImageFile.ImageFile:
    Image.MAX_IMAGE_PIXELS = limit
    if media_type == HEIC:
        # Loaded for such pictures only: it is large.
        from pillow_heif import HeifImageFile

        found: ImageFile.ImageFile = HeifImageFile(io.BytesIO(data))  # type: ignore[no-untyped-call]
        return found
    return _READERS[media_type](io.BytesIO(data))


def view(data: bytes, media_type: str, *, max_side: int) -> Image.Image:
    """The picture as people see it: upright, on white, at most so large, and nothing else.

    Pasting into a new picture is what drops comments, positions and names: Pillow carries some
    of them along when it saves what it has opened.
    """
    source = _open(data, media_type, limit=_MOST_PIXELS)
    turn = _TURNS.get(_exif_of(source).get(_ORIENTATION, 1))
    source.draft(None, (max_side, max_side))
    picture = _scalable(source)
    picture.thumbnail((max_side, max_side))
    if picture.has_transparency_data:
        picture = picture.convert("RGBA")
    clean = Image.new("RGB", picture.size, "white")
    clean.paste(picture, mask=picture if picture.mode == "RGBA" else None)
    return clean.transpose(turn) if turn is not None else clean


def _scalable(picture: Image.Image) -> Image.Image:
    if picture.mode.startswith("I"):
        # Pillow would cut every value above 255 to white instead of scaling it.
        return picture.point(lambda value: value * (1 / 256)).convert("L")
    if picture.mode in ("P", "PA", "1"):
        return picture.convert("RGBA" if picture.has_transparency_data else "RGB")
    return picture.convert("RGB") if picture.mode == "CMYK" else picture


def as_jpeg(picture: Image.Image) -> bytes:
    """Encode a clean picture."""
    written = io.BytesIO()
    picture.save(written, "JPEG", quality=_QUALITY, optimize=True)
    return written.getvalue()


def thumbnail(picture: Image.Image, *, side: int) -> bytes:
    """A small copy of a clean picture."""
    small = picture.copy()
    small.thumbnail((side, side))
    return as_jpeg(small)


def facts(data: bytes, media_type: str) -> dict[str, str | bool | None]:
    """When the camera says that it was taken, and whether it says where."""
    exif = _exif_of(_open(data, media_type, limit=_MOST_PIXELS))
    details, position = exif.get_ifd(_EXIF), exif.get_ifd(_GPS)
    times = ((_TAKEN, details), (_DIGITISED, details), (_CHANGED, exif))
    taken = (_time(tags.get(tag), details.get(_OFFSETS[tag])) for tag, tags in times)
    return {
        "taken_at": next((time for time in taken if time), None),
        "has_position": bool(position.get(_LATITUDE)) and bool(position.get(_LONGITUDE)),
    }


def _exif_of(picture: ImageFile.ImageFile) -> Image.Exif:
    try:
        exif = picture.getexif()
        exif.get_ifd(_EXIF)
        exif.get_ifd(_GPS)
    except Exception:  # noqa: BLE001  whatever a broken note raises, the picture itself is whole
        return Image.Exif()
    return exif


def _time(time: object, offset: object) -> str | None:
    found = _TIME.match(str(time))
    if found is None:
        return None
    year, month, day, clock = found.groups()
    zone = offset if isinstance(offset, str) and _OFFSET.fullmatch(offset) else ""
    text = f"{year}-{month}-{day}T{clock}{zone}"
    try:
        datetime.fromisoformat(text)
    except ValueError:
        return None
    return text
