"""What does somebody outside the team do with the items of an assessment before signing?

They tick what they looked at, say what the team should look at again, and set another choice
beside the team's. What counts is theirs; what the team said stays.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy.orm import Session

from assessor.access.actor import Actor
from assessor.access.decide import ensure
from assessor.access.permissions import Permission
from assessor.assessments.events import ItemCorrected, ItemRemarked, ItemsSeen
from assessor.assessments.findings.services import follow_correction
from assessor.assessments.independence import Act, breaches, involved_in
from assessor.assessments.judging import Judged, judge
from assessor.assessments.models import Assessment, Status
from assessor.assessments.queries import lock_assessment, subject_of, today_of
from assessor.assessments.review_models import Correction, Remark, Reviewer, SeenItem
from assessor.assessments.review_queries import (
    list_remarks,
    next_number,
    round_of,
    seen_items,
    standing_remarks,
)
from assessor.auditees.models import Auditee
from assessor.client_identity import refuse_identity
from assessor.database.base import new_id
from assessor.journal.work import Clock, Work, write
from assessor.sentences import Refused, Sentence
from checklists.model import NOT_APPLICABLE

LONGEST = 2_000


@dataclass(frozen=True)
class Reading:
    """As what, by which permission and by which rules somebody reads an assessment."""

    reviewer: Reviewer
    permission: Permission
    act: Act


READINGS = {
    Status.submitted: Reading(Reviewer.checker, Permission.check, Act.check),
    Status.checked: Reading(Reviewer.verifier, Permission.verify, Act.verify),
}


def _begin(work: Work, assessment_id: str) -> tuple[Assessment, Reading]:
    """The assessment, locked, if the actor reads it now. Raises NotPermitted, Refused."""
    assessment = lock_assessment(work.session, assessment_id)
    subject = subject_of(work.session, assessment)
    ensure(work.actor, Permission.review, subject)
    reading = READINGS.get(assessment.status)
    if reading is None:
        raise Refused(Sentence("Penilaian ini sedang tidak diperiksa atau diverifikasi."))
    ensure(work.actor, reading.permission, subject)
    auditee = work.session.get_one(Auditee, assessment.auditee_id)
    for breach in breaches(
        work.session,
        auditee,
        reading.act,
        person_id=work.actor.person_id or "",
        involved=involved_in(work.session, assessment.id),
        on=work.today(auditee.time_zone),
    ):
        if not breach.rule.exemptible:
            raise Refused(breach.sentence)
    return assessment, reading


def _judged(work: Work, assessment: Assessment) -> Judged:
    return judge(work.session, assessment, today_of(work.session, assessment, work.now))


def _asked(judged: Judged, item: str) -> None:
    if item not in judged.asked:
        raise Refused(Sentence("Butir ini tidak dinilai di sini. Muat ulang halaman."))


def _short(text: str) -> str:
    text = text.strip()
    if len(text) > LONGEST:
        raise Refused(Sentence("Tulisan paling panjang 2.000 huruf. Ringkas dulu."))
    refuse_identity(text)
    return text


def see_items(
    session: Session, actor: Actor, clock: Clock, *, assessment_id: str, items: Iterable[str]
) -> int:
    """Tick that these were looked at; gives how many were not ticked before. Raises
    NotPermitted, Refused."""
    wanted = tuple(dict.fromkeys(items))
    if not wanted:
        raise Refused(Sentence("Centang dulu butir yang sudah Anda lihat."))
    with write(session, actor, clock) as work:
        assessment, _reading = _begin(work, assessment_id)
        judged = _judged(work, assessment)
        for item in wanted:
            _asked(judged, item)
        person_id = actor.person_id or ""
        in_round = round_of(session, assessment.id)
        seen = seen_items(session, assessment.id, in_round=in_round, person_id=person_id)
        fresh = [item for item in wanted if item not in seen]
        for item in fresh:
            session.add(
                SeenItem(
                    id=new_id(),
                    assessment_id=assessment.id,
                    in_round=in_round,
                    person_id=person_id,
                    item=item,
                    seen_at=work.now,
                )
            )
        if fresh:
            work.record(
                ItemsSeen(subject=assessment.id, auditee=assessment.auditee_id, count=len(fresh))
            )
    return len(fresh)


def remark_item(
    session: Session, actor: Actor, clock: Clock, *, assessment_id: str, item: str, words: str
) -> None:
    """Say what the team should look at again at an item; without words one's own remark of this
    round is taken back. Raises NotPermitted, Refused."""
    words = _short(words)
    with write(session, actor, clock) as work:
        assessment, _reading = _begin(work, assessment_id)
        judged = _judged(work, assessment)
        _asked(judged, item)
        in_round = round_of(session, assessment.id)
        if not words and not any(
            each.item == item and each.in_round == in_round and each.made_by == actor.person_id
            for each in standing_remarks(list_remarks(session, assessment.id))
        ):
            raise Refused(Sentence("Tulis apa yang perlu dilihat lagi oleh tim pada butir ini."))
        answer = judged.state.answers.get(item)
        session.add(
            Remark(
                id=new_id(),
                assessment_id=assessment.id,
                in_round=in_round,
                number=next_number(session, Remark, assessment.id),
                item=item,
                words=words,
                choice=judged.state.answered(item),
                facts=answer.facts if answer else None,
                bases=[basis.op_id for basis in judged.state.bases.get(item, ())],
                made_by=actor.person_id or "",
                made_at=work.now,
            )
        )
        work.record(ItemRemarked(subject=assessment.id, auditee=assessment.auditee_id, item=item))


def correct_item(
    session: Session,
    actor: Actor,
    clock: Clock,
    *,
    assessment_id: str,
    item: str,
    choice: str,
    reason: str,
) -> None:
    """Set another choice beside the team's; its finding follows. The team's own choice takes a
    correction back. Raises NotPermitted, Refused."""
    reason = _short(reason)
    if not reason:
        raise Refused(Sentence("Tulis alasan koreksi. Alasan ini tercetak pada laporan."))
    with write(session, actor, clock) as work:
        assessment, reading = _begin(work, assessment_id)
        before = _judged(work, assessment)
        _asked(before, item)
        if choice != NOT_APPLICABLE and not before.checklist.has_choice(choice):
            raise Refused(Sentence("Pilih nilai yang ada pada skala."))
        if before.state.choice(item) == choice:
            raise Refused(Sentence("Nilai itu sudah berlaku. Pilih nilai lain."))
        correction = Correction(
            id=new_id(),
            assessment_id=assessment.id,
            in_round=round_of(session, assessment.id),
            number=next_number(session, Correction, assessment.id),
            item=item,
            choice=choice,
            instead_of=before.state.answered(item),
            reason=reason,
            made_by=actor.person_id or "",
            made_as=reading.reviewer,
            made_at=work.now,
        )
        session.add(correction)
        session.flush()
        follow_correction(work, _judged(work, assessment), correction)
        work.record(
            ItemCorrected(
                subject=assessment.id, auditee=assessment.auditee_id, item=item, choice=choice
            )
        )
