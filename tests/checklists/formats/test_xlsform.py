"""The field form is accepted by the program that ODK and Kobo use, and asks what the checklist asks."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyxform.xls2xform import convert

from checklists.formats.xlsform import condition, field_name, xlsform
from checklists.library import load_all
from checklists.model import NOT_APPLICABLE, Checklist
from standards.applicability import ALWAYS, All, Not, Tag
from standards.applicability import Any as AnyOf
from standards.model import Text
from tests.checklists.formats.texts import worded_checklists
from tests.checklists.strategies import steady
from tests.instrument_fixture import make_checklist

LIBRARY, _ = load_all()
STATUS = Text("Instrumen kerja, belum disahkan", "Working instrument, not approved")
CHECKLIST = make_checklist(items=24)


def tables(checklist: Checklist) -> dict[str, list[dict[str, str]]]:
    form = xlsform(checklist, status=STATUS)
    return {
        name: [dict(zip(rows[0], row, strict=True)) for row in rows[1:]]
        for name, rows in form.sheets.items()
    }


def converted(checklist: Checklist) -> Any:
    read = {
        name: [{key: value for key, value in row.items() if value} for row in rows]
        for name, rows in tables(checklist).items()
    }
    return convert(read, validate=False)


@pytest.mark.parametrize("name", sorted(LIBRARY.checklists))
def test_every_packaged_checklist_becomes_a_form_without_a_warning(name: str) -> None:
    checklist = LIBRARY.checklists[name]
    made = converted(checklist)
    assert made.warnings == []
    assert checklist.fingerprint in made.xform
    for item in checklist.items:
        assert f"/{field_name(item.id)}_facts" in made.xform


@steady
@given(worded_checklists())
def test_whatever_the_words_are_the_form_is_accepted(checklist: Checklist) -> None:
    assert converted(checklist).xform


def test_each_item_is_asked_only_where_it_applies_and_tb_wants_a_reason() -> None:
    survey = {row["name"]: row for row in tables(CHECKLIST)["survey"] if "group" not in row["type"]}
    item = CHECKLIST.items[3]
    assert survey[item.id]["relevant"] == "selected(${tags}, 'rawat-inap')"
    assert survey[f"{item.id}_reason"]["required"] == "yes"
    assert NOT_APPLICABLE in survey[f"{item.id}_reason"]["relevant"]
    assert survey["status"]["label::Bahasa Indonesia (id)"] == STATUS.id
    assert survey["fingerprint"]["calculation"] == f"'{CHECKLIST.fingerprint}'"


def test_the_choices_are_the_scale_and_tb() -> None:
    scale = [row["name"] for row in tables(CHECKLIST)["choices"] if row["list_name"] == "scale"]
    assert scale == [*(choice.code for choice in CHECKLIST.scale), NOT_APPLICABLE]


def test_nothing_in_the_words_is_taken_for_a_reference_or_a_formula() -> None:
    said = xlsform(CHECKLIST, status=Text("${x}", "=1+1")).sheets["survey"]
    status = next(row for row in said if row[1] == "status")
    assert status[2:4] == ("$ {x}", "'=1+1")


@given(st.recursive(
    st.sampled_from(["a", "b"]).map(Tag),
    lambda inner: st.one_of(
        inner.map(Not),
        st.lists(inner, min_size=1, max_size=3).map(lambda each: All(tuple(each))),
        st.lists(inner, min_size=1, max_size=3).map(lambda each: AnyOf(tuple(each))),
    ),
))  # fmt: skip
def test_a_condition_means_what_the_applicability_means(expression) -> None:
    said = condition(expression)
    for tags in (frozenset(), frozenset("a"), frozenset("b"), frozenset("ab")):
        python = said.replace("selected(${tags}, ", "(lambda tag: tag in tags)(")
        python = python.replace("not(", "not_(")
        assert eval(python, {"tags": tags, "not_": lambda value: not value}) is expression.holds(
            tags
        )


def test_what_applies_to_all_has_no_condition() -> None:
    assert condition(ALWAYS) == ""
