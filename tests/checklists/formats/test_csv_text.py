"""One table of plain text, safe in a spreadsheet."""

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checklists.formats.cells import harmless
from checklists.formats.csv_text import COLUMNS, csv_text
from checklists.model import Checklist
from tests.checklists.formats.texts import worded_checklists
from tests.checklists.strategies import steady
from tests.instrument_fixture import make_checklist

CHECKLIST = make_checklist(items=24)
STARTS = ("=", "+", "-", "@", "\t", "\r", "\n")


def rows(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text, newline="")))


def test_every_item_is_a_row_with_its_edition() -> None:
    read = rows(csv_text(CHECKLIST, language="id", status="Instrumen kerja, belum disahkan"))
    assert [row["item"] for row in read] == [item.id for item in CHECKLIST.items]
    assert {row["fingerprint"] for row in read} == {CHECKLIST.fingerprint}
    assert {row["status"] for row in read} == {"Instrumen kerja, belum disahkan"}
    assert read[3]["applies"] == "Berlaku untuk Label rawat-inap (id)."
    assert read[1]["methods"] == "D W"


def test_a_standard_has_no_words_about_judging() -> None:
    read = rows(csv_text(CHECKLIST.standard, language="en", status="Working"))
    assert {row["item"] for row in read} == {""}
    assert read[0]["text"] == "Persyaratan A-001 (en)"


@steady
@given(worded_checklists())
def test_whatever_the_words_are_no_cell_is_a_formula_and_none_is_lost(
    checklist: Checklist,
) -> None:
    text = csv_text(checklist, language="id", status="=HYPERLINK(1)")
    read = list(csv.reader(io.StringIO(text, newline="")))
    assert tuple(read[0]) == COLUMNS
    assert len(read) == len(checklist.items) + 1
    for row, item in zip(read[1:], checklist.items, strict=True):
        assert len(row) == len(COLUMNS)
        for cell in row:
            assert not cell.lstrip(" ").startswith(STARTS)
        assert row[4].removeprefix("'") == item.text.id.removeprefix("'")


@given(st.text())
def test_a_cell_keeps_its_words_and_begins_no_formula(text: str) -> None:
    made = harmless(text)
    assert made in {text, f"'{text}"}
    assert not made.lstrip(" \u00a0").startswith(STARTS)


@pytest.mark.parametrize(
    "text", ["=1+1", " =1", "\u00a0=1", "＝1", "@a", "-2", "+62", "\t=1", "\n=1"]
)
def test_what_could_be_a_formula_gets_an_apostrophe(text: str) -> None:
    assert harmless(text) == f"'{text}"


@pytest.mark.parametrize("text", ["", "Apakah ada?", "1 = 1", "a-b", "★ keras"])
def test_what_cannot_be_one_stays(text: str) -> None:
    assert harmless(text) == text
