"""Does the demonstration have something to show for everybody, and is it sound?

It is loaded once for this module: interrupted in the middle, then carried on, as after a power
cut at the first start. Everything below holds for the result.
"""

import io
import json
import os
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from flask import Flask
from pypdf import PdfReader
from sqlalchemy import Engine, func, select
from sqlalchemy.orm import Session

from assessor.access.actor import OFFICE_ROLES, Role
from assessor.accounts.models import Person, Position
from assessor.accounts.pages import DEMO_PASSWORD, demo_accounts
from assessor.accounts.passwords import Hashing
from assessor.app.factory import create_app, now
from assessor.assessments.declarations import list_declared
from assessor.assessments.judging import judge
from assessor.assessments.models import (
    Assessment,
    FindingAnswer,
    Kind,
    SealedDocument,
    Status,
)
from assessor.assessments.queries import get_state
from assessor.assessments.sample_state import Standing, read_sheet
from assessor.assessments.visit.changes import changes_since
from assessor.assessments.visit.content import list_closings
from assessor.assessments.visit_models import Assignment, Closing, DisputedPoint, SignedMinutes
from assessor.auditees.holds import is_held
from assessor.auditees.models import Auditee, AuditeeKind
from assessor.cli import main
from assessor.database.extension import db
from assessor.database.migrate import upgrade
from assessor.demo import drawing, playing, scoring
from assessor.demo.auditees import COACHED_UNITS, SITES, unit_names
from assessor.demo.loading import House, ensure_demo, load_demo
from assessor.demo.scoring import Manner
from assessor.evidence.models import Evidence
from assessor.instruments.models import Approval, Edition
from assessor.instruments.queries import get_checklist
from assessor.journal.checkpoints import load_signer
from assessor.journal.models import JournalHead
from assessor.journal.verify import verify
from assessor.organization.models import Office, OfficeKind, TimeZone
from assessor.organization.queries import office_serving
from assessor.outside_values.models import OutsideValue
from assessor.permits.models import Permit
from assessor.permits.queries import dated
from assessor.permits.validity import State, Step, reminders, states
from assessor.reports.models import IssuedMinutes, IssuedReport
from assessor.sentences import Refused
from assessor.settings import Mode, Settings
from assessor.urgent.models import UrgentDecision, UrgentReport, Verdict
from checklists.library import load_all
from tests.client import PageClient
from tests.conftest import _Postgresql, _Sqlite


class PowerCut(Exception):
    """The first start is interrupted."""


@dataclass(frozen=True)
class Demonstration:
    """The loaded installation."""

    app: Flask
    engine: Engine
    house: House

    def load(self) -> bool:
        """Ask for it once more."""
        with Session(self.engine, autoflush=False) as session:
            return load_demo(session, now, house=self.house, tell=lambda *_: None)


@pytest.fixture(scope="module")
def demonstration(
    _server: _Sqlite | _Postgresql, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Demonstration]:
    instance: Path = tmp_path_factory.mktemp("demo")
    url = f"sqlite:///{instance / 'assessor.db'}"
    if isinstance(_server, _Postgresql):
        _server._run("CREATE DATABASE demonstration")
        url = _server.url.replace("/work?", "/demonstration?")
    settings = Settings(
        mode=Mode.demo,
        instance=instance,
        database_url=url,
        evidence_url=str(instance / "evidence"),
        secret_key="not-a-secret-only-for-tests-0123456789",
        checkpoint_key=instance / "checkpoint.key",
        base_url="http://localhost",
        password_memory_kib=8,
    )
    app = create_app(settings)
    app.testing = False
    with app.app_context():  # not during requests: they would share what is kept in it
        engine = db.engine
    upgrade(engine)
    house = House(
        store=app.extensions["assessor_store"],
        upload_limit=settings.upload_limit,
        password_memory_kib=settings.password_memory_kib,
        signer=load_signer(settings.checkpoint_key, create=True),
        base_url=settings.base_url,
    )
    loaded = Demonstration(app, engine, house)
    _interrupt(loaded)
    assert loaded.load()
    yield loaded
    engine.dispose()


