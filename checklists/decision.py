"""What do the answers decide, and for which reasons?

A decision names every cause, not only the first. The causes have a rank: an assessment that is
not complete decides nothing; what is not met comes before what was not verified on site; that
comes before notes. While something is not assessed the totals are unknown and therefore no
cause; all that is certain already (a critical item that is not met, an open major finding, too
many "not applicable", what nobody has seen) is named.

A hard critical item that applies by the auditee's tags and is answered "not applicable" counts as
not met; who thinks that it does not apply has the tags corrected.

A checklist that looks at a part decides nothing about the whole: what comes out is that it was
monitored, how many items are not met, and each of them by name. The shares of a part say nothing
about thresholds of the whole, so they are no cause there.
"""

from collections.abc import Iterable, Iterator, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from enum import StrEnum
from fractions import Fraction

from checklists.findings import FindingClass, propose
from checklists.model import NOT_APPLICABLE, Checklist, Critical, Item
from checklists.scoring import Ratio, Result, score
from standards.canonical import Json, fraction_text


class Outcome(StrEnum):
    """What is decided, from best to worst; the last two decide nothing."""

    compliant = "memenuhi"
    compliant_with_notes = "memenuhi_dengan_catatan"
    provisional = "sementara"
    not_compliant = "belum_memenuhi"
    monitored = "pemantauan"
    incomplete = "belum_lengkap"


class ReasonCode(StrEnum):
    """Every kind of cause; `Reason` says which values each carries."""

    not_assessed = "not_assessed"
    nothing_judged = "nothing_judged"
    hard_critical_unmet = "hard_critical_unmet"
    hard_critical_not_applicable = "hard_critical_not_applicable"
    major_by_rule = "major_by_rule"
    open_major_finding = "open_major_finding"
    total_below = "total_below"
    aspect_below = "aspect_below"
    too_many_not_applicable = "too_many_not_applicable"
    not_seen_on_site = "not_seen_on_site"
    soft_critical_unmet = "soft_critical_unmet"
    minor_by_rule = "minor_by_rule"
    item_unmet = "item_unmet"


_LEADS_TO = {
    ReasonCode.not_assessed: Outcome.incomplete,
    ReasonCode.nothing_judged: Outcome.not_compliant,
    ReasonCode.hard_critical_unmet: Outcome.not_compliant,
    ReasonCode.hard_critical_not_applicable: Outcome.not_compliant,
    ReasonCode.major_by_rule: Outcome.not_compliant,
    ReasonCode.open_major_finding: Outcome.not_compliant,
    ReasonCode.total_below: Outcome.not_compliant,
    ReasonCode.aspect_below: Outcome.not_compliant,
    ReasonCode.too_many_not_applicable: Outcome.not_compliant,
    ReasonCode.not_seen_on_site: Outcome.provisional,
    ReasonCode.soft_critical_unmet: Outcome.compliant_with_notes,
    ReasonCode.minor_by_rule: Outcome.compliant_with_notes,
    # no cause where something is decided; monitoring names it
    ReasonCode.item_unmet: Outcome.compliant,
}
_FROM_BEST = list(Outcome)


@dataclass(frozen=True)
class Facts:
    """What a decision needs to know besides the answers.

    `seen_on_site`: items verified on site within the time that the checklist allows.
    `open_major_findings`: readable references of major findings from before, still open.
    """

    seen_on_site: frozenset[str] = frozenset()
    open_major_findings: tuple[str, ...] = ()


@dataclass(frozen=True)
class Reason:
    """One cause.

    `item` is set for causes of an item, `aspect` for causes of an aspect and of an item. Values:
    `not_assessed` count; `hard_critical_unmet`, `soft_critical_unmet`, `major_by_rule`,
    `minor_by_rule` and `item_unmet` choice; `open_major_finding` finding; `total_below` and
    `aspect_below` n, d, share, threshold; `too_many_not_applicable` count, of, share, threshold;
    `not_seen_on_site` methods ("O W"); the others none. Shares and thresholds are fractions "n/d".
    """

    code: ReasonCode
    item: str | None = None
    aspect: str | None = None
    values: Mapping[str, str] = field(default_factory=dict)

    @property
    def leads_to(self) -> Outcome:
        """Give the best outcome that is possible with this cause."""
        return _LEADS_TO[self.code]

    def document(self) -> dict[str, Json]:
        """Give the JSON form."""
        return {
            "code": self.code.value,
            "item": self.item,
            "aspect": self.aspect,
            "values": dict(self.values),
        }


@dataclass(frozen=True)
class Decision:
    """The outcome, every reason for it (the weightiest first), and what was computed.

    `unmet` counts the items that were answered and are not met, whether or not that is a cause.
    """

    outcome: Outcome
    reasons: tuple[Reason, ...]
    result: Result
    unmet: int

    def document(self) -> dict[str, Json]:
        """Give the JSON form."""
        return {
            "outcome": self.outcome.value,
            "reasons": [reason.document() for reason in self.reasons],
            "unmet": self.unmet,
            "result": self.result.document(),
        }


