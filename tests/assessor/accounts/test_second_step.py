"""Does a code get asked after the password, open once, and only for its owner?"""

from __future__ import annotations

import logging
from dataclasses import replace

import pytest
from sqlalchemy import func, select

from assessor.access.actor import SYSTEM, Role
from assessor.accounts.administering import lift_hold
from assessor.accounts.events import CodeUsed
from assessor.accounts.factor_codes import PURPOSE, Second, use_code
from assessor.accounts.inviting import choose_password, make_link
from assessor.accounts.limits import Attempts, TooManyCodes
from assessor.accounts.models import LinkWay, RecoveryCode, SecondFactor, SignIn
from assessor.accounts.sealing import Sealer
from assessor.accounts.second_step import BeginAgain, Proving, WrongCode, pass_second_step
from assessor.accounts.services import Device, FirstStep, sign_in
from assessor.accounts.totp import letters_of
from assessor.journal.models import JournalEntry, JournalText
from assessor.journal.verify import verify
from assessor.journal.work import write
from tests import builders
from tests.assessor.accounts.factors import KEY, PROVING, give_phone
from tests.builders import HASHING, PASSWORD, make_person

DEVICE = Device(description="Firefox · Linux")


@pytest.fixture
def sari(session, clock):
    return make_person(session, clock, name="Sari Melati", user_name="sari@contoh.example")


@pytest.fixture
def phone(session, clock, sari):
    given = give_phone(session, clock, sari)
    clock.forward(minutes=2)
    return given


def first_page(client, *, password=PASSWORD, path="/profile", status=200):
    form = client.get(path).form("Masuk")
    filled = {"Nama masuk": "sari@contoh.example", "Kata sandi": password}
    return form.fill(filled).submit(status=status)


def first_step(session, clock, person):
    found = sign_in(
        session,
        clock,
        user_name=person.user_name,
        password=PASSWORD,
        device=DEVICE,
        attempts=Attempts(address="192.0.2.1", key=KEY),
        hashing=HASHING,
    )
    assert isinstance(found, FirstStep)
    return found


def second(session, clock, first, code, proving=PROVING):
    return pass_second_step(session, clock, first=first, code=code, device=DEVICE, proving=proving)


def acts(session, *names):
    return list(
        session.scalars(
            select(JournalEntry.act).where(JournalEntry.act.in_(names)).order_by(JournalEntry.seq)
        )
    )


# ---- in the browser ----


def test_after_the_password_a_code_is_asked_and_then_the_page_that_was_wanted(client, phone):
    page = first_page(client, path="/profile?dari=surel")
    assert page.path == "/sign-in/code?next=/profile?dari%3Dsurel"
    assert page.h1 == "Ketik kode dari aplikasi"
    assert page.headers["Cache-Control"] == "private, no-store"
    assert "Sari" not in page.html
    assert "sari" not in page.html
    page = page.form("Masuk").fill({"Kode dari aplikasi": phone.code()}).submit()
    assert page.path == "/profile?dari=surel"
    assert "Menyala sejak" in page.text
    assert client.cookie("first-step") == ""


def test_the_password_alone_opens_nothing(client, session, phone):
    before = session.scalars(select(func.count(SignIn.id))).one()
    first_page(client)
    assert client.cookie("sid") == ""
    assert client.get("/profile").h1 == "Masuk"
    assert session.scalars(select(func.count(SignIn.id))).one() == before


def test_a_wrong_password_is_answered_as_where_there_is_no_second_step(
    new_client, session, clock, phone
):
    make_person(session, clock, user_name="tanpa@contoh.example")

    def answer(name):
        form = new_client().get("/sign-in").form("Masuk")
        page = form.fill({"Nama masuk": name, "Kata sandi": "bukan-kata-sandinya"}).submit(
            status=400
        )
        cookies = page.response.headers.getlist("Set-Cookie")
        return page.text, [each.partition("=")[0] for each in cookies]

    assert (
        answer("sari@contoh.example")
        == answer("tanpa@contoh.example")
        == answer("tak-ada@contoh.example")
    )


