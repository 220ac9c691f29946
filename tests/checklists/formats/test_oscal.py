"""The OSCAL catalog holds together: identifiers, references, one-line titles, every control."""

import json
import re
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given

from checklists.formats.oscal import catalog, control_id
from checklists.library import load_all
from checklists.model import Checklist
from standards.model import Standard
from tests.checklists.formats.texts import worded_checklists
from tests.checklists.strategies import steady

LIBRARY, _ = load_all()
EVERYTHING: list[Standard | Checklist] = [
    *LIBRARY.standards.values(),
    *LIBRARY.checklists.values(),
]
AT = datetime(2026, 11, 21, 5, tzinfo=UTC)
# as the OSCAL catalog schema has them
TOKEN = re.compile(r"[^\W\d][\w.\-]*")
LINE = re.compile(r"\S(.*\S)?")
UUID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[45][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}")


def made(instrument: Standard | Checklist, language: str = "id") -> dict[str, Any]:
    document = catalog(
        instrument, language=language, status="Instrumen kerja, belum disahkan", modified=AT
    )
    return json.loads(json.dumps(document))["catalog"]


def nodes(value: Any) -> Iterator[dict[str, Any]]:
    if isinstance(value, dict):
        yield value
    for inner in (
        value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    ):
        yield from nodes(inner)


def controls(document: dict[str, Any]) -> list[dict[str, Any]]:
    return [control for each in nodes(document) for control in each.get("controls", ())]


def check(document: dict[str, Any]) -> None:
    ids = [each["id"] for each in nodes(document) if "id" in each]
    assert len(ids) == len(set(ids))
    assert all(TOKEN.fullmatch(each) for each in ids)
    uuids = [each["uuid"] for each in nodes(document) if "uuid" in each]
    assert all(UUID.fullmatch(each) for each in uuids)
    assert len(uuids) == len(set(uuids))
    for each in nodes(document):
        for name in ("title", "value"):
            assert LINE.fullmatch(each.get(name, "x")), each
        assert [] not in each.values(), "OSCAL has no empty lists"
    for each in nodes(document):
        for link in each.get("links", ()):
            assert link["href"].removeprefix("#") in uuids


@pytest.mark.parametrize("instrument", EVERYTHING, ids=lambda each: each.id)
@pytest.mark.parametrize("language", ["id", "en"])
def test_every_packaged_edition_makes_a_whole_catalog(
    instrument: Standard | Checklist, language: str
) -> None:
    document = made(instrument, language)
    check(document)
    expected = instrument.items if isinstance(instrument, Checklist) else instrument.requirements
    assert sorted(each["id"] for each in controls(document)) == sorted(
        control_id(each.id) for each in expected
    )
    said = {each["name"]: each["value"] for each in document["metadata"]["props"]}
    assert said["fingerprint"] == instrument.fingerprint
    assert said["status"] == "Instrumen kerja, belum disahkan"
    assert document["metadata"]["last-modified"] == "2026-11-21T05:00:00+00:00"


@steady
@given(worded_checklists())
def test_whatever_the_words_are_the_catalog_is_whole(checklist: Checklist) -> None:
    check(made(checklist))


def test_the_same_content_gets_the_same_identifiers() -> None:
    one, other = EVERYTHING[2], EVERYTHING[3]
    assert made(one) == made(one)
    assert made(one)["uuid"] != made(other)["uuid"]
    assert made(one, "id")["uuid"] != made(one, "en")["uuid"]


def test_no_clause_is_made_up() -> None:
    for instrument in EVERYTHING:
        assert "clause" not in {each.get("name") for each in nodes(made(instrument))}


def test_a_code_that_begins_with_a_digit_becomes_a_token() -> None:
    assert control_id("1-2") == "_1-2"
    assert control_id("KLB-01") == "KLB-01"


def test_a_moment_without_its_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="UTC"):
        catalog(EVERYTHING[0], language="id", status="x", modified=AT.replace(tzinfo=None))


READ = """
import sys
from pathlib import Path
from trestle.oscal.catalog import Catalog
for name in sys.argv[1:]:
    read = Catalog.oscal_read(Path(name))
    print(sum(len(section.controls) for aspect in read.groups for section in aspect.groups))
"""


@pytest.mark.slow
def test_another_program_accepts_every_catalog(tmp_path: Path) -> None:
    if find_spec("trestle") is None:
        pytest.fail(
            "install what reads OSCAL: pip install --require-hashes -r requirements-oscal.txt"
        )
    names = []
    for instrument in EVERYTHING:
        path = tmp_path / f"{instrument.id}.json"
        path.write_text(json.dumps({"catalog": made(instrument)}), encoding="utf-8")
        names.append(str(path))
    said = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", READ, *names],
        capture_output=True,
        text=True,
        check=True,
    )
    counts = [
        len(each.items if isinstance(each, Checklist) else each.requirements) for each in EVERYTHING
    ]
    assert [int(line) for line in said.stdout.split()] == counts
