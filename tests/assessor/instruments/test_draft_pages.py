"""The directorate drafts an edition in the browser, with a script or without."""

from __future__ import annotations

import io
import json
import zipfile

import pytest
from sqlalchemy import event, select

from assessor.access.actor import Role
from assessor.instruments.draft_models import Draft
from checklists.library import load_all
from tests import audits
from tests.assessor.instruments.test_drafting import FIRST, SECOND, House
from tests.builders import PASSWORD, make_person


@pytest.fixture
def house(session, clock):
    return House(session, clock)


@pytest.fixture
def desk(house, as_person):
    return as_person(house.people[0])


@pytest.fixture
def other(house, as_person):
    return as_person(house.people[1])


@pytest.fixture
def approver(house, as_person):
    return as_person(house.people[2])


@pytest.fixture
def draft_id(house):
    return house.start()


def edit(client, draft_id, item=FIRST, /, **fields):
    page = client.get(f"/drafts/{draft_id}/items/{item}")
    return page.form("Simpan").fill(fields).submit()


def test_a_draft_is_begun_from_the_page_of_an_edition(house, desk) -> None:
    digest = house.checklist.fingerprint.removeprefix("sha256:")
    page = desk.get(f"/instruments/{digest}").form("Susun edisi baru").submit()
    assert "Rancangan edisi baru dibuat" in page.text
    assert "Mulai menyunting" in page.text
    assert "Rancangan edisi" in desk.get("/instruments").text
    assert "Lanjutkan" in desk.get("/drafts").text


def test_others_see_no_draft(house, draft_id, as_person, session, clock) -> None:
    reader = as_person(make_person(session, clock, role=Role.coach))
    digest = house.checklist.fingerprint.removeprefix("sha256:")
    assert "Susun edisi baru" not in reader.get(f"/instruments/{digest}").text
    reader.get(f"/drafts/{draft_id}", status=404)
    reader.get("/drafts", status=403)


def test_what_is_wrong_stays_typed_and_is_told_at_its_field_and_in_the_list(
    house, desk, draft_id
) -> None:
    page = edit(desk, draft_id, text_id="", weight="banyak", applies="medis dan (")
    assert "Tersimpan." in page.text
    assert "Teks masih kosong. Isi dengan teks." in page.text
    assert "“banyak” tidak dapat dipakai di sini" in page.text
    assert "Syarat ini berhenti di tengah." in page.text
    assert page.form("Simpan").element.find(".//input[@name='applies']").get("value") == (
        "medis dan ("
    )
    whole = desk.get(f"/drafts/{draft_id}")
    assert "3 masalah perlu diperbaiki" in whole.text
    assert f"{FIRST} · Bunyi persyaratan (Indonesia)" in whole.text
    assert f"/drafts/{draft_id}/items/{FIRST}#text_id" in whole.html
    assert "Perbaiki masalah pertama" in whole.text
    assert "Ajukan untuk disahkan" not in whole.text
    mended = edit(
        desk, draft_id, text_id="Bunyi baru", text_en="New words", weight="3", applies="medis"
    )
    assert "perlu diperbaiki" not in mended.text
    assert "Semula:" in mended.text
    item = house.read(draft_id).checked.checklist.item(FIRST)
    assert (item.weight, item.text.id) == (3, "Bunyi baru")
    assert item.requirement.applies.tags() == {"medis"}


def test_a_page_that_is_sent_unchanged_changes_nothing(house, desk, draft_id) -> None:
    acts = len(house.acts())
    for item in house.checklist.items[:6]:
        edit(desk, draft_id, item.id)
    assert len(house.acts()) == acts


def test_two_people_on_one_page_both_keep_what_they_wrote(house, desk, other, draft_id) -> None:
    mine = desk.get(f"/drafts/{draft_id}/items/{FIRST}").form("Simpan")
    edit(other, draft_id, text_id="Kata orang lain")
    mine.fill({"weight": "5"}).submit()
    item = house.read(draft_id).checked.checklist.item(FIRST)
    assert (item.weight, item.text.id) == (5, "Kata orang lain")


def test_what_both_changed_is_shown_and_not_written_over(house, desk, other, draft_id) -> None:
    mine = desk.get(f"/drafts/{draft_id}/items/{FIRST}").form("Simpan")
    edit(other, draft_id, text_id="Kata orang lain")
    page = mine.fill({"text_id": "Kata saya"}).submit(status=409)
    assert "Orang lain juga mengubah bagian ini" in page.text
    assert "Kata orang lain" in page.text
    assert "Kata saya" in page.html
    assert house.read(draft_id).checked.checklist.item(FIRST).text.id == "Kata orang lain"
    page.form("Simpan").submit()
    assert house.read(draft_id).checked.checklist.item(FIRST).text.id == "Kata saya"


