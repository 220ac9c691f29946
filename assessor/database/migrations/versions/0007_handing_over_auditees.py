"""Who was responsible for an auditee before, and why another office is now."""

import sqlalchemy as sa
from alembic import op

import assessor.database.base

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "auditee_handover",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("auditee_id", sa.String(), nullable=False),
        sa.Column("from_office_id", sa.String(), nullable=False),
        sa.Column("to_office_id", sa.String(), nullable=False),
        sa.Column("handed_on", sa.Date(), nullable=False),
        sa.Column("reason", assessor.database.base.Prose(), nullable=False),
        sa.ForeignKeyConstraint(
            ["auditee_id"], ["auditee.id"], name=op.f("fk_auditee_handover_auditee_id")
        ),
        sa.ForeignKeyConstraint(
            ["from_office_id"], ["office.id"], name=op.f("fk_auditee_handover_from_office_id")
        ),
        sa.ForeignKeyConstraint(
            ["to_office_id"], ["office.id"], name=op.f("fk_auditee_handover_to_office_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_auditee_handover")),
    )
    with op.batch_alter_table("auditee_handover", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_auditee_handover_auditee_id"), ["auditee_id"], unique=False
        )


def downgrade() -> None:
    with op.batch_alter_table("auditee_handover", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_auditee_handover_auditee_id"))
    op.drop_table("auditee_handover")
