"""Canonical JSON: the same value has the same bytes, another value has others."""

import hashlib
import json
import unicodedata
from enum import StrEnum
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from standards.canonical import canonical_json, fingerprint, fraction_text, parse_fraction

steady = settings(deadline=None)
texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=12)
keys = texts.map(lambda text: unicodedata.normalize("NFC", text))
values = st.recursive(
    st.none() | st.booleans() | st.integers() | texts,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(keys, inner, max_size=4),
    max_leaves=15,
)


def normal(value: object) -> object:
    if isinstance(value, str):
        return unicodedata.normalize("NFC", value)
    if isinstance(value, list):
        return [normal(entry) for entry in value]
    if isinstance(value, dict):
        return {unicodedata.normalize("NFC", key): normal(entry) for key, entry in value.items()}
    return value


def test_keys_are_sorted_and_nothing_is_spaced() -> None:
    assert (
        canonical_json({"b": [1, True, None], "a": "é"}) == '{"a":"é","b":[1,true,null]}'.encode()
    )


def test_composed_and_decomposed_letters_are_the_same() -> None:
    assert canonical_json({"e\u0301": "e\u0301"}) == canonical_json({"\u00e9": "\u00e9"})


def test_the_fingerprint_is_the_digest_of_the_bytes() -> None:
    assert fingerprint({"a": 1}) == "sha256:" + hashlib.sha256(b'{"a":1}').hexdigest()


@pytest.mark.parametrize("value", [1.0, (1,), {1}, {1: "a"}, b"a", Fraction(1), [float("nan")]])
def test_other_types_are_refused(value: object) -> None:
    with pytest.raises(TypeError):
        canonical_json(value)


def test_keys_that_become_the_same_are_refused() -> None:
    with pytest.raises(ValueError, match="same normal form"):
        canonical_json({"e\u0301": 1, "\u00e9": 2})


def test_half_a_character_is_refused() -> None:
    with pytest.raises(ValueError, match="surrogate"):
        canonical_json("\ud800")


def test_endless_nesting_is_refused() -> None:
    value: list[object] = []
    for _ in range(5000):
        value = [value]
    with pytest.raises(ValueError, match="nested"):
        canonical_json(value)


def test_an_enumerated_text_is_its_text() -> None:
    class Colour(StrEnum):
        red = "merah"

    assert canonical_json({Colour.red: Colour.red}) == b'{"merah":"merah"}'


@steady
@given(values)
def test_reading_the_bytes_gives_the_value_again(value: object) -> None:
    made = canonical_json(value)
    assert json.loads(made) == normal(value)
    assert canonical_json(json.loads(made)) == made


@steady
@given(st.dictionaries(keys, st.integers(), max_size=6))
def test_the_order_of_keys_does_not_matter(value: dict[str, int]) -> None:
    assert canonical_json(value) == canonical_json(dict(reversed(value.items())))


@steady
@given(values, values)
def test_only_equal_values_share_their_bytes(one: object, other: object) -> None:
    same = canonical_json(one) == canonical_json(other)
    assert same == (
        json.dumps(normal(one), sort_keys=True) == json.dumps(normal(other), sort_keys=True)
    )


@steady
@given(st.fractions(min_value=0, max_denominator=999_999_999).filter(lambda f: f <= 9999))
def test_a_fraction_is_read_as_it_was_written(value: Fraction) -> None:
    if value.numerator < 10**9:
        assert parse_fraction(fraction_text(value)) == value


@pytest.mark.parametrize(
    "text", ["", "1", "80%", "1/0", "-1/2", "1 / 2", "0.8", "٨/١٠", "1/2\n", "01/2"]
)
def test_what_is_no_fraction_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="bukan pecahan"):
        parse_fraction(text)
