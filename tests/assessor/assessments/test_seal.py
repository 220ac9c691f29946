"""Does a root stand for one document, and for no other that somebody could make from it?"""

import copy
import itertools
import json

import pytest

from assessor.assessments.seal import BrokenSeal, make_seal, open_seal
from standards.canonical import canonical_json

CONTENT = {
    "assessment": {"reference": "NILAI-2026-0001"},
    "items": [{"item": "A-001", "choice": "0"}, {"item": "A-002", "choice": "2"}],
    "findings": [{"number": 1, "item": "A-001", "class": "major"}],
    "evidence": [{"id": "abc", "digest": "00"}],
    "sign_offs": [],
}


@pytest.fixture
def seal():
    numbers = itertools.count()
    return make_seal(CONTENT, lambda: f"{next(numbers):032x}")


@pytest.fixture
def forged(seal):
    """Changes the stored document and writes it as the product would."""

    def forged(change):
        document = json.loads(seal.content)
        change(document)
        return canonical_json(document)

    return forged


def test_what_was_sealed_is_read_again(seal):
    assert open_seal(seal.content, seal.root) == CONTENT


def _hide_a_finding(document):
    """Beside the list instead of in it: the same path, and no reader looks there."""
    document["content"]["findings/1"] = document["content"]["findings"].pop()


def _forge_before_the_true_one(document):
    """The last one of a path is hashed; a page shows all, or the first."""
    document["content"]["items"].insert(0, {"item": "A-001", "choice": "2"})


def _forge_in_a_second_list(document):
    document["content"]["items/A-001"] = {"item": "A-001", "choice": "2"}


def _no_list(document):
    document["content"]["sign_offs"] = document["content"].pop("findings")


def _other_value(document):
    document["content"]["items"][0]["choice"] = "2"


def _one_less(document):
    document["content"]["items"].pop()


def _one_less_with_its_salt(document):
    document["content"]["items"].pop()
    del document["salts"]["items/A-002"]


def _one_salt_more(document):
    document["salts"]["items/A-003"] = "00" * 16


def _more_around(document):
    document["contents"] = copy.deepcopy(document["content"])


def _longer_salt(document):
    document["salts"]["assessment"] += "00"


@pytest.mark.parametrize(
    "change",
    [
        _hide_a_finding,
        _forge_before_the_true_one,
        _forge_in_a_second_list,
        _no_list,
        _other_value,
        _one_less,
        _one_less_with_its_salt,
        _one_salt_more,
        _more_around,
        _longer_salt,
    ],
)
def test_no_other_document_passes_for_it(seal, forged, change):
    with pytest.raises(BrokenSeal):
        open_seal(forged(change), seal.root)


def test_a_key_that_is_there_twice_is_not_read_past(seal):
    twice = seal.content.replace(b'"choice":"0"', b'"choice":"2","choice":"0"', 1)
    assert twice != seal.content
    with pytest.raises(BrokenSeal):
        open_seal(twice, seal.root)


@pytest.mark.parametrize("stored", [b"", b"[]", b"{}", b"null", b"\xff", b'{"seal":"v1"}'])
def test_other_bytes_are_no_seal(stored):
    with pytest.raises(BrokenSeal):
        open_seal(stored, "00")


def test_a_content_whose_paths_are_not_its_own_is_never_sealed():
    wrong = {**CONTENT, "items": [*CONTENT["items"], CONTENT["items"][0]]}
    with pytest.raises(ValueError, match="twice"):
        make_seal(wrong, lambda: "00" * 16)
