"""A folder becomes a standard, or a list of everything that is wrong with it."""

from pathlib import Path

import pytest

from standards.library import load_standard, packaged
from standards.model import Origin, Standard
from standards.yaml_source import Problem
from tests.instrument_fixture import make_standard, write_standard

FIXTURES = Path(__file__).parents[1] / "fixtures" / "instruments"
HEAD = """\
standard: uji
edition: "1"
title: {id: Uji, en: Test}
about: {id: Uji, en: Test}
tags: [{tag: medis, label: {id: Medis, en: Medical}}]
aspects: [{aspect: satu, title: {id: Satu, en: One}}, {aspect: dua, title: {id: Dua, en: Two}}]
sections:
  - {section: A, aspect: satu, title: {id: A, en: A}}
  - {section: B, aspect: dua, title: {id: B, en: B}}
sources: {P1: {title: Sumber, kind: press}}
"""
REQUIREMENT = """\
  - requirement: %s
    text: {id: Teks, en: Text}
    good: {id: Baik, en: Good}
    how: {id: Cara, en: How}
    evidence: [{id: Bukti, en: Proof}]
    origin: proposed
"""


def written(folder: Path, files: dict[str, str]) -> Path:
    for name, text in files.items():
        (folder / name).write_text(text, encoding="utf-8")
    return folder


def chapter(section: str, *names: str) -> str:
    return f"section: {section}\nrequirements:\n" + "".join(REQUIREMENT % name for name in names)


def loaded(folder: Path, files: dict[str, str]) -> Standard:
    standard, problems = load_standard(written(folder, files))
    assert problems == ()
    assert standard is not None
    return standard


def refused(folder: Path, files: dict[str, str]) -> tuple[Problem, ...]:
    standard, problems = load_standard(written(folder, files))
    assert standard is None
    return problems


def test_a_written_standard_is_read_again_the_same(tmp_path: Path) -> None:
    standard = make_standard()
    write_standard(tmp_path / "uji", standard)
    again, problems = load_standard(tmp_path / "uji")
    assert problems == ()
    assert again == standard


def test_a_comma_in_a_file_changes_the_fingerprint(tmp_path: Path) -> None:
    one = loaded(tmp_path, {"standard.yaml": HEAD, "01-a.yaml": chapter("A", "A-1")})
    changed = chapter("A", "A-1").replace("id: Cara", "id: 'Cara,'")
    other = loaded(tmp_path, {"01-a.yaml": changed})
    assert one.fingerprint != other.fingerprint


def test_layout_and_comments_do_not_change_the_fingerprint(tmp_path: Path) -> None:
    one = loaded(tmp_path, {"standard.yaml": HEAD, "01-a.yaml": chapter("A", "A-1")})
    changed = "# komentar\n" + chapter("A", "A-1").replace("id: Cara", 'id:   "Cara"')
    other = loaded(tmp_path, {"01-a.yaml": changed})
    assert one.fingerprint == other.fingerprint


def test_twenty_faults_are_twenty_problems_each_with_place_and_remedy() -> None:
    folder = FIXTURES / "standard-with-twenty-faults"
    standard, problems = load_standard(folder)
    said = "".join(f"{problem}\n" for problem in problems).replace(f"{folder}/", "")
    assert standard is None
    assert len(problems) == 20
    assert said == (folder / "expected.txt").read_text(encoding="utf-8")
    assert all(problem.line and problem.column and problem.remedy for problem in problems)


def test_requirements_follow_the_sections_then_the_files(tmp_path: Path) -> None:
    standard = loaded(
        tmp_path,
        {
            "standard.yaml": HEAD,
            "01-b.yaml": chapter("B", "B-1"),
            "02-a.yaml": chapter("A", "A-2", "A-1"),
            "03-b.yaml": chapter("B", "B-0"),
        },
    )
    assert [each.id for each in standard.requirements] == ["A-2", "A-1", "B-1", "B-0"]


def test_what_may_be_left_out_may_be_left_out(tmp_path: Path) -> None:
    head = HEAD.replace("sources: {P1: {title: Sumber, kind: press}}\n", "")
    head = head.replace("tags: [{tag: medis, label: {id: Medis, en: Medical}}]\n", "")
    standard = loaded(tmp_path, {"standard.yaml": head, "01-a.yaml": chapter("A", "1.10")})
    requirement = standard.requirement("1.10")
    assert (standard.tags, standard.sources) == ((), ())
    assert (requirement.clause, requirement.sources) == ("", ())
    assert requirement.applies.holds(frozenset())


def test_norway_is_no_falsehood(tmp_path: Path) -> None:
    head = HEAD.replace("tag: medis", "tag: no")
    text = chapter("A", "no").replace(
        "    origin:", "    applies: no\n    clause: 1.10\n    origin:"
    )
    standard = loaded(tmp_path, {"standard.yaml": head, "01-a.yaml": text})
    assert standard.tags[0].id == "no"
    assert standard.requirement("no").clause == "1.10"
    assert standard.requirement("no").applies.tags() == {"no"}


@pytest.mark.parametrize("origin", [Origin.stated, Origin.comparator])
def test_such_an_origin_needs_a_source(tmp_path: Path, origin: Origin) -> None:
    text = chapter("A", "A-1").replace("origin: proposed", f"origin: {origin}")
    files = {"standard.yaml": HEAD, "01-a.yaml": text}
    (problem,) = refused(tmp_path, files)
    assert problem.what == f"asal “{origin}” memerlukan sumber"
    assert problem.line == 8
    with_source = {**files, "01-a.yaml": text + "    sources: [P1]\n"}
    assert loaded(tmp_path, with_source).requirement("A-1").sources == ("P1",)


