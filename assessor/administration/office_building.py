"""How do offices become lines and pages in the reader's words?"""

from datetime import date

from flask import url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from sqlalchemy.orm import Session

from assessor.access.actor import Actor
from assessor.access.decide import decide
from assessor.access.permissions import Permission
from assessor.accounts.pages import role_name
from assessor.administration.forms import SearchForm
from assessor.administration.office_queries import Holder, auditees_by_office, people_by_role
from assessor.administration.pages import (
    AreaLine,
    OfficeLine,
    OfficePage,
    OfficesPage,
    RoleGroup,
    office_kind_name,
)
from assessor.installation.letterheads import letterhead_of
from assessor.organization.finding import Area, list_areas, offices_in_order
from assessor.organization.keys import search_key, search_words
from assessor.organization.models import Office
from assessor.organization.queries import get_office
from assessor.organization.reach import office_subject
from assessor.organization.working_days import own_holidays
from assessor.ui.current import the_language
from assessor.ui.formats import day, number
from assessor.ui.parts import Chip, ChipStatus, Column, Fact, FilterChip, Link


def closed_chip(office: Office) -> Chip | None:
    """Since when an office is closed, if it is."""
    if office.closed_on is None:
        return None
    words = _("Ditutup %(day)s", day=day(office.closed_on, the_language()))
    return Chip(ChipStatus.neutral, words)


def _fits(office: Office, words: tuple[str, ...]) -> bool:
    key = search_key(office.name) + search_key(office.short_name)
    return all(word in key for word in words)


def offices_page(
    session: Session, actor: Actor, form: SearchForm, *, arranges: bool
) -> OfficesPage:
    """The tree, or what the words find in it: two queries."""
    language = the_language()
    sought = (form.q.data or "").strip()[:100]
    words = search_words(sought)
    counts = auditees_by_office(session)
    shown = [
        (office, depth if not words else 0)
        for office, depth in offices_in_order(session, actor)
        if _fits(office, words)
    ]
    lines = tuple(
        OfficeLine(
            name=office.name,
            href=url_for("offices.page", office_id=office.id),
            kind=office_kind_name(office.kind),
            depth=depth,
            auditees=number(counts.get(office.id, 0), language),
            time_zone=office.time_zone.value,
            closed=chip.label if (chip := closed_chip(office)) else "",
        )
        for office, depth in shown
    )
    here = url_for("offices.index")
    return OfficesPage(
        form=form,
        filters=(FilterChip(_("“%(words)s”", words=sought), here),) if sought else (),
        clear_href=here,
        lines=lines,
        columns=(
            Column(_("Kantor")),
            Column(_("Tingkat")),
            Column(_("Lembaga dan unit"), numeric=True),
            Column(_("Waktu")),
        ),
        summary=ngettext("%(num)s kantor", "%(num)s kantor", len(lines)),
        filtered=bool(words),
        act=Link(_("Buka kantor baru"), url_for("offices.new")) if arranges else None,
    )


def _holder(each: Holder, *, hands_over: bool) -> Fact:
    language = the_language()
    since = _("sejak %(day)s", day=day(each.since, language))
    if each.until is not None:
        since += " " + _("sampai sebelum %(day)s", day=day(each.until, language))
    return Fact(
        each.name,
        since,
        note=_("akun dinonaktifkan") if each.disabled else "",
        act=Link(_("Serah terima"), url_for("succession.page", person_id=each.person_id))
        if hands_over
        else None,
    )


def _area(each: Area, today: date, *, arranges: bool) -> AreaLine:
    language = the_language()
    if each.valid_to is not None and each.valid_to <= today:
        chip = Chip(ChipStatus.neutral, _("sudah berakhir"))
    elif each.valid_from > today:
        chip = Chip(ChipStatus.info, _("belum dimulai"))
    else:
        chip = Chip(ChipStatus.ok, _("berlaku"))
    return AreaLine(
        territory=each.territory,
        around=each.around,
        since=day(each.valid_from, language),
        until=day(each.valid_to, language) if each.valid_to else _("seterusnya"),
        chip=chip,
        end_href=url_for("service_areas.end", area_id=each.id)
        if arranges and each.valid_to is None
        else "",
    )


