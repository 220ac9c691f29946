"""How are the minutes of a closing issued, and made again to compare?

As with a report, the paper is made outside any transaction from bytes that never change. Minutes
that exist are given back as they are.
"""

from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from assessor import __version__
from assessor.access.actor import Actor
from assessor.access.decide import ensure
from assessor.access.permissions import Permission
from assessor.assessments.models import Assessment
from assessor.assessments.queries import subject_of
from assessor.assessments.seal import BrokenSeal
from assessor.assessments.visit_models import Closing
from assessor.database.base import new_id
from assessor.journal.work import Clock, write
from assessor.reports.codes import new_code
from assessor.reports.events import MinutesIssued
from assessor.reports.minutes import render_minutes
from assessor.reports.models import IssuedMinutes
from assessor.reports.phrases import LANGUAGES
from assessor.reports.queries import Sealed, get_frozen, issued_minutes, source_of
from assessor.sentences import Refused, Sentence
from evidence_store.store import Store

_NO_LANGUAGE = Sentence(
    "Berita acara tersedia dalam bahasa Indonesia dan Inggris. Pilih salah satu."
)
_BROKEN = Sentence(
    "Isi yang dibekukan tidak cocok dengan akarnya, sehingga berita acara tidak diterbitkan. "
    "Hubungi administrator."
)


def issue_minutes(
    session: Session,
    actor: Actor,
    clock: Clock,
    *,
    store: Store,
    closing_id: str,
    language: str,
    base_url: str,
) -> IssuedMinutes:
    """Issue the minutes of a closing in a language, or give those that there are. `base_url` is
    where the public check answers. Raises NotPermitted, Refused."""
    if language not in LANGUAGES:
        raise Refused(_NO_LANGUAGE)
    closing = _closing_for(session, actor, closing_id)
    found = issued_minutes(session, closing, language)
    if found is not None:
        return found
    frozen = _frozen(session, source_of(closing))
    session.rollback()  # nothing waits while the paper is made
    code = new_code()
    data = _made(
        frozen,
        code=code,
        check_url=f"{base_url}/check/{code}",
        language=language,
        version=__version__,
    )
    issued = IssuedMinutes(
        id=new_id(),
        language=language,
        code=code,
        check_url=f"{base_url}/check/{code}",
        digest=store.keep_bytes(data),
        size=len(data),
        version=__version__,
    )
    try:
        return _record(session, actor, clock, closing_id, issued)
    except IntegrityError:  # somebody else issued them in this very moment
        session.rollback()
        found = issued_minutes(session, session.get_one(Closing, closing_id), language)
        if found is None:
            raise
        return found


def _closing_for(session: Session, actor: Actor, closing_id: str) -> Closing:
    closing = session.get_one(Closing, closing_id)
    assessment = session.get_one(Assessment, closing.assessment_id)
    ensure(actor, Permission.see_assessment, subject_of(session, assessment))
    return closing


def _frozen(session: Session, closing_id: str) -> Sealed:
    try:
        return get_frozen(session, closing_id)
    except BrokenSeal as error:
        raise Refused(_BROKEN) from error


def _made(frozen: Sealed, *, code: str, check_url: str, language: str, version: str) -> bytes:
    return render_minutes(
        frozen.content,
        root=frozen.root,
        code=code,
        check_url=check_url,
        language=language,
        thumbs=lambda digest: frozen.logo if digest == frozen.logo_digest else None,
        version=version,
    )


def _record(
    session: Session, actor: Actor, clock: Clock, closing_id: str, issued: IssuedMinutes
) -> IssuedMinutes:
    with write(session, actor, clock) as work:
        closing = _closing_for(session, actor, closing_id)
        found = issued_minutes(session, closing, issued.language)
        if found is not None:
            return found
        issued.closing_id, issued.issued_at = source_of(closing), work.now
        session.add(issued)
        source = session.get_one(Closing, issued.closing_id)
        assessment = session.get_one(Assessment, source.assessment_id)
        work.record(
            MinutesIssued(
                subject=issued.id,
                auditee=assessment.auditee_id,
                assessment=assessment.id,
                closing=source.id,
                language=issued.language,
                code=issued.code,
                digest=issued.digest,
                size=issued.size,
                version=issued.version,
            )
        )
    return issued


def remake_minutes(session: Session, issued: IssuedMinutes) -> bytes:
    """The minutes made again from what they were made from; by the same version of the product
    the bytes are the same. Raises Refused."""
    frozen = _frozen(session, issued.closing_id)
    said = {
        "code": issued.code,
        "check_url": issued.check_url,
        "language": issued.language,
        "version": issued.version,
    }
    session.rollback()
    return _made(frozen, **said)
