"""How is grave danger reported, followed and decided?

A report puts the auditee on hold in the same transaction. Nothing of it is ever changed: what
happened since is a note, and the decision stands beside the report.
"""

import re
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from assessor.access.actor import Actor
from assessor.access.decide import ensure
from assessor.access.permissions import Permission
from assessor.assessments.models import Assessment
from assessor.assessments.queries import subject_of as subject_of_assessment
from assessor.auditees.holds import begin_hold, hold_because_of
from assessor.auditees.models import Auditee
from assessor.auditees.queries import subject_of as subject_of_auditee
from assessor.client_identity import refuse_identity
from assessor.database.base import new_id
from assessor.evidence.names import paragraphs, plain
from assessor.journal.work import Clock, Work, write
from assessor.sentences import NotPermitted, Refused, Sentence, Stale
from assessor.urgent.events import HoldLifted, UrgentDecided, UrgentNoted, UrgentReported
from assessor.urgent.kinds import kinds, outsiders
from assessor.urgent.models import UrgentDecision, UrgentNote, UrgentReport, Verdict
from assessor.urgent.queries import content_hash, subject_of

LONGEST = 4_000
LONGEST_PLACE = 200
MOST_AFFECTED = 10_000
LONGEST_HOLD = timedelta(days=366)
OLDEST = timedelta(days=5 * 366)

_ID = re.compile(r"[a-z2-7]{26}")
_CLOCK = re.compile(r"(?:[01]\d|2[0-3]):[0-5]\d")


@dataclass(frozen=True, kw_only=True)
class Seen:
    """What somebody reports. `report_id` was given out with the form, so that the same form sent
    twice makes one report."""

    report_id: str
    kind: str
    facts: str
    affected: int | None
    seen_on: date
    seen_at: str
    place: str
    done: str
    told: Collection[str]


def _wrong(text: str) -> Refused:
    return Refused(Sentence(text))


def _checked(seen: Seen) -> Seen:
    """What can be known without the database. Raises Refused."""
    if not _ID.fullmatch(seen.report_id):
        raise _wrong("Formulir ini rusak. Muat ulang halaman, lalu isi lagi.")
    if seen.kind not in kinds():
        raise _wrong("Pilih apa yang terjadi.")
    if not set(seen.told) <= set(outsiders()):
        raise _wrong("Pilih pihak luar dari daftar.")
    if seen.seen_at and not _CLOCK.fullmatch(seen.seen_at):
        raise _wrong("Isi jam seperti 14:30, atau kosongkan.")
    if seen.affected is not None and not 0 <= seen.affected <= MOST_AFFECTED:
        raise _wrong("Isi jumlah orang dengan angka bulat, atau kosongkan.")
    facts, done = paragraphs(seen.facts, LONGEST), paragraphs(seen.done, LONGEST)
    place = plain(seen.place, LONGEST_PLACE)
    if not facts or not place or not done:
        raise _wrong("Tulis apa yang dilihat, di mana, dan apa yang sudah dilakukan.")
    refuse_identity(facts, place, done)
    return Seen(
        report_id=seen.report_id,
        kind=seen.kind,
        facts=facts,
        affected=seen.affected,
        seen_on=seen.seen_on,
        seen_at=seen.seen_at,
        place=place,
        done=done,
        told=[code for code in outsiders() if code in set(seen.told)],
    )


def _next_reference(session: Session, year: int) -> str:
    """`SEGERA-2026-0001`; the journal's head is held, so nobody else is given the same."""
    prefix = f"SEGERA-{year}-"
    last = session.execute(
        select(UrgentReport.reference)
        .where(UrgentReport.reference.like(f"{prefix}%"))
        .order_by(func.length(UrgentReport.reference).desc(), UrgentReport.reference.desc())
        .limit(1)
    ).scalar()
    number = int(last.removeprefix(prefix)) + 1 if last else 1
    return f"{prefix}{number:04d}"


def _ensure_may_report(work: Work, auditee: Auditee, assessment_id: str | None) -> None:
    if assessment_id is None:
        subject = subject_of_auditee(work.session, auditee)
    else:
        assessment = work.session.get_one(Assessment, assessment_id)
        if assessment.auditee_id != auditee.id:
            raise _wrong("Penilaian ini bukan milik lembaga atau unit yang dilaporkan.")
        subject = subject_of_assessment(work.session, assessment)
    ensure(work.actor, Permission.report_urgent, subject)


def report_urgent(
    session: Session,
    actor: Actor,
    clock: Clock,
    *,
    auditee_id: str,
    assessment_id: str | None,
    seen: Seen,
) -> str:
    """Report grave danger at an auditee and put it on hold; gives the id of the report. The same
    form sent again gives the report that is there. Raises NotPermitted, Refused."""
    said = _checked(seen)
    with write(session, actor, clock) as work:
        auditee = session.get_one(Auditee, auditee_id)
        _ensure_may_report(work, auditee, assessment_id)
        there = session.get(UrgentReport, said.report_id)
        if there is not None:
            if there.auditee_id != auditee_id or there.reported_by != actor.person_id:
                raise _wrong("Formulir ini rusak. Muat ulang halaman, lalu isi lagi.")
            return there.id
        today = work.today(auditee.time_zone)
        if not today - OLDEST <= said.seen_on <= today:
            raise _wrong("Isi hari kejadian: hari ini atau sebelumnya.")
        report = UrgentReport(
            id=said.report_id,
            reference=_next_reference(session, today.year),
            auditee_id=auditee_id,
            assessment_id=assessment_id,
            kind=said.kind,
            facts=said.facts,
            affected=said.affected,
            seen_on=said.seen_on,
            seen_at=said.seen_at or None,
            place=said.place,
            done=said.done,
            told=list(said.told),
            reported_by=actor.person_id or "",
            reported_at=work.now,
        )
        session.add(report)
        begin_hold(work, auditee_id=auditee_id, cause=report.id, cause_kind=said.kind)
        work.record(
            UrgentReported(
                subject=report.id,
                auditee=auditee_id,
                reference=report.reference,
                kind=said.kind,
                told=list(said.told),
            )
        )
    return said.report_id


