"""On what does the demonstration play: session, store, and a clock that can be put back?

Everything is played through the real services, in the order of time, at moments before today.
A step that was played in an earlier, interrupted run is left as it is.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy.orm import Session

from assessor.access.actor import Actor
from assessor.accounts.queries import actor_of, person_named
from evidence_store.store import Store

DOMAIN = "demo.example"


@dataclass
class PlayClock:
    """Stands where it is put."""

    now: datetime

    def __call__(self) -> datetime:
        return self.now


@dataclass(order=True)
class Moment:
    """Something that happens at a time; `order` keeps those of one time in sequence."""

    at: datetime
    order: int
    act: Callable[[], None] = field(compare=False)


@dataclass
class Stage:
    """What every step needs. `today` is the day the demonstration is loaded."""

    session: Session
    store: Store
    upload_limit: int
    base_url: str
    real_now: datetime
    clock: PlayClock
    offices: dict[str, str] = field(default_factory=dict)  # short key → id
    auditees: dict[str, str] = field(default_factory=dict)  # short key → id
    people: dict[str, str] = field(default_factory=dict)  # name before the @ → id
    moments: list[Moment] = field(default_factory=list)

    @property
    def today(self) -> date:
        """The day of loading."""
        return self.real_now.date()

    def days_ago(self, days: int, hour: int = 3) -> datetime:
        """A moment on a day before today; hours are UTC, so 3 is 10.00 WIB."""
        then = self.real_now - timedelta(days=days)
        return min(then.replace(hour=hour, minute=0, second=0, microsecond=0), self.real_now)

    def actor(self, name: str) -> Actor:
        """Somebody of the demonstration, with the positions held at the played time."""
        return actor_of(self.session, self.people[name], now=self.clock())

    def plan(self, days: int, act: Callable[..., Any], *arguments: Any, hour: int = 3) -> None:
        """Let something happen so many days ago."""
        at = self.days_ago(days, hour)
        self.moments.append(Moment(at, len(self.moments), lambda: act(*arguments)))

    def play(self, tell: Callable[[int, int], None]) -> None:
        """Play all that was planned, in the order of time."""
        for number, moment in enumerate(sorted(self.moments), start=1):
            self.clock.now = moment.at
            moment.act()
            tell(number, len(self.moments))
        self.moments.clear()
        self.clock.now = self.real_now

    def user_name(self, name: str) -> str:
        """The sign-in name of somebody of the demonstration."""
        return f"{name}@{DOMAIN}"

    def find_person(self, name: str) -> str | None:
        """The id, if the person is there already."""
        person = person_named(self.session, self.user_name(name))
        return person.id if person is not None else None
