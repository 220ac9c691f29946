"""Which parts of keeping auditees answer requests? What is read about them is in the dashboard."""

from assessor.auditees import passing_views  # noqa: F401  # routes of the same part
from assessor.auditees.keeping_views import blueprint as keeping
from assessor.auditees.registering_views import blueprint as registering

ALL = (registering, keeping)
