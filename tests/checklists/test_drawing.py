"""Nobody picks a record by hand: laws of the allocation, and a draw that is the same for good."""

import hashlib
import struct
from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checklists.drawing import METHOD, Drawn, allocate, draw
from checklists.strata import STRATA, in_order, strata_for

SEED = "0123456789abcdef0123456789abcdef"
NAMES = tuple(STRATA)


@st.composite
def registers(data: st.DrawFn) -> tuple[int, dict[str, int]]:
    counts = data(
        st.dictionaries(st.sampled_from(NAMES), st.integers(0, 400), min_size=1, max_size=6)
    )
    return data(st.integers(0, sum(counts.values()))), counts


@given(registers())
def test_the_whole_sample_is_shared_out_and_no_list_gives_more_than_it_has(given_) -> None:
    size, counts = given_
    shared = allocate(size, counts)
    assert sum(shared.values()) == size
    assert list(shared) == list(counts)
    assert all(0 <= shared[name] <= counts[name] for name in counts)


@given(registers())
def test_every_list_with_records_is_looked_at_where_the_size_allows(given_) -> None:
    size, counts = given_
    shared = allocate(size, counts)
    filled = [name for name in counts if counts[name]]
    if size >= len(filled):
        assert all(shared[name] for name in filled)
    else:
        assert max(shared.values(), default=0) <= 1


@given(registers())
def test_a_longer_list_never_gives_fewer(given_) -> None:
    size, counts = given_
    shared = allocate(size, counts)
    for one in counts:
        for other in counts:
            if counts[one] > counts[other]:
                assert shared[one] >= shared[other]


@given(registers())
def test_a_list_is_off_its_proportion_by_less_than_one_unless_small_ones_need_a_record(
    given_,
) -> None:
    size, counts = given_
    shared, total = allocate(size, counts), sum(counts.values())
    if total and all(size * count >= total for count in counts.values() if count):
        assert all(abs(shared[name] * total - size * counts[name]) < total for name in counts)


@given(registers(), st.binary(min_size=16, max_size=16))
def test_positions_are_of_the_register_rising_and_none_twice(given_, seed) -> None:
    size, counts = given_
    drawn = draw(seed.hex(), size, counts)
    assert [each.stratum for each in drawn] == list(counts)
    for each in drawn:
        assert list(each.positions) == sorted(set(each.positions))
        assert all(1 <= position <= counts[each.stratum] for position in each.positions)
    assert sum(len(each.positions) for each in drawn) == size


@given(registers(), st.binary(min_size=16, max_size=16))
def test_the_same_seed_and_counts_give_the_same_draw(given_, seed) -> None:
    size, counts = given_
    assert draw(seed.hex(), size, counts) == draw(seed.hex(), size, counts)


def test_the_draw_is_the_one_that_was_printed() -> None:
    """The test vector. If this changes, no earlier sample can be made again: never change it."""
    assert METHOD == "sha256-counter-v1"
    counts = {"active-outpatient": 42, "active-inpatient": 18, "discharged-outpatient": 120}
    assert draw(SEED, 10, counts) == (
        Drawn("active-outpatient", 42, (3, 9)),
        Drawn("active-inpatient", 18, (16,)),
        Drawn("discharged-outpatient", 120, (52, 57, 85, 90, 97, 116, 120)),
    )


def test_what_is_documented_suffices_to_make_a_draw_again() -> None:
    """A second, plainer writing of the method: whole lists, no shortcuts."""

    def by_hand(stratum: str, register: int, size: int) -> tuple[int, ...]:
        words: list[int] = []
        for block in range(64):
            text = f"sha256-counter-v1|{SEED}|{stratum}|{block}".encode()
            words += struct.unpack(">4Q", hashlib.sha256(text).digest())
        cards = list(range(1, register + 1))
        for k in range(size):
            left = register - k
            word = words.pop(0)
            while word >= 2**64 // left * left:
                word = words.pop(0)
            j = k + word % left
            cards[k], cards[j] = cards[j], cards[k]
        return tuple(sorted(cards[:size]))

    counts = {"active": 77, "discharged": 31}
    assert [each.positions for each in draw(SEED, 20, counts)] == [
        by_hand("active", 77, 14),
        by_hand("discharged", 31, 6),
    ]


def test_every_position_is_as_likely_as_another() -> None:
    seen = Counter(
        position
        for number in range(4_000)
        for each in draw(f"{number:032x}", 3, {"active": 12})
        for position in each.positions
    )
    assert set(seen) == set(range(1, 13))
    assert all(900 < count < 1_100 for count in seen.values()), seen  # 1,000 each, 27 is one sigma


def test_lists_are_drawn_independently_of_each_other() -> None:
    both = draw(SEED, 6, {"active": 50, "discharged": 50})
    assert both[0].positions != both[1].positions


def test_a_whole_register_is_drawn_whole() -> None:
    assert draw(SEED, 4, {"active": 4}) == (Drawn("active", 4, (1, 2, 3, 4)),)


def test_nothing_is_drawn_from_nothing() -> None:
    assert draw(SEED, 0, {"active": 0}) == (Drawn("active", 0, ()),)


@pytest.mark.parametrize(
    "seed", ["", "abc", SEED.upper(), SEED + "0", f"{SEED[:-1]}|", SEED + "\n"]
)
def test_a_seed_that_is_none_is_refused(seed: str) -> None:
    with pytest.raises(ValueError, match="Benih undian"):
        draw(seed, 1, {"active": 3})


@pytest.mark.parametrize(("size", "counts"), [(4, {"active": 3}), (-1, {"active": 3})])
def test_a_sample_larger_than_all_lists_is_refused(size: int, counts: dict[str, int]) -> None:
    with pytest.raises(ValueError, match="tidak boleh lebih besar"):
        allocate(size, counts)


@pytest.mark.parametrize("count", [-1, 100_001])
def test_a_register_beyond_belief_is_refused(count: int) -> None:
    with pytest.raises(ValueError, match="harus dari 0 sampai 100000"):
        allocate(0, {"active": count})


def test_the_lists_follow_from_the_services() -> None:
    def codes(*tags: str) -> list[str]:
        return [stratum.code for stratum in strata_for(frozenset(tags))]

    assert codes("rawat-jalan") == ["active-outpatient", "discharged-outpatient"]
    assert codes("rawat-inap", "km") == ["active-inpatient", "discharged-inpatient"]
    assert len(codes("rawat-inap", "rawat-jalan")) == 4
    assert codes("desa") == codes() == ["active", "discharged"]


def test_lists_are_shown_in_one_order() -> None:
    assert in_order(["later", *reversed(NAMES)]) == (*NAMES, "later")