def send(client, draft_id, **fields):
    form = client.get(f"/drafts/{draft_id}/items/{FIRST}").form("Simpan").fill(fields)
    data: dict[str, list[str]] = {}
    for name, value in form.values:
        data.setdefault(name, []).append(value)
    return client.request(
        "POST",
        f"/drafts/{draft_id}/items/{FIRST}",
        data=data,
        headers={"Accept": "application/json"},
    )


def test_the_script_learns_what_was_saved_and_what_is_wrong(house, desk, draft_id) -> None:
    answer = send(desk, draft_id, text_en="", weight="2")
    told = json.loads(answer.data)
    assert answer.status_code == 200
    assert list(told["wrong"]) == ["text_en"]
    assert told["said"].startswith("Tersimpan")
    assert told["count"] == "1 masalah"
    assert told["was"]
    refused = send(desk, draft_id, how_id="NIK 3404071203850001")
    assert refused.status_code == 422
    assert "NIK" in json.loads(refused.data)["sentence"]


def test_a_number_like_a_person_stays_on_the_page_and_out_of_the_draft(desk, draft_id) -> None:
    page = desk.get(f"/drafts/{draft_id}/items/{FIRST}").form("Simpan")
    page = page.fill({"how_id": "NIK 3404071203850001"}).submit(status=422)
    assert "seperti NIK" in page.text
    assert "3404071203850001" in page.html


def test_items_are_added_moved_retired_and_taken_back(house, desk, draft_id) -> None:
    section = house.checklist.items[0].section.id
    page = desk.get(f"/drafts/{draft_id}/sections/{section}")
    page = page.form(f"Turun {FIRST}").submit()
    assert page.text.index(SECOND) < page.text.index(FIRST)
    page = page.form(f"Hapus {FIRST}").submit()
    assert "Dihapus dari edisi baru" in page.text
    page = page.form(f"Pakai lagi {FIRST}").submit()
    assert f"Butir {FIRST} ada lagi." in page.text
    page = desk.get(f"/drafts/{draft_id}/sections/{section}")
    page = page.form("Tambah di akhir bagian").submit()
    assert "Isi bunyinya." in page.text
    again = desk.get(f"/drafts/{draft_id}/sections/{section}")
    refused = again.form("Tambah di akhir bagian").fill({"item": FIRST}).submit(status=400)
    assert "sudah pernah dipakai" in refused.text
    assert "baru" in again.text


def test_the_edition_is_named_and_described(house, desk, draft_id) -> None:
    page = desk.get(f"/drafts/{draft_id}/about").form("Simpan")
    page.fill({"edition": "2027.1", "note_id": "Keterangan baru"}).submit()
    checklist = house.read(draft_id).checked.checklist
    assert (checklist.edition, checklist.note.id) == ("2027.1", "Keterangan baru")
    page = desk.get(f"/drafts/{draft_id}/about").form("Simpan")
    page = page.fill({"edition": house.checklist.edition}).submit()
    assert "sudah terbit" in page.text


def test_the_differences_from_the_base_are_told_with_their_effect(house, desk, draft_id) -> None:
    assert "Tidak ada perbedaan" in desk.get(f"/drafts/{draft_id}/changes").text
    edit(desk, draft_id, text_id="Bunyi lain sama sekali")
    page = desk.get(f"/drafts/{draft_id}/changes")
    assert "Bunyi persyaratan" in page.text
    edit(desk, draft_id, text_id="")
    assert "Belum dapat dibandingkan" in desk.get(f"/drafts/{draft_id}/changes").text


def test_what_is_downloaded_is_read_by_the_library(house, desk, draft_id, tmp_path) -> None:
    edit(desk, draft_id, weight="4")
    answer = desk.request("GET", f"/drafts/{draft_id}/download")
    with zipfile.ZipFile(io.BytesIO(answer.data)) as archive:
        archive.extractall(tmp_path)
    library, problems = load_all(tmp_path / "standards", tmp_path / "checklists")
    assert problems == ()
    made = house.read(draft_id).checked.checklist
    assert library.checklists[made.id] == made
    edit(desk, draft_id, weight="banyak")
    broken = desk.request("GET", f"/drafts/{draft_id}/download")
    with zipfile.ZipFile(io.BytesIO(broken.data)) as archive:
        texts = [archive.read(name).decode() for name in archive.namelist()]
    assert any("banyak" in text for text in texts)


