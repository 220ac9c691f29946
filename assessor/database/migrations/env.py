"""Alembic's entry: runs on the connection that `assessor.database.migrate` hands over."""

from alembic import context

import assessor.tables  # noqa: F401
from assessor.database.base import Base

connection = context.config.attributes["connection"]
context.configure(
    connection=connection,
    target_metadata=Base.metadata,
    render_as_batch=connection.dialect.name == "sqlite",
    compare_type=True,
)
context.run_migrations()