def test_the_same_id_in_two_files_is_named_with_both_places(tmp_path: Path) -> None:
    (problem,) = refused(
        tmp_path,
        {
            "standard.yaml": HEAD,
            "01-a.yaml": chapter("A", "A-1"),
            "02-b.yaml": chapter("B", "B-1", "A-1"),
        },
    )
    assert problem.file.endswith("02-b.yaml")
    assert problem.line == 9
    assert problem.remedy.endswith("yang pertama ada di 01-a.yaml baris 3")


@pytest.mark.parametrize(("length", "fine"), [(400, True), (401, False)])
def test_a_requirement_is_not_longer_than_400_characters(
    tmp_path: Path, length: int, fine: bool
) -> None:
    text = chapter("A", "A-1").replace("{id: Teks,", "{id: " + "é" * length + ",")
    standard, _ = load_standard(written(tmp_path, {"standard.yaml": HEAD, "01-a.yaml": text}))
    assert (standard is not None) == fine


@pytest.mark.parametrize(
    ("applies", "said"),
    [
        ("medik", "label “medik” tidak dikenal"),
        ("{all: [medis, {not: medik}]}", "label “medik” tidak dikenal"),
        ("{all: []}", "syarat keberlakuan tidak dapat dibaca"),
        ("{all: medis}", "syarat keberlakuan tidak dapat dibaca"),
        ("{all: [medis], any: [medis]}", "syarat keberlakuan tidak dapat dibaca"),
        ("{not: {some: medis}}", "syarat keberlakuan tidak dapat dibaca"),
        ("[medis]", "syarat keberlakuan tidak dapat dibaca"),
        ("", "teks masih kosong"),
        ("{all: [medis, '']}", "teks masih kosong"),
    ],
)
def test_an_expression_that_cannot_be_read_is_a_problem(
    tmp_path: Path, applies: str, said: str
) -> None:
    text = chapter("A", "A-1") + f"    applies: {applies}\n"
    (problem,) = refused(tmp_path, {"standard.yaml": HEAD, "01-a.yaml": text})
    assert (problem.what, problem.line) == (said, 9)


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        (
            "sources: {P1: {title: Sumber, kind: press}}",
            "sources: [P1]",
            "daftar sumber tidak dapat dibaca",
        ),
        ("standard: uji", "standard: [uji]", "di sini harus ada teks"),
        (
            "tags: [{tag: medis, label: {id: Medis, en: Medical}}]",
            "tags: medis",
            "di sini harus ada daftar",
        ),
        ("kind: press", "kind: press, url: 'ftp://x'", "alamat “ftp://x” tidak sah"),
        ('edition: "1"', "edition: " + "1" * 61, "teks 61 karakter terlalu panjang"),
    ],
)
def test_a_head_that_cannot_be_read_is_a_problem(
    tmp_path: Path, old: str, new: str, said: str
) -> None:
    files = {"standard.yaml": HEAD.replace(old, new), "01-a.yaml": chapter("A", "A-1")}
    (problem,) = refused(tmp_path, files)
    assert problem.what == said


def test_an_unreadable_head_is_not_blamed_on_the_chapters(tmp_path: Path) -> None:
    text = chapter("A", "A-1") + "    applies: medis\n    sources: [P1]\n    lain: x\n"
    problems = refused(tmp_path, {"standard.yaml": "a: [\n", "01-a.yaml": text})
    assert [Path(problem.file).name for problem in problems] == ["01-a.yaml", "standard.yaml"]
    assert "lain" in problems[0].what


@pytest.mark.parametrize(
    ("count", "remedy"), [(0, "isi paling sedikit 1"), (5, "isi paling banyak 4")]
)
def test_there_are_one_to_four_kinds_of_evidence(tmp_path: Path, count: int, remedy: str) -> None:
    proof = ", ".join(["{id: Bukti, en: Proof}"] * count)
    text = chapter("A", "A-1").replace("[{id: Bukti, en: Proof}]", f"[{proof}]")
    (problem,) = refused(tmp_path, {"standard.yaml": HEAD, "01-a.yaml": text})
    assert problem.remedy == remedy


def test_a_chapter_without_yaml_is_a_problem(tmp_path: Path) -> None:
    (problem,) = refused(tmp_path, {"standard.yaml": HEAD, "01-a.yaml": "- a\n"})
    assert problem.what == "di sini harus ada daftar kunci dan isi"


def test_a_standard_without_requirements_is_a_problem(tmp_path: Path) -> None:
    (problem,) = refused(tmp_path, {"standard.yaml": HEAD})
    assert problem.what == "standar ini belum memiliki persyaratan"


def test_a_folder_without_a_head_is_a_problem(tmp_path: Path) -> None:
    problems = refused(tmp_path, {"01-a.yaml": chapter("A", "A-1")})
    assert [problem.what for problem in problems] == ["berkas tidak ada"]
    assert load_standard(tmp_path / "tiada")[0] is None


def test_other_files_are_left_alone_but_misnamed_chapters_are_not(tmp_path: Path) -> None:
    files = {"standard.yaml": HEAD, "01-a.yaml": chapter("A", "A-1"), "CATATAN.md": "# catatan"}
    assert loaded(tmp_path, files).id == "uji"
    problems = refused(tmp_path, {"1-b.yaml": chapter("B", "B-1"), "02-b.yml": "x"})
    assert [problem.what for problem in problems] == ["nama berkas tidak dikenal"] * 2


def test_the_packaged_standards_have_no_problem() -> None:
    folders = packaged()
    assert "sni-8807-2022" in folders
    for name, folder in folders.items():
        standard, problems = load_standard(folder)
        assert problems == ()
        assert standard is not None
        assert standard.id == name
        assert Standard.from_document(standard.document()).fingerprint == standard.fingerprint
