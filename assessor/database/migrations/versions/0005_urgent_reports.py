"""Urgent reports, and holds on auditees."""

import sqlalchemy as sa
from alembic import op

import assessor.database.base

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "hold",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("auditee_id", sa.String(), nullable=False),
        sa.Column("cause", sa.String(length=40), nullable=False),
        sa.Column("cause_kind", sa.String(length=40), nullable=False),
        sa.Column("begun_at", assessor.database.base.Instant(timezone=True), nullable=False),
        sa.Column("until", sa.Date(), nullable=True),
        sa.Column("ended_at", assessor.database.base.Instant(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["auditee_id"], ["auditee.id"], name=op.f("fk_hold_auditee_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_hold")),
    )
    with op.batch_alter_table("hold", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_hold_auditee_id_ended_at"), ["auditee_id", "ended_at"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_hold_cause"), ["cause"], unique=False)

    op.create_table(
        "urgent_report",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("reference", sa.String(), nullable=False),
        sa.Column("auditee_id", sa.String(), nullable=False),
        sa.Column("assessment_id", sa.String(), nullable=True),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("facts", assessor.database.base.Prose(), nullable=False),
        sa.Column("affected", sa.Integer(), nullable=True),
        sa.Column("seen_on", sa.Date(), nullable=False),
        sa.Column("seen_at", sa.String(length=5), nullable=True),
        sa.Column("place", assessor.database.base.Prose(), nullable=False),
        sa.Column("done", assessor.database.base.Prose(), nullable=False),
        sa.Column("told", assessor.database.base.Document(), nullable=False),
        sa.Column("reported_by", sa.String(), nullable=False),
        sa.Column("reported_at", assessor.database.base.Instant(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["assessment_id"], ["assessment.id"], name=op.f("fk_urgent_report_assessment_id")
        ),
        sa.ForeignKeyConstraint(
            ["auditee_id"], ["auditee.id"], name=op.f("fk_urgent_report_auditee_id")
        ),
        sa.ForeignKeyConstraint(
            ["reported_by"], ["person.id"], name=op.f("fk_urgent_report_reported_by")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_urgent_report")),
        sa.UniqueConstraint("reference", name=op.f("uq_urgent_report_reference")),
    )
    with op.batch_alter_table("urgent_report", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_urgent_report_auditee_id_reported_at"),
            ["auditee_id", "reported_at"],
            unique=False,
        )
        batch_op.create_index(
            batch_op.f("ix_urgent_report_reported_at_id"), ["reported_at", "id"], unique=False
        )

    op.create_table(
        "urgent_note",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("report_id", sa.String(), nullable=False),
        sa.Column("words", assessor.database.base.Prose(), nullable=False),
        sa.Column("written_by", sa.String(), nullable=False),
        sa.Column("written_at", assessor.database.base.Instant(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["report_id"], ["urgent_report.id"], name=op.f("fk_urgent_note_report_id")
        ),
        sa.ForeignKeyConstraint(
            ["written_by"], ["person.id"], name=op.f("fk_urgent_note_written_by")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_urgent_note")),
    )
    with op.batch_alter_table("urgent_note", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_urgent_note_report_id"), ["report_id"], unique=False)

    op.create_table(
        "urgent_decision",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("report_id", sa.String(), nullable=False),
        sa.Column(
            "verdict",
            sa.Enum(
                "terbukti",
                "tidak_terbukti",
                "diteruskan",
                name="verdict",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("reason", assessor.database.base.Prose(), nullable=False),
        sa.Column("hold_until", sa.Date(), nullable=True),
        sa.Column("content_hash", sa.String(), nullable=False),
        sa.Column("decided_by", sa.String(), nullable=False),
        sa.Column("decided_at", assessor.database.base.Instant(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["decided_by"], ["person.id"], name=op.f("fk_urgent_decision_decided_by")
        ),
        sa.ForeignKeyConstraint(
            ["report_id"], ["urgent_report.id"], name=op.f("fk_urgent_decision_report_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_urgent_decision")),
        sa.UniqueConstraint("report_id", name=op.f("uq_urgent_decision_report_id")),
    )


def downgrade() -> None:
    op.drop_table("urgent_decision")
    op.drop_table("urgent_note")
    op.drop_table("urgent_report")
    op.drop_table("hold")
