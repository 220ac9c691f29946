"""How does a file arrive in parts, so that no acknowledged byte is lost whatever breaks?

A part is made lasting in the store before the offset in the database moves past it, and only
then is it acknowledged. Whoever comes second with the same offset is told where it stands. With
the last byte a job is put in that looks into the file; the request that brought it does so at
once, and if it dies the job does it. Nothing of this is evidence before `hand_in` says so.
"""

from collections.abc import Callable, Mapping
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, BinaryIO

from sqlalchemy import CursorResult, delete, select, update
from sqlalchemy.orm import Session

from assessor.access.actor import Actor
from assessor.database.base import new_id
from assessor.database.short_write import short_write
from assessor.evidence.names import shown_name
from assessor.evidence.quota import ensure_room
from assessor.evidence.services import HandedIn
from assessor.evidence.upload_models import Upload, UploadPart, UploadState
from assessor.jobs.queue import enqueue_at
from assessor.journal.work import Clock
from assessor.sentences import NotPermitted, Refused, Sentence
from evidence_store.store import Empty, Missing, PartName, Staged, Store

LASTS = timedelta(days=7)
FINISH, EXPIRE = "evidence.finish_upload", "evidence.expire_upload"
# The request that brought the last byte looks into the file at once; a job comes after it.
_HEAD_START = timedelta(minutes=2)


class WrongOffset(Exception):
    """The bytes are not those that come next."""


class WrongBytes(Exception):
    """The bytes are not those that were sent."""


class NoSuchUpload(Exception):
    """It was ended, has expired, or never was."""


@dataclass(frozen=True, kw_only=True)
class Underway:
    """A file on its way in."""

    id: str
    auditee_id: str
    person_id: str
    name: str
    said: Mapping[str, str]
    length: int
    received: int
    state: UploadState
    expires_at: datetime
    evidence_id: str | None
    told: Mapping[str, Any] | None


def find_upload(session: Session, upload_id: str) -> Underway | None:
    """An upload by its id: one query."""
    row = session.execute(
        select(
            Upload.id,
            Upload.auditee_id,
            Upload.person_id,
            Upload.name,
            Upload.said,
            Upload.length,
            Upload.received,
            Upload.state,
            Upload.expires_at,
            Upload.evidence_id,
            Upload.told,
        ).where(Upload.id == upload_id)
    ).one_or_none()
    return None if row is None else Underway(**row._mapping)


def known_parts(session: Session) -> set[PartName]:
    """Every part that an upload leans on, so that nothing of it is swept away."""
    return set(session.scalars(select(UploadPart.name)))


# ---- the four acts of a sender ----


def begin(
    session: Session,
    actor: Actor,
    clock: Clock,
    *,
    auditee_id: str,
    name: str,
    said: Mapping[str, str],
    length: int,
) -> Underway:
    """Make a place for a file. Raises OverQuota."""
    ensure_room(session, auditee_id, length)
    with short_write(session):
        now = clock()
        upload = Upload(
            id=new_id(),
            auditee_id=auditee_id,
            person_id=actor.person_id,
            name=name,
            said=dict(said),
            length=length,
            received=0,
            state=UploadState.receiving,
            created_at=now,
            expires_at=now + LASTS,
            evidence_id=None,
            told=None,
        )
        session.add(upload)
        enqueue_at(session, kind=EXPIRE, payload={"upload": upload.id}, now=now, run_at=now + LASTS)
        upload_id = upload.id
    return _found(session, upload_id)


def _found(session: Session, upload_id: str) -> Underway:
    upload = find_upload(session, upload_id)
    session.rollback()  # no read transaction stays open while bytes arrive
    if upload is None:
        raise NoSuchUpload(upload_id)
    return upload


def append(
    session: Session,
    clock: Clock,
    *,
    store: Store,
    upload_id: str,
    offset: int,
    stream: BinaryIO,
    accept: Callable[[Staged], bool] = lambda _: True,
) -> Underway:
    """Receive the bytes from an offset on. `accept` is asked when they are here, before they
    count. Raises WrongOffset, WrongBytes, TooLarge; what the store raises when it is full."""
    upload = _found(session, upload_id)
    if offset != upload.received or upload.state is not UploadState.receiving:
        raise WrongOffset
    try:
        staged = store.stage(stream, limit=upload.length - offset)
    except Empty:
        return upload
    try:
        if not accept(staged):
            raise WrongBytes
        part = store.keep_part(staged)
    finally:
        store.discard(staged)
    try:
        _count(session, clock, upload, part=part, size=staged.size)
    except WrongOffset:
        store.drop_parts([part])
        raise
    return _found(session, upload_id)


