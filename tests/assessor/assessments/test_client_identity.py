"""A number that could name a client is refused wherever somebody could type it; others are not."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assessor.assessments.client_identity import names_a_client, refuse_identity
from assessor.assessments.entries import parse_basis
from assessor.sentences import Refused


@pytest.mark.parametrize(
    "text",
    [
        "3204010101010001",
        "NIK 3204 0101 0101 0001",
        "32.04.01.010101.0001",
        "berkas RM 00-12-34",
        "no RM: 123456",
        "No.RM 4471",
        "rekam medis 00.12.34",
        "rekam medik no. 12345",
        "nomor klien 8807",
    ],
)
def test_numbers_of_people_and_records_are_seen(text: str) -> None:
    assert names_a_client(text)
    with pytest.raises(Refused, match="tanpa nama atau nomor klien"):
        refuse_identity(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "ruang konseling lantai 2",
        "register 2026 per 12 November 2026, 84 berkas",
        "SOP No. 441/012/2026",
        "NIB 1234567890123",  # a business number has 13 digits
        "izin operasional 503/1234567",
        "rekam medis tersimpan di lemari 2",
        "berkas ke-7 pada daftar klien aktif",
        "0812 3456 7890",
        "09.00-16.30, 12-11-2026",
    ],
)
def test_other_numbers_are_left_alone(text: str) -> None:
    assert not names_a_client(text)
    assert refuse_identity(text) == text


@given(
    st.text(alphabet="0123456789 .-", min_size=16).filter(lambda t: sum(map(str.isdigit, t)) > 15)
)
def test_sixteen_digits_are_seen_however_they_are_grouped(text: str) -> None:
    digits = "".join(filter(str.isdigit, text))
    for between in ("", " ", ".", "-"):
        assert names_a_client(f"klien {between.join(digits)} ini")


@pytest.mark.parametrize(
    "detail",
    [
        {"kind": "sighted", "what": "berkas 3204010101010001"},
        {"kind": "sighted", "what": "berkas", "where": "rak RM 12-34-56"},
        {"kind": "sample", "register": 9, "drawn": 5, "hits": 5, "note": "RM 123456 kosong"},
        {"kind": "interviews", "kinds": {"klien": 2}, "note": "NIK 3204010101010001"},
    ],
)
def test_a_basis_that_names_a_client_is_refused(detail: dict[str, object]) -> None:
    with pytest.raises(Refused, match="NIK atau nomor rekam medis"):
        parse_basis({"add": detail})


def test_people_are_counted_by_kinds_that_are_known_never_by_name() -> None:
    with pytest.raises(Refused, match="tanpa nama"):
        parse_basis({"add": {"kind": "interviews", "kinds": {"Andi Saputra": 1}}})


@pytest.mark.parametrize("sheet", ["T0", "T12345", "t1", "Andi", 7, None, ["T1"]])
def test_where_a_basis_was_taken_from_is_a_code_or_nothing(sheet: object) -> None:
    detail = {"kind": "sample", "register": 9, "drawn": 5, "hits": 5, "note": "", "sheet": sheet}
    change = parse_basis({"add": detail})
    assert change.detail is not None
    assert "sheet" not in change.detail
    kept = parse_basis({"add": {**detail, "sheet": "T12"}})
    assert kept.document()["add"]["sheet"] == "T12"
    assert parse_basis(kept.document()) == kept
