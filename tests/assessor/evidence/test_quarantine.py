"""When somebody sees a client: is the piece out of sight at once, of whom, and until when?"""

from collections.abc import Callable

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from assessor.evidence.models import Quarantine
from assessor.evidence.quarantine import end_quarantine, in_quarantine, report_client
from assessor.evidence.queries import State, piece, pieces_of
from assessor.journal.verify import verify
from assessor.sentences import NotPermitted, Refused
from evidence_store.store import LocalStore, Store
from tests.assessor.evidence.world import ACTORS, clock, give
from tests.client import PageClient
from tests.evidence_store import evidence_corpus as corpus

Browser = Callable[[str], PageClient]


def report(session: Session, evidence_id: str, who: str = "assessor") -> None:
    report_client(session, ACTORS[who], clock, evidence_id=evidence_id, where="Halaman 1")


def test_it_is_reported_once_however_many_see_it(world: Session, store: LocalStore) -> None:
    seen = give(world, store, corpus.jpeg()).evidence_id
    report(world, seen)
    report(world, seen, who="coach")
    assert len(world.scalars(select(Quarantine)).all()) == 1
    found = piece(world, seen)
    assert found is not None
    assert found.state is State.quarantined
    assert pieces_of(world, "a1", only_live=True) == []
    assert list(verify(world)) == []


def test_who_cannot_read_it_cannot_report_it(world: Session, store: LocalStore) -> None:
    seen = give(world, store, corpus.jpeg()).evidence_id
    for who in ("stranger", "far_coach", "privacy"):
        with pytest.raises(NotPermitted):
            report(world, seen, who=who)


def test_the_report_itself_names_no_client(world: Session, store: LocalStore) -> None:
    seen = give(world, store, corpus.jpeg()).evidence_id
    with pytest.raises(Refused):
        report_client(world, ACTORS["coach"], clock, evidence_id=seen, where="NIK 3302010101900001")


def test_its_sender_and_the_privacy_officer_find_it_and_nobody_else(
    world: Session, store: LocalStore
) -> None:
    seen = give(world, store, corpus.jpeg()).evidence_id
    report(world, seen)
    for who, actor in ACTORS.items():
        found = [each.evidence_id for each in in_quarantine(world, actor).rows]
        assert found == ([seen] if who in {"institution", "privacy"} else []), who


def test_only_the_privacy_officer_lets_it_go_and_says_why(
    world: Session, store: LocalStore
) -> None:
    seen = give(world, store, corpus.jpeg()).evidence_id
    report(world, seen)
    for who in ("institution", "assessor", "directorate"):
        with pytest.raises(NotPermitted):
            end_quarantine(world, ACTORS[who], clock, evidence_id=seen, why="Tidak ada")
    with pytest.raises(Refused, match="mengapa"):
        end_quarantine(world, ACTORS["privacy"], clock, evidence_id=seen, why=" ")
    end_quarantine(world, ACTORS["privacy"], clock, evidence_id=seen, why="Hanya petugas")
    found = piece(world, seen)
    assert found is not None
    assert found.state is State.live
    with pytest.raises(Refused, match="tidak sedang"):
        end_quarantine(world, ACTORS["privacy"], clock, evidence_id=seen, why="Sekali lagi")
    report(world, seen)  # and it can be reported again
    assert list(verify(world)) == []


def test_in_the_browser_title_picture_and_file_are_gone_for_all_but_two(
    browser: Browser, world: Session, app_store: Store
) -> None:
    seen = give(world, app_store, corpus.jpeg(), title="Kegiatan pagi").evidence_id
    reader, sender, officer = browser("assessor"), browser("institution"), browser("privacy")
    form = reader.get(f"/evidence/{seen}/client-visible").form("Karantinakan bukti")
    assert "Bukti dikarantina" in form.fill({"where": "Kiri atas"}).submit().text
    for each in (reader, sender, browser("directorate")):
        assert "Kegiatan pagi" not in each.get(f"/evidence/{seen}").text
        assert "Kegiatan pagi" not in each.get("/auditees/a1/evidence").text
        for path in ("thumb", "page/1", "original", "about", "client-visible"):
            assert each.get(f"/evidence/{seen}/{path}", status=404), path
    for path in ("", "/page/1"):
        assert reader.get(f"/quarantine/{seen}{path}", status=404)
    assert "Kegiatan pagi" in sender.get(f"/quarantine/{seen}").text
    looked = officer.get(f"/quarantine/{seen}")
    assert "Kiri atas" in looked.text
    assert officer.request("GET", f"/quarantine/{seen}/page/1").status_code == 200
    looked.form("Akhiri karantina").fill({"why": "Bukan klien, melainkan petugas"}).submit()
    assert "Kegiatan pagi" in reader.get(f"/evidence/{seen}").text
    assert officer.get(f"/quarantine/{seen}", status=404)
