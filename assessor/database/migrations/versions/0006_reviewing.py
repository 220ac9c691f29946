"""What somebody outside the team says to the items of an assessment."""

import sqlalchemy as sa
from alembic import op

from assessor.database.base import Document, Instant, Prose

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def _of(table: str, *columns: sa.Column) -> list[sa.Column | sa.Constraint]:
    """Columns of a table about an assessment, with their foreign keys."""
    people = [each.name for each in columns if each.name in ("made_by", "person_id")]
    return [
        sa.Column("assessment_id", sa.String(), nullable=False),
        sa.Column("in_round", sa.Integer(), nullable=False),
        *columns,
        sa.ForeignKeyConstraint(
            ["assessment_id"], ["assessment.id"], name=op.f(f"fk_{table}_assessment_id")
        ),
        *(
            sa.ForeignKeyConstraint([name], ["person.id"], name=op.f(f"fk_{table}_{name}"))
            for name in people
        ),
    ]


def upgrade() -> None:
    op.create_table(
        "remark",
        sa.Column("id", sa.String(), nullable=False),
        *_of(
            "remark",
            sa.Column("number", sa.Integer(), nullable=False),
            sa.Column("item", sa.String(), nullable=False),
            sa.Column("words", Prose(), nullable=False),
            sa.Column("choice", sa.String(), nullable=True),
            sa.Column("facts", Prose(), nullable=True),
            sa.Column("bases", Document(), nullable=False),
            sa.Column("made_by", sa.String(), nullable=False),
            sa.Column("made_at", Instant(timezone=True), nullable=False),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_remark")),
        sa.UniqueConstraint("assessment_id", "number", name=op.f("uq_remark_assessment_id_number")),
    )
    op.create_table(
        "correction",
        sa.Column("id", sa.String(), nullable=False),
        *_of(
            "correction",
            sa.Column("number", sa.Integer(), nullable=False),
            sa.Column("item", sa.String(), nullable=False),
            sa.Column("choice", sa.String(), nullable=False),
            sa.Column("instead_of", sa.String(), nullable=True),
            sa.Column("reason", Prose(), nullable=False),
            sa.Column("made_by", sa.String(), nullable=False),
            sa.Column(
                "made_as",
                sa.Enum(
                    "checker",
                    "verifier",
                    name="reviewer",
                    native_enum=False,
                    create_constraint=True,
                    length=40,
                ),
                nullable=False,
            ),
            sa.Column("made_at", Instant(timezone=True), nullable=False),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_correction")),
        sa.UniqueConstraint("assessment_id", "number", name=op.f("uq_correction_assessment_id_number")),
    )
    op.create_table(
        "seen_item",
        sa.Column("id", sa.String(), nullable=False),
        *_of(
            "seen_item",
            sa.Column("person_id", sa.String(), nullable=False),
            sa.Column("item", sa.String(), nullable=False),
            sa.Column("seen_at", Instant(timezone=True), nullable=False),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_seen_item")),
        sa.UniqueConstraint(
            "assessment_id",
            "in_round",
            "person_id",
            "item",
            name=op.f("uq_seen_item_assessment_id_in_round_person_id_item"),
        ),
    )
    op.create_table(
        "review_draw",
        sa.Column("id", sa.String(), nullable=False),
        *_of(
            "review_draw",
            sa.Column("seed", sa.String(), nullable=False),
            sa.Column("pool", Document(), nullable=False),
            sa.Column("items", Document(), nullable=False),
            sa.Column("drawn_at", Instant(timezone=True), nullable=False),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_review_draw")),
        sa.UniqueConstraint(
            "assessment_id", "in_round", name=op.f("uq_review_draw_assessment_id_in_round")
        ),
    )
    with op.batch_alter_table("finding") as batch:
        batch.add_column(sa.Column("correction_id", sa.String(), nullable=True))
        batch.create_foreign_key(
            op.f("fk_finding_correction_id"), "correction", ["correction_id"], ["id"]
        )


def downgrade() -> None:
    with op.batch_alter_table("finding") as batch:
        batch.drop_constraint(op.f("fk_finding_correction_id"), type_="foreignkey")
        batch.drop_column("correction_id")
    for table in ("review_draw", "seen_item", "correction", "remark"):
        op.drop_table(table)
