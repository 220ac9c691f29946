"""Which letters are there, and how does a feature ask for one?

A letter is asked for within the act it tells of. It is composed when it is sent: then its reader's
address and language are looked up, and then a link that it carries is made. So no secret waits in
the queue, and a link's time begins when the mail leaves.
"""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from typing import Any, Protocol

from sqlalchemy.orm import Session

from assessor.jobs.queue import enqueue
from assessor.journal.work import Clock, Work
from assessor.sentences import Sentence

KIND = "mail"


@dataclass(frozen=True)
class Reader:
    """Somebody who gets a letter. `address` is None when there is nowhere to write to."""

    id: str
    name: str
    address: str | None
    language: str


@dataclass(frozen=True)
class Letter:
    """What is sent: plain text in the reader's language."""

    subject: str
    text: str


@dataclass(frozen=True)
class Writing:
    """What composing a letter works with."""

    session: Session
    clock: Clock
    base_url: str
    reader: Reader
    values: Mapping[str, Any] = field(default_factory=dict)


Compose = Callable[[Writing], Letter]
# where a letter goes that does not go to its reader's own address, by the values it was asked with
AddressOf = Callable[[Session, Mapping[str, Any]], str | None]


class Readers(Protocol):
    """Who knows people. `find` gives None for nobody, or somebody who gets no mail any more."""

    def find(self, session: Session, person_id: str) -> Reader | None:
        """One reader."""

    def names(self, session: Session, people: Collection[str]) -> Mapping[str, str]:
        """What people are called."""


@dataclass(frozen=True)
class Known:
    """A kind of letter: what it is called, and how it is written. A `notice` only tells: where no
    mail is set up it is left out, while others wait."""

    title: Sentence
    compose: Compose
    notice: bool
    address_of: AddressOf | None = None

    def address(self, session: Session, reader: Reader, values: Mapping[str, Any]) -> str | None:
        """Where it goes."""
        return self.address_of(session, values) if self.address_of else reader.address


_letters: dict[str, Known] = {}
_readers: list[Readers] = []


def know_letter(
    name: str,
    *,
    title: Sentence,
    compose: Compose,
    notice: bool = False,
    address_of: AddressOf | None = None,
) -> None:
    """Let a feature bring a letter; `feature.letter` is its name."""
    _letters[name] = Known(title, compose, notice, address_of)


def know_readers(readers: Readers) -> None:
    """Say once who knows people."""
    _readers[:] = [readers]


def letter_named(name: str) -> Known | None:
    """A kind of letter, None when no part of this version brings it."""
    return _letters.get(name)


def the_readers() -> Readers:
    """Who knows people."""
    return _readers[0]


def send_letter(
    work: Work, *, letter: str, person_id: str, values: Mapping[str, str] | None = None
) -> str:
    """Ask for a letter within the act it tells of; the id of its job. Values are ids and codes."""
    payload = {"letter": letter, "person": person_id, "values": dict(values or {})}
    return enqueue(work, kind=KIND, payload=payload)
