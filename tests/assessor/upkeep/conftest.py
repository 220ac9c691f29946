"""An installation with rows in every table and real files, and a place to bring it back to."""

from __future__ import annotations

import itertools
import secrets
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine, create_engine, text
from sqlalchemy.orm import Session

from assessor.access.actor import SYSTEM
from assessor.database.engine import prepare_engine
from assessor.database.migrate import upgrade
from assessor.evidence.models import Evidence
from assessor.journal.checkpoints import Signer, load_signer
from assessor.journal.work import write
from assessor.upkeep.backup import BackedUp, make_backup
from evidence_store.store import LocalStore
from tests.assessor.journal import rows

_numbers = itertools.count(1)


def now() -> datetime:
    return datetime.now(UTC)


@dataclass
class Installation:
    """All parts of one."""

    engine: Engine
    store: LocalStore
    signer: Signer
    known: dict[str, Any]
    folder: Path

    def hand_in(self) -> str:
        """A new piece of evidence: file first, then its row; its digest."""
        digest = self.store.keep_bytes(secrets.token_bytes(2000))
        files = {
            "given:evidence.digest": digest,
            "given:evidence.thumb_digest": digest,
            "given:evidence.page_digests": [digest],
        }
        with (
            Session(self.engine, autoflush=False) as session,
            write(session, SYSTEM, now) as work,
        ):
            made = rows.make_row(session, Evidence, work.now, {**self.known, **files})
            work.record(rows.RowMade(subject=made.id), why="berkas baru")
        return digest

    def back_up(self, name: str = "cadangan.tar") -> tuple[Path, BackedUp]:
        target = self.folder / name
        made = make_backup(
            self.engine, store=self.store, signer=self.signer, clock=now, target=target
        )
        return target, made


@pytest.fixture
def fresh_database(engine, tmp_path):
    """Makes empty databases that several connections can use."""
    made: list[tuple[Engine, str]] = []

    def fresh() -> Engine:
        if engine.dialect.name == "postgresql":
            name = f"fresh_{next(_numbers)}"
            with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as admin:
                admin.execute(text(f"CREATE DATABASE {name}"))
            url = engine.url.set(database=name)
        else:
            name = ""
            url = f"sqlite:///{tmp_path / f'fresh-{next(_numbers)}.db'}"
        other = create_engine(url)
        prepare_engine(other)
        made.append((other, name))
        return other

    yield fresh
    for other, name in made:
        other.dispose()
        if name:
            with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as admin:
                admin.execute(text(f"DROP DATABASE {name} WITH (FORCE)"))


@pytest.fixture
def installation(fresh_database, tmp_path) -> Installation:
    """With three pieces of evidence."""
    engine = fresh_database()
    upgrade(engine)
    store = LocalStore(tmp_path / "evidence")
    signer = load_signer(tmp_path / "checkpoint.key", create=True)
    digest = store.keep_bytes(b"bukti")
    files = {
        "evidence.digest": digest,
        "evidence.thumb_digest": digest,
        "evidence.page_digests": [digest],
        "issued_report.digest": store.keep_bytes(b"%PDF laporan"),
        "issued_minutes.digest": store.keep_bytes(b"%PDF berita acara"),
    }
    with Session(engine, autoflush=False) as session:
        known = rows.fill(session, now, signer, given=files)
    made = Installation(engine, store, signer, known, tmp_path)
    for _ in range(3):
        made.hand_in()
    return made
