"""A mapping between editions is read like all YAML: every problem with its place and its remedy."""

from pathlib import Path

import pytest

from checklists.library import load_all
from checklists.mapping import FOLDER, EditionName
from tests.instrument_fixture import CHECKLIST_ID, make_checklist, write_library

SMALL = make_checklist(items=16)
GOOD = f"""\
old: {{checklist: {CHECKLIST_ID}, edition: "2025.1"}}
new: {{checklist: {CHECKLIST_ID}, edition: "2026.1"}}
source: {{id: "Rapat padanan 3 Maret 2026", en: "Meeting of 3 March 2026"}}
items:
  - {{old: LAMA-1, new: A-001}}
  - {{old: LAMA-2, new: A-002}}
"""


def problems_of(folder: Path, text: str) -> list[str]:
    library, problems = load_all(*_written(folder, text))
    assert library.mappings == () or not problems
    return [str(each) for each in problems]


def _written(folder: Path, text: str) -> tuple[Path, Path]:
    standards, checklists = write_library(folder, SMALL)
    inside = checklists / CHECKLIST_ID / FOLDER
    inside.mkdir()
    (inside / "dari-2025.yaml").write_text(text, encoding="utf-8")
    return standards, checklists


def test_a_mapping_says_which_items_correspond_and_who_says_so(tmp_path: Path) -> None:
    library, problems = load_all(*_written(tmp_path, GOOD))
    assert problems == ()
    (mapping,) = library.mappings
    assert mapping.old == EditionName(CHECKLIST_ID, "2025.1")
    assert mapping.new == EditionName(CHECKLIST_ID, "2026.1")
    assert mapping.items == {"LAMA-1": "A-001", "LAMA-2": "A-002"}
    assert mapping.source.en == "Meeting of 3 March 2026"


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("A-002}", "A-999}", "butir “A-999” tidak ada dalam instrumen itu; tulis kode"),
        ("A-002}", "A-001}", "“A-001” ditulis dua kali"),
        ("LAMA-2", "LAMA-1", "“LAMA-1” ditulis dua kali"),
        ('edition: "2025.1"', 'edition: "2026.1"', "edisi lama dan edisi baru sama"),
        ('edition: "2026.1"', 'edition: "2027.1"', "edisi instrumen itu adalah 2026.1"),
        (
            f"new: {{checklist: {CHECKLIST_ID}",
            "new: {checklist: lain",
            "instrumen “lain” tidak ada",
        ),
        ("source:", "sumber:", "kunci “source” belum ada"),
        (', en: "Meeting of 3 March 2026"', "", "kunci “en” belum ada"),
        ("  - {old: LAMA-1, new: A-001}", "  - {old: LAMA-1}", "kunci “new” belum ada"),
        ("LAMA-1", '"LAMA 1"', "“LAMA 1” bukan kode yang sah"),
        ("items:", "items: &a", "jangkar &a tidak boleh dipakai"),
    ],
)
def test_what_is_wrong_is_told_with_its_place(
    tmp_path: Path, old: str, new: str, said: str
) -> None:
    found = problems_of(tmp_path, GOOD.replace(old, new, 1))
    assert any(said in each and "dari-2025.yaml:" in each for each in found), found


def test_items_of_an_old_edition_that_is_still_there_are_checked_too(tmp_path: Path) -> None:
    other = GOOD.replace(
        f'old: {{checklist: {CHECKLIST_ID}, edition: "2025.1"}}',
        'old: {checklist: x, edition: "1"}',
    )
    assert problems_of(tmp_path / "unknown", other) == []


def test_an_empty_mapping_is_a_problem(tmp_path: Path) -> None:
    text = GOOD[: GOOD.index("  - ")].replace("items:", "items: []")
    assert any("paling sedikit 1" in each for each in problems_of(tmp_path, text))


def test_the_packaged_mappings_have_no_problem() -> None:
    library, problems = load_all()
    assert problems == ()
    for mapping in library.mappings:
        assert library.checklists[mapping.new.checklist].edition == mapping.new.edition
