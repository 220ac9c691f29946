"""What stands on the pages on which instruments come in?"""

from collections.abc import Iterable
from dataclasses import dataclass

from flask import url_for
from flask_babel import gettext as _
from flask_babel import ngettext

from assessor.instruments.import_forms import ConfirmForm, ForeignForm, ImportForm
from assessor.instruments.import_words import arrival_facts, note_words, place_words, said
from assessor.instruments.reading import PREFIX, Instrument, Published
from assessor.ui.current import the_language
from assessor.ui.formats import number
from assessor.ui.parts import Column, Fact, Link
from checklists.imports.arrival import Arrival
from checklists.imports.reading import ImportKind
from checklists.model import Checklist

# more than this nobody mends in one go
MOST_SHOWN = 100


@dataclass(frozen=True)
class ImportPage:
    """Where a file is chosen."""

    back: Link
    action: str
    form: ImportForm
    foreign: ForeignForm
    foreign_open: bool
    templates: tuple[Link, ...]


@dataclass(frozen=True)
class ProblemLine:
    """A problem: where, what, and what to do."""

    place: str
    what: str
    remedy: str


@dataclass(frozen=True)
class SectionLine:
    """A section that would come in."""

    title: str
    count: str


@dataclass(frozen=True)
class CheckedPage:
    """What came out of looking at a file; nothing of it is kept yet."""

    title: str
    back: Link
    files: str
    columns: tuple[Column, ...]
    problems: tuple[ProblemLine, ...]
    more: str
    facts: tuple[Fact, ...]
    notes: tuple[str, ...]
    sections: tuple[SectionLine, ...]
    action: str
    form: ConfirmForm
    too_large: bool


def import_page(
    published: Iterable[Published],
    instruments: dict[str, Instrument],
    *,
    form: ImportForm,
    foreign: ForeignForm,
) -> ImportPage:
    """The page on which a file is chosen, with the templates to fill in."""
    language = the_language()
    full = [each for each in published if _is_full(instruments.get(each.fingerprint))]
    filled = tuple(
        Link(
            _(
                "Terisi dari: %(title)s, edisi %(edition)s",
                title=each.title.in_(language),
                edition=each.edition,
            ),
            url_for("imports.filled_template", digest=each.fingerprint.removeprefix(PREFIX)),
        )
        for each in full
    )
    return ImportPage(
        back=Link(_("Instrumen"), url_for("instruments.index")),
        action=url_for("imports.check"),
        form=form,
        foreign=foreign,
        foreign_open=bool(foreign.errors),
        templates=(Link(_("Templat kosong"), url_for("imports.template")), *filled),
    )


def _is_full(instrument: Instrument | None) -> bool:
    return isinstance(instrument, Checklist) and instrument.derivation is None


def checked_page(
    kind: ImportKind, arrival: Arrival, names: Iterable[str], *, carried: str, form: ConfirmForm
) -> CheckedPage:
    """What a file brings, or every problem with it."""
    problems, language = arrival.problems, the_language()
    title = _("Siap diimpor")
    if problems:
        title = ngettext(
            "%(num)s masalah, belum dapat diimpor",
            "%(num)s masalah, belum dapat diimpor",
            len(problems),
        )
    form.kind.data, form.carried.data = kind.value, carried
    return CheckedPage(
        title=title,
        back=Link(_("Pilih berkas lain"), url_for("imports.page")),
        files=", ".join(names),
        columns=(Column(_("Tempat")), Column(_("Masalah")), Column(_("Yang perlu dilakukan"))),
        problems=tuple(
            ProblemLine(place_words(kind, each), said(each.what, kind), said(each.remedy, kind))
            for each in problems[:MOST_SHOWN]
        ),
        more=_("Hanya %(most)s yang pertama ditampilkan.", most=number(MOST_SHOWN, language))
        if len(problems) > MOST_SHOWN
        else "",
        facts=() if problems else tuple(arrival_facts(arrival)),
        notes=tuple(note_words(each) for each in arrival.notes),
        sections=tuple(_sections(arrival.checklist)),
        action=url_for("imports.confirm"),
        form=form,
        too_large=not carried,
    )


def _sections(checklist: Checklist | None) -> Iterable[SectionLine]:
    if checklist is None:
        return
    language = the_language()
    counts: dict[str, int] = {}
    for item in checklist.items:
        counts[item.section.id] = counts.get(item.section.id, 0) + 1
    for section in checklist.standard.sections:
        if section.id in counts:
            shown = number(counts[section.id], language)
            counted = ngettext(
                "%(shown)s butir", "%(shown)s butir", counts[section.id], shown=shown
            )
            yield SectionLine(f"{section.id}. {section.title.in_(language)}", str(counted))
