"""What stands on the pages of a draft: the list, the whole, a section?"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from flask import url_for
from flask_babel import gettext as _
from flask_babel import ngettext

from assessor.instruments import words
from assessor.instruments.draft_forms import NewItemForm
from assessor.instruments.draft_models import Draft, DraftOrigin, DraftStatus
from assessor.instruments.draft_reading import Drafted
from assessor.instruments.trouble_words import Told
from assessor.ui.current import the_language, the_zone
from assessor.ui.formats import day, moment, number
from assessor.ui.parts import Chip, ChipStatus, Column, Fact, Link, Step, StepState
from checklists.checking import item_part, requirement_part
from checklists.drafted import order_part, part_of, required_by
from checklists.item import Critical
from checklists.material import Values
from standards.model import Text

MOST_TOLD = 50
_LONGEST = 160


@dataclass(frozen=True)
class DraftLine:
    """A draft in the list."""

    title: str
    href: str
    chip: Chip
    detail: str


@dataclass(frozen=True)
class DraftsPage:
    """All drafts, and the editions from which one can be begun."""

    columns: tuple[Column, ...]
    lines: tuple[DraftLine, ...]
    primary: Link | None
    back: Link


@dataclass(frozen=True)
class TroubleLine:
    """A problem in the list: where, what, what to do; it leads to the field."""

    place: str
    sentence: str
    href: str


@dataclass(frozen=True)
class DraftSection:
    """A section in the contents of a draft."""

    title: str
    href: str
    count: str
    marks: tuple[Chip, ...]


@dataclass(frozen=True)
class Act:
    """Something to do with a draft; a post button asks `confirm` first."""

    label: str
    href: str
    post: bool = False
    confirm: str = ""


@dataclass(frozen=True)
class DraftPage:
    """A draft as a whole."""

    title: str
    kicker: str
    lead: str
    chip: Chip
    back: Link
    steps: tuple[Step, ...]
    primary: Act | None
    waits: str
    acts: tuple[Act, ...]
    ends: tuple[Act, ...]
    reason: str
    facts: tuple[Fact, ...]
    counted: str
    troubles: tuple[TroubleLine, ...]
    more: str
    sections: tuple[DraftSection, ...]
    revision: int


@dataclass(frozen=True)
class ItemLine:
    """An item in its section."""

    id: str
    text: str
    href: str
    marks: tuple[Chip, ...]
    move: str
    retire: str
    seen: int
    first: bool
    last: bool


@dataclass(frozen=True)
class RetiredLine:
    """An item that was taken out."""

    id: str
    text: str
    restore: str


@dataclass(frozen=True)
class SectionPage:
    """A section of a draft with its items."""

    title: str
    kicker: str
    back: Link
    open: bool
    lines: tuple[ItemLine, ...]
    retired: tuple[RetiredLine, ...]
    order_seen: int
    form: NewItemForm
    add: str
    before: Link | None
    after: Link | None


def draft_href(draft_id: str) -> str:
    """Where a draft is read."""
    return url_for("drafts.page", draft_id=draft_id)


def item_href(draft_id: str, item: str, field: str = "") -> str:
    """Where an item is edited, at a field."""
    return url_for("drafts.item", draft_id=draft_id, item=item) + (f"#{field}" if field else "")


def section_href(draft_id: str, section: str) -> str:
    """Where a section is edited."""
    return url_for("drafts.section", draft_id=draft_id, section=section)


def said(value: Any) -> str:
    """A text in both languages, in the reader's; whatever else it is, as it is."""
    if isinstance(value, Mapping):
        text = Text(str(value.get("id", "")), str(value.get("en", "")))
        return text.in_(the_language()) or text.en
    return "" if value is None else str(value)


def short(text: str) -> str:
    """The beginning of a text."""
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST].rstrip()}…"


def status_chip(status: DraftStatus) -> Chip:
    """How far a draft is."""
    return {
        DraftStatus.open: Chip(ChipStatus.progress, _("Sedang disusun")),
        DraftStatus.proposed: Chip(ChipStatus.info, _("Menunggu pengesahan")),
        DraftStatus.approved: Chip(ChipStatus.ok, _("Disahkan, belum terbit")),
        DraftStatus.published: Chip(ChipStatus.sealed, _("Sudah terbit")),
        DraftStatus.withdrawn: Chip(ChipStatus.neutral, _("Ditarik")),
    }[status]


def name_of(draft: Draft, title: str) -> str:
    """`Instrumen lengkap …, edisi 2027.1`."""
    return str(_("%(title)s, edisi %(edition)s", title=title, edition=draft.edition))


def drafts_page(drafts: Sequence[Draft], titles: Mapping[str, str]) -> DraftsPage:
    """The list in the reader's language."""
    return DraftsPage(
        columns=(Column(_("Rancangan")), Column(_("Keadaan")), Column(_("Terakhir diubah"))),
        lines=tuple(
            DraftLine(
                title=name_of(each, titles.get(each.name, each.name)),
                href=draft_href(each.id),
                chip=status_chip(each.status),
                detail=moment(each.changed_at, the_zone(), the_language()),
            )
            for each in drafts
        ),
        primary=None
        if not drafts or drafts[0].status in {DraftStatus.published, DraftStatus.withdrawn}
        else Link(_("Lanjutkan %(name)s", name=drafts[0].edition), draft_href(drafts[0].id)),
        back=Link(_("Instrumen"), url_for("instruments.index")),
    )


