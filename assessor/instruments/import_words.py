"""How is it said where a problem stands, and what comes in?"""

from collections.abc import Iterable, Mapping

from flask_babel import gettext as _

from assessor.ui.current import the_language
from assessor.ui.formats import number
from assessor.ui.parts import Fact
from checklists.formats.xlsx_reading import letters
from checklists.imports.arrival import Arrival, Note
from checklists.imports.reading import ImportKind
from standards.sentence import Sentence, sentence
from standards.yaml_source import Problem

# what the loader says to somebody who writes files → what somebody reads who fills in a workbook
_OF_WORKBOOKS: Mapping[str, Sentence] = {
    "daftarkan di %(where)s dalam standard.yaml": sentence(
        "daftarkan dahulu pada lembar Aspek, Bagian, Label, atau Sumber"
    ),
    "awali setiap isi dengan tanda hubung, atau tulis dalam [ ]": sentence("isi sel ini"),
}


def said(words: str, kind: ImportKind = ImportKind.yaml) -> str:
    """Say in the reader's language what a library says."""
    if not isinstance(words, Sentence):
        return str(words)
    if kind is ImportKind.xlsx and words.pattern in _OF_WORKBOOKS:
        words = _OF_WORKBOOKS[words.pattern]
    return words.translated(lambda pattern: str(_(pattern)))


def place_words(kind: ImportKind, problem: Problem) -> str:
    """Give the place of a problem: sheet and cell, or file, line and column."""
    if kind is ImportKind.xlsx:
        cell = f"{letters(problem.column)}{problem.line}"
        return str(_("lembar %(sheet)s, sel %(cell)s", sheet=problem.file, cell=cell))
    said_place = _(
        "%(file)s, baris %(line)s, kolom %(column)s",
        file=problem.file,
        line=problem.line,
        column=problem.column,
    )
    return str(said_place)


def arrival_facts(arrival: Arrival) -> Iterable[Fact]:
    """Give what comes in, counted."""
    language, counts, checklist = the_language(), arrival.counts, arrival.checklist
    if checklist is not None:
        yield Fact(_("Judul"), checklist.title.in_(language))
        yield Fact(
            _("Kode dan edisi"),
            f"{checklist.id}, {checklist.edition}",
            note=_("standar %(name)s", name=checklist.standard.id),
        )
    yield Fact(
        _("Butir yang dinilai"),
        number(counts.items, language),
        note=_("dari %(nodes)s baris atau node dalam berkas", nodes=number(counts.nodes, language)),
    )
    yield Fact(
        _("Aspek dan bagian"),
        _(
            "%(aspects)s aspek, %(sections)s bagian",
            aspects=number(counts.aspects, language),
            sections=number(counts.sections, language),
        ),
    )
    if counts.tags:
        yield Fact(
            _("Label keberlakuan"),
            number(counts.tags, language),
            note=_("butir yang berlabel hanya ditanyakan kepada yang berlabel sama"),
        )
    if checklist is not None:
        scale = ", ".join(f"{each.code} {each.label.in_(language)}" for each in checklist.scale)
        yield Fact(
            _("Skala"),
            scale,
            note="" if counts.steps else _("contoh; tidak dinyatakan sumber"),
        )
    if arrival.based:
        yield Fact(
            _("Instrumen turunannya"),
            ", ".join(each.title.in_(language) for each in arrival.based),
        )


def note_words(note: Note) -> str:
    """Give what comes in otherwise, how often, and where first."""
    what, count = said(note.what), number(note.count, the_language())
    if note.count == 1:
        return f"{what} ({note.first})" if note.first else what
    words = _("%(what)s: %(count)s kali", what=what, count=count)
    if note.first:
        words = _(
            "%(what)s: %(count)s kali, mulai di %(first)s", what=what, count=count, first=note.first
        )
    return str(words)
