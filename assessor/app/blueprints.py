"""Which features answer requests?"""

from flask import Flask

from assessor.accounts import (  # routes of accounts
    factor_views,  # noqa: F401
    link_views,  # noqa: F401
    profile_views,  # noqa: F401
)
from assessor.accounts.people_views import blueprint as people
from assessor.accounts.views import blueprint as accounts
from assessor.administration.views import ALL as ADMINISTRATION
from assessor.app import wiring
from assessor.app.health import blueprint as health
from assessor.assessments.views import blueprint as assessments
from assessor.auditees.views import ALL as KEEPING
from assessor.comparison.views import blueprint as comparison
from assessor.dashboard import next_pages  # noqa: F401  # routes beside those of auditees
from assessor.dashboard.auditee_pages import blueprint as auditees
from assessor.dashboard.journal_pages import blueprint as journal
from assessor.dashboard.views import blueprint as dashboard
from assessor.evidence.upload_views import blueprint as uploads
from assessor.evidence.views import blueprint as evidence
from assessor.instruments import draft_ending_views  # noqa: F401  # routes beside those of drafts
from assessor.instruments.draft_views import blueprint as drafts
from assessor.instruments.import_views import blueprint as imports
from assessor.instruments.views import blueprint as instruments
from assessor.mail.views import blueprint as mail
from assessor.outside_values.views import blueprint as outside_values
from assessor.permits.views import blueprint as permits
from assessor.public.views import blueprint as public
from assessor.reports.views import blueprint as reports
from assessor.transition.views import blueprint as transition
from assessor.urgent.views import blueprint as urgent

ALL = (
    health,
    accounts,
    people,
    auditees,
    dashboard,
    evidence,
    uploads,
    instruments,
    imports,
    drafts,
    assessments,
    journal,
    reports,
    comparison,
    transition,
    urgent,
    permits,
    outside_values,
    public,
    *KEEPING,
    mail,
    *ADMINISTRATION,
)


def register(app: Flask) -> None:
    """Attach every feature's routes, and what features do after one another."""
    for blueprint in ALL:
        app.register_blueprint(blueprint)
    wiring.connect()
