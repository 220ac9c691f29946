"""What stands on the page that shows two editions side by side?"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from flask import url_for
from flask_babel import gettext as _
from flask_babel import ngettext

from assessor.instruments import difference_words as said
from assessor.instruments.forms import SinceForm
from assessor.instruments.pages import edition_href
from assessor.instruments.reading import PREFIX, Instrument, Published
from assessor.ui.current import the_language
from assessor.ui.formats import number
from assessor.ui.parts import Chip, ChipStatus, Column, Link
from checklists.comparing import compare
from checklists.differences import Difference, Effect, heaviest
from standards.model import Text

_CHIPS = {
    Effect.void: ChipStatus.bad,
    Effect.ask: ChipStatus.warn,
    Effect.recount: ChipStatus.info,
    Effect.stands: ChipStatus.ok,
}
# a longer value is code, of which the beginning says enough
_LONGEST = 600


@dataclass(frozen=True)
class DifferenceLine:
    """One difference: where, what, how it was and how it is."""

    subject: str
    what: str
    before: str
    after: str


@dataclass(frozen=True)
class EffectBlock:
    """All differences with the same effect."""

    title: str
    reason: str
    count: str
    opened: bool
    lines: tuple[DifferenceLine, ...]


@dataclass(frozen=True)
class ComparePage:
    """Two editions side by side."""

    title: str
    back: Link
    form: SinceForm
    action: str
    before: str
    after: str
    summary: str
    chip: Chip | None
    columns: tuple[Column, ...]
    blocks: tuple[EffectBlock, ...]
    offers: bool


@dataclass(frozen=True)
class DraftChangesPage:
    """A draft beside the edition that it began with."""

    title: str
    back: Link
    ready: bool
    summary: str
    chip: Chip | None
    columns: tuple[Column, ...]
    blocks: tuple[EffectBlock, ...]


def draft_changes_page(
    *, title: str, href: str, pair: tuple[Instrument, Instrument] | None
) -> DraftChangesPage:
    """The page in the reader's language; without a pair there is nothing to compare yet."""
    language = the_language()
    differences = compare(*pair) if pair is not None else ()
    effect = heaviest(differences)
    return DraftChangesPage(
        title=title,
        back=Link(_("Rancangan ini"), href),
        ready=pair is not None,
        summary=said.SUMMARIES[effect].in_(language) if differences else _("Tidak ada perbedaan."),
        chip=Chip(_CHIPS[effect], said.EFFECTS[effect].in_(language)) if pair else None,
        columns=columns(),
        blocks=tuple(_blocks(differences, language)),
    )


def columns() -> tuple[Column, ...]:
    """The columns of a table of differences."""
    return (Column(_("Butir")), Column(_("Perubahan")), Column(_("Dahulu")), Column(_("Sekarang")))


def comparable(published: Sequence[Published], edition: Published) -> tuple[Published, ...]:
    """What an edition can be held against: others of its kind, those of its name first."""
    others = [
        each
        for each in published
        if each.kind is edition.kind and each.fingerprint != edition.fingerprint
    ]
    return tuple(sorted(others, key=lambda each: each.name != edition.name))


def compare_page(
    edition: Published,
    others: Sequence[Published],
    chosen: Published | None,
    *,
    form: SinceForm,
    pair: tuple[Instrument, Instrument] | None,
) -> ComparePage:
    """The page in the reader's language; `pair` holds the earlier and the later instrument."""
    language = the_language()
    differences = compare(*pair) if pair is not None else ()
    effect = heaviest(differences)
    form.since.choices = [
        ("", _("Pilih edisi")),
        *((_digest(each), _name(each)) for each in others),
    ]
    form.since.data = _digest(chosen) if chosen else ""
    summary = said.SUMMARIES[effect].in_(language) if differences else _("Tidak ada perbedaan.")
    return ComparePage(
        title=edition.title.in_(language),
        back=Link(edition.title.in_(language), edition_href(edition.fingerprint)),
        form=form,
        action=url_for("instruments.changes", digest=_digest(edition)),
        before=_name(chosen) if chosen else "",
        after=_name(edition),
        summary=summary if chosen else "",
        chip=Chip(_CHIPS[effect], said.EFFECTS[effect].in_(language)) if chosen else None,
        columns=columns(),
        blocks=tuple(_blocks(differences, language)),
        offers=bool(others),
    )


def _digest(published: Published) -> str:
    return published.fingerprint.removeprefix(PREFIX)


def _name(published: Published) -> str:
    return str(
        _(
            "%(title)s, edisi %(edition)s",
            title=published.title.in_(the_language()),
            edition=published.edition,
        )
    )


def difference_blocks(differences: Sequence[Difference]) -> tuple[EffectBlock, ...]:
    """All differences in the reader's language, the weightiest effect first."""
    return tuple(_blocks(differences, the_language()))


def _blocks(differences: Sequence[Difference], language: str) -> Iterable[EffectBlock]:
    for effect in reversed(Effect):
        found = [each for each in differences if each.effect is effect]
        if found:
            yield EffectBlock(
                title=said.EFFECTS[effect].in_(language),
                reason=said.EFFECT_REASONS[effect].in_(language),
                count=_counted(len(found)),
                opened=effect is heaviest(differences),
                lines=tuple(_line(each, language) for each in found),
            )


def _counted(count: int) -> str:
    shown = number(count, the_language())
    return str(ngettext("%(shown)s perubahan", "%(shown)s perubahan", count, shown=shown))


def _line(difference: Difference, language: str) -> DifferenceLine:
    return DifferenceLine(
        subject=difference.subject or said.EDITION.in_(language),
        what=said.WHATS[difference.what].in_(language),
        before=_value(difference.before, difference.after, language),
        after=_value(difference.after, difference.before, language),
    )


def _value(value: Text, other: Text, language: str) -> str:
    """One side; where both read the same here, the other language shows what differs."""
    shown = value.in_(language) or said.EMPTY.in_(language)
    if value.in_(language) == other.in_(language):
        differing = value.id if language == "en" else value.en
        shown = f"{shown} ({differing})" if differing else shown
    return shown if len(shown) <= _LONGEST else shown[:_LONGEST] + "…"
