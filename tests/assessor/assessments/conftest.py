"""Counting what a page asks of the database."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest
from sqlalchemy import Engine, event


@pytest.fixture
def counted(engine: Engine) -> Callable[[], "contextmanager[list[str]]"]:
    """`with counted() as statements:` fills a list with every statement that is run."""

    @contextmanager
    def count() -> Iterator[list[str]]:
        statements: list[str] = []

        def note(_conn: object, _cursor: object, statement: str, *_rest: object) -> None:
            statements.append(statement)

        event.listen(engine, "before_cursor_execute", note)
        try:
            yield statements
        finally:
            event.remove(engine, "before_cursor_execute", note)

    return count
