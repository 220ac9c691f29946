"""How is a standard or a checklist written as the YAML files that the library reads?

The way back: what is written here and read again is the same object with the same fingerprint
(tests/checklists/formats/test_yaml_files.py). Comments are not content and are not kept.
"""

from collections.abc import Mapping, Sequence
from typing import Any

import yaml

from checklists.head import HEAD as CHECKLIST_HEAD
from checklists.material import (
    BasedMaterial,
    Material,
    Values,
    based_of,
    checklist_head,
    item_values,
    requirement_values,
    standard_head,
)
from checklists.model import Checklist
from standards.library import HEAD as STANDARD_HEAD
from standards.model import Standard

Files = Mapping[str, str]

_WIDTH = 100
# far below what the reader takes of one file, also where every text is as long as it may be
_MOST_IN_FILE = 40


class _Plain(yaml.SafeDumper):
    """Writes everything where it stands: the library reads no anchors."""

    def ignore_aliases(self, data: Any) -> bool:  # noqa: ARG002 - the same for all
        return True

    def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:  # noqa: FBT001, FBT002, ARG002 - the parent's form
        super().increase_indent(flow, False)


def standard_files(standard: Standard) -> Files:
    """Give the files of a standard by name."""
    requirements = tuple(requirement_values(each) for each in standard.requirements)
    return _standard_files(standard_head(standard), requirements)


def checklist_files(checklist: Checklist) -> Files:
    """Give the files of a checklist by name; its standard is written apart."""
    sections = [each.id for each in checklist.standard.sections]
    if checklist.derivation is not None:
        based = based_of(checklist)
        of_item = {each.id: each.section.id for each in checklist.items}
        return _based_files(based, sections, of_item)
    items = [(each.section.id, item_values(each)) for each in checklist.items]
    return _checklist_files(checklist_head(checklist), items, sections)


def material_files(material: Material) -> Mapping[str, Files]:
    """Give the folders of a draft, whatever is still wrong with it, as the library has them."""
    sections = material.sections()
    of_requirement = {
        str(each.get("requirement", "")): str(each.get("section", ""))
        for each in material.requirements
    }
    of_item = {
        str(each.get("item", "")): of_requirement.get(
            str(each.get("requirement", each.get("item", ""))), ""
        )
        for each in material.items
    }
    items = [(of_item[str(each.get("item", ""))], each) for each in material.items]
    folders = {
        f"standards/{material.standard.get('standard', 'standar')}": _standard_files(
            material.standard, material.requirements
        ),
        f"checklists/{material.checklist.get('checklist', 'instrumen')}": _checklist_files(
            material.checklist, items, sections
        ),
    }
    for based in material.based:
        folders[f"checklists/{based.name}"] = _based_files(based, sections, of_item)
    return folders


def _standard_files(head: Values, requirements: Sequence[Values]) -> Files:
    files = {STANDARD_HEAD: _text(head)}
    sections = [each["section"] for each in _listed(head.get("sections"))]
    grouped: dict[str, list[Values]] = {}
    for each in requirements:
        bare = {name: value for name, value in each.items() if name != "section"}
        grouped.setdefault(str(each.get("section", "")), []).append(bare)
    for section, held in grouped.items():
        files |= _chapters(
            section, _number(section, sections), "requirements", held, {"section": section}
        )
    return dict(sorted(files.items(), key=lambda each: each[0] != STANDARD_HEAD))


def _checklist_files(
    head: Values, items: Sequence[tuple[str, Values]], sections: Sequence[str]
) -> Files:
    files = {CHECKLIST_HEAD: _text(head)}
    grouped: dict[str, list[Values]] = {}
    for section, each in items:
        grouped.setdefault(section, []).append(each)
    for section, held in grouped.items():
        files |= _chapters(section, _number(section, sections), "items", held, {})
    return files


def _based_files(
    based: BasedMaterial, sections: Sequence[str], of_item: Mapping[str, str]
) -> Files:
    items = [(of_item.get(str(each.get("item", "")), ""), each) for each in based.words]
    return _checklist_files(based.head, items, sections)


def _listed(value: Any) -> Sequence[Any]:
    return value if isinstance(value, list) else ()


def _number(section: str, sections: Sequence[str]) -> int:
    return sections.index(section) + 1 if section in sections else len(sections) + 1


def _chapters(
    section: str, number: int, key: str, held: Sequence[Values], head: Values
) -> dict[str, str]:
    """The files of one section: as many as it needs."""
    name = "".join(letter if letter.isalnum() else "-" for letter in section).strip("-") or "x"
    parts = [held[at : at + _MOST_IN_FILE] for at in range(0, len(held), _MOST_IN_FILE)]
    if len(parts) == 1:
        return {f"{number:02}-{name}.yaml": _text({**head, key: list(held)})}
    return {
        f"{number:02}-{name}-{at:03}.yaml": _text({**head, key: list(part)})
        for at, part in enumerate(parts, start=1)
    }


def _text(content: Mapping[str, Any]) -> str:
    return yaml.dump(content, Dumper=_Plain, allow_unicode=True, sort_keys=False, width=_WIDTH)
