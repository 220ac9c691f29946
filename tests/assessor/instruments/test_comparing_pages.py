"""Two editions side by side: what differs, and what it means for answers already given."""

from __future__ import annotations

from dataclasses import replace

import pytest
from sqlalchemy import event

from assessor.access.actor import SYSTEM, Role
from assessor.instruments.services import publish
from checklists.library import Library
from tests.builders import make_person
from tests.instrument_fixture import make_checklist, make_text

FIRST = make_checklist(items=24)


@pytest.fixture
def reader(session, clock, as_person):
    """Signs somebody in, now: the clock moves on while editions are published."""
    return lambda: as_person(make_person(session, clock, role=Role.observer))


def put(session, clock, *checklists) -> None:
    for checklist in checklists:
        clock.forward(days=1)
        library = Library({checklist.standard.id: checklist.standard}, {checklist.id: checklist})
        publish(session, SYSTEM, clock, library=library)


def later(**changed):
    first, second, *rest = FIRST.items
    items = (replace(first, weight=9), replace(second, effort=5), *rest[1:])
    return replace(FIRST, edition="2027.1", items=items, **changed)


def address(checklist, since=None) -> str:
    href = f"/instruments/{checklist.fingerprint.removeprefix('sha256:')}/changes"
    return f"{href}?since={since.fingerprint.removeprefix('sha256:')}" if since else href


def test_an_only_edition_has_nothing_to_be_compared_with(session, clock, reader) -> None:
    put(session, clock, FIRST)
    assert "Belum ada edisi lain" in reader().get(address(FIRST)).text


def test_the_newer_edition_is_held_against_the_one_before(session, clock, reader) -> None:
    newer = later()
    put(session, clock, FIRST, newer)
    page = reader().get(address(newer))
    assert "Instrumen uji (id), edisi 2026.1 → Instrumen uji (id), edisi 2027.1" in page.text
    gone = FIRST.items[2]
    for words in (
        "Kedua edisi tidak cocok",
        "Jawaban lama tidak dapat dipakai (1 perubahan)",
        gone.id,
        gone.text.id,
        "Bobot",
        "Jawaban tetap, hasil dapat berubah",
        "Upaya",
    ):
        assert words in page.text
    assert page.text.index("Jawaban lama tidak dapat dipakai (") < page.text.index(
        "Jawaban dan hasil tetap ("
    )


def test_the_page_of_an_edition_leads_there(session, clock, reader) -> None:
    newer = later()
    put(session, clock, FIRST, newer)
    page = reader().get(f"/instruments/{newer.fingerprint.removeprefix('sha256:')}")
    assert "Perbedaan edisi" in page.click("Bandingkan dengan edisi lain").text


def test_another_edition_can_be_chosen(session, clock, reader) -> None:
    other = replace(FIRST, id="lain", note=make_text("Lain"))
    put(session, clock, FIRST, other)
    page = reader().get(address(FIRST))
    assert "Pilih edisi yang dibandingkan" in page.text
    form = page.form("Terapkan").fill(since=other.fingerprint.removeprefix("sha256:"))
    assert "Semua jawaban lama dan hasilnya tetap." in form.submit().text
    assert "Pilih edisi yang dibandingkan" in reader().get(f"{address(FIRST)}?since=nonsense").text


def test_a_standard_is_compared_with_standards_only(session, clock, reader) -> None:
    put(session, clock, FIRST)
    page = reader().get(address(FIRST.standard))
    assert "Belum ada edisi lain" in page.text
    page = reader().get(address(FIRST.standard, since=FIRST))
    assert "Belum ada edisi lain" in page.text


def test_what_differs_in_english_alone_is_shown(session, clock, reader) -> None:
    first, *rest = FIRST.items
    text = replace(first.text, en="Other words")
    changed = replace(first, requirement=replace(first.requirement, text=text))
    standard = replace(
        FIRST.standard, requirements=(changed.requirement, *FIRST.standard.requirements[1:])
    )
    newer = replace(FIRST, edition="2027.1", standard=standard, items=(changed, *rest))
    put(session, clock, FIRST, newer)
    assert "(Other words)" in reader().get(address(newer)).text


def test_the_number_of_queries_does_not_grow(session, clock, reader, engine) -> None:
    def asked(path: str) -> int:
        count = []

        def note(*_: object) -> None:
            count.append(1)

        event.listen(engine, "after_cursor_execute", note)
        reader().get(path)
        event.remove(engine, "after_cursor_execute", note)
        return len(count)

    newer = later()
    put(session, clock, FIRST, newer)
    asked(address(newer))
    before = asked(address(newer))
    put(session, clock, *(replace(FIRST, edition=f"20{n}.1") for n in range(30, 36)))
    asked(address(newer))
    assert asked(address(newer)) == before