def _count(session: Session, clock: Clock, upload: Underway, *, part: str, size: int) -> None:
    """Let the offset move past a part, if nobody else has moved it."""
    reached = upload.received + size
    whole = reached == upload.length
    with short_write(session):
        moved = session.execute(
            update(Upload)
            .where(
                Upload.id == upload.id,
                Upload.received == upload.received,
                Upload.state == UploadState.receiving,
            )
            .values(
                received=reached, state=UploadState.checking if whole else UploadState.receiving
            )
            .execution_options(synchronize_session=False)
        )
        if not isinstance(moved, CursorResult) or moved.rowcount != 1:
            raise WrongOffset
        session.add(UploadPart(upload_id=upload.id, start=upload.received, size=size, name=part))
        if whole:
            now = clock()
            payload = {"upload": upload.id}
            enqueue_at(session, kind=FINISH, payload=payload, now=now, run_at=now + _HEAD_START)


def end(session: Session, *, store: Store, upload_id: str) -> None:
    """Forget an upload and its bytes. What became evidence stays."""
    parts = _parts(session, upload_id)
    with short_write(session):
        session.execute(delete(UploadPart).where(UploadPart.upload_id == upload_id))
        session.execute(delete(Upload).where(Upload.id == upload_id))
    store.drop_parts(parts)


def _parts(session: Session, upload_id: str) -> list[PartName]:
    names = session.scalars(
        select(UploadPart.name).where(UploadPart.upload_id == upload_id).order_by(UploadPart.start)
    ).all()
    session.rollback()
    return list(names)


# ---- when all bytes are here ----


def finish(
    session: Session,
    *,
    store: Store,
    upload_id: str,
    take: Callable[[Underway, BinaryIO], HandedIn],
) -> Underway:
    """Let `take` make evidence of the whole file, and note what became of it. A second time
    changes nothing: the same bytes give the piece that is there."""
    upload = _found(session, upload_id)
    if upload.state is not UploadState.checking:
        return upload
    parts = _parts(session, upload_id)
    try:
        with closing(store.open_parts(parts)) as whole:
            handed_in = take(upload, whole)
    except (Refused, NotPermitted) as refused:
        session.rollback()
        _note(session, upload_id, UploadState.refused, None, [refused.sentence])
    except Missing:  # the store was brought back from a backup, which holds no parts
        session.rollback()
        _note(session, upload_id, UploadState.refused, None, [_lost(upload.name)])
    else:
        _note(
            session,
            upload_id,
            UploadState.taken,
            handed_in.evidence_id,
            handed_in.remarks,
            is_new=handed_in.is_new,
        )
    store.drop_parts(parts)
    return _found(session, upload_id)


def _lost(name: str) -> Sentence:
    return Sentence(
        "Sebagian dari “%(name)s” tidak ada lagi di tempat kami. Kirim berkas ini sekali lagi.",
        {"name": shown_name(name)},
    )


def _note(
    session: Session,
    upload_id: str,
    state: UploadState,
    evidence_id: str | None,
    sentences: Any,
    *,
    is_new: bool = False,
) -> None:
    told = {
        "is_new": is_new,
        "sentences": [{"text": each.text, "values": dict(each.values)} for each in sentences],
    }
    with short_write(session):
        session.execute(
            update(Upload)
            .where(Upload.id == upload_id, Upload.state == UploadState.checking)
            .values(state=state, evidence_id=evidence_id, told=told)
            .execution_options(synchronize_session=False)
        )
        session.execute(delete(UploadPart).where(UploadPart.upload_id == upload_id))


def sentences_of(upload: Underway) -> tuple[Sentence, ...]:
    """What was said of the file."""
    told = upload.told or {}
    return tuple(Sentence(each["text"], each["values"]) for each in told.get("sentences", ()))
