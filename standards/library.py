"""How does a folder of YAML become a standard?

`standard.yaml` is the head, `NN-….yaml` are the chapters. Everything that can be wrong is found
in one go, over all files.
"""

import re
from pathlib import Path

from standards import applicability
from standards.applicability import ALWAYS, Expression
from standards.canonical import Json
from standards.folder import File, Folder, beginning, names_in
from standards.model import (
    Aspect,
    Origin,
    Requirement,
    Section,
    Source,
    SourceKind,
    Standard,
    TagDefinition,
)
from standards.reading import CODE, NAME, Fields, Reader, Spot
from standards.sentence import sentence
from standards.yaml_source import Node, Problem, Scalar, Sequence, Table

HEAD = "standard.yaml"
LONGEST_REQUIREMENT = 400
# statements and guidance of foreign catalogues are longer than what we write ourselves
LONGEST_GUIDANCE = 15_000
# two digits are enough for people; a large catalogue that was imported has more chapters
_CHAPTER = re.compile(r"[0-9]{2,3}-[A-Za-z0-9-]+\.yaml", re.ASCII)
_SUFFIXES = frozenset({".yaml", ".yml"})
_URL = re.compile(r"https?://[^\s<>\"']+", re.ASCII)
_LONGEST_LABEL = 200
_LONGEST_EVIDENCE = 300


def packaged() -> dict[str, Path]:
    """Give the folders of the standards that come with the product, by name."""
    return folders_in(Path(__file__).parent / "library")


def folders_in(library: Path) -> dict[str, Path]:
    """Give the folders of a library that hold YAML, by name."""
    folders = {path.parent for path in library.glob("*/*") if path.suffix in _SUFFIXES}
    return {folder.name: folder for folder in sorted(folders)}


def load_standard(folder: Folder) -> tuple[Standard | None, tuple[Problem, ...]]:
    """Read a standard; None if there is any problem."""
    reader = Reader()
    standard = _StandardReading(reader).standard(folder)
    return (None if reader.problems else standard), reader.problems


def chapter_files(folder: Folder, reader: Reader, *, head: str) -> tuple[File, ...]:
    """Give the chapter files by name; note what looks like one but is named otherwise."""
    chapters: list[File] = []
    for name in names_in(folder):
        if name == head or Path(name).suffix.lower() not in _SUFFIXES:
            continue
        if _CHAPTER.fullmatch(name):
            chapters.append(folder / name)
        else:
            reader.report(
                beginning(folder / name),
                sentence("nama berkas tidak dikenal"),
                sentence("beri nama dua angka, tanda hubung, nama, .yaml: misalnya 01-umum.yaml"),
            )
    return tuple(chapters)


