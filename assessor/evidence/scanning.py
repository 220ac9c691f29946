"""Was a piece scanned, and what follows from the answer?

Fail closed: where a scanner is set up and says nothing, the file is kept and waits as not
scanned; only who sent it and the assigned assessors see it, and a job asks again. What the scanner
knows is refused at the door. If it is found later, nobody gets the file any more.
"""

import logging
from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from assessor.access.actor import SYSTEM, Actor
from assessor.access.rules import Subject
from assessor.evidence.events import EvidenceScanned
from assessor.evidence.models import Evidence
from assessor.evidence.queries import Piece
from assessor.evidence.scan_models import EvidenceScan, ScanState
from assessor.jobs.queue import Claimed, NotNeeded, Postponed, enqueue
from assessor.journal.work import Clock, Work, write
from assessor.sentences import Refused, Sentence
from evidence_store.scanning import Scanner, ScannerDown
from evidence_store.store import Staged, Store, StoreError

log = logging.getLogger("assessor.evidence")

SCAN = "evidence.scan"
SOON = timedelta(minutes=1)
WAITS_BETWEEN = tuple(timedelta(minutes=each) for each in (1, 2, 5, 10))
WAITS = Sentence(
    "Berkas belum dipindai virus; sampai itu selesai hanya Anda dan tim penilai yang melihatnya."
)


def scan_staged(scanner: Scanner | None, staged: Staged, name: str) -> ScanState | None:
    """What the scanner says of a file that is coming in; None where there is no scanner. Raises
    Refused for a file that it knows."""
    if scanner is None:
        return None
    try:
        with staged.path.open("rb") as file:
            found = scanner.scan(file)
    except ScannerDown as error:
        log.warning("a file waits to be scanned: %s", error)
        return ScanState.waiting
    if found is None:
        return ScanState.clean
    raise Refused(
        Sentence(
            "Pemindai menemukan virus di “%(name)s” (%(found)s), jadi berkas tidak disimpan. "
            "Periksa perangkat Anda dengan antivirus, lalu kirim berkas yang bersih.",
            {"name": name, "found": found},
        )
    )


def note_scan(work: Work, evidence_id: str, state: ScanState | None) -> None:
    """Keep the answer with the piece; who waits is asked for again by a job."""
    if state is None:
        return
    work.session.add(EvidenceScan(evidence_id=evidence_id, state=state, found=None, since=work.now))
    if state is ScanState.waiting:
        payload = {"evidence": evidence_id}
        enqueue(work, kind=SCAN, payload=payload, run_at=work.now + SOON)


def scan_later(
    session: Session, clock: Clock, claimed: Claimed, *, store: Store, scanner: Scanner | None
) -> None:
    """Ask again about a piece that waits."""
    evidence_id = claimed.payload["evidence"]
    digest = session.scalars(
        select(Evidence.digest)
        .join(EvidenceScan, EvidenceScan.evidence_id == Evidence.id)
        .where(Evidence.id == evidence_id, EvidenceScan.state == ScanState.waiting)
    ).one_or_none()
    session.rollback()
    if digest is None:
        raise NotNeeded("scanned")
    if scanner is None:
        raise Postponed("no scanner")
    try:
        with store.open(digest) as file:
            found = scanner.scan(file)
    except (ScannerDown, StoreError, OSError) as error:
        raise Postponed(f"scanner: {type(error).__name__}") from error
    with write(session, SYSTEM, clock) as work:
        row = session.get_one(EvidenceScan, evidence_id)
        row.state = ScanState.clean if found is None else ScanState.found
        row.found, row.since = found, work.now
        work.record(EvidenceScanned(subject=evidence_id, state=row.state.value, found=found))


def may_see(actor: Actor, piece: Piece, subject: Subject) -> bool:
    """Whether a piece that is not known to be clean is anybody's to see."""
    if piece.scan in (None, ScanState.clean):
        return True
    return actor.person_id is not None and (
        actor.person_id == piece.uploaded_by or actor.person_id in subject.team
    )


@dataclass(frozen=True)
class Waiting:
    """How much the scanner has not answered for."""

    waiting: int
    found: int
    never: int


def count_scans(session: Session) -> Waiting:
    """One query each for what waits, what was found, and what was never to be scanned."""
    states = dict(
        session.execute(select(EvidenceScan.state, func.count()).group_by(EvidenceScan.state)).all()
    )
    every = session.scalars(select(func.count()).select_from(Evidence)).one()
    return Waiting(
        waiting=states.get(ScanState.waiting, 0),
        found=states.get(ScanState.found, 0),
        never=every - sum(states.values()),
    )
