"""What do the journeys stand on? A real server on a database file, people, and a browser."""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from threading import Thread

import pytest
from flask import Flask
from PIL import Image, ImageDraw
from playwright.sync_api import Browser, BrowserContext, Locator, Page, sync_playwright
from werkzeug.serving import WSGIRequestHandler, make_server

from assessor.access.actor import SYSTEM, Role
from assessor.app.factory import create_app
from assessor.database import migrate
from assessor.database.extension import db
from assessor.evidence.declaration import CURRENT
from assessor.evidence.models import EvidenceKind
from assessor.evidence.services import hand_in
from assessor.instruments.services import publish
from assessor.journal.checkpoints import load_signer
from assessor.settings import Mode, Settings
from checklists.library import Library
from checklists.model import Checklist, Citation
from tests.assessor.assessments.checklist_world import World, people_the_world
from tests.builders import PASSWORD, make_person, open_sign_in
from tests.evidence_store import evidence_corpus
from tests.instrument_fixture import make_checklist

TESTS_OF_A_BROWSER = [
    pytest.mark.browser,
    # Flask-Compress leaves the static files it has read to the garbage collector.
    pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning"),
]
PHONE = {"width": 360, "height": 740}
DESK = {"width": 1280, "height": 860}


def clock() -> datetime:
    return datetime.now(UTC)


class _Quiet(WSGIRequestHandler):
    protocol_version = "HTTP/1.1"  # one connection for many requests, as in production

    def log(self, *_args: object) -> None:
        pass


@contextmanager
def serving(app: Flask) -> Iterator[str]:
    """The application behind a real port; its address."""
    server = make_server("127.0.0.1", 0, app, threaded=True, request_handler=_Quiet)
    thread = Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def make_app(folder: Path, database_url: str | None = None) -> Flask:
    """An empty installation in a folder; its database too unless one is named."""
    settings = Settings(
        mode=Mode.test,
        instance=folder,
        database_url=database_url or f"sqlite:///{folder}/journey.db",
        evidence_url=str(folder / "evidence"),
        secret_key="not-a-secret-only-for-tests-0123456789",
        checkpoint_key=folder / "checkpoint.key",
        base_url="http://127.0.0.1",
        password_memory_kib=8,
    )
    load_signer(settings.checkpoint_key, create=True)
    app = create_app(settings, clock=clock)
    app.testing = False  # errors become pages, as for users
    with app.app_context():
        migrate.upgrade(db.engine)
    return app


def instrument(items: int) -> Checklist:
    """The generated instrument with the shares of a real one: two of five items want a citation."""
    plain = make_checklist(items)
    return replace(
        plain,
        items=tuple(
            replace(each, citation=Citation.required if place % 5 in {0, 2} else Citation.optional)
            for place, each in enumerate(plain.items)
        ),
    )


@dataclass
class Ground:
    """A running installation with an institution and everybody who has to do with it."""

    app: Flask
    address: str
    names: dict[str, str]  # who → user name
    persons: dict[str, str]  # who → person id
    site: str
    checklist: Checklist

    @contextmanager
    def world(self) -> Iterator[World]:
        """The people as the services see them, to prepare what a journey does not show."""
        with self.app.app_context():
            session = db.session()
            people = {
                who: session.get_one(_person_class(), each) for who, each in self.persons.items()
            }
            site = session.get_one(_auditee_class(), self.site)
            office = session.get_one(_office_class(), site.responsible_office_id)
            yield World(session, clock, self.checklist, office, site, people)
            db.session.remove()

    def hand_in(self, world: World, who: str, title: str) -> str:
        """Let somebody hand in a document; its id."""
        return hand_in(
            world.session,
            world.actor(who),
            clock,
            store=self.app.extensions["assessor_store"],
            limit=1024 * 1024,
            auditee_id=self.site,
            stream=BytesIO(evidence_corpus.pdf(2)),
            name=f"{title}.pdf",
            title=title,
            stands_for=None,
            kind=EvidenceKind.document,
            declaration=CURRENT,
            replaces=None,
        ).evidence_id

    def cookie(self, who: str) -> str:
        """The secret of a sign-in, for pages whose sign-in is not the matter."""
        with self.world() as world:
            return open_sign_in(world.session, clock, person=world.people[who]).secret


