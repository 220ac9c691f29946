"""The first tables."""

import sqlalchemy as sa
from alembic import op

import assessor.database.base

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "attempt",
        sa.Column("bucket", sa.String(), nullable=False),
        sa.Column("window", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("bucket", "window", name=op.f("pk_attempt")),
    )
    op.create_table(
        "edition",
        sa.Column("fingerprint", sa.String(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "standard",
                "checklist",
                name="editionkind",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("edition", sa.String(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.Column("published_at", assessor.database.base.Instant(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("fingerprint", name=op.f("pk_edition")),
    )
    with op.batch_alter_table("edition", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_edition_kind_name_edition"), ["kind", "name", "edition"], unique=False
        )

    op.create_table(
        "entity",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("legal_form", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_entity")),
    )
    op.create_table(
        "journal_checkpoint",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("seq", sa.BigInteger(), nullable=False),
        sa.Column("head", sa.String(), nullable=False),
        sa.Column("root", sa.String(), nullable=False),
        sa.Column("at", assessor.database.base.Instant(timezone=True), nullable=False),
        sa.Column("key_id", sa.String(), nullable=False),
        sa.Column("signature", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_journal_checkpoint")),
    )
    with op.batch_alter_table("journal_checkpoint", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_journal_checkpoint_seq"), ["seq"], unique=False)

    op.create_table(
        "journal_entry",
        sa.Column("seq", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("at", assessor.database.base.Instant(timezone=True), nullable=False),
        sa.Column("actor_id", sa.String(), nullable=True),
        sa.Column("act", sa.String(), nullable=False),
        sa.Column("subject_id", sa.String(), nullable=False),
        sa.Column("auditee_id", sa.String(), nullable=True),
        sa.Column("body", sa.String(), nullable=False),
        sa.Column("previous", sa.String(), nullable=False),
        sa.Column("hash", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("seq", name=op.f("pk_journal_entry")),
    )
    with op.batch_alter_table("journal_entry", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_journal_entry_act_seq"), ["act", "seq"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_journal_entry_actor_id_seq"), ["actor_id", "seq"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_journal_entry_at"), ["at"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_journal_entry_auditee_id_seq"), ["auditee_id", "seq"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_journal_entry_subject_id_seq"), ["subject_id", "seq"], unique=False
        )

    op.create_table(
        "journal_head",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("seq", sa.BigInteger(), nullable=False),
        sa.Column("hash", sa.String(), nullable=False),
        sa.Column("frontier", sa.String(), nullable=False),
        sa.CheckConstraint("id = 1", name=op.f("ck_journal_head_one_row")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_journal_head")),
    )
    op.create_table(
        "journal_text",
        sa.Column("seq", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("digest", sa.String(), nullable=False),
        sa.Column("salt", sa.String(), nullable=False),
        sa.Column("words", assessor.database.base.Prose(), nullable=False),
        sa.PrimaryKeyConstraint("seq", "digest", name=op.f("pk_journal_text")),
    )
    op.create_table(
        "person",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("user_name", assessor.database.base.Prose(), nullable=False),
        sa.Column("name", assessor.database.base.Prose(), nullable=False),
        sa.Column("password_hash", assessor.database.base.Secret(), nullable=False),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column(
            "time_zone",
            sa.Enum(
                "WIB",
                "WITA",
                "WIT",
                name="timezone",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("created_at", assessor.database.base.Instant(timezone=True), nullable=False),
        sa.Column("disabled_at", assessor.database.base.Instant(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_person")),
        sa.UniqueConstraint("user_name", name=op.f("uq_person_user_name")),
    )
    op.create_table(
        "reference_series",
        sa.Column("prefix", sa.String(length=8), nullable=False),
        sa.Column("last", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("prefix", name=op.f("pk_reference_series")),
    )
    op.create_table(
        "territory",
        sa.Column("code", sa.String(length=13), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "nation",
                "province",
                "regency",
                "district",
                "village",
                name="territorykind",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("parent_code", sa.String(length=13), nullable=True),
        sa.Column("decree", sa.String(), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("valid_to", sa.Date(), nullable=True),
        sa.Column("search_key", sa.String(), nullable=False),
        sa.Column("sort_key", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["parent_code"], ["territory.code"], name=op.f("fk_territory_parent_code")
        ),
        sa.PrimaryKeyConstraint("code", name=op.f("pk_territory")),
    )
    with op.batch_alter_table("territory", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_territory_kind_sort_key"), ["kind", "sort_key"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_territory_parent_code"), ["parent_code"], unique=False)
        batch_op.create_index(batch_op.f("ix_territory_search_key"), ["search_key"], unique=False)

    op.create_table(
        "approval",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("fingerprint", sa.String(), nullable=False),
        sa.Column("decree", sa.String(), nullable=False),
        sa.Column("effective_on", sa.Date(), nullable=False),
        sa.Column("approved_by", assessor.database.base.Prose(), nullable=False),
        sa.Column("fictitious", sa.Boolean(), nullable=False),
        sa.Column("recorded_at", assessor.database.base.Instant(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["fingerprint"], ["edition.fingerprint"], name=op.f("fk_approval_fingerprint")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_approval")),
    )
    with op.batch_alter_table("approval", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_approval_fingerprint"), ["fingerprint"], unique=False)

    op.create_table(
        "office",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "centre",
                "bnnp",
                "bnnk",
                name="officekind",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("short_name", sa.String(), nullable=False),
        sa.Column("parent_id", sa.String(), nullable=True),
        sa.Column("territory_code", sa.String(length=13), nullable=True),
        sa.Column(
            "time_zone",
            sa.Enum(
                "WIB",
                "WITA",
                "WIT",
                name="timezone",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("letterhead", assessor.database.base.Document(), nullable=False),
        sa.Column("closed_on", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(["parent_id"], ["office.id"], name=op.f("fk_office_parent_id")),
        sa.ForeignKeyConstraint(
            ["territory_code"], ["territory.code"], name=op.f("fk_office_territory_code")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_office")),
        sa.UniqueConstraint("name", name=op.f("uq_office_name")),
    )
    with op.batch_alter_table("office", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_office_parent_id"), ["parent_id"], unique=False)

    op.create_table(
        "sign_in",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("secret_hash", sa.String(), nullable=False),
        sa.Column("person_id", sa.String(), nullable=False),
        sa.Column("created_at", assessor.database.base.Instant(timezone=True), nullable=False),
        sa.Column("seen_at", assessor.database.base.Instant(timezone=True), nullable=False),
        sa.Column("ended_at", assessor.database.base.Instant(timezone=True), nullable=True),
        sa.Column("shared_computer", sa.Boolean(), nullable=False),
        sa.Column("device", assessor.database.base.Prose(), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_sign_in_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sign_in")),
        sa.UniqueConstraint("secret_hash", name=op.f("uq_sign_in_secret_hash")),
    )
    with op.batch_alter_table("sign_in", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_sign_in_person_id_ended_at"), ["person_id", "ended_at"], unique=False
        )

    op.create_table(
        "auditee",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("reference", sa.String(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "site",
                "unit",
                name="auditeekind",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("entity_id", sa.String(), nullable=True),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("regency_code", sa.String(length=13), nullable=False),
        sa.Column("village_code", sa.String(length=13), nullable=True),
        sa.Column("address", sa.String(), nullable=False),
        sa.Column(
            "time_zone",
            sa.Enum(
                "WIB",
                "WITA",
                "WIT",
                name="timezone",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column(
            "agency",
            sa.Enum(
                "bnn",
                "kemensos",
                "kemenkes",
                "ditjenpas",
                "polri",
                "pemda",
                "yayasan",
                "desa",
                "lain",
                name="agency",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("operating_office_id", sa.String(), nullable=True),
        sa.Column("responsible_office_id", sa.String(), nullable=False),
        sa.Column("tags", assessor.database.base.Document(), nullable=False),
        sa.Column("created_at", assessor.database.base.Instant(timezone=True), nullable=False),
        sa.Column("closed_on", sa.Date(), nullable=True),
        sa.Column("search_key", sa.String(), nullable=False),
        sa.Column("sort_key", sa.String(), nullable=False),
        sa.CheckConstraint(
            "(kind = 'site') = (entity_id IS NOT NULL)", name=op.f("ck_auditee_site_has_entity")
        ),
        sa.ForeignKeyConstraint(["entity_id"], ["entity.id"], name=op.f("fk_auditee_entity_id")),
        sa.ForeignKeyConstraint(
            ["operating_office_id"], ["office.id"], name=op.f("fk_auditee_operating_office_id")
        ),
        sa.ForeignKeyConstraint(
            ["regency_code"], ["territory.code"], name=op.f("fk_auditee_regency_code")
        ),
        sa.ForeignKeyConstraint(
            ["responsible_office_id"], ["office.id"], name=op.f("fk_auditee_responsible_office_id")
        ),
        sa.ForeignKeyConstraint(
            ["village_code"], ["territory.code"], name=op.f("fk_auditee_village_code")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_auditee")),
        sa.UniqueConstraint("reference", name=op.f("uq_auditee_reference")),
    )
    with op.batch_alter_table("auditee", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_auditee_entity_id"), ["entity_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_auditee_regency_code"), ["regency_code"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_auditee_responsible_office_id_sort_key"),
            ["responsible_office_id", "sort_key"],
            unique=False,
        )
        batch_op.create_index(batch_op.f("ix_auditee_search_key"), ["search_key"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_auditee_sort_key_id"), ["sort_key", "id"], unique=False
        )

    op.create_table(
        "office_closure",
        sa.Column("ancestor_id", sa.String(), nullable=False),
        sa.Column("descendant_id", sa.String(), nullable=False),
        sa.Column("depth", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["ancestor_id"], ["office.id"], name=op.f("fk_office_closure_ancestor_id")
        ),
        sa.ForeignKeyConstraint(
            ["descendant_id"], ["office.id"], name=op.f("fk_office_closure_descendant_id")
        ),
        sa.PrimaryKeyConstraint("ancestor_id", "descendant_id", name=op.f("pk_office_closure")),
    )
    with op.batch_alter_table("office_closure", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_office_closure_descendant_id"), ["descendant_id"], unique=False
        )

    op.create_table(
        "service_area",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("office_id", sa.String(), nullable=False),
        sa.Column("territory_code", sa.String(length=13), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("valid_to", sa.Date(), nullable=True),
        sa.CheckConstraint(
            "valid_to IS NULL OR valid_to > valid_from", name=op.f("ck_service_area_dates")
        ),
        sa.ForeignKeyConstraint(
            ["office_id"], ["office.id"], name=op.f("fk_service_area_office_id")
        ),
        sa.ForeignKeyConstraint(
            ["territory_code"], ["territory.code"], name=op.f("fk_service_area_territory_code")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_service_area")),
    )
    with op.batch_alter_table("service_area", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_service_area_office_id"), ["office_id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_service_area_territory_code"), ["territory_code"], unique=False
        )

    op.create_table(
        "assessment",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("reference", sa.String(), nullable=False),
        sa.Column("auditee_id", sa.String(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "self",
                "baseline",
                "evaluation",
                "follow_up",
                "periodic",
                name="assessmentkind",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
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
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("edition", sa.String(), nullable=False),
        sa.Column("tags", assessor.database.base.Document(), nullable=False),
        sa.Column("follows_id", sa.String(), nullable=True),
        sa.Column("scope", assessor.database.base.Document(), nullable=True),
        sa.Column(
            "status",
            sa.Enum(
                "draft",
                "in_progress",
                "submitted",
                "returned",
                "sealed",
                "revised",
                "cancelled",
                name="status",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("opened_by", sa.String(), nullable=False),
        sa.Column("opened_at", assessor.database.base.Instant(timezone=True), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("visit_on", sa.Date(), nullable=True),
        sa.Column("submitted_at", assessor.database.base.Instant(timezone=True), nullable=True),
        sa.Column("sealed_at", assessor.database.base.Instant(timezone=True), nullable=True),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("revises_id", sa.String(), nullable=True),
        sa.Column("revision_reason", assessor.database.base.Prose(), nullable=True),
        sa.Column("return_reason", assessor.database.base.Prose(), nullable=True),
        sa.ForeignKeyConstraint(
            ["auditee_id"], ["auditee.id"], name=op.f("fk_assessment_auditee_id")
        ),
        sa.ForeignKeyConstraint(
            ["edition"], ["edition.fingerprint"], name=op.f("fk_assessment_edition")
        ),
        sa.ForeignKeyConstraint(
            ["follows_id"], ["assessment.id"], name=op.f("fk_assessment_follows_id")
        ),
        sa.ForeignKeyConstraint(["opened_by"], ["person.id"], name=op.f("fk_assessment_opened_by")),
        sa.ForeignKeyConstraint(
            ["revises_id"], ["assessment.id"], name=op.f("fk_assessment_revises_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_assessment")),
        sa.UniqueConstraint("reference", name=op.f("uq_assessment_reference")),
        sa.UniqueConstraint("revises_id", name=op.f("uq_assessment_revises_id")),
    )
    with op.batch_alter_table("assessment", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_assessment_auditee_id_kind_opened_at"),
            ["auditee_id", "kind", "opened_at"],
            unique=False,
        )
        batch_op.create_index(
            batch_op.f("ix_assessment_status_opened_at"), ["status", "opened_at"], unique=False
        )

    op.create_table(
        "evidence",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("auditee_id", sa.String(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "document",
                "photo",
                name="evidencekind",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("title", assessor.database.base.Prose(), nullable=False),
        sa.Column("original_name", assessor.database.base.Prose(), nullable=False),
        sa.Column("stands_for", sa.Date(), nullable=True),
        sa.Column("digest", sa.String(), nullable=False),
        sa.Column("size", sa.BigInteger(), nullable=False),
        sa.Column("media_type", sa.String(), nullable=False),
        sa.Column("thumb_digest", sa.String(), nullable=False),
        sa.Column("page_digests", assessor.database.base.Document(), nullable=False),
        sa.Column("page_count", sa.Integer(), nullable=False),
        sa.Column("declaration", sa.String(), nullable=False),
        sa.Column(
            "source",
            sa.Enum(
                "auditee",
                "officer",
                name="source",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("uploaded_by", sa.String(), nullable=False),
        sa.Column("created_at", assessor.database.base.Instant(timezone=True), nullable=False),
        sa.Column("replaces_id", sa.String(), nullable=True),
        sa.Column("withdrawn_at", assessor.database.base.Instant(timezone=True), nullable=True),
        sa.Column("withdrawn_reason", assessor.database.base.Prose(), nullable=True),
        sa.ForeignKeyConstraint(
            ["auditee_id"], ["auditee.id"], name=op.f("fk_evidence_auditee_id")
        ),
        sa.ForeignKeyConstraint(
            ["replaces_id"], ["evidence.id"], name=op.f("fk_evidence_replaces_id")
        ),
        sa.ForeignKeyConstraint(
            ["uploaded_by"], ["person.id"], name=op.f("fk_evidence_uploaded_by")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_evidence")),
    )
    with op.batch_alter_table("evidence", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_evidence_auditee_id_created_at"),
            ["auditee_id", "created_at"],
            unique=False,
        )
        batch_op.create_index(batch_op.f("ix_evidence_replaces_id"), ["replaces_id"], unique=False)
        batch_op.create_index(
            "uq_evidence_auditee_id_digest",
            ["auditee_id", "digest"],
            unique=True,
            sqlite_where=sa.text("withdrawn_at IS NULL"),
            postgresql_where=sa.text("withdrawn_at IS NULL"),
        )

    op.create_table(
        "position",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("person_id", sa.String(), nullable=False),
        sa.Column(
            "role",
            sa.Enum(
                "assessor",
                "coach",
                "checker",
                "institution",
                "unit",
                "directorate",
                "privacy",
                "observer",
                "administrator",
                name="role",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("office_id", sa.String(), nullable=True),
        sa.Column("auditee_id", sa.String(), nullable=True),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("valid_to", sa.Date(), nullable=True),
        sa.CheckConstraint(
            "(office_id IS NULL) != (auditee_id IS NULL)", name=op.f("ck_position_one_place")
        ),
        sa.CheckConstraint(
            "valid_to IS NULL OR valid_to >= valid_from", name=op.f("ck_position_dates")
        ),
        sa.ForeignKeyConstraint(
            ["auditee_id"], ["auditee.id"], name=op.f("fk_position_auditee_id")
        ),
        sa.ForeignKeyConstraint(["office_id"], ["office.id"], name=op.f("fk_position_office_id")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_position_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_position")),
    )
    with op.batch_alter_table("position", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_position_auditee_id"), ["auditee_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_position_office_id"), ["office_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_position_person_id"), ["person_id"], unique=False)

    op.create_table(
        "service",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("auditee_id", sa.String(), nullable=False),
        sa.Column("tag", sa.String(length=40), nullable=False),
        sa.Column("capacity", sa.Integer(), nullable=True),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("valid_to", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(["auditee_id"], ["auditee.id"], name=op.f("fk_service_auditee_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_service")),
    )
    with op.batch_alter_table("service", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_service_auditee_id"), ["auditee_id"], unique=False)

    op.create_table(
        "answer",
        sa.Column("assessment_id", sa.String(), nullable=False),
        sa.Column("item", sa.String(), nullable=False),
        sa.Column("choice", sa.String(), nullable=True),
        sa.Column("choice_op", sa.String(), nullable=True),
        sa.Column("reason", assessor.database.base.Prose(), nullable=True),
        sa.Column("reason_op", sa.String(), nullable=True),
        sa.Column("facts", assessor.database.base.Prose(), nullable=True),
        sa.Column("facts_op", sa.String(), nullable=True),
        sa.Column("recommendation", assessor.database.base.Prose(), nullable=True),
        sa.Column("recommendation_op", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(
            ["assessment_id"], ["assessment.id"], name=op.f("fk_answer_assessment_id")
        ),
        sa.PrimaryKeyConstraint("assessment_id", "item", name=op.f("pk_answer")),
    )
    op.create_table(
        "basis",
        sa.Column("op_id", sa.String(), nullable=False),
        sa.Column("assessment_id", sa.String(), nullable=False),
        sa.Column("item", sa.String(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "evidence",
                "sighted",
                "sample",
                "interviews",
                name="basiskind",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("evidence_id", sa.String(), nullable=True),
        sa.Column("detail", assessor.database.base.Document(), nullable=False),
        sa.Column("removed_by", sa.String(), nullable=True),
        sa.CheckConstraint(
            "(kind = 'evidence') = (evidence_id IS NOT NULL)", name=op.f("ck_basis_evidence")
        ),
        sa.ForeignKeyConstraint(
            ["assessment_id"], ["assessment.id"], name=op.f("fk_basis_assessment_id")
        ),
        sa.ForeignKeyConstraint(
            ["evidence_id"], ["evidence.id"], name=op.f("fk_basis_evidence_id")
        ),
        sa.PrimaryKeyConstraint("op_id", name=op.f("pk_basis")),
    )
    with op.batch_alter_table("basis", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_basis_assessment_id_item"), ["assessment_id", "item"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_basis_evidence_id"), ["evidence_id"], unique=False)

    op.create_table(
        "evidence_access",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("evidence_id", sa.String(), nullable=False),
        sa.Column("person_id", sa.String(), nullable=False),
        sa.Column("form", sa.String(), nullable=False),
        sa.Column("at", assessor.database.base.Instant(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["evidence_id"], ["evidence.id"], name=op.f("fk_evidence_access_evidence_id")
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_evidence_access_person_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_evidence_access")),
    )
    with op.batch_alter_table("evidence_access", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_evidence_access_at"), ["at"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_evidence_access_evidence_id_at"), ["evidence_id", "at"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_evidence_access_person_id_at"), ["person_id", "at"], unique=False
        )

    op.create_table(
        "exemption",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("assessment_id", sa.String(), nullable=False),
        sa.Column("rule", sa.String(), nullable=False),
        sa.Column("person_id", sa.String(), nullable=False),
        sa.Column("reason", assessor.database.base.Prose(), nullable=False),
        sa.Column("granted_by", sa.String(), nullable=False),
        sa.Column("granted_at", assessor.database.base.Instant(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["assessment_id"], ["assessment.id"], name=op.f("fk_exemption_assessment_id")
        ),
        sa.ForeignKeyConstraint(
            ["granted_by"], ["person.id"], name=op.f("fk_exemption_granted_by")
        ),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_exemption_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_exemption")),
    )
    with op.batch_alter_table("exemption", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_exemption_assessment_id"), ["assessment_id"], unique=False
        )

    op.create_table(
        "finding",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("assessment_id", sa.String(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("item", sa.String(), nullable=False),
        sa.Column(
            "finding_class",
            sa.Enum(
                "major",
                "minor",
                "suggestion",
                name="findingclass",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("statement", assessor.database.base.Prose(), nullable=False),
        sa.Column(
            "status",
            sa.Enum(
                "proposed",
                "dropped",
                "issued",
                name="findingstatus",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("drop_reason", assessor.database.base.Prose(), nullable=True),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("issued_at", assessor.database.base.Instant(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["assessment_id"], ["assessment.id"], name=op.f("fk_finding_assessment_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_finding")),
        sa.UniqueConstraint("assessment_id", "item", name=op.f("uq_finding_assessment_id_item")),
    )
    with op.batch_alter_table("finding", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_finding_assessment_id"), ["assessment_id"], unique=False
        )

    op.create_table(
        "issued_report",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("assessment_id", sa.String(), nullable=False),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("check_url", sa.String(), nullable=False),
        sa.Column("digest", sa.String(), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("version", sa.String(), nullable=False),
        sa.Column("checkpoint_id", sa.String(), nullable=False),
        sa.Column("issued_at", assessor.database.base.Instant(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["assessment_id"], ["assessment.id"], name=op.f("fk_issued_report_assessment_id")
        ),
        sa.ForeignKeyConstraint(
            ["checkpoint_id"],
            ["journal_checkpoint.id"],
            name=op.f("fk_issued_report_checkpoint_id"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_issued_report")),
        sa.UniqueConstraint(
            "assessment_id", "language", name=op.f("uq_issued_report_assessment_id_language")
        ),
        sa.UniqueConstraint("code", name=op.f("uq_issued_report_code")),
        sa.UniqueConstraint("digest", name=op.f("uq_issued_report_digest")),
    )
    op.create_table(
        "operation",
        sa.Column("op_id", sa.String(), nullable=False),
        sa.Column("assessment_id", sa.String(), nullable=False),
        sa.Column("device", sa.String(), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("item", sa.String(), nullable=False),
        sa.Column("field", sa.String(), nullable=False),
        sa.Column("value", assessor.database.base.Prose(), nullable=True),
        sa.Column("base_op", sa.String(), nullable=True),
        sa.Column("payload", sa.String(), nullable=False),
        sa.Column("actor_id", sa.String(), nullable=False),
        sa.Column("device_at", sa.String(), nullable=False),
        sa.Column("received_at", assessor.database.base.Instant(timezone=True), nullable=False),
        sa.Column(
            "result",
            sa.Enum(
                "applied",
                "conflict",
                "parked",
                name="operationresult",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("settled_by", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(["actor_id"], ["person.id"], name=op.f("fk_operation_actor_id")),
        sa.ForeignKeyConstraint(
            ["assessment_id"], ["assessment.id"], name=op.f("fk_operation_assessment_id")
        ),
        sa.PrimaryKeyConstraint("op_id", name=op.f("pk_operation")),
    )
    with op.batch_alter_table("operation", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_operation_assessment_id_result_settled_by"),
            ["assessment_id", "result", "settled_by"],
            unique=False,
        )

    op.create_table(
        "sealed_document",
        sa.Column("assessment_id", sa.String(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.Column("root", sa.String(), nullable=False),
        sa.Column("sealed_at", assessor.database.base.Instant(timezone=True), nullable=False),
        sa.Column("journal_seq", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["assessment_id"], ["assessment.id"], name=op.f("fk_sealed_document_assessment_id")
        ),
        sa.PrimaryKeyConstraint("assessment_id", name=op.f("pk_sealed_document")),
    )
    op.create_table(
        "sign_off",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("assessment_id", sa.String(), nullable=False),
        sa.Column("person_id", sa.String(), nullable=False),
        sa.Column(
            "meaning",
            sa.Enum(
                "attests",
                "submits",
                "verifies",
                name="meaning",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("content_hash", sa.String(), nullable=False),
        sa.Column("signed_at", assessor.database.base.Instant(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["assessment_id"], ["assessment.id"], name=op.f("fk_sign_off_assessment_id")
        ),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_sign_off_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sign_off")),
    )
    with op.batch_alter_table("sign_off", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_sign_off_assessment_id"), ["assessment_id"], unique=False
        )

    op.create_table(
        "team_member",
        sa.Column("assessment_id", sa.String(), nullable=False),
        sa.Column("person_id", sa.String(), nullable=False),
        sa.Column(
            "role",
            sa.Enum(
                "lead",
                "member",
                name="teamrole",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.ForeignKeyConstraint(
            ["assessment_id"], ["assessment.id"], name=op.f("fk_team_member_assessment_id")
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_team_member_person_id")
        ),
        sa.PrimaryKeyConstraint("assessment_id", "person_id", name=op.f("pk_team_member")),
    )
    with op.batch_alter_table("team_member", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_team_member_person_id"), ["person_id"], unique=False)

    op.create_table(
        "finding_answer",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("finding_id", sa.String(), nullable=False),
        sa.Column("words", assessor.database.base.Prose(), nullable=False),
        sa.Column("answered_by", sa.String(), nullable=False),
        sa.Column("answered_at", assessor.database.base.Instant(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["answered_by"], ["person.id"], name=op.f("fk_finding_answer_answered_by")
        ),
        sa.ForeignKeyConstraint(
            ["finding_id"], ["finding.id"], name=op.f("fk_finding_answer_finding_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_finding_answer")),
    )
    with op.batch_alter_table("finding_answer", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_finding_answer_finding_id"), ["finding_id"], unique=False
        )
    op.execute(
        "INSERT INTO journal_head (id, seq, hash, frontier) VALUES (1, 0, '" + "0" * 64 + "', '')"
    )


def downgrade() -> None:
    with op.batch_alter_table("finding_answer", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_finding_answer_finding_id"))

    op.drop_table("finding_answer")
    with op.batch_alter_table("team_member", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_team_member_person_id"))

    op.drop_table("team_member")
    with op.batch_alter_table("sign_off", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_sign_off_assessment_id"))

    op.drop_table("sign_off")
    op.drop_table("sealed_document")
    with op.batch_alter_table("operation", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_operation_assessment_id_result_settled_by"))

    op.drop_table("operation")
    op.drop_table("issued_report")
    with op.batch_alter_table("finding", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_finding_assessment_id"))

    op.drop_table("finding")
    with op.batch_alter_table("exemption", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_exemption_assessment_id"))

    op.drop_table("exemption")
    with op.batch_alter_table("evidence_access", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_evidence_access_person_id_at"))
        batch_op.drop_index(batch_op.f("ix_evidence_access_evidence_id_at"))
        batch_op.drop_index(batch_op.f("ix_evidence_access_at"))

    op.drop_table("evidence_access")
    with op.batch_alter_table("basis", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_basis_evidence_id"))
        batch_op.drop_index(batch_op.f("ix_basis_assessment_id_item"))

    op.drop_table("basis")
    op.drop_table("answer")
    with op.batch_alter_table("service", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_service_auditee_id"))

    op.drop_table("service")
    with op.batch_alter_table("position", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_position_person_id"))
        batch_op.drop_index(batch_op.f("ix_position_office_id"))
        batch_op.drop_index(batch_op.f("ix_position_auditee_id"))

    op.drop_table("position")
    with op.batch_alter_table("evidence", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_evidence_auditee_id_digest",
            sqlite_where=sa.text("withdrawn_at IS NULL"),
            postgresql_where=sa.text("withdrawn_at IS NULL"),
        )
        batch_op.drop_index(batch_op.f("ix_evidence_replaces_id"))
        batch_op.drop_index(batch_op.f("ix_evidence_auditee_id_created_at"))

    op.drop_table("evidence")
    with op.batch_alter_table("assessment", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_assessment_status_opened_at"))
        batch_op.drop_index(batch_op.f("ix_assessment_auditee_id_kind_opened_at"))

    op.drop_table("assessment")
    with op.batch_alter_table("service_area", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_service_area_territory_code"))
        batch_op.drop_index(batch_op.f("ix_service_area_office_id"))

    op.drop_table("service_area")
    with op.batch_alter_table("office_closure", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_office_closure_descendant_id"))

    op.drop_table("office_closure")
    with op.batch_alter_table("auditee", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_auditee_sort_key_id"))
        batch_op.drop_index(batch_op.f("ix_auditee_search_key"))
        batch_op.drop_index(batch_op.f("ix_auditee_responsible_office_id_sort_key"))
        batch_op.drop_index(batch_op.f("ix_auditee_regency_code"))
        batch_op.drop_index(batch_op.f("ix_auditee_entity_id"))

    op.drop_table("auditee")
    with op.batch_alter_table("sign_in", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_sign_in_person_id_ended_at"))

    op.drop_table("sign_in")
    with op.batch_alter_table("office", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_office_parent_id"))

    op.drop_table("office")
    with op.batch_alter_table("approval", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_approval_fingerprint"))

    op.drop_table("approval")
    with op.batch_alter_table("territory", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_territory_search_key"))
        batch_op.drop_index(batch_op.f("ix_territory_parent_code"))
        batch_op.drop_index(batch_op.f("ix_territory_kind_sort_key"))

    op.drop_table("territory")
    op.drop_table("reference_series")
    op.drop_table("person")
    op.drop_table("journal_text")
    op.drop_table("journal_head")
    with op.batch_alter_table("journal_entry", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_journal_entry_subject_id_seq"))
        batch_op.drop_index(batch_op.f("ix_journal_entry_auditee_id_seq"))
        batch_op.drop_index(batch_op.f("ix_journal_entry_at"))
        batch_op.drop_index(batch_op.f("ix_journal_entry_actor_id_seq"))
        batch_op.drop_index(batch_op.f("ix_journal_entry_act_seq"))

    op.drop_table("journal_entry")
    with op.batch_alter_table("journal_checkpoint", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_journal_checkpoint_seq"))

    op.drop_table("journal_checkpoint")
    op.drop_table("entity")
    with op.batch_alter_table("edition", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_edition_kind_name_edition"))

    op.drop_table("edition")
    op.drop_table("attempt")
