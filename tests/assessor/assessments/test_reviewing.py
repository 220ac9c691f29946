"""Looking, remarking and correcting from outside the team: what counts, and what stays beside it."""

import json
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import func, select

from assessor.access.actor import SYSTEM, Role
from assessor.assessments.judging import judge
from assessor.assessments.models import Finding, FindingStatus, Kind, SealedDocument, Status
from assessor.assessments.opening.revising import revise_assessment
from assessor.assessments.queries import open_major_findings, today_of
from assessor.assessments.review.draw import draw
from assessor.assessments.review.rules import DRAWN_SHARE, Concern
from assessor.assessments.review.services import correct_item, remark_item, see_items
from assessor.assessments.review.state import to_look_at
from assessor.assessments.review_models import Correction, Remark, ReviewDraw, SeenItem
from assessor.assessments.review_queries import returned_remarks
from assessor.assessments.signing.services import return_assessment
from assessor.journal.models import JournalEntry
from assessor.journal.verify import verify
from assessor.sentences import NotPermitted, Refused
from checklists.model import Critical
from tests import audits, builders


@pytest.fixture
def scene(session, clock):
    return audits.make_scene(session, clock)


@pytest.fixture
def audit(session, clock, scene):
    """Submitted: two plain items are not met, the critical ones lack their citation."""
    found = audits.open_audit(session, clock, scene)
    audits.score(session, clock, scene, found, unmet=required(session, clock, found))
    audits.submit(session, clock, scene, found)
    return found


def judged(session, clock, audit):
    return judge(session, audit, today_of(session, audit, clock()))


def required(session, clock, audit):
    asked = judged(session, clock, audit).asked.values()
    return tuple(item.id for item in asked if item.citation.value == "required")


def met_item(session, clock, audit):
    """A plain item that the team found met."""
    now = judged(session, clock, audit)
    return next(
        item.id
        for item in now.asked.values()
        if item.critical is Critical.no and now.state.choice(item.id) == "2"
    )


def correct(session, clock, scene, audit, item, choice, who="checker", reason="Tidak terlihat."):
    correct_item(
        session,
        scene.actor(session, clock, who),
        clock,
        assessment_id=audit.id,
        item=item,
        choice=choice,
        reason=reason,
    )


def remark(session, clock, scene, audit, item, words="Foto mana?", who="checker"):
    remark_item(
        session,
        scene.actor(session, clock, who),
        clock,
        assessment_id=audit.id,
        item=item,
        words=words,
    )


def give_back(session, clock, scene, audit, who="checker"):
    return_assessment(
        session,
        scene.actor(session, clock, who),
        clock,
        assessment_id=audit.id,
        reason="Lengkapi dulu.",
    )


def finding_of(session, audit, item):
    return session.scalars(
        select(Finding).where(Finding.assessment_id == audit.id, Finding.item == item)
    ).one_or_none()


def entries(session):
    return session.scalar(select(func.count()).select_from(JournalEntry))


# ---- corrections ----


def test_a_correction_counts_and_the_teams_score_stays_beside_it(session, clock, scene, audit):
    item = met_item(session, clock, audit)
    before = judged(session, clock, audit).decision.result.total
    shown = audits.shown(session, clock, audit)
    count = entries(session)
    correct(session, clock, scene, audit, item, "0")
    assert entries(session) == count + 1
    now = judged(session, clock, audit)
    assert now.state.choice(item) == "0"
    assert now.state.answered(item) == "2"
    assert now.decision.result.total.n < before.n
    assert audits.shown(session, clock, audit) != shown  # what was on the screen is another thing
    (kept,) = session.scalars(select(Correction)).all()
    assert (kept.instead_of, kept.choice, kept.made_as, kept.in_round) == ("2", "0", "checker", 1)
    assert list(verify(session)) == []