# ---- the whole ----


_ORDER = (DraftStatus.open, DraftStatus.proposed, DraftStatus.approved, DraftStatus.published)


def _steps(draft: Draft) -> tuple[Step, ...]:
    at = _ORDER.index(draft.status) if draft.status in _ORDER else -1
    labels = (_("Disusun"), _("Diajukan"), _("Disahkan"), _("Terbit"))

    def state(rank: int) -> StepState:
        if at < 0:
            return StepState.blocked
        if rank < at or draft.status is DraftStatus.published:
            return StepState.done
        return StepState.current if rank == at else StepState.next

    return tuple(Step(label, state(rank)) for rank, label in enumerate(labels))


def trouble_lines(draft: Draft, told: Sequence[Told]) -> tuple[TroubleLine, ...]:
    """Problems as links to their fields."""
    about = url_for("drafts.about", draft_id=draft.id)
    return tuple(
        TroubleLine(
            place=" · ".join(part for part in (each.item or _("Seluruh edisi"), each.name) if part),
            sentence=each.sentence,
            href=item_href(draft.id, each.item, each.anchor)
            if each.item
            else f"{about}#{each.anchor}"
            if each.anchor
            else about,
        )
        for each in told
    )


def changed_parts(drafted: Drafted) -> frozenset[str]:
    """The parts that stand and differ from how the draft began."""
    return frozenset(
        name
        for name, part in drafted.parts.items()
        if not part.retired and part.content != part_of(drafted.source, name)
    )


def draft_page(
    drafted: Drafted,
    told: Sequence[Told],
    *,
    people: Mapping[str, str],
    acts: Sequence[Act],
    ends: Sequence[Act],
    primary: Act | None,
    waits: str,
) -> DraftPage:
    """A draft in the reader's language."""
    draft, count = drafted.draft, len(told)
    return DraftPage(
        title=said(drafted.material.checklist.get("title")) or draft.name,
        kicker=_("Rancangan edisi %(edition)s", edition=draft.edition),
        lead=_("Dimulai dari edisi terbitan; edisi itu sendiri tidak berubah.")
        if draft.origin is DraftOrigin.edition
        else _("Dimulai dari berkas yang diunggah."),
        chip=status_chip(draft.status),
        back=Link(_("Semua rancangan"), url_for("drafts.index")),
        steps=_steps(draft),
        primary=primary,
        waits=waits,
        acts=tuple(acts),
        ends=tuple(ends),
        reason=draft.reason or "",
        facts=tuple(_facts(drafted, people)),
        counted=ngettext(
            "%(shown)s masalah perlu diperbaiki sebelum rancangan diajukan.",
            "%(shown)s masalah perlu diperbaiki sebelum rancangan diajukan.",
            count,
            shown=number(count, the_language()),
        )
        if count
        else "",
        troubles=trouble_lines(draft, told[:MOST_TOLD]),
        more=_("Hanya %(most)s yang pertama ditampilkan.", most=MOST_TOLD)
        if count > MOST_TOLD
        else "",
        sections=tuple(_sections(drafted, told)),
        revision=draft.revision,
    )


def _facts(drafted: Drafted, people: Mapping[str, str]) -> list[Fact]:
    draft, language, zone = drafted.draft, the_language(), the_zone()

    def by(person: str | None) -> str:
        return people.get(person or "", "")

    changed = changed_parts(drafted)
    facts = [
        Fact(
            _("Butir"),
            number(len(drafted.material.items), language),
            note=_(
                "%(changed)s bagian diubah, %(retired)s butir dihapus",
                changed=number(len(changed), language),
                retired=number(sum(each.startswith("item:") for each in drafted.retired), language),
            ),
        ),
        Fact(
            _("Instrumen turunan"),
            ", ".join(said(each.head.get("title")) for each in drafted.material.based)
            or _("tidak ada"),
            note=_("Terbit bersama, dengan nama edisi yang sama.")
            if drafted.material.based
            else "",
        ),
        Fact(
            _("Dimulai oleh"),
            by(draft.started_by),
            note=moment(draft.started_at, zone, language),
        ),
    ]
    if draft.proposed_at is not None:
        when = moment(draft.proposed_at, zone, language)
        facts.append(Fact(_("Diajukan oleh"), by(draft.proposed_by), note=when))
    if draft.approved_at is not None and draft.effective_on is not None:
        facts.append(
            Fact(
                _("Disahkan oleh"),
                by(draft.approved_by),
                note=_(
                    "%(decree)s, berlaku sejak %(day)s",
                    decree=draft.decree,
                    day=day(draft.effective_on, language),
                ),
            )
        )
    return facts


