"""When may an office be closed, and what does its new name leave as it was?"""

from datetime import date

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from assessor.access.actor import SYSTEM, Role
from assessor.accounts.models import Position
from assessor.accounts.services import end_position
from assessor.journal.models import JournalEntry
from assessor.journal.verify import verify
from assessor.organization.changing import (
    change_office,
    close_office,
    reopen_office,
    seen_of,
)
from assessor.organization.models import Office, OfficeKind, ServiceArea, TimeZone
from assessor.organization.services import move_office, serve_area
from assessor.sentences import NotPermitted, Refused, Stale
from tests import builders
from tests.conftest import StandingClock


@pytest.fixture
def bnnk(session: Session, clock: StandingClock) -> Office:
    builders.make_places(session, clock)
    return builders.make_office(session, clock, kind=OfficeKind.bnnk, name="BNNK Sleman")


def _close(session: Session, clock: StandingClock, office_id: str) -> Office:
    return close_office(session, SYSTEM, clock, office_id=office_id, why="Digabung, SK contoh 1")


def test_an_office_with_auditees_is_not_closed(
    session: Session, clock: StandingClock, bnnk: Office
) -> None:
    builders.make_site(session, clock, office=bnnk)
    with pytest.raises(Refused, match=r"1 lembaga atau unit.*Serahkan dulu"):
        _close(session, clock, bnnk.id)


def test_an_office_with_people_is_not_closed(
    session: Session, clock: StandingClock, bnnk: Office
) -> None:
    builders.make_person(session, clock, role=Role.coach, office=bnnk)
    office_id = bnnk.id
    with pytest.raises(Refused, match="1 jabatan"):
        _close(session, clock, office_id)
    end_position(session, SYSTEM, clock, position_id=session.scalars(select(Position.id)).one())
    assert _close(session, clock, office_id).closed_on == date(2026, 11, 21)


def test_an_office_with_offices_below_it_is_not_closed(
    session: Session, clock: StandingClock, bnnk: Office
) -> None:
    with pytest.raises(Refused, match="1 kantor di bawah"):
        _close(session, clock, bnnk.parent_id or "")


def test_the_centre_is_never_closed(session: Session, clock: StandingClock, bnnk: Office) -> None:
    bnnp = session.get_one(Office, bnnk.parent_id)
    with pytest.raises(Refused, match="pusat"):
        _close(session, clock, bnnp.parent_id or "")


def test_what_a_closed_office_served_ends_with_it(
    session: Session, clock: StandingClock, bnnk: Office
) -> None:
    office_id = bnnk.id
    for begins in (date(2026, 1, 1), date(2027, 1, 1)):
        code = "34.04" if begins.year == 2026 else "34"
        serve_area(
            session, SYSTEM, clock, office_id=office_id, territory_code=code, valid_from=begins
        )
    _close(session, clock, office_id)
    areas = session.execute(select(ServiceArea.territory_code, ServiceArea.valid_to)).all()
    assert [tuple(each) for each in areas] == [("34.04", date(2026, 11, 21))]
    last = session.scalars(select(JournalEntry).order_by(JournalEntry.seq.desc())).first()
    assert last is not None
    assert last.act == "office.closed"
    assert list(verify(session)) == []


def test_a_closed_office_takes_no_more_work_until_it_is_opened_again(
    session: Session, clock: StandingClock, bnnk: Office
) -> None:
    office_id = bnnk.id
    _close(session, clock, office_id)
    with pytest.raises(Refused, match="sudah ditutup"):
        serve_area(
            session,
            SYSTEM,
            clock,
            office_id=office_id,
            territory_code="34.04",
            valid_from=date(2027, 1, 1),
        )
    with pytest.raises(Refused, match="sudah ditutup"):
        _close(session, clock, office_id)
    reopen_office(session, SYSTEM, clock, office_id=office_id, why="Keliru ditutup")
    with pytest.raises(Refused, match="tidak sedang ditutup"):
        reopen_office(session, SYSTEM, clock, office_id=office_id, why="Sekali lagi")


@pytest.mark.parametrize("why", ["", "   "])
def test_nothing_is_moved_or_closed_without_a_reason(
    session: Session, clock: StandingClock, bnnk: Office, why: str
) -> None:
    with pytest.raises(Refused, match="alasan"):
        close_office(session, SYSTEM, clock, office_id=bnnk.id, why=why)
    with pytest.raises(Refused, match="alasan"):
        move_office(
            session, SYSTEM, clock, office_id=bnnk.id, parent_id=bnnk.parent_id or "", why=why
        )


def _rename(session: Session, clock: StandingClock, office: Office, **more: str) -> Office:
    values = {"name": "BNNK Sleman Baru", "short_name": "BNNK Sleman", "seen": seen_of(office)}
    return change_office(
        session,
        SYSTEM,
        clock,
        office_id=office.id,
        time_zone=TimeZone.wita,
        **(values | more),
    )


def test_two_who_rename_at_once_do_not_overwrite_each_other(
    session: Session, clock: StandingClock, bnnk: Office
) -> None:
    seen = seen_of(bnnk)
    assert _rename(session, clock, bnnk).time_zone is TimeZone.wita
    with pytest.raises(Stale):
        _rename(session, clock, bnnk, name="BNNK Lain", seen=seen)
    assert list(verify(session)) == []


@pytest.mark.parametrize("name", ["", "   ", "!!!", "x" * 201])
def test_a_name_has_letters(
    session: Session, clock: StandingClock, bnnk: Office, name: str
) -> None:
    with pytest.raises(Refused, match="Isi nama kantor"):
        _rename(session, clock, bnnk, name=name)


def test_an_office_does_not_take_the_name_of_another(
    session: Session, clock: StandingClock, bnnk: Office
) -> None:
    with pytest.raises(Refused, match="sudah ada"):
        _rename(session, clock, bnnk, name=session.get_one(Office, bnnk.parent_id).name)


def test_an_administrator_of_an_office_changes_no_office_not_even_the_own(
    session: Session, clock: StandingClock, bnnk: Office
) -> None:
    person = builders.make_person(session, clock, role=Role.administrator, office=bnnk)
    actor = builders.actor_for(session, clock, person)
    with pytest.raises(NotPermitted):
        close_office(session, actor, clock, office_id=bnnk.id, why="uji")
    with pytest.raises(NotPermitted):
        change_office(
            session,
            actor,
            clock,
            office_id=bnnk.id,
            name="Kantor Saya",
            short_name="Saya",
            time_zone=TimeZone.wib,
            seen=seen_of(bnnk),
        )
