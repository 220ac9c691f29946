"""What do the first bytes and the name of a file say that it is?

Content decides; the name can only contradict it. Formats that we refuse are recognised as well,
so that a person can be told what the file is instead of what it is not.
"""

import re
from enum import StrEnum

HEAD = 1024

JPEG = "image/jpeg"
PNG = "image/png"
WEBP = "image/webp"
HEIC = "image/heic"
PDF = "application/pdf"

_EXTENSIONS = {
    "jpg": JPEG,
    "jpeg": JPEG,
    "jpe": JPEG,
    "jfif": JPEG,
    "png": PNG,
    "webp": WEBP,
    "heic": HEIC,
    "heif": HEIC,
    "pdf": PDF,
}

# Endings that promise something else. What is on neither list is part of the name and no promise:
# "Laporan kegiatan 12.5" or "foto.ruang tunggu".
_OTHERS = """
    ade apk app asp aspx avi avif bat bin bmp bz2 cgi chm cmd com cpl csv dll dmg doc docm docx elf
    eml eps exe gif gz hta htm html ico img inf iso jar js jse jsp lnk mht mhtml mjs mov mp3 mp4
    mpeg msc msg msi odp ods odt ogg php phtml pif pl ppt pptm pptx ps ps1 psd py rar rb reg rtf
    scr sh shtml svg svgz swf sys tar tgz tif tiff ttf txt url vb vbe vbs vcf wav webm wmf ws wsf
    wsh xht xhtml xla xls xlsb xlsm xlsx xml xps xsl xz zip 7z
"""
_OTHER_EXTENSIONS = frozenset(_OTHERS.split())

_BOX_BRANDS = {
    b"heic": "heic",
    b"heix": "heic",
    b"hevc": "heic",
    b"mif1": "heic",
    b"msf1": "heic",
    b"avif": "avif",
    b"avis": "avif",
}

# One still picture, coded as telephones do it; sequences and other codings are foreign.
_STILL = (b"heic", b"heix")

_FOREIGN = (
    (b"GIF8", "gif"),
    (b"PK\x03\x04", "zip"),
    (b"PK\x05\x06", "zip"),
    (b"Rar!\x1a\x07", "archive"),
    (b"7z\xbc\xaf\x27\x1c", "archive"),
    (b"\x1f\x8b", "archive"),
    (b"MZ", "program"),
    (b"\x7fELF", "program"),
    (b"#!", "script"),
    (b"%!PS", "postscript"),
    (b"\xc5\xd0\xd3\xc6", "postscript"),
    (b"II*\x00", "tiff"),
    (b"MM\x00*", "tiff"),
    (b"BM", "bmp"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "office"),
    (b"{\\rtf", "rtf"),
)

# Word, Excel and their open relatives are ZIP archives with a telling first entry.
_OFFICE = re.compile(rb"\[Content_Types\]|_rels/|word/|xl/|ppt/|mimetypeapplication/vnd\.")

_MARKUP = re.compile(
    rb"<\?php|<!doctype|<html|<head|<body|<script|<iframe|<svg|javascript:", re.IGNORECASE
)
_EMBEDDED = (
    (re.compile(rb"%PDF-"), "pdf"),
    (re.compile(rb"Rar!\x1a\x07|7z\xbc\xaf\x27\x1c"), "archive"),
)

# A moving or a second picture behind a photograph is what its camera put there.
_APPENDED_BY_PHONES = ("video", "heic", "avif")

_END_OF_ZIP = b"PK\x05\x06"
_END_OF_ZIP_SIZE = 22
_ZIP_COMMENT = 0xFFFF
_ZIP_ENTRY = b"PK\x01\x02"

# Characters that make a name look different from what it is: controls, and marks that turn the
# direction of writing.
_ODD = re.compile(r"[\x00-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2066-\u2069\ufeff]")


