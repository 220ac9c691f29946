"""Which assessments are there, and how far is each?"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from flask import render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import ngettext

from assessor.access.actor import Role
from assessor.access.guard import requires, the_actor
from assessor.access.permissions import Permission
from assessor.assessments import wording
from assessor.assessments.blueprint import blueprint
from assessor.assessments.models import Kind, Status
from assessor.assessments.overview.list_forms import SearchForm
from assessor.assessments.overview.listing import (
    Cursor,
    Found,
    Sought,
    count_assessments,
    list_assessments,
)
from assessor.assessments.page_parts import ever_may, kind_name, overview_href, status_chip
from assessor.assessments.workflow import OPEN
from assessor.database.extension import db
from assessor.ui.choices import offer
from assessor.ui.current import the_clock, the_language, the_zone
from assessor.ui.formats import day, day_in, due, number
from assessor.ui.parts import Chip, ChipStatus, Column, FilterChip, Link

# below so many there is nothing to filter
FEW = 8
YEARS_BACK = 5


@dataclass(frozen=True)
class Line:
    """One row of the list."""

    auditee: str
    href: str
    reference: str
    kind: str
    chip: Chip
    when: str
    due: Chip | None


@dataclass(frozen=True)
class ListPage:
    """The list with its filter."""

    form: SearchForm
    filters: tuple[FilterChip, ...]
    clear_href: str
    filtered: bool
    show_filter: bool
    columns: tuple[Column, ...]
    lines: tuple[Line, ...]
    summary: str
    newer_href: str
    older_href: str
    act: Link | None
    why_empty: str


def _read_sought(form: SearchForm, today: date) -> tuple[Sought, Mapping[str, str]]:
    """Fill the lists of the form, keep of its values what is in them; labels by value."""
    language = the_language()
    statuses = {each.value: wording.in_(language, wording.STATUSES, each) for each in Status}
    kinds = {each.value: kind_name(each) for each in Kind}
    years = {str(year): str(year) for year in range(today.year, today.year - YEARS_BACK, -1)}
    for field, offered in ((form.status, statuses), (form.kind, kinds), (form.year, years)):
        offer(field, offered, none=_("Semua"))
    sought = Sought(
        words=(form.q.data or "").strip()[:100],
        status=Status(form.status.data) if form.status.data in statuses else None,
        kind=Kind(form.kind.data) if form.kind.data in kinds else None,
        year=int(form.year.data) if form.year.data in years else None,
    )
    return sought, {**statuses, **kinds, **years}


def list_href(sought: Sought, cursor: Cursor | None = None) -> str:
    """The list with these conditions."""
    values = {
        "q": sought.words,
        "status": sought.status,
        "kind": sought.kind,
        "year": sought.year,
        "at": cursor.text if cursor is not None else "",
    }
    kept = {name: str(value) for name, value in values.items() if value}
    return url_for("assessments.index", **kept)  # type: ignore[arg-type]  # values are text


def _filters(sought: Sought, labels: Mapping[str, str]) -> tuple[FilterChip, ...]:
    chips = []
    if sought.words:
        words = _("“%(words)s”", words=sought.words)
        chips.append(FilterChip(words, list_href(sought.without("words"))))
    for name in ("status", "kind", "year"):
        value = getattr(sought, name)
        if value:
            chips.append(FilterChip(labels[str(value)], list_href(sought.without(name))))
    return tuple(chips)


def due_chip(due_on: date | None, status: Status, today: date) -> Chip | None:
    """By when it is to be handed over, while it is not; late says so."""
    if due_on is None or status not in OPEN:
        return None
    words = due(due_on, today, the_language())
    if due_on < today:
        return Chip(ChipStatus.late, words)
    near = (due_on - today).days <= 3
    return Chip(ChipStatus.warn if near else ChipStatus.neutral, words)


def _line(found: Found, today: date) -> Line:
    language, zone = the_language(), the_zone()
    if found.sealed_at is not None:
        when = _("Dikunci %(day)s", day=day(day_in(found.sealed_at, zone), language))
    else:
        when = _("Dibuka %(day)s", day=day(day_in(found.opened_at, zone), language))
    return Line(
        auditee=found.auditee,
        href=overview_href(found.id),
        reference=found.reference,
        kind=kind_name(found.kind),
        chip=status_chip(found.status),
        when=when,
        due=due_chip(found.due_on, found.status, today),
    )


def _act() -> Link | None:
    """Opening starts at an auditee: one's own, or one chosen from the list."""
    own = the_actor().auditees()
    if ever_may(Permission.open_self_assessment) and len(own) == 1:
        here = url_for("assessments.open_form", auditee_id=next(iter(own)))
        return Link(_("Mulai penilaian mandiri"), here, icon="plus")
    if ever_may(Permission.open_assessment):
        return Link(_("Buka penilaian"), "/auditees", icon="plus")
    return None


def _why_empty() -> str:
    actor = the_actor()
    if actor.has(Role.assessor):
        words = _("Penilaian muncul di sini setelah Anda ditugaskan dalam timnya.")
    elif actor.has(Role.institution, Role.unit):
        words = _("Mulailah dengan penilaian mandiri: lihat sendiri apa yang sudah baik.")
    else:
        words = _("Buka penilaian pertama dari halaman lembaga atau unit yang akan dinilai.")
    return str(words)


@blueprint.get("/assessments")
@requires(Permission.home)
def index() -> str:
    """All that the reader may see, the newest first, 50 at a time: two queries."""
    session, actor = db.session(), the_actor()
    today = day_in(the_clock()(), the_zone())
    form = SearchForm(request.args)
    sought, labels = _read_sought(form, today)
    cursor = Cursor.from_text(request.args.get("at", ""))
    found = list_assessments(session, actor, sought, cursor=cursor)
    total = count_assessments(session, actor, sought)
    page = ListPage(
        form=form,
        filters=_filters(sought, labels),
        clear_href=url_for("assessments.index"),
        filtered=not sought.nothing,
        show_filter=not sought.nothing or total > FEW,
        columns=(
            Column(_("Yang dinilai")),
            Column(_("Jenis")),
            Column(_("Keadaan")),
            Column(_("Tanggal")),
            Column(_("Batas waktu")),
        ),
        lines=tuple(_line(row, today) for row in found.rows),
        summary=ngettext(
            "%(total)s penilaian",
            "%(total)s penilaian",
            total,
            total=number(total, the_language()),
        ),
        newer_href=list_href(sought, found.newer) if found.newer else "",
        older_href=list_href(sought, found.older) if found.older else "",
        act=_act(),
        why_empty=_why_empty(),
    )
    return render_template("assessments/index.html", page=page)
