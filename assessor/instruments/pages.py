"""What stands on the pages that show standards and checklists?"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode

from flask import url_for
from flask_babel import gettext as _
from flask_babel import ngettext

from assessor.instruments import words
from assessor.instruments.exporting import formats_of
from assessor.instruments.forms import SoughtForm
from assessor.instruments.reading import PREFIX, Instrument, Published
from assessor.instruments.requirement_parts import Pair, Shown, pairs_of, says, shown
from assessor.instruments.rule_words import GIVES, places_in, rule_in
from assessor.ui.current import the_language
from assessor.ui.formats import number, percent
from assessor.ui.parts import Chip, Column, Fact, FilterChip, Link
from checklists.model import Checklist, Critical
from standards.model import Section, Standard

# more than this nobody reads; the words are narrowed instead
MOST_FOUND = 50


@dataclass(frozen=True)
class EditionLine:
    """An edition in the list."""

    title: str
    href: str
    kind: str
    edition: str
    chip: Chip
    detail: str
    published: Published


@dataclass(frozen=True)
class ListPage:
    """All editions; for who drafts with the way to the drafts."""

    drafts: Link | None
    columns: tuple[Column, ...]
    lines: tuple[EditionLine, ...]


@dataclass(frozen=True)
class SectionLine:
    """A section in the contents."""

    id: str
    title: str
    href: str
    count: str
    current: bool


@dataclass(frozen=True)
class AspectBlock:
    """An aspect with its sections."""

    title: str
    sections: tuple[SectionLine, ...]


@dataclass(frozen=True)
class Download:
    """A form in which the edition can be fetched."""

    label: str
    purpose: str
    href: str


@dataclass(frozen=True)
class EditionPage:
    """An edition: its rules, its contents, and the part that is open."""

    title: str
    kicker: str
    lead: str
    chip: Chip
    detail: str
    back: Link
    facts: tuple[Fact, ...]
    form: SoughtForm
    filters: tuple[FilterChip, ...]
    href: str
    contents: tuple[AspectBlock, ...]
    heading: str
    shown: tuple[Shown, ...]
    too_many: str
    fingerprint: str
    downloads: tuple[Download, ...]
    compare: Link
    draft: str


def edition_href(fingerprint: str, **query: str) -> str:
    """Where an edition is read; its fingerprint stands in the address without "sha256:"."""
    href = url_for("instruments.page", digest=fingerprint.removeprefix(PREFIX))
    asked = {name: value for name, value in query.items() if value}
    return href + (f"?{urlencode(asked)}" if asked else "")


def list_page(published: Iterable[Published], today: date, *, drafts: bool) -> ListPage:
    """The list of editions."""
    language, kinds = the_language(), words.kinds()
    return ListPage(
        drafts=Link(_("Rancangan edisi"), url_for("drafts.index")) if drafts else None,
        columns=(Column(_("Judul")), Column(_("Jenis")), Column(_("Edisi")), Column(_("Keadaan"))),
        lines=tuple(
            EditionLine(
                title=each.title.in_(language),
                href=edition_href(each.fingerprint),
                kind=kinds[each.kind],
                edition=each.edition,
                chip=words.status_chip(each, today),
                detail=words.status_detail(each, today),
                published=each,
            )
            for each in published
        ),
    )


def _counted(count: int) -> str:
    shown = number(count, the_language())
    return str(ngettext("%(shown)s butir", "%(shown)s butir", count, shown=shown))


def _standard_facts(standard: Standard) -> list[Fact]:
    return [
        Fact(_("Persyaratan"), _counted(len(standard.requirements))),
        Fact(_("Sumber"), number(len(standard.sources), the_language())),
    ]


def _checklist_facts(checklist: Checklist, base: Checklist | None) -> list[Fact]:
    language = the_language()
    critical = sum(item.critical is not Critical.no for item in checklist.items)
    days = checklist.days
    scale = ", ".join(f"{each.code} {each.label.in_(language)}" for each in checklist.scale)
    return [
        Fact(
            _("Menilai menurut"),
            checklist.standard.title.in_(language),
            act=Link(_("Baca"), edition_href(checklist.standard.fingerprint)),
        ),
        *_derived_facts(checklist, base),
        Fact(_("Untuk"), ", ".join(words.auditees()[each] for each in checklist.auditees)),
        Fact(_("Dipakai dalam"), ", ".join(words.rounds()[each] for each in checklist.kinds)),
        Fact(
            _("Butir"),
            _counted(len(checklist.items)),
            note=_("%(count)s butir kritis", count=number(critical, language)),
        ),
        Fact(_("Skala"), scale),
        *_limit_facts(checklist),
        Fact(
            _("Tenggat"),
            _(
                "temuan mayor %(major)s hari, minor %(minor)s hari",
                major=days.major,
                minor=days.minor,
            ),
        ),
    ]


def _derived_facts(checklist: Checklist, base: Checklist | None) -> tuple[Fact, ...]:
    derivation, language = checklist.derivation, the_language()
    if derivation is None:
        return ()
    named = derivation.base
    return (
        Fact(
            _("Diambil dari"),
            _(
                "%(title)s, edisi %(edition)s",
                title=base.title.in_(language) if base else named.checklist,
                edition=named.edition,
            ),
            act=Link(_("Baca"), edition_href(named.fingerprint)) if base else None,
        ),
        Fact(
            _("Yang ditanyakan"), ". ".join(rule_in(language, derivation, checklist.standard)) + "."
        ),
        Fact(_("Yang dihasilkan"), GIVES[derivation.gives].in_(language)),
        Fact(_("Cara menilai"), places_in(language, derivation)),
    )


def _limit_facts(checklist: Checklist) -> tuple[Fact, ...]:
    """From where on the standard is met; what looks at a part decides nothing."""
    if not checklist.decides:
        return ()
    limits, language = checklist.thresholds, the_language()
    return (
        Fact(
            _("Memenuhi bila"),
            _(
                "total paling sedikit %(total)s, setiap aspek paling sedikit %(aspect)s",
                total=percent(limits.total, language),
                aspect=percent(limits.aspect, language),
            ),
            note=_(
                "tidak berlaku (TB) paling banyak %(share)s",
                share=percent(limits.not_applicable, language),
            ),
        ),
    )


def _contents(
    standard: Standard, pairs: Sequence[Pair], fingerprint: str, current: str
) -> tuple[AspectBlock, ...]:
    language = the_language()
    counts: dict[str, int] = {}
    for requirement, _item in pairs:
        counts[requirement.section] = counts.get(requirement.section, 0) + 1

    def line(section: Section) -> SectionLine:
        return SectionLine(
            id=section.id,
            title=section.title.in_(language),
            href=edition_href(fingerprint, section=section.id) + "#isi",
            count=_counted(counts[section.id]),
            current=section.id == current,
        )

    return tuple(
        AspectBlock(
            title=aspect.title.in_(language),
            sections=tuple(
                line(each)
                for each in standard.sections
                if each.aspect == aspect.id and each.id in counts
            ),
        )
        for aspect in standard.aspects
    )


def _open_part(
    standard: Standard, pairs: Sequence[Pair], sought: str, section: str
) -> tuple[str, list[Pair], str]:
    """Heading, what is shown under it, and the section that is open (none while searching)."""
    if sought:
        found = [pair for pair in pairs if says(sought, pair)]
        return _("Hasil pencarian: %(count)s", count=_counted(len(found))), found, ""
    filled = list(dict.fromkeys(requirement.section for requirement, _item in pairs))
    current = section if section in filled else filled[0]
    title = standard.section(current).title.in_(the_language())
    return f"{current}. {title}", [pair for pair in pairs if pair[0].section == current], current


def edition_page(
    published: Published,
    instrument: Instrument,
    *,
    base: Checklist | None,
    form: SoughtForm,
    section: str,
    today: date,
    drafts: bool,
) -> EditionPage:
    """One edition with the section that is asked for, or what the words find; who drafts can
    begin the next one."""
    language = the_language()
    standard, pairs = pairs_of(instrument)
    sought = (form.q.data or "").strip()[:100]
    heading, part, current = _open_part(standard, pairs, sought, section)
    checklist = instrument if isinstance(instrument, Checklist) else None
    return EditionPage(
        title=published.title.in_(language),
        kicker=_(
            "%(kind)s · edisi %(edition)s",
            kind=words.kinds()[published.kind],
            edition=published.edition,
        ),
        lead=(checklist.note if checklist is not None else standard.about).in_(language),
        chip=words.status_chip(published, today),
        detail=words.status_detail(published, today),
        back=Link(_("Instrumen"), url_for("instruments.index")),
        facts=tuple(
            _checklist_facts(checklist, base)
            if checklist is not None
            else _standard_facts(standard)
        ),
        form=form,
        filters=(FilterChip(f"“{sought}”", edition_href(published.fingerprint)),) if sought else (),
        href=edition_href(published.fingerprint),
        contents=_contents(standard, pairs, published.fingerprint, current),
        heading=heading,
        shown=tuple(shown(standard, *pair) for pair in part[:MOST_FOUND]),
        too_many=_("Hanya %(most)s yang pertama ditampilkan; tambahkan kata.", most=MOST_FOUND)
        if len(part) > MOST_FOUND
        else "",
        fingerprint=published.fingerprint,
        downloads=_downloads(instrument),
        compare=Link(
            _("Bandingkan dengan edisi lain"),
            url_for("instruments.changes", digest=published.fingerprint.removeprefix(PREFIX)),
        ),
        draft=url_for("instruments.start", digest=published.fingerprint.removeprefix(PREFIX))
        if drafts
        else "",
    )


def _downloads(instrument: Instrument) -> tuple[Download, ...]:
    said = words.downloads()
    digest = instrument.fingerprint.removeprefix(PREFIX)
    return tuple(
        Download(
            label=said[each][0],
            purpose=said[each][1],
            href=url_for("instruments.download", digest=digest, file_format=each.value),
        )
        for each in formats_of(instrument)
    )
