"""On which days does an office work, and which day is so many working days on?

Monday to Friday, without the public holidays that come with the product (an example, not
approved) and those an office added for its own place.
"""

from collections.abc import Collection, Mapping
from datetime import date, timedelta
from functools import cache
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session

from assessor.access.actor import SYSTEM, Actor
from assessor.access.decide import ensure
from assessor.access.permissions import Permission
from assessor.database.base import new_id
from assessor.journal.work import Clock, write
from assessor.organization.events import HolidayAdded
from assessor.organization.models import Holiday, OfficeClosure
from assessor.organization.reach import office_subject
from assessor.packaged_yaml import BadPackage, read_table, table
from assessor.sentences import Refused, Sentence

_FILE = Path(__file__).parent / "holidays.yaml"
_SATURDAY = 5
LONGEST_NAME = 120
# a longer search means that nobody works any more
_MOST_DAYS = 3_660


@cache
def packaged_holidays() -> Mapping[date, str]:
    """Day → name of the holidays that come with the product."""
    days = table(read_table(_FILE)["holidays"])
    found = {}
    for day, name in days.items():
        if not isinstance(name, str):
            raise BadPackage(f"a holiday wants a name: {day}")
        found[date.fromisoformat(day)] = name
    return found


def holidays_of(session: Session, office_id: str) -> frozenset[date]:
    """The days on which an office does not work: the packaged ones, and those that it or an
    office above it added. One query."""
    own = session.execute(
        select(Holiday.day)
        .join(OfficeClosure, OfficeClosure.ancestor_id == Holiday.office_id)
        .where(OfficeClosure.descendant_id == office_id)
    ).scalars()
    return frozenset(packaged_holidays()) | frozenset(own)


def own_holidays(session: Session, office_id: str) -> dict[date, str]:
    """Day → name of the holidays that an office itself added, in time order: one query."""
    rows = session.execute(
        select(Holiday.day, Holiday.name)
        .where(Holiday.office_id == office_id)
        .order_by(Holiday.day)
    )
    return dict(rows.all())


def is_working_day(day: date, holidays: Collection[date] = ()) -> bool:
    """Whether somebody works on a day."""
    return day.weekday() < _SATURDAY and day not in holidays


def after_working_days(start: date, days: int, holidays: Collection[date] = ()) -> date:
    """The day that is so many working days after `start`, which itself does not count."""
    day = start
    for _ in range(_MOST_DAYS):
        if days <= 0:
            return day
        day += timedelta(days=1)
        days -= is_working_day(day, holidays)
    message = "there are no working days in ten years"
    raise ValueError(message)


def add_holiday(
    session: Session, actor: Actor, clock: Clock, *, office_id: str, day: date, name: str
) -> None:
    """Say that an office, and those below it, do not work on a day. Raises NotPermitted,
    Refused."""
    name = " ".join(name.split())
    if not 1 <= len(name) <= LONGEST_NAME:
        raise Refused(Sentence("Isi nama hari libur, paling panjang 120 huruf."))
    with write(session, actor, clock) as work:
        if actor is not SYSTEM:
            ensure(actor, Permission.keep_days, office_subject(session, office_id))
        known = session.execute(
            select(Holiday.id).where(Holiday.office_id == office_id, Holiday.day == day)
        ).first()
        if known is not None or day in packaged_holidays():
            raise Refused(Sentence("Hari itu sudah tercatat sebagai hari libur."))
        session.add(Holiday(id=new_id(), office_id=office_id, day=day, name=name))
        work.record(HolidayAdded(subject=office_id, day=day.isoformat()))
