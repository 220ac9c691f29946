"""Laws that every decision obeys, whatever the checklist, the answers and the facts are."""

from dataclasses import replace

from hypothesis import assume, given
from hypothesis import strategies as st

from checklists.decision import Decision, Facts, Outcome, Reason, ReasonCode, decide
from checklists.model import NOT_APPLICABLE, Critical, Item
from tests.checklists.strategies import Situation, situations, steady

FROM_WORST = list(reversed(Outcome))
OF_THRESHOLDS = {
    ReasonCode.total_below,
    ReasonCode.aspect_below,
    ReasonCode.too_many_not_applicable,
    ReasonCode.nothing_judged,
}


def decision_of(situation: Situation) -> Decision:
    return decide(situation.checklist, situation.tags, situation.choices, situation.facts)


def height(outcome: Outcome) -> int:
    return FROM_WORST.index(outcome)


def asked(situation: Situation) -> tuple[Item, ...]:
    return situation.checklist.applicable(situation.tags)


def is_mended_by(reason: Reason, item: Item, choice: str | None) -> bool:
    """Tell whether mending the reason means a best answer on this item."""
    match reason.code:
        case ReasonCode.not_assessed:
            return choice is None and item.aspect.id == reason.aspect
        case ReasonCode.too_many_not_applicable | ReasonCode.nothing_judged:
            return choice == NOT_APPLICABLE
        case ReasonCode.total_below:
            return choice not in {None, NOT_APPLICABLE}
        case ReasonCode.aspect_below:
            return choice not in {None, NOT_APPLICABLE} and item.aspect.id == reason.aspect
        case ReasonCode.not_seen_on_site | ReasonCode.open_major_finding:
            return False
        case _:
            return item.id == reason.item


def mended(situation: Situation, reasons: tuple[Reason, ...]) -> Situation:
    """Mend what the reasons name, and nothing else."""
    best = situation.checklist.scale[-1].code
    choices = {
        item.id: best
        for item in asked(situation)
        if any(is_mended_by(reason, item, situation.choices[item.id]) for reason in reasons)
    }
    closed = {reason.values.get("finding") for reason in reasons}
    seen = {
        reason.item
        for reason in reasons
        if reason.code is ReasonCode.not_seen_on_site and reason.item
    }
    facts = Facts(
        seen_on_site=situation.facts.seen_on_site | seen,
        open_major_findings=tuple(
            each for each in situation.facts.open_major_findings if each not in closed
        ),
    )
    return replace(situation, choices={**situation.choices, **choices}, facts=facts)


@steady
@given(situations())
def test_it_is_incomplete_if_and_only_if_something_asked_is_not_assessed(
    situation: Situation,
) -> None:
    missing = any(situation.choices[item.id] is None for item in asked(situation))
    assert (decision_of(situation).outcome is Outcome.incomplete) == missing


@steady
@given(situations(assessed=True))
def test_nothing_stands_above_an_unmet_hard_critical_item(situation: Situation) -> None:
    hard = [item for item in asked(situation) if item.critical is Critical.hard]
    unmet = [
        item.id
        for item in hard
        if situation.choices[item.id] == NOT_APPLICABLE
        or not situation.checklist.is_met(str(situation.choices[item.id]))
    ]
    assume(unmet)
    decision = decision_of(situation)
    assert decision.outcome is Outcome.not_compliant
    assert set(unmet) <= {reason.item for reason in decision.reasons}


@steady
@given(situations())
def test_mending_every_reason_and_nothing_else_lifts_the_outcome(situation: Situation) -> None:
    before = decision_of(situation)
    assume(before.result.applicable and before.reasons)
    after = decision_of(mended(situation, before.reasons))
    assert height(after.outcome) > height(before.outcome)


@steady
@given(situations(assessed=True))
def test_mending_every_reason_of_a_complete_assessment_makes_it_compliant(
    situation: Situation,
) -> None:
    decision = decision_of(situation)
    # Who mends "not applicable" answers has new critical items to see on site.
    waved = {ReasonCode.too_many_not_applicable, ReasonCode.nothing_judged}
    assume(decision.result.applicable)
    assume(waved.isdisjoint(reason.code for reason in decision.reasons))
    assert decision_of(mended(situation, decision.reasons)).outcome is Outcome.compliant


@steady
@given(situations(), st.data())
def test_a_reason_left_alone_still_holds_the_outcome_down(
    situation: Situation, data: st.DataObject
) -> None:
    reasons = decision_of(situation).reasons
    own = [reason for reason in reasons if reason.code not in OF_THRESHOLDS]
    assume(own)
    left = data.draw(st.sampled_from(own))
    rest = tuple(
        reason
        for reason in reasons
        if reason != left and (reason.item, reason.code) != (left.item, ReasonCode.total_below)
        if reason.code not in OF_THRESHOLDS
    )
    after = decision_of(mended(situation, rest))
    assert left in after.reasons
    assert height(after.outcome) <= height(left.leads_to)


@steady
@given(situations())
def test_without_reasons_it_is_compliant_and_only_then(situation: Situation) -> None:
    decision = decision_of(situation)
    assert (decision.outcome is Outcome.compliant) == (not decision.reasons)
    assert all(height(decision.outcome) <= height(each.leads_to) for each in decision.reasons)


@steady
@given(situations())
def test_no_reason_is_named_twice(situation: Situation) -> None:
    named = [
        (each.code, each.item, each.aspect, str(each.values))
        for each in decision_of(situation).reasons
    ]
    assert len(named) == len(set(named))


@steady
@given(situations(any_rules=False), st.data())
def test_a_better_answer_never_lowers_the_outcome(
    situation: Situation, data: st.DataObject
) -> None:
    codes = [choice.code for choice in situation.checklist.scale]
    item = data.draw(st.sampled_from(situation.checklist.items))
    before = situation.choices[item.id]
    assume(before != NOT_APPLICABLE)
    better = data.draw(st.sampled_from(codes if before is None else codes[codes.index(before) :]))
    after = replace(situation, choices={**situation.choices, item.id: better})
    assert height(decision_of(after).outcome) >= height(decision_of(situation).outcome)


@steady
@given(situations())
def test_more_seen_on_site_never_lowers_the_outcome(situation: Situation) -> None:
    everywhere = frozenset(item.id for item in situation.checklist.items)
    after = replace(situation, facts=replace(situation.facts, seen_on_site=everywhere))
    assert height(decision_of(after).outcome) >= height(decision_of(situation).outcome)
