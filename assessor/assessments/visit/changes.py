"""What has changed since the preliminary result was frozen, by whom and when?

The list is exactly the difference between the frozen answers and those that stand now: what was
changed and changed back is not in it. Who and when come from the operations and the journal.
"""

import json
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from assessor.accounts.models import Person
from assessor.assessments.events import FindingEdited, VisitDeclared
from assessor.assessments.findings.services import list_proposed
from assessor.assessments.judging import Judged
from assessor.assessments.models import Basis, Operation
from assessor.assessments.seal import open_seal
from assessor.assessments.visit_models import Closing
from assessor.evidence.models import Evidence
from assessor.journal.capture import coded
from assessor.journal.models import JournalEntry
from standards.canonical import canonical_json


class Field(StrEnum):
    """What of an item, or of the assessment as a whole, can differ."""

    choice = "choice"
    reason = "reason"
    facts = "facts"
    recommendation = "recommendation"
    basis = "basis"
    finding = "finding"
    visit_on = "visit_on"


TEXTS = (Field.choice, Field.reason, Field.facts, Field.recommendation)


@dataclass(frozen=True)
class Changed:
    """One value that is not what was frozen. `item` is empty for the assessment as a whole; a
    basis or a finding is a document; None where there is or was nothing."""

    item: str
    field: Field
    before: Any
    after: Any
    who: str = ""
    at: datetime | None = None

    def document(self) -> dict[str, Any]:
        """As a sealed document holds it."""
        return {
            "item": self.item,
            "field": self.field.value,
            "before": self.before,
            "after": self.after,
            "who": self.who,
            "at": coded(self.at),
        }


def _basis(basis: Basis) -> dict[str, Any]:
    return {"kind": basis.kind.value, "evidence": basis.evidence_id, "detail": basis.detail}


def standing(session: Session, judged: Judged) -> dict[str, Any]:
    """Everything that is frozen and compared, as it stands now: one query."""
    findings = {
        each.item.id: {
            "class": each.finding_class.value,
            "statement": each.statement,
            "dropped": each.drop_reason or None,
        }
        for each in list_proposed(session, judged)
    }
    items: dict[str, Any] = {}
    for item in judged.asked:
        answer = judged.state.answers.get(item)
        bases = [_basis(each) for each in judged.state.bases.get(item, ())]
        items[item] = {
            **{each.value: getattr(answer, each, None) for each in TEXTS},
            "bases": sorted(bases, key=canonical_json),
            "finding": findings.get(item),
        }
    return {"visit_on": coded(judged.assessment.visit_on), "items": items}


def differences(frozen: Mapping[str, Any], now: Mapping[str, Any]) -> Iterator[Changed]:
    """Every difference between two of these documents, in the order of the items."""
    if frozen["visit_on"] != now["visit_on"]:
        yield Changed("", Field.visit_on, frozen["visit_on"], now["visit_on"])
    for item in {**frozen["items"], **now["items"]}:
        before = frozen["items"].get(item, _NOTHING)
        after = now["items"].get(item, _NOTHING)
        for each in TEXTS:
            if before[each.value] != after[each.value]:
                yield Changed(item, each, before[each.value], after[each.value])
        yield from _bases(item, before["bases"], after["bases"])
        if before["finding"] != after["finding"]:
            yield Changed(item, Field.finding, before["finding"], after["finding"])


_NOTHING: Mapping[str, Any] = {**{each.value: None for each in TEXTS}, "bases": [], "finding": None}


def _bases(item: str, before: Sequence[Any], after: Sequence[Any]) -> Iterator[Changed]:
    """What is there once too often or too seldom; two equal bases are two."""
    old = Counter(canonical_json(each) for each in before)
    new = Counter(canonical_json(each) for each in after)
    for key in sorted((old - new).elements()):
        yield Changed(item, Field.basis, json.loads(key), None)
    for key in sorted((new - old).elements()):
        yield Changed(item, Field.basis, None, json.loads(key))


def frozen_answers(closing: Closing) -> Mapping[str, Any]:
    """What a closing froze, proved against its root. Raises BrokenSeal."""
    found: Mapping[str, Any] = open_seal(closing.content, closing.root)["frozen"]
    return found


