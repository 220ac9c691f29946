"""The report carries the sample so that anybody can make the draw again, and never a client."""

from __future__ import annotations

import io
from typing import Any

import pytest
from pypdf import PdfReader

from checklists.drawing import METHOD, draw
from tests.assessor.reports.sample import make_content, make_pdf

SEED = "0123456789abcdef0123456789abcdef"


def sampled(**more: Any) -> dict[str, Any]:
    """A content with a sample that was drawn twice, and interviews."""
    drawn = draw(SEED, 10, {"active-outpatient": 1_042, "active-inpatient": 18})
    names = {
        "active-outpatient": {"id": "klien aktif rawat jalan", "en": "active outpatients"},
        "active-inpatient": {"id": "klien aktif rawat inap", "en": "active inpatients"},
    }
    one = {
        "label": "T2",
        "method": METHOD,
        "seed": SEED,
        "drawn_at": "2026-11-18T03:05:00.000000Z",
        "reason": "Daftar <b>rawat inap</b> terlewat",
        "size": 10,
        "strata": [
            {
                "stratum": each.stratum,
                "register": each.register,
                "positions": list(each.positions),
                "name": names[each.stratum],
            }
            for each in drawn
        ],
    }
    content = make_content()
    first = content["items"][0]["item"]
    items = [
        {"item": first, "met": 8, "unmet": 1, "not_applicable": 1, "choice": "2"},
        {"item": "G-99", "met": 1, "unmet": 0, "not_applicable": 0, "choice": None},
    ]
    earlier = {**one, "label": "T1", "seed": "f" * 32, "reason": None}
    content["sample"] = {"draws": [one, earlier], "items": items}
    content["interviews"] = [
        {"kind": "klien", "name": {"id": "Klien", "en": "Clients"}, "count": 5}
    ]
    return {**content, **more}


def words(content: dict[str, Any], language: str = "id") -> str:
    reader = PdfReader(io.BytesIO(make_pdf(content, language=language)))
    return " ".join(" ".join(page.extract_text().split()) for page in reader.pages)


def test_the_draw_can_be_made_again_from_the_paper() -> None:
    said = words(sampled())
    assert "0123 4567 89ab cdef 0123 4567 89ab cdef (sha256-counter-v1)" in said
    for each in draw(SEED, 10, {"active-outpatient": 1_042, "active-inpatient": 18}):
        for position in each.positions:
            assert f"{position:,}".replace(",", ".") in said
    assert "1.042" in said
    assert "18 Nov 2026 10.05 WIB" in said


def test_every_draw_stands_there_with_its_reason() -> None:
    said = words(sampled())
    assert said.index("Sampel yang dipakai: T2") < said.index("Sampel sebelumnya: T1")
    assert "Daftar <b>rawat inap</b> terlewat" in said


def test_the_marks_are_counts_for_each_item_and_interviews_are_counts_of_people() -> None:
    said = words(sampled())
    assert "8 1 1 2 Terpenuhi dan dijalankan" in said
    assert "belum semua berkas dilihat" in said
    assert "5 orang" in said
    english = words(sampled(), "en")
    assert "Record sample and interviews" in english
    assert "5 people" in english
    assert "Telusur" not in english


@pytest.mark.parametrize(
    "more",
    [{"sample": None}, {"interviews": []}, {"sample": None, "interviews": []}],
)
def test_what_is_missing_is_not_printed(more: dict[str, Any]) -> None:
    said = words(sampled(**more))
    assert ("Benih undian" in said) == ("sample" not in more)
    assert ("5 orang" in said) == ("interviews" not in more)


def test_a_document_from_before_there_were_samples_prints_as_it_did() -> None:
    content = sampled()
    del content["sample"], content["interviews"]
    assert make_pdf(content) == make_pdf(make_content())


def test_the_same_content_gives_the_same_bytes() -> None:
    assert make_pdf(sampled()) == make_pdf(sampled())
