"""How does somebody come to a password nobody else knows, and what is a link good for?"""

import pytest
from sqlalchemy import select

from assessor.access.actor import SYSTEM, Role
from assessor.accounts.inviting import (
    DeadLink,
    NewPerson,
    choose_password,
    invite_person,
    make_link,
    open_link,
)
from assessor.accounts.models import AccountLink, LinkPurpose, LinkWay, Person, Position
from assessor.accounts.password_rules import WeakPassword
from assessor.accounts.positions import Place
from assessor.accounts.services import WrongPassword, disable_person
from assessor.journal.models import JournalEntry
from assessor.journal.verify import verify
from assessor.organization.models import OfficeKind
from assessor.sentences import NotPermitted, Refused
from tests.builders import (
    HASHING,
    PASSWORD,
    actor_for,
    make_office,
    make_person,
    make_site,
    open_sign_in,
)

NEW = "kuda-laut-naik-sepeda"


@pytest.fixture
def invited(session, clock):
    """Somebody of an institution, invited and without a password."""
    site = make_site(session, clock)
    return invite_person(
        session,
        SYSTEM,
        clock,
        new=NewPerson(
            user_name="0812 3456 7890",
            name="Sari Melati",
            place=Place(Role.institution, auditee_id=site.id),
        ),
    )


def link(session, clock, person_id, way=LinkWay.hand):
    return make_link(session, SYSTEM, clock, person_id=person_id, way=way)


def choose(session, clock, made, new=NEW):
    return choose_password(session, clock, secret=made.secret, new=new, hashing=HASHING)


def test_whoever_is_invited_has_no_password_that_fits(session, clock, invited):
    person = session.get_one(Person, invited)
    for guess in ("", PASSWORD):
        with pytest.raises(WrongPassword):
            open_sign_in(session, clock, person=person, password=guess)


def test_the_person_chooses_the_first_password_and_signs_in(session, clock, invited):
    made = link(session, clock, invited)
    assert made.purpose is LinkPurpose.invitation
    assert choose(session, clock, made) == invited
    assert open_sign_in(session, clock, person=session.get_one(Person, invited), password=NEW)
    assert list(verify(session)) == []


def test_a_link_works_once(session, clock, invited):
    made = link(session, clock, invited)
    choose(session, clock, made)
    with pytest.raises(DeadLink):
        choose(session, clock, made, "ikan-terbang-di-atas-awan")


def test_a_refused_password_does_not_use_the_link_up(session, clock, invited):
    made = link(session, clock, invited)
    with pytest.raises(WeakPassword):
        choose(session, clock, made, "sari-melati-2026")
    choose(session, clock, made)


@pytest.mark.parametrize(
    ("has_password", "way", "lasts"),
    [
        (False, LinkWay.hand, {"days": 7}),
        (False, LinkWay.mail, {"days": 7}),
        (True, LinkWay.hand, {"hours": 24}),
        (True, LinkWay.mail, {"minutes": 60}),
    ],
)
def test_a_link_lives_as_long_as_its_kind(session, clock, invited, has_password, way, lasts):
    if has_password:
        choose(session, clock, link(session, clock, invited))
    made = link(session, clock, invited, way)
    clock.forward(**lasts)
    clock.forward(seconds=-1)
    assert open_link(session, made.secret, now=clock())
    clock.forward(seconds=1)
    with pytest.raises(DeadLink):
        choose(session, clock, made)


def test_a_newer_link_replaces_the_older(session, clock, invited):
    first, second = link(session, clock, invited), link(session, clock, invited)
    with pytest.raises(DeadLink):
        choose(session, clock, first)
    choose(session, clock, second)


def test_the_link_of_one_person_is_no_good_for_another(session, clock, invited):
    other = make_person(session, clock)
    before = other.password_hash
    choose(session, clock, link(session, clock, invited))
    session.rollback()
    assert session.get_one(Person, other.id).password_hash == before


@pytest.mark.parametrize("secret", ["", "x", "x" * 43, "x" * 65, "\x00", "ä" * 43, "' OR 1=1 --"])
def test_a_guessed_link_opens_nothing(session, clock, invited, secret):
    link(session, clock, invited)
    with pytest.raises(DeadLink):
        choose_password(session, clock, secret=secret, new=NEW, hashing=HASHING)


def test_the_secret_is_kept_nowhere(session, clock, invited):
    made = link(session, clock, invited)
    kept = session.scalars(select(AccountLink)).one()
    assert made.secret not in kept.secret_hash
    assert len(made.secret) >= 43  # 256 bits
    assert not any(made.secret in body for body in session.scalars(select(JournalEntry.body)))
    assert not any(kept.secret_hash in body for body in session.scalars(select(JournalEntry.body)))


