"""What a script gets and sends, how much it weighs, and how often the database is asked."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.resources import files

import brotli
import pytest
from sqlalchemy import event

from assessor.access.actor import SYSTEM
from assessor.assessments.checklist.looking import Show
from assessor.assessments.models import Answer, Kind
from assessor.assessments.models import Assessment as Row
from assessor.assessments.queries import asked_items
from assessor.instruments.services import publish
from checklists.library import load_all
from tests.assessor.assessments.checklist_world import (
    World,
    make_world,
    people_the_world,
)

HEAVIEST = 100_000


@contextmanager
def counted(engine) -> Iterator[list[str]]:
    """The statements that are executed meanwhile."""
    said: list[str] = []

    def note(_connection, _cursor, statement, *_rest) -> None:
        said.append(statement)

    event.listen(engine, "before_cursor_execute", note)
    try:
        yield said
    finally:
        event.remove(engine, "before_cursor_execute", note)


def entry(world: World, item: str, field: str = "choice", value=None, **more):
    return {
        "op_id": "op-00000001",
        "device": "device-1",
        "seq": 1,
        "item": item,
        "field": field,
        "value": value,
        "base_op": None,
        "edition": world.checklist.fingerprint,
        "at": "2026-11-21T05:00:00Z",
        **more,
    }


def asked(world: World, audit: str) -> list[str]:
    return list(asked_items(world.checklist, world.session.get_one(Row, audit)))


@pytest.fixture
def world(session, clock) -> World:
    return make_world(session, clock, items=24)


@pytest.fixture
def audit(world) -> str:
    return world.open()


def test_each_entry_gets_its_receipt(world, audit, as_person):
    client, items = as_person(world.people["lead"]), asked(world, audit)
    sent = {
        "person": world.people["lead"].id,
        "operations": [
            entry(world, items[0], value="2"),
            entry(world, items[0], "facts", "x" * 10_001, op_id="op-00000002"),
            {"op_id": "op-00000003"},
        ],
    }
    answer = client.post_json(f"/assessments/{audit}/operations", sent)
    fates = [each["fate"] for each in answer.get_json()["receipts"]]
    assert fates == ["applied", "refused", "refused"]
    assert "terlalu panjang" in answer.get_json()["receipts"][1]["sentence"]
    again = client.post_json(f"/assessments/{audit}/operations", sent)
    assert again.get_json()["receipts"][0]["fate"] == "repeated"
    world.session.rollback()
    assert world.session.get_one(Answer, (audit, items[0])).choice == "2"


def test_a_conflict_tells_what_stands(world, audit, as_person):
    items = asked(world, audit)
    world.say(audit, "member", items[0], "facts", "Budi", op="op-of-budi")
    client = as_person(world.people["lead"])
    sent = {"operations": [entry(world, items[0], "facts", "Sari")]}
    receipt = client.post_json(f"/assessments/{audit}/operations", sent).get_json()["receipts"][0]
    assert receipt == {
        "op_id": "op-00000001",
        "fate": "conflict",
        "value": "Budi",
        "value_op": "op-of-budi",
    }


def test_entries_of_somebody_else_on_the_device_are_not_taken(world, audit, as_person):
    client = as_person(world.people["member"])
    sent = {
        "person": world.people["lead"].id,
        "operations": [entry(world, asked(world, audit)[0], value="2")],
    }
    answer = client.post_json(f"/assessments/{audit}/operations", sent)
    assert answer.status_code == 409
    assert "orang lain" in answer.get_json()["error"]


@pytest.mark.parametrize("sent", [None, [], {}, {"operations": "x"}, {"operations": {}}])
def test_what_is_no_batch_is_refused_with_a_sentence(world, audit, as_person, sent):
    answer = as_person(world.people["lead"]).post_json(f"/assessments/{audit}/operations", sent)
    assert answer.status_code == 400
    assert "Muat ulang halaman" in answer.get_json()["error"]


@pytest.mark.parametrize(
    ("name", "status"), [("coach", 403), ("directorate", 403), ("idle", 404), ("institution", 404)]
)
def test_who_may_not_score_sends_nothing(world, audit, as_person, name, status):
    client = as_person(world.people[name])
    sent = {"operations": [entry(world, asked(world, audit)[0], value="2")]}
    assert client.post_json(f"/assessments/{audit}/operations", sent).status_code == status
    world.session.rollback()
    assert world.session.get(Answer, (audit, asked(world, audit)[0])) is None


def test_a_script_without_sign_in_is_told_so(world, audit, new_client):
    client = new_client()
    client.get("/sign-in")
    answer = client.post_json(f"/assessments/{audit}/operations", {"operations": []})
    assert answer.status_code == 401
    assert answer.get_json()["sign_in"] == "/sign-in"


def test_the_bundle_names_what_stands_and_where_it_is_from(world, audit, as_person):
    items = asked(world, audit)
    world.say(audit, "lead", items[0], "choice", "2", op="op-choice-1")
    world.say(
        audit,
        "lead",
        items[0],
        "basis",
        {"add": {"kind": "sighted", "what": "Dapur", "where": "", "when": ""}},
        op="op-basis-01",
    )
    world.say(audit, "member", items[1], "facts", "Budi", op="op-of-budi")
    world.say(audit, "lead", items[1], "facts", "Sari", op="op-of-sari")
    client = as_person(world.people["lead"])
    answer = client.request("GET", f"/assessments/{audit}/bundle")
    told = answer.get_json()
    assert told["edition"] == world.checklist.fingerprint
    assert told["answers"][items[0]] == {"choice": ["2", "op-choice-1"]}
    assert told["bases"][items[0]][0]["detail"] == "Dapur"
    assert told["editable"] is True
    conflict = told["conflicts"][0]
    assert (conflict["value"], conflict["standing"]) == ("Sari", "Budi")
    assert conflict["standing_said"]["who"] == "Budi Santoso"
    assert answer.headers["X-CSRFToken"]


def test_the_bundle_is_not_sent_again_until_something_changes(world, audit, as_person):
    client, items = as_person(world.people["lead"]), asked(world, audit)
    first = client.request("GET", f"/assessments/{audit}/bundle")
    known = {"If-None-Match": first.headers["ETag"]}
    second = client.request("GET", f"/assessments/{audit}/bundle", headers=known)
    assert second.status_code == 304
    assert second.headers["X-CSRFToken"]
    assert second.get_data() == b""
    world.say(audit, "lead", items[0], "choice", "2")
    third = client.request("GET", f"/assessments/{audit}/bundle", headers=known)
    assert third.status_code == 200


def statements(world, engine, client, path: str) -> int:
    with counted(engine) as said:
        assert client.request("GET", path).status_code == 200
    return len([each for each in said if each.lstrip().upper().startswith("SELECT")])


def filled(world: World, audit: str) -> None:
    """Answers with words and bases on every item, and a conflict."""
    basis = {"add": {"kind": "sighted", "what": "Ruang", "where": "", "when": ""}}
    for item in asked(world, audit):
        said = {"choice": "1", "facts": f"Fakta untuk {item}", "basis": basis}
        for name, value in said.items():
            assert world.say(audit, "lead", item, name, value).fate == "applied"
    other = world.say(audit, "member", asked(world, audit)[0], "facts", "Berbeda")
    assert other.fate == "conflict"


def test_the_number_of_statements_does_not_grow_with_the_items(session, clock, engine, as_person):
    counts = {}
    for items in (30, 120):
        clock.forward(minutes=1)  # the newest edition is taken
        world = make_world(session, clock, items=items)
        audit = world.open()
        filled(world, audit)
        client = as_person(world.people["lead"])
        client.get(f"/assessments/{audit}/checklist")
        counts[items] = (
            statements(world, engine, client, f"/assessments/{audit}/checklist"),
            statements(world, engine, client, f"/assessments/{audit}/bundle"),
        )
    assert counts[30] == counts[120]
    assert counts[120][0] <= 22  # one of them: what was said of what is cited
    assert counts[120][1] <= 15


def test_saving_a_score_asks_the_database_little(world, audit, engine, as_person):
    client, items = as_person(world.people["lead"]), asked(world, audit)
    client.post_json(f"/assessments/{audit}/operations", {"operations": []})
    with counted(engine) as said:
        sent = {"operations": [entry(world, items[0], value="2")]}
        assert client.post_json(f"/assessments/{audit}/operations", sent).status_code == 200
    reads = [each for each in said if each.lstrip().upper().startswith("SELECT")]
    assert len(reads) <= 7, reads


def weight(client, path: str) -> int:
    return len(brotli.compress(client.request("GET", path).get_data(), quality=5))


def test_the_page_of_120_items_is_light_also_when_it_is_full(session, clock, as_person):
    world = make_world(session, clock, items=120)
    audit = world.open()
    filled(world, audit)
    client = as_person(world.people["lead"])
    assert weight(client, f"/assessments/{audit}/checklist") < HEAVIEST * 6 // 10


def test_the_longest_real_checklist_is_light(session, clock, as_person):
    library, problems = load_all()
    assert problems == ()
    publish(session, SYSTEM, clock, library=library)
    world = people_the_world(session, clock, library.checklists["sni-8807-2022-penuh"])
    for kind, who in ((Kind.self, "institution"), (Kind.evaluation, "lead")):
        audit = world.open(kind)
        assert len(asked(world, audit)) > 150
        client = as_person(world.people[who])
        assert weight(client, f"/assessments/{audit}/checklist") < HEAVIEST * 6 // 10
        client.get(f"/assessments/{audit}/checklist")


def test_the_script_knows_every_view_that_the_page_offers() -> None:
    script = files("assessor.ui").joinpath("static/checklist.js").read_text()
    views = re.search(r"^const VIEWS = \{\n(.*?)^\};", script, re.DOTALL | re.MULTILINE)
    assert views is not None
    assert set(re.findall(r"^  (\w+):", views.group(1), re.MULTILINE)) == set(Show)
