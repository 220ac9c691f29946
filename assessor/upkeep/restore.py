"""How does everything come back, and is it what was put away?

Nothing is written before every byte of the file was compared. Then the database and the evidence
are brought into an empty place, the journal is verified against the checkpoint inside and those
that were kept outside, and each file of evidence is read again.
"""

import shutil
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from sqlalchemy import Engine, create_engine
from sqlalchemy.orm import Session

from assessor.database.engine import prepare_engine
from assessor.database.migrate import knows, upgrade
from assessor.journal.checkpoints import Statement, WrongCheckpoint, read_checkpoint
from assessor.journal.verify import verify
from assessor.upkeep.archive import (
    CHECKPOINT,
    DATABASE,
    EVIDENCE,
    BrokenBackup,
    Manifest,
    Reader,
    open_archive,
)
from assessor.upkeep.backup import SQLITE_PART, all_digests
from assessor.upkeep.tables import is_empty, load_postgresql, unpack
from evidence_store.keeping import verify_all
from evidence_store.store import Empty, LocalStore, Store


class NotEmpty(Exception):
    """The place where everything shall come to holds something already."""


@dataclass(frozen=True)
class Restored:
    """What came back, where it lies, and what is not as it should be."""

    manifest: Manifest
    place: Path
    files: int
    faults: tuple[str, ...]


def restore(
    file: Path,
    *,
    into: Path,
    database: Engine | None = None,
    witnesses: Sequence[bytes] = (),
) -> Restored:
    """Bring a backup into an empty folder (and, from PostgreSQL, into an empty database).

    With faults the folder gets another name, so that nobody starts on it by mistake.
    Raises BrokenBackup, NotEmpty, WrongCheckpoint.
    """
    if into.exists() and (not into.is_dir() or any(into.iterdir())):
        raise NotEmpty(str(into))
    with open_archive(file) as reader:
        stated = _witnesses(reader, witnesses)
        _refuse_unknown(reader.manifest, database)
        into.parent.mkdir(parents=True, exist_ok=True)
        place = Path(tempfile.mkdtemp(prefix=f".{into.name}-", dir=into.parent))
        try:
            store = LocalStore(place / "evidence")
            engine = _bring(reader, place, store, database=database)
            with Session(engine) as session:
                faults = [str(fault) for fault in _verify(session, stated, reader.manifest)]
                digests = all_digests(session)
            engine.dispose()
            faults += [
                f"evidence/{each.digest}: {each.loss}"
                for each in verify_all(store, sorted(digests))
            ]
            final = _settle(place, into, whole=not faults)
        except BaseException:
            shutil.rmtree(place, ignore_errors=True)
            raise
        return Restored(reader.manifest, final, len(digests), tuple(faults))


def _witnesses(reader: Reader, outside: Sequence[bytes]) -> list[Statement]:
    """The checkpoint inside and those from outside; all signed with the one key."""
    trusted = bytes.fromhex(reader.manifest.public_key)
    return [read_checkpoint(data, trusted=trusted) for data in (reader.read(CHECKPOINT), *outside)]


def _refuse_unknown(manifest: Manifest, database: Engine | None) -> None:
    if not knows(manifest.revision):
        raise BrokenBackup(
            (f"dibuat oleh versi lain ({manifest.product}, bentuk {manifest.revision})",)
        )
    if manifest.engine == "postgresql" and (
        database is None or database.dialect.name != "postgresql" or not is_empty(database)
    ):
        message = "basis data PostgreSQL yang kosong"
        raise NotEmpty(message)


def _bring(reader: Reader, place: Path, store: Store, *, database: Engine | None) -> Engine:
    """Database and evidence; the engine on what came."""
    for name in reader.names(EVIDENCE):
        with reader.open(name) as file, suppress(Empty):
            store.keep(store.stage(file, limit=reader.manifest.parts[name].size))
    if reader.manifest.engine == "postgresql" and database is not None:
        load_postgresql(database, reader.manifest.revision, _tables(reader))
        upgrade(database)
        return database
    path = place / "assessor.db"
    with reader.open(SQLITE_PART) as file:
        unpack(file, path)
    engine = create_engine(f"sqlite:///{path}")
    prepare_engine(engine)
    upgrade(engine)
    return engine


def _tables(reader: Reader) -> Iterator[tuple[str, IO[bytes]]]:
    for name in reader.names(DATABASE):
        with reader.open(name) as file:
            yield name.removeprefix(DATABASE).removesuffix(".gz"), file


def _verify(session: Session, stated: Sequence[Statement], manifest: Manifest) -> Iterator[object]:
    yield from verify(session, witnesses=stated, trusted=bytes.fromhex(manifest.public_key))


def _settle(place: Path, into: Path, *, whole: bool) -> Path:
    """Give the folder its name: the wanted one only if all is well."""
    final = into if whole else into.with_name(f"{into.name}-tidak-utuh")
    with suppress(FileNotFoundError):
        final.rmdir()  # an empty one
    place.rename(final)
    return final


__all__ = ["BrokenBackup", "NotEmpty", "Restored", "WrongCheckpoint", "restore"]