def test_the_latest_correction_counts_and_the_teams_choice_takes_it_back(
    session, clock, scene, audit
):
    item = met_item(session, clock, audit)
    correct(session, clock, scene, audit, item, "0")
    audits.check(session, clock, scene, audit)
    correct(session, clock, scene, audit, item, "1", who="verifier")
    assert judged(session, clock, audit).state.choice(item) == "1"
    correct(session, clock, scene, audit, item, "2", who="verifier", reason="Ternyata ada.")
    assert judged(session, clock, audit).state.choice(item) == "2"
    with pytest.raises(Refused, match="Nilai itu sudah berlaku"):
        correct(session, clock, scene, audit, item, "2", who="verifier")
    audits.seal(session, clock, scene, audit)
    content = json.loads(session.get_one(SealedDocument, audit.id).content)["content"]
    said = next(each for each in content["items"] if each["item"] == item)
    assert [each["choice"] for each in said["corrections"]] == ["0", "1", "2"]
    assert [each["as"] for each in said["corrections"]] == ["checker", "verifier", "verifier"]


def test_what_is_sealed_is_the_corrected_score_with_both(session, clock, scene, audit):
    item = met_item(session, clock, audit)
    correct(session, clock, scene, audit, item, "0", reason="Ruangnya tidak ada.")
    expected = judged(session, clock, audit).decision
    audits.seal(session, clock, scene, audit)
    content = json.loads(session.get_one(SealedDocument, audit.id).content)["content"]
    said = next(each for each in content["items"] if each["item"] == item)
    assert (said["choice"], said["answered"], said["n"]) == ("0", "2", "0/1")
    assert said["corrections"][0]["reason"] == "Ruangnya tidak ada."
    assert said["corrections"][0]["by"] == "Orang checker"
    assert content["results"]["total"] == expected.result.total.document()
    untouched = next(each for each in content["items"] if each["item"] != item)
    assert untouched["corrections"] == []


def test_a_correction_that_lowers_a_score_issues_a_finding_in_its_words(
    session, clock, scene, audit
):
    item = met_item(session, clock, audit)
    numbers = set(session.scalars(select(Finding.number).where(Finding.status == "issued")))
    correct(session, clock, scene, audit, item, "0", reason="Tidak ada jadwal jaga.")
    found = finding_of(session, audit, item)
    assert found.status is FindingStatus.issued
    assert found.statement == "Tidak ada jadwal jaga."
    assert found.number == max(numbers) + 1  # the others keep the numbers they are known by
    assert found.due_on is not None
    assert found.correction_id == session.scalars(select(Correction.id)).one()
    correct(session, clock, scene, audit, item, "2", reason="Jadwalnya ternyata ada.")
    found = finding_of(session, audit, item)
    assert found.status is FindingStatus.dropped
    assert found.drop_reason == "Jadwalnya ternyata ada."


def test_a_correction_that_makes_it_met_drops_the_finding_with_its_reason(
    session, clock, scene, audit
):
    item = required(session, clock, audit)[0]
    number = finding_of(session, audit, item).number
    correct(session, clock, scene, audit, item, "2", reason="Buktinya ada di berkas lain.")
    found = finding_of(session, audit, item)
    assert (found.status, found.number) == (FindingStatus.dropped, number)
    assert found.drop_reason == "Buktinya ada di berkas lain."
    audits.seal(session, clock, scene, audit)
    content = json.loads(session.get_one(SealedDocument, audit.id).content)["content"]
    assert item not in [each["item"] for each in content["findings"]]


def test_corrections_of_an_earlier_round_lapse_and_stay_as_history(session, clock, scene, audit):
    met, unmet = met_item(session, clock, audit), required(session, clock, audit)[0]
    correct(session, clock, scene, audit, met, "0")
    correct(session, clock, scene, audit, unmet, "2")
    give_back(session, clock, scene, audit)
    now = judged(session, clock, audit)
    assert (now.state.choice(met), now.state.choice(unmet)) == ("2", "0")
    audits.submit(session, clock, scene, audit)
    now = judged(session, clock, audit)
    assert (now.state.choice(met), now.state.choice(unmet)) == ("2", "0")
    assert finding_of(session, audit, met).status is FindingStatus.dropped
    assert finding_of(session, audit, unmet).status is FindingStatus.issued
    assert session.scalar(select(func.count()).select_from(Correction)) == 2
    correct(session, clock, scene, audit, met, "1")
    assert session.scalars(select(Correction.in_round)).all() == [1, 1, 2]
    audits.seal(session, clock, scene, audit)
    content = json.loads(session.get_one(SealedDocument, audit.id).content)["content"]
    said = next(each for each in content["items"] if each["item"] == met)
    assert [each["choice"] for each in said["corrections"]] == ["1"]  # of the round that counts
    assert list(verify(session)) == []


