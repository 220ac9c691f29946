"""An instrument is written as a workbook and read back: the same, or every problem at its cell."""

from __future__ import annotations

import datetime
import io
from dataclasses import replace

import openpyxl
import pytest
from hypothesis import given, settings

from assessor.instruments.template_workbooks import template_workbook
from checklists.formats.template import ITEMS, PLANS
from checklists.formats.template_rows import guarded, unguarded
from checklists.imports.workbook import import_workbook
from checklists.library import load_all
from standards.applicability import All, Any, Not, Tag
from tests.checklists.based_fixture import make_based
from tests.checklists.formats.texts import texts, worded_checklists
from tests.checklists.strategies import steady
from tests.instrument_fixture import make_checklist

CHECKLIST = make_checklist(items=12)
RAW = template_workbook(CHECKLIST, language="id")


def changed(change) -> bytes:
    """The workbook after somebody changed it in another program."""
    book = openpyxl.load_workbook(io.BytesIO(RAW))
    change(book)
    written = io.BytesIO()
    book.save(written)
    return written.getvalue()


def cell(book, plan: str, row: int, key: str):
    sheet = book[plan]
    column = next(each.column for each in sheet[1] if each.value == key)
    return sheet.cell(row, column)


def problems_of(change):
    arrival = import_workbook(changed(change), "isian.xlsx")
    assert arrival.checklist is None
    return arrival.problems


# ---- the same comes back ----


@settings(steady, max_examples=30)
@given(worded_checklists())
def test_whatever_an_instrument_says_comes_back_the_same(checklist) -> None:
    arrival = import_workbook(template_workbook(checklist, language="en"), "x.xlsx")
    assert arrival.problems == ()
    assert arrival.checklist == checklist
    assert arrival.checklist.fingerprint == checklist.fingerprint


def test_the_packaged_instruments_come_back_the_same() -> None:
    library, _ = load_all()
    for checklist in library.checklists.values():
        if checklist.derivation is None:
            raw = template_workbook(checklist, language="id")
            assert import_workbook(raw, "x.xlsx").checklist == checklist


def test_it_comes_back_the_same_from_another_program() -> None:
    arrival = import_workbook(changed(lambda book: None), "x.xlsx")
    assert arrival.checklist == CHECKLIST
    assert arrival.counts.items == 12


def test_a_requirement_with_two_items_or_with_none_comes_back_the_same() -> None:
    first, second, *rest = CHECKLIST.items
    twin = replace(first, id="A-001b", weight=7)
    checklist = replace(CHECKLIST, items=(first, twin, *rest))
    assert import_workbook(template_workbook(checklist, language="id"), "x").checklist == checklist
    assert second.requirement in checklist.standard.requirements


def test_every_form_of_applicability_comes_back_the_same() -> None:
    forms = (All((Tag("medis"),)), Any((Not(Tag("ipwl")), All((Tag("sosial"), Tag("anak"))))))
    standard = CHECKLIST.standard
    requirements = tuple(
        replace(each, applies=forms[at % 2]) for at, each in enumerate(standard.requirements)
    )
    standard = replace(standard, requirements=requirements)
    items = tuple(
        replace(item, requirement=standard.requirement(item.id)) for item in CHECKLIST.items
    )
    checklist = replace(CHECKLIST, standard=standard, items=items)
    assert import_workbook(template_workbook(checklist, language="id"), "x").checklist == checklist


@steady
@given(texts)
def test_a_text_in_a_cell_is_no_formula_and_can_be_read_back(text) -> None:
    for each in (text, f"'{text}", f"''{text}"):
        assert not guarded(each).startswith(("=", "+", "-", "@", "\t"))
        assert unguarded(guarded(each)) == each


def test_the_same_instrument_gives_the_same_bytes() -> None:
    assert template_workbook(CHECKLIST, language="id") == RAW
    with pytest.raises(ValueError, match="only a full checklist"):
        template_workbook(make_based(), language="id")


# ---- an empty one ----


def test_an_empty_template_says_at_once_what_is_still_to_be_written() -> None:
    arrival = import_workbook(template_workbook(None, language="id"), "kosong.xlsx")
    assert {(each.file, each.line) for each in arrival.problems} >= {
        ("Instrumen", 3),
        ("Instrumen", 4),
        ("Aspek", 3),
        ("Bagian", 3),
    }


def test_an_empty_template_that_was_filled_in_comes_in() -> None:
    book = openpyxl.load_workbook(io.BytesIO(template_workbook(None, language="id")))
    full = openpyxl.load_workbook(io.BytesIO(RAW))
    for plan in PLANS:
        for row in full[plan.name].iter_rows(min_row=3):
            for each in row:
                book[plan.name].cell(each.row, each.column).value = each.value
    written = io.BytesIO()
    book.save(written)
    assert import_workbook(written.getvalue(), "x.xlsx").checklist == CHECKLIST


