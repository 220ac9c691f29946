"""Objecting to a sealed result: who, until when, who rules, and what comes of it."""

import json
from datetime import date, datetime, timedelta

import pytest
from sqlalchemy import func, select

from assessor.access.actor import SYSTEM, Role
from assessor.accounts.models import Position
from assessor.accounts.services import end_position
from assessor.assessments.models import Assessment, Finding, Kind, SealedDocument, Status
from assessor.assessments.objection_models import FiledAs, Objection, ObjectionPoint, Ruling
from assessor.assessments.objections.rules import last_day
from assessor.assessments.objections.services import (
    Point,
    decide_objection,
    file_objection,
    withdraw_objection,
)
from assessor.assessments.opening.revising import revise_assessment
from assessor.journal.models import JournalEntry
from assessor.journal.verify import verify
from assessor.organization.working_days import add_holiday
from assessor.sentences import NotPermitted, Refused
from tests import audits, builders

ITEM, OTHER = "A-001", "A-002"


@pytest.fixture
def scene(session, clock):
    """With a second person in the directorate, who had no part in it."""
    made = audits.make_scene(session, clock)
    made.people["decider"] = builders.make_person(
        session, clock, name="Orang pemutus", role=Role.directorate
    )
    return made


@pytest.fixture
def audit(session, clock, scene):
    """Sealed, with findings at the items that want a citation."""
    found = audits.open_audit(session, clock, scene)
    asked = audits.judge(session, found, clock().date()).asked
    unmet = [item.id for item in asked.values() if item.citation.value == "required"]
    audits.score(session, clock, scene, found, unmet=unmet)
    audits.submit(session, clock, scene, found)
    audits.seal(session, clock, scene, found)
    return found


def decide(session, clock, scene, objection, ruling=Ruling.upheld, who="decider", reason="Tetap."):
    return decide_objection(
        session,
        scene.actor(session, clock, who),
        clock,
        objection_id=objection.id,
        ruling=ruling,
        reason=reason,
    )


def test_the_institution_objects_item_by_item_with_its_words(session, clock, scene, audit):
    entries = session.scalar(select(func.count()).select_from(JournalEntry))
    objection = audits.object_to(session, clock, scene, audit, ITEM, OTHER)
    assert session.scalar(select(func.count()).select_from(JournalEntry)) == entries + 1
    assert (objection.number, objection.status, objection.filed_as) == (1, "filed", "auditee")
    points = session.scalars(select(ObjectionPoint).order_by(ObjectionPoint.item)).all()
    assert [each.item for each in points] == [ITEM, OTHER]
    finding = session.scalars(select(Finding).where(Finding.item == ITEM)).one_or_none()
    assert points[0].finding_id == (finding.id if finding else None)
    with pytest.raises(Refused, match="sudah diajukan"):
        audits.object_to(session, clock, scene, audit, ITEM)
    assert list(verify(session)) == []


def test_one_objects_for_ten_working_days_and_not_on_the_eleventh(session, clock, scene, audit):
    until = last_day(session, scene.site, audit.sealed_at)
    assert until == date(2026, 12, 4)  # sealed on Saturday 21 November 2026
    clock.set(datetime.combine(until, clock().timetz()).replace(hour=16, minute=59))  # 23.59 WIB
    audits.object_to(session, clock, scene, audit, ITEM)
    clock.forward(minutes=1)
    objection = session.scalars(select(Objection)).one()
    withdraw_objection(
        session, scene.actor(session, clock, "institution"), clock, objection_id=objection.id
    )
    with pytest.raises(Refused, match="10 hari kerja sesudah dikunci, sudah lewat"):
        audits.object_to(session, clock, scene, audit, ITEM)


def test_a_holiday_of_the_office_lengthens_the_time(session, clock, scene, audit):
    add_holiday(
        session, SYSTEM, clock, office_id=scene.office.id, day=date(2026, 12, 1), name="Hari jadi"
    )
    assert last_day(session, scene.site, audit.sealed_at) == date(2026, 12, 7)


@pytest.mark.parametrize(
    ("points", "words", "why"),
    [
        ([], "", "Pilih temuan"),
        ([Point(ITEM, "")], "", "Tulis mengapa Anda keberatan atas A-001"),
        ([Point(ITEM, "a"), Point(ITEM, "b")], "", "cukup satu kali"),
        ([Point("BUKAN-9", "a")], "", "tidak dinilai di sini"),
        ([Point(ITEM, "x" * 4001)], "", "4.000"),
        ([Point(ITEM, "Klien 3201012345678901 tidak ditanya.")], "", "NIK"),
        ([Point(ITEM, "a")], "x" * 4001, "4.000"),
        ([Point(ITEM, "a", ("z" * 26,))], "", "Bukti itu tidak ada"),
    ],
)
def test_a_bad_objection_is_refused_and_leaves_nothing(
    session, clock, scene, audit, points, words, why
):
    with pytest.raises(Refused, match=why):
        file_objection(
            session,
            scene.actor(session, clock, "institution"),
            clock,
            assessment_id=audit.id,
            points=points,
            words=words,
        )
    session.rollback()
    assert session.scalar(select(func.count()).select_from(Objection)) == 0


def test_one_objects_to_nothing_but_a_sealed_result_of_officers(session, clock, scene):
    going = audits.open_audit(session, clock, scene, kind=Kind.baseline)
    with pytest.raises(NotPermitted):  # the institution does not see it yet
        audits.object_to(session, clock, scene, going, ITEM)
    own = audits.open_audit(session, clock, scene, kind=Kind.self)
    asked = audits.judge(session, own, clock().date()).asked
    unmet = [item.id for item in asked.values() if item.citation.value == "required"]
    audits.score(session, clock, scene, own, unmet=unmet)
    audits.submit(session, clock, scene, own)
    with pytest.raises(Refused, match="hanya atas hasil penilaian oleh petugas"):
        audits.object_to(session, clock, scene, own, ITEM)


