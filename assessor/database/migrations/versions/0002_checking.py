"""An assessment is checked before it is verified."""

from assessor.database.widening import set_codes

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

STATUSES = ("draft", "in_progress", "submitted", "returned", "sealed", "revised", "cancelled")
MEANINGS = ("attests", "submits", "verifies")


def upgrade() -> None:
    set_codes("assessment", "status", "status", (*STATUSES, "checked"))
    set_codes("sign_off", "meaning", "meaning", (*MEANINGS, "checks"))


def downgrade() -> None:
    set_codes("sign_off", "meaning", "meaning", MEANINGS)
    set_codes("assessment", "status", "status", STATUSES)
