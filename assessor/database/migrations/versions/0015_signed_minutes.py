"""A scan of the signed minutes replaces an earlier one, for a reason."""

import sqlalchemy as sa
from alembic import op

import assessor.database.base

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("signed_minutes", schema=None) as batch_op:
        batch_op.add_column(sa.Column("replaces_id", sa.String(), nullable=True))
        batch_op.add_column(sa.Column("reason", assessor.database.base.Prose(), nullable=True))
        batch_op.create_unique_constraint(
            batch_op.f("uq_signed_minutes_replaces_id"), ["replaces_id"]
        )
        batch_op.create_foreign_key(
            batch_op.f("fk_signed_minutes_replaces_id"), "signed_minutes", ["replaces_id"], ["id"]
        )


def downgrade() -> None:
    with op.batch_alter_table("signed_minutes", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("fk_signed_minutes_replaces_id"), type_="foreignkey")
        batch_op.drop_constraint(batch_op.f("uq_signed_minutes_replaces_id"), type_="unique")
        batch_op.drop_column("reason")
        batch_op.drop_column("replaces_id")
