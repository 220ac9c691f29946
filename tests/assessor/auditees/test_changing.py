"""How do facts, place, services and closing of an auditee change, and what do they leave alone?"""

from __future__ import annotations

import itertools
from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select
from sqlalchemy.orm import Session

from assessor.access.actor import SYSTEM, Role
from assessor.assessments.models import Kind
from assessor.assessments.opening.services import cancel_assessment
from assessor.auditees.changing import (
    Facts,
    begin_service,
    change_facts,
    close_auditee,
    end_service_of,
    facts_of,
    move_auditee,
    reopen_auditee,
)
from assessor.auditees.history import list_all_services, list_handovers
from assessor.auditees.models import Agency, Auditee, Service
from assessor.auditees.near import find_near, likeness
from assessor.auditees.services import hand_over
from assessor.auditees.tags import SERVICE_TAGS
from assessor.journal.models import JournalEntry
from assessor.journal.verify import verify
from assessor.organization.models import OfficeKind, TimeZone
from assessor.sentences import NotPermitted, Refused, Stale
from tests import audits, builders
from tests.assessor.organization.places import add_territories
from tests.conftest import StandingClock

TODAY = date(2026, 11, 21)


@pytest.fixture
def site(session: Session, clock: StandingClock) -> Auditee:
    return builders.make_site(session, clock, name="Rumah Kenari", tags=("sosial",))


def _change(session: Session, clock: StandingClock, site: Auditee, **more: object) -> Auditee:
    values: dict[str, object] = {
        "name": site.name,
        "address": site.address,
        "agency": site.agency,
        "operating_office_id": site.operating_office_id,
    }
    facts = Facts(**(values | more))  # type: ignore[arg-type]
    seen = facts_of(site)
    return change_facts(session, SYSTEM, clock, auditee_id=site.id, facts=facts, seen=seen)


def _last(session: Session) -> JournalEntry:
    found = session.scalars(select(JournalEntry).order_by(JournalEntry.seq.desc())).first()
    assert found is not None
    return found


def test_a_renamed_auditee_is_found_by_its_new_name(
    session: Session, clock: StandingClock, site: Auditee
) -> None:
    changed = _change(session, clock, site, name="  Rumah   Jalak ", address="Jalan\nMelati 3")
    assert (changed.name, changed.search_key) == ("Rumah Jalak", "rumahjalak")
    assert changed.address == "Jalan Melati 3"
    assert _last(session).act == "auditee.facts_changed"
    assert list(verify(session)) == []


def test_nothing_changed_is_nothing_recorded(
    session: Session, clock: StandingClock, site: Auditee
) -> None:
    before = _last(session).seq
    _change(session, clock, site)
    assert _last(session).seq == before


def test_two_who_change_at_once_do_not_overwrite_each_other(
    session: Session, clock: StandingClock, site: Auditee
) -> None:
    seen = facts_of(site)
    _change(session, clock, site, name="Rumah Jalak")
    with pytest.raises(Stale):
        change_facts(
            session,
            SYSTEM,
            clock,
            auditee_id=site.id,
            facts=Facts(name="Rumah Merpati", address="", agency=Agency.foundation),
            seen=seen,
        )


def test_another_operator_brings_other_tags(
    session: Session, clock: StandingClock, site: Auditee
) -> None:
    assert set(site.tags) == {"sosial", "km"}
    assert set(_change(session, clock, site, agency=Agency.kemensos).tags) == {"sosial", "ip"}
    office = builders.make_office(session, clock)
    own = _change(session, clock, site, agency=Agency.bnn, operating_office_id=office.id)
    assert set(own.tags) == {"sosial", "ip", "bnn"}
    with pytest.raises(Refused, match="milik BNN"):
        _change(session, clock, site, agency=Agency.foundation)


@pytest.mark.parametrize(
    ("name", "address"), [("", ""), ("???", ""), ("A", "x" * 501), ("A", "NIK 3302051203900004")]
)
def test_odd_facts_are_refused_and_change_nothing(
    session: Session, clock: StandingClock, site: Auditee, name: str, address: str
) -> None:
    before = _last(session).seq
    with pytest.raises(Refused):
        _change(session, clock, site, name=name, address=address)
    assert _last(session).seq == before


