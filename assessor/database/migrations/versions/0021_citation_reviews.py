"""What a team says of the pieces it cites."""

import sqlalchemy as sa
from alembic import op

from assessor.database.base import Instant, Prose

revision = "0021"
down_revision = "0020"
branch_labels = None
depends_on = None

_T = "citation_review"


def _key(column: str, target: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [target], name=op.f(f"fk_{_T}_{column}"))


def upgrade() -> None:
    op.create_table(
        _T,
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("assessment_id", sa.String(), nullable=False),
        sa.Column("citation", sa.String(), nullable=False),
        sa.Column("evidence_id", sa.String(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column(
            "sufficiency",
            sa.Enum(
                "sufficient", "insufficient", "more_wanted",
                name="sufficiency", native_enum=False, create_constraint=True, length=40,
            ),
            nullable=False,
        ),
        sa.Column("reason", Prose(), nullable=False),
        sa.Column("made_by", sa.String(), nullable=False),
        sa.Column("made_at", Instant(timezone=True), nullable=False),
        _key("assessment_id", "assessment.id"),
        _key("citation", "basis.op_id"),
        _key("evidence_id", "evidence.id"),
        _key("made_by", "person.id"),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{_T}")),
        sa.UniqueConstraint("citation", "number", name=op.f(f"uq_{_T}_citation_number")),
    )
    op.create_index(op.f(f"ix_{_T}_assessment_id"), _T, ["assessment_id"])
    op.create_index(op.f(f"ix_{_T}_evidence_id"), _T, ["evidence_id"])


def downgrade() -> None:
    op.drop_table(_T)
