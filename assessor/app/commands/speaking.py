"""How does the command line say that something went wrong?

In one sentence that says what to do: status 1 when the thing itself cannot be done, 2 when the
command was written wrongly.
"""

import sys
from collections.abc import Callable, Sequence
from typing import Any

import click
from sqlalchemy.exc import DBAPIError, OperationalError, ProgrammingError

from assessor.database.engine import UnfitDatabase
from assessor.database.migrate import OldDatabase
from assessor.database.triggers import MissingTriggers
from assessor.journal.checkpoints import WrongCheckpoint
from assessor.sentences import Hindered
from assessor.settings import WrongSettings
from evidence_store.store import StoreError


class Failed(Exception):
    """A command cannot do what it was asked for; the message is the sentence."""


OLD = "Basis data belum sesuai dengan versi ini; jalankan: assessor db upgrade"
_NO_TABLE = ("no such table", "does not exist")


def _database(error: DBAPIError) -> str:
    if any(words in str(error.orig) for words in _NO_TABLE):
        return OLD
    detail = str(error.orig).strip().partition("\n")[0]
    return f"Basis data tidak dapat dipakai; periksa ASSESSOR_DATABASE_URL ({detail})"


SENTENCES: tuple[tuple[type[Exception], Callable[[Any], str]], ...] = (
    (Failed, str),
    (Hindered, lambda error: str(error.sentence)),
    (WrongSettings, lambda error: f"Perbaiki dulu pengaturan ini: {error}"),
    (OldDatabase, lambda _error: OLD),
    (UnfitDatabase, lambda error: f"Basis data ini tidak dapat dipakai: {error}"),
    (
        MissingTriggers,
        lambda error: (
            f"Pelindung basis data tidak lengkap; jalankan: assessor db upgrade ({error})"
        ),
    ),
    (WrongCheckpoint, lambda error: f"Berkas titik periksa tidak dapat dipakai: {error}"),
    (StoreError, lambda error: f"Tempat penyimpanan bukti bermasalah: {error}"),
    (OperationalError, _database),
    (ProgrammingError, _database),
    (
        FileNotFoundError,
        lambda error: f"Berkas {error.filename} tidak ada; periksa nama dan tempatnya.",
    ),
    (
        PermissionError,
        lambda error: f"Berkas {error.filename} tidak boleh dibuka; periksa izin dan pemiliknya.",
    ),
)


def _usage(error: click.UsageError) -> str:
    path = error.ctx.command_path if error.ctx is not None else "assessor"
    hint = f"lihat: {path} --help"
    if isinstance(error, click.NoSuchOption):
        return f"Pilihan {error.option_name} tidak dikenal; {hint}"
    if isinstance(error, click.MissingParameter) and error.param is not None:
        name = error.param.get_error_hint(error.ctx or click.Context(click.Command(path)))
        return f"{name} belum diisi; {hint}"
    if isinstance(error, click.BadParameter) and error.param is not None:
        name = error.param.get_error_hint(error.ctx or click.Context(click.Command(path)))
        return f"Isi {name} tidak sesuai ({error.message}); {hint}"
    return f"Perintah ini tidak dikenal atau salah ditulis ({error.message}); {hint}"


def sentence_of(error: Exception) -> str | None:
    """What to say of an error; None when it is none of those we know."""
    for kind, sentence in SENTENCES:
        if isinstance(error, kind):
            return sentence(error)
    return None


class SpeakingGroup(click.Group):
    """A group whose errors are sentences."""

    def main(self, args: Sequence[str] | None = None, *rest: Any, **more: Any) -> Any:
        """Run, and end the process with its status."""
        more["standalone_mode"] = False
        try:
            status = super().main(args, *rest, **more)
        except click.exceptions.NoArgsIsHelpError as error:
            click.echo(error.format_message())
            sys.exit(2)
        except click.UsageError as error:
            click.echo(_usage(error), err=True)
            sys.exit(2)
        except click.Abort:
            click.echo("Dibatalkan; tidak ada yang diubah.", err=True)
            sys.exit(1)
        except click.ClickException as error:
            click.echo(error.format_message(), err=True)
            sys.exit(error.exit_code)
        except Exception as error:
            sentence = sentence_of(error)
            if sentence is None:
                raise
            click.echo(sentence, err=True)
            sys.exit(1)
        sys.exit(status if isinstance(status, int) else 0)
