"""Samples of client files with their marks; counts of interviews."""

import sqlalchemy as sa
from alembic import op

import assessor.database.base

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "file_sample",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("assessment_id", sa.String(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("method", sa.String(), nullable=False),
        sa.Column("seed", sa.String(), nullable=False),
        sa.Column("strata", assessor.database.base.Document(), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("reason", assessor.database.base.Prose(), nullable=True),
        sa.Column("drawn_by", sa.String(), nullable=False),
        sa.Column("drawn_at", assessor.database.base.Instant(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["assessment_id"], ["assessment.id"], name=op.f("fk_file_sample_assessment_id")
        ),
        sa.ForeignKeyConstraint(["drawn_by"], ["person.id"], name=op.f("fk_file_sample_drawn_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_file_sample")),
        sa.UniqueConstraint(
            "assessment_id", "number", name=op.f("uq_file_sample_assessment_id_number")
        ),
    )
    op.create_table(
        "interview_count",
        sa.Column("assessment_id", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.CheckConstraint("count >= 0", name=op.f("ck_interview_count_count")),
        sa.ForeignKeyConstraint(
            ["assessment_id"], ["assessment.id"], name=op.f("fk_interview_count_assessment_id")
        ),
        sa.PrimaryKeyConstraint("assessment_id", "kind", name=op.f("pk_interview_count")),
    )
    op.create_table(
        "file_mark",
        sa.Column("assessment_id", sa.String(), nullable=False),
        sa.Column("sample_id", sa.String(), nullable=False),
        sa.Column("item", sa.String(), nullable=False),
        sa.Column("file", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column(
            "mark",
            sa.Enum(
                "met",
                "unmet",
                "not_applicable",
                name="mark",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=True,
        ),
        sa.Column("marked_by", sa.String(), nullable=False),
        sa.Column("marked_at", assessor.database.base.Instant(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["assessment_id"], ["assessment.id"], name=op.f("fk_file_mark_assessment_id")
        ),
        sa.ForeignKeyConstraint(["marked_by"], ["person.id"], name=op.f("fk_file_mark_marked_by")),
        sa.ForeignKeyConstraint(
            ["sample_id"], ["file_sample.id"], name=op.f("fk_file_mark_sample_id")
        ),
        sa.PrimaryKeyConstraint("sample_id", "item", "file", name=op.f("pk_file_mark")),
    )
    with op.batch_alter_table("file_mark", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_file_mark_assessment_id"), ["assessment_id"], unique=False
        )


def downgrade() -> None:
    op.drop_table("file_mark")
    op.drop_table("interview_count")
    op.drop_table("file_sample")