def _interrupt(demonstration: Demonstration) -> None:
    """Cut the power while the seventh batch of entries is on its way."""
    seen: list[int] = []
    real = playing.apply_operations

    def cut(*arguments: Any, **named: Any) -> Any:
        seen.append(1)
        if len(seen) == 7:
            real(*arguments, **named)
            raise PowerCut
        return real(*arguments, **named)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(playing, "apply_operations", cut)
        with pytest.raises(PowerCut):
            demonstration.load()


@pytest.fixture
def kept(demonstration: Demonstration) -> Iterator[Session]:
    with Session(demonstration.engine, autoflush=False) as session:
        yield session


def _visitor(demonstration: Demonstration, name: str) -> PageClient:
    browser = PageClient(demonstration.app)
    page = browser.get("/sign-in", query={"next": "/auditees"})
    page.form("Masuk").fill(
        {"user_name": f"{name}@demo.example", "password": DEMO_PASSWORD}
    ).submit()
    return browser


def test_the_journal_answers_for_every_row(kept: Session) -> None:
    assert list(verify(kept)) == []


def test_asking_again_changes_nothing(demonstration: Demonstration, kept: Session) -> None:
    before = kept.execute(select(JournalHead.seq)).scalar_one()
    kept.rollback()
    assert demonstration.load() is False
    assert kept.execute(select(JournalHead.seq)).scalar_one() == before


def test_every_province_has_its_office(kept: Session) -> None:
    kinds = kept.execute(select(Office.kind).where(Office.closed_on.is_(None))).scalars()
    counted = Counter(kinds)
    assert counted == {OfficeKind.centre: 1, OfficeKind.bnnp: 38, OfficeKind.bnnk: 12}
    today = now().date()
    served = {code: office_serving(kept, code, today) for code in ("32.01", "32.71", "33.08")}
    names = {code: office.short_name if office else None for code, office in served.items()}
    assert names == {
        "32.01": "BNNK Bogor",
        "32.71": "BNNK Bogor",  # a joint office
        "33.08": "BNNP Jawa Tengah",  # no BNNK of its own
    }


def test_every_role_has_its_account(kept: Session) -> None:
    wanted = {account.user_name for account in demo_accounts()}
    people = {
        person.user_name: person
        for person in kept.execute(select(Person)).scalars()
        if person.user_name in wanted
    }
    assert set(people) == wanted
    hashing = Hashing(8)
    assert all(hashing.verify(each.password_hash, DEMO_PASSWORD) for each in people.values())
    roles = set(kept.execute(select(Position.role)).scalars())
    assert roles == set(Role)


def test_all_types_of_institutions_in_three_time_zones(kept: Session) -> None:
    sites = kept.execute(select(Auditee).where(Auditee.kind == AuditeeKind.site)).scalars().all()
    assert len(sites) == len(SITES)
    assert {site.time_zone for site in sites} == set(TimeZone)
    assert {"bnn", "kemensos", "ditjenpas", "pemda", "yayasan"} <= {site.agency for site in sites}
    tags = {tag for site in sites for tag in site.tags}
    assert {"ip", "km", "medis", "sosial", "rawat-inap", "rawat-jalan", "lapas-rutan"} <= tags


def test_one_office_coaches_forty_units(kept: Session) -> None:
    counted = kept.execute(
        select(func.count())
        .select_from(Auditee)
        .join(Office, Office.id == Auditee.responsible_office_id)
        .where(Auditee.kind == AuditeeKind.unit, Office.name == "BNNK Banyumas")
    ).scalar_one()
    assert counted == COACHED_UNITS == len(set(unit_names()))


def test_every_state_has_its_example(kept: Session) -> None:
    found = set(kept.execute(select(Assessment.kind, Assessment.status)).all())
    for state in (
        (Kind.self, Status.sealed),
        (Kind.self, Status.in_progress),
        (Kind.baseline, Status.draft),
        (Kind.baseline, Status.sealed),
        (Kind.evaluation, Status.in_progress),
        (Kind.evaluation, Status.submitted),
        (Kind.evaluation, Status.checked),
        (Kind.evaluation, Status.returned),
        (Kind.evaluation, Status.sealed),
        (Kind.follow_up, Status.draft),
    ):
        assert state in found, state


