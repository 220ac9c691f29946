"""What stands in the rows of the workbook in which an instrument is written?"""

from collections.abc import Iterator, Mapping, Sequence

from checklists.formats.cells import harmless
from checklists.formats.template import (
    ASPECTS,
    FINDINGS,
    HEAD,
    HEAD_KEYS,
    ITEMS,
    LEVELS,
    PLANS,
    SCALE,
    SECTIONS,
    SOURCES,
    TAGS,
)
from checklists.imports import defaults
from checklists.item import Item
from checklists.model import Checklist
from standards.applicability import Expression
from standards.canonical import Json, fraction_text
from standards.model import Requirement, Text

Rows = Sequence[Mapping[str, str]]


def rows_of(checklist: Checklist) -> Mapping[str, Rows]:
    """Give what stands on each sheet, by keys; only a full checklist can be written so."""
    standard = checklist.standard
    return {
        HEAD.name: [{"key": key, "value": value} for key, value in _head(checklist).items()],
        SCALE.name: list(_scale(checklist)),
        FINDINGS.name: [
            {"when": rule.when.value, "class": rule.finding_class.value}
            for rule in checklist.finding_rules
        ],
        LEVELS.name: [
            {"level": each.id, "from": fraction_text(each.from_share), **both("label", each.label)}
            for each in checklist.levels
        ],
        ASPECTS.name: [
            {"aspect": each.id, **both("title", each.title)} for each in standard.aspects
        ],
        SECTIONS.name: [
            {"section": each.id, "aspect": each.aspect, **both("title", each.title)}
            for each in standard.sections
        ],
        TAGS.name: [{"tag": each.id, **both("label", each.label)} for each in standard.tags],
        SOURCES.name: [
            {"source": each.id, "title": each.title, "kind": each.kind.value, "url": each.url}
            for each in standard.sources
        ],
        ITEMS.name: list(_items(checklist)),
    }


def empty_rows() -> Mapping[str, Rows]:
    """Give what stands on each sheet before anybody wrote: the example figures, nothing else."""
    head = {
        **dict.fromkeys(HEAD_KEYS, ""),
        "auditees": " ".join(defaults.HEAD["auditees"]),
        "kinds": " ".join(defaults.HEAD["kinds"]),
        "work_order": " ".join(defaults.HEAD["work_order"]),
        "met_from": "2",
        "sample.all_up_to": "5",
        "sample.middle.up_to": "30",
        "sample.middle.draw": "5",
        "sample.above": "10",
    }
    for name in ("thresholds", "days"):
        head |= {f"{name}.{key}": str(value) for key, value in defaults.HEAD[name].items()}
    shares = ("0/100", "50/100", "80/100")
    scale = [
        {
            "choice": each["choice"],
            "points": str(each["points"]),
            "label.id": each["label"]["id"],
            "label.en": each["label"]["en"],
            "meaning.id": each["meaning"]["id"],
            "meaning.en": each["meaning"]["en"],
            "sample_from": share,
        }
        for each, share in zip(defaults.scale_of(()), shares, strict=True)
    ]
    return {
        **{plan.name: [] for plan in PLANS},
        HEAD.name: [{"key": key, "value": value} for key, value in head.items()],
        SCALE.name: scale,
        FINDINGS.name: list(defaults.HEAD["findings"]),
    }


def both(key: str, text: Text) -> dict[str, str]:
    """Give a text in both languages under its two keys."""
    return {f"{key}.id": text.id, f"{key}.en": text.en}


def expression_text(expression: Json) -> str:
    """Write to whom something applies on one line, as the YAML files have it."""
    if isinstance(expression, dict):
        (name, inner), *_ = expression.items()
        return "{" + f"{name}: {expression_text(inner)}" + "}"
    if isinstance(expression, list):
        return "[" + ", ".join(expression_text(each) for each in expression) + "]"
    return str(expression)


def guarded(text: str) -> str:
    """Give a text for a cell, so that no program takes it for a formula and it can be read back."""
    return f"'{text}" if text.startswith("'") else harmless(text)


def unguarded(text: str) -> str:
    """Give a text as it was before it was guarded."""
    bare = text.removeprefix("'")
    return bare if bare != text and guarded(bare) == text else text


def _head(checklist: Checklist) -> dict[str, str]:
    standard, limits, days, sample = (
        checklist.standard,
        checklist.thresholds,
        checklist.days,
        checklist.sample,
    )
    return {
        "standard": standard.id,
        "standard_edition": standard.edition,
        **both("standard_title", standard.title),
        **both("about", standard.about),
        "checklist": checklist.id,
        "edition": checklist.edition,
        **both("title", checklist.title),
        **both("note", checklist.note),
        "auditees": " ".join(checklist.auditees),
        "kinds": " ".join(checklist.kinds),
        "met_from": checklist.met_from,
        **{f"thresholds.{key}": str(value) for key, value in limits.document().items()},
        **{f"days.{key}": str(value) for key, value in days.document().items()},
        "sample.all_up_to": str(sample.all_up_to),
        "sample.middle.up_to": str(sample.middle_up_to),
        "sample.middle.draw": str(sample.middle_draw),
        "sample.above": str(sample.above_draw),
        "work_order": " ".join(checklist.work_order),
    }


def _scale(checklist: Checklist) -> Iterator[dict[str, str]]:
    shares = {band.choice: fraction_text(band.from_share) for band in checklist.sample.bands}
    for each in checklist.scale:
        yield {
            "choice": each.code,
            "points": str(each.points),
            **both("label", each.label),
            **both("meaning", each.meaning),
            "sample_from": shares.get(each.code, ""),
        }


def _items(checklist: Checklist) -> Iterator[dict[str, str]]:
    judged: dict[str, list[Item]] = {}
    for item in checklist.items:
        judged.setdefault(item.requirement.id, []).append(item)
    for requirement in checklist.standard.requirements:
        items = judged.get(requirement.id, [])
        if not items:
            yield {"requirement": requirement.id, **_requirement(requirement)}
        for rank, item in enumerate(items):
            other = item.id != requirement.id or rank > 0
            yield {
                "item": item.id,
                "requirement": requirement.id if other else "",
                **(_requirement(requirement) if rank == 0 else {}),
                **_item(item),
            }


def _requirement(requirement: Requirement) -> dict[str, str]:
    evidence = {
        key: text
        for number, each in enumerate(requirement.evidence, start=1)
        for key, text in both(f"evidence{number}", each).items()
    }
    return {
        "section": requirement.section,
        **both("text", requirement.text),
        **both("good", requirement.good),
        **both("how", requirement.how),
        **evidence,
        "applies": _applies(requirement.applies),
        "origin": requirement.origin.value,
        "sources": " ".join(requirement.sources),
        "clause": requirement.clause,
    }


def _applies(expression: Expression) -> str:
    document = expression.document()
    return "" if document is None else expression_text(document)


def _item(item: Item) -> dict[str, str]:
    return {
        **(both("ask", item.ask) if item.ask else {}),
        "methods": " ".join(item.methods),
        "citation": item.citation.value,
        "critical": item.critical.value,
        "weight": str(item.weight),
        "effort": str(item.effort),
    }
