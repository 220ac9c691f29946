"""Drafts of editions; the first day of an edition; the day of a decree."""

import sqlalchemy as sa
from alembic import op

from assessor.database.base import Document, Instant, Prose

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None


def _codes(name: str, *codes: str) -> sa.Enum:
    return sa.Enum(*codes, name=name, native_enum=False, create_constraint=True, length=40)


def _key(table: str, column: str, target: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [target], name=op.f(f"fk_{table}_{column}"))


def upgrade() -> None:
    op.create_table(
        "draft",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("edition", sa.String(), nullable=False),
        sa.Column("origin", _codes("draftorigin", "edition", "imported"), nullable=False),
        sa.Column("base", sa.String(), nullable=True),
        sa.Column(
            "status",
            _codes("draftstatus", "open", "proposed", "approved", "published", "withdrawn"),
            nullable=False,
        ),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("started_by", sa.String(), nullable=False),
        sa.Column("started_at", Instant(timezone=True), nullable=False),
        sa.Column("changed_at", Instant(timezone=True), nullable=False),
        sa.Column("proposed_by", sa.String(), nullable=True),
        sa.Column("proposed_at", Instant(timezone=True), nullable=True),
        sa.Column("approved_by", sa.String(), nullable=True),
        sa.Column("approved_at", Instant(timezone=True), nullable=True),
        sa.Column("fingerprint", sa.String(), nullable=True),
        sa.Column("decree", sa.String(), nullable=True),
        sa.Column("decree_on", sa.Date(), nullable=True),
        sa.Column("effective_on", sa.Date(), nullable=True),
        sa.Column("published_at", Instant(timezone=True), nullable=True),
        sa.Column("reason", Prose(), nullable=True),
        _key("draft", "base", "edition.fingerprint"),
        _key("draft", "started_by", "person.id"),
        _key("draft", "proposed_by", "person.id"),
        _key("draft", "approved_by", "person.id"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_draft")),
    )
    with op.batch_alter_table("draft") as batch:
        batch.create_index(batch.f("ix_draft_name_status"), ["name", "status"], unique=False)
    op.create_table(
        "draft_source",
        sa.Column("draft_id", sa.String(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        _key("draft_source", "draft_id", "draft.id"),
        sa.PrimaryKeyConstraint("draft_id", name=op.f("pk_draft_source")),
    )
    op.create_table(
        "draft_part",
        sa.Column("draft_id", sa.String(), nullable=False),
        sa.Column("part", sa.String(), nullable=False),
        sa.Column("content", Document(), nullable=False),
        sa.Column("retired", sa.Boolean(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("changed_by", sa.String(), nullable=False),
        sa.Column("changed_at", Instant(timezone=True), nullable=False),
        _key("draft_part", "draft_id", "draft.id"),
        _key("draft_part", "changed_by", "person.id"),
        sa.PrimaryKeyConstraint("draft_id", "part", name=op.f("pk_draft_part")),
    )
    op.create_table(
        "draft_author",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("draft_id", sa.String(), nullable=False),
        sa.Column("person_id", sa.String(), nullable=False),
        sa.Column("since", Instant(timezone=True), nullable=False),
        _key("draft_author", "draft_id", "draft.id"),
        _key("draft_author", "person_id", "person.id"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_draft_author")),
        sa.UniqueConstraint(
            "draft_id", "person_id", name=op.f("uq_draft_author_draft_id_person_id")
        ),
    )
    with op.batch_alter_table("edition") as batch:
        batch.add_column(sa.Column("usable_from", sa.Date(), nullable=True))
    with op.batch_alter_table("approval") as batch:
        batch.add_column(sa.Column("decree_on", sa.Date(), nullable=True))


def downgrade() -> None:
    with op.batch_alter_table("approval") as batch:
        batch.drop_column("decree_on")
    with op.batch_alter_table("edition") as batch:
        batch.drop_column("usable_from")
    for table in ("draft_author", "draft_part", "draft_source", "draft"):
        op.drop_table(table)
