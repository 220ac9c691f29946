"""A folder that is based on a full checklist becomes one that selects from it, or a list of problems."""

import json
from pathlib import Path

import pytest

from checklists.based import is_based, load_based
from checklists.derivation import AtOpening, Gives, Place, Rotation, Wording
from checklists.item import Critical, Method
from checklists.library import load_all
from checklists.model import AssessmentKind, Checklist
from checklists.selection import Having, Trait
from standards.canonical import canonical_json
from tests.checklists.based_fixture import BASED_ID, FULL, make_based, write_based
from tests.instrument_fixture import CHECKLIST_ID, write_checklist, write_library

KNOWN = {FULL.id: FULL}
CRITICAL = Having(Trait.critical, ("hard", "soft"))


def problems_of(folder: Path) -> list[str]:
    checklist, problems = load_based(folder, KNOWN)
    assert checklist is None
    assert all(problem.line and problem.column and problem.remedy for problem in problems)
    return [str(problem.what) for problem in problems]


def write_words(folder: Path, *items: tuple[str, str]) -> None:
    entries = [{"item": item, "ask": {"id": ask, "en": ask}} for item, ask in items]
    (folder / "01-kata.yaml").write_text(json.dumps({"items": entries}), encoding="utf-8")


def test_it_takes_over_scale_weights_thresholds_and_days(tmp_path: Path) -> None:
    made, problems = load_based(write_based(tmp_path / "a", select={"method": ["R"]}), KNOWN)
    assert problems == ()
    assert made == make_based(select=Having(Trait.method, ("R",)))
    assert (made.scale, made.thresholds, made.days) == (FULL.scale, FULL.thresholds, FULL.days)
    assert made.items == tuple(item for item in FULL.items if Method.R in item.methods)
    assert {item.weight for item in made.items} == {1, 2, 3}


def test_everything_that_a_head_may_say_is_read(tmp_path: Path) -> None:
    folder = write_based(
        tmp_path / "a",
        select={"not": {"aspect": ["hasil"]}},
        rotation={"parts": "4", "always": {"critical": ["hard", "soft"]}},
        at_opening="last_findings",
        places=["online"],
        work_order=["R", "D", "O", "W", "S", "F"],
    )
    made, problems = load_based(folder, KNOWN)
    assert problems == ()
    assert made is not None
    assert made.derivation is not None
    assert made.derivation.rotation == Rotation(4, CRITICAL)
    assert made.derivation.at_opening is AtOpening.last_findings
    assert made.places == (Place.online,)
    assert made.work_order[0] is Method.R
    assert not made.decides


def test_its_document_gives_the_same_checklist_and_names_the_full_one() -> None:
    made = make_based(
        select=CRITICAL, rotation=Rotation(3, CRITICAL), at_opening=AtOpening.last_findings
    )
    again = Checklist.from_document(json.loads(canonical_json(made.document())))
    assert again == made
    assert again.fingerprint == made.fingerprint != FULL.fingerprint
    assert again.full == FULL.fingerprint


def test_a_full_checklist_says_nothing_of_a_base() -> None:
    assert FULL.document()["format"] == "checklist-v1"
    assert "derivation" not in FULL.document()
    assert (FULL.decides, FULL.full) == (True, FULL.fingerprint)


def test_who_does_not_know_what_a_part_is_refuses_its_format() -> None:
    assert make_based().document()["format"] == "checklist-v2"


def test_words_of_its_own_stand_over_those_of_the_full_one(tmp_path: Path) -> None:
    folder = write_based(tmp_path / "a")
    write_words(folder, ("A-002", "Apakah ada?"))
    made, problems = load_based(folder, KNOWN)
    assert problems == ()
    assert made is not None
    assert made.item("A-002").question.id == "Apakah ada?"
    assert made.item("A-001").ask == FULL.item("A-001").ask


def test_in_the_auditees_words_every_item_needs_a_question(tmp_path: Path) -> None:
    folder = write_based(tmp_path / "a", wording="auditee", gives="decision", kinds=["self"])
    without = [item.id for item in FULL.items if item.ask is None]
    said = problems_of(folder)
    assert len(said) == len(without) > 20
    assert said[0] == f"butir {without[0]} belum punya pertanyaan bagi yang dinilai"
    write_words(folder, *((item, "Apakah ada?") for item in without))
    made, problems = load_based(folder, KNOWN)
    assert problems == ()
    assert made is not None
    assert all(item.ask for item in made.items)


