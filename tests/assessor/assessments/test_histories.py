"""Whatever is done to assessments in whatever order by whomever: no step is skipped, nobody judges
their own work, what is sealed stays, and the journal tells all of it, each act once.

`Histories` plays random histories through the services and keeps beside them its own small record
of what was done by whom; the rules it holds the product to are written here, not asked of it.
Another act is a line in `ACTS` and a method that goes through `attempt`, with the entries that the
journal must gain.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    rule,
    run_state_machine_as_test,
)
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from assessor.assessments.models import Assessment, Kind, SealedDocument, SignOff, Status
from assessor.assessments.objection_models import Objection, ObjectionStatus, Ruling
from assessor.journal.models import JournalEntry
from assessor.journal.verify import verify
from tests.assessor.assessments.histories.objectors import Objectors
from tests.assessor.assessments.histories.player import ITEMS, PEOPLE
from tests.assessor.assessments.histories.readers import Readers

# a name, or whoever the act is for
someone = st.sampled_from((*[None] * len(PEOPLE), *PEOPLE))
which = st.sampled_from((-1, -1, -1, -2, 0, 1))  # mostly the one opened last
at_item = st.integers(0, ITEMS - 1)
choices = st.sampled_from(("0", "1", "2", "TB", "9"))

SIGNED_BY_A_TEAM = re.compile(r"(submits (checks )?)*submits checks verifies")

# what somebody might try with what was opened last, allowed or not
TEMPTING: Mapping[str, Callable[[Histories, str, int], None]] = {
    "cancel": lambda play, who, _item: play.cancel(-1, who),
    "submit": lambda play, who, _item: play.submit(-1, who, stale=False),
    "check": lambda play, who, _item: play.check(-1, who, stale=False),
    "look": lambda play, who, _item: play.look(-1, who),
    "seal": lambda play, who, _item: play.seal(-1, who, stale=False),
    "correct": lambda play, who, item: play.correct(-1, item, "1", who),
    "give_back": lambda play, who, _item: play.give_back(-1, who),
    "revise": lambda play, who, _item: play.revise(-1, who),
    "object": lambda play, who, item: play.object(-1, item, who),
    "decide": lambda play, who, _item: play.decide(-1, who, Ruling.revised),
}


@dataclass(frozen=True)
class Drawn:
    """What chance gives to an act; each takes what it needs."""

    number: int
    item: int
    choice: str
    who: str | None
    stale: bool
    ruling: Ruling
    kind: Kind
    lead: str
    member: str | None
    steps: int
    order: Sequence[str]


drawn = st.builds(
    Drawn,
    number=which,
    item=at_item,
    choice=choices,
    who=someone,
    stale=st.sampled_from((False, False, False, True)),
    ruling=st.sampled_from(Ruling),
    kind=st.sampled_from((Kind.self, Kind.baseline, Kind.evaluation)),
    lead=st.sampled_from(("assessor", "hats", "coach", "insider")),
    member=st.sampled_from((None, "assessor2", "hats", "institution")),
    steps=st.integers(1, 4),
    order=st.permutations(sorted(TEMPTING)),
)

# what can happen; the name is what a failing history shows
ACTS: Mapping[str, Callable[[Histories, Drawn], None]] = {
    "open": lambda play, by: play.open(by.kind, by.lead, by.member, by.who),
    "cancel": lambda play, by: play.cancel(by.number, by.who),
    "score": lambda play, by: play.score(by.number, by.item, by.choice, by.who),
    "complete": lambda play, by: play.complete(by.number, {by.item}),
    "submit": lambda play, by: play.submit(by.number, by.who, stale=by.stale),
    "check": lambda play, by: play.check(by.number, by.who, stale=by.stale),
    "look": lambda play, by: play.look(by.number, by.who),
    "remark": lambda play, by: play.remark(by.number, by.item, by.who),
    "correct": lambda play, by: play.correct(by.number, by.item, by.choice, by.who),
    "give_back": lambda play, by: play.give_back(by.number, by.who),
    "seal": lambda play, by: play.seal(by.number, by.who, stale=by.stale),
    "answer": lambda play, by: play.answer(by.number, by.who),
    "object": lambda play, by: play.object(by.number, by.item, by.who),
    "withdraw": lambda play, by: play.withdraw(by.number, by.who),
    "decide": lambda play, by: play.decide(by.number, by.who, by.ruling),
    "revise": lambda play, by: play.revise(by.number, by.who),
    "wait": lambda play, by: play.wait(by.steps),
    "carry_on": lambda play, by: play.carry_on(by.number, by.steps),
    "try_everything": lambda play, by: play.try_everything(by.who, by.item, by.order),
}
OFTEN = ("carry_on", "check", "correct", "decide", "try_everything")


class Histories(Readers, Objectors, RuleBasedStateMachine):
    """Random acts by random people; every one of them either goes through whole or leaves no
    trace."""

    def __init__(self, session: Session, clock: Any) -> None:
        RuleBasedStateMachine.__init__(self)
        Readers.__init__(self, session, clock)

    @initialize(lead=st.sampled_from(("assessor", "hats")), steps=st.integers(0, 6))
    def begin(self, lead: str, steps: int) -> None:
        """Somewhere on the way, so that the end of it is played as often as the beginning."""
        self.open(Kind.baseline, lead, "assessor2", None)
        self.carry_on(0, steps)

    @rule(act=st.sampled_from((*ACTS, *OFTEN)), by=drawn)
    def act(self, act: str, by: Drawn) -> None:
        ACTS[act](self, by)

    def carry_on(self, number: int, steps: int) -> None:
        """The right people take the next steps, so that histories get far; nobody stops them."""
        known = self.pick(number)
        at = self.known.index(known)
        for _ in range(steps):
            if known.status is Status.draft:
                self.complete(at, set())
            elif known.status in {Status.in_progress, Status.returned}:
                self.complete(at, {1})
                self.submit(at, None, stale=False)
            elif known.status is Status.submitted:
                self.check(at, None, stale=False)
                assert known.status is Status.checked
            elif known.status is Status.checked:
                self.look(at, None)
                self.seal(at, None, stale=False)
                assert known.status is Status.sealed
            elif known.status is Status.sealed:
                self.object(at, 0, None)

    def try_everything(self, who: str | None, item: int, order: Sequence[str]) -> None:
        """Somebody tries whatever there is, one after the other, with what was opened last."""
        for act in order:
            TEMPTING[act](self, who or "hats", item)

    # ---- what holds at every moment ----

    @invariant()
    def no_step_is_skipped(self) -> None:
        stored = dict(self.session.execute(select(Assessment.id, Assessment.status)).all())
        assert stored == {each.id: each.status for each in self.known}
        objections = dict(self.session.execute(select(Objection.id, Objection.status)).all())
        assert objections == self.objections
        self.session.rollback()

    @invariant()
    def whoever_signs_follows_the_one_before(self) -> None:
        signed: dict[str, list[str]] = {}
        for assessment_id, meaning in self.session.execute(
            select(SignOff.assessment_id, SignOff.meaning).order_by(SignOff.signed_at)
        ):
            signed.setdefault(assessment_id, []).append(meaning.value)
        for each in self.known:
            if each.sealed is None:
                continue
            line = " ".join(signed[each.id])
            if each.kind is Kind.self:
                assert line == "attests"
            else:
                assert SIGNED_BY_A_TEAM.fullmatch(line), line
        self.session.rollback()

    @invariant()
    def sealed_bytes_never_change(self) -> None:
        stored = dict(
            self.session.execute(select(SealedDocument.assessment_id, SealedDocument.content)).all()
        )
        assert stored == {each.id: each.sealed for each in self.known if each.sealed is not None}
        self.session.rollback()

    def teardown(self) -> None:
        assert [str(each) for each in verify(self.session)] == []
        self.session.close()


@pytest.fixture
def new_history(app, engine, clock, _server):
    """Begins a history on an empty database."""
    del app
    start = clock()

    def begin() -> Histories:
        _server.restore(engine)
        clock.set(start)
        return Histories(Session(engine, autoflush=False), clock)

    return begin


@pytest.mark.lengthy
def test_whatever_happens_in_whatever_order_the_rules_hold(new_history):
    run_state_machine_as_test(
        new_history,
        settings=settings(
            max_examples=40,
            stateful_step_count=25,
            deadline=None,
            phases=(Phase.explicit, Phase.reuse, Phase.generate),  # a shorter history takes long
            suppress_health_check=list(HealthCheck),
        ),
    )


def test_one_long_history_goes_all_the_way(new_history):
    """That the random ones mean something: each act can go through, and each is tried by somebody
    who must not."""
    play = new_history()
    play.open(Kind.self, "assessor", None, None)
    play.carry_on(0, 2)
    play.open(Kind.evaluation, "assessor", "hats", None)
    play.cancel(1, None)
    play.open(Kind.evaluation, "assessor", "hats", None)
    play.score(2, 0, "1", "hats")
    play.score(2, 0, "9", None)
    play.carry_on(2, 1)
    for who in ("hats", "insider", "coach"):
        play.check(2, who, stale=False)
        play.correct(2, 0, "0", who)
    assert play.known[2].status is Status.submitted
    play.remark(2, 0, None)
    play.correct(2, 0, "1", None)
    play.give_back(2, None)
    play.carry_on(2, 2)
    play.correct(2, 3, "1", None)
    for who in ("hats", "insider", "checker"):
        play.look(2, who)
        play.seal(2, who, stale=False)
    assert play.known[2].status is Status.checked
    play.carry_on(2, 1)
    play.answer(2, None)
    play.object(2, 0, None)
    play.withdraw(0, None)
    play.object(2, 0, None)
    for who in ("hats", "insider", "verifier", "checker"):
        play.decide(1, who, Ruling.revised)
    play.decide(1, None, Ruling.revised)
    play.carry_on(3, 3)
    play.revise(3, None)
    play.carry_on(4, 4)
    play.decide(2, None, Ruling.upheld)
    statuses = [each.status.value for each in play.known]
    assert statuses == ["sealed", "cancelled", "revised", "revised", "sealed"]
    assert set(play.objections.values()) == {ObjectionStatus.withdrawn, ObjectionStatus.decided}
    assert set(play.went_through) == {
        "opened",
        "cancelled",
        "entry_recorded",
        "submitted",
        "checked",
        "sealed",
        "returned",
        "items_seen",
        "item_remarked",
        "item_corrected",
        "finding_answered",
        "objection_filed",
        "objection_withdrawn",
        "objection_decided",
        "revision_opened",
    }
    play.no_step_is_skipped()
    play.whoever_signs_follows_the_one_before()
    play.sealed_bytes_never_change()
    assert play.session.scalar(select(func.count()).select_from(JournalEntry)) == play.head()[0]
    play.teardown()