def add_note(session: Session, actor: Actor, clock: Clock, *, report_id: str, words: str) -> None:
    """Write down what happened since. Raises NotPermitted, Refused."""
    words = paragraphs(words, LONGEST)
    if not words:
        raise _wrong("Tulis apa yang terjadi atau dilakukan sesudah laporan ini.")
    refuse_identity(words)
    with write(session, actor, clock) as work:
        report = session.get_one(UrgentReport, report_id)
        ensure(actor, Permission.note_urgent, subject_of(session, report))
        session.add(
            UrgentNote(
                id=new_id(),
                report_id=report.id,
                words=words,
                written_by=actor.person_id or "",
                written_at=work.now,
            )
        )
        work.record(UrgentNoted(subject=report.id, auditee=report.auditee_id))


@dataclass(frozen=True, kw_only=True)
class Decided:
    """What somebody decides: how it turned out, why, and until when the hold stays."""

    verdict: Verdict
    reason: str
    hold_until: date | None = None


def why_not_decide(actor: Actor, report: UrgentReport) -> Sentence | None:
    """Nobody decides what they reported themselves."""
    if report.reported_by == actor.person_id:
        return Sentence(
            "Anda yang membuat laporan ini, jadi orang lain di direktorat yang memutusnya."
        )
    return None


def _checked_decision(decided: Decided) -> str:
    reason = paragraphs(decided.reason, LONGEST)
    if not reason:
        raise _wrong("Tulis alasan putusan ini.")
    refuse_identity(reason)
    if decided.verdict is Verdict.unfounded and decided.hold_until is not None:
        raise _wrong(
            "Laporan yang tidak terbukti mengakhiri penangguhan. Pilih akhiri penangguhan."
        )
    return reason


def decide_report(
    session: Session,
    actor: Actor,
    clock: Clock,
    *,
    report_id: str,
    decided: Decided,
    shown_hash: str,
) -> None:
    """Decide what was on the screen; the hold ends now, or stays until a day. Raises
    NotPermitted, Refused, Stale."""
    reason = _checked_decision(decided)
    with write(session, actor, clock) as work:
        report = session.get_one(UrgentReport, report_id)
        ensure(actor, Permission.decide_urgent, subject_of(session, report))
        if (why := why_not_decide(actor, report)) is not None:
            raise NotPermitted(why)
        if _decision_of(session, report_id) is not None:
            raise Stale(Sentence("Laporan ini sudah diputus orang lain. Baca putusannya."))
        now_hash = content_hash(session, report)
        if now_hash != shown_hash:
            raise Stale(
                Sentence("Ada catatan baru sejak Anda membukanya. Baca dulu, lalu putuskan.")
            )
        _settle_hold(work, report, decided.hold_until)
        session.add(
            UrgentDecision(
                id=new_id(),
                report_id=report.id,
                verdict=decided.verdict,
                reason=reason,
                hold_until=decided.hold_until,
                content_hash=now_hash,
                decided_by=actor.person_id or "",
                decided_at=work.now,
            )
        )
        work.record(
            UrgentDecided(
                subject=report.id,
                auditee=report.auditee_id,
                verdict=decided.verdict.value,
                hold_until=decided.hold_until,
                content_hash=now_hash,
            )
        )


def _decision_of(session: Session, report_id: str) -> UrgentDecision | None:
    return session.execute(
        select(UrgentDecision).where(UrgentDecision.report_id == report_id)
    ).scalar_one_or_none()


def _settle_hold(work: Work, report: UrgentReport, until: date | None) -> None:
    """End the hold now, or set its last day."""
    hold = hold_because_of(work.session, report.id)
    auditee = work.session.get_one(Auditee, report.auditee_id)
    today = work.today(auditee.time_zone)
    if until is not None and not today < until <= today + LONGEST_HOLD:
        raise _wrong("Isi hari terakhir penangguhan: sesudah hari ini, paling lama satu tahun.")
    if hold is None:
        return
    if until is None:
        hold.ended_at = work.now
    else:
        hold.until = until


def lift_hold(session: Session, actor: Actor, clock: Clock, *, report_id: str, reason: str) -> None:
    """End a hold before its day, once the report was decided. Raises NotPermitted, Refused."""
    reason = paragraphs(reason, LONGEST)
    if not reason:
        raise _wrong("Tulis alasan mengakhiri penangguhan.")
    refuse_identity(reason)
    with write(session, actor, clock) as work:
        report = session.get_one(UrgentReport, report_id)
        ensure(actor, Permission.decide_urgent, subject_of(session, report))
        if (why := why_not_decide(actor, report)) is not None:
            raise NotPermitted(why)
        hold = hold_because_of(session, report_id)
        if _decision_of(session, report_id) is None:
            raise _wrong("Laporan ini belum diputus. Putuskan dulu; penangguhan diatur di situ.")
        auditee = session.get_one(Auditee, report.auditee_id)
        if hold is None or not hold.lasts_on(work.today(auditee.time_zone)):
            raise _wrong("Penangguhan ini sudah berakhir.")
        hold.ended_at = work.now
        work.record(HoldLifted(subject=report.id, auditee=report.auditee_id), why=reason)