@pytest.mark.parametrize(
    ("head", "said"),
    [
        ({"based_on": "instrumen-lain"}, "instrumen “instrumen-lain” tidak ada atau masih bermasalah"),
        ({"based_on_edition": "2025.1"}, "edisi instrumen itu adalah 2026.1"),
        ({"gives": None}, "kunci “gives” belum ada"),
        ({"gives": "decision", "select": {"critical": ["hard"]}}, "instrumen yang menanyakan sebagian butir tidak dapat memutuskan"),
        ({"gives": "decision", "rotation": {"parts": 3, "always": {"critical": ["hard"]}}}, "instrumen yang menanyakan sebagian butir tidak dapat memutuskan"),
        ({"at_opening": "open_findings"}, "open_findings hanya untuk penilaian ulang terbatas"),
        ({"at_opening": "someday"}, "“someday” tidak dikenal di sini"),
        ({"select": {"method": ["X"]}}, "“X” tidak dikenal di sini"),
        ({"select": {"aspect": ["hasl"]}}, "“hasl” tidak dikenal di sini"),
        ({"select": {"item": ["A-999"]}}, "“A-999” tidak dikenal di sini"),
        ({"select": {"tag": ["rawat"]}}, "“rawat” tidak dikenal di sini"),
        ({"select": {"method": []}}, "daftar baru berisi 0"),
        ({"select": {"method": ["D", "D"]}}, "“D” ditulis dua kali"),
        ({"select": {"method": "D"}}, "di sini harus ada daftar"),
        ({"select": {"color": ["red"]}}, "pilihan butir tidak dapat dibaca"),
        ({"select": {"method": ["D"], "critical": ["hard"]}}, "pilihan butir tidak dapat dibaca"),
        ({"select": {"any": []}}, "pilihan butir tidak dapat dibaca"),
        ({"select": ["D"]}, "pilihan butir tidak dapat dibaca"),
        ({"select": {"all": [{"method": ["S"]}, {"method": ["F"]}]}}, "pilihan ini tidak mengenai satu butir pun"),
        ({"rotation": {"parts": 1, "always": {"critical": ["hard"]}}}, "“1” tidak dapat dipakai di sini"),
        ({"rotation": {"parts": 3}}, "kunci “always” belum ada"),
        ({"scale": []}, "kunci “scale” tidak dikenal"),
        ({"places": ["moon"]}, "“moon” tidak dikenal di sini"),
        ({"wording": "mine"}, "“mine” tidak dikenal di sini"),
    ],
)  # fmt: skip
def test_what_does_not_hold_together_is_a_problem(
    tmp_path: Path, head: dict[str, object], said: str
) -> None:
    assert said in problems_of(write_based(tmp_path / "a", **head))


def test_words_for_an_item_that_is_not_selected_are_a_problem(tmp_path: Path) -> None:
    folder = write_based(tmp_path / "a", select={"item": ["A-001"]})
    write_words(folder, ("A-002", "Apakah ada?"), ("A-001", "Ada?"), ("A-001", "Ada lagi?"))
    assert problems_of(folder) == [
        "butir “A-002” tidak dipilih instrumen ini",
        "“A-001” ditulis dua kali",
    ]


def test_weights_cannot_be_written_a_second_time(tmp_path: Path) -> None:
    folder = write_based(tmp_path / "a")
    (folder / "01-kata.yaml").write_text(
        'items:\n  - item: A-001\n    weight: 3\n    ask: {id: "a?", en: "a?"}\n', encoding="utf-8"
    )
    assert problems_of(folder) == ["kunci “weight” tidak dikenal"]


def test_without_its_base_the_other_problems_are_still_found(tmp_path: Path) -> None:
    folder = write_based(tmp_path / "a", kinds=["yearly"])
    write_words(folder, ("A-001", ""))
    checklist, problems = load_based(folder, {})
    assert checklist is None
    assert sorted(str(problem.what) for problem in problems) == [
        f"instrumen “{FULL.id}” tidak ada atau masih bermasalah",
        "teks masih kosong",
        "teks masih kosong",
        "“yearly” tidak dikenal di sini",
    ]


