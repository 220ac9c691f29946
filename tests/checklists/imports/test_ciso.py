"""A library of CISO Assistant comes in whole, or not at all and with every reason at its node."""

import pytest

from checklists.imports.ciso import import_ciso
from checklists.scoring import score
from standards.applicability import ALWAYS, Any, Tag

LIBRARY = """\
urn: urn:contoh:library:mutu
locale: en
ref_id: Mutu-2
name: Quality framework
description: For the tests
copyright: Public domain
version: 3
provider: Contoh
objects:
  reference_controls: []
  framework:
    urn: urn:contoh:framework:mutu
    ref_id: Mutu-2
    name: Quality framework
    description: For the tests
    min_score: 0
    max_score: 2
    scores_definition:
    - {score: 0, name: None, description: Nothing}
    - {score: 2, name: All, description: Everything}
    implementation_groups_definition:
    - {ref_id: G1, name: Small}
    - {ref_id: G2, name: Large}
    - {ref_id: G3, name: Huge}
    requirement_nodes:
    - urn: urn:contoh:req_node:mutu:a
      assessable: false
      depth: 1
      ref_id: A
      name: Leadership
    - urn: urn:contoh:req_node:mutu:a.1
      assessable: true
      depth: 2
      parent_urn: urn:contoh:req_node:mutu:a
      ref_id: A.1
      name: Policy
      description: There is a policy.
      typical_evidence: |
        - The policy
        - Its approval
      implementation_groups: [G1]
      weight: 3
    - urn: urn:contoh:req_node:mutu:a.1.1
      assessable: true
      parent_urn: urn:contoh:req_node:mutu:a.1
      ref_id: A.1
      description: It is known.
      implementation_groups: [G1, G2]
      questions:
        urn:q:1: {type: text, text: Who knows it?}
    - urn: urn:contoh:req_node:mutu:b
      assessable: false
      ref_id: B
      name: Support
    - urn: urn:contoh:req_node:mutu:b.b
      assessable: false
      parent_urn: urn:contoh:req_node:mutu:b
      name: People
    - urn: urn:contoh:req_node:mutu:b.b.1
      assessable: true
      parent_urn: urn:contoh:req_node:mutu:b.b
      description: LONG
      annotation: See the guide.
""".replace("LONG", "Everyone is trained. " * 40)


def read(text: str = LIBRARY):
    return import_ciso(text.encode(), "mutu.yaml")


def test_what_is_judged_becomes_items_and_what_stands_above_sections() -> None:
    arrival = read()
    assert arrival.problems == ()
    checklist = arrival.checklist
    standard = checklist.standard
    assert (standard.id, standard.edition, checklist.id) == ("mutu-2", "3", "mutu-2-lengkap")
    assert [aspect.title.en for aspect in standard.aspects] == ["The whole catalogue"]
    assert [(each.id, each.title.en) for each in standard.sections] == [
        ("A", "Leadership"),
        ("urn-contoh-req-node-mutu-b.b", "Support › People"),
    ]
    assert [item.id for item in checklist.items] == ["A.1", "a.1.1", "b.b.1"]
    assert [item.section.id for item in checklist.items][:2] == ["A", "A"]
    assert [item.weight for item in checklist.items] == [3, 1, 1]
    counts = arrival.counts
    assert (counts.nodes, counts.assessable, counts.items, counts.sections) == (6, 3, 3, 2)
    assert (counts.tags, counts.steps) == (3, 2)


def test_words_that_are_too_long_for_a_sentence_are_kept_whole_beside_it() -> None:
    policy, known, trained = (item.requirement for item in read().checklist.items)
    assert policy.text.en == "Policy: There is a policy."
    assert [each.en for each in policy.evidence] == ["The policy", "Its approval"]
    assert known.how.en == "Who knows it?"
    assert trained.good.en == ("Everyone is trained. " * 40).strip()
    assert len(trained.text.en) <= 400
    assert trained.text.en.endswith(" …")
    assert trained.how.en == "See the guide."
    assert policy.clause == "A.1"


