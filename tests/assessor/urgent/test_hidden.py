"""Does an institution learn anything of an urgent report about it? Every route, byte by byte.

What it gets from each route is kept while nothing is reported, and again after each step of a
report's life: tokens apart, not a byte and not a query may differ. Routes that answer otherwise
when asked twice are left out by asking twice before anything is reported; hardly any are.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import Engine, event, select
from sqlalchemy.orm import Session

from assessor.access.actor import SYSTEM, Actor, Role
from assessor.access.matrix import MATRIX
from assessor.access.permissions import Permission
from assessor.access.rules import OWN
from assessor.accounts.models import Person
from assessor.accounts.services import give_position
from assessor.assessments.models import Assessment
from assessor.auditees.models import Auditee
from assessor.database.base import new_id
from assessor.urgent.models import Verdict
from assessor.urgent.services import add_note, lift_hold
from tests import builders
from tests.assessor.test_every_route import TABLE, Line, World, _address, make_world
from tests.assessor.urgent import dangers
from tests.conftest import StandingClock

HIDDEN_FROM = ("institution", "anonymous", "observer", "administrator", "far_institution")
# ends the sign-in, or writes what the next question shows
LEFT_OUT = {"/sign-out", "/profile/sign-ins/end-others", "/preferences"}
TOKEN = re.compile(rb'(name="csrf_token" value=")[^"]*')
Kept = dict[tuple[str, str, str, str], tuple[int, bytes, int]]


@pytest.fixture
def without_tokens(app: Flask) -> Iterator[None]:
    app.config["WTF_CSRF_CHECK_DEFAULT"] = False
    yield
    app.config["WTF_CSRF_CHECK_DEFAULT"] = True


@contextmanager
def counting(engine: Engine) -> Iterator[list[str]]:
    statements: list[str] = []

    def note(*arguments: Any) -> None:
        statements.append(str(arguments[2]))

    event.listen(engine, "before_cursor_execute", note)
    try:
        yield statements
    finally:
        event.remove(engine, "before_cursor_execute", note)


def _lines() -> Iterator[tuple[Line, str]]:
    for line in TABLE:
        if line.path not in LEFT_OUT and line.about != "urgent":
            for who in HIDDEN_FROM:
                yield line, who


def _all_answers(world: World, engine: Engine) -> Kept:
    found: Kept = {}
    for line, who in _lines():
        address = _address(line, world.ids[line.about])
        with (
            counting(engine) as statements,
            world.browsers[who].open(address, method=line.verb, data={}) as response,
        ):
            body = TOKEN.sub(rb"\1", response.get_data())
            found[line.verb, line.path, line.about, who] = (
                response.status_code,
                body,
                len(statements),
            )
    return found


def _people(session: Session, clock: StandingClock) -> dict[str, Actor]:
    found = {
        name: session.scalars(select(Person).where(Person.name == f"Orang {name}")).one()
        for name in ("assessor", "coach", "checker", "verifier")
    }
    return {name: builders.actor_for(session, clock, person) for name, person in found.items()}


def _steps(session: Session, clock: StandingClock, site: str) -> Iterator[str]:
    """The life of two reports, one step at a time."""
    people = _people(session, clock)
    going = session.scalars(
        select(Assessment.id).where(Assessment.auditee_id == site, Assessment.kind == "evaluation")
    ).one()
    first = dangers.report(session, people["assessor"], clock, site, assessment_id=going)
    yield "reported from an assessment"
    add_note(session, people["checker"], clock, report_id=first, words="Polisi sudah datang.")
    yield "noted"
    second = dangers.report(session, people["coach"], clock, site, kind="death", told=())
    yield "reported again"
    until = date(2027, 1, 31)
    dangers.decide(session, people["verifier"], clock, first, hold_until=until)
    yield "decided, on hold"
    dangers.decide(session, people["verifier"], clock, second, verdict=Verdict.unfounded)
    yield "the other one is unfounded"
    lift_hold(session, people["verifier"], clock, report_id=first, reason="Sudah diperbaiki.")
    yield "no longer on hold"


@pytest.mark.lengthy
@pytest.mark.usefixtures("without_tokens")
def test_no_route_tells_the_institution_anything(
    app: Flask, session: Session, engine: Engine, clock: StandingClock
) -> None:
    world = make_world(app, session, clock, urgent=False)
    site = world.ids["site"]["auditee_id"]
    _all_answers(world, engine)  # acts that succeed once have succeeded
    before, again = _all_answers(world, engine), _all_answers(world, engine)
    steady = {key for key in before if before[key] == again[key]}
    assert len(steady) >= 0.97 * len(before), sorted(set(before) - steady)
    session.rollback()
    for step in _steps(session, clock, site):
        session.rollback()
        after = _all_answers(world, engine)
        told = [key for key in steady if after[key] != before[key]]
        assert not told, (step, told)


@pytest.mark.lengthy
@pytest.mark.usefixtures("without_tokens")
def test_a_leak_would_be_seen(
    app: Flask,
    session: Session,
    engine: Engine,
    clock: StandingClock,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The test's own test: let the institution see why it is on hold, and find the page."""
    rules: Any = MATRIX[Role.institution]
    monkeypatch.setitem(rules, Permission.see_hold, OWN)
    world = make_world(app, session, clock, urgent=False)
    before = _all_answers(world, engine)
    session.rollback()
    next(_steps(session, clock, world.ids["site"]["auditee_id"]))
    session.rollback()
    after = _all_answers(world, engine)
    leak = ("GET", "/auditees/<auditee_id>", "site", "institution")
    assert after[leak][:2] != before[leak][:2]


