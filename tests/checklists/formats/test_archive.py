"""An archive that is not what it says is refused before, or at the latest while, it is unpacked."""

import io
import struct
import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checklists.formats.archive import MOST_ENTRIES, BadArchive, open_archive
from tests.checklists.strategies import steady


def packed(files: dict[str, bytes], *, how: int = zipfile.ZIP_DEFLATED) -> bytes:
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", how) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return written.getvalue()


GOOD = packed({"a.txt": b"hello " * 100, "b/c.txt": b""})


def test_what_is_as_it_says_is_unpacked() -> None:
    archive = open_archive(GOOD)
    assert archive.read("a.txt") == b"hello " * 100
    assert sorted(archive.entries) == ["a.txt", "b/c.txt"]


def lying(size: int) -> bytes:
    """An entry that says it is smaller than it is, in both of its heads."""
    raw = bytearray(packed({"a.txt": b"x" * 100_000}))
    for head, at in ((b"PK\x03\x04", 22), (b"PK\x01\x02", 24)):
        start = raw.index(head) + at
        raw[start : start + 4] = struct.pack("<I", size)
    return bytes(raw)


REFUSED = {
    "not an archive": (b"hello", "bukan arsip zip"),
    "cut": (GOOD[:-30], "bukan arsip zip"),
    "bomb": (packed({"a": b"\0" * (8 * 2**20)}), "terlalu besar setelah dibuka"),
    "large": (packed({"a": b"\0" * (33 * 2**20)}), "terlalu besar setelah dibuka"),
    "many": (packed({f"{n}": b"" for n in range(MOST_ENTRIES + 1)}), "lebih dari 500 berkas"),
    "above": (packed({"../a": b""}), "tidak wajar"),
    "absolute": (packed({"/a": b""}), "tidak wajar"),
    "drive": (packed({"c:a": b""}), "tidak wajar"),
    "another packing": (packed({"a": b"x" * 99}, how=zipfile.ZIP_BZIP2), "terlalu besar"),
}  # fmt: skip


@pytest.mark.parametrize("name", REFUSED)
def test_what_is_suspicious_is_refused_unread(name: str) -> None:
    raw, said = REFUSED[name]
    with pytest.raises(BadArchive) as bad:
        open_archive(raw)
    assert said in bad.value.what
    assert bad.value.remedy


def test_all_of_it_together_may_not_be_too_large() -> None:
    noise = bytes(range(256)) * 4
    raw = packed({f"{n}": noise * 20 * 1024 for n in range(4)}, how=zipfile.ZIP_STORED)
    with pytest.raises(BadArchive, match="lebih besar dari 64 MB"):
        open_archive(raw)


def test_an_entry_that_says_it_is_smaller_is_refused_while_unpacking() -> None:
    archive = open_archive(lying(10))
    with pytest.raises(BadArchive, match="rusak"):
        archive.read("a.txt")


def test_the_same_name_twice_is_refused() -> None:
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w") as archive:
        archive.writestr("a", b"1")
        with pytest.warns(UserWarning, match="Duplicate"):
            archive.writestr("a", b"2")
    with pytest.raises(BadArchive, match="tidak wajar"):
        open_archive(written.getvalue())


def test_a_password_is_refused() -> None:
    raw = bytearray(GOOD)
    raw[raw.index(b"PK\x01\x02") + 8] |= 1
    with pytest.raises(BadArchive, match="kata sandi"):
        open_archive(bytes(raw))


@steady
@given(st.integers(0, len(GOOD) - 1), st.integers(1, 255))
def test_a_damaged_archive_is_read_or_refused_never_anything_else(at: int, by: int) -> None:
    raw = bytearray(GOOD)
    raw[at] = (raw[at] + by) % 256
    try:
        archive = open_archive(bytes(raw))
        for name in archive.entries:
            archive.read(name)
    except BadArchive:
        pass
