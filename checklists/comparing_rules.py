"""What differs between the heads of two editions of a checklist: scale, limits, rules?"""

from collections.abc import Iterator, Sequence

from checklists.differences import NOTHING, Difference, Effect, What, plain
from checklists.model import Checklist, Choice
from standards.canonical import Json, canonical_json, fraction_text
from standards.model import Text


def compare_rules(before: Checklist, after: Checklist) -> Iterator[Difference]:
    """Name what differs in the heads, the scale first."""
    yield from _scale(before.scale, after.scale)
    yield from _differs(
        What.met_from, plain(before.met_from), plain(after.met_from), Effect.recount
    )
    yield from _thresholds(before, after)
    for what, old, new, effect in (
        (
            What.findings,
            _listed(before.finding_rules),
            _listed(after.finding_rules),
            Effect.recount,
        ),
        (What.levels, _listed(before.levels), _listed(after.levels), Effect.recount),
        (What.sample, before.sample.document(), after.sample.document(), Effect.stands),
        (What.days, before.days.document(), after.days.document(), _days_effect(before, after)),
        (What.used_for, _used_for(before), _used_for(after), Effect.stands),
        (What.order, _work(before), _work(after), Effect.stands),
        (What.rule, _rule(before), _rule(after), _rule_effect(before, after)),
    ):
        yield from _differs(what, _written(old), _written(new), effect)
    yield from _differs(What.note, before.note, after.note, Effect.stands)


def _scale(before: Sequence[Choice], after: Sequence[Choice]) -> Iterator[Difference]:
    old = {choice.code: choice for choice in before}
    new = {choice.code: choice for choice in after}
    for code, choice in old.items():
        if code not in new:
            yield Difference("", What.scale, _said(choice), NOTHING, Effect.void)
        elif (choice.label, choice.meaning) != (new[code].label, new[code].meaning):
            yield Difference("", What.scale, _said(choice), _said(new[code]), Effect.void)
        elif choice.points != new[code].points:
            yield Difference("", What.scale, _said(choice), _said(new[code]), Effect.recount)
    for code, choice in new.items():
        if code not in old:
            yield Difference("", What.scale, NOTHING, _said(choice), Effect.recount)


def _said(choice: Choice) -> Text:
    return Text(
        f"{choice.code} {choice.label.id} ({choice.points}): {choice.meaning.id}",
        f"{choice.code} {choice.label.en} ({choice.points}): {choice.meaning.en}",
    )


def _thresholds(before: Checklist, after: Checklist) -> Iterator[Difference]:
    old, new = before.thresholds, after.thresholds
    for name in ("total", "aspect", "not_applicable"):
        values = [f"{name} {fraction_text(getattr(each, name))}" for each in (old, new)]
        yield from _differs(What.thresholds, plain(values[0]), plain(values[1]), Effect.recount)


def _days_effect(before: Checklist, after: Checklist) -> Effect:
    """How long a look on site stays good decides; the other days do not."""
    return Effect.stands if before.days.on_site == after.days.on_site else Effect.recount


def _used_for(checklist: Checklist) -> Json:
    return {
        "auditees": [each.value for each in checklist.auditees],
        "kinds": [each.value for each in checklist.kinds],
    }


def _work(checklist: Checklist) -> Json:
    return [method.value for method in checklist.work_order]


def _rule(checklist: Checklist) -> Json:
    """The rule by which it selects; the edition of its base is no part of the rule."""
    if checklist.derivation is None:
        return None
    document = checklist.derivation.document()
    return {name: value for name, value in document.items() if name != "base"}


def _rule_effect(before: Checklist, after: Checklist) -> Effect:
    return Effect.stands if before.decides == after.decides else Effect.recount


def _listed(parts: Sequence[object]) -> Json:
    return [part.document() for part in parts]  # type: ignore[attr-defined]


def _written(value: Json) -> Text:
    return NOTHING if value is None else plain(canonical_json(value).decode())


def _differs(what: What, before: Text, after: Text, effect: Effect) -> Iterator[Difference]:
    if before != after:
        yield Difference("", what, before, after, effect)
