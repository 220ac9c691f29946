"""What a score leans on names no client: numbers and names are refused, kinds and counts kept."""

import pytest

from assessor.assessments.checklist.entries import parse_basis
from assessor.sentences import Refused


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
    with pytest.raises(Refused, match=r"Hapus (angka|nomor)nya"):
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
