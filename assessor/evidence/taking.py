"""How does a file that arrived in parts become evidence: now, or by a job?"""

from collections.abc import Callable
from typing import BinaryIO

from sqlalchemy.orm import Session
from werkzeug.datastructures import MultiDict

from assessor.access.actor import Actor
from assessor.accounts.queries import actor_of
from assessor.evidence.forms import UploadForm, what_is_said
from assessor.evidence.services import HandedIn, hand_in
from assessor.evidence.upload_models import UploadState
from assessor.evidence.uploads import Underway, end, find_upload, finish
from assessor.jobs.queue import Claimed, NotNeeded, Postponed
from assessor.journal.work import Clock
from evidence_store.scanning import Scanner
from evidence_store.store import Store, StoreError


def take_as(
    session: Session,
    actor: Actor,
    clock: Clock,
    *,
    store: Store,
    limit: int,
    scanner: Scanner | None,
) -> Callable[[Underway, BinaryIO], HandedIn]:
    """What hands in a whole file in somebody's name."""

    def take(upload: Underway, whole: BinaryIO) -> HandedIn:
        form = UploadForm(MultiDict(upload.said))
        return hand_in(
            session,
            actor,
            clock,
            store=store,
            limit=limit,
            scanner=scanner,
            auditee_id=upload.auditee_id,
            stream=whole,
            name=upload.name,
            title=form.title.data or "",
            **what_is_said(form),
        )

    return take


def finish_later(
    session: Session,
    clock: Clock,
    claimed: Claimed,
    *,
    store: Store,
    limit: int,
    scanner: Scanner | None,
) -> None:
    """What the request that brought the last byte did not live to do."""
    upload = find_upload(session, claimed.payload["upload"])
    if upload is None or upload.state is not UploadState.checking:
        raise NotNeeded("finished")
    actor = actor_of(session, upload.person_id, now=clock())
    session.rollback()
    take = take_as(session, actor, clock, store=store, limit=limit, scanner=scanner)
    try:
        finish(session, store=store, upload_id=upload.id, take=take)
    except (OSError, StoreError) as error:
        raise Postponed(f"store: {type(error).__name__}") from error


def expire(session: Session, claimed: Claimed, *, store: Store) -> None:
    """What nobody has finished is forgotten; what became of the others was told long ago."""
    upload = find_upload(session, claimed.payload["upload"])
    if upload is None:
        raise NotNeeded("ended")
    if upload.state is UploadState.checking:
        raise Postponed("checking")
    end(session, store=store, upload_id=upload.id)
