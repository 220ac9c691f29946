"""How is a standard or a checklist written as an OSCAL catalog?

A standard's requirements become controls; a checklist's items become controls with what it says of
judging them as properties of a name space of ours. OSCAL holds one language at a time. Unofficial
as the content is, its status stands among the metadata and on no control is a clause made up.
"""

import re
import uuid
from collections.abc import Iterable
from datetime import datetime
from typing import Any

from checklists.item import Item
from checklists.model import Checklist
from standards.model import Requirement, Section, Standard

VERSION = "1.1.2"
NAME_SPACE = "https://asesor8807.example/ns/oscal"
_IDS = uuid.UUID("8b1c3f52-6a2e-5d0b-9a57-2c7f0e8807a1")
_SPACES = re.compile(r"\s+")


def catalog(
    instrument: Standard | Checklist, *, language: str, status: str, modified: datetime
) -> dict[str, Any]:
    """Give the catalog as JSON objects; the same content always gets the same identifiers."""
    if modified.tzinfo is None:
        raise ValueError("OSCAL wants a moment with its offset from UTC.")
    checklist = instrument if isinstance(instrument, Checklist) else None
    standard = checklist.standard if checklist else instrument
    assert isinstance(standard, Standard)  # noqa: S101 - the other case was taken above
    used = {
        section.id: _controls(standard, checklist, section, language)
        for section in standard.sections
    }
    return {
        "catalog": {
            "uuid": str(uuid.uuid5(_IDS, instrument.fingerprint + language)),
            "metadata": _metadata(instrument, language, status, modified),
            "groups": [
                {
                    "id": f"aspect-{aspect.id}",
                    "class": "aspect",
                    "title": _line(aspect.title.in_(language)),
                    "groups": [
                        {
                            "id": f"section-{section.id}",
                            "class": "section",
                            "title": _line(section.title.in_(language)),
                            "controls": used[section.id],
                        }
                        for section in standard.sections
                        if section.aspect == aspect.id and used[section.id]
                    ],
                }
                for aspect in standard.aspects
                if any(used[each.id] for each in standard.sections if each.aspect == aspect.id)
            ],
            **_back_matter(standard, instrument),
        }
    }


def control_id(code: str) -> str:
    """Give a code as an OSCAL token, which begins with a letter or an underscore."""
    return code if code[0].isalpha() else f"_{code}"


def _metadata(
    instrument: Standard | Checklist, language: str, status: str, modified: datetime
) -> dict[str, Any]:
    return {
        "title": _line(instrument.title.in_(language)),
        "last-modified": modified.isoformat(),
        "version": instrument.edition,
        "oscal-version": VERSION,
        "props": [
            _property("id", instrument.id),
            _property("fingerprint", instrument.fingerprint),
            _property("status", status),
            _property("language", language),
        ],
        "remarks": _remarks(instrument, language),
    }


def _remarks(instrument: Standard | Checklist, language: str) -> str:
    said = instrument.note if isinstance(instrument, Checklist) else instrument.about
    return said.in_(language)


def _controls(
    standard: Standard, checklist: Checklist | None, section: Section, language: str
) -> list[dict[str, Any]]:
    if checklist is None:
        held = (each for each in standard.requirements if each.section == section.id)
        return [_control(standard, each, None, language) for each in held]
    items = (item for item in checklist.items if item.section.id == section.id)
    return [_control(standard, item.requirement, item, language) for item in items]


def _control(
    standard: Standard, requirement: Requirement, item: Item | None, language: str
) -> dict[str, Any]:
    name = control_id(item.id if item else requirement.id)
    made: dict[str, Any] = {
        "id": name,
        "class": "item" if item else "requirement",
        "title": _line(requirement.text.in_(language)),
        "props": [
            {"name": "label", "value": item.id if item else requirement.id},
            _property("origin", requirement.origin.value),
            _property(
                "applies",
                requirement.applies.words(standard.tag_labels(language), language=language),
            ),
            *_clause(requirement),
            *(_judging(item) if item else ()),
        ],
        "parts": list(_parts(name, requirement, item, language)),
    }
    if requirement.sources:
        made["links"] = [
            {"href": f"#{_source_id(source)}", "rel": "reference"} for source in requirement.sources
        ]
    return made


def _clause(requirement: Requirement) -> Iterable[dict[str, str]]:
    if requirement.clause:
        yield _property("clause", requirement.clause)


def _judging(item: Item) -> Iterable[dict[str, str]]:
    yield _property("requirement", item.requirement.id)
    for method in item.methods:
        yield _property("method", method.value)
    yield _property("citation", item.citation.value)
    yield _property("critical", item.critical.value)
    yield _property("weight", str(item.weight))
    yield _property("effort", str(item.effort))


def _parts(
    name: str, requirement: Requirement, item: Item | None, language: str
) -> Iterable[dict[str, Any]]:
    yield _part(f"{name}_smt", "statement", requirement.text.in_(language))
    if item is not None and item.ask is not None:
        yield _part(f"{name}_ask", "question", item.ask.in_(language), own=True)
    yield _part(f"{name}_gdn", "guidance", requirement.good.in_(language))
    yield _part(f"{name}_how", "how", requirement.how.in_(language), own=True)
    for number, example in enumerate(requirement.evidence, start=1):
        yield _part(f"{name}_evd.{number}", "evidence", example.in_(language), own=True)


def _part(name: str, kind: str, prose: str, *, own: bool = False) -> dict[str, Any]:
    made = {"id": name, "name": kind, "prose": prose}
    return {**made, "ns": NAME_SPACE} if own else made


def _property(name: str, value: str) -> dict[str, str]:
    return {"name": name, "ns": NAME_SPACE, "value": _line(value)}


def _line(text: str) -> str:
    """Give a text on one line, as titles and values must be."""
    return _SPACES.sub(" ", text).strip()


def _source_id(source: str) -> str:
    return str(uuid.uuid5(_IDS, f"source {source}"))


def _back_matter(standard: Standard, instrument: Standard | Checklist) -> dict[str, Any]:
    if isinstance(instrument, Checklist):
        cited = {source for item in instrument.items for source in item.requirement.sources}
    else:
        cited = {source.id for source in standard.sources}
    resources = [
        {
            "uuid": _source_id(source.id),
            "title": _line(source.title),
            "props": [_property("kind", source.kind.value), _property("code", source.id)],
            **({"rlinks": [{"href": source.url}]} if source.url else {}),
        }
        for source in standard.sources
        if source.id in cited
    ]
    return {"back-matter": {"resources": resources}} if resources else {}
