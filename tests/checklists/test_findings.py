"""The table of finding classes, row by row."""

from dataclasses import replace

import pytest

from checklists.findings import FindingClass, Proposal, propose
from checklists.model import Checklist, Critical, FindingCause, FindingRule
from tests.instrument_fixture import all_choices, make_checklist

MAJOR, MINOR, SUGGESTION = FindingClass.major, FindingClass.minor, FindingClass.suggestion


def one_item(critical: Critical) -> Checklist:
    checklist = make_checklist(items=1)
    return replace(checklist, items=(replace(checklist.items[0], critical=critical),))


@pytest.mark.parametrize(
    ("critical", "choice", "expected"),
    [
        (Critical.hard, "0", MAJOR),
        (Critical.hard, "1", MAJOR),
        (Critical.hard, "2", None),
        (Critical.hard, "TB", MAJOR),
        (Critical.hard, None, None),
        (Critical.soft, "0", MINOR),
        (Critical.soft, "1", MINOR),
        (Critical.soft, "2", None),
        (Critical.soft, "TB", None),
        (Critical.soft, None, None),
        (Critical.no, "0", MINOR),
        (Critical.no, "1", SUGGESTION),
        (Critical.no, "2", None),
        (Critical.no, "TB", None),
        (Critical.no, None, None),
    ],
)
def test_the_first_row_that_fits_gives_the_class(
    critical: Critical, choice: str | None, expected: FindingClass | None
) -> None:
    proposals = propose(one_item(critical), frozenset(), {"A-001": choice})
    assert proposals == ((Proposal("A-001", expected),) if expected else ())


def test_another_order_of_rows_gives_another_class() -> None:
    checklist = replace(
        one_item(Critical.hard),
        finding_rules=(
            FindingRule(FindingCause.unmet, SUGGESTION),
            FindingRule(FindingCause.hard_critical_unmet, MAJOR),
        ),
    )
    assert propose(checklist, frozenset(), {"A-001": "0"}) == (Proposal("A-001", SUGGESTION),)


def test_without_a_fitting_row_there_is_no_finding() -> None:
    checklist = replace(
        one_item(Critical.no), finding_rules=(FindingRule(FindingCause.lowest_choice, MINOR),)
    )
    assert propose(checklist, frozenset(), {"A-001": "1"}) == ()


def test_items_that_do_not_apply_give_no_finding_and_the_rest_stand_in_standard_order() -> None:
    checklist = make_checklist(items=16)
    proposals = propose(checklist, frozenset(), all_choices(checklist, "0"))
    assert [each.item for each in proposals] == [
        item.id for item in checklist.items if item.applies(frozenset())
    ]
    assert len(proposals) == 12


def test_what_is_no_answer_is_refused() -> None:
    with pytest.raises(ValueError, match="tidak ada dalam skala"):
        propose(one_item(Critical.no), frozenset(), {"A-001": "9"})
