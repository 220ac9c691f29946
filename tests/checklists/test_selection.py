"""A selection takes items by what they are."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checklists.item import Critical, Method
from checklists.selection import (
    Having,
    NotTaken,
    Selection,
    TakenByAll,
    TakenByAny,
    Trait,
    parse_selection,
    selected,
    traits_of,
)
from tests.checklists.strategies import steady
from tests.instrument_fixture import ASPECTS, SECTIONS, TAGS, make_checklist

CHECKLIST = make_checklist(items=40)
VALUES = {
    Trait.method: list(Method),
    Trait.methods_within: list(Method),
    Trait.critical: list(Critical),
    Trait.aspect: list(ASPECTS),
    Trait.section: list(SECTIONS),
    Trait.tag: list(TAGS),
    Trait.item: [item.id for item in CHECKLIST.items],
}


@st.composite
def having(draw: st.DrawFn) -> Selection:
    trait = draw(st.sampled_from(Trait))
    values = draw(st.lists(st.sampled_from(VALUES[trait]), min_size=1, max_size=4, unique=True))
    return Having(trait, tuple(str(value) for value in values))


selections = st.recursive(
    having(),
    lambda inner: st.one_of(
        inner.map(NotTaken),
        st.lists(inner, min_size=1, max_size=3).map(lambda parts: TakenByAll(tuple(parts))),
        st.lists(inner, min_size=1, max_size=3).map(lambda parts: TakenByAny(tuple(parts))),
    ),
    max_leaves=6,
)


@steady
@given(selections)
def test_what_is_written_is_read_again_the_same(selection: Selection) -> None:
    assert parse_selection(selection.document()) == selection


@steady
@given(selections)
def test_it_takes_or_leaves_every_item_and_keeps_the_order(selection: Selection) -> None:
    taken = selected(selection, CHECKLIST.items)
    left = selected(NotTaken(selection), CHECKLIST.items)
    assert sorted([*taken, *left], key=CHECKLIST.items.index) == list(CHECKLIST.items)
    assert [item for item in CHECKLIST.items if item in taken] == list(taken)


@steady
@given(selections, selections)
def test_all_takes_what_both_take_and_any_what_either_takes(
    one: Selection, other: Selection
) -> None:
    first, second = set(selected(one, CHECKLIST.items)), set(selected(other, CHECKLIST.items))
    assert set(selected(TakenByAll((one, other)), CHECKLIST.items)) == first & second
    assert set(selected(TakenByAny((one, other)), CHECKLIST.items)) == first | second


def test_checked_in_a_way_differs_from_checked_in_no_other_way() -> None:
    some = selected(Having(Trait.method, ("D", "R")), CHECKLIST.items)
    only = selected(Having(Trait.methods_within, ("D", "R")), CHECKLIST.items)
    assert set(only) < set(some)
    assert {tuple(item.methods) for item in only} == {("D",), ("R",), ("D", "R")}


def test_a_tag_takes_items_whose_applicability_looks_at_it() -> None:
    taken = selected(Having(Trait.tag, ("ipwl",)), CHECKLIST.items)
    assert taken
    assert all("ipwl" in item.requirement.applies.tags() for item in taken)


def test_without_a_selection_everything_is_taken() -> None:
    assert selected(None, CHECKLIST.items) == CHECKLIST.items


def test_every_trait_of_an_item_is_known() -> None:
    assert set(traits_of(CHECKLIST.items[0])) == set(Trait)


@pytest.mark.parametrize(
    "document",
    [None, "D", [], {}, {"method": []}, {"method": "D"}, {"all": []}, {"any": [None]},
     {"not": None}, {"color": ["red"]}, {"method": ["D"], "tag": ["a"]}],
)  # fmt: skip
def test_anything_else_is_refused_with_a_sentence(document: object) -> None:
    with pytest.raises(ValueError, match="Pilihan butir tidak dapat dibaca"):
        parse_selection(document)
