"""Which sealed assessments of an auditee can stand side by side, and what do they say?

Everything that is compared is read from sealed bytes, proved against their roots. Of an edition
only its content is asked, which its fingerprint names for good.
"""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

import assessor.assessments.queries  # noqa: F401  # says who sees which assessment
from assessor.access.actor import Actor
from assessor.access.decide import visible
from assessor.assessments.models import Assessment, Kind, SealedDocument, Status
from assessor.assessments.seal import open_seal
from assessor.instruments.queries import get_checklist
from checklists.comparison import Judgement, Side
from checklists.mapping import EditionName
from checklists.model import Checklist
from checklists.scoring import Ratio
from standards.canonical import parse_fraction

MOST_SIDES = 4
MOST_OFFERED = 40
# of these the latest one each, where nobody chose; the first of them matter most
_DEFAULT = (Kind.evaluation, Kind.baseline, Kind.self, Kind.periodic, Kind.follow_up)


@dataclass(frozen=True)
class Candidate:
    """A sealed assessment that can be chosen; `plain` is its kind and year alone."""

    id: str
    reference: str
    kind: Kind
    year: int
    sealed_at: datetime
    alone: bool  # no other one is of this kind and year


def list_candidates(session: Session, actor: Actor, auditee_id: str) -> tuple[Candidate, ...]:
    """The sealed assessments of an auditee that the actor may see, the oldest first: one query."""
    newest = (
        session.execute(
            visible(Assessment, actor)
            .where(Assessment.auditee_id == auditee_id, Assessment.status == Status.sealed)
            .order_by(Assessment.sealed_at.desc(), Assessment.id)
            .limit(MOST_OFFERED)
        )
        .scalars()
        .all()
    )
    found = [each for each in reversed(newest) if each.sealed_at is not None]
    like = Counter((each.kind, each.year) for each in found)
    return tuple(
        Candidate(
            each.id,
            each.reference,
            each.kind,
            each.year,
            each.sealed_at,
            alone=like[each.kind, each.year] == 1,
        )
        for each in found
        if each.sealed_at is not None
    )


def choose(
    candidates: Sequence[Candidate], wanted: Collection[str], *, about: str = ""
) -> tuple[Candidate, ...]:
    """Those that were asked for; else the latest of each kind, with the one that the reader comes
    from. Never more than fit side by side, the oldest first."""
    asked = [each for each in candidates if each.id in wanted]
    if asked:
        return tuple(asked[-MOST_SIDES:])
    latest = {each.kind: each for each in candidates}
    found = [each for each in candidates if each.id == about]
    found += [latest[kind] for kind in _DEFAULT if kind in latest and latest[kind] not in found]
    if len(found) == 1:  # several years of one kind
        found += [each for each in reversed(candidates) if each not in found][:1]
    chosen = found[:MOST_SIDES]
    return tuple(each for each in candidates if each in chosen)


@dataclass(frozen=True)
class SealedSide:
    """A chosen assessment with its proved content."""

    candidate: Candidate
    content: Mapping[str, Any]
    root: str
    side: Side


def read_sides(session: Session, chosen: Sequence[Candidate]) -> tuple[SealedSide, ...]:
    """The contents of the chosen assessments: one query. Raises BrokenSeal."""
    rows = {
        row.assessment_id: row
        for row in session.execute(
            select(SealedDocument).where(
                SealedDocument.assessment_id.in_([each.id for each in chosen])
            )
        ).scalars()
    }
    found = []
    for each in chosen:
        row = rows[each.id]
        content = open_seal(row.content, row.root)
        checklist = get_checklist(session, content["instrument"]["fingerprint"])
        found.append(SealedSide(each, content, row.root, _side(content, checklist)))
    return tuple(found)


def _side(content: Mapping[str, Any], checklist: Checklist) -> Side:
    base = checklist.derivation.base if checklist.derivation is not None else None
    return Side(
        full=checklist.full,
        edition=EditionName(base.checklist, base.edition)
        if base is not None
        else EditionName(checklist.id, checklist.edition),
        items={
            item["item"]: Judgement(
                item["choice"],
                Ratio(parse_fraction(item["n"]), parse_fraction(item["d"])),
                item["aspect"],
            )
            for item in content["items"]
        },
    )
