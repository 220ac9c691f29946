"""Each kind of file gets the verdict that the table says, by its content."""

import io
import json
from pathlib import Path

import evidence_corpus as corpus
import pytest
from PIL import Image

from evidence_store import child
from evidence_store.inspection import Limits, Reason, Verdict, inspect
from evidence_store.recognition import media_type_of, name_fit
from evidence_store.verdict import from_json

LIMITS = Limits(max_bytes=2_000_000)
GOOD = None

MOTION = b"\0\0\0\x18ftypmp42\0\0\0\0isommp42" + b"\x11" * 500
TINY_MPF = corpus.encode(Image.new("RGB", (16, 16)), "JPEG")

# name as sent, content, expected reason (GOOD = accepted), notes
TABLE: dict[str, tuple[str, bytes, Reason | None, tuple[str, ...]]] = {
    # what is taken
    "jpeg": ("foto.jpg", corpus.jpeg(), GOOD, ()),
    "progressive jpeg": ("foto.jpeg", corpus.progressive(), GOOD, ()),
    "grey jpeg": ("a.jpg", corpus.encode(corpus.picture(mode="L"), "JPEG"), GOOD, ()),
    "cmyk jpeg": ("a.jpg", corpus.encode(corpus.picture(mode="CMYK"), "JPEG"), GOOD, ()),
    "one pixel": ("a.jpg", corpus.encode(Image.new("L", (1, 1)), "JPEG"), GOOD, ()),
    "png": ("layar.png", corpus.png(), GOOD, ()),
    "png with palette": ("a.png", corpus.encode(corpus.picture(mode="P"), "PNG"), GOOD, ()),
    "png in 16 bits": ("a.png", corpus.encode(corpus.picture(mode="I;16"), "PNG"), GOOD, ()),
    "webp": ("gambar.webp", corpus.webp(), GOOD, ()),
    "lossless webp": ("a.webp", corpus.encode(corpus.picture(), "WEBP", lossless=True), GOOD, ()),
    "webp with alpha": (
        "a.webp",
        corpus.encode(corpus.picture(mode="RGBA"), "WEBP", exif=Image.Exif()),
        GOOD,
        (),
    ),
    "pdf": ("surat.pdf", corpus.pdf(), GOOD, ()),
    "pdf in two revisions": ("a.pdf", corpus.revised(corpus.one_page(b"null")), GOOD, ()),
    "pdf that opens at a page": ("a.pdf", corpus.opening(None), GOOD, ()),
    "pdf with a link": ("a.pdf", corpus.with_link("https://x.go.id/JavaScript/Launch"), GOOD, ()),
    "pdf in an object stream": (
        "a.pdf",
        corpus.in_object_stream(b"<</Type/Catalog/Pages 2 0 R>>"),
        GOOD,
        (),
    ),
    "pdf that forbids printing": (
        "a.pdf",
        corpus.encrypted("", "pemilik"),
        GOOD,
        ("restricted_pdf",),
    ),
    "pdf after an empty line": ("a.pdf", b"\r\n" + corpus.pdf(), GOOD, ()),
    "pdf with zeros behind": ("a.pdf", corpus.pdf() + bytes(5000), GOOD, ()),
    "pdf with a few bytes behind": ("a.pdf", corpus.pdf() + b"\x1a", GOOD, ("trailing_bytes",)),
    "phone: second picture": ("a.jpg", corpus.jpeg() + TINY_MPF, GOOD, ("trailing_picture",)),
    "phone: moving picture": ("a.jpg", corpus.jpeg() + MOTION, GOOD, ("trailing_video",)),
    "phone: maker's trailer": (
        "a.jpg",
        corpus.jpeg() + b"\0\0SEFHe\0\0\0SEFT",
        GOOD,
        ("trailing_bytes",),
    ),
    "jpeg with zeros behind": ("a.jpg", corpus.jpeg() + bytes(512), GOOD, ()),
    # texts inside the file, which the copies do not have
    "script in a jpeg comment": (
        "a.jpg",
        corpus.with_segment(0xFE, corpus.SCRIPT),
        GOOD,
        ("script_in_metadata",),
    ),
    "script in a jpeg caption": (
        "a.jpg",
        corpus.with_segment(0xE1, b"http://ns.adobe.com/xap/1.0/\0" + corpus.SCRIPT),
        GOOD,
        ("script_in_metadata",),
    ),
    "script in a png chunk": ("a.png", corpus.texted_png(), GOOD, ("script_in_metadata",)),
    "script in an unknown png chunk": (
        "a.png",
        corpus.with_chunk(b"teSt", corpus.SCRIPT),
        GOOD,
        ("script_in_metadata",),
    ),
    # names
    "no ending": ("image", corpus.jpeg(), GOOD, ()),
    "no name": ("", corpus.jpeg(), GOOD, ()),
    "dots in the name": ("Kunjungan 12.5. Desa Sukamaju", corpus.jpeg(), GOOD, ()),
    "png called jpg": ("a.JPG", corpus.png(), GOOD, ("extension_differs",)),
    "webp called png": ("a.png", corpus.webp(), GOOD, ("extension_differs",)),
    "double ending": ("laporan.pdf.jpg", corpus.jpeg(), GOOD, ()),
    "jpeg called pdf": ("a.pdf", corpus.jpeg(), Reason.DISGUISED, ()),
    "pdf called jpg": ("a.jpg", corpus.pdf(), Reason.DISGUISED, ()),
    "jpeg called exe": ("foto.jpg.exe", corpus.jpeg(), Reason.DISGUISED, ()),
    "jpeg called html": ("foto.html", corpus.jpeg(), Reason.DISGUISED, ()),
    "jpeg called php behind NUL": (
        "foto.jpg\0.php",
        corpus.jpeg(),
        Reason.DISGUISED,
        ("odd_name",),
    ),
    "turned name": ("foto\u202egpj.exe", corpus.jpeg(), Reason.DISGUISED, ("odd_name",)),
    "turned but honest name": ("foto\u202egpj.jpg", corpus.jpeg(), GOOD, ("odd_name",)),
    # other kinds
    "gif": ("a.gif", corpus.animated("GIF"), Reason.WRONG_KIND, ("looks_like_gif",)),
    "gif called jpg": ("a.jpg", corpus.animated("GIF"), Reason.DISGUISED, ("looks_like_gif",)),
    "gif with script": ("a.js", corpus.GIF_SCRIPT, Reason.WRONG_KIND, ("looks_like_gif",)),
    "gif with script called png": (
        "a.png",
        corpus.GIF_SCRIPT,
        Reason.DISGUISED,
        ("looks_like_gif",),
    ),
    "html called jpg": (
        "a.jpg",
        b"\n<HTML><body>" + corpus.SCRIPT,
        Reason.DISGUISED,
        ("looks_like_html",),
    ),
    "html": ("a.html", b"<!DOCTYPE html>", Reason.WRONG_KIND, ("looks_like_html",)),
    "php called png": ("a.png", b"<?php echo 1;", Reason.DISGUISED, ("looks_like_script",)),
    "shell script": ("a.sh", b"#!/bin/sh\nid\n", Reason.WRONG_KIND, ("looks_like_script",)),
    "svg": (
        "a.svg",
        b'<?xml version="1.0"?><svg onload="alert(1)"/>',
        Reason.WRONG_KIND,
        ("looks_like_svg",),
    ),
    "xml": ("a.xml", b'<?xml version="1.0"?><a/>', Reason.WRONG_KIND, ("looks_like_xml",)),
    "eps": (
        "a.eps",
        b"%!PS-Adobe-3.0 EPSF-3.0\n",
        Reason.WRONG_KIND,
        ("looks_like_postscript",),
    ),
    "tiff": (
        "a.tif",
        corpus.encode(corpus.picture(), "TIFF"),
        Reason.WRONG_KIND,
        ("looks_like_tiff",),
    ),
    "bmp": (
        "a.bmp",
        corpus.encode(corpus.picture(), "BMP"),
        Reason.WRONG_KIND,
        ("looks_like_bmp",),
    ),
    "avif": (
        "a.avif",
        corpus.encode(corpus.picture(), "AVIF"),
        Reason.WRONG_KIND,
        ("looks_like_avif",),
    ),
    "iphone picture": ("IMG_1.HEIC", corpus.heic(), GOOD, ()),
    "iphone picture called jpg": ("IMG_1.jpg", corpus.heic(), GOOD, ("extension_differs",)),
    "iphone picture called pdf": ("IMG_1.pdf", corpus.heic(), Reason.DISGUISED, ()),
    "start of an iphone picture": (
        "IMG_1.HEIC",
        b"\0\0\0\x18ftypheic\0\0\0\0mif1heic",
        Reason.DAMAGED,
        (),
    ),
    "iphone picture with zip behind": (
        "IMG_1.HEIC",
        corpus.heic() + corpus.packed(["a.exe"]),
        Reason.TRAILING_DATA,
        ("holds_zip",),
    ),
    "iphone picture with a page behind": (
        "IMG_1.HEIC",
        corpus.heic() + corpus.SCRIPT,
        Reason.TRAILING_DATA,
        ("holds_html",),
    ),
    "iphone pictures that move": (
        "IMG_1.HEIC",
        b"\0\0\0\x18ftypmsf1\0\0\0\0msf1hevc",
        Reason.DISGUISED,
        ("looks_like_heic",),
    ),
    "iphone picture with a film in it": (
        "IMG_1.HEIC",
        corpus.heic() + b"\0\0\0\x08moov",
        Reason.ANIMATED,
        (),
    ),
    "video": ("a.mp4", MOTION, Reason.WRONG_KIND, ("looks_like_video",)),
    "word document": (
        "surat.docx",
        corpus.packed(["[Content_Types].xml", "word/document.xml"]),
        Reason.WRONG_KIND,
        ("looks_like_office",),
    ),
    "old word document": (
        "surat.doc",
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(500),
        Reason.WRONG_KIND,
        ("looks_like_office",),
    ),
    "archive that climbs": (
        "a.zip",
        corpus.packed(["../../etc/cron.d/x"]),
        Reason.WRONG_KIND,
        ("looks_like_zip",),
    ),
    "program": ("a.exe", b"MZ\x90\0" + bytes(100), Reason.WRONG_KIND, ("looks_like_program",)),
    "text": ("a.txt", b"Berita acara", Reason.WRONG_KIND, ()),
    "virus test text": (
        "eicar.com",
        rb"X5O!P%@AP[4\PZX54(P^)7CC)7}$EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*",
        Reason.WRONG_KIND,
        (),
    ),
    "photograph lost on its card": ("IMG_1.jpg", bytes(5000), Reason.DAMAGED, ()),
    "one byte": ("a.jpg", b"\xff", Reason.DAMAGED, ()),
    "only a start": ("a.jpg", b"\xff\xd8\xff", Reason.DAMAGED, ()),
    "empty": ("a.jpg", b"", Reason.EMPTY, ()),
    # two files in one
    "jpeg and html": (
        "a.jpg",
        corpus.jpeg() + b"<html>" + corpus.SCRIPT,
        Reason.TRAILING_DATA,
        ("holds_html",),
    ),
    "jpeg and php": (
        "a.jpg",
        corpus.jpeg() + b"\n\n<?php system($_GET[0]);",
        Reason.TRAILING_DATA,
        ("holds_script",),
    ),
    "jpeg and zip": (
        "a.jpg",
        corpus.jpeg() + corpus.packed(["a"]),
        Reason.TRAILING_DATA,
        ("holds_zip",),
    ),
    "zip in a jpeg comment": (
        "a.jpg",
        corpus.with_segment(0xFE, corpus.packed(["a"])),
        Reason.TRAILING_DATA,
        ("holds_zip",),
    ),
    "jpeg and pdf": (
        "a.jpg",
        corpus.jpeg() + corpus.pdf(),
        Reason.TRAILING_DATA,
        ("holds_pdf",),
    ),
    "jpeg that is a pdf too": (
        "a.jpg",
        corpus.with_segment(0xFE, b"%PDF-1.4 1 0 obj"),
        Reason.TRAILING_DATA,
        ("holds_pdf",),
    ),
    "jpeg, video and html": (
        "a.jpg",
        corpus.jpeg() + MOTION + corpus.SCRIPT,
        Reason.TRAILING_DATA,
        ("holds_html",),
    ),
    "jpeg, much padding and html": (
        "a.jpg",
        corpus.jpeg() + bytes([7]) * 2000 + corpus.SCRIPT,
        Reason.TRAILING_DATA,
        ("holds_html",),
    ),
    "jpeg and program": (
        "a.jpg",
        corpus.jpeg() + b"\x7fELF\2\1\1",
        Reason.TRAILING_DATA,
        ("holds_program",),
    ),
    "jpeg, padding and archive": (
        "a.jpg",
        corpus.jpeg() + b"x" * 99 + b"7z\xbc\xaf\x27\x1c",
        Reason.TRAILING_DATA,
        ("holds_archive",),
    ),
    "png and zip": (
        "a.png",
        corpus.png() + corpus.packed(["a"]),
        Reason.TRAILING_DATA,
        ("holds_zip",),
    ),
    "webp and html": (
        "a.webp",
        corpus.webp() + b"<svg/onload=alert(1)>",
        Reason.TRAILING_DATA,
        ("holds_svg",),
    ),
    "pdf and zip": (
        "a.pdf",
        corpus.pdf() + corpus.packed(["a"]),
        Reason.TRAILING_DATA,
        ("holds_zip",),
    ),
    "pdf and html": (
        "a.pdf",
        corpus.pdf() + corpus.SCRIPT,
        Reason.TRAILING_DATA,
        ("holds_html",),
    ),
    "pdf and much else": (
        "a.pdf",
        corpus.pdf() + b"\xee" * 3000,
        Reason.TRAILING_DATA,
        (),
    ),
    "page before a pdf": (
        "a.pdf",
        b"<html>" + corpus.pdf(),
        Reason.DISGUISED,
        ("looks_like_html",),
    ),
    # moving pictures
    "moving png": ("a.png", corpus.animated("PNG"), Reason.ANIMATED, ()),
    "moving webp": ("a.webp", corpus.animated("WEBP"), Reason.ANIMATED, ()),
    # documents that act
    "pdf with a password": ("a.pdf", corpus.encrypted("rahasia"), Reason.ENCRYPTED_PDF, ()),
    "pdf with script": (
        "a.pdf",
        corpus.opening({"/S": "/JavaScript", "/JS": "app.alert(1)"}),
        Reason.ACTIVE_PDF,
        (),
    ),
    "pdf with hidden script": (
        "a.pdf",
        corpus.in_object_stream(
            b"<</Type/Catalog/Pages 2 0 R/OpenAction<</S/J#61vaScript/J#53(app.alert\\(1\\))>>>>"
        ),
        Reason.ACTIVE_PDF,
        (),
    ),
    "pdf with script between misleading names": (
        "a.pdf",
        corpus.plain_pdf(
            [
                b"<</Type/Catalog/Pages 2 0 R/A#28 1/B#3e#3estream#0d#0a 1"
                b"/OpenAction<</S/JavaScript/JS(a)>>/Z#29 1/Y#0d#0aendstream 1>>",
                b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
                b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]>>",
            ]
        ),
        Reason.ACTIVE_PDF,
        (),
    ),
    "pdf with script between misleading texts": (
        "a.pdf",
        corpus.plain_pdf(
            [
                b"<</Type/Catalog/Pages 2 0 R/A(\\()/B(x>>stream\\r\\n)/C(\\\\)"
                b"/OpenAction<</S/JavaScript/JS(a)>>/Z(\\))/Y(\\r\\nendstream)>>",
                b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
                b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]>>",
            ]
        ),
        Reason.ACTIVE_PDF,
        (),
    ),
    "pdf that launches": (
        "a.pdf",
        corpus.opening({"/S": "/Launch", "/F": "cmd.exe"}, indirect=True),
        Reason.ACTIVE_PDF,
        (),
    ),
    "pdf that opens a page of the web": (
        "a.pdf",
        corpus.opening({"/S": "/URI", "/URI": "http://x.example"}),
        Reason.ACTIVE_PDF,
        (),
    ),
    "pdf that opens a remote file": (
        "a.pdf",
        corpus.opening({"/S": "/GoToR", "/F": r"\\host\share\a.pdf"}, indirect=True),
        Reason.ACTIVE_PDF,
        (),
    ),
    "pdf that opens in a roundabout way": (
        "a.pdf",
        corpus.plain_pdf(
            [
                b"<</Type/Catalog/Pages 2 0 R/OpenAction<</S 4 0 R/URI(http://x.example)>>>>",
                b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
                b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]>>",
                b"/URI",
            ]
        ),
        Reason.ACTIVE_PDF,
        (),
    ),
    "pdf that prints": ("a.pdf", corpus.opening({"/S": "/Named", "/N": "/Print"}), GOOD, ()),
    "pdf that goes to a page": (
        "a.pdf",
        corpus.opening({"/S": "/GoTo", "/D": "awal"}, indirect=True),
        GOOD,
        (),
    ),
    "pdf with a file inside": ("a.pdf", corpus.with_attachment(), Reason.ACTIVE_PDF, ()),
    "pdf with a form program": (
        "a.pdf",
        corpus.plain_pdf(
            [
                b"<</Type/Catalog/Pages 2 0 R/AcroForm<</Fields[]/XFA[(a) 4 0 R]>>>>",
                b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
                b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]>>",
                corpus.stream(b"<xdp/>"),
            ]
        ),
        Reason.ACTIVE_PDF,
        (),
    ),
    "pdf with nothing in it": (
        "a.pdf",
        corpus.plain_pdf([b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Kids[]/Count 0>>"]),
        Reason.DAMAGED,
        (),
    ),
    "pdf with a lost page": (
        "a.pdf",
        corpus.one_page(b"null").replace(b"/Kids[3 0 R]/Count 1", b"/Kids[3 0 R 77 0 R]/Count 2"),
        Reason.DAMAGED,
        (),
    ),
    "pdf of random bytes": ("a.pdf", b"%PDF-1.7\n" + b"\xaa" * 99 + b"%%EOF", Reason.DAMAGED, ()),
}


@pytest.mark.parametrize("case", TABLE)
def test_a_file_gets_the_verdict_of_the_table(case: str, tmp_path: Path) -> None:
    name, content, reason, notes = TABLE[case]
    verdict = look(tmp_path, content, name=name)
    assert (verdict.reason, verdict.notes) == (reason, notes)
    assert verdict.accepted == (reason is GOOD)


def look(folder: Path, content: bytes, *, name: str = "berkas", limits: Limits = LIMITS) -> Verdict:
    path = folder / "staged"
    path.write_bytes(content)
    return inspect(path, name=name, limits=limits)


def test_an_accepted_file_is_described(tmp_path: Path) -> None:
    seen = look(tmp_path, corpus.jpeg())
    assert (seen.media_type, seen.width, seen.height, seen.pages) == ("image/jpeg", 96, 64, None)
    seen = look(tmp_path, corpus.pdf(3))
    assert (seen.media_type, seen.width, seen.height, seen.pages) == (
        "application/pdf",
        None,
        None,
        3,
    )


def test_every_reason_but_slowness_is_in_the_table_or_tested_by_its_limit() -> None:
    by_limit = {Reason.TOO_LARGE, Reason.TOO_MANY_PIXELS, Reason.TOO_MANY_PAGES, Reason.TOO_SLOW}
    assert {row[2] for row in TABLE.values()} - {None} == set(Reason) - by_limit


def test_the_largest_allowed_size_is_allowed(tmp_path: Path) -> None:
    size = len(corpus.jpeg())
    for limit, reason in ((size - 1, Reason.TOO_LARGE), (size, None), (size + 1, None)):
        assert look(tmp_path, corpus.jpeg(), limits=Limits(limit)).reason == reason


def test_the_most_pages_are_allowed(tmp_path: Path) -> None:
    limits = Limits(10_000, max_pages=3)
    assert look(tmp_path, corpus.pdf(3), limits=limits).accepted
    assert look(tmp_path, corpus.pdf(4), limits=limits).reason == Reason.TOO_MANY_PAGES
    assert examine(corpus.pdf(401), "application/pdf").reason == Reason.TOO_MANY_PAGES


@pytest.mark.parametrize("make", [corpus.jpeg, corpus.png, corpus.webp])
def test_the_most_pixels_are_allowed(make: object, tmp_path: Path) -> None:
    assert callable(make)
    pixels = 96 * 64
    for most, reason in ((pixels, None), (pixels - 1, Reason.TOO_MANY_PIXELS)):
        limits = Limits(10_000, max_pixels_png=most, max_pixels_jpeg=most)
        assert look(tmp_path, make(), limits=limits).reason == reason


def examine(content: bytes, media_type: str) -> Verdict:
    """As the child does it, without the child: for tests of many files."""
    options = {"media_type": media_type, "limits": {"max_bytes": 1_000_000}}
    (answer,) = child.examine(content, options)
    return from_json(json.loads(answer))


OPENED = [
    case
    for case, (name, content, *_) in TABLE.items()
    if (media_type := media_type_of(content))
    and name_fit(name, media_type) != "contradicts"
    # PDFium says nothing about this one, and within one process repeats what it said before.
    and case != "pdf with nothing in it"
]


@pytest.mark.parametrize("case", OPENED)
def test_the_confinement_makes_no_difference_to_the_verdict(case: str) -> None:
    _, content, reason, notes = TABLE[case]
    verdict = examine(content, str(media_type_of(content)))
    assert verdict.reason == reason
    assert set(notes) - set(verdict.notes) <= {"odd_name", "extension_differs"}


@pytest.mark.parametrize("media_type", corpus.MAKERS)
def test_a_file_cut_anywhere_is_never_taken(media_type: str) -> None:
    whole = corpus.MAKERS[media_type]()
    assert examine(whole, media_type).accepted
    # What is missing of a PDF may be the line break behind its last word.
    points = {len(whole) * n // 60 for n in range(60)} | {len(whole) - n for n in range(2, 30)}
    taken = {point for point in points if examine(whole[:point], media_type).accepted}
    assert taken == set()


def test_a_pdf_cut_inside_its_second_revision_is_never_taken() -> None:
    whole = corpus.revised(corpus.one_page(b"null"))
    first = whole.index(b"%%EOF") + 6
    assert examine(whole[:first], "application/pdf").accepted
    points = range(first + 1, len(whole) - 2)
    taken = {point for point in points if examine(whole[:point], "application/pdf").accepted}
    assert taken == set()


@pytest.mark.parametrize("media_type", ["image/jpeg", "image/png", "image/webp"])
def test_a_picture_with_a_wrong_byte_gets_a_verdict(
    media_type: str,
) -> None:
    whole = corpus.MAKERS[media_type]()
    for place in range(3, len(whole), max(1, len(whole) // 300)):
        spoiled = bytearray(whole)
        spoiled[place] ^= 0xFF
        verdict = examine(bytes(spoiled), media_type)
        assert verdict.accepted == (verdict.reason is None)


def test_every_wrong_byte_of_a_png_is_found() -> None:
    whole = corpus.png()
    spoiled = (whole[:n] + bytes([whole[n] ^ 1]) + whole[n + 1 :] for n in range(8, len(whole)))
    assert not any(examine(content, "image/png").accepted for content in spoiled)


@pytest.mark.parametrize(
    "content",
    [
        b"\xff\xd8\xff\xd9",
        b"\xff\xd8\xff\xff\xff\xd9",
        b"\xff\xd8\xff\x01\xff\xd9",
        b"\xff\xd8\xff\xe0\x00\x00\xff\xd9",
        b"\xff\xd8\xff\xe0\x00\x02xx",
        b"\xff\xd8\xff\xc0\x00\x04\x08\x00\xff\xd9",
    ],
)
def test_a_jpeg_that_leads_nowhere_is_damaged(content: bytes) -> None:
    assert examine(content, "image/jpeg").reason == Reason.DAMAGED


@pytest.mark.parametrize(
    "content",
    [
        b"\x89PNG\r\n\x1a\n" + corpus.chunk(b"IEND", b""),
        b"\x89PNG\r\n\x1a\n" + corpus.chunk(b"IDAT", b"x") + corpus.chunk(b"IEND", b""),
        corpus.with_chunk(b"IHDR", bytes(13)),
        b"\x89PNG\r\n\x1a\n" + corpus.chunk(b"IHDR", b"") + corpus.chunk(b"IEND", b""),
    ],
)
def test_a_png_without_its_parts_in_order_is_damaged(content: bytes) -> None:
    assert examine(content, "image/png").reason == Reason.DAMAGED


@pytest.mark.parametrize(
    "header",
    [
        b"VP8X\x0a\0\0\0" + b"\0" * 4 + b"\x10\x27\0" + b"\x20\x4e\0",
        b"VP8L\x06\0\0\0" + b"\x2f" + (9999 | 9998 << 14).to_bytes(4, "little") + b"\0",
    ],
)
def test_a_webp_header_is_believed_when_it_says_huge(header: bytes) -> None:
    body = b"WEBP" + header
    content = b"RIFF" + len(body).to_bytes(4, "little") + body
    assert examine(content, "image/webp").reason == Reason.TOO_MANY_PIXELS


def test_a_webp_without_a_picture_is_damaged() -> None:
    content = b"RIFF\x10\0\0\0WEBPEXIF\x04\0\0\0abcd"
    assert examine(content, "image/webp").reason == Reason.DAMAGED


def test_a_file_that_vanished_is_an_error_of_the_caller(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        inspect(tmp_path / "nowhere", name="a.jpg", limits=LIMITS)


def test_looking_into_a_file_changes_nothing(tmp_path: Path) -> None:
    path = tmp_path / "staged"
    path.write_bytes(corpus.jpeg())
    path.chmod(0o400)
    before = path.stat()
    inspect(path, name="a.jpg", limits=LIMITS)
    after = path.stat()
    assert (before.st_mtime_ns, before.st_size) == (after.st_mtime_ns, after.st_size)
    assert list(tmp_path.iterdir()) == [path]


def test_the_corpus_decodes_where_it_should() -> None:
    for media_type in ("image/jpeg", "image/png", "image/webp"):
        with Image.open(io.BytesIO(corpus.MAKERS[media_type]())) as image:
            assert image.size == (96, 64)
