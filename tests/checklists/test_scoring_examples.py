"""Scoring by worked examples; the laws are in test_scoring_laws."""

from fractions import Fraction

import pytest

from checklists.scoring import Ratio, score
from tests.instrument_fixture import all_choices, make_checklist

CHECKLIST = make_checklist(items=16)
EVERY_TAG = frozenset({"rawat-inap", "medis"})


def test_an_item_counts_its_weight_times_its_points() -> None:
    # A-002 has weight 2; the scale ends at 2 points.
    result = score(CHECKLIST, EVERY_TAG, {"A-002": "1"})
    assert result.items["A-002"] == Ratio(Fraction(2), Fraction(4))


def test_not_applicable_leaves_the_denominator_and_not_assessed_stays() -> None:
    result = score(CHECKLIST, EVERY_TAG, {"A-001": "TB", "A-002": None})
    assert result.items["A-001"] == Ratio(Fraction(0), Fraction(0))
    assert result.items["A-002"] == Ratio(Fraction(0), Fraction(4))
    assert (result.applicable, result.scored) == (16, 0)
    assert (result.not_applicable, result.not_assessed) == (1, 15)


def test_the_tree_is_added_up_by_numerator_and_denominator() -> None:
    result = score(CHECKLIST, EVERY_TAG, {"A-001": "2", "A-002": "1", "B-003": "2"})
    assert result.sections["A"] == Ratio(Fraction(4), Fraction(6))
    assert result.sections["B"] == Ratio(Fraction(6), Fraction(8))
    assert result.aspects["kelembagaan"] == Ratio(Fraction(10), Fraction(14))
    assert result.total.share == Fraction(10, result.total.d)


def test_items_that_do_not_apply_are_ignored() -> None:
    everybody = score(CHECKLIST, frozenset(), all_choices(CHECKLIST, "2"))
    assert "B-004" not in everybody.items  # asks for rawat-inap
    assert everybody.total.share == 1
    assert everybody.applicable == 12


def test_every_aspect_and_section_is_named_even_without_items() -> None:
    result = score(make_checklist(items=1), frozenset(), {})
    assert list(result.aspects) == ["kelembagaan", "sumber-daya", "layanan", "hasil"]
    assert list(result.sections) == list("ABCDEFGH")
    assert result.aspects["hasil"].share is None


def test_an_unknown_item_is_refused() -> None:
    with pytest.raises(ValueError, match="Butir Z-999 tidak ada"):
        score(CHECKLIST, EVERY_TAG, {"Z-999": "2"})


@pytest.mark.parametrize("choice", ["3", "", "tb", "BD", "2 "])
def test_an_unknown_choice_is_refused(choice: str) -> None:
    with pytest.raises(ValueError, match="tidak ada dalam skala"):
        score(CHECKLIST, EVERY_TAG, {"A-001": choice})


def test_the_document_writes_fractions_as_text() -> None:
    document = score(CHECKLIST, EVERY_TAG, all_choices(CHECKLIST, "2")).document()
    assert document["total"] == {"n": "62/1", "d": "62/1"}
