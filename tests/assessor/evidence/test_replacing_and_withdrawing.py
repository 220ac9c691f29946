"""What happens to citations when a piece is replaced or withdrawn?"""

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from assessor.access.decide import decide, visible
from assessor.access.permissions import Permission
from assessor.assessments.models import Basis, Kind
from assessor.evidence.models import Evidence
from assessor.evidence.queries import State, citations_of, piece, pieces_of, subject_of
from assessor.evidence.services import LONGEST_REASON, withdraw
from assessor.journal.models import JournalEntry
from assessor.journal.verify import verify
from assessor.sentences import NotPermitted, Refused
from evidence_store.store import LocalStore
from tests.assessor.evidence.world import ACTORS, cite, clock, give, make_assessment, seal
from tests.evidence_store import evidence_corpus as corpus


def state_of(session: Session, evidence_id: str) -> State:
    found = piece(session, evidence_id)
    assert found is not None
    return found.state


def test_a_replacement_names_the_old_piece_and_citations_stay(
    world: Session, store: LocalStore
) -> None:
    old = give(world, store, corpus.jpeg()).evidence_id
    cite(world, "n1", "SDM-01", old)
    new = give(world, store, corpus.png(), name="a.png", replaces=old).evidence_id
    assert (state_of(world, old), state_of(world, new)) == (State.replaced, State.live)
    before, after = piece(world, old), piece(world, new)
    assert before is not None
    assert after is not None
    assert (before.replaced_by_id, after.replaces_id) == (new, old)
    assert world.scalars(select(Basis.evidence_id)).all() == [old]
    assert [each.id for each in pieces_of(world, "a1", only_live=True)] == [new]
    assert store.exists(before.digest)
    assert list(verify(world)) == []


def test_only_the_newest_can_be_replaced(world: Session, store: LocalStore) -> None:
    old = give(world, store, corpus.jpeg()).evidence_id
    give(world, store, corpus.png(), name="a.png", replaces=old)
    with pytest.raises(Refused, match="diganti lebih dulu"):
        give(world, store, corpus.webp(), name="a.webp", replaces=old)


def test_a_withdrawn_replacement_brings_the_old_one_back(world: Session, store: LocalStore) -> None:
    old = give(world, store, corpus.jpeg()).evidence_id
    new = give(world, store, corpus.png(), name="a.png", replaces=old).evidence_id
    withdraw(world, ACTORS["institution"], clock, evidence_id=new, reason="Salah berkas")
    assert (state_of(world, old), state_of(world, new)) == (State.live, State.withdrawn)
    third = give(world, store, corpus.webp(), name="a.webp", replaces=old)
    assert third.is_new


def test_a_withdrawn_piece_is_not_replaced(world: Session, store: LocalStore) -> None:
    old = give(world, store, corpus.jpeg()).evidence_id
    withdraw(world, ACTORS["institution"], clock, evidence_id=old, reason="Salah berkas")
    with pytest.raises(Refused, match="sudah ditarik"):
        give(world, store, corpus.png(), name="a.png", replaces=old)


@pytest.mark.parametrize("replaced", ["foreign", "tidak-ada"])
def test_nobody_replaces_what_is_not_theirs(
    replaced: str, world: Session, store: LocalStore
) -> None:
    foreign = give(world, store, corpus.jpeg(), who="stranger", auditee_id="a2").evidence_id
    target = foreign if replaced == "foreign" else replaced
    with pytest.raises(Refused, match="tidak ditemukan"):
        give(world, store, corpus.png(), name="a.png", replaces=target)


def test_the_same_bytes_do_not_replace_themselves(world: Session, store: LocalStore) -> None:
    old = give(world, store, corpus.jpeg()).evidence_id
    again = give(world, store, corpus.jpeg(), replaces=old)
    assert (again.is_new, again.evidence_id) == (False, old)
    assert state_of(world, old) is State.live


def test_withdrawing_deletes_nothing_and_says_where_it_stays(
    world: Session, store: LocalStore
) -> None:
    evidence = give(world, store, corpus.jpeg()).evidence_id
    cite(world, "n1", "SDM-01", evidence)
    make_assessment(world, "n2", Kind.baseline)
    cite(world, "n2", "SDM-02", evidence)
    seal(world, "n2")
    count = withdraw(
        world, ACTORS["institution"], clock, evidence_id=evidence, reason="Kedaluwarsa\r\nsejak Mei"
    )
    assert count == 1
    found = piece(world, evidence)
    assert found is not None
    assert (found.state, found.withdrawn_reason) == (State.withdrawn, "Kedaluwarsa\nsejak Mei")
    assert store.verify(found.digest)
    assert len(world.scalars(select(Basis)).all()) == 2
    entry = world.scalars(select(JournalEntry).order_by(JournalEntry.seq.desc())).first()
    assert entry is not None
    assert entry.act == "evidence.withdrawn"
    assert "Kedaluwarsa" not in entry.body
    assert list(verify(world)) == []


@pytest.mark.parametrize("reason", ["", "   ", "\u200b\x00"])
def test_a_reason_is_needed(reason: str, world: Session, store: LocalStore) -> None:
    evidence = give(world, store, corpus.jpeg()).evidence_id
    with pytest.raises(Refused, match="alasan"):
        withdraw(world, ACTORS["institution"], clock, evidence_id=evidence, reason=reason)
    assert state_of(world, evidence) is State.live


