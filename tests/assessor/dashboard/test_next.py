"""Does the list of what is due next name the right thing, in the right order, at one price?"""

from __future__ import annotations

from collections.abc import Callable

import pytest
from sqlalchemy import Engine, event, select
from sqlalchemy.orm import Session

from assessor.access.actor import Actor, Role
from assessor.accounts.models import Person
from assessor.assessments.models import Finding, Kind, Mode
from assessor.assessments.opening.services import Opening, open_assessment
from assessor.dashboard.next_queries import list_next
from tests import audits, builders
from tests.client import PageClient
from tests.conftest import StandingClock

AsPerson = Callable[[Person], PageClient]


@pytest.fixture
def scene(session: Session, clock: StandingClock) -> audits.Scene:
    return audits.make_scene(session, clock, items=6)


def _open(session: Session, clock: StandingClock, scene: audits.Scene, site_id: str) -> str:
    return open_assessment(
        session,
        scene.actor(session, clock, "coach"),
        clock,
        wanted=Opening(
            auditee_id=site_id,
            kind=Kind.evaluation,
            mode=Mode.on_site,
            lead_id=scene.people["assessor"].id,
        ),
    ).id


def _coach(session: Session, clock: StandingClock, scene: audits.Scene) -> Actor:
    return scene.actor(session, clock, "coach")


def test_late_first_then_soon_then_those_not_assessed_then_the_rest(
    session: Session, clock: StandingClock, scene: audits.Scene
) -> None:
    names = ("Anggrek", "Bakung", "Cempaka")
    sites = {
        name: builders.make_site(
            session, clock, office=scene.office, tags=audits.TAGS, name=name
        ).id
        for name in names
    }
    _open(session, clock, scene, sites["Cempaka"])
    clock.forward(days=10)
    _open(session, clock, scene, sites["Bakung"])
    clock.forward(days=25)  # the first is late now, the second due in five days
    coach = _coach(session, clock, scene)
    found = list_next(session, coach, clock().year).rows
    assert [each.name for each in found] == ["Cempaka", "Bakung", "Anggrek", "Rumah Kenari"]
    assert [each.judged for each in found] == [True, True, False, False]
    assert found[0].due_on is not None
    assert found[0].due_on < clock().date()


def test_findings_without_an_answer_count_until_a_later_assessment_is_sealed(
    session: Session, clock: StandingClock, scene: audits.Scene
) -> None:
    audit = audits.open_audit(session, clock, scene, kind=Kind.baseline)
    asked = list(audits.judge(session, audit, clock().date()).asked)
    audits.score(session, clock, scene, audit, unmet=asked)
    audits.submit(session, clock, scene, audit)
    audits.seal(session, clock, scene, audit)
    coach = _coach(session, clock, scene)
    (only,) = list_next(session, coach, clock().year).rows
    due = session.scalars(select(Finding.due_on).where(Finding.due_on.is_not(None))).all()
    assert only.findings == len(due)
    assert only.findings_due == min(each for each in due if each is not None)
    assert only.findings_first
    assert only.findings_id == audit.id


def test_nobody_sees_what_is_due_elsewhere(
    session: Session, clock: StandingClock, scene: audits.Scene
) -> None:
    builders.make_site(session, clock, name="Rumah Jauh")
    coach = _coach(session, clock, scene)
    assert [each.name for each in list_next(session, coach, 2026).rows] == ["Rumah Kenari"]
    assert list_next(session, Actor("x"), 2026).rows == ()


def test_pages_follow_each_other_without_a_gap(
    session: Session, clock: StandingClock, scene: audits.Scene
) -> None:
    for number in range(6):
        builders.make_unit(session, clock, office=scene.office, name=f"IBM {number}")
    coach = _coach(session, clock, scene)
    seen, page, more = [], 1, True
    while more:
        found = list_next(session, coach, 2026, page=page, size=3)
        seen += [each.auditee_id for each in found.rows]
        page, more = page + 1, found.more
    assert len(seen) == len(set(seen)) == 7


@pytest.mark.parametrize("page", ["0", "-1", "x", "99999", "2", "٣"])
def test_odd_page_numbers_break_nothing(
    session: Session, clock: StandingClock, scene: audits.Scene, as_person: AsPerson, page: str
) -> None:
    as_person(scene.people["coach"]).get("/auditees/next", query={"page": page})


def test_forty_auditees_cost_what_one_costs_and_the_latest_is_one_click_from_home(
    session: Session,
    clock: StandingClock,
    engine: Engine,
    scene: audits.Scene,
    as_person: AsPerson,
) -> None:
    late = _open(session, clock, scene, scene.site.id)
    clock.forward(days=45)
    browser = as_person(scene.people["coach"])
    count = 0

    def note(*_args: object) -> None:
        nonlocal count
        count += 1

    def asked(address: str) -> int:
        nonlocal count
        browser.get(address)
        count = 0
        event.listen(engine, "before_cursor_execute", note)
        browser.get(address)
        event.remove(engine, "before_cursor_execute", note)
        return count

    before = {address: asked(address) for address in ("/", "/auditees/next")}
    sites = [
        builders.make_site(session, clock, office=scene.office, tags=audits.TAGS).id
        for _ in range(8)
    ]
    _open(session, clock, scene, sites[5])
    builders.make_unit(session, clock, office=scene.office)
    for address, cost in before.items():
        assert asked(address) == cost, address
    page = browser.get("/")
    (first, *_others) = [
        each
        for element in page.tree.iter("ul")
        if element.get("aria-label") == "Lembaga dan unit kantor Anda"
        for each in element.iter("a")
    ]
    assert first.get("href") == f"/assessments/{late}"
    people = as_person(builders.make_person(session, clock, role=Role.privacy))
    assert "Belum ada lembaga atau unit" in people.get("/auditees/next").text
