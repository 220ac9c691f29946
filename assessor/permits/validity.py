"""Is a permit in force on a day, when is one reminded of it, and had it run out before a visit?

Pure: dates in, answers out. A reminder is not something that is sent and can be missed; it
follows from the dates, so each permit is at exactly one step on each day.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Step(StrEnum):
    """How near the end is, from far to past."""

    half_year = "180"
    quarter = "90"
    month = "30"
    expired = "expired"


DAYS = {Step.month: 30, Step.quarter: 90, Step.half_year: 180}
FIRST_REMINDER = max(DAYS.values())


def step_of(expires_on: date | None, today: date) -> Step | None:
    """At which step a permit is; None while its end is far or there is none."""
    if expires_on is None:
        return None
    left = (expires_on - today).days
    if left < 0:
        return Step.expired
    return next((step for step, days in DAYS.items() if left <= days), None)


class State(StrEnum):
    """How a permit stands in the register on a day."""

    withdrawn = "withdrawn"
    replaced = "replaced"
    not_yet = "not_yet"
    in_force = "in_force"
    ending = "ending"
    expired = "expired"


@dataclass(frozen=True)
class Dated:
    """What is known of a permit as far as time goes."""

    id: str
    valid_from: date
    expires_on: date | None
    replaces: str | None = None
    withdrawn: bool = False


def _renewals(permits: Iterable[Dated]) -> dict[str, Dated]:
    """Each permit that was renewed → the renewal that stands."""
    return {each.replaces: each for each in permits if each.replaces and not each.withdrawn}


def states(permits: Iterable[Dated], today: date) -> dict[str, State]:
    """How each permit of a site stands on a day."""
    permits = tuple(permits)
    renewals = _renewals(permits)
    return {each.id: _state(each, renewals.get(each.id), today) for each in permits}


def _state(permit: Dated, renewal: Dated | None, today: date) -> State:
    if permit.withdrawn:
        return State.withdrawn
    if renewal is not None and renewal.valid_from <= today:
        return State.replaced
    if permit.valid_from > today:
        return State.not_yet
    step = step_of(permit.expires_on, today)
    if step is Step.expired:
        return State.expired
    return State.ending if step is not None and renewal is None else State.in_force


def reminders(permits: Iterable[Dated], today: date) -> dict[str, Step]:
    """The permits to be reminded of, each at its one step; not what was renewed or withdrawn."""
    permits = tuple(permits)
    renewals = _renewals(permits)
    return {
        each.id: step
        for each in permits
        if not each.withdrawn
        and each.id not in renewals
        and (step := step_of(each.expires_on, today)) is not None
    }


def expired_before(permits: Iterable[Dated], day: date) -> frozenset[str]:
    """The permits that had run out before a day and had no renewal in force by then."""
    permits = tuple(permits)
    renewals = _renewals(permits)
    return frozenset(
        each.id
        for each in permits
        if not each.withdrawn
        and each.expires_on is not None
        and each.expires_on < day
        and not ((renewal := renewals.get(each.id)) is not None and renewal.valid_from <= day)
    )