def test_without_the_first_step_the_page_for_the_code_leads_to_it(client, phone):
    assert client.get("/sign-in/code").h1 == "Masuk"
    page = client.get("/sign-in")
    data = {"csrf_token": page.token, "factor_code": phone.code()}
    assert client.send("/sign-in/code", data).h1 == "Masuk"
    client.raw.set_cookie("first-step", "1." + "A" * 200)
    assert client.get("/sign-in/code").h1 == "Masuk"


def test_the_first_step_holds_for_ten_minutes(client, clock, phone):
    page = first_page(client)
    clock.forward(minutes=11)
    page = page.form("Masuk").fill({"Kode dari aplikasi": phone.code()}).submit()
    assert page.h1 == "Masuk"
    assert page.flashes == [
        "Masuk lagi dari awal: sudah terlalu lama, atau kata sandi Anda diganti."
    ]


@pytest.mark.parametrize("typed", ["", "   ", "000 000", "abcdef", "١٢٣٤٥٦", "0" * 39, "-" * 30])
def test_what_is_no_code_is_refused_beside_the_field(client, phone, typed):
    page = first_page(client).form("Masuk").fill({"factor_code": typed}).submit(status=400)
    assert len(page.errors) == 1
    assert page.h1 == "Ketik kode dari aplikasi"
    assert client.cookie("sid") == ""


def test_a_code_with_a_space_in_it_and_of_a_slow_clock_is_taken(client, phone):
    code = phone.code(-1)
    page = first_page(client).form("Masuk").fill({"factor_code": f" {code[:3]} {code[3:]} "})
    assert page.submit().path == "/profile"


def test_what_was_being_sent_survives_both_steps(client, session, clock, sari, phone, as_person):
    browser = as_person_with_code(client, phone)
    token = browser.get("/profile/password").token
    clock.forward(minutes=40)
    data = {"csrf_token": token, "language": "en", "new_password": "x", "catatan": "KANARI"}
    page = browser.send("/profile/password", data, status=401)
    page = (
        page.form("Masuk")
        .fill({"Nama masuk": "sari@contoh.example", "Kata sandi": PASSWORD})
        .submit()
    )
    assert page.h1 == "Ketik kode dari aplikasi"
    assert "Isian Anda masih ada." in page.text
    page = page.form("Masuk").fill({"factor_code": "111111"}).submit(status=400)
    page = page.form("Masuk").fill({"factor_code": phone.code()}).submit()
    assert page.h1 == "Anda sudah masuk lagi; isian Anda masih ada"
    assert "KANARI" in page.text


def as_person_with_code(client, phone):
    page = first_page(client)
    page.form("Masuk").fill({"factor_code": phone.code()}).submit()
    phone.clock.forward(minutes=2)
    return client


def test_a_lost_token_shows_the_page_for_the_code_again(client, phone):
    page = first_page(client)
    data = {"csrf_token": "x", "next": "/profile", "factor_code": phone.code()}
    again = client.send("/sign-in/code", data, status=400)
    assert again.h1 == "Ketik kode dari aplikasi"
    assert again.form("Masuk").fill({"factor_code": phone.code()}).submit().path == "/profile"
    assert page.h1 == again.h1


def test_no_code_is_carried_along_or_shown(client, phone):
    browser = as_person_with_code(client, phone)
    token = browser.get("/profile/second-factor/off").token
    phone.clock.forward(minutes=40)
    data = {"csrf_token": token, "factor_code": "424242", "current_password": "RAHASIA-SEKALI"}
    page = browser.send("/profile/second-factor/off", data, status=401)
    assert "424242" not in page.html
    assert "RAHASIA-SEKALI" not in page.html


# ---- codes ----


def test_a_code_opens_once(session, clock, sari, phone):
    code = phone.code()
    second(session, clock, first_step(session, clock, sari), code)
    with pytest.raises(WrongCode):
        second(session, clock, first_step(session, clock, sari), code)
    with pytest.raises(WrongCode):  # an earlier one neither
        second(session, clock, first_step(session, clock, sari), phone.code(-1))
    second(session, clock, first_step(session, clock, sari), phone.code(1))
    assert acts(session, "accounts.signed_in", "accounts.code_failed") == [
        "accounts.signed_in",
        "accounts.code_failed",
        "accounts.code_failed",
        "accounts.signed_in",
    ]
    assert list(verify(session)) == []


