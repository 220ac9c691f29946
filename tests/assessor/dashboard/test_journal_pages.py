"""Can the directorate read what was done, take it along and hand a witness out?"""

from __future__ import annotations

import csv
import importlib
import io
import json
from collections.abc import Callable
from pathlib import Path

from flask import Flask
from sqlalchemy import event
from sqlalchemy.orm import Session

from assessor.accounts.models import Person
from assessor.dashboard.journal_words import ACTS
from assessor.journal.checkpoints import read_checkpoint
from assessor.journal.events import REGISTRY
from tests import audits
from tests.client import PageClient
from tests.conftest import StandingClock

AsPerson = Callable[[Person], PageClient]


def test_every_act_has_words() -> None:
    root = Path(__file__).parents[3] / "assessor"
    for path in root.glob("*/*.py"):
        if "(Event)" in path.read_text():
            importlib.import_module(f"assessor.{path.parent.name}.{path.stem}")
    acts = {act for act, kind in REGISTRY.items() if kind.__module__.startswith("assessor.")}
    assert acts == set(ACTS)


def _scene(session: Session, clock: StandingClock) -> audits.Scene:
    scene = audits.make_scene(session, clock, items=12)
    opened = audits.open_audit(session, clock, scene)
    actor = scene.actor(session, clock, "assessor")
    item = next(iter(audits.judge(session, opened, clock().date()).asked))
    words = "=HYPERLINK(1) atap bocor"
    audits.enter(session, clock, actor, opened, [audits.operation(opened, item, "facts", words)])
    return scene


def test_an_entry_says_who_did_what_to_what_and_what_changed(
    session: Session, clock: StandingClock, as_person: AsPerson
) -> None:
    scene = _scene(session, clock)
    page = as_person(scene.people["verifier"]).get("/journal?act=assessments.entry_recorded")
    assert "Isian dicatat" in page.text
    assert "Orang assessor" in page.text
    assert "Rumah Kenari" in page.text
    assert "atap bocor" in page.text


def test_filters_combine_and_an_empty_answer_helps(
    session: Session, clock: StandingClock, as_person: AsPerson
) -> None:
    scene = _scene(session, clock)
    browser = as_person(scene.people["verifier"])
    mine = "person=orang assessor&auditee=rumah kenari&first=2026-11-21&last=2026-11-21"
    assert "Isian dicatat" in browser.get(f"/journal?{mine}").text
    assert "Tidak ada yang cocok" in browser.get("/journal?last=2026-11-20").text
    assert "Tidak ada yang cocok" in browser.get("/journal?person=%25").text


def test_the_pages_follow_each_other_without_a_gap(
    session: Session, clock: StandingClock, as_person: AsPerson
) -> None:
    scene = _scene(session, clock)
    opened = audits.open_audit(session, clock, scene, kind=audits.Kind.self)
    audits.score(session, clock, scene, opened)
    browser = as_person(scene.people["verifier"])
    page, seen = browser.get("/journal"), []
    while True:
        ids = [each.get("id", "") for each in page.tree.iter("h2")]
        seen += [int(each[1:]) for each in ids if each[1:].isdecimal()]
        older = [
            each.get("href") for each in page.tree.iter("a") if "before=" in each.get("href", "")
        ]
        if not older:
            break
        page = browser.get(older[-1])
    assert seen == list(range(max(seen), 0, -1))


def test_the_number_of_queries_does_not_grow(
    session: Session, clock: StandingClock, as_person: AsPerson, app: Flask
) -> None:
    from assessor.database.extension import db

    scene = _scene(session, clock)
    browser = as_person(scene.people["verifier"])

    def asked() -> int:
        found: list[object] = []
        with app.app_context():
            engine = db.engine
        event.listen(engine, "after_cursor_execute", lambda *_: found.append(1))
        browser.get("/journal?act=assessments.entry_recorded")
        return len(found)

    few = asked()
    opened = audits.open_audit(session, clock, scene, kind=audits.Kind.self)
    audits.score(session, clock, scene, opened)
    many = asked()
    assert many == few


def test_the_table_to_take_along_holds_no_formula(
    session: Session, clock: StandingClock, as_person: AsPerson
) -> None:
    scene = _scene(session, clock)
    browser = as_person(scene.people["verifier"])
    answer = browser.raw.get("/journal/export.csv?act=assessments.entry_recorded")
    rows = list(csv.reader(io.StringIO(answer.get_data(as_text=True))))
    assert rows[0][0] == "seq"
    assert rows[1][3] == "Orang assessor"
    assert not any(cell.startswith(("=", "+", "-", "@")) for row in rows for cell in row)


def test_a_checkpoint_is_made_and_its_file_holds(
    session: Session, clock: StandingClock, as_person: AsPerson
) -> None:
    scene = _scene(session, clock)
    browser = as_person(scene.people["verifier"])
    page = browser.get("/journal/checkpoints").form("Buat titik periksa").submit()
    hrefs = [each.get("href", "") for each in page.tree.iter("a")]
    file = next(each for each in hrefs if each.startswith("/journal/checkpoints/"))
    answer = browser.raw.get(file)
    assert read_checkpoint(answer.data).seq == json.loads(answer.data)["seq"]
