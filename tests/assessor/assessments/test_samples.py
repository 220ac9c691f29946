"""Nobody picks the files, no mark is lost, and a sheet becomes a score without silencing anybody."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from assessor.assessments.checklist.recording import Fate, Receipt
from assessor.assessments.judging import judge
from assessor.assessments.models import (
    Assessment,
    Kind,
    Operation,
    OperationResult,
    SealedDocument,
    Status,
)
from assessor.assessments.queries import get_state
from assessor.assessments.sample.services import Clash, Marking, draw_files, mark_files
from assessor.assessments.sample.using import use_sheet
from assessor.assessments.sample_models import FileMark, FileSample, Mark
from assessor.assessments.sample_state import Sheet, Standing, read_sheet, record_items
from assessor.assessments.seal import open_seal
from assessor.instruments.queries import get_checklist
from assessor.journal.models import JournalEntry
from assessor.journal.verify import verify
from assessor.sentences import NotPermitted, Refused, Stale
from checklists.model import Citation
from checklists.sampling import draw_sample
from tests import audits
from tests.conftest import StandingClock

COUNTS = {"active-outpatient": 20, "active-inpatient": 6, "discharged-outpatient": 14}
MET, UNMET, NONE = Mark.met, Mark.unmet, Mark.not_applicable


@dataclass
class Room:
    """An evaluation under way, and short ways to work on its sheet."""

    session: Session
    clock: StandingClock
    scene: audits.Scene
    id: str
    keys: list[int] = field(default_factory=list)

    def actor(self, name: str = "assessor") -> Any:
        return self.scene.actor(self.session, self.clock, name)

    @property
    def assessment(self) -> Assessment:
        return self.session.get_one(Assessment, self.id)

    def draw(self, counts: dict[str, int] = COUNTS, who: str = "assessor", **more: Any) -> Any:
        return draw_files(
            self.session, self.actor(who), self.clock, assessment_id=self.id, counts=counts, **more
        )

    def mark(self, *boxes: tuple[Any, ...], who: str = "assessor", number: int = 1) -> list[Clash]:
        """(item, file, mark, seen) each; seen is nothing where it is left out."""
        markings = [Marking(*box, *([None] * (4 - len(box)))) for box in boxes]
        return mark_files(
            self.session,
            self.actor(who),
            self.clock,
            assessment_id=self.id,
            number=number,
            markings=markings,
        )

    def fill(self, item: str, *, met: int, unmet: int, none: int = 0, number: int = 1) -> None:
        marks = [MET] * met + [UNMET] * unmet + [NONE] * none
        standing = self.sheet.marks
        self.mark(
            *((item, file, mark, standing.get((item, file))) for file, mark in enumerate(marks, 1)),
            number=number,
        )

    def use(self, *items: str, key: str = "", number: int = 1) -> list[Receipt]:
        self.keys.append(len(self.keys))
        return use_sheet(
            self.session,
            self.actor(),
            self.clock,
            assessment_id=self.id,
            number=number,
            items=items,
            key=key or f"key-{len(self.keys)}",
        )

    def say(self, item: str, choice: str, base: str | None = None) -> Receipt:
        entry = audits.operation(self.assessment, item, "choice", choice, base)
        return audits.enter(self.session, self.clock, self.actor(), self.assessment, [entry])[0]

    def seal(self) -> None:
        """Whatever has no score yet is not met; handed over, checked, verified, sealed."""
        judged = judge(self.session, self.assessment, self.clock().date())
        entries = [
            audits.operation(self.assessment, item, name, value)
            for item in judged.asked
            if judged.state.choice(item) is None
            for name, value in (("choice", "0"), ("facts", f"Fakta {item}"))
        ]
        audits.enter(self.session, self.clock, self.actor(), self.assessment, entries)
        audits.submit(self.session, self.clock, self.scene, self.assessment)
        audits.seal(self.session, self.clock, self.scene, self.assessment)

    @property
    def sheet(self) -> Sheet:
        assessment = self.assessment
        found = read_sheet(
            self.session, assessment, get_checklist(self.session, assessment.edition)
        )
        assert found is not None
        return found

    @property
    def items(self) -> list[str]:
        assessment = self.assessment
        return list(record_items(get_checklist(self.session, assessment.edition), assessment))

    def standing(self, item: str) -> Standing:
        return self.sheet.standing(item, get_state(self.session, self.assessment))

    def choice(self, item: str) -> str | None:
        return get_state(self.session, self.assessment).choice(item)

    def bases(self, item: str) -> list[dict[str, Any]]:
        bases = get_state(self.session, self.assessment).bases.get(item, ())
        return [dict(basis.detail) for basis in bases]

    def acts(self, act: str) -> int:
        rows = self.session.scalars(select(JournalEntry.seq).where(JournalEntry.act == act))
        return len(rows.all())


@pytest.fixture
def room(session: Session, clock: StandingClock) -> Room:
    scene = audits.make_scene(session, clock, items=28)
    return Room(session, clock, scene, audits.open_audit(session, clock, scene).id)


# ---- the draw ----


def test_the_draw_can_be_made_again_from_what_is_kept(room: Room) -> None:
    sample = room.draw()
    checklist = get_checklist(room.session, room.assessment.edition)
    counts = {each["stratum"]: each["register"] for each in sample.strata}
    again = draw_sample(checklist, sample.seed, counts)
    assert [each["positions"] for each in sample.strata] == [list(one.positions) for one in again]
    assert counts == {**COUNTS, "discharged-inpatient": 0}
    assert sample.size == 10
    assert [file.name for file in room.sheet.files()][-1] == "B10"
    assert all(file.position <= counts[file.stratum] for file in room.sheet.files())


def test_every_installation_draws_with_a_seed_of_its_own(room: Room) -> None:
    first = room.draw()
    second = room.draw(after_number=1, reason="Daftar yang dipakai keliru")
    assert first.seed != second.seed
    assert len(first.seed) == 32


def test_a_draw_begins_the_assessment_and_is_one_act(room: Room) -> None:
    before = room.session.scalar(select(text("max(seq)")).select_from(JournalEntry))
    room.draw()
    assert room.assessment.status is Status.in_progress
    assert room.session.scalar(select(text("max(seq)")).select_from(JournalEntry)) == before + 1
    assert list(verify(room.session)) == []


def test_another_draw_needs_a_reason_and_both_stay(room: Room) -> None:
    room.draw()
    with pytest.raises(Refused, match="Tulis mengapa"):
        room.draw(after_number=1, reason="  ")
    room.mark((room.items[0], 1, MET))
    room.draw({"active-outpatient": 3}, after_number=1, reason="Daftar rawat jalan terbalik")
    sheet = room.sheet
    assert (sheet.label, sheet.sample.size) == ("T2", 3)
    assert [(each.number, each.reason) for each in sheet.earlier] == [(1, None)]
    assert sheet.sample.reason == "Daftar rawat jalan terbalik"
    assert not sheet.marks  # the marks of the first draw are kept, and count no more
    assert room.session.scalars(select(FileMark)).all()


def test_two_officers_do_not_draw_past_each_other(room: Room) -> None:
    room.draw()
    with pytest.raises(Stale, match="Sampel lain sudah diambil"):
        room.draw(who="assessor2")


@pytest.mark.parametrize(
    ("counts", "said"),
    [
        ({}, "paling sedikit pada satu daftar"),
        ({"active-outpatient": 0}, "paling sedikit pada satu daftar"),
        ({"active-outpatient": -1}, "Jangan menulis nomor berkas"),
        ({"active-outpatient": 3_204_010_101_010_001}, "Jangan menulis nomor berkas"),
        ({"active": 4}, "tidak ada pada lembaga ini"),
        ({"ANDI": 4}, "tidak ada pada lembaga ini"),
    ],
)
def test_lengths_that_are_none_are_refused(room: Room, counts: dict[str, int], said: str) -> None:
    with pytest.raises(Refused, match=said):
        room.draw(counts)
    assert not room.session.scalars(select(FileSample)).all()


def test_a_reason_that_names_a_client_is_refused(room: Room) -> None:
    room.draw()
    with pytest.raises(Refused, match="seperti nomor rekam medis"):
        room.draw(after_number=1, reason="berkas RM 00-12-34 hilang")


def test_the_database_keeps_a_draw_as_it_was(room: Room) -> None:
    room.draw()
    room.session.rollback()
    with pytest.raises(DBAPIError, match="append-only"):
        room.session.connection().exec_driver_sql("UPDATE file_sample SET seed = 'x'")


@pytest.mark.parametrize("who", ["coach", "checker", "verifier", "institution"])
def test_only_the_team_draws_and_marks(room: Room, who: str) -> None:
    with pytest.raises(NotPermitted):
        room.draw(who=who)
    room.draw()
    with pytest.raises(NotPermitted):
        room.mark((room.items[0], 1, MET), who=who)


def test_a_self_assessment_has_no_sheet(room: Room) -> None:
    own = audits.open_audit(room.session, room.clock, room.scene, kind=Kind.self).id
    with pytest.raises(Refused, match="Pada penilaian mandiri"):
        draw_files(
            room.session, room.actor("institution"), room.clock, assessment_id=own, counts=COUNTS
        )


# ---- the marks ----


def test_marks_are_kept_and_sent_twice_they_change_nothing(room: Room) -> None:
    room.draw()
    item = room.items[0]
    for _ in range(2):
        assert room.mark((item, 1, MET), (item, 2, UNMET), (item, 3, NONE)) == []
    assert room.sheet.marks == {(item, 1): MET, (item, 2): UNMET, (item, 3): NONE}
    assert room.acts("assessments.files_marked") == 1


def test_two_people_at_once_lose_nothing(room: Room) -> None:
    room.draw()
    one, other = room.items[:2]
    assert room.mark((one, 1, MET), (one, 2, MET)) == []
    # the second saw an empty sheet: own boxes are taken, the filled one comes back
    clashes = room.mark((one, 1, UNMET), (one, 2, MET), (other, 1, MET), who="assessor2")
    assert clashes == [Clash(one, 1, UNMET, MET)]
    assert room.sheet.marks == {(one, 1): MET, (one, 2): MET, (other, 1): MET}
    # having seen it, the second may still decide
    assert room.mark((one, 1, UNMET, MET), who="assessor2") == []
    assert room.sheet.marks[one, 1] is UNMET


def test_a_mark_can_be_taken_away(room: Room) -> None:
    room.draw()
    item = room.items[0]
    room.mark((item, 1, MET))
    assert room.mark((item, 1, None, MET)) == []
    assert (item, 1) not in room.sheet.marks
    assert list(verify(room.session)) == []


@pytest.mark.parametrize("box", [("A-001", 1), ("TIDAK-ADA", 1), (None, 0), (None, 11)])
def test_a_box_that_is_not_on_the_sheet_is_refused(room: Room, box: tuple[Any, int]) -> None:
    room.draw()
    item, file = box[0] or room.items[0], box[1]
    with pytest.raises(Refused, match="Kotak ini tidak ada"):
        room.mark((room.items[0], 1, MET), (item, file, MET))
    assert not room.sheet.marks  # all or nothing


def test_marks_for_an_earlier_draw_are_not_taken_for_the_new_one(room: Room) -> None:
    room.draw()
    room.draw(after_number=1, reason="Daftar diperbarui")
    with pytest.raises(Stale):
        room.mark((room.items[0], 1, MET), number=1)


def test_after_submission_nothing_is_marked_or_drawn(room: Room) -> None:
    room.draw()
    item = room.items[0]
    _close(room)
    for act in (
        lambda: room.mark((item, 1, MET)),
        lambda: room.draw(after_number=1, reason="x"),
        lambda: room.use(item),
    ):
        with pytest.raises(Refused, match="tidak sedang diisi"):
            act()


def _close(room: Room) -> None:
    """Handed over, as the database has it."""
    from assessor.access.actor import SYSTEM
    from assessor.assessments.events import AssessmentSubmitted
    from assessor.journal.work import write

    with write(room.session, SYSTEM, room.clock) as work:
        assessment = room.assessment
        assessment.status = Status.submitted
        work.record(
            AssessmentSubmitted(
                subject=assessment.id, auditee=None, kind="evaluation", content_hash=""
            )
        )


# ---- the score ----


@pytest.mark.parametrize(
    ("met", "unmet", "none", "choice"),
    [
        (10, 0, 0, "2"),
        (8, 2, 0, "2"),
        (7, 3, 0, "1"),
        (4, 6, 0, "0"),
        (4, 1, 5, "2"),
        (1, 1, 8, "1"),
    ],
)
def test_the_choice_follows_from_the_hits(
    room: Room, met: int, unmet: int, none: int, choice: str
) -> None:
    room.draw()
    item = room.items[0]
    room.fill(item, met=met, unmet=unmet, none=none)
    assert room.sheet.tallies[item].choice == choice
    receipts = room.use(item)
    assert {receipt.fate for receipt in receipts} == {Fate.applied}
    assert room.choice(item) == choice
    assert room.bases(item) == [
        {"register": 40, "drawn": met + unmet, "hits": met, "note": "", "sheet": "T1"}
    ]
    assert room.standing(item) is Standing.used
    assert list(verify(room.session)) == []


def test_only_items_whose_files_were_all_looked_at_are_used(room: Room) -> None:
    room.draw()
    whole, part, silent, untouched = room.items[:4]
    room.fill(whole, met=10, unmet=0)
    room.fill(part, met=9, unmet=0)
    room.fill(silent, met=0, unmet=0, none=10)
    room.use(whole, part, silent, untouched)
    assert [room.choice(item) for item in (whole, part, silent, untouched)] == [
        "2",
        None,
        None,
        None,
    ]
    assert [room.standing(item) for item in (whole, part, silent, untouched)] == [
        Standing.used,
        Standing.partial,
        Standing.silent,
        Standing.empty,
    ]


def test_a_score_somebody_gave_is_not_overwritten_but_to_be_chosen_from(room: Room) -> None:
    room.draw()
    item = room.items[0]
    said = room.say(item, "1")
    room.fill(item, met=10, unmet=0)
    fates = [receipt.fate for receipt in room.use(item)]
    assert fates == [Fate.applied, Fate.conflict]  # the basis is a fact, the score a question
    assert room.choice(item) == "1"
    state = get_state(room.session, room.assessment)
    assert [(each.standing, each.operation.value) for each in state.conflicts] == [("1", "2")]
    assert room.standing(item) is Standing.other
    assert room.use(item) == []  # asking again piles nothing up
    assert said.fate is Fate.applied


def test_what_the_sheet_said_before_gives_way_to_what_it_says_now(room: Room) -> None:
    room.draw()
    item = room.items[0]
    room.say(item, "0")
    room.fill(item, met=10, unmet=0)
    room.use(item)
    room.fill(item, met=6, unmet=4)
    room.use(item)
    state = get_state(room.session, room.assessment)
    assert [(each.standing, each.operation.value) for each in state.conflicts] == [("0", "1")]
    assert [basis["hits"] for basis in room.bases(item)] == [6]


def test_a_score_of_the_sheet_is_renewed_by_the_sheet(room: Room) -> None:
    room.draw()
    item = room.items[0]
    room.fill(item, met=10, unmet=0)
    room.use(item)
    room.fill(item, met=5, unmet=5)
    assert room.standing(item) is Standing.changed  # marks moved on, the score did not
    assert room.choice(item) == "2"
    assert {receipt.fate for receipt in room.use(item)} == {Fate.applied}
    assert room.choice(item) == "1"
    assert [basis["hits"] for basis in room.bases(item)] == [5]
    assert room.standing(item) is Standing.used


def test_a_score_changed_after_the_sheet_was_used_is_seen_to_differ(room: Room) -> None:
    room.draw()
    item = room.items[0]
    room.fill(item, met=10, unmet=0)
    room.use(item)
    answer = get_state(room.session, room.assessment).answers[item]
    room.say(item, "1", answer.choice_op)
    assert room.standing(item) is Standing.other
    assert [receipt.fate for receipt in room.use(item)] == [Fate.conflict]
    assert room.choice(item) == "1"


def test_a_page_sent_twice_is_a_repeat(room: Room) -> None:
    room.draw()
    item = room.items[0]
    room.fill(item, met=10, unmet=0)
    room.use(item, key="one-page")
    kept = len(room.session.scalars(select(Operation)).all())
    assert room.use(item, key="one-page") == []
    assert len(room.session.scalars(select(Operation)).all()) == kept


def test_a_new_draw_makes_what_was_used_before_outdated(room: Room) -> None:
    room.draw()
    item = room.items[0]
    room.fill(item, met=10, unmet=0)
    room.use(item)
    room.draw(after_number=1, reason="Daftar diperbarui")
    assert room.standing(item) is Standing.changed


def test_a_basis_by_hand_is_no_basis_of_the_sheet(room: Room) -> None:
    room.draw()
    item = room.items[0]
    by_hand = {"add": {"kind": "sample", "register": 9, "drawn": 5, "hits": 5, "note": ""}}
    entry = audits.operation(room.assessment, item, "basis", by_hand)
    audits.enter(room.session, room.clock, room.actor(), room.assessment, [entry])
    room.fill(item, met=10, unmet=0)
    assert room.standing(item) is Standing.ready
    room.use(item)
    assert sorted(basis["drawn"] for basis in room.bases(item)) == [5, 10]


def test_reading_a_sheet_takes_two_statements_however_full_it_is(
    room: Room, counted: Callable[[], Any]
) -> None:
    room.draw()
    for item in room.items:
        room.fill(item, met=6, unmet=4)
    assessment, checklist = room.assessment, get_checklist(room.session, room.assessment.edition)
    room.session.expire_all()
    assert assessment.id
    with counted() as statements:
        read_sheet(room.session, assessment, checklist)
    assert len(statements) == 2


def test_a_conflict_of_a_sheet_stands_in_the_way_like_any_other(room: Room) -> None:
    room.draw()
    item = room.items[0]
    room.say(item, "0")
    room.fill(item, met=10, unmet=0)
    room.use(item)
    judged = judge(room.session, room.assessment, room.clock().date())
    assert [each.operation.result for each in judged.state.conflicts] == [OperationResult.conflict]


def test_a_revision_begins_with_the_draws_and_the_marks(
    app: Any, session: Session, clock: StandingClock
) -> None:
    from assessor.assessments.opening.revising import revise_assessment

    scene = audits.make_scene(session, clock, items=28)
    room = Room(session, clock, scene, audits.open_audit(session, clock, scene).id)
    room.draw()
    room.draw({"active-outpatient": 3}, after_number=1, reason="Daftar diperbarui")
    item = room.items[0]
    room.mark((item, 1, MET), (item, 3, UNMET), number=2)
    room.seal()
    revision = revise_assessment(
        session, room.actor("verifier"), clock, assessment_id=room.id, reason="Salah hitung"
    )
    again = Room(session, clock, scene, revision.id)
    assert again.sheet.label == "T2"
    assert again.sheet.sample.seed == room.sheet.sample.seed
    assert again.sheet.marks == {(item, 1): MET, (item, 3): UNMET}
    assert [each.number for each in again.sheet.earlier] == [1]
    again.mark((item, 2, MET), number=2)
    assert list(verify(session)) == []


# ---- what is signed and sealed ----


def test_a_mark_changes_what_is_signed(room: Room) -> None:
    room.draw()

    def shown() -> str:
        return audits.shown(room.session, room.clock, room.assessment)

    before = shown()
    room.mark((room.items[0], 1, MET))
    assert shown() != before


def test_the_sealed_document_carries_draws_and_counts_and_no_single_mark(room: Room) -> None:
    room.draw()
    room.draw(after_number=1, reason="Daftar diperbarui")
    checklist = get_checklist(room.session, room.assessment.edition)
    free = [each for each in room.items if checklist.item(each).citation is not Citation.required]
    item = free[0]
    room.fill(item, met=7, unmet=2, none=1, number=2)
    room.use(item, number=2)
    room.seal()
    row = room.session.get_one(SealedDocument, room.id)
    content = open_seal(row.content, row.root)
    draws = content["sample"]["draws"]
    assert [each["label"] for each in draws] == ["T2", "T1"]
    assert [each["reason"] for each in draws] == ["Daftar diperbarui", None]
    for each in draws:
        counts = {stratum["stratum"]: stratum["register"] for stratum in each["strata"]}
        again = draw_sample(checklist, each["seed"], counts)
        assert [list(one.positions) for one in again] == [
            stratum["positions"] for stratum in each["strata"]
        ]
    assert content["sample"]["items"] == [
        {"item": item, "met": 7, "unmet": 2, "not_applicable": 1, "choice": "1"}
    ]
    sealed = next(each for each in content["items"] if each["item"] == item)
    leaned = [each["detail"] for each in sealed["basis"] if each["detail"].get("sheet")]
    assert [(each["drawn"], each["hits"], each["sheet"]) for each in leaned] == [(9, 7, "T2")]
    assert list(verify(room.session)) == []
