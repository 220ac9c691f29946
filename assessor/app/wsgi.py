"""Which object does a WSGI server serve? Settings come from the environment."""

from assessor.app.factory import create_app

app = create_app()
