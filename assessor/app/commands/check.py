"""`assessor check`: is everything well? Status 1 when something is not."""

import click

from assessor.app.commands.opening import opened
from assessor.upkeep.findings import House, State, worst
from assessor.upkeep.wellbeing import examine

_WORDS = {
    State.well: "baik",
    State.watch: "perlu dilihat",
    State.bad: "bermasalah",
    State.unset: "belum diatur",
}


@click.command(
    name="check",
    help="Periksa cadangan, titik periksa, jurnal, basis data, dan tempat bukti.",
)
def command() -> int:
    """One line a thing, and what to do; a machine reads the status."""
    with opened(migrated=False) as here:
        findings = examine(
            House(
                session=here.session,
                engine=here.engine,
                store=here.store,
                settings=here.settings,
                clock=here.clock,
            )
        )
    for each in findings:
        since = f" (terakhir {each.since:%Y-%m-%d %H:%M} UTC)" if each.since else ""
        click.echo(f"[{each.thing}] {_WORDS[each.state]}: {each.words}{since}")
        if each.remedy is not None:
            click.echo(f"    {each.remedy}")
    return 1 if worst(findings) is State.bad else 0
