"""How does the demonstration get into an empty installation?

Once, at the first start. A run that was interrupted is carried on by the next one.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from assessor.access.actor import SYSTEM
from assessor.assessments.models import Assessment, Kind, Status
from assessor.demo import arrangements, auditees, drafts, geography, people, stories
from assessor.demo.events import DemonstrationLoaded
from assessor.demo.stage import PlayClock, Stage
from assessor.instruments.models import Approval, Edition, EditionKind
from assessor.instruments.services import approve, publish_packaged
from assessor.journal.checkpoints import Signer
from assessor.journal.models import JournalEntry
from assessor.journal.work import Clock, write
from assessor.organization.territory_loading import load_territories
from assessor.reports.services import issue_report
from assessor.sentences import Refused, Sentence
from evidence_store.store import Store

APPROVED = "sni-8807-2022-penuh"
# what asks all of it, or what was found by it, by the same rules
APPROVED_WITH_IT = ("sni-8807-2022-mandiri", "sni-8807-2022-ulang")
DECREE = "Keputusan Contoh Nomor 8807/CONTOH (rekaan)"
APPROVED_BY = "Direktur PLRKM (contoh)"

Tell = Callable[[str, int, int], None]  # what is being made, steps done, steps in all


@dataclass(frozen=True, kw_only=True)
class House:
    """What the installation gives to play in."""

    store: Store
    upload_limit: int
    password_memory_kib: int
    signer: Signer
    base_url: str


def is_loaded(session: Session) -> bool:
    """Whether everything is there."""
    statement = select(JournalEntry.seq).where(JournalEntry.act == DemonstrationLoaded.act)
    return session.execute(statement.limit(1)).first() is not None


def ensure_demo(*, demo: bool) -> None:
    """Raise Refused outside demo mode."""
    if not demo:
        raise Refused(
            Sentence(
                "Data contoh hanya untuk mode demo. Jalankan dengan ASSESSOR_MODE=demo dan basis "
                "data yang kosong."
            )
        )


def load_demo(session: Session, clock: Clock, *, house: House, tell: Tell) -> bool:
    """Load the demonstration; False when it is there already. Ask `ensure_demo` before."""
    if is_loaded(session):
        return False
    now = clock()
    stage = Stage(
        session=session,
        store=house.store,
        upload_limit=house.upload_limit,
        base_url=house.base_url,
        real_now=now,
        clock=PlayClock(now - timedelta(days=geography.BEGIN)),
    )
    load_territories(
        session,
        SYSTEM,
        stage.clock,
        progress=lambda done, total: tell("Wilayah administrasi", done, total),
    )
    tell("Kantor dan orang", 0, 3)
    geography.open_offices(stage)
    arrangements.arrange(stage)
    hashing = people.one_hash(house.password_memory_kib)
    people.admit(stage, people.OFFICERS, hashing)
    tell("Kantor dan orang", 1, 3)
    stage.clock.now = stage.days_ago(460)
    auditees.register_sites(stage)
    auditees.register_units(stage)
    tell("Kantor dan orang", 2, 3)
    people.admit(stage, people.MEMBERS, hashing)
    _publish(stage)
    tell("Kantor dan orang", 3, 3)
    stories.plan_stories(stage)
    arrangements.plan(stage)
    stage.play(lambda done, total: tell("Penilaian", done, total))
    _issue_reports(stage, house)
    drafts.begin_draft(stage, APPROVED)
    with write(session, SYSTEM, clock) as work:
        work.record(DemonstrationLoaded(subject="demo", edition=APPROVED))
    return True


def _publish(stage: Stage) -> None:
    """The packaged editions; some of them approved by a decree that does not exist."""
    stage.clock.now = stage.days_ago(450)
    publish_packaged(stage.session, SYSTEM, stage.clock)
    newest: dict[str, str] = {}
    for name, fingerprint in stage.session.execute(
        select(Edition.name, Edition.fingerprint)
        .where(
            Edition.kind == EditionKind.checklist,
            Edition.name.in_((APPROVED, *APPROVED_WITH_IT)),
        )
        .order_by(Edition.published_at.desc())
    ):
        newest.setdefault(name, fingerprint)
    approved = set(stage.session.scalars(select(Approval.fingerprint)))
    stage.clock.now = stage.days_ago(260)
    for name in (APPROVED, *APPROVED_WITH_IT):
        if newest[name] not in approved:
            approve(
                stage.session,
                stage.actor("direktorat"),
                stage.clock,
                fingerprint=newest[name],
                decree=DECREE,
                effective_on=stage.clock().date(),
                approved_by=APPROVED_BY,
                fictitious=True,
            )


def _issue_reports(stage: Stage, house: House) -> None:
    """The report of the sealed evaluations, in Indonesian."""
    sealed = stage.session.scalars(
        select(Assessment.id).where(
            Assessment.status == Status.sealed, Assessment.kind == Kind.evaluation
        )
    ).all()
    for assessment_id in sealed:
        issue_report(
            stage.session,
            stage.actor("direktorat2"),
            stage.clock,
            store=house.store,
            signer=house.signer,
            assessment_id=assessment_id,
            language="id",
            base_url=house.base_url,
        )
