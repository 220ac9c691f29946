"""How do jobs get an application around them?"""

from collections.abc import Callable

from flask import Flask

from assessor.database.extension import db
from assessor.jobs.running import Runner, round_of_jobs
from assessor.ui.current import the_clock


def runner_for(app: Flask) -> Runner:
    """The loop for this application. Each round has a session of its own."""

    def work(stop: Callable[[], bool]) -> int:
        with app.app_context():
            try:
                return round_of_jobs(db.session(), the_clock(), stop)
            finally:
                db.session.remove()

    return Runner(work)
