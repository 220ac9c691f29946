"""Which passwords are good enough, and how does somebody get another one?"""

import pytest
from sqlalchemy import select

from assessor.access.actor import SYSTEM, Role
from assessor.accounts.inviting import make_link
from assessor.accounts.models import LinkWay, Person
from assessor.accounts.names import fold_user_name
from assessor.accounts.pages import DEMO_PASSWORD
from assessor.accounts.password_rules import WeakPassword, check_password, common_words
from assessor.accounts.passwords import Hashing
from assessor.accounts.services import (
    create_person,
    end_position,
    give_position,
    sign_in,
)
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

GOOD = [
    "gerobak-pelangi-menari",
    "kopi hangat di beranda",
    "tujuh belas ekor kepiting mendaki",
    "8#kd92!xQ;71",
    "xK9mPq2vLw7n",
    "パスワードではない長い文",
    "  spasi boleh di tepi  ",
    "a" * 3 + "jendela-laut-timur-tua" * 11,
]
BAD = [
    "",
    "pendek",
    "sebelas-huru"[:11],
    "x" * 257,
    "password1234",
    "P4ssw0rd!!!!",
    "Password2026!",
    "rahasia12345",
    "bismillah123",
    "Bismillah-2026",
    "indonesiaraya",
    "sayangku1234",
    "akucintakamu",
    "katasandi2026",
    "qwertyuiop12",
    "1q2w3e4r5t6y",
    "1qaz2wsx3edc",
    "123456789012",
    "098765432109",
    "aaaaaaaaaaaaaa",
    "abababababab",
    "abcdefghijklm",
    "mlkjihgfedcba",
    "19450817-1928",
    "bnn-rehabilitasi",
    "BNNrehab2026!!",
    "rehab-jakarta-2026",
    "bnnp jawa tengah 33",
    "asesor-sni-8807",
    "sari.melati.1990",
    "SariMelati2026!",
    "melati-sari-melati",
]


@pytest.mark.parametrize("password", GOOD)
def test_a_password_only_its_owner_thinks_of_is_taken(password):
    check_password(password, about=("Sari Melati", "sari.melati@contoh.example"))


def test_the_demonstrations_password_follows_the_rules():
    check_password(DEMO_PASSWORD, about=("Bu Asesor", "asesor@demo.example"))


@pytest.mark.parametrize("password", BAD)
def test_a_password_that_others_would_try_is_refused(password):
    with pytest.raises(WeakPassword) as refused:
        check_password(password, about=("Sari Melati", "sari.melati@contoh.example"))
    assert str(refused.value.sentence).endswith(".")


def test_the_list_is_plain_lower_case_words():
    assert len(common_words()) > 300
    assert all(word == word.casefold().strip() and " " not in word for word in common_words())


@pytest.mark.parametrize(
    "shape", ["{}1234567890", "{0}{0}{0}", "{}!!!!!!!!!!!!", "2026-{}-2026-20"]
)
def test_no_common_word_becomes_a_password_by_padding(shape):
    for word in common_words():
        password = shape.format(word)
        with pytest.raises(WeakPassword):
            check_password(password[:256])


def test_every_sign_of_a_password_counts():
    long = "é😀 \x00" * 64
    kept = HASHING.hash(long)
    assert HASHING.verify(kept, long)
    assert not HASHING.verify(kept, long[:-1])
    assert not HASHING.verify(kept, long + " ")
    assert not HASHING.verify(kept, long.upper())
    assert not HASHING.verify("no hash at all", long)


def test_the_product_hashes_as_decided():
    from assessor.settings import Settings

    assert Settings.__dataclass_fields__["password_memory_kib"].default == 19 * 1024
    assert Hashing(19 * 1024).hash("x").startswith("$argon2id$v=19$m=19456,t=2,p=1$")


