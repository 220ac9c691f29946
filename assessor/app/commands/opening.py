"""What does a command work with? The application of this installation, opened."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from sqlalchemy import Engine
from sqlalchemy.engine import make_url
from sqlalchemy.orm import Session

from assessor.app.factory import create_app, now
from assessor.database.extension import db
from assessor.database.migrate import check_revision
from assessor.settings import Settings, read_settings
from assessor.ui.current import the_store
from evidence_store.store import Store


@dataclass(frozen=True)
class Opened:
    """The parts of the installation."""

    settings: Settings
    engine: Engine
    session: Session
    clock: Callable[[], datetime]
    store: Store


def _make_room(settings: Settings) -> None:
    """The folders of a fresh installation."""
    settings.instance.mkdir(parents=True, exist_ok=True)
    url = make_url(settings.database_url)
    if url.get_backend_name() == "sqlite" and url.database and url.database != ":memory:":
        file = Path(url.database)
        file.parent.mkdir(parents=True, exist_ok=True)
        if not file.exists():
            file.touch(mode=0o600)  # it holds what nobody else on the machine should read


@contextmanager
def opened(*, migrated: bool = True) -> Iterator[Opened]:
    """Open the installation that the environment names. Raises OldDatabase unless the database
    is at this version's form (or that is what the command is about)."""
    settings = read_settings()
    _make_room(settings)
    with create_app(settings).app_context():
        if migrated:
            with db.engine.connect() as connection:
                check_revision(connection)
        yield Opened(settings, db.engine, db.session(), now, the_store())