def test_an_assessment_is_not_opened_twice_by_an_interrupted_start(kept: Session) -> None:
    pairs = kept.execute(select(Assessment.auditee_id, Assessment.kind, Assessment.year)).all()
    assert len(pairs) == len(set(pairs))
    pieces = kept.execute(select(Evidence.auditee_id, Evidence.title)).all()
    assert len(pieces) == len(set(pieces))


def test_findings_are_answered_and_a_report_is_issued(kept: Session) -> None:
    assert kept.execute(select(func.count()).select_from(FindingAnswer)).scalar_one() == 2
    reports = kept.execute(select(IssuedReport)).scalars().all()
    assert [report.language for report in reports] == ["id", "id"]  # this year's and last year's


def test_visits_are_prepared_closed_and_signed(demonstration: Demonstration, kept: Session) -> None:
    letters = kept.execute(select(Assignment.letter_number)).scalars().all()
    assert letters
    assert all(number.startswith("CONTOH/") for number in letters)
    closings = kept.execute(select(Closing.id)).scalars().all()
    assert set(kept.execute(select(IssuedMinutes.closing_id)).scalars()) == set(closings)
    assert set(kept.execute(select(SignedMinutes.closing_id)).scalars()) == set(closings)
    assert kept.execute(select(func.count()).select_from(DisputedPoint)).scalar_one() == 2
    assessor = kept.execute(
        select(Person.id).where(Person.user_name == "asesor@demo.example")
    ).scalar_one()
    undeclared = [
        each.id
        for each in kept.execute(
            select(Assessment).where(
                Assessment.kind != Kind.self, Assessment.status == Status.draft
            )
        ).scalars()
        if any(said.waits and said.person_id == assessor for said in list_declared(kept, each.id))
    ]
    returned = kept.execute(
        select(Assessment).where(Assessment.status == Status.returned)
    ).scalar_one()
    judged = judge(kept, returned, now().date())
    changed = changes_since(kept, judged, list_closings(kept, returned.id)[-1])
    assert [each.field for each in changed] == ["facts"]
    waiting, again = undeclared[0], returned.id
    kept.rollback()
    visitor = _visitor(demonstration, "asesor")
    page = visitor.get(f"/assessments/{waiting}").click("Isi pernyataan")
    assert page.h1 == "Pernyataan konflik kepentingan"
    page = visitor.get(f"/assessments/{again}/closing")
    assert "1 hal berubah sejak hasil sementara dibekukan." in page.text
    assert "Pindaian bertanda tangan" in page.text


def test_files_were_drawn_and_people_spoken_with(kept: Session) -> None:
    sealed = kept.execute(
        select(SealedDocument.content)
        .join(Assessment, Assessment.id == SealedDocument.assessment_id)
        .where(Assessment.kind == Kind.evaluation)
        .order_by(Assessment.sealed_at.desc())
    ).scalars()
    content = json.loads(next(iter(sealed)))["content"]
    assert content["sample"]["draws"][0]["size"] == 10
    assert len(content["sample"]["items"]) > 20
    assert all(each["choice"] for each in content["sample"]["items"])
    assert {each["kind"] for each in content["interviews"]} == {
        "klien", "keluarga", "petugas", "pimpinan",
    }  # fmt: skip
    going = kept.execute(
        select(Assessment)
        .join(Auditee, Auditee.id == Assessment.auditee_id)
        .where(Assessment.kind == Kind.evaluation, Auditee.name == "Rumah Pulih Cahaya Serayu")
    ).scalar_one()
    sheet = read_sheet(kept, going, get_checklist(kept, going.edition))
    assert sheet is not None
    state = get_state(kept, going)
    standings = {sheet.standing(item, state) for item in sheet.items}
    assert {Standing.used, Standing.changed, Standing.partial, Standing.empty} <= standings
    assert not state.conflicts


