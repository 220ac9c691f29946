"""A database with one journalled row in every protected table."""

from __future__ import annotations

import pytest

from assessor.journal.checkpoints import load_signer
from tests.assessor.journal import rows


@pytest.fixture
def signer(app):
    """The key of the application under test."""
    return load_signer(app.extensions["assessor_settings"].checkpoint_key)


@pytest.fixture
def known(session, clock, signer):
    """The values of the rows, by `table.column`."""
    return rows.fill(session, clock, signer)
