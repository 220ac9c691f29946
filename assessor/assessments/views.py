"""Which pages does an assessment have? Importing this module adds them all to the blueprint."""

from assessor.assessments.blueprint import blueprint
from assessor.assessments.checklist import views as checklist_views
from assessor.assessments.citations import views as citation_views
from assessor.assessments.closing import views as closing_views
from assessor.assessments.findings import views as finding_views
from assessor.assessments.objections import views as objection_views
from assessor.assessments.opening import moving_views
from assessor.assessments.opening import views as opening_views
from assessor.assessments.overview import list_views
from assessor.assessments.overview import views as overview_views
from assessor.assessments.result import views as result_views
from assessor.assessments.review import views as review_views
from assessor.assessments.sample import interview_views
from assessor.assessments.sample import views as sample_views
from assessor.assessments.signing import views as deciding_views
from assessor.assessments.visit import (
    assignment_views,
    declaration_views,
    meeting_views,
    team_views,
)
from assessor.assessments.worksheet import views as worksheet_views

__all__ = [
    "assignment_views",
    "blueprint",
    "checklist_views",
    "citation_views",
    "closing_views",
    "deciding_views",
    "declaration_views",
    "finding_views",
    "interview_views",
    "list_views",
    "meeting_views",
    "moving_views",
    "objection_views",
    "opening_views",
    "overview_views",
    "result_views",
    "review_views",
    "sample_views",
    "team_views",
    "worksheet_views",
]
