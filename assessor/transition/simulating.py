"""What would the sealed assessments of an edition have come to under a draft of the next one?

Read from sealed bytes, proved against their roots, and judged again by the pure engine. Nothing is
written. A page is bounded: so many assessments, the last sealed first; their documents are read a
few at a time. What a document says never changes, so each worker keeps the little that is needed.
"""

from collections import Counter, OrderedDict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, and_, func, or_, select
from sqlalchemy.orm import Session

from assessor.assessments.models import Assessment, Kind, Mode, SealedDocument, Status
from assessor.assessments.seal import open_seal
from assessor.auditees.models import Auditee
from assessor.instruments.queries import get_checklist, published_checklists
from checklists.decision import Facts, Outcome, ReasonCode
from checklists.item import Critical
from checklists.model import Checklist
from checklists.scoring import Ratio
from checklists.simulation import Rejudged, SealedAnswers, rejudge, voided
from standards.canonical import parse_fraction

MOST = 200
_AT_ONCE = 40
_MOST_KEPT = 4_000

_kept: OrderedDict[str, SealedAnswers] = OrderedDict()


@dataclass(frozen=True)
class Tried:
    """One sealed assessment: what came out, and what would have."""

    assessment_id: str
    reference: str
    auditee: str
    kind: Kind
    before: SealedAnswers
    after: Rejudged

    @property
    def decides_otherwise(self) -> bool:
        """Whether the decision would be another one."""
        return self.after.outcome is not self.before.outcome

    @property
    def scores_otherwise(self) -> bool:
        """Whether the score would be another one."""
        return self.after.total.share != self.before.total.share


@dataclass(frozen=True)
class Simulation:
    """What was tried: of how many, from where the next ones begin, and what was left out because
    it carries answers of another assessment along."""

    tried: tuple[Tried, ...]
    of: int
    follow_ups: int
    older: str

    @property
    def incompatible(self) -> Counter[str]:
        """In how many of them the answer to an item could not be carried over."""
        return Counter(item for each in self.tried for item in each.after.incompatible)

    @property
    def unanswered(self) -> Counter[str]:
        """In how many of them nobody answered an item."""
        return Counter(item for each in self.tried for item in each.after.unanswered)


def simulate(
    session: Session, base: str, editions: Sequence[Checklist], *, after: str = ""
) -> Simulation:
    """Try the editions of a draft on what was sealed by its base and what is based on that: a
    bounded number of queries. Raises BrokenSeal."""
    pairs = _pairs(session, base, editions)
    sealed = and_(Assessment.status == Status.sealed, Assessment.edition.in_(list(pairs)))
    counts = dict(
        session.execute(
            select(Assessment.kind, func.count()).where(sealed).group_by(Assessment.kind)
        ).all()
    )
    follow_ups = int(counts.pop(Kind.follow_up, 0))
    rows = session.execute(
        select(Assessment, Auditee.name)
        .join(Auditee, Auditee.id == Assessment.auditee_id)
        .where(sealed, Assessment.kind != Kind.follow_up, _older_than(after))
        .order_by(Assessment.sealed_at.desc(), Assessment.id)
        .limit(MOST + 1)
    ).all()
    shown = rows[:MOST]
    known = _read(session, [row[0] for row in shown])
    tried = []
    for assessment, name in shown:
        edition, void = pairs[assessment.edition]
        before = known[assessment.id]
        tried.append(
            Tried(
                assessment.id,
                assessment.reference,
                name,
                assessment.kind,
                before,
                rejudge(edition, before, void),
            )
        )
    last = shown[-1][0] if len(rows) > MOST else None
    older = f"{last.sealed_at.isoformat()} {last.id}" if last and last.sealed_at else ""
    return Simulation(tuple(tried), sum(counts.values()), follow_ups, older)


def _pairs(
    session: Session, base: str, editions: Sequence[Checklist]
) -> dict[str, tuple[Checklist, frozenset[str]]]:
    """Each edition of the family → what takes its place, and which answers cannot be carried."""
    made = {each.id: each for each in editions}
    get_checklist(session, base)
    return {
        each.fingerprint: (made[each.id], voided(each, made[each.id]))
        for each in published_checklists(session)
        if each.full == base and each.id in made
    }


def _older_than(place: str) -> ColumnElement[bool]:
    """What was sealed before the place where a page ended."""
    moment, _sep, assessment_id = place.partition(" ")
    try:
        at = datetime.fromisoformat(moment)
    except ValueError:
        return Assessment.id.is_not(None)
    if at.tzinfo is None:
        return Assessment.id.is_not(None)
    return or_(
        Assessment.sealed_at < at,
        and_(Assessment.sealed_at == at, Assessment.id > assessment_id),
    )


def _read(session: Session, assessments: Sequence[Assessment]) -> dict[str, SealedAnswers]:
    found = {each.id: _kept[each.id] for each in assessments if each.id in _kept}
    unknown = [each.id for each in assessments if each.id not in found]
    for ids in _chunks(unknown):
        for row in session.execute(
            select(SealedDocument.assessment_id, SealedDocument.content, SealedDocument.root).where(
                SealedDocument.assessment_id.in_(ids)
            )
        ):
            content = open_seal(row.content, row.root)
            checklist = get_checklist(session, content["instrument"]["fingerprint"])
            found[row.assessment_id] = answers_of(content, checklist)
            _kept[row.assessment_id] = found[row.assessment_id]
    while len(_kept) > _MOST_KEPT:
        _kept.popitem(last=False)
    return found


def _chunks(ids: Sequence[str]) -> Iterator[Sequence[str]]:
    for at in range(0, len(ids), _AT_ONCE):
        yield ids[at : at + _AT_ONCE]


def answers_of(content: Mapping[str, Any], checklist: Checklist) -> SealedAnswers:
    """What a sealed document says that a decision is made from."""
    choices = {each["item"]: each["choice"] for each in content["items"]}
    decision, total = content["decision"], content["results"]["total"]
    return SealedAnswers(
        tags=frozenset(content["auditee"]["tags"]),
        choices=choices,
        facts=_facts(content, checklist),
        outcome=Outcome(decision["outcome"]),
        total=Ratio(parse_fraction(total["n"]), parse_fraction(total["d"])),
        asked=None if content["instrument"]["decides"] else frozenset(choices),
    )


def _facts(content: Mapping[str, Any], checklist: Checklist) -> Facts:
    """Which items were seen on site, as far as the decision tells: of a visit all that it does not
    name; from afar only those critical ones that it would have named."""
    reasons = content["decision"]["reasons"]
    unseen = {each["item"] for each in reasons if each["code"] == ReasonCode.not_seen_on_site.value}
    visited = content["assessment"]["mode"] == Mode.on_site.value
    seen = {
        item.id
        for item in checklist.items
        if item.id not in unseen
        and (visited or (item.critical is not Critical.no and item.needs_site))
    }
    majors = tuple(
        str(each["values"]["finding"])
        for each in reasons
        if each["code"] == ReasonCode.open_major_finding.value
    )
    return Facts(frozenset(seen), majors)
