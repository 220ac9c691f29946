"""Under which name do the pages of assessments stand?"""

from flask import Blueprint

blueprint = Blueprint("assessments", __name__, template_folder="templates")
