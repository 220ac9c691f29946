"""Everything on the checklist can be done by plain forms, and nothing typed is lost."""

from __future__ import annotations

from urllib.parse import urlsplit

import pytest
from sqlalchemy import func, select

from assessor.assessments.models import (
    Answer,
    Basis,
    BasisKind,
    Kind,
    Operation,
    OperationResult,
    Status,
)
from assessor.assessments.models import Assessment as Row
from assessor.assessments.queries import asked_items
from tests.assessor.assessments.checklist_world import World, make_world


@pytest.fixture
def world(session, clock) -> World:
    return make_world(session, clock, items=24)


@pytest.fixture
def audit(world) -> str:
    return world.open()


@pytest.fixture
def items(world, audit) -> list[str]:
    return list(asked_items(world.checklist, world.session.get_one(Row, audit)))


def checklist(client, audit, **query):
    return client.get(f"/assessments/{audit}/checklist", query=query)


def answer(world, audit, item) -> Answer | None:
    world.session.rollback()
    return world.session.get(Answer, (audit, item))


def test_a_score_with_its_words_is_kept_and_the_person_stays_at_the_item(
    world, audit, items, as_person
):
    client = as_person(world.people["lead"])
    page = checklist(client, audit)
    page = (
        page.form("Simpan")
        .fill(
            {
                f"c.{items[0]}": "1",
                f"f.{items[0]}": "Jadwal jaga\r\nbelum lengkap",
                f"n.{items[0]}": "Susun",
            }
        )
        .submit()
    )
    kept = answer(world, audit, items[0])
    assert (kept.choice, kept.facts, kept.recommendation) == (
        "1",
        "Jadwal jaga\nbelum lengkap",
        "Susun",
    )
    assert page.flashes == ["Tersimpan."]
    assert page.form("Simpan").value(f"f.{items[0]}") == "Jadwal jaga\nbelum lengkap"
    assert world.session.get_one(Row, audit).status is Status.in_progress


def test_one_button_keeps_what_was_typed_anywhere_on_the_page(world, audit, items, as_person):
    page = checklist(as_person(world.people["lead"]), audit)
    form = page.form("Simpan").fill(
        {f"c.{items[0]}": "2", f"c.{items[5]}": "TB", f"r.{items[5]}": "Tidak ada rawat inap"}
    )
    form.submit()
    assert answer(world, audit, items[0]).choice == "2"
    assert answer(world, audit, items[5]).reason == "Tidak ada rawat inap"
    assert world.session.scalar(select(func.count()).select_from(Operation)) == 3


def test_a_form_sent_twice_is_taken_once(world, audit, items, as_person):
    page = checklist(as_person(world.people["lead"]), audit)
    form = page.form("Simpan").fill({f"c.{items[0]}": "2", f"f.{items[0]}": "Ada"})
    form.submit()
    form.submit()
    world.session.rollback()
    assert world.session.scalar(select(func.count()).select_from(Operation)) == 2
    assert answer(world, audit, items[0]).choice == "2"


def test_a_page_that_changes_nothing_writes_nothing(world, audit, as_person):
    page = checklist(as_person(world.people["lead"]), audit)
    page.form("Simpan").submit()
    world.session.rollback()
    assert world.session.scalar(select(func.count()).select_from(Operation)) == 0
    assert world.session.get_one(Row, audit).status is Status.draft


def test_a_stale_page_overwrites_nothing_and_both_texts_are_shown(world, audit, items, as_person):
    sari, budi = as_person(world.people["lead"]), as_person(world.people["member"])
    stale = checklist(sari, audit)
    checklist(budi, audit).form("Simpan").fill({f"f.{items[0]}": "Budi melihat jadwal"}).submit()
    page = (
        stale.form("Simpan")
        .fill({f"f.{items[0]}": "Sari melihat daftar hadir", f"c.{items[0]}": "2"})
        .submit(status=409)
    )
    assert "Budi melihat jadwal" in page.text
    assert "Sari melihat daftar hadir" in page.text
    assert "Budi Santoso" in page.text
    kept = answer(world, audit, items[0])
    assert (kept.facts, kept.choice) == ("Budi melihat jadwal", "2")


def clash(world, audit, item, as_person):
    """Two people typed different facts; the page of the second one."""
    world.say(audit, "member", item, "facts", "Teks Budi", op="op-of-budi")
    world.say(audit, "lead", item, "facts", "Teks Sari", op="op-of-sari")
    return checklist(as_person(world.people["lead"]), audit)


