"""A standard is its content."""

import json
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from standards.canonical import canonical_json
from standards.model import Standard, Text
from tests.instrument_fixture import make_standard

STANDARD = make_standard(items=16)


def test_the_document_gives_the_same_standard_and_fingerprint() -> None:
    stored = json.loads(canonical_json(STANDARD.document()))
    again = Standard.from_document(stored)
    assert again == STANDARD
    assert again.fingerprint == STANDARD.fingerprint


@settings(deadline=None, max_examples=40)
@given(st.integers(0, 15), st.sampled_from(["text", "good", "how"]), st.sampled_from(["id", "en"]))
def test_a_changed_comma_changes_the_fingerprint(number: int, field: str, language: str) -> None:
    requirement = STANDARD.requirements[number]
    text = getattr(requirement, field)
    changed = replace(text, **{language: getattr(text, language) + ","})
    requirements = list(STANDARD.requirements)
    requirements[number] = replace(requirement, **{field: changed})
    assert replace(STANDARD, requirements=tuple(requirements)).fingerprint != STANDARD.fingerprint


def test_another_order_is_another_standard() -> None:
    turned = replace(STANDARD, requirements=STANDARD.requirements[::-1])
    assert turned.fingerprint != STANDARD.fingerprint


def test_everything_is_found_by_its_id() -> None:
    assert STANDARD.requirement("A-001").clause == "1.10"
    assert STANDARD.section("C").aspect == "sumber-daya"
    assert STANDARD.aspect("hasil").title.id == "Aspek hasil (id)"
    assert STANDARD.source("S2").url == ""
    with pytest.raises(KeyError):
        STANDARD.requirement("Z-1")


def test_tag_labels_come_in_the_language_asked_for() -> None:
    assert STANDARD.tag_labels("id")["medis"] == "Label medis (id)"
    assert STANDARD.tag_labels("en")["medis"] == "Label medis (en)"


def test_a_text_is_indonesian_unless_english_is_asked_for_and_there() -> None:
    text = Text(id="Ya", en="Yes")
    assert [text.in_(language) for language in ("id", "en", "en_GB", "fr")] == [
        "Ya",
        "Yes",
        "Yes",
        "Ya",
    ]
    assert Text(id="Ya", en="").in_("en") == "Ya"


def test_another_document_is_refused() -> None:
    with pytest.raises(ValueError, match="bukan dokumen standar"):
        Standard.from_document({"format": "standard-v0"})
