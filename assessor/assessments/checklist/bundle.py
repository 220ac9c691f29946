"""What does a script on a device need to know of an assessment, as JSON?"""

import json
from typing import Any

from assessor.assessments.basis_words import basis_detail
from assessor.assessments.checklist import words
from assessor.assessments.checklist.forms import NAMES
from assessor.assessments.checklist.lines import Given, choice_words
from assessor.assessments.models import Basis, BasisKind
from assessor.ui.formats import moment
from standards.canonical import fingerprint


def build_bundle(given: Given, *, person: str, editable: bool) -> dict[str, Any]:
    """Edition, answers with the operation each field is from, bases, conflicts."""
    judged, state = given.judged, given.judged.state
    return {
        "assessment": judged.assessment.id,
        "edition": judged.checklist.fingerprint,
        "status": judged.assessment.status.value,
        "editable": editable,
        "person": person,
        "answers": {
            item: {
                name: [getattr(answer, name), getattr(answer, f"{name}_op")]
                for name in NAMES
                if getattr(answer, f"{name}_op") is not None
            }
            for item, answer in sorted(state.answers.items())
        },
        "bases": {
            item: [_basis(basis, given) for basis in bases]
            for item, bases in sorted(state.bases.items())
        },
        "conflicts": [_conflict(given, number) for number in range(len(state.conflicts))],
        "parked": len(state.parked),
    }


def _basis(basis: Basis, given: Given) -> dict[str, str]:
    kind = basis.kind
    if kind is BasisKind.evidence:
        piece = given.pieces.get(basis.evidence_id or "")
        return {
            "op": basis.op_id,
            "kind": kind.value,
            "evidence": basis.evidence_id or "",
            "title": piece.title if piece is not None else "",
        }
    return {
        "op": basis.op_id,
        "kind": kind.value,
        "title": words.basis_kinds()[kind],
        "detail": basis_detail(given.language, kind, basis.detail),
        "note": words.sheet_note(given.sheet, given.judged.state, basis),
    }


def _conflict(given: Given, number: int) -> dict[str, Any]:
    conflict = given.judged.state.conflicts[number]
    operation = conflict.operation
    return {
        "item": operation.item,
        "field": operation.field,
        "op": operation.op_id,
        "value": operation.value,
        "said": _said(given, operation.op_id, operation.field, operation.value),
        "standing_op": conflict.standing_op,
        "standing": conflict.standing,
        "standing_said": _said(given, conflict.standing_op, operation.field, conflict.standing),
    }


def _said(given: Given, op: str | None, field: str, value: str | None) -> dict[str, str]:
    author = given.authors.get(op or "")
    shown = value or ""
    if field == "choice":
        shown = choice_words(given.judged.checklist, value, given.language)
    return {
        "who": author.name if author else "",
        "when": moment(author.at, given.zone, given.language) if author else "",
        "shown": shown,
    }


def bundle_text(bundle: dict[str, Any]) -> str:
    """As sent."""
    return json.dumps(bundle, ensure_ascii=False, separators=(",", ":"), sort_keys=True)


def bundle_tag(bundle: dict[str, Any]) -> str:
    """Names the state: the same for as long as nothing was entered."""
    return fingerprint(bundle).removeprefix("sha256:")[:24]
