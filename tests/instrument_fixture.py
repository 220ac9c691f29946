"""Which instrument do the tests judge by?

A generated one: four aspects, eight sections, tags, every method, citation and kind of critical
item. The same number of items always gives the same content. It can be had as objects or written
as the YAML folders that the loader reads; a test holds the two equal.
"""

import json
from fractions import Fraction
from pathlib import Path

from checklists.model import (
    AssessmentKind,
    AuditeeKind,
    Checklist,
    Choice,
    Citation,
    Critical,
    Days,
    FindingCause,
    FindingClass,
    FindingRule,
    Item,
    Level,
    Method,
    SampleBand,
    SampleRule,
    Thresholds,
)
from standards.applicability import ALWAYS, All, Any, Expression, Not, Tag
from standards.model import (
    Aspect,
    Origin,
    Requirement,
    Section,
    Source,
    SourceKind,
    Standard,
    TagDefinition,
    Text,
)

STANDARD_ID = "standar-uji"
CHECKLIST_ID = "instrumen-uji"
TAGS = ("rawat-inap", "rawat-jalan", "medis", "sosial", "ipwl", "anak")
ASPECTS = ("kelembagaan", "sumber-daya", "layanan", "hasil")
SECTIONS = ("A", "B", "C", "D", "E", "F", "G", "H")
_APPLIES: tuple[Expression, ...] = (
    ALWAYS,
    ALWAYS,
    ALWAYS,
    Tag("rawat-inap"),
    ALWAYS,
    Any((Tag("rawat-inap"), All((Tag("medis"), Not(Tag("ipwl")))))),
    ALWAYS,
    Not(Tag("anak")),
)
_ORIGINS = (Origin.stated, Origin.derived, Origin.comparator, Origin.proposed)
_METHODS = (
    (Method.D,),
    (Method.D, Method.W),
    (Method.O,),
    (Method.R,),
    (Method.W, Method.S),
    (Method.O, Method.F),
    (Method.D, Method.R),
)
_CITATIONS = (Citation.required, Citation.optional, Citation.none)
# Rare enough that most items do not decide alone; both kinds appear within the first ten items.
_CRITICALS = (Critical.no, Critical.no, Critical.hard, Critical.no, Critical.no, Critical.soft)


def make_text(words: str) -> Text:
    return Text(id=f"{words} (id)", en=f"{words} (en)")