def _sections(drafted: Drafted, told: Sequence[Told]) -> list[DraftSection]:
    material, language = drafted.material, the_language()
    section_of = {
        str(each.get("requirement", "")): str(each.get("section", ""))
        for each in material.requirements
    }
    of_item = {
        str(each.get("item", "")): section_of.get(required_by(each), "") for each in material.items
    }
    counts = Counter(of_item.values())
    wrong = Counter(of_item.get(each.item, "") for each in told if each.item)
    changed = Counter(
        section_of.get(name.partition(":")[2]) or of_item.get(name.partition(":")[2], "")
        for name in changed_parts(drafted)
        if name.startswith(("item:", "requirement:"))
    )
    made = []
    for each in _listed(material.standard.get("sections")):
        name = str(each.get("section", ""))
        shown = number(counts[name], language)
        made.append(
            DraftSection(
                title=f"{name}. {said(each.get('title'))}",
                href=section_href(drafted.draft.id, name),
                count=ngettext("%(shown)s butir", "%(shown)s butir", counts[name], shown=shown),
                marks=_marks(changed=changed[name], wrong=wrong[name]),
            )
        )
    return made


def _listed(value: Any) -> list[Mapping[str, Any]]:
    return [each for each in value if isinstance(each, Mapping)] if isinstance(value, list) else []


def _marks(*, changed: int, wrong: int) -> tuple[Chip, ...]:
    marks = []
    if changed:
        marks.append(Chip(ChipStatus.info, _("diubah")))
    if wrong:
        marks.append(
            Chip(
                ChipStatus.bad,
                ngettext("%(num)s masalah", "%(num)s masalah", wrong),
            )
        )
    return tuple(marks)


# ---- a section ----


def section_page(
    drafted: Drafted, told: Sequence[Told], section: str, *, form: NewItemForm
) -> SectionPage:
    """The items of a section, in their order."""
    draft, material = drafted.draft, drafted.material
    texts = {str(each["requirement"]): each for each in material.requirements}
    held = [
        (str(each["item"]), each, texts[required_by(each)])
        for each in material.items
        if required_by(each) in texts and texts[required_by(each)].get("section") == section
    ]
    wrong = Counter(each.item for each in told)
    changed = changed_parts(drafted)
    titles = {
        str(each.get("section", "")): said(each.get("title"))
        for each in _listed(material.standard.get("sections"))
    }
    names = list(titles)
    at = names.index(section)

    def link(rank: int) -> Link | None:
        if not 0 <= rank < len(names):
            return None
        return Link(f"{names[rank]}. {titles[names[rank]]}", section_href(draft.id, names[rank]))

    return SectionPage(
        title=f"{section}. {titles[section]}",
        kicker=_("Rancangan edisi %(edition)s", edition=draft.edition),
        back=Link(_("Rancangan ini"), draft_href(draft.id)),
        open=drafted.open,
        lines=tuple(
            _item_line(
                drafted,
                item,
                requirement,
                marks=(
                    *_item_marks(drafted, own, item, changed),
                    *_marks(changed=0, wrong=wrong[item]),
                ),
                first=rank == 0,
                last=rank == len(held) - 1,
            )
            for rank, (item, own, requirement) in enumerate(held)
        ),
        retired=_retired(drafted, section),
        order_seen=drafted.version(order_part(section)),
        form=form,
        add=url_for("drafts.add", draft_id=draft.id, section=section),
        before=link(at - 1),
        after=link(at + 1),
    )


def _item_line(
    drafted: Drafted,
    item: str,
    requirement: Values,
    *,
    marks: tuple[Chip, ...],
    first: bool,
    last: bool,
) -> ItemLine:
    draft_id = drafted.draft.id
    return ItemLine(
        id=item,
        text=short(said(requirement.get("text"))) or _("(belum ada bunyinya)"),
        href=item_href(draft_id, item),
        marks=marks,
        move=url_for("drafts.move", draft_id=draft_id, item=item),
        retire=url_for("drafts.retire", draft_id=draft_id, item=item),
        seen=drafted.version(item_part(item)),
        first=first,
        last=last,
    )


def _item_marks(
    drafted: Drafted, own: Values, item: str, changed: frozenset[str]
) -> tuple[Chip, ...]:
    marks = []
    critical = own.get("critical")
    if critical in {Critical.hard, Critical.soft}:
        marks.append(Chip(ChipStatus.neutral, words.criticals()[Critical(str(critical))]))
    if part_of(drafted.source, item_part(item)) is None:
        marks.append(Chip(ChipStatus.info, _("baru")))
    elif {item_part(item), requirement_part(required_by(own))} & changed:
        marks.append(Chip(ChipStatus.info, _("diubah")))
    return tuple(marks)


def _retired(drafted: Drafted, section: str) -> tuple[RetiredLine, ...]:
    found = []
    for name in drafted.retired:
        kind, _sep, item = name.partition(":")
        if kind != "item":
            continue
        requirement = requirement_part(required_by(drafted.parts[name].content))
        kept = drafted.parts.get(requirement)
        content = kept.content if kept is not None else part_of(drafted.material, requirement)
        if content is not None and content.get("section") == section:
            restore = url_for("drafts.restore", draft_id=drafted.draft.id, item=item)
            found.append(RetiredLine(item, short(said(content.get("text"))), restore))
    return tuple(found)
