"""How is a change since the preliminary result said: the value before, the value now?

Pure: pages say it in the reader's language, reports in the paper's.
"""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from assessor.assessments import wording
from assessor.assessments.basis_words import basis_detail
from assessor.assessments.visit.changes import Field
from assessor.ui.formats import NO_VALUE, day


def value_in(
    language: str, field: str, value: Any, *, choice_text: Callable[[str | None], str]
) -> str:
    """A value of a change in words; a dash where there is or was nothing."""
    if field == Field.choice:
        return choice_text(value)
    if value in (None, ""):
        return NO_VALUE
    if field == Field.visit_on:
        return day(date.fromisoformat(value), language)
    if field == Field.basis:
        return _basis(language, value)
    if field == Field.finding:
        return _finding(language, value)
    return str(value)


def _finding(language: str, value: Mapping[str, Any]) -> str:
    kind = wording.in_(language, wording.FINDING_CLASSES, value["class"])
    if value.get("dropped"):
        return f"{kind}, {wording.DROPPED.in_(language) % {'reason': value['dropped']}}"
    return f"{kind}: {value['statement']}"


def _basis(language: str, value: Mapping[str, Any]) -> str:
    kind = wording.in_(language, wording.BASES, value["kind"])
    detail = value.get("title") or basis_detail(language, value["kind"], value.get("detail") or {})
    return f"{kind}: {detail}" if detail else kind
