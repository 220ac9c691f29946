"""How is grave danger reported, followed and decided; and what does the hold stop?"""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from flask import Flask
from sqlalchemy import Engine, func, select, text
from sqlalchemy.orm import Session

from assessor.access.actor import Role
from assessor.assessments.models import Assessment, Kind, Status
from assessor.auditees.holds import held, holds_on, is_held
from assessor.auditees.models import Auditee, Hold
from assessor.database.base import new_id
from assessor.journal.models import JournalEntry
from assessor.journal.verify import verify
from assessor.sentences import NotPermitted, Refused, Stale
from assessor.urgent.models import UrgentNote, UrgentReport, Verdict
from assessor.urgent.queries import get_whole
from assessor.urgent.services import LONGEST_HOLD, Decided, add_note, decide_report, lift_hold
from tests import audits, builders
from tests.assessor.test_every_route import _hand_in as hand_in_photo
from tests.assessor.urgent import dangers
from tests.conftest import StandingClock

TODAY = date(2026, 11, 21)


@pytest.fixture
def scene(session: Session, clock: StandingClock) -> audits.Scene:
    return audits.make_scene(session, clock, items=12)


def _entries(session: Session) -> int:
    return session.scalar(select(func.count()).select_from(JournalEntry)) or 0


def _report(session: Session, clock: StandingClock, scene: audits.Scene, **more: object) -> str:
    coach = scene.actor(session, clock, "coach")
    return dangers.report(session, coach, clock, scene.site.id, **more)


def test_a_report_holds_the_auditee_and_is_one_entry_of_the_journal(
    session: Session, clock: StandingClock, scene: audits.Scene
) -> None:
    before = _entries(session)
    report_id = _report(session, clock, scene)
    assert _entries(session) == before + 1
    report = session.get_one(UrgentReport, report_id)
    assert report.reference == "SEGERA-2026-0001"
    assert is_held(session, scene.site.id, TODAY)
    (hold,) = holds_on(session, scene.site.id, TODAY)
    assert (hold.cause, hold.cause_kind, hold.until) == (report_id, "confinement", None)
    entry = session.scalars(select(JournalEntry).order_by(JournalEntry.seq.desc())).first()
    assert entry is not None
    assert '"kind":"confinement"' in entry.body
    assert "KANARI" not in entry.body  # what was seen stays out of the chain
    assert list(verify(session)) == []


def test_the_same_form_sent_twice_is_one_report(
    session: Session, clock: StandingClock, scene: audits.Scene
) -> None:
    report_id = new_id()
    assert _report(session, clock, scene, report_id=report_id) == report_id
    before = _entries(session)
    assert _report(session, clock, scene, report_id=report_id, facts="Lain.") == report_id
    assert _entries(session) == before
    assert session.scalar(select(func.count()).select_from(Hold)) == 1
    checker = scene.actor(session, clock, "checker")
    with pytest.raises(Refused):  # nobody else's form
        dangers.report(session, checker, clock, scene.site.id, report_id=report_id)


@pytest.mark.parametrize(
    "wrong",
    [
        {"kind": "weather"},
        {"told": ("neighbour",)},
        {"facts": "  "},
        {"place": ""},
        {"done": "\n"},
        {"seen_on": TODAY + timedelta(days=1)},
        {"seen_on": date(1999, 1, 1)},
        {"seen_at": "25:00"},
        {"seen_at": "pagi"},
        {"affected": -1},
        {"affected": 1_000_000},
        {"report_id": "x"},
        {"report_id": "../../../etc/passwd0000000"},
        {"facts": "Klien dengan NIK 3302141205900001 dikurung."},
        {"place": "rumah 0812-3456-7890"},
        {"done": "Berkas RM 00-12-34 diambil."},
    ],
)
def test_what_is_wrong_or_names_a_client_is_refused_and_nothing_kept(
    session: Session, clock: StandingClock, scene: audits.Scene, wrong: dict[str, object]
) -> None:
    with pytest.raises(Refused):
        _report(session, clock, scene, **wrong)
    assert session.scalars(select(UrgentReport)).all() == []
    assert not is_held(session, scene.site.id, TODAY)


