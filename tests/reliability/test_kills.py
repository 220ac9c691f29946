"""Workers are killed at random moments under mixed load; every acknowledged write is there once,
whole, and the journal and the files agree with it."""

from __future__ import annotations

import os
import random
import threading
import time
from pathlib import Path

import pytest
from sqlalchemy import create_engine, func, select
from sqlalchemy.orm import Session

from assessor.assessments.models import Answer, Operation, OperationResult
from assessor.database.engine import prepare_engine
from assessor.database.extension import db
from assessor.evidence.models import Evidence
from assessor.evidence.queries import kept_digests
from assessor.journal.verify import verify
from evidence_store.keeping import verify_all
from evidence_store.store import LocalStore
from tests.assessor.upkeep.conftest import fresh_database  # noqa: F401
from tests.bench import world as bench_world
from tests.reliability.clients import Client, Told, scorer, uploader
from tests.reliability.resuming import finish_the_rest, resumer
from tests.reliability.serving import served

# how many people score, how many upload
MIXED, SCORING, ALONE, UPLOADING, RESUMING = (3, 2), (3, 0), (1, 0), (1, 2), (0, 3)
# so much is acknowledged between two kills, however slow the machine is
BETWEEN = (2, 14)


@pytest.fixture
def world(tmp_path, request, monkeypatch):
    """An audit to work in, on the engine under test."""
    database = None
    if os.environ.get("ASSESSOR_TEST_DATABASE") == "postgresql":
        engine = request.getfixturevalue("fresh_database")()
        database = engine.url.render_as_string(hide_password=False)
    environment = bench_world.environment(tmp_path, database=database)
    monkeypatch.setattr(bench_world, "environment", lambda *_, **__: environment)
    made = bench_world.make_world(tmp_path)
    yield made, environment
    with made.app.app_context():
        db.engine.dispose()


def rounds(
    world,
    environment,
    *,
    kills: int,
    fault: str = "",
    people: tuple[int, int] = MIXED,
    between: tuple[int, int] = BETWEEN,
    sending=uploader,
) -> Told:
    """Let everybody work while workers are killed; what they were told."""
    scorers, uploaders = people
    told, stop = Told(), threading.Event()
    chance = random.Random(kills)
    with served({**environment, "RELIABILITY_FAULT": fault}) as server:
        clients = [Client(world, server.port, told, stop) for _ in range(scorers + uploaders)]
        works = [scorer(clients[each], (each, scorers)) for each in range(scorers)]
        works += [sending(clients[scorers + each], each) for each in range(uploaders)]
        threads = [threading.Thread(target=told.watch, args=(work,)) for work in works]
        for thread in threads:
            thread.start()
        try:
            for number in range(kills):
                # a built-in fault must be hit: soon after an answer, whoever gave it
                files = uploaders > 0 and (number % 3 == 0 or bool(fault))
                wait_for(told, chance.randint(*between), files=files)
                time.sleep(0.03 if fault else chance.uniform(0, 0.03))
                server.kill(chance, everyone=bool(fault))
            wait_for(told, between[1], files=uploaders > 0)
        finally:
            stop.set()
            for thread in threads:
                thread.join()
            for client in clients:
                client.browser.connection.close()
    return told


def wait_for(told: Told, more: int, *, files: bool) -> None:
    """Until so many more writes were acknowledged, and a file among them if that is asked."""
    wanted, had, until = told.count + more, len(told.files), time.monotonic() + 20
    while time.monotonic() < until:
        if told.wrong or (told.count >= wanted and (len(told.files) > had or not files)):
            return
        time.sleep(0.005)


def losses(world, told: Told) -> list[str]:
    """Everything that is not as people were told."""
    engine = create_engine(world.app.extensions["assessor_settings"].database_url)
    prepare_engine(engine)
    store = LocalStore(Path(world.settings.evidence_url))
    found = list(told.wrong)
    with Session(engine) as session:
        kept = dict(
            session.execute(
                select(Operation.op_id, Operation.value).where(
                    Operation.result == OperationResult.applied
                )
            ).all()
        )
        found += [
            f"operation {op_id} was acknowledged and is not there"
            for op_id, value in told.operations.items()
            if kept.get(op_id) != value
        ]
        answers = {answer.item: answer for answer in session.scalars(select(Answer))}
        for (item, name), (op_id, value) in told.values.items():
            answer = answers.get(item)
            stands = (getattr(answer, f"{name}_op", None), getattr(answer, name, None))
            if stands != (op_id, value):
                found.append(f"{item} {name}: {stands} stands, {(op_id, value)} was told")
        pieces = dict(
            session.execute(select(Evidence.digest, func.count()).group_by(Evidence.digest)).all()
        )
        found += [
            f"file {digest} was acknowledged and has {pieces.get(digest, 0)} rows"
            for digest in told.files
            if pieces.get(digest) != 1
        ]
        found += [
            f"file {digest} has {count} rows" for digest, count in pieces.items() if count != 1
        ]
        digests = sorted(set(kept_digests(session)))
        found += [f"file {each.digest}: {each.loss}" for each in verify_all(store, digests)]
        found += [f"journal: {fault}" for fault in verify(session)]
    if engine.dialect.name == "sqlite":
        with engine.connect() as connection:
            state = connection.exec_driver_sql("PRAGMA integrity_check").scalar()
            found += [] if state == "ok" else [f"database: {state}"]
    engine.dispose()
    return found


def assert_all_is_there(world, told: Told, *, kills: int) -> None:
    assert losses(world, told) == []
    # the test itself must have been one: work was done, and kills fell into it
    assert told.count > BETWEEN[0] * kills
    assert len(told.files) >= kills // 3
    assert told.retries > 0


@pytest.mark.lengthy
def test_ten_kills_lose_nothing(world):
    told = rounds(*world, kills=10)
    assert_all_is_there(world[0], told, kills=10)


@pytest.mark.slow
def test_two_hundred_kills_lose_nothing(world):
    told = rounds(*world, kills=200)
    assert_all_is_there(world[0], told, kills=200)


def assert_parts_arrived(world, told: Told, *, kills: int) -> None:
    finish_the_rest(world)
    assert losses(world, told) == []
    assert len(told.files) > kills // 2
    assert told.retries > 0


@pytest.mark.lengthy
def test_ten_kills_and_cut_lines_lose_no_acknowledged_byte(world):
    told = rounds(*world, kills=10, people=RESUMING, between=(0, 2), sending=resumer)
    assert_parts_arrived(world[0], told, kills=10)


@pytest.mark.slow
def test_three_hundred_kills_and_cut_lines_lose_no_acknowledged_byte(world):
    told = rounds(*world, kills=300, people=RESUMING, between=(0, 2), sending=resumer)
    assert_parts_arrived(world[0], told, kills=300)


@pytest.mark.parametrize(
    ("fault", "people", "word"),
    [
        ("answer-before-commit", SCORING, "was acknowledged and is not there"),
        ("row-before-file", UPLOADING, "missing"),
        ("two-transactions", ALONE, "journal"),
    ],
)
def test_a_server_that_is_built_wrongly_is_found_out(world, fault, people, word):
    told = rounds(*world, kills=4, fault=fault, people=people)
    assert any(word in each for each in losses(world[0], told))
