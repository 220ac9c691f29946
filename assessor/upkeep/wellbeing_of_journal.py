"""Is the journal signed often enough, whole at its end, and verified not too long ago?"""

from collections.abc import Mapping

from sqlalchemy import select
from sqlalchemy.orm import Session

from assessor.installation.settings import Name
from assessor.journal import chain
from assessor.journal.capture import coded
from assessor.journal.checkpoints import WrongCheckpoint, load_signer, signature_holds
from assessor.journal.models import JournalCheckpoint, JournalEntry, JournalHead
from assessor.sentences import Sentence
from assessor.upkeep.events import JournalVerified
from assessor.upkeep.findings import Finding, House, State, Thing, days_since, last_of, to_run

LAST_ENTRIES = 200
_ALARM = Sentence(
    "Jalankan: %(command)s, dan beri tahu direktorat.", {"command": "assessor journal verify"}
)


def look_at_checkpoint(house: House, limits: Mapping[Name, int]) -> Finding:
    """The last one that was signed: its age, and whether it fits key and journal."""
    make = Sentence(
        "Jalankan: %(command)s, dan simpan hasilnya di luar.",
        {"command": "assessor journal checkpoint --out FILE"},
    )
    try:
        public = load_signer(house.settings.checkpoint_key).public
    except (OSError, ValueError, TypeError, WrongCheckpoint):
        words = Sentence("Kunci titik periksa tidak ada atau tidak terbaca.")
        remedy = Sentence("Kembalikan berkas kuncinya dari simpanan Anda.")
        return Finding(Thing.checkpoint, State.bad, words, remedy)
    last = house.session.scalars(
        select(JournalCheckpoint).order_by(JournalCheckpoint.seq.desc()).limit(1)
    ).first()
    if last is None:
        words = Sentence("Belum ada titik periksa yang ditandatangani.")
        return Finding(Thing.checkpoint, State.watch, words, make)
    if not _fits(house.session, last, public):
        words = Sentence("Titik periksa terakhir tidak cocok dengan kunci atau jurnalnya.")
        remedy = _ALARM
        return Finding(Thing.checkpoint, State.bad, words, remedy, last.at)
    days = days_since(house, last.at)
    if days > limits[Name.checkpoint_days]:
        words = Sentence("Titik periksa terakhir berumur %(days)s hari.", {"days": days})
        return Finding(Thing.checkpoint, State.watch, words, make, last.at)
    words = Sentence(
        "Titik periksa pada catatan %(seq)s cocok dengan kunci dan jurnalnya.", {"seq": last.seq}
    )
    return Finding(Thing.checkpoint, State.well, words, None, last.at)


def _fits(session: Session, checkpoint: JournalCheckpoint, public: bytes) -> bool:
    row = {
        name: coded(getattr(checkpoint, name))
        for name in ("seq", "head", "root", "at", "key_id", "signature")
    }
    entry = session.get(JournalEntry, checkpoint.seq)
    tied = checkpoint.seq == 0 or (entry is not None and entry.hash == checkpoint.head)
    return tied and signature_holds(row, public)


def look_at_journal(house: House, limits: Mapping[Name, int]) -> Finding:
    """Its end, and when the whole of it was verified."""
    remedy = to_run("assessor journal verify")
    if not _end_holds(house.session):
        words = Sentence("Ujung jurnal tidak cocok dengan catatan sebelumnya.")
        alarm = _ALARM
        return Finding(Thing.journal, State.bad, words, alarm)
    latest = last_of(house.session, JournalVerified)
    if latest is None:
        words = Sentence("Ujung jurnal cocok, tetapi jurnal belum pernah diperiksa seluruhnya.")
        return Finding(Thing.journal, State.watch, words, remedy)
    at, values = latest
    if values["faults"]:
        words = Sentence(
            "Pemeriksaan terakhir menemukan %(count)s perbedaan.", {"count": values["faults"]}
        )
        alarm = _ALARM
        return Finding(Thing.journal, State.bad, words, alarm, at)
    days = days_since(house, at)
    if days > limits[Name.verification_days]:
        words = Sentence("Jurnal terakhir diperiksa seluruhnya %(days)s hari lalu.", {"days": days})
        return Finding(Thing.journal, State.watch, words, remedy, at)
    words = Sentence(
        "Jurnal utuh sampai catatan %(until)s saat terakhir diperiksa seluruhnya.",
        {"until": values["until"]},
    )
    return Finding(Thing.journal, State.well, words, None, at)


def _end_holds(session: Session) -> bool:
    """Whether the last entries are tied to each other and to the head."""
    head = session.execute(select(JournalHead.seq, JournalHead.hash)).one()
    rows = session.execute(
        select(JournalEntry.seq, JournalEntry.previous, JournalEntry.hash, JournalEntry.body)
        .order_by(JournalEntry.seq.desc())
        .limit(LAST_ENTRIES)
    ).all()
    expected, seq = head.hash, head.seq
    for row in rows:
        tied = row.seq == seq and row.hash == expected
        if not tied or chain.entry_hash(row.previous, row.body.encode()) != row.hash:
            return False
        expected, seq = row.previous, seq - 1
    return bool(rows) or head.seq == 0
