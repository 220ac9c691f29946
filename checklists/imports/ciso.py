"""How does a library of CISO Assistant become a checklist?

Accepted: one YAML document in UTF-8 of at most 8 MB, 1,500,000 elements and 16 levels, read as
text by the house's own reader (no anchors, aliases, tags, merge keys, no key twice; line
separators and marks without width are mended). It holds `urn`, `ref_id`, `name`, `version` and
under `objects` a `framework` with `requirement_nodes`: each with `urn`, and as far as it has them
`parent_urn`, `ref_id`, `name`, `description`, `annotation`, `typical_evidence`, `questions`,
`assessable`, `implementation_groups`, `weight`, `translations`. What is assessable becomes an item,
what is not and has something below it a heading. Groups become tags, the definition of scores the
scale. What else the file holds is named in the notes and does not come in.
"""

from collections.abc import Iterable, Iterator
from dataclasses import replace

from checklists.imports.arrival import Arrival, Counts, Findings
from checklists.imports.building import build
from checklists.imports.ciso_scores import read_scale
from checklists.imports.ciso_tree import Raw, check_groups, check_tree, check_weights, shown
from checklists.imports.entries import Entry, entry_of
from checklists.imports.naming import edition_of
from checklists.imports.outline import Group, Heading, Outline, Point, same
from standards.model import Text
from standards.sentence import sentence
from standards.yaml_source import Bounds, Place, parse

BOUNDS = Bounds(largest=8 * 2**20, longest=100_000, events=1_500_000, mends=True)
_HEAVIEST = 1_000
_TRUTHS = {"true": True, "false": False, "": False}
# what of a library and of a framework does not come in, and is no part of a framework at all
_LIBRARY_ONLY = (
    "reference_controls",
    "threats",
    "risk_matrix",
    "requirement_mapping_set",
    "requirement_mapping_sets",
    "metric_definitions",
    "preset",
)


def import_ciso(raw: bytes, file: str) -> Arrival:
    """Read a library; a checklist, or every problem at its node."""
    findings = Findings()
    node, problems = parse(raw, file, BOUNDS)
    findings.add(problems)
    if node is None:
        return findings.refused()
    library = entry_of(node)
    framework = library.entry("objects").entry("framework")
    if framework.empty:
        held = ", ".join(library.entry("objects").names()) or "-"
        findings.report(
            framework.place,
            sentence("berkas ini tidak memuat kerangka (framework); isinya: %(held)s", held=held),
            sentence("pilih berkas pustaka yang memuat framework dengan requirement_nodes"),
        )
        return findings.refused()
    return _Library(library, framework, findings).arrival()