def test_from_proposal_to_an_edition_that_everybody_reads(
    house, desk, approver, draft_id, clock, session
) -> None:
    clock.forward(minutes=1)
    edit(desk, draft_id, weight="4")
    page = desk.get(f"/drafts/{draft_id}").form("Ajukan untuk disahkan").submit()
    assert "Menunggu pengesahan" in page.text
    assert "orang lain di direktorat" in page.text
    assert "sedang tidak disunting" in desk.get(f"/drafts/{draft_id}/items/{FIRST}").text
    desk.get(f"/drafts/{draft_id}/approve", status=403)
    today = clock().date().isoformat()
    form = approver.get(f"/drafts/{draft_id}/approve").form("Sahkan edisi ini")
    said = {
        "decree": "KEP/9/XI/2026",
        "signed_on": today,
        "effective_on": today,
        "password": PASSWORD,
    }
    wrong = form.fill({**said, "password": "bukan-ini"}).submit(status=400)
    assert "Kata sandi" in wrong.text
    page = wrong.form("Sahkan edisi ini").fill(said).submit()
    assert "Disahkan, belum terbit" in page.text
    page = page.form("Terbitkan").submit()
    assert "Edisi ini terbit" in page.text
    assert "KEP/9/XI/2026" in page.text
    session.rollback()
    assert session.scalars(select(Draft.status)).one().value == "published"
    assert "Sudah terbit" in desk.get(f"/drafts/{draft_id}").text


def test_a_mistyped_password_does_not_approve_what_nobody_read(
    house, desk, approver, draft_id, clock, session
) -> None:
    edit(desk, draft_id, weight="4")
    house.propose(draft_id)
    today = clock().date().isoformat()
    said = {"decree": "KEP/9/XI/2026", "signed_on": today, "effective_on": today}
    form = approver.get(f"/drafts/{draft_id}/approve").form("Sahkan edisi ini")
    returned = desk.get(f"/drafts/{draft_id}/return").form("Kembalikan untuk disunting")
    returned.fill({"reason": "Masih ada yang kurang"}).submit()
    edit(desk, draft_id, weight="9")
    house.propose(draft_id)
    wrong = form.fill({**said, "password": "bukan-ini"}).submit(status=400)
    form = wrong.form("Sahkan edisi ini").fill({**said, "password": PASSWORD})
    assert "berubah sejak halaman dibuka" in form.submit(status=409).text
    session.rollback()
    assert session.scalars(select(Draft.status)).one().value == "proposed"


def test_it_goes_back_with_a_reason_or_is_withdrawn(house, desk, approver, draft_id) -> None:
    edit(desk, draft_id, weight="4")
    desk.get(f"/drafts/{draft_id}").form("Ajukan untuk disahkan").submit()
    page = approver.get(f"/drafts/{draft_id}/return").form("Kembalikan untuk disunting")
    assert "Tulis alasannya" in page.submit(status=400).text
    page = page.fill({"reason": "Bobotnya perlu dasar"}).submit()
    assert "Bobotnya perlu dasar" in page.text
    page = desk.get(f"/drafts/{draft_id}/withdraw").form("Tarik rancangan ini")
    page = page.fill({"reason": "Menunggu aturan baru"}).submit()
    assert "Ditarik" in page.text


def test_in_english_problems_are_told_in_english(desk, draft_id) -> None:
    edit(desk, draft_id, text_id="", weight="banyak")
    desk.request(
        "POST", "/preferences", data={"csrf_token": desk.token(), "language": "en", "next": "/"}
    )
    page = desk.get(f"/drafts/{draft_id}")
    assert "2 problems" in page.text


def queries(engine, client, path) -> int:
    statements = []

    def note(_conn, _cursor, statement, *_rest) -> None:
        statements.append(statement)

    event.listen(engine, "before_cursor_execute", note)
    try:
        client.get(path)
    finally:
        event.remove(engine, "before_cursor_execute", note)
    return len(statements)


def test_queries_do_not_grow_with_what_was_changed(house, desk, draft_id, engine) -> None:
    section = house.checklist.items[0].section.id
    paths = (f"/drafts/{draft_id}", f"/drafts/{draft_id}/sections/{section}")
    edit(desk, draft_id, weight="4")
    for path in paths:
        desk.get(path)  # what a worker reads once
    before = [queries(engine, desk, path) for path in paths]
    for item in audits.instrument(24).items[1:6]:
        edit(desk, draft_id, item.id, weight="7", text_id="")
    assert [queries(engine, desk, path) for path in paths] == before
