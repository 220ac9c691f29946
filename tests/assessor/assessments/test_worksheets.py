"""A sheet that was filled in away from the system is entered without writing over anybody."""

from __future__ import annotations

import io
import zipfile
from types import SimpleNamespace

import openpyxl
import pytest
from sqlalchemy import func, select

from assessor.assessments.models import Answer, Operation, OperationResult
from assessor.assessments.worksheet import reading
from assessor.assessments.worksheet.comparing import compare
from assessor.assessments.worksheet.reading import Filled, Written
from assessor.journal.models import JournalEntry
from tests import audits


@pytest.fixture
def scene(session, clock):
    return audits.make_scene(session, clock)


@pytest.fixture
def audit(session, clock, scene):
    opened = audits.open_audit(session, clock, scene)
    session.commit()
    return opened


@pytest.fixture
def assessor(scene, as_person):
    return as_person(scene.people["assessor"])


def sheet_of(client, audit) -> bytes:
    response = client.request("GET", f"/assessments/{audit.id}/worksheet/file")
    assert response.status_code == 200
    return response.data


def rows(book) -> dict[str, int]:
    return {each.value: each.row for each in book["Isian"]["A"] if each.row > 4 and each.value}


def fill(raw: bytes, values: dict[tuple[int, str], object]) -> bytes:
    """Write into cells of the nth item: E score, F facts, G reason, H recommendation."""
    book = openpyxl.load_workbook(io.BytesIO(raw))
    at = list(rows(book).values())
    for (nth, column), value in values.items():
        book["Isian"][f"{column}{at[nth]}"] = value
    written = io.BytesIO()
    book.save(written)
    return written.getvalue()


def item(raw: bytes, nth: int) -> str:
    return list(rows(openpyxl.load_workbook(io.BytesIO(raw))))[nth]


def upload(client, audit, raw: bytes, *, status: int = 200):
    page = client.get(f"/assessments/{audit.id}/worksheet")
    return page.form("Periksa lembar").fill(file=(raw, "lembar.xlsx")).submit(status=status)


def answer(session, audit, name: str) -> Answer | None:
    session.rollback()
    return session.get(Answer, (audit.id, name))


def count(session, model) -> int:
    session.rollback()
    return session.scalar(select(func.count()).select_from(model))


def by_other(session, clock, scene, audit, name: str, field: str, value: str) -> None:
    other = scene.actor(session, clock, "assessor2")
    session.rollback()
    (receipt,) = audits.enter(
        session, clock, other, audit, [audits.operation(audit, name, field, value)]
    )
    assert receipt.fate == "applied"
    session.commit()


def test_what_was_written_is_shown_first_and_then_entered_each_as_one_act(
    assessor, audit, session
) -> None:
    raw = sheet_of(assessor, audit)
    filled = fill(raw, {(0, "E"): 2, (0, "F"): "Akta ada.", (1, "E"): "tb", (1, "G"): "Tidak ada."})
    before = count(session, JournalEntry)
    page = upload(assessor, audit, filled)
    assert "4 isian dari lembar" in page.text
    assert count(session, JournalEntry) == before
    page = page.form("Masukkan isian").submit()
    assert "4 isian dari lembar sudah masuk." in " ".join(page.flashes)
    first, second = answer(session, audit, item(raw, 0)), answer(session, audit, item(raw, 1))
    assert (first.choice, first.facts) == ("2", "Akta ada.")
    assert (second.choice, second.reason) == ("TB", "Tidak ada.")
    assert count(session, JournalEntry) == before + 4


def test_the_same_sheet_again_changes_nothing(assessor, audit, session) -> None:
    filled = fill(sheet_of(assessor, audit), {(0, "E"): "2"})
    page = upload(assessor, audit, filled)
    form = page.form("Masukkan isian")
    form.submit()
    operations = count(session, Operation)
    form.submit()  # sent twice
    assert count(session, Operation) == operations
    assert "Tidak ada isian baru di lembar ini" in upload(assessor, audit, filled).text


