"""Counted once, leaned on by many: interviews are never names, and a change of the count reaches
every item that leans on it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from assessor.assessments.document.content import build_content, screen_hash
from assessor.assessments.judging import judge
from assessor.assessments.models import Assessment, Kind, Status
from assessor.assessments.queries import get_state
from assessor.assessments.sample.content import interview_counts
from assessor.assessments.sample.interviews import Counted, interview_items, record_interviews
from assessor.instruments.queries import get_checklist
from assessor.journal.models import JournalEntry
from assessor.journal.verify import verify
from assessor.sentences import NotPermitted, Refused, Stale
from tests import audits, builders
from tests.client import PageClient
from tests.conftest import StandingClock


@dataclass
class Room:
    app: Flask
    session: Session
    clock: StandingClock
    scene: audits.Scene
    id: str

    @property
    def assessment(self) -> Assessment:
        self.session.expire_all()
        return self.session.get_one(Assessment, self.id)

    @property
    def items(self) -> list[str]:
        assessment = self.assessment
        return list(interview_items(get_checklist(self.session, assessment.edition), assessment))

    def record(
        self,
        counts: dict[str, tuple[int, int]],
        *,
        add: tuple[str, ...] = (),
        drop: tuple[str, ...] = (),
        who: str = "assessor",
        key: str = "page",
    ) -> Any:
        return record_interviews(
            self.session,
            self.scene.actor(self.session, self.clock, who),
            self.clock,
            assessment_id=self.id,
            counts={kind: Counted(*each) for kind, each in counts.items()},
            add=add,
            drop=drop,
            key=key,
        )

    def kinds(self, item: str) -> list[dict[str, int]]:
        bases = get_state(self.session, self.assessment).bases.get(item, ())
        return [basis.detail["kinds"] for basis in bases if basis.kind == "interviews"]

    def page(self, who: str = "assessor", status: int = 200) -> Any:
        opened = builders.open_sign_in(self.session, self.clock, person=self.scene.people[who])
        browser = PageClient(self.app, before=self.session.rollback)
        browser.raw.set_cookie("sid", opened.secret)
        return browser.get(f"/assessments/{self.id}/interviews", status=status)


@pytest.fixture
def room(app: Flask, session: Session, clock: StandingClock) -> Room:
    scene = audits.make_scene(session, clock, items=28)
    return Room(app, session, clock, scene, audits.open_audit(session, clock, scene).id)


def test_counted_once_and_leaned_on_in_one_act(room: Room) -> None:
    one, other, third = room.items[:3]
    room.record({"klien": (5, 0), "petugas": (3, 0)}, add=(one, other))
    assert interview_counts(room.session, room.id) == {"klien": 5, "petugas": 3}
    assert room.kinds(one) == room.kinds(other) == [{"klien": 5, "petugas": 3}]
    assert room.kinds(third) == []
    assert room.assessment.status is Status.in_progress
    assert list(verify(room.session)) == []


def test_a_changed_count_reaches_every_item_that_leans_on_it(room: Room) -> None:
    one, other = room.items[:2]
    room.record({"klien": (5, 0)}, add=(one, other))
    room.record({"klien": (6, 5), "keluarga": (2, 0)}, key="later")
    assert room.kinds(one) == room.kinds(other) == [{"klien": 6, "keluarga": 2}]


def test_an_item_may_stop_leaning_and_bases_of_its_own_stay(room: Room) -> None:
    item = room.items[0]
    own = {"add": {"kind": "interviews", "kinds": {"warga": 1}, "note": ""}}
    entry = audits.operation(room.assessment, item, "basis", own)
    actor = room.scene.actor(room.session, room.clock, "assessor")
    audits.enter(room.session, room.clock, actor, room.assessment, [entry])
    room.record({"klien": (5, 0)}, add=(item,))
    assert len(room.kinds(item)) == 2
    room.record({"klien": (5, 5)}, drop=(item,), key="later")
    assert room.kinds(item) == [{"warga": 1}]


def test_sending_a_page_twice_changes_nothing(room: Room) -> None:
    item = room.items[0]
    room.record({"klien": (5, 0)}, add=(item,))
    before = len(room.session.scalars(select(JournalEntry.seq)).all())
    assert room.record({"klien": (5, 0)}, add=(item,)) == []
    assert len(room.session.scalars(select(JournalEntry.seq)).all()) == before


def test_two_people_who_count_differently_are_told(room: Room) -> None:
    room.record({"klien": (5, 0)})
    with pytest.raises(Stale, match="diubah orang lain"):
        room.record({"klien": (4, 0)}, who="assessor2")
    room.record({"petugas": (2, 0)}, who="assessor2")  # another kind is no quarrel
    assert interview_counts(room.session, room.id) == {"klien": 5, "petugas": 2}


@pytest.mark.parametrize(
    "counts", [{"klien": (-1, 0)}, {"klien": (501, 0)}, {"Andi Saputra": (1, 0)}]
)
def test_only_counts_of_known_kinds_are_kept(room: Room, counts: dict[str, Any]) -> None:
    with pytest.raises(Refused, match="angka bulat"):
        room.record(counts)
    assert interview_counts(room.session, room.id) == {}


def test_an_item_leans_on_somebody_or_on_nothing(room: Room) -> None:
    with pytest.raises(Refused, match="Isi dulu jumlah orang"):
        room.record({}, add=(room.items[0],))
    room.record({"klien": (2, 0)}, add=("TIDAK-ADA",))
    assert not get_state(room.session, room.assessment).bases


@pytest.mark.parametrize("who", ["coach", "checker", "verifier", "institution"])
def test_only_the_team_counts(room: Room, who: str) -> None:
    with pytest.raises(NotPermitted):
        room.record({"klien": (1, 0)}, who=who)


def test_a_self_assessment_has_no_such_page(room: Room) -> None:
    room.id = audits.open_audit(room.session, room.clock, room.scene, kind=Kind.self).id
    with pytest.raises(Refused, match="Pada penilaian mandiri"):
        room.record({"klien": (1, 0)}, who="institution")
    room.page("institution", status=404)


def test_what_is_signed_and_sealed_says_the_counts(room: Room) -> None:
    def judged() -> Any:
        return judge(room.session, room.assessment, room.clock().date())

    before = screen_hash(room.session, judged())
    room.record({"klien": (5, 0), "mitra": (1, 0)})
    assert screen_hash(room.session, judged()) != before
    content = build_content(room.session, judged(), demo=False)
    assert [(each["kind"], each["count"]) for each in content["interviews"]] == [
        ("klien", 5),
        ("mitra", 1),
    ]
    assert content["sample"] is None


# ---- the page ----


def test_the_page_counts_and_ticks_in_one_form(room: Room) -> None:
    item = room.items[0]
    form = room.page().form("Simpan wawancara")
    page = form.fill({"Klien": "5", "Petugas": "3", item: True}).submit()
    assert "Wawancara tersimpan." in page.text
    assert "1 butir bersandar pada wawancara ini." in page.text
    assert room.kinds(item) == [{"klien": 5, "petugas": 3}]
    page = page.form("Simpan wawancara").fill({item: False}).submit()
    assert room.kinds(item) == []


def test_one_button_takes_all_items_that_ask_for_interviews(room: Room) -> None:
    form = room.page().form("Simpan untuk semua butir wawancara")
    page = form.fill({"Klien": "4"}).submit()
    assert all(room.kinds(item) == [{"klien": 4}] for item in room.items)
    assert "Simpan untuk semua butir wawancara" not in page.text


@pytest.mark.parametrize("typed", ["Andi", "3204010101010001", "-1", "501", "²"])
def test_what_is_no_count_is_refused_and_stays(room: Room, typed: str) -> None:
    item = room.items[0]
    form = room.page().form("Simpan wawancara")
    page = form.fill({"Klien": typed, item: True}).submit(status=422)
    assert "Jangan menulis nama." in page.text
    assert f'value="{typed}"' in page.html
    assert page.form("Simpan wawancara").value("item") == item
    assert interview_counts(room.session, room.id) == {}


def test_readers_see_the_counts_and_the_items(room: Room) -> None:
    room.record({"klien": (5, 0)}, add=(room.items[0],))
    page = room.page("checker")
    assert "5 orang" in page.text
    assert room.items[0] in page.text
    assert "Simpan" not in page.text
    room.page("institution", status=404)  # not shown to it yet
