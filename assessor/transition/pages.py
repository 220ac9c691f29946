"""What stands on the page that tries a draft on sealed assessments?"""

from collections import Counter
from dataclasses import dataclass
from urllib.parse import urlencode

from flask import url_for
from flask_babel import gettext as _
from flask_babel import ngettext

from assessor.assessments.page_parts import kind_name, outcome_chip, overview_href
from assessor.instruments.draft_pages import draft_href
from assessor.instruments.draft_reading import Drafted
from assessor.transition.simulating import MOST, Simulation, Tried
from assessor.ui.current import the_language
from assessor.ui.formats import number, percent
from assessor.ui.parts import Chip, Column, Fact, Link
from checklists.scoring import Ratio

MOST_NAMED = 8


@dataclass(frozen=True)
class TriedLine:
    """One assessment that would come out otherwise."""

    reference: str
    href: str
    auditee: str
    before: Chip
    after: Chip
    before_total: str
    after_total: str
    notes: tuple[str, ...]


@dataclass(frozen=True)
class ItemLine:
    """An item whose answers are affected, with in how many assessments."""

    item: str
    count: str


@dataclass(frozen=True)
class SimulationPage:
    """A draft tried on what was sealed."""

    kicker: str
    back: Link
    summary: tuple[Fact, ...]
    columns: tuple[Column, ...]
    decided: tuple[TriedLine, ...]
    scored: tuple[TriedLine, ...]
    void: tuple[ItemLine, ...]
    open: tuple[ItemLine, ...]
    empty: bool
    older: str


def simulation_page(drafted: Drafted, found: Simulation) -> SimulationPage:
    """The page in the reader's language."""
    decided = [each for each in found.tried if each.decides_otherwise]
    scored = [each for each in found.tried if each.scores_otherwise and not each.decides_otherwise]
    href = url_for("transition.simulation", draft_id=drafted.draft.id)
    return SimulationPage(
        kicker=_("Rancangan edisi %(edition)s", edition=drafted.draft.edition),
        back=Link(_("Rancangan ini"), draft_href(drafted.draft.id)),
        summary=_summary(found, len(decided), len(scored)),
        columns=(
            Column(_("Penilaian")),
            Column(_("Dahulu")),
            Column(_("Menurut rancangan")),
            Column(_("Yang perlu diketahui")),
        ),
        decided=tuple(map(_line, decided)),
        scored=tuple(map(_line, scored)),
        void=_items(found.incompatible),
        open=_items(found.unanswered),
        empty=not found.tried,
        older=f"{href}?{urlencode({'after': found.older})}" if found.older else "",
    )


def _summary(found: Simulation, decided: int, scored: int) -> tuple[Fact, ...]:
    language = the_language()
    same = len(found.tried) - decided - scored
    facts = [
        Fact(
            _("Dicoba"),
            _counted(len(found.tried)),
            note=_(
                "yang terbaru dari %(of)s penilaian yang dikunci dengan edisi dasar",
                of=number(found.of, language),
            )
            if found.of > MOST
            else _("semua yang dikunci dengan edisi dasar"),
        ),
        Fact(_("Keputusannya berubah"), _counted(decided)),
        Fact(_("Hanya nilainya berubah"), _counted(scored)),
        Fact(_("Tetap sama"), _counted(same)),
    ]
    if found.follow_ups:
        facts.append(
            Fact(
                _("Tidak dicoba"),
                _counted(found.follow_ups),
                note=_("penilaian ulang terbatas memakai juga jawaban penilaian lain"),
            )
        )
    return tuple(facts)


def _counted(count: int) -> str:
    shown = number(count, the_language())
    return str(ngettext("%(shown)s penilaian", "%(shown)s penilaian", count, shown=shown))


def _line(tried: Tried) -> TriedLine:
    notes = []
    if tried.after.incompatible:
        notes.append(_("Tidak cocok lagi: %(items)s", items=_named(tried.after.incompatible)))
    if tried.after.unanswered:
        notes.append(_("Belum dijawab: %(items)s", items=_named(tried.after.unanswered)))
    return TriedLine(
        reference=f"{tried.reference} · {kind_name(tried.kind)}",
        href=overview_href(tried.assessment_id),
        auditee=tried.auditee,
        before=outcome_chip(tried.before.outcome),
        after=outcome_chip(tried.after.outcome),
        before_total=_share(tried.before.total),
        after_total=_share(tried.after.total),
        notes=tuple(notes),
    )


def _named(items: tuple[str, ...]) -> str:
    shown = ", ".join(items[:MOST_NAMED])
    more = len(items) - MOST_NAMED
    return shown if more <= 0 else str(_("%(items)s dan %(more)s lagi", items=shown, more=more))


def _share(total: Ratio) -> str:
    return percent(total.share, the_language()) if total.share is not None else "–"


def _items(counts: Counter[str]) -> tuple[ItemLine, ...]:
    return tuple(ItemLine(item, _counted(count)) for item, count in sorted(counts.items()))
