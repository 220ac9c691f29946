"""Authenticator apps for tests: somebody's phone, beside the browser."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy.orm import Session

from assessor.access.actor import Actor
from assessor.accounts.factor_codes import PURPOSE
from assessor.accounts.limits import Attempts
from assessor.accounts.models import Person
from assessor.accounts.sealing import Sealer
from assessor.accounts.second_factor import make_offer, switch_on
from assessor.accounts.second_step import Proving
from assessor.accounts.totp import code_at, step_at
from assessor.journal.work import Clock
from tests.builders import HASHING, PASSWORD, actor_for

KEY = "not-a-secret-only-for-tests-0123456789"  # the application's in the tests
SEALER = Sealer(PURPOSE, KEY)
PROVING = Proving(Attempts(address="192.0.2.7", key=KEY), SEALER)


@dataclass
class Phone:
    """An app with one account, and the paper beside it."""

    secret: bytes
    clock: Clock
    recovery: tuple[str, ...] = ()

    def code(self, ahead: int = 0) -> str:
        """What it shows, or will show some half minutes ahead."""
        return code_at(self.secret, step_at(self.clock()) + ahead)


def give_phone(session: Session, clock: Clock, person: Person) -> Phone:
    """The person switches the second step on; the first code is used up by it."""
    return switch_on_as(session, clock, actor_for(session, clock, person))


def switch_on_as(session: Session, clock: Clock, actor: Actor) -> Phone:
    """The same for an actor, whose sign-in stays."""
    offer = make_offer(SEALER, str(actor.person_id), clock())
    phone = Phone(offer.secret, clock)
    phone.recovery = switch_on(
        session,
        actor,
        clock,
        offer=offer,
        password=PASSWORD,
        code=phone.code(),
        hashing=HASHING,
        proving=PROVING,
    )
    return phone