def test_a_follow_up_carries_the_score_as_corrected(session, clock, scene, audit):
    item = met_item(session, clock, audit)
    correct(session, clock, scene, audit, item, "0")
    first = required(session, clock, audit)[0]
    correct(session, clock, scene, audit, first, "2")
    audits.seal(session, clock, scene, audit)
    clock.forward(hours=24)
    follow_up = audits.open_audit(session, clock, scene, kind=Kind.follow_up)
    assert item in follow_up.scope
    assert first not in follow_up.scope
    assert judged(session, clock, follow_up).state.choices()[first] == "2"


def test_a_major_finding_is_closed_by_the_score_as_corrected(session, clock, scene):
    hard = None
    first = audits.open_audit(session, clock, scene, kind=Kind.baseline)
    now = judged(session, clock, first)
    hard = next(item.id for item in now.asked.values() if item.critical is Critical.hard)
    unmet = {*required(session, clock, first), hard}
    audits.score(session, clock, scene, first, unmet=unmet)
    audits.submit(session, clock, scene, first)
    audits.seal(session, clock, scene, first)
    clock.forward(hours=24)
    second = audits.open_audit(session, clock, scene)
    audits.score(session, clock, scene, second, unmet=unmet)
    audits.submit(session, clock, scene, second)
    assert hard in {each.item for each in open_major_findings(session, second, now.checklist)}
    correct(session, clock, scene, second, hard, "2")
    audits.seal(session, clock, scene, second)
    clock.forward(hours=24)
    third = audits.open_audit(session, clock, scene, kind=Kind.periodic)
    assert hard not in {each.item for each in open_major_findings(session, third, now.checklist)}


def test_a_revision_begins_with_the_teams_scores_and_tells_of_the_corrections(
    session, clock, scene, audit
):
    item = met_item(session, clock, audit)
    correct(session, clock, scene, audit, item, "0", reason="Tidak ada.")
    audits.seal(session, clock, scene, audit)
    sealed = session.get_one(SealedDocument, audit.id).content
    revision = revise_assessment(
        session,
        scene.actor(session, clock, "verifier"),
        clock,
        assessment_id=audit.id,
        reason="Salah.",
    )
    assert judged(session, clock, revision).state.choice(item) == "2"
    (told,) = returned_remarks(session, revision)
    assert told.item == item
    assert told.words == f"{audit.reference}: 2 → 0. Tidak ada."
    audits.submit(session, clock, scene, revision)
    looked = to_look_at(session, judged(session, clock, revision), "")
    concerns = {each.item.id: [worry.concern for worry in each.worries] for each in looked.found}
    assert Concern.remarked_before in concerns[item]
    assert session.get_one(SealedDocument, audit.id).content == sealed
    assert list(verify(session)) == []


@pytest.mark.parametrize(
    ("choice", "reason", "words"),
    [
        ("0", "", "Tulis alasan koreksi"),
        ("0", "  ", "Tulis alasan koreksi"),
        ("0", "x" * 2001, "2.000"),
        ("0", "Berkas klien 3201 0123 4567 8901 kosong.", "NIK"),
        ("9", "Keliru.", "Pilih nilai yang ada pada skala"),
        ("", "Keliru.", "Pilih nilai yang ada pada skala"),
        ("2", "Keliru.", "Nilai itu sudah berlaku"),
    ],
)
def test_a_bad_correction_is_refused_and_leaves_nothing(
    session, clock, scene, audit, choice, reason, words
):
    item, count = met_item(session, clock, audit), entries(session)
    with pytest.raises(Refused, match=words):
        correct(session, clock, scene, audit, item, choice, reason=reason)
    with pytest.raises(Refused, match="tidak dinilai di sini"):
        correct(session, clock, scene, audit, "BUKAN-01", "0")
    session.rollback()
    assert session.scalar(select(func.count()).select_from(Correction)) == 0
    assert entries(session) == count


