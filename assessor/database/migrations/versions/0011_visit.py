"""What surrounds the judging: assignment, guests, declarations, meetings, closing, minutes."""

import sqlalchemy as sa
from alembic import op

import assessor.database.base

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "assignment",
        sa.Column("assessment_id", sa.String(), nullable=False),
        sa.Column("letter_number", assessor.database.base.Prose(), nullable=False),
        sa.Column("letter_on", sa.Date(), nullable=False),
        sa.Column("office_id", sa.String(), nullable=False),
        sa.Column("planned_from", sa.Date(), nullable=True),
        sa.Column("planned_to", sa.Date(), nullable=True),
        sa.Column("evidence_id", sa.String(), nullable=True),
        sa.Column("recorded_by", sa.String(), nullable=False),
        sa.Column("recorded_at", assessor.database.base.Instant(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["assessment_id"], ["assessment.id"], name=op.f("fk_assignment_assessment_id")
        ),
        sa.ForeignKeyConstraint(
            ["evidence_id"], ["evidence.id"], name=op.f("fk_assignment_evidence_id")
        ),
        sa.ForeignKeyConstraint(["office_id"], ["office.id"], name=op.f("fk_assignment_office_id")),
        sa.ForeignKeyConstraint(
            ["recorded_by"], ["person.id"], name=op.f("fk_assignment_recorded_by")
        ),
        sa.PrimaryKeyConstraint("assessment_id", name=op.f("pk_assignment")),
    )
    with op.batch_alter_table("assignment", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_assignment_evidence_id"), ["evidence_id"], unique=False
        )

    op.create_table(
        "closing",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("assessment_id", sa.String(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("summary", assessor.database.base.Prose(), nullable=False),
        sa.Column("reason", assessor.database.base.Prose(), nullable=True),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.Column("root", sa.String(), nullable=False),
        sa.Column("closed_by", sa.String(), nullable=False),
        sa.Column("closed_at", assessor.database.base.Instant(timezone=True), nullable=False),
        sa.Column("journal_seq", sa.BigInteger(), nullable=False),
        sa.Column("carried_from_id", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(
            ["assessment_id"], ["assessment.id"], name=op.f("fk_closing_assessment_id")
        ),
        sa.ForeignKeyConstraint(
            ["carried_from_id"], ["closing.id"], name=op.f("fk_closing_carried_from_id")
        ),
        sa.ForeignKeyConstraint(["closed_by"], ["person.id"], name=op.f("fk_closing_closed_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_closing")),
        sa.UniqueConstraint(
            "assessment_id", "number", name=op.f("uq_closing_assessment_id_number")
        ),
    )
    op.create_table(
        "conflict_declaration",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("assessment_id", sa.String(), nullable=False),
        sa.Column("person_id", sa.String(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column(
            "stance",
            sa.Enum(
                "none",
                "conflict",
                name="stance",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("words", assessor.database.base.Prose(), nullable=True),
        sa.Column("wording", sa.String(), nullable=False),
        sa.Column("declared_at", assessor.database.base.Instant(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["assessment_id"], ["assessment.id"], name=op.f("fk_conflict_declaration_assessment_id")
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_conflict_declaration_person_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_conflict_declaration")),
        sa.UniqueConstraint(
            "assessment_id",
            "person_id",
            "number",
            name=op.f("uq_conflict_declaration_assessment_id_person_id_number"),
        ),
    )
    op.create_table(
        "disputed_point",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("assessment_id", sa.String(), nullable=False),
        sa.Column("item", sa.String(), nullable=False),
        sa.Column("institution", assessor.database.base.Prose(), nullable=False),
        sa.Column("team", assessor.database.base.Prose(), nullable=False),
        sa.Column("recorded_by", sa.String(), nullable=False),
        sa.Column("recorded_at", assessor.database.base.Instant(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["assessment_id"], ["assessment.id"], name=op.f("fk_disputed_point_assessment_id")
        ),
        sa.ForeignKeyConstraint(
            ["recorded_by"], ["person.id"], name=op.f("fk_disputed_point_recorded_by")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_disputed_point")),
        sa.UniqueConstraint(
            "assessment_id", "item", name=op.f("uq_disputed_point_assessment_id_item")
        ),
    )
    op.create_table(
        "guest_member",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("assessment_id", sa.String(), nullable=False),
        sa.Column("name", assessor.database.base.Prose(), nullable=False),
        sa.Column("agency", assessor.database.base.Prose(), nullable=False),
        sa.Column("function", assessor.database.base.Prose(), nullable=False),
        sa.Column("added_by", sa.String(), nullable=False),
        sa.Column("added_at", assessor.database.base.Instant(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["added_by"], ["person.id"], name=op.f("fk_guest_member_added_by")),
        sa.ForeignKeyConstraint(
            ["assessment_id"], ["assessment.id"], name=op.f("fk_guest_member_assessment_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_guest_member")),
    )
    with op.batch_alter_table("guest_member", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_guest_member_assessment_id"), ["assessment_id"], unique=False
        )

    op.create_table(
        "meeting",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("assessment_id", sa.String(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "opening",
                "closing",
                name="meetingkind",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("held_at", assessor.database.base.Instant(timezone=True), nullable=False),
        sa.Column(
            "mode",
            sa.Enum(
                "on_site",
                "online",
                name="mode",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("place", assessor.database.base.Prose(), nullable=False),
        sa.Column("recorded_by", sa.String(), nullable=False),
        sa.Column("recorded_at", assessor.database.base.Instant(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["assessment_id"], ["assessment.id"], name=op.f("fk_meeting_assessment_id")
        ),
        sa.ForeignKeyConstraint(
            ["recorded_by"], ["person.id"], name=op.f("fk_meeting_recorded_by")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_meeting")),
        sa.UniqueConstraint("assessment_id", "kind", name=op.f("uq_meeting_assessment_id_kind")),
    )
    op.create_table(
        "attendance",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("assessment_id", sa.String(), nullable=False),
        sa.Column("meeting_id", sa.String(), nullable=False),
        sa.Column("line", sa.Integer(), nullable=False),
        sa.Column("name", assessor.database.base.Prose(), nullable=False),
        sa.Column(
            "party",
            sa.Enum(
                "team",
                "institution",
                "guest",
                name="party",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("function", assessor.database.base.Prose(), nullable=False),
        sa.ForeignKeyConstraint(
            ["assessment_id"], ["assessment.id"], name=op.f("fk_attendance_assessment_id")
        ),
        sa.ForeignKeyConstraint(
            ["meeting_id"], ["meeting.id"], name=op.f("fk_attendance_meeting_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_attendance")),
    )
    with op.batch_alter_table("attendance", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_attendance_assessment_id"), ["assessment_id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_attendance_meeting_id"), ["meeting_id"], unique=False)

    op.create_table(
        "issued_minutes",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("closing_id", sa.String(), nullable=False),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("check_url", sa.String(), nullable=False),
        sa.Column("digest", sa.String(), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("version", sa.String(), nullable=False),
        sa.Column("issued_at", assessor.database.base.Instant(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["closing_id"], ["closing.id"], name=op.f("fk_issued_minutes_closing_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_issued_minutes")),
        sa.UniqueConstraint(
            "closing_id", "language", name=op.f("uq_issued_minutes_closing_id_language")
        ),
        sa.UniqueConstraint("code", name=op.f("uq_issued_minutes_code")),
        sa.UniqueConstraint("digest", name=op.f("uq_issued_minutes_digest")),
    )
    op.create_table(
        "signed_minutes",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("closing_id", sa.String(), nullable=False),
        sa.Column("evidence_id", sa.String(), nullable=False),
        sa.Column("linked_by", sa.String(), nullable=False),
        sa.Column("linked_at", assessor.database.base.Instant(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["closing_id"], ["closing.id"], name=op.f("fk_signed_minutes_closing_id")
        ),
        sa.ForeignKeyConstraint(
            ["evidence_id"], ["evidence.id"], name=op.f("fk_signed_minutes_evidence_id")
        ),
        sa.ForeignKeyConstraint(
            ["linked_by"], ["person.id"], name=op.f("fk_signed_minutes_linked_by")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_signed_minutes")),
    )
    with op.batch_alter_table("signed_minutes", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_signed_minutes_closing_id"), ["closing_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_signed_minutes_evidence_id"), ["evidence_id"], unique=False
        )


def downgrade() -> None:
    with op.batch_alter_table("signed_minutes", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_signed_minutes_evidence_id"))
        batch_op.drop_index(batch_op.f("ix_signed_minutes_closing_id"))

    op.drop_table("signed_minutes")
    op.drop_table("issued_minutes")
    with op.batch_alter_table("attendance", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_attendance_meeting_id"))
        batch_op.drop_index(batch_op.f("ix_attendance_assessment_id"))

    op.drop_table("attendance")
    op.drop_table("meeting")
    with op.batch_alter_table("guest_member", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_guest_member_assessment_id"))

    op.drop_table("guest_member")
    op.drop_table("disputed_point")
    op.drop_table("conflict_declaration")
    op.drop_table("closing")
    with op.batch_alter_table("assignment", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_assignment_evidence_id"))

    op.drop_table("assignment")
