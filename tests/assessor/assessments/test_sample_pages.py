"""The sheet of files by plain form and by script: everything that was typed is kept or given back."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from assessor.assessments.models import Assessment, Kind
from assessor.assessments.queries import get_state
from assessor.assessments.sample_models import Mark
from assessor.assessments.sample_state import Sheet, read_sheet, record_items
from assessor.instruments.queries import get_checklist
from tests import audits, builders
from tests.client import PageClient
from tests.conftest import StandingClock

LENGTHS = {"Daftar klien aktif rawat jalan": "20", "Daftar klien selesai rawat jalan": "1.020"}


class Desk:
    """An evaluation under way, and browsers of those around it."""

    def __init__(self, app: Flask, session: Session, clock: StandingClock) -> None:
        self.app, self.session, self.clock = app, session, clock
        self.scene = audits.make_scene(session, clock, items=28)
        self.id = audits.open_audit(session, clock, self.scene).id

    def browser(self, who: str = "assessor") -> PageClient:
        opened = builders.open_sign_in(self.session, self.clock, person=self.scene.people[who])
        browser = PageClient(self.app, before=self.session.rollback)
        browser.raw.set_cookie("sid", opened.secret)
        return browser

    def page(self, who: str = "assessor") -> Any:
        return self.browser(who).get(f"/assessments/{self.id}/sample")

    def drawn(self) -> Any:
        return self.page().form("Ambil acak").fill(LENGTHS).submit()

    @property
    def sheet(self) -> Sheet:
        self.session.expire_all()
        assessment = self.session.get_one(Assessment, self.id)
        sheet = read_sheet(
            self.session, assessment, get_checklist(self.session, assessment.edition)
        )
        assert sheet is not None
        return sheet

    @property
    def items(self) -> list[str]:
        assessment = self.session.get_one(Assessment, self.id)
        return list(record_items(get_checklist(self.session, assessment.edition), assessment))

    def choice(self, item: str) -> str | None:
        self.session.expire_all()
        return get_state(self.session, self.session.get_one(Assessment, self.id)).choice(item)


@pytest.fixture
def desk(app: Flask, session: Session, clock: StandingClock) -> Desk:
    return Desk(app, session, clock)


def row(item: str, marks: str) -> dict[str, str]:
    """The boxes of an item by their labels, a letter a file."""
    return {f"{item}, B{file}": mark for file, mark in enumerate(marks, 1) if mark != " "}


def test_before_the_draw_the_page_asks_for_lengths_only(desk: Desk) -> None:
    page = desk.page()
    assert page.h1 == "Telusur berkas"
    assert "tidak ada yang memilih sendiri" in page.text
    for said in ("klien aktif rawat inap", "klien selesai rawat inap", *LENGTHS):
        assert said in page.text


def test_the_draw_says_which_files_and_how_to_make_it_again(desk: Desk) -> None:
    page = desk.drawn()
    sheet = desk.sheet
    assert "10 berkas diambil acak." in page.text
    assert "T1: 10 berkas dari 1.040" in page.text
    assert sheet.sample.seed in page.text.replace(" ", "")
    first = sheet.files()[0]
    assert f"B1 berkas ke-{first.position}" in page.text
    assert "berkas ke-" in page.html
    assert "Klien selesai rawat inap, 0 berkas" in page.text
    assert "tidak ada yang diambil" in page.text


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({}, "paling sedikit pada satu daftar"),
        ({"Daftar klien aktif rawat jalan": "Andi Saputra"}, "Jangan menulis nama, NIK"),
        ({"Daftar klien aktif rawat jalan": "3204010101010001"}, "Jangan menulis nama, NIK"),
        ({"Daftar klien aktif rawat jalan": "-4"}, "dengan angka"),
        ({"Daftar klien aktif rawat jalan": "²"}, "dengan angka"),
    ],
)
def test_what_is_no_length_is_refused_and_stays(
    desk: Desk, typed: dict[str, str], said: str
) -> None:
    page = desk.page().form("Ambil acak").fill(typed).submit(status=422)
    assert said in page.text
    assert "Sampel belum diambil" in page.text
    for value in typed.values():
        assert value in page.html


def test_the_whole_sheet_is_one_form(desk: Desk) -> None:
    page = desk.drawn()
    one, other = desk.items[:2]
    page = (
        page.form("Simpan lembar").fill(row(one, "1111111100") | row(other, "v x-  ✓✗–")).submit()
    )
    assert "Lembar telusur tersimpan." in page.text
    assert "8 dari 10 sesuai" in page.text
    assert "Usulan nilai 2" in page.text
    assert "6 dari 10 berkas dilihat" in page.text
    marks = desk.sheet.marks
    assert [marks.get((other, file)) for file in range(1, 10)] == [
        Mark.met, None, Mark.unmet, Mark.not_applicable, None, None,
        Mark.met, Mark.unmet, Mark.not_applicable,
    ]  # fmt: skip


@pytest.mark.parametrize("typed", ["Andi", "3204010101010001", "RM 12-34", "2", "10"])
def test_a_box_that_holds_anything_but_a_mark_is_refused_with_one_sentence(
    desk: Desk, typed: str
) -> None:
    item = desk.drawn() and desk.items[0]
    form = desk.page().form("Simpan lembar")
    page = form.fill({f"{item}, B1": typed, f"{item}, B2": "1"}).submit(status=422)
    assert page.text.count("Jangan menulis nama, NIK, atau nomor rekam medis.") == 1
    assert f'value="{typed}"' in page.html  # it stays in its box, to be mended
    assert desk.sheet.marks == {(item, 2): Mark.met}  # what was fine is kept


def test_a_stale_form_overwrites_nobody(desk: Desk) -> None:
    desk.drawn()
    one, other = desk.items[:2]
    stale = desk.page("assessor2").form("Simpan lembar")
    desk.page().form("Simpan lembar").fill(row(one, "10")).submit()
    page = stale.fill(row(one, "0") | row(other, "1")).submit(status=409)
    assert f"{one}, B1: orang lain mengisi ✓, Anda ✗" in page.text
    assert desk.sheet.marks == {
        (one, 1): Mark.met,
        (one, 2): Mark.unmet,  # not emptied by a form that never saw it
        (other, 1): Mark.met,
    }
    # the page now shows what stands, and whoever is sure may still decide
    page.form("Simpan lembar").fill(row(one, "0")).submit()
    assert desk.sheet.marks[one, 1] is Mark.unmet


def test_one_button_makes_the_sheet_a_score(desk: Desk) -> None:
    page = desk.drawn()
    item = desk.items[0]
    page = page.form("Simpan lembar").fill(row(item, "1111111100")).submit()
    page = page.form(f"Pakai sebagai nilai {item}").submit()
    assert "1 butir dinilai dari lembar telusur." in page.text
    assert "Dipakai, nilai 2" in page.text
    assert desk.choice(item) == "2"
    checklist = desk.browser().get(f"/assessments/{desk.id}/checklist")
    assert "8 dari 10 berkas sesuai, isi register 1.040" in checklist.text
    # marks move on: the item says that score and sheet differ
    page = page.form("Simpan lembar").fill(row(item, "1111100000")).submit()
    assert "Lembar berubah sejak dipakai" in page.text
    assert "Nilai butir 2, lembar sekarang 1." in page.text
    checklist = desk.browser().get(f"/assessments/{desk.id}/checklist")
    assert "Lembar telusur berubah: sekarang 5 dari 10 sesuai, usulan nilai 1." in checklist.text


def test_all_complete_items_are_used_at_once_and_conflicts_are_told(desk: Desk) -> None:
    page = desk.drawn()
    one, other, part = desk.items[:3]
    assessment = desk.session.get_one(Assessment, desk.id)
    said = audits.operation(assessment, other, "choice", "0")
    actor = desk.scene.actor(desk.session, desk.clock, "assessor2")
    audits.enter(desk.session, desk.clock, actor, assessment, [said])
    marks = row(one, "1" * 10) | row(other, "1" * 10) | row(part, "111")
    page = page.form("Pakai semua yang lengkap sebagai nilai").fill(marks).submit()
    assert "1 butir dinilai dari lembar telusur." in page.text
    assert "1 butir sudah bernilai lain" in page.text
    assert "Ada dua nilai yang berbeda. Pilih salah satu pada butirnya." in page.text
    assert [desk.choice(each) for each in (one, other, part)] == ["2", "0", None]


def test_another_draw_is_made_with_its_reason_on_record(desk: Desk) -> None:
    page = desk.drawn().form("Ambil acak lagi").fill(LENGTHS).submit(status=422)
    assert "Tulis mengapa sampel diambil lagi" in page.text
    assert 'value="20"' in page.html
    page = page.form("Ambil acak lagi").fill({"Mengapa diambil lagi?": "Daftar keliru"}).submit()
    assert "T2: 10 berkas" in page.text
    assert "Sampel sebelumnya T1" in page.text
    assert "Daftar keliru" in page.text


def test_two_officers_who_draw_at_once_share_one_sample(desk: Desk) -> None:
    late = desk.page("assessor2").form("Ambil acak")
    desk.drawn()
    page = late.fill(LENGTHS).submit(status=409)
    assert "Sampel lain sudah diambil" in page.text
    assert desk.sheet.label == "T1"


def test_officers_read_the_sheet_and_change_nothing(desk: Desk) -> None:
    item = desk.drawn() and desk.items[0]
    desk.page().form("Simpan lembar").fill(row(item, "10")).submit()
    page = desk.page("checker")
    assert "✓" in page.html
    assert "Simpan lembar" not in page.text
    assert "Ambil" not in page.text.replace("Diambil", "")
    assert "Yang mengisinya adalah tim" in page.text


def test_the_institution_sees_counts_once_it_was_handed_over_and_never_single_files(
    desk: Desk,
) -> None:
    item = desk.drawn() and desk.items[0]
    desk.page().form("Simpan lembar").fill(row(item, "1111111100")).submit()
    assert desk.browser("institution").get(f"/assessments/{desk.id}/sample", status=404)
    _hand_over(desk)
    page = desk.page("institution")
    assert "8 dari 10 sesuai" in page.text
    assert "✓" not in page.html
    assert "✗" not in page.html


def _hand_over(desk: Desk) -> None:
    from tests.assessor.assessments.test_samples import Room, _close

    _close(Room(desk.session, desk.clock, desk.scene, desk.id))


def test_a_self_assessment_has_no_such_page(desk: Desk) -> None:
    own = audits.open_audit(desk.session, desk.clock, desk.scene, kind=Kind.self).id
    desk.browser("institution").get(f"/assessments/{own}/sample", status=404)


# ---- by script ----


def send(desk: Desk, sent: Any, who: str = "assessor") -> Any:
    return desk.browser(who).post_json(f"/assessments/{desk.id}/sample/marks", sent)


def box(item: str, file: int, mark: str, seen: str = ".") -> dict[str, Any]:
    return {"item": item, "file": file, "mark": mark, "seen": seen}


def test_boxes_are_kept_one_by_one_and_the_rows_come_back(desk: Desk) -> None:
    item = desk.drawn() and desk.items[0]
    for _ in range(2):  # a repeat changes nothing
        answer = send(desk, {"number": 1, "boxes": [box(item, 1, "1"), box(item, 2, "-")]})
        assert answer.status_code == 200
        assert answer.json["clashes"] == []
        assert answer.json["rows"][item]["seen"] == "1-........"
        assert "2 dari 10 berkas dilihat" in answer.json["rows"][item]["result"]


def test_a_box_filled_by_somebody_else_comes_back_as_it_stands(desk: Desk) -> None:
    item = desk.drawn() and desk.items[0]
    send(desk, {"number": 1, "boxes": [box(item, 1, "1")]})
    answer = send(desk, {"number": 1, "boxes": [box(item, 1, "0")]}, "assessor2")
    assert answer.json["clashes"] == [{"item": item, "file": 1, "mark": "✗"}]
    assert answer.json["rows"][item]["seen"].startswith("1")


@pytest.mark.parametrize(
    "sent",
    [
        None,
        [],
        {},
        {"number": "1", "boxes": []},
        {"number": True, "boxes": []},
        {"number": 1, "boxes": {}},
        {"number": 1, "boxes": [7]},
        {"number": 1, "boxes": [{"item": 7, "file": 1, "mark": "1", "seen": "."}]},
        {"number": 1, "boxes": [{"item": "A", "file": "1", "mark": "1", "seen": "."}]},
        {"number": 1, "boxes": [{"item": "A", "file": 1, "mark": "Andi", "seen": "."}]},
        {"number": 1, "boxes": [{"item": "A", "file": 1, "mark": None, "seen": "."}]},
        {"number": 1, "boxes": [{"item": "\x00", "file": 2**70, "mark": "1", "seen": "."}]},
        {"number": 1, "boxes": [{"item": "A", "file": 1, "mark": "1", "seen": "."}] * 5000},
    ],
)
def test_what_is_no_sheet_is_refused(desk: Desk, sent: Any) -> None:
    desk.drawn()
    answer = send(desk, sent)
    assert answer.status_code == 400
    assert answer.json["error"]
    assert not desk.sheet.marks


def test_marks_are_not_sent_in_somebody_elses_name(desk: Desk) -> None:
    item = desk.drawn() and desk.items[0]
    person = desk.scene.people["assessor"].id
    sent = {"number": 1, "person": person, "boxes": [box(item, 1, "1")]}
    answer = send(desk, sent, "assessor2")
    assert answer.status_code == 409
    assert not desk.sheet.marks


def test_the_page_asks_the_database_the_same_however_full_the_sheet_is(
    desk: Desk, counted: Callable[[], Any]
) -> None:
    desk.drawn()
    browser = desk.browser()
    address = f"/assessments/{desk.id}/sample"
    page = browser.get(address)
    with counted() as empty:
        browser.get(address)
    boxes = {}
    for item in desk.items:
        boxes |= row(item, "1" * 10)
    page.form("Simpan lembar").fill(boxes).submit()
    with counted() as full:
        browser.get(address)
    assert len(full) <= len(empty)
