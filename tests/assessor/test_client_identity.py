"""Is what names a client told from counts, codes, days, times and money?"""

from __future__ import annotations

from datetime import date, time

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from assessor.client_identity import Looks, looks_like, refuse_identity
from assessor.sentences import Refused

SEPARATORS = st.sampled_from(["", " ", ".", "-"])
DIGIT = st.sampled_from("0123456789")


@st.composite
def spaced(draw: st.DrawFn, digits: str) -> str:
    """The digits in groups of four, as people write them."""
    between = draw(SEPARATORS)
    return between.join(digits[at : at + 4] for at in range(0, len(digits), 4))


@st.composite
def sentences_with(draw: st.DrawFn, number: str) -> str:
    before = draw(st.sampled_from(["", "klien ", "NIK: ", "(", "pada 21-11-2026 "]))
    after = draw(st.sampled_from(["", ".", ", 3 orang", " jam 10.30"]))
    return f"{before}{number}{after}"


@given(data=st.data(), province=st.integers(11, 96), rest=st.text(DIGIT, min_size=14, max_size=14))
def test_a_nik_is_seen_however_it_is_spaced(data: st.DataObject, province: int, rest: str) -> None:
    number = data.draw(spaced(f"{province}{rest}"))
    assert looks_like(data.draw(sentences_with(number))) is not None


@given(data=st.data(), rest=st.text(DIGIT, min_size=8, max_size=10))
def test_a_telephone_number_is_seen(data: st.DataObject, rest: str) -> None:
    start = data.draw(st.sampled_from(["08", "+628", "628", "+62 8"]))
    number = start + data.draw(spaced(rest))
    assert looks_like(f"hubungi {number} segera") is not None


@pytest.mark.parametrize(
    ("text", "looks"),
    [
        ("3302141205900001", Looks.nik),
        ("0812-3456-7890", Looks.telephone),
        ("08.12.3456.7890", Looks.telephone),
        ("(0281) 637123", Looks.telephone),
        ("No. RM 00-12-34", Looks.record),
        ("rekam medis: 123456", Looks.record),
        ("RM.1234", Looks.record),
        ("BPJS 0001234567890", Looks.record),
        ("kartu 123456789", Looks.record),
    ],
)
def test_each_has_its_kind(text: str, looks: Looks) -> None:
    assert looks_like(text) is looks


@given(
    day=st.dates(date(1990, 1, 1), date(2060, 12, 31)),
    at=st.times(),
    until=st.times(),
    people=st.integers(0, 9999),
    money=st.integers(1, 10**10),
)
@example(date(2026, 11, 8), time(8, 15), time(9, 0), 12, 10_000_000)
def test_days_times_counts_and_money_name_nobody(
    day: date, at: time, until: time, people: int, money: int
) -> None:
    grouped = f"{money:,}".replace(",", ".")
    for written in (
        f"{day:%d-%m-%Y}",
        f"{day:%d/%m/%Y}",
        f"{day:%Y-%m-%d}",
        f"{day.day}.{day:%m.%y}",
    ):
        assert looks_like(f"{written} {at:%H.%M}-{until:%H.%M} WIB, {people} orang") is None
        assert looks_like(f"Pada {written} pukul {at:%H:%M} ada {people} klien") is None
    assert looks_like(f"Rp {grouped} untuk {people} orang") is None
    assert looks_like(f"Rp{grouped},00") is None


@pytest.mark.parametrize(
    "text",
    [
        "",
        "B1, B7 dan B12",
        "pasal 28 ayat 1",
        "RM dijelaskan 2 kali",
        "tahun 2024-2025",
        "kamar 12",
    ],
)
def test_plain_texts_pass(text: str) -> None:
    assert looks_like(text) is None
    refuse_identity(text)


def test_the_refusal_says_what_to_do_and_repeats_no_number() -> None:
    with pytest.raises(Refused) as refused:
        refuse_identity("3 orang", "NIK 3302141205900001")
    assert "tulis jumlah orang atau kode saja" in str(refused.value)
    assert "3302" not in str(refused.value)
