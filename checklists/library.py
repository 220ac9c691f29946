"""How do folders of YAML become checklists?

`checklist.yaml` is the head, `NN-….yaml` hold the items. A checklist is read against the
standards that it can refer to, or against the checklist that it is based on; everything that can
be wrong is found in one go.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from checklists.based import is_based, load_based
from checklists.head import (
    HEAD,
    LONGEST_LABEL,
    OPTIONAL,
    REQUIRED,
    read_days,
    read_finding_rules,
    read_levels,
    read_met_from,
    read_sample,
    read_scale,
    read_thresholds,
    read_work_order,
)
from checklists.mapping import ItemMapping, load_mappings
from checklists.model import (
    AssessmentKind,
    AuditeeKind,
    Checklist,
    Citation,
    Critical,
    Item,
    Method,
)
from standards import library as standard_library
from standards.folder import Folder, beginning
from standards.library import LONGEST_REQUIREMENT, chapter_files, folders_in, load_standard
from standards.model import Standard, Text
from standards.reading import CODE, NAME, Fields, Reader, Spot
from standards.sentence import sentence
from standards.yaml_source import Node, Problem, start_of

Edition = TypeVar("Edition", Standard, Checklist)

_HEAVIEST = 1_000
_MOST_EFFORT = 5
# Without its standard a checklist is still read to the end, for the sake of its other problems.
_MISSING_STANDARD = Standard("", "", Text("", ""), Text("", ""), (), (), (), (), ())


@dataclass(frozen=True)
class Library:
    """Everything that could be read without a problem, by id."""

    standards: Mapping[str, Standard]
    checklists: Mapping[str, Checklist]
    mappings: tuple[ItemMapping, ...] = ()


def packaged() -> dict[str, Path]:
    """Give the folders of the checklists that come with the product, by name."""
    return folders_in(Path(__file__).parent / "library")


def load_all(
    standards_folder: Path | None = None, checklists_folder: Path | None = None
) -> tuple[Library, tuple[Problem, ...]]:
    """Read two libraries (the packaged ones unless said); what has problems is left out."""
    standard_folders = (
        standard_library.packaged() if standards_folder is None else folders_in(standards_folder)
    )
    checklist_folders = packaged() if checklists_folder is None else folders_in(checklists_folder)
    reader = Reader()
    standards = _by_id(reader, standard_folders, load_standard, head=standard_library.HEAD)
    based = {name: each for name, each in checklist_folders.items() if is_based(each)}
    full = _by_id(
        reader,
        {name: each for name, each in checklist_folders.items() if name not in based},
        lambda folder: load_checklist(folder, standards),
        head=HEAD,
    )
    checklists = _by_id(
        reader, based, lambda folder: load_based(folder, full), head=HEAD, known=full
    )
    mappings: list[ItemMapping] = []
    for folder in checklist_folders.values():
        found, problems = load_mappings(folder, checklists)
        reader.add(problems)
        mappings += found
    return Library(standards, checklists, tuple(mappings)), reader.problems


def load_checklist(
    folder: Folder, standards: Mapping[str, Standard]
) -> tuple[Checklist | None, tuple[Problem, ...]]:
    """Read a checklist that judges by one of these standards; None if there is any problem."""
    reader = Reader()
    fields = reader.file(folder / HEAD, required=REQUIRED, optional=OPTIONAL)
    standard = _standard(reader, fields, standards)
    scale = read_scale(reader, fields)
    made = Checklist(
        id=fields.text("checklist", form=NAME),
        edition=fields.text("edition", form=CODE),
        standard=standard or _MISSING_STANDARD,
        title=fields.words("title", longest=LONGEST_LABEL),
        auditees=fields.kinds("auditees", AuditeeKind),
        kinds=fields.kinds("kinds", AssessmentKind),
        scale=scale,
        met_from=read_met_from(reader, fields, scale=scale),
        thresholds=read_thresholds(reader, fields),
        days=read_days(reader, fields),
        sample=read_sample(reader, fields, scale=scale),
        finding_rules=read_finding_rules(reader, fields),
        levels=read_levels(reader, fields),
        work_order=read_work_order(reader, fields),
        note=fields.words("note"),
        items=_items(reader, folder, standard),
    )
    return (None if reader.problems else made), reader.problems


def _by_id(
    reader: Reader,
    folders: Mapping[str, Path],
    load: Callable[[Path], tuple[Edition | None, tuple[Problem, ...]]],
    *,
    head: str,
    known: Mapping[str, Edition] | None = None,
) -> dict[str, Edition]:
    made = dict(known or {})
    for folder in folders.values():
        edition, problems = load(folder)
        reader.add(problems)
        if edition is not None and edition.id in made:
            reader.report(
                start_of(folder / head),
                sentence("kode “%(id)s” sudah dipakai folder lain", id=edition.id),
                sentence("beri kode yang berbeda"),
            )
        elif edition is not None:
            made[edition.id] = edition
    return made


def _standard(reader: Reader, fields: Fields, standards: Mapping[str, Standard]) -> Standard | None:
    spot = fields.spot("standard", form=NAME)
    edition = fields.spot("standard_edition", form=CODE)
    remedy = sentence("perbaiki kodenya, atau selesaikan dahulu masalah pada standar itu")
    what = sentence("standar “%(standard)s” tidak ada atau masih bermasalah", standard=spot.text)
    if not reader.known(spot, list(standards), what, remedy):
        return None
    standard = standards[spot.text]
    if edition.text and edition.text != standard.edition:
        reader.report(
            edition.place,
            sentence("edisi standar yang ada adalah %(edition)s", edition=standard.edition),
            sentence("periksa butir-butirnya, lalu sesuaikan standard_edition"),
        )
    return standard


def _items(reader: Reader, folder: Folder, standard: Standard | None) -> tuple[Item, ...]:
    """Read the items of all files; give them in the order of the standard."""
    spots: list[Spot] = []
    items: list[Item] = []
    known = [each.id for each in standard.requirements] if standard is not None else []
    reading = _ItemReading(reader, standard, frozenset(known))
    for path in chapter_files(folder, reader, head=HEAD):
        chapter = reader.file(path, required=("items",))
        for node in chapter.entries("items", least=1):
            spot, item = reading.item(node)
            spots.append(spot)
            items += [item] if item else []
    reader.once(spots)
    if not spots and not reader.problems:
        reader.report(
            beginning(folder / HEAD),
            sentence("instrumen ini belum memiliki butir"),
            sentence("tambahkan berkas butir, misalnya 01-umum.yaml"),
        )
    if standard is None:
        return ()
    order = {requirement.id: rank for rank, requirement in enumerate(standard.requirements)}
    return tuple(sorted(items, key=lambda item: order[item.requirement.id]))


class _ItemReading:
    """One reading of the items of one checklist against one standard."""

    def __init__(self, reader: Reader, standard: Standard | None, known: frozenset[str]) -> None:
        self._reader = reader
        self._standard = standard
        self._known = known

    def item(self, node: Node) -> tuple[Spot, Item | None]:
        fields = self._reader.table(
            node,
            required=("item", "methods", "citation", "critical", "weight", "effort"),
            optional=("requirement", "ask"),
        )
        spot = fields.spot("item", form=CODE)
        named = fields.spot("requirement", form=CODE) if fields.node("requirement") else spot
        methods = fields.kinds("methods", Method)
        citation = fields.kind("citation", Citation)
        critical = fields.kind("critical", Critical)
        weight = fields.integer("weight", low=1, high=_HEAVIEST)
        effort = fields.integer("effort", low=1, high=_MOST_EFFORT)
        ask = fields.words("ask", longest=LONGEST_REQUIREMENT) if fields.node("ask") else None
        if self._standard is None or not self._refers(named):
            return spot, None
        requirement = self._standard.requirement(named.text)
        section = self._standard.section(requirement.section)
        return spot, Item(
            id=spot.text,
            requirement=requirement,
            section=section,
            aspect=self._standard.aspect(section.aspect),
            methods=methods,
            citation=citation,
            critical=critical,
            weight=weight,
            effort=effort,
            ask=ask,
        )

    def _refers(self, named: Spot) -> bool:
        return self._reader.known(
            named,
            self._known,
            sentence(
                "persyaratan “%(requirement)s” tidak ada dalam standar", requirement=named.text
            ),
            sentence("tulis kode persyaratan yang benar pada requirement"),
        )
