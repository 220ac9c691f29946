"""Does everything happen once, and in one order, when people act at the same moment?"""

import threading
from datetime import UTC, datetime

import pytest
from sqlalchemy import create_engine, func, select
from sqlalchemy.orm import Session

from assessor.assessments.checklist.recording import apply_operations
from assessor.assessments.models import (
    Answer,
    Assessment,
    Operation,
    SealedDocument,
    SignOff,
    Status,
)
from assessor.assessments.opening.services import Opening, open_assessment
from assessor.assessments.queries import asked_items
from assessor.assessments.seal import open_seal
from assessor.assessments.signing.services import submit_assessment, verify_assessment
from assessor.database.engine import prepare_engine
from assessor.database.migrate import upgrade
from assessor.instruments.queries import get_checklist
from assessor.journal.verify import verify
from assessor.sentences import Refused, Stale
from tests import audits

NOW = datetime(2026, 11, 21, 5, 0, tzinfo=UTC)
MANY = 6


def clock():
    return NOW


@pytest.fixture
def shared(engine, tmp_path):
    """An engine that threads can share: a file where the tests' database is in memory."""
    if engine.dialect.name == "postgresql":
        yield engine
        return
    own = create_engine(f"sqlite:///{tmp_path / 'work.db'}")
    prepare_engine(own)
    upgrade(own)
    yield own
    own.dispose()


@pytest.fixture
def session(shared):
    with Session(shared, autoflush=False) as session:
        yield session


@pytest.fixture
def scene(session):
    return audits.make_scene(session, clock, items=8)


def at_once(engine, acts):
    """Each act in a thread and a session of its own; what came of them, in their order."""
    outcomes, ready = [None] * len(acts), threading.Barrier(len(acts))

    def run(number, act):
        with Session(engine, autoflush=False) as session:
            ready.wait()
            try:
                outcomes[number] = act(session)
            except (Refused, Stale) as refused:
                outcomes[number] = refused

    threads = [threading.Thread(target=run, args=(number, act)) for number, act in enumerate(acts)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return outcomes


def unrefused(outcomes):
    return [each for each in outcomes if not isinstance(each, Refused)]


def journal_holds(engine):
    with Session(engine, autoflush=False) as session:
        return not list(verify(session))


@pytest.fixture
def filled(session, scene):
    """An assessment that can be submitted."""
    audit = audits.open_audit(session, clock, scene)
    items = asked_items(get_checklist(session, audit.edition), audit)
    audits.score(session, clock, scene, audit, unmet=items)
    audits.arrange(session, clock, scene, audit)
    return audit


def test_one_of_many_submissions_counts(shared, session, scene, filled):
    shown, actor = audits.shown(session, clock, filled), scene.actor(session, clock, "assessor")
    audit_id = filled.id
    session.rollback()

    def submit(own):
        submit_assessment(own, actor, clock, assessment_id=audit_id, shown_hash=shown, demo=False)

    assert len(unrefused(at_once(shared, [submit] * MANY))) == 1
    assert session.scalar(select(func.count()).select_from(SignOff)) == 1
    session.rollback()
    assert journal_holds(shared)


def test_one_of_many_verifications_seals(shared, session, scene, filled):
    audits.submit(session, clock, scene, filled)
    audits.check(session, clock, scene, filled)
    audits.see_all(session, clock, scene, filled)
    shown, actor = audits.shown(session, clock, filled), scene.actor(session, clock, "verifier")
    audit_id = filled.id
    session.rollback()

    def seal(own):
        return verify_assessment(
            own, actor, clock, assessment_id=audit_id, shown_hash=shown, demo=False
        )

    (root,) = unrefused(at_once(shared, [seal] * MANY))
    document = session.scalars(select(SealedDocument)).one()
    assert open_seal(document.content, root)
    session.rollback()
    assert journal_holds(shared)


def test_one_of_many_openings_opens(shared, session, scene):
    actor = scene.actor(session, clock, "coach")
    wanted = Opening(
        auditee_id=scene.site.id,
        kind=audits.Kind.evaluation,
        mode=audits.Mode.on_site,
        lead_id=scene.people["assessor"].id,
    )
    session.rollback()

    def open_it(own):
        return open_assessment(own, actor, clock, wanted=wanted)

    assert len(unrefused(at_once(shared, [open_it] * MANY))) == 1


def test_an_entry_that_comes_several_times_at_once_counts_once(shared, session, scene, filled):
    said = audits.operation(filled, "A-001", "recommendation", "Perbaiki.")
    actor, audit_id = scene.actor(session, clock, "assessor"), filled.id
    session.rollback()

    def enter(own):
        (receipt,) = apply_operations(own, actor, clock, assessment_id=audit_id, raw=[said])
        return receipt.fate

    assert sorted(at_once(shared, [enter] * MANY)) == ["applied"] + ["repeated"] * (MANY - 1)


def test_what_is_entered_during_a_submission_is_signed_or_parked(shared, session, scene, filled):
    """Never in between: either the signer is told to look again, or the entry waits."""
    shown, actor = audits.shown(session, clock, filled), scene.actor(session, clock, "assessor")
    second, audit_id = scene.actor(session, clock, "assessor2"), filled.id
    entries = [
        audits.operation(filled, "B-002", "recommendation", f"Saran {number}.")
        for number in range(MANY)
    ]
    session.rollback()

    def submit(own):
        submit_assessment(own, actor, clock, assessment_id=audit_id, shown_hash=shown, demo=False)
        return "submitted"

    def entering(said):
        def enter(own):
            (receipt,) = apply_operations(own, second, clock, assessment_id=audit_id, raw=[said])
            return receipt.fate

        return enter

    submitted, *fates = at_once(shared, [submit, *map(entering, entries)])
    answer = session.get_one(Answer, (audit_id, "B-002"))
    status = session.get_one(Assessment, audit_id).status
    kept = session.scalar(
        select(func.count()).where(Operation.op_id.in_([each["op_id"] for each in entries]))
    )
    assert kept == MANY
    if submitted == "submitted":
        assert status is Status.submitted
        assert set(fates) == {"parked"}
        assert answer.recommendation is None
    else:
        assert status is Status.in_progress
        assert fates.count("applied") == 1
        assert answer.recommendation in {each["value"] for each in entries}
    session.rollback()
    assert journal_holds(shared)
