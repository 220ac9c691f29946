"""Which session do views and the command line use? The one Flask-SQLAlchemy object."""

from flask import Flask
from flask_sqlalchemy import SQLAlchemy

from assessor.database.base import Base
from assessor.database.engine import prepare_engine
from assessor.settings import Settings

db = SQLAlchemy(model_class=Base, session_options={"autoflush": False})


def init_app(app: Flask, *, settings: Settings) -> None:
    """Bind the application to its database. Opens no connection."""
    app.config["SQLALCHEMY_DATABASE_URI"] = settings.database_url
    app.config["SQLALCHEMY_ENGINE_OPTIONS"] = {
        "hide_parameters": True,  # what people typed stays out of the logs, errors included
        "pool_pre_ping": settings.database_url.startswith("postgresql"),
    }
    db.init_app(app)
    with app.app_context():
        prepare_engine(db.engine)