def decide(
    checklist: Checklist,
    tags: AbstractSet[str],
    choices: Mapping[str, str | None],
    facts: Facts,
) -> Decision:
    """Decide by the rules of the checklist; ValueError for what is no answer."""
    result = score(checklist, tags, choices)
    items = checklist.applicable(tags)
    unmet = tuple(_unmet(checklist, tags, choices))
    whole = checklist.decides
    causes = [
        *_not_assessed(checklist, items, choices),
        *(reason for reason in unmet if not whole or reason.code is not ReasonCode.item_unmet),
        *(
            Reason(ReasonCode.open_major_finding, values={"finding": finding})
            for finding in facts.open_major_findings
        ),
        *(_thresholds(checklist, result) if whole else ()),
        *_unseen(items, choices, facts),
    ]
    reasons = tuple(sorted(causes, key=_rank, reverse=True))
    outcome = _decided(reasons) if whole else _monitored(result)
    return Decision(outcome=outcome, reasons=reasons, result=result, unmet=len(unmet))


def _decided(reasons: tuple[Reason, ...]) -> Outcome:
    return reasons[0].leads_to if reasons else Outcome.compliant


def _monitored(result: Result) -> Outcome:
    return Outcome.incomplete if result.not_assessed else Outcome.monitored


def _rank(reason: Reason) -> int:
    return _FROM_BEST.index(reason.leads_to)


def _not_assessed(
    checklist: Checklist, items: Iterable[Item], choices: Mapping[str, str | None]
) -> Iterator[Reason]:
    missing = [item.aspect.id for item in items if choices.get(item.id) is None]
    for aspect in checklist.standard.aspects:
        if count := missing.count(aspect.id):
            yield Reason(ReasonCode.not_assessed, aspect=aspect.id, values={"count": str(count)})


def _unmet(
    checklist: Checklist, tags: AbstractSet[str], choices: Mapping[str, str | None]
) -> Iterator[Reason]:
    """Name each item that is not met, once, by its weightiest cause."""
    classes = {each.item: each.finding_class for each in propose(checklist, tags, choices)}
    for item in checklist.applicable(tags):
        choice = choices.get(item.id)
        if choice is None or not _is_unmet(checklist, item, choice):
            continue
        values = {} if choice == NOT_APPLICABLE else {"choice": choice}
        code = _unmet_code(item, choice, classes.get(item.id))
        yield Reason(code, item=item.id, aspect=item.aspect.id, values=values)


def _is_unmet(checklist: Checklist, item: Item, choice: str) -> bool:
    if choice == NOT_APPLICABLE:
        return item.critical is Critical.hard
    return not checklist.is_met(choice)


def _unmet_code(item: Item, choice: str, finding_class: FindingClass | None) -> ReasonCode:
    if choice == NOT_APPLICABLE:
        return ReasonCode.hard_critical_not_applicable
    if item.critical is Critical.hard:
        return ReasonCode.hard_critical_unmet
    if finding_class is FindingClass.major:
        return ReasonCode.major_by_rule
    if item.critical is Critical.soft:
        return ReasonCode.soft_critical_unmet
    minor = finding_class is FindingClass.minor
    return ReasonCode.minor_by_rule if minor else ReasonCode.item_unmet


def _thresholds(checklist: Checklist, result: Result) -> Iterator[Reason]:
    thresholds = checklist.thresholds
    waved = Fraction(result.not_applicable, max(result.applicable, 1))
    if waved > thresholds.not_applicable:
        yield Reason(
            ReasonCode.too_many_not_applicable,
            values={
                "count": str(result.not_applicable),
                "of": str(result.applicable),
                "share": fraction_text(waved),
                "threshold": fraction_text(thresholds.not_applicable),
            },
        )
    if result.not_assessed:
        return
    if result.total.share is None:
        yield Reason(ReasonCode.nothing_judged)
    if below := _below(result.total, thresholds.total):
        yield Reason(ReasonCode.total_below, values=below)
    for aspect, ratio in result.aspects.items():
        if below := _below(ratio, thresholds.aspect):
            yield Reason(ReasonCode.aspect_below, aspect=aspect, values=below)


def _below(ratio: Ratio, threshold: Fraction) -> dict[str, str]:
    if ratio.share is None or ratio.share >= threshold:
        return {}
    return {
        "n": str(ratio.n),
        "d": str(ratio.d),
        "share": fraction_text(ratio.share),
        "threshold": fraction_text(threshold),
    }


def _unseen(
    items: Iterable[Item], choices: Mapping[str, str | None], facts: Facts
) -> Iterator[Reason]:
    """Name the critical items that were judged from afar though one must have been there."""
    for item in items:
        judged = choices.get(item.id) is not None
        far = item.needs_site and item.id not in facts.seen_on_site
        if judged and far and item.critical is not Critical.no:
            yield Reason(
                ReasonCode.not_seen_on_site,
                item=item.id,
                aspect=item.aspect.id,
                values={"methods": " ".join(item.site_methods)},
            )
