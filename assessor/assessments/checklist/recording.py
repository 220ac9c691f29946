"""How do the entries of several devices become one record, and none is lost?

Each entry is kept as an operation whatever becomes of it. A field takes a value only from an
entry that had seen the field's last operation; else both values stand, and a person chooses.
Bases are added and removed, which commutes. What arrives after submission is parked.
"""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session

from assessor.access.actor import Actor
from assessor.access.decide import ensure
from assessor.access.permissions import Permission
from assessor.assessments.checklist.entries import (
    MOST_AT_ONCE,
    BasisChange,
    Entry,
    check_entry,
    parse_basis,
    parse_entry,
)
from assessor.assessments.declarations import ensure_declared
from assessor.assessments.events import EntryRecorded
from assessor.assessments.models import (
    Answer,
    Assessment,
    Basis,
    Operation,
    OperationResult,
    Status,
)
from assessor.assessments.queries import asked_items, lock_assessment, subject_of
from assessor.assessments.workflow import OPEN, Step, after
from assessor.evidence.models import Evidence
from assessor.instruments.queries import get_checklist
from assessor.journal.work import Clock, Work, write
from assessor.sentences import Hindered, Refused, Sentence
from checklists.model import Checklist, Item


class Fate(StrEnum):
    """What became of an entry. The first three are kept for good."""

    applied = "applied"
    conflict = "conflict"
    parked = "parked"
    repeated = "repeated"
    refused = "refused"


@dataclass(frozen=True)
class Receipt:
    """The answer to one entry. With a conflict: what stands now, and the operation it is from."""

    op_id: str
    fate: Fate
    sentence: Sentence | None = None
    value: str | None = None
    value_op: str | None = None


@dataclass
class _Batch:
    """What a batch of entries works on; read once, then kept in step."""

    work: Work
    assessment: Assessment
    checklist: Checklist
    asked: Mapping[str, Item]
    operations: dict[str, Operation] = field(default_factory=dict)
    answers: dict[str, Answer] = field(default_factory=dict)
    bases: dict[str, Basis] = field(default_factory=dict)
    open_conflicts: dict[str, Operation] = field(default_factory=dict)


# built once: building them costs as much as running them
_NAMED = select(Operation).where(Operation.op_id.in_(bindparam("named", expanding=True)))
_ANSWERS = select(Answer).where(
    Answer.assessment_id == bindparam("assessment_id"),
    Answer.item.in_(bindparam("items", expanding=True)),
)


def _read(batch: _Batch, entries: Sequence[Entry]) -> None:
    session = batch.work.session
    named = {entry.op_id for entry in entries}
    named |= {op for entry in entries for op in (*entry.settles, entry.base_op) if op}
    found = session.execute(_NAMED, {"named": sorted(named)}).scalars()
    batch.operations = {operation.op_id: operation for operation in found}
    items = {entry.item for entry in entries if entry.field != "basis"}
    if items:
        batch.answers = {
            answer.item: answer
            for answer in session.execute(
                _ANSWERS, {"assessment_id": batch.assessment.id, "items": sorted(items)}
            ).scalars()
        }


def _keep(batch: _Batch, entry: Entry, result: OperationResult) -> Operation:
    work = batch.work
    if batch.assessment.status is Status.draft:
        batch.assessment.status = after(Status.draft, Step.start)
    operation = Operation(
        op_id=entry.op_id,
        assessment_id=batch.assessment.id,
        device=entry.device,
        seq=entry.seq,
        item=entry.item,
        field=entry.field,
        value=entry.value,
        base_op=entry.base_op,
        payload=entry.payload,
        actor_id=work.actor.person_id or "",
        device_at=entry.at,
        received_at=work.now,
        result=result,
        settled_by=None,
    )
    work.session.add(operation)
    batch.operations[entry.op_id] = operation
    return operation


def _settle(batch: _Batch, entry: Entry) -> None:
    """Mark the conflicts that this entry decides, or that the same device carries on."""
    for op_id in {*entry.settles, entry.base_op or ""}:
        earlier = batch.operations.get(op_id)
        if (
            earlier is not None
            and earlier.assessment_id == batch.assessment.id
            and (earlier.item, earlier.field) == (entry.item, entry.field)
            and earlier.result is OperationResult.conflict
            and earlier.settled_by is None
        ):
            earlier.settled_by = entry.op_id


def _record(batch: _Batch, entry: Entry, result: OperationResult) -> None:
    batch.work.record(
        EntryRecorded(
            subject=batch.assessment.id,
            auditee=batch.assessment.auditee_id,
            item=entry.item,
            field=entry.field,
            result=result,
        )
    )


def _apply_value(batch: _Batch, entry: Entry) -> Receipt:
    answer = batch.answers.get(entry.item)
    if answer is None:
        answer = Answer(assessment_id=batch.assessment.id, item=entry.item)
        for name in ("choice", "reason", "facts", "recommendation"):
            setattr(answer, name, None)
            setattr(answer, f"{name}_op", None)
        batch.work.session.add(answer)
        batch.answers[entry.item] = answer
    value, value_op = getattr(answer, entry.field), getattr(answer, f"{entry.field}_op")
    if entry.base_op != value_op and entry.value != value:
        _keep(batch, entry, OperationResult.conflict)
        _settle(batch, entry)
        _record(batch, entry, OperationResult.conflict)
        return Receipt(entry.op_id, Fate.conflict, value=value, value_op=value_op)
    setattr(answer, entry.field, entry.value)
    setattr(answer, f"{entry.field}_op", entry.op_id)
    _keep(batch, entry, OperationResult.applied)
    _settle(batch, entry)
    _record(batch, entry, OperationResult.applied)
    return Receipt(entry.op_id, Fate.applied, value=entry.value, value_op=entry.op_id)


