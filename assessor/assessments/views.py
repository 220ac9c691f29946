"""Which pages does an assessment have?

The blueprint of the feature; each module imported below adds the pages of one question.
"""

from flask import Blueprint

blueprint = Blueprint("assessments", __name__, template_folder="templates")

# the modules take the blueprint from here, so they come after it
# ruff: noqa: E402, F401
import assessor.assessments.checklist_views
