"""Which permits and values from outside does the demonstration show? Permits in every state."""

from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import select

from assessor.database.base import new_id
from assessor.demo.stage import Stage
from assessor.evidence.models import Evidence
from assessor.outside_values.models import OutsideValue
from assessor.outside_values.services import NewValue, enter_value
from assessor.permits.models import Permit
from assessor.permits.services import NewPermit, enter_permit, withdraw_permit


@dataclass(frozen=True)
class Paper:
    """A permit of the demonstration; days count from the day of loading."""

    number: str
    kind: str
    issuer: str
    begins: int
    ends: int | None
    service: str = ""
    scan: str = ""  # the title of a piece that was handed in
    renews: str = ""  # the number of the one before
    withdrawn: str = ""


HEALTH = "Dinas Kesehatan (contoh)"
SOCIAL = "Dinas Sosial (contoh)"
DEED = "Akta pendirian dan pengesahan"
MISTAKE = "Salah lembaga: izin ini milik tetangga."
SERAYU = (
    Paper("CONTOH/KLINIK/01", "clinic", HEALTH, -1400, -30, scan=DEED),
    Paper("CONTOH/SOSIAL/07", "social", SOCIAL, -700, 25),
    Paper("CONTOH/IPWL/03", "ipwl", "Kementerian Kesehatan (contoh)", -1000, 75),
    Paper("CONTOH/LAIK/11", "building", "Dinas Pekerjaan Umum (contoh)", -1500, 160),
    Paper("CONTOH/LOKASI/02", "location", "Pemerintah Kabupaten (contoh)", -2000, None),
    Paper("CONTOH/STPLK/20", "registration", SOCIAL, -1900, -70),
    Paper("CONTOH/STPLK/88", "registration", SOCIAL, -69, 1000, renews="CONTOH/STPLK/20"),
    Paper("CONTOH/LAIN/09", "other", "Dinas Tata Ruang (contoh)", -300, 400, withdrawn=MISTAKE),
    Paper("CONTOH/LAIN/10", "other", "Dinas Perhubungan (contoh)", 20, 900),
)  # fmt: skip
TELUK = (
    Paper("CONTOH/KLINIK/31", "clinic", HEALTH, -900, 600, service="rawat-jalan"),
    Paper("CONTOH/SOSIAL/32", "social", SOCIAL, -1000, -60),
)  # fmt: skip


@dataclass(frozen=True)
class Given:
    """A value from outside; years count back from the year of loading."""

    kind: str
    years_ago: int
    value: str
    scale: str
    source: str


VALUES = (
    Given("ikr", 1, "3,41", "", "Hasil pengukuran IKR (contoh)"),
    Given("balks", 2, "B", "A, B, atau C", "Sertifikat BALKS (contoh)"),
)


def enter_papers(stage: Stage, key: str, papers: tuple[Paper, ...], by: str) -> None:
    """Enter these permits of an auditee, except those that are there."""
    auditee_id = stage.auditees[key]
    there = _numbers(stage, auditee_id)
    for paper in papers:
        if paper.number not in there:
            _enter(stage, auditee_id, paper, by)
        there = _numbers(stage, auditee_id)
        entered = stage.session.get_one(Permit, there[paper.number])
        if paper.withdrawn and entered.withdrawn_at is None:
            withdraw_permit(
                stage.session,
                stage.actor(by),
                stage.clock,
                permit_id=entered.id,
                reason=paper.withdrawn,
            )


def _numbers(stage: Stage, auditee_id: str) -> dict[str, str]:
    rows = stage.session.execute(
        select(Permit.number, Permit.id).where(Permit.auditee_id == auditee_id)
    )
    return {row.number: row.id for row in rows}


def _day(stage: Stage, days: int) -> date:
    return stage.today + timedelta(days=days)


def _enter(stage: Stage, auditee_id: str, paper: Paper, by: str) -> None:
    scan = stage.session.scalars(
        select(Evidence.id).where(Evidence.auditee_id == auditee_id, Evidence.title == paper.scan)
    ).first()
    enter_permit(
        stage.session,
        stage.actor(by),
        stage.clock,
        auditee_id=auditee_id,
        new=NewPermit(
            permit_id=new_id(),
            kind=paper.kind,
            service=paper.service,
            issuer=paper.issuer,
            number=paper.number,
            valid_from=_day(stage, paper.begins),
            expires_on=None if paper.ends is None else _day(stage, paper.ends),
            evidence_id=scan,
            replaces=_numbers(stage, auditee_id).get(paper.renews),
        ),
    )


def enter_values(stage: Stage, key: str, values: tuple[Given, ...], by: str) -> None:
    """Enter these values of an auditee, except those that are there."""
    auditee_id = stage.auditees[key]
    there = set(
        stage.session.scalars(
            select(OutsideValue.kind).where(OutsideValue.auditee_id == auditee_id)
        )
    )
    for each in values:
        if each.kind in there:
            continue
        enter_value(
            stage.session,
            stage.actor(by),
            stage.clock,
            auditee_id=auditee_id,
            new=NewValue(
                value_id=new_id(),
                kind=each.kind,
                year=stage.today.year - each.years_ago,
                value=each.value,
                scale=each.scale,
                source=each.source,
            ),
        )
