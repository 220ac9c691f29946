"""Settings that are changed in the browser."""

import sqlalchemy as sa
from alembic import op

import assessor.database.base

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "kept_setting",
        sa.Column("name", sa.String(length=40), nullable=False),
        sa.Column("value", assessor.database.base.Prose(), nullable=False),
        sa.Column("changed_at", assessor.database.base.Instant(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_kept_setting")),
    )


def downgrade() -> None:
    op.drop_table("kept_setting")
