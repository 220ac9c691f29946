"""Working days: Monday to Friday, without the public holidays and an office's own."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assessor.access.actor import SYSTEM, Role
from assessor.journal.verify import verify
from assessor.organization.models import OfficeKind
from assessor.organization.working_days import (
    add_holiday,
    after_working_days,
    holidays_of,
    is_working_day,
    packaged_holidays,
)
from assessor.sentences import NotPermitted, Refused
from tests import builders

days = st.dates(date(2026, 1, 1), date(2027, 12, 31))


@given(days, st.integers(1, 60), st.sets(days, max_size=40))
def test_so_many_working_days_lie_between(start, count, holidays):
    last = after_working_days(start, count, holidays)
    between = [start + timedelta(days=each) for each in range(1, (last - start).days + 1)]
    assert sum(is_working_day(day, holidays) for day in between) == count
    assert is_working_day(last, holidays)


@given(days, st.integers(0, 60), st.sets(days, max_size=40), days)
def test_another_holiday_never_shortens_the_time(start, count, holidays, more):
    assert after_working_days(start, count, holidays) <= after_working_days(
        start, count, holidays | {more}
    )


def test_ten_working_days_over_a_weekend_and_christmas():
    holidays = frozenset(packaged_holidays())
    assert after_working_days(date(2026, 12, 18), 10, holidays) == date(2027, 1, 5) + timedelta(1)
    assert after_working_days(date(2026, 11, 20), 10, holidays) == date(2026, 12, 4)
    assert after_working_days(date(2026, 11, 20), 0, holidays) == date(2026, 11, 20)


def test_years_without_work_end_in_an_error_not_in_a_loop():
    class Always:
        def __contains__(self, day):
            return True

    with pytest.raises(ValueError, match="no working days"):
        after_working_days(date(2026, 1, 1), 1, Always())


def test_the_packaged_holidays_are_of_both_years_and_marked_an_example():
    years = {day.year for day in packaged_holidays()}
    assert years == {2026, 2027}
    assert date(2026, 8, 17) in packaged_holidays()


def test_an_office_adds_its_own_which_hold_below_it(session, clock):
    centre = builders.make_office(session, clock)
    bnnp = builders.make_office(session, clock, kind=OfficeKind.bnnp, parent=centre)
    bnnk = builders.make_office(session, clock, kind=OfficeKind.bnnk, parent=bnnp)
    other = builders.make_office(session, clock, kind=OfficeKind.bnnp, parent=centre)
    day = date(2026, 10, 1)
    administrator = builders.make_person(session, clock, role=Role.administrator, office=bnnp)
    actor = builders.actor_for(session, clock, administrator)
    add_holiday(session, actor, clock, office_id=bnnp.id, day=day, name="Hari jadi  provinsi")
    assert day in holidays_of(session, bnnk.id)
    assert day not in holidays_of(session, other.id)
    assert day not in holidays_of(session, centre.id)
    with pytest.raises(NotPermitted):
        add_holiday(session, actor, clock, office_id=other.id, day=day, name="Hari jadi")
    for again in (day, date(2026, 8, 17)):
        with pytest.raises(Refused, match="sudah tercatat"):
            add_holiday(session, SYSTEM, clock, office_id=bnnp.id, day=again, name="Lagi")
    for name in ("", "  ", "x" * 121):
        with pytest.raises(Refused, match="Isi nama"):
            add_holiday(session, SYSTEM, clock, office_id=bnnp.id, day=date(2026, 10, 2), name=name)
    assert list(verify(session)) == []
