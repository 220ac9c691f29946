"""Folders become checklists, or a list of everything that is wrong with them."""

from pathlib import Path

import pytest

from checklists.library import load_all, load_checklist, packaged
from checklists.model import Checklist
from tests.instrument_fixture import (
    CHECKLIST_ID,
    STANDARD_ID,
    make_checklist,
    make_standard,
    write_checklist,
    write_library,
    write_standard,
)

FIXTURES = Path(__file__).parents[1] / "fixtures" / "instruments"
STANDARDS = {STANDARD_ID: make_standard(items=16)}
SMALL = make_checklist(items=16)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    write_checklist(tmp_path / CHECKLIST_ID, SMALL)
    return tmp_path / CHECKLIST_ID


def change(folder: Path, name: str, old: str, new: str) -> None:
    text = (folder / name).read_text(encoding="utf-8")
    assert old in text
    (folder / name).write_text(text.replace(old, new, 1), encoding="utf-8")


def problems_of(folder: Path) -> list[str]:
    checklist, problems = load_checklist(folder, STANDARDS)
    assert checklist is None
    return [str(problem.what) for problem in problems]


def test_a_written_library_is_read_again_the_same(tmp_path: Path) -> None:
    checklist = make_checklist(items=120)
    library, problems = load_all(*write_library(tmp_path, checklist))
    assert problems == ()
    assert library.checklists == {CHECKLIST_ID: checklist}
    assert library.standards == {STANDARD_ID: checklist.standard}
    assert library.checklists[CHECKLIST_ID].fingerprint == checklist.fingerprint


def test_twenty_faults_are_twenty_problems_each_with_place_and_remedy() -> None:
    folder = FIXTURES / "checklist-with-twenty-faults"
    checklist, problems = load_checklist(folder, {STANDARD_ID: make_standard(items=40)})
    said = "".join(f"{problem}\n" for problem in problems).replace(f"{folder}/", "")
    assert checklist is None
    assert len(problems) == 20
    assert said == (folder / "expected.txt").read_text(encoding="utf-8")
    assert all(problem.line and problem.column and problem.remedy for problem in problems)


def test_a_comma_in_a_file_changes_the_fingerprint(folder: Path) -> None:
    change(folder, "01-bagian-a.yaml", "dijalankan?", "dijalankan,")
    checklist, problems = load_checklist(folder, STANDARDS)
    assert problems == ()
    assert checklist is not None
    assert checklist.fingerprint != SMALL.fingerprint


def test_items_stand_in_the_order_of_the_standard(folder: Path) -> None:
    (folder / "01-bagian-a.yaml").rename(folder / "99-bagian-a.yaml")
    checklist, _ = load_checklist(folder, STANDARDS)
    assert checklist == SMALL


def test_two_items_may_judge_one_requirement(folder: Path) -> None:
    change(
        folder,
        "01-bagian-a.yaml",
        '"item": "A-002"',
        '"item": "A-002b"\n    "requirement": "A-001"',
    )
    checklist, problems = load_checklist(folder, STANDARDS)
    assert problems == ()
    assert checklist is not None
    assert [item.id for item in checklist.items[:2]] == ["A-001", "A-002b"]
    assert checklist.item("A-002b").requirement.id == "A-001"


def test_a_requirement_in_no_checklist_is_allowed(folder: Path) -> None:
    (folder / "08-bagian-h.yaml").unlink()
    checklist, problems = load_checklist(folder, STANDARDS)
    assert problems == ()
    assert checklist is not None
    assert len(checklist.items) == 14


def test_levels_may_be_left_out(folder: Path) -> None:
    text = (folder / "checklist.yaml").read_text(encoding="utf-8")
    before, rest = text.split('"levels":')
    after = rest[rest.index('"work_order":') :]
    (folder / "checklist.yaml").write_text(before + after, encoding="utf-8")
    checklist, problems = load_checklist(folder, STANDARDS)
    assert problems == ()
    assert checklist is not None
    assert checklist.levels == ()


@pytest.mark.parametrize(
    ("name", "old", "new", "said"),
    [
        ("checklist.yaml", '"2026.1"', '"2026 1"', "“2026 1” bukan kode yang sah"),
        ("checklist.yaml", '"met_from": "2"', '"met_from": "3"', "“3” tidak dapat menjadi batas terpenuhi"),
        ("checklist.yaml", '"80/100"', '"101/100"', "“101/100” bukan pecahan dari 0 sampai 1"),
        ("checklist.yaml", '"80/100"', '{"a": "b"}', "“” bukan pecahan dari 0 sampai 1"),
        ("checklist.yaml", '"points": 2', '"points": -1', "“-1” tidak dapat dipakai di sini"),
        ("checklist.yaml", '"points": 1', '"points": 1.0', "“1.0” tidak dapat dipakai di sini"),
        ("checklist.yaml", '"points": 1', '"points": 2', "nilai pada skala tidak naik"),
        ("checklist.yaml", '"choice": "1"', '"choice": "BD"', "kode “BD” sudah berarti lain"),
        ("checklist.yaml", '"class": "minor"', '"class": "grave"', "“grave” tidak dikenal di sini"),
        ("checklist.yaml", '"when": "unmet"', '"when": ["unmet"]', "“…” tidak dikenal di sini"),
        ("checklist.yaml", '"level": "cukup"', '"level": "baik"', "“baik” ditulis dua kali"),
        ("01-bagian-a.yaml", '"effort": 1', '"effort": 6', "“6” tidak dapat dipakai di sini"),
        ("01-bagian-a.yaml", '"weight": 1', '"weight": 0', "“0” tidak dapat dipakai di sini"),
        ("01-bagian-a.yaml", '"item": "A-002"', '"item": "A-001"', "“A-001” ditulis dua kali"),
        ("01-bagian-a.yaml", '"critical": "no"', '"critical": "maybe"', "“maybe” tidak dikenal di sini"),
        ("01-bagian-a.yaml", '"items"', '"butir"', "kunci “items” belum ada"),
    ],
)  # fmt: skip
def test_what_does_not_hold_together_is_a_problem(
    folder: Path, name: str, old: str, new: str, said: str
) -> None:
    change(folder, name, old, new)
    assert said in problems_of(folder)


