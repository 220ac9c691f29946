"""How does a file become evidence, and how is it taken back?

Receiving, inspecting and copying happen before the transaction; what is kept by then and gets no
row is an orphan that the next sweep removes. Evidence is never changed and never deleted: a
better copy is a new piece that names the old one, and answers go on citing what they cited.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from typing import BinaryIO

from sqlalchemy import select
from sqlalchemy.orm import Session

from assessor.access.actor import Actor
from assessor.access.decide import decide, ensure
from assessor.access.permissions import Permission
from assessor.auditees.models import Auditee
from assessor.client_identity import refuse_identity
from assessor.database.base import new_id
from assessor.evidence.declaration import WORDINGS
from assessor.evidence.describing import ensure_describable, is_of_own_side
from assessor.evidence.events import EvidenceHandedIn, EvidenceWithdrawn
from assessor.evidence.models import Evidence, EvidenceKind, Source
from assessor.evidence.names import LONGEST_TITLE, named_for_all, paragraphs, plain, title_from
from assessor.evidence.queries import (
    Piece,
    State,
    piece,
    same_bytes,
    sealed_citations,
    subject_of,
)
from assessor.evidence.refusals import remarks, why_refused
from assessor.evidence.scan_models import ScanState
from assessor.evidence.scanning import WAITS, note_scan, scan_staged
from assessor.journal.work import Clock, Work, write
from assessor.sentences import NotPermitted, Refused, Sentence, Stale
from assessor.ui.formats import Zone, day_in
from evidence_store.derivatives import NotViewable, view_copies
from evidence_store.inspection import Limits, Reason, Verdict, inspect
from evidence_store.scanning import Scanner
from evidence_store.store import Empty, Staged, Store, TooLarge

LONGEST_REASON = 2000
_EARLIEST = date(1945, 1, 1)


@dataclass(frozen=True)
class HandedIn:
    """What became of a file that was taken: a new piece, or the one that was there already."""

    evidence_id: str
    title: str
    name: str
    is_new: bool
    state: State
    remarks: tuple[Sentence, ...] = ()


@dataclass(frozen=True)
class _Said:
    """What the sender says of a file, checked as far as that needs no database."""

    name: str
    title: str
    stands_for: date | None
    kind: EvidenceKind
    declaration: str
    replaces: str | None
    paper: str
    valid_until: date | None


@dataclass(frozen=True)
class _Kept:
    """What lies in the store by now."""

    digest: str
    size: int
    media_type: str
    thumb: str
    pages: tuple[str, ...]
    page_count: int


def hand_in(  # noqa: PLR0913  one keyword for each thing that is said of a file
    session: Session,
    actor: Actor,
    clock: Clock,
    *,
    store: Store,
    limit: int,
    auditee_id: str,
    stream: BinaryIO,
    name: str,
    title: str,
    stands_for: date | None,
    kind: EvidenceKind,
    declaration: str,
    replaces: str | None = None,
    paper: str = "",
    valid_until: date | None = None,
    scanner: Scanner | None = None,
) -> HandedIn:
    """Take a file as evidence of an auditee. The same bytes again give the piece that is there.
    Raises Refused with a sentence that names the file, the reason and what to do."""
    # what was typed can be typed otherwise; a name that a phone gave is replaced without asking
    shown, typed = named_for_all(name), plain(title, LONGEST_TITLE)
    refuse_identity(typed)
    said = _Said(
        name=shown,
        title=typed or title_from(shown),
        stands_for=stands_for,
        kind=kind,
        declaration=declaration,
        replaces=replaces,
        paper=paper,
        valid_until=valid_until,
    )
    ensure_describable(paper, stands_for, valid_until)
    if declaration not in WORDINGS:
        raise Refused(
            Sentence("Nyatakan dulu bahwa tidak ada klien yang dapat dikenali di dalam berkas.")
        )
    limits = Limits(max_bytes=limit)
    with _received(store, stream, said.name, limits) as staged:
        verdict = inspect(staged.path, name=name, limits=limits)
        if not verdict.accepted:
            raise Refused(why_refused(verdict, name=said.name, limits=limits))
        noticed = remarks(verdict, name=said.name)
        scan = scan_staged(scanner, staged, said.name)
        there = same_bytes(session, auditee_id, staged.digest)
        session.rollback()  # no read transaction stays open while copies are made
        kept = None if there is not None else _keep(store, staged, verdict, said.name, limits)
    with write(session, actor, clock) as work:
        source = _ensure_may(work, auditee_id, said)
        there = same_bytes(session, auditee_id, staged.digest)
        if there is not None:
            return HandedIn(there.id, there.title, said.name, False, there.state)
        if said.replaces is not None:
            _ensure_replaceable(session, auditee_id, said.replaces)
        if kept is None:  # withdrawn by somebody in this very moment
            raise Stale(
                Sentence(
                    "Bukti yang sama baru saja ditarik. Kirim “%(name)s” sekali lagi.",
                    {"name": said.name},
                )
            )
        if scan is ScanState.waiting:
            noticed += (WAITS,)
        return _record(work, auditee_id, said, kept, source=source, noticed=noticed, scan=scan)


@contextmanager
def _received(store: Store, stream: BinaryIO, name: str, limits: Limits) -> Iterator[Staged]:
    """The file, staged for the time of the block."""
    try:
        staged = store.stage(stream, limit=limits.max_bytes)
    except TooLarge:
        raise Refused(_why(Reason.TOO_LARGE, name, limits)) from None
    except Empty:
        raise Refused(_why(Reason.EMPTY, name, limits)) from None
    try:
        yield staged
    finally:
        store.discard(staged)


def _why(reason: Reason, name: str, limits: Limits) -> Sentence:
    return why_refused(
        Verdict(accepted=False, media_type=None, reason=reason), name=name, limits=limits
    )


def _keep(store: Store, staged: Staged, verdict: Verdict, name: str, limits: Limits) -> _Kept:
    """Make the copies and keep all of it for good."""
    media_type = str(verdict.media_type)
    try:
        views = view_copies(staged.path, media_type)
    except NotViewable as error:
        raise Refused(_why(error.reason, name, limits)) from None
    return _Kept(
        thumb=store.keep_bytes(views.thumb),
        pages=tuple(store.keep_bytes(page) for page in views.pages),
        page_count=views.total,
        media_type=media_type,
        size=staged.size,
        digest=store.keep(staged),
    )


def _ensure_may(work: Work, auditee_id: str, said: _Said) -> Source:
    """State and permission, asked inside the transaction."""
    # Uploads to one auditee wait for each other, so that the same bytes cannot come in twice.
    auditee = work.session.execute(
        select(Auditee).where(Auditee.id == auditee_id).with_for_update(key_share=True)
    ).scalar_one()
    subject = subject_of(work.session, auditee_id)
    ensure(work.actor, Permission.upload_evidence, subject)
    held = decide(work.actor, Permission.upload_evidence, subject).held
    _ensure_possible(said.stands_for, day_in(work.now, Zone(auditee.time_zone.value)))
    return Source.auditee if held is not None and held.auditee_id == auditee_id else Source.officer


def _ensure_possible(stands_for: date | None, today: date) -> None:
    if stands_for is not None and stands_for > today:
        raise Refused(Sentence("Tanggal bukti belum tiba. Isi hari ini atau sebelumnya."))
    if stands_for is not None and stands_for < _EARLIEST:
        raise Refused(Sentence("Tanggal bukti terlalu lama berlalu. Periksa tahunnya."))


def _ensure_replaceable(session: Session, auditee_id: str, replaced_id: str) -> None:
    old = piece(session, replaced_id)
    if old is None or old.auditee_id != auditee_id:
        raise Refused(Sentence("Bukti yang hendak diganti tidak ditemukan."))
    if old.state is State.withdrawn:
        raise Refused(
            Sentence(
                "“%(title)s” sudah ditarik. Kirim berkas ini sebagai bukti baru.",
                {"title": old.title},
            )
        )
    if old.state is State.quarantined:
        return  # a better copy is just what is needed
    if old.state is State.replaced:
        raise Refused(
            Sentence(
                "“%(title)s” sudah diganti lebih dulu. Buka penggantinya, lalu ganti yang itu.",
                {"title": old.title},
            )
        )


def _record(
    work: Work,
    auditee_id: str,
    said: _Said,
    kept: _Kept,
    *,
    source: Source,
    noticed: tuple[Sentence, ...],
    scan: ScanState | None,
) -> HandedIn:
    # Only a picture can be a photograph; several files share one answer to the question.
    kind = EvidenceKind.document if kept.media_type == "application/pdf" else said.kind
    evidence = Evidence(
        id=new_id(),
        auditee_id=auditee_id,
        kind=kind,
        title=said.title,
        original_name=said.name,
        stands_for=said.stands_for,
        paper=said.paper or None,
        valid_until=said.valid_until,
        digest=kept.digest,
        size=kept.size,
        media_type=kept.media_type,
        thumb_digest=kept.thumb,
        page_digests=list(kept.pages),
        page_count=kept.page_count,
        declaration=said.declaration,
        source=source,
        uploaded_by=_person(work.actor),
        created_at=work.now,
        replaces_id=said.replaces,
        quarantined_at=None,
        withdrawn_at=None,
        withdrawn_reason=None,
    )
    work.session.add(evidence)
    note_scan(work, evidence.id, scan)
    work.record(
        EvidenceHandedIn(
            subject=evidence.id,
            auditee=auditee_id,
            kind=kind.value,
            media_type=kept.media_type,
            size=kept.size,
            digest=kept.digest,
            stands_for=said.stands_for,
            source=source.value,
            declaration=said.declaration,
            replaces=said.replaces,
        )
    )
    return HandedIn(evidence.id, said.title, said.name, True, State.live, noticed)


def _person(actor: Actor) -> str:
    if actor.person_id is None:
        raise NotPermitted(Sentence("Masuk dulu untuk mengirim bukti."))
    return actor.person_id


def why_not_withdraw(actor: Actor, evidence: Piece) -> Sentence | None:
    """Whoever may withdraw at all takes back what one's own side handed in; nobody makes the
    other side's proof disappear from the list. None when nothing stands against it."""
    if evidence.withdrawn_at is not None:
        return Sentence("Bukti ini sudah ditarik.")
    if is_of_own_side(
        actor,
        auditee_id=evidence.auditee_id,
        source=evidence.source,
        uploaded_by=evidence.uploaded_by,
    ):
        return None
    if evidence.auditee_id in actor.auditees():
        return Sentence(
            "Bukti ini diserahkan petugas, jadi hanya petugas yang dapat menariknya. Sampaikan "
            "keberatan Anda kepada tim penilai."
        )
    return Sentence(
        "Bukti ini diserahkan lembaga atau unit sendiri, jadi hanya mereka yang dapat menariknya."
    )


def withdraw(session: Session, actor: Actor, clock: Clock, *, evidence_id: str, reason: str) -> int:
    """Take a piece off the list, with the reason. It stays readable where it is cited; comes
    back: in how many sealed assessments that is."""
    reason = paragraphs(reason, LONGEST_REASON)
    if not reason:
        raise Refused(Sentence("Tulis alasan penarikan, agar orang lain dapat memahaminya."))
    refuse_identity(reason)
    with write(session, actor, clock) as work:
        evidence = session.execute(
            select(Evidence).where(Evidence.id == evidence_id).with_for_update()
        ).scalar_one()
        ensure(actor, Permission.withdraw_evidence, subject_of(session, evidence.auditee_id))
        shown = piece(session, evidence_id)
        if shown is not None and (why := why_not_withdraw(actor, shown)) is not None:
            raise Refused(why)
        evidence.withdrawn_at = work.now
        evidence.withdrawn_reason = reason
        work.record(
            EvidenceWithdrawn(
                subject=evidence.id, auditee=evidence.auditee_id, digest=evidence.digest
            ),
            why=reason,
        )
        return sealed_citations(session, evidence_id)
