"""What does the auditee say to a result in a history, and what is decided about it?"""

from __future__ import annotations

from sqlalchemy import select

from assessor.assessments.findings.services import answer_finding
from assessor.assessments.models import Assessment, Finding, FindingStatus, Kind, Status
from assessor.assessments.objection_models import Objection, ObjectionStatus, Ruling
from assessor.assessments.objections.services import (
    Point,
    decide_objection,
    file_objection,
    withdraw_objection,
)
from assessor.assessments.opening.revising import revise_assessment
from tests.assessor.assessments.histories.player import DIRECTORATE, OF_THE_AUDITEE, Known, Player


class Objectors(Player):
    """Answering, objecting, ruling, revising."""

    def answer(self, number: int, who: str | None) -> None:
        known = self.pick(number)
        found = self.session.scalars(
            select(Finding.id)
            .where(Finding.assessment_id == known.id, Finding.status == FindingStatus.issued)
            .order_by(Finding.number)
        ).first()
        if found is None:
            return
        who = who or "institution"
        done, _ = self.attempt(
            who,
            lambda actor: answer_finding(
                self.session, actor, self.clock, finding_id=found, words="Kami perbaiki."
            ),
            "finding_answered",
        )
        if done:
            assert who in OF_THE_AUDITEE | {"coach"}
            assert known.kind is not Kind.self

    def revise(self, number: int, who: str | None) -> None:
        known = self.pick(number)
        who = who or "verifier"
        done, opened = self.attempt(
            who,
            lambda actor: revise_assessment(
                self.session, actor, self.clock, assessment_id=known.id, reason="Salah lihat."
            ),
            "revision_opened",
        )
        if done:
            assert who in DIRECTORATE
            assert self._objected(known) is not ObjectionStatus.filed
            self._revision(known, opened, who)

    def _revision(self, known: Known, opened: Assessment, who: str) -> None:
        assert known.status is Status.sealed
        assert not any(each.revises is known for each in self.known)
        self.known.append(
            Known(
                opened.id,
                known.kind,
                opened_by=who,
                team=known.team,
                status=Status.in_progress,
                revises=known,
            )
        )

    def _objected(self, known: Known) -> ObjectionStatus | None:
        """How far the last objection to it is."""
        last = self.session.scalars(
            select(Objection.id)
            .where(Objection.assessment_id == known.id)
            .order_by(Objection.number.desc())
        ).first()
        return self.objections[last] if last else None

    def object(self, number: int, item: int, who: str | None) -> None:
        known = self.pick(number)
        who, wanted = who or "institution", self.item(known, item)
        stands = self._objected(known)
        done, filed = self.attempt(
            who,
            lambda actor: file_objection(
                self.session,
                actor,
                self.clock,
                assessment_id=known.id,
                points=[Point(wanted, "Tidak demikian.")],
            ),
            "objection_filed",
        )
        if not done:
            return
        assert known.status is Status.sealed
        assert known.kind is not Kind.self
        assert who in OF_THE_AUDITEE
        assert stands in {None, ObjectionStatus.withdrawn}
        self.objections[filed.id] = ObjectionStatus.filed

    def _objection(self, number: int) -> tuple[Objection, Known]:
        """One of the objections, and what it is against."""
        wanted = list(self.objections)[number % len(self.objections)]
        found = self.session.get_one(Objection, wanted, populate_existing=True)
        return found, next(each for each in self.known if each.id == found.assessment_id)

    def withdraw(self, number: int, who: str | None) -> None:
        if not self.objections:
            return
        objection, _known = self._objection(number)
        wanted, who = objection.id, who or "institution"
        done, _ = self.attempt(
            who,
            lambda actor: withdraw_objection(self.session, actor, self.clock, objection_id=wanted),
            "objection_withdrawn",
        )
        if done:
            assert who in OF_THE_AUDITEE
            assert self.objections[wanted] is ObjectionStatus.filed
            self.objections[wanted] = ObjectionStatus.withdrawn

    def decide(self, number: int, who: str | None, ruling: Ruling) -> None:
        if not self.objections:
            return
        objection, known = self._objection(number)
        wanted, who = objection.id, who or "decider"
        opens = ("revision_opened",) if ruling is Ruling.revised else ()
        done, opened = self.attempt(
            who,
            lambda actor: decide_objection(
                self.session,
                actor,
                self.clock,
                objection_id=wanted,
                ruling=ruling,
                reason="Sudah dilihat.",
            ),
            "objection_decided",
            *opens,
        )
        if not done:
            return
        involved = known.judged_by | known.checked | known.verified | {known.opened_by, "coach"}
        if known.revises is not None:  # whoever opens a revision does not coach by that
            involved -= {known.opened_by} - known.judged_by - known.checked - known.verified
        assert who in DIRECTORATE - involved - OF_THE_AUDITEE
        assert self.objections[wanted] is ObjectionStatus.filed
        self.objections[wanted] = ObjectionStatus.decided
        assert (opened is not None) == (ruling is Ruling.revised)
        if opened is not None:
            self._revision(known, opened, who)
