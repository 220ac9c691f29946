"""Is the installation well: each thing that must work, since when, and what to do if not?

The page and `assessor check` say the same. `/health` is for machines and asks less.
"""

import shutil
from collections.abc import Callable, Mapping
from datetime import datetime
from pathlib import Path

from sqlalchemy import func, select
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

from assessor.database.engine import UnfitDatabase, check_engine
from assessor.database.migrate import OldDatabase, check_revision
from assessor.database.triggers import MissingTriggers, check_triggers
from assessor.evidence.models import Evidence
from assessor.installation.settings import KNOWN, Name, all_settings
from assessor.sentences import Sentence
from assessor.upkeep.events import BackedUp
from assessor.upkeep.findings import Finding, House, State, Thing, days_since, last_of, to_run
from assessor.upkeep.wellbeing_of_journal import look_at_checkpoint, look_at_journal
from assessor.upkeep.wellbeing_of_mail import look_at_mail
from assessor.upkeep.wellbeing_of_scanner import look_at_scanner
from evidence_store.keeping import takes_and_gives_back
from evidence_store.store import LocalStore, StoreError

_GB = 1000**3


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


# ---- the database ----


def _database(house: House) -> Finding:
    upgrade = to_run("assessor db upgrade")
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
        since=house.clock(),
    )


# ---- the store ----


def _storage(house: House, limits: Mapping[Name, int]) -> Finding:
    try:
        same = takes_and_gives_back(house.store)
    except (OSError, StoreError) as error:
        return Finding(
            Thing.storage,
            State.bad,
            Sentence("Bukti tidak dapat disimpan: %(detail)s.", {"detail": str(error)}),
            Sentence(
                "Periksa ruang, izin, dan alamat %(setting)s.", {"setting": "ASSESSOR_EVIDENCE_URL"}
            ),
            _last_kept(house),
        )
    if not same:
        return Finding(
            Thing.storage,
            State.bad,
            Sentence("Yang ditulis di tempat bukti tidak terbaca sama."),
            Sentence(
                "Periksa cakramnya, lalu jalankan: %(command)s.",
                {"command": "assessor evidence verify"},
            ),
            _last_kept(house),
        )
    return _space(house, limits[Name.free_space_gb])


def _last_kept(house: House) -> datetime | None:
    """When the store took something for the last time."""
    return house.session.scalars(select(func.max(Evidence.created_at))).one()


def _space(house: House, least: int) -> Finding:
    now = house.clock()
    if not isinstance(house.store, LocalStore):
        words = Sentence("Tulis, baca, dan hapus di tempat bukti berhasil.")
        return Finding(Thing.storage, State.well, words, since=now)
    free = shutil.disk_usage(_nearest(house.settings.instance)).free // _GB
    values = {"free": free, "least": least}
    if free < least:
        return Finding(
            Thing.storage,
            State.watch,
            Sentence("Ruang kosong tinggal %(free)s GB, di bawah %(least)s GB.", values),
            Sentence("Tambah ruang atau pindahkan tempat bukti sebelum penuh."),
            now,
        )
    return Finding(
        Thing.storage,
        State.well,
        Sentence("Tulis, baca, dan hapus berhasil; ruang kosong %(free)s GB.", values),
        since=now,
    )


def _nearest(path: Path) -> Path:
    """The path, or the nearest folder above it that exists."""
    return next(each for each in (path, *path.parents) if each.exists())


# ---- the backup ----


def _backup(house: House, limits: Mapping[Name, int]) -> Finding:
    remedy = Sentence(
        "Jalankan: %(command)s, dan jadwalkan setiap malam.", {"command": "assessor backup FILE"}
    )
    last = last_of(house.session, BackedUp)
    if last is None:
        return Finding(Thing.backup, State.bad, Sentence("Belum pernah ada cadangan."), remedy)
    at, values = last
    if values["lost"]:
        return _incomplete(house, values["lost"])
    days, most = days_since(house, at), limits[Name.backup_days]
    if days > most:
        words = Sentence("Cadangan terakhir berumur %(days)s hari.", {"days": days})
        return Finding(Thing.backup, State.bad, words, remedy, at)
    words = Sentence(
        "Cadangan terakhir lengkap: jurnal sampai catatan %(until)s, %(files)s berkas bukti.",
        {"until": values["until"], "files": values["files"]},
    )
    return Finding(Thing.backup, State.well, words, None, at)


def _incomplete(house: House, lost: int) -> Finding:
    repair = Sentence(
        "Jalankan: %(command)s, dan pulihkan dari cadangan lama.",
        {"command": "assessor evidence verify"},
    )
    good = last_of(house.session, BackedUp, {"lost": 0})
    if good is None:
        words = Sentence(
            "Cadangan terakhir tidak lengkap: %(count)s berkas bukti hilang atau berubah. "
            "Belum pernah ada yang lengkap.",
            {"count": lost},
        )
        return Finding(Thing.backup, State.bad, words, repair)
    words = Sentence(
        "Cadangan terakhir tidak lengkap: %(count)s berkas bukti hilang atau berubah. "
        "Yang terakhir lengkap berumur %(days)s hari.",
        {"count": lost, "days": days_since(house, good[0])},
    )
    return Finding(Thing.backup, State.bad, words, repair, good[0])


_LOOKS: tuple[Callable[[House, Mapping[Name, int]], Finding], ...] = (
    _storage,
    _backup,
    look_at_checkpoint,
    look_at_journal,
    look_at_mail,
    look_at_scanner,
)
