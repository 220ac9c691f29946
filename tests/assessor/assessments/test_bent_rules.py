"""Can somebody who wants another result get round the rules: an easier instrument, a team that may
not judge, an exception that gets lost, a signature under something else?"""

from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from typing import ClassVar

import pytest
from sqlalchemy import select

from assessor.access.actor import SYSTEM, Role
from assessor.accounts.models import Position
from assessor.accounts.services import disable_person, end_position
from assessor.assessments.models import (
    Assessment,
    Basis,
    BasisKind,
    Exemption,
    Kind,
    Meaning,
    Mode,
    Operation,
    SignOff,
)
from assessor.assessments.opening.revising import revise_assessment
from assessor.assessments.opening.services import Opening, open_assessment, set_visit
from assessor.assessments.queries import asked_items, seen_on_site
from assessor.assessments.signing.services import submit_assessment, verify_assessment
from assessor.auditees.models import Auditee
from assessor.instruments.queries import get_checklist
from assessor.instruments.services import publish
from assessor.journal.events import Event
from assessor.journal.work import write
from assessor.sentences import NotPermitted, Refused, Stale
from checklists.library import Library
from checklists.model import AuditeeKind
from tests import audits, builders


@pytest.fixture
def scene(session, clock):
    return audits.make_scene(session, clock)


def _open(session, clock, scene, **more):
    wanted = {
        "auditee_id": scene.site.id,
        "kind": Kind.evaluation,
        "mode": Mode.on_site,
        "lead_id": scene.people["assessor"].id,
        "visit_on": clock().date(),
        **more,
    }
    actor = scene.actor(session, clock, "coach")
    opened = open_assessment(session, actor, clock, wanted=Opening(**wanted))
    audits.declare(session, clock, opened)
    return opened


def _publish(session, clock, checklist):
    library = Library({checklist.standard.id: checklist.standard}, {checklist.id: checklist})
    publish(session, SYSTEM, clock, library=library)
    return checklist.fingerprint


def _sealed(session, clock, scene, audit):
    items = asked_items(get_checklist(session, audit.edition), audit)
    audits.score(session, clock, scene, audit, unmet=items)
    audits.submit(session, clock, scene, audit)
    audits.seal(session, clock, scene, audit)


# ---- the instrument ----


def test_an_instrument_for_others_is_not_used(session, clock, scene):
    easy = replace(audits.instrument(24), id="mudah", auditees=(AuditeeKind.unit,))
    with pytest.raises(Refused):
        _open(session, clock, scene, edition=_publish(session, clock, easy))


def test_an_older_edition_is_not_chosen_again(session, clock, scene):
    old = audits.instrument(24).fingerprint
    clock.forward(days=1)
    _publish(session, clock, replace(audits.instrument(24), edition="2027.1"))
    with pytest.raises(Refused):
        _open(session, clock, scene, edition=old)


@pytest.mark.parametrize("edition", ["sha256:00", ""])
def test_an_instrument_that_is_not_there_is_refused(session, clock, scene, edition):
    with pytest.raises(Refused):
        _open(session, clock, scene, edition=edition)


# ---- the team ----


def test_nobody_who_was_disabled_leads(session, clock, scene):
    disable_person(session, SYSTEM, clock, person_id=scene.people["assessor"].id)
    with pytest.raises(Refused):
        _open(session, clock, scene)


@pytest.mark.parametrize(("days", "counts"), [(0, False), (1, True)])
def test_a_position_counts_until_the_day_it_ends(session, clock, scene, days, counts):
    held = session.scalars(
        select(Position).where(Position.person_id == scene.people["assessor"].id)
    ).one()
    on = clock().date() + timedelta(days=days)
    end_position(session, SYSTEM, clock, position_id=held.id, on=on)
    if counts:
        assert _open(session, clock, scene).id
    else:
        with pytest.raises(Refused):
            _open(session, clock, scene)


def test_whoever_leaves_the_operating_office_next_month_is_of_it_today(session, clock, scene):
    _operated_by(session, clock, scene, scene.office)
    held = session.scalars(
        select(Position).where(Position.person_id == scene.people["assessor"].id)
    ).one()
    end_position(
        session, SYSTEM, clock, position_id=held.id, on=clock().date() + timedelta(days=30)
    )
    with pytest.raises(Refused):
        _open(session, clock, scene)


@dataclass(frozen=True, kw_only=True)
class Arranged(Event):
    """A test changed a row."""

    act: ClassVar[str] = "tests.arranged"


def _operated_by(session, clock, scene, office):
    with write(session, SYSTEM, clock) as work:
        session.get_one(Auditee, scene.site.id).operating_office_id = office.id
        work.record(Arranged(subject=scene.site.id))


def test_an_exception_that_was_granted_stands_on_the_revision_too(session, clock, scene):
    _operated_by(session, clock, scene, scene.office)
    audit = _open(session, clock, scene, exempt_reason="Hanya kantor ini yang dekat.")
    _sealed(session, clock, scene, audit)
    revision = revise_assessment(
        session,
        scene.actor(session, clock, "verifier"),
        clock,
        assessment_id=audit.id,
        reason="Salah ketik.",
    )
    (granted,) = session.scalars(
        select(Exemption).where(Exemption.assessment_id == revision.id)
    ).all()
    assert granted.person_id == scene.people["assessor"].id
    assert granted.reason == "Hanya kantor ini yang dekat."


# ---- the signature ----


