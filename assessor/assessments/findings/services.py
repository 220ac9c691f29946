"""What is not met, in whose words, and what does the auditee say to it?

While the team works, findings are proposed from the answers by the checklist's rule; the team
words, classes or drops them with a reason. Submission issues them.
"""

from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy.orm import Session

from assessor.access.actor import Actor
from assessor.access.decide import ensure
from assessor.access.permissions import Permission
from assessor.assessments.declarations import ensure_declared
from assessor.assessments.events import FindingAnswered, FindingEdited
from assessor.assessments.judging import Judged, judge
from assessor.assessments.models import (
    Assessment,
    Finding,
    FindingAnswer,
    FindingStatus,
    Kind,
)
from assessor.assessments.queries import list_findings, lock_assessment, subject_of, today_of
from assessor.assessments.review_models import Correction
from assessor.assessments.workflow import OPEN
from assessor.database.base import new_id
from assessor.journal.work import Clock, Work, write
from assessor.sentences import Refused, Sentence
from checklists.findings import FindingClass, Proposal, propose
from checklists.model import Checklist, Item
from standards.canonical import fingerprint

LONGEST = 4_000


def proposals(judged: Judged) -> tuple[Proposal, ...]:
    """What the checklist's rule sees in the answers, of the items asked here."""
    return tuple(
        proposal
        for proposal in propose(
            judged.checklist, frozenset(judged.assessment.tags), judged.state.choices()
        )
        if proposal.item in judged.asked
    )


def default_statement(judged: Judged, item: str) -> str:
    """A finding's words until the team writes its own: the facts, else the requirement."""
    answer = judged.state.answers.get(item)
    if answer is not None and answer.facts:
        return answer.facts[:LONGEST]
    return f"Belum terpenuhi: {judged.asked[item].text.id}"


@dataclass(frozen=True)
class Proposed:
    """A finding as it would be issued now: the team's words, else the rule's."""

    item: Item
    proposed_class: FindingClass
    finding_class: FindingClass
    statement: str
    drop_reason: str

    @property
    def seen(self) -> str:
        """Names exactly this, so that a form made from it never overwrites something else."""
        return fingerprint(
            [self.item.id, self.finding_class.value, self.statement, self.drop_reason]
        )


def list_proposed(session: Session, judged: Judged) -> tuple[Proposed, ...]:
    """The findings of an open assessment, in standard order: one query."""
    kept = {each.item: each for each in list_findings(session, judged.assessment.id)}
    found = []
    for proposal in proposals(judged):
        finding = kept.get(proposal.item)
        found.append(
            Proposed(
                item=judged.asked[proposal.item],
                proposed_class=proposal.finding_class,
                finding_class=finding.finding_class if finding else proposal.finding_class,
                statement=finding.statement
                if finding
                else default_statement(judged, proposal.item),
                drop_reason=(finding.drop_reason or "") if finding else "",
            )
        )
    return tuple(found)


def _days(checklist: Checklist, finding_class: FindingClass) -> int | None:
    if finding_class is FindingClass.major:
        return checklist.days.major
    return checklist.days.minor if finding_class is FindingClass.minor else None


def due_date(checklist: Checklist, finding_class: FindingClass, issued_on: date) -> date | None:
    """By when it is to be mended; a suggestion has no date."""
    days = _days(checklist, finding_class)
    return None if days is None else issued_on + timedelta(days=days)


def _find(session: Session, assessment_id: str, item: str) -> Finding | None:
    return next((each for each in list_findings(session, assessment_id) if each.item == item), None)


def edit_finding(
    session: Session,
    actor: Actor,
    clock: Clock,
    *,
    assessment_id: str,
    item: str,
    finding_class: FindingClass,
    statement: str,
    drop_reason: str = "",
) -> None:
    """Word or class a finding, or drop it with a reason. Raises NotPermitted, Refused."""
    with write(session, actor, clock) as work:
        assessment = lock_assessment(session, assessment_id)
        subject = subject_of(session, assessment)
        ensure(actor, Permission.score, subject)
        ensure_declared(session, assessment, actor, subject)
        if assessment.status not in OPEN:
            raise Refused(Sentence("Penilaian ini sudah dikirim. Temuannya tidak diubah lagi."))
        judged = judge(session, assessment, today_of(session, assessment, work.now))
        proposed = {each.item: each.finding_class for each in proposals(judged)}
        if item not in proposed:
            raise Refused(Sentence("Butir ini terpenuhi, jadi tidak ada temuannya."))
        statement, drop_reason = statement.strip(), drop_reason.strip()
        if not statement and not drop_reason:
            raise Refused(Sentence("Tulis apa yang ditemukan, atau alasan temuan ini dihapus."))
        if max(len(statement), len(drop_reason)) > LONGEST:
            raise Refused(Sentence("Uraian temuan terlalu panjang. Ringkas dulu."))
        if proposed[item] is FindingClass.major and (
            drop_reason or finding_class is not FindingClass.major
        ):
            raise Refused(
                Sentence("Temuan pada butir kritis selalu mayor. Ubah nilainya bila keliru.")
            )
        finding = _find(session, assessment_id, item)
        if finding is None:
            finding = Finding(id=new_id(), assessment_id=assessment_id, number=0, item=item)
            session.add(finding)
        finding.finding_class = finding_class
        finding.statement = statement or default_statement(judged, item)
        finding.status = FindingStatus.dropped if drop_reason else FindingStatus.proposed
        finding.drop_reason = drop_reason or None
        work.record(FindingEdited(subject=assessment_id, auditee=assessment.auditee_id, item=item))


