"""What is a route of evidence about, and who may see it? For the guard."""

from dataclasses import dataclass

from flask import request

from assessor.access.guard import Loaded, the_actor
from assessor.access.permissions import Permission
from assessor.database.extension import db
from assessor.evidence import queries, uploads
from assessor.evidence.forms import MOST_FILES
from assessor.evidence.queries import Piece
from assessor.evidence.scanning import may_see
from assessor.ui.current import the_clock, the_settings

_ROOM_FOR_FIELDS = 1024 * 1024


@dataclass(frozen=True)
class OnePage:
    """One page of a piece, counted from 1."""

    piece: Piece
    number: int

    @property
    def digest(self) -> str:
        """The copy of this page."""
        return self.piece.page_digests[self.number - 1]


def loaded_owner(auditee_id: str) -> Loaded | None:
    """The auditee whose evidence it is."""
    owner = queries.owner(db.session(), auditee_id)
    if owner is None:
        return None
    subject = queries.subject_of(db.session(), auditee_id)
    return Loaded(owner, subject, seen_with=Permission.see_evidence)


def loaded_owner_for_upload(auditee_id: str) -> Loaded | None:
    """The same, with room for many files. The guard asks for it before anything is read, and
    not before somebody is signed in."""
    loaded = loaded_owner(auditee_id)
    if loaded is not None:
        room = MOST_FILES * the_settings().upload_limit + _ROOM_FOR_FIELDS
        request.max_content_length = room
    return loaded


def loaded_upload(upload_id: str) -> Loaded | None:
    """A file on its way in, for who sends it; nobody else knows of it."""
    upload = uploads.find_upload(db.session(), upload_id)
    if (
        upload is None
        or upload.person_id != the_actor().person_id
        or upload.expires_at <= the_clock()()
    ):
        return None
    request.max_content_length = the_settings().upload_limit + _ROOM_FOR_FIELDS
    subject = queries.subject_of(db.session(), upload.auditee_id)
    return Loaded(upload, subject, seen_with=Permission.upload_evidence)


def loaded_evidence(evidence_id: str) -> Loaded | None:
    """A piece of evidence that is not in quarantine."""
    loaded = loaded_even_quarantined(evidence_id)
    return None if loaded is None or loaded.thing.quarantined else loaded


def loaded_even_quarantined(evidence_id: str) -> Loaded | None:
    """A piece of evidence; whoever is given it shows nothing of what is in quarantine."""
    piece = queries.piece(db.session(), evidence_id)
    if piece is None:
        return None
    subject = queries.subject_of(db.session(), piece.auditee_id)
    if not may_see(the_actor(), piece, subject):
        return None
    return Loaded(piece, subject, seen_with=Permission.see_evidence)


def loaded_page(evidence_id: str, number: int) -> Loaded | None:
    """One page of a piece, if a copy of it was made."""
    loaded = loaded_evidence(evidence_id)
    if loaded is None or not 1 <= number <= len(loaded.thing.page_digests):
        return None
    return Loaded(OnePage(loaded.thing, number), loaded.subject, seen_with=loaded.seen_with)
