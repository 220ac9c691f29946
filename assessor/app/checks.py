"""May this installation be opened to people? Every reason against it, each with its remedy.

A weak setting that only warns is a weak setting in use: `assessor serve` stops instead.
"""

import stat
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import unquote, urlsplit

from flask import Flask
from sqlalchemy import Connection, Engine, select, text
from sqlalchemy.engine import make_url
from sqlalchemy.exc import SQLAlchemyError

from assessor.accounts.models import Person
from assessor.app.commands.speaking import Failed
from assessor.database.engine import UnfitDatabase, check_engine
from assessor.database.migrate import OldDatabase, check_revision
from assessor.database.triggers import MissingTriggers, check_triggers
from assessor.journal.checkpoints import WrongCheckpoint, load_signer
from assessor.settings import Mode, Settings
from evidence_store.keeping import takes_and_gives_back
from evidence_store.store import LocalStore, Store, StoreError

DEMO_DOMAIN = "@demo.example"
MOUNTS = Path("/proc/self/mounts")
# Their locks and renames do not promise what SQLite and the evidence store lean on.
NETWORK = frozenset(
    {"nfs", "nfs4", "cifs", "smb3", "smbfs", "afs", "ceph", "glusterfs", "fuse.sshfs", "fuse.s3fs"}
)


@dataclass(frozen=True)
class Problem:
    """One reason not to start. `check` is its lasting name."""

    check: str
    remedy: str

    def __str__(self) -> str:
        return f"[{self.check}] {self.remedy}"


class UnfitInstallation(Failed):
    """The service must not start; `problems` says why and what to do."""

    def __init__(self, problems: tuple[Problem, ...]) -> None:
        every = " ".join(map(str, problems))
        super().__init__(f"Layanan tidak dijalankan; perbaiki dulu: {every}")
        self.problems = problems


def refuse_unfit(app: Flask, settings: Settings, engine: Engine, *, store: Store) -> None:
    """Raise UnfitInstallation with every problem at once."""
    problems = tuple(find_problems(app, settings, engine, store=store))
    if problems:
        raise UnfitInstallation(problems)


def find_problems(
    app: Flask, settings: Settings, engine: Engine, *, store: Store
) -> Iterator[Problem]:
    """Every problem of this installation."""
    yield from _settings(app, settings)
    yield from _database(settings, engine)
    yield from _places(settings, store)
    yield from _key(settings)


def _settings(app: Flask, settings: Settings) -> Iterator[Problem]:
    if settings.mode is Mode.test:
        yield Problem("mode", "ASSESSOR_MODE=test hanya untuk pengujian; pakai production.")
    if app.debug:
        yield Problem("debug", "FLASK_DEBUG menampilkan isi sistem kepada siapa pun; hapus.")
    if settings.mode is Mode.production and not settings.trusted_proxies:
        # the service itself speaks http only, so whatever brings https stands in front of it
        yield Problem(
            "proxies",
            "Semua orang akan tampak datang dari satu alamat, alamat perantara https di depan, "
            "sehingga percobaan masuk satu orang menghalangi semua; isi ASSESSOR_TRUSTED_PROXIES "
            "dengan banyaknya perantara itu, biasanya 1.",
        )


def _database(settings: Settings, engine: Engine) -> Iterator[Problem]:
    try:
        check_engine(engine)
        with engine.connect() as connection:
            yield from _form(connection)
            if settings.mode is Mode.production:
                yield from _for_production(connection)
    except UnfitDatabase as error:
        yield Problem("database", f"Basis data tidak dapat dipakai: {error}")
    except SQLAlchemyError as error:
        detail = str(getattr(error, "orig", error)).strip().partition("\n")[0]
        yield Problem("database", f"Basis data tidak terjangkau; lihat alamatnya ({detail}).")


def _form(connection: Connection) -> Iterator[Problem]:
    try:
        check_revision(connection)
        check_triggers(connection)
    except OldDatabase:
        yield Problem("form", "Basis data belum sesuai versi ini; jalankan: assessor db upgrade")
    except MissingTriggers as error:
        yield Problem("protection", f"Jalankan: assessor db upgrade ({error})")


def _for_production(connection: Connection) -> Iterator[Problem]:
    if connection.dialect.name == "postgresql":
        for name in ("fsync", "full_page_writes"):
            if connection.execute(text(f"SHOW {name}")).scalar() != "on":
                yield Problem("durability", f"PostgreSQL harus berjalan dengan {name} = on.")
    known = connection.execute(
        select(Person.id).where(Person.user_name.endswith(DEMO_DOMAIN)).limit(1)
    ).first()
    if known is not None:
        yield Problem(
            "demo-accounts",
            "Basis data berisi akun contoh yang kata sandinya diketahui umum; mulai dengan basis "
            "data yang kosong.",
        )


def _places(settings: Settings, store: Store) -> Iterator[Problem]:
    url = make_url(settings.database_url)
    file = Path(url.database) if url.get_backend_name() == "sqlite" and url.database else None
    if file is not None and file.exists():
        yield from _place("database-place", file, settings)
    if isinstance(store, LocalStore):
        folder = Path(unquote(urlsplit(settings.evidence_url).path))
        yield from _place("evidence-place", folder, settings)
    try:
        takes_and_gives_back(store)
    except (OSError, StoreError) as error:
        place = settings.evidence_url.partition("?")[0]
        yield Problem("evidence", f"Bukti tidak dapat disimpan di {place}: {error}")


def _place(check: str, path: Path, settings: Settings) -> Iterator[Problem]:
    if filesystem_of(path) in NETWORK:
        yield Problem(check, f"{path} ada di penyimpanan jaringan; pindahkan ke cakram mesin ini.")
    if settings.mode is Mode.production and open_to_others(path):
        yield Problem(
            check, f"{path} dapat dibuka siapa pun di mesin ini; jalankan: chmod o= {path}"
        )


def _key(settings: Settings) -> Iterator[Problem]:
    path = settings.checkpoint_key
    try:
        load_signer(path)
    except FileNotFoundError:
        yield Problem("key", f"Kunci titik periksa {path} tidak ada; ambil dari simpanan Anda.")
    except (OSError, ValueError, TypeError, WrongCheckpoint):
        yield Problem("key", f"Berkas {path} bukan kunci Ed25519 yang dapat dibaca.")
    else:
        if stat.S_IMODE(path.stat().st_mode) & 0o077:
            yield Problem(
                "key", f"Kunci {path} terbuka bagi orang lain; jalankan: chmod 600 {path}"
            )


def filesystem_of(path: Path, *, mounts: Path = MOUNTS) -> str:
    """The kind of file system that a path lies on, empty when that cannot be told."""
    try:
        lines = mounts.read_text().splitlines()
    except OSError:
        return ""
    found: list[tuple[int, str]] = []
    for line in lines:
        _, point, kind, *_ = line.split()
        place = Path(point.encode().decode("unicode_escape"))  # a space is written \040
        if path.resolve().is_relative_to(place):
            found.append((len(place.parts), kind))
    return max(found, default=(0, ""), key=lambda each: each[0])[1]


def open_to_others(path: Path) -> bool:
    """Whether somebody with any account on this machine can read or change what is there."""

    def others(each: Path, bits: int) -> bool:
        return bool(each.stat().st_mode & bits)

    whole = path.resolve()
    reachable = all(others(each, stat.S_IXOTH) for each in whole.parents)
    return reachable and others(whole, stat.S_IROTH | stat.S_IWOTH)