@pytest.mark.parametrize("who", ["assessor", "coach", "institution", "verifier"])
def test_only_who_reads_it_now_corrects_remarks_and_ticks(session, clock, scene, audit, who):
    item = met_item(session, clock, audit)
    with pytest.raises((NotPermitted, Refused)):
        correct(session, clock, scene, audit, item, "0", who=who)
    with pytest.raises((NotPermitted, Refused)):
        remark(session, clock, scene, audit, item, who=who)
    with pytest.raises((NotPermitted, Refused)):
        see_items(
            session,
            scene.actor(session, clock, who),
            clock,
            assessment_id=audit.id,
            items=[item],
        )


def test_the_checker_is_done_once_it_is_passed_on_and_nobody_touches_what_is_sealed(
    session, clock, scene, audit
):
    item = met_item(session, clock, audit)
    audits.check(session, clock, scene, audit)
    with pytest.raises(NotPermitted):
        correct(session, clock, scene, audit, item, "0")
    audits.seal(session, clock, scene, audit)
    for who in ("checker", "verifier"):
        with pytest.raises(Refused, match="sedang tidak diperiksa"):
            correct(session, clock, scene, audit, item, "0", who=who)


def test_a_member_of_the_team_corrects_nothing_with_another_hat_on(session, clock, scene, audit):
    builders.give_position(
        session,
        SYSTEM,
        clock,
        person_id=scene.people["assessor"].id,
        role=Role.checker,
        office_id=scene.office.id,
    )
    with pytest.raises(Refused, match="Yang menilai tidak boleh memeriksa"):
        correct(session, clock, scene, audit, met_item(session, clock, audit), "0", who="assessor")


# ---- remarks ----


def test_the_team_learns_of_remarks_when_it_comes_back_and_what_changed_is_told(
    session, clock, scene, audit
):
    first, second = list(judged(session, clock, audit).asked)[2:4]
    remark(session, clock, scene, audit, first, "Foto ruang mana?")
    remark(session, clock, scene, audit, second, "Jumlah berkas?")
    remark(session, clock, scene, audit, second, "Berkas berapa?")
    assert returned_remarks(session, audit) == ()
    give_back(session, clock, scene, audit)
    said = {each.item: each.words for each in returned_remarks(session, audit)}
    assert said == {first: "Foto ruang mana?", second: "Berkas berapa?"}
    audits.submit(session, clock, scene, audit)
    assert returned_remarks(session, audit) == ()
    looked = to_look_at(session, judged(session, clock, audit), "")
    asked = {each.item for each in looked.remarks if each.in_round == 1}
    assert asked == {first, second}


def test_a_remark_is_taken_back_by_its_author_only(session, clock, scene, audit):
    item = next(iter(judged(session, clock, audit).asked))
    with pytest.raises(Refused, match="Tulis apa yang perlu"):
        remark(session, clock, scene, audit, item, "")
    remark(session, clock, scene, audit, item, "Lihat lagi.")
    audits.check(session, clock, scene, audit)
    with pytest.raises(Refused, match="Tulis apa yang perlu"):
        remark(session, clock, scene, audit, item, "", who="verifier")
    give_back(session, clock, scene, audit, who="verifier")
    assert len(returned_remarks(session, audit)) == 1
    assert session.scalar(select(func.count()).select_from(Remark)) == 1


# ---- looking ----