def test_one_institution_has_four_assessments_to_compare(
    demonstration: Demonstration, kept: Session
) -> None:
    teluk = kept.execute(
        select(Auditee.id).where(Auditee.name == "Rumah Singgah Teluk Harapan")
    ).scalar_one()
    kept.rollback()
    visitor = _visitor(demonstration, "direktorat")
    page = visitor.get(f"/auditees/{teluk}").click("Bandingkan penilaian")
    assert "butir dapat dibandingkan" in page.text
    assert page.text.count("Evaluasi 20") >= 2
    years = [each for each in page.links() if each.startswith(("Mandiri", "Awal", "Evaluasi"))]
    assert len(years) >= 3


def test_an_urgent_report_waits_and_one_is_decided(
    demonstration: Demonstration, kept: Session
) -> None:
    reports = kept.execute(
        select(Auditee.id, UrgentDecision.verdict)
        .select_from(UrgentReport)
        .join(Auditee, Auditee.id == UrgentReport.auditee_id)
        .outerjoin(UrgentDecision, UrgentDecision.report_id == UrgentReport.id)
        .order_by(UrgentReport.reported_at)
    ).all()
    assert [each.verdict for each in reports] == [Verdict.unfounded, None]
    today = now().date()
    assert [is_held(kept, each.id, today) for each in reports] == [False, True]
    kept.rollback()
    for name in ("direktorat", "pemeriksa"):
        assert "1 laporan segera menunggu" in _visitor(demonstration, name).get("/").html


def test_permits_are_there_in_every_state(demonstration: Demonstration, kept: Session) -> None:
    today = now().date()
    permits = [dated(each) for each in kept.execute(select(Permit)).scalars()]
    assert set(states(permits, today).values()) == set(State)
    assert set(reminders(permits, today).values()) == set(Step)
    kept.rollback()
    for name in ("lembaga", "pembina-kab"):
        assert "Perpanjang izin" in _visitor(demonstration, name).get("/").text
    assert kept.execute(select(func.count()).select_from(OutsideValue)).scalar_one() == 3


def test_only_the_approval_that_is_marked_fictitious_exists(kept: Session) -> None:
    approvals = kept.execute(
        select(Edition.name, Approval.fictitious, Approval.decree).join(
            Approval, Approval.fingerprint == Edition.fingerprint
        )
    ).all()
    assert sorted(each.name for each in approvals) == [
        "sni-8807-2022-mandiri",
        "sni-8807-2022-penuh",
        "sni-8807-2022-ulang",
    ]
    assert all(each.fictitious and "rekaan" in each.decree for each in approvals)


@pytest.mark.parametrize(
    ("name", "seen"),
    [
        ("direktorat", "61 lembaga atau unit"),
        ("direktorat2", "61 lembaga atau unit"),
        ("asesor", "8 lembaga atau unit"),
        ("asesor2", "1 lembaga atau unit"),
        ("pemeriksa", "43 lembaga atau unit"),
        ("pembina", "43 lembaga atau unit"),
        ("pembina-kab", "41 lembaga atau unit"),
        ("lembaga", "1 lembaga atau unit"),
        ("lembaga2", "1 lembaga atau unit"),
        ("unit", "1 lembaga atau unit"),
        ("privasi", "Belum ada"),
        ("pengamat", "Belum ada"),
        ("admin", "61 lembaga atau unit"),
    ],
)
def test_everybody_signs_in_and_sees_their_own(
    demonstration: Demonstration, name: str, seen: str
) -> None:
    page = _visitor(demonstration, name).get("/auditees")
    assert seen in page.text
    assert "DATA CONTOH" in page.html


