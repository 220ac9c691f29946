"""Evidence in which a client was seen."""

import sqlalchemy as sa
from alembic import op

from assessor.database.base import Instant, Prose

revision = "0022"
down_revision = "0021"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("evidence") as batch:
        batch.add_column(sa.Column("quarantined_at", Instant(timezone=True), nullable=True))
    op.create_table(
        "quarantine",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("evidence_id", sa.String(), nullable=False),
        sa.Column("whereabouts", Prose(), nullable=False),
        sa.Column("reported_by", sa.String(), nullable=False),
        sa.Column("reported_at", Instant(timezone=True), nullable=False),
        sa.Column("ended_by", sa.String(), nullable=True),
        sa.Column("ended_at", Instant(timezone=True), nullable=True),
        sa.Column("ended_why", Prose(), nullable=True),
        sa.ForeignKeyConstraint(["evidence_id"], ["evidence.id"], name=op.f("fk_quarantine_evidence_id")),
        sa.ForeignKeyConstraint(["reported_by"], ["person.id"], name=op.f("fk_quarantine_reported_by")),
        sa.ForeignKeyConstraint(["ended_by"], ["person.id"], name=op.f("fk_quarantine_ended_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_quarantine")),
    )
    with op.batch_alter_table("quarantine") as batch:
        batch.create_index(
            "uq_quarantine_evidence_id",
            ["evidence_id"],
            unique=True,
            sqlite_where=sa.text("ended_at IS NULL"),
            postgresql_where=sa.text("ended_at IS NULL"),
        )


def downgrade() -> None:
    op.drop_table("quarantine")
    with op.batch_alter_table("evidence") as batch:
        batch.drop_column("quarantined_at")