def issue_findings(work: Work, judged: Judged) -> list[Finding]:
    """Make the findings of an assessment final, numbered in standard order. Inside `write()`."""
    assessment = judged.assessment
    kept = {each.item: each for each in list_findings(work.session, assessment.id)}
    proposed = {each.item: each.finding_class for each in proposals(judged)}
    for item, finding in kept.items():
        if item in proposed:
            continue
        if finding.issued_at is None:
            work.session.delete(finding)
        else:  # the auditee has seen it, and may have answered it: it says that it fell away
            finding.status, finding.drop_reason, finding.number = FindingStatus.dropped, None, 0
    today = today_of(work.session, assessment, work.now)
    issued = []
    for item, finding_class in proposed.items():
        found = kept.get(item)
        if found is None:
            found = Finding(
                id=new_id(),
                assessment_id=assessment.id,
                item=item,
                finding_class=finding_class,
                statement=default_statement(judged, item),
                drop_reason=None,
            )
            work.session.add(found)
        if found.status is FindingStatus.dropped and found.drop_reason:
            found.number = 0
            continue
        issued.append(found)
        found.number = len(issued)
        found.status = FindingStatus.issued
        found.issued_at = work.now
        found.due_on = due_date(judged.checklist, found.finding_class, today)
    return issued


def follow_correction(work: Work, judged: Judged, correction: Correction) -> None:
    """Let the finding of an item follow a correction of it: what is unmet now is issued, what is
    met now falls away with the correction's reason. Inside `write()`."""
    session, assessment = work.session, judged.assessment
    findings = list_findings(session, assessment.id)
    found = next((each for each in findings if each.item == correction.item), None)
    proposed = next(
        (each.finding_class for each in proposals(judged) if each.item == correction.item), None
    )
    if proposed is None:
        if found is not None and found.status is FindingStatus.issued:
            found.status, found.drop_reason = FindingStatus.dropped, correction.reason
            found.correction_id = correction.id
        return
    if found is None:
        found = Finding(
            id=new_id(),
            assessment_id=assessment.id,
            item=correction.item,
            number=0,
            finding_class=proposed,
            statement=correction.reason,
            status=FindingStatus.dropped,
        )
        session.add(found)
    if found.status is not FindingStatus.issued:
        found.status, found.drop_reason = FindingStatus.issued, None
        found.correction_id = correction.id
        found.issued_at = work.now
    if not found.number:  # those that were issued keep their numbers
        found.number = max((each.number for each in findings), default=0) + 1
    if FindingClass.major in {proposed, found.finding_class}:
        found.finding_class = proposed
    today = today_of(session, assessment, work.now)
    found.due_on = due_date(judged.checklist, found.finding_class, today)


def give_back_findings(work: Work, assessment: Assessment) -> None:
    """Hand the findings back to the team, without what corrections did to them. Inside
    `write()`."""
    for finding in list_findings(work.session, assessment.id):
        by_correction = finding.correction_id is not None
        if finding.status is FindingStatus.issued or by_correction:
            finding.status, finding.drop_reason = FindingStatus.proposed, None
            finding.correction_id = None


def answer_finding(
    session: Session, actor: Actor, clock: Clock, *, finding_id: str, words: str
) -> None:
    """Say something to a finding, for the auditee. Raises NotPermitted, Refused."""
    words = words.strip()
    if not words:
        raise Refused(Sentence("Tulis jawaban Anda atas temuan ini."))
    if len(words) > LONGEST:
        raise Refused(Sentence("Jawaban terlalu panjang. Ringkas dulu."))
    with write(session, actor, clock) as work:
        finding = session.get_one(Finding, finding_id)
        assessment = session.get_one(Assessment, finding.assessment_id)
        ensure(actor, Permission.answer_finding, subject_of(session, assessment))
        if finding.status is not FindingStatus.issued or assessment.kind is Kind.self:
            raise Refused(Sentence("Temuan ini belum diterbitkan, jadi belum dapat dijawab."))
        session.add(
            FindingAnswer(
                id=new_id(),
                finding_id=finding.id,
                words=words,
                answered_by=actor.person_id or "",
                answered_at=work.now,
            )
        )
        work.record(
            FindingAnswered(subject=finding.id, auditee=assessment.auditee_id, item=finding.item)
        )
