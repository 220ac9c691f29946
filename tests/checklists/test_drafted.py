"""A draft: whatever is changed in it, it has problems at named fields or is a whole edition."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import yaml
from hypothesis import given
from hypothesis import strategies as st

from checklists.based import load_based
from checklists.checking import KnownNodes, check, item_part, requirement_part, words_part
from checklists.derivation import Gives, Wording
from checklists.drafted import compose, next_id, order_part, part_of, used_ids
from checklists.formats.yaml_files import checklist_files, material_files, standard_files
from checklists.library import load_checklist
from checklists.material import Material, material_from, material_of
from checklists.model import AssessmentKind, Method
from standards.folder import Gathered
from standards.library import load_standard
from standards.yaml_source import parse
from tests.checklists.based_fixture import FULL, make_based
from tests.checklists.strategies import steady
from tests.instrument_fixture import TAGS, make_text

SMALL = replace(FULL, items=FULL.items[:12])
OWN = make_based(
    full=SMALL,
    name="mandiri-uji",
    gives=Gives.decision,
    kinds=(AssessmentKind.self,),
    wording=Wording.auditee,
)
OWN = replace(
    OWN,
    items=tuple(replace(each, ask=make_text(f"Apakah {each.id}?")) for each in OWN.items),
)
SOURCE = material_of(SMALL, [OWN])
FIRST = SMALL.items[0].id


def made(changes: dict[str, Any], *, follows: bool = True) -> Material:
    return compose(SOURCE, changes, edition="2", follows=follows)


def changed(part: str, **fields: Any) -> dict[str, Any]:
    found = part_of(SOURCE, part)
    assert found is not None
    return {part: {**found, **fields}}


def folder(files: dict[str, str]) -> Gathered:
    nodes = {}
    for name, text in files.items():
        node, problems = parse(text.encode(), name)
        assert node is not None, problems
        nodes[name] = node
    return Gathered(nodes)


def test_an_edition_gives_material_that_makes_the_same_edition() -> None:
    checked = check(SOURCE)
    assert checked.troubles == ()
    assert checked.editions == (SMALL, OWN)
    assert Material.from_document(SOURCE.document()) == SOURCE


def test_texts_of_the_library_give_the_same_material() -> None:
    files = standard_files(SMALL.standard), checklist_files(SMALL), [checklist_files(OWN)]
    read, problems = material_from(*files)
    assert problems == ()
    assert read is not None
    assert check(read).editions == (SMALL, OWN)


def test_texts_that_are_no_such_files_are_refused_with_their_place() -> None:
    read, problems = material_from({"standard.yaml": "- a"}, {"01-a.yaml": "items: x"})
    assert read is None
    assert {each.file for each in problems} == {"standard.yaml", "01-a.yaml", "checklist.yaml"}


def test_a_changed_item_leaves_the_standard_its_edition() -> None:
    material = made(changed(item_part(FIRST), weight=7))
    assert material.standard["edition"] == SMALL.standard.edition
    checked = check(material)
    assert checked.checklist is not None
    assert checked.checklist.item(FIRST).weight == 7
    assert [each.edition for each in checked.editions] == ["2", "2"]
    assert checked.based[0].derivation.base.fingerprint == checked.checklist.fingerprint


def test_a_changed_requirement_gives_the_standard_the_new_edition() -> None:
    text = {"id": "Bunyi lain", "en": "Other words"}
    material = made(changed(requirement_part(FIRST), text=text))
    assert material.standard["edition"] == "2"
    assert check(material).checklist is not None


def test_what_was_changed_back_is_no_change_of_the_standard() -> None:
    assert made(changed(requirement_part(FIRST))).standard["edition"] == SMALL.standard.edition


def test_a_problem_stands_at_its_field() -> None:
    changes = changed(requirement_part(FIRST), text={"id": "", "en": "Words"})
    changes |= changed(item_part(FIRST), weight="banyak")
    found = {(each.part, each.path) for each in check(made(changes)).troubles}
    assert found == {(requirement_part(FIRST), "text/id"), (item_part(FIRST), "weight")}


def test_what_no_file_may_say_is_a_problem_of_a_draft_too() -> None:
    changes = changed(requirement_part(FIRST), clause="4.1\u202e")
    found = check(made(changes)).troubles
    assert [(each.part, each.path) for each in found] == [(requirement_part(FIRST), "clause")]


def test_an_item_without_a_question_for_the_auditee_is_named() -> None:
    silent = next(each.id for each in SMALL.items if each.ask is None)
    checked = check(made({words_part(OWN.id, silent): None}))
    (trouble,) = checked.troubles
    assert (trouble.part, trouble.path) == (words_part(OWN.id, silent), "ask/id")


def test_a_retired_item_takes_its_words_along_and_keeps_its_id() -> None:
    changes = {item_part(FIRST): None, requirement_part(FIRST): None}
    checked = check(made(changes))
    assert checked.checklist is not None
    assert not checked.checklist.has_item(FIRST)
    assert FIRST in used_ids(SOURCE, changes)


def test_order_is_kept_within_a_section() -> None:
    section = SMALL.items[0].section.id
    held = [each.id for each in SMALL.standard.requirements if each.section == section]
    checked = check(made({order_part(section): list(reversed(held))}))
    assert checked.checklist is not None
    inside = [each.id for each in checked.checklist.items if each.section.id == section]
    assert inside == [each for each in reversed(held) if SMALL.has_item(each)]


def test_a_new_id_follows_the_highest_and_was_never_used() -> None:
    assert next_id("A", ["A-01", "A-02"], ["A-01", "A-02"]) == "A-03"
    assert next_id("A", ["A-01", "A-02", "A-03"], ["A-01"]) == "A-04"
    assert next_id("Z", [], []) == "Z-01"
    assert next_id("A", ["A-009"], ["A-009"]) == "A-010"


def test_only_parts_that_changed_are_made_again() -> None:
    known = KnownNodes()
    first = check(made({}), known)
    again = check(made(changed(item_part(FIRST), weight=5)), known)
    assert first.checklist is not None
    assert again.checklist is not None
    assert again.checklist.item(FIRST).weight == 5


# ---- the law ----

TEXTS = st.text(max_size=40) | st.sampled_from(["Kata", " tepi ", "a: b", "- x", "é", "<<", "no"])
WORDS = st.fixed_dictionaries({"id": TEXTS, "en": TEXTS})
ITEMS = st.sampled_from([each.id for each in SMALL.items])
REQUIREMENT_FIELDS = {
    "text": WORDS,
    "good": WORDS,
    "how": WORDS,
    "evidence": st.lists(WORDS, max_size=5),
    "clause": TEXTS,
    "section": st.sampled_from([*SOURCE.sections(), "tiada"]),
    "applies": st.sampled_from([*TAGS, "tiada", {"not": TAGS[0]}, {"all": []}, {"typed": "a ("}]),
    "sources": st.lists(st.sampled_from([*(each.id for each in SMALL.standard.sources), "x"])),
    "origin": st.sampled_from(["stated", "proposed", "entah"]),
}
ITEM_FIELDS = {
    "methods": st.lists(st.sampled_from([*Method, "X"]).map(str), max_size=3),
    "citation": st.sampled_from(["required", "none", "mungkin"]),
    "critical": st.sampled_from(["hard", "no", "ya"]),
    "weight": st.integers(-1, 1_001) | TEXTS,
    "effort": st.integers(0, 6),
}


@st.composite
def edits(draw: st.DrawFn) -> dict[str, Any]:
    """Parts as somebody may leave them."""
    changes: dict[str, Any] = {}
    for _ in range(draw(st.integers(0, 5))):
        name = draw(ITEMS)
        match draw(st.sampled_from(["requirement", "item", "words", "retire", "add", "order"])):
            case "requirement":
                field = draw(st.sampled_from(sorted(REQUIREMENT_FIELDS)))
                value = draw(REQUIREMENT_FIELDS[field])
                changes |= changed(requirement_part(name), **{field: value})
            case "item":
                field = draw(st.sampled_from(sorted(ITEM_FIELDS)))
                changes |= changed(item_part(name), **{field: draw(ITEM_FIELDS[field])})
            case "words":
                changes[words_part(OWN.id, name)] = {"item": name, "ask": draw(WORDS)}
            case "retire":
                changes |= {item_part(name): None, requirement_part(name): None}
            case "add":
                new = f"BARU-{draw(st.integers(1, 3))}"
                bare = part_of(SOURCE, requirement_part(name))
                own = part_of(SOURCE, item_part(name))
                assert bare is not None
                assert own is not None
                changes[requirement_part(new)] = {**bare, "requirement": new}
                changes[item_part(new)] = {**own, "item": new}
                changes[words_part(OWN.id, new)] = {"item": new, "ask": draw(WORDS)}
            case "order":
                section = draw(st.sampled_from(SOURCE.sections()))
                changes[order_part(section)] = draw(st.lists(ITEMS, unique=True))
    return changes


@steady
@given(edits())
def test_any_sequence_of_edits_gives_problems_or_an_edition_that_its_files_give_back(
    changes: dict[str, Any],
) -> None:
    material = made(changes)
    checked = check(material)
    assert bool(checked.troubles) == (checked.checklist is None)
    for files in material_files(material).values():
        assert all(yaml.compose(text) is not None for text in files.values())
    if checked.checklist is None:
        assert all(each.part and each.what and each.remedy for each in checked.troubles)
        return
    full = checked.checklist
    standard, problems = load_standard(folder(dict(standard_files(full.standard))))
    assert problems == ()
    assert standard is not None
    again, problems = load_checklist(folder(dict(checklist_files(full))), {standard.id: standard})
    assert problems == ()
    assert again == full
    based, problems = load_based(folder(dict(checklist_files(checked.based[0]))), {full.id: full})
    assert problems == ()
    assert based == checked.based[0]
