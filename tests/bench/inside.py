"""What do pages, sealing, the report, start-up, migration and verification cost?"""

import hashlib
import io
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from typing import Any

from flask import Flask
from sqlalchemy import create_engine, event, func, select

from assessor.assessments.document.content import screen_hash
from assessor.assessments.judging import judge
from assessor.assessments.models import Assessment, SealedDocument
from assessor.assessments.queries import today_of
from assessor.assessments.review.services import see_items
from assessor.assessments.review.state import to_look_at
from assessor.assessments.seal import make_seal, open_seal
from assessor.assessments.signing.services import (
    check_assessment,
    submit_assessment,
    verify_assessment,
)
from assessor.auditees.models import Auditee
from assessor.database import migrate
from assessor.database.engine import prepare_engine
from assessor.database.extension import db
from assessor.journal.models import JournalEntry
from assessor.journal.verify import verify
from assessor.organization.models import Office
from tests import audits, builders
from tests.bench.figures import Line, Times, compared, ms, timed
from tests.bench.server import memory_mb, served
from tests.bench.world import World, clock, environment


def _queries(work: Callable[[], object]) -> int:
    found = 0

    def count(*_: Any) -> None:
        nonlocal found
        found += 1

    event.listen(db.engine, "after_cursor_execute", count)
    try:
        work()
    finally:
        event.remove(db.engine, "after_cursor_execute", count)
    return found


def bare_page() -> Callable[[], object]:
    """A bare Flask page of the same number of rows, read from SQLite and rendered by Jinja."""
    app = Flask("bare")
    engine = create_engine("sqlite://")
    prepare_engine(engine)
    with engine.begin() as connection:
        connection.exec_driver_sql("CREATE TABLE bare (id INTEGER, words TEXT)")
        for number in range(120):
            connection.exec_driver_sql(f"INSERT INTO bare VALUES ({number}, 'butir {number}')")
    template = app.jinja_env.from_string(
        "<ul>{% for row in rows %}<li>{{ row.id }}: {{ row.words }}</li>{% endfor %}</ul>"
    )

    @app.get("/")
    def page() -> str:
        with engine.connect() as connection:
            rows = connection.exec_driver_sql("SELECT id, words FROM bare").all()
        return template.render(rows=rows)

    client = app.test_client()
    return lambda: client.get("/")


def pages(world: World) -> Iterator[Line]:
    """Server time and queries of the pages of an audit of 120 items."""
    bare = timed(bare_page(), runs=30)
    client = world.app.test_client()
    with world.app.app_context():
        person = db.session.get_one(builders.Person, world.assessor_id)
        opened = builders.open_sign_in(db.session(), clock, person=person)
        db.session.remove()
    client.set_cookie("sid", opened.secret)
    for path in ("checklist", "", "findings", "result"):
        address = f"/assessments/{world.assessment_id}/{path}".rstrip("/")
        first = client.get(address)
        if first.status_code != 200:
            yield Line(f"page {address}", f"answered {first.status_code}")
            continue
        with world.app.app_context():
            asked = _queries(lambda address=address: client.get(address))
        squeezed = client.get(address, headers={"Accept-Encoding": "br"})
        name = path or "overview"
        yield compared(
            f"page {name}, {len(world.items)} items: {asked} queries, "
            f"{len(squeezed.data) / 1000:.0f} kB compressed (p50 / p95)",
            timed(lambda address=address: client.get(address), runs=20),
            bare,
            aim="≤ 30 ms" if path == "checklist" else "",
        )


