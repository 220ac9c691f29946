"""How does a person come to sign in with two steps, and out of it again?

The owner switches it on and off; an administrator only off, for those in reach who lost the app.
Every other sign-in of the person ends with each of these.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from assessor.access.actor import Actor
from assessor.accounts.events import FactorOff, FactorOn, RecoveryCodesMade
from assessor.accounts.factor_codes import (
    begin_steps,
    has_factor,
    living_factor,
    make_recovery_codes,
    seal_secret,
    secret_from,
    void_recovery_codes,
)
from assessor.accounts.models import SecondFactor, SignIn
from assessor.accounts.passwords import Hashing
from assessor.accounts.reach import ensure_reaches_person
from assessor.accounts.sealing import Sealer, Unreadable
from assessor.accounts.second_step import Proving, WrongCode, confirm_person
from assessor.accounts.services import confirm_password, end_living
from assessor.accounts.totp import DIGITS, letters_of, matching_step, new_secret
from assessor.journal.work import Clock, Work, write
from assessor.mail.letters import send_letter
from assessor.sentences import NotPermitted, Refused, Sentence

# the names of letters
SWITCHED_ON = "accounts.factor_on"
SWITCHED_OFF = "accounts.factor_off"
RESET = "accounts.factor_reset"

OFFER_LASTS = timedelta(hours=1)

_ON_ALREADY = Sentence("Masuk dua langkah Anda sudah menyala.")
_OFF_ALREADY = Sentence("Masuk dua langkah belum menyala di akun ini.")
_OFFER_IS_OLD = Sentence(
    "Halaman ini sudah terlalu lama terbuka. Pindai kode QR yang baru di bawah, lalu ketik kodenya."
)
_DOES_NOT_FIT = Sentence(
    "Kode ini tidak cocok. Pastikan aplikasi memakai kode QR di halaman ini, periksa jam ponsel "
    "Anda, lalu ketik kode yang sedang tampil."
)
_NOT_ONESELF = Sentence("Masuk dua langkah Anda sendiri dimatikan di halaman profil.")


class OldOffer(Refused):
    """The secret on the page is too old, or was not offered to this person."""

    def __init__(self) -> None:
        super().__init__(_OFFER_IS_OLD)


@dataclass(frozen=True)
class Offer:
    """A secret on the screen of a person, in nobody's table yet. `sealed` comes back with the
    form; nothing is kept by looking at the page."""

    secret: bytes
    sealed: str


def make_offer(sealer: Sealer, person_id: str, now: datetime) -> Offer:
    """A fresh secret for a person."""
    secret = new_secret()
    words = f"{letters_of(secret)} {int(now.timestamp())}"
    return Offer(secret, sealer.seal(words, about=f"offer {person_id}"))


def read_offer(sealer: Sealer, sealed: str, person_id: str, now: datetime) -> Offer:
    """The offer that comes back. Raises OldOffer."""
    try:
        letters, _, at = sealer.open(sealed, about=f"offer {person_id}").text.partition(" ")
    except Unreadable:
        raise OldOffer from None
    if now.timestamp() - int(at) > OFFER_LASTS.total_seconds():
        raise OldOffer
    return Offer(secret_from(letters), sealed)


def switch_on(
    session: Session,
    actor: Actor,
    clock: Clock,
    *,
    offer: Offer,
    password: str,
    code: str,
    hashing: Hashing,
    proving: Proving,
) -> tuple[str, ...]:
    """Ask for a code at every sign-in from now on; the recovery codes come back, this once.
    Raises TooManyAttempts, WrongPassword, WrongCode and Refused."""
    confirm_password(
        session, actor, clock, password=password, attempts=proving.attempts, hashing=hashing
    )
    person_id = str(actor.person_id)
    step = matching_step(offer.secret, _figures(code), clock(), after=-1)
    if step is None:
        raise WrongCode(_DOES_NOT_FIT)
    with write(session, actor, clock) as work:
        factor = session.get(SecondFactor, person_id)
        if factor is None:
            factor = SecondFactor(person_id=person_id, reset_at=None)
            session.add(factor)
        elif factor.secret is not None:
            raise Refused(_ON_ALREADY)
        factor.secret = seal_secret(proving.sealer, offer.secret, person_id=person_id)
        factor.since = work.now
        begin_steps(work, person_id, step)
        codes = make_recovery_codes(work, person_id)
        send_letter(work, letter=SWITCHED_ON, person_id=person_id)
        work.record(FactorOn(subject=person_id, sign_ins_ended=_end_others(work)))
    return codes


def _figures(code: str) -> str:
    return "".join(code[:20].split()).ljust(DIGITS, "-")


def _end_others(work: Work) -> int:
    actor = work.actor
    return end_living(
        work,
        select(SignIn).where(SignIn.person_id == actor.person_id, SignIn.id != actor.session_id),
    )


def switch_off(
    session: Session,
    actor: Actor,
    clock: Clock,
    *,
    password: str,
    code: str,
    hashing: Hashing,
    proving: Proving,
) -> None:
    """The owner needs no code any more. Raises TooManyAttempts, WrongPassword, WrongCode and
    Refused."""
    if not has_factor(session, actor.person_id):
        raise Refused(_OFF_ALREADY)
    confirm_person(
        session, actor, clock, password=password, code=code, hashing=hashing, proving=proving
    )
    person_id = str(actor.person_id)
    with write(session, actor, clock) as work:
        _empty(work, person_id)
        send_letter(work, letter=SWITCHED_OFF, person_id=person_id)
        ended = _end_others(work)
        work.record(FactorOff(subject=person_id, by_owner=True, sign_ins_ended=ended))


def _empty(work: Work, person_id: str) -> SecondFactor:
    """Raises Refused when it is off already, by another request."""
    factor = living_factor(work.session, person_id)
    if factor is None:
        raise Refused(_OFF_ALREADY)
    factor.secret = factor.since = None
    void_recovery_codes(work, person_id)
    return factor


def renew_recovery_codes(
    session: Session,
    actor: Actor,
    clock: Clock,
    *,
    password: str,
    code: str,
    hashing: Hashing,
    proving: Proving,
) -> tuple[str, ...]:
    """New recovery codes for the owner, this once. Raises as `switch_off`."""
    if not has_factor(session, actor.person_id):
        raise Refused(_OFF_ALREADY)
    confirm_person(
        session, actor, clock, password=password, code=code, hashing=hashing, proving=proving
    )
    person_id = str(actor.person_id)
    with write(session, actor, clock) as work:
        if living_factor(session, person_id) is None:
            raise Refused(_OFF_ALREADY)
        codes = make_recovery_codes(work, person_id)
        work.record(RecoveryCodesMade(subject=person_id, count=len(codes)))
    return codes


def reset_factor(session: Session, actor: Actor, clock: Clock, *, person_id: str) -> int:
    """Let somebody who lost the app sign in with the password alone, and switch it on anew. The
    person is told by mail and at the next sign-in; how many sign-ins ended comes back. Raises
    NotPermitted and Refused."""
    if person_id == actor.person_id:
        raise NotPermitted(_NOT_ONESELF)
    with write(session, actor, clock) as work:
        ensure_reaches_person(session, actor, person_id)
        _empty(work, person_id).reset_at = work.now
        ended = end_living(work, select(SignIn).where(SignIn.person_id == person_id))
        send_letter(work, letter=RESET, person_id=person_id)
        work.record(FactorOff(subject=person_id, by_owner=False, sign_ins_ended=ended))
    return ended
