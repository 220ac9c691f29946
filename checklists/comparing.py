"""What differs between two editions, and what does that mean for answers already given?

Each difference names its effect: the answers stand; they stand but the result may be another one;
the new edition asks what nobody has answered; or an answer was given to something else and cannot
be carried over. The rule is cautious: who changes a sentence has changed what was answered,
whatever the change was meant to be. Laws in tests/checklists/test_comparing.py: what "stands"
leaves every result and decision as it was; what "recounts" leaves every answer an answer.
"""

from collections.abc import Callable, Iterator, Mapping
from typing import TypeVar

from checklists.comparing_rules import compare_rules
from checklists.derivation import Wording
from checklists.differences import NOTHING, Difference, Effect, What, plain
from checklists.item import Citation, Item
from checklists.model import Checklist
from standards.canonical import canonical_json
from standards.model import Requirement, Standard, Text
from standards.sentence import sentence

Part = TypeVar("Part", Item, Requirement)


def compare(before: Standard | Checklist, after: Standard | Checklist) -> tuple[Difference, ...]:
    """Name every difference, the whole first, then by item; ValueError for two unlike things."""
    if isinstance(before, Checklist) and isinstance(after, Checklist):
        return tuple(_checklists(before, after))
    if isinstance(before, Standard) and isinstance(after, Standard):
        return tuple(_standards(before, after))
    raise ValueError(
        sentence("Standar dan instrumen tidak dapat dibandingkan. Pilih dua yang sejenis.")
    )


def _standards(before: Standard, after: Standard) -> Iterator[Difference]:
    yield from _changed("", What.heading, before.title, after.title, Effect.stands)
    yield from _changed("", What.note, before.about, after.about, Effect.stands)
    yield from _structure(before, after)
    old = {each.id: each for each in before.requirements}
    new = {each.id: each for each in after.requirements}
    yield from _parts(old, new, lambda each: each.text, _requirement)


def _checklists(before: Checklist, after: Checklist) -> Iterator[Difference]:
    yield from _changed("", What.heading, before.title, after.title, Effect.stands)
    yield from compare_rules(before, after)
    yield from _structure(before.standard, after.standard)
    old = {each.id: each for each in before.items}
    new = {each.id: each for each in after.items}
    own = Wording.auditee in {_wording(before), _wording(after)}
    yield from _parts(
        old, new, lambda each: each.text, lambda one, other: _item(one, other, own=own)
    )


def _wording(checklist: Checklist) -> Wording:
    return checklist.derivation.wording if checklist.derivation else Wording.requirement


def _structure(before: Standard, after: Standard) -> Iterator[Difference]:
    """Aspects, sections, tags and sources: their names; what they hold is told by the items."""
    for old, new in zip(_outline(before), _outline(after), strict=True):
        yield from _changed("", What.structure, old, new, Effect.stands)


def _outline(standard: Standard) -> tuple[Text, ...]:
    document = standard.document()
    names = ("aspects", "sections", "tags", "sources")
    return tuple(plain(canonical_json(document[name]).decode()) for name in names)


def _parts(
    old: Mapping[str, Part],
    new: Mapping[str, Part],
    words: Callable[[Part], Text],
    differences: Callable[[Part, Part], Iterator[Difference]],
) -> Iterator[Difference]:
    kept = [name for name in old if name in new]
    moved = [name for name in new if name in old]
    yield from _changed(
        "", What.order, plain(" ".join(kept)), plain(" ".join(moved)), Effect.stands
    )
    for name, part in old.items():
        if name not in new:
            yield Difference(name, What.removed, words(part), NOTHING, Effect.void)
    for name, part in new.items():
        if name in old:
            yield from differences(old[name], part)
        else:
            yield Difference(name, What.added, NOTHING, words(part), Effect.ask)


def _requirement(before: Requirement, after: Requirement) -> Iterator[Difference]:
    yield from _of_requirement(before.id, before, after)
    yield from _changed(
        before.id, What.section, plain(before.section), plain(after.section), Effect.recount
    )


def _of_requirement(subject: str, before: Requirement, after: Requirement) -> Iterator[Difference]:
    yield from _changed(subject, What.wording, before.text, after.text, Effect.void)
    yield from _changed(
        subject,
        What.applicability,
        plain(canonical_json(before.applies.document()).decode()),
        plain(canonical_json(after.applies.document()).decode()),
        Effect.ask,
    )
    yield from _changed(subject, What.guidance, before.good, after.good, Effect.stands)
    yield from _changed(subject, What.guidance, before.how, after.how, Effect.stands)
    yield from _changed(
        subject, What.evidence, _joined(before.evidence), _joined(after.evidence), Effect.stands
    )
    for what, old, new in (
        (What.origin, before.origin, after.origin),
        (What.sources, " ".join(before.sources), " ".join(after.sources)),
        (What.clause, before.clause, after.clause),
    ):
        yield from _changed(subject, what, plain(old), plain(new), Effect.stands)


def _item(before: Item, after: Item, *, own: bool) -> Iterator[Difference]:
    name = before.id
    yield from _changed(
        name,
        What.requirement,
        plain(before.requirement.id),
        plain(after.requirement.id),
        Effect.void,
    )
    yield from _of_requirement(name, before.requirement, after.requirement)
    # where the auditee was asked in other words, it answered something else
    asked = Effect.void if own else Effect.stands
    yield from _changed(name, What.question, before.ask or NOTHING, after.ask or NOTHING, asked)
    for what, old, new, effect in (
        (What.section, _place(before), _place(after), Effect.recount),
        (What.methods, " ".join(before.methods), " ".join(after.methods), Effect.recount),
        (What.citation, before.citation, after.citation, _citation_effect(after)),
        (What.critical, before.critical, after.critical, Effect.recount),
        (What.weight, before.weight, after.weight, Effect.recount),
        (What.effort, before.effort, after.effort, Effect.stands),
    ):
        yield from _changed(name, what, plain(old), plain(new), effect)


def _place(item: Item) -> str:
    return f"{item.aspect.id} / {item.section.id}"


def _citation_effect(after: Item) -> Effect:
    """An answer without a link to evidence lacks something once the link is required."""
    return Effect.ask if after.citation is Citation.required else Effect.stands


def _joined(texts: tuple[Text, ...]) -> Text:
    return Text("; ".join(each.id for each in texts), "; ".join(each.en for each in texts))


def _changed(
    subject: str, what: What, before: Text, after: Text, effect: Effect
) -> Iterator[Difference]:
    if before != after:
        yield Difference(subject, what, before, after, effect)