def sealing(world: World) -> Iterator[Line]:
    """Submit, verify and seal the audit, against hashing and serialising the same content."""
    with world.session() as session:

        def actor(person_id: str) -> Any:
            return builders.actor_for(session, clock, session.get_one(builders.Person, person_id))

        def shown() -> str:
            assessment = session.get_one(Assessment, world.assessment_id)
            return screen_hash(session, judge(session, assessment, clock().date()))

        assessor, verifier = actor(world.assessor_id), actor(world.verifier_id)
        site = session.get_one(Auditee, world.auditee_id)
        people = {"assessor": world.assessor_id, "coach": world.coach_id}
        audits.arrange(
            session,
            clock,
            audits.Scene(
                session.get_one(Office, site.responsible_office_id),
                site,
                {name: session.get_one(builders.Person, each) for name, each in people.items()},
            ),
            session.get_one(Assessment, world.assessment_id),
        )
        submit_assessment(
            session,
            assessor,
            clock,
            assessment_id=world.assessment_id,
            shown_hash=shown(),
            demo=False,
        )
        check_assessment(
            session,
            actor(world.checker_id),
            clock,
            assessment_id=world.assessment_id,
            shown_hash=shown(),
        )
        assessment = session.get_one(Assessment, world.assessment_id)
        today = today_of(session, assessment, clock())
        looked = to_look_at(session, judge(session, assessment, today), world.verifier_id)
        see_items(
            session,
            verifier,
            clock,
            assessment_id=world.assessment_id,
            items=[each.item.id for each in looked.unseen],
        )
        seen = shown()
        start = time.perf_counter()
        verify_assessment(
            session,
            verifier,
            clock,
            assessment_id=world.assessment_id,
            shown_hash=seen,
            demo=False,
        )
        took = Times(((time.perf_counter() - start) * 1000,))
        sealed = session.get_one(SealedDocument, world.assessment_id)
        content = open_seal(sealed.content, sealed.root)
        bare = timed(lambda: make_seal(content, lambda: "00" * 16), runs=5)
    yield compared(f"verify and seal {len(world.items)} items (once)", took, bare)


def report(world: World) -> Iterator[Line]:
    """The PDF of the sealed audit with 50 photos, against ReportLab drawing 120 plain tables."""
    from reportlab.pdfgen.canvas import Canvas

    from tests.assessor.reports.sample import make_content, make_pdf

    def bare() -> bytes:
        out = io.BytesIO()
        canvas = Canvas(out)
        for page in range(30):
            for line in range(40):
                canvas.drawString(50, 800 - line * 18, f"baris {line} pada halaman {page}")
            canvas.showPage()
        canvas.save()
        return out.getvalue()

    content = make_content(items=len(world.items), photos=50)
    yield compared(
        f"PDF of {len(world.items)} items with 50 photos (p50 / p95)",
        timed(lambda: make_pdf(content), runs=3),
        timed(bare, runs=3),
        aim="≤ 2 s",
    )


def starting(world: World) -> Iterator[Line]:
    """Start to the first healthy answer, memory of a worker, first migration."""
    bare_environ = {"YARDSTICK_DATABASE": f"sqlite:///{world.settings.instance / 'yardstick.db'}"}
    with served("tests.bench.yardstick:app", bare_environ) as (_, pid, bare):
        bare_memory = max(memory_mb(pid))
    with served("assessor.app.wsgi:app", environment(world.settings.instance)) as (_, pid, up):
        memory = max(memory_mb(pid))
    yield Line(
        "start to first healthy answer, 2 workers",
        f"{up:.2f} s",
        f"{bare:.2f} s",
        f"{up / bare:.1f}",
        "≤ 1.5 s",
    )
    yield Line(
        "memory of a worker",
        f"{memory:.0f} MB",
        f"{bare_memory:.0f} MB",
        f"{memory / bare_memory:.1f}",
        "≤ 130 MB",
    )
    import_bare = timed(
        lambda: subprocess.run([sys.executable, "-c", "import flask, sqlalchemy"], check=True),
        runs=3,
    )
    target = world.settings.instance / "first.db"

    def first_migration() -> None:
        target.unlink(missing_ok=True)
        engine = create_engine(f"sqlite:///{target}")
        prepare_engine(engine)
        migrate.upgrade(engine)
        engine.dispose()

    yield compared(
        "first migration (p50 / p95)", timed(first_migration, runs=3), import_bare, aim="≤ 5 s"
    )


def verifying(world: World) -> Iterator[Line]:
    """Journal entries verified a second, against hashing their bodies alone."""
    with world.session() as session:
        count = session.execute(select(func.count()).select_from(JournalEntry)).scalar_one()
        bodies = [row.encode() for row in session.execute(select(JournalEntry.body)).scalars()]
        faults = [fault for fault in verify(session) if "knows nothing" not in fault.what]
        took = timed(lambda: list(verify(session)), runs=3)

        def bare() -> None:
            for body in bodies:
                hashlib.sha256(body).hexdigest()

        hashing = timed(bare, runs=3)
    yield Line(
        f"journal verify, {count} entries" + (f", {len(faults)} faults" if faults else ""),
        f"{count / took.p50 * 1000:.0f} rows/s",
        f"{count / hashing.p50 * 1000:.0f} rows/s",
        f"{took.p50 / hashing.p50:.0f}",
        ms(took.p50),
    )
