"""Laws of what takes turns, whatever the checklist, the auditee and the year are."""

from collections import Counter
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checklists.derivation import Rotation
from checklists.item import Item
from checklists.library import load_all
from checklists.model import Checklist
from checklists.rotation import asked_in
from checklists.selection import Having, Trait
from tests.checklists.strategies import checklists, steady, tag_sets

ALWAYS = Having(Trait.critical, ("hard", "soft"))
auditees = st.text(min_size=1, max_size=30)
years = st.integers(2020, 2100)
rotations = st.integers(2, 6).map(lambda parts: Rotation(parts, ALWAYS))


def turns(
    rotation: Rotation, checklist: Checklist, auditee: str, year: int
) -> list[tuple[Item, ...]]:
    """What takes turns, in each year of a round."""
    return [
        tuple(
            item
            for item in asked_in(rotation, checklist.items, auditee=auditee, year=year + each)
            if not rotation.always.takes(item)
        )
        for each in range(rotation.parts)
    ]


@steady
@given(rotations, checklists(), auditees, years)
def test_in_a_round_everything_is_asked_and_what_takes_turns_once(
    rotation: Rotation, checklist: Checklist, auditee: str, year: int
) -> None:
    asked = Counter(
        item.id
        for each in range(rotation.parts)
        for item in asked_in(rotation, checklist.items, auditee=auditee, year=year + each)
    )
    for item in checklist.items:
        assert asked[item.id] == (rotation.parts if rotation.always.takes(item) else 1)


@steady
@given(rotations, checklists(), auditees, years)
def test_the_parts_differ_by_at_most_one_item_in_all_and_in_each_section(
    rotation: Rotation, checklist: Checklist, auditee: str, year: int
) -> None:
    parts = turns(rotation, checklist, auditee, year)
    sections = {item.section.id for item in checklist.items}
    for one, other in combinations(parts, 2):
        assert abs(len(one) - len(other)) <= 1
        for section in sections:
            counts = [sum(item.section.id == section for item in part) for part in (one, other)]
            assert abs(counts[0] - counts[1]) <= 1


@steady
@given(rotations, checklists(), auditees, years, tag_sets)
def test_for_an_auditee_they_differ_by_at_most_one_item_a_group_of_equal_applicability(
    rotation: Rotation,
    checklist: Checklist,
    auditee: str,
    year: int,
    tags: frozenset[str],
) -> None:
    for section in {item.section.id for item in checklist.items}:
        sizes = [
            sum(item.section.id == section and item.applies(tags) for item in part)
            for part in turns(rotation, checklist, auditee, year)
        ]
        groups = {
            str(item.requirement.applies.document())
            for item in checklist.items
            if item.section.id == section and item.applies(tags)
        }
        assert max(sizes) - min(sizes) <= len(groups)


@steady
@given(rotations, checklists(), auditees, years)
def test_the_same_question_has_the_same_answer_and_comes_again_after_a_round(
    rotation: Rotation, checklist: Checklist, auditee: str, year: int
) -> None:
    first = asked_in(rotation, checklist.items, auditee=auditee, year=year)
    assert first == asked_in(rotation, checklist.items, auditee=auditee, year=year)
    later = asked_in(rotation, checklist.items, auditee=auditee, year=year + rotation.parts)
    assert first == later
    assert list(first) == [item for item in checklist.items if item in first]


def test_auditees_do_not_all_begin_with_the_same_part() -> None:
    checklist = load_all()[0].checklists["ibm-unit-pantau"]
    rotation = Rotation(3, ALWAYS)
    begun = Counter(
        asked_in(rotation, checklist.items, auditee=f"unit-{number}", year=2026)
        for number in range(300)
    )
    assert len(begun) == 3
    assert min(begun.values()) > 60


@pytest.mark.parametrize("name", ["sni-8807-2022-berkala", "ibm-unit-pantau"])
def test_the_packaged_monitoring_asks_about_a_third_and_all_that_is_critical(name: str) -> None:
    checklist = load_all()[0].checklists[name]
    assert checklist.derivation is not None
    rotation = checklist.derivation.rotation
    assert rotation is not None
    always = [item for item in checklist.items if rotation.always.takes(item)]
    third = (len(checklist.items) - len(always)) / 3
    for year in (2026, 2027, 2028):
        asked = asked_in(rotation, checklist.items, auditee="sama", year=year)
        assert set(always) <= set(asked)
        assert abs(len(asked) - len(always) - third) < 1


def test_the_part_of_a_known_auditee_is_pinned() -> None:
    """Another way of counting would make an item wait longer than a round."""
    checklist = load_all()[0].checklists["ibm-unit-pantau"]
    assert checklist.derivation is not None
    assert checklist.derivation.rotation is not None
    asked = asked_in(checklist.derivation.rotation, checklist.items, auditee="contoh", year=2026)
    assert [item.id for item in asked[:6]] == [
        "IBM-A2",
        "IBM-A5",
        "IBM-A8",
        "IBM-A11",
        "IBM-A12",
        "IBM-B3",
    ]
