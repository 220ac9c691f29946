"""Which commands does the command line know?

One module of `assessor.app.commands` each, with an object `command`; it is imported when its
command is asked for (or listed), so that each starts quickly.
"""

from importlib import import_module

import click

from assessor import __version__
from assessor.app.commands.speaking import SpeakingGroup

# name on the command line → module in assessor.app.commands
COMMANDS = {
    "serve": "serve",
    "db": "database",
    "offices": "offices",
    "users": "users",
    "jobs": "jobs",
    "demo": "demo",
    "territories": "territories",
    "standards": "standards",
    "export": "exporting",
    "import": "importing",
    "journal": "journal",
    "evidence": "evidence",
    "check": "check",
    "backup": "backup",
    "restore": "restore",
}


class Commands(SpeakingGroup):
    """The commands, imported when needed."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """In the order of the table."""
        del ctx
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The object `command` of the command's module."""
        del ctx
        if cmd_name not in COMMANDS:
            return None
        found = import_module(f"assessor.app.commands.{COMMANDS[cmd_name]}").command
        if not isinstance(found, click.Command):
            message = f"assessor.app.commands.{COMMANDS[cmd_name]} has no command"
            raise TypeError(message)
        return found


@click.group(cls=Commands, name="assessor", help="Asesor 8807: penilaian dan pembinaan lembaga.")
@click.version_option(__version__, prog_name="assessor", message="%(prog)s %(version)s")
def main() -> None:
    """All commands hang below this one."""
