"""Is what is not well named, with what to do, and is what is well called so?"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import Engine, text
from sqlalchemy.orm import Session

from assessor.access.actor import SYSTEM, Role
from assessor.accounts.models import Person
from assessor.database.triggers import create_triggers, drop_triggers
from assessor.installation.settings import Name, change_setting
from assessor.jobs.models import Job, JobState
from assessor.journal.checkpoints import load_signer, make_checkpoint
from assessor.journal.work import write
from assessor.mail.letters import KIND
from assessor.organization.models import OfficeKind
from assessor.upkeep.events import BackedUp, JournalVerified
from assessor.upkeep.findings import Finding, House, State, Thing, needing, worst
from assessor.upkeep.wellbeing import examine
from evidence_store.store import MemoryStore, StoreError
from tests import audits, builders
from tests.assessor.test_every_route import _hand_in as hand_in_photo
from tests.client import PageClient
from tests.conftest import StandingClock

AsPerson = Callable[[Person], PageClient]


@pytest.fixture
def look(
    app: Flask, session: Session, engine: Engine, clock: StandingClock
) -> Callable[..., dict[Thing, Finding]]:
    def look(**more: Any) -> dict[Thing, Finding]:
        house = House(
            session=session,
            engine=engine,
            store=more.get("store", app.extensions["assessor_store"]),
            settings=dataclasses.replace(
                app.extensions["assessor_settings"], mail_url=more.get("mail_url", "")
            ),
            clock=clock,
        )
        found = {each.thing: each for each in examine(house)}
        session.rollback()
        return found

    return look


def _backed_up(session: Session, clock: StandingClock, *, lost: int = 0) -> None:
    with write(session, SYSTEM, clock) as work:
        work.record(BackedUp(subject="backup", until=4, files=7, lost=lost, size=1))


def _verified(session: Session, clock: StandingClock, *, faults: int = 0) -> None:
    with write(session, SYSTEM, clock) as work:
        work.record(JournalVerified(subject="journal", until=4, faults=faults))


def _signed(app: Flask, session: Session, clock: StandingClock) -> None:
    signer = load_signer(app.extensions["assessor_settings"].checkpoint_key)
    make_checkpoint(session, signer, clock)


def test_a_fresh_installation_says_what_is_missing(look: Callable[..., Any]) -> None:
    found = look()
    assert found[Thing.database].state is State.well
    assert found[Thing.storage].state is State.well
    assert found[Thing.backup].state is State.bad
    assert "assessor backup" in str(found[Thing.backup].remedy)
    assert found[Thing.checkpoint].state is State.watch
    assert found[Thing.journal].state is State.watch
    assert {found[Thing.mail].state, found[Thing.scanner].state} == {State.unset}
    assert "tanpa pemeriksaan virus" in str(found[Thing.scanner].words)
    assert "antivirus" in str(found[Thing.scanner].remedy)


def test_all_is_well_until_it_is_too_old(
    app: Flask, session: Session, clock: StandingClock, look: Callable[..., Any]
) -> None:
    _backed_up(session, clock)
    _verified(session, clock)
    _signed(app, session, clock)
    found = look()
    assert worst(tuple(found.values())) is State.well
    assert found[Thing.backup].since == clock()
    clock.forward(days=2)
    assert look()[Thing.backup].state is State.well
    clock.forward(days=1)
    assert look()[Thing.backup].state is State.bad
    clock.forward(days=5)
    assert look()[Thing.checkpoint].state is State.watch
    clock.forward(days=23)
    assert look()[Thing.journal].state is State.watch
    assert [each.thing for each in needing(tuple(look().values()))] == [
        Thing.backup,
        Thing.checkpoint,
        Thing.journal,
    ]


def test_how_old_is_too_old_is_a_setting(
    session: Session, clock: StandingClock, look: Callable[..., Any]
) -> None:
    _backed_up(session, clock)
    clock.forward(days=5)
    assert look()[Thing.backup].state is State.bad
    change_setting(session, SYSTEM, clock, name=Name.backup_days, value="5", seen="2")
    assert look()[Thing.backup].state is State.well


def test_an_incomplete_backup_and_a_journal_with_faults_are_bad(
    session: Session, clock: StandingClock, look: Callable[..., Any]
) -> None:
    _backed_up(session, clock)
    _backed_up(session, clock, lost=2)
    _verified(session, clock, faults=1)
    found = look()
    assert found[Thing.backup].state is State.bad
    assert "2 berkas" in str(found[Thing.backup].words)
    assert found[Thing.journal].state is State.bad


def test_a_backup_that_is_not_complete_says_how_old_the_last_complete_one_is(
    session: Session, clock: StandingClock, look: Callable[..., Any]
) -> None:
    _backed_up(session, clock, lost=1)
    assert "Belum pernah ada yang lengkap." in str(look()[Thing.backup].words)
    _backed_up(session, clock)
    good = clock()
    clock.forward(days=3)
    _backed_up(session, clock, lost=1)
    found = look()[Thing.backup]
    assert found.state is State.bad
    assert found.since == good
    assert "Yang terakhir lengkap berumur 3 hari." in str(found.words)


def test_a_store_that_loses_what_it_is_given_is_bad(look: Callable[..., Any]) -> None:
    store = MemoryStore()
    stage = store.stage

    def lose(stream: Any, *, limit: int) -> Any:
        staged = stage(stream, limit=limit)
        staged.path.unlink()
        return staged

    store.stage = lose  # type: ignore[method-assign]
    assert look(store=store)[Thing.storage].state is State.bad


# ---- mail ----

SERVER = "smtp://127.0.0.1:25"


def _mail(session: Session, clock: StandingClock, **more: Any) -> Job:
    """A mail that was asked for now."""
    values = {"state": JobState.waiting, "attempts": 0, "vanished": 0, "run_at": clock()}
    with write(session, SYSTEM, clock):
        job = Job(
            kind=KIND,
            payload={"letter": "accounts.forgotten", "person": "x", "values": {}},
            created_at=clock(),
            **(values | more),
        )
        session.add(job)
    return job


def test_mail_that_is_set_up_and_leaves_is_well(
    session: Session, clock: StandingClock, look: Callable[..., Any]
) -> None:
    assert look()[Thing.mail].state is State.unset
    assert look(mail_url=SERVER)[Thing.mail].state is State.well
    sent = clock()
    _mail(session, clock, state=JobState.done, finished_at=sent)
    clock.forward(minutes=30)
    _mail(session, clock)
    found = look(mail_url=SERVER)[Thing.mail]
    assert (found.state, found.since) == (State.well, sent)
    assert "1 menunggu" in str(found.words)


def test_mails_that_wait_where_none_can_leave_are_counted(
    session: Session, clock: StandingClock, look: Callable[..., Any]
) -> None:
    _mail(session, clock)
    _mail(session, clock)
    found = look()[Thing.mail]
    assert found.state is State.unset
    assert "2 menunggu sampai diatur" in str(found.words)


def test_a_mail_whose_turn_passed_says_that_nobody_sends(
    session: Session, clock: StandingClock, look: Callable[..., Any]
) -> None:
    _mail(session, clock)
    clock.forward(minutes=14)
    assert look(mail_url=SERVER)[Thing.mail].state is State.well
    clock.forward(minutes=2)
    found = look(mail_url=SERVER)[Thing.mail]
    assert found.state is State.bad
    assert "assessor jobs run" in str(found.remedy)


def test_a_mail_somebody_is_sending_is_not_overdue(
    session: Session, clock: StandingClock, look: Callable[..., Any]
) -> None:
    _mail(session, clock, lease="a", leased_until=clock() + timedelta(minutes=20))
    clock.forward(minutes=19)
    assert look(mail_url=SERVER)[Thing.mail].state is State.well


def test_a_server_that_does_not_take_mail_for_long_is_bad(
    session: Session, clock: StandingClock, look: Callable[..., Any]
) -> None:
    later = clock() + timedelta(hours=6)
    _mail(session, clock, problem="unreachable", run_at=later)
    clock.forward(minutes=60)
    assert look(mail_url=SERVER)[Thing.mail].state is State.well
    clock.forward(minutes=80)
    found = look(mail_url=SERVER)[Thing.mail]
    assert found.state is State.bad
    assert "sudah 2 jam" in str(found.words)


def test_a_mail_that_was_given_up_is_to_be_seen_to(
    session: Session, clock: StandingClock, look: Callable[..., Any]
) -> None:
    _mail(session, clock, state=JobState.dead, finished_at=clock(), problem="refused")
    found = look(mail_url=SERVER)[Thing.mail]
    assert found.state is State.watch
    assert "Administrasi, Surel" in str(found.remedy)


def test_a_journal_altered_at_its_end_is_noticed(
    app: Flask,
    engine: Engine,
    session: Session,
    clock: StandingClock,
    look: Callable[..., Any],
) -> None:
    builders.make_office(session, clock)
    _signed(app, session, clock)
    session.rollback()
    with engine.begin() as connection:
        drop_triggers(connection)
        connection.execute(
            text("UPDATE journal_entry SET body = replace(body, 'office.opened', 'office.moved')")
        )
    assert look()[Thing.database].state is State.bad  # its protections are gone
    with engine.begin() as connection:
        create_triggers(connection)
    assert look()[Thing.journal].state is State.bad


def test_a_checkpoint_of_another_chain_is_bad(
    app: Flask, engine: Engine, session: Session, clock: StandingClock, look: Callable[..., Any]
) -> None:
    builders.make_office(session, clock)
    _signed(app, session, clock)
    session.rollback()
    with engine.begin() as connection:
        drop_triggers(connection)
        connection.execute(text("UPDATE journal_checkpoint SET signature = 'ab'"))
        create_triggers(connection)
    assert look()[Thing.checkpoint].state is State.bad


class _Full:
    """A store whose disk is full."""

    def __getattr__(self, name: str) -> Any:
        raise StoreError("no space left")


def test_a_store_that_takes_nothing_is_bad_and_says_when_it_last_took_something(
    app: Flask, session: Session, clock: StandingClock, look: Callable[..., Any]
) -> None:
    found = look(store=_Full())[Thing.storage]
    assert (found.state, found.since) == (State.bad, None)
    kept = clock()
    hand_in_photo(app, session, clock, audits.make_scene(session, clock, items=12))
    clock.forward(days=2)
    assert look(store=_Full())[Thing.storage].since == kept
    assert look()[Thing.storage].since == clock()


def test_a_key_that_is_gone_is_bad(app: Flask, look: Callable[..., Any]) -> None:
    path = app.extensions["assessor_settings"].checkpoint_key
    kept = path.read_bytes()
    path.unlink()
    try:
        assert look()[Thing.checkpoint].state is State.bad
    finally:
        path.write_bytes(kept)
        path.chmod(0o600)


def test_the_page_says_each_state_in_a_word_with_what_to_do(
    session: Session, clock: StandingClock, as_person: AsPerson
) -> None:
    chief = as_person(builders.make_person(session, clock, role=Role.administrator))
    page = chief.get("/wellbeing")
    assert "bermasalah Belum pernah ada cadangan." in page.text
    assert "Yang dilakukan: Jalankan: assessor backup FILE" in page.text
    assert "3 hal perlu dilihat." in page.text
    links = chief.get("/").click("Administrasi").links()
    assert {"Kantor", "Wilayah layanan", "Pengaturan", "Kesehatan sistem"} <= set(links)


def test_an_administrator_of_an_office_has_no_way_there(
    session: Session, clock: StandingClock, as_person: AsPerson
) -> None:
    office = builders.make_office(session, clock, kind=OfficeKind.bnnk)
    local = as_person(builders.make_person(session, clock, role=Role.administrator, office=office))
    links = local.get("/offices").links()
    assert "Kesehatan sistem" not in links
    local.get("/wellbeing", status=403)