def test_a_unit_in_another_village_is_of_another_kind_and_time(
    session: Session, clock: StandingClock
) -> None:
    add_territories(session, clock)
    unit = builders.make_unit(session, clock)
    assert "desa" in unit.tags
    moved = move_auditee(
        session,
        SYSTEM,
        clock,
        auditee_id=unit.id,
        territory_code="33.02.27.1004",
        seen=facts_of(unit),
    )
    assert set(moved.tags) == {"unit-baru", "kelurahan"}
    assert (moved.regency_code, moved.time_zone) == ("33.02", TimeZone.wib)


def test_a_site_stands_in_a_regency_only(
    session: Session, clock: StandingClock, site: Auditee
) -> None:
    with pytest.raises(Refused, match="tidak dikenal"):
        move_auditee(
            session,
            SYSTEM,
            clock,
            auditee_id=site.id,
            territory_code="34.04.07.2001",
            seen=facts_of(site),
        )


# ---- services ----


def _begin(
    session: Session, clock: StandingClock, site_id: str, tag: str, on: date, places: int | None = 5
) -> Service:
    return begin_service(
        session, SYSTEM, clock, auditee_id=site_id, tag=tag, capacity=places, begins=on
    )


def test_another_number_of_places_keeps_what_was_before(
    session: Session, clock: StandingClock, site: Auditee
) -> None:
    _begin(session, clock, site.id, "rawat-inap", date(2026, 1, 1), 10)
    _begin(session, clock, site.id, "rawat-inap", date(2026, 6, 1), 24)
    found = [
        (each.capacity, each.valid_from, each.valid_to)
        for each in list_all_services(session, site.id)
    ]
    assert found == [
        (24, date(2026, 6, 1), None),
        (10, date(2026, 1, 1), date(2026, 6, 1)),
    ]
    assert list(verify(session)) == []


@pytest.mark.parametrize(
    ("tag", "places", "on", "words"),
    [
        ("rawat-inap", 0, TODAY, "antara 1 dan 10.000"),
        ("rawat-inap", 10_001, TODAY, "antara 1 dan 10.000"),
        ("medis", None, TODAY, "tidak dikenal"),
        ("rawat-inap", None, date(2026, 11, 22), "sesudah hari ini"),
    ],
)
def test_odd_services_are_refused(
    session: Session,
    clock: StandingClock,
    site: Auditee,
    tag: str,
    places: int | None,
    on: date,
    words: str,
) -> None:
    with pytest.raises(Refused, match=words):
        _begin(session, clock, site.id, tag, on, places)


@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    steps=st.lists(
        st.tuples(st.booleans(), st.sampled_from(sorted(SERVICE_TAGS)), st.integers(1, 300)),
        max_size=8,
    )
)
def test_an_auditee_has_the_tag_of_exactly_the_services_it_gives(
    session: Session, clock: StandingClock, steps: list[tuple[bool, str, int]]
) -> None:
    site = builders.make_site(session, clock)
    for begins, tag, day in steps:
        on = date.fromordinal(date(2026, 1, 1).toordinal() + day)
        try:
            if begins:
                _begin(session, clock, site.id, tag, on)
                continue
            for each in list_all_services(session, site.id):
                if each.tag == tag and each.valid_to is None:
                    end_service_of(session, SYSTEM, clock, service_id=each.id, ends=on)
        except Refused:
            session.rollback()
    session.expire_all()
    given_now = {each.tag for each in list_all_services(session, site.id) if each.valid_to is None}
    tags = set(session.get_one(Auditee, site.id).tags)
    assert tags & SERVICE_TAGS == given_now
    for tag in SERVICE_TAGS:  # one of a kind at a time, without a gap in reverse
        spans = sorted(
            (each.valid_from, each.valid_to or date.max)
            for each in list_all_services(session, site.id)
            if each.tag == tag
        )
        assert all(one[1] <= other[0] for one, other in itertools.pairwise(spans))


# ---- closing ----