def test_nobody_seals_what_was_not_looked_at_and_each_person_ticks_for_themselves(
    session, clock, scene, audit
):
    audits.see_all(session, clock, scene, audit, "checker")
    audits.check(session, clock, scene, audit)
    verifier = scene.people["verifier"].id
    assert to_look_at(session, judged(session, clock, audit), verifier).unseen
    count = entries(session)
    audits.see_all(session, clock, scene, audit)
    assert entries(session) == count + 1  # one act, one entry, however many were ticked
    assert not to_look_at(session, judged(session, clock, audit), verifier).unseen
    ticked = session.scalars(select(SeenItem.item)).first()
    again = see_items(
        session,
        scene.actor(session, clock, "verifier"),
        clock,
        assessment_id=audit.id,
        items=[ticked],
    )
    assert again == 0
    assert entries(session) == count + 1
    with pytest.raises(Refused, match="Centang dulu"):
        see_items(
            session,
            scene.actor(session, clock, "verifier"),
            clock,
            assessment_id=audit.id,
            items=[],
        )
    audits.seal(session, clock, scene, audit)
    assert audit.status is Status.sealed


def test_a_new_round_is_looked_at_anew(session, clock, scene, audit):
    audits.see_all(session, clock, scene, audit, "checker")
    give_back(session, clock, scene, audit)
    audits.submit(session, clock, scene, audit)
    checker = scene.people["checker"].id
    assert to_look_at(session, judged(session, clock, audit), checker).seen == frozenset()


def test_what_moved_far_what_is_weak_and_what_is_critical_is_looked_at(session, clock, scene):
    own = audits.open_audit(session, clock, scene, kind=Kind.self)
    asked = judged(session, clock, own).asked
    plain = [
        item.id
        for item in asked.values()
        if item.critical is Critical.no and item.citation.value != "required"
    ]
    audits.score(
        session, clock, scene, own, unmet={*required(session, clock, own), plain[0], plain[1]}
    )
    audits.submit(session, clock, scene, own)
    clock.forward(hours=1)
    audit = audits.open_audit(session, clock, scene)
    audits.score(session, clock, scene, audit, unmet={*required(session, clock, audit), plain[2]})
    audits.submit(session, clock, scene, audit)
    looked = to_look_at(session, judged(session, clock, audit), "")
    concerns = {each.item.id: {worry.concern for worry in each.worries} for each in looked.found}
    assert Concern.rose in concerns[plain[0]]
    assert Concern.fell in concerns[plain[2]]
    by_item = {each.item.id: each for each in looked.found}
    assert by_item[plain[0]].mandatory
    critical = {item.id for item in asked.values() if item.critical is not Critical.no}
    assert all(Concern.critical in concerns[item] for item in critical)
    assert len(by_item) == len(looked.found)  # each once, whatever speaks for it


def test_the_draw_is_kept_with_its_seed_and_can_be_made_again(session, clock, scene, audit):
    (kept,) = session.scalars(select(ReviewDraw)).all()
    assert kept.in_round == 1
    assert tuple(kept.items) == draw(kept.seed, kept.pool, DRAWN_SHARE)
    looked = to_look_at(session, judged(session, clock, audit), "")
    drawn = {each.item.id for each in looked.found if each.concern is Concern.drawn}
    assert drawn == set(kept.items)
    assert set(kept.pool) & {each.item.id for each in looked.found} == drawn
    give_back(session, clock, scene, audit)
    audits.submit(session, clock, scene, audit)
    seeds = session.scalars(select(ReviewDraw.seed)).all()
    assert len(set(seeds)) == 2


names = st.lists(st.text("ABCDEF-0123456789", min_size=1, max_size=8), unique=True, max_size=60)


@given(st.text("0123456789abcdef", min_size=1), names, st.fractions(0, 1))
def test_a_draw_takes_its_share_from_the_pool_in_its_order(seed, pool, share):
    drawn = draw(seed, pool, share)
    assert drawn == draw(seed, pool, share)
    assert list(drawn) == [name for name in pool if name in set(drawn)]
    assert len(drawn) - 1 < len(pool) * share <= len(drawn)


@given(names)
def test_whoever_is_drawn_from_many_is_drawn_from_fewer(pool):
    """The draw looks at each name by itself: without the others it would come up too."""
    drawn = draw("5eed", pool, Fraction(1, 10))
    fewer = [name for name in pool if name in set(drawn)]
    assert set(draw("5eed", fewer, Fraction(1))) == set(drawn)
