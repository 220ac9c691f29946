"""What do the administrator's pages about people show?"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from urllib.parse import urlencode

from flask import url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from sqlalchemy.orm import Session

from assessor.access.actor import Actor, Role
from assessor.accounts.factor_codes import has_factor
from assessor.accounts.factor_pages import factor_state
from assessor.accounts.history import Happened, account_history
from assessor.accounts.inviting import mail_of
from assessor.accounts.models import Person
from assessor.accounts.pages import role_name
from assessor.accounts.people_forms import PeopleForm
from assessor.accounts.people_queries import (
    Condition,
    PeopleCursor,
    PositionHeld,
    SoughtPeople,
    condition_of,
    count_people,
    last_sign_in,
    list_people,
    offices_for,
    positions_of,
)
from assessor.accounts.queries import Limits, in_force, living_sign_ins, today_in
from assessor.accounts.reach import from_the_centre, reached_auditees
from assessor.ui.current import say, the_clock, the_language, the_settings, the_zone
from assessor.ui.formats import day, day_in, moment, number
from assessor.ui.parts import Chip, ChipStatus, Column, Event, Fact, FilterChip, Link

MEMBER_ROLES = (Role.institution, Role.unit)


def condition_chip(condition: Condition) -> Chip:
    """How an account is doing, in words and shape."""
    words: Mapping[Condition, tuple[ChipStatus, str]] = {
        Condition.disabled: (ChipStatus.bad, _("Nonaktif")),
        Condition.held: (ChipStatus.warn, _("Tertahan sementara")),
        Condition.invited: (ChipStatus.progress, _("Belum membuat kata sandi")),
        Condition.never: (ChipStatus.neutral, _("Belum pernah masuk")),
        Condition.active: (ChipStatus.ok, _("Aktif")),
    }
    return Chip(*words[condition])


def offered_roles(session: Session, actor: Actor) -> dict[str, str]:
    """The roles the actor may give: the centre all, an office those at its auditees."""
    roles = tuple(Role) if from_the_centre(session, actor) else MEMBER_ROLES
    return {role.value: role_name(role) for role in roles}


@dataclass(frozen=True)
class PersonLine:
    """One row of the list."""

    name: str
    href: str
    user_name: str
    chip: Chip
    positions: tuple[str, ...]
    last: str


@dataclass(frozen=True)
class PeoplePage:
    """The list with its filter."""

    form: PeopleForm
    filters: tuple[FilterChip, ...]
    clear_href: str
    filtered: bool
    columns: tuple[Column, ...]
    lines: tuple[PersonLine, ...]
    summary: str
    newer_href: str
    older_href: str
    local: bool


def _address(sought: SoughtPeople, cursor: PeopleCursor | None = None) -> str:
    values = {
        "q": sought.words,
        "role": sought.role,
        "office": sought.office,
        "condition": sought.condition,
        "at": cursor.text if cursor is not None else "",
    }
    query = urlencode({name: value for name, value in values.items() if value})
    return url_for("people.index") + (f"?{query}" if query else "")


def _read_sought(
    session: Session, actor: Actor, form: PeopleForm
) -> tuple[SoughtPeople, Mapping[str, str]]:
    roles = {role.value: role_name(role) for role in Role}
    offices = {each.id: each.name for each in offices_for(session, actor)}
    conditions = {each.value: condition_chip(each).label for each in Condition}
    form.offer("role", roles)
    form.offer("office", offices)
    form.offer("condition", conditions)
    sought = SoughtPeople(
        words=(form.q.data or "").strip()[:100],
        role=Role(form.role.data) if form.role.data in roles else None,
        office=form.office.data if form.office.data in offices else "",
        condition=Condition(form.condition.data) if form.condition.data in conditions else None,
    )
    return sought, {**roles, **offices, **conditions}


def _filters(sought: SoughtPeople, labels: Mapping[str, str]) -> tuple[FilterChip, ...]:
    chips = []
    if sought.words:
        words = _("“%(words)s”", words=sought.words)
        chips.append(FilterChip(words, _address(sought.without("words"))))
    for name in ("role", "office", "condition"):
        value = getattr(sought, name)
        if value:
            chips.append(FilterChip(labels[value], _address(sought.without(name))))
    return tuple(chips)


def _held_words(held: Sequence[PositionHeld], today: date) -> tuple[str, ...]:
    return tuple(
        f"{role_name(each.role)}, {each.place}"
        for each in held
        if in_force(each.valid_from, each.valid_to, today=today)
    )


def people_page(session: Session, actor: Actor, form: PeopleForm, at: str) -> PeoplePage:
    """One page of the list; as many queries however many people there are."""
    now = the_clock()()
    today = day_in(now, the_zone())
    sought, labels = _read_sought(session, actor, form)
    found = list_people(
        session, actor, sought, now=now, today=today, cursor=PeopleCursor.from_text(at)
    )
    total = count_people(session, actor, sought, now=now, today=today)
    held = positions_of(session, [each.id for each in found.rows])
    return PeoplePage(
        form=form,
        filters=_filters(sought, labels),
        clear_href=url_for("people.index"),
        filtered=not sought.nothing,
        columns=(
            Column(_("Nama")),
            Column(_("Keadaan akun")),
            Column(_("Jabatan")),
            Column(_("Terakhir masuk")),
        ),
        lines=tuple(
            PersonLine(
                name=each.name,
                href=url_for("people.page", person_id=each.id),
                user_name=each.user_name,
                chip=condition_chip(each.condition),
                positions=_held_words(held.get(each.id, ()), today),
                last=_when(each.last_sign_in),
            )
            for each in found.rows
        ),
        summary=ngettext(
            "%(total)s orang", "%(total)s orang", total, total=number(total, the_language())
        ),
        newer_href=_address(sought, found.before) if found.before else "",
        older_href=_address(sought, found.after) if found.after else "",
        local=not from_the_centre(session, actor),
    )


def _when(at: datetime | None) -> str:
    return moment(at, the_zone(), the_language()) if at is not None else ""


@dataclass(frozen=True)
class PositionLine:
    """One position of a person."""

    role: str
    place: str
    first: str
    last: str
    chip: Chip
    end_href: str


@dataclass(frozen=True)
class PersonPage:
    """One account, as an administrator sees it."""

    id: str
    name: str
    user_name: str
    chip: Chip
    act: Link | None
    hold_lifts: bool
    disabled: bool
    oneself: bool
    has_factor: bool
    facts: tuple[Fact, ...]
    devices: int
    columns: tuple[Column, ...]
    positions: tuple[PositionLine, ...]
    history: tuple[Event, ...]


def _position_line(
    each: PositionHeld, today: date, *, person_id: str, endable: bool
) -> PositionLine:
    language = the_language()
    if each.valid_from > today:
        chip = Chip(ChipStatus.info, _("Belum mulai"))
    elif in_force(each.valid_from, each.valid_to, today=today):
        chip = Chip(ChipStatus.ok, _("Berlaku"))
    else:
        chip = Chip(ChipStatus.neutral, _("Berakhir"))
    over = each.valid_to is not None and each.valid_to <= today
    return PositionLine(
        role=role_name(each.role),
        place=each.place,
        first=day(each.valid_from, language),
        last=day(each.valid_to, language) if each.valid_to is not None else "",
        chip=chip,
        end_href=url_for("people.end_form", person_id=person_id, position_id=each.id)
        if endable and not over
        else "",
    )


def history_events(happened: Sequence[Happened]) -> tuple[Event, ...]:
    """The acts of an account as a timeline."""
    return tuple(
        Event(
            when=moment(each.at, the_zone(), the_language()),
            title=say(each.what),
            who="" if each.by_owner or each.by is None else each.by,
            status=ChipStatus.warn if each.act.endswith("failed") else ChipStatus.neutral,
        )
        for each in happened
    )


def _facts(session: Session, person: Person, devices: int) -> tuple[Fact, ...]:
    change = Link(_("Ubah"), url_for("people.details_form", person_id=person.id))
    last = last_sign_in(session, person.id)
    return (
        Fact(_("Nama masuk"), person.user_name),
        Fact(_("Nomor telepon"), person.phone or _("Belum diisi"), act=change),
        Fact(_("Alamat surel"), mail_of(person) or _("Belum diisi"), act=change),
        Fact(_("Waktu setempat"), person.time_zone.value),
        Fact(_("Akun dibuat"), _when(person.created_at)),
        Fact(_("Terakhir masuk"), _when(last) or _("Belum pernah")),
        Fact(
            _("Sedang masuk"),
            ngettext("%(num)s perangkat", "%(num)s perangkat", devices)
            if devices
            else _("Tidak di perangkat mana pun"),
        ),
        factor_state(session, person.id, now=the_clock()()),
    )


def person_page(session: Session, actor: Actor, person: Person) -> PersonPage:
    """What an administrator sees of a person: as many queries however long the history is."""
    now = the_clock()()
    today = today_in(person.time_zone, now)
    condition = condition_of(session, person, now=now)
    oneself = person.id == actor.person_id
    limits = Limits.of(the_settings())
    devices = len(living_sign_ins(session, person.id, now=now, limits=limits))
    held = positions_of(session, [person.id]).get(person.id, [])
    mine = set(session.scalars(reached_auditees(actor)))
    everywhere = from_the_centre(session, actor)
    return PersonPage(
        id=person.id,
        name=person.name,
        user_name=person.user_name,
        chip=condition_chip(condition),
        act=_act(person, condition, oneself=oneself),
        hold_lifts=condition is Condition.held,
        disabled=condition is Condition.disabled,
        oneself=oneself,
        has_factor=has_factor(session, person.id),
        facts=_facts(session, person, devices),
        devices=devices,
        columns=(
            Column(_("Peran")),
            Column(_("Tempat")),
            Column(_("Mulai")),
            Column(_("Berakhir")),
            Column(_("Keadaan")),
            Column(_("Tindakan"), hidden=True),
        ),
        positions=tuple(
            _position_line(
                each,
                today,
                person_id=person.id,
                endable=not oneself and (everywhere or each.auditee_id in mine),
            )
            for each in held
        ),
        history=history_events(account_history(session, person.id)),
    )


def _act(person: Person, condition: Condition, *, oneself: bool) -> Link | None:
    if oneself or condition is Condition.disabled:
        return None
    href = url_for("people.link_form", person_id=person.id)
    if not person.password_hash:
        return Link(_("Buat undangan"), href)
    return Link(_("Bantu membuat kata sandi baru"), href)