def test_the_code_that_switched_it_on_does_not_sign_in(session, clock, sari):
    phone = give_phone(session, clock, sari)
    with pytest.raises(WrongCode):
        second(session, clock, first_step(session, clock, sari), phone.code())


def test_the_code_of_another_person_does_not_fit(session, clock, sari, phone):
    other = give_phone(session, clock, make_person(session, clock))
    clock.forward(minutes=2)
    with pytest.raises(WrongCode):
        second(session, clock, first_step(session, clock, sari), other.code())
    with pytest.raises(WrongCode):
        second(session, clock, first_step(session, clock, sari), other.recovery[0])


def test_the_first_step_dies_with_the_password(session, clock, sari, phone):
    first = first_step(session, clock, sari)
    made = make_link(session, SYSTEM, clock, person_id=sari.id, way=LinkWay.hand)
    choose_password(
        session, clock, secret=made.secret, new="perahu-layar-senja-88", hashing=HASHING
    )
    with pytest.raises(BeginAgain):
        second(session, clock, first, phone.code())


def test_a_link_to_a_new_password_does_not_go_around_the_code(client, session, clock, sari, phone):
    made = make_link(session, SYSTEM, clock, person_id=sari.id, way=LinkWay.hand)
    page = client.get(f"/account-link/{made.secret}")
    fields = dict.fromkeys(("new_password", "new_password_again"), "perahu-layar-senja-88")
    page = page.form("Simpan kata sandi").fill(fields).submit()
    assert client.cookie("sid") == ""
    page = first_page(client, password="perahu-layar-senja-88")
    assert page.h1 == "Ketik kode dari aplikasi"


def test_a_password_of_old_work_is_hashed_anew_with_its_own_entry(session, clock, sari, phone):
    with_more = replace(HASHING, memory_kib=16)
    found = sign_in(
        session,
        clock,
        user_name=sari.user_name,
        password=PASSWORD,
        device=DEVICE,
        attempts=Attempts(address="192.0.2.1", key=KEY),
        hashing=with_more,
    )
    second(session, clock, found, phone.code())
    assert acts(session, "accounts.password_rehashed") == ["accounts.password_rehashed"]
    assert list(verify(session)) == []


# ---- guessing ----


def wrong(session, clock, first, address="192.0.2.7"):
    proving = Proving(Attempts(address=address, key=KEY), PROVING.sealer)
    with pytest.raises(WrongCode):
        second(session, clock, first, "000000", proving)


def test_five_guesses_then_even_the_right_code_waits(session, clock, sari, phone):
    first = first_step(session, clock, sari)
    for _ in range(5):
        wrong(session, clock, first)
    with pytest.raises(TooManyCodes):
        second(session, clock, first, phone.code())
    with pytest.raises(TooManyCodes):
        second(session, clock, first, phone.recovery[0])
    clock.forward(minutes=5)
    second(session, clock, first, phone.code())


def test_from_many_addresses_they_are_twenty_an_hour_and_fifty_a_day(session, clock, sari, phone):
    first = first_step(session, clock, sari)
    numbers = iter(range(1, 250))
    for _hour, most in ((0, 20), (1, 20), (2, 10)):
        for _ in range(most):
            wrong(session, clock, first, f"198.51.100.{next(numbers)}")
        with pytest.raises(TooManyCodes):
            wrong(session, clock, first, f"198.51.100.{next(numbers)}")
        clock.forward(hours=1)
    with pytest.raises(TooManyCodes):
        second(session, clock, first, phone.code())


def test_the_page_says_how_long_to_wait_and_an_administrator_may_end_it(
    client, session, clock, sari, phone
):
    page = first_page(client)
    for _ in range(5):
        page = page.form("Masuk").fill({"factor_code": "000000"}).submit(status=400)
    page = page.form("Masuk").fill({"factor_code": phone.code()}).submit(status=429)
    assert page.errors == ["Terlalu banyak kode yang tidak cocok. Tunggu 3 menit, lalu coba lagi."]
    assert int(page.headers["Retry-After"]) > 100
    chief = builders.make_person(session, clock, role=Role.administrator)
    actor = builders.actor_for(session, clock, chief)
    lift_hold(session, actor, clock, person_id=sari.id)
    assert page.form("Masuk").fill({"factor_code": phone.code()}).submit().path == "/profile"


