"""How many guesses does anybody get, and can the limits be turned against others?"""

import re

import pytest
from sqlalchemy import func, select

from assessor.access.actor import SYSTEM
from assessor.accounts.limits import (
    ACCOUNT,
    ADDRESS,
    KNOWN_DEVICE,
    OVERALL,
    PAIR,
    Attempts,
    TooManyAttempts,
    forget_old,
    network_of,
)
from assessor.accounts.models import Attempt, SignIn
from assessor.accounts.passwords import Hashing
from assessor.accounts.services import Device, WrongPassword, disable_person, sign_in
from assessor.journal.models import JournalEntry
from assessor.journal.work import write
from tests.builders import HASHING, PASSWORD, make_person

KEY = "key-of-the-tests"
WRONG = "bukan-kata-sandinya"


def attempt(session, clock, name, password=WRONG, *, address="192.0.2.1", **more):
    return sign_in(
        session,
        clock,
        user_name=name,
        password=password,
        device=Device(description=""),
        attempts=Attempts(address=address, key=KEY, **more),
        hashing=HASHING,
    )


def guesses(session, clock, most, one):
    """How many attempts are looked at before one is refused unseen."""
    for number in range(most):
        try:
            one(number)
        except WrongPassword:
            continue
        except TooManyAttempts:
            return number
    return most


def test_five_guesses_at_an_account_from_one_address(session, clock):
    person = make_person(session, clock)
    name = person.user_name
    assert PAIR.most == 5
    assert guesses(session, clock, 9, lambda _: attempt(session, clock, name)) == 5
    with pytest.raises(TooManyAttempts):
        attempt(session, clock, name, PASSWORD)  # not even with the right one


def test_the_wait_is_said_and_then_it_works(session, clock):
    name = make_person(session, clock).user_name
    guesses(session, clock, 5, lambda _: attempt(session, clock, name))
    clock.forward(minutes=1, seconds=30)
    with pytest.raises(TooManyAttempts) as refused:
        attempt(session, clock, name, PASSWORD)
    assert refused.value.wait.total_seconds() == 3.5 * 60
    assert "Tunggu 4 menit" in str(refused.value.sentence)
    clock.forward(seconds=3.5 * 60)
    assert attempt(session, clock, name, PASSWORD).secret


def test_the_owner_gets_in_from_elsewhere_while_somebody_hammers(session, clock):
    name = make_person(session, clock).user_name
    guesses(session, clock, 400, lambda _: attempt(session, clock, name))
    for _ in range(200):
        with pytest.raises(TooManyAttempts):
            attempt(session, clock, name)
    assert attempt(session, clock, name, PASSWORD, address="198.51.100.9").secret


def test_an_account_is_guessed_at_fifty_times_an_hour_from_everywhere(session, clock):
    name = make_person(session, clock).user_name

    def from_everywhere(number):
        attempt(session, clock, name, address=f"198.51.100.{number}")

    assert guesses(session, clock, 70, from_everywhere) == ACCOUNT.most == 50


def test_a_known_device_gets_in_whatever_others_do(session, clock):
    name = make_person(session, clock).user_name
    guesses(session, clock, 60, lambda n: attempt(session, clock, name, address=f"10.0.0.{n}"))
    marks = frozenset({Attempts(address="", key=KEY).mark_of(name)})
    assert attempt(session, clock, name, PASSWORD, device="d1", known_accounts=marks).secret
    own = guesses(
        session,
        clock,
        20,
        lambda _: attempt(session, clock, name, device="d1", known_accounts=marks),
    )
    assert own == KNOWN_DEVICE.most == 10


def test_one_address_sprays_over_fifty_accounts(session, clock):
    def spray(number):
        attempt(session, clock, f"orang-{number}@x.example")

    assert guesses(session, clock, 70, spray) == ADDRESS.most == 50
    # its neighbours in the same building sign in on devices they used before
    name = make_person(session, clock).user_name
    marks = frozenset({Attempts(address="", key=KEY).mark_of(name)})
    assert attempt(session, clock, name, PASSWORD, device="d2", known_accounts=marks).secret