def test_an_untouched_sheet_undoes_nothing_of_what_others_entered(
    assessor, audit, session, clock, scene
) -> None:
    raw = sheet_of(assessor, audit)
    by_other(session, clock, scene, audit, item(raw, 0), "choice", "1")
    page = upload(assessor, audit, fill(raw, {(1, "E"): "2"}))
    assert "1 isian dari lembar" in page.text
    page.form("Masukkan isian").submit()
    assert answer(session, audit, item(raw, 0)).choice == "1"


@pytest.mark.parametrize(("take", "stands"), [("system", "1"), ("sheet", "2")])
def test_where_both_have_something_a_person_chooses(
    assessor, audit, session, clock, scene, take, stands
) -> None:
    raw = sheet_of(assessor, audit)
    name = item(raw, 0)
    by_other(session, clock, scene, audit, name, "choice", "1")
    page = upload(assessor, audit, fill(raw, {(0, "E"): "2"}))
    assert "Sudah diubah di sistem sejak lembar diunduh" in page.text
    assert "Biarkan yang di sistem: 1" in page.text
    assert "Pakai yang di lembar: 2" in page.text
    page.form("Masukkan isian").fill({f"take-choice-{name}": take}).submit()
    assert answer(session, audit, name).choice == stands


def test_what_somebody_enters_while_one_chooses_is_not_written_over(
    assessor, audit, session, clock, scene
) -> None:
    raw = sheet_of(assessor, audit)
    name = item(raw, 0)
    page = upload(assessor, audit, fill(raw, {(0, "E"): "2"}))
    by_other(session, clock, scene, audit, name, "choice", "1")
    page = page.form("Masukkan isian").submit()
    assert "berbeda dengan yang baru saja diisi orang lain" in " ".join(page.flashes)
    assert answer(session, audit, name).choice == "1"
    waiting = session.scalars(
        select(Operation).where(Operation.result == OperationResult.conflict)
    ).all()
    assert [each.value for each in waiting] == ["2"]


def test_a_cell_that_was_emptied_empties_the_field(assessor, audit, session, clock, scene) -> None:
    name = item(sheet_of(assessor, audit), 0)
    by_other(session, clock, scene, audit, name, "facts", "=1+1 tertulis")
    raw = sheet_of(assessor, audit)
    assert "Tidak ada isian baru" in upload(assessor, audit, raw).text
    page = upload(assessor, audit, fill(raw, {(0, "F"): None}))
    page.form("Masukkan isian").submit()
    assert answer(session, audit, name).facts is None


def test_what_cannot_be_entered_is_told_with_its_cell(assessor, audit, session) -> None:
    raw = sheet_of(assessor, audit)
    wrong = {
        (0, "E"): "=1+1",
        (1, "E"): "9",
        (2, "E"): 1.5,
        (3, "F"): "NIK 3201010101010001",
        (4, "A"): "Z-999",
        (4, "E"): "2",
        (5, "E"): "2",
    }
    page = upload(assessor, audit, fill(raw, wrong))
    for said in ("rumus", "tidak ada pada skala", "pecahan", "NIK", "tidak dikenal"):
        assert said in page.text
    assert "1 isian dari lembar" in page.text
    page.form("Masukkan isian").submit()
    assert answer(session, audit, item(raw, 5)).choice == "2"
    assert count(session, Answer) == 1


def test_an_item_that_is_not_asked_here_is_refused() -> None:
    checklist = audits.instrument(24)
    asked, other = checklist.items[0].id, checklist.items[1].id
    here = SimpleNamespace(id="here", scope=[asked], tags=sorted(audits.TAGS))
    written = tuple(
        Written(f"E{row}", name, "choice", "2", None) for row, name in ((5, asked), (6, other))
    )
    compared = compare(Filled("here", checklist.fingerprint, written, ()), here, checklist, {})
    assert [change.written.item for change in compared.changes] == [asked]
    assert [(each.cell, each.item) for each in compared.rejected] == [("E6", other)]
    assert "tidak berlaku pada penilaian ini" in str(compared.rejected[0].sentence)