# ---- what people write is taken as meant, or refused ----


def test_numbers_and_percentages_are_taken_as_they_are_meant() -> None:
    def change(book) -> None:
        cell(book, "Butir", 3, "weight").value = 4
        sheet = book["Instrumen"]
        row = next(each.row for each in sheet["A"] if each.value == "thresholds.total")
        sheet.cell(row, 2).value = "82,5%"

    checklist = import_workbook(changed(change), "x").checklist
    assert checklist.items[0].weight == 4
    assert float(checklist.thresholds.total) == 0.825


def put(key: str, value, *, plan: str = "Butir", row: int = 4):
    def change(book) -> None:
        cell(book, plan, row, key).value = value

    return change


def remove_sheet(book) -> None:
    del book["Skala"]


def rename_column(book) -> None:
    cell(book, "Butir", 1, "weight").value = "wait"


def outside(book) -> None:
    book["Butir"].cell(5, 40).value = "catatan"


def swap_scale(book) -> None:
    cell(book, "Skala", 3, "points").value = "9"


def repeat_requirement(book) -> None:
    cell(book, "Butir", 4, "requirement").value = "A-001"


def drop_head(book) -> None:
    book["Instrumen"].delete_rows(5)


WRONG = {
    "formula": (put("text.id", "=1+1"), "Butir", 4, "rumus"),
    "formula in the head": (put("value", "=A1", plan="Instrumen", row=3), "Instrumen", 3, "rumus"),
    "decimals": (put("clause", 1.10), "Butir", 4, "bilangan pecahan"),
    "day": (put("clause", datetime.date(2026, 1, 2)), "Butir", 4, "tanggal"),
    "truth": (put("critical", True), "Butir", 4, "benar atau salah"),
    "empty": (put("text.en", None), "Butir", 4, "kosong"),
    "weight": (put("weight", "0"), "Butir", 4, "tidak dapat dipakai"),
    "critical": (put("critical", "keras"), "Butir", 4, "tidak dikenal"),
    "method": (put("methods", "D X"), "Butir", 4, "“X” tidak dikenal"),
    "section": (put("section", "Z"), "Butir", 4, "bagian ini tidak dikenal"),
    "source": (put("sources", "P9"), "Butir", 4, "sumber “P9” tidak dikenal"),
    "applies": (put("applies", "{all: [a"), "Butir", 4, "keberlakuan tidak dapat dibaca"),
    "applies to nobody known": (put("applies", "dokter"), "Butir", 4, "label “dokter” tidak dikenal"),
    "applies and an anchor": (put("applies", "&a medis"), "Butir", 4, "keberlakuan tidak dapat dibaca"),
    "code": (put("item", "A 2"), "Butir", 4, "bukan kode yang sah"),
    "item twice": (put("item", "A-001"), "Butir", 4, "ditulis dua kali"),
    "hidden": (put("text.id", "a\u202eb"), "Butir", 4, "U+202E"),
    "repeated": (repeat_requirement, "Butir", 4, "sudah ditulis di baris 3"),
    "sheet": (remove_sheet, "Skala", 1, "lembar “Skala” tidak ada"),
    "column": (rename_column, "Butir", 1, "kolom “weight” tidak ada"),
    "outside": (outside, "Butir", 5, "AN5 berada di luar"),
    "scale": (swap_scale, "Skala", 4, "tidak naik"),
    "key": (drop_head, "Instrumen", 3, "belum ada"),
}  # fmt: skip


@pytest.mark.parametrize("name", WRONG)
def test_what_is_wrong_is_told_with_sheet_row_and_what_to_do(name: str) -> None:
    change, sheet, row, said = WRONG[name]
    told = [each for each in problems_of(change) if said in each.what]
    assert told, problems_of(change)
    assert (told[0].file, told[0].line) == (sheet, row)
    assert told[0].remedy


def test_a_problem_names_the_column() -> None:
    (problem,) = problems_of(put("weight", "0"))
    assert problem.column == ITEMS.keys.index("weight") + 1


def test_all_problems_come_at_once() -> None:
    def change(book) -> None:
        for key, value in (("weight", "0"), ("text.en", None), ("critical", "?")):
            cell(book, "Butir", 4, key).value = value
        cell(book, "Butir", 6, "section").value = "Z"

    assert len(problems_of(change)) == 4


def test_what_is_too_large_or_no_workbook_is_refused_by_name() -> None:
    for raw in (b"x" * (16 * 2**20 + 1), b"PK\x03\x04", b""):
        (problem,) = import_workbook(raw, "isian.xlsx").problems
        assert problem.file == "isian.xlsx"
