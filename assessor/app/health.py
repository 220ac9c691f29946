"""Is the service well, and if not, what is down?"""

from flask import Blueprint, jsonify
from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError
from werkzeug.wrappers import Response

from assessor import __version__
from assessor.access.guard import requires
from assessor.access.permissions import Permission
from assessor.database.extension import db

blueprint = Blueprint("health", __name__)


@blueprint.get("/health")
@requires(Permission.public)
def health() -> tuple[Response, int]:
    """`ok`, or what is down, for the machine that watches over this one."""
    try:
        db.session.execute(text("SELECT 1"))
    except SQLAlchemyError:
        return jsonify(status="down", version=__version__, down=["database"]), 503
    return jsonify(status="ok", version=__version__), 200
