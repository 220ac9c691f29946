"""Do the limits hold when guesses come at the same moment?"""

import threading
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import create_engine, func, select
from sqlalchemy.orm import Session

from assessor.accounts.limits import Attempts, TooManyAttempts
from assessor.accounts.models import SignIn
from assessor.accounts.queries import hash_secret
from assessor.accounts.second_step import Proving, WrongCode, pass_second_step
from assessor.accounts.services import Device, FirstStep, WrongPassword, sign_in
from assessor.database.engine import prepare_engine
from assessor.database.migrate import upgrade
from assessor.journal.verify import verify
from tests.assessor.accounts.factors import KEY, PROVING, give_phone
from tests.builders import HASHING, PASSWORD, make_person

NOW = datetime(2026, 11, 21, 5, 0, tzinfo=UTC)


@pytest.fixture
def shared_engine(engine, tmp_path):
    """An engine that threads can share: a file where the tests' database is in memory."""
    if engine.dialect.name == "postgresql":
        yield engine
        return
    own = create_engine(f"sqlite:///{tmp_path / 'work.db'}")
    prepare_engine(own)
    upgrade(own)
    yield own
    own.dispose()


def _all_at_once(engine, number, password):
    outcomes, ready = [], threading.Barrier(number)

    def guess():
        with Session(engine, autoflush=False) as session:
            ready.wait()
            try:
                sign_in(
                    session,
                    lambda: NOW,
                    user_name="sari@contoh.example",
                    password=password,
                    device=Device(description=""),
                    attempts=Attempts(address="192.0.2.1", key="k"),
                    hashing=HASHING,
                )
                outcomes.append("in")
            except (WrongPassword, TooManyAttempts) as error:
                outcomes.append(type(error).__name__)

    threads = [threading.Thread(target=guess) for _ in range(number)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return outcomes


def _codes_at_once(engine, number, first, code):
    """The same code from as many addresses at one moment, so that no limit answers for the rule;
    how often it opened."""
    outcomes, ready = [], threading.Barrier(number)

    def enter(place):
        with Session(engine, autoflush=False) as session:
            ready.wait()
            try:
                pass_second_step(
                    session,
                    lambda: NOW,
                    first=first,
                    code=code,
                    device=Device(description=""),
                    proving=Proving(
                        Attempts(address=f"198.51.100.{place}", key=KEY), PROVING.sealer
                    ),
                )
                outcomes.append("in")
            except WrongCode:
                outcomes.append("WrongCode")

    threads = [threading.Thread(target=enter, args=(place,)) for place in range(number)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sorted(outcomes)


def test_a_code_of_the_second_step_opens_once_at_the_same_moment(shared_engine):
    with Session(shared_engine, autoflush=False) as session:
        person = make_person(session, lambda: NOW, user_name="sari@contoh.example")
        phone = give_phone(session, lambda: NOW - timedelta(minutes=5), person)
        phone.clock = lambda: NOW
        first = FirstStep(person.id, hash_secret(person.password_hash))
    for code in (phone.code(), phone.recovery[0]):
        assert _codes_at_once(shared_engine, 4, first, code) == ["WrongCode"] * 3 + ["in"]
    with Session(shared_engine, autoflush=False) as session:
        assert list(verify(session)) == []


def test_guesses_at_the_same_moment_are_five_not_more(shared_engine):
    with Session(shared_engine, autoflush=False) as session:
        make_person(session, lambda: NOW, user_name="sari@contoh.example")
    outcomes = _all_at_once(shared_engine, 12, "bukan-kata-sandinya")
    assert sorted(outcomes) == ["TooManyAttempts"] * 7 + ["WrongPassword"] * 5


def test_the_same_person_signs_in_on_several_devices_at_the_same_moment(shared_engine):
    with Session(shared_engine, autoflush=False) as session:
        make_person(session, lambda: NOW, user_name="sari@contoh.example")
    outcomes = _all_at_once(shared_engine, 5, PASSWORD)
    assert outcomes == ["in"] * 5
    with Session(shared_engine, autoflush=False) as session:
        assert session.scalars(select(func.count(SignIn.id))).one() == 5
        assert list(verify(session)) == []
