"""What does a score lean on beside pieces of evidence, said in the reader's language?

The checklist, the answers of a result and the list of what changed say it alike; the report has
its own longer phrases.
"""

from collections.abc import Mapping
from datetime import date
from typing import Any

from assessor.assessments.models import BasisKind
from assessor.assessments.people import PEOPLE
from assessor.ui.formats import day, number
from standards.model import Text

_SAMPLED = Text(
    "%(hits)s dari %(drawn)s berkas sesuai, isi register %(register)s",
    "%(hits)s of %(drawn)s files conform, %(register)s in the register",
)
_SHEET = Text("lembar %(sheet)s", "sheet %(sheet)s")


def basis_detail(language: str, kind: str, detail: Mapping[str, Any]) -> str:
    """What was seen and where, what the sample showed, or with whom one spoke; `detail` as it
    stands in a basis (`entries.parse_basis`) or in a sealed document."""
    if kind == BasisKind.sighted:
        return ", ".join(
            _written(language, str(detail[name]))
            for name in ("what", "where", "when")
            if detail.get(name)
        )
    parts = [_sampled(language, detail) if kind == BasisKind.sample else _asked(language, detail)]
    if detail.get("note"):
        parts.append(str(detail["note"]))
    return "; ".join(parts)


def _written(language: str, words: str) -> str:
    """A day that was entered as a date is said as one; other words stay."""
    try:
        return day(date.fromisoformat(words), language)
    except ValueError:
        return words


def _sampled(language: str, detail: Mapping[str, Any]) -> str:
    counts = {name: number(detail[name], language) for name in ("hits", "drawn", "register")}
    said = _SAMPLED.in_(language) % counts
    if not detail.get("sheet"):
        return said
    return f"{said}, {_SHEET.in_(language) % {'sheet': detail['sheet']}}"


def _asked(language: str, detail: Mapping[str, Any]) -> str:
    return ", ".join(
        f"{number(count, language)} {_group(language, code)}"
        for code, count in sorted(detail.get("kinds", {}).items())
    )


def _group(language: str, code: str) -> str:
    """A group of people; one that is not known here is said as it was written."""
    return PEOPLE[code].in_(language).lower() if code in PEOPLE else code