def test_a_sheet_of_something_else_is_refused(assessor, audit, monkeypatch) -> None:
    raw = sheet_of(assessor, audit)

    def bent(cell: str, value: str) -> bytes:
        book = openpyxl.load_workbook(io.BytesIO(raw))
        book["Sistem"][cell] = value
        written = io.BytesIO()
        book.save(written)
        return written.getvalue()

    for content, said in (
        (bent("B1", "another"), "penilaian lain"),
        (bent("B2", "sha256:other"), "edisi instrumen yang lain"),
        (bent("A2", "nothing"), "bukan lembar isian"),
        (b"PK", "bukan lembar isian"),
    ):
        page = upload(assessor, audit, content, status=400)
        assert said in " ".join(page.errors)
    monkeypatch.setattr(reading, "LARGEST", 1000)
    page = upload(assessor, audit, raw, status=400)
    assert "lebih besar dari" in " ".join(page.errors)
    assert "Pilih lembar" in " ".join(
        assessor.get(f"/assessments/{audit.id}/worksheet")
        .form("Periksa lembar")
        .submit(status=400)
        .errors
    )


def test_what_was_sent_is_not_filled_in_any_more(assessor, audit, session, clock, scene) -> None:
    filled = fill(sheet_of(assessor, audit), {(0, "F"): "Terlambat."})
    page = upload(assessor, audit, filled)
    audits.arrange(session, clock, scene, audit)
    needing = audits.needing_citation(session, audit)
    audits.score(session, clock, scene, audit, unmet=needing)
    audits.submit(session, clock, scene, audit)
    session.commit()
    late = page.form("Masukkan isian").submit(status=400)
    assert "sudah dikirim" in late.text
    assert "Periksa lembar" not in assessor.get(f"/assessments/{audit.id}/worksheet").text


def test_who_has_not_declared_is_told_before_filling_anything_in(
    session, clock, scene, as_person
) -> None:
    opened = audits.open_audit(session, clock, scene, declared=False)
    session.commit()
    page = as_person(scene.people["assessor"]).get(f"/assessments/{opened.id}/worksheet")
    assert "konflik kepentingan" in page.text
    assert "Periksa lembar" not in page.text


def poked(raw: bytes, old: str, new: str) -> bytes:
    """A sheet whose parts say something else, as no program writes it."""
    written = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(raw)) as was, zipfile.ZipFile(written, "w") as made:
        for name in was.namelist():
            made.writestr(name, was.read(name).replace(old.encode(), new.encode()))
    return written.getvalue()


@pytest.mark.parametrize("written", ["_xD800_", "_x0000_"])
def test_a_character_that_no_page_can_show_is_replaced(assessor, audit, session, written) -> None:
    raw = sheet_of(assessor, audit)
    filled = poked(fill(raw, {(0, "F"): "Akta DI SINI ada."}), "DI SINI", written)
    upload(assessor, audit, filled).form("Masukkan isian").submit()
    assert answer(session, audit, item(raw, 0)).facts == "Akta \ufffd ada."


def test_an_item_that_stands_twice_is_entered_once_and_told(assessor, audit, session) -> None:
    raw = sheet_of(assessor, audit)
    book = openpyxl.load_workbook(io.BytesIO(fill(raw, {(0, "F"): "Akta ada."})))
    book["Isian"]["A900"], book["Isian"]["F900"] = item(raw, 0), "Akta tidak ada."
    written = io.BytesIO()
    book.save(written)
    page = upload(assessor, audit, written.getvalue())
    assert "sudah ada di baris di atasnya" in page.text
    page.form("Masukkan isian").submit()
    assert answer(session, audit, item(raw, 0)).facts == "Akta ada."
    assert count(session, Operation) == 1


def test_a_sheet_with_more_rows_than_any_instrument_has_items_is_refused(
    assessor, audit, monkeypatch
) -> None:
    raw = sheet_of(assessor, audit)
    monkeypatch.setattr(reading, "MOST_ROWS", 2)
    assert "bukan lembar isian" in upload(assessor, audit, raw, status=400).text


def test_what_stands_in_the_column_of_items_is_told_in_brief(assessor, audit) -> None:
    book = openpyxl.load_workbook(io.BytesIO(sheet_of(assessor, audit)))
    book["Isian"]["A900"], book["Isian"]["F900"] = "Z" * 30_000, "Akta ada."
    written = io.BytesIO()
    book.save(written)
    page = upload(assessor, audit, written.getvalue())
    assert "Z" * 41 in page.text
    assert "Z" * 42 not in page.text
