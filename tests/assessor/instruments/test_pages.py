"""Anybody who is signed in can read with what is judged, and whether it is approved."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import event

from assessor.access.actor import SYSTEM, Role
from assessor.instruments import reading
from assessor.instruments.reading import list_published
from assessor.instruments.services import approve, publish_packaged
from tests.builders import make_person


@pytest.fixture
def published(session, clock):
    """The packaged editions, none approved."""
    publish_packaged(session, SYSTEM, clock)
    found = list_published(session)
    session.rollback()
    return found


@pytest.fixture
def reader(session, clock, as_person):
    return as_person(make_person(session, clock, role=Role.observer))


def checklist(published):
    return next(each for each in published if each.name == "sni-8807-2022-penuh")


def digest(edition) -> str:
    return edition.fingerprint.removeprefix("sha256:")


def decree(session, clock, edition, **given) -> None:
    said = {
        "decree": "KEP/12/2026",
        "effective_on": clock().date(),
        "approved_by": "Direktur",
        "fictitious": False,
        **given,
    }
    approve(session, SYSTEM, clock, fingerprint=edition.fingerprint, **said)


def test_an_empty_list_says_so(reader):
    assert "Belum ada edisi" in reader.get("/instruments").text


def test_every_edition_is_listed_as_a_working_instrument(published, reader):
    page = reader.get("/instruments")
    assert page.text.count("Instrumen kerja, belum disahkan") == len(published) == 10
    for each in published:
        assert each.title.id in page.text


def test_a_decree_is_shown_from_its_day_on_and_a_fictitious_one_says_so(
    published, reader, session, clock
):
    first, second, third, *_rest = published
    decree(session, clock, first)
    decree(session, clock, second, decree="KEP-FIKTIF/1", fictitious=True)
    decree(session, clock, third, effective_on=clock().date() + timedelta(days=1))
    text = reader.get("/instruments").text
    assert "KEP/12/2026, berlaku sejak 21 Nov 2026" in text
    assert "Disahkan dengan keputusan fiktif (data contoh)" in text
    assert "KEP-FIKTIF/1, berlaku sejak 21 Nov 2026" in text
    assert text.count("Instrumen kerja, belum disahkan") == len(published) - 2
    assert "KEP/12/2026 mulai berlaku 22 Nov 2026" in text
    text = reader.get(f"/instruments/{digest(first)}").text
    assert "Disahkan" in text


def test_an_edition_is_read_a_section_at_a_time(published, reader):
    edition = checklist(published)
    held = reading._read[edition.fingerprint]
    page = reader.get(f"/instruments/{digest(edition)}")
    first = held.items[0]
    for words in (first.id, first.text.id, first.requirement.good.id, first.requirement.how.id):
        assert words in page.text
    assert edition.fingerprint in page.text
    last = held.items[-1]
    assert last.text.id not in page.text
    page = reader.get(f"/instruments/{digest(edition)}", query={"section": last.section.id})
    for words in (last.id, last.text.id, "Diperiksa dengan", "Sumber"):
        assert words in page.text
    for section in held.standard.sections:
        assert section.title.id in page.text


def test_every_section_of_every_edition_can_be_read(published, reader):
    for edition in published:
        instrument = reading._read[edition.fingerprint]
        standard = getattr(instrument, "standard", instrument)
        for section in standard.sections:
            page = reader.get(f"/instruments/{digest(edition)}", query={"section": section.id})
            assert section.title.id in page.text


def test_words_find_items_wherever_they_stand(published, reader):
    edition = checklist(published)
    held = reading._read[edition.fingerprint]
    item = held.items[100]
    form = reader.get(f"/instruments/{digest(edition)}").form("Terapkan")
    page = form.fill(q=item.id.upper()).submit()
    assert item.text.id in page.text
    page = reader.get(f"/instruments/{digest(edition)}", query={"q": "a"})
    assert "Hanya 50 yang pertama ditampilkan" in page.text
    page = reader.get(f"/instruments/{digest(edition)}", query={"q": "<script>xyz"})
    assert "Tidak ada butir yang cocok" in page.text


@pytest.mark.parametrize("address", ["0" * 64, "x", "sha256:" + "0" * 64])
def test_an_edition_that_is_not_there_looks_missing(address, published, reader):
    reader.get(f"/instruments/{address}", status=404)


def test_an_address_with_a_null_in_it_is_missing_on_both_engines(published, reader):
    assert reader.request("GET", "/instruments/%00").status_code == 404


def test_one_who_is_not_signed_in_reads_nothing(published, client):
    for path in ("/instruments", f"/instruments/{digest(published[0])}"):
        response = client.request("GET", path)
        assert response.status_code in {302, 303}
        assert "/sign-in" in response.headers["Location"]


def test_the_number_of_queries_does_not_grow(published, reader, engine, session, clock):
    def asked(path: str) -> int:
        count = 0

        def note(*_: object) -> None:
            nonlocal count
            count += 1

        event.listen(engine, "after_cursor_execute", note)
        reader.get(path)
        event.remove(engine, "after_cursor_execute", note)
        return count

    path = f"/instruments/{digest(published[0])}"
    before = asked("/instruments"), asked(path)
    for edition in published:
        for _ in range(5):
            decree(session, clock, edition)
    assert (asked("/instruments"), asked(path)) == before
    reading._read.clear()  # a worker that has just started
    assert asked("/instruments") <= before[0] + 1


def test_a_stored_edition_that_is_not_what_it_says_is_never_shown(published, session):
    reading._read.clear()
    from tests.assessor.journal.rows import behind_the_back

    with behind_the_back(session.get_bind()) as connection:
        connection.exec_driver_sql("UPDATE edition SET content = replace(content, 'a', 'b')") if (
            connection.dialect.name == "sqlite"
        ) else connection.exec_driver_sql(
            "UPDATE edition SET content = convert_to("
            "replace(convert_from(content, 'UTF8'), 'Klien', 'Kliem'), 'UTF8')"
        )
    with pytest.raises((ValueError, KeyError)):
        list_published(session)
    session.rollback()
    reading._read.clear()


def test_a_checklist_that_asks_a_part_says_what_it_asks_and_what_can_come_out(published, reader):
    named = {each.name: each for each in published}
    text = reader.get(f"/instruments/{digest(named['sni-8807-2022-meja'])}").text
    assert "Butir yang diperiksa hanya dengan dokumen atau telusur berkas." in text
    assert "tanpa keputusan tentang seluruh standar" in text
    assert "Memenuhi bila" not in text
    page = reader.get(f"/instruments/{digest(named['sni-8807-2022-berkala'])}")
    assert "satu dari 3 bagian setiap tahun" in page.text
    assert f"/instruments/{digest(named['sni-8807-2022-penuh'])}" in page.html
    text = reader.get(f"/instruments/{digest(named['sni-8807-2022-mandiri'])}").text
    assert "Semua butir instrumen lengkap." in text
    assert "Memenuhi bila" in text
