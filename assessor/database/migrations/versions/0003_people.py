"""Ways to reach people, their keys in lists, links that let them choose a password, holds."""

import sqlalchemy as sa
from alembic import op

import assessor.database.base
from assessor.organization.keys import search_key, sort_key

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

_INSTANT = assessor.database.base.Instant(timezone=True)


def upgrade() -> None:
    with op.batch_alter_table("person") as batch:
        batch.add_column(sa.Column("mail", sa.Text(), nullable=True))
        batch.add_column(sa.Column("phone", sa.Text(), nullable=True))
    keys = op.create_table(
        "person_key",
        sa.Column("person_id", sa.String(), nullable=False),
        sa.Column("search_key", sa.Text(), nullable=False),
        sa.Column("sort_key", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_person_key_person_id")),
        sa.PrimaryKeyConstraint("person_id", name=op.f("pk_person_key")),
    )
    op.create_index(op.f("ix_person_key_sort_key_person_id"), "person_key", ["sort_key", "person_id"])
    people = op.get_bind().execute(sa.text("SELECT id, user_name, name FROM person")).all()
    if people:
        op.bulk_insert(
            keys,
            [
                {
                    "person_id": each.id,
                    "search_key": f"{search_key(each.name)} {search_key(each.user_name)}",
                    "sort_key": sort_key(each.name),
                }
                for each in people
            ],
        )
    op.create_table(
        "account_link",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("secret_hash", sa.Text(), nullable=False),
        sa.Column("person_id", sa.String(), nullable=False),
        sa.Column(
            "purpose",
            sa.Enum(
                "invitation",
                "reset",
                name="linkpurpose",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column(
            "way",
            sa.Enum(
                "mail",
                "hand",
                name="linkway",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("made_at", _INSTANT, nullable=False),
        sa.Column("expires_at", _INSTANT, nullable=False),
        sa.Column("used_at", _INSTANT, nullable=True),
        sa.Column("replaced_at", _INSTANT, nullable=True),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_account_link_person_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_account_link")),
        sa.UniqueConstraint("secret_hash", name=op.f("uq_account_link_secret_hash")),
    )
    op.create_index(op.f("ix_account_link_person_id"), "account_link", ["person_id"])
    op.create_table(
        "attempt_hold",
        sa.Column("person_id", sa.String(), nullable=False),
        sa.Column("bucket", sa.String(), nullable=False),
        sa.Column("window", sa.Integer(), nullable=False),
        sa.Column("until", _INSTANT, nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_attempt_hold_person_id")
        ),
        sa.PrimaryKeyConstraint("person_id", "bucket", name=op.f("pk_attempt_hold")),
    )
    op.create_index(op.f("ix_attempt_hold_until"), "attempt_hold", ["until"])


def downgrade() -> None:
    op.drop_table("attempt_hold")
    op.drop_table("account_link")
    op.drop_table("person_key")
    with op.batch_alter_table("person") as batch:
        batch.drop_column("phone")
        batch.drop_column("mail")
