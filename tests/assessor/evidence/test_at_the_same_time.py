"""What happens when several people hand in or replace at the same moment?"""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Barrier

import pytest
from sqlalchemy import Engine, create_engine, select
from sqlalchemy.orm import Session

from assessor.database.engine import prepare_engine
from assessor.database.migrate import upgrade
from assessor.evidence.models import Evidence
from assessor.evidence.queries import piece
from assessor.evidence.services import HandedIn
from assessor.journal.verify import verify
from assessor.sentences import Refused
from evidence_store.store import LocalStore
from tests.assessor.evidence.world import give, make_world
from tests.evidence_store import evidence_corpus as corpus

AT_ONCE = 4


@pytest.fixture
def shared(engine: Engine, tmp_path: Path) -> Iterator[Engine]:
    """A database that several connections can use: the one in memory has only one."""
    if engine.dialect.name == "sqlite":
        engine = create_engine(f"sqlite:///{tmp_path}/shared.db")
        prepare_engine(engine)
        upgrade(engine)
    with Session(engine, autoflush=False) as session:
        make_world(session)
    yield engine
    engine.dispose()


def together(engine: Engine, act: Callable[[Session, int], object]) -> list[object]:
    start = Barrier(AT_ONCE)

    def one(number: int) -> object:
        with Session(engine, autoflush=False) as session:
            start.wait()
            try:
                return act(session, number)
            except Refused as refused:
                return refused

    with ThreadPoolExecutor(AT_ONCE) as pool:
        return list(pool.map(one, range(AT_ONCE)))


def test_the_same_bytes_come_in_once(shared: Engine, store: LocalStore) -> None:
    who = ("institution", "assessor", "coach", "institution")
    results = together(shared, lambda session, n: give(session, store, corpus.jpeg(), who=who[n]))
    handed_in = [result for result in results if isinstance(result, HandedIn)]
    assert sorted(each.is_new for each in handed_in) == [False, False, False, True]
    assert len({each.evidence_id for each in handed_in}) == 1
    with Session(shared) as session:
        assert len(session.scalars(select(Evidence)).all()) == 1
        assert list(verify(session)) == []


def test_a_piece_is_replaced_once(shared: Engine, store: LocalStore) -> None:
    with Session(shared, autoflush=False) as session:
        old = give(session, store, corpus.jpeg()).evidence_id

    def replace(session: Session, n: int) -> object:
        content = corpus.encode(corpus.picture((20 + n, 20)), "PNG")
        return give(session, store, content, name=f"{n}.png", replaces=old)

    results = together(shared, replace)
    assert sum(isinstance(result, Refused) for result in results) == AT_ONCE - 1
    with Session(shared) as session:
        found = piece(session, old)
        assert found is not None
        assert found.replaced_by_id is not None
        assert len(session.scalars(select(Evidence)).all()) == 2
        assert list(verify(session)) == []
