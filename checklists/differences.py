"""What can differ between two editions, and how much does it matter to answers already given?"""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from standards.model import Text


class Effect(StrEnum):
    """What a difference means for answers already given, from least to most."""

    stands = "stands"  # answers and results stay as they are
    recount = "recount"  # the answers stand, but may add up or decide otherwise
    ask = "ask"  # something is asked that was not answered
    void = "void"  # what was answered is something else, or nothing now


class What(StrEnum):
    """What differs."""

    added = "added"
    removed = "removed"
    wording = "wording"
    question = "question"
    guidance = "guidance"
    evidence = "evidence"
    requirement = "requirement"
    applicability = "applicability"
    section = "section"
    order = "order"
    methods = "methods"
    citation = "citation"
    critical = "critical"
    weight = "weight"
    effort = "effort"
    origin = "origin"
    sources = "sources"
    clause = "clause"
    heading = "heading"
    note = "note"
    scale = "scale"
    met_from = "met_from"
    thresholds = "thresholds"
    findings = "findings"
    levels = "levels"
    sample = "sample"
    days = "days"
    used_for = "used_for"
    rule = "rule"
    structure = "structure"


@dataclass(frozen=True)
class Difference:
    """One difference; `subject` is an item or a requirement, empty for the whole edition."""

    subject: str
    what: What
    before: Text
    after: Text
    effect: Effect


NOTHING = Text("", "")


def plain(value: object) -> Text:
    """Give a code or a number as the same words in both languages."""
    return Text(str(value), str(value))


def heaviest(differences: Iterable[Difference]) -> Effect:
    """Give the effect of all together; without any difference everything stands."""
    ranks = list(Effect)
    found = (ranks.index(each.effect) for each in differences)
    return ranks[max(found, default=0)]
