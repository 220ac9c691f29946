"""What the result says, where it is read from, and that pages ask as much for many as for few."""

import json
from collections.abc import Callable

import pytest
from sqlalchemy import select, text
from sqlalchemy.orm import Session

from assessor.accounts.models import Person
from assessor.assessments.models import Assessment, Kind, SealedDocument
from assessor.assessments.queries import asked_items
from assessor.instruments.queries import get_checklist
from tests import audits, builders
from tests.client import PageClient
from tests.conftest import StandingClock

AsPerson = Callable[[Person], PageClient]


def required(session: Session, audit: Assessment) -> tuple[str, ...]:
    asked = asked_items(get_checklist(session, audit.edition), audit)
    return tuple(item.id for item in asked.values() if item.citation.value == "required")


def make_audit(
    session: Session,
    clock: StandingClock,
    scene: audits.Scene,
    *,
    kind: Kind = Kind.evaluation,
    sealed: bool = True,
) -> Assessment:
    audit = audits.open_audit(session, clock, scene, kind=kind)
    audits.score(session, clock, scene, audit, unmet=required(session, audit))
    if sealed:
        audits.submit(session, clock, scene, audit)
        if kind is not Kind.self:
            audits.seal(session, clock, scene, audit)
    return audit


def test_a_sealed_result_is_read_from_its_bytes_alone(
    session: Session, clock: StandingClock, as_person: AsPerson
) -> None:
    scene = audits.make_scene(session, clock)
    make_audit(session, clock, scene, kind=Kind.self)
    audit = make_audit(session, clock, scene)
    content = json.loads(session.get_one(SealedDocument, audit.id).content)["content"]
    reader = as_person(scene.people["institution"])
    before = reader.get(f"/assessments/{audit.id}/result")
    answers = reader.get(f"/assessments/{audit.id}/answers")
    # live rows change behind everybody's back; what was sealed is what is shown
    from assessor.database.engine import taking_the_write_lock

    session.rollback()
    with taking_the_write_lock():
        session.execute(text("UPDATE auditee SET name = 'Nama Lain'"))
        session.execute(text("UPDATE person SET name = 'Orang Lain' WHERE name = 'Orang assessor'"))
        session.commit()
    after = reader.get(f"/assessments/{audit.id}/result")
    assert after.text == before.text
    assert reader.get(f"/assessments/{audit.id}/answers").text == answers.text
    assert "Orang assessor" in after.text
    assert session.get_one(SealedDocument, audit.id).root in after.text
    assert "Hitungan saat ini" not in after.text
    for reason in content["decision"]["reasons"]:
        if reason["item"]:
            assert reason["item"] in after.text
            hrefs = after.links().values()
            assert f"/assessments/{audit.id}/answers#item-{reason['item']}" in hrefs
    total = content["results"]["total"]
    assert f"({total['n'].removesuffix('/1')} dari {total['d'].removesuffix('/1')})" in after.text
    assert "Penilaian mandiri" in after.text  # beside it
    for item in content["items"]:
        assert item["item"] in answers.text
        assert item["facts"] in answers.text


def test_an_open_result_is_computed_now_and_says_so(
    session: Session, clock: StandingClock, as_person: AsPerson
) -> None:
    scene = audits.make_scene(session, clock)
    audit = audits.open_audit(session, clock, scene)
    lead = as_person(scene.people["assessor"])
    page = lead.get(f"/assessments/{audit.id}/result")
    assert "Hasil ini masih dapat berubah" in page.text
    assert "Belum lengkap" in page.text
    assert "Laporan" not in page.text.split("Keterangan")[0]
    page = lead.get(f"/assessments/{audit.id}/answers")
    assert "BD belum dinilai" in page.text
    as_person(scene.people["institution"]).get(f"/assessments/{audit.id}/result", status=404)


