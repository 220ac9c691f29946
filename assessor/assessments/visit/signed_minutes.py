"""Where is the paper that both sides signed, and what becomes of it when a better scan comes?

A scan is a piece of evidence of the auditee, linked to its closing beside the frozen bytes. A
later scan replaces it for a reason; the earlier one stays on the list.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, exists, func, select
from sqlalchemy.orm import Session, aliased
from sqlalchemy.sql.elements import SQLCoreOperations

from assessor.access.actor import Actor
from assessor.access.decide import ensure
from assessor.access.permissions import Permission
from assessor.accounts.models import Person
from assessor.assessments.arranging import evidence_of
from assessor.assessments.models import Assessment, Status
from assessor.assessments.queries import lock_assessment, subject_of
from assessor.assessments.visit.content import list_closings
from assessor.assessments.visit_events import SignedMinutesLinked
from assessor.assessments.visit_models import Closing, SignedMinutes
from assessor.assessments.written import words
from assessor.database.base import new_id
from assessor.evidence.models import Evidence
from assessor.journal.work import Clock, write
from assessor.sentences import Refused, Sentence

# from when on the scan is asked of the team: before, handing over comes first
OWING_PAPER = frozenset({Status.submitted, Status.checked, Status.sealed})


@dataclass(frozen=True)
class Scan:
    """A scan of signed minutes; why it took the place of the one before it."""

    id: str
    evidence_id: str
    linked_at: datetime
    linked_by: str
    reason: str
    withdrawn: bool


def source_of(closing: Closing) -> str:
    """The closing whose paper it is: a revision carries the closings along."""
    return closing.carried_from_id or closing.id


def list_scans(session: Session, closings: Sequence[Closing]) -> Mapping[str, tuple[Scan, ...]]:
    """The scans of each closing by its id, the standing one first: one query."""
    found: dict[str, dict[str | None, Scan]] = {}
    for row, name, withdrawn_at in session.execute(
        select(SignedMinutes, Person.name, Evidence.withdrawn_at)
        .join(Person, Person.id == SignedMinutes.linked_by)
        .join(Evidence, Evidence.id == SignedMinutes.evidence_id)
        .where(SignedMinutes.closing_id.in_([source_of(each) for each in closings]))
        .order_by(SignedMinutes.linked_at, SignedMinutes.id)
    ):
        scan = Scan(
            row.id,
            row.evidence_id,
            row.linked_at,
            name,
            row.reason or "",
            withdrawn_at is not None,
        )
        found.setdefault(row.closing_id, {})[row.replaces_id] = scan
    return {each.id: _in_order(found.get(source_of(each), {})) for each in closings}


def _in_order(by_replaced: Mapping[str | None, Scan]) -> tuple[Scan, ...]:
    """From the first one on, each replaced by the next; the last comes first."""
    scans: list[Scan] = []
    scan = by_replaced.get(None)
    while scan is not None:
        scans.append(scan)
        scan = by_replaced.get(scan.id)
    return tuple(reversed(scans))


def is_signed(scans: Sequence[Scan]) -> bool:
    """Whether there is a scan that stands; one whose evidence was taken back does not."""
    return bool(scans) and not scans[0].withdrawn


def waits_for_paper(assessment_id: SQLCoreOperations[str]) -> ColumnElement[bool]:
    """The same as a condition: the latest closing of an assessment has no scan that stands."""
    later, newer = aliased(Closing), aliased(SignedMinutes)
    signed = exists(
        select(SignedMinutes.id)
        .join(Evidence, Evidence.id == SignedMinutes.evidence_id)
        .where(
            SignedMinutes.closing_id == func.coalesce(Closing.carried_from_id, Closing.id),
            Evidence.withdrawn_at.is_(None),
            ~exists(select(newer.id).where(newer.replaces_id == SignedMinutes.id)),
        )
    )
    return exists(
        select(Closing.id).where(
            Closing.assessment_id == assessment_id,
            ~exists(
                select(later.id).where(
                    later.assessment_id == Closing.assessment_id, later.number > Closing.number
                )
            ),
            ~signed,
        )
    )


def reason_to_replace(scans: Collection[Scan], reason: str) -> str | None:
    """Why the standing scan is replaced; None where there is none yet. Raises Refused."""
    if not scans:
        return None
    return words(reason, Sentence("Tulis alasan mengganti pindaian yang lama."))


def link_signed_minutes(
    session: Session,
    actor: Actor,
    clock: Clock,
    *,
    assessment_id: str,
    number: int,
    evidence_id: str,
    reason: str = "",
) -> None:
    """Link the scan that carries the signatures of both sides; a second one takes a reason. It
    may come late: a sealed assessment takes it too, beside its bytes. Raises NotPermitted,
    Refused."""
    with write(session, actor, clock) as work:
        assessment = lock_assessment(session, assessment_id)
        ensure(actor, Permission.arrange, subject_of(session, assessment))
        closing = _closing(session, assessment, number)
        scans = list_scans(session, [closing])[closing.id]
        why = reason_to_replace(scans, reason)
        evidence_of(session, assessment, evidence_id)
        if scans and scans[0].evidence_id == evidence_id:
            raise Refused(Sentence("Berkas ini sudah tersimpan di sini. Pilih berkas yang baru."))
        replaced = scans[0] if scans else None
        session.add(
            SignedMinutes(
                id=new_id(),
                closing_id=source_of(closing),
                evidence_id=evidence_id,
                linked_by=actor.person_id or "",
                linked_at=work.now,
                replaces_id=replaced.id if replaced else None,
                reason=why,
            )
        )
        work.record(
            SignedMinutesLinked(
                subject=assessment.id,
                auditee=assessment.auditee_id,
                number=number,
                evidence=evidence_id,
                replaces=replaced.evidence_id if replaced else None,
            ),
            why=why or "",
        )


def _closing(session: Session, assessment: Assessment, number: int) -> Closing:
    for each in list_closings(session, assessment.id):
        if each.number == number:
            return each
    raise Refused(Sentence("Hasil sementara ini tidak ada. Muat ulang halaman."))