def test_a_new_password_ends_every_sign_in_and_nobody_is_signed_in_by_the_link(
    session, clock, client
):
    person = make_person(session, clock)
    client.raw.set_cookie("sid", open_sign_in(session, clock, person=person).secret)
    assert client.get("/profile").path == "/profile"
    made = link(session, clock, person.id)
    page = client.get(f"/account-link/{made.secret}")
    assert page.h1 == "Buat kata sandi Anda"
    page = page.form("Simpan kata sandi").fill(new_password=NEW, new_password_again=NEW).submit()
    assert page.h1 == "Masuk"
    assert page.flashes == ["Kata sandi sudah dibuat. Masuk dengan kata sandi itu."]
    assert client.get("/profile").h1 == "Masuk"


def test_looking_at_a_link_uses_nothing_up(session, clock, invited, client):
    made = link(session, clock, invited)
    for _ in range(3):
        assert client.get(f"/account-link/{made.secret}").h1 == "Buat kata sandi Anda"
    choose(session, clock, made)


def test_a_dead_link_says_what_to_do(client):
    page = client.get("/account-link/tidak-ada", status=410)
    assert page.h1 == "Tautan ini tidak bisa dipakai lagi"
    assert "minta tautan baru" in page.text


def test_what_was_typed_wrong_is_said_beside_the_field(session, clock, invited, client):
    page = client.get(f"/account-link/{link(session, clock, invited).secret}")
    form = page.form("Simpan kata sandi")
    page = form.fill(new_password=NEW, new_password_again="lain").submit(status=400)
    assert page.errors == ["Ketik kata sandi baru yang sama di kedua isian"]
    page = form.fill(new_password="password1234", new_password_again="password1234").submit(
        status=400
    )
    assert "terlalu mudah ditebak" in page.errors[0]


def test_no_link_for_a_disabled_person_and_none_that_still_works(session, clock, invited):
    made = link(session, clock, invited)
    disable_person(session, SYSTEM, clock, person_id=invited)
    with pytest.raises(DeadLink):
        choose(session, clock, made)
    with pytest.raises(Refused, match="nonaktif"):
        link(session, clock, invited)


def test_who_may_make_links(session, clock):
    here = make_office(session, clock, kind=OfficeKind.bnnk)
    local = actor_for(
        session, clock, make_person(session, clock, role=Role.administrator, office=here)
    )
    centre = actor_for(session, clock, make_person(session, clock, role=Role.administrator))
    coach = actor_for(session, clock, make_person(session, clock, role=Role.coach, office=here))
    member = make_person(
        session, clock, role=Role.institution, auditee=make_site(session, clock, office=here)
    )
    stranger = make_person(session, clock, role=Role.institution, auditee=make_site(session, clock))
    officer = make_person(session, clock, role=Role.coach, office=here)
    for actor in (local, centre):
        make_link(session, actor, clock, person_id=member.id, way=LinkWay.hand)
        with pytest.raises(NotPermitted):  # one's own goes another way
            make_link(session, actor, clock, person_id=str(actor.person_id), way=LinkWay.hand)
    make_link(session, centre, clock, person_id=officer.id, way=LinkWay.hand)
    for actor, person in ((local, stranger), (local, officer), (coach, member), (coach, stranger)):
        with pytest.raises(NotPermitted):
            make_link(session, actor, clock, person_id=person.id, way=LinkWay.hand)


def test_an_invitation_is_one_entry_with_person_and_position(session, clock, invited):
    entry = session.scalars(
        select(JournalEntry).where(JournalEntry.act == "accounts.person_invited")
    ).one()
    position = session.scalars(select(Position).where(Position.person_id == invited)).one()
    assert entry.auditee_id == position.auditee_id
    assert position.id in entry.body
    assert "Sari" not in entry.body
    assert "0812" not in entry.body


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("mail", "bukan surel"),
        ("mail", "sari@contoh.example\nBcc: x@y.example"),
        ("mail", "Sari <sari@contoh.example>"),
        ("mail", "sari@contoh"),
        ("phone", "abc"),
        ("phone", "123"),
        ("name", " "),
        ("user_name", "x"),
        ("user_name", "dengan spasi"),
    ],
)
def test_bad_particulars_are_refused_and_nobody_is_made(session, clock, field, value):
    site = make_site(session, clock)
    given = {"user_name": "sari", "name": "Sari Melati"} | {field: value}
    with pytest.raises(Refused):
        invite_person(
            session,
            SYSTEM,
            clock,
            new=NewPerson(place=Place(Role.institution, auditee_id=site.id), **given),
        )
    session.rollback()
    assert session.scalars(select(Person)).all() == []
