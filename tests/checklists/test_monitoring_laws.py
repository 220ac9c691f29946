"""Laws of checklists that look at a part: they decide nothing that they cannot know."""

from dataclasses import replace

from hypothesis import assume, given
from hypothesis import strategies as st

from checklists.decision import Decision, Outcome, ReasonCode, decide
from checklists.derivation import Base, Derivation, Gives
from checklists.model import NOT_APPLICABLE, Critical
from tests.checklists.strategies import Situation, situations, steady

OF_THE_WHOLE = {
    ReasonCode.total_below,
    ReasonCode.aspect_below,
    ReasonCode.too_many_not_applicable,
    ReasonCode.nothing_judged,
}


def as_part(situation: Situation) -> Situation:
    derivation = Derivation(Base("utuh", "1", "sha256:0"), gives=Gives.monitoring)
    return replace(situation, checklist=replace(situation.checklist, derivation=derivation))


def decision_of(situation: Situation) -> Decision:
    return decide(situation.checklist, situation.tags, situation.choices, situation.facts)


def unmet_items(situation: Situation) -> set[str]:
    found = set()
    for item in situation.checklist.applicable(situation.tags):
        choice = situation.choices[item.id]
        if choice == NOT_APPLICABLE:
            found |= {item.id} if item.critical is Critical.hard else set()
        elif choice is not None and not situation.checklist.is_met(choice):
            found.add(item.id)
    return found


parts = situations().map(as_part)


@steady
@given(parts)
def test_it_never_decides(situation: Situation) -> None:
    assert decision_of(situation).outcome in {Outcome.monitored, Outcome.incomplete}


@steady
@given(parts)
def test_it_is_incomplete_if_and_only_if_something_asked_is_not_assessed(
    situation: Situation,
) -> None:
    asked = situation.checklist.applicable(situation.tags)
    missing = any(situation.choices[item.id] is None for item in asked)
    assert (decision_of(situation).outcome is Outcome.incomplete) == missing


@steady
@given(parts)
def test_every_unmet_item_is_named_once_and_counted(situation: Situation) -> None:
    decision = decision_of(situation)
    of_items = [
        reason.item
        for reason in decision.reasons
        if reason.item and reason.code is not ReasonCode.not_seen_on_site
    ]
    assert sorted(of_items) == sorted(unmet_items(situation))
    assert decision.unmet == len(of_items)


@steady
@given(parts)
def test_shares_of_a_part_are_held_against_no_threshold(situation: Situation) -> None:
    codes = {reason.code for reason in decision_of(situation).reasons}
    assert codes.isdisjoint(OF_THE_WHOLE)


@steady
@given(situations())
def test_what_is_certain_of_a_part_is_what_the_whole_says_of_it(situation: Situation) -> None:
    whole, part = decision_of(situation), decision_of(as_part(situation))
    certain = {ReasonCode.item_unmet, *OF_THE_WHOLE}
    assert [each for each in part.reasons if each.code not in certain] == [
        each for each in whole.reasons if each.code not in certain
    ]
    assert part.result == whole.result
    assert part.unmet == whole.unmet
    assert all(each.code is not ReasonCode.item_unmet for each in whole.reasons)


@steady
@given(parts, st.data())
def test_a_better_answer_never_adds_to_what_is_unmet(
    situation: Situation, data: st.DataObject
) -> None:
    codes = [choice.code for choice in situation.checklist.scale]
    item = data.draw(st.sampled_from(situation.checklist.items))
    before = situation.choices[item.id]
    assume(before is not None and before != NOT_APPLICABLE)
    better = data.draw(st.sampled_from(codes[codes.index(str(before)) :]))
    after = replace(situation, choices={**situation.choices, item.id: better})
    assert decision_of(after).unmet <= decision_of(situation).unmet


@steady
@given(situations(), st.data())
def test_a_checklist_that_asks_less_judges_exactly_what_it_asks(
    situation: Situation, data: st.DataObject
) -> None:
    names = [item.id for item in situation.checklist.items]
    asked = data.draw(st.frozensets(st.sampled_from(names)))
    limited = situation.checklist.limited_to(asked)
    choices = {item: situation.choices[item] for item in asked}
    decision = decide(limited, situation.tags, choices, situation.facts)
    assert set(decision.result.items) == {
        item.id for item in situation.checklist.applicable(situation.tags) if item.id in asked
    }
    assert {reason.item for reason in decision.reasons if reason.item} <= asked
