"""How is everything put away into one file while people work?

First the journal's end is signed, then the database is copied as of one moment, then every file
of evidence that this copy names. A file is kept before its row is written and never changes, so
what the copy names is there.
"""

import tempfile
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import BinaryIO

from sqlalchemy import Engine, create_engine, select
from sqlalchemy.orm import Session

from assessor import __version__
from assessor.database.engine import prepare_engine
from assessor.database.migrate import present
from assessor.evidence.queries import kept_digests as digests_of_evidence
from assessor.journal.capture import coded
from assessor.journal.checkpoints import Signer, checkpoint_document, make_checkpoint
from assessor.journal.models import JournalHead
from assessor.reports.queries import kept_digests as digests_of_reports
from assessor.upkeep.archive import (
    CHECKPOINT,
    DATABASE,
    EVIDENCE,
    Manifest,
    Reader,
    Writer,
    new_archive,
)
from assessor.upkeep.tables import copy_postgresql, copy_sqlite, pack
from evidence_store.store import Missing, Store

SQLITE_PART = f"{DATABASE}sqlite.gz"


def all_digests(session: Session) -> set[str]:
    """Every file that the database leans on: evidence with its copies, issued reports."""
    return {*digests_of_evidence(session), *digests_of_reports(session)}


class FilesOf:
    """The evidence in a backup, to be read by digest."""

    def __init__(self, reader: Reader) -> None:
        self._reader = reader

    def open(self, digest: str) -> BinaryIO:
        """The file, or `Missing`."""
        name = f"{EVIDENCE}{digest}"
        if name not in self._reader.manifest.parts:
            raise Missing(digest)
        return self._reader.open(name)


@dataclass(frozen=True)
class BackedUp:
    """What was put away; `lost` are files that were missing or altered already."""

    manifest: Manifest
    files: int

    @property
    def lost(self) -> tuple[str, ...]:
        """Digests of the files that the backup cannot bring back."""
        return self.manifest.lost


@dataclass(frozen=True)
class _Copied:
    """What the copy of the database says."""

    revision: str
    seq: int
    digests: set[str]


def _read(session: Session) -> _Copied:
    revision = present(session.connection()) or ""
    seq = session.scalars(select(JournalHead.seq)).one()
    return _Copied(revision, seq, all_digests(session))


def _put_sqlite(engine: Engine, folder: Path, writer: Writer) -> _Copied:
    copy, packed = folder / "copy.db", folder / "copy.gz"
    copy_sqlite(engine, copy)
    with copy.open("rb") as file:
        pack(file, packed)
    with packed.open("rb") as file:
        writer.add(SQLITE_PART, file, packed.stat().st_size)
    aside = create_engine(f"sqlite:///{copy}")
    prepare_engine(aside)
    try:
        with Session(aside) as session:
            return _read(session)
    finally:
        aside.dispose()


def _put_postgresql(engine: Engine, folder: Path, writer: Writer) -> _Copied:
    with Session(engine) as session:
        connection = session.connection(
            execution_options={"isolation_level": "REPEATABLE READ", "postgresql_readonly": True}
        )
        copied = _read(session)
        for name, path in copy_postgresql(connection, folder):
            with path.open("rb") as file:
                writer.add(f"{DATABASE}{name}.gz", file, path.stat().st_size)
            path.unlink()
        return copied


def _put_evidence(store: Store, digests: set[str], writer: Writer) -> Iterator[str]:
    """Put every file away; the digests of those that are missing or altered come back."""
    for digest in sorted(digests):
        try:
            size = store.size(digest)
            with closing(store.open(digest)) as file:
                found = writer.add(f"{EVIDENCE}{digest}", file, size)
        except Missing:
            yield digest
            continue
        if found != digest:
            yield digest


def make_backup(
    engine: Engine,
    *,
    store: Store,
    signer: Signer,
    clock: Callable[[], datetime],
    target: Path,
) -> BackedUp:
    """Put everything away into a new file. Raises FileExistsError; leaves no half file."""
    with new_archive(target) as writer:
        with Session(engine) as session:
            checkpoint = make_checkpoint(session, signer, clock)
            writer.add_bytes(CHECKPOINT, checkpoint_document(checkpoint, signer.public))
        with tempfile.TemporaryDirectory(prefix=".backup-", dir=target.parent) as folder:
            put = _put_postgresql if engine.dialect.name == "postgresql" else _put_sqlite
            copied = put(engine, Path(folder), writer)
        lost = tuple(_put_evidence(store, copied.digests, writer))
        manifest = Manifest(
            product=__version__,
            engine=engine.dialect.name,
            revision=copied.revision,
            at=str(coded(clock())),
            seq=copied.seq,
            public_key=signer.public.hex(),
            parts=dict(writer.parts),
            lost=lost,
        )
        writer.sign(manifest, signer)
    return BackedUp(manifest, len(copied.digests))