def test_a_band_outside_the_scale_is_a_problem(folder: Path) -> None:
    text = (folder / "checklist.yaml").read_text(encoding="utf-8")
    sample, rest = text.split('"findings"')
    sample = sample[::-1].replace('"2"'[::-1], '"9"'[::-1], 1)[::-1]
    (folder / "checklist.yaml").write_text(sample + '"findings"' + rest, encoding="utf-8")
    assert problems_of(folder) == ["pilihan “9” tidak ada dalam skala"]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('"from": "1/2"\n      "choice": "1"', '"from": "1/2"\n      "choice": "2"'),
        ('"from": "1/2"', '"from": "4/5"'),
        ('"from": "0/1"', '"from": "1/10"'),
    ],
)
def test_bands_step_down_to_nothing(folder: Path, old: str, new: str) -> None:
    change(folder, "checklist.yaml", old, new)
    assert problems_of(folder) == ["batas sampel tidak menurun sampai nol"]


def test_a_long_question_is_a_problem(folder: Path) -> None:
    change(folder, "01-bagian-a.yaml", "dijalankan? (id)", "x" * 400)
    assert problems_of(folder) == ["teks 413 karakter terlalu panjang"]


def test_a_checklist_without_items_is_a_problem(folder: Path) -> None:
    for path in folder.glob("0*.yaml"):
        path.unlink()
    assert problems_of(folder) == ["instrumen ini belum memiliki butir"]


def test_a_missing_block_is_one_problem(folder: Path) -> None:
    change(folder, "checklist.yaml", '"thresholds":', '"batas":')
    assert sorted(problems_of(folder)) == [
        "kunci “batas” tidak dikenal",
        "kunci “thresholds” belum ada",
    ]


def test_without_its_standard_the_other_problems_are_still_found(folder: Path) -> None:
    change(folder, "01-bagian-a.yaml", '"weight": 1', '"weight": 0')
    checklist, problems = load_checklist(folder, {})
    assert checklist is None
    assert [problem.what for problem in problems] == [
        "“0” tidak dapat dipakai di sini",
        f"standar “{STANDARD_ID}” tidak ada atau masih bermasalah",
    ]


def test_another_edition_of_the_standard_is_a_problem(folder: Path) -> None:
    change(folder, "checklist.yaml", '"standard_edition": "2026.1"', '"standard_edition": "2025.1"')
    assert problems_of(folder) == ["edisi standar yang ada adalah 2026.1"]


def test_a_folder_without_a_head_is_a_problem(tmp_path: Path) -> None:
    (tmp_path / "kosong").mkdir()
    assert problems_of(tmp_path / "kosong") == ["berkas tidak ada"]


def test_what_has_problems_is_left_out_and_the_rest_is_there(tmp_path: Path) -> None:
    standards, checklists = write_library(tmp_path, SMALL)
    (standards / "rusak").mkdir()
    (standards / "rusak" / "standard.yaml").write_text("a: [", encoding="utf-8")
    library, problems = load_all(standards, checklists)
    assert list(library.standards) == [STANDARD_ID]
    assert list(library.checklists) == [CHECKLIST_ID]
    assert [Path(problem.file).parent.name for problem in problems] == ["rusak"]


def test_a_broken_standard_takes_its_checklists_along(tmp_path: Path) -> None:
    standards, checklists = write_library(tmp_path, SMALL)
    change(standards / STANDARD_ID, "standard.yaml", '"edition"', '"edisi"')
    library, problems = load_all(standards, checklists)
    assert (library.standards, library.checklists) == ({}, {})
    assert len(problems) == 2


def test_two_folders_with_one_id_are_a_problem(tmp_path: Path) -> None:
    standards, checklists = write_library(tmp_path, SMALL)
    write_standard(standards / "kembar", SMALL.standard)
    write_checklist(checklists / "kembar", SMALL)
    library, problems = load_all(standards, checklists)
    assert list(library.checklists) == [CHECKLIST_ID]
    assert [problem.what for problem in problems] == [
        f"kode “{CHECKLIST_ID}” sudah dipakai folder lain",
        f"kode “{STANDARD_ID}” sudah dipakai folder lain",
    ]


def test_the_packaged_library_has_no_problem() -> None:
    library, problems = load_all()
    assert problems == ()
    assert set(library.checklists) == {checklist.id for checklist in library.checklists.values()}
    assert len(library.checklists) == len(packaged()) > 0
    for checklist in library.checklists.values():
        again = Checklist.from_document(checklist.document())
        assert again == checklist
        assert again.fingerprint == checklist.fingerprint
