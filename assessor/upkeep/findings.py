"""What is said of each thing that must be well, and how much of it is not?"""

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from assessor.journal.events import Event
from assessor.journal.models import JournalEntry
from assessor.sentences import Sentence
from assessor.settings import Settings
from evidence_store.store import Store

MOST_READ = 400  # more than a year of nights


class Thing(StrEnum):
    """What must be well."""

    database = "database"
    storage = "storage"
    backup = "backup"
    checkpoint = "checkpoint"
    journal = "journal"
    mail = "mail"
    scanner = "scanner"


class State(StrEnum):
    """How a thing is."""

    well = "well"
    watch = "watch"  # works, and should be seen to
    bad = "bad"
    unset = "unset"  # not there in this installation


@dataclass(frozen=True)
class Finding:
    """How one thing is: in words, when it was last seen well, and what to do."""

    thing: Thing
    state: State
    words: Sentence
    remedy: Sentence | None = None
    since: datetime | None = None


@dataclass(frozen=True, kw_only=True)
class House:
    """What is looked at."""

    session: Session
    engine: Engine
    store: Store
    settings: Settings
    clock: Callable[[], datetime]


def last_of(
    session: Session, event: type[Event], wanted: Mapping[str, Any] | None = None
) -> tuple[datetime, dict[str, Any]] | None:
    """When it happened last, and with which values; only with certain values, if they are named."""
    rows = session.execute(
        select(JournalEntry.at, JournalEntry.body)
        .where(JournalEntry.act == event.act)
        .order_by(JournalEntry.seq.desc())
        .limit(MOST_READ if wanted else 1)
    )
    for at, body in rows:
        values = json.loads(body)["values"]
        if all(values[name] == value for name, value in (wanted or {}).items()):
            return at, values
    return None


def days_since(house: House, at: datetime) -> int:
    """How many whole days ago something was."""
    return (house.clock() - at) // timedelta(days=1)


def to_run(command: str) -> Sentence:
    """What to do is a command."""
    return Sentence("Jalankan: %(command)s.", {"command": command})


def worst(findings: tuple[Finding, ...]) -> State:
    """The state of the whole."""
    for state in (State.bad, State.watch):
        if any(each.state is state for each in findings):
            return state
    return State.well


def needing(findings: tuple[Finding, ...]) -> Iterator[Finding]:
    """What somebody should see to, the worst first."""
    for state in (State.bad, State.watch):
        yield from (each for each in findings if each.state is state)