def test_who_is_being_assessed_is_not_closed(session: Session, clock: StandingClock) -> None:
    scene = audits.make_scene(session, clock, items=4)
    going = audits.open_audit(session, clock, scene, kind=Kind.self)
    site_id, going_id, reference = scene.site.id, going.id, going.reference
    with pytest.raises(Refused, match=reference):
        close_auditee(session, SYSTEM, clock, auditee_id=site_id, on=TODAY, why="Pindah")
    institution = scene.actor(session, clock, "institution")
    cancel_assessment(session, institution, clock, assessment_id=going_id)
    closed = close_auditee(session, SYSTEM, clock, auditee_id=site_id, on=TODAY, why="Pindah")
    assert closed.closed_on == TODAY
    with pytest.raises(Refused, match="Buka lagi dulu"):
        _begin(session, clock, site_id, "detoksifikasi", TODAY)
    reopened = reopen_auditee(session, SYSTEM, clock, auditee_id=site_id, why="Keliru")
    assert reopened.closed_on is None
    assert list(verify(session)) == []


def test_closing_needs_a_day_that_has_come_and_a_reason(
    session: Session, clock: StandingClock, site: Auditee
) -> None:
    with pytest.raises(Refused, match="sesudah hari ini"):
        close_auditee(
            session, SYSTEM, clock, auditee_id=site.id, on=date(2026, 12, 1), why="Pindah"
        )
    with pytest.raises(Refused, match="alasan"):
        close_auditee(session, SYSTEM, clock, auditee_id=site.id, on=TODAY, why=" ")
    with pytest.raises(Refused, match="tidak sedang ditutup"):
        reopen_auditee(session, SYSTEM, clock, auditee_id=site.id, why="Keliru")


def test_a_coach_elsewhere_changes_nothing(
    session: Session, clock: StandingClock, site: Auditee
) -> None:
    far = builders.make_office(session, clock, kind=OfficeKind.bnnk)
    coach = builders.make_person(session, clock, role=Role.coach, office=far)
    actor = builders.actor_for(session, clock, coach)
    with pytest.raises(NotPermitted):
        close_auditee(session, actor, clock, auditee_id=site.id, on=TODAY, why="uji")
    with pytest.raises(NotPermitted):
        change_facts(
            session,
            actor,
            clock,
            auditee_id=site.id,
            facts=Facts(name="Rampasan", address="", agency=Agency.foundation),
            seen=facts_of(site),
        )


# ---- who was responsible ----


def test_every_hand_over_stays_in_the_history(
    session: Session, clock: StandingClock, site: Auditee
) -> None:
    first = site.responsible_office_id
    other = builders.make_office(session, clock, kind=OfficeKind.bnnk, name="BNNK Baru")
    hand_over(
        session,
        SYSTEM,
        clock,
        auditee_id=site.id,
        from_office_id=first,
        to_office_id=other.id,
        reason="Pemekaran, SK contoh 3",
    )
    clock.forward(days=2)
    hand_over(
        session,
        SYSTEM,
        clock,
        auditee_id=site.id,
        from_office_id=other.id,
        to_office_id=first,
        reason="Dikembalikan",
    )
    passed = list_handovers(session, site.id)
    assert [(each.on, each.reason) for each in passed] == [
        (date(2026, 11, 23), "Dikembalikan"),
        (TODAY, "Pemekaran, SK contoh 3"),
    ]
    assert passed[1].to_office == passed[0].from_office == "BNNK Baru"
    assert list(verify(session)) == []


# ---- the same one a second time ----


@pytest.mark.parametrize(
    ("one", "other", "alike"),
    [
        ("Rumah Pulih Cahaya Serayu", "Yayasan Cahaya Serayu", True),
        ("Rumah Pulih Cahaya Serayu", "Rumah Pulih Cahya Serayu", True),
        ("IBM Karang Tengah", "Karangtengah", True),
        ("Rumah Pulih Cahaya Serayu", "Rumah Pulih Teluk Harapan", False),
        ("", "Rumah", False),
    ],
)
def test_names_that_mean_the_same_are_alike(one: str, other: str, alike: bool) -> None:
    assert (likeness(one, other) >= 0.72) is alike


def test_near_ones_are_of_the_same_regency_and_kind(
    session: Session, clock: StandingClock, site: Auditee
) -> None:
    unit = builders.make_unit(session, clock, name="IBM Kenari")
    found = find_near(session, site.kind, "Kenari", regency_code="34.04")
    assert [each.id for each in found] == [site.id]
    assert find_near(session, site.kind, "Kenari", regency_code="33.02") == ()
    same_village = find_near(
        session, unit.kind, "Melati", regency_code="34.04", village_code="34.04.07.2001"
    )
    assert [each.id for each in same_village] == [unit.id]
