"""What stands in the list of institutions and units, and by what is it narrowed?"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlencode

from flask import url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from sqlalchemy.orm import Session

from assessor.access.actor import Actor, Role
from assessor.access.matrix import MATRIX
from assessor.access.permissions import Permission
from assessor.auditees.forms import SoughtForm
from assessor.auditees.models import Agency, AuditeeKind
from assessor.auditees.pages import kind_name
from assessor.auditees.queries import (
    Cursor,
    Slice,
    Sought,
    count_auditees,
    list_auditees,
)
from assessor.auditees.tags import AGENCY_NAMES
from assessor.organization.models import TerritoryKind
from assessor.organization.queries import list_territories
from assessor.organization.territory_files import ATTRIBUTION
from assessor.ui.current import say, the_language
from assessor.ui.formats import day, number
from assessor.ui.parts import Column, FilterChip, Link

# below so many there is nothing to filter
FEW = 8


@dataclass(frozen=True)
class Line:
    """One row of the list in the reader's words."""

    name: str
    href: str
    reference: str
    kind: str
    agency: str
    place: str
    office: str
    closed: str
    held: bool


@dataclass(frozen=True)
class ListPage:
    """The list with its filter."""

    form: SoughtForm
    filters: tuple[FilterChip, ...]
    clear_href: str
    filtered: bool
    show_filter: bool
    columns: tuple[Column, ...]
    lines: tuple[Line, ...]
    summary: str
    newer_href: str
    older_href: str
    why_empty: str
    attribution: str
    act: Link | None
    next_href: str


def _read_sought(session: Session, form: SoughtForm) -> tuple[Sought, Mapping[str, str]]:
    """Fill the lists of the form, keep of its values what is in them; labels by value."""
    provinces = {
        each.code: each.name for each in session.scalars(list_territories(TerritoryKind.province))
    }
    province = form.province.data if form.province.data in provinces else ""
    regencies = (
        {
            each.code: each.name
            for each in session.scalars(list_territories(TerritoryKind.regency, within=province))
        }
        if province
        else {}
    )
    regency = form.regency.data if form.regency.data in regencies else ""
    kinds = {each.value: kind_name(each) for each in AuditeeKind}
    agencies = {each.value: say(words) for each, words in AGENCY_NAMES.items()}
    form.offer("kind", kinds)
    form.offer("agency", agencies)
    form.offer("province", provinces)
    form.offer("regency", regencies)
    sought = Sought(
        words=(form.q.data or "").strip()[:100],
        kind=AuditeeKind(form.kind.data) if form.kind.data in kinds else None,
        province=province,
        regency=regency,
        agency=Agency(form.agency.data) if form.agency.data in agencies else None,
    )
    return sought, {**kinds, **agencies, **provinces, **regencies}


def _address(sought: Sought, cursor: Cursor | None = None) -> str:
    """The list with these conditions."""
    values = {
        "q": sought.words,
        "kind": sought.kind,
        "agency": sought.agency,
        "province": sought.province,
        "regency": sought.regency,
        "at": cursor.text if cursor is not None else "",
    }
    query = urlencode({name: value for name, value in values.items() if value})
    return url_for("auditees.index") + (f"?{query}" if query else "")


def _filters(sought: Sought, labels: Mapping[str, str]) -> tuple[FilterChip, ...]:
    chips = []
    if sought.words:
        words = _("“%(words)s”", words=sought.words)
        chips.append(FilterChip(words, _address(sought.without("words"))))
    for name in ("kind", "agency", "province", "regency"):
        value = getattr(sought, name)
        if value:
            chips.append(FilterChip(labels[value], _address(sought.without(name))))
    return tuple(chips)


def why_empty(actor: Actor) -> str:
    """What somebody who sees nobody should know."""
    if not any(Permission.see_auditee in MATRIX[held.role] for held in actor.held):
        return str(_("Peran Anda tidak memerlukan data lembaga dan unit satu per satu."))
    if actor.has(Role.assessor):
        return str(_("Lembaga dan unit muncul di sini setelah Anda ditugaskan menilainya."))
    return str(
        _(
            "Lembaga dan unit yang menjadi tanggung jawab kantor Anda akan muncul di sini setelah "
            "didaftarkan."
        )
    )


def _lines(found: Slice) -> tuple[Line, ...]:
    language = the_language()
    return tuple(
        Line(
            name=each.name,
            href=url_for("auditees.page", auditee_id=each.id),
            reference=each.reference,
            kind=kind_name(each.kind),
            agency=say(AGENCY_NAMES[each.agency]),
            place=f"{each.regency}, {each.province}",
            office=each.office,
            closed=_("Ditutup %(day)s", day=day(each.closed_on, language))
            if each.closed_on
            else "",
            held=each.held,
        )
        for each in found.rows
    )


def list_page(
    session: Session, actor: Actor, form: SoughtForm, at: str, *, now: datetime
) -> ListPage:
    """One page of the list: five queries at most, however many there are."""
    sought, labels = _read_sought(session, form)
    found = list_auditees(session, actor, sought, now=now, cursor=Cursor.from_text(at))
    total = count_auditees(session, actor, sought)
    return ListPage(
        form=form,
        filters=_filters(sought, labels),
        clear_href=url_for("auditees.index"),
        filtered=not sought.nothing,
        show_filter=not sought.nothing or total > FEW,
        columns=(
            Column(_("Nama")),
            Column(_("Jenis")),
            Column(_("Pengelola")),
            Column(_("Wilayah")),
            Column(_("Penanggung jawab")),
        ),
        lines=_lines(found),
        summary=ngettext(
            "%(total)s lembaga atau unit",
            "%(total)s lembaga atau unit",
            total,
            total=number(total, the_language()),
        ),
        newer_href=_address(sought, found.before) if found.before else "",
        older_href=_address(sought, found.after) if found.after else "",
        why_empty=why_empty(actor),
        attribution=ATTRIBUTION,
        act=Link(_("Daftarkan lembaga atau unit"), url_for("registering.place"))
        if any(Permission.keep_auditee in MATRIX[held.role] for held in actor.held)
        else None,
        next_href=url_for("auditees.next_due") if found.rows else "",
    )
