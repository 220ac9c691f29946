"""What a piece of evidence is, and until when it holds."""

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("evidence") as batch:
        batch.add_column(sa.Column("paper", sa.String(length=40), nullable=True))
        batch.add_column(sa.Column("valid_until", sa.Date(), nullable=True))
        batch.create_index(batch.f("ix_evidence_auditee_id_valid_until"), ["auditee_id", "valid_until"], unique=False)


def downgrade() -> None:
    with op.batch_alter_table("evidence") as batch:
        batch.drop_index(batch.f("ix_evidence_auditee_id_valid_until"))
        batch.drop_column("valid_until")
        batch.drop_column("paper")
