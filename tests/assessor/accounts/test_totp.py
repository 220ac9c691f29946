"""Are the codes those of every authenticator app, and taken in their time, once?"""

from __future__ import annotations

from datetime import UTC, datetime
from urllib.parse import parse_qs, unquote, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assessor.accounts.sealing import Sealer, Unreadable
from assessor.accounts.totp import (
    address_of,
    code_at,
    letters_of,
    matching_step,
    new_secret,
    step_at,
)

RFC_SECRET = b"12345678901234567890"
# RFC 6238, appendix B, the rows of SHA-1
RFC_6238 = (
    (59, "94287082"),
    (1111111109, "07081804"),
    (1111111111, "14050471"),
    (1234567890, "89005924"),
    (2000000000, "69279037"),
    (20000000000, "65353130"),
)
# RFC 4226, appendix D
RFC_4226 = (
    "755224", "287082", "359152", "969429", "338314", "254676", "287922", "162583", "399871",
    "520489",
)  # fmt: skip


def moment(seconds: float) -> datetime:
    return datetime.fromtimestamp(seconds, UTC)


@pytest.mark.parametrize(("seconds", "code"), RFC_6238)
def test_the_vectors_of_rfc_6238(seconds: int, code: str) -> None:
    step = step_at(moment(seconds))
    assert code_at(RFC_SECRET, step, digits=8) == code
    assert code_at(RFC_SECRET, step) == code[-6:]


def test_the_vectors_of_rfc_4226() -> None:
    assert tuple(code_at(RFC_SECRET, count) for count in range(10)) == RFC_4226


STEPS = st.integers(10, 10**9)
SECRETS = st.binary(min_size=20, max_size=20)


@given(SECRETS, STEPS, st.integers(0, 29), st.integers(-5, 5))
def test_a_code_is_good_in_its_own_half_minute_and_one_to_either_side(
    secret: bytes, step: int, second: int, off: int
) -> None:
    found = matching_step(secret, code_at(secret, step + off), moment(step * 30 + second), after=-1)
    if abs(off) <= 1:
        assert found is not None
        assert code_at(secret, found) == code_at(secret, step + off)
    elif found is not None:  # by chance another step near has the same six figures
        assert code_at(secret, found) == code_at(secret, step + off)
        assert abs(found - step) <= 1


@given(SECRETS, STEPS, st.lists(st.tuples(st.integers(0, 90), st.integers(-2, 2)), max_size=30))
def test_each_step_is_taken_once_and_never_after_a_later_one(
    secret: bytes, start: int, tries: list[tuple[int, int]]
) -> None:
    seconds, last, taken = start * 30, -1, []
    for wait, off in tries:
        seconds += wait
        now = moment(seconds)
        found = matching_step(secret, code_at(secret, step_at(now) + off), now, after=last)
        if found is not None:
            last = found
            taken.append(found)
    assert taken == sorted(set(taken))


@given(SECRETS, STEPS, st.text(max_size=8))
def test_nothing_but_a_code_fits(secret: bytes, step: int, typed: str) -> None:
    now = moment(step * 30)
    near = {code_at(secret, each) for each in (step - 1, step, step + 1)}
    fits = matching_step(secret, typed, now, after=-1) is not None
    assert fits == (typed in near)


def test_the_address_for_the_app_says_everything_it_needs() -> None:
    secret = new_secret()
    found = urlsplit(address_of(secret, account="sari+1@contoh.example", issuer="Asesor 8807"))
    assert (found.scheme, found.netloc) == ("otpauth", "totp")
    assert unquote(found.path) == "/Asesor 8807:sari+1@contoh.example"
    assert "+" not in found.query  # an app would show it
    assert parse_qs(found.query) == {"secret": [letters_of(secret)], "issuer": ["Asesor 8807"]}
    assert len(letters_of(secret)) == 32


KEYS = st.text(min_size=32, max_size=40)


@given(st.text(max_size=60), st.text(max_size=30), KEYS)
def test_what_is_sealed_opens_here_for_its_purpose_and_what_it_is_about(
    words: str, about: str, key: str
) -> None:
    words, about, key = (each.encode("utf-8", "replace").decode() for each in (words, about, key))
    sealer = Sealer("one", key)
    sealed = sealer.seal(words, about=about)
    assert sealer.open(sealed, about=about).text == words
    assert sealed != sealer.seal(words, about=about)
    for strange, other in (
        (Sealer("two", key), about),
        (Sealer("one", key + "x"), about),
        (sealer, about + "x"),
    ):
        with pytest.raises(Unreadable):
            strange.open(sealed, about=other)


def test_a_former_key_opens_and_says_so() -> None:
    sealed = Sealer("one", "a" * 32).seal("isi", about="sari")
    found = Sealer("one", "b" * 32, ("c" * 32, "a" * 32)).open(sealed, about="sari")
    assert (found.text, found.outdated) == ("isi", True)


@given(st.text(max_size=80))
def test_anything_else_is_unreadable(sealed: str) -> None:
    for each in (sealed, f"1.{sealed}"):
        with pytest.raises(Unreadable):
            Sealer("one", "a" * 32).open(each, about="")
