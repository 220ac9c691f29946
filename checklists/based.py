"""How does a folder become a checklist that is based on another one?

The head names the full checklist and the rule; chapters, where there are any, hold nothing but the
words in which items are asked. Scale, weights, thresholds, days and classes of findings are taken
over and cannot be written a second time.
"""

from collections.abc import Collection, Mapping
from dataclasses import replace
from pathlib import Path

from checklists.derivation import AtOpening, Base, Derivation, Gives, Place, Rotation, Wording
from checklists.head import HEAD, LONGEST_LABEL, read_work_order
from checklists.item import Critical, Item, Method
from checklists.model import AssessmentKind, Checklist
from checklists.selection import Selection, Trait, parse_selection, selected
from standards.canonical import Json
from standards.folder import Folder
from standards.library import LONGEST_REQUIREMENT, chapter_files
from standards.model import Text
from standards.reading import CODE, NAME, Fields, Reader, Spot
from standards.sentence import sentence
from standards.yaml_source import Node, Problem, Sequence, Table, read

_REQUIRED = (
    "checklist",
    "edition",
    "based_on",
    "based_on_edition",
    "title",
    "kinds",
    "gives",
    "note",
)
_OPTIONAL = ("select", "rotation", "at_opening", "places", "wording", "work_order")
_MOST_PARTS = 12


def is_based(folder: Path) -> bool:
    """Tell whether the head of a folder names a checklist that it is based on."""
    node, _ = read(folder / HEAD)
    return isinstance(node, Table) and any(key.text == "based_on" for key, _ in node.entries)


def load_based(
    folder: Folder, full: Mapping[str, Checklist]
) -> tuple[Checklist | None, tuple[Problem, ...]]:
    """Read a checklist that is based on one of these; None if there is any problem."""
    reader = Reader()
    fields = reader.file(folder / HEAD, required=_REQUIRED, optional=_OPTIONAL)
    base = _base(reader, fields, full)
    made = _Reading(reader, base, fields).checklist(folder) if base else None
    if base is None:
        _check_alone(reader, fields, folder)
    return (None if reader.problems else made), reader.problems


def _base(reader: Reader, fields: Fields, full: Mapping[str, Checklist]) -> Checklist | None:
    spot = fields.spot("based_on", form=NAME)
    edition = fields.spot("based_on_edition", form=CODE)
    what = sentence("instrumen “%(name)s” tidak ada atau masih bermasalah", name=spot.text)
    remedy = sentence("sebut instrumen lengkap yang ada, atau selesaikan dahulu masalahnya")
    if not reader.known(spot, list(full), what, remedy):
        return None
    base = full[spot.text]
    if edition.text and edition.text != base.edition:
        reader.report(
            edition.place,
            sentence("edisi instrumen itu adalah %(edition)s", edition=base.edition),
            sentence("periksa pilihan butirnya, lalu sesuaikan based_on_edition"),
        )
    return base


def _check_alone(reader: Reader, fields: Fields, folder: Folder) -> None:
    """Without its base, find at least what is wrong with the words themselves."""
    _head_words(fields)
    fields.kinds("kinds", AssessmentKind)
    fields.kind("gives", Gives)
    for path in chapter_files(folder, reader, head=HEAD):
        for node in reader.file(path, required=("items",)).entries("items", least=1):
            _asked(reader, node)


def _head_words(fields: Fields) -> tuple[str, str, Text, Text]:
    return (
        fields.text("checklist", form=NAME),
        fields.text("edition", form=CODE),
        fields.words("title", longest=LONGEST_LABEL),
        fields.words("note"),
    )


def _asked(reader: Reader, node: Node) -> tuple[Spot, Text]:
    entry = reader.table(node, required=("item", "ask"))
    return entry.spot("item", form=CODE), entry.words("ask", longest=LONGEST_REQUIREMENT)


