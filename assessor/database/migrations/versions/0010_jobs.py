"""What is to be done later."""

import sqlalchemy as sa
from alembic import op

import assessor.database.base

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

_INSTANT = assessor.database.base.Instant(timezone=True)


def upgrade() -> None:
    op.create_table(
        "job",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("payload", sa.Text(), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "waiting",
                "done",
                "dead",
                "dropped",
                name="jobstate",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("created_at", _INSTANT, nullable=False),
        sa.Column("run_at", _INSTANT, nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("vanished", sa.Integer(), nullable=False),
        sa.Column("lease", sa.String(), nullable=True),
        sa.Column("leased_until", _INSTANT, nullable=True),
        sa.Column("problem", sa.Text(), nullable=True),
        sa.Column("finished_at", _INSTANT, nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_job")),
    )
    op.create_index(op.f("ix_job_state_run_at_id"), "job", ["state", "run_at", "id"])
    op.create_index(op.f("ix_job_kind_state"), "job", ["kind", "state"])


def downgrade() -> None:
    op.drop_table("job")
