"""Are moments, numbers and shares written as people in Indonesia read them?"""

from datetime import UTC, date, datetime
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assessor.ui import formats
from assessor.ui.formats import Zone

NOON = datetime(2026, 11, 21, 7, 2, tzinfo=UTC)


@pytest.mark.parametrize(
    ("zone", "words"),
    [
        (Zone.wib, "21 Nov 2026 14.02 WIB"),
        (Zone.wita, "21 Nov 2026 15.02 WITA"),
        (Zone.wit, "21 Nov 2026 16.02 WIT"),
    ],
)
def test_a_moment_names_its_zone(zone: Zone, words: str) -> None:
    assert formats.moment(NOON, zone, "id") == words


def test_a_moment_in_english() -> None:
    assert formats.moment(NOON, Zone.wib, "en") == "21 Nov 2026 14:02 WIB"


def test_the_clock_alone() -> None:
    assert formats.clock(NOON, Zone.wib, "id") == "14.02"
    assert formats.clock(NOON, Zone.wib, "en") == "14:02"


def test_a_moment_without_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="UTC"):
        formats.moment(NOON.replace(tzinfo=None), Zone.wib, "id")


def test_the_same_moment_may_be_tomorrow_in_papua() -> None:
    late = datetime(2026, 11, 21, 15, 30, tzinfo=UTC)
    assert formats.day_in(late, Zone.wib) == date(2026, 11, 21)
    assert formats.day_in(late, Zone.wit) == date(2026, 11, 22)


def test_days() -> None:
    assert formats.day(date(2026, 8, 3), "id") == "3 Agu 2026"
    assert formats.day(date(2026, 8, 3), "en") == "3 Aug 2026"
    assert formats.long_day(date(2026, 11, 21), "id") == "Sabtu, 21 November 2026"
    assert formats.long_day(date(2026, 11, 21), "en") == "Saturday 21 November 2026"


def test_a_day_of_a_moment_is_refused() -> None:
    with pytest.raises(TypeError, match="day_in"):
        formats.day(NOON, "id")


@pytest.mark.parametrize(
    ("day", "indonesian", "english"),
    [
        (24, "3 hari lagi", "in 3 days"),
        (22, "besok", "tomorrow"),
        (21, "hari ini", "today"),
        (20, "terlambat 1 hari", "1 day late"),
        (19, "terlambat 2 hari", "2 days late"),
    ],
)
def test_what_is_due(day: int, indonesian: str, english: str) -> None:
    today = date(2026, 11, 21)
    assert formats.due(date(2026, 11, day), today, "id") == indonesian
    assert formats.due(date(2026, 11, day), today, "en") == english


@pytest.mark.parametrize(
    ("territory", "zone"),
    [("", Zone.wib), ("31", Zone.wib), ("61.71", Zone.wib), ("51", Zone.wita), ("73.71", Zone.wita),
     ("64", Zone.wita), ("82", Zone.wit), ("96", Zone.wit), ("91.03.01.2001", Zone.wit)],
)  # fmt: skip
def test_zones_follow_the_province(territory: str, zone: Zone) -> None:
    assert formats.zone_of(territory) is zone


def test_numbers_are_grouped() -> None:
    assert formats.number(1416, "id") == "1.416"
    assert formats.number(1416, "en") == "1,416"
    assert formats.number(-1234567, "id") == "-1.234.567"


@pytest.mark.parametrize(
    ("share", "words"),
    [
        (Fraction(33, 40), "82,5"),
        (Fraction(1, 3), "33,3"),
        (Fraction(2, 3), "66,7"),
        (Fraction(7995, 10000), "80,0"),  # half goes up: 79,95 is never shown as 79,9
        (Fraction(79949999, 100000000), "79,9"),
        (Fraction(1, 2000), "0,1"),
        (Fraction(0), "0,0"),
        (Fraction(1), "100,0"),
        (Fraction(-1, 2000), "−0,1"),
        (Fraction(-1, 20000), "0,0"),
    ],
)
def test_shares_are_rounded_half_up(share: Fraction, words: str) -> None:
    assert formats.percent(share, "id") == f"{words}\u00a0%"


def test_shares_in_english_and_no_share() -> None:
    assert formats.percent(Fraction(33, 40), "en") == "82.5%"
    assert formats.percent(None, "id") == "–"


@given(st.fractions(min_value=-2, max_value=2))
def test_a_shown_share_is_never_further_than_half_a_tenth(share: Fraction) -> None:
    words = formats.percent(share, "id").removesuffix("\u00a0%")
    shown = Fraction(words.replace("−", "-").replace(",", "."))
    assert abs(shown - share * 100) <= Fraction(1, 20)


@pytest.mark.parametrize(
    ("size", "words"),
    [
        (0, "0 B"),
        (999, "999 B"),
        (1000, "1 kB"),
        (376_400, "376 kB"),
        (999_499, "999 kB"),
        (999_500, "1,0 MB"),
        (1_250_000, "1,3 MB"),
        (999_500_000, "1,0 GB"),
        (5_000_000_000_000, "5,0 TB"),
    ],
)
def test_file_sizes(size: int, words: str) -> None:
    assert formats.file_size(size, "id") == words.replace(" ", "\u00a0")