class _Reading:
    """One reading of one folder against the checklist that it is based on."""

    def __init__(self, reader: Reader, base: Checklist, fields: Fields) -> None:
        self._reader = reader
        self._base = base
        self._fields = fields

    def checklist(self, folder: Folder) -> Checklist:
        fields = self._fields
        name, edition, title, note = _head_words(fields)
        kinds = fields.kinds("kinds", AssessmentKind)
        derivation = self._derivation()
        self._check_rule(derivation, kinds)
        return replace(
            self._base,
            id=name,
            edition=edition,
            title=title,
            kinds=kinds,
            note=note,
            work_order=read_work_order(self._reader, fields)
            if fields.node("work_order")
            else self._base.work_order,
            items=self._items(folder, derivation),
            derivation=derivation,
        )

    def _derivation(self) -> Derivation:
        fields = self._fields
        select = fields.node("select")
        return Derivation(
            base=Base(self._base.id, self._base.edition, self._base.fingerprint),
            gives=fields.kind("gives", Gives),
            wording=fields.kind("wording", Wording),
            places=fields.kinds("places", Place) if fields.node("places") else tuple(Place),
            select=self._selection(select) if select else None,
            rotation=self._rotation(),
            at_opening=fields.kind("at_opening", AtOpening) if fields.node("at_opening") else None,
        )

    def _rotation(self) -> Rotation | None:
        node = self._fields.node("rotation")
        if node is None:
            return None
        entry = self._reader.table(node, required=("parts", "always"))
        parts = entry.integer("parts", low=2, high=_MOST_PARTS)
        always = entry.node("always")
        selection = self._selection(always) if always else None
        return Rotation(parts, selection) if selection else None

    def _check_rule(self, derivation: Derivation, kinds: Collection[AssessmentKind]) -> None:
        partly = derivation.select or derivation.rotation
        node = self._fields.node("gives")
        if node is not None and derivation.gives is Gives.decision and partly:
            self._reader.report(
                node.place,
                sentence("instrumen yang menanyakan sebagian butir tidak dapat memutuskan"),
                sentence("tulis gives: monitoring, atau hapus select dan rotation"),
            )
        node = self._fields.node("at_opening")
        only_open = derivation.at_opening is AtOpening.open_findings
        if node is not None and only_open and set(kinds) != {AssessmentKind.follow_up}:
            self._reader.report(
                node.place,
                sentence("open_findings hanya untuk penilaian ulang terbatas"),
                sentence("tulis kinds: [follow_up]"),
            )

    def _items(self, folder: Folder, derivation: Derivation) -> tuple[Item, ...]:
        taken = selected(derivation.select, self._base.items)
        node = self._fields.node("select")
        if node is not None and derivation.select and not taken:
            self._reader.report(
                node.place,
                sentence("pilihan ini tidak mengenai satu butir pun"),
                sentence("longgarkan pilihan ini"),
            )
        words = self._words(folder, [item.id for item in taken])
        items = tuple(replace(item, ask=words.get(item.id, item.ask)) for item in taken)
        if derivation.wording is Wording.auditee:
            self._check_words(items)
        return items

    def _words(self, folder: Folder, taken: Collection[str]) -> dict[str, Text]:
        read: list[tuple[Spot, Text]] = []
        for path in chapter_files(folder, self._reader, head=HEAD):
            chapter = self._reader.file(path, required=("items",))
            read += [_asked(self._reader, node) for node in chapter.entries("items", least=1)]
        self._reader.once(spot for spot, _ in read)
        for spot, _ in read:
            self._reader.known(
                spot,
                taken,
                sentence("butir “%(item)s” tidak dipilih instrumen ini", item=spot.text),
                sentence("hapus butir ini, atau perluas select"),
            )
        return {spot.text: text for spot, text in read}

    def _check_words(self, items: Collection[Item]) -> None:
        node = self._fields.node("wording")
        for item in items:
            if node is not None and item.ask is None:
                self._reader.report(
                    node.place,
                    sentence(
                        "butir %(item)s belum punya pertanyaan bagi yang dinilai", item=item.id
                    ),
                    sentence("tulis ask: dalam kedua bahasa pada berkas butir"),
                )

    # ---- selections ----

    def _selection(self, node: Node) -> Selection | None:
        """Read which items are taken; None stands in for what cannot be read."""
        document = self._read_selection(node)
        return None if document is None else parse_selection(document)

    def _read_selection(self, node: Node) -> Json:
        if isinstance(node, Table) and len(node.entries) == 1:
            (key, inner), *_ = node.entries
            if key.text == "not":
                part = self._read_selection(inner)
                return None if part is None else {"not": part}
            if key.text in {"all", "any"} and isinstance(inner, Sequence) and inner.entries:
                parts = [self._read_selection(entry) for entry in inner.entries]
                return None if None in parts else {key.text: parts}
            if key.text in set(Trait):
                return self._read_values(Trait(key.text), inner)
        self._reader.report(
            node.place,
            sentence("pilihan butir tidak dapat dibaca"),
            sentence(
                "tulis satu dari %(traits)s dengan daftar isinya, atau all: […], any: […], not: …",
                traits=", ".join(Trait),
            ),
        )
        return None

    def _read_values(self, trait: Trait, node: Node) -> Json:
        known = self._known_values(trait)
        spots = [
            Spot(self._reader.text(entry, longest=LONGEST_LABEL, form=CODE), entry.place)
            for entry in self._reader.entries(node, least=1)
        ]
        self._reader.once(spots)
        found = [
            self._reader.known(
                spot,
                known,
                sentence("“%(text)s” tidak dikenal di sini", text=spot.text[:40]),
                sentence("pilih salah satu: %(known)s", known=", ".join(known[:20])),
            )
            for spot in spots
        ]
        return {trait.value: [spot.text for spot in spots]} if spots and all(found) else None

    def _known_values(self, trait: Trait) -> list[str]:
        standard = self._base.standard
        return {
            Trait.method: [method.value for method in Method],
            Trait.methods_within: [method.value for method in Method],
            Trait.critical: [critical.value for critical in Critical],
            Trait.aspect: [aspect.id for aspect in standard.aspects],
            Trait.section: [section.id for section in standard.sections],
            Trait.tag: [tag.id for tag in standard.tags],
            Trait.item: [item.id for item in self._base.items],
        }[trait]
