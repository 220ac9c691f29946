"""What stands on the kop of an office, and how does it change?

Lines and a logo are data. The logo is drawn anew in a confined process before it is kept, so that
nothing hidden in the file gets anywhere; its bytes stay under their digest for good, because
sealed assessments name it.
"""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from typing import BinaryIO

from sqlalchemy import select
from sqlalchemy.orm import Session

from assessor.access.actor import Actor
from assessor.installation.settings import Name, text_of
from assessor.journal.work import Clock, write
from assessor.organization.events import LetterheadChanged
from assessor.organization.models import LetterheadLogo, Office
from assessor.organization.queries import get_office
from assessor.organization.reach import ensure_arranges
from assessor.sentences import Refused, Sentence, Stale
from evidence_store.derivatives import NotViewable, view_copies
from evidence_store.recognition import HEAD, media_type_of
from evidence_store.store import Empty, Store, TooLarge
from standards.canonical import fingerprint

MOST_LINES = 7
LONGEST_LINE = 120
LARGEST_LOGO = 2_000_000  # as it is handed in
SIDE = 480  # pixels of what is kept: sharp at 25 mm
LARGEST_KEPT = 200_000
TAKEN = ("image/png", "image/jpeg")

_NO_PICTURE = Sentence(
    "Berkas logo tidak dapat dibaca. Simpan sebagai PNG atau JPEG, lalu coba lagi."
)
_CHANGED_MEANWHILE = Sentence(
    "Kop ini baru saja diubah orang lain. Muat ulang halaman untuk melihat isinya sekarang."
)


@dataclass(frozen=True)
class Logo:
    """A logo as it is kept: JPEG bytes on white."""

    digest: str
    content: bytes


@dataclass(frozen=True)
class Letterhead:
    """The kop of an office: what is written, and the logo beside it."""

    lines: tuple[str, ...]
    logo_digest: str | None


def letterhead_of(session: Session, office: Office) -> Letterhead:
    """The kop that holds now; an office without lines of its own has the organization's name and
    its own."""
    lines = tuple(office.letterhead) or (text_of(session, Name.organization), office.name)
    return Letterhead(lines, office.logo_digest)


def logo_bytes(session: Session, digest: str | None) -> bytes | None:
    """The bytes of a logo, whoever uses it now; none that were altered."""
    if digest is None:
        return None
    content = session.scalars(
        select(LetterheadLogo.content).where(LetterheadLogo.digest == digest)
    ).first()
    altered = content is None or hashlib.sha256(content).hexdigest() != digest
    return None if altered else content


def seen_of(office: Office) -> str:
    """What a form had before it, to notice what somebody else changed meanwhile."""
    return fingerprint([list(office.letterhead), office.logo_digest])


def checked_lines(lines: Iterable[str]) -> list[str]:
    """The lines as they are kept. Raises Refused."""
    kept = [line for each in lines if (line := " ".join(each.split()))]
    if len(kept) > MOST_LINES:
        raise Refused(Sentence("Kop paling banyak %(most)s baris.", {"most": MOST_LINES}))
    if any(len(line) > LONGEST_LINE for line in kept):
        raise Refused(
            Sentence("Satu baris kop paling panjang %(most)s huruf.", {"most": LONGEST_LINE})
        )
    return kept


def read_logo(store: Store, stream: BinaryIO) -> Logo:
    """Draw a picture anew, small and on white. Nothing is kept yet. Raises Refused."""
    try:
        staged = store.stage(stream, limit=LARGEST_LOGO)
    except TooLarge:
        raise Refused(Sentence("Berkas logo paling besar 2 MB. Perkecil dulu.")) from None
    except Empty:
        raise Refused(Sentence("Berkas logo kosong. Pilih berkas lain.")) from None
    try:
        with staged.path.open("rb") as file:
            media_type = media_type_of(file.read(HEAD))
        if media_type not in TAKEN:
            raise Refused(_NO_PICTURE)
        drawn = view_copies(
            staged.path, str(media_type), max_side=SIDE, thumb_side=64, max_pages=1
        ).pages[0]
    except NotViewable:
        raise Refused(_NO_PICTURE) from None
    finally:
        store.discard(staged)
    if len(drawn) > LARGEST_KEPT:
        raise Refused(Sentence("Logo ini terlalu rumit untuk kop. Pakai gambar yang sederhana."))
    return Logo(hashlib.sha256(drawn).hexdigest(), drawn)


def change_letterhead(
    session: Session,
    actor: Actor,
    clock: Clock,
    *,
    office_id: str,
    lines: Iterable[str],
    logo: Logo | None,
    keep_logo: bool,
    seen: str,
) -> Office:
    """Write another kop. Without a new logo the present one stays or goes. Sealed assessments
    keep the one they were sealed with. Raises Refused and Stale."""
    kept = checked_lines(lines)
    with write(session, actor, clock) as work:
        ensure_arranges(session, actor)
        work.lock()
        office = get_office(session, office_id)
        if seen_of(office) != seen:
            raise Stale(_CHANGED_MEANWHILE)
        if logo is not None and session.get(LetterheadLogo, logo.digest) is None:
            session.add(LetterheadLogo(digest=logo.digest, content=logo.content))
            session.flush()
        digest = logo.digest if logo is not None else office.logo_digest if keep_logo else None
        if list(office.letterhead) != kept:
            office.letterhead = kept
        if office.logo_digest != digest:
            office.logo_digest = digest
        if session.is_modified(office):
            work.record(LetterheadChanged(subject=office_id, lines=len(kept), logo=digest))
    return office
