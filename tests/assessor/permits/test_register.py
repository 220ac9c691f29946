"""How are permits entered, renewed, given a scan and withdrawn?"""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from flask import Flask
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from assessor.access.actor import Role
from assessor.database.base import new_id
from assessor.journal.models import JournalEntry
from assessor.journal.verify import verify
from assessor.permits.models import Permit
from assessor.permits.queries import ending_permits, expired_of, to_renew
from assessor.permits.services import link_scan, withdraw_permit
from assessor.sentences import NotPermitted, Refused
from tests import audits, builders
from tests.assessor.permits import papers
from tests.assessor.test_every_route import _hand_in as hand_in_photo
from tests.conftest import StandingClock

TODAY = date(2026, 11, 21)


@pytest.fixture
def scene(session: Session, clock: StandingClock) -> audits.Scene:
    return audits.make_scene(session, clock, items=12)


def _enter(session: Session, clock: StandingClock, scene: audits.Scene, **more: object) -> str:
    institution = scene.actor(session, clock, "institution")
    return papers.permit(session, institution, clock, scene.site.id, **more)


def test_entering_is_one_entry_of_the_journal_and_keeps_words_out_of_the_chain(
    session: Session, clock: StandingClock, scene: audits.Scene
) -> None:
    before = session.scalar(select(func.count()).select_from(JournalEntry)) or 0
    _enter(session, clock, scene)
    entries = session.scalars(select(JournalEntry).order_by(JournalEntry.seq)).all()
    assert len(entries) == before + 1
    assert '"kind":"clinic"' in entries[-1].body
    assert "KANARI" not in entries[-1].body
    assert list(verify(session)) == []


def test_the_same_form_sent_twice_is_one_permit(
    session: Session, clock: StandingClock, scene: audits.Scene
) -> None:
    permit_id = new_id()
    for _ in range(2):
        assert _enter(session, clock, scene, permit_id=permit_id) == permit_id
    assert session.scalar(select(func.count()).select_from(Permit)) == 1
    coach = scene.actor(session, clock, "coach")
    with pytest.raises(Refused):
        papers.permit(session, coach, clock, scene.site.id, permit_id=permit_id)


@pytest.mark.parametrize(
    "wrong",
    [
        {"kind": "driving"},
        {"service": "karaoke"},
        {"issuer": " "},
        {"number": "\x00"},
        {"valid_from": date(1900, 1, 1)},
        {"expires_on": date(2024, 5, 1)},
        {"expires_on": date(2300, 1, 1)},
        {"permit_id": "1"},
        {"evidence_id": "nothing"},
        {"replaces": "nothing"},
    ],
)
def test_what_is_wrong_is_refused(
    session: Session, clock: StandingClock, scene: audits.Scene, wrong: dict[str, object]
) -> None:
    with pytest.raises(Refused):
        _enter(session, clock, scene, **wrong)
    assert session.scalars(select(Permit)).all() == []


@pytest.mark.parametrize("name", ["assessor", "checker", "verifier", "stranger"])
def test_only_the_institution_and_its_coach_keep_the_register(
    session: Session, clock: StandingClock, scene: audits.Scene, name: str
) -> None:
    other = builders.make_site(session, clock)
    scene.people["stranger"] = builders.make_person(
        session, clock, role=Role.institution, auditee=other
    )
    actor = scene.actor(session, clock, name)
    with pytest.raises(NotPermitted):
        papers.permit(session, actor, clock, scene.site.id)
    permit_id = papers.permit(session, scene.actor(session, clock, "coach"), clock, scene.site.id)
    with pytest.raises(NotPermitted):
        withdraw_permit(session, actor, clock, permit_id=permit_id, reason="Salah.")


def test_units_have_no_permits(session: Session, clock: StandingClock, scene: audits.Scene) -> None:
    unit = builders.make_unit(session, clock, office=scene.office)
    with pytest.raises(Refused, match="bukan untuk unit"):
        papers.permit(session, scene.actor(session, clock, "coach"), clock, unit.id)


