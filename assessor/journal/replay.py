"""What should every protected row hold, if the chain is right?

The state that the chain leads to is kept in a private SQLite file that has no name and vanishes
with the connection: small journals stay in memory, a million entries do not fill it.
"""

import json
import sqlite3
from collections.abc import Iterator, Sequence
from typing import Any

_PORTION = 2000
_SETUP = """
PRAGMA journal_mode = OFF;
PRAGMA synchronous = OFF;
PRAGMA cache_size = -65536;
CREATE TABLE told (place TEXT, row_key TEXT, held TEXT, PRIMARY KEY (place, row_key)) WITHOUT ROWID;
CREATE TABLE words (digest TEXT PRIMARY KEY, seq INTEGER, salt TEXT, erased INTEGER) WITHOUT ROWID;
CREATE TABLE met (row_key TEXT PRIMARY KEY) WITHOUT ROWID;
BEGIN;
"""


class Replay:
    """The rows and words that the chain tells of."""

    def __init__(self) -> None:
        self._store = sqlite3.connect("", isolation_level=None)
        self._store.executescript(_SETUP)
        self._referred: list[tuple[str, int]] = []

    def close(self) -> None:
        """Forget all."""
        self._store.close()

    def apply(self, seq: int, change: Sequence[Any]) -> str | None:
        """Follow one change of an entry; the complaint if it does not fit what came before."""
        table, kind, key, values = change
        self.refer(seq, values)
        if kind == "-":
            gone = self._store.execute(
                "DELETE FROM told WHERE place = ? AND row_key = ?", (table, key)
            )
            return None if gone.rowcount else f"removes {table}/{key}, which was not there"
        if kind == "+":
            added = self._store.execute(
                "INSERT INTO told VALUES (?, ?, ?) ON CONFLICT DO NOTHING",
                (table, key, json.dumps(values)),
            )
            if added.rowcount:
                return None
        held = self.held(table, key)
        self._store.execute(
            "INSERT OR REPLACE INTO told VALUES (?, ?, ?)",
            (table, key, json.dumps({**(held or {}), **values})),
        )
        fits = kind == "~" and held is not None
        return None if fits else f"{kind} {table}/{key} does not fit what came before"

    def refer(self, seq: int, values: dict[str, Any]) -> None:
        """Note the words that values stand for."""
        for value in values.values():
            if type(value) is dict:
                self._referred.append((value["#"], seq))
        if len(self._referred) > _PORTION:
            self._write_referred()

    def _write_referred(self) -> None:
        self._store.executemany(
            "INSERT INTO words VALUES (?, ?, NULL, 0) ON CONFLICT DO NOTHING", self._referred
        )
        self._referred.clear()

    def erase(self, seq: int, digests: Sequence[str]) -> None:
        """Note that the words of an entry were erased."""
        self._write_referred()
        self._store.executemany(
            "UPDATE words SET erased = 1 WHERE digest = ? AND seq = ?",
            [(digest, seq) for digest in digests],
        )

    def find_words(self, seq: int, digest: str, salt: str) -> str | None:
        """Note the salt of words that are kept; the complaint if they should not be there."""
        if self._referred:
            self._write_referred()
        found = self._store.execute(
            "UPDATE words SET salt = ? WHERE digest = ? AND seq = ? RETURNING erased",
            (salt, digest, seq),
        ).fetchall()
        if not found:
            return "the journal does not refer to these words"
        return "was erased according to the journal, yet is here" if found[0][0] else None

    def lost_words(self) -> Iterator[tuple[int, str]]:
        """Entry and digest of words that are gone without having been erased."""
        self._write_referred()
        yield from self._store.execute(
            "SELECT seq, digest FROM words WHERE salt IS NULL AND NOT erased ORDER BY seq, digest"
        )

    def salt(self, digest: str) -> str | None:
        """The salt of words, None when they are gone."""
        found = self._store.execute("SELECT salt FROM words WHERE digest = ?", (digest,)).fetchone()
        return None if found is None else found[0]

    def held(self, table: str, key: str) -> dict[str, Any] | None:
        """What a row should hold, None if it should not be there."""
        found = self._store.execute(
            "SELECT held FROM told WHERE place = ? AND row_key = ?", (table, key)
        ).fetchone()
        return None if found is None else json.loads(found[0])

    def count(self, table: str) -> int:
        """How many rows a table should have."""
        return int(
            self._store.execute("SELECT count(*) FROM told WHERE place = ?", (table,)).fetchone()[0]
        )

    def missing(self, table: str, keys: Iterator[str]) -> Iterator[str]:
        """The keys that a table should have and that are not among these."""
        self._store.execute("DELETE FROM met")
        self._store.executemany("INSERT OR IGNORE INTO met VALUES (?)", ((key,) for key in keys))
        found = self._store.execute(
            "SELECT row_key FROM told WHERE place = ? "
            "AND row_key NOT IN (SELECT row_key FROM met) ORDER BY row_key",
            (table,),
        )
        for (key,) in found:
            yield key

    def tables(self) -> list[str]:
        """Every table that the chain tells of."""
        return [
            row[0] for row in self._store.execute("SELECT DISTINCT place FROM told ORDER BY place")
        ]
