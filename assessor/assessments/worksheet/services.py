"""How is what was written on a sheet entered?

As operations, through the same service as what a device sends: each is kept, each is one act in
the journal, and what somebody else enters at the same moment is never written over.
"""

import hashlib
from collections.abc import Sequence

from sqlalchemy.orm import Session

from assessor.access.actor import Actor
from assessor.assessments.checklist.entries import MOST_AT_ONCE
from assessor.assessments.checklist.recording import Receipt, apply_operations
from assessor.assessments.worksheet.comparing import Change
from assessor.journal.work import Clock
from standards.canonical import canonical_json

DEVICE = "lembar"


def enter_sheet(
    session: Session,
    actor: Actor,
    clock: Clock,
    *,
    assessment_id: str,
    edition: str,
    changes: Sequence[tuple[Change, str | None]],
) -> list[Receipt]:
    """Enter changes, each with the operation that its author had seen; one receipt each. The same
    sheet sent twice changes nothing the second time. Raises Refused and NotPermitted."""
    raw = [_entry(assessment_id, edition, change, seen) for change, seen in changes]
    receipts: list[Receipt] = []
    for start in range(0, len(raw), MOST_AT_ONCE):
        receipts += apply_operations(
            session,
            actor,
            clock,
            assessment_id=assessment_id,
            raw=raw[start : start + MOST_AT_ONCE],
        )
    return receipts


def _entry(assessment_id: str, edition: str, change: Change, seen: str | None) -> dict[str, object]:
    written = change.written
    named = [assessment_id, written.item, written.field, written.value, seen]
    return {
        "op_id": "sheet-" + hashlib.sha256(canonical_json(named)).hexdigest()[:40],
        "device": DEVICE,
        "seq": 0,
        "item": written.item,
        "field": written.field,
        "value": written.value,
        "base_op": seen,
        "edition": edition,
        "at": "",
    }
