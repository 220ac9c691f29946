"""A sealed assessment in the database, with people who may and may not see it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any, ClassVar

from sqlalchemy.orm import Session

from assessor.access.actor import SYSTEM, Role
from assessor.accounts.models import Person
from assessor.assessments.models import Assessment, Kind, Mode, SealedDocument, Status
from assessor.assessments.seal import make_seal
from assessor.auditees.models import Auditee
from assessor.instruments.models import Edition, EditionKind
from assessor.journal.checkpoints import Signer, load_signer
from assessor.journal.events import Event
from assessor.journal.work import Clock, write
from assessor.reports.models import IssuedReport
from assessor.reports.services import issue_report
from evidence_store.store import Store
from tests.assessor.reports.sample import make_content, thumbs_of
from tests.builders import actor_for, make_office, make_person, make_site

EDITION = "sha256:" + "e" * 64
SEALED_AT = datetime(2026, 11, 20, 7, 2, tzinfo=UTC)
BASE_URL = "https://asesor.contoh.go.id"


@dataclass(frozen=True, kw_only=True)
class Arranged(Event):
    """Something was put there for a test."""

    act: ClassVar[str] = "test.arranged"


@dataclass(frozen=True)
class World:
    """What the tests of reports and of the public check start from."""

    session: Session
    clock: Clock
    store: Store
    signer: Signer
    site: Auditee
    coach: Person
    stranger: Person
    content: Mapping[str, Any]

    def seal(
        self,
        reference: str,
        *,
        revises: str | None = None,
        kind: Kind = Kind.evaluation,
        content: Mapping[str, Any] | None = None,
    ) -> str:
        """A sealed assessment with this reference; its id comes back."""
        assessment_id = reference.lower()
        with write(self.session, SYSTEM, self.clock) as work:
            self.session.add(
                Assessment(
                    id=assessment_id,
                    reference=reference,
                    auditee_id=self.site.id,
                    kind=kind,
                    mode=Mode.on_site,
                    year=2026,
                    edition=EDITION,
                    status=Status.sealed,
                    opened_by=self.coach.id,
                    opened_at=SEALED_AT,
                    visit_on=date(2026, 11, 18),
                    submitted_at=SEALED_AT,
                    sealed_at=SEALED_AT,
                    revision=2 if revises else 1,
                    revises_id=revises,
                )
            )
            self.session.flush()
            said = dict(content or self.content)
            said["assessment"] = {**said["assessment"], "reference": reference, "kind": kind.value}
            made = make_seal(said, lambda: "5a" * 16)
            self.session.add(
                SealedDocument(
                    assessment_id=assessment_id,
                    content=made.content,
                    root=made.root,
                    sealed_at=SEALED_AT,
                    journal_seq=1,
                )
            )
            if revises is not None:
                self.session.get_one(Assessment, revises).status = Status.revised
            work.record(Arranged(subject=assessment_id))
        return assessment_id

    def issue(self, assessment_id: str, language: str = "id") -> IssuedReport:
        """The report of an assessment, issued by its coach."""
        return issue_report(
            self.session,
            actor_for(self.session, self.clock, self.coach),
            self.clock,
            store=self.store,
            signer=self.signer,
            assessment_id=assessment_id,
            language=language,
            base_url=BASE_URL,
        )

    def bytes_of(self, issued: IssuedReport) -> bytes:
        """What was issued, as it is kept."""
        with self.store.open(issued.digest) as file:
            return file.read()


def make_world(session: Session, clock: Clock, store: Store, key: Any) -> World:
    """A site with its coach, somebody elsewhere, an edition, and the pictures of the sample."""
    office = make_office(session, clock, name="BNN Provinsi Contoh")
    site = make_site(session, clock, office=office, name="Rumah Pulih Melati")
    coach = make_person(session, clock, name="Sari", role=Role.coach, office=office)
    elsewhere = make_site(session, clock, name="Rumah Lain")
    stranger = make_person(session, clock, name="Budi", role=Role.institution, auditee=elsewhere)
    with write(session, SYSTEM, clock) as work:
        session.add(
            Edition(
                fingerprint=EDITION,
                kind=EditionKind.checklist,
                name="uji",
                edition="1",
                content=b"{}",
                published_at=SEALED_AT,
            )
        )
        work.record(Arranged(subject="edition"))
    content = make_content(items=6, photos=2)
    for piece, data in zip(content["evidence"], thumbs_of(content).values(), strict=True):
        piece["thumb_digest"] = store.keep_bytes(data)
    return World(
        session, clock, store, load_signer(key, create=True), site, coach, stranger, content
    )
