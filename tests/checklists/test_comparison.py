"""What was compared adds up, nothing is compared by chance, and nothing is left out in silence."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checklists.comparison import Comparison, Judgement, Line, Side, Why, compare
from checklists.mapping import EditionName, ItemMapping
from checklists.scoring import Ratio
from standards.model import Text

OLD, NEW = EditionName("penuh", "2025.1"), EditionName("penuh", "2026.1")
SOURCE = Text("Rapat padanan", "Meeting")


def judged(choice: str | None, aspect: str = "layanan", weight: int = 1) -> Judgement:
    if choice == "TB":
        return Judgement(choice, Ratio(Fraction(0), Fraction(0)), aspect)
    points = int(choice) if choice else 0
    return Judgement(choice, Ratio(Fraction(points * weight), Fraction(2 * weight)), aspect)


def side(choices: dict[str, str | None], edition: EditionName = NEW, full: str = "") -> Side:
    items = {
        item: judged(choice, "hasil" if item.startswith("H") else "layanan")
        for item, choice in choices.items()
    }
    return Side(full or edition.edition, edition, items)


def mapping(items: dict[str, str], old: EditionName = OLD, new: EditionName = NEW) -> ItemMapping:
    return ItemMapping(old, new, SOURCE, items)


def told(lines: tuple[Line, ...]) -> list[tuple[str, tuple[Why | None, ...]]]:
    return [(line.item, line.gaps) for line in lines]


ITEMS = [f"{letter}-{number:02}" for letter in "FGH" for number in range(1, 5)]
choices = st.dictionaries(
    st.sampled_from(ITEMS), st.sampled_from(["0", "1", "2", "TB", None]), max_size=12
)
sides = st.lists(choices.map(side), min_size=2, max_size=4)


@given(sides)
def test_every_item_of_every_side_is_told_once(given_: list[Side]) -> None:
    found = compare(given_)
    lines = [*found.changed, *found.same, *found.gaps]
    assert sorted(line.item for line in lines) == sorted(
        {each for one in given_ for each in one.items}
    )
    assert found.compared == len(found.changed) + len(found.same)
    assert all(line.comparable for line in (*found.changed, *found.same))
    assert all(any(line.gaps) for line in found.gaps)


@given(sides)
def test_figures_are_sums_over_the_items_that_are_compared(given_: list[Side]) -> None:
    found = compare(given_)
    lines = [*found.changed, *found.same]
    for at, one in enumerate(given_):
        assert found.total.ratios[at].n == sum(one.items[line.item].ratio.n for line in lines)
        assert found.total.ratios[at].d == sum(one.items[line.item].ratio.d for line in lines)
        parts = [figures.ratios[at] for figures in found.aspects.values()]
        assert found.total.ratios[at].n == sum(part.n for part in parts)
    if lines:  # the same items on all sides: the same points within reach
        assert len({ratio.d for ratio in found.total.ratios}) == 1


@given(choices.map(side), choices.map(side))
def test_the_other_way_round_every_change_has_the_other_sign(one: Side, other: Side) -> None:
    there, back = compare([one, other]), compare([other, one])
    assert {line.item: line.change for line in there.changed} == {
        line.item: -line.change for line in back.changed
    }
    assert {line.item for line in there.gaps} == {line.item for line in back.gaps}
    if there.total.change is not None and back.total.change is not None:
        assert there.total.change == -back.total.change


@given(choices.map(side))
def test_nothing_changed_where_nothing_changed(one: Side) -> None:
    found = compare([one, one])
    assert not found.changed
    assert not found.total.change


@given(sides)
def test_the_biggest_changes_come_first(given_: list[Side]) -> None:
    sizes = [abs(line.change) for line in compare(given_).changed]
    assert sizes == sorted(sizes, reverse=True)


def test_a_fall_stands_before_a_rise_of_the_same_size() -> None:
    found = compare([side({"F-01": "0", "F-02": "2"}), side({"F-01": "2", "F-02": "0"})])
    assert [(line.item, line.change) for line in found.changed] == [("F-02", -1), ("F-01", 1)]


def test_what_says_nothing_is_not_compared_and_says_why() -> None:
    first = side({"F-01": "TB", "F-02": None, "F-03": "2", "F-04": "1"})
    last = side({"F-01": "2", "F-02": "2", "F-04": "2", "G-01": "0"})
    found = compare([first, last])
    assert [line.item for line in found.changed] == ["F-04"]
    assert told(found.gaps) == [
        ("F-01", (Why.not_applicable, None)),
        ("F-02", (Why.not_assessed, None)),
        ("G-01", (Why.not_asked, None)),
        ("F-03", (None, Why.not_asked)),
    ]
    assert found.total.ratios == (Ratio(Fraction(1), Fraction(2)), Ratio(Fraction(2), Fraction(2)))


def test_checklists_of_one_family_are_compared_by_their_items() -> None:
    own = side({"F-01": "2"}, EditionName("mandiri", "2026.1"), full="base")
    team = side({"F-01": "1"}, NEW, full="base")
    assert [line.change for line in compare([own, team]).changed] == [Fraction(-1, 2)]


def test_editions_are_not_compared_by_ids_that_happen_to_be_the_same() -> None:
    found = compare([side({"F-01": "0"}, OLD), side({"F-01": "2"}, NEW)])
    assert found.apart == (0,)
    assert found.compared == 0
    assert not found.gaps


def test_editions_are_compared_by_an_explicit_mapping() -> None:
    old = side({"F-01": "0", "F-09": "2"}, OLD)
    new = side({"F-01": "2", "G-01": "1"}, NEW)
    found = compare([old, new], [mapping({"F-01": "G-01"})])
    assert [(line.item, line.change) for line in found.changed] == [("G-01", Fraction(1, 2))]
    assert [(line.item, line.edition, line.gaps) for line in found.gaps] == [
        ("F-01", None, (Why.no_counterpart, None)),
        ("F-09", OLD, (None, Why.no_counterpart)),
    ]
    assert [each.source for each in found.mappings] == [SOURCE]


def test_a_mapping_is_for_its_own_two_editions_and_one_direction() -> None:
    old, new = side({"F-01": "0"}, OLD), side({"F-01": "2"}, NEW)
    assert compare([new, old], [mapping({"F-01": "F-01"})]).apart == (0,)
    elsewhere = mapping({"F-01": "F-01"}, old=EditionName("lain", "2025.1"))
    assert compare([old, new], [elsewhere]).apart == (0,)


def test_several_old_sides_share_one_mapping() -> None:
    sides = [side({"F-01": "0"}, OLD), side({"F-01": "1"}, OLD), side({"G-01": "2"}, NEW)]
    found: Comparison = compare(sides, [mapping({"F-01": "G-01"})])
    assert [each.choice for each in found.changed[0].sides if each] == ["0", "1", "2"]
    assert len(found.mappings) == 1


def test_a_side_that_stands_apart_leaves_the_others_compared() -> None:
    other = side({"X-01": "2"}, EditionName("ibm", "2026.1"), full="ibm")
    found = compare([side({"F-01": "0"}), other, side({"F-01": "2"})])
    assert found.apart == (1,)
    assert [len(line.sides) for line in found.changed] == [2]


def test_one_side_is_no_comparison() -> None:
    with pytest.raises(ValueError, match="two sides"):
        compare([side({"F-01": "2"})])
