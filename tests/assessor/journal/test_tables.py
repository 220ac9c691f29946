"""Every table says how it is protected; the journal's own tables are named here."""

from __future__ import annotations

import inspect

import pytest
from sqlalchemy import ForeignKeyConstraint

import assessor.tables  # noqa: F401
from assessor.database.base import AppendOnly, Base, Free, Protected
from tests.assessor.journal.rows import models

# the chain and the checkpoints protect themselves: by hash, by signature
OWN = {"journal_entry", "journal_checkpoint"}


@pytest.mark.parametrize("name", sorted(models()))
def test_every_table_is_protected_or_free_with_a_reason(name):
    model = models()[name]
    if name in OWN:
        assert issubclass(model, AppendOnly)
        assert not issubclass(model, Free | Protected)
        return
    assert issubclass(model, Protected) != issubclass(model, Free), name
    if issubclass(model, Free):
        assert "Free: " in (inspect.getdoc(model) or ""), f"{name} does not say why it is free"


def test_every_table_has_a_model():
    assert set(Base.metadata.tables) == set(models())


def test_no_row_goes_because_another_one_goes():
    for table in Base.metadata.tables.values():
        for constraint in table.constraints:
            if isinstance(constraint, ForeignKeyConstraint):
                assert constraint.ondelete is None, f"{table}: the journal would not see it"
                assert constraint.onupdate is None


def test_no_value_of_a_protected_table_comes_from_the_database_itself():
    for name, model in models().items():
        if issubclass(model, Protected):
            for column in model.__table__.columns:
                assert column.server_default is None, f"{name}.{column.name}"
                assert column.computed is None
