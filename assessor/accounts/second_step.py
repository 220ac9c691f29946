"""How does a code follow the password: at signing in, and where somebody signs for something?

Counted before it is looked at, as passwords are. A wrong one, an old one and one that was used
before get the same answer.
"""

from dataclasses import dataclass

from sqlalchemy.orm import Session

from assessor.access.actor import SYSTEM, Actor
from assessor.accounts.events import CodeFailed, CodeUsed
from assessor.accounts.factor_codes import has_factor, is_readable, use_code
from assessor.accounts.limits import Attempts, Tried
from assessor.accounts.passwords import Hashing
from assessor.accounts.queries import get_person, hash_secret
from assessor.accounts.sealing import Sealer
from assessor.accounts.services import Device, FirstStep, Opened, confirm_password, open_here
from assessor.journal.work import Clock, write
from assessor.sentences import NotPermitted, Refused, Sentence

_NOT_THIS_ONE = Sentence(
    "Kode ini tidak cocok atau sudah dipakai. Ketik kode yang tampil berikutnya; bila tetap gagal, "
    "periksa jam ponsel Anda."
)
_KEY_IS_GONE = Sentence(
    "Kode dari aplikasi tidak dapat diperiksa, karena kunci sistem sudah diganti. Pakai kode "
    "pemulihan, atau minta administrator menyetel ulang masuk dua langkah Anda."
)
_BEGIN_AGAIN = Sentence("Masuk lagi dari awal: sudah terlalu lama, atau kata sandi Anda diganti.")


class WrongCode(Refused):
    """The code proves nothing."""


class BeginAgain(Refused):
    """The first step does not hold any more."""

    def __init__(self) -> None:
        super().__init__(_BEGIN_AGAIN)


@dataclass(frozen=True)
class Proving:
    """What somebody proves with: from where, and what opens the kept secret."""

    attempts: Attempts
    sealer: Sealer


def pass_second_step(
    session: Session,
    clock: Clock,
    *,
    first: FirstStep,
    code: str,
    device: Device,
    proving: Proving,
) -> Opened:
    """Open the sign-in that the password alone did not open. Raises TooManyAttempts, WrongCode
    and BeginAgain."""
    person_id, opened = first.person_id, None
    tried = proving.attempts.reserve_code(session, clock, person_id=person_id)
    with write(session, Actor(person_id), clock) as work:
        person = get_person(session, person_id)
        if person.disabled_at is not None or hash_secret(person.password_hash) != (
            first.password_mark
        ):
            raise BeginAgain
        second = use_code(work, person_id, code, proving.sealer)
        if second is not None:
            tried.refund(session)
            opened = open_here(work, person, device, second=second.value)
    if opened is None:
        _refuse(session, SYSTEM, clock, person_id=person_id, tried=tried, proving=proving)
        raise _wrong(session, person_id, proving)
    return opened


def confirm_person(
    session: Session,
    actor: Actor,
    clock: Clock,
    *,
    password: str,
    code: str,
    hashing: Hashing,
    proving: Proving,
) -> None:
    """Ask the acting person's password again before what weighs much, and of who has a second
    factor a code as well: a signature must not be worth less than a sign-in, and on an open
    computer the password may have been watched. Raises TooManyAttempts,
    WrongPassword and WrongCode."""
    confirm_password(
        session, actor, clock, password=password, attempts=proving.attempts, hashing=hashing
    )
    if has_factor(session, actor.person_id):
        confirm_code(session, actor, clock, code=code, proving=proving)


def confirm_code(
    session: Session, actor: Actor, clock: Clock, *, code: str, proving: Proving
) -> None:
    """Ask for a code of a person who is signed in. Raises TooManyAttempts and WrongCode."""
    if actor.person_id is None:
        raise NotPermitted(Sentence("Masuk dulu untuk membuka halaman ini."))
    person_id = actor.person_id
    tried = proving.attempts.reserve_code(session, clock, person_id=person_id)
    with write(session, actor, clock) as work:
        second = use_code(work, person_id, code, proving.sealer)
        if second is not None:
            tried.refund(session)
            work.record(CodeUsed(subject=person_id, second=second.value))
    if second is None:
        _refuse(session, actor, clock, person_id=person_id, tried=tried, proving=proving)
        raise _wrong(session, person_id, proving)


def _refuse(
    session: Session,
    actor: Actor,
    clock: Clock,
    *,
    person_id: str,
    tried: Tried,
    proving: Proving,
) -> None:
    with write(session, actor, clock) as work:
        tried.hold(work, person_id)
        work.record(CodeFailed(subject=person_id, origin=proving.attempts.origin))


def _wrong(session: Session, person_id: str, proving: Proving) -> WrongCode:
    readable = is_readable(session, person_id, proving.sealer)
    return WrongCode(_NOT_THIS_ONE if readable else _KEY_IS_GONE)
