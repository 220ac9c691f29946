"""What does the server's process do besides answering? Jobs, in a thread of its own.

Each worker process has one: whoever kills a process kills its worker too, and the server starts
both anew, so that nothing else has to be watched. That several of them ask for jobs does no harm;
each job is one worker's at a time. This module is the server's configuration (hooks by name).
"""

from typing import Any

from flask import Flask

from assessor.app.working import runner_for
from assessor.jobs.running import Runner

LEAVING = 25.0  # seconds; less than the server waits before it kills

_runners: list[Runner] = []


def post_worker_init(worker: Any) -> None:
    """The process is ready: begin to work."""
    app: Flask = worker.wsgi
    runner = runner_for(app)
    _runners.append(runner)
    runner.start()


def worker_exit(_server: Any, _worker: Any) -> None:
    """The process ends: finish the job at hand."""
    while _runners:
        _runners.pop().stop(within=LEAVING)
