"""Which pages does an assessment have? Importing this module adds them all to the blueprint."""

from assessor.assessments import (
    assignment_views,
    checklist_views,
    closing_views,
    deciding_views,
    declaration_views,
    finding_views,
    interview_views,
    list_views,
    meeting_views,
    objection_views,
    opening_views,
    overview_views,
    result_views,
    review_views,
    sample_views,
    team_views,
)
from assessor.assessments.blueprint import blueprint

__all__ = [
    "assignment_views",
    "blueprint",
    "checklist_views",
    "closing_views",
    "deciding_views",
    "declaration_views",
    "finding_views",
    "interview_views",
    "list_views",
    "meeting_views",
    "objection_views",
    "opening_views",
    "overview_views",
    "result_views",
    "review_views",
    "sample_views",
    "team_views",
]
