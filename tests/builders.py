"""People, offices and auditees for tests, made by the real services.

Plain functions: `session` and `clock` first, everything else by name with a sensible default.
"""

from __future__ import annotations

import itertools
from datetime import date

from sqlalchemy.orm import Session

from assessor.access.actor import OFFICE_ROLES, SYSTEM, Actor, Role
from assessor.accounts.limits import Attempts
from assessor.accounts.models import Person
from assessor.accounts.passwords import Hashing
from assessor.accounts.queries import actor_of
from assessor.accounts.services import (
    Device,
    Opened,
    create_person,
    give_position,
    sign_in,
)
from assessor.auditees.models import Agency, Auditee
from assessor.auditees.registering import (
    NewSite,
    NewUnit,
    register_entity,
    register_site,
    register_unit,
)
from assessor.journal.work import Clock, write
from assessor.organization.keys import search_key, sort_key
from assessor.organization.models import Office, OfficeKind, Territory, TerritoryKind, TimeZone
from assessor.organization.services import NewOffice, open_office

PASSWORD = "gerobak-pelangi-menari"
HASHING = Hashing(8)  # as little work as argon2 takes
_numbers = itertools.count(1)


def make_person(
    session: Session,
    clock: Clock,
    *,
    name: str = "Sari Melati",
    user_name: str | None = None,
    role: Role | None = None,
    office: Office | None = None,
    auditee: Auditee | None = None,
    time_zone: TimeZone = TimeZone.wib,
    password: str = PASSWORD,
    valid_from: date | None = None,
) -> Person:
    """Somebody with an account, and with a position if a role is named. A role at an office
    without an office gets the centre."""
    person = create_person(
        session,
        SYSTEM,
        clock,
        user_name=user_name or f"orang{next(_numbers)}@contoh.example",
        name=name,
        password=password,
        hashing=HASHING,
        time_zone=time_zone,
    )
    if role is not None:
        if role in OFFICE_ROLES and office is None:
            office = make_office(session, clock)
        give_position(
            session,
            SYSTEM,
            clock,
            person_id=person.id,
            role=role,
            office_id=office.id if office is not None else None,
            auditee_id=auditee.id if auditee is not None else None,
            valid_from=valid_from,
        )
    return person


def actor_for(session: Session, clock: Clock, person: Person) -> Actor:
    """The person as an actor with the positions of today, for calling services."""
    return actor_of(session, person.id, now=clock())


def open_sign_in(
    session: Session,
    clock: Clock,
    *,
    person: Person,
    password: str = PASSWORD,
    shared: bool = False,
    address: str = "192.0.2.1",
) -> Opened:
    """Sign a person in without a browser; the secret belongs into the cookie `sid`."""
    opened = sign_in(
        session,
        clock,
        user_name=person.user_name,
        password=password,
        device=Device(description="Firefox · Linux", shared=shared),
        attempts=Attempts(address=address, key="key-of-the-tests"),
        hashing=HASHING,
    )
    assert isinstance(opened, Opened)  # without a second factor
    return opened


def make_office(
    session: Session,
    clock: Clock,
    *,
    kind: OfficeKind = OfficeKind.centre,
    name: str | None = None,
    parent: Office | None = None,
    time_zone: TimeZone = TimeZone.wib,
) -> Office:
    """An office; a BNNP or BNNK without a parent gets one of its own."""
    if parent is None and kind is OfficeKind.bnnp:
        parent = make_office(session, clock)
    if parent is None and kind is OfficeKind.bnnk:
        parent = make_office(session, clock, kind=OfficeKind.bnnp)
    called = name or f"Kantor {kind.value.upper()} {next(_numbers)}"
    return open_office(
        session,
        SYSTEM,
        clock,
        new=NewOffice(
            kind=kind,
            name=called,
            short_name=called,
            time_zone=time_zone,
            parent_id=parent.id if parent is not None else None,
        ),
    )


_PLACES = (
    ("34", TerritoryKind.province, "Daerah Istimewa Yogyakarta", None),
    ("34.04", TerritoryKind.regency, "Kabupaten Sleman", "34"),
    ("34.04.07", TerritoryKind.district, "Depok", "34.04"),
    ("34.04.07.2001", TerritoryKind.village, "Caturtunggal", "34.04.07"),
)


def make_places(session: Session, clock: Clock) -> None:
    """One real province, regency, district and village, for what stands in them."""
    with write(session, SYSTEM, clock):
        for code, kind, name, parent in _PLACES:
            if session.get(Territory, code) is None:
                session.add(
                    Territory(
                        code=code,
                        kind=kind,
                        name=name,
                        parent_code=parent,
                        decree="contoh",
                        valid_from=date(2020, 1, 1),
                        valid_to=None,
                        search_key=search_key(name),
                        sort_key=sort_key(name),
                    )
                )
                session.flush()


def make_site(
    session: Session,
    clock: Clock,
    *,
    office: Office | None = None,
    name: str | None = None,
    agency: Agency = Agency.foundation,
    tags: tuple[str, ...] = (),
) -> Auditee:
    """A site of an institution in Sleman; without an office a BNNK of its own is responsible."""
    make_places(session, clock)
    office = office or make_office(session, clock, kind=OfficeKind.bnnk)
    number = next(_numbers)
    entity = register_entity(
        session, SYSTEM, clock, name=f"Yayasan Contoh {number}", legal_form="yayasan"
    )
    return register_site(
        session,
        SYSTEM,
        clock,
        new=NewSite(
            entity_id=entity.id,
            name=name or f"Rumah Pulih {number}",
            regency_code="34.04",
            agency=agency,
            tags=tags,
            responsible_office_id=office.id,
        ),
    )


def make_unit(
    session: Session, clock: Clock, *, office: Office | None = None, name: str | None = None
) -> Auditee:
    """A community unit in Sleman; without an office a BNNK of its own is responsible."""
    make_places(session, clock)
    office = office or make_office(session, clock, kind=OfficeKind.bnnk)
    return register_unit(
        session,
        SYSTEM,
        clock,
        new=NewUnit(
            name=name or f"IBM Caturtunggal {next(_numbers)}",
            village_code="34.04.07.2001",
            responsible_office_id=office.id,
        ),
    )
