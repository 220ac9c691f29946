"""The world of these tests, and a store in a folder."""

from collections.abc import Callable
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from evidence_store.store import LocalStore, Store
from tests.assessor.evidence.world import NOW, make_world, open_browser
from tests.client import PageClient
from tests.conftest import StandingClock


@pytest.fixture
def store(tmp_path: Path) -> LocalStore:
    return LocalStore(tmp_path / "evidence")


@pytest.fixture
def app_store(app: Flask) -> Store:
    found: Store = app.extensions["assessor_store"]
    return found


@pytest.fixture
def world(session: Session) -> Session:
    make_world(session)
    return session


@pytest.fixture
def browser(
    app: Flask, world: Session, clock: StandingClock, new_client: Callable[[], PageClient]
) -> Callable[[str], PageClient]:
    """Makes a browser in which somebody of the world is signed in."""
    clock.set(NOW)
    return lambda who: open_browser(world, new_client(), who)
