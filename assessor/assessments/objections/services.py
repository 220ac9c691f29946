"""How does an institution object to a result, and who rules on it?

Only to what is sealed, within the days of the programme; somebody of the directorate rules who
had no part in it. A ruling confirms the result or opens a revision; the sealed bytes stay.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from assessor.access.actor import Actor
from assessor.access.decide import ensure
from assessor.access.permissions import Permission
from assessor.accounts.queries import has_account
from assessor.assessments.events import ObjectionDecided, ObjectionFiled, ObjectionWithdrawn
from assessor.assessments.independence import Act, breaches, involved_and_coaches
from assessor.assessments.judging import judge
from assessor.assessments.models import Assessment, FindingStatus, Kind, Status
from assessor.assessments.objection_models import (
    FiledAs,
    Objection,
    ObjectionPoint,
    ObjectionStatus,
    Ruling,
)
from assessor.assessments.objection_queries import list_objections, next_number
from assessor.assessments.objections.rules import WORKING_DAYS, last_day
from assessor.assessments.opening.revising import open_revision, revision_of
from assessor.assessments.queries import list_findings, lock_assessment, subject_of, today_of
from assessor.auditees.models import Auditee
from assessor.client_identity import refuse_identity
from assessor.database.base import new_id
from assessor.evidence.models import Evidence
from assessor.journal.work import Clock, Work, write
from assessor.sentences import Refused, Sentence

LONGEST = 4_000
MOST_POINTS = 60
CHOOSE_RULING = Sentence("Pilih putusannya.")


@dataclass(frozen=True)
class Point:
    """What somebody objects to: an item (with its finding, if it has one), why, with which
    pieces of evidence."""

    item: str
    words: str
    evidence: tuple[str, ...] = ()


def _checked(text: str) -> str:
    text = text.strip()
    if len(text) > LONGEST:
        raise Refused(Sentence("Tulisan paling panjang 4.000 huruf. Ringkas dulu."))
    refuse_identity(text)
    return text


def why_not_now(session: Session, assessment: Assessment, now: datetime) -> Sentence | None:
    """Why nobody can object to this result now; None when one can."""
    if assessment.kind is Kind.self:
        return Sentence("Keberatan hanya atas hasil penilaian oleh petugas.")
    if assessment.status is not Status.sealed:
        return Sentence("Keberatan hanya atas hasil yang sudah dikunci dan masih berlaku.")
    revision = revision_of(session, assessment.id)
    if revision is not None:
        return Sentence(
            "Hasil ini sedang direvisi: %(reference)s. Keberatan diajukan atas hasil revisinya.",
            {"reference": revision.reference},
        )
    standing = [
        each
        for each in list_objections(session, assessment.id)
        if each.status is not ObjectionStatus.withdrawn
    ]
    if standing and standing[-1].status is ObjectionStatus.filed:
        return Sentence("Keberatan atas hasil ini sudah diajukan. Tunggu putusannya.")
    if standing:
        return Sentence("Keberatan atas hasil ini sudah diputus. Putusannya tetap.")
    auditee = session.get_one(Auditee, assessment.auditee_id)
    until = last_day(session, auditee, assessment.sealed_at or now)
    if today_of(session, assessment, now) > until:
        return Sentence(
            "Waktu mengajukan keberatan, %(days)s hari kerja sesudah dikunci, sudah lewat.",
            {"days": WORKING_DAYS},
        )
    return None


def _ensure_speaks(work: Work, assessment: Assessment) -> FiledAs:
    """As whom the actor objects. Raises NotPermitted, Refused."""
    ensure(work.actor, Permission.object, subject_of(work.session, assessment))
    if assessment.auditee_id in work.actor.auditees():
        return FiledAs.auditee
    if work.session.execute(select(has_account(assessment.auditee_id))).scalar():
        raise Refused(
            Sentence("Lembaga atau unit ini punya akun sendiri. Keberatan diajukannya sendiri.")
        )
    return FiledAs.coach


def _check_evidence(session: Session, assessment: Assessment, points: Sequence[Point]) -> None:
    wanted = {each for point in points for each in point.evidence}
    if not wanted:
        return
    known = set(
        session.execute(
            select(Evidence.id).where(
                Evidence.id.in_(wanted), Evidence.auditee_id == assessment.auditee_id
            )
        ).scalars()
    )
    if wanted - known:
        raise Refused(Sentence("Bukti itu tidak ada di lembaga atau unit ini. Pilih lagi."))


def file_objection(
    session: Session,
    actor: Actor,
    clock: Clock,
    *,
    assessment_id: str,
    points: Sequence[Point],
    words: str = "",
) -> Objection:
    """Object to a sealed result, item by item. Raises NotPermitted, Refused."""
    words = _checked(words)
    points = [Point(each.item, _checked(each.words), each.evidence) for each in points]
    if not points:
        raise Refused(Sentence("Pilih temuan atau butir yang tidak Anda setujui."))
    if len(points) > MOST_POINTS or len({each.item for each in points}) < len(points):
        raise Refused(Sentence("Setiap butir cukup satu kali, paling banyak 60 butir."))
    for each in points:
        if not each.words:
            raise Refused(
                Sentence("Tulis mengapa Anda keberatan atas %(item)s.", {"item": each.item})
            )
    with write(session, actor, clock) as work:
        assessment = lock_assessment(session, assessment_id)
        filed_as = _ensure_speaks(work, assessment)
        if (why := why_not_now(session, assessment, work.now)) is not None:
            raise Refused(why)
        judged = judge(session, assessment, today_of(session, assessment, work.now))
        if unknown := [each.item for each in points if each.item not in judged.asked]:
            raise Refused(
                Sentence("Butir %(item)s tidak dinilai di sini.", {"item": unknown[0][:40]})
            )
        _check_evidence(session, assessment, points)
        auditee = session.get_one(Auditee, assessment.auditee_id)
        objection = Objection(
            id=new_id(),
            assessment_id=assessment.id,
            number=next_number(session, assessment.id),
            status=ObjectionStatus.filed,
            words=words,
            filed_as=filed_as,
            filed_by=actor.person_id or "",
            filed_at=work.now,
            until=last_day(session, auditee, assessment.sealed_at or work.now),
        )
        session.add(objection)
        session.flush()
        _add_points(work, assessment, objection, points)
        work.record(
            ObjectionFiled(
                subject=objection.id,
                auditee=assessment.auditee_id,
                assessment=assessment.id,
                filed_as=filed_as,
                points=len(points),
            )
        )
    return objection


def _add_points(
    work: Work, assessment: Assessment, objection: Objection, points: Sequence[Point]
) -> None:
    findings = {
        each.item: each.id
        for each in list_findings(work.session, assessment.id)
        if each.status is FindingStatus.issued
    }
    for each in points:
        work.session.add(
            ObjectionPoint(
                id=new_id(),
                objection_id=objection.id,
                item=each.item,
                finding_id=findings.get(each.item),
                words=each.words,
                evidence=sorted(set(each.evidence)),
            )
        )


def _lock_objection(work: Work, objection_id: str) -> tuple[Objection, Assessment]:
    """The objection with its assessment, as it is now; both locked by the journal's head."""
    objection = work.session.get_one(Objection, objection_id, populate_existing=True)
    assessment = lock_assessment(work.session, objection.assessment_id)
    return objection, assessment