def test_all_together_have_a_thousand_in_five_minutes(session, clock, monkeypatch):
    bucket = f"overall:{Attempts(address='', key=KEY).digest('overall', '')}"
    with write(session, SYSTEM, clock):
        session.add(Attempt(bucket=bucket, window=OVERALL.window(clock()), count=998))

    def spread(number):
        attempt(session, clock, f"orang-{number}@x.example", address=f"10.1.{number}.1")

    assert OVERALL.most == 1000
    assert guesses(session, clock, 9, spread) == 2


def test_who_signs_in_rightly_uses_nothing_up(session, clock):
    name = make_person(session, clock).user_name
    for _ in range(60):
        attempt(session, clock, name, PASSWORD)
    assert session.scalars(select(func.sum(Attempt.count))).one() == 0
    assert session.scalars(select(func.count(SignIn.id))).one() == 60


def test_a_right_password_forgives_own_slips(session, clock):
    name = make_person(session, clock).user_name
    for _ in range(3):
        guesses(session, clock, 4, lambda _: attempt(session, clock, name))
        attempt(session, clock, name, PASSWORD)
        clock.forward(seconds=1)


def test_refused_attempts_cost_no_hash_and_count_nowhere(session, clock, monkeypatch):
    name = make_person(session, clock).user_name
    guesses(session, clock, 5, lambda _: attempt(session, clock, name))
    before = dict(session.execute(select(Attempt.bucket, Attempt.count)).all())

    def never(*_):
        raise AssertionError("hashed")

    monkeypatch.setattr(Hashing, "verify", never)
    with pytest.raises(TooManyAttempts):
        attempt(session, clock, name)
    assert dict(session.execute(select(Attempt.bucket, Attempt.count)).all()) == before


def test_old_counters_are_removed_and_hold_no_names(session, clock):
    attempt_at = clock()
    with pytest.raises(WrongPassword):
        attempt(session, clock, "sari@contoh.example")
    buckets = session.scalars(select(Attempt.bucket)).all()
    assert len(buckets) == 4
    assert all(re.fullmatch(r"\w+:[0-9a-f]{32}", bucket) for bucket in buckets)
    clock.forward(days=2)
    assert clock() > attempt_at
    with write(session, SYSTEM, clock) as work:
        assert forget_old(session, now=work.now) == 4


