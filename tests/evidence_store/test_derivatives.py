"""The copies that people look at show the picture, and nothing but the picture."""

import io
import struct
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import evidence_corpus as corpus
import pytest
from PIL import Image
from PIL.JpegImagePlugin import JpegImageFile

from evidence_store import child, derivatives
from evidence_store.confinement import Bounds, ChildFailed, Failure
from evidence_store.derivatives import NotViewable, PhotoFacts, Views, photo_facts, view_copies
from evidence_store.verdict import Reason

RED, GREEN, BLUE, WHITE = (220, 30, 30), (30, 200, 30), (30, 30, 220), (255, 255, 255)
QUARTERS = [RED, GREEN, BLUE, WHITE]

# APP0 (JFIF), tables, frame, scan, start and end: what a picture needs, and no place for a text.
NEEDED = {0xD8, 0xE0, 0xDB, 0xC0, 0xC4, 0xDA, 0xD9}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path


@pytest.fixture(params=["confined", "here"])
def both_ways(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Once as it is used, and once without a process of its own."""
    if request.param == "here":
        here(monkeypatch)


@pytest.fixture
def in_this_process(monkeypatch: pytest.MonkeyPatch) -> None:
    """For tests of what is drawn, which need no protection."""
    here(monkeypatch)


def here(monkeypatch: pytest.MonkeyPatch) -> None:
    def answer(task: str, path: Path, *, options: Any, bounds: Bounds) -> list[bytes]:
        try:
            return list(child.TASKS[task](path.read_bytes(), options))
        except Exception as error:
            raise ChildFailed(Failure.CRASHED) from error

    monkeypatch.setattr(derivatives, "ask_child", answer)


def copies(folder: Path, content: bytes, media_type: str = "image/jpeg", **sizes: int) -> Views:
    path = folder / "original"
    path.write_bytes(content)
    return view_copies(path, media_type, **sizes)


def opened(copy: bytes) -> Image.Image:
    image = Image.open(io.BytesIO(copy), formats=["JPEG"])
    image.load()
    return image


def near(seen: object, meant: tuple[int, int, int]) -> bool:
    assert isinstance(seen, tuple)
    return all(abs(one - other) < 40 for one, other in zip(seen, meant, strict=True))


def quarters(image: Image.Image) -> list[object]:
    width, height = image.size
    places = [(1, 1), (3, 1), (1, 3), (3, 3)]
    return [image.getpixel((width * x // 4, height * y // 4)) for x, y in places]


def markers(data: bytes) -> Iterator[int]:
    position = 0
    while position < len(data):
        assert data[position] == 0xFF
        marker = data[position + 1]
        yield marker
        if marker == 0xDA:
            position = data.index(b"\xff\xd9", position)
        elif marker in (0xD8, 0xD9):
            position += 2
        else:
            position += 2 + int.from_bytes(data[position + 2 : position + 4], "big")


def assert_bare(copy: bytes) -> None:
    assert set(markers(copy)) <= NEEDED
    assert len(list(copy.split(b"JFIF"))) == 2
    image = opened(copy)
    assert not image.getexif()
    assert set(image.info) <= {"jfif", "jfif_version", "jfif_unit", "jfif_density"}


def test_the_original_of_these_tests_does_hold_what_must_not_be_in_the_copies() -> None:
    original = corpus.photograph()
    assert corpus.SCRIPT in original
    assert b"Telepon Contoh" in original
    with Image.open(io.BytesIO(original)) as image:
        assert dict(image.getexif().get_ifd(0x8825))
    assert {0xE1, 0xFE} <= set(markers(original))


@pytest.mark.usefixtures("both_ways")
def test_a_copy_has_no_time_place_comment_or_name(folder: Path) -> None:
    views = copies(folder, corpus.photograph())
    for copy in (views.thumb, *views.pages):
        assert_bare(copy)
        for secret in (corpus.SCRIPT, b"Telepon", b"Pemilik", b"2026", b"Exif", b"ICC_PROFILE"):
            assert secret not in copy


@pytest.mark.usefixtures("in_this_process")
@pytest.mark.parametrize("orientation", range(1, 9))
def test_a_copy_stands_upright(folder: Path, orientation: int) -> None:
    undo = {
        1: None,
        2: Image.Transpose.FLIP_LEFT_RIGHT,
        3: Image.Transpose.ROTATE_180,
        4: Image.Transpose.FLIP_TOP_BOTTOM,
        5: Image.Transpose.TRANSPOSE,
        6: Image.Transpose.ROTATE_90,
        7: Image.Transpose.TRANSVERSE,
        8: Image.Transpose.ROTATE_270,
    }[orientation]
    upright = corpus.picture()
    exif = Image.Exif()
    exif[0x0112] = orientation
    stored = upright if undo is None else upright.transpose(undo)
    views = copies(folder, corpus.encode(stored, "JPEG", quality=95, exif=exif))
    for copy in (views.thumb, views.pages[0]):
        image = opened(copy)
        assert image.size == upright.size
        assert all(map(near, quarters(image), QUARTERS))


@pytest.mark.usefixtures("in_this_process")
def test_a_copy_is_no_larger_than_asked_and_never_enlarged(folder: Path) -> None:
    large = corpus.encode(corpus.picture((900, 600)), "JPEG")
    views = copies(folder, large, max_side=300, thumb_side=60)
    assert opened(views.pages[0]).size == (300, 200)
    assert opened(views.thumb).size == (60, 40)
    views = copies(folder, corpus.jpeg())
    assert opened(views.pages[0]).size == (96, 64)


@pytest.mark.usefixtures("in_this_process")
@pytest.mark.parametrize(
    ("mode", "kind", "media_type"),
    [
        ("RGBA", "PNG", "image/png"),
        ("P", "PNG", "image/png"),
        ("L", "PNG", "image/png"),
        ("RGBA", "WEBP", "image/webp"),
        ("RGB", "WEBP", "image/webp"),
        ("L", "JPEG", "image/jpeg"),
        ("CMYK", "JPEG", "image/jpeg"),
    ],
)
def test_every_kind_of_pixel_is_shown(folder: Path, mode: str, kind: str, media_type: str) -> None:
    views = copies(folder, corpus.encode(corpus.picture(mode=mode), kind), media_type)
    image = opened(views.pages[0])
    meant = QUARTERS
    if mode == "L":
        grey = quarters(corpus.picture(mode="L").convert("RGB"))
        meant = [pixel for pixel in grey if isinstance(pixel, tuple)]
    assert image.mode == "RGB"
    assert all(map(near, quarters(image), meant))


@pytest.mark.usefixtures("in_this_process")
@pytest.mark.parametrize("mode", ["RGBA", "LA", "P"])
def test_what_is_transparent_becomes_white(folder: Path, mode: str) -> None:
    if mode == "P":
        clear = Image.new("P", (40, 40), 0)
        clear.putpalette([0, 0, 0, 255, 0, 0])
        content = corpus.encode(clear, "PNG", transparency=0)
    else:
        content = corpus.encode(Image.new(mode, (40, 40)), "PNG")
    image = opened(copies(folder, content, "image/png").pages[0])
    assert near(image.getpixel((20, 20)), WHITE)


@pytest.mark.usefixtures("in_this_process")
def test_sixteen_bits_keep_their_shades(folder: Path) -> None:
    shades = Image.new("I;16", (40, 40), 32768)
    image = opened(copies(folder, corpus.encode(shades, "PNG"), "image/png").pages[0])
    assert near(image.getpixel((20, 20)), (128, 128, 128))


@pytest.mark.usefixtures("in_this_process")
def test_two_colours_are_enough(folder: Path) -> None:
    content = corpus.encode(Image.new("1", (40, 40), 1), "PNG")
    image = opened(copies(folder, content, "image/png").pages[0])
    assert near(image.getpixel((20, 20)), WHITE)


BAR = b"0.86 0.12 0.12 rg 0 50 200 50 re f"


@pytest.mark.usefixtures("both_ways")
def test_the_pages_of_a_document_are_drawn(folder: Path) -> None:
    views = copies(folder, corpus.one_page(corpus.stream(BAR)), "application/pdf")
    (page,) = views.pages
    assert_bare(page)
    image = opened(page)
    assert image.size == (306, 153)  # 200 x 100 points at 110 dots an inch
    assert near(image.getpixel((150, 20)), RED)
    assert near(image.getpixel((150, 140)), WHITE)


@pytest.mark.usefixtures("in_this_process")
def test_a_turned_page_is_drawn_upright(folder: Path) -> None:
    content = corpus.one_page(corpus.stream(BAR), extra=b"/Rotate 90")
    image = opened(copies(folder, content, "application/pdf").pages[0])
    assert image.size == (153, 306)
    assert near(image.getpixel((140, 150)), RED)


@pytest.mark.usefixtures("in_this_process")
def test_what_was_filled_in_and_stamped_is_drawn(folder: Path) -> None:
    field = (
        b"<</Type/Annot/Subtype/Widget/FT/Tx/T(nama)/Rect[20 20 180 80]/F 4/P 3 0 R"
        b"/AP<</N 6 0 R>>>>"
    )
    look = corpus.stream(
        b"0.86 0.12 0.12 rg 0 0 160 60 re f", b"/Type/XObject/Subtype/Form/BBox[0 0 160 60]"
    )
    content = corpus.one_page(b"null", extra=b"/Annots[5 0 R]", more=[field, look])
    content = content.replace(b"/Catalog/", b"/Catalog /AcroForm<</Fields[5 0 R]>>/")
    image = opened(copies(folder, content, "application/pdf").pages[0])
    assert near(image.getpixel((150, 76)), RED)


@pytest.mark.usefixtures("in_this_process")
def test_a_giant_page_is_drawn_small(folder: Path) -> None:
    content = corpus.one_page(corpus.stream(BAR)).replace(b"0 0 200 100]", b"0 0 14000 70]")
    image = opened(copies(folder, content, "application/pdf", max_side=500).pages[0])
    assert max(image.size) == 500


@pytest.mark.usefixtures("in_this_process")
def test_only_the_first_pages_are_drawn_and_the_rest_is_counted(folder: Path) -> None:
    views = copies(folder, corpus.pdf(5), "application/pdf", max_pages=2)
    assert (len(views.pages), views.total) == (2, 5)
    assert copies(folder, corpus.jpeg()).total == 1


@pytest.mark.usefixtures("in_this_process")
def test_a_document_that_forbids_printing_is_drawn(folder: Path) -> None:
    assert copies(folder, corpus.encrypted("", "pemilik"), "application/pdf").total == 1


@pytest.mark.usefixtures("both_ways")
@pytest.mark.parametrize(
    ("content", "media_type"),
    [
        (b"%PDF-1.7 broken", "application/pdf"),
        (corpus.encrypted("rahasia"), "application/pdf"),
        (
            corpus.plain_pdf([b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Kids[]/Count 0>>"]),
            "application/pdf",
        ),
        (corpus.jpeg()[:200], "image/jpeg"),
        (corpus.png(), "image/jpeg"),
    ],
)
def test_what_cannot_be_drawn_says_so(folder: Path, content: bytes, media_type: str) -> None:
    with pytest.raises(NotViewable) as refused:
        copies(folder, content, media_type)
    assert refused.value.reason == Reason.DAMAGED
    assert str(refused.value).endswith(".")


@pytest.mark.usefixtures("both_ways")
def test_the_original_stays_as_it_is(folder: Path) -> None:
    copies(folder, corpus.photograph())
    assert (folder / "original").read_bytes() == corpus.photograph()


def facts(folder: Path, content: bytes) -> PhotoFacts:
    path = folder / "original"
    path.write_bytes(content)
    return photo_facts(path)


@pytest.mark.usefixtures("both_ways")
def test_a_photograph_says_when_it_was_taken_and_that_it_knows_where(folder: Path) -> None:
    seen = facts(folder, corpus.photograph())
    assert seen == PhotoFacts("2026-02-03T04:05:06+07:00", has_position=True)
    assert "106" not in repr(seen)


def exif_jpeg(times: dict[int, object], main: dict[int, object] | None = None) -> bytes:
    exif = Image.Exif()
    exif.get_ifd(0x8769).update(times)
    exif.update(main or {})
    return corpus.encode(corpus.picture(), "JPEG", exif=exif)


@pytest.mark.usefixtures("in_this_process")
@pytest.mark.parametrize(
    ("content", "taken_at"),
    [
        (exif_jpeg({0x9003: "2026:02:03 04:05:06"}), "2026-02-03T04:05:06"),
        (exif_jpeg({0x9004: "2026:02:03 04:05:06"}), "2026-02-03T04:05:06"),
        (exif_jpeg({}, {0x0132: "2026:02:03 04:05:06"}), "2026-02-03T04:05:06"),
        (exif_jpeg({0x9003: "2026:02:03 04:05:06", 0x9011: "WIB"}), "2026-02-03T04:05:06"),
        (exif_jpeg({0x9003: "0000:00:00 00:00:00"}), None),
        (exif_jpeg({0x9003: "2026:13:03 04:05:06"}), None),
        (exif_jpeg({0x9003: "    :  :     :  :  "}), None),
        (exif_jpeg({0x9003: "<script>"}), None),
        (corpus.jpeg(), None),
        (corpus.with_segment(0xE1, b"Exif\0\0MM\0*\xff\xff\xff\xff"), None),
        (corpus.with_segment(0xE1, b"Exif\0\0broken"), None),
        (corpus.pdf(), None),
        (b"no picture at all", None),
        (corpus.jpeg()[:20], None),
    ],
)
def test_a_time_is_told_only_when_it_is_one(
    folder: Path, content: bytes, taken_at: str | None
) -> None:
    assert facts(folder, content) == PhotoFacts(taken_at, has_position=False)


@pytest.mark.usefixtures("in_this_process")
def test_png_and_webp_tell_as_well(folder: Path) -> None:
    exif = Image.Exif()
    exif[0x0132] = "2026:02:03 04:05:06"
    for kind in ("PNG", "WEBP"):
        content = corpus.encode(corpus.picture(), kind, exif=exif)
        assert facts(folder, content).taken_at == "2026-02-03T04:05:06"


@pytest.mark.parametrize(
    ("failure", "media_type", "reason"),
    [
        (Failure.SLOW, "application/pdf", Reason.TOO_SLOW),
        (Failure.MEMORY, "image/png", Reason.TOO_MANY_PIXELS),
        (Failure.MEMORY, "application/pdf", Reason.DAMAGED),
        (Failure.CRASHED, "image/png", Reason.DAMAGED),
    ],
)
def test_a_child_that_fails_is_a_reason(
    failure: Failure,
    media_type: str,
    reason: Reason,
    monkeypatch: pytest.MonkeyPatch,
    folder: Path,
) -> None:
    def fail(*_: object, **__: object) -> list[bytes]:
        raise ChildFailed(failure)

    monkeypatch.setattr(derivatives, "ask_child", fail)
    with pytest.raises(NotViewable) as refused:
        copies(folder, b"whatever", media_type)
    assert refused.value.reason == reason


def test_a_child_that_sends_no_page_is_a_reason(
    monkeypatch: pytest.MonkeyPatch, folder: Path
) -> None:
    monkeypatch.setattr(derivatives, "ask_child", lambda *_, **__: [b"1", b"thumbnail"])
    with pytest.raises(NotViewable):
        copies(folder, b"whatever")


@pytest.mark.usefixtures("in_this_process")
def test_a_note_that_cannot_be_read_hides_no_picture(
    monkeypatch: pytest.MonkeyPatch, folder: Path
) -> None:
    def fail(_: object) -> None:
        raise struct.error("unpack requires a buffer of 4 bytes")

    monkeypatch.setattr(JpegImageFile, "getexif", fail)
    assert facts(folder, corpus.photograph()) == PhotoFacts(None, has_position=False)
    assert copies(folder, corpus.photograph()).total == 1


def test_a_picture_of_an_iphone_is_seen_as_jpeg_without_its_time_and_place(tmp_path: Path) -> None:
    path = tmp_path / "staged"
    path.write_bytes(corpus.heic())
    facts = photo_facts(path)
    assert (facts.taken_at, facts.has_position) == ("2026-02-03T04:05:06+07:00", True)
    views = view_copies(path, "image/heic")
    with Image.open(io.BytesIO(views.pages[0])) as seen:
        assert (seen.format, seen.size, dict(seen.getexif())) == ("JPEG", (96, 64), {})
        assert b"2026" not in views.pages[0]


@pytest.mark.slow
def test_no_file_of_the_corpus_takes_long_or_much(tmp_path: Path) -> None:
    import resource
    import time

    from evidence_store.inspection import Limits, inspect
    from tests.evidence_store.test_inspection import TABLE

    files = [(name, content) for name, content, *_ in TABLE.values()]
    for media_type, make in corpus.MAKERS.items():
        whole = make()
        name = f"a.{media_type.rpartition('/')[2]}"
        files += [(name, whole[: len(whole) * cut // 40]) for cut in range(40)]
    files.append(("bom.png", corpus.huge_png(30_000, 30_000)))
    files.append(("bom.jpg", corpus.jpeg_claiming(60_000, 60_000)))
    assert len(files) >= 300
    slowest = 0.0
    for number, (name, content) in enumerate(files):
        path = tmp_path / str(number)
        path.write_bytes(content)
        start = time.process_time() + sum(resource.getrusage(resource.RUSAGE_CHILDREN)[:2])
        inspect(path, name=name, limits=Limits(20_000_000))
        end = time.process_time() + sum(resource.getrusage(resource.RUSAGE_CHILDREN)[:2])
        slowest = max(slowest, end - start)
    assert slowest < 2
    assert resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss < 300 * 1024
