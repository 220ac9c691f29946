"""Expressions over tags: they survive writing, obey logic, and can be said."""

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from standards.applicability import ALWAYS, All, Always, Any, Expression, Not, Tag, parse
from standards.canonical import canonical_json
from tests.instrument_fixture import TAGS

steady = settings(deadline=None)
tag_sets = st.frozensets(st.sampled_from(TAGS))
parts_of = st.sampled_from(TAGS).map(Tag)
expressions: st.SearchStrategy[Expression] = st.recursive(
    parts_of,
    lambda inner: st.one_of(
        inner.map(Not),
        st.lists(inner, min_size=1, max_size=3).map(lambda parts: All(tuple(parts))),
        st.lists(inner, min_size=1, max_size=3).map(lambda parts: Any(tuple(parts))),
    ),
    max_leaves=8,
)


@steady
@given(st.just(ALWAYS) | expressions)
def test_what_was_written_is_read_again(expression: Expression) -> None:
    written = json.loads(canonical_json(expression.document()))
    assert parse(written) == expression


@steady
@given(st.lists(expressions, min_size=1, max_size=3).map(tuple), tag_sets)
def test_de_morgan(parts: tuple[Expression, ...], tags: frozenset[str]) -> None:
    denied = tuple(Not(part) for part in parts)
    assert Not(All(parts)).holds(tags) == Any(denied).holds(tags)
    assert Not(Any(parts)).holds(tags) == All(denied).holds(tags)


@steady
@given(expressions, tag_sets)
def test_denying_twice_changes_nothing(expression: Expression, tags: frozenset[str]) -> None:
    assert Not(Not(expression)).holds(tags) == expression.holds(tags)


@steady
@given(expressions, tag_sets)
def test_only_the_tags_it_names_matter(expression: Expression, tags: frozenset[str]) -> None:
    assert expression.holds(tags) == expression.holds(tags & expression.tags())
    assert expression.holds(tags) == expression.holds(tags | {"tidak-dikenal"})


@steady
@given(expressions)
def test_the_words_name_every_tag_and_close_every_bracket(expression: Expression) -> None:
    labels = {tag: tag.upper() for tag in TAGS}
    said = expression.words(labels)
    assert said.startswith("Berlaku untuk ")
    assert said.endswith(".")
    assert all(tag.upper() in said for tag in expression.tags())
    assert said.count("(") == said.count(")")


def test_always_holds_for_everybody_and_looks_at_nothing() -> None:
    assert ALWAYS.holds(frozenset())
    assert ALWAYS.tags() == frozenset()
    assert ALWAYS.words({}) == "Berlaku untuk semua."
    assert ALWAYS.words({}, language="en") == "Applies to all."
    assert isinstance(parse(None), Always)


def test_the_words_read_as_a_person_would_say_them() -> None:
    expression = Any((Tag("rawat-inap"), All((Tag("medis"), Not(Tag("ipwl"))))))
    labels = {"rawat-inap": "rawat inap", "medis": "rehabilitasi medis"}
    assert (
        expression.words(labels)
        == "Berlaku untuk rawat inap atau (rehabilitasi medis dan bukan ipwl)."
    )
    assert (
        Not(All((Tag("medis"), Tag("anak")))).words({}, language="en")
        == "Applies to not (medis and anak)."
    )


@pytest.mark.parametrize(
    "document",
    [
        "",
        5,
        [],
        {},
        ["medis"],
        {"all": []},
        {"any": "medis"},
        {"all": [None]},
        {"not": None},
        {"nor": ["medis"]},
        {"all": ["medis"], "any": ["anak"]},
        {"all": ["medis", {"not": 3}]},
    ],
)
def test_anything_else_is_refused(document: object) -> None:
    with pytest.raises(ValueError, match="Syarat keberlakuan"):
        parse(document)
