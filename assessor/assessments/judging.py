"""What do the answers of an assessment add up to right now, and what still stands in the way?"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date

from sqlalchemy.orm import Session

from assessor.assessments.models import Assessment, BasisKind, Kind
from assessor.assessments.queries import (
    State,
    asked_items,
    get_state,
    open_major_findings,
    seen_on_site,
)
from assessor.assessments.required import Arranged, Requirement, get_arranged, missing
from assessor.instruments.queries import get_checklist
from assessor.sentences import Sentence
from checklists.decision import Decision, Facts, decide
from checklists.model import NOT_APPLICABLE, Checklist, Citation, Item


@dataclass(frozen=True)
class Judged:
    """An assessment with everything its pages, its submission and its seal are made from."""

    assessment: Assessment
    checklist: Checklist
    asked: dict[str, Item]
    state: State
    decision: Decision
    arranged: Arranged = field(default_factory=Arranged)


@dataclass(frozen=True)
class Lack:
    """Something that must be mended before submission: at which item or step, and what to do."""

    item: str | None
    sentence: Sentence
    requirement: Requirement | None = None


def judge(session: Session, assessment: Assessment, today: date) -> Judged:
    """Compute from what stands now; a constant number of queries."""
    checklist = get_checklist(session, assessment.edition)
    state = get_state(session, assessment)
    choices = state.choices()
    closed = {
        item
        for item, choice in choices.items()
        if choice is not None and checklist.has_choice(choice) and checklist.is_met(choice)
    }
    facts = Facts(
        seen_on_site=seen_on_site(session, assessment, checklist, today),
        open_major_findings=tuple(
            finding.reference
            for finding in open_major_findings(session, assessment, checklist)
            if finding.item not in closed or finding.item not in state.answers
        ),
    )
    asked = asked_items(checklist, assessment)
    judging = checklist
    if assessment.scope is not None and not checklist.decides:
        # of a part, only what was asked (a follow-up: also what is carried along) is judged
        known = asked.keys() | state.carried.keys()
        judging = checklist.limited_to(known)
        choices = {item: choice for item, choice in choices.items() if item in known}
    decision = decide(judging, frozenset(assessment.tags), choices, facts)
    arranged = get_arranged(session, assessment)
    return Judged(assessment, checklist, asked, state, decision, arranged)


def _lacks_of(judged: Judged, item: Item) -> Iterator[Sentence]:
    answer = judged.state.answers.get(item.id)
    choice = answer.choice if answer is not None else None
    values: dict[str, str | int] = {"item": item.id}
    if choice is None:
        yield Sentence("%(item)s belum dinilai. Pilih nilainya.", values)
        return
    if choice == NOT_APPLICABLE:
        if answer is None or not answer.reason:
            yield Sentence("%(item)s dinilai tidak berlaku. Tulis alasannya.", values)
        return
    bases = judged.state.bases.get(item.id, ())
    cited = any(basis.kind is BasisKind.evidence for basis in bases)
    lowest = choice == judged.checklist.scale[0].code
    if lowest:
        if not bases and (answer is None or not answer.facts):
            yield Sentence(
                "%(item)s dinilai belum. Tulis fakta yang ditemukan atau pilih dasar nilainya.",
                values,
            )
    elif item.citation is Citation.required and not cited:
        yield Sentence("%(item)s wajib memiliki tautan bukti. Tautkan bukti dukungnya.", values)
    elif not bases and judged.assessment.kind is not Kind.self:
        yield Sentence("%(item)s belum memiliki dasar nilai. Pilih dasar nilainya.", values)


def lacks(judged: Judged) -> tuple[Lack, ...]:
    """Everything that stands in the way of submission: steps of the visit, then the items in
    standard order."""
    found = [
        Lack(None, sentence, requirement)
        for requirement, sentence in missing(judged.assessment.kind, judged.arranged)
    ]
    found += [
        Lack(
            conflict.operation.item,
            Sentence(
                "%(item)s berisi dua isian yang berbeda. Pilih salah satu.",
                {"item": conflict.operation.item},
            ),
        )
        for conflict in judged.state.conflicts
    ]
    for item in judged.asked.values():
        found.extend(Lack(item.id, sentence) for sentence in _lacks_of(judged, item))
    return tuple(found)
