"""Which answers are findings, and how heavy is each?

The checklist brings a table; the first row that fits an answer gives the class. These are
proposals: a person raises the finding.
"""

from collections.abc import Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass

from checklists.model import NOT_APPLICABLE, Checklist, Critical, Item
from checklists.rules import FindingCause, FindingClass
from checklists.scoring import check_choices

__all__ = ["FindingClass", "Proposal", "propose"]


@dataclass(frozen=True)
class Proposal:
    """An item whose answer is a finding by the rule."""

    item: str
    finding_class: FindingClass


def propose(
    checklist: Checklist, tags: AbstractSet[str], choices: Mapping[str, str | None]
) -> tuple[Proposal, ...]:
    """Give the findings that the rule sees in the answers, in standard order."""
    check_choices(checklist, choices)
    proposals = []
    for item in checklist.applicable(tags):
        finding_class = _class_of(checklist, _causes(checklist, item, choices.get(item.id)))
        if finding_class is not None:
            proposals.append(Proposal(item.id, finding_class))
    return tuple(proposals)


def _class_of(checklist: Checklist, causes: AbstractSet[FindingCause]) -> FindingClass | None:
    for rule in checklist.finding_rules:
        if rule.when in causes:
            return rule.finding_class
    return None


def _causes(checklist: Checklist, item: Item, choice: str | None) -> frozenset[FindingCause]:
    if choice is None:
        return frozenset()
    if choice == NOT_APPLICABLE:
        # A hard critical item that applies by its tags cannot be waved through as "TB".
        hard = item.critical is Critical.hard
        return frozenset({FindingCause.hard_critical_unmet} if hard else ())
    if checklist.is_met(choice):
        return frozenset()
    causes = {FindingCause.unmet}
    if choice == checklist.scale[0].code:
        causes.add(FindingCause.lowest_choice)
    if item.critical is Critical.hard:
        causes.add(FindingCause.hard_critical_unmet)
    if item.critical is Critical.soft:
        causes.add(FindingCause.soft_critical_unmet)
    return frozenset(causes)
