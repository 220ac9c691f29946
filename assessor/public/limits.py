"""How many files may somebody have checked, so that the check stays open for everybody?

Asking by code is only reading and is not counted. A file costs reading and hashing: each address
has its share, and all together have one.
"""

from dataclasses import dataclass

from sqlalchemy.orm import Session

from assessor.accounts.limits import Attempts, Limit, TooManyAttempts, network_of
from assessor.journal.work import Clock
from assessor.sentences import Refused, Sentence

FILES = Limit("check", 30, 5)
ALL_FILES = Limit("check-all", 600, 5)


@dataclass(frozen=True, kw_only=True)
class FileChecks(Attempts):
    """Counts files that are handed in to be checked."""

    def count(self, session: Session, clock: Clock) -> None:
        """Count one. Raises Refused with the time to wait."""
        try:
            self._count(session, clock, ((FILES, network_of(self.address)), (ALL_FILES, "")))
        except TooManyAttempts as error:
            minutes = max(1, -(-int(error.wait.total_seconds()) // 60))
            raise Refused(
                Sentence(
                    "Sudah banyak berkas diperiksa dari jaringan ini. Tunggu %(minutes)s menit, "
                    "lalu coba lagi. Memeriksa dengan kode tetap bisa.",
                    {"minutes": minutes},
                )
            ) from None
