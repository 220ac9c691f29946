"""Is the installation well: each thing that must work, since when, and what to do if not?

The page and `assessor check` say the same. `/health` is for machines and asks less.
"""

import json
import secrets
import shutil
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from io import BytesIO
from pathlib import Path
from typing import Any

from sqlalchemy import Engine, select
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

from assessor.database.engine import UnfitDatabase, check_engine
from assessor.database.migrate import OldDatabase, check_revision
from assessor.database.triggers import MissingTriggers, check_triggers
from assessor.installation.settings import KNOWN, Name, all_settings
from assessor.journal import chain
from assessor.journal.capture import coded
from assessor.journal.checkpoints import WrongCheckpoint, load_signer, signature_holds
from assessor.journal.events import Event
from assessor.journal.models import JournalCheckpoint, JournalEntry, JournalHead
from assessor.sentences import Sentence
from assessor.settings import Settings
from assessor.upkeep.events import BackedUp, JournalVerified
from evidence_store.store import LocalStore, Store, StoreError

LAST_ENTRIES = 200
_ALARM = Sentence(
    "Jalankan: %(command)s, dan beri tahu direktorat.", {"command": "assessor journal verify"}
)
_GB = 1000**3


class Thing(StrEnum):
    """What must be well."""

    database = "database"
    storage = "storage"
    backup = "backup"
    checkpoint = "checkpoint"
    journal = "journal"
    mail = "mail"
    scanner = "scanner"


class State(StrEnum):
    """How a thing is."""

    well = "well"
    watch = "watch"  # works, and should be seen to
    bad = "bad"
    unset = "unset"  # not there in this installation


@dataclass(frozen=True)
class Finding:
    """How one thing is: in words, since when, and what to do."""

    thing: Thing
    state: State
    words: Sentence
    remedy: Sentence | None = None
    since: datetime | None = None


@dataclass(frozen=True, kw_only=True)
class House:
    """What is looked at."""

    session: Session
    engine: Engine
    store: Store
    settings: Settings
    clock: Callable[[], datetime]


def examine(house: House) -> tuple[Finding, ...]:
    """Every thing with its state. A database that cannot be read is said, and nothing else."""
    try:
        database = _database(house)
        if database.state is State.bad:
            return (database,)
        limits = _limits(house.session)
        return (database, *(look(house, limits) for look in _LOOKS))
    except SQLAlchemyError as error:
        house.session.rollback()
        return (_down(error),)


def _limits(session: Session) -> Mapping[Name, int]:
    values = all_settings(session)
    return {name: int(value) for name, value in values.items() if KNOWN[name].is_number}


def _down(error: SQLAlchemyError) -> Finding:
    detail = str(getattr(error, "orig", error)).strip().partition("\n")[0]
    return Finding(
        Thing.database,
        State.bad,
        Sentence("Basis data tidak dapat dibaca (%(detail)s).", {"detail": detail}),
        Sentence(
            "Periksa apakah basis datanya berjalan dan %(setting)s benar.",
            {"setting": "ASSESSOR_DATABASE_URL"},
        ),
    )


def _run(command: str) -> Sentence:
    return Sentence("Jalankan: %(command)s.", {"command": command})


# ---- the database ----


def _database(house: House) -> Finding:
    upgrade = _run("assessor db upgrade")
    house.session.rollback()  # what was read so far is finished
    try:
        check_engine(house.engine)
        with house.engine.connect() as connection:
            check_revision(connection)
            check_triggers(connection)
            version = ".".join(map(str, connection.dialect.server_version_info or ()))
            kind = {"sqlite": "SQLite", "postgresql": "PostgreSQL"}[connection.dialect.name]
    except UnfitDatabase as error:
        words = Sentence("Pengaturan basis data tidak aman: %(detail)s.", {"detail": str(error)})
        return Finding(
            Thing.database, State.bad, words, Sentence("Atur basis data seperti yang disebut.")
        )
    except (OldDatabase, MissingTriggers):
        words = Sentence("Bentuk atau pelindung basis data tidak sesuai versi ini.")
        return Finding(Thing.database, State.bad, words, upgrade)
    return Finding(
        Thing.database,
        State.well,
        Sentence(
            "%(kind)s %(version)s berjalan dengan pengaturan aman; bentuk dan pelindungnya sesuai.",
            {"kind": kind, "version": version},
        ),
    )


# ---- the store ----


def _storage(house: House, limits: Mapping[Name, int]) -> Finding:
    probe = secrets.token_bytes(64)
    try:
        staged = house.store.stage(BytesIO(probe), limit=len(probe))
        read = staged.path.read_bytes() if staged.path.exists() else probe
        house.store.discard(staged)
    except (OSError, StoreError) as error:
        return Finding(
            Thing.storage,
            State.bad,
            Sentence("Bukti tidak dapat disimpan: %(detail)s.", {"detail": str(error)}),
            Sentence(
                "Periksa ruang, izin, dan alamat %(setting)s.", {"setting": "ASSESSOR_EVIDENCE_URL"}
            ),
        )
    if read != probe:
        return Finding(
            Thing.storage,
            State.bad,
            Sentence("Yang ditulis di tempat bukti tidak terbaca sama."),
            Sentence(
                "Periksa cakramnya, lalu jalankan: %(command)s.",
                {"command": "assessor evidence verify"},
            ),
        )
    return _space(house, limits[Name.free_space_gb])