def test_a_library_reads_the_full_one_first_whatever_the_folders_are_called(tmp_path: Path) -> None:
    standards, checklists = write_library(tmp_path, FULL)
    write_based(checklists / "a-sebelum", select={"critical": ["hard"]})
    library, problems = load_all(standards, checklists)
    assert problems == ()
    assert list(library.checklists) == [CHECKLIST_ID, BASED_ID]
    assert all(item.critical is Critical.hard for item in library.checklists[BASED_ID].items)


def test_a_part_cannot_be_based_on_a_part(tmp_path: Path) -> None:
    standards, checklists = write_library(tmp_path, FULL)
    write_based(checklists / "a")
    write_based(checklists / "b", checklist="lagi", based_on=BASED_ID)
    library, problems = load_all(standards, checklists)
    assert list(library.checklists) == [CHECKLIST_ID, BASED_ID]
    assert [str(each.what) for each in problems] == [
        f"instrumen “{BASED_ID}” tidak ada atau masih bermasalah"
    ]


def test_a_part_with_the_name_of_the_full_one_is_a_problem(tmp_path: Path) -> None:
    standards, checklists = write_library(tmp_path, FULL)
    write_based(checklists / "a", checklist=CHECKLIST_ID)
    library, problems = load_all(standards, checklists)
    assert library.checklists == {CHECKLIST_ID: FULL}
    assert len(problems) == 1


def test_only_a_head_with_a_base_is_based(tmp_path: Path) -> None:
    write_checklist(tmp_path / "full", FULL)
    assert is_based(write_based(tmp_path / "part"))
    assert not is_based(tmp_path / "full")
    assert not is_based(tmp_path / "nowhere")


# ---- the packaged ones ----

SNI = "sni-8807-2022"


@pytest.fixture(scope="module")
def packaged() -> dict[str, Checklist]:
    return dict(load_all()[0].checklists)


def test_the_self_assessment_asks_everything_in_the_auditees_words(
    packaged: dict[str, Checklist],
) -> None:
    own, full = packaged[f"{SNI}-mandiri"], packaged[f"{SNI}-penuh"]
    assert own.kinds == (AssessmentKind.self,)
    assert own.decides
    assert own.derivation is not None
    assert own.derivation.wording is Wording.auditee
    assert [item.id for item in own.items] == [item.id for item in full.items]
    for item in own.items:
        assert item.ask is not None
        assert item.ask.id.endswith("?"), item.id
        assert item.ask.en.endswith("?"), item.id


def test_a_desk_check_asks_nothing_that_needs_somebody_there(
    packaged: dict[str, Checklist],
) -> None:
    desk = packaged[f"{SNI}-meja"]
    assert desk.places == (Place.online,)
    assert not desk.decides
    assert not any(item.needs_site for item in desk.items)


def test_a_visit_asks_what_must_be_seen_and_all_that_is_critical(
    packaged: dict[str, Checklist],
) -> None:
    visit, full = packaged[f"{SNI}-kunjungan"], packaged[f"{SNI}-penuh"]
    assert visit.places == (Place.on_site,)
    assert not visit.decides
    wanted = {
        item.id
        for item in full.items
        if item.needs_site or Method.S in item.methods or item.critical is not Critical.no
    }
    assert {item.id for item in visit.items} == wanted


def test_desk_and_visit_together_ask_everything(packaged: dict[str, Checklist]) -> None:
    asked = {item.id for name in ("meja", "kunjungan") for item in packaged[f"{SNI}-{name}"].items}
    assert asked == {item.id for item in packaged[f"{SNI}-penuh"].items}


def test_what_a_follow_up_asks_is_known_at_its_opening(packaged: dict[str, Checklist]) -> None:
    again = packaged[f"{SNI}-ulang"]
    assert again.derivation is not None
    assert again.derivation.at_opening is AtOpening.open_findings
    assert again.derivation.gives is Gives.decision
    assert again.full == packaged[f"{SNI}-penuh"].fingerprint
