import hashlib
from io import BytesIO

import pytest

from assessor.public.prefixes import LARGEST, MOST_ENDS, TooLarge, fingerprints


def digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def test_a_file_and_each_beginning_up_to_an_end_mark_is_hashed() -> None:
    original = b"%PDF-1.4\nbody\n%%EOF\n"
    found = fingerprints(BytesIO(original + b"more\n%%EOF\r\nrest"))
    assert found.is_pdf
    assert found.size == len(original) + 16
    made = {each.digest: each.size for each in found.beginnings}
    assert made[digest(original)] == len(original)
    assert made[digest(original[:-1])] == len(original) - 1
    assert found.beginnings[0].size == found.size


def test_line_ends_of_every_kind_are_tried() -> None:
    for ending in (b"", b"\n", b"\r", b"\r\n"):
        original = b"%PDF-1.4 %%EOF" + ending
        found = fingerprints(BytesIO(original + b"x"))
        assert digest(original) in {each.digest for each in found.beginnings}


def test_a_file_without_an_end_mark_is_only_itself() -> None:
    found = fingerprints(BytesIO(b"hello"))
    assert [each.digest for each in found.beginnings] == [digest(b"hello")]
    assert not found.is_pdf


def test_a_flood_of_end_marks_is_bounded() -> None:
    found = fingerprints(BytesIO(b"%%EOF\n" * 200_000))
    assert len(found.beginnings) <= 2 * MOST_ENDS + 1


def test_a_file_larger_than_any_report_is_not_read_on() -> None:
    with pytest.raises(TooLarge):
        fingerprints(BytesIO(b"x" * (LARGEST + 1)))