@pytest.mark.parametrize(
    ("chosen", "expected"),
    [
        ("op-of-budi", "Teks Budi"),
        ("op-of-sari", "Teks Sari"),
        ("merge", "Teks Budi\n\nTeks Sari"),
    ],
)
def test_a_conflict_is_settled_by_choosing_or_joining(
    world, audit, items, as_person, chosen, expected
):
    page = clash(world, audit, items[0], as_person)
    page = page.form(f"{items[0]} facts {chosen}").submit()
    assert answer(world, audit, items[0]).facts == expected
    waiting = select(func.count()).where(
        Operation.result == OperationResult.conflict, Operation.settled_by.is_(None)
    )
    assert world.session.scalar(waiting) == 0
    assert "dua isian berbeda" not in page.text


def test_of_two_scores_the_words_of_the_scale_are_shown(world, audit, items, as_person):
    world.say(audit, "member", items[0], "choice", "2", op="op-of-budi")
    world.say(audit, "lead", items[0], "choice", "0", op="op-of-sari")
    page = checklist(as_person(world.people["lead"]), audit)
    assert "2 · Terpenuhi (id)" in page.text
    assert "0 · Belum (id)" in page.text


def test_what_is_refused_stays_in_the_form_with_the_reason(world, audit, items, as_person):
    page = checklist(as_person(world.people["lead"]), audit)
    long = "x" * 10_001
    page = (
        page.form("Simpan").fill({f"f.{items[0]}": long, f"c.{items[0]}": "1"}).submit(status=422)
    )
    assert "terlalu panjang" in page.text
    assert page.form("Simpan").value(f"f.{items[0]}") == long
    assert answer(world, audit, items[0]).choice == "1"


def test_bases_are_added_to_many_items_in_one_act_and_taken_away(world, audit, items, as_person):
    client = as_person(world.people["lead"])
    page = checklist(client, audit).form(items[0])  # the button that leads to the bases
    assert page is not None
    page = client.get(f"/assessments/{audit}/bases", query={"item": items[0]})
    form = page.form("Simpan dasar nilai")
    assert form.value("item") == items[0]
    page = form.fill(
        {"kind": "sighted", "what": "Ruang konseling", "where": "Lantai 2", "item": items[:3]}
    ).submit()
    assert page.flashes == ["Dasar nilai tersimpan untuk 3 butir."]
    world.session.rollback()
    bases = world.session.scalars(select(Basis)).all()
    assert {basis.item for basis in bases} == set(items[:3])
    assert {basis.kind for basis in bases} == {BasisKind.sighted}
    gone = next(basis for basis in bases if basis.item == items[0])
    page = page.form(f"{items[0]} {gone.op_id}").submit()
    world.session.rollback()
    assert world.session.get_one(Basis, gone.op_id).removed_by is not None
    assert page.text.count("Ruang konseling") == 2


def test_a_sample_suggests_the_score(world, audit, items, as_person):
    client = as_person(world.people["lead"])
    page = client.get(f"/assessments/{audit}/bases", query={"item": items[0]})
    page = (
        page.form("Simpan dasar nilai")
        .fill({"kind": "sample", "register": "40", "drawn": "10", "hits": "6"})
        .submit()
    )
    assert page.flashes == [
        "Dasar nilai tersimpan untuk 1 butir. Usulan nilai dari telusur berkas: 1."
    ]


@pytest.mark.parametrize(
    ("filled", "sentence"),
    [
        ({"kind": "sighted", "what": ""}, "Tulis apa yang dilihat."),
        ({"kind": "evidence"}, "Pilih bukti yang ditautkan."),
        ({"kind": "sample", "register": "5", "drawn": "9", "hits": "9"}, "tidak boleh melebihi"),
        ({"kind": "interviews"}, "paling sedikit satu kelompok"),
        ({"kind": "sighted", "what": "Dapur", "item": []}, "Pilih paling sedikit satu butir"),
    ],
)
def test_a_basis_that_is_none_says_why_and_keeps_what_was_typed(
    world, audit, items, as_person, filled, sentence
):
    client = as_person(world.people["lead"])
    page = client.get(f"/assessments/{audit}/bases", query={"item": items[0]})
    page = page.form("Simpan dasar nilai").fill(filled).submit(status=422)
    assert sentence in page.text
    form = page.form("Simpan dasar nilai")
    for name, value in filled.items():
        if isinstance(value, str) and value:
            assert form.value(name) == value