class _Library:
    """One library while it is read."""

    def __init__(self, library: Entry, framework: Entry, findings: Findings) -> None:
        self._library, self._framework, self._findings = library, framework, findings

    def arrival(self) -> Arrival:
        """Give the checklist, or the problems."""
        library, framework = self._library, self._framework
        raws = list(self._raws())
        check_tree(raws, self._findings)
        groups = tuple(self._groups())
        check_groups(raws, {each.key for each in groups}, self._findings)
        check_weights(raws, framework.place, self._findings)
        points = tuple(self._point(each) for each in self._judged(raws))
        scale = read_scale(framework, self._findings)
        self._note_rest(raws)
        if self._findings.problems:
            return self._findings.refused(Counts(nodes=len(raws), assessable=len(points)))
        above = {each.parent for each in raws}
        outline = Outline(
            name=framework.text("ref_id") or library.text("ref_id"),
            edition=edition_of(library.text("version")),
            title=self._said(framework, "name") or self._said(library, "name") or same(""),
            about=_lines(self._said(library, "copyright"), self._said(framework, "description")),
            publisher=library.text("provider"),
            place=framework.place,
            headings=tuple(_heading(each) for each in raws if each.urn in above),
            points=points,
            groups=groups,
            scale=scale,
            nodes=len(raws),
        )
        return build(_under_headings(outline, raws), self._findings)

    # ---- reading ----

    def _raws(self) -> Iterator[Raw]:
        seen: dict[str, Place] = {}
        for entry in self._framework.tables("requirement_nodes"):
            urn = entry.text("urn")
            if not urn:
                self._findings.report(
                    entry.place,
                    sentence("node tanpa urn"),
                    sentence("beri setiap node urn yang berbeda"),
                )
                continue
            if urn in seen:
                self._findings.report(
                    entry.place,
                    sentence("urn “%(urn)s” dipakai dua kali", urn=shown(urn)),
                    sentence(
                        "beri urn yang berbeda; yang pertama ada di baris %(line)s",
                        line=seen[urn].line,
                    ),
                )
                continue
            seen[urn] = entry.place
            yield Raw(urn, entry.text("parent_urn"), self._assessable(entry), entry)

    def _assessable(self, entry: Entry) -> bool:
        said = entry.text("assessable").lower()
        if said not in _TRUTHS:
            self._findings.report(
                entry.place_of("assessable"),
                sentence("assessable “%(text)s” tidak dapat dibaca", text=said[:40]),
                sentence("tulis true atau false"),
            )
        return _TRUTHS.get(said, False)

    def _judged(self, raws: Iterable[Raw]) -> list[Raw]:
        judged = [each for each in raws if each.assessable]
        if not judged and not self._findings.problems:
            self._findings.report(
                self._framework.place,
                sentence("tidak ada satu node pun yang dinilai"),
                sentence("tulis assessable: true pada node yang dinilai"),
            )
        return judged

    def _groups(self) -> Iterator[Group]:
        seen: set[str] = set()
        for entry in self._framework.tables("implementation_groups_definition"):
            key = entry.text("ref_id")
            if not key or key in seen:
                self._findings.report(
                    entry.place,
                    sentence("kelompok “%(group)s” tanpa ref_id sendiri", group=key[:40]),
                    sentence("beri setiap kelompok ref_id yang berbeda"),
                )
                continue
            seen.add(key)
            yield Group(key, self._said(entry, "name") or same(key), entry.place)

    def _point(self, raw: Raw) -> Point:
        entry = raw.entry
        questions = tuple(self._questions(entry))
        title, statement = self._said(entry, "name"), self._said(entry, "description")
        guidance = [each for each in (self._said(entry, "annotation"), *questions) if each]
        if not title and not statement:
            title, guidance = _stand_in(guidance, entry)
            self._check_words(raw, title)
        evidence = self._said(entry, "typical_evidence")
        return Point(
            key=raw.urn.rpartition(":")[2],
            label=entry.text("ref_id"),
            title=title or same(""),
            statement=statement or same(""),
            heading=raw.parent,
            place=entry.place,
            guidance=tuple(guidance),
            evidence=_split(evidence) if evidence else (),
            groups=tuple(entry.texts("implementation_groups")),
            weight=self._weight(entry),
        )

    def _questions(self, entry: Entry) -> Iterator[Text]:
        for question in entry.values("questions"):
            if said := self._said(question, "text"):
                yield said
            if question.names() and "choices" in question.names():
                self._findings.note(
                    sentence(
                        "pilihan jawaban pertanyaan tidak dibawa; pertanyaannya menjadi petunjuk"
                    ),
                    entry.text("ref_id") or entry.text("urn"),
                )

    def _weight(self, entry: Entry) -> int:
        said = entry.text("weight")
        if not said:
            return 1
        if said.isascii() and said.isdigit() and len(said) <= 6 and int(said) <= _HEAVIEST:
            return int(said)
        self._findings.report(
            entry.place_of("weight"),
            sentence("bobot “%(text)s” tidak dapat dipakai", text=said[:40]),
            sentence("tulis bilangan bulat dari 1 sampai %(most)s", most=_HEAVIEST),
        )
        return 1

    def _said(self, entry: Entry, name: str) -> Text | None:
        """Give a text in both languages: a translation where there is one, else as it stands."""
        said = entry.text(name)
        if not said:
            return None
        translations = entry.entry("translations")
        english = translations.entry("en").text(name) or said
        return Text(translations.entry("id").text(name) or english, english)

    def _check_words(self, raw: Raw, title: Text) -> None:
        if not title.id:
            self._findings.report(
                raw.entry.place,
                sentence("node “%(urn)s” tidak berisi teks", urn=shown(raw.urn)),
                sentence("isi name atau description"),
            )

    # ---- notes ----

    def _note_rest(self, raws: list[Raw]) -> None:
        objects = self._library.entry("objects")
        for name in objects.names():
            if name in _LIBRARY_ONLY:
                self._findings.note(sentence("objek %(name)s tidak dibawa", name=name))
        above = {each.parent for each in raws}
        for each in raws:
            where = each.entry.text("ref_id") or each.urn
            for name in ("reference_controls", "threats"):
                if name in each.entry.names():
                    what = sentence("tautan node ke %(name)s tidak dibawa", name=name)
                    self._findings.note(what, where)
            if not each.assessable and each.urn not in above:
                self._findings.note(
                    sentence("node penjelasan tanpa butir di bawahnya tidak dibawa"), where
                )
            elif not each.assessable and {"name", "description"} <= set(each.entry.names()):
                self._findings.note(sentence("uraian di bawah judul tidak dibawa"), where)
        if self._library.text("locale") not in {"id", "en"}:
            self._findings.note(
                sentence("teks berbahasa lain; terjemahkan dalam rancangan"),
                self._library.text("locale"),
            )


def _heading(raw: Raw) -> Heading:
    entry = raw.entry
    label = entry.text("ref_id")
    name = entry.text("name") or entry.text("description")
    return Heading(raw.urn, label, same(name or label), raw.parent, entry.place)


def _under_headings(outline: Outline, raws: list[Raw]) -> Outline:
    """Put points that stand below a point under the next heading that is none."""
    judged = {each.urn: each.parent for each in raws if each.assessable}

    def next_heading(key: str) -> str:
        while key in judged:
            key = judged[key]
        return key

    return replace(
        outline,
        headings=tuple(
            replace(each, parent=next_heading(each.parent))
            for each in outline.headings
            if each.key not in judged
        ),
        points=tuple(replace(each, heading=next_heading(each.heading)) for each in outline.points),
    )


def _stand_in(guidance: list[Text], entry: Entry) -> tuple[Text, list[Text]]:
    """Give the first words that there are besides, else the label."""
    if guidance:
        return guidance[0], guidance[1:]
    return same(entry.text("ref_id")), []


def _split(evidence: Text) -> tuple[Text, ...]:
    """Give each line as an example of its own, if both languages have as many."""
    ours, theirs = _examples(evidence.id), _examples(evidence.en)
    if len(ours) != len(theirs):
        return (evidence,)
    return tuple(Text(one, other) for one, other in zip(ours, theirs, strict=True))


def _examples(text: str) -> list[str]:
    return [line.strip(" -•*\t") for line in text.splitlines() if line.strip(" -•*\t")]


def _lines(*texts: Text | None) -> Text:
    said = [each for each in texts if each is not None]
    return Text("\n".join(each.id for each in said), "\n".join(each.en for each in said))
