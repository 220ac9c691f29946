"""How is a standard or a checklist written as one table of plain text?"""

import csv
import io
from collections.abc import Iterator

from checklists.formats.cells import harmless
from checklists.item import Item
from checklists.model import Checklist
from standards.model import Requirement, Standard

COLUMNS = (
    "item",
    "requirement",
    "aspect",
    "section",
    "text",
    "question",
    "methods",
    "critical",
    "citation",
    "weight",
    "applies",
    "origin",
    "sources",
    "clause",
    "edition",
    "fingerprint",
    "status",
)


def csv_text(instrument: Standard | Checklist, *, language: str, status: str) -> str:
    """Give the table; every row names the edition, its fingerprint and whether it is approved."""
    written = io.StringIO()
    table = csv.writer(written, lineterminator="\r\n")
    table.writerow(COLUMNS)
    edition = (instrument.edition, instrument.fingerprint, status)
    standard = instrument.standard if isinstance(instrument, Checklist) else instrument
    for requirement, item in _pairs(instrument):
        row = (*_row(standard, requirement, item, language), *edition)
        table.writerow([harmless(cell) for cell in row])
    return written.getvalue()


def _pairs(instrument: Standard | Checklist) -> Iterator[tuple[Requirement, Item | None]]:
    if isinstance(instrument, Checklist):
        yield from ((item.requirement, item) for item in instrument.items)
    else:
        yield from ((requirement, None) for requirement in instrument.requirements)


def _row(
    standard: Standard, requirement: Requirement, item: Item | None, language: str
) -> tuple[str, ...]:
    section = standard.section(requirement.section)
    return (
        item.id if item else "",
        requirement.id,
        standard.aspect(section.aspect).title.in_(language),
        f"{section.id}. {section.title.in_(language)}",
        requirement.text.in_(language),
        item.question.in_(language) if item else "",
        " ".join(item.methods) if item else "",
        item.critical.value if item else "",
        item.citation.value if item else "",
        str(item.weight) if item else "",
        requirement.applies.words(standard.tag_labels(language), language=language),
        requirement.origin.value,
        " ".join(requirement.sources),
        requirement.clause,
    )