def test_groups_become_tags_and_say_to_whom_an_item_applies() -> None:
    items = read().checklist.items
    assert [item.requirement.applies for item in items] == [
        Tag("g1"),
        Any((Tag("g1"), Tag("g2"))),
        ALWAYS,
    ]


def test_what_has_no_place_here_is_named() -> None:
    said = {note.what for note in read(LIBRARY.replace("locale: en", "locale: fr")).notes}
    assert "teks berbahasa lain; terjemahkan dalam rancangan" in said
    with_controls = LIBRARY.replace("[]", "[{urn: u}]").replace("weight: 3", "threats: [t]")
    said = {note.what for note in read(with_controls).notes}
    assert {"objek reference_controls tidak dibawa", "tautan node ke threats tidak dibawa"} <= said


def test_a_translation_is_used_where_there_is_one() -> None:
    text = LIBRARY.replace("      weight: 3", "      translations: {id: {name: Kebijakan}}")
    requirement = read(text).checklist.items[0].requirement
    assert requirement.text.id == "Kebijakan: There is a policy."
    assert requirement.text.en == "Policy: There is a policy."


def test_marks_that_hide_nothing_are_mended() -> None:
    arrival = read(LIBRARY.replace("There is a policy.", "There\u200b is\u2028a policy."))
    assert arrival.checklist.items[0].text.en == "Policy: There is a policy."


def test_what_comes_in_can_be_scored() -> None:
    checklist = read().checklist
    result = score(checklist, frozenset({"g1"}), {item.id: "2" for item in checklist.items})
    assert result.total.share == 1


REFUSED = {
    "parent": ("parent_urn: urn:contoh:req_node:mutu:b.b", "parent_urn: urn:x", "tidak ada", "parent_urn: urn:x"),
    "cycle": ("ref_id: A\n", "ref_id: A\n      parent_urn: urn:contoh:req_node:mutu:a.1\n", "berputar", "parent_urn: urn:contoh:req_node:mutu:a.1"),
    "urn twice": ("- urn: urn:contoh:req_node:mutu:b\n", "- urn: urn:contoh:req_node:mutu:a\n", "dua kali", "- urn: urn:contoh:req_node:mutu:a"),
    "no urn": ("- urn: urn:contoh:req_node:mutu:b\n", "- ref: x\n", "tanpa urn", "- ref: x"),
    "group": ("[G1, G2]", "[G1, G9]", "kelompok “G9” tidak didefinisikan", "[G1, G9]"),
    "group twice": ("{ref_id: G3,", "{ref_id: G1,", "tanpa ref_id sendiri", "{ref_id: G1, name: Huge}"),
    "weight": ("weight: 3", "weight: three", "bobot “three” tidak dapat dipakai", "weight: three"),
    "weight nothing": ("weight: 3", "weight: 0", "bobot nol", "weight: 0"),
    "one choice": ("    - {score: 2, name: All, description: Everything}\n", "", "hanya punya satu pilihan", "{score: 0"),
    "falling": ("{score: 2, name: All", "{score: 0, name: All", "tidak naik", "{score: 0, name: All"),
    "outside": ("max_score: 2", "max_score: 1", "di luar rentangnya", "{score: 2"),
    "no range": ("max_score: 2", "max_score: 0", "rentang nilai kosong", "max_score: 0"),
    "negative": ("{score: 0,", "{score: -1,", "nilai “-1” tidak dapat dipakai", "{score: -1"),
    "truth": ("assessable: true\n      depth", "assessable: perhaps\n      depth", "tidak dapat dibaca", "assessable: perhaps"),
    "no framework": ("  framework:", "  frame:", "tidak memuat kerangka", "reference_controls"),
    "no edition": ("    name: Quality framework\n", "    name: ''\n", None, ""),
    "no words": ("      name: Policy\n      description: There is a policy.\n", "", None, ""),
    "anchor": ("ref_id: A\n", "ref_id: &a A\n", "jangkar", "&a A"),
    "twice": ("ref_id: A\n", "ref_id: A\n      ref_id: B\n", "ditulis dua kali", "ref_id: B"),
    "lost": ("There is a policy.", "There is a \ufffd policy.", "U+FFFD", "There is a \ufffd"),
}  # fmt: skip


