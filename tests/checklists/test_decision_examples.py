"""Decisions by worked examples: one cause at a time. The laws are in test_decision_laws."""

from collections.abc import Mapping
from dataclasses import replace
from fractions import Fraction

import pytest

from checklists.decision import Decision, Facts, Outcome, Reason, ReasonCode, decide
from checklists.model import (
    Checklist,
    Critical,
    FindingCause,
    FindingClass,
    FindingRule,
    Item,
    Method,
)
from standards.canonical import canonical_json
from tests.instrument_fixture import all_choices, make_checklist

TAGS = frozenset({"rawat-inap", "medis"})
PLAIN = {"critical": Critical.no, "methods": (Method.D,), "weight": 1}


def plain(items: int = 32, *, special: Mapping[int, dict[str, object]] | None = None) -> Checklist:
    """Take a checklist of plain items, but for the special ones."""
    checklist = make_checklist(items=items)
    made: list[Item] = []
    for number, item in enumerate(checklist.items):
        changes: dict[str, object] = {**PLAIN, **(special or {}).get(number, {})}
        made.append(replace(item, **changes))  # type: ignore[arg-type]
    return replace(checklist, items=tuple(made))


def decided(
    checklist: Checklist, changed: Mapping[str, str | None], facts: Facts | None = None
) -> Decision:
    return decide(checklist, TAGS, {**all_choices(checklist, "2"), **changed}, facts or Facts())


def test_all_met_is_compliant_without_a_reason() -> None:
    decision = decided(plain(), {})
    assert (decision.outcome, decision.reasons) == (Outcome.compliant, ())
    assert decision.result.total.share == 1


def test_not_assessed_items_are_counted_per_aspect() -> None:
    decision = decided(plain(), {"A-001": None, "B-005": None, "H-032": None})
    assert decision.outcome is Outcome.incomplete
    assert decision.reasons == (
        Reason(ReasonCode.not_assessed, aspect="kelembagaan", values={"count": "2"}),
        Reason(ReasonCode.not_assessed, aspect="hasil", values={"count": "1"}),
    )


def test_while_something_is_not_assessed_totals_are_no_cause_but_certain_causes_are() -> None:
    checklist = plain(special={1: {"critical": Critical.hard}})
    nothing: dict[str, str | None] = all_choices(checklist, None)
    decision = decided(checklist, {**nothing, "A-002": "1"}, Facts(open_major_findings=("T-1",)))
    assert decision.outcome is Outcome.incomplete
    assert [reason.code for reason in decision.reasons] == [
        *[ReasonCode.not_assessed] * 4,
        ReasonCode.hard_critical_unmet,
        ReasonCode.open_major_finding,
    ]


def test_a_hard_critical_item_decides_whatever_the_sum_is() -> None:
    checklist = plain(special={0: {"critical": Critical.hard}})
    decision = decided(checklist, {"A-001": "1"})
    assert decision.outcome is Outcome.not_compliant
    assert decision.reasons == (
        Reason(
            ReasonCode.hard_critical_unmet,
            item="A-001",
            aspect="kelembagaan",
            values={"choice": "1"},
        ),
    )


def test_a_hard_critical_item_cannot_be_waved_through_as_not_applicable() -> None:
    checklist = plain(special={0: {"critical": Critical.hard}})
    decision = decided(checklist, {"A-001": "TB"})
    assert decision.outcome is Outcome.not_compliant
    assert decision.reasons == (
        Reason(ReasonCode.hard_critical_not_applicable, item="A-001", aspect="kelembagaan"),
    )


def test_a_hard_critical_item_that_does_not_apply_decides_nothing() -> None:
    checklist = plain(special={3: {"critical": Critical.hard}})  # asks for rawat-inap
    choices = {**all_choices(checklist, "2"), "A-004": "0"}
    assert decide(checklist, frozenset(), choices, Facts()).outcome is Outcome.compliant


def test_every_open_major_finding_is_named() -> None:
    decision = decided(plain(), {}, Facts(open_major_findings=("TMN-1", "TMN-2")))
    assert decision.outcome is Outcome.not_compliant
    assert [reason.values["finding"] for reason in decision.reasons] == ["TMN-1", "TMN-2"]


def test_an_aspect_below_its_threshold_is_named_though_the_total_is_reached() -> None:
    checklist = plain()
    low = dict.fromkeys([f"G-0{number}" for number in (25, 26, 27, 28)], "0")
    decision = decided(checklist, {**low, "H-029": "1"})
    below = [reason for reason in decision.reasons if reason.code is ReasonCode.aspect_below]
    assert decision.outcome is Outcome.not_compliant
    assert decision.result.total.share == Fraction(55, 64)
    assert below == [
        Reason(
            ReasonCode.aspect_below,
            aspect="hasil",
            values={"n": "7", "d": "16", "share": "7/16", "threshold": "3/5"},
        )
    ]


@pytest.mark.parametrize(
    ("partly", "outcome"), [(12, Outcome.compliant), (13, Outcome.not_compliant)]
)
def test_the_total_is_held_against_its_threshold_exactly(partly: int, outcome: Outcome) -> None:
    checklist = plain()  # 32 items; 12 halves lost leave 52/64 = 0.8125, 13 leave 51/64
    halves = dict.fromkeys([item.id for item in checklist.items[::2][:partly]], "1")
    assert decided(checklist, halves).outcome is outcome


def test_a_share_that_equals_the_threshold_is_enough() -> None:
    checklist = plain(items=5)  # 8 of 10 points
    decision = decided(checklist, {"A-001": "1", "B-002": "1"})
    assert decision.result.total.share == Fraction(4, 5)
    assert ReasonCode.total_below not in {reason.code for reason in decision.reasons}


