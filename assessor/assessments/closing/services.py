"""How is the preliminary result frozen at the closing meeting, with what is not agreed?

What is frozen are canonical bytes with their root, like those of a seal. The assessment stays
open; every later change is listed against them (`changes.py`). Closing anew takes a reason, and
both records stay.
"""

import secrets
from collections import Counter
from collections.abc import Sequence
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from assessor.access.actor import Actor
from assessor.access.permissions import Permission
from assessor.accounts.models import Person
from assessor.assessments.arranging import open_for
from assessor.assessments.declarations import ensure_declared
from assessor.assessments.document.content import build_content, screen_hash
from assessor.assessments.findings.services import list_proposed
from assessor.assessments.judging import Judged, judge
from assessor.assessments.models import Assessment
from assessor.assessments.queries import asked_items, subject_of, today_of
from assessor.assessments.seal import make_seal
from assessor.assessments.visit.changes import standing
from assessor.assessments.visit.content import list_closings, meetings_content
from assessor.assessments.visit.meetings import get_meetings
from assessor.assessments.visit_events import AssessmentClosed, PointDisputed
from assessor.assessments.visit_models import Closing, DisputedPoint, MeetingKind
from assessor.assessments.written import LONGEST_POINT, words
from assessor.database.base import new_id
from assessor.instruments.queries import get_checklist
from assessor.journal.capture import coded
from assessor.journal.work import Clock, Work, write
from assessor.sentences import Refused, Sentence, Stale
from standards.canonical import fingerprint

_CHANGED = Sentence(
    "Isi penilaian berubah sejak Anda membukanya. Baca lagi yang terbaru, lalu bekukan."
)


# ---- what is not agreed ----


def list_disputed(session: Session, assessment: Assessment) -> tuple[DisputedPoint, ...]:
    """The points both sides do not agree on, in standard order: one query."""
    rows = session.execute(
        select(DisputedPoint).where(DisputedPoint.assessment_id == assessment.id)
    ).scalars()
    found = {each.item: each for each in rows}
    asked = asked_items(get_checklist(session, assessment.edition), assessment)
    return tuple(found[item] for item in asked if item in found)


def dispute_point(
    session: Session,
    actor: Actor,
    clock: Clock,
    *,
    assessment_id: str,
    item: str,
    institution: str,
    team: str,
) -> None:
    """Put down what each side says of an item they do not agree on, or word it anew. Raises
    NotPermitted, Refused."""
    with write(session, actor, clock) as work:
        assessment = open_for(work, assessment_id, Permission.close)
        ensure_declared(session, assessment, actor, subject_of(session, assessment))
        if item not in asked_items(get_checklist(session, assessment.edition), assessment):
            raise Refused(Sentence("Pilih butir yang belum disepakati."))
        said = words(
            institution, Sentence("Tulis pendapat lembaga dengan kata-katanya."), LONGEST_POINT
        )
        answered = words(team, Sentence("Tulis pendapat tim penilai."), LONGEST_POINT)
        point = _point(session, assessment.id, item)
        change = "added" if point is None else "worded"
        if point is None:
            point = DisputedPoint(id=new_id(), assessment_id=assessment.id, item=item)
            session.add(point)
        point.institution, point.team = said, answered
        point.recorded_by, point.recorded_at = actor.person_id or "", work.now
        _record_point(work, assessment, item, change)


def settle_point(
    session: Session, actor: Actor, clock: Clock, *, assessment_id: str, item: str
) -> None:
    """Both sides agree after all. Raises NotPermitted, Refused."""
    with write(session, actor, clock) as work:
        assessment = open_for(work, assessment_id, Permission.close)
        ensure_declared(session, assessment, actor, subject_of(session, assessment))
        point = _point(session, assessment.id, item)
        if point is None:
            raise Refused(Sentence("Hal ini sudah tidak ada dalam daftar. Muat ulang halaman."))
        session.delete(point)
        _record_point(work, assessment, item, "removed")


