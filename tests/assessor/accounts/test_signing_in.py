"""Do people get in with the right password, only then, and back to where they wanted to go?"""

import re

import pytest
from sqlalchemy import select

from assessor.access.actor import Role
from assessor.accounts.models import SignIn
from assessor.journal.models import JournalEntry
from tests.builders import PASSWORD, make_office, make_person


def _sign_in(page, person, password=PASSWORD, *, status=200, **more):
    form = page.form("Masuk").fill({"Nama masuk": person.user_name, "Kata sandi": password, **more})
    return form.submit(status=status)


def test_a_person_signs_in_and_sees_the_own_profile(client, session, clock):
    person = make_person(session, clock, name="Sari Melati", role=Role.directorate)
    page = _sign_in(client.get("/profile"), person)
    assert page.path == "/profile"
    assert page.h1 == "Profil dan keamanan akun"
    assert "Direktorat PLRKM" in page.text
    assert "Perangkat ini" in page.text


def test_the_name_may_be_typed_in_capitals_with_spaces_around(client, session, clock):
    make_person(session, clock, user_name="sari@contoh.example")
    form = client.get("/profile").form("Masuk")
    page = form.fill({"Nama masuk": "  SARI@Contoh.Example ", "Kata sandi": PASSWORD}).submit()
    assert page.path == "/profile"


@pytest.mark.parametrize("typed", ["081234567890", "+62 812-3456-7890", "62812 3456 7890"])
def test_a_phone_number_may_be_typed_in_every_usual_way(client, session, clock, typed):
    make_person(session, clock, user_name="0812-3456-7890")
    form = client.get("/profile").form("Masuk")
    assert form.fill({"Nama masuk": typed, "Kata sandi": PASSWORD}).submit().path == "/profile"


def test_the_session_id_is_new_at_each_sign_in_and_the_old_one_is_dead(client, session, clock):
    person = make_person(session, clock)
    client.raw.set_cookie("sid", "planted-by-somebody-else")
    _sign_in(client.get("/profile"), person)
    first = client.cookie("sid")
    assert first != "planted-by-somebody-else"
    assert re.fullmatch(r"[\w-]{43}", first)
    client.post(
        "/sign-in", {"user_name": person.user_name, "password": PASSWORD, "next": "/profile"}
    )
    assert client.cookie("sid") != first
    ended = session.scalars(select(SignIn.ended_at).order_by(SignIn.created_at)).all()
    assert [each is None for each in ended].count(True) == 1


def test_the_database_holds_no_secret_that_opens_anything(client, session, clock):
    person = make_person(session, clock)
    _sign_in(client.get("/profile"), person)
    kept = session.scalars(select(SignIn)).one()
    assert client.cookie("sid") not in {kept.secret_hash, kept.id}


def test_sign_in_and_failure_are_journalled_without_names(client, session, clock):
    person = make_person(session, clock, user_name="rahmat@contoh.example", name="Rahmat")
    _sign_in(client.get("/profile"), person, "bukan-kata-sandinya", status=400)
    _sign_in(client.get("/profile"), person)
    bodies = session.scalars(
        select(JournalEntry.body).where(JournalEntry.act.like("accounts.sign%"))
    ).all()
    assert [re.search(r'"act":"([^"]+)"', body)[1] for body in bodies] == [
        "accounts.sign_in_failed",
        "accounts.signed_in",
    ]
    assert all("rahmat" not in body.lower() and "192.0" not in body for body in bodies)


def test_a_page_asked_for_is_shown_after_sign_in_with_its_query(client, session, clock):
    person = make_person(session, clock)
    page = client.get("/profile?dari=surel&ke=sini")
    assert page.h1 == "Masuk"
    assert _sign_in(page, person).path == "/profile?dari=surel&ke=sini"


def test_an_empty_form_says_what_to_fill_in(client, session):
    page = client.get("/sign-in").form("Masuk").submit(status=400)
    assert len(page.errors) == 2
    assert all(error.startswith("Isi ") for error in page.errors)


@pytest.mark.parametrize("password", ["😀" * 12, "a\x00b" * 6, " spasi di tepi tetap ", "é" * 256])
def test_a_password_is_taken_exactly_as_typed(client, session, clock, password):
    from assessor.accounts.passwords import Hashing

    kept = Hashing(8).hash(password)
    assert Hashing(8).verify(kept, password)
    assert not Hashing(8).verify(kept, password.strip().replace("\x00", "") + " ")


def test_the_office_tree_is_not_needed_to_sign_in(client, session, clock):
    office = make_office(session, clock)
    person = make_person(session, clock, role=Role.coach, office=office)
    assert office.name in _sign_in(client.get("/profile"), person).text
