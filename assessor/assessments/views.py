"""Which pages does an assessment have?

The blueprint of the feature; each module imported below adds the pages of one question.
"""

from flask import Blueprint

blueprint = Blueprint("assessments", __name__, template_folder="templates")

# each module takes the blueprint from here, so they come after it
from assessor.assessments import (  # noqa: E402
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
