"""Mail addresses that wait until their owners confirm them."""

import sqlalchemy as sa
from alembic import op

import assessor.database.base

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None

_INSTANT = assessor.database.base.Instant(timezone=True)


def upgrade() -> None:
    op.create_table(
        "mail_change",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("person_id", sa.String(), nullable=False),
        sa.Column("address", sa.Text(), nullable=False),
        sa.Column("previous", sa.Text(), nullable=True),
        sa.Column("secret_hash", sa.Text(), nullable=True),
        sa.Column("asked_at", _INSTANT, nullable=False),
        sa.Column("expires_at", _INSTANT, nullable=True),
        sa.Column("confirmed_at", _INSTANT, nullable=True),
        sa.Column("dropped_at", _INSTANT, nullable=True),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_mail_change_person_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_mail_change")),
        sa.UniqueConstraint("secret_hash", name=op.f("uq_mail_change_secret_hash")),
    )
    op.create_index(op.f("ix_mail_change_person_id_asked_at"), "mail_change", ["person_id", "asked_at"])


def downgrade() -> None:
    op.drop_table("mail_change")
