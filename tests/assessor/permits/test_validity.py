"""What follows from the dates of permits, whatever the dates are?"""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assessor.permits.kinds import kinds
from assessor.permits.validity import (
    DAYS,
    Dated,
    State,
    Step,
    expired_before,
    reminders,
    states,
    step_of,
)
from checklists.library import load_all

TODAY = date(2026, 11, 21)
DAYS_AROUND = st.dates(date(2024, 1, 1), date(2029, 12, 31))


@st.composite
def registers(draw: st.DrawFn) -> list[Dated]:
    """Chains of renewals with gaps and overlaps, some withdrawn, some without end."""
    found: list[Dated] = []
    for number in range(draw(st.integers(1, 8))):
        start = draw(DAYS_AROUND)
        end = draw(
            st.none() | st.integers(0, 900).map(lambda days, start=start: start + timedelta(days))
        )
        renewed = {each.replaces for each in found if not each.withdrawn}
        free = [each.id for each in found if each.id not in renewed and not each.withdrawn]
        replaces = draw(st.sampled_from([None, *free]))
        found.append(Dated(f"p{number}", start, end, replaces, withdrawn=draw(st.booleans())))
    return found


@pytest.mark.parametrize(
    ("left", "step"),
    [
        (181, None), (180, Step.half_year), (91, Step.half_year), (90, Step.quarter),
        (31, Step.quarter), (30, Step.month), (0, Step.month), (-1, Step.expired),
    ],
)  # fmt: skip
def test_each_step_begins_on_its_day(left: int, step: Step | None) -> None:
    assert step_of(TODAY + timedelta(days=left), TODAY) is step


def test_without_an_end_nobody_is_reminded() -> None:
    assert step_of(None, TODAY) is None


@given(start=DAYS_AROUND, length=st.integers(1, 1500))
def test_a_permit_goes_through_each_step_once_and_in_order(start: date, length: int) -> None:
    end = start + timedelta(days=length)
    passed = [step_of(end, end + timedelta(days=each)) for each in range(-200, 20)]
    steps = [step for at, step in enumerate(passed) if at == 0 or passed[at - 1] is not step]
    assert steps == [None, Step.half_year, Step.quarter, Step.month, Step.expired]
    assert passed.count(Step.month) == DAYS[Step.month] + 1


@given(register=registers(), today=DAYS_AROUND)
def test_reminders_are_of_what_stands_alone_and_ends(register: list[Dated], today: date) -> None:
    renewed = {each.replaces for each in register if not each.withdrawn}
    found = reminders(register, today)
    for each in register:
        expected = step_of(each.expires_on, today)
        if each.withdrawn or each.id in renewed:
            expected = None
        assert found.get(each.id) is expected


@given(register=registers(), today=DAYS_AROUND)
def test_every_permit_has_one_state(register: list[Dated], today: date) -> None:
    found = states(register, today)
    assert set(found) == {each.id for each in register}
    for each in register:
        assert (found[each.id] is State.withdrawn) == each.withdrawn
        if found[each.id] is State.expired:
            assert each.expires_on is not None
            assert each.expires_on < today


@given(register=registers(), day=DAYS_AROUND)
def test_what_had_run_out_before_a_day_is_no_matter_of_later_days(
    register: list[Dated], day: date
) -> None:
    found = expired_before(register, day)
    for each in register:
        renewal = next(
            (one for one in register if one.replaces == each.id and not one.withdrawn), None
        )
        covered = renewal is not None and renewal.valid_from <= day
        ended = each.expires_on is not None and each.expires_on < day
        assert (each.id in found) == (ended and not covered and not each.withdrawn)
    # what begins after that day changes nothing
    later = Dated("later", day + timedelta(days=1), None, next(iter(found), None))
    assert expired_before([*register, later], day) == found


def test_the_last_day_is_still_a_day_in_force() -> None:
    permit = Dated("p", date(2020, 1, 1), TODAY)
    assert expired_before([permit], TODAY) == frozenset()
    assert expired_before([permit], TODAY + timedelta(days=1)) == {"p"}


def test_a_gap_before_the_renewal_is_seen() -> None:
    old = Dated("old", date(2025, 1, 1), date(2026, 5, 1))
    new = Dated("new", date(2026, 8, 1), date(2028, 8, 1), replaces="old")
    assert expired_before([old, new], date(2026, 7, 1)) == {"old"}
    assert expired_before([old, new], date(2026, 8, 1)) == frozenset()


def test_the_kinds_name_items_that_there_are_and_sources_that_are_known() -> None:
    library, _problems = load_all()
    checklist = library.checklists["sni-8807-2022-penuh"]
    items = {item.id for item in checklist.items}
    sources = {source.id for source in checklist.standard.sources}
    for code, kind in kinds().items():
        assert kind.items, code
        assert set(kind.items) <= items, code
        assert kind.origin in {"stated", "derived", "proposed"}, code
        assert set(kind.sources) <= sources, code
        assert bool(kind.sources) or kind.origin != "stated", code
        assert kind.label.id != kind.label.en
