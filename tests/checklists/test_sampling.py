"""The rule for record samples, row by row."""

from dataclasses import replace

import pytest

from checklists.sampling import draw_sample, sample_size, sampled_choice
from tests.instrument_fixture import make_checklist

CHECKLIST = make_checklist(items=1)


@pytest.mark.parametrize(
    ("register", "drawn"),
    [(0, 0), (1, 1), (4, 4), (5, 5), (6, 5), (30, 5), (31, 10), (1000, 10)],
)
def test_the_size_of_the_sample(register: int, drawn: int) -> None:
    assert sample_size(CHECKLIST, register) == drawn


@pytest.mark.parametrize(
    ("drawn", "hits", "choice"),
    [
        (5, 5, "2"),
        (5, 4, "2"),
        (5, 3, "1"),
        (5, 2, "0"),
        (5, 0, "0"),
        (10, 8, "2"),
        (10, 7, "1"),
        (10, 5, "1"),
        (10, 4, "0"),
        (1, 1, "2"),
        (1, 0, "0"),
        (2, 1, "1"),
        (3, 2, "1"),
    ],
)
def test_the_choice_for_the_hits(drawn: int, hits: int, choice: str) -> None:
    assert sampled_choice(CHECKLIST, drawn, hits) == choice


def test_more_hits_never_give_a_lower_choice() -> None:
    for drawn in range(1, 40):
        given = [sampled_choice(CHECKLIST, drawn, hits) for hits in range(drawn + 1)]
        assert given == sorted(given)


def test_a_sample_is_never_larger_than_its_register() -> None:
    assert all(0 <= sample_size(CHECKLIST, length) <= length for length in range(200))


@pytest.mark.parametrize(("register", "drawn"), [(5, 5), (6, 6), (7, 7), (8, 7), (30, 7), (31, 12)])
def test_another_rule_gives_another_size(register: int, drawn: int) -> None:
    rule = replace(CHECKLIST.sample, middle_draw=7, above_draw=12)
    assert sample_size(replace(CHECKLIST, sample=rule), register) == drawn


def test_the_last_register_that_is_drawn_whole_is_drawn_whole() -> None:
    rule = replace(CHECKLIST.sample, middle_draw=2)
    sizes = [sample_size(replace(CHECKLIST, sample=rule), length) for length in (4, 5, 6)]
    assert sizes == [4, 5, 2]


def test_a_negative_register_is_refused() -> None:
    with pytest.raises(ValueError, match="tidak boleh kurang dari nol"):
        sample_size(CHECKLIST, -1)


def test_an_empty_sample_is_refused() -> None:
    with pytest.raises(ValueError, match="paling sedikit satu berkas"):
        sampled_choice(CHECKLIST, 0, 0)


@pytest.mark.parametrize("hits", [-1, 6])
def test_impossible_hits_are_refused(hits: int) -> None:
    with pytest.raises(ValueError, match="harus antara 0 dan"):
        sampled_choice(CHECKLIST, 5, hits)


def test_the_draw_has_the_size_of_the_rule_over_all_lists() -> None:
    drawn = draw_sample(CHECKLIST, "0" * 32, {"active": 9, "discharged": 3})
    assert [len(each.positions) for each in drawn] == [4, 1]
    whole = draw_sample(CHECKLIST, "0" * 32, {"active": 2, "discharged": 3})
    assert [each.positions for each in whole] == [(1, 2), (1, 2, 3)]
