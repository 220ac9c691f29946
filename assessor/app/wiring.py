"""Which feature acts when another one below it has done something?

Lower features know nothing of higher ones; here the higher ones are made to listen.
"""

from assessor.access.guard import the_actor
from assessor.assessments.after_sealing import call_after_sealing
from assessor.database.extension import db
from assessor.journal.checkpoints import load_signer
from assessor.reports.services import issue_report
from assessor.ui.current import the_clock, the_settings, the_store

# the language every sealed assessment gets its report in at once; others are issued on request
FIRST_LANGUAGE = "id"


def _issue_report(assessment_id: str) -> None:
    settings = the_settings()
    issue_report(
        db.session(),
        the_actor(),
        the_clock(),
        store=the_store(),
        signer=load_signer(settings.checkpoint_key),
        assessment_id=assessment_id,
        language=FIRST_LANGUAGE,
        base_url=settings.base_url,
    )


def connect() -> None:
    """Connect all of them; a second time changes nothing."""
    call_after_sealing(_issue_report)