def make_standard(items: int = 120) -> Standard:
    per_section = -(-items // len(SECTIONS))
    requirements = tuple(
        _make_requirement(number, section=SECTIONS[number // per_section])
        for number in range(items)
    )
    return Standard(
        id=STANDARD_ID,
        edition="2026.1",
        title=make_text("Standar uji"),
        about=make_text("Standar buatan untuk pengujian"),
        tags=tuple(TagDefinition(tag, make_text(f"Label {tag}")) for tag in TAGS),
        aspects=tuple(Aspect(aspect, make_text(f"Aspek {aspect}")) for aspect in ASPECTS),
        sections=tuple(
            Section(section, ASPECTS[position // 2], make_text(f"Bagian {section}"))
            for position, section in enumerate(SECTIONS)
        ),
        sources=(
            Source("P1", "Peraturan uji", SourceKind.regulation, "https://peraturan.example/1"),
            Source("S2", "Kajian uji", SourceKind.study),
        ),
        requirements=requirements,
    )


def make_checklist(items: int = 120) -> Checklist:
    standard = make_standard(items)
    return Checklist(
        id=CHECKLIST_ID,
        edition="2026.1",
        standard=standard,
        title=make_text("Instrumen uji"),
        auditees=(AuditeeKind.site, AuditeeKind.unit),
        kinds=tuple(AssessmentKind),
        scale=(
            Choice("0", 0, make_text("Belum"), make_text("Belum ada")),
            Choice("1", 1, make_text("Sebagian"), make_text("Ada sebagian")),
            Choice("2", 2, make_text("Terpenuhi"), make_text("Ada dan dijalankan")),
        ),
        met_from="2",
        thresholds=Thresholds(
            total=Fraction(4, 5), aspect=Fraction(3, 5), not_applicable=Fraction(1, 10)
        ),
        days=Days(self_assessment=14, major=60, minor=90, soft_critical=60, on_site=180),
        sample=SampleRule(
            all_up_to=5,
            middle_up_to=30,
            middle_draw=5,
            above_draw=10,
            bands=(
                SampleBand(Fraction(4, 5), "2"),
                SampleBand(Fraction(1, 2), "1"),
                SampleBand(Fraction(0), "0"),
            ),
        ),
        finding_rules=(
            FindingRule(FindingCause.hard_critical_unmet, FindingClass.major),
            FindingRule(FindingCause.soft_critical_unmet, FindingClass.minor),
            FindingRule(FindingCause.lowest_choice, FindingClass.minor),
            FindingRule(FindingCause.unmet, FindingClass.suggestion),
        ),
        levels=(
            Level("baik", Fraction(4, 5), make_text("Baik")),
            Level("cukup", Fraction(1, 2), make_text("Cukup")),
        ),
        work_order=(Method.D, Method.O, Method.W, Method.R, Method.S, Method.F),
        note=make_text("Contoh, belum disahkan"),
        items=tuple(
            _make_item(number, requirement=requirement, standard=standard)
            for number, requirement in enumerate(standard.requirements)
        ),
    )


def all_choices(checklist: Checklist, choice: str | None) -> dict[str, str | None]:
    """Answer every item, applicable or not, with the same choice."""
    return {item.id: choice for item in checklist.items}


def write_library(folder: Path, checklist: Checklist | None = None) -> tuple[Path, Path]:
    """Write a checklist and its standard as YAML; give the two library folders."""
    checklist = checklist or make_checklist()
    standards, checklists = folder / "standards", folder / "checklists"
    write_standard(standards / checklist.standard.id, checklist.standard)
    write_checklist(checklists / checklist.id, checklist)
    return standards, checklists


def write_standard(folder: Path, standard: Standard) -> None:
    folder.mkdir(parents=True)
    head = standard.document()
    _write(
        folder / "standard.yaml",
        {
            "standard": head["id"],
            "edition": head["edition"],
            "title": head["title"],
            "about": head["about"],
            "tags": [{"tag": tag.id, "label": tag.label.document()} for tag in standard.tags],
            "aspects": [
                {"aspect": aspect.id, "title": aspect.title.document()}
                for aspect in standard.aspects
            ],
            "sections": [
                {"section": each.id, "aspect": each.aspect, "title": each.title.document()}
                for each in standard.sections
            ],
            "sources": {
                source.id: {
                    key: value
                    for key, value in source.document().items()
                    if key != "id" and value != ""
                }
                for source in standard.sources
            },
        },
    )
    for number, section in enumerate(standard.sections, start=1):
        requirements = [each for each in standard.requirements if each.section == section.id]
        if requirements:
            _write(
                folder / f"{number:02}-bagian-{section.id.lower()}.yaml",
                {
                    "section": section.id,
                    "requirements": [_requirement_source(each) for each in requirements],
                },
            )


def write_checklist(folder: Path, checklist: Checklist) -> None:
    folder.mkdir(parents=True)
    document = checklist.document()
    thresholds = checklist.thresholds
    _write(
        folder / "checklist.yaml",
        {
            "checklist": checklist.id,
            "edition": checklist.edition,
            "standard": checklist.standard.id,
            "standard_edition": checklist.standard.edition,
            "title": document["title"],
            "auditees": document["auditees"],
            "kinds": document["kinds"],
            "scale": [
                {
                    "choice": choice.code,
                    "points": choice.points,
                    "label": choice.label.document(),
                    "meaning": choice.meaning.document(),
                }
                for choice in checklist.scale
            ],
            "met_from": checklist.met_from,
            "thresholds": {
                "total": _percent(thresholds.total),
                "aspect": _percent(thresholds.aspect),
                "not_applicable": _percent(thresholds.not_applicable),
            },
            "days": document["days"],
            "sample": document["sample"],
            "findings": document["findings"],
            "levels": [
                {
                    "level": each.id,
                    "from": _percent(each.from_share),
                    "label": each.label.document(),
                }
                for each in checklist.levels
            ],
            "work_order": document["work_order"],
            "note": document["note"],
        },
    )
    for number, section in enumerate(checklist.standard.sections, start=1):
        items = [item for item in checklist.items if item.section == section]
        if items:
            _write(
                folder / f"{number:02}-bagian-{section.id.lower()}.yaml",
                {"items": [_item_source(item) for item in items]},
            )


def _make_requirement(number: int, *, section: str) -> Requirement:
    origin = _ORIGINS[number % len(_ORIGINS)]
    name = f"{section}-{number + 1:03}"
    return Requirement(
        id=name,
        section=section,
        text=make_text(f"Persyaratan {name}"),
        good=make_text(f"Yang baik untuk {name}"),
        how=make_text(f"Cara mencapai {name}"),
        evidence=tuple(make_text(f"Bukti {which} {name}") for which in range(1 + number % 4)),
        origin=origin,
        applies=_APPLIES[number % len(_APPLIES)],
        sources=() if origin is Origin.proposed else ("P1", "S2")[: 1 + number % 2],
        clause="1.10" if number == 0 else "",
    )


def _make_item(number: int, *, requirement: Requirement, standard: Standard) -> Item:
    section = standard.section(requirement.section)
    return Item(
        id=requirement.id,
        requirement=requirement,
        section=section,
        aspect=standard.aspect(section.aspect),
        methods=_METHODS[number % len(_METHODS)],
        citation=_CITATIONS[number % len(_CITATIONS)],
        critical=_CRITICALS[number % len(_CRITICALS)],
        weight=1 + number % 3,
        effort=1 + number % 5,
        ask=make_text(f"Apakah {requirement.id} dijalankan?") if number % 4 == 0 else None,
    )


def _requirement_source(requirement: Requirement) -> dict[str, object]:
    document: dict[str, object] = dict(requirement.document())
    source = {"requirement": document.pop("id"), **document}
    del source["section"]
    if requirement.applies == ALWAYS:
        del source["applies"]
    return source


def _item_source(item: Item) -> dict[str, object]:
    document: dict[str, object] = dict(item.document())
    source = {"item": document.pop("id"), **document}
    if item.requirement.id == item.id:
        del source["requirement"]
    if item.ask is None:
        del source["ask"]
    return source


def _percent(share: Fraction) -> str:
    return f"{int(share * 100)}/100"


def _write(path: Path, content: dict[str, object]) -> None:
    path.write_text(_block(content), encoding="utf-8")


def _block(content: object, indent: int = 0) -> str:
    """Write block style by hand, so that the loader sees what authors write."""
    pad = " " * indent
    if isinstance(content, dict) and content:
        return "".join(
            f"{pad}{json.dumps(key, ensure_ascii=False)}:{_after(value, indent)}"
            for key, value in content.items()
        )
    if isinstance(content, list) and content:
        return "".join(f"{pad}-{_after(value, indent)}" for value in content)
    return f"{pad}{json.dumps(content, ensure_ascii=False)}\n"


def _after(value: object, indent: int) -> str:
    if isinstance(value, (dict, list)) and value:
        return "\n" + _block(value, indent + 2)
    return " " + json.dumps(value, ensure_ascii=False) + "\n"