class NameFit(StrEnum):
    """How a name stands to the content."""

    FITS = "fits"
    OTHER_PICTURE = "other_picture"
    CONTRADICTS = "contradicts"


def media_type_of(head: bytes) -> str | None:
    """The accepted type that the first bytes announce."""
    if head.startswith(b"\xff\xd8\xff"):
        return JPEG
    if head.startswith(b"\x89PNG\r\n\x1a\n"):
        return PNG
    if head.startswith(b"RIFF") and head[8:12] == b"WEBP":
        return WEBP
    if _is_heic(head):
        return HEIC
    # Some programs write an empty line first; anything more is not ours to forgive.
    if head[:16].lstrip(b"\xef\xbb\xbf\r\n\t ").startswith(b"%PDF-"):
        return PDF
    return None


def _is_heic(head: bytes) -> bool:
    length = int.from_bytes(head[:4], "big")
    if head[4:8] != b"ftyp" or not 16 <= length <= 256:
        return False
    brands = {head[8:12], *(head[at : at + 4] for at in range(16, length, 4))}
    return head[8:12] in (*_STILL, b"mif1") and not brands.isdisjoint(_STILL)


def foreign_kind_of(head: bytes) -> str | None:
    """A word for a format that is not accepted, or None for bytes that say nothing."""
    if head[4:8] == b"ftyp":
        return _BOX_BRANDS.get(head[8:12], "video")
    for signature, kind in _FOREIGN:
        if head.startswith(signature):
            return "office" if kind == "zip" and _OFFICE.search(head) else kind
    if found := _MARKUP.search(head):
        return "svg" if b"<svg" in head.lower() else _markup_kind(found.group())
    return "xml" if head.startswith(b"<?xml") else None


def _markup_kind(start: bytes) -> str:
    return "script" if start.lower() in (b"<?php", b"javascript:") else "html"


def claimed_type(name: str) -> str | None:
    """What the ending of the name promises: a media type, "other", or nothing."""
    extension = name.replace("\0", "").rstrip(". \t").rpartition(".")[2].strip().lower()
    if extension in _EXTENSIONS:
        return _EXTENSIONS[extension]
    return "other" if extension in _OTHER_EXTENSIONS and "." in name else None


def name_fit(name: str, media_type: str) -> NameFit:
    """Whether the name may stand for this content.

    A picture with the ending of another picture type is what phones and messengers do every day
    and harms nobody; a picture called a document, or anything called a program, is refused.
    """
    claimed = claimed_type(name)
    if claimed in (None, media_type):
        return NameFit.FITS
    if PDF in (claimed, media_type) or claimed == "other":
        return NameFit.CONTRADICTS
    return NameFit.OTHER_PICTURE


def is_odd(name: str) -> bool:
    """Whether the name holds characters that hide what it says."""
    return _ODD.search(name) is not None


def smuggled_in(tail: bytes) -> str | None:
    """What stands behind the end of the content, if it could be opened as a file of its own."""
    kind = foreign_kind_of(tail[:HEAD].lstrip(b"\0\r\n\t "))
    if kind not in (None, *_APPENDED_BY_PHONES):
        return kind
    if found := _MARKUP.search(tail):
        return _markup_kind(found.group())
    return next((kind for pattern, kind in _EMBEDDED if pattern.search(tail)), None)


def has_markup(text: bytes) -> bool:
    """Whether a comment or a caption holds something that a browser would run or draw."""
    return _MARKUP.search(text) is not None


def is_also_zip(data: bytes) -> bool:
    """Whether an unpacker, which reads from the end, would find an archive in the file."""
    start = max(0, len(data) - _END_OF_ZIP_SIZE - _ZIP_COMMENT)
    end = data.rfind(_END_OF_ZIP, start)
    if end < 0:
        return False
    directory = end - int.from_bytes(data[end + 12 : end + 16], "little")
    return data[directory : directory + 4] == _ZIP_ENTRY