def _person_class() -> type:
    from assessor.accounts.models import Person

    return Person


def _auditee_class() -> type:
    from assessor.auditees.models import Auditee

    return Auditee


def _office_class() -> type:
    from assessor.organization.models import Office

    return Office


@contextmanager
def grounded(
    folder: Path,
    *,
    items: int = 24,
    checklist: Checklist | None = None,
    database_url: str | None = None,
) -> Iterator[Ground]:
    """Set up, people and serve an installation that judges by a checklist, generated unless one
    is given."""
    app = make_app(folder, database_url)
    checklist = checklist or instrument(items)
    with app.app_context():
        session = db.session()
        library = Library({checklist.standard.id: checklist.standard}, {checklist.id: checklist})
        publish(session, SYSTEM, clock, library=library)
        world = people_the_world(session, clock, checklist)
        world.people["verifier"] = make_person(
            session, clock, name="Ratna Direktorat", role=Role.directorate
        )
        names = {who: each.user_name for who, each in world.people.items()}
        persons = {who: each.id for who, each in world.people.items()}
        site = world.site.id
        db.session.remove()
    with serving(app) as address:
        yield Ground(app, address, names, persons, site, checklist)
    with app.app_context():
        db.engine.dispose()


@contextmanager
def chromium() -> Iterator[Browser]:
    """A real browser; without one the test fails and says what to install."""
    found = shutil.which("chromium")
    if found is None:
        pytest.fail("There is no browser for the browser tests: install the package `chromium`.")
    with sync_playwright() as player:
        browser = player.chromium.launch(
            executable_path=found, args=["--no-sandbox", "--disable-background-networking"]
        )
        yield browser
        browser.close()


def window(
    browser: Browser, ground: Ground, *, size: dict[str, int] | None = None, **more: object
) -> BrowserContext:
    """A window of its own, with its own cookies, that speaks Indonesian."""
    context = browser.new_context(
        viewport=size or DESK,  # type: ignore[arg-type]
        locale="id-ID",
        timezone_id="Asia/Jakarta",
        base_url=ground.address,
        reduced_motion="reduce",
        **more,  # type: ignore[arg-type]
    )
    context.set_default_timeout(10_000)
    return context


def signed_in(context: BrowserContext, ground: Ground, who: str) -> BrowserContext:
    """Put somebody's sign-in into a window."""
    context.add_cookies([{"name": "sid", "value": ground.cookie(who), "url": ground.address}])
    return context


def sign_in(page: Page, ground: Ground, who: str) -> None:
    """Sign in as people do."""
    page.goto("/sign-in")
    page.get_by_label("Nama masuk").fill(ground.names[who])
    page.get_by_label("Kata sandi").fill(PASSWORD)
    main(page).get_by_role("button", name="Masuk", exact=True).click()
    page.wait_for_url(lambda address: "/sign-in" not in address)


def main(page: Page) -> Locator:
    """The page's own part, without the frame."""
    return page.locator("main")


def pictures_folder() -> Path | None:
    """Where pictures of key moments go, where ASSESSOR_PICTURES names a folder."""
    named = os.environ.get("ASSESSOR_PICTURES")
    if not named:
        return None
    folder = Path(named)
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def photographs(folder: Path, count: int) -> list[Path]:
    """Generated photographs, every one different."""
    made = []
    for number in range(count):
        picture = Image.new("RGB", (640, 480), (90 + 13 * number, 120, 150))
        pen = ImageDraw.Draw(picture)
        pen.rectangle((40, 200, 300 + 20 * number, 440), fill=(210, 180, 120 + 10 * number))
        pen.text((60, 60), f"Ruang {number + 1}", fill=(255, 255, 255), font_size=48)
        file = folder / f"ruang {number + 1}.jpg"
        picture.save(file, quality=80)
        made.append(file)
    return made