def test_a_renewal_names_the_old_one_and_there_is_one_of_each(
    session: Session, clock: StandingClock, scene: audits.Scene
) -> None:
    old = _enter(session, clock, scene)
    renewal = {"replaces": old, "valid_from": date(2026, 5, 2), "expires_on": date(2028, 5, 1)}
    with pytest.raises(Refused, match="sejenis"):
        _enter(session, clock, scene, **renewal | {"kind": "location"})
    with pytest.raises(Refused, match="lebih dulu"):
        _enter(session, clock, scene, **renewal | {"valid_from": date(2020, 1, 1)})
    new = _enter(session, clock, scene, **renewal)
    with pytest.raises(Refused, match="sudah ada penggantinya"):
        _enter(session, clock, scene, **renewal)
    assert session.get_one(Permit, new).replaces_id == old
    assert session.get_one(Permit, old).expires_on == date(2026, 5, 1)
    coach = scene.actor(session, clock, "coach")
    withdraw_permit(session, coach, clock, permit_id=new, reason="Salah nomor.")
    assert _enter(session, clock, scene, **renewal) != new
    with pytest.raises(Refused, match="sudah ditarik"):
        withdraw_permit(session, coach, clock, permit_id=new, reason="Lagi.")
    with pytest.raises(Refused, match="izin baru"):
        _enter(session, clock, scene, **renewal | {"replaces": new})
    assert list(verify(session)) == []


def test_a_reason_is_asked_and_names_nobody(
    session: Session, clock: StandingClock, scene: audits.Scene
) -> None:
    permit_id = _enter(session, clock, scene)
    coach = scene.actor(session, clock, "coach")
    for reason in ("", "lihat NIK 3302141205900001"):
        with pytest.raises(Refused):
            withdraw_permit(session, coach, clock, permit_id=permit_id, reason=reason)


def test_a_scan_is_linked_once_and_is_of_the_same_site(
    app: Flask, session: Session, clock: StandingClock, scene: audits.Scene
) -> None:
    permit_id = _enter(session, clock, scene)
    evidence_id = hand_in_photo(app, session, clock, scene)
    other = builders.make_site(session, clock, office=scene.office)
    coach = scene.actor(session, clock, "coach")
    with pytest.raises(Refused):
        papers.permit(session, coach, clock, other.id, evidence_id=evidence_id)
    link_scan(session, coach, clock, permit_id=permit_id, evidence_id=evidence_id)
    assert session.get_one(Permit, permit_id).evidence_id == evidence_id
    with pytest.raises(Refused, match="sudah mempunyai"):
        link_scan(session, coach, clock, permit_id=permit_id, evidence_id=evidence_id)


def test_reminders_reach_institution_and_coach_and_end_with_the_renewal(
    session: Session, clock: StandingClock, scene: audits.Scene
) -> None:
    old = _enter(session, clock, scene, expires_on=TODAY + timedelta(days=80))
    _enter(session, clock, scene, kind="location", expires_on=TODAY + timedelta(days=181))
    _enter(session, clock, scene, kind="building", expires_on=None)

    def due(name: str) -> list[str]:
        actor = scene.actor(session, clock, name)
        return [each.permit_id for each in to_renew(session, actor, TODAY).rows]

    assert due("institution") == due("coach") == [old]
    assert due("assessor") == due("checker") == due("verifier") == []
    _enter(
        session,
        clock,
        scene,
        replaces=old,
        valid_from=TODAY + timedelta(days=81),
        expires_on=TODAY + timedelta(days=800),
    )
    assert due("institution") == due("coach") == []


def test_a_list_of_reminders_is_bounded_and_counts_all(
    session: Session, clock: StandingClock, scene: audits.Scene
) -> None:
    for days in range(15):
        _enter(session, clock, scene, expires_on=TODAY + timedelta(days=days))
    found = to_renew(session, scene.actor(session, clock, "coach"), TODAY)
    assert len(found.rows) == 12
    assert found.count == 15
    assert [each.expires_on for each in found.rows] == sorted(
        each.expires_on for each in found.rows
    )


def test_what_had_run_out_is_told_with_its_items(
    session: Session, clock: StandingClock, scene: audits.Scene
) -> None:
    _enter(session, clock, scene)
    permits = ending_permits(session, scene.site.id)
    (found,) = expired_of(permits, TODAY)
    assert found.items == ("KLB-03", "KLB-06")
    assert expired_of(permits, date(2026, 5, 1)) == ()