@pytest.mark.parametrize("name", REFUSED)
def test_what_is_wrong_is_told_at_its_node_with_what_to_do(name: str) -> None:
    old, new, said, line = REFUSED[name]
    assert old in LIBRARY
    text = LIBRARY.replace(old, new, 1)
    arrival = read(text)
    if said is None:  # a framework without a name has that of its library, a node that of its label
        assert arrival.problems == ()
        return
    assert arrival.checklist is None
    told = [each for each in arrival.problems if said in each.what]
    assert told, arrival.problems
    assert line in text.splitlines()[told[0].line - 1]
    assert told[0].remedy


def test_all_problems_come_at_once() -> None:
    text = LIBRARY
    for name in ("parent", "weight", "outside", "group"):
        old, new, *_ = REFUSED[name]
        text = text.replace(old, new, 1)
    assert len(read(text).problems) == 4


def test_weights_that_come_to_nothing_are_refused() -> None:
    text = LIBRARY.replace("weight: 3", "weight: 0")
    text = text.replace("description: It is known.", "description: It is known.\n      weight: 0")
    text = text.replace("annotation: See the guide.", "weight: 0")
    assert [each.what for each in read(text).problems] == ["jumlah semua bobot nol"]


def test_a_node_without_any_word_is_refused() -> None:
    text = LIBRARY.replace("      description: It is known.\n", "").replace(
        "      ref_id: A.1\n      implementation_groups: [G1, G2]",
        "      implementation_groups: [G1]",
    )
    text = text.replace(
        "      questions:\n        urn:q:1: {type: text, text: Who knows it?}\n", ""
    )
    assert ["tidak berisi teks" in each.what for each in read(text).problems] == [True]


def test_a_range_without_definitions_is_the_scale_itself() -> None:
    head, _, rest = LIBRARY.partition("    scores_definition:")
    _, _, tail = rest.partition("    implementation_groups_definition:")
    text = (
        head.replace("max_score: 2", "max_score: 4")
        + "    implementation_groups_definition:"
        + tail
    )
    assert [choice.points for choice in read(text).checklist.scale] == [0, 1, 2, 3, 4]
    wide = read(text.replace("max_score: 4", "max_score: 100"))
    assert len(wide.checklist.scale) == 3
    assert any("tanpa rincian" in note.what for note in wide.notes)


def test_aspects_are_the_titles_at_the_top_where_others_stand_below() -> None:
    text = LIBRARY.replace(
        "    - urn: urn:contoh:req_node:mutu:b.b.1\n",
        "    - urn: urn:contoh:req_node:mutu:b.0\n      assessable: true\n"
        "      parent_urn: urn:contoh:req_node:mutu:b\n      name: Direct\n"
        "    - urn: urn:contoh:req_node:mutu:b.b.1\n",
    )
    standard = read(text).checklist.standard
    assert [(each.id, each.title.en) for each in standard.aspects] == [
        ("a", "Leadership"),
        ("b", "Support"),
    ]
    assert [each.aspect for each in standard.sections] == ["a", "b", "b"]
    assert [each.title.en for each in standard.sections] == ["Leadership", "Support", "People"]


@pytest.mark.parametrize("raw", [b"", b"\xff\xfe", b"[1, 2]", b"a: 1", b"- " * 40_000])
def test_what_is_no_library_is_refused_in_words(raw: bytes) -> None:
    arrival = import_ciso(raw, "x.yaml")
    assert arrival.checklist is None
    assert arrival.problems
