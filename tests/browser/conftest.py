"""One installation and one browser for each journey."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.ground import Ground, chromium, grounded, pictures_folder

expect.set_options(timeout=20_000)  # a busy machine is slow, not wrong


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as started:
        yield started


@pytest.fixture(scope="module")
def ground(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Ground]:
    """An installation; a module says with ITEMS how many items its instrument has."""
    items = getattr(request.module, "ITEMS", 24)
    with grounded(tmp_path_factory.mktemp("journey"), items=items) as made:
        yield made


@pytest.fixture(scope="module")
def pictures() -> Path | None:
    return pictures_folder()
