"""Two editions compared: every difference is named, with what it means for answers already given."""

from collections.abc import Callable
from dataclasses import replace
from fractions import Fraction

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from checklists.comparing import compare
from checklists.decision import Facts, decide
from checklists.derivation import Gives, Wording
from checklists.differences import Effect, What, heaviest
from checklists.item import Citation, Critical, Item, Method
from checklists.library import load_all
from checklists.model import AssessmentKind, Checklist
from checklists.selection import Having, Trait
from standards.applicability import ALWAYS, Tag
from standards.model import Origin
from tests.checklists.based_fixture import FULL, make_based
from tests.checklists.strategies import choices_for, steady, tag_sets
from tests.instrument_fixture import make_text

SMALL = make_based(name="kecil").limited_to({item.id for item in FULL.items[:12]})
SMALL = replace(SMALL, derivation=None)
OTHER = make_text("Kata lain")


def with_requirement(checklist: Checklist, at: int, **changed: object) -> Checklist:
    item = checklist.items[at]
    requirement = replace(item.requirement, **changed)
    return with_item(checklist, at, requirement=requirement)


def with_item(checklist: Checklist, at: int, **changed: object) -> Checklist:
    items = list(checklist.items)
    items[at] = replace(items[at], **changed)
    return replace(checklist, items=tuple(items))


def with_choice(checklist: Checklist, at: int, **changed: object) -> Checklist:
    scale = list(checklist.scale)
    scale[at] = replace(scale[at], **changed)
    return replace(checklist, scale=tuple(scale))


def other_methods(item: Item) -> tuple[Method, ...]:
    return (Method.S,) if item.methods != (Method.S,) else (Method.O,)


def another(kind: type, value: object) -> object:
    return next(each for each in kind if each != value)


CHANGES: dict[What, Callable[[Checklist, int], Checklist]] = {
    What.removed: lambda c, at: replace(c, items=c.items[:at] + c.items[at + 1 :]),
    What.wording: lambda c, at: with_requirement(c, at, text=OTHER),
    What.guidance: lambda c, at: with_requirement(c, at, how=OTHER),
    What.evidence: lambda c, at: with_requirement(c, at, evidence=(OTHER,)),
    What.origin: lambda c, at: with_requirement(
        c, at, origin=another(Origin, c.items[at].requirement.origin)
    ),
    What.sources: lambda c, at: with_requirement(c, at, sources=("S2",)),
    What.clause: lambda c, at: with_requirement(c, at, clause="9.9"),
    What.applicability: lambda c, at: with_requirement(
        c, at, applies=Tag("ipwl") if c.items[at].requirement.applies == ALWAYS else ALWAYS
    ),
    What.question: lambda c, at: with_item(c, at, ask=OTHER),
    What.methods: lambda c, at: with_item(c, at, methods=other_methods(c.items[at])),
    What.citation: lambda c, at: with_item(c, at, citation=another(Citation, c.items[at].citation)),
    What.critical: lambda c, at: with_item(c, at, critical=another(Critical, c.items[at].critical)),
    What.weight: lambda c, at: with_item(c, at, weight=c.items[at].weight + 1),
    What.effort: lambda c, at: with_item(c, at, effort=6 - c.items[at].effort if c.items[at].effort != 3 else 1),
    What.met_from: lambda c, at: replace(c, met_from="1"),
    What.thresholds: lambda c, at: replace(c, thresholds=replace(c.thresholds, total=Fraction(1, 2))),
    What.days: lambda c, at: replace(c, days=replace(c.days, minor=7)),
    What.sample: lambda c, at: replace(c, sample=replace(c.sample, above_draw=12)),
    What.findings: lambda c, at: replace(c, finding_rules=c.finding_rules[:1]),
    What.levels: lambda c, at: replace(c, levels=()),
    What.used_for: lambda c, at: replace(c, kinds=(AssessmentKind.self,)),
    What.order: lambda c, at: replace(c, work_order=c.work_order[::-1]),
    What.note: lambda c, at: replace(c, note=OTHER),
    What.heading: lambda c, at: replace(c, title=OTHER),
    What.scale: lambda c, at: with_choice(c, at % 3, points=c.scale[at % 3].points + 10),
}  # fmt: skip
EFFECTS = {
    Effect.void: {What.removed, What.wording},
    Effect.ask: {What.added, What.applicability},
    Effect.recount: {
        What.methods, What.critical, What.weight, What.met_from, What.thresholds, What.findings,
        What.levels, What.scale,
    },
    Effect.stands: {
        What.guidance, What.evidence, What.origin, What.sources, What.clause, What.question,
        What.effort, What.days, What.sample, What.used_for, What.order, What.note, What.heading,
    },
}  # fmt: skip
changes = st.lists(
    st.tuples(st.sampled_from(sorted(CHANGES)), st.integers(0, 9)), min_size=1, max_size=4
)


@st.composite
def later_editions(draw: st.DrawFn) -> Checklist:
    """A later edition: some things changed; the scale keeps rising."""
    changed = SMALL
    for what, at in draw(changes):
        assume(what is not What.scale or changed.scale == SMALL.scale)
        changed = CHANGES[What(what)](changed, min(at, len(changed.items) - 1))
    points = [choice.points for choice in changed.scale]
    assume(points == sorted(set(points)))
    return changed


@pytest.mark.parametrize("what", sorted(CHANGES))
def test_each_kind_of_difference_is_named_with_its_effect(what: What) -> None:
    changed = CHANGES[what](SMALL, 2)
    differences = compare(SMALL, changed)
    assert [each.what for each in differences] == [what]
    (only,) = differences
    assert only.before != only.after
    if what is not What.citation:
        assert only.effect in {effect for effect, kinds in EFFECTS.items() if what in kinds}


