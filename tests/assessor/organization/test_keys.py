"""Does one find names however they are written, and are they sorted alike everywhere?"""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assessor.organization.keys import search_key, search_words, sort_key

names = st.text(st.characters(codec="utf-8", categories=["L", "N", "P", "Zs", "M"]), max_size=30)


@pytest.mark.parametrize(
    ("typed", "written"),
    [
        ("karangtengah", "Karang Tengah"),
        ("KARANG  TENGAH", "Karangtengah"),
        ("puu", "Pu’u"),
        ("al ikhlas", "Al-Ikhlas"),
        ("assalam", "As-Salām"),
        ("taqwa", "Takwa"),
        ("jogjakarta", "Jogjakarta"),
        ("surabaia", "Surabaya"),
    ],
)
def test_a_name_is_found_however_it_is_written(typed: str, written: str) -> None:
    assert search_key(typed) == search_key(written)


@given(names, st.integers(0, 30), st.integers(0, 30))
def test_a_part_of_a_name_gives_a_part_of_its_key(name: str, start: int, length: int) -> None:
    assert search_key(name[start : start + length]) in search_key(name)


@given(names)
def test_keys_hold_only_letters_and_digits(name: str) -> None:
    assert re.fullmatch(r"[a-z0-9]*", search_key(name))
    assert re.fullmatch(r"[a-z0-9]*", sort_key(name))


@given(names)
def test_the_search_key_of_a_key_is_itself(name: str) -> None:
    assert search_key(search_key(name)) == search_key(name)


def test_different_numbers_stay_different() -> None:
    assert search_key("Lapas 11") != search_key("Lapas 1")


def test_each_word_is_sought_by_itself() -> None:
    assert search_words(" klinik — BNN  Malang ") == ("klinik", "bn", "malang")


def test_names_stand_in_the_order_a_reader_expects() -> None:
    listed = [
        "Desa 10",
        "Desa 2",
        "Desa",
        "Karang Zaitun",
        "Karangan",
        "Karang Anyar",
        "áir",
        "Zaman",
    ]
    assert sorted(listed, key=sort_key) == [
        "áir",
        "Desa",
        "Desa 2",
        "Desa 10",
        "Karang Anyar",
        "Karang Zaitun",
        "Karangan",
        "Zaman",
    ]