@pytest.mark.parametrize("who", ["assessor", "checker", "verifier"])
def test_no_officer_objects(session, clock, scene, audit, who):
    with pytest.raises(NotPermitted):
        audits.object_to(session, clock, scene, audit, ITEM, who=who)


def test_the_coach_objects_only_for_who_has_no_account_and_is_named_so(
    session, clock, scene, audit
):
    with pytest.raises(Refused, match="punya akun sendiri"):
        audits.object_to(session, clock, scene, audit, ITEM, who="coach")
    position = session.scalars(select(Position).where(Position.role == Role.institution)).one()
    end_position(session, SYSTEM, clock, position_id=position.id)
    objection = audits.object_to(session, clock, scene, audit, ITEM, who="coach")
    assert objection.filed_as is FiledAs.coach


# ---- ruling ----


@pytest.mark.parametrize("who", ["assessor", "assessor2", "checker", "verifier", "coach"])
def test_whoever_had_a_part_in_it_does_not_rule_and_learns_who_could(
    session, clock, scene, audit, who
):
    objection = audits.object_to(session, clock, scene, audit, ITEM)
    if who != "verifier":
        builders.give_position(
            session,
            SYSTEM,
            clock,
            person_id=scene.people[who].id,
            role=Role.directorate,
            office_id=builders.make_office(session, clock).id,
        )
    for ruling in Ruling:
        with pytest.raises(Refused, match="Orang pemutus"):
            decide(session, clock, scene, objection, ruling, who=who)
    session.rollback()
    assert session.scalars(select(Objection.status)).one() == "filed"


@pytest.mark.parametrize("who", ["institution", "coach", "checker", "assessor"])
def test_only_the_directorate_rules(session, clock, scene, audit, who):
    objection = audits.object_to(session, clock, scene, audit, ITEM)
    with pytest.raises(NotPermitted):
        decide(session, clock, scene, objection, who=who)


def test_a_ruling_that_confirms_the_result_says_why_and_is_final(session, clock, scene, audit):
    sealed = session.get_one(SealedDocument, audit.id).content
    objection = audits.object_to(session, clock, scene, audit, ITEM)
    with pytest.raises(Refused, match="Tulis alasan putusan"):
        decide(session, clock, scene, objection, reason=" ")
    assert decide(session, clock, scene, objection, reason="Fotonya sudah dilihat.") is None
    kept = session.scalars(select(Objection)).one()
    assert (kept.status, kept.ruling, kept.reason) == (
        "decided",
        "upheld",
        "Fotonya sudah dilihat.",
    )
    assert audit.status is Status.sealed
    assert session.get_one(SealedDocument, audit.id).content == sealed
    with pytest.raises(Refused, match="sudah diputus"):
        decide(session, clock, scene, objection, Ruling.revised)
    with pytest.raises(Refused, match="Putusannya tetap"):
        audits.object_to(session, clock, scene, audit, ITEM)
    with pytest.raises(Refused, match="sudah diputus"):
        withdraw_objection(
            session, scene.actor(session, clock, "institution"), clock, objection_id=objection.id
        )
    assert list(verify(session)) == []


def test_a_ruling_to_revise_opens_the_revision_whose_seal_names_the_objection(
    session, clock, scene, audit
):
    sealed = session.get_one(SealedDocument, audit.id).content
    objection = audits.object_to(session, clock, scene, audit, ITEM)
    with pytest.raises(Refused, match="Ada keberatan"):
        revise_assessment(
            session,
            scene.actor(session, clock, "verifier"),
            clock,
            assessment_id=audit.id,
            reason="Sendiri.",
        )
    revision = decide(
        session, clock, scene, objection, Ruling.revised, reason="Bukti belum dilihat."
    )
    assert revision.revises_id == audit.id
    assert revision.revision_reason == "Bukti belum dilihat."
    assert session.scalars(select(Objection.revision_id)).one() == revision.id
    assert audit.status is Status.sealed  # until the revision is sealed
    with pytest.raises(Refused, match="sedang direvisi"):
        audits.object_to(session, clock, scene, audit, OTHER)
    audits.submit(session, clock, scene, revision)
    audits.seal(session, clock, scene, revision)
    content = json.loads(session.get_one(SealedDocument, revision.id).content)["content"]
    assert content["objection"]["points"] == [ITEM]
    assert content["objection"]["decided_by"] == "Orang pemutus"
    assert content["objection"]["reference"] == audit.reference
    session.expire_all()
    assert session.get_one(Assessment, audit.id).status is Status.revised
    assert session.get_one(SealedDocument, audit.id).content == sealed
    assert list(verify(session)) == []


def test_what_is_withdrawn_can_be_filed_again_within_the_days(session, clock, scene, audit):
    first = audits.object_to(session, clock, scene, audit, ITEM)
    with pytest.raises(NotPermitted):
        withdraw_objection(
            session, scene.actor(session, clock, "verifier"), clock, objection_id=first.id
        )
    institution = scene.actor(session, clock, "institution")
    withdraw_objection(
        session, institution, clock, objection_id=first.id, reason="Sudah dijelaskan."
    )
    with pytest.raises(Refused, match="sudah dicabut"):
        withdraw_objection(session, institution, clock, objection_id=first.id)
    with pytest.raises(Refused, match="sudah dicabut"):
        decide(session, clock, scene, first)
    clock.forward(hours=24)
    second = audits.object_to(session, clock, scene, audit, OTHER)
    assert second.number == 2
    assert second.until == date(2026, 11, 21) + timedelta(days=13)