def test_no_more_hashes_at_once_than_cores(monkeypatch):
    import os
    import threading
    import time

    running, most, lock = [0], [0], threading.Lock()

    def slow(*_):
        with lock:
            running[0] += 1
            most[0] = max(most[0], running[0])
        time.sleep(0.02)
        with lock:
            running[0] -= 1
        return True

    monkeypatch.setattr("argon2.PasswordHasher.verify", slow)
    threads = [threading.Thread(target=HASHING.verify, args=("x", "y")) for _ in range(16)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert 1 <= most[0] <= os.cpu_count()


def test_a_hash_of_older_parameters_is_renewed_at_sign_in(session, clock):
    person = make_person(session, clock)
    before = person.password_hash
    opened = sign_in_with(session, clock, person, Hashing(16))
    assert opened
    after = session.scalars(select(Person.password_hash)).one()
    assert "m=8," in before
    assert "m=16," in after
    assert Hashing(16).verify(after, PASSWORD)


def sign_in_with(session, clock, person, hashing):
    from assessor.accounts.limits import Attempts
    from assessor.accounts.services import Device

    return sign_in(
        session,
        clock,
        user_name=person.user_name,
        password=PASSWORD,
        device=Device(description=""),
        attempts=Attempts(address="192.0.2.1", key="k"),
        hashing=hashing,
    )


# ---- the page ----

NEW = "perahu-nenek-ungu-besar"


def _change(client, *, current=PASSWORD, new=NEW, again=None, status=200):
    form = client.get("/profile/password").form("Ganti kata sandi")
    form.fill(current_password=current, new_password=new, new_password_again=again or new)
    return form.submit(status=status)


def test_a_person_changes_the_password_and_the_others_are_out(session, clock, as_person):
    person = make_person(session, clock)
    client, elsewhere = as_person(person), as_person(person)
    page = _change(client)
    assert page.path == "/profile"
    assert page.flashes == ["Kata sandi sudah diganti. Perangkat lain sudah dikeluarkan."]
    assert elsewhere.get("/profile").h1 == "Masuk"
    assert open_sign_in(session, clock, person=person, password=NEW).secret


@pytest.mark.parametrize(
    ("filled", "error"),
    [
        ({"current": "bukan-ini-sandinya"}, "Kata sandi Anda sekarang tidak cocok"),
        ({"current": "x", "new": "pendek"}, "Kata sandi Anda sekarang tidak cocok"),
        ({"new": "pendek"}, "Pakai paling sedikit 12 huruf"),
        ({"new": "sari-melati-2026"}, "terlalu mudah ditebak"),
        ({"again": "lain-sama-sekali-ini"}, "Ketik kata sandi baru yang sama"),
        ({"new": "x" * 300}, "Pakai paling banyak 256"),
    ],
)
def test_a_change_that_cannot_be_says_why(session, clock, as_person, filled, error):
    person = make_person(session, clock)
    client, elsewhere = as_person(person), as_person(person)
    page = _change(client, **filled, status=400)
    assert error in page.errors[0]
    assert elsewhere.get("/profile").path == "/profile"
    assert open_sign_in(session, clock, person=person).secret


def test_the_present_password_is_not_guessed_at_a_stolen_browser(session, clock, as_person):
    client = as_person(make_person(session, clock))
    for _ in range(5):
        assert "tidak cocok" in _change(client, current="salah", status=400).errors[0]
    assert "Tunggu 5 menit" in _change(client, status=400).errors[0]


# ---- accounts and positions ----


def test_a_name_is_given_once_however_it_is_typed(session, clock):
    make_person(session, clock, user_name="sari@contoh.example")
    with pytest.raises(Refused):
        make_person(session, clock, user_name=" SARI@contoh.example ")
    assert fold_user_name("Ｓａｒｉ") == "sari"


@pytest.mark.parametrize("name", ["ab", "dua kata", "x" * 201])
def test_a_name_that_nobody_could_type_is_refused(session, clock, name):
    with pytest.raises(Refused):
        make_person(session, clock, user_name=name)


def test_two_people_of_the_same_name_at_the_same_moment(session, clock, monkeypatch):
    make_person(session, clock, user_name="sari@contoh.example")
    monkeypatch.setattr("assessor.accounts.services.person_named", lambda *_: None)
    with pytest.raises(Refused):
        make_person(session, clock, user_name="sari@contoh.example")


def test_only_an_administrator_gives_accounts_and_positions(session, clock):
    office = make_office(session, clock)
    coach = make_person(session, clock, role=Role.coach, office=office)
    admin = make_person(session, clock, role=Role.administrator, office=office)
    for person, allowed in ((coach, False), (admin, True)):
        actor = actor_for(session, clock, person)
        acts = (
            lambda actor=actor: create_person(
                session,
                actor,
                clock,
                user_name="baru@contoh.example",
                name="Baru",
                password=PASSWORD,
                hashing=HASHING,
            ),
            lambda actor=actor: give_position(
                session, actor, clock, person_id=coach.id, role=Role.checker, office_id=office.id
            ),
            lambda actor=actor: make_link(
                session, actor, clock, person_id=coach.id, way=LinkWay.hand
            ),
        )
        for act in acts:
            if allowed:
                act()
            else:
                with pytest.raises(NotPermitted):
                    act()


def test_a_role_belongs_to_an_office_or_to_an_auditee(session, clock):
    office, site = make_office(session, clock), make_site(session, clock)
    person = make_person(session, clock)
    for role, places in (
        (Role.coach, {"auditee_id": site.id}),
        (Role.institution, {"office_id": office.id}),
        (Role.coach, {}),
        (Role.institution, {"office_id": office.id, "auditee_id": site.id}),
    ):
        with pytest.raises(Refused):
            give_position(session, SYSTEM, clock, person_id=person.id, role=role, **places)
    given = give_position(
        session, SYSTEM, clock, person_id=person.id, role=Role.institution, auditee_id=site.id
    )
    assert actor_for(session, clock, person).auditees() == {site.id}
    end_position(session, SYSTEM, clock, position_id=given.id)
    assert actor_for(session, clock, person).held == ()


def test_everything_that_happened_is_what_the_journal_says(session, clock, as_person):
    from assessor.journal.verify import verify

    person = make_person(session, clock, role=Role.directorate)
    client = as_person(person)
    _change(client)
    client.get("/profile").form("en").submit()
    client.get("/profile").form(
        "Sign out" if "Sign out" in client.get("/profile").html else "Keluar"
    ).submit()
    assert list(verify(session)) == []