def changes_since(session: Session, judged: Judged, closing: Closing) -> tuple[Changed, ...]:
    """Everything that differs from what a closing froze, with who did it and when."""
    found = tuple(differences(frozen_answers(closing), standing(session, judged)))
    if not found:
        return ()
    doings = _Doings(session, judged, closing, found)
    return tuple(doings.told(each) for each in found)


class _Doings:
    """Who did what since the closing: four queries, whatever was done."""

    def __init__(
        self, session: Session, judged: Judged, closing: Closing, found: Sequence[Changed]
    ) -> None:
        self.judged = judged
        assessment_id = judged.assessment.id
        removed = session.execute(
            select(Basis).where(Basis.assessment_id == assessment_id, Basis.removed_by.is_not(None))
        ).scalars()
        self.removed = tuple(removed)
        rows = session.execute(
            select(Operation.op_id, Person.name, Operation.received_at)
            .join(Person, Person.id == Operation.actor_id)
            .where(Operation.op_id.in_(self._named(found)))
        )
        cited = {
            value["evidence"]
            for each in found
            if each.field is Field.basis
            for value in (each.before, each.after)
            if value is not None and value["evidence"] is not None
        }
        self.titles = dict(
            session.execute(select(Evidence.id, Evidence.title).where(Evidence.id.in_(cited))).all()
        )
        self.operations = {op_id: (name, at) for op_id, name, at in rows}
        self.acts: dict[tuple[str, str], tuple[str, datetime]] = {}
        for entry, name in session.execute(
            select(JournalEntry, Person.name)
            .outerjoin(Person, Person.id == JournalEntry.actor_id)
            .where(
                JournalEntry.subject_id == assessment_id,
                JournalEntry.seq > closing.journal_seq,
                JournalEntry.act.in_((FindingEdited.act, VisitDeclared.act)),
            )
            .order_by(JournalEntry.seq)
        ):
            item = json.loads(entry.body)["values"].get("item", "")
            self.acts[(entry.act, item)] = (name or "", entry.at)

    def _named(self, found: Sequence[Changed]) -> set[str]:
        """The operations that what stands, or no longer stands, on these items came from."""
        items = {each.item for each in found}
        named = {basis.removed_by for basis in self.removed if basis.item in items}
        for item in items:
            named |= {basis.op_id for basis in self.judged.state.bases.get(item, ())}
            answer = self.judged.state.answers.get(item)
            named |= {getattr(answer, f"{each}_op", None) for each in TEXTS}
        return {op_id for op_id in named if op_id is not None}

    def told(self, each: Changed) -> Changed:
        """The change with who and when, as far as that is known."""
        who, at = self._doing(each) or ("", None)
        before, after = self._titled(each.before), self._titled(each.after)
        return Changed(each.item, each.field, before, after, who, at)

    def _titled(self, value: Any) -> Any:
        """A cited piece with its title: who reads the change need not look it up."""
        if isinstance(value, dict) and value.get("evidence") is not None:
            return value | {"title": self.titles.get(value["evidence"], "")}
        return value

    def _doing(self, each: Changed) -> tuple[str, datetime] | None:
        if each.field is Field.visit_on:
            return self.acts.get((VisitDeclared.act, ""))
        if each.field is Field.basis:
            return self._of_basis(each)
        if each.field is Field.finding:
            edited = self.acts.get((FindingEdited.act, each.item))
            return edited or self._of_answer(each.item, Field.choice)
        return self._of_answer(each.item, each.field)

    def _of_answer(self, item: str, field: Field) -> tuple[str, datetime] | None:
        answer = self.judged.state.answers.get(item)
        return self.operations.get(getattr(answer, f"{field}_op", None) or "")

    def _of_basis(self, each: Changed) -> tuple[str, datetime] | None:
        if each.after is not None:
            standing = self.judged.state.bases.get(each.item, ())
            doings = [
                self.operations.get(basis.op_id)
                for basis in standing
                if _basis(basis) == each.after
            ]
        else:
            doings = [
                self.operations.get(basis.removed_by or "")
                for basis in self.removed
                if basis.item == each.item and _basis(basis) == each.before
            ]
        known = [doing for doing in doings if doing is not None]
        return max(known, key=lambda doing: doing[1]) if known else None
