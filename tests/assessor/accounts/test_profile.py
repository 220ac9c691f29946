"""What does somebody change of the own account, and what is asked before?"""

from __future__ import annotations

import pytest
from sqlalchemy import select

from assessor.accounts.models import Person
from assessor.journal.models import JournalEntry
from assessor.journal.verify import verify
from assessor.organization.models import TimeZone
from tests.builders import PASSWORD, make_person


@pytest.fixture
def person(session, clock):
    return make_person(session, clock)


def kept(session, person):
    session.rollback()
    return session.get_one(Person, person.id)


def last_act(session):
    return session.scalars(
        select(JournalEntry.act).order_by(JournalEntry.seq.desc()).limit(1)
    ).one()


def test_language_and_time_hold_here_at_once_and_elsewhere_from_the_next_sign_in(
    session, clock, person, as_person
):
    page = as_person(person).get("/profile").click("Ubah Bahasa dan waktu setempat")
    page = page.form("Simpan").fill(language="en", time_zone="WIT").submit()
    assert page.h1 == "Profile and account security"
    assert "English, WIT" in page.text
    assert page.text.count(" WIT") > 1  # since when one is signed in, too
    found = kept(session, person)
    assert (found.language, found.time_zone) == ("en", TimeZone.wit)
    assert last_act(session) == "accounts.details_changed"
    assert list(verify(session)) == []


@pytest.mark.parametrize("said", [{}, {"language": "fr", "time_zone": "WIB"}, {"language": "id"}])
def test_another_language_or_time_than_there_is(session, person, as_person, said):
    browser = as_person(person)
    browser.post(
        "/profile/reading", {**said, "csrf_token": browser.get("/profile").token}, status=400
    )
    assert kept(session, person).language == "id"


def test_the_phone_is_changed_with_the_password(session, person, as_person):
    page = as_person(person).get("/profile").click("Ubah Nomor telepon")
    form = page.form("Simpan nomor telepon")
    page = form.fill({"Nomor telepon": "0812 3456 7890", "Kata sandi sekarang": "salah"})
    page = page.submit(status=400)
    assert page.errors == ["Kata sandi Anda sekarang tidak cocok. Ketik lagi dengan teliti."]
    assert "0812 3456 7890" in page.html
    page = form.fill({"Nomor telepon": "bukan nomor", "Kata sandi sekarang": PASSWORD})
    assert "Periksa nomor teleponnya" in page.submit(status=400).errors[0]
    page = form.fill(
        {"Nomor telepon": "+62 812-3456-7890", "Kata sandi sekarang": PASSWORD}
    ).submit()
    assert "Nomor telepon sudah disimpan." in page.flashes
    assert kept(session, person).phone == "081234567890"
    assert last_act(session) == "accounts.details_changed"


def test_the_own_devices_are_listed_and_ended_one_by_one(session, clock, person, as_person):
    here, there = as_person(person), as_person(person)
    page = here.get("/profile")
    assert page.text.count("Firefox · Linux") == 2
    page = page.form("Keluarkan").submit()
    assert "Perangkat itu sudah dikeluarkan." in page.flashes
    assert there.get("/profile").h1 == "Masuk"
    assert page.text.count("Firefox · Linux") == 1
