"""How often may a password be tried, so that guessing is hopeless and nobody is locked out?

Attempts are counted in the database (restarts and other processes see them) by account and
address together, by account, by address, and overall. An attempt is counted before its password
is looked at and given back when it fits, so parallel attempts cannot slip through. A refused
attempt counts nowhere: hammering from one address does not use up what others have.

A browser that once signed in to an account keeps a signed mark of it and is counted alone: a
flood of attempts from elsewhere never keeps the owner out there.
"""

import hashlib
import hmac
import ipaddress
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from sqlalchemy import CursorResult, and_, delete, or_, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from assessor.access.actor import SYSTEM
from assessor.accounts.models import Attempt, Hold
from assessor.journal.work import Clock, Work, write
from assessor.sentences import Refused, Sentence

KEPT_MINUTES = 24 * 60


@dataclass(frozen=True)
class Limit:
    """So many attempts in windows of so many minutes. `of_account`: it counts those at one
    account, so that its owner may be given others."""

    kind: str
    most: int
    minutes: int
    of_account: bool = False

    def window(self, now: datetime) -> int:
        """The minute (since 1970) in which the present window began."""
        minute = int(now.timestamp()) // 60
        return minute - minute % self.minutes

    def ends(self, now: datetime) -> datetime:
        """When the present window is over."""
        return datetime.fromtimestamp((self.window(now) + self.minutes) * 60, UTC)


PAIR = Limit("pair", 5, 5, of_account=True)
ACCOUNT = Limit("account", 50, 60, of_account=True)
ADDRESS = Limit("address", 50, 5)
OVERALL = Limit("overall", 1000, 5)
KNOWN_DEVICE = Limit("known", 10, 5, of_account=True)
AGAIN = Limit("again", 5, 5, of_account=True)
# The codes of the second step. Only who has the password comes here, so the account's own limits
# are strict: a guess hits three times in a million, fifty guesses a day stay hopeless for years.
CODE_PAIR = Limit("code-pair", 5, 5, of_account=True)
CODE_ACCOUNT = Limit("code-account", 20, 60, of_account=True)
CODE_DAY = Limit("code-day", 50, 24 * 60, of_account=True)
CODE_ADDRESS = Limit("code-address", 50, 5)
FORGOTTEN_PAIR = Limit("forgotten-pair", 3, 60)
FORGOTTEN_ACCOUNT = Limit("forgotten-account", 6, 24 * 60)
FORGOTTEN_ADDRESS = Limit("forgotten-address", 30, 60)
FORGOTTEN_OVERALL = Limit("forgotten-overall", 600, 60)