def _check_evidence(batch: _Batch, change: BasisChange) -> None:
    evidence = batch.work.session.get(Evidence, change.evidence_id)
    if evidence is None or evidence.auditee_id != batch.assessment.auditee_id:
        raise Refused(Sentence("Bukti ini tidak ada pada lembaga ini. Pilih bukti yang lain."))
    if evidence.quarantined_at is not None:
        raise Refused(Sentence("Bukti ini sedang dikarantina. Pilih bukti yang lain."))
    if evidence.withdrawn_at is not None:
        raise Refused(Sentence("Bukti ini sudah ditarik. Pilih bukti yang lain."))


def _apply_basis(batch: _Batch, entry: Entry) -> Receipt:
    change = parse_basis(json.loads(entry.value or "{}"))
    session = batch.work.session
    if change.remove is not None:
        basis = session.get(Basis, change.remove)
        if basis is None or (basis.assessment_id, basis.item) != (
            batch.assessment.id,
            entry.item,
        ):
            raise Refused(Sentence("Dasar nilai yang dihapus tidak dikenal. Muat ulang halaman."))
        if basis.removed_by is None:
            basis.removed_by = entry.op_id
    elif change.kind is not None:
        if change.evidence_id is not None:
            _check_evidence(batch, change)
        if session.get(Basis, entry.op_id) is not None:  # one that a revision brought along
            raise Refused(_TAKEN)
        session.add(
            Basis(
                op_id=entry.op_id,
                assessment_id=batch.assessment.id,
                item=entry.item,
                kind=change.kind,
                evidence_id=change.evidence_id,
                detail=dict(change.detail or {}),
                removed_by=None,
            )
        )
    _keep(batch, entry, OperationResult.applied)
    _record(batch, entry, OperationResult.applied)
    return Receipt(entry.op_id, Fate.applied, value_op=entry.op_id)


def _repeat(batch: _Batch, entry: Entry) -> Receipt | None:
    earlier = batch.operations.get(entry.op_id)
    if earlier is None:
        return None
    same = (
        earlier.assessment_id == batch.assessment.id
        and earlier.payload == entry.payload
        and earlier.actor_id == batch.work.actor.person_id
    )
    if not same:
        return Receipt(entry.op_id, Fate.refused, _TAKEN)
    if earlier.result is OperationResult.conflict and earlier.settled_by is None:
        answer = batch.answers.get(entry.item)
        return Receipt(
            entry.op_id,
            Fate.conflict,
            value=getattr(answer, entry.field, None),
            value_op=getattr(answer, f"{entry.field}_op", None),
        )
    if earlier.result is OperationResult.parked:
        return Receipt(entry.op_id, Fate.parked, _PARKED)
    return Receipt(entry.op_id, Fate.repeated)


_TAKEN = Sentence("Kiriman ini memakai tanda yang sudah terpakai. Muat ulang halaman.")
_PARKED = Sentence(
    "Penilaian ini sudah dikirim. Isian Anda disimpan terpisah dan terlihat pada penilaian ini."
)


def _take(batch: _Batch, entry: Entry) -> Receipt:
    if (receipt := _repeat(batch, entry)) is not None:
        return receipt
    try:
        check_entry(entry, batch.checklist, batch.asked)
        if batch.assessment.status not in OPEN:
            if entry.field == "basis":
                parse_basis(json.loads(entry.value or "{}"))
            _keep(batch, entry, OperationResult.parked)
            _record(batch, entry, OperationResult.parked)
            return Receipt(entry.op_id, Fate.parked, _PARKED)
        if entry.field == "basis":
            return _apply_basis(batch, entry)
        return _apply_value(batch, entry)
    except Hindered as refusal:
        return Receipt(entry.op_id, Fate.refused, refusal.sentence)


def _parsed(raw: Iterable[object]) -> tuple[list[Entry | Receipt], list[Entry]]:
    line: list[Entry | Receipt] = []
    for each in raw:
        try:
            line.append(parse_entry(each))
        except Refused as refusal:
            op_id = each.get("op_id") if isinstance(each, dict) else None
            line.append(Receipt(str(op_id or "")[:64], Fate.refused, refusal.sentence))
    return line, [each for each in line if isinstance(each, Entry)]


def _take_all(
    work: Work, assessment: Assessment, line: Sequence[Entry | Receipt], entries: Sequence[Entry]
) -> list[Receipt]:
    checklist = get_checklist(work.session, assessment.edition)
    batch = _Batch(work, assessment, checklist, asked_items(checklist, assessment))
    if entries:
        _read(batch, entries)
    return [_take(batch, each) if isinstance(each, Entry) else each for each in line]


def take_entries(work: Work, assessment: Assessment, raw: Sequence[object]) -> list[Receipt]:
    """Take entries within a work that is open on an assessment, already locked and permitted."""
    return _take_all(work, assessment, *_parsed(raw))


def apply_operations(
    session: Session, actor: Actor, clock: Clock, *, assessment_id: str, raw: Sequence[object]
) -> list[Receipt]:
    """Take a batch of entries; one receipt each, in their order. All or nothing is written.

    Raises NotPermitted, NoResultFound, and Refused for a batch that is too large.
    """
    if len(raw) > MOST_AT_ONCE:
        raise Refused(
            Sentence(
                "Terlalu banyak isian sekaligus. Kirim paling banyak %(most)s.",
                {"most": MOST_AT_ONCE},
            )
        )
    line, entries = _parsed(raw)
    with write(session, actor, clock) as work:
        assessment = lock_assessment(session, assessment_id)
        subject = subject_of(session, assessment)
        ensure(actor, Permission.score, subject)
        ensure_declared(session, assessment, actor, subject)
        return _take_all(work, assessment, line, entries)
