"""Does a piece say what it is and until when it holds, and who is reminded of its end?"""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select
from sqlalchemy.orm import Session

from assessor.evidence.describing import describe
from assessor.evidence.papers import papers
from assessor.evidence.queries import piece
from assessor.evidence.services import withdraw
from assessor.evidence.validity import FIRST_REMINDER, Validity, validity_of
from assessor.evidence.versions import to_bring_anew, versions_of
from assessor.journal.models import JournalEntry
from assessor.journal.verify import verify
from assessor.sentences import NotPermitted, Refused
from evidence_store.store import LocalStore, Store
from tests.assessor.evidence.world import ACTORS, NOW, clock, give
from tests.client import PageClient
from tests.evidence_store import evidence_corpus as corpus

TODAY = NOW.date()
days = st.dates(date(2020, 1, 1), date(2040, 1, 1))


@given(last=days, today=days)
def test_a_piece_holds_through_its_last_day_and_warns_before(last: date, today: date) -> None:
    standing = validity_of(last, today)
    assert (standing is Validity.expired) == (today > last)
    assert (standing is Validity.ending) == (last - FIRST_REMINDER <= today <= last)
    assert validity_of(None, today) is Validity.unlimited


def test_every_kind_has_words_in_both_languages_and_years_to_keep_it() -> None:
    assert {"deed", "permit", "procedure", "record", "photo"} <= set(papers())
    for paper in papers().values():
        assert paper.retention_years >= 1
        assert paper.label.in_("id") != paper.label.in_("en")


def test_what_a_piece_is_can_be_said_with_it_and_later(world: Session, store: LocalStore) -> None:
    old = give(world, store, corpus.jpeg(), paper="deed").evidence_id
    said = piece(world, old)
    assert said is not None
    assert (said.paper, said.valid_until) == ("deed", None)
    until = TODAY + timedelta(days=9)
    for _time in range(2):
        describe(
            world, ACTORS["institution"], clock, evidence_id=old, paper="permit", valid_until=until
        )
    said = piece(world, old)
    assert said is not None
    assert (said.paper, said.valid_until) == ("permit", until)
    acts = world.scalars(select(JournalEntry.act).where(JournalEntry.subject_id == old)).all()
    assert acts.count("evidence.described") == 1
    assert list(verify(world)) == []


@pytest.mark.parametrize(
    ("paper", "until", "why"),
    [
        ("ijazah-kucing", None, "Pilih macam"),
        ("deed", date(2026, 10, 31), "sebelum tanggal"),
        ("deed", date(2999, 1, 1), "tahun"),
    ],
)
def test_what_cannot_be_is_refused(
    paper: str, until: date | None, why: str, world: Session, store: LocalStore
) -> None:
    with pytest.raises(Refused, match=why):
        give(world, store, corpus.jpeg(), paper=paper, valid_until=until)
    there = give(world, store, corpus.jpeg()).evidence_id
    with pytest.raises(Refused, match=why):
        describe(
            world, ACTORS["institution"], clock, evidence_id=there, paper=paper, valid_until=until
        )


def test_only_the_side_that_handed_it_in_says_what_it_is(world: Session, store: LocalStore) -> None:
    there = give(world, store, corpus.jpeg()).evidence_id
    with pytest.raises(Refused, match="pihak yang menyerahkannya"):
        describe(
            world, ACTORS["assessor"], clock, evidence_id=there, paper="deed", valid_until=None
        )
    with pytest.raises(NotPermitted):
        describe(world, ACTORS["checker"], clock, evidence_id=there, paper="", valid_until=None)
    withdraw(world, ACTORS["institution"], clock, evidence_id=there, reason="Salah berkas")
    with pytest.raises(Refused, match="sudah ditarik"):
        describe(
            world, ACTORS["institution"], clock, evidence_id=there, paper="deed", valid_until=None
        )


def test_versions_are_one_chain_from_wherever_one_looks(world: Session, store: LocalStore) -> None:
    first = give(world, store, corpus.jpeg()).evidence_id
    second = give(world, store, corpus.png(), name="a.png", replaces=first).evidence_id
    withdraw(world, ACTORS["institution"], clock, evidence_id=second, reason="Buram")
    third = give(world, store, corpus.webp(), name="a.webp", replaces=first).evidence_id
    for looked_at in (first, third):
        found = versions_of(world, looked_at)
        assert {each.id for each in found} == {first, second, third}
        assert [each.id for each in found if each.withdrawn] == [second]


def test_owner_and_coach_are_reminded_until_a_newer_version_is_there(
    world: Session, store: LocalStore
) -> None:
    soon = TODAY + timedelta(days=20)
    ending = give(world, store, corpus.jpeg(), valid_until=soon).evidence_id
    give(world, store, corpus.webp(), name="a.webp", valid_until=TODAY + timedelta(days=200))
    for who in ("institution", "coach"):
        found = to_bring_anew(world, ACTORS[who], TODAY)
        assert [each.evidence_id for each in found.rows] == [ending]
    for who in ("stranger", "far_coach", "assessor", "directorate", "privacy"):
        assert to_bring_anew(world, ACTORS[who], TODAY).rows == ()
    give(world, store, corpus.png(), name="b.png", replaces=ending)
    assert to_bring_anew(world, ACTORS["institution"], TODAY).count == 0


def test_it_is_filled_in_on_its_page_and_warns_there_and_in_the_list(
    browser: Callable[[str], PageClient], world: Session, app_store: Store
) -> None:
    there = give(world, app_store, corpus.jpeg(), title="Izin lama").evidence_id
    mine = browser("institution")
    page = mine.get(f"/evidence/{there}/about")
    page.form("Simpan keterangan").fill({"paper": "permit", "valid_until": "2026-10-01"}).submit(
        status=422
    )
    form = page.form("Simpan keterangan")
    saved = form.fill({"paper": "permit", "valid_until": "2026-11-19"}).submit()
    assert "Habis 19 Nov 2026" in saved.text
    assert "Nilai tidak turun karenanya" in saved.text
    assert "Habis 19 Nov 2026" in mine.get("/auditees/a1/evidence").text
