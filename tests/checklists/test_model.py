"""A checklist is its content and its standard's."""

import json
from dataclasses import replace
from fractions import Fraction

import pytest

from checklists.model import Checklist, Citation, Critical, Method
from standards.canonical import canonical_json
from tests.instrument_fixture import make_checklist

CHECKLIST = make_checklist()


def test_the_fixture_has_120_items_of_every_kind() -> None:
    assert len(CHECKLIST.items) == 120
    assert {item.aspect.id for item in CHECKLIST.items} == {
        "kelembagaan",
        "sumber-daya",
        "layanan",
        "hasil",
    }
    assert {method for item in CHECKLIST.items for method in item.methods} == set(Method)
    assert {item.citation for item in CHECKLIST.items} == set(Citation)
    assert {item.critical for item in CHECKLIST.items} == set(Critical)
    assert make_checklist() == CHECKLIST


def test_the_document_gives_the_same_checklist_and_fingerprint() -> None:
    stored = json.loads(canonical_json(CHECKLIST.document()))
    again = Checklist.from_document(stored)
    assert again == CHECKLIST
    assert again.fingerprint == CHECKLIST.fingerprint


def test_the_fingerprint_includes_the_content_of_the_standard() -> None:
    standard = CHECKLIST.standard
    changed = replace(standard, title=replace(standard.title, id=standard.title.id + ","))
    assert replace(CHECKLIST, standard=changed).fingerprint != CHECKLIST.fingerprint


def test_every_field_of_an_item_is_in_the_fingerprint() -> None:
    item = CHECKLIST.items[1]
    others = (
        replace(item, weight=item.weight + 1),
        replace(item, effort=item.effort + 1),
        replace(item, methods=item.methods[::-1]),
        replace(item, critical=Critical.hard),
        replace(item, citation=Citation.none),
        replace(item, ask=item.requirement.good),
    )
    prints = {
        replace(CHECKLIST, items=(CHECKLIST.items[0], other, *CHECKLIST.items[2:])).fingerprint
        for other in (item, *others)
    }
    assert len(prints) == 7


def test_items_are_found_by_their_id() -> None:
    assert CHECKLIST.item("A-003").weight == 3
    assert CHECKLIST.has_item("A-003")
    assert not CHECKLIST.has_item("A-999")
    with pytest.raises(KeyError):
        CHECKLIST.item("A-999")


def test_applicable_items_follow_the_tags() -> None:
    nobody = CHECKLIST.applicable(frozenset())
    inpatients = CHECKLIST.applicable(frozenset({"rawat-inap"}))
    children = CHECKLIST.applicable(frozenset({"anak"}))
    assert (len(nobody), len(inpatients), len(children)) == (90, 120, 75)
    assert [item for item in CHECKLIST.items if item in nobody] == list(nobody)


def test_each_item_stands_once_in_the_order_of_the_work() -> None:
    groups = CHECKLIST.in_work_order(CHECKLIST.items)
    assert [method for method, _ in groups] == [Method.D, Method.O, Method.W, Method.R]
    assert sorted(item.id for _, group in groups for item in group) == sorted(
        item.id for item in CHECKLIST.items
    )
    assert all(
        method == min(item.methods, key=CHECKLIST.work_order.index)
        for method, group in groups
        for item in group
    )


def test_the_auditee_is_asked_in_its_own_words_where_there_are_some() -> None:
    assert CHECKLIST.items[0].question.id == "Apakah A-001 dijalankan? (id)"
    assert CHECKLIST.items[1].question == CHECKLIST.items[1].text


def test_only_observation_interview_and_photo_need_somebody_on_site() -> None:
    item = CHECKLIST.items[0]
    needs = {method: replace(item, methods=(method,)).needs_site for method in Method}
    assert [method for method, needed in needs.items() if needed] == [Method.O, Method.W, Method.F]


def test_met_is_from_a_choice_on() -> None:
    assert [CHECKLIST.is_met(code) for code in ("0", "1", "2")] == [False, False, True]
    assert CHECKLIST.most_points == 2


@pytest.mark.parametrize(
    ("share", "level"),
    [
        (Fraction(1), "baik"),
        (Fraction(4, 5), "baik"),
        (Fraction(79, 100), "cukup"),
        (Fraction(1, 2), "cukup"),
        (Fraction(49, 100), None),
    ],
)
def test_a_total_has_the_highest_level_that_it_reaches(share: Fraction, level: str | None) -> None:
    named = CHECKLIST.level(share)
    assert (named.id if named else None) == level


def test_another_document_is_refused() -> None:
    with pytest.raises(ValueError, match="bukan dokumen instrumen"):
        Checklist.from_document({"format": "standard-v1"})
