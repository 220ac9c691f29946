"""What does the plain form of the checklist send, and which operations does it mean?

The form carries, for each item, what it showed: the last operation of each field. Only what the
person changed becomes an operation. Its id is made of the page's key and of what is said, so that
a form sent twice is a repeat, and one sent from a stale page has its old base and cannot overwrite.
"""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from assessor.assessments.checklist.entries import TEXT_FIELDS
from assessor.assessments.models import BasisKind
from assessor.assessments.queries import State

# field → the first letter of its name in the form
NAMES = {"choice": "c", "reason": "r", "facts": "f", "recommendation": "n"}
DEVICE = "form"


@dataclass(frozen=True)
class Shown:
    """What one page showed: its key, the edition, when it was made."""

    key: str
    edition: str
    at: str


def shown_by(form: Mapping[str, str]) -> Shown:
    """Read what the page said of itself."""
    return Shown(form.get("key", ""), form.get("edition", ""), form.get("shown_at", ""))


def seen_ops(form: Mapping[str, str], item: str) -> dict[str, str | None]:
    """The last operation of each field when the page was made."""
    parts = form.get(f"s.{item}", "").split()
    ops = [None if part == "-" else part for part in parts] or [None] * len(NAMES)
    return dict(zip(NAMES, ops, strict=False))


def stale_ops(form: Mapping[str, str], items: Sequence[str], state: State) -> set[str]:
    """Operations the form names that do not stand any more; their values have to be looked up."""
    found = set()
    for item in items:
        answer = state.answers.get(item)
        for field, op in seen_ops(form, item).items():
            if op is not None and op != getattr(answer, f"{field}_op", None):
                found.add(op)
    return found


def make_op_id(shown: Shown, *parts: str | None) -> str:
    """The same words from the same page give the same id."""
    told = "\x1f".join((shown.key, *(part or "" for part in parts)))
    return f"f{hashlib.sha256(told.encode()).hexdigest()[:39]}"


def operation(
    shown: Shown,
    item: str,
    field: str,
    *,
    value: Any,
    base: str | None,
    settles: Sequence[str] = (),
) -> dict[str, Any]:
    """One operation as a device would send it."""
    return {
        "op_id": make_op_id(shown, item, field, str(value), base, *settles),
        "device": DEVICE,
        "seq": 0,
        "item": item,
        "field": field,
        "value": value,
        "base_op": base,
        "edition": shown.edition,
        "at": shown.at,
        "settles": list(settles),
    }


def _sent(form: Mapping[str, str], item: str, field: str) -> str | None:
    raw = form.get(f"{NAMES[field]}.{item}")
    return None if raw is None else raw.replace("\r\n", "\n").strip()


def changed(
    form: Mapping[str, str],
    items: Sequence[str],
    state: State,
    stale: Mapping[str, str | None],
) -> list[dict[str, Any]]:
    """The operations of everything the person changed on the page. `stale` holds the values of
    the operations that the form names and that do not stand any more."""
    shown, found = shown_by(form), []
    for item in items:
        if f"s.{item}" not in form:
            continue
        answer = state.answers.get(item)
        for field, base in seen_ops(form, item).items():
            value = _sent(form, item, field)
            if value is None:
                continue
            standing_op = getattr(answer, f"{field}_op", None)
            if base is None:
                before = None
            elif base == standing_op:
                before = getattr(answer, field, None)
            else:
                before = stale.get(base)
            if value != (before or ""):
                found.append(operation(shown, item, field, value=value or None, base=base))
    return found


def typed_in(form: Mapping[str, str], items: Sequence[str]) -> dict[tuple[str, str], str]:
    """Everything that was in the form, to be shown again."""
    return {
        (item, field): value
        for item in items
        for field in NAMES
        if (value := _sent(form, item, field)) is not None
    }


def settling(form: Mapping[str, str], state: State) -> list[dict[str, Any]]:
    """The operation of a button that chooses between two values: `settle` is
    `item field op` of the value to keep, or `item field merge`."""
    parts = form.get("settle", "").split()
    if len(parts) != 3:
        return []
    item, field, wanted = parts
    waiting = [
        each
        for each in state.conflicts
        if (each.operation.item, each.operation.field) == (item, field)
    ]
    if not waiting:
        return []
    values: dict[str, str | None] = {each.operation.op_id: each.operation.value for each in waiting}
    values[waiting[0].standing_op or "-"] = waiting[0].standing
    if wanted == "merge" and field in TEXT_FIELDS:
        both = (waiting[0].standing, *(each.operation.value for each in waiting))
        value: str | None = "\n\n".join(dict.fromkeys(part for part in both if part)) or None
    elif wanted in values:
        value = values[wanted]
    else:
        return []
    return [
        operation(
            shown_by(form),
            item,
            field,
            value=value,
            base=waiting[0].standing_op,
            settles=[each.operation.op_id for each in waiting],
        )
    ]


def basis_buttons(form: Mapping[str, str]) -> list[dict[str, Any]]:
    """The operations of the buttons that take a basis away or cite what was offered."""
    shown, found = shown_by(form), []
    removed, offered = form.get("remove", "").split(), form.get("offer", "").split()
    if len(removed) == 2:
        found.append(operation(shown, removed[0], "basis", value={"remove": removed[1]}, base=None))
    if len(offered) == 2:
        value = {"add": {"kind": BasisKind.evidence.value, "evidence": offered[1]}}
        found.append(operation(shown, offered[0], "basis", value=value, base=None))
    return found
