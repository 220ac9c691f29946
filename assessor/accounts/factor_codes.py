"""Does a code prove the second step of signing in? The app's, once each; or one from paper.

Everything here happens inside a write transaction, which the journal's head makes one after the
other: of two requests with the same code one gets in.
"""

import secrets
from base64 import b32decode
from enum import StrEnum

from sqlalchemy import CursorResult, func, select, update
from sqlalchemy.orm import Session

from assessor.accounts.models import RecoveryCode, SecondFactor, UsedStep
from assessor.accounts.queries import hash_secret
from assessor.accounts.sealing import Sealer, Unreadable, Unsealed
from assessor.accounts.totp import DIGITS, letters_of, matching_step
from assessor.database.base import new_id
from assessor.journal.work import Work
from assessor.mail.letters import send_letter

PURPOSE = "second factor"  # under which secrets are sealed
RECOVERY_CODES = 10
RECOVERY_USED = "accounts.recovery_used"  # the name of a letter
LONGEST_CODE = 40  # as it may be typed
_LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"  # none that looks like another: 32, 5 bits each
_LENGTH = 16


class Second(StrEnum):
    """What proved it."""

    app = "app"
    recovery = "recovery"


def living_factor(session: Session, person_id: str) -> SecondFactor | None:
    """The second factor of a person; None when it is off."""
    return session.scalars(
        select(SecondFactor).where(
            SecondFactor.person_id == person_id, SecondFactor.secret.is_not(None)
        )
    ).one_or_none()


def has_factor(session: Session, person_id: str | None) -> bool:
    """Whether this person signs in with two steps."""
    return person_id is not None and living_factor(session, person_id) is not None


def is_readable(session: Session, person_id: str, sealer: Sealer) -> bool:
    """Whether codes of the person's app can be checked at all: not, when the installation's key
    was changed and the former one is not named."""
    factor = living_factor(session, person_id)
    return factor is None or _unsealed(factor, sealer) is not None


def seal_secret(sealer: Sealer, secret: bytes, *, person_id: str) -> str:
    """How a secret is kept."""
    return sealer.seal(letters_of(secret), about=person_id)


def secret_from(letters: str) -> bytes:
    """The secret of its letters."""
    return b32decode(letters)


def use_code(work: Work, person_id: str, typed: str, sealer: Sealer) -> Second | None:
    """Use up a code of the person; None when it fits nothing, or was used before."""
    code = _plain(typed)
    if len(code) == DIGITS and code.isascii() and code.isdecimal():
        return Second.app if _use_app(work, person_id, code, sealer) else None
    if len(code) == _LENGTH:
        return Second.recovery if _use_recovery(work, person_id, code) else None
    return None


def _plain(typed: str) -> str:
    return "".join(each for each in typed[:LONGEST_CODE] if each not in " -–\t").upper()


def _unsealed(factor: SecondFactor, sealer: Sealer) -> Unsealed | None:
    try:
        return sealer.open(factor.secret or "", about=factor.person_id)
    except Unreadable:
        return None


def _use_app(work: Work, person_id: str, code: str, sealer: Sealer) -> bool:
    factor = living_factor(work.session, person_id)
    kept = _unsealed(factor, sealer) if factor is not None else None
    if factor is None or kept is None:
        return False
    step = matching_step(
        secret_from(kept.text), code, work.now, after=last_step(work.session, person_id)
    )
    if step is None or not _take_step(work, person_id, step):
        return False
    if kept.outdated:
        factor.secret = sealer.seal(kept.text, about=person_id)
    return True


def last_step(session: Session, person_id: str) -> int:
    """The last step whose code was used."""
    found = session.scalars(select(UsedStep.step).where(UsedStep.person_id == person_id)).first()
    return -1 if found is None else found


def _take_step(work: Work, person_id: str, step: int) -> bool:
    """Use a step up, unless it or a later one was. One statement decides."""
    taken = work.session.execute(
        update(UsedStep)
        .where(UsedStep.person_id == person_id, UsedStep.step < step)
        .values(step=step)
        .execution_options(synchronize_session=False)
    )
    return isinstance(taken, CursorResult) and taken.rowcount == 1


def begin_steps(work: Work, person_id: str, step: int) -> None:
    """A new app: what counts from now on is its own first step."""
    row = work.session.get(UsedStep, person_id)
    if row is None:
        work.session.add(UsedStep(person_id=person_id, step=step))
    else:
        row.step = step


def _living_codes(person_id: str) -> tuple[object, ...]:
    return (
        RecoveryCode.person_id == person_id,
        RecoveryCode.used_at.is_(None),
        RecoveryCode.replaced_at.is_(None),
    )


def _use_recovery(work: Work, person_id: str, code: str) -> bool:
    if living_factor(work.session, person_id) is None:
        return False
    found = work.session.scalars(
        select(RecoveryCode).where(
            *_living_codes(person_id),  # type: ignore[arg-type]  # conditions
            RecoveryCode.code_hash == hash_secret(code),
        )
    ).one_or_none()
    if found is None:
        return False
    found.used_at = work.now
    send_letter(work, letter=RECOVERY_USED, person_id=person_id)
    return True


def recovery_codes_left(session: Session, person_id: str) -> int:
    """How many were not used yet."""
    return session.scalars(
        select(func.count(RecoveryCode.id)).where(*_living_codes(person_id))  # type: ignore[arg-type]  # conditions
    ).one()


def void_recovery_codes(work: Work, person_id: str) -> None:
    """None of them opens anything any more."""
    for each in work.session.scalars(
        select(RecoveryCode).where(*_living_codes(person_id))  # type: ignore[arg-type]  # conditions
    ):
        each.replaced_at = work.now


def make_recovery_codes(work: Work, person_id: str) -> tuple[str, ...]:
    """New codes instead of the earlier ones. They exist here, and then on the owner's paper."""
    void_recovery_codes(work, person_id)
    made = tuple(
        "".join(secrets.choice(_LETTERS) for _ in range(_LENGTH)) for _ in range(RECOVERY_CODES)
    )
    for code in made:
        work.session.add(
            RecoveryCode(
                id=new_id(),
                person_id=person_id,
                code_hash=hash_secret(code),
                made_at=work.now,
                used_at=None,
                replaced_at=None,
            )
        )
    return tuple("-".join(code[at : at + 4] for at in range(0, _LENGTH, 4)) for code in made)


def are_living(session: Session, person_id: str, codes: tuple[str, ...]) -> bool:
    """Whether these are the person's codes, all of them."""
    kept = set(session.scalars(select(RecoveryCode.code_hash).where(*_living_codes(person_id))))  # type: ignore[arg-type]  # conditions
    return bool(codes) and {hash_secret(_plain(each)) for each in codes} == kept