def _point(session: Session, assessment_id: str, item: str) -> DisputedPoint | None:
    return session.execute(
        select(DisputedPoint).where(
            DisputedPoint.assessment_id == assessment_id, DisputedPoint.item == item
        )
    ).scalar_one_or_none()


def _record_point(work: Work, assessment: Assessment, item: str, change: str) -> None:
    work.record(
        PointDisputed(
            subject=assessment.id, auditee=assessment.auditee_id, item=item, change=change
        )
    )


# ---- freezing ----


def closing_hash(session: Session, judged: Judged) -> str:
    """The hash of what is frozen: what a signer sees, the meetings, and what is not agreed."""
    return fingerprint(
        {
            "screen": screen_hash(session, judged),
            "meetings": meetings_content(session, judged.assessment),
            "disputed": _disputed(session, judged.assessment),
        }
    )


def close_assessment(
    session: Session,
    actor: Actor,
    clock: Clock,
    *,
    assessment_id: str,
    summary: str,
    shown_hash: str,
    demo: bool,
    reason: str = "",
) -> Closing:
    """Freeze what stands and was on the screen as the preliminary result. Raises NotPermitted,
    Refused, Stale."""
    with write(session, actor, clock) as work:
        assessment = open_for(work, assessment_id, Permission.close)
        ensure_declared(session, assessment, actor, subject_of(session, assessment))
        if MeetingKind.closing not in get_meetings(session, assessment.id):
            raise Refused(Sentence("Catat dulu pertemuan penutupan: kapan, di mana, siapa hadir."))
        said = words(summary, Sentence("Tulis ringkasan hasil yang dibacakan di pertemuan."))
        before = list_closings(session, assessment.id)
        why = words(reason, Sentence("Tulis alasan membekukan ulang.")) if before else None
        judged = judge(session, assessment, today_of(session, assessment, work.now))
        if closing_hash(session, judged) != shown_hash:
            raise Stale(_CHANGED)
        closing = _frozen(work, judged, before, summary=said, reason=why, demo=demo)
        session.add(closing)
        work.record(
            AssessmentClosed(
                subject=assessment.id,
                auditee=assessment.auditee_id,
                number=closing.number,
                root=closing.root,
            ),
            why=why or "",
        )
    return closing


def _frozen(
    work: Work,
    judged: Judged,
    before: Sequence[Closing],
    *,
    summary: str,
    reason: str | None,
    demo: bool,
) -> Closing:
    session, assessment = work.session, judged.assessment
    number = len(before) + 1
    kinds = Counter(each.kind.value for bases in judged.state.bases.values() for each in bases)
    content = build_content(session, judged, demo=demo) | {
        "closing": {
            "number": number,
            "closed_at": coded(work.now),
            "closed_by": session.get_one(Person, work.actor.person_id).name,
            "summary": summary,
            "reason": reason,
            "replaces": before[-1].root if before else None,
            "bases": dict(sorted(kinds.items())),
        },
        "frozen": standing(session, judged),
        "findings": _proposed(session, judged),
        "disputed": _disputed(session, assessment),
    }
    seal = make_seal(content, lambda: secrets.token_hex(16))
    return Closing(
        id=new_id(),
        assessment_id=assessment.id,
        number=number,
        summary=summary,
        reason=reason,
        content=seal.content,
        root=seal.root,
        closed_by=work.actor.person_id or "",
        closed_at=work.now,
        journal_seq=work.lock(),
        carried_from_id=None,
    )


def _proposed(session: Session, judged: Judged) -> list[dict[str, Any]]:
    kept = [each for each in list_proposed(session, judged) if not each.drop_reason]
    return [
        {
            "number": number,
            "item": each.item.id,
            "class": each.finding_class.value,
            "statement": each.statement,
        }
        for number, each in enumerate(kept, start=1)
    ]


def _disputed(session: Session, assessment: Assessment) -> list[dict[str, Any]]:
    return [
        {"item": each.item, "institution": each.institution, "team": each.team}
        for each in list_disputed(session, assessment)
    ]
