"""How does a scan come along with a form: handed in as evidence of the auditee, then linked?"""

from datetime import date
from typing import Any

from flask import request
from werkzeug.datastructures import FileStorage

from assessor.access.guard import the_actor
from assessor.database.extension import db
from assessor.evidence.models import EvidenceKind
from assessor.evidence.names import LONGEST_TITLE
from assessor.evidence.services import hand_in
from assessor.ui.current import the_clock, the_scanner, the_settings, the_store


def sent_scan(field: Any) -> FileStorage | None:
    """The file that came with a field; None when nothing was chosen."""
    sent = request.files.get(field.name)
    return sent if sent is not None and sent.filename else None


def hand_in_scan(
    auditee_id: str, sent: FileStorage, *, title: str, stands_for: date | None, declaration: str
) -> str:
    """Hand it in; the id of the piece. The same bytes again give the piece that is there. Raises
    NotPermitted, Refused."""
    return hand_in(
        db.session(),
        the_actor(),
        the_clock(),
        store=the_store(),
        limit=the_settings().upload_limit,
        scanner=the_scanner(),
        auditee_id=auditee_id,
        stream=sent.stream,  # type: ignore[arg-type]  # typed as IO[bytes]
        name=sent.filename or "",
        title=title[:LONGEST_TITLE],
        stands_for=stands_for,
        kind=EvidenceKind.document,
        declaration=declaration,
    ).evidence_id
