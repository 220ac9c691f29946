"""Files that people hand in, well meant and otherwise, made on the spot."""

import io
import struct
import zipfile
import zlib
from collections.abc import Callable, Sequence
from functools import cache

from PIL import Image, PngImagePlugin
from pypdf import PdfWriter
from pypdf.generic import (
    ArrayObject,
    DictionaryObject,
    NameObject,
    TextStringObject,
)

SCRIPT = b"<script>alert(document.domain)</script>"
GIF_SCRIPT = b"GIF89a/*\x00\x00\x80\x00\x00*/=1;alert(1)//"


def picture(size: tuple[int, int] = (96, 64), mode: str = "RGB") -> Image.Image:
    """Four coloured quarters, so that turning and mirroring can be seen."""
    image = Image.new("RGB", size, "white")
    half = (size[0] // 2, size[1] // 2)
    image.paste((220, 30, 30), (0, 0, *half))
    image.paste((30, 200, 30), (half[0], 0, size[0], half[1]))
    image.paste((30, 30, 220), (0, half[1], half[0], size[1]))
    return image.convert(mode)


def encode(image: Image.Image, kind: str, **options: object) -> bytes:
    written = io.BytesIO()
    image.save(written, kind, **options)
    return written.getvalue()


@cache
def jpeg() -> bytes:
    return encode(picture(), "JPEG", quality=80)


@cache
def noisy(grain: int = 60) -> bytes:
    """A photograph of some 800 kB, as a cheap telephone takes it in the dark."""
    noise = Image.effect_noise((1200, 900), grain)
    return encode(Image.merge("RGB", (noise, noise, noise)), "JPEG", quality=90)


@cache
def progressive() -> bytes:
    return encode(picture((400, 300)), "JPEG", quality=80, progressive=True)


@cache
def png() -> bytes:
    return encode(picture(), "PNG")


@cache
def webp() -> bytes:
    return encode(picture(), "WEBP", quality=80)


@cache
def pdf(pages: int = 2) -> bytes:
    return written(writer(pages))


def writer(pages: int = 1) -> PdfWriter:
    document = PdfWriter()
    for _ in range(pages):
        document.add_blank_page(200, 300)
    return document


def written(document: PdfWriter) -> bytes:
    target = io.BytesIO()
    document.write(target)
    return target.getvalue()


def encrypted(user: str, owner: str | None = None) -> bytes:
    document = writer()
    document.encrypt(user, owner)
    return written(document)


def opening(action: dict[str, str] | None, *, indirect: bool = False) -> bytes:
    """A PDF that does something when it is opened; None goes to its first page."""
    document = writer()
    if action is None:
        target: object = ArrayObject([document.pages[0].indirect_reference, NameObject("/Fit")])
    else:
        target = DictionaryObject({NameObject(key): _value(text) for key, text in action.items()})
    if indirect:
        target = document._add_object(target)  # type: ignore[arg-type]
    document.root_object[NameObject("/OpenAction")] = target
    return written(document)


def _value(text: str) -> NameObject | TextStringObject:
    return NameObject(text) if text.startswith("/") else TextStringObject(text)


def with_attachment() -> bytes:
    document = writer()
    document.add_attachment("a.txt", b"hidden")
    return written(document)


def with_link(address: str) -> bytes:
    """A link that a person may follow, and a title that only looks like an action."""
    document = writer()
    title = f"a>>stream\nb (x) /JavaScript \\ <</JS 1>> {address}"
    document.add_metadata({"/Title": title})
    link = DictionaryObject(
        {
            NameObject("/Type"): NameObject("/Annot"),
            NameObject("/Subtype"): NameObject("/Link"),
            NameObject("/Rect"): ArrayObject([]),
            NameObject("/A"): DictionaryObject(
                {NameObject("/S"): NameObject("/URI"), NameObject("/URI"): _value(address)}
            ),
        }
    )
    document.pages[0][NameObject("/Annots")] = ArrayObject([link])
    return written(document)


def plain_pdf(objects: Sequence[bytes], *, extra: bytes = b"") -> bytes:
    """A PDF written by hand; the first object is the catalogue."""
    out = bytearray(b"%PDF-1.7\n")
    places = []
    for number, content in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%b\nendobj\n" % (number, content)
    table = len(out)
    rows = b"".join(b"%010d 00000 n \n" % place for place in places)
    out += b"xref\n0 %d\n0000000000 65535 f \n%b" % (len(objects) + 1, rows)
    out += b"trailer\n<</Size %d/Root 1 0 R%b>>\n" % (len(objects) + 1, extra)
    return bytes(out + b"startxref\n%d\n%%%%EOF\n" % table)


def stream(content: bytes, extra: bytes = b"") -> bytes:
    return b"<<%b/Length %d>>stream\n%b\nendstream" % (extra, len(content), content)


def one_page(content: bytes, *, extra: bytes = b"", more: Sequence[bytes] = ()) -> bytes:
    return plain_pdf(
        [
            b"<</Type/Catalog/Pages 2 0 R>>",
            b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
            b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 200 100]/Contents 4 0 R%b>>" % extra,
            content,
            *more,
        ]
    )