def test_the_page_of_an_institution_tells_its_way(
    demonstration: Demonstration, kept: Session
) -> None:
    serayu = kept.execute(
        select(Auditee.id).where(Auditee.name == "Rumah Pulih Cahaya Serayu")
    ).scalar_one()
    kept.rollback()
    text = _visitor(demonstration, "direktorat").get(f"/auditees/{serayu}").text
    for words in ("Evaluasi pemenuhan", "Sedang diisi", "Penilaian awal", "Penilaian mandiri"):
        assert words in text
    assert text.index("Evaluasi pemenuhan") < text.index("Penilaian mandiri")
    own = _visitor(demonstration, "lembaga").get(f"/auditees/{serayu}").text
    assert "Penilaian mandiri" in own
    assert "Sedang diisi" not in own  # what others write is not shown before it is handed over


def test_it_refuses_outside_demo_mode(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    ensure_demo(demo=True)
    with pytest.raises(Refused, match="hanya untuk mode demo"):
        ensure_demo(demo=False)
    monkeypatch.setenv("ASSESSOR_MODE", "test")
    monkeypatch.setenv("ASSESSOR_INSTANCE", str(tmp_path))
    monkeypatch.delenv("ASSESSOR_DATABASE_URL", raising=False)
    monkeypatch.setenv("ASSESSOR_SECRET_KEY", "not-a-secret-only-for-tests-0123456789")
    runner = CliRunner()
    assert runner.invoke(main, ["db", "upgrade"]).exit_code == 0
    refused = runner.invoke(main, ["demo"])
    assert refused.exit_code == 1
    assert "hanya untuk mode demo" in refused.output


def test_the_command_says_that_everything_is_there(demonstration: Demonstration) -> None:
    settings: Settings = demonstration.app.extensions["assessor_settings"]
    environment = {
        **{name: value for name, value in os.environ.items() if not name.startswith("ASSESSOR_")},
        "ASSESSOR_MODE": "demo",
        "ASSESSOR_INSTANCE": str(settings.instance),
        "ASSESSOR_DATABASE_URL": settings.database_url,
    }
    result = subprocess.run(
        [sys.executable, "-m", "assessor", "demo"],
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert result.returncode == 0, result.stderr
    assert "sudah ada" in result.stdout


def test_choices_are_the_same_each_time() -> None:
    library, _ = load_all()
    checklist = library.checklists["sni-8807-2022-penuh"]
    tags = frozenset({"km", "rawat-inap", "sosial"})
    manner = Manner("seed", full=60, part=25, not_applicable=3, unmet={"REK-06": "1"})
    first = scoring.choices(checklist, tags, manner)
    assert first == scoring.choices(checklist, tags, manner)
    assert first != scoring.choices(checklist, tags, Manner("other", full=60, part=25))
    counted = Counter(first.values())
    assert counted["TB"] == 3
    assert first["REK-06"] == "1"
    assert set(first) == {item.id for item in checklist.applicable(tags)}
    assert counted["2"] > counted["1"] > counted["0"] > 0


def test_evidence_is_drawn_the_same_and_says_what_it_is() -> None:
    facts: dict[str, Any] = {
        "owner": "Rumah",
        "title": "Akta",
        "number": "1",
        "day": "1 Jan 2026",
        "lines": ("Satu.", "Dua."),
    }
    data = drawing.document(**facts)
    assert data == drawing.document(**facts)
    words = PdfReader(io.BytesIO(data)).pages[0].extract_text()
    assert "DATA CONTOH" in words
    for name in drawing.PICTURES:
        assert drawing.picture(name, caption="Ruang") == drawing.picture(name, caption="Ruang")


def test_every_office_role_is_held_at_an_office(kept: Session) -> None:
    rows = kept.execute(select(Position.role, Position.office_id)).all()
    assert all((role in OFFICE_ROLES) == (office is not None) for role, office in rows)


def test_a_unit_was_monitored_and_nothing_was_decided(kept: Session) -> None:
    content = kept.execute(
        select(SealedDocument.content)
        .join(Assessment, Assessment.id == SealedDocument.assessment_id)
        .where(Assessment.kind == Kind.periodic)
    ).scalar_one()
    told = json.loads(content)["content"]
    assert told["decision"]["outcome"] == "pemantauan"
    assert told["decision"]["unmet"] > 0
    assert told["instrument"]["checklist"] == "ibm-unit-pantau"
    assert 30 <= told["results"]["applicable"] < 80
