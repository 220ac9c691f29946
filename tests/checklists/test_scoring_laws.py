"""Laws that every score obeys, whatever the checklist and the answers are."""

from dataclasses import replace
from fractions import Fraction

from hypothesis import assume, given
from hypothesis import strategies as st

from checklists.model import NOT_APPLICABLE
from checklists.scoring import NOTHING, Ratio, Result, score
from tests.checklists.strategies import Situation, situations, steady


def result_of(situation: Situation) -> Result:
    return score(situation.checklist, situation.tags, situation.choices)


def every_ratio(result: Result) -> list[Ratio]:
    return [
        result.total,
        *result.aspects.values(),
        *result.sections.values(),
        *result.items.values(),
    ]


def shares(result: Result) -> list[Fraction | None]:
    return [ratio.share for ratio in every_ratio(result)]


def total_of(ratios: list[Ratio]) -> Ratio:
    return sum(ratios, start=NOTHING)


@steady
@given(situations())
def test_every_score_lies_between_nothing_and_all(situation: Situation) -> None:
    assert all(0 <= ratio.n <= ratio.d for ratio in every_ratio(result_of(situation)))


@steady
@given(situations(), st.data())
def test_a_better_answer_never_lowers_anything(situation: Situation, data: st.DataObject) -> None:
    checklist = situation.checklist
    item = data.draw(st.sampled_from(checklist.items))
    before = situation.choices[item.id]
    assume(before != NOT_APPLICABLE)
    codes = [choice.code for choice in checklist.scale]
    better = data.draw(st.sampled_from(codes if before is None else codes[codes.index(before) :]))
    old = result_of(situation)
    new = score(checklist, situation.tags, {**situation.choices, item.id: better})
    assert all(
        one.n <= other.n and one.d == other.d
        for one, other in zip(every_ratio(old), every_ratio(new), strict=True)
    )


@steady
@given(situations(), st.randoms())
def test_the_order_of_items_and_answers_does_not_matter(situation: Situation, random) -> None:  # type: ignore[no-untyped-def]
    answers = list(situation.choices.items())
    items = list(situation.checklist.items)
    random.shuffle(answers)
    random.shuffle(items)
    shuffled = replace(situation.checklist, items=tuple(items))
    assert score(shuffled, situation.tags, dict(answers)) == result_of(situation)


@steady
@given(situations(), st.integers(2, 50))
def test_weights_mean_only_their_proportion(situation: Situation, factor: int) -> None:
    heavier = replace(
        situation.checklist,
        items=tuple(
            replace(item, weight=item.weight * factor) for item in situation.checklist.items
        ),
    )
    assert shares(score(heavier, situation.tags, situation.choices)) == shares(result_of(situation))


@steady
@given(situations(), st.data())
def test_not_applicable_is_as_if_the_item_were_not_there(
    situation: Situation, data: st.DataObject
) -> None:
    checklist = situation.checklist
    item = data.draw(st.sampled_from(checklist.items))
    waved = score(checklist, situation.tags, {**situation.choices, item.id: NOT_APPLICABLE})
    without = replace(checklist, items=tuple(each for each in checklist.items if each != item))
    others = {name: choice for name, choice in situation.choices.items() if name != item.id}
    absent = score(without, situation.tags, others)
    assert (waved.total, waved.aspects, waved.sections) == (
        absent.total,
        absent.aspects,
        absent.sections,
    )


@steady
@given(situations())
def test_every_level_is_the_sum_of_the_one_below(situation: Situation) -> None:
    result = result_of(situation)
    assert result.total == total_of(list(result.aspects.values()))
    assert result.total == total_of(list(result.sections.values()))
    assert result.total == total_of(list(result.items.values()))
    for aspect in situation.checklist.standard.aspects:
        inside = [
            result.sections[section.id]
            for section in situation.checklist.standard.sections
            if section.aspect == aspect.id
        ]
        assert result.aspects[aspect.id] == total_of(inside)


@steady
@given(situations())
def test_what_is_not_assessed_counts_nothing_of_all(situation: Situation) -> None:
    result = result_of(situation)
    missing = [name for name in result.items if situation.choices[name] is None]
    assert all(result.items[name].n == 0 < result.items[name].d for name in missing)
    assert result.not_assessed == len(missing)


@steady
@given(situations())
def test_the_counts_add_up(situation: Situation) -> None:
    result = result_of(situation)
    assert result.applicable == len(result.items)
    assert result.applicable == result.scored + result.not_applicable + result.not_assessed


@steady
@given(situations(), st.data())
def test_answers_on_items_that_do_not_apply_change_nothing(
    situation: Situation, data: st.DataObject
) -> None:
    asked = {item.id for item in situation.checklist.applicable(situation.tags)}
    elsewhere = [item.id for item in situation.checklist.items if item.id not in asked]
    assume(elsewhere)
    other = dict.fromkeys(elsewhere, data.draw(st.sampled_from(["0", "1", NOT_APPLICABLE, None])))
    assert score(situation.checklist, situation.tags, {**situation.choices, **other}) == result_of(
        situation
    )
