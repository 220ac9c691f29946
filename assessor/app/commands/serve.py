"""`assessor serve`: answer people's browsers."""

import os
import sys

import click
from flask import current_app

from assessor.app.checks import refuse_unfit
from assessor.app.commands.opening import opened

APPLICATION = "assessor.app.wsgi:app"
_THIS_MACHINE = frozenset({"127.0.0.1", "::1", "localhost"})


def arguments(*, host: str, port: int, workers: int, jobs: bool = True) -> list[str]:
    """The server's command line."""
    return [
        "--bind",
        f"[{host}]:{port}" if ":" in host else f"{host}:{port}",
        "--workers",
        str(workers),
        "--worker-class",
        "gthread",
        "--threads",
        "4",  # a slow upload holds one of them, not the worker
        "--timeout",
        "120",
        "--graceful-timeout",
        "30",
        "--forwarder-headers",
        "",  # no header moves the address of a request past what a proxy in front allows
        "--no-control-socket",
        "--log-level",
        "warning",
        *(("--config", "python:assessor.app.server") if jobs else ()),
        APPLICATION,
    ]


@click.command(name="serve", help="Jalankan layanan; berhenti dengan Ctrl-C.")
@click.option("--host", default="127.0.0.1", show_default=True, help="Alamat yang didengarkan.")
@click.option(
    "--port", default=8807, show_default=True, type=click.IntRange(1, 65535), help="Nomor port."
)
@click.option(
    "--workers",
    default=2,
    show_default=True,
    type=click.IntRange(1, 64),
    help="Banyaknya proses yang melayani.",
)
@click.option(
    "--jobs/--no-jobs",
    default=True,
    show_default=True,
    help="Kerjakan juga yang menunggu, seperti surel; tanpa ini jalankan: assessor jobs run.",
)
def command(host: str, port: int, workers: int, *, jobs: bool) -> None:
    """Check what must hold, then become the server."""
    with opened() as here:
        refuse_unfit(current_app, here.settings, here.engine, store=here.store)
        here.engine.dispose()
        base_url = here.settings.base_url
        open_wide = here.settings.trusted_proxies > 0 and host not in _THIS_MACHINE
    if open_wide:
        click.echo(
            f"Perhatikan: {host}:{port} hanya boleh terjangkau oleh perantara di depannya, karena "
            "alamat orang dipercaya dari perantara itu.",
            err=True,
        )
    click.echo(f"Asesor 8807 melayani http://{host}:{port} (alamat resmi: {base_url})")
    sys.stdout.flush()
    os.execv(  # noqa: S606  # the server takes this process over, with its signals
        sys.executable,
        [
            sys.executable,
            "-m",
            "gunicorn",
            *arguments(host=host, port=port, workers=workers, jobs=jobs),
        ],
    )