@pytest.mark.parametrize("name", ["institution", "stranger", "idle"])
def test_who_may_not_report_is_refused(
    session: Session, clock: StandingClock, scene: audits.Scene, name: str
) -> None:
    scene.people["idle"] = builders.make_person(
        session, clock, role=Role.assessor, office=scene.office
    )
    far_office = builders.make_office(session, clock, kind=builders.OfficeKind.bnnp)
    scene.people["stranger"] = builders.make_person(
        session, clock, role=Role.coach, office=far_office
    )
    with pytest.raises(NotPermitted):
        dangers.report(session, scene.actor(session, clock, name), clock, scene.site.id)


def test_an_assessment_of_somebody_else_is_refused(
    session: Session, clock: StandingClock, scene: audits.Scene
) -> None:
    audit = audits.open_audit(session, clock, scene)
    other = builders.make_site(session, clock, office=scene.office)
    coach = scene.actor(session, clock, "coach")
    with pytest.raises(Refused):
        dangers.report(session, coach, clock, other.id, assessment_id=audit.id)


def test_notes_are_added_and_nothing_is_changed_ever(
    session: Session, engine: Engine, clock: StandingClock, scene: audits.Scene
) -> None:
    report_id = _report(session, clock, scene)
    checker = scene.actor(session, clock, "checker")
    add_note(session, checker, clock, report_id=report_id, words="Polisi datang jam 11.")
    with pytest.raises(Refused):
        add_note(session, checker, clock, report_id=report_id, words="hubungi 08123456789")
    with pytest.raises(NotPermitted):
        institution = scene.actor(session, clock, "institution")
        add_note(session, institution, clock, report_id=report_id, words="Itu bohong.")
    assert [note.words for note in session.scalars(select(UrgentNote))] == ["Polisi datang jam 11."]
    session.rollback()
    for statement in ("UPDATE urgent_report SET kind = 'death'", "DELETE FROM urgent_note"):
        with pytest.raises(Exception, match="append-only"), engine.begin() as connection:
            connection.execute(text(statement))


def test_the_reporter_does_not_decide(
    session: Session, clock: StandingClock, scene: audits.Scene
) -> None:
    verifier = scene.actor(session, clock, "verifier")
    report_id = dangers.report(session, verifier, clock, scene.site.id)
    with pytest.raises(NotPermitted, match="orang lain di direktorat"):
        dangers.decide(session, verifier, clock, report_id)
    for name in ("checker", "coach", "institution"):
        with pytest.raises(NotPermitted):
            dangers.decide(session, scene.actor(session, clock, name), clock, report_id)
    second = builders.make_person(session, clock, role=Role.directorate)
    dangers.decide(session, builders.actor_for(session, clock, second), clock, report_id)
    whole = get_whole(session, session.get_one(UrgentReport, report_id))
    assert whole.decision is not None
    assert whole.decision.decision.verdict is Verdict.founded


@pytest.mark.parametrize("verdict", list(Verdict))
def test_the_hold_ends_with_the_decision(
    session: Session, clock: StandingClock, scene: audits.Scene, verdict: Verdict
) -> None:
    report_id = _report(session, clock, scene)
    before = _entries(session)
    verifier = scene.actor(session, clock, "verifier")
    dangers.decide(session, verifier, clock, report_id, verdict=verdict)
    assert _entries(session) == before + 1
    assert not is_held(session, scene.site.id, TODAY)
    with pytest.raises(Stale):
        dangers.decide(session, verifier, clock, report_id)
    assert list(verify(session)) == []


def test_the_hold_stays_until_its_last_day(
    session: Session, clock: StandingClock, scene: audits.Scene
) -> None:
    report_id = _report(session, clock, scene)
    verifier = scene.actor(session, clock, "verifier")
    last = TODAY + timedelta(days=40)
    for wrong in (TODAY, TODAY - timedelta(days=1), TODAY + LONGEST_HOLD + timedelta(days=1)):
        with pytest.raises(Refused):
            dangers.decide(session, verifier, clock, report_id, hold_until=wrong)
    with pytest.raises(Refused):
        dangers.decide(
            session, verifier, clock, report_id, verdict=Verdict.unfounded, hold_until=last
        )
    dangers.decide(session, verifier, clock, report_id, hold_until=last)
    assert is_held(session, scene.site.id, last)
    assert not is_held(session, scene.site.id, last + timedelta(days=1))


