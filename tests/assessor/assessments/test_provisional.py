"""A decision that waits for somebody to be there says what was not seen, within which time, and
that it opens nothing: where it is signed, on the result, in the sealed bytes."""

import json
from datetime import timedelta

import pytest

from assessor.assessments.document.provisional import (
    decision_document,
    waiting_facts,
    waiting_items,
)
from assessor.assessments.models import Assessment, Kind, Mode, SealedDocument
from checklists.decision import Outcome, ReasonCode
from checklists.model import Critical
from tests import audits
from tests.assessor.test_every_route import _hand_in as hand_in_photo


@pytest.fixture
def scene(session, clock):
    return audits.make_scene(session, clock)


@pytest.fixture
def make_audit(app, session, clock, scene):
    """Makes an assessment in which everything is met, cited where a citation is required."""

    def make(*, kind: Kind = Kind.baseline, mode: Mode = Mode.online) -> Assessment:
        photo = hand_in_photo(app, session, clock, scene)
        found = audits.open_audit(session, clock, scene, kind=kind, mode=mode)
        audits.score(session, clock, scene, found, evidence_id=photo)
        audits.submit(session, clock, scene, found)
        return found

    return make


def sealed_decision(session, found):
    return json.loads(session.get_one(SealedDocument, found.id).content)["content"]["decision"]


def test_what_is_judged_from_afar_is_named_with_the_days_in_the_seal(
    session, clock, scene, make_audit
):
    found = make_audit()
    judged = audits.judge(session, found, clock().date())
    afar = tuple(
        item.id
        for item in judged.asked.values()
        if item.critical is not Critical.no and item.needs_site
    )
    audits.seal(session, clock, scene, found)
    decision = sealed_decision(session, found)
    assert decision["outcome"] == Outcome.provisional
    assert waiting_items(decision) == afar != ()
    assert decision["on_site_days"] == judged.checklist.days.on_site


def test_whoever_signs_and_whoever_reads_is_told_in_plain_words(
    session, clock, scene, make_audit, as_person
):
    found = make_audit()
    judged = audits.judge(session, found, clock().date())
    unseen = waiting_items(decision_document(judged))
    told = (
        "Belum dilihat di tempat",
        f"{len(unseen)} butir kritis: {', '.join(unseen)}",
        f"dalam {judged.checklist.days.on_site} hari sebelum keputusan",
        "Tahap yang terbuka",
        "Baru dapat diputuskan sesudah tim penilai melihat semuanya di tempat.",
    )
    page = as_person(scene.people["checker"]).get(f"/assessments/{found.id}/check").text
    assert [said for said in told if said not in page] == []
    audits.seal(session, clock, scene, found)
    reader = as_person(scene.people["institution"])
    page = reader.get(f"/assessments/{found.id}/result").text
    assert [said for said in told if said not in page] == []
    reader.get("/").form("English").submit()
    english = reader.get(f"/assessments/{found.id}/result").text
    assert f"Critical items ({len(unseen)}): {', '.join(unseen)}" in english


def test_nothing_waits_where_the_team_was_there(session, clock, scene, make_audit):
    found = make_audit(mode=Mode.on_site)
    audits.seal(session, clock, scene, found)
    decision = sealed_decision(session, found)
    assert decision["outcome"] != Outcome.provisional
    assert decision["on_site_days"] is None
    assert waiting_facts("id", decision) == ()


def test_a_visit_longer_ago_than_the_days_no_longer_counts(session, clock, scene, make_audit):
    visited = make_audit(mode=Mode.on_site)
    audits.seal(session, clock, scene, visited)
    days = audits.judge(session, visited, clock().date()).checklist.days.on_site
    later = audits.open_audit(session, clock, scene, kind=Kind.evaluation, mode=Mode.online)
    audits.score(session, clock, scene, later)
    last = visited.visit_on + timedelta(days=days)
    in_time = decision_document(audits.judge(session, later, last))
    too_late = decision_document(audits.judge(session, later, last + timedelta(days=1)))
    assert waiting_items(in_time) == ()
    assert too_late["outcome"] == Outcome.provisional
    assert waiting_items(too_late) != ()


def test_another_decision_waits_for_nothing_whatever_its_causes_are():
    assert waiting_facts("id", document("belum_memenuhi")) == ()


def test_what_was_sealed_before_the_days_were_kept_is_still_told():
    told = waiting_facts("en", document("sementara"))
    assert [(fact.value, fact.note) for fact in told] == [
        ("Critical items (1): A-001", ""),
        ("None", "It can be decided once an assessment team has seen all of them on site."),
    ]


def document(outcome):
    """A decision as it was sealed before the days were kept."""
    reason = {"code": ReasonCode.not_seen_on_site.value, "item": "A-001"}
    return {"outcome": outcome, "reasons": [reason | {"values": {"methods": "O W"}}], "unmet": 0}
