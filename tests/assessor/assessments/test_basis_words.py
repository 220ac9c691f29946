"""What a score leans on is said in words of the reader, never in codes."""

import pytest

from assessor.assessments.basis_words import basis_detail
from assessor.assessments.models import BasisKind
from assessor.assessments.people import PEOPLE


@pytest.mark.parametrize("language", ["id", "en"])
@pytest.mark.parametrize("code", list(PEOPLE))
def test_groups_of_people_are_named_in_the_readers_language(language, code):
    said = basis_detail(language, BasisKind.interviews, {"kinds": {code: 3}, "note": ""})
    assert said == f"3 {PEOPLE[code].in_(language).lower()}"


def test_several_groups_and_a_note():
    detail = {"kinds": {"petugas": 2, "klien": 5}, "note": "dua kelompok"}
    assert basis_detail("en", BasisKind.interviews, detail) == "5 clients, 2 staff; dua kelompok"


def test_a_group_of_an_older_list_is_said_as_it_was_written():
    assert basis_detail("id", BasisKind.interviews, {"kinds": {"tetangga": 1}}) == "1 tetangga"


def test_a_sample_says_hits_files_register_and_sheet():
    detail = {"hits": 9, "drawn": 10, "register": 1200, "sheet": "A", "note": ""}
    assert basis_detail("id", BasisKind.sample, detail) == (
        "9 dari 10 berkas sesuai, isi register 1.200, lembar A"
    )
    assert basis_detail("en", BasisKind.sample, detail) == (
        "9 of 10 files conform, 1,200 in the register, sheet A"
    )


def test_what_was_sighted_is_said_with_its_place_and_time_where_they_are_known():
    assert basis_detail(
        "id", BasisKind.sighted, {"what": "dapur", "where": "", "when": "pagi"}
    ) == ("dapur, pagi")
