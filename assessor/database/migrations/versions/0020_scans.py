"""What the virus scanner said of a piece of evidence."""

import sqlalchemy as sa
from alembic import op

import assessor.database.base

revision = "0020"
down_revision = "0019"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "evidence_scan",
        sa.Column("evidence_id", sa.String(), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "waiting",
                "clean",
                "found",
                name="scanstate",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("found", sa.String(), nullable=True),
        sa.Column("since", assessor.database.base.Instant(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["evidence_id"], ["evidence.id"], name=op.f("fk_evidence_scan_evidence_id_evidence")
        ),
        sa.PrimaryKeyConstraint("evidence_id", name=op.f("pk_evidence_scan")),
    )
    op.create_index(op.f("ix_evidence_scan_state"), "evidence_scan", ["state"])


def downgrade() -> None:
    op.drop_table("evidence_scan")