def test_a_new_password_by_link_does_not_give_guesses_back(session, clock, sari, phone):
    first = first_step(session, clock, sari)
    for _ in range(5):
        wrong(session, clock, first)
    made = make_link(session, SYSTEM, clock, person_id=sari.id, way=LinkWay.hand)
    choose_password(session, clock, secret=made.secret, new=PASSWORD, hashing=HASHING)
    with pytest.raises(TooManyCodes):
        second(session, clock, first_step(session, clock, sari), phone.code())


# ---- recovery codes ----


def test_a_recovery_code_opens_once_and_the_owner_is_told(client, session, phone):
    page = first_page(client)
    fold = page.form("Masuk dengan kode pemulihan")
    page = fold.fill({"Kode pemulihan": phone.recovery[3].lower().replace("-", " ")}).submit()
    assert page.path == "/profile"
    assert page.flashes[0].startswith("Anda masuk dengan kode pemulihan; tersisa 9 kode.")
    assert "9 kode" in client.get("/profile/second-factor").text
    page.form("Keluar").submit()
    page = first_page(client)
    again = page.form("Masuk dengan kode pemulihan").fill({"recovery_code": phone.recovery[3]})
    assert len(again.submit(status=400).errors) == 1
    body = session.scalars(
        select(JournalEntry.body).where(JournalEntry.act == "accounts.signed_in")
    ).one()
    assert '"second":"recovery"' in body


def test_recovery_codes_are_ten_and_long(phone):
    assert len(set(phone.recovery)) == 10
    assert {len(each.replace("-", "")) for each in phone.recovery} == {16}  # 80 bits


# ---- what is kept ----


def test_neither_the_secret_nor_a_recovery_code_is_kept_in_clear(
    app, client, session, clock, sari, phone, tmp_path, caplog
):
    caplog.set_level(logging.DEBUG)
    page = first_page(client)
    page.form("Masuk dengan kode pemulihan").fill({"recovery_code": phone.recovery[0]}).submit()
    told = [letters_of(phone.secret), phone.secret.hex()]
    told += [each for code in phone.recovery for each in (code, code.replace("-", ""))]
    kept = [
        *session.scalars(select(JournalEntry.body)),
        *session.scalars(select(JournalText.words)),
        *session.scalars(select(SecondFactor.secret)),
        *session.scalars(select(RecoveryCode.code_hash)),
        caplog.text,
    ]
    if session.get_bind().dialect.name == "sqlite":  # what a backup copies, byte for byte
        raw = session.connection().connection.driver_connection
        kept.append("\n".join(raw.iterdump()))
    for secret in told:
        assert not any(secret in each for each in kept)
    assert list(verify(session)) == []


def test_after_a_change_of_the_key_codes_hold_and_the_secret_is_kept_under_the_new_one(
    session, clock, sari, phone
):
    new = Sealer(PURPOSE, "kunci-yang-baru-0123456789-abcdefg", (KEY,))
    before = session.get_one(SecondFactor, sari.id).secret
    with write(session, SYSTEM, clock) as work:
        assert use_code(work, sari.id, phone.code(), new) is Second.app
        work.record(CodeUsed(subject=sari.id, second="app"))
    after = session.get_one(SecondFactor, sari.id).secret
    assert after != before
    assert replace(new, former=()).open(after or "", about=sari.id).outdated is False
    assert list(verify(session)) == []


def test_without_the_former_key_it_is_said_and_a_recovery_code_still_opens(
    session, clock, sari, phone
):
    lost = Proving(PROVING.attempts, Sealer(PURPOSE, "kunci-yang-baru-0123456789-abcdefg"))
    first = first_step(session, clock, sari)
    with pytest.raises(WrongCode, match="kunci sistem sudah diganti"):
        second(session, clock, first, phone.code(), lost)
    second(session, clock, first, phone.recovery[0], lost)
