"""What is written as YAML and read again is the same, whatever the words are."""

import tempfile
from pathlib import Path

import pytest
from hypothesis import given

from checklists.derivation import AtOpening, Gives, Rotation, Wording
from checklists.formats.yaml_files import checklist_files, standard_files
from checklists.library import load_all
from checklists.model import AssessmentKind, Checklist
from checklists.selection import Having, Trait
from tests.checklists.based_fixture import FULL, make_based
from tests.checklists.formats.texts import worded_checklists
from tests.checklists.strategies import steady
from tests.checklists.test_selection import selections

LIBRARY, _ = load_all()


def read_again(folder: Path, *checklists: Checklist) -> dict[str, Checklist]:
    standard = checklists[0].standard
    written = {folder / "standards" / standard.id: standard_files(standard)}
    for checklist in checklists:
        written[folder / "checklists" / checklist.id] = checklist_files(checklist)
    for where, files in written.items():
        where.mkdir(parents=True)
        for name, text in files.items():
            (where / name).write_text(text, encoding="utf-8")
    library, problems = load_all(folder / "standards", folder / "checklists")
    assert problems == ()
    assert library.standards == {standard.id: standard}
    return dict(library.checklists)


@steady
@given(worded_checklists())
def test_a_checklist_is_read_again_the_same(checklist: Checklist) -> None:
    with tempfile.TemporaryDirectory() as folder:
        again = read_again(Path(folder), checklist)
    assert again == {checklist.id: checklist}
    assert again[checklist.id].fingerprint == checklist.fingerprint


@steady
@given(selections.filter(lambda each: bool(make_based(select=each).items)))
def test_a_checklist_that_selects_is_read_again_the_same(selection) -> None:
    made = make_based(select=selection)
    with tempfile.TemporaryDirectory() as folder:
        assert read_again(Path(folder), FULL, made)[made.id] == made


@pytest.mark.parametrize(
    "made",
    [
        make_based(
            rotation=Rotation(3, Having(Trait.critical, ("hard",))),
            at_opening=AtOpening.last_findings,
        ),
        make_based(
            kinds=(AssessmentKind.follow_up,),
            gives=Gives.decision,
            at_opening=AtOpening.open_findings,
        ),
        make_based(wording=Wording.requirement, select=Having(Trait.item, ("A-001",))),
    ],
)
def test_every_rule_is_read_again_the_same(tmp_path: Path, made: Checklist) -> None:
    assert read_again(tmp_path, FULL, made)[made.id].fingerprint == made.fingerprint


@pytest.mark.parametrize("name", sorted(LIBRARY.checklists))
def test_every_packaged_checklist_is_read_again_the_same(tmp_path: Path, name: str) -> None:
    checklist = LIBRARY.checklists[name]
    base = checklist.derivation.base.checklist if checklist.derivation else None
    all_of_it = [*([LIBRARY.checklists[base]] if base else []), checklist]
    assert read_again(tmp_path, *all_of_it)[name].fingerprint == checklist.fingerprint


def test_it_is_written_for_people_to_read() -> None:
    files = checklist_files(LIBRARY.checklists["sni-8807-2022-meja"])
    assert "select:\n  methods_within:\n    - D\n    - R\n" in files["checklist.yaml"]
    longest = max(len(line) for text in files.values() for line in text.splitlines())
    assert longest < 130