def _ensure_open(objection: Objection) -> None:
    if objection.status is ObjectionStatus.decided:
        raise Refused(Sentence("Keberatan ini sudah diputus."))
    if objection.status is ObjectionStatus.withdrawn:
        raise Refused(Sentence("Keberatan ini sudah dicabut."))


def withdraw_objection(
    session: Session, actor: Actor, clock: Clock, *, objection_id: str, reason: str = ""
) -> None:
    """Take it back before anybody ruled on it. Raises NotPermitted, Refused."""
    reason = _checked(reason)
    with write(session, actor, clock) as work:
        objection, assessment = _lock_objection(work, objection_id)
        _ensure_speaks(work, assessment)
        _ensure_open(objection)
        objection.status = ObjectionStatus.withdrawn
        objection.reason = reason or None
        objection.closed_by, objection.closed_at = actor.person_id, work.now
        work.record(
            ObjectionWithdrawn(
                subject=objection.id, auditee=assessment.auditee_id, assessment=assessment.id
            ),
            why=reason,
        )


def decide_objection(
    session: Session,
    actor: Actor,
    clock: Clock,
    *,
    objection_id: str,
    ruling: Ruling,
    reason: str,
) -> Assessment | None:
    """Rule on it, uninvolved; gives the revision that a ruling opened. Raises NotPermitted,
    Refused (with who could)."""
    reason = _checked(reason)
    if not reason:
        raise Refused(Sentence("Tulis alasan putusan. Lembaga membaca alasan ini."))
    with write(session, actor, clock) as work:
        objection, assessment = _lock_objection(work, objection_id)
        ensure(actor, Permission.decide_objection, subject_of(session, assessment))
        _ensure_open(objection)
        auditee = session.get_one(Auditee, assessment.auditee_id)
        for breach in breaches(
            session,
            auditee,
            Act.decide_objection,
            person_id=actor.person_id or "",
            involved=involved_and_coaches(session, assessment, auditee),
            on=work.today(auditee.time_zone),
        ):
            raise Refused(breach.sentence)
        revision = None
        objection.status = ObjectionStatus.decided
        objection.ruling, objection.reason = ruling, reason
        objection.closed_by, objection.closed_at = actor.person_id, work.now
        work.record(
            ObjectionDecided(
                subject=objection.id,
                auditee=assessment.auditee_id,
                assessment=assessment.id,
                ruling=ruling,
            ),
            why=reason,
        )
        if ruling is Ruling.revised:
            revision = open_revision(work, assessment, reason, objection=objection)
    return revision
