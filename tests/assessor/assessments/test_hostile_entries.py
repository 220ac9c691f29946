"""What becomes of entries that no page of ours would send? Each is refused by itself, with a
sentence; the others of the batch are kept."""

import json

import pytest
from sqlalchemy import select

from assessor.assessments.checklist.recording import apply_operations
from assessor.assessments.models import Basis, Operation
from assessor.assessments.opening.revising import revise_assessment
from tests import audits

SIGHTED = {"kind": "sighted", "what": "ruang", "where": "", "when": ""}


@pytest.fixture
def scene(session, clock):
    return audits.make_scene(session, clock)


@pytest.fixture
def audit(session, clock, scene):
    return audits.open_audit(session, clock, scene)


@pytest.fixture
def enter(session, clock, scene, audit):
    """Sends one entry as the lead of the team, between two honest ones."""

    def enter(**said):
        before, after = (
            audits.operation(audit, "A-001", "facts", "satu"),
            audits.operation(audit, "A-002", "facts", "dua"),
        )
        hostile = {**audits.operation(audit, "A-003", "facts", "tiga"), **said}
        # as it comes over the wire
        raw = json.loads(json.dumps([before, hostile, after]))
        actor = scene.actor(session, clock, "assessor")
        receipts = apply_operations(session, actor, clock, assessment_id=audit.id, raw=raw)
        assert receipts[0].fate == receipts[2].fate == "applied"
        return receipts[1]

    return enter


@pytest.mark.parametrize(
    "said",
    [
        {"device": "\ud800"},
        {"device": "nama klien: Budi"},
        {"device": "a\0b"},
        {"device": "x" * 65},
        {"at": "\ud800"},
        {"at": "kemarin sore di ruang Budi"},
        {"at": "a\0b"},
        {"item": "A-003\0"},
        {"item": "\ud800"},
        {"edition": "\ud800"},
        {"op_id": "\ud800\ud800\ud800\ud800\ud800\ud800\ud800\ud800"},
        {"base_op": ["a"]},
        {"field": {}},
        {"field": ["facts"]},
        {"seq": "1"},
        {"seq": True},
        {"value": "a\0b"},
        {"value": ["a"]},
        {"value": 1.5},
        {"settles": ["abcdefgh"] * 51},
        {"settles": [1]},
        {"settles": "abcdefgh"},
        {"field": "choice", "value": "٢"},
        {"field": "basis", "value": {"add": {"kind": []}}},
        {"field": "basis", "value": {"add": {"kind": {}}}},
        {"field": "basis", "value": {"add": {"kind": "sighted", "what": "a\0b"}}},
        {"field": "basis", "value": {"add": {"kind": "evidence", "evidence": ["a"]}}},
        {"field": "basis", "value": {"add": {"kind": "interviews", "kinds": {"a\0b": 1}}}},
        {"field": "basis", "value": {"add": {"kind": "interviews", "kinds": {"\ud800": 1}}}},
        {"field": "basis", "value": {"add": {"kind": "sample", "register": 1.5}}},
        {"field": "basis", "value": {"add": {"kind": "sample", "register": 10**4000}}},
        {"field": "basis", "value": {"remove": ["a"]}},
        {"field": "basis", "value": {}},
    ],
    ids=lambda said: ascii(said)[:50],
)
def test_a_broken_entry_is_refused_alone(enter, said):
    receipt = enter(**said)
    assert receipt.fate == "refused"
    assert receipt.sentence is not None


def test_half_an_emoji_costs_itself_and_not_the_text(session, enter):
    receipt = enter(value="ruang rapi \ud83d")
    assert receipt.fate == "applied"
    assert receipt.value == "ruang rapi \ufffd"


def test_a_basis_keeps_what_was_understood_and_nothing_else(session, enter):
    value = {"add": {**SIGHTED, "junk": "x" * 50_000}, "more": ["x" * 50_000]}
    receipt = enter(field="basis", value=value)
    assert receipt.fate == "applied"
    kept = session.get_one(Operation, receipt.op_id).value
    assert json.loads(kept) == {"add": SIGHTED}


def test_a_basis_that_a_revision_brought_along_is_not_written_over(session, clock, scene, audit):
    audits.score(session, clock, scene, audit, evidence_id=None, unmet=_all_items(session, audit))
    seen = audits.operation(audit, "A-001", "basis", {"add": SIGHTED})
    audits.enter(session, clock, scene.actor(session, clock, "assessor"), audit, [seen])
    audits.submit(session, clock, scene, audit)
    audits.seal(session, clock, scene, audit)
    revision = revise_assessment(
        session,
        scene.actor(session, clock, "verifier"),
        clock,
        assessment_id=audit.id,
        reason="Salah hitung.",
    )
    brought = session.scalars(select(Basis).where(Basis.assessment_id == revision.id)).one()
    other = {**SIGHTED, "what": "lain"}
    clash = audits.operation(revision, "A-001", "basis", {"add": other}, op_id=brought.op_id)
    (receipt,) = audits.enter(
        session, clock, scene.actor(session, clock, "assessor"), revision, [clash]
    )
    assert receipt.fate == "refused"
    session.rollback()
    assert session.get_one(Basis, brought.op_id).detail["what"] == "ruang"


def _all_items(session, audit):
    from assessor.assessments.queries import asked_items
    from assessor.instruments.queries import get_checklist

    return list(asked_items(get_checklist(session, audit.edition), audit))
