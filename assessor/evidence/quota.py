"""How many bytes may an auditee still hand in?"""

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from assessor.evidence.models import Evidence
from assessor.evidence.upload_models import Upload, UploadState
from assessor.installation.settings import Name, number_of
from assessor.sentences import Refused, Sentence

_GB = 1000**3


class OverQuota(Refused):
    """The auditee has handed in as much as it may."""


def room_left(session: Session, auditee_id: str) -> int:
    """How much is left; what is on its way counts as handed in. Three queries."""
    most = number_of(session, Name.evidence_quota_gb) * _GB
    kept = select(func.coalesce(func.sum(Evidence.size), 0)).where(
        Evidence.auditee_id == auditee_id
    )
    coming = select(func.coalesce(func.sum(Upload.length), 0)).where(
        Upload.auditee_id == auditee_id,
        Upload.state.in_((UploadState.receiving, UploadState.checking)),
    )
    return most - int(session.scalars(kept).one()) - int(session.scalars(coming).one())


def ensure_room(session: Session, auditee_id: str, size: int) -> None:
    """Raises OverQuota with what to do."""
    if size > room_left(session, auditee_id):
        raise OverQuota(
            Sentence(
                "Tempat bukti untuk lembaga atau unit ini sudah penuh (paling banyak %(most)s "
                "GB). Kirim bagian yang menjadi bukti saja, atau minta administrator menambah "
                "tempatnya.",
                {"most": number_of(session, Name.evidence_quota_gb)},
            )
        )