def test_every_kind_has_its_example_or_its_own_test() -> None:
    others = {What.added, What.requirement, What.section, What.rule, What.structure}
    assert set(CHANGES) | others == set(What)


@steady
@given(later_editions())
def test_an_edition_does_not_differ_from_itself_and_no_difference_is_no_change(
    later: Checklist,
) -> None:
    assert compare(later, later) == ()
    if not compare(SMALL, later):
        assert later == SMALL


@steady
@given(later_editions(), tag_sets, st.data())
def test_where_everything_stands_every_result_and_decision_is_as_it_was(
    later: Checklist, tags: frozenset[str], data: st.DataObject
) -> None:
    assume(heaviest(compare(SMALL, later)) is Effect.stands)
    choices = data.draw(choices_for(SMALL))
    facts = Facts(seen_on_site=frozenset(data.draw(st.sets(st.sampled_from(sorted(choices))))))
    assert decide(later, tags, choices, facts) == decide(SMALL, tags, choices, facts)


@steady
@given(later_editions(), tag_sets, st.data())
def test_what_recounts_leaves_every_answer_an_answer_and_asks_nothing_new(
    later: Checklist, tags: frozenset[str], data: st.DataObject
) -> None:
    assume(heaviest(compare(SMALL, later)) in {Effect.stands, Effect.recount})
    choices = data.draw(choices_for(SMALL, assessed=True))
    after = decide(later, tags, choices, Facts())
    assert after.result.not_assessed == 0
    assert set(after.result.items) == {item.id for item in SMALL.applicable(tags)}


@steady
@given(later_editions())
def test_what_one_way_was_removed_is_added_the_other_way(later: Checklist) -> None:
    there = {each.subject for each in compare(SMALL, later) if each.what is What.removed}
    back = {each.subject for each in compare(later, SMALL) if each.what is What.added}
    assert there == back == {item.id for item in SMALL.items} - {item.id for item in later.items}


def test_a_choice_that_is_gone_or_means_something_else_voids() -> None:
    gone = replace(SMALL, scale=(SMALL.scale[0], SMALL.scale[2]))
    assert heaviest(compare(SMALL, gone)) is Effect.void
    assert heaviest(compare(SMALL, with_choice(SMALL, 1, meaning=OTHER))) is Effect.void
    assert heaviest(compare(gone, SMALL)) is Effect.recount


def test_only_the_days_that_a_look_on_site_stays_good_decide() -> None:
    longer = replace(SMALL, days=replace(SMALL.days, on_site=999))
    assert [each.effect for each in compare(SMALL, longer)] == [Effect.recount]


def test_a_link_that_becomes_required_is_asked_for() -> None:
    at = next(n for n, item in enumerate(SMALL.items) if item.citation is Citation.optional)
    required = with_item(SMALL, at, citation=Citation.required)
    assert [each.effect for each in compare(SMALL, required)] == [Effect.ask]
    assert [each.effect for each in compare(required, SMALL)] == [Effect.stands]


def test_an_item_that_judges_another_requirement_voids() -> None:
    changed = with_item(SMALL, 0, requirement=SMALL.items[1].requirement)
    found = {each.what: each.effect for each in compare(SMALL, changed)}
    assert found[What.requirement] is Effect.void


def test_in_the_auditees_words_another_question_is_another_answer() -> None:
    own = make_based(kinds=(AssessmentKind.self,), gives=Gives.decision, wording=Wording.auditee)
    assert heaviest(compare(own, with_item(own, 1, ask=OTHER))) is Effect.void


def test_what_decides_and_what_only_monitors_come_out_otherwise() -> None:
    part = make_based()
    whole = make_based(gives=Gives.decision)
    assert [(each.what, each.effect) for each in compare(part, whole)] == [
        (What.rule, Effect.recount)
    ]
    both = make_based(select=Having(Trait.method, ("D", "O", "R", "W", "S", "F")))
    assert [(each.what, each.effect) for each in compare(part, both)] == [
        (What.rule, Effect.stands)
    ]


def test_another_edition_of_the_base_alone_is_no_difference() -> None:
    newer = replace(FULL, edition="2027.1")
    assert compare(make_based(), make_based(full=newer)) == ()


def test_standards_are_compared_by_requirement() -> None:
    standard = FULL.standard
    first, second, *rest = standard.requirements
    changed = replace(
        standard,
        requirements=(replace(first, text=OTHER), *rest, replace(second, section="H")),
        aspects=(replace(standard.aspects[0], title=OTHER), *standard.aspects[1:]),
    )
    found = {(each.subject, each.what): each.effect for each in compare(standard, changed)}
    assert found == {
        ("", What.structure): Effect.stands,
        ("", What.order): Effect.stands,
        (first.id, What.wording): Effect.void,
        (second.id, What.section): Effect.recount,
    }


def test_an_item_that_moves_to_another_aspect_recounts() -> None:
    section = SMALL.standard.sections[-1]
    aspect = SMALL.standard.aspects[-1]
    moved = with_item(SMALL, 0, section=section, aspect=aspect)
    assert {each.what: each.effect for each in compare(SMALL, moved)} == {
        What.section: Effect.recount
    }


def test_two_unlike_things_are_not_compared() -> None:
    with pytest.raises(ValueError, match="Pilih dua yang sejenis"):
        compare(FULL, FULL.standard)


def test_the_self_assessment_differs_from_the_full_one_in_words_alone() -> None:
    library, _ = load_all()
    full = library.checklists["sni-8807-2022-penuh"]
    own = library.checklists["sni-8807-2022-mandiri"]
    of_items = {each.what for each in compare(full, own) if each.subject}
    assert of_items == {What.question}
