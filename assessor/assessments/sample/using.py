"""How does a sheet of files become scores?

Only by the same operations as everything else: a score of the sheet's own may be renewed by it,
anybody else's stays, and a person chooses between the two.
"""

import hashlib
from collections.abc import Collection, Sequence
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from assessor.access.actor import Actor
from assessor.assessments.checklist.recording import Receipt, take_entries
from assessor.assessments.models import Answer, Assessment, Basis, Operation, OperationResult
from assessor.assessments.sample.services import counting_sample, lock_for_sheet
from assessor.assessments.sample_state import Sheet, read_sheet, sheet_basis
from assessor.instruments.queries import get_checklist
from assessor.journal.work import Clock, Work, write

# what the operations of a sheet say of where they come from
DEVICE = "lembar-telusur"


def use_sheet(
    session: Session,
    actor: Actor,
    clock: Clock,
    *,
    assessment_id: str,
    number: int,
    items: Collection[str],
    key: str,
) -> list[Receipt]:
    """Take what the sheet gives as score and basis of these items, as far as all their files were
    looked at. A score that somebody gave otherwise stays: both then stand to choose from. `key`
    is the page's own, so that a form sent twice is a repeat. Raises NotPermitted, Refused, Stale.
    """
    with write(session, actor, clock) as work:
        assessment = lock_for_sheet(work, assessment_id)
        counting_sample(session, assessment, number)
        sheet = read_sheet(session, assessment, get_checklist(session, assessment.edition))
        wanted = [name for name in (sheet.items if sheet else ()) if name in items]
        raw = _operations(work, assessment, sheet, wanted, key) if sheet is not None else []
        return take_entries(work, assessment, raw)


def _operations(
    work: Work, assessment: Assessment, sheet: Sheet, wanted: Sequence[str], key: str
) -> list[dict[str, Any]]:
    answers, bases = _standing(work.session, assessment, wanted)
    own = _own_operations(work.session, answers.values())
    waiting = _waiting(work.session, assessment)
    found: list[dict[str, Any]] = []
    for item in wanted:
        choice = sheet.tallies[item].choice
        if choice is None:
            continue
        basis, detail = sheet_basis(bases.get(item, [])), sheet.detail(item)
        if basis is None or basis.detail != detail:
            if basis is not None:
                found.append(_operation(work, assessment, key, item, {"remove": basis.op_id}))
            added = {"add": {"kind": "sample", **detail}}
            found.append(_operation(work, assessment, key, item, added))
        answer = answers.get(item)
        before = waiting.get(item, {})
        if (answer is None or answer.choice != choice) and choice not in before.values():
            # a score of the sheet's own may be replaced; anybody else's is a conflict
            base = answer.choice_op if answer is not None and answer.choice_op in own else None
            entry = _operation(work, assessment, key, item, choice, base=base)
            found.append({**entry, "settles": sorted(before)})
    return found


def _standing(
    session: Session, assessment: Assessment, items: Sequence[str]
) -> tuple[dict[str, Answer], dict[str, list[Basis]]]:
    answers = session.execute(
        select(Answer).where(Answer.assessment_id == assessment.id, Answer.item.in_(items))
    ).scalars()
    bases: dict[str, list[Basis]] = {}
    for basis in session.execute(
        select(Basis).where(
            Basis.assessment_id == assessment.id,
            Basis.item.in_(items),
            Basis.removed_by.is_(None),
        )
    ).scalars():
        bases.setdefault(basis.item, []).append(basis)
    return {answer.item: answer for answer in answers}, bases


def _own_operations(session: Session, answers: Collection[Answer]) -> frozenset[str]:
    """Of the scores that stand, the operations that came from a sheet."""
    ops = {answer.choice_op for answer in answers if answer.choice_op}
    rows = session.execute(
        select(Operation.op_id).where(Operation.op_id.in_(ops), Operation.device == DEVICE)
    ).scalars()
    return frozenset(rows)


def _waiting(session: Session, assessment: Assessment) -> dict[str, dict[str, str | None]]:
    """Item → what the sheet said before and somebody still has to choose from: id → value."""
    rows = session.execute(
        select(Operation).where(
            Operation.assessment_id == assessment.id,
            Operation.result == OperationResult.conflict,
            Operation.settled_by.is_(None),
            Operation.device == DEVICE,
        )
    ).scalars()
    found: dict[str, dict[str, str | None]] = {}
    for row in rows:
        found.setdefault(row.item, {})[row.op_id] = row.value
    return found


def _operation(
    work: Work,
    assessment: Assessment,
    key: str,
    item: str,
    value: Any,
    *,
    base: str | None = None,
) -> dict[str, Any]:
    told = "\x1f".join((assessment.id, key, item, str(value), base or ""))
    return {
        "op_id": f"t{hashlib.sha256(told.encode()).hexdigest()[:39]}",
        "device": DEVICE,
        "seq": 0,
        "item": item,
        "field": "basis" if isinstance(value, dict) else "choice",
        "value": value,
        "base_op": base,
        "edition": assessment.edition,
        "at": work.now.strftime("%Y-%m-%dT%H:%M:%SZ"),
    }
