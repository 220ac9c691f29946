"""How does the packaged list of territories get into the database?

Quickly, in one transaction, and as often as one likes: what is there already stays as it is. A
territory that a newer list lacks is kept and its validity ends with the newer decree.
"""

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import islice
from typing import Any

from sqlalchemy import Connection, bindparam, func, select, update
from sqlalchemy.orm import Session

from assessor.access.actor import Actor
from assessor.journal.models import JournalEntry
from assessor.journal.work import Clock, write
from assessor.organization.events import TerritoriesLoaded
from assessor.organization.models import Territory
from assessor.organization.territory_files import (
    DECREE,
    IN_FORCE_FROM,
    NATION,
    PACKAGE,
    Listed,
    packaged_digest,
    read_packaged,
)

Progress = Callable[[int, int], None]  # rows done, rows in all

BATCH = 5000
_TABLE = Territory.__table__


@dataclass(frozen=True)
class Loading:
    """What a loading did."""

    digest: str
    added: int = 0
    changed: int = 0
    ended: int = 0

    @property
    def nothing(self) -> bool:
        """Whether all was there already."""
        return not (self.added or self.changed or self.ended)


def loaded_digest(session: Session) -> str | None:
    """The digest of the list that was loaded last."""
    body = session.execute(
        select(JournalEntry.body)
        .where(JournalEntry.act == TerritoriesLoaded.act)
        .order_by(JournalEntry.seq.desc())
        .limit(1)
    ).scalar()
    return None if body is None else str(json.loads(body)["values"]["digest"])


def load_territories(
    session: Session,
    actor: Actor,
    clock: Clock,
    *,
    progress: Progress | None = None,
) -> Loading:
    """Bring the table to the packaged list; nothing is written when it is there already."""
    digest = packaged_digest()
    if loaded_digest(session) == digest:
        return Loading(digest)
    listed = read_packaged().territories
    with write(session, actor, clock) as work:
        connection = session.connection()
        present = {
            row.code: row
            for row in connection.execute(
                select(_TABLE.c.code, _TABLE.c.name, _TABLE.c.parent_code, _TABLE.c.valid_to)
            )
        }
        new = [each for each in listed if each.code not in present]
        changed = [each for each in listed if each.code in present and _differs(each, present)]
        gone = set(present) - {each.code for each in listed}
        ended = sorted(code for code in gone if present[code].valid_to is None)
        _add(connection, new, progress)
        _change(connection, changed)
        _end(connection, ended)
        work.record(
            TerritoriesLoaded(
                subject=NATION,
                digest=digest,
                decree=DECREE,
                package=PACKAGE,
                added=len(new),
                changed=len(changed),
                ended=len(ended),
            )
        )
    return Loading(digest, added=len(new), changed=len(changed), ended=len(ended))


def count_territories(session: Session) -> int:
    """How many territories are known."""
    return session.execute(select(func.count()).select_from(Territory)).scalar_one()


def _differs(listed: Listed, present: Mapping[str, Any]) -> bool:
    row = present[listed.code]
    return (row.name, row.parent_code, row.valid_to) != (listed.name, listed.parent_code, None)


def _row(listed: Listed) -> dict[str, Any]:
    return {
        "code": listed.code,
        "kind": listed.kind,
        "name": listed.name,
        "parent_code": listed.parent_code,
        "decree": DECREE,
        "valid_from": IN_FORCE_FROM,
        "valid_to": None,
        "search_key": listed.search_key,
        "sort_key": listed.sort_key,
    }


def _batches(rows: Iterable[dict[str, Any]]) -> Iterator[list[dict[str, Any]]]:
    remaining = iter(rows)
    while batch := list(islice(remaining, BATCH)):
        yield batch


def _add(connection: Connection, listed: list[Listed], progress: Progress | None) -> None:
    done = 0
    for batch in _batches(map(_row, listed)):
        connection.execute(_TABLE.insert(), batch)  # type: ignore[attr-defined]
        done += len(batch)
        if progress is not None:
            progress(done, len(listed))


def _change(connection: Connection, listed: list[Listed]) -> None:
    if not listed:
        return
    statement = update(_TABLE).where(_TABLE.c.code == bindparam("where_code"))  # type: ignore[arg-type]
    connection.execute(
        statement,
        [
            {"where_code": row.pop("code")} | {k: v for k, v in row.items() if k != "valid_from"}
            for row in map(_row, listed)
        ],
    )


def _end(connection: Connection, codes: list[str]) -> None:
    if not codes:
        return
    statement = update(_TABLE).where(_TABLE.c.code == bindparam("where_code"))  # type: ignore[arg-type]
    connection.execute(
        statement, [{"where_code": code, "valid_to": IN_FORCE_FROM} for code in codes]
    )
