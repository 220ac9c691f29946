"""What would a sealed assessment have come to under another edition?

The answers are those that were given. Where the other edition asks what nobody answered, nothing
is assumed; where it asks something else under the same id, the old answer is counted as it is and
its item is named, because only a person can say whether it still holds. Pure: nothing is changed
by asking.
"""

from collections.abc import Iterable, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass

from checklists.comparing import compare
from checklists.decision import Facts, Outcome, decide
from checklists.differences import Difference, Effect
from checklists.model import NOT_APPLICABLE, Checklist
from checklists.scoring import Ratio


@dataclass(frozen=True)
class SealedAnswers:
    """What a sealed assessment says: whom it is of, what was answered, what came out. `asked` are
    the items where only a part was."""

    tags: AbstractSet[str]
    choices: Mapping[str, str | None]
    facts: Facts
    outcome: Outcome
    total: Ratio
    asked: frozenset[str] | None = None


@dataclass(frozen=True)
class Rejudged:
    """The same under the other edition. `incompatible`: answered, but what was answered is
    something else now, or nothing; `unanswered`: asked now, and nobody answered it."""

    outcome: Outcome
    total: Ratio
    incompatible: tuple[str, ...]
    unanswered: tuple[str, ...]


def voided(before: Checklist, after: Checklist) -> frozenset[str]:
    """Give the items to which an old answer was an answer to something else, or is to nothing."""
    return voided_items(compare(before, after))


def voided_items(differences: Iterable[Difference]) -> frozenset[str]:
    """Give the items among differences whose answers cannot be carried over."""
    return frozenset(
        each.subject for each in differences if each.subject and each.effect is Effect.void
    )


def rejudge(after: Checklist, sealed: SealedAnswers, void: AbstractSet[str]) -> Rejudged:
    """Judge by the other edition what was answered under the old one."""
    judging = after if sealed.asked is None or after.decides else after.limited_to(sealed.asked)
    usable = {
        item: choice
        for item, choice in sealed.choices.items()
        if judging.has_item(item) and is_choice(judging, choice)
    }
    decision = decide(judging, sealed.tags, usable, sealed.facts)
    return Rejudged(
        outcome=decision.outcome,
        total=decision.result.total,
        incompatible=tuple(
            item
            for item, choice in sealed.choices.items()
            if choice is not None and (item in void or item not in usable)
        ),
        unanswered=tuple(
            item.id for item in judging.applicable(sealed.tags) if usable.get(item.id) is None
        ),
    )


def is_choice(checklist: Checklist, choice: str | None) -> bool:
    """Tell whether something is an answer on the scale of a checklist."""
    return choice in {None, NOT_APPLICABLE} or checklist.has_choice(str(choice))
