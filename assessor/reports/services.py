"""How is a report issued, and made again to compare?

The paper is made outside any transaction: what it needs is read first, the bytes are kept in the
store, then one short transaction records them. A report that exists is given back as it is.
"""

from dataclasses import dataclass

from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from assessor import __version__
from assessor.access.actor import SYSTEM, Actor
from assessor.access.decide import ensure
from assessor.access.permissions import Permission
from assessor.assessments.models import Assessment
from assessor.assessments.queries import subject_of
from assessor.assessments.seal import BrokenSeal
from assessor.database.base import new_id
from assessor.evidence.access_log import checkpoint_access_log
from assessor.evidence.quarantine import out_of_sight
from assessor.journal.checkpoints import Signer, make_checkpoint
from assessor.journal.models import JournalCheckpoint
from assessor.journal.work import Clock, write
from assessor.reports.codes import new_code
from assessor.reports.drawings import LARGEST_PICTURE
from assessor.reports.events import ReportIssued
from assessor.reports.models import IssuedReport
from assessor.reports.paper import render
from assessor.reports.phrases import LANGUAGES
from assessor.reports.queries import Sealed, checkpoint_facts, get_sealed, issued_report
from assessor.reports.reading import CheckpointFacts
from assessor.sentences import Refused, Sentence
from evidence_store.store import Store, StoreError

_NOT_SEALED = Sentence("Laporan baru dapat diterbitkan setelah penilaian dikunci.")
_NO_LANGUAGE = Sentence("Laporan tersedia dalam bahasa Indonesia dan Inggris. Pilih salah satu.")
_BROKEN = Sentence(
    "Isi yang dikunci tidak cocok dengan akarnya, sehingga laporan tidak diterbitkan. "
    "Hubungi administrator."
)


@dataclass(frozen=True)
class _Imprint:
    """What stands on the paper besides the content."""

    checkpoint_id: str
    checkpoint: CheckpointFacts
    code: str
    check_url: str
    language: str
    version: str


def issue_report(
    session: Session,
    actor: Actor,
    clock: Clock,
    *,
    store: Store,
    signer: Signer,
    assessment_id: str,
    language: str,
    base_url: str,
) -> IssuedReport:
    """Issue the report of a sealed assessment in a language, or give the one that there is.
    `base_url` is where the public check answers. Raises Refused."""
    if language not in LANGUAGES:
        raise Refused(_NO_LANGUAGE)
    _ensure_may(session, actor, assessment_id)
    found = issued_report(session, assessment_id, language)
    if found is not None:
        return found
    sealed = _sealed(session, assessment_id)
    checkpoint_access_log(session, SYSTEM, clock)  # what was read so far is signed along
    code = new_code()
    imprint = _imprint(
        make_checkpoint(session, signer, clock),
        code=code,
        check_url=f"{base_url}/check/{code}",
        language=language,
        version=__version__,
    )
    hidden = _hidden(session, imprint)
    session.rollback()  # nothing waits while the paper is made
    data = _make(sealed, imprint, store, hidden)
    digest = store.keep_bytes(data)
    try:
        return _record(session, actor, clock, assessment_id, imprint, digest, len(data))
    except IntegrityError:  # somebody else issued it in this very moment
        session.rollback()
        found = issued_report(session, assessment_id, language)
        if found is None:
            raise
        return found


def _ensure_may(session: Session, actor: Actor, assessment_id: str) -> Assessment:
    assessment = session.get_one(Assessment, assessment_id)
    ensure(actor, Permission.see_assessment, subject_of(session, assessment))
    return assessment


def _sealed(session: Session, assessment_id: str) -> Sealed:
    try:
        sealed = get_sealed(session, assessment_id)
    except BrokenSeal as error:
        raise Refused(_BROKEN) from error
    if sealed is None:
        raise Refused(_NOT_SEALED)
    return sealed


def _imprint(
    checkpoint: JournalCheckpoint, *, code: str, check_url: str, language: str, version: str
) -> _Imprint:
    return _Imprint(
        checkpoint_id=checkpoint.id,
        checkpoint=checkpoint_facts(checkpoint),
        code=code,
        check_url=check_url,
        language=language,
        version=version,
    )


def _hidden(session: Session, imprint: _Imprint) -> frozenset[str]:
    """The pictures that were in quarantine when the paper was issued."""
    made = session.get_one(JournalCheckpoint, imprint.checkpoint_id)
    return out_of_sight(session, made.at)


def _make(sealed: Sealed, imprint: _Imprint, store: Store, hidden: frozenset[str]) -> bytes:
    def thumb(digest: str) -> bytes | None:
        if digest == sealed.logo_digest:
            return sealed.logo
        if digest in hidden:
            return None
        try:
            with store.open(digest) as file:
                return file.read(LARGEST_PICTURE + 1)
        except StoreError:
            return None

    return render(
        sealed.content,
        root=sealed.root,
        checkpoint=imprint.checkpoint,
        code=imprint.code,
        check_url=imprint.check_url,
        language=imprint.language,
        thumbs=thumb,
        version=imprint.version,
    )


def _record(
    session: Session,
    actor: Actor,
    clock: Clock,
    assessment_id: str,
    imprint: _Imprint,
    digest: str,
    size: int,
) -> IssuedReport:
    with write(session, actor, clock) as work:
        assessment = _ensure_may(session, actor, assessment_id)
        found = issued_report(session, assessment_id, imprint.language)
        if found is not None:
            return found
        issued = IssuedReport(
            id=new_id(),
            assessment_id=assessment_id,
            language=imprint.language,
            code=imprint.code,
            check_url=imprint.check_url,
            digest=digest,
            size=size,
            version=imprint.version,
            checkpoint_id=imprint.checkpoint_id,
            issued_at=work.now,
        )
        session.add(issued)
        work.record(
            ReportIssued(
                subject=issued.id,
                auditee=assessment.auditee_id,
                assessment=assessment_id,
                language=imprint.language,
                code=imprint.code,
                digest=digest,
                size=size,
                version=imprint.version,
                checkpoint_seq=imprint.checkpoint.seq,
            )
        )
    return issued


def remake(session: Session, store: Store, issued: IssuedReport) -> bytes:
    """The report made again from what it was made from. By the same version of the product the
    bytes are the same; whoever compares says so. Raises Refused."""
    sealed = _sealed(session, issued.assessment_id)
    checkpoint = session.get_one(JournalCheckpoint, issued.checkpoint_id)
    imprint = _imprint(
        checkpoint,
        code=issued.code,
        check_url=issued.check_url,
        language=issued.language,
        version=issued.version,
    )
    hidden = _hidden(session, imprint)
    session.rollback()
    return _make(sealed, imprint, store, hidden)