def test_a_hold_that_stays_can_be_ended_with_a_reason(
    session: Session, clock: StandingClock, scene: audits.Scene
) -> None:
    report_id = _report(session, clock, scene)
    verifier = scene.actor(session, clock, "verifier")

    def lift(reason: str = "Ruang dibongkar.") -> None:
        lift_hold(session, verifier, clock, report_id=report_id, reason=reason)

    with pytest.raises(Refused, match="belum diputus"):
        lift()
    dangers.decide(session, verifier, clock, report_id, hold_until=TODAY + timedelta(days=9))
    with pytest.raises(Refused):
        lift("  ")
    lift()
    assert not is_held(session, scene.site.id, TODAY)
    with pytest.raises(Refused, match="sudah berakhir"):
        lift()


def test_a_note_that_came_meanwhile_is_read_before_deciding(
    session: Session, clock: StandingClock, scene: audits.Scene
) -> None:
    report_id = _report(session, clock, scene)
    shown = dangers.content_hash(session, session.get_one(UrgentReport, report_id))
    coach = scene.actor(session, clock, "coach")
    add_note(session, coach, clock, report_id=report_id, words="Ternyata 4 orang.")
    with pytest.raises(Stale):
        decide_report(
            session,
            scene.actor(session, clock, "verifier"),
            clock,
            report_id=report_id,
            decided=Decided(verdict=Verdict.founded, reason="Ya."),
            shown_hash=shown,
        )
    assert is_held(session, scene.site.id, TODAY)


def test_two_reports_hold_until_both_are_settled(
    session: Session, clock: StandingClock, scene: audits.Scene
) -> None:
    first, second = (_report(session, clock, scene) for _ in range(2))
    assert session.get_one(UrgentReport, second).reference == "SEGERA-2026-0002"
    verifier = scene.actor(session, clock, "verifier")
    dangers.decide(session, verifier, clock, first)
    assert is_held(session, scene.site.id, TODAY)
    dangers.decide(session, verifier, clock, second)
    assert not is_held(session, scene.site.id, TODAY)


def test_a_list_for_the_public_leaves_out_who_is_held(
    session: Session, clock: StandingClock, scene: audits.Scene
) -> None:
    other = builders.make_site(session, clock, office=scene.office)
    _report(session, clock, scene)
    listed = session.scalars(select(Auditee.id).where(~held(Auditee.id, TODAY))).all()
    assert listed == [other.id]


# what the hold stops


@pytest.fixture
def evidence_id(app: Flask, session: Session, clock: StandingClock, scene: audits.Scene) -> str:
    """A piece that answers can cite."""
    return hand_in_photo(app, session, clock, scene)


def _submitted(
    session: Session,
    clock: StandingClock,
    scene: audits.Scene,
    evidence_id: str,
    unmet: int = 0,
) -> Assessment:
    audit = audits.open_audit(session, clock, scene)
    asked = list(audits.judge(session, audit, clock().date()).asked)
    audits.score(session, clock, scene, audit, unmet=asked[:unmet], evidence_id=evidence_id)
    audits.submit(session, clock, scene, audit)
    return audit


def test_a_favourable_outcome_is_not_sealed_while_held(
    session: Session, clock: StandingClock, scene: audits.Scene, evidence_id: str
) -> None:
    audit = _submitted(session, clock, scene, evidence_id)
    audit_id = audit.id
    report_id = _report(session, clock, scene)
    with pytest.raises(Refused, match="sedang ditangguhkan"):
        audits.seal(session, clock, scene, audit)
    assert session.get_one(Assessment, audit_id).status is not Status.sealed
    dangers.decide(session, scene.actor(session, clock, "verifier"), clock, report_id)
    audits.seal(session, clock, scene, session.get_one(Assessment, audit_id))
    assert session.get_one(Assessment, audit_id).status is Status.sealed


def test_what_is_not_met_is_sealed_all_the_same(
    session: Session, clock: StandingClock, scene: audits.Scene, evidence_id: str
) -> None:
    audit = _submitted(session, clock, scene, evidence_id, unmet=12)
    _report(session, clock, scene)
    audits.seal(session, clock, scene, audit)
    assert session.get_one(Assessment, audit.id).status is Status.sealed


def test_an_institution_goes_on_assessing_itself(
    session: Session, clock: StandingClock, scene: audits.Scene, evidence_id: str
) -> None:
    own = audits.open_audit(session, clock, scene, kind=Kind.self)
    audits.score(session, clock, scene, own, evidence_id=evidence_id)
    _report(session, clock, scene)
    audits.submit(session, clock, scene, own)
    assert session.get_one(Assessment, own.id).status is Status.sealed
