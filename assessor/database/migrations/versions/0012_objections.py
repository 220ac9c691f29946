"""Objections to a result, and the days on which an office does not work."""

import sqlalchemy as sa
from alembic import op

from assessor.database.base import Document, Instant, Prose

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None


def _codes(name: str, *codes: str) -> sa.Enum:
    return sa.Enum(*codes, name=name, native_enum=False, create_constraint=True, length=40)


def _key(table: str, column: str, target: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [target], name=op.f(f"fk_{table}_{column}"))


def upgrade() -> None:
    op.create_table(
        "holiday",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("office_id", sa.String(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("name", Prose(), nullable=False),
        _key("holiday", "office_id", "office.id"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_holiday")),
        sa.UniqueConstraint("office_id", "day", name=op.f("uq_holiday_office_id_day")),
    )
    op.create_table(
        "objection",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("assessment_id", sa.String(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column(
            "status", _codes("objectionstatus", "filed", "decided", "withdrawn"), nullable=False
        ),
        sa.Column("words", Prose(), nullable=False),
        sa.Column("filed_as", _codes("filedas", "auditee", "coach"), nullable=False),
        sa.Column("filed_by", sa.String(), nullable=False),
        sa.Column("filed_at", Instant(timezone=True), nullable=False),
        sa.Column("until", sa.Date(), nullable=False),
        sa.Column("ruling", _codes("ruling", "upheld", "revised"), nullable=True),
        sa.Column("reason", Prose(), nullable=True),
        sa.Column("closed_by", sa.String(), nullable=True),
        sa.Column("closed_at", Instant(timezone=True), nullable=True),
        sa.Column("revision_id", sa.String(), nullable=True),
        _key("objection", "assessment_id", "assessment.id"),
        _key("objection", "filed_by", "person.id"),
        _key("objection", "closed_by", "person.id"),
        _key("objection", "revision_id", "assessment.id"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_objection")),
        sa.UniqueConstraint(
            "assessment_id", "number", name=op.f("uq_objection_assessment_id_number")
        ),
    )
    with op.batch_alter_table("objection") as batch:
        batch.create_index(
            batch.f("ix_objection_status_filed_at"), ["status", "filed_at"], unique=False
        )
    op.create_table(
        "objection_point",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("objection_id", sa.String(), nullable=False),
        sa.Column("item", sa.String(), nullable=False),
        sa.Column("finding_id", sa.String(), nullable=True),
        sa.Column("words", Prose(), nullable=False),
        sa.Column("evidence", Document(), nullable=False),
        _key("objection_point", "objection_id", "objection.id"),
        _key("objection_point", "finding_id", "finding.id"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_objection_point")),
        sa.UniqueConstraint(
            "objection_id", "item", name=op.f("uq_objection_point_objection_id_item")
        ),
    )


def downgrade() -> None:
    for table in ("objection_point", "objection", "holiday"):
        op.drop_table(table)