def test_nothing_of_it_stands_anywhere_it_reads(
    app: Flask, session: Session, clock: StandingClock, engine: Engine
) -> None:
    world = make_world(app, session, clock, urgent=True)
    for key, (_status, body, _count) in _all_answers(world, engine).items():
        for words in (b"SEGERA-", b"angguhkan", b"Lapor segera", b"Laporan segera"):
            assert words not in body, (key, words)


def test_its_addresses_are_missing_as_any_that_never_was(
    app: Flask, session: Session, clock: StandingClock
) -> None:
    world = make_world(app, session, clock, urgent=True)
    real, site = world.ids["urgent"]["report_id"], world.ids["site"]["auditee_id"]
    for address in ("/urgent-reports/{}", "/urgent-reports/{}/decide"):
        answers = []
        for report_id in (real, new_id()):
            with world.browsers["institution"].get(address.format(report_id)) as response:
                body = response.get_data().replace(report_id.encode(), b"")
                answers.append((response.status_code, TOKEN.sub(rb"\1", body)))
        assert answers[0] == answers[1]
        assert answers[0][0] == 404
    for address in ("/urgent-reports", f"/auditees/{site}/urgent-reports/new"):
        assert world.browsers["institution"].get(address).status_code == 404


@pytest.mark.parametrize("role", [Role.checker, Role.directorate, Role.coach])
def test_who_belongs_to_the_institution_learns_nothing_whatever_else_they_are(
    app: Flask,
    session: Session,
    clock: StandingClock,
    as_person: Callable[[Person], Any],
    role: Role,
) -> None:
    """The head of a clinic who is also an officer."""
    world = make_world(app, session, clock, urgent=True)
    site = session.get_one(Auditee, world.ids["site"]["auditee_id"])
    people = _people(session, clock)
    office_id = next(iter(people["coach"].offices()))
    head = builders.make_person(session, clock, role=Role.institution, auditee=site)
    give_position(session, SYSTEM, clock, person_id=head.id, role=role, office_id=office_id)
    site_id = site.id
    browser = as_person(head)
    browser.get(f"/urgent-reports/{world.ids['urgent']['report_id']}", status=404)
    assert "SEGERA-" not in browser.get("/urgent-reports").html
    browser.get(f"/auditees/{site_id}/urgent-reports/new", status=404)
    for page in (browser.get("/"), browser.get(f"/auditees/{site_id}")):
        assert "SEGERA-" not in page.html
        assert "Ditangguhkan" not in page.html
        assert "menunggu putusan" not in page.html
