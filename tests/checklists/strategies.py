"""Checklists, tags, answers and facts as Hypothesis draws them."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from fractions import Fraction

from hypothesis import settings
from hypothesis import strategies as st

from checklists.decision import Facts
from checklists.model import (
    NOT_APPLICABLE,
    Checklist,
    Choice,
    Critical,
    FindingCause,
    FindingClass,
    FindingRule,
    Method,
    Thresholds,
)
from tests.instrument_fixture import TAGS, make_checklist, make_text

steady = settings(deadline=None)
BASE = make_checklist(items=24)


@dataclass(frozen=True)
class Situation:
    """Everything a decision is made from."""

    checklist: Checklist
    tags: frozenset[str]
    choices: Mapping[str, str | None]
    facts: Facts


tag_sets = st.frozensets(st.sampled_from(TAGS))
shares = st.integers(0, 10).map(lambda tenths: Fraction(tenths, 10))


@st.composite
def scales(draw: st.DrawFn) -> tuple[Choice, ...]:
    points = draw(st.lists(st.integers(0, 9), min_size=2, max_size=5, unique=True).map(sorted))
    return tuple(
        Choice(str(rank), point, make_text(f"Pilihan {rank}"), make_text("Artinya"))
        for rank, point in enumerate(points)
    )


finding_rules = st.permutations(
    [
        FindingRule(FindingCause.hard_critical_unmet, FindingClass.major),
        FindingRule(FindingCause.soft_critical_unmet, FindingClass.minor),
        FindingRule(FindingCause.lowest_choice, FindingClass.minor),
        FindingRule(FindingCause.unmet, FindingClass.suggestion),
        FindingRule(FindingCause.lowest_choice, FindingClass.major),
    ]
).map(tuple)


@st.composite
def checklists(draw: st.DrawFn, *, any_rules: bool = False) -> Checklist:
    """Draw what a directorate may change: scale, weights, critical items, methods, limits."""
    count = draw(st.integers(1, len(BASE.items)))
    chosen = draw(st.permutations(BASE.items))[:count]
    scale = draw(scales())
    items = tuple(
        replace(
            item,
            weight=draw(st.integers(1, 5)),
            critical=draw(st.sampled_from((Critical.no, Critical.no, *Critical))),
            methods=tuple(
                draw(st.lists(st.sampled_from(Method), min_size=1, max_size=3, unique=True))
            ),
        )
        for item in BASE.items
        if item in chosen
    )
    return replace(
        BASE,
        items=items,
        scale=scale,
        met_from=draw(st.sampled_from([choice.code for choice in scale[1:]])),
        thresholds=Thresholds(total=draw(shares), aspect=draw(shares), not_applicable=draw(shares)),
        finding_rules=draw(finding_rules) if any_rules else BASE.finding_rules,
    )


def choices_for(
    checklist: Checklist, *, assessed: bool = False
) -> st.SearchStrategy[dict[str, str | None]]:
    """Draw answers; many good ones, so that every outcome comes up."""
    codes: list[str | None] = [choice.code for choice in checklist.scale]
    weighted = [*codes, *[codes[-1]] * 6, NOT_APPLICABLE] + ([] if assessed else [None])
    return st.fixed_dictionaries({item.id: st.sampled_from(weighted) for item in checklist.items})


@st.composite
def situations(
    draw: st.DrawFn, *, assessed: bool | None = None, any_rules: bool = True
) -> Situation:
    checklist = draw(checklists(any_rules=any_rules))
    names = [item.id for item in checklist.items]
    complete = draw(st.booleans()) if assessed is None else assessed
    everywhere = draw(st.booleans())
    seen = frozenset(names) if everywhere else draw(st.frozensets(st.sampled_from(names)))
    return Situation(
        checklist=checklist,
        tags=draw(tag_sets),
        choices=draw(choices_for(checklist, assessed=complete)),
        facts=Facts(
            seen_on_site=seen,
            open_major_findings=draw(st.sampled_from([(), (), ("TMN-1",), ("TMN-1", "TMN-2")])),
        ),
    )
