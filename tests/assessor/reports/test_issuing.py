import hashlib
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select, text
from sqlalchemy.exc import NoResultFound
from sqlalchemy.orm import Session

from assessor import __version__
from assessor.assessments.models import SealedDocument
from assessor.journal.checkpoints import load_signer, statement
from assessor.journal.models import JournalCheckpoint, JournalEntry
from assessor.journal.verify import verify
from assessor.reports import services
from assessor.reports.models import IssuedReport
from assessor.reports.queries import kept_digests, reports_of
from assessor.reports.reading import groups
from assessor.reports.services import issue_report, remake
from assessor.sentences import NotPermitted, Refused
from tests import audits
from tests.assessor.reports.sealed import BASE_URL, World
from tests.assessor.reports.test_paper import read
from tests.builders import actor_for
from tests.conftest import StandingClock


def test_a_report_is_kept_recorded_and_says_what_was_sealed(world: World) -> None:
    assessment = world.seal("NILAI-2026-0117")
    issued = world.issue(assessment)
    data = world.bytes_of(issued)
    assert hashlib.sha256(data).hexdigest() == issued.digest
    assert (issued.size, issued.version, issued.language) == (len(data), __version__, "id")
    assert issued.check_url == f"{BASE_URL}/check/{issued.code}"
    pages = read(data)
    root = world.session.get_one(SealedDocument, assessment).root
    assert groups(root) in pages[-1]
    assert issued.code in pages[0]
    assert "Keputusan" in pages[0]
    assert " ".join(pages).count("tanpa gambar") == 0


def test_the_issue_stands_in_the_journal_and_the_journal_is_whole(world: World) -> None:
    issued = world.issue(world.seal("NILAI-2026-0117"))
    entry = world.session.execute(
        select(JournalEntry).where(JournalEntry.act == "reports.issued")
    ).scalar_one()
    assert entry.subject_id == issued.id
    assert entry.auditee_id == world.site.id
    assert issued.digest in entry.body
    assert list(verify(world.session)) == []


def test_the_checkpoint_on_the_report_is_signed_and_not_older_than_the_seal(world: World) -> None:
    assessment = world.seal("NILAI-2026-0117")
    issued = world.issue(assessment)
    checkpoint = world.session.get_one(JournalCheckpoint, issued.checkpoint_id)
    assert checkpoint.seq >= world.session.get_one(SealedDocument, assessment).journal_seq
    signed = statement(
        seq=checkpoint.seq, head=checkpoint.head, root=checkpoint.root, at=checkpoint.at
    )
    world.signer.key.public_key().verify(bytes.fromhex(checkpoint.signature), signed)
    last = read(world.bytes_of(issued))[-1]
    assert groups(checkpoint.head) in last
    assert groups(checkpoint.signature) in last


def test_a_report_issued_again_is_the_one_that_is_there(world: World) -> None:
    assessment = world.seal("NILAI-2026-0117")
    first = world.issue(assessment)
    assert world.issue(assessment).id == first.id
    assert len(reports_of(world.session, assessment)) == 1


def test_each_language_has_its_own_report_and_code(world: World) -> None:
    assessment = world.seal("NILAI-2026-0117")
    indonesian, english = world.issue(assessment), world.issue(assessment, "en")
    assert indonesian.code != english.code
    assert [each.language for each in reports_of(world.session, assessment)] == ["id", "en"]
    assert "Item" not in read(world.bytes_of(indonesian))[1]
    assert "Summary of results" in read(world.bytes_of(english))[1]
    assert set(kept_digests(world.session)) == {indonesian.digest, english.digest}


def test_a_report_made_again_is_the_same_to_the_byte(world: World) -> None:
    issued = world.issue(world.seal("NILAI-2026-0117"))
    kept = world.bytes_of(issued)
    world.issue(world.seal("NILAI-2026-0200"))  # the journal has gone on
    assert remake(world.session, world.store, issued) == kept


def test_what_is_not_sealed_has_no_report(
    app: Flask, session: Session, clock: StandingClock
) -> None:
    scene = audits.make_scene(session, clock)
    assessment = audits.open_audit(session, clock, scene)
    with pytest.raises(Refused, match="setelah penilaian dikunci"):
        issue_report(
            session,
            scene.actor(session, clock, "coach"),
            clock,
            store=app.extensions["assessor_store"],
            signer=load_signer(app.extensions["assessor_settings"].checkpoint_key, create=True),
            assessment_id=assessment.id,
            language="id",
            base_url=BASE_URL,
        )


def test_what_is_not_there_and_what_is_no_language_is_refused(world: World) -> None:
    assessment = world.seal("NILAI-2026-0117")
    with pytest.raises(NoResultFound):
        world.issue("unknown")
    with pytest.raises(Refused, match="Pilih salah satu"):
        world.issue(assessment, "fr")


def test_who_may_not_see_the_assessment_gets_no_report_of_it(world: World) -> None:
    assessment = world.seal("NILAI-2026-0117")
    with pytest.raises(NotPermitted):
        issue_report(
            world.session,
            actor_for(world.session, world.clock, world.stranger),
            world.clock,
            store=world.store,
            signer=world.signer,
            assessment_id=assessment,
            language="id",
            base_url=BASE_URL,
        )
    assert list(kept_digests(world.session)) == []


def test_altered_sealed_bytes_are_not_printed(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    assessment = world.seal("NILAI-2026-0117")
    document = world.session.get_one(SealedDocument, assessment)
    altered = document.content.replace(b"belum_memenuhi", b"memenuhi", 1)
    connection = world.session.connection()
    if connection.dialect.name == "sqlite":
        names = connection.execute(
            text("SELECT name FROM sqlite_master WHERE type='trigger' AND tbl_name=:table"),
            {"table": "sealed_document"},
        ).scalars()
        for name in list(names):
            connection.execute(text(f'DROP TRIGGER "{name}"'))
    else:
        connection.execute(text("ALTER TABLE sealed_document DISABLE TRIGGER USER"))
    connection.execute(
        text("UPDATE sealed_document SET content=:content WHERE assessment_id=:id"),
        {"content": altered, "id": assessment},
    )
    connection.commit()
    world.session.expire_all()
    with pytest.raises(Refused, match="tidak cocok dengan akarnya"):
        world.issue(assessment)


def test_nothing_is_locked_while_the_paper_is_made(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    assessment = world.seal("NILAI-2026-0117")
    seen: list[bool] = []
    real = services.render

    def watched(*given: Any, **more: Any) -> bytes:
        seen.append(world.session.in_transaction())
        return real(*given, **more)

    monkeypatch.setattr(services, "render", watched)
    world.issue(assessment)
    assert seen == [False]


def test_two_who_issue_at_once_get_the_same_report(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    assessment = world.seal("NILAI-2026-0117")
    real = services.render
    inner: list[IssuedReport] = []

    def overtaken(*given: Any, **more: Any) -> bytes:
        if not inner:
            monkeypatch.setattr(services, "render", real)
            inner.append(world.issue(assessment))
        return real(*given, **more)

    monkeypatch.setattr(services, "render", overtaken)
    assert world.issue(assessment).id == inner[0].id
