"""How does an assessment that is going on come to be judged by the new edition of its checklist?

Only by those who lead or assign it, and only before its results were frozen for the closing.
Answers stay; those that were given to something else are taken off, each by name, and the journal
keeps what they said. What is sealed keeps its edition for good.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import exists, select
from sqlalchemy.orm import Session

from assessor.access.actor import Actor
from assessor.access.decide import decide, ensure
from assessor.access.permissions import Permission
from assessor.access.rules import Subject
from assessor.assessments.events import EditionChanged
from assessor.assessments.models import (
    Answer,
    Assessment,
    Basis,
    Finding,
    Kind,
    Status,
    TeamMember,
    TeamRole,
)
from assessor.assessments.queries import get_state, lock_assessment, subject_of, today_of
from assessor.assessments.visit_models import Closing
from assessor.instruments.queries import get_checklist, superseded_by
from assessor.journal.work import Clock, Work, write
from assessor.sentences import NotPermitted, Refused, Sentence, Stale
from checklists.comparing import compare
from checklists.derivation import Place
from checklists.differences import Difference
from checklists.model import Checklist
from checklists.simulation import is_choice, voided_items

MOVABLE = (Status.draft, Status.in_progress)
NOTHING_NEWER = Sentence("Penilaian ini sudah memakai edisi yang berlaku.")
ONLY_LEAD = Sentence("Pemindahan edisi dilakukan ketua tim atau yang menugaskan tim.")


@dataclass(frozen=True)
class Move:
    """From which edition to which, what differs, and what becomes of the answers: `cleared` were
    given to something else, `dropped` have no item any more, `asked` are new."""

    before: Checklist
    after: Checklist
    differences: tuple[Difference, ...]
    cleared: tuple[str, ...]
    dropped: tuple[str, ...]
    asked: tuple[str, ...]


def newer_edition(session: Session, assessment: Assessment, on: date) -> str | None:
    """The edition that took the place of an assessment's own while it is going on."""
    if assessment.status not in MOVABLE or assessment.kind is Kind.follow_up:
        return None
    return superseded_by(session, assessment.edition, on)


def plan_move(session: Session, assessment: Assessment, on: date) -> Move | None:
    """What moving would do; None where there is nothing newer."""
    newer = newer_edition(session, assessment, on)
    if newer is None:
        return None
    before = get_checklist(session, assessment.edition)
    after = get_checklist(session, newer)
    differences = compare(before, after)
    void = voided_items(differences)
    answered = {
        item: choice
        for item, choice in get_state(session, assessment).choices().items()
        if choice is not None
    }
    cleared = [
        item
        for item, choice in answered.items()
        if after.has_item(item) and (item in void or not is_choice(after, choice))
    ]
    asked = after.applicable(frozenset(assessment.tags)) if assessment.scope is None else ()
    return Move(
        before=before,
        after=after,
        differences=differences,
        cleared=_in_order(before, cleared),
        dropped=_in_order(before, [item for item in answered if not after.has_item(item)]),
        asked=tuple(item.id for item in asked if not before.has_item(item.id)),
    )


def _in_order(checklist: Checklist, items: Sequence[str]) -> tuple[str, ...]:
    return tuple(item.id for item in checklist.items if item.id in set(items))


def why_not_move(
    session: Session, actor: Actor, assessment: Assessment, subject: Subject
) -> Sentence | None:
    """Why somebody does not move an assessment now."""
    if session.execute(select(exists().where(Closing.assessment_id == assessment.id))).scalar():
        return Sentence(
            "Hasil sementaranya sudah dibekukan pada penutupan, jadi edisinya tetap sampai selesai."
        )
    if get_state(session, assessment).conflicts:
        return Sentence("Ada dua isian yang berbeda. Pilih dulu salah satunya, lalu pindahkan.")
    assigns = (
        Permission.open_self_assessment
        if assessment.kind is Kind.self
        else Permission.open_assessment
    )
    if decide(actor, assigns, subject).allowed:
        return None
    leads = select(
        exists().where(
            TeamMember.assessment_id == assessment.id,
            TeamMember.person_id == actor.person_id,
            TeamMember.role == TeamRole.lead,
        )
    )
    return None if session.execute(leads).scalar() else ONLY_LEAD


def move_to_edition(
    session: Session, actor: Actor, clock: Clock, *, assessment_id: str, edition: str
) -> int:
    """Judge by the edition that was shown from now on; how many answers were taken off comes
    back. Raises NotPermitted, Refused, and Stale where another edition holds by now."""
    with write(session, actor, clock) as work:
        assessment = lock_assessment(session, assessment_id)
        subject = subject_of(session, assessment)
        ensure(actor, Permission.change_edition, subject)
        move = plan_move(session, assessment, today_of(session, assessment, work.now))
        if move is None:
            raise Refused(NOTHING_NEWER)
        if move.after.fingerprint != edition:
            raise Stale(Sentence("Edisi yang berlaku berubah. Muat ulang, lalu baca lagi."))
        if (refusal := why_not_move(session, actor, assessment, subject)) is not None:
            raise NotPermitted(refusal) if refusal is ONLY_LEAD else Refused(refusal)
        if Place(assessment.mode.value) not in move.after.places:
            raise Refused(
                Sentence("Edisi baru tidak untuk cara menilai ini. Selesaikan dengan edisi lama.")
            )
        _take_off(work, assessment, move)
        before, assessment.edition = assessment.edition, move.after.fingerprint
        if assessment.scope is not None:
            assessment.scope = [each for each in assessment.scope if move.after.has_item(each)]
        taken = len(move.cleared) + len(move.dropped)
        work.record(
            EditionChanged(
                subject=assessment.id,
                auditee=assessment.auditee_id,
                before=before,
                after=assessment.edition,
                taken=taken,
            )
        )
        return taken


def _take_off(work: Work, assessment: Assessment, move: Move) -> None:
    """Answers to what is something else lose their choice and keep their words; what belongs to
    an item that is gone, goes."""
    session = work.session
    for item in move.cleared:
        answer = session.get_one(Answer, (assessment.id, item))
        answer.choice = answer.choice_op = None
    gone = [item.id for item in move.before.items if not move.after.has_item(item.id)]
    for model in (Answer, Basis, Finding):
        rows = session.scalars(
            select(model).where(model.assessment_id == assessment.id, model.item.in_(gone))
        )
        for row in rows:
            session.delete(row)
    session.flush()
