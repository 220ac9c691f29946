"""How is a standard or a checklist written as the YAML files that the library reads?

The way back: what is written here and read again is the same object with the same fingerprint
(tests/checklists/formats/test_yaml_files.py). Comments are not content and are not kept.
"""

from collections.abc import Iterable, Mapping
from typing import Any

import yaml

from checklists.head import HEAD as CHECKLIST_HEAD
from checklists.item import Item
from checklists.model import Checklist
from standards.applicability import ALWAYS
from standards.library import HEAD as STANDARD_HEAD
from standards.model import Requirement, Section, Source, Standard

Files = Mapping[str, str]

_WIDTH = 100


class _Plain(yaml.SafeDumper):
    """Writes everything where it stands: the library reads no anchors."""

    def ignore_aliases(self, data: Any) -> bool:  # noqa: ARG002 - the same for all
        return True

    def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:  # noqa: FBT001, FBT002, ARG002 - the parent's form
        super().increase_indent(flow, False)


def standard_files(standard: Standard) -> Files:
    """Give the files of a standard by name."""
    head = standard.document()
    files = {
        STANDARD_HEAD: _text(
            {
                "standard": standard.id,
                "edition": standard.edition,
                "title": head["title"],
                "about": head["about"],
                "tags": [{"tag": tag.id, "label": tag.label.document()} for tag in standard.tags],
                "aspects": [
                    {"aspect": each.id, "title": each.title.document()} for each in standard.aspects
                ],
                "sections": [
                    {"section": each.id, "aspect": each.aspect, "title": each.title.document()}
                    for each in standard.sections
                ],
                "sources": {source.id: _source(source) for source in standard.sources},
            }
        )
    }
    for number, section in enumerate(standard.sections, start=1):
        held = [each for each in standard.requirements if each.section == section.id]
        if held:
            files[_chapter(number, section)] = _text(
                {"section": section.id, "requirements": [_requirement(each) for each in held]}
            )
    return files


def checklist_files(checklist: Checklist) -> Files:
    """Give the files of a checklist by name; its standard is written apart."""
    based = checklist.derivation is not None
    head = _based_head(checklist) if based else _full_head(checklist)
    files = {CHECKLIST_HEAD: _text(head)}
    for number, section in enumerate(checklist.standard.sections, start=1):
        items = [_words(each) if based else _item(each) for each in _of(checklist, section)]
        held = [each for each in items if each]
        if held:
            files[_chapter(number, section)] = _text({"items": held})
    return files


def _of(checklist: Checklist, section: Section) -> Iterable[Item]:
    return (item for item in checklist.items if item.section.id == section.id)


def _chapter(number: int, section: Section) -> str:
    name = "".join(letter if letter.isalnum() else "-" for letter in section.id)
    return f"{number:02}-{name}.yaml"


def _text(content: Mapping[str, Any]) -> str:
    return yaml.dump(content, Dumper=_Plain, allow_unicode=True, sort_keys=False, width=_WIDTH)


def _source(source: Source) -> dict[str, Any]:
    document = {"title": source.title, "kind": source.kind.value}
    return {**document, "url": source.url} if source.url else document


def _requirement(requirement: Requirement) -> dict[str, Any]:
    document: dict[str, Any] = dict(requirement.document())
    source = {"requirement": document.pop("id"), **document}
    del source["section"]
    if requirement.applies == ALWAYS:
        del source["applies"]
    return source


def _item(item: Item) -> dict[str, Any]:
    document: dict[str, Any] = dict(item.document())
    source = {"item": document.pop("id"), **document}
    if item.requirement.id == item.id:
        del source["requirement"]
    if item.ask is None:
        del source["ask"]
    return source


def _words(item: Item) -> dict[str, Any]:
    """Of an item of a based checklist nothing is its own but the words."""
    return {"item": item.id, "ask": item.ask.document()} if item.ask else {}


def _full_head(checklist: Checklist) -> dict[str, Any]:
    document = checklist.document()
    head: dict[str, Any] = {
        "checklist": checklist.id,
        "edition": checklist.edition,
        "standard": checklist.standard.id,
        "standard_edition": checklist.standard.edition,
        "title": document["title"],
        "auditees": document["auditees"],
        "kinds": document["kinds"],
        "scale": [
            {
                "choice": each.code,
                "points": each.points,
                "label": each.label.document(),
                "meaning": each.meaning.document(),
            }
            for each in checklist.scale
        ],
        **{name: document[name] for name in ("met_from", "thresholds", "days", "sample")},
        "findings": document["findings"],
        "work_order": document["work_order"],
        "note": document["note"],
    }
    if checklist.levels:
        head["levels"] = [
            {"level": level["id"], "from": level["from"], "label": level["label"]}
            for level in (each.document() for each in checklist.levels)
        ]
    return head


def _based_head(checklist: Checklist) -> dict[str, Any]:
    document, derivation = checklist.document(), checklist.derivation
    rule = derivation.document() if derivation else {}
    base: Any = rule["base"]
    head = {
        "checklist": checklist.id,
        "edition": checklist.edition,
        "based_on": base["checklist"],
        "based_on_edition": base["edition"],
        "title": document["title"],
        "kinds": document["kinds"],
        "gives": rule["gives"],
        "wording": rule["wording"],
        "places": rule["places"],
        "work_order": document["work_order"],
        "note": document["note"],
    }
    optional = {name: rule[name] for name in ("select", "rotation", "at_opening") if rule[name]}
    return {**head, **optional}
