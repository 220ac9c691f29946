"""How do YAML files that somebody uploads become a checklist?

Accepted: the zip archive that an edition is exported as (folders with `standard.yaml` or
`checklist.yaml` and their chapters), or the files themselves. Every file is read by the house's
own reader within its own bounds and judged by its loader. A checklist may lean on a standard that
is known here already. Exactly one full checklist comes in, with those that are based on it.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import PurePosixPath

from checklists.based import load_based
from checklists.formats.archive import BadArchive, open_archive
from checklists.head import HEAD as CHECKLIST_HEAD
from checklists.imports.arrival import Arrival, Counts, Findings, refusal, too_large
from checklists.library import Library, load_checklist
from checklists.model import Checklist
from standards.folder import Gathered
from standards.library import HEAD as STANDARD_HEAD
from standards.library import load_standard
from standards.model import Standard
from standards.sentence import sentence
from standards.yaml_source import Node, Place, Table, parse

LARGEST = 16 * 2**20
_SUFFIXES = frozenset({".yaml", ".yml"})
_NOTHING = Library({}, {})


def import_yaml_archive(raw: bytes, file: str, *, known: Library = _NOTHING) -> Arrival:
    """Read an archive of folders."""
    if len(raw) > LARGEST:
        return too_large(file, LARGEST)
    try:
        archive = open_archive(raw)
        files = {
            name: archive.read(name)
            for name in archive.entries
            if PurePosixPath(name).suffix.lower() in _SUFFIXES
        }
    except BadArchive as bad:
        return refusal(file, bad.what, bad.remedy)
    return import_yaml(files, known=known)


def import_yaml(files: Mapping[str, bytes], *, known: Library = _NOTHING) -> Arrival:
    """Read files by their names; a name may begin with the folder that the file lies in."""
    findings = Findings()
    nodes: dict[str, Node] = {}
    for name, raw in files.items():
        node, problems = parse(raw, name)
        findings.add(problems)
        if node is not None:
            nodes[name] = node
    if findings.problems:
        return findings.refused()
    return _Upload(_sorted(nodes), known, findings).arrival()


@dataclass
class _Folders:
    """The files of an upload by what they belong to."""

    standards: dict[str, dict[str, Node]] = field(default_factory=dict)
    checklists: dict[str, dict[str, Node]] = field(default_factory=dict)


def _sorted(nodes: Mapping[str, Node]) -> _Folders:
    """Put files together that lie in one folder; without folders a file says itself what it is."""
    folders = _Folders()
    for name, node in nodes.items():
        path = PurePosixPath(name)
        keys = _keys(node)
        of_standard = path.name == STANDARD_HEAD or "requirements" in keys
        kind = folders.standards if of_standard else folders.checklists
        kind.setdefault(str(path.parent), {})[path.name] = node
    return folders


def _keys(node: Node) -> set[str]:
    return {key.text for key, _ in node.entries} if isinstance(node, Table) else set()


class _Upload:
    """The folders of an upload on their way to the loader."""

    def __init__(self, folders: _Folders, known: Library, findings: Findings) -> None:
        self._folders, self._known, self._findings = folders, known, findings

    def arrival(self) -> Arrival:
        """Give the checklist, or the problems."""
        standards = self._standards()
        full = self._full(standards)
        based = self._based(full)
        if self._findings.problems:
            return self._findings.refused()
        if len(full) != 1:
            return refusal(
                CHECKLIST_HEAD,
                sentence("unggahan memuat %(count)s instrumen lengkap", count=len(full)),
                sentence("unggah satu instrumen lengkap beserta standarnya"),
            )
        (checklist,) = full.values()
        standard = checklist.standard
        counts = Counts(
            nodes=len(standard.requirements),
            assessable=len(checklist.items),
            aspects=len(standard.aspects),
            sections=len(standard.sections),
            items=len(checklist.items),
            tags=len(standard.tags),
            steps=len(checklist.scale),
        )
        return Arrival(checklist, (), counts, self._findings.notes, based)

    def _standards(self) -> dict[str, Standard]:
        made = dict(self._known.standards)
        for files in self._folders.standards.values():
            standard, problems = load_standard(Gathered(files))
            self._findings.add(problems)
            if standard is not None:
                made[standard.id] = standard
        return made

    def _full(self, standards: Mapping[str, Standard]) -> dict[str, Checklist]:
        made: dict[str, Checklist] = {}
        for files in self._folders.checklists.values():
            if not _is_based(files):
                checklist, problems = load_checklist(Gathered(files), standards)
                self._take(checklist, made, files)
                self._findings.add(problems)
        return made

    def _based(self, full: Mapping[str, Checklist]) -> tuple[Checklist, ...]:
        made: dict[str, Checklist] = {}
        for files in self._folders.checklists.values():
            if _is_based(files):
                checklist, problems = load_based(Gathered(files), full)
                self._take(checklist, made, files)
                self._findings.add(problems)
        return tuple(made.values())

    def _take(
        self, checklist: Checklist | None, made: dict[str, Checklist], files: Mapping[str, Node]
    ) -> None:
        if checklist is None:
            return
        if checklist.id in made:
            place = files[CHECKLIST_HEAD].place if CHECKLIST_HEAD in files else Place("", 1, 1)
            self._findings.report(
                place,
                sentence("kode “%(id)s” sudah dipakai folder lain", id=checklist.id),
                sentence("beri kode yang berbeda"),
            )
        made[checklist.id] = checklist


def _is_based(files: Mapping[str, Node]) -> bool:
    head = files.get(CHECKLIST_HEAD)
    return head is not None and "based_on" in _keys(head)