@pytest.mark.parametrize(
    ("address", "network"),
    [
        ("192.0.2.1", "192.0.2.1"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        ("::ffff:192.0.2.1", "192.0.2.1"),
        ("", ""),
        ("no address", "no address"),
    ],
)
def test_an_ipv6_subscriber_counts_as_one_address(address, network):
    assert network_of(address) == network


def _attempt_at_page(client, name, password):
    page = client.get("/sign-in")
    return page.form("Masuk").fill({"Nama masuk": name, "Kata sandi": password})


def test_the_page_says_how_long_to_wait(client, session, clock):
    person = make_person(session, clock)
    for _ in range(5):
        _attempt_at_page(client, person.user_name, WRONG).submit(status=400)
    page = _attempt_at_page(client, person.user_name, PASSWORD).submit(status=429)
    assert "Tunggu 5 menit" in page.errors[0]
    assert page.headers["Retry-After"] == "301"


def test_a_browser_that_signed_in_before_is_counted_alone(client, new_client, session, clock):
    person = make_person(session, clock)
    page = _attempt_at_page(client, person.user_name, PASSWORD)
    page.page.client.send("/sign-in", {**dict(page.values), "next": "/profile"})
    assert client.cookie("device")
    for number in range(60):
        other = new_client()
        form = _attempt_at_page(other, person.user_name, WRONG)
        other.request(
            "POST",
            "/sign-in",
            data=dict(form.values),
            environ_overrides={"REMOTE_ADDR": f"10.0.0.{number}"},
        )
    stranger = new_client()
    _attempt_at_page(stranger, person.user_name, PASSWORD).submit(status=429)
    client.raw.delete_cookie("sid")
    page = client.get("/profile").form("Masuk")
    assert (
        page.fill({"Nama masuk": person.user_name, "Kata sandi": PASSWORD}).submit().path
        == "/profile"
    )


@pytest.mark.parametrize("forged", ["", "x", "a.b.c", "0123456789abcdef.mark.0000", "é.é.é"])
def test_a_forged_mark_of_a_device_is_worth_nothing(client, session, clock, forged):
    person = make_person(session, clock)
    client.raw.set_cookie("device", forged)
    for _ in range(5):
        _attempt_at_page(client, person.user_name, WRONG).submit(status=400)
    _attempt_at_page(client, person.user_name, PASSWORD).submit(status=429)


def test_a_shared_computer_is_not_remembered(client, session, clock):
    person = make_person(session, clock)
    form = client.get("/profile").form("Masuk")
    form.fill(
        {"Nama masuk": person.user_name, "Kata sandi": PASSWORD, "Ini komputer bersama": True}
    )
    page = form.submit()
    assert page.path == "/profile"
    assert "data-shared" in page.html
    assert "(komputer bersama)" in page.text
    assert client.cookie("device") == ""


def test_own_computer_says_nothing_of_being_shared(session, clock, as_person):
    assert "data-shared" not in as_person(make_person(session, clock)).get("/profile").html


# ---- nothing tells whether an account exists ----


def test_known_unknown_and_disabled_accounts_get_the_same_bytes_after_the_same_work(
    client, session, clock, monkeypatch
):
    make_person(session, clock, user_name="ada-orangnya@x.example")
    gone = make_person(session, clock, user_name="orang-keluar@x.example")
    disable_person(session, SYSTEM, clock, person_id=gone.id)
    work = []
    real = Hashing.verify
    monkeypatch.setattr(Hashing, "verify", lambda *args: work.append(1) or real(*args))
    seen = []
    for name, password in (
        ("ada-orangnya@x.example", WRONG),
        ("tak-ada-orang@x.example", WRONG),
        ("orang-keluar@x.example", PASSWORD),
    ):
        entries = session.scalars(select(func.count(JournalEntry.seq))).one()
        page = _attempt_at_page(client, name, password).submit(status=400)
        body = re.sub(r'name="csrf_token" value="[^"]+"', "", page.html).replace(name, "NAME")
        headers = {k: v for k, v in page.headers if k not in {"Set-Cookie", "Content-Length"}}
        written = session.scalars(select(func.count(JournalEntry.seq))).one() - entries
        seen.append((page.status, body, headers, len(work), written))
        work.clear()
    assert seen[0] == seen[1] == seen[2]
    assert seen[0][3:] == (1, 1)


def test_an_unknown_account_costs_a_whole_hash():
    import argon2

    calls = []
    real = argon2.low_level.verify_secret
    hashing = Hashing(64)
    known = hashing.hash("gerobak-pelangi-menari")

    def note(kept, secret, kind):
        calls.append(argon2.extract_parameters(kept.decode()))
        return real(kept, secret, kind)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("argon2._password_hasher.verify_secret", note)
        assert not hashing.verify(known, "x")
        assert not hashing.verify(None, "x")
    assert calls[0] == calls[1]
    assert (calls[0].time_cost, calls[0].memory_cost, calls[0].parallelism) == (2, 64, 1)


def test_limits_are_the_same_for_accounts_that_do_not_exist(client, session, clock):
    for _ in range(5):
        _attempt_at_page(client, "tidak-ada@x.example", WRONG).submit(status=400)
    _attempt_at_page(client, "tidak-ada@x.example", WRONG).submit(status=429)