def _facts(session: Session, office: Office) -> tuple[Fact, ...]:
    language = the_language()
    facts = [Fact(_("Nama singkat"), office.short_name)]
    if office.parent_id is not None:
        parent = get_office(session, office.parent_id)
        facts.append(Fact(_("Kantor induk"), parent.name))
    count = auditees_by_office(session).get(office.id, 0)
    facts.append(
        Fact(
            _("Bertanggung jawab atas"),
            ngettext(
                "%(total)s lembaga atau unit",
                "%(total)s lembaga atau unit",
                count,
                total=number(count, language),
            ),
        )
    )
    facts.append(Fact(_("Waktu setempat"), office.time_zone.value))
    kop = letterhead_of(session, office)
    facts.append(
        Fact(
            _("Kop"),
            kop.lines[0],
            note=" · ".join(kop.lines[1:]),
            act=Link(_("Lihat"), url_for("letterheads.page", office_id=office.id)),
        )
    )
    return tuple(facts)


def _others(office: Office, *, arranges: bool) -> tuple[Link, ...]:
    """What else can be done with an office, besides its primary act."""
    if not arranges:
        return ()
    if office.closed_on is not None:
        return ()
    links = []
    if office.parent_id is not None:
        links.append(
            Link(_("Pindahkan ke induk lain"), url_for("offices.move", office_id=office.id))
        )
        links.append(Link(_("Tutup kantor"), url_for("offices.close", office_id=office.id)))
    return tuple(links)


def office_page(
    session: Session,
    actor: Actor,
    office: Office,
    today: date,
    *,
    arranges: bool,
    keeps_days: bool,
) -> OfficePage:
    """All of one office: eight queries, whatever there is."""
    act = None
    if arranges and office.closed_on is None:
        act = Link(_("Ubah nama dan waktu"), url_for("offices.edit", office_id=office.id), "pencil")
    elif arranges:
        act = Link(_("Buka lagi kantor ini"), url_for("offices.close", office_id=office.id))
    hands_over = decide(
        actor, Permission.hand_over_work, office_subject(session, office.id)
    ).allowed
    below = [each for each, _depth in offices_in_order(session, actor)]
    return OfficePage(
        name=office.name,
        kicker=office_kind_name(office.kind),
        closed=closed_chip(office),
        back=Link(_("Kantor"), url_for("offices.index")),
        act=act,
        others=_others(office, arranges=arranges),
        facts=_facts(session, office),
        below=tuple(
            Link(each.name, url_for("offices.page", office_id=each.id))
            for each in below
            if each.parent_id == office.id and each.closed_on is None
        ),
        groups=tuple(
            RoleGroup(
                role_name(role), tuple(_holder(each, hands_over=hands_over) for each in people)
            )
            for role, people in people_by_role(session, office.id, today).items()
        ),
        areas=tuple(
            _area(each, today, arranges=arranges) for each in list_areas(session, office.id)
        ),
        area_columns=(
            Column(_("Wilayah")),
            Column(_("Keadaan")),
            Column(_("Sejak")),
            Column(_("Sampai sebelum")),
            Column(_("Tindakan"), hidden=True),
        ),
        area_act=Link(
            _("Tambah wilayah layanan"), url_for("service_areas.new", office_id=office.id), "plus"
        )
        if arranges and office.closed_on is None
        else None,
        holidays=tuple(
            Fact(day(each, the_language()), name)
            for each, name in own_holidays(session, office.id).items()
        ),
        holiday_act=Link(
            _("Tambah hari libur"), url_for("offices.new_holiday", office_id=office.id), "plus"
        )
        if keeps_days and office.closed_on is None
        else None,
    )