@pytest.mark.parametrize(("waved", "outcome"), [(3, Outcome.compliant), (4, Outcome.not_compliant)])
def test_too_many_not_applicable_answers(waved: int, outcome: Outcome) -> None:
    checklist = plain()  # 10 % of 32 is 3.2
    answers = dict.fromkeys([item.id for item in checklist.items[:waved]], "TB")
    decision = decided(checklist, answers)
    assert decision.outcome is outcome


def test_the_reason_for_too_many_says_how_many_of_how_many() -> None:
    decision = decided(plain(), dict.fromkeys(["A-001", "A-002", "A-003", "A-004"], "TB"))
    assert decision.reasons == (
        Reason(
            ReasonCode.too_many_not_applicable,
            values={"count": "4", "of": "32", "share": "1/8", "threshold": "1/10"},
        ),
    )


@pytest.mark.parametrize("method", [Method.O, Method.W, Method.F])
@pytest.mark.parametrize("critical", [Critical.hard, Critical.soft])
def test_a_critical_item_judged_from_afar_makes_it_provisional(
    method: Method, critical: Critical
) -> None:
    checklist = plain(special={0: {"critical": critical, "methods": (Method.D, method)}})
    afar = decided(checklist, {})
    assert afar.outcome is Outcome.provisional
    assert afar.reasons == (
        Reason(
            ReasonCode.not_seen_on_site,
            item="A-001",
            aspect="kelembagaan",
            values={"methods": method.value},
        ),
    )
    there = decided(checklist, {}, Facts(seen_on_site=frozenset({"A-001"})))
    assert there.outcome is Outcome.compliant


def test_what_nobody_has_judged_yet_is_not_also_called_unseen() -> None:
    checklist = plain(special={0: {"critical": Critical.hard, "methods": (Method.O,)}})
    decision = decided(checklist, {"A-001": None})
    assert [reason.code for reason in decision.reasons] == [ReasonCode.not_assessed]


@pytest.mark.parametrize("method", [Method.D, Method.R, Method.S])
def test_other_methods_need_nobody_on_site(method: Method) -> None:
    checklist = plain(special={0: {"critical": Critical.hard, "methods": (method,)}})
    assert decided(checklist, {}).outcome is Outcome.compliant


def test_items_that_are_not_critical_need_nobody_on_site() -> None:
    assert decided(plain(special={0: {"methods": (Method.O,)}}), {}).outcome is Outcome.compliant


def test_an_unmet_soft_critical_item_is_a_note() -> None:
    decision = decided(plain(special={0: {"critical": Critical.soft}}), {"A-001": "1"})
    assert decision.outcome is Outcome.compliant_with_notes
    assert [reason.code for reason in decision.reasons] == [ReasonCode.soft_critical_unmet]


def test_a_minor_by_rule_is_a_note_and_a_suggestion_is_none() -> None:
    decision = decided(plain(), {"A-001": "0", "A-002": "1"})
    assert decision.outcome is Outcome.compliant_with_notes
    assert [(reason.code, reason.item) for reason in decision.reasons] == [
        (ReasonCode.minor_by_rule, "A-001")
    ]


def test_a_major_by_rule_decides_like_a_critical_item() -> None:
    checklist = replace(
        plain(), finding_rules=(FindingRule(FindingCause.lowest_choice, FindingClass.major),)
    )
    decision = decided(checklist, {"A-001": "0"})
    assert decision.outcome is Outcome.not_compliant
    assert [reason.code for reason in decision.reasons] == [ReasonCode.major_by_rule]


def test_an_aspect_without_points_is_not_judged() -> None:
    decision = decided(plain(items=1), {})
    assert decision.result.aspects["hasil"].share is None
    assert decision.outcome is Outcome.compliant


def test_nothing_judged_is_never_compliant() -> None:
    checklist = plain(items=1, special={0: {}})
    only_inpatients = replace(
        checklist,
        items=(
            replace(checklist.items[0], requirement=make_checklist(items=32).items[3].requirement),
        ),
    )
    decision = decide(only_inpatients, frozenset(), {}, Facts())
    assert decision.outcome is Outcome.not_compliant
    assert [reason.code for reason in decision.reasons] == [ReasonCode.nothing_judged]


def test_reasons_come_with_the_weightiest_first_and_every_one_of_them() -> None:
    checklist = plain(
        special={
            0: {"critical": Critical.soft},
            1: {"critical": Critical.hard},
            2: {"critical": Critical.hard, "methods": (Method.O, Method.W)},
        }
    )
    decision = decided(checklist, {"A-001": "1", "A-002": "0", "H-032": None})
    assert [(reason.code, reason.leads_to) for reason in decision.reasons] == [
        (ReasonCode.not_assessed, Outcome.incomplete),
        (ReasonCode.hard_critical_unmet, Outcome.not_compliant),
        (ReasonCode.not_seen_on_site, Outcome.provisional),
        (ReasonCode.soft_critical_unmet, Outcome.compliant_with_notes),
    ]
    assert decision.reasons[2].values == {"methods": "O W"}


def test_the_document_can_be_sealed() -> None:
    decision = decided(plain(special={0: {"critical": Critical.hard}}), {"A-001": "0"})
    document = decision.document()
    assert document["outcome"] == "belum_memenuhi"
    assert canonical_json(document)


def test_unknown_answers_are_refused() -> None:
    with pytest.raises(ValueError, match="tidak ada dalam skala"):
        decided(plain(), {"A-001": "5"})
