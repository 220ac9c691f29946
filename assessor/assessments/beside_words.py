"""How is what stands beside the scores said in the reader's language?"""

from collections.abc import Mapping
from datetime import date
from typing import Any

from flask_babel import gettext as _

from assessor.assessments.beside import expired_at
from assessor.ui import formats
from assessor.ui.parts import Fact


def expired_words(permit: Mapping[str, Any], on: str, language: str) -> str:
    """The hint for the assessor, with its dates; the score stays the assessor's."""
    label = permit["label"].get(language) or permit["label"]["id"]
    return str(
        _(
            "%(permit)s nomor %(number)s habis %(end)s, sebelum %(day)s.",
            permit=label,
            number=permit["number"],
            end=formats.day(date.fromisoformat(permit["expires_on"]), language),
            day=formats.day(date.fromisoformat(on), language),
        )
    )


def hints(document: Mapping[str, Any] | None, language: str) -> dict[str, tuple[str, ...]]:
    """Item → what is said there of expired permits."""
    on = (document or {}).get("on", "")
    return {
        item: tuple(expired_words(each, on, language) for each in permits)
        for item, permits in expired_at(document).items()
    }


def value_facts(document: list[Mapping[str, Any]] | None, language: str) -> tuple[Fact, ...]:
    """The values from outside among the facts of a page. Documents of an earlier form have
    none."""
    facts = []
    for each in document or ():
        label = each["label"].get(language) or each["label"]["id"]
        scale = str(_("skala %(scale)s", scale=each["scale"])) if each["scale"] else ""
        note = "; ".join(part for part in (scale, each["source"]) if part)
        facts.append(Fact(f"{label}, {each['year']}", each["value"], note=note))
    return tuple(facts)
