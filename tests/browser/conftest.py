"""One installation and one browser for each journey.

The database is a SQLite file; with ASSESSOR_TEST_DATABASE=postgresql it is a private PostgreSQL.
"""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.ground import Ground, chromium, grounded, pictures_folder
from tests.conftest import _Postgresql

expect.set_options(timeout=20_000)  # a busy machine is slow, not wrong


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as started:
        yield started


@pytest.fixture(scope="module")
def ground(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Ground]:
    """An installation; a module says with ITEMS how many items its instrument has, or gives one
    with `excerpt`."""
    items = getattr(request.module, "ITEMS", 24)
    given = getattr(request.module, "excerpt", None)
    checklist = given() if given is not None else None
    folder = tmp_path_factory.mktemp("journey")
    with (
        database() as url,
        grounded(folder, items=items, checklist=checklist, database_url=url) as made,
    ):
        yield made


@contextmanager
def database() -> Iterator[str | None]:
    """The address of an empty private PostgreSQL where one is wanted."""
    if os.environ.get("ASSESSOR_TEST_DATABASE", "sqlite") == "sqlite":
        yield None
        return
    server = _Postgresql()
    try:
        yield server.url
    finally:
        server.close()


@pytest.fixture(scope="module")
def pictures() -> Path | None:
    return pictures_folder()