def test_nothing_is_signed_once_the_day_of_the_visit_was_changed(session, clock, scene):
    audit = _open(session, clock, scene)
    items = asked_items(get_checklist(session, audit.edition), audit)
    audits.score(session, clock, scene, audit, unmet=items)
    audits.arrange(session, clock, scene, audit)
    shown = audits.shown(session, clock, audit)
    actor = scene.actor(session, clock, "assessor")
    earlier = clock().date() - timedelta(days=3)
    set_visit(session, actor, clock, assessment_id=audit.id, visit_on=earlier)
    with pytest.raises(Stale):
        submit_assessment(
            session, actor, clock, assessment_id=audit.id, shown_hash=shown, demo=False
        )
    session.rollback()
    assert not session.scalars(select(SignOff)).all()


def test_a_visit_of_this_morning_counts_at_once(session, clock, scene):
    """05.00 in Jakarta is still yesterday in UTC."""
    clock.set(datetime(2026, 11, 21, 22, 0, tzinfo=UTC))
    audit = _open(session, clock, scene, visit_on=date(2026, 11, 22))
    checklist = get_checklist(session, audit.edition)
    seen = {"add": {"kind": "sighted", "what": "ruang", "where": "", "when": ""}}
    actor = scene.actor(session, clock, "assessor")
    (receipt,) = audits.enter(
        session, clock, actor, audit, [audits.operation(audit, "A-001", "basis", seen)]
    )
    assert receipt.fate == "applied"
    assert "A-001" in seen_on_site(session, audit, checklist, clock().date())


# ---- foreign things in one's own assessment ----


def test_entries_touch_nothing_of_another_assessment(session, clock, scene):
    """Ids of another assessment as base, as conflict to settle, as basis to remove."""
    own = audits.open_audit(session, clock, scene, kind=Kind.self)
    other = _open(session, clock, scene)
    assessor = scene.actor(session, clock, "assessor")
    second = scene.actor(session, clock, "assessor")
    seen = {"add": {"kind": "sighted", "what": "ruang", "where": "", "when": ""}}
    first = audits.operation(other, "A-001", "facts", "satu")
    clash = audits.operation(other, "A-001", "facts", "dua")
    basis = audits.operation(other, "A-001", "basis", seen)
    audits.enter(session, clock, assessor, other, [first, basis])
    (conflict,) = audits.enter(session, clock, second, other, [clash])
    assert conflict.fate == "conflict"
    institution = scene.actor(session, clock, "institution")
    receipts = audits.enter(
        session,
        clock,
        institution,
        own,
        [
            audits.operation(own, "A-001", "facts", "x", first["op_id"]),
            audits.operation(own, "A-001", "facts", "y", settles=[clash["op_id"]]),
            audits.operation(own, "A-001", "basis", {"remove": basis["op_id"]}),
            audits.operation(own, "A-001", "facts", "satu", op_id=first["op_id"]),
        ],
    )
    assert receipts[2].fate == receipts[3].fate == "refused"
    session.rollback()
    assert session.get_one(Operation, clash["op_id"]).settled_by is None
    assert session.get_one(Basis, basis["op_id"]).removed_by is None
    with pytest.raises(NotPermitted):
        audits.enter(session, clock, institution, other, [first])


def test_the_evidence_of_a_rival_is_not_cited(session, clock, scene):
    own = audits.open_audit(session, clock, scene, kind=Kind.self)
    cited = {"add": {"kind": BasisKind.evidence.value, "evidence": "a" * 26}}
    (receipt,) = audits.enter(
        session,
        clock,
        scene.actor(session, clock, "institution"),
        own,
        [audits.operation(own, "A-001", "basis", cited)],
    )
    assert receipt.fate == "refused"


# ---- one after the other ----


def test_no_step_is_skipped_or_taken_twice(session, clock, scene):
    audit = _open(session, clock, scene)
    items = asked_items(get_checklist(session, audit.edition), audit)
    audits.score(session, clock, scene, audit, unmet=items)
    verifier = scene.actor(session, clock, "verifier")
    shown = audits.shown(session, clock, audit)

    def verify():
        verify_assessment(
            session,
            verifier,
            clock,
            assessment_id=audit.id,
            shown_hash=audits.shown(session, clock, audit),
            demo=False,
        )

    with pytest.raises(Refused):
        verify()
    audits.submit(session, clock, scene, audit)
    with pytest.raises(Refused):
        audits.submit(session, clock, scene, audit)
    with pytest.raises(Refused):  # nobody has checked it yet
        verify()
    audits.check(session, clock, scene, audit)
    with pytest.raises(Refused):
        audits.check(session, clock, scene, audit)
    with pytest.raises(Stale):
        verify_assessment(
            session, verifier, clock, assessment_id=audit.id, shown_hash=shown, demo=False
        )
    with pytest.raises(Refused, match="butir wajib belum Anda lihat"):
        verify()
    audits.see_all(session, clock, scene, audit, "verifier")
    verify()
    with pytest.raises(Refused):
        verify()
    meanings = session.scalars(select(SignOff.meaning)).all()
    assert sorted(meanings) == [Meaning.checks, Meaning.submits, Meaning.verifies]


def test_whoever_judged_does_not_verify(session, clock, scene):
    centre = builders.make_office(session, clock)
    builders.give_position(
        session,
        SYSTEM,
        clock,
        person_id=scene.people["assessor"].id,
        role=Role.directorate,
        office_id=centre.id,
    )
    audit = _open(session, clock, scene)
    items = asked_items(get_checklist(session, audit.edition), audit)
    audits.score(session, clock, scene, audit, unmet=items)
    audits.submit(session, clock, scene, audit)
    audits.check(session, clock, scene, audit)
    with pytest.raises(Refused, match="Yang menilai tidak boleh memverifikasi"):
        verify_assessment(
            session,
            scene.actor(session, clock, "assessor"),
            clock,
            assessment_id=audit.id,
            shown_hash=audits.shown(session, clock, audit),
            demo=False,
            exempt_reason="Saya buru-buru.",
        )
    session.rollback()
    assert session.get_one(Assessment, audit.id).status == "checked"
