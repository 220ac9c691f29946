"""What do those who open and fill in an assessment do in a history?"""

from __future__ import annotations

from sqlalchemy import select

from assessor.assessments.judging import lacks
from assessor.assessments.models import Answer, Kind, Mode, SealedDocument, Status
from assessor.assessments.opening.services import Opening, cancel_assessment, open_assessment
from assessor.assessments.signing.services import submit_assessment
from tests import audits
from tests.assessor.assessments.histories.player import (
    ASSESSORS,
    DIRECTORATE,
    OF_THE_AUDITEE,
    Known,
    Player,
)


class Team(Player):
    """Opening, cancelling, scoring, handing over."""

    def open(self, kind: Kind, lead: str, member: str | None, who: str | None) -> None:
        own = kind is Kind.self
        team = () if own else tuple(dict.fromkeys(name for name in (lead, member) if name))
        who = who or ("institution" if own else "coach")
        people = self.scene.people
        wanted = Opening(
            auditee_id=self.scene.site.id,
            kind=kind,
            mode=Mode.on_site,
            lead_id=None if own else people[lead].id,
            member_ids=tuple(people[name].id for name in team[1:]),
            visit_on=None if own else self.clock().date(),
        )
        done, opened = self.attempt(
            who,
            lambda actor: open_assessment(self.session, actor, self.clock, wanted=wanted),
            "opened",
        )
        if not done:
            return
        assert set(team) <= ASSESSORS
        assert who in (OF_THE_AUDITEE if own else {"coach"} | DIRECTORATE)
        finished = {Status.sealed, Status.revised, Status.cancelled}
        assert all(each.status in finished for each in self.known if each.kind is kind)
        self.known.append(Known(opened.id, kind, opened_by=who, team=frozenset(team)))
        if not own:
            audits.declare(self.session, self.clock, opened)

    def cancel(self, number: int, who: str | None) -> None:
        known = self.pick(number)
        done, _ = self.attempt(
            who or known.opened_by,
            lambda actor: cancel_assessment(
                self.session, actor, self.clock, assessment_id=known.id
            ),
            "cancelled",
        )
        if done:
            assert known.status is Status.draft
            known.status = Status.cancelled

    def score(self, number: int, item: int, choice: str, who: str | None) -> None:
        known = self.pick(number)
        who = who or self.author(known)
        wanted = self.item(known, item)
        answer = self.session.get(Answer, (known.id, wanted))
        before = (answer.choice, answer.choice_op) if answer else (None, None)
        entry = audits.operation(self.row(known), wanted, "choice", choice, before[1])
        is_open = known.status in {Status.draft, Status.in_progress, Status.returned}
        known_choice = choice != "9"  # another is refused by its receipt, and nothing is written
        done, receipts = self.attempt(
            who,
            lambda actor: audits.enter(self.session, self.clock, actor, self.row(known), [entry]),
            *["entry_recorded"] * known_choice,
        )
        if done and known_choice:
            self._entered(known, who, receipts[0].fate, is_open=is_open)
        elif done:
            assert receipts[0].fate == "refused"

    def _entered(self, known: Known, who: str, fate: str, *, is_open: bool) -> None:
        assert fate == ("applied" if is_open else "parked")
        assert who in (OF_THE_AUDITEE if known.kind is Kind.self else known.team)
        known.entered.add(who)
        if known.status is Status.draft:
            known.status = Status.in_progress

    def complete(self, number: int, unmet: set[int]) -> None:
        """The author fills in everything; not an act but hundreds of them."""
        known = self.pick(number)
        if known.status not in {Status.draft, Status.in_progress}:
            return
        judged = self.judged(known)
        asked = list(judged.asked.values())
        low, high = judged.checklist.scale[0].code, judged.checklist.scale[-1].code
        wants = {each.id for each in asked if each.citation.value == "required"}
        wants |= {asked[each % len(asked)].id for each in unmet}
        who, row, entries = self.author(known), self.row(known), []
        for item in asked:
            answer = judged.state.answers.get(item.id)
            value = low if item.id in wants else high
            ops = (answer.choice_op, answer.facts_op) if answer else (None, None)
            entries.append(audits.operation(row, item.id, "choice", value, ops[0]))
            entries.append(audits.operation(row, item.id, "facts", f"Fakta {item.id}", ops[1]))
            if item.id not in wants:
                seen = {"kind": "sighted", "what": "ruang", "where": "lantai 1", "when": ""}
                entries.append(audits.operation(row, item.id, "basis", {"add": seen}))
        done, receipts = self.attempt(
            who,
            lambda actor: audits.enter(self.session, self.clock, actor, row, entries),
            *["entry_recorded"] * len(entries),
        )
        assert done
        assert {each.fate for each in receipts} == {"applied"}
        self._entered(known, who, "applied", is_open=True)
        if known.kind is not Kind.self:
            audits.declare(self.session, self.clock, row)
            if "assessor" in known.team:
                audits.arrange(self.session, self.clock, self.scene, row)

    def submit(self, number: int, who: str | None, stale: bool) -> None:
        known = self.pick(number)
        own = known.kind is Kind.self
        who = who or self.author(known)
        missing = lacks(self.judged(known))
        entries = ("submitted", *self._sealing(known)) if own else ("submitted",)
        shown = self.shown(known, stale=stale)
        done, _ = self.attempt(
            who,
            lambda actor: submit_assessment(
                self.session,
                actor,
                self.clock,
                assessment_id=known.id,
                shown_hash=shown,
                demo=False,
            ),
            *entries,
        )
        if not done:
            return
        assert known.status in {Status.in_progress, Status.returned}
        assert not stale
        assert not missing
        assert who in (OF_THE_AUDITEE if own else known.team)
        known.status = Status.submitted
        if own:
            self._sealed(known)

    def _sealing(self, known: Known) -> tuple[str, ...]:
        """What the journal says of it; that another one is replaced is an entry of its own."""
        replaces = known.revises is not None and known.revises.status is Status.sealed
        return ("sealed", "revision_opened") if replaces else ("sealed",)

    def _sealed(self, known: Known) -> None:
        known.status = Status.sealed
        known.sealed = self.session.scalars(
            select(SealedDocument.content).where(SealedDocument.assessment_id == known.id)
        ).one()
        if known.revises is not None:
            assert known.revises.status is Status.sealed
            known.revises.status = Status.revised