class TooManyAttempts(Refused):
    """Wait; the sentence says how long."""

    def __init__(self, wait: timedelta) -> None:
        minutes = max(1, -(-int(wait.total_seconds()) // 60))
        self.minutes = minutes
        super().__init__(
            Sentence(
                "Terlalu banyak percobaan masuk. Tunggu %(minutes)s menit, lalu coba lagi. "
                "Perangkat yang pernah Anda pakai masuk ke akun ini biasanya tetap bisa dipakai.",
                {"minutes": minutes},
            )
        )
        self.wait = wait


class TooManyCodes(TooManyAttempts):
    """The same of codes of the second step, where no device is exempt."""

    def __init__(self, wait: timedelta) -> None:
        super().__init__(wait)
        self.sentence = Sentence(
            "Terlalu banyak kode yang tidak cocok. Tunggu %(minutes)s menit, lalu coba lagi.",
            {"minutes": self.minutes},
        )


def network_of(address: str) -> str:
    """What counts as one address: an IPv4 address, or the /64 an IPv6 subscriber has."""
    try:
        parsed = ipaddress.ip_address(address)
    except ValueError:
        return address
    if isinstance(parsed, ipaddress.IPv6Address):
        if parsed.ipv4_mapped is not None:
            return str(parsed.ipv4_mapped)
        return str(ipaddress.ip_network((parsed, 64), strict=False))
    return str(parsed)


@dataclass(frozen=True)
class Tried:
    """An attempt that was counted; it is given back when the password fits."""

    counted: tuple[tuple[Limit, str, int], ...]
    used_up: tuple[tuple[Limit, str, int], ...] = ()  # those that allow no other attempt after it

    def hold(self, work: Work, person_id: str) -> None:
        """Note that the account has no attempt left, so that somebody may give it another."""
        for limit, bucket, window in self.used_up:
            if limit.of_account:
                work.session.merge(
                    Hold(
                        person_id=person_id,
                        bucket=bucket,
                        window=window,
                        until=limit.ends(work.now),
                    )
                )

    def refund(self, session: Session) -> None:
        """Take the attempt back. Own failures of this account here are forgiven altogether."""
        for limit, bucket, window in self.counted:  # one by one, in the order they were counted
            forgiven = limit in {PAIR, KNOWN_DEVICE, AGAIN, CODE_PAIR}
            session.execute(
                update(Attempt)
                .where(Attempt.bucket == bucket, Attempt.window == window)
                .values(count=0 if forgiven else Attempt.count - 1)
                .execution_options(synchronize_session=False)
            )


@dataclass(frozen=True, kw_only=True)
class Attempts:
    """From where an attempt comes. `key` keeps names and addresses out of the table in clear."""

    address: str
    key: str
    device: str = ""
    known_accounts: frozenset[str] = frozenset()

    @property
    def origin(self) -> str:
        """The address as the journal may hold it."""
        return self.digest("origin", network_of(self.address))[:16]

    def digest(self, kind: str, value: str) -> str:
        """A keyed digest: the same for the same value, of no use to whoever reads the table."""
        words = f"{kind}\x00{value}".encode()
        return hmac.new(self.key.encode(), words, hashlib.sha256).hexdigest()[:32]

    def mark_of(self, account: str) -> str:
        """How a browser's mark names an account."""
        return self.digest("mark", account)

    def reserve(self, session: Session, clock: Clock, *, account: str) -> Tried:
        """Count one attempt to sign in. Raises TooManyAttempts."""
        if self.device and self.mark_of(account) in self.known_accounts:
            return self._count(session, clock, ((KNOWN_DEVICE, f"{self.device}\x00{account}"),))
        network = network_of(self.address)
        return self._count(
            session,
            clock,
            (
                (PAIR, f"{account}\x00{network}"),
                (ACCOUNT, account),
                (ADDRESS, network),
                (OVERALL, ""),
            ),
        )

    def reserve_forgotten(self, session: Session, clock: Clock, *, account: str) -> None:
        """Count one request for a link by mail; it is never given back."""
        network = network_of(self.address)
        self._count(
            session,
            clock,
            (
                (FORGOTTEN_PAIR, f"{account}\x00{network}"),
                (FORGOTTEN_ACCOUNT, account),
                (FORGOTTEN_ADDRESS, network),
                (FORGOTTEN_OVERALL, ""),
            ),
        )

    def reserve_again(self, session: Session, clock: Clock, *, person_id: str) -> Tried:
        """Count one attempt of a signed-in person to confirm the password."""
        return self._count(session, clock, ((AGAIN, person_id),))

    def reserve_code(self, session: Session, clock: Clock, *, person_id: str) -> Tried:
        """Count one code of the second step. Raises TooManyAttempts."""
        network = network_of(self.address)
        return self._count(
            session,
            clock,
            (
                (CODE_PAIR, f"{person_id}\x00{network}"),
                (CODE_ACCOUNT, person_id),
                (CODE_DAY, person_id),
                (CODE_ADDRESS, network),
            ),
            refusal=TooManyCodes,
        )

    def _count(
        self,
        session: Session,
        clock: Clock,
        wanted: Sequence[tuple[Limit, str]],
        *,
        refusal: type[TooManyAttempts] = TooManyAttempts,
    ) -> Tried:
        with write(session, SYSTEM, clock) as work:
            # always in the same order, so that two attempts cannot wait for each other
            counted = tuple(
                sorted(
                    (
                        (
                            limit,
                            f"{limit.kind}:{self.digest(limit.kind, value)}",
                            limit.window(work.now),
                        )
                        for limit, value in wanted
                    ),
                    key=lambda each: each[1],
                )
            )
            counts = [_add_one(session, bucket, window) for _, bucket, window in counted]
            with_counts = tuple(zip(counted, counts, strict=True))
            over = [
                each[0].ends(work.now) - work.now
                for each, count in with_counts
                if count > each[0].most
            ]
            if over:
                raise refusal(max(over))  # leaving the block uncounts all of them
            forget_old(session, now=work.now)
        return Tried(counted, tuple(each for each, count in with_counts if count == each[0].most))


def _add_one(session: Session, bucket: str, window: int) -> int:
    """Count in one statement, on either engine; the new count comes back."""
    dialect = session.get_bind(Attempt).dialect.name
    insert = postgresql.insert if dialect == "postgresql" else sqlite.insert
    statement = insert(Attempt).values(bucket=bucket, window=window, count=1)
    return int(
        session.execute(
            statement.on_conflict_do_update(
                index_elements=[Attempt.bucket, Attempt.window],
                set_={"count": Attempt.count + 1},
            ).returning(Attempt.count)
        ).scalar_one()
    )


def forget_old(session: Session, *, now: datetime) -> int:
    """Remove counters that no limit asks about any more."""
    oldest = int(now.timestamp()) // 60 - KEPT_MINUTES
    session.execute(
        delete(Hold).where(Hold.until < now).execution_options(synchronize_session=False)
    )
    removed = session.execute(
        delete(Attempt).where(Attempt.window < oldest).execution_options(synchronize_session=False)
    )
    return removed.rowcount if isinstance(removed, CursorResult) else 0


def lift_holds(work: Work, person_id: str, *, codes: bool = True) -> bool:
    """Give an account its attempts back; whether it had any hold. Without `codes` those of the
    second step stay: whoever reads somebody's mail must not guess codes for it."""
    which = [Hold.person_id == person_id]
    if not codes:
        which.append(Hold.bucket.not_like("code-%"))
    held = work.session.execute(
        select(Hold.bucket, Hold.window).where(*which, Hold.until > work.now)
    ).all()
    if held:
        work.session.execute(
            delete(Attempt)
            .where(
                or_(
                    *(
                        and_(Attempt.bucket == row.bucket, Attempt.window == row.window)
                        for row in held
                    )
                )
            )
            .execution_options(synchronize_session=False)
        )
    work.session.execute(delete(Hold).where(*which).execution_options(synchronize_session=False))
    return bool(held)
