"""What a person writes about whom a requirement applies to is the expression it looks like."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from standards.applicability import ALWAYS, All, Any, Not, Tag, parse
from standards.applicability_text import from_text, to_text

TAGS = st.sampled_from(["rawat-inap", "medis", "ipwl"]).map(Tag)
EXPRESSIONS = st.recursive(
    TAGS,
    lambda inner: (
        inner.map(Not)
        | st.lists(inner, min_size=2, max_size=3).map(lambda parts: All(tuple(parts)))
        | st.lists(inner, min_size=2, max_size=3).map(lambda parts: Any(tuple(parts)))
    ),
    max_leaves=6,
)


@given(EXPRESSIONS)
def test_what_is_written_is_read_as_it_was(expression) -> None:
    assert parse(from_text(to_text(expression))) == expression


@given(st.text(max_size=60))
def test_any_text_is_an_expression_or_a_sentence(text) -> None:
    try:
        document = from_text(text)
    except ValueError:
        return
    assert parse(document).tags() <= set(text.replace("(", " ").replace(")", " ").split())


def test_nothing_means_everybody() -> None:
    assert from_text("  ") is None
    assert to_text(ALWAYS) == ""


@pytest.mark.parametrize(
    ("text", "document"),
    [
        ("medis", "medis"),
        ("a dan b atau c", {"any": [{"all": ["a", "b"]}, "c"]}),
        ("a and not (b or c)", {"all": ["a", {"not": {"any": ["b", "c"]}}]}),
        ("bukan bukan a", {"not": {"not": "a"}}),
    ],
)
def test_words_bind_as_one_reads_them(text, document) -> None:
    assert from_text(text) == document


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("a dan", "berhenti di tengah"),
        ("(a atau b", "belum ditutup"),
        ("a b", "“b” tidak pada tempatnya"),
        (") a", "“)” tidak pada tempatnya"),
        ("(" * 30, "terlalu dalam"),
    ],
)
def test_what_cannot_be_read_says_why(text, said) -> None:
    with pytest.raises(ValueError, match=said.replace(")", r"\)")):
        from_text(text)