def in_object_stream(catalogue: bytes, *, replaced_by: bytes | None = None) -> bytes:
    """A PDF whose catalogue can only be read by unpacking an object stream."""
    packed = zlib.compress(b"1 0 " + catalogue)
    container = replaced_by or stream(packed, b"/Type/ObjStm/N 1/First 4/Filter/FlateDecode")
    out = bytearray(b"%PDF-1.7\n")
    places = {}
    for number, content in (
        (2, b"<</Type/Pages/Kids[3 0 R]/Count 1>>"),
        (3, b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 200 100]>>"),
        (4, container),
    ):
        places[number] = len(out)
        out += b"%d 0 obj\n%b\nendobj\n" % (number, content)
    places[5] = len(out)
    rows = [(0, 0, 65535), (2, 4, 0), *((1, places[number], 0) for number in (2, 3, 4, 5))]
    table = b"".join(struct.pack(">BIH", *row) for row in rows)
    head = b"/Type/XRef/Size 6/W[1 4 2]/Root 1 0 R"
    out += b"5 0 obj\n%b\nendobj\nstartxref\n%d\n%%%%EOF\n" % (stream(table, head), places[5])
    return bytes(out)


def revised(pdf_file: bytes) -> bytes:
    """The same PDF with an honest second revision behind it, as a signing program adds it."""
    start = len(pdf_file)
    previous = pdf_file.rindex(b"startxref\n") + 10
    table = int(pdf_file[previous : pdf_file.index(b"\n", previous)])
    note = b"90 0 obj\n<</Note(signed)>>\nendobj\n"
    return (
        pdf_file
        + note
        + (
            b"xref\n90 1\n%010d 00000 n \ntrailer\n<</Size 91/Root 1 0 R/Prev %d>>\n"
            b"startxref\n%d\n%%%%EOF\n" % (start, table, start + len(note))
        )
    )


def packed(names: Sequence[str]) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        for name in names:
            archive.writestr(name, "content")
    return target.getvalue()


def with_segment(marker: int, content: bytes) -> bytes:
    """A JPEG with one more segment behind its start."""
    head = struct.pack(">BBH", 0xFF, marker, len(content) + 2)
    return jpeg()[:2] + head + content + jpeg()[2:]


def chunk(kind: bytes, content: bytes) -> bytes:
    check = zlib.crc32(content, zlib.crc32(kind))
    return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", check)


def with_chunk(kind: bytes, content: bytes) -> bytes:
    """A PNG with one more chunk behind its header."""
    return png()[:33] + chunk(kind, content) + png()[33:]


def huge_png(width: int, height: int, *, depth: int = 1) -> bytes:
    """A small file that unfolds into a black picture of any size."""
    header = struct.pack(">IIBBBBB", width, height, depth, 0, 0, 0, 0)
    rows = zlib.compressobj(9)
    row = bytes(1 + (width * depth + 7) // 8)
    data = b"".join(rows.compress(row * 1000) for _ in range(height // 1000)) + rows.flush()
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        (chunk(b"IHDR", header), chunk(b"IDAT", data), chunk(b"IEND", b""))
    )


def jpeg_claiming(width: int, height: int, *, mode: str = "RGB") -> bytes:
    """A JPEG whose header lies about its size."""
    honest = encode(picture(mode=mode), "JPEG")
    start = honest.index(b"\xff\xc0") + 5
    return honest[:start] + struct.pack(">HH", height, width) + honest[start + 4 :]


def endless_scans(times: int) -> bytes:
    """A progressive JPEG that repeats a refinement over and over: small to send, slow to read."""
    source = encode(picture((3000, 3000)), "JPEG", quality=80, progressive=True)
    last = source.rindex(b"\xff\xda")
    tables = source.rindex(b"\xff\xc4", 0, last)
    return source[:last] + source[tables:-2] * times + b"\xff\xd9"


def animated(kind: str) -> bytes:
    frames = [Image.new("RGB", (20, 20), colour) for colour in ("red", "green", "blue")]
    return encode(frames[0], kind, save_all=True, append_images=frames[1:], duration=50)


def photograph(orientation: int = 1, *, comment: bytes = SCRIPT) -> bytes:
    """A photograph as a phone makes it: time, position, owner, orientation, comment."""
    exif = Image.Exif()
    exif[0x0112] = orientation
    exif[0x010F] = "Telepon Contoh"
    exif[0x9C9D] = "Pemilik".encode("utf-16le")
    exif[0x0132] = "2026:03:04 05:06:07"
    exif.get_ifd(0x8769).update({0x9003: "2026:02:03 04:05:06", 0x9011: "+07:00"})
    exif.get_ifd(0x8825).update({1: "S", 2: (6.0, 10.0, 30.0), 3: "E", 4: (106.0, 49.0, 1.0)})
    return encode(picture(), "JPEG", quality=95, exif=exif, comment=comment)


def texted_png() -> bytes:
    texts = PngImagePlugin.PngInfo()
    texts.add_text("Comment", SCRIPT.decode())
    return encode(picture(), "PNG", pnginfo=texts)


@cache
def heic() -> bytes:
    """As a telephone of the better sort makes it, with time and place."""
    from pillow_heif import from_pillow

    exif = Image.Exif()
    exif.get_ifd(0x8769).update({0x9003: "2026:02:03 04:05:06", 0x9011: "+07:00"})
    exif.get_ifd(0x8825).update({1: "S", 2: (6.0, 10.0, 30.0), 3: "E", 4: (106.0, 49.0, 1.0)})
    written = io.BytesIO()
    from_pillow(picture()).save(written, quality=80, exif=exif.tobytes())
    return written.getvalue()


MAKERS: dict[str, Callable[[], bytes]] = {
    "image/heic": heic,
    "image/jpeg": jpeg,
    "image/png": png,
    "image/webp": webp,
    "application/pdf": pdf,
}
