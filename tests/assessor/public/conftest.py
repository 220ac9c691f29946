"""The world of the tests that need a database."""

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from tests.assessor.reports.sealed import World, make_world
from tests.conftest import StandingClock


@pytest.fixture
def world(app: Flask, session: Session, clock: StandingClock) -> World:
    """A site with a coach, and everything a report needs."""
    settings = app.extensions["assessor_settings"]
    store = app.extensions["assessor_store"]
    return make_world(session, clock, store, settings.checkpoint_key)