def test_a_broken_seal_is_not_shown(
    session: Session,
    clock: StandingClock,
    as_person: AsPerson,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    from assessor.assessments.document import told
    from assessor.assessments.seal import BrokenSeal

    scene = audits.make_scene(session, clock)
    audit = make_audit(session, clock, scene)

    def broken(_content: bytes, _root: str) -> None:
        raise BrokenSeal("altered")

    monkeypatch.setattr(told, "open_seal", broken)
    reader = as_person(scene.people["verifier"])
    page = reader.get(f"/assessments/{audit.id}/result", status=400)
    assert "tidak cocok dengan akarnya" in page.text


def test_an_earlier_open_finding_is_named_and_linked(
    session: Session, clock: StandingClock, as_person: AsPerson
) -> None:
    scene = audits.make_scene(session, clock)
    first = audits.open_audit(session, clock, scene, kind=Kind.baseline)
    asked = asked_items(get_checklist(session, first.edition), first)
    hard = [item.id for item in asked.values() if item.critical.value == "hard"]
    audits.score(session, clock, scene, first, unmet={*required(session, first), *hard})
    audits.submit(session, clock, scene, first)
    audits.seal(session, clock, scene, first)
    second = audits.open_audit(session, clock, scene)
    page = as_person(scene.people["coach"]).get(f"/assessments/{second.id}/result")
    words = [each for each in page.links() if "masih terbuka" in each]
    assert words
    assert page.links()[words[0]].startswith(f"/assessments/{first.id}/findings#finding-")
    assert "tidak terpenuhi" not in page.text


PAGES = ("", "/findings", "/result", "/answers")


def _sizes(
    session: Session, clock: StandingClock, as_person: AsPerson, counted: Callable, items: int
) -> dict[str, int]:
    scene = audits.make_scene(session, clock, items=items)
    make_audit(session, clock, scene, kind=Kind.self)
    sealed = make_audit(session, clock, scene, kind=Kind.baseline)
    submitted = audits.open_audit(session, clock, scene, kind=Kind.periodic)
    audits.score(session, clock, scene, submitted, unmet=required(session, submitted))
    audits.submit(session, clock, scene, submitted)
    checked = audits.open_audit(session, clock, scene, kind=Kind.baseline)
    audits.score(session, clock, scene, checked, unmet=required(session, checked))
    audits.submit(session, clock, scene, checked)
    audits.check(session, clock, scene, checked)
    opened = make_audit(session, clock, scene, sealed=False)
    found: dict[str, int] = {}
    asks = [("verifier", sealed, page) for page in PAGES]
    asks += [("assessor", opened, page) for page in (*PAGES, "/submit")]
    asks += [("checker", submitted, page) for page in (*PAGES, "/check")]
    asks += [("verifier", checked, page) for page in (*PAGES, "/verify")]
    for who, audit, page in asks:
        browser = as_person(scene.people[who])
        path = f"/assessments/{audit.id}{page}"
        browser.get(path)
        with counted() as statements:
            browser.get(path)
        found[f"{who} {audit.kind} {audit.status} {page}"] = len(statements)
    return found


def test_every_page_asks_as_much_for_many_items_as_for_few(
    app: object,
    session: Session,
    clock: StandingClock,
    as_person: AsPerson,
    counted: Callable,
) -> None:
    few = _sizes(session, clock, as_person, counted, 16)
    many = _sizes(session, clock, as_person, counted, 96)
    assert many == few
    assert max(many.values()) <= 40, many


def test_reading_a_page_changes_nothing(
    session: Session, clock: StandingClock, as_person: AsPerson
) -> None:
    from assessor.journal.models import JournalHead

    scene = audits.make_scene(session, clock)
    audit = make_audit(session, clock, scene)
    reader = as_person(scene.people["verifier"])
    before = session.execute(select(JournalHead.seq)).scalar_one()
    for page in PAGES:
        reader.get(f"/assessments/{audit.id}{page}")
    reader.get("/assessments")
    reader.get("/")
    session.rollback()
    assert session.execute(select(JournalHead.seq)).scalar_one() == before


def test_english_readers_read_english_words_of_the_domain(
    session: Session, clock: StandingClock, as_person: AsPerson
) -> None:
    scene = audits.make_scene(session, clock)
    audit = make_audit(session, clock, scene)
    browser = as_person(scene.people["verifier"])
    browser.post("/preferences", {"language": "en", "next": "/"})
    page = browser.get(f"/assessments/{audit.id}/result")
    assert (
        "Not yet compliant" in page.text or "Compliant" in page.text or "Provisional" in page.text
    )
    assert "Team leader" in page.text
    assert builders.PASSWORD not in page.text
