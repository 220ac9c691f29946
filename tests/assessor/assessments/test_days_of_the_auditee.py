"""Days are counted where the auditee is: early in the morning it is still yesterday in UTC."""

from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy.orm import Session

from assessor.assessments.models import Kind
from assessor.assessments.queries import list_findings, today_of
from assessor.instruments.queries import get_checklist
from tests import audits
from tests.conftest import StandingClock

FIVE_IN_JAKARTA = datetime(2026, 11, 21, 22, 0, tzinfo=UTC)
THERE = date(2026, 11, 22)


@pytest.fixture
def scene(session: Session, clock: StandingClock) -> audits.Scene:
    scene = audits.make_scene(session, clock, items=12)
    clock.set(FIVE_IN_JAKARTA)
    return scene


def test_a_team_has_thirty_days_from_the_day_it_is_there(
    session: Session, clock: StandingClock, scene: audits.Scene
) -> None:
    audit = audits.open_audit(session, clock, scene)
    assert today_of(session, audit, clock()) == THERE
    assert audit.due_on == THERE + timedelta(days=30)


def test_a_self_assessment_is_due_by_the_days_of_its_instrument(
    session: Session, clock: StandingClock, scene: audits.Scene
) -> None:
    audit = audits.open_audit(session, clock, scene, kind=Kind.self)
    days = get_checklist(session, audit.edition).days.self_assessment
    assert audit.due_on == THERE + timedelta(days=days)


def test_an_assessment_opened_on_new_years_morning_is_of_the_new_year(
    session: Session, clock: StandingClock, scene: audits.Scene
) -> None:
    clock.set(datetime(2026, 12, 31, 20, 0, tzinfo=UTC))
    audit = audits.open_audit(session, clock, scene, kind=Kind.self)
    assert audit.year == 2027
    assert audit.reference.startswith("NILAI-2027-")


def test_findings_are_due_from_the_day_they_are_issued_there(
    session: Session, clock: StandingClock, scene: audits.Scene
) -> None:
    audit = audits.open_audit(session, clock, scene, kind=Kind.baseline)
    asked = audits.judge(session, audit, THERE).asked
    audits.score(session, clock, scene, audit, unmet=asked)
    audits.submit(session, clock, scene, audit)
    days = get_checklist(session, audit.edition).days
    wanted = {"major": days.major, "minor": days.minor}
    issued = [each for each in list_findings(session, audit.id) if each.due_on is not None]
    assert issued
    for finding in issued:
        assert finding.due_on == THERE + timedelta(days=wanted[finding.finding_class.value])
