"""`assessor jobs`: do what waits, see what failed."""

import signal

import click
from flask import current_app
from sqlalchemy import select

from assessor.app.commands.opening import opened
from assessor.app.commands.speaking import Failed
from assessor.app.working import runner_for
from assessor.jobs.models import Job, JobState
from assessor.jobs.queries import count_jobs
from assessor.jobs.running import run_due

_WORDS = {
    JobState.waiting: "menunggu",
    JobState.done: "selesai",
    JobState.dead: "gagal",
    JobState.dropped: "dibuang",
}


@click.group(name="jobs", help="Kerjakan yang menunggu, seperti surel, dan lihat yang gagal.")
def command() -> None:
    """Group of the commands about jobs."""


@command.command(name="run", help="Kerjakan yang menunggu, terus-menerus; berhenti dengan Ctrl-C.")
@click.option("--once", is_flag=True, help="Hanya yang sudah waktunya sekarang, lalu berhenti.")
def run(*, once: bool) -> None:
    """The same loop as within the service."""
    with opened() as here:
        if once:
            click.echo(f"{run_due(here.session, here.clock)} pekerjaan dikerjakan.")
            return
        runner = runner_for(current_app._get_current_object())  # type: ignore[attr-defined]
    for each in (signal.SIGTERM, signal.SIGINT):
        signal.signal(each, lambda *_: runner.stop())
    click.echo("Mengerjakan yang menunggu; berhenti dengan Ctrl-C.")
    runner.run()


@command.command(
    name="list", help="Berapa yang menunggu, selesai dan gagal; yang gagal satu per satu."
)
def list_jobs() -> None:
    """Counts, then those that were given up."""
    with opened() as here:
        counts = count_jobs(here.session)
        click.echo(", ".join(f"{counts[state]} {_WORDS[state]}" for state in JobState))
        dead = select(Job).where(Job.state == JobState.dead).order_by(Job.finished_at)
        for job in here.session.scalars(dead):
            click.echo(f"{job.id}  {job.kind}  {job.attempts}×  {job.problem or ''}")
        if counts[JobState.dead]:
            raise Failed("Ada yang gagal; lihat sebabnya di halaman Surel, lalu coba lagi di sana.")
