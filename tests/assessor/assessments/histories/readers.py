"""What do those outside the team do with an assessment in a history?"""

from __future__ import annotations

from assessor.assessments.models import Status
from assessor.assessments.review.services import correct_item, remark_item, see_items
from assessor.assessments.review.state import to_look_at
from assessor.assessments.signing.services import (
    check_assessment,
    return_assessment,
    verify_assessment,
)
from tests.assessor.assessments.histories.player import CHECKERS, DIRECTORATE, OF_THE_AUDITEE, Known
from tests.assessor.assessments.histories.team import Team


class Readers(Team):
    """Looking, remarking, correcting, giving back, checking, sealing."""

    def check(self, number: int, who: str | None, stale: bool) -> None:
        known = self.pick(number)
        who = who or "checker"
        shown = self.shown(known, stale=stale)
        done, _ = self.attempt(
            who,
            lambda actor: check_assessment(
                self.session, actor, self.clock, assessment_id=known.id, shown_hash=shown
            ),
            "checked",
        )
        if not done:
            return
        assert known.status is Status.submitted
        assert not stale
        assert who in CHECKERS - known.judged_by - OF_THE_AUDITEE
        known.status = Status.checked
        known.checked.add(who)

    def seal(self, number: int, who: str | None, stale: bool) -> None:
        known = self.pick(number)
        who = who or "verifier"
        unseen = to_look_at(self.session, self.judged(known), self.scene.people[who].id).unseen
        shown = self.shown(known, stale=stale)
        done, _ = self.attempt(
            who,
            lambda actor: verify_assessment(
                self.session,
                actor,
                self.clock,
                assessment_id=known.id,
                shown_hash=shown,
                demo=False,
            ),
            *self._sealing(known),
        )
        if not done:
            return
        assert known.status is Status.checked
        assert not stale
        assert not unseen
        assert who in DIRECTORATE - known.judged_by - known.checked - OF_THE_AUDITEE
        known.verified.add(who)
        self._sealed(known)

    def look(self, number: int, who: str | None) -> None:
        known = self.pick(number)
        who = who or self.reader(known)
        unseen = to_look_at(self.session, self.judged(known), self.scene.people[who].id).unseen
        if not unseen:
            return
        done, _ = self.attempt(
            who,
            lambda actor: see_items(
                self.session,
                actor,
                self.clock,
                assessment_id=known.id,
                items=[each.item.id for each in unseen],
            ),
            "items_seen",
        )
        if done:
            self._reads(known, who)

    def _reads(self, known: Known, who: str) -> None:
        """Somebody outside the team said something to it: may they?"""
        assert known.status in {Status.submitted, Status.checked}
        may = CHECKERS if known.status is Status.submitted else DIRECTORATE - known.checked
        assert who in may - known.judged_by - OF_THE_AUDITEE

    def remark(self, number: int, item: int, who: str | None) -> None:
        known = self.pick(number)
        who, wanted = who or self.reader(known), self.item(known, item)
        done, _ = self.attempt(
            who,
            lambda actor: remark_item(
                self.session,
                actor,
                self.clock,
                assessment_id=known.id,
                item=wanted,
                words="Lihat lagi.",
            ),
            "item_remarked",
        )
        if done:
            self._reads(known, who)

    def correct(self, number: int, item: int, choice: str, who: str | None) -> None:
        known = self.pick(number)
        who, wanted = who or self.reader(known), self.item(known, item)
        stood = self.judged(known).state.answered(wanted)
        done, _ = self.attempt(
            who,
            lambda actor: correct_item(
                self.session,
                actor,
                self.clock,
                assessment_id=known.id,
                item=wanted,
                choice=choice,
                reason="Bukti berkata lain.",
            ),
            "item_corrected",
        )
        if not done:
            return
        self._reads(known, who)
        now = self.judged(known).state
        assert now.answered(wanted) == stood  # the team's own stays
        assert now.choice(wanted) == choice != "9"

    def give_back(self, number: int, who: str | None) -> None:
        known = self.pick(number)
        who = who or self.reader(known)
        done, _ = self.attempt(
            who,
            lambda actor: return_assessment(
                self.session, actor, self.clock, assessment_id=known.id, reason="Lengkapi."
            ),
            "returned",
        )
        if not done:
            return
        may = {Status.submitted: CHECKERS, Status.checked: DIRECTORATE}
        assert who in may[known.status]
        known.status = Status.returned
