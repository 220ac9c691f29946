"""From opening an audit to its report, by the real services: what was entered is what is printed."""

from io import BytesIO

from flask import Flask
from sqlalchemy.orm import Session

from assessor.assessments.models import Kind, Status
from assessor.evidence.declaration import CURRENT
from assessor.evidence.models import EvidenceKind
from assessor.evidence.services import hand_in
from assessor.journal.checkpoints import load_signer
from assessor.reports.queries import get_sealed
from assessor.reports.reading import groups
from assessor.reports.services import issue_report, remake
from tests import audits
from tests.assessor.reports.sample import make_content, make_pdf, picture
from tests.assessor.reports.test_paper import read
from tests.conftest import StandingClock


def test_what_was_judged_is_what_is_printed(
    app: Flask, session: Session, clock: StandingClock
) -> None:
    store = app.extensions["assessor_store"]
    signer = load_signer(app.extensions["assessor_settings"].checkpoint_key, create=True)
    scene = audits.make_scene(session, clock)
    handed = hand_in(
        session,
        scene.actor(session, clock, "institution"),
        clock,
        store=store,
        limit=10**6,
        auditee_id=scene.site.id,
        stream=BytesIO(picture(1)),
        name="papan.jpg",
        title="Papan jadwal",
        stands_for=None,
        kind=EvidenceKind.photo,
        declaration=CURRENT,
    )
    pages = []
    for kind in (Kind.self, Kind.evaluation):
        assessment = audits.open_audit(session, clock, scene, kind=kind)
        audits.score(session, clock, scene, assessment, evidence_id=handed.evidence_id)
        audits.submit(session, clock, scene, assessment)
        if kind is Kind.evaluation:
            audits.seal(session, clock, scene, assessment)
        session.refresh(assessment)
        assert assessment.status is Status.sealed
        for language in ("id", "en"):
            issued = issue_report(
                session,
                scene.actor(session, clock, "institution"),
                clock,
                store=store,
                signer=signer,
                assessment_id=assessment.id,
                language=language,
                base_url="https://asesor.contoh.go.id",
            )
            with store.open(issued.digest) as file:
                kept = file.read()
            assert remake(session, store, issued) == kept
            pages.append(read(kept))
        clock.forward(hours=1)
    indonesian, english = " ".join(pages[2]), " ".join(pages[3])
    sealed = get_sealed(session, assessment.id)
    assert sealed is not None
    for item in sealed.content["items"]:
        assert f"{item['item']} ·" in indonesian
        assert f"Fakta {item['item']}" in indonesian
    assert "Rumah Kenari" in indonesian
    assert "dilihat di tempat, tidak disalin: ruang (lantai 1)" in indonesian
    assert "B-01 · Papan jadwal" in indonesian
    assert "tanpa gambar" not in indonesian
    assert "Orang assessor" in indonesian
    assert "Mandiri: " in indonesian
    for whole in (indonesian, english):
        assert "cannot be printed" not in whole
        assert "tidak dapat dicetak" not in whole
    for said in (
        "Kunjungan dan penutupan",
        "ST/117/CONTOH/2026",
        "Pernyataan konflik kepentingan",
        "Pertemuan penutupan",
        "Ruang rapat Rumah Kenari",
        "Hasil sementara ke-1",
        "Layanan berjalan baik",
        "Tidak ada yang berubah sejak hasil sementara dibekukan.",
    ):
        assert said in indonesian, said
    assert "Kunjungan dan penutupan" not in " ".join(pages[0])  # a self-assessment has no visit
    assert "Hasil menurut lembaga sendiri" in pages[0][0]
    assert "Result as the institution sees it" in pages[1][0]


def test_what_changed_after_the_closing_is_printed_with_who_and_when(
    app: Flask, session: Session, clock: StandingClock
) -> None:
    store = app.extensions["assessor_store"]
    scene = audits.make_scene(session, clock, items=12)
    audit = audits.open_audit(session, clock, scene)
    audits.score(session, clock, scene, audit, unmet=audits.needing_citation(session, audit))
    closing = audits.close(session, clock, scene, audit)
    state = audits.judge(session, audit, clock().date()).state
    answer = next(each for each in state.answers.values() if each.choice == "2")
    audits.enter(
        session,
        clock,
        scene.actor(session, clock, "assessor2"),
        audit,
        [audits.operation(audit, answer.item, "facts", "Dihitung ulang.", answer.facts_op)],
    )
    audits.submit(session, clock, scene, audit)
    audits.seal(session, clock, scene, audit)
    issued = issue_report(
        session,
        scene.actor(session, clock, "verifier"),
        clock,
        store=store,
        signer=load_signer(app.extensions["assessor_settings"].checkpoint_key, create=True),
        assessment_id=audit.id,
        language="id",
        base_url="https://asesor.contoh.go.id",
    )
    with store.open(issued.digest) as file:
        whole = " ".join(read(file.read()))
    assert "Semua yang berbeda dari hasil sementara ke-1." in whole
    assert f"{answer.item} · fakta · Orang assessor2, 21 Nov 2026" in whole
    assert f"Saat dibekukan Fakta {answer.item}" in whole
    assert "Sekarang Dihitung ulang." in whole
    assert groups(closing.root) in whole


def test_what_was_sealed_before_there_were_visits_has_no_such_chapter() -> None:
    assert "Kunjungan dan penutupan" not in " ".join(read(make_pdf(make_content())))