def test_a_reason_with_strange_characters_is_kept_without_them(
    world: Session, store: LocalStore
) -> None:
    evidence = give(world, store, corpus.jpeg()).evidence_id
    reason = "a\x00b\ud800c" + "d" * 5000
    withdraw(world, ACTORS["institution"], clock, evidence_id=evidence, reason=reason)
    found = piece(world, evidence)
    assert found is not None
    assert found.withdrawn_reason == ("abc" + "d" * 5000)[:LONGEST_REASON]


def test_a_reason_names_no_client(world: Session, store: LocalStore) -> None:
    evidence = give(world, store, corpus.jpeg()).evidence_id
    with pytest.raises(Refused, match="NIK"):
        withdraw(
            world,
            ACTORS["institution"],
            clock,
            evidence_id=evidence,
            reason="Memuat 3273010101900001",
        )


def test_twice_is_refused(world: Session, store: LocalStore) -> None:
    evidence = give(world, store, corpus.jpeg()).evidence_id
    withdraw(world, ACTORS["institution"], clock, evidence_id=evidence, reason="Keliru")
    with pytest.raises(Refused, match="sudah ditarik"):
        withdraw(world, ACTORS["institution"], clock, evidence_id=evidence, reason="Keliru")


@pytest.mark.parametrize(
    ("handed_in_by", "who", "outcome"),
    [
        ("institution", "institution", None),
        ("assessor", "assessor", None),
        ("coach", "assessor", None),
        ("assessor", "institution", Refused),
        ("institution", "assessor", Refused),
        ("institution", "stranger", NotPermitted),
        ("institution", "coach", Refused),
        ("institution", "directorate", NotPermitted),
        ("assessor", "idle_assessor", NotPermitted),
    ],
)
def test_each_side_takes_back_only_its_own(
    handed_in_by: str,
    who: str,
    outcome: type[Exception] | None,
    world: Session,
    store: LocalStore,
) -> None:
    evidence = give(world, store, corpus.jpeg(), who=handed_in_by).evidence_id
    if outcome is None:
        withdraw(world, ACTORS[who], clock, evidence_id=evidence, reason="Keliru")
        assert state_of(world, evidence) is State.withdrawn
    else:
        with pytest.raises(outcome) as refused:
            withdraw(world, ACTORS[who], clock, evidence_id=evidence, reason="Keliru")
        assert refused.type is outcome
        assert state_of(world, evidence) is State.live


# ---- who sees what ----


@pytest.mark.parametrize("who", sorted(ACTORS))
def test_the_query_and_the_rule_agree(who: str, world: Session, store: LocalStore) -> None:
    mine = give(world, store, corpus.jpeg()).evidence_id
    theirs = give(world, store, corpus.jpeg(), who="stranger", auditee_id="a2").evidence_id
    make_assessment(world, "n3", Kind.evaluation, auditee_id="a2", team=("idle_assessor",))
    seen = {each.id for each in world.scalars(visible(Evidence, ACTORS[who]))}
    ruled = {
        evidence
        for evidence, auditee in ((mine, "a1"), (theirs, "a2"))
        if decide(ACTORS[who], Permission.see_evidence, subject_of(world, auditee)).allowed
    }
    expected = {
        "institution": {mine},
        "stranger": {theirs},
        "assessor": {mine},
        "idle_assessor": {theirs},
        "coach": {mine},
        "far_coach": {theirs},
        "checker": {mine},
        "directorate": {mine, theirs},
        "privacy": set(),
        "administrator": set(),
    }[who]
    assert seen == ruled == expected


def test_a_cancelled_assessment_opens_nothing(world: Session, store: LocalStore) -> None:
    from assessor.assessments.models import Status

    give(world, store, corpus.jpeg())
    make_assessment(world, "n4", Kind.evaluation, team=("idle_assessor",), status=Status.cancelled)
    assert world.scalars(visible(Evidence, ACTORS["idle_assessor"])).all() == []
    assert "p-idle_assessor" not in subject_of(world, "a1").team


def test_the_auditee_does_not_read_an_officers_unfinished_work(
    world: Session, store: LocalStore
) -> None:
    evidence = give(world, store, corpus.jpeg()).evidence_id
    make_assessment(world, "s1", Kind.self)
    cite(world, "n1", "SDM-01", evidence)
    cite(world, "n1", "SDM-02", evidence)
    cite(world, "s1", "SDM-03", evidence)

    def seen_by(who: str) -> dict[str, tuple[str, ...]]:
        return {c.assessment_id: c.items for c in citations_of(world, ACTORS[who], evidence)}

    assert seen_by("assessor") == {"n1": ("SDM-01", "SDM-02")}
    assert seen_by("directorate") == {"n1": ("SDM-01", "SDM-02"), "s1": ("SDM-03",)}
    assert seen_by("institution") == {"s1": ("SDM-03",)}
    seal(world, "n1")
    assert set(seen_by("institution")) == {"n1", "s1"}


def test_the_list_is_read_in_portions_newest_first(world: Session, store: LocalStore) -> None:
    handed_in = [
        give(world, store, corpus.encode(corpus.picture((20 + n, 20)), "PNG"), name="a.png")
        for n in range(5)
    ]
    everything = [each.id for each in pieces_of(world, "a1")]
    assert set(everything) == {each.evidence_id for each in handed_in}
    first = pieces_of(world, "a1", most=2)
    last = (first[-1].created_at, first[-1].id)
    rest = pieces_of(world, "a1", older_than=last)
    assert [each.id for each in (*first, *rest)] == everything
