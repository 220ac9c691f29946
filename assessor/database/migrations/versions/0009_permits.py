"""Permits of sites, and values from outside."""

import sqlalchemy as sa
from alembic import op

import assessor.database.base

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "permit",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("auditee_id", sa.String(), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("service", sa.String(length=40), nullable=True),
        sa.Column("issuer", assessor.database.base.Prose(), nullable=False),
        sa.Column("number", assessor.database.base.Prose(), nullable=False),
        sa.Column("scope", assessor.database.base.Prose(), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("expires_on", sa.Date(), nullable=True),
        sa.Column("evidence_id", sa.String(), nullable=True),
        sa.Column("replaces_id", sa.String(), nullable=True),
        sa.Column("entered_by", sa.String(), nullable=False),
        sa.Column("entered_at", assessor.database.base.Instant(timezone=True), nullable=False),
        sa.Column("withdrawn_by", sa.String(), nullable=True),
        sa.Column("withdrawn_at", assessor.database.base.Instant(timezone=True), nullable=True),
        sa.Column("withdrawn_reason", assessor.database.base.Prose(), nullable=True),
        sa.CheckConstraint(
            "expires_on IS NULL OR expires_on >= valid_from",
            name=op.f("ck_permit_ends_after_start"),
        ),
        sa.ForeignKeyConstraint(["auditee_id"], ["auditee.id"], name=op.f("fk_permit_auditee_id")),
        sa.ForeignKeyConstraint(["entered_by"], ["person.id"], name=op.f("fk_permit_entered_by")),
        sa.ForeignKeyConstraint(
            ["evidence_id"], ["evidence.id"], name=op.f("fk_permit_evidence_id")
        ),
        sa.ForeignKeyConstraint(["replaces_id"], ["permit.id"], name=op.f("fk_permit_replaces_id")),
        sa.ForeignKeyConstraint(
            ["withdrawn_by"], ["person.id"], name=op.f("fk_permit_withdrawn_by")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_permit")),
    )
    with op.batch_alter_table("permit", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_permit_auditee_id_expires_on"),
            ["auditee_id", "expires_on"],
            unique=False,
        )
        batch_op.create_index(
            "uq_permit_replaces_id",
            ["replaces_id"],
            unique=True,
            sqlite_where=sa.text("withdrawn_at IS NULL"),
            postgresql_where=sa.text("withdrawn_at IS NULL"),
        )

    op.create_table(
        "outside_value",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("auditee_id", sa.String(), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("value", assessor.database.base.Prose(), nullable=False),
        sa.Column("scale", assessor.database.base.Prose(), nullable=False),
        sa.Column("source", assessor.database.base.Prose(), nullable=False),
        sa.Column("evidence_id", sa.String(), nullable=True),
        sa.Column("entered_by", sa.String(), nullable=False),
        sa.Column("entered_at", assessor.database.base.Instant(timezone=True), nullable=False),
        sa.Column("withdrawn_by", sa.String(), nullable=True),
        sa.Column("withdrawn_at", assessor.database.base.Instant(timezone=True), nullable=True),
        sa.Column("withdrawn_reason", assessor.database.base.Prose(), nullable=True),
        sa.ForeignKeyConstraint(
            ["auditee_id"], ["auditee.id"], name=op.f("fk_outside_value_auditee_id")
        ),
        sa.ForeignKeyConstraint(
            ["entered_by"], ["person.id"], name=op.f("fk_outside_value_entered_by")
        ),
        sa.ForeignKeyConstraint(
            ["evidence_id"], ["evidence.id"], name=op.f("fk_outside_value_evidence_id")
        ),
        sa.ForeignKeyConstraint(
            ["withdrawn_by"], ["person.id"], name=op.f("fk_outside_value_withdrawn_by")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_outside_value")),
    )
    with op.batch_alter_table("outside_value", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_outside_value_auditee_id_year"), ["auditee_id", "year"], unique=False
        )


def downgrade() -> None:
    op.drop_table("outside_value")
    op.drop_table("permit")
