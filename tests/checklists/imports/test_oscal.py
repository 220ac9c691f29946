"""A catalog of OSCAL comes in with every control, or is refused with every reason."""

from typing import Any

import pytest

from checklists.formats.yaml_files import checklist_files, standard_files
from checklists.imports.oscal import import_oscal
from checklists.scoring import score
from standards.yaml_source import LARGEST_FILE
from tests.checklists.imports.catalog_fixture import as_bytes, make_catalog


def read(catalog: dict[str, Any]):
    return import_oscal(as_bytes(catalog), "katalog.json")


def control(catalog: dict[str, Any], group: int = 0, at: int = 0) -> dict[str, Any]:
    return catalog["catalog"]["groups"][group]["controls"][at]


def test_every_control_becomes_an_item_under_its_family() -> None:
    arrival = read(make_catalog(60))
    assert arrival.problems == ()
    checklist = arrival.checklist
    assert (arrival.counts.nodes, arrival.counts.items, arrival.counts.sections) == (80, 60, 20)
    assert [item.id for item in checklist.items][:3] == ["G0-1", "G0-2", "G0-3"]
    assert checklist.standard.sections[0].title.en == "Family 0"
    assert {method.value for method in checklist.items[0].methods} == {"W"}
    assert checklist.standard.edition == "5.1"


def test_a_statement_is_written_out_with_its_letters_and_parameters() -> None:
    requirement = read(make_catalog()).checklist.items[0].requirement
    assert requirement.text.en == (
        "Control g0-1: The organization:\na. reviews it [weekly; [organization-defined frequency]]."
    )
    assert requirement.how.en == "Why it matters."
    assert requirement.clause == "G0-1"


def test_a_catalog_of_a_thousand_controls_comes_in_and_is_scored() -> None:
    arrival = read(make_catalog(1_000))
    checklist = arrival.checklist
    assert len(checklist.items) == 1_000
    result = score(checklist, frozenset(), {item.id: "2" for item in checklist.items})
    assert (result.total.share, result.applicable) == (1, 1_000)
    for text in (
        *standard_files(checklist.standard).values(),
        *checklist_files(checklist).values(),
    ):
        assert len(text.encode()) <= LARGEST_FILE


def test_what_was_withdrawn_stays_out_and_is_counted() -> None:
    catalog = make_catalog()
    control(catalog)["props"].append({"name": "status", "value": "withdrawn"})
    arrival = read(catalog)
    assert "G0-1" not in {item.id for item in arrival.checklist.items}
    (note,) = [note for note in arrival.notes if "ditarik" in note.what]
    assert (note.count, note.first) == (1, "g0-1")


def test_what_has_no_place_here_is_named() -> None:
    said = {note.what: note.count for note in read(make_catalog()).notes}
    assert said["tujuan pemeriksaan (objective) tidak dibawa"] == 40
    assert said["tautan antarkontrol tidak dibawa"] == 40
    assert said["objek back-matter tidak dibawa"] == 1


def test_controls_without_a_group_and_groups_in_groups_come_in_too() -> None:
    catalog = make_catalog()["catalog"]
    first, second, *_ = catalog["groups"]
    first["groups"] = [second]
    catalog["groups"] = [first]
    catalog["controls"] = [{"id": "alone", "title": "Alone"}]
    standard = read({"catalog": catalog}).checklist.standard
    assert [each.title.en for each in standard.sections] == ["Family 0", "Family 1", "General"]
    assert [each.title.en for each in standard.aspects] == ["Family 0", "General"]


def a_twin(catalog):
    control(catalog, 1)["id"] = "g0-1"


def no_name(catalog):
    del control(catalog)["id"]


def no_words(catalog):
    control(catalog, 2).update(title="", parts=[])


def unknown_parameter(catalog):
    control(catalog, 3)["params"] = control(catalog, 3)["params"][1:]


def round_parameter(catalog):
    control(catalog, 4)["params"][0]["label"] = "{{ insert: param, g4-1_prm_2 }}"


def without_end(catalog):
    """Nine parameters, each inserting the next thirty times: thirty to the eighth."""
    mine = control(catalog, 4)
    names = [f"much-{at}" for at in range(9)]
    mine["params"] = [
        {"id": name, "values": [f"{{{{ insert: param, {below} }}}}" * 30]}
        for name, below in zip(names, [*names[1:], "much-0"], strict=True)
    ] + mine.get("params", [])
    mine["parts"][0]["prose"] = "{{ insert: param, much-0 }}"


def too_long(catalog):
    control(catalog, 5)["parts"][1]["prose"] = "x" * 15_001


def hidden(catalog):
    control(catalog, 6)["title"] = "Safe\u202eexe"


def half_a_character(catalog):
    control(catalog, 7)["title"] = "Half \ud800"


def nothing(catalog):
    catalog["catalog"]["groups"] = []


@pytest.mark.parametrize(
    ("spoil", "said"),
    [
        (a_twin, "id “g0-1” dipakai dua kali"),
        (no_name, "kontrol tanpa id"),
        (no_words, "kontrol “g2-1” tidak berisi teks"),
        (unknown_parameter, "kontrol “g3-1” menyebut parameter “g3-1_prm_1” yang tidak ada"),
        (round_parameter, "berputar: menyisipkan dirinya"),
        (without_end, "berputar: menyisipkan dirinya"),
        (too_long, "teks 15001 karakter terlalu panjang"),
        (hidden, "karakter U+202E"),
        (half_a_character, "karakter U+D800"),
        (nothing, "tidak memuat satu kontrol pun"),
    ],
)
def test_what_is_wrong_is_told_with_what_to_do(spoil, said) -> None:
    catalog = make_catalog()
    spoil(catalog)
    arrival = read(catalog)
    assert arrival.checklist is None
    told = [each for each in arrival.problems if said in each.what]
    assert told, arrival.problems
    assert all(each.remedy for each in told)


def test_a_problem_names_the_line_of_its_control() -> None:
    catalog = make_catalog()
    no_words(catalog)
    raw = as_bytes(catalog)
    (problem,) = import_oscal(raw, "katalog.json").problems
    assert '"id": "g2-1"' in raw.decode().splitlines()[problem.line - 1]


@pytest.mark.parametrize(
    ("raw", "said"),
    [
        (b"", "susunan JSON"),
        (b"\xff", "UTF-8"),
        (b"[]", "objek JSON"),
        (b'{"profile": {}}', "bukan katalog OSCAL; isinya: profile"),
        (b'{"catalog": {}, "catalog": {}}', "ditulis dua kali"),
        # of many keys the last is the one that comes twice: looked for once, not once for each
        (
            b"{" + b"".join(b'"%d": 0,' % at for at in range(60_000)) + b'"z": 1, "z": 2}',
            "“z” ditulis",
        ),
        (b'{"\\ud800": 1, "\\ud800": 2}', "ditulis dua kali"),
        (b'{"catalog": {"\\udfff": {}}}', "karakter U+DFFF"),
        (b'{"catalog": NaN}', "bukan data biasa"),
        (b"[" * 100_000, "terlalu dalam"),
        (b'{"catalog": ' + b"[" * 200 + b"]" * 200 + b"}", "terlalu dalam"),
        (b" " * (16 * 2**20 + 1), "lebih besar dari 16 MB"),
    ],
)
def test_what_is_no_catalog_is_refused_in_words(raw: bytes, said: str) -> None:
    arrival = import_oscal(raw, "x.json")
    assert arrival.checklist is None
    assert said in arrival.problems[0].what
    assert str(arrival.problems[0].what).encode()  # a page can show it