class _StandardReading:
    """One reading of one standard: what was declared in the head is known to the chapters."""

    def __init__(self, reader: Reader) -> None:
        self._reader = reader
        self._head_unread = False
        self._tags: dict[str, TagDefinition] = {}
        self._aspects: dict[str, Aspect] = {}
        self._sections: dict[str, Section] = {}
        self._sources: dict[str, Source] = {}

    def standard(self, folder: Folder) -> Standard:
        head = self._reader.file(
            folder / HEAD,
            required=("standard", "edition", "title", "about", "aspects", "sections"),
            optional=("tags", "sources"),
        )
        self._head_unread = head.unread
        self._read_vocabulary(head)
        requirements = self._requirements(folder)
        order = list(self._sections)
        return Standard(
            id=head.text("standard", form=NAME),
            edition=head.text("edition", form=CODE),
            title=head.words("title", longest=_LONGEST_LABEL),
            about=head.words("about"),
            tags=tuple(self._tags.values()),
            aspects=tuple(self._aspects.values()),
            sections=tuple(self._sections.values()),
            sources=tuple(self._sources.values()),
            # Stable: within a section as the files have them.
            requirements=tuple(
                sorted(
                    (each for each in requirements if each.section in self._sections),
                    key=lambda requirement: order.index(requirement.section),
                )
            ),
        )

    def _read_vocabulary(self, head: Fields) -> None:
        for spot, fields in self._declared(head, "tags", key="tag", required=("label",)):
            label = fields.words("label", longest=_LONGEST_LABEL)
            self._tags[spot.text] = TagDefinition(spot.text, label)
        for spot, fields in self._declared(head, "aspects", key="aspect", required=("title",)):
            title = fields.words("title", longest=_LONGEST_LABEL)
            self._aspects[spot.text] = Aspect(spot.text, title)
        for spot, fields in self._declared(
            head, "sections", key="section", required=("aspect", "title")
        ):
            title = fields.words("title", longest=_LONGEST_LABEL)
            aspect = fields.spot("aspect", form=NAME)
            self._known(aspect, list(self._aspects), sentence("aspek ini tidak dikenal"), "aspects")
            self._sections[spot.text] = Section(spot.text, aspect.text, title)
        self._read_sources(head.node("sources"))

    def _declared(
        self, head: Fields, name: str, *, key: str, required: tuple[str, ...]
    ) -> list[tuple[Spot, Fields]]:
        declared = []
        for node in head.entries(name, least=0 if name == "tags" else 1):
            fields = self._reader.table(node, required=(key, *required))
            form = CODE if key == "section" else NAME
            declared.append((fields.spot(key, form=form), fields))
        self._reader.once(spot for spot, _ in declared)
        return [(spot, fields) for spot, fields in declared if spot.text]

    def _read_sources(self, node: Node | None) -> None:
        if node is None:
            return
        if not isinstance(node, Table):
            self._reader.report(
                node.place,
                sentence("daftar sumber tidak dapat dibaca"),
                sentence("tulis setiap sumber sebagai kode: {title: …, kind: …}"),
            )
            return
        for key, entry in node.entries:
            name = self._reader.text(key, longest=_LONGEST_LABEL, form=CODE)
            fields = self._reader.table(entry, required=("title", "kind"), optional=("url",))
            self._sources[name] = Source(
                id=name,
                title=fields.text("title", longest=500),
                kind=fields.kind("kind", SourceKind),
                url=self._url(fields),
            )

    def _url(self, fields: Fields) -> str:
        url = fields.loose("url", longest=500)
        node = fields.node("url")
        if url and node is not None and not _URL.fullmatch(url):
            self._reader.report(
                node.place,
                sentence("alamat “%(url)s” tidak sah", url=url[:40]),
                sentence("tulis alamat lengkap yang diawali https://"),
            )
        return url

    def _requirements(self, folder: Folder) -> list[Requirement]:
        read: list[tuple[Spot, Requirement]] = []
        for path in chapter_files(folder, self._reader, head=HEAD):
            chapter = self._reader.file(path, required=("section", "requirements"))
            section = chapter.spot("section", form=CODE)
            self._known(
                section, list(self._sections), sentence("bagian ini tidak dikenal"), "sections"
            )
            read += [
                self._requirement(node, section=section.text)
                for node in chapter.entries("requirements", least=1)
            ]
        self._reader.once(spot for spot, _ in read)
        if not read and not self._reader.problems:
            self._reader.report(
                beginning(folder / HEAD),
                sentence("standar ini belum memiliki persyaratan"),
                sentence("tambahkan berkas bab, misalnya 01-umum.yaml"),
            )
        return [requirement for _, requirement in read]

    def _requirement(self, node: Node, *, section: str) -> tuple[Spot, Requirement]:
        fields = self._reader.table(
            node,
            required=("requirement", "text", "good", "how", "evidence", "origin"),
            optional=("applies", "sources", "clause"),
        )
        spot = fields.spot("requirement", form=CODE)
        applies = fields.node("applies")
        evidence = fields.entries("evidence", least=1, most=4)
        requirement = Requirement(
            id=spot.text,
            section=section,
            text=fields.words("text", longest=LONGEST_REQUIREMENT),
            good=fields.words("good", longest=LONGEST_GUIDANCE),
            how=fields.words("how", longest=LONGEST_GUIDANCE),
            evidence=tuple(
                self._reader.words(entry, longest=_LONGEST_EVIDENCE) for entry in evidence
            ),
            origin=fields.kind("origin", Origin),
            applies=self._applies(applies) if applies else ALWAYS,
            sources=self._sources_of(fields),
            clause=fields.loose("clause", longest=40),
        )
        self._check_origin(fields, requirement)
        return spot, requirement

    def _applies(self, node: Node) -> Expression:
        """Read to whom something applies; "to all" stands in for what cannot be read."""
        document = self._expression(node)
        return ALWAYS if document is None else applicability.parse(document)

    def _expression(self, node: Node) -> Json:
        if isinstance(node, Scalar):
            tag = Spot(self._reader.text(node, longest=_LONGEST_LABEL, form=NAME), node.place)
            what = sentence("label “%(tag)s” tidak dikenal", tag=tag.text)
            self._known(tag, list(self._tags), what, "tags")
            return tag.text or None
        if isinstance(node, Table) and len(node.entries) == 1:
            (key, inner), *_ = node.entries
            if key.text == "not":
                part = self._expression(inner)
                return None if part is None else {"not": part}
            if key.text in {"all", "any"} and isinstance(inner, Sequence) and inner.entries:
                parts = [self._expression(entry) for entry in inner.entries]
                return None if None in parts else {key.text: parts}
        self._reader.report(
            node.place,
            sentence("syarat keberlakuan tidak dapat dibaca"),
            sentence("tulis sebuah label, atau satu dari all: […], any: […], not: …"),
        )
        return None

    def _sources_of(self, fields: Fields) -> tuple[str, ...]:
        spots = [
            Spot(self._reader.text(node, longest=_LONGEST_LABEL, form=CODE), node.place)
            for node in fields.entries("sources")
        ]
        self._reader.once(spots)
        for spot in spots:
            what = sentence("sumber “%(source)s” tidak dikenal", source=spot.text)
            self._known(spot, list(self._sources), what, "sources")
        return tuple(spot.text for spot in spots)

    def _check_origin(self, fields: Fields, requirement: Requirement) -> None:
        node = fields.node("origin")
        leans = isinstance(node, Scalar) and node.text in {Origin.stated, Origin.comparator}
        if node is not None and leans and not requirement.sources:
            self._reader.report(
                node.place,
                sentence("asal “%(origin)s” memerlukan sumber", origin=requirement.origin.value),
                sentence("isi sources, atau pakai asal derived atau proposed"),
            )

    def _known(self, spot: Spot, known: list[str], what: str, where: str) -> None:
        if self._head_unread:
            return  # the head's own problem says enough
        remedy = sentence("daftarkan di %(where)s dalam standard.yaml", where=where)
        self._reader.known(spot, known, what, remedy)