def test_an_item_that_is_not_asked_is_missing(world, audit, as_person):
    client = as_person(world.people["lead"])
    client.post(f"/assessments/{audit}/items/X-999", status=404)


@pytest.mark.parametrize("name", ["coach", "checker", "directorate"])
def test_those_who_only_read_see_no_controls(world, audit, items, as_person, name):
    world.say(audit, "lead", items[0], "facts", "Terlihat oleh pembaca")
    client = as_person(world.people[name])
    page = checklist(client, audit)
    assert "Terlihat oleh pembaca" in page.text
    assert 'type="radio"' not in page.html
    assert "<textarea" not in page.html
    assert "Yang mengisinya adalah tim" in page.text
    client.post(f"/assessments/{audit}/items/{items[0]}", {f"c.{items[0]}": "2"}, status=403)
    client.post(f"/assessments/{audit}/bases", {}, status=403)
    client.get(f"/assessments/{audit}/bases", status=403)


@pytest.mark.parametrize("name", ["stranger", "idle", "institution"])
def test_to_others_it_looks_missing(world, audit, items, as_person, name):
    client = as_person(world.people[name])
    client.get(f"/assessments/{audit}/checklist", status=404)
    client.post(f"/assessments/{audit}/items/{items[0]}", {}, status=404)
    client.get(f"/assessments/{audit}/bundle", status=404)
    assert (
        client.post_json(f"/assessments/{audit}/operations", {"operations": []}).status_code == 404
    )


def test_after_submission_the_page_is_read_only_and_shows_what_was_parked(
    world, audit, items, as_person
):
    client = as_person(world.people["lead"])
    stale = checklist(client, audit)
    freeze(world, audit)
    page = stale.form("Simpan").fill({f"f.{items[0]}": "Datang terlambat"}).submit()
    assert "sudah dikirim" in page.flashes[0]
    assert "Datang terlambat" in page.text
    assert 'type="radio"' not in page.html
    assert answer(world, audit, items[0]) is None


def freeze(world, audit):
    """As if it was submitted."""
    from assessor.access.actor import SYSTEM
    from assessor.assessments.events import AssessmentSubmitted
    from assessor.journal.work import write

    with write(world.session, SYSTEM, world.clock) as work:
        row = world.session.get_one(Row, audit)
        row.status = Status.submitted
        work.record(
            AssessmentSubmitted(
                subject=audit, auditee=row.auditee_id, kind=row.kind, content_hash="-"
            )
        )


def test_a_self_assessment_asks_in_the_auditees_words_and_says_how(world, as_person):
    own = world.open(Kind.self)
    page = checklist(as_person(world.people["institution"]), own)
    assert "Langkah untuk mencapainya" in page.text
    assert "dijalankan? (id)" in page.text
    page.form("Simpan")


def test_views_show_what_they_name(world, audit, items, as_person):
    world.say(audit, "lead", items[0], "choice", "2")
    client = as_person(world.people["lead"])

    def shown(**query) -> set[str]:
        page = checklist(client, audit, **query)
        return {
            each.get("id").removeprefix("item-")
            for each in page.tree.iter("article")
            if each.get("hidden") is None
        }

    assert shown() == set(items)
    assert shown(show="unanswered") == set(items) - {items[0]}
    assert shown(q=items[3].lower()) == {items[3]}
    assert shown(q="tidak ada yang begini") == set()
    asked = asked_items(world.checklist, world.session.get_one(Row, audit))
    critical = {name for name, item in asked.items() if item.critical != "no"}
    assert shown(show="critical") == critical
    order = [
        each.get("id") for each in checklist(client, audit, order="standard").tree.iter("article")
    ]
    assert order == [f"item-{item}" for item in items]


def test_an_expired_sign_in_keeps_what_was_typed(world, audit, items, as_person, clock):
    client = as_person(world.people["lead"])
    page = checklist(client, audit)
    form = page.form("Simpan").fill({f"f.{items[0]}": "Ditulis sebelum habis waktu"})
    clock.forward(hours=2)
    page = form.submit(status=401)
    assert "isian Anda tetap ada" in page.text
    page = (
        page.form("Masuk")
        .fill({"user_name": world.people["lead"].user_name, "password": "gerobak-pelangi-menari"})
        .submit()
    )
    assert "Ditulis sebelum habis waktu" in page.text
    page = page.form("Kirim lagi").submit()
    assert answer(world, audit, items[0]).facts == "Ditulis sebelum habis waktu"
    assert urlsplit(page.path).path == f"/assessments/{audit}/checklist"
