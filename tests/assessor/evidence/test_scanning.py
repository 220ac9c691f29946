"""What was not scanned is seen by its sender and the assigned assessors only; what the scanner
knows is nobody's."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any, BinaryIO

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from assessor.evidence.models import Evidence
from assessor.evidence.scan_models import EvidenceScan, ScanState
from assessor.jobs.running import run_due
from assessor.journal.models import JournalEntry
from assessor.journal.verify import verify
from assessor.upkeep.findings import House, State
from assessor.upkeep.wellbeing_of_scanner import look_at_scanner
from evidence_store.scanning import ScannerDown
from tests.assessor.evidence.test_pages import LIBRARY, upload, upload_json
from tests.assessor.evidence.world import NOW
from tests.client import PageClient
from tests.conftest import StandingClock
from tests.evidence_store import evidence_corpus as corpus
from tests.evidence_store import scanners

Browser = Callable[[str], PageClient]


class Told:
    """A scanner that says what it is told to."""

    says: str | Exception | None = None

    def scan(self, stream: BinaryIO) -> str | None:
        assert stream.read(4)
        if isinstance(self.says, Exception):
            raise self.says
        return self.says

    def version(self) -> str:
        return "Uji"


@pytest.fixture
def scanner(app: Flask) -> Any:
    app.extensions["assessor_scanner"] = told = Told()
    yield told
    app.extensions["assessor_scanner"] = None


@pytest.fixture
def run_jobs(app: Flask, clock: StandingClock, world: Session) -> Callable[[timedelta], None]:
    from assessor.database.extension import db

    def run(later: timedelta) -> None:
        clock.set(NOW + later)
        world.rollback()
        with app.app_context():
            run_due(db.session(), clock)
            db.session.remove()

    return run


def hand_in(browser: PageClient) -> dict[str, Any]:
    result: dict[str, Any] = upload_json(browser, [(corpus.jpeg(), "ruang.jpg")])[1]["results"][0]
    return result


def test_what_the_scanner_knows_is_not_taken(
    browser: Browser, world: Session, scanner: Told
) -> None:
    scanner.says = "Eicar-Test"
    result = hand_in(browser("institution"))
    assert result["state"] == "refused"
    assert "Eicar-Test" in result["sentence"]
    assert world.scalars(select(Evidence)).all() == []


def test_a_clean_file_is_seen_as_before(browser: Browser, world: Session, scanner: Told) -> None:
    upload(browser("institution"), [(corpus.jpeg(), "ruang.jpg")])
    assert world.scalars(select(EvidenceScan.state)).all() == [ScanState.clean]
    assert "Berlaku" in browser("checker").get(LIBRARY).text


def test_while_the_scanner_is_away_only_sender_and_team_see_the_file(
    browser: Browser,
    world: Session,
    scanner: Told,
    run_jobs: Callable[[timedelta], None],
) -> None:
    scanner.says = ScannerDown("away")
    sender = browser("institution")
    result = hand_in(sender)
    assert result["state"] == "accepted"
    assert "belum dipindai" in " ".join(result["remarks"])
    addresses = [result["href"], f"{result['href']}/page/1", result["thumb"]]
    team, others = (
        browser("assessor"),
        [browser("checker"), browser("coach"), browser("directorate")],
    )
    for who in (sender, team):
        assert "Belum dipindai" in who.get(LIBRARY).text
        assert "Belum dipindai" in who.get(result["href"]).text
        assert [who.request("GET", each).status_code for each in addresses] == [200] * 3
    for who in others:
        assert "Ruang" not in who.get(LIBRARY).text
        assert [who.request("GET", each).status_code for each in addresses] == [404] * 3
    run_jobs(timedelta(minutes=2))
    assert world.scalars(select(EvidenceScan.state)).all() == [ScanState.waiting]
    scanner.says = None
    run_jobs(timedelta(minutes=12))
    assert world.scalars(select(EvidenceScan.state)).all() == [ScanState.clean]
    assert "evidence.scanned" in world.scalars(select(JournalEntry.act)).all()
    assert others[0].request("GET", addresses[0]).status_code == 200
    world.rollback()
    assert list(verify(world)) == []


def test_what_is_found_later_leaves_the_house_for_nobody(
    browser: Browser, scanner: Told, run_jobs: Callable[[timedelta], None]
) -> None:
    scanner.says = ScannerDown("away")
    sender, team = browser("institution"), browser("assessor")
    result = hand_in(sender)
    scanner.says = scanners.NAME
    run_jobs(timedelta(minutes=2))
    page = sender.get(result["href"])
    assert "Berisi virus" in page.text
    assert scanners.NAME in page.text
    for address in (f"{result['href']}/page/1", result["thumb"], f"{result['href']}/original"):
        for who in (sender, team):
            assert who.request("GET", address).status_code in {403, 404}


@pytest.mark.parametrize(
    ("says", "waits", "state", "words"),
    [
        (None, False, State.unset, "Belum ada pemindai"),
        ("up", False, State.well, "tidak ada yang menunggu"),
        ("up", True, State.watch, "1 berkas menunggu"),
        ("down", True, State.bad, "1 berkas menunggu"),
    ],
)
def test_the_page_of_well_being_says_how_the_scanner_is(
    app: Flask, browser: Browser, world: Session, scanner: Told,
    says: str | None, waits: bool, state: State, words: str,
) -> None:  # fmt: skip
    if waits:
        scanner.says = ScannerDown("away")
        hand_in(browser("institution"))
    with scanners.pretended() as server:
        url = {None: "", "up": server.url, "down": "clamd:///none"}[says]
        settings = replace(app.extensions["assessor_settings"], scanner_url=url)
        house = House(
            session=world, engine=None, store=None, settings=settings, clock=lambda: NOW,  # type: ignore[arg-type]
        )  # fmt: skip
        found = look_at_scanner(house, {})
    assert found.state is state
    assert words in str(found.words)
