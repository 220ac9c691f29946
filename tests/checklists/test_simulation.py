"""Sealed answers under another edition: the same edition changes nothing, nothing is assumed."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given

from checklists.decision import decide
from checklists.model import Critical
from checklists.simulation import SealedAnswers, rejudge, voided
from tests.checklists.strategies import Situation, situations, steady
from tests.instrument_fixture import all_choices, make_checklist, make_text

CHECKLIST = make_checklist(items=24)
FIRST = CHECKLIST.items[0]


def sealed_of(situation: Situation) -> SealedAnswers:
    decision = decide(situation.checklist, situation.tags, situation.choices, situation.facts)
    return SealedAnswers(
        situation.tags,
        situation.choices,
        situation.facts,
        decision.outcome,
        decision.result.total,
    )


def all_met() -> SealedAnswers:
    tags = frozenset()
    situation = Situation(
        CHECKLIST, tags, all_choices(CHECKLIST, CHECKLIST.scale[-1].code), _everywhere()
    )
    return sealed_of(situation)


def _everywhere():
    from checklists.decision import Facts

    return Facts(seen_on_site=frozenset(item.id for item in CHECKLIST.items))


@steady
@given(situations())
def test_the_same_edition_changes_nothing(situation: Situation) -> None:
    sealed = sealed_of(situation)
    again = rejudge(situation.checklist, sealed, voided(situation.checklist, situation.checklist))
    assert (again.outcome, again.total) == (sealed.outcome, sealed.total)
    assert again.incompatible == ()


def test_a_weight_changes_the_score_and_no_answer() -> None:
    sealed = all_met()
    choices = {**sealed.choices, FIRST.id: CHECKLIST.scale[0].code}
    items = (replace(FIRST, weight=500, critical=Critical.no), *CHECKLIST.items[1:])
    after = replace(CHECKLIST, items=items)
    found = rejudge(after, replace(sealed, choices=choices), voided(CHECKLIST, after))
    assert found.incompatible == ()
    assert found.total.share != sealed.total.share


def test_what_was_reworded_or_removed_is_named() -> None:
    sealed = all_met()
    reworded = replace(
        FIRST, requirement=replace(FIRST.requirement, text=make_text("Sesuatu yang lain"))
    )
    after = replace(CHECKLIST, items=(reworded, *CHECKLIST.items[2:]))
    found = rejudge(after, sealed, voided(CHECKLIST, after))
    assert set(found.incompatible) == {FIRST.id, CHECKLIST.items[1].id}


def test_what_nobody_answered_is_named_and_not_assumed() -> None:
    sealed = all_met()
    before = replace(CHECKLIST, items=CHECKLIST.items[1:])
    choices = {item: choice for item, choice in sealed.choices.items() if item != FIRST.id}
    found = rejudge(CHECKLIST, replace(sealed, choices=choices), voided(before, CHECKLIST))
    assert FIRST.id in found.unanswered or not FIRST.applies(sealed.tags)
    assert found.outcome.value == "belum_lengkap"


def test_a_choice_that_the_scale_no_longer_has_is_named() -> None:
    sealed = all_met()
    scale = tuple(
        replace(each, code="9") if each is CHECKLIST.scale[-1] else each for each in CHECKLIST.scale
    )
    after = replace(CHECKLIST, scale=scale, met_from="9")
    found = rejudge(after, sealed, voided(CHECKLIST, after))
    assert set(found.incompatible) == set(sealed.choices)