def _space(house: House, least: int) -> Finding:
    if not isinstance(house.store, LocalStore):
        words = Sentence("Tulis, baca, dan hapus di tempat bukti berhasil.")
        return Finding(Thing.storage, State.well, words)
    free = shutil.disk_usage(_nearest(house.settings.instance)).free // _GB
    values = {"free": free, "least": least}
    if free < least:
        return Finding(
            Thing.storage,
            State.watch,
            Sentence("Ruang kosong tinggal %(free)s GB, di bawah %(least)s GB.", values),
            Sentence("Tambah ruang atau pindahkan tempat bukti sebelum penuh."),
        )
    return Finding(
        Thing.storage,
        State.well,
        Sentence("Tulis, baca, dan hapus berhasil; ruang kosong %(free)s GB.", values),
    )


def _nearest(path: Path) -> Path:
    """The path, or the nearest folder above it that exists."""
    return next(each for each in (path, *path.parents) if each.exists())


# ---- the backup ----


def _latest(session: Session, event: type[Event]) -> tuple[datetime, dict[str, Any]] | None:
    """When it happened last, and with which values."""
    row = session.execute(
        select(JournalEntry.at, JournalEntry.body)
        .where(JournalEntry.act == event.act)
        .order_by(JournalEntry.seq.desc())
        .limit(1)
    ).first()
    return None if row is None else (row.at, json.loads(row.body)["values"])


def _backup(house: House, limits: Mapping[Name, int]) -> Finding:
    remedy = Sentence(
        "Jalankan: %(command)s, dan jadwalkan setiap malam.", {"command": "assessor backup FILE"}
    )
    latest = _latest(house.session, BackedUp)
    if latest is None:
        return Finding(Thing.backup, State.bad, Sentence("Belum pernah ada cadangan."), remedy)
    at, values = latest
    if values["lost"]:
        words = Sentence(
            "Cadangan terakhir tidak lengkap: %(count)s berkas bukti hilang atau berubah.",
            {"count": values["lost"]},
        )
        repair = Sentence(
            "Jalankan: %(command)s, dan pulihkan dari cadangan lama.",
            {"command": "assessor evidence verify"},
        )
        return Finding(Thing.backup, State.bad, words, repair, at)
    days, most = _days(house, at), limits[Name.backup_days]
    if days > most:
        words = Sentence("Cadangan terakhir berumur %(days)s hari.", {"days": days})
        return Finding(Thing.backup, State.bad, words, remedy, at)
    words = Sentence(
        "Cadangan terakhir lengkap: jurnal sampai catatan %(until)s, %(files)s berkas bukti.",
        {"until": values["until"], "files": values["files"]},
    )
    return Finding(Thing.backup, State.well, words, None, at)


def _days(house: House, at: datetime) -> int:
    return (house.clock() - at) // timedelta(days=1)


# ---- checkpoints ----


def _checkpoint(house: House, limits: Mapping[Name, int]) -> Finding:
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
    days = _days(house, last.at)
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


# ---- the journal ----


def _journal(house: House, limits: Mapping[Name, int]) -> Finding:
    remedy = _run("assessor journal verify")
    if not _end_holds(house.session):
        words = Sentence("Ujung jurnal tidak cocok dengan catatan sebelumnya.")
        alarm = _ALARM
        return Finding(Thing.journal, State.bad, words, alarm)
    latest = _latest(house.session, JournalVerified)
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
    days = _days(house, at)
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


# ---- what this installation does not have ----


def _mail(_house: House, _limits: Mapping[Name, int]) -> Finding:
    words = Sentence("Belum diatur: sistem tidak mengirim surel.")
    remedy = Sentence("Tautan dan kata sandi diserahkan langsung oleh administrator.")
    return Finding(Thing.mail, State.unset, words, remedy)


def _scanner(_house: House, _limits: Mapping[Name, int]) -> Finding:
    words = Sentence("Belum diatur: berkas diperiksa bentuknya, tanpa pemindai virus.")
    remedy = Sentence("Buka berkas asli hanya di komputer yang punya antivirus.")
    return Finding(Thing.scanner, State.unset, words, remedy)


_LOOKS: tuple[Callable[[House, Mapping[Name, int]], Finding], ...] = (
    _storage,
    _backup,
    _checkpoint,
    _journal,
    _mail,
    _scanner,
)


def worst(findings: tuple[Finding, ...]) -> State:
    """The state of the whole."""
    for state in (State.bad, State.watch):
        if any(each.state is state for each in findings):
            return state
    return State.well


def needing(findings: tuple[Finding, ...]) -> Iterator[Finding]:
    """What somebody should see to, the worst first."""
    for state in (State.bad, State.watch):
        yield from (each for each in findings if each.state is state)
