"""A draft is changed by several, loses nothing, and is approved by somebody who wrote none of it."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import select, text

from assessor.access.actor import SYSTEM, Role
from assessor.assessments.models import Kind
from assessor.instruments import draft_reading
from assessor.instruments.draft_ending import (
    Decree,
    approve_draft,
    fingerprint_of,
    propose_draft,
    publish_draft,
    return_draft,
    withdraw_draft,
)
from assessor.instruments.draft_models import Draft, DraftStatus
from assessor.instruments.draft_reading import read_draft
from assessor.instruments.drafting import (
    Change,
    NotReadable,
    PartChanged,
    add_item,
    move_item,
    next_edition,
    proposed_id,
    restore_item,
    retire_item,
    save_parts,
    start_draft,
    start_from_edition,
    start_from_material,
)
from assessor.instruments.models import Approval, Edition
from assessor.instruments.queries import superseded_by, usable_checklists
from assessor.instruments.services import publish
from assessor.journal.models import JournalEntry
from assessor.sentences import NotPermitted, Refused, Stale
from checklists.checking import based_part, item_part, requirement_part
from checklists.drafted import order_part, part_of
from checklists.formats.yaml_files import checklist_files, standard_files
from checklists.library import Library
from checklists.material import material_of
from checklists.model import AuditeeKind
from tests import audits
from tests.assessor.journal.rows import behind_the_back
from tests.builders import actor_for, make_person
from tests.checklists.based_fixture import make_based


class House:
    """A directorate of three, and the generated instrument, published."""

    def __init__(self, session, clock) -> None:
        self.session, self.clock = session, clock
        self.checklist = audits.publish_instrument(session, clock)
        self.people = [
            make_person(session, clock, name=f"Direktorat {at}", role=Role.directorate)
            for at in range(3)
        ]
        self.author, self.other, self.approver = (
            actor_for(session, clock, each) for each in self.people
        )

    def start(self) -> str:
        return start_from_edition(
            self.session, self.author, self.clock, fingerprint=self.checklist.fingerprint
        ).id

    def read(self, draft_id: str):
        self.session.rollback()
        return read_draft(self.session, self.session.get_one(Draft, draft_id))

    def change(self, draft_id: str, part: str, *, actor=None, seen=None, **fields) -> int:
        drafted = self.read(draft_id)
        content = {**part_of(drafted.material, part), **fields}
        version = drafted.version(part) if seen is None else seen
        return save_parts(
            self.session,
            actor or self.author,
            self.clock,
            draft_id=draft_id,
            changes={part: Change(content, version)},
        )

    def propose(self, draft_id: str) -> None:
        revision = self.read(draft_id).draft.revision
        propose_draft(self.session, self.author, self.clock, draft_id=draft_id, revision=revision)

    def approve(
        self, draft_id: str, *, actor=None, days: int = 0, fingerprint=None, number="KEP/7/XI/2026"
    ) -> None:
        checked = self.read(draft_id).checked
        today = self.clock().date()
        approve_draft(
            self.session,
            actor or self.approver,
            self.clock,
            draft_id=draft_id,
            decree=Decree(
                number=number,
                signed_on=today,
                effective_on=today + timedelta(days=days),
            ),
            fingerprint=fingerprint or checked.checklist.fingerprint,
            today=today,
        )

    def publish(self, draft_id: str) -> str:
        return publish_draft(
            self.session, self.approver, self.clock, draft_id=draft_id, fictitious=False
        )

    def published(self, *, days: int = 0) -> str:
        self.clock.forward(minutes=1)
        draft_id = self.start()
        self.change(draft_id, item_part(FIRST), weight=9)
        self.propose(draft_id)
        self.approve(draft_id, days=days)
        return self.publish(draft_id)

    def acts(self) -> list[str]:
        self.session.rollback()
        return list(self.session.scalars(select(JournalEntry.act).order_by(JournalEntry.seq)))


FIRST = audits.instrument(24).items[0].id
SECOND = audits.instrument(24).items[1].id


@pytest.fixture
def house(session, clock):
    return House(session, clock)


def usable(house: House, days: int = 0) -> str:
    on = house.clock().date() + timedelta(days=days)
    (found,) = usable_checklists(house.session, AuditeeKind.site, Kind.evaluation, on)
    return found.fingerprint


# ---- beginning ----


def test_a_draft_begins_as_the_edition_under_the_next_name(house) -> None:
    drafted = house.read(house.start())
    assert drafted.draft.edition != house.checklist.edition
    assert drafted.checked.troubles == ()
    assert drafted.checked.checklist.items == house.checklist.items


def test_the_next_edition_is_the_next_number_that_is_free() -> None:
    assert next_edition("2026.1", {"2026.1"}) == "2026.2"
    assert next_edition("2026.9", {"2026.10"}) == "2026.11"
    assert next_edition("awal", set()) == "awal.2"


def test_an_instrument_has_one_draft_at_a_time(house) -> None:
    draft_id = house.start()
    with pytest.raises(Refused, match="sudah ada"):
        house.start()
    withdraw_draft(
        house.session, house.author, house.clock, draft_id=draft_id, reason="Salah mulai"
    )
    house.start()


def test_texts_become_a_draft_that_may_still_have_problems(house) -> None:
    files = dict(checklist_files(house.checklist))
    files["checklist.yaml"] = files["checklist.yaml"].replace("instrumen-uji", "instrumen-lain")
    files["checklist.yaml"] = files["checklist.yaml"].replace("kinds:", "kindz:")
    started = start_draft(
        house.session,
        house.author,
        house.clock,
        standard=standard_files(house.checklist.standard),
        checklist=files,
    )
    troubles = house.read(started.id).checked.troubles
    assert "checklist" in {each.part for each in troubles}
    with pytest.raises(NotReadable, match="berkas tidak ada"):
        start_draft(
            house.session, house.author, house.clock, standard={"standard.yaml": ""}, checklist={}
        )


def test_an_import_names_no_client(house) -> None:
    material = material_of(house.checklist)
    first, *others = material.items
    named = {**first, "note": {"id": "Tanya 0812-3456-7890", "en": "Ask"}}
    with pytest.raises(Refused, match=FIRST):
        start_from_material(
            house.session,
            house.author,
            house.clock,
            material=replace(material, items=(named, *others)),
        )
    assert house.acts().count("instruments.draft_started") == 0


def test_an_import_does_not_take_the_place_of_a_published_edition(house) -> None:
    started = start_draft(
        house.session,
        house.author,
        house.clock,
        standard=standard_files(house.checklist.standard),
        checklist=checklist_files(house.checklist),
    )
    troubles = house.read(started.id).checked.troubles
    assert {(each.part, each.path) for each in troubles} == {
        ("checklist", "edition"),
        ("standard", "edition"),
    }


@pytest.mark.parametrize("role", [Role.coach, Role.assessor, Role.observer, Role.administrator])
def test_only_the_directorate_drafts(house, role) -> None:
    person = make_person(house.session, house.clock, role=role)
    actor = actor_for(house.session, house.clock, person)
    with pytest.raises(NotPermitted):
        start_from_edition(
            house.session, actor, house.clock, fingerprint=house.checklist.fingerprint
        )


# ---- changing ----


def test_a_change_is_kept_and_told_in_the_journal_once(house) -> None:
    draft_id = house.start()
    before = len(house.acts())
    assert house.change(draft_id, item_part(FIRST), weight=4) == 1
    assert house.change(draft_id, item_part(FIRST), weight=4) == 0
    assert house.acts()[before:] == ["instruments.draft_edited"]
    assert house.read(draft_id).checked.checklist.item(FIRST).weight == 4


def test_a_stale_page_writes_nothing_over(house) -> None:
    draft_id = house.start()
    house.change(draft_id, item_part(FIRST), actor=house.other, weight=4)
    with pytest.raises(PartChanged):
        house.change(draft_id, item_part(FIRST), seen=0, weight=8)
    house.change(draft_id, item_part(SECOND), seen=0, weight=8)
    checklist = house.read(draft_id).checked.checklist
    assert (checklist.item(FIRST).weight, checklist.item(SECOND).weight) == (4, 8)


def test_what_is_wrong_is_kept_and_named(house) -> None:
    draft_id = house.start()
    empty = {"id": "", "en": "Words"}
    house.change(draft_id, requirement_part(FIRST), text=empty)
    drafted = house.read(draft_id)
    (trouble,) = drafted.checked.troubles
    assert (trouble.part, trouble.path) == (requirement_part(FIRST), "text/id")
    assert part_of(drafted.material, requirement_part(FIRST))["text"] == empty
    with pytest.raises(Refused, match="1 masalah"):
        house.propose(draft_id)


def test_a_number_like_a_person_is_refused(house) -> None:
    draft_id = house.start()
    with pytest.raises(Refused, match="NIK"):
        house.change(draft_id, requirement_part(FIRST), how={"id": "3404071203850001", "en": "x"})


@pytest.mark.parametrize("part", ["item:tiada", "words:lain:A-1", "order:A", "rumah", ""])
def test_only_parts_that_there_are_can_be_changed(house, part) -> None:
    draft_id = house.start()
    with pytest.raises(Refused):
        save_parts(
            house.session,
            house.author,
            house.clock,
            draft_id=draft_id,
            changes={part: Change({"item": "x"}, 0)},
        )


def test_an_id_is_never_used_twice(house) -> None:
    draft_id = house.start()
    section = house.checklist.items[0].section.id
    retire_item(house.session, house.author, house.clock, draft_id=draft_id, item=FIRST, seen=0)
    with pytest.raises(Refused, match="sudah pernah dipakai"):
        add_item(
            house.session,
            house.author,
            house.clock,
            draft_id=draft_id,
            section=section,
            item=FIRST,
        )
    new = proposed_id(house.session, house.read(draft_id), section)
    add_item(house.session, house.author, house.clock, draft_id=draft_id, section=section, item=new)
    drafted = house.read(draft_id)
    assert part_of(drafted.material, item_part(new)) is not None
    assert {each.part for each in drafted.checked.troubles} == {requirement_part(new)}


def test_an_id_of_an_earlier_edition_stays_taken(house) -> None:
    draft_id = house.start()
    retire_item(house.session, house.author, house.clock, draft_id=draft_id, item=FIRST, seen=0)
    house.propose(draft_id)
    house.approve(draft_id)
    fingerprint = house.publish(draft_id)
    later = start_from_edition(house.session, house.author, house.clock, fingerprint=fingerprint)
    section = house.checklist.items[0].section.id
    with pytest.raises(Refused, match="sudah pernah dipakai"):
        add_item(
            house.session,
            house.author,
            house.clock,
            draft_id=later.id,
            section=section,
            item=FIRST,
        )


def test_a_retired_item_comes_back_as_it_was(house) -> None:
    draft_id = house.start()
    house.change(draft_id, item_part(FIRST), weight=6)
    retire_item(house.session, house.author, house.clock, draft_id=draft_id, item=FIRST, seen=1)
    assert not house.read(draft_id).checked.checklist.has_item(FIRST)
    restore_item(house.session, house.author, house.clock, draft_id=draft_id, item=FIRST)
    assert house.read(draft_id).checked.checklist.item(FIRST).weight == 6


def test_items_change_places_within_their_section(house) -> None:
    draft_id = house.start()
    section = house.checklist.items[0].section.id
    move_item(house.session, house.author, house.clock, draft_id=draft_id, item=FIRST, by=1, seen=0)
    drafted = house.read(draft_id)
    assert [each.id for each in drafted.checked.checklist.items[:2]] == [SECOND, FIRST]
    assert drafted.version(order_part(section)) == 1
    with pytest.raises(PartChanged):
        move_item(
            house.session, house.other, house.clock, draft_id=draft_id, item=FIRST, by=-1, seen=0
        )


def test_an_edition_gets_another_name_and_not_one_that_is_taken(house) -> None:
    draft_id = house.start()
    seen = house.read(draft_id).draft.edition

    def rename(edition: str, seen: str) -> None:
        save_parts(
            house.session,
            house.author,
            house.clock,
            draft_id=draft_id,
            changes={},
            edition=Change(edition, seen),
        )

    rename("2027", seen)
    assert house.read(draft_id).checked.checklist.edition == "2027"
    with pytest.raises(PartChanged):
        rename("2028", seen)
    with pytest.raises(Refused, match="huruf, angka"):
        rename("20 27", "2027")
    rename(house.checklist.edition, "2027")
    (trouble,) = house.read(draft_id).checked.troubles
    assert trouble.path == "edition"


# ---- ending ----


def test_a_draft_without_a_change_is_not_proposed(house) -> None:
    draft_id = house.start()
    with pytest.raises(Refused, match="Belum ada yang diubah"):
        house.propose(draft_id)


def test_a_proposed_draft_stands_still_until_it_is_returned(house) -> None:
    draft_id = house.start()
    house.change(draft_id, item_part(FIRST), weight=9)
    house.propose(draft_id)
    with pytest.raises(Refused, match="sedang tidak disunting"):
        house.change(draft_id, item_part(FIRST), weight=3)
    return_draft(
        house.session, house.approver, house.clock, draft_id=draft_id, reason="Bobot terlalu besar"
    )
    assert house.read(draft_id).draft.reason == "Bobot terlalu besar"
    house.change(draft_id, item_part(FIRST), weight=3)


def test_neither_who_began_nor_who_changed_it_approves(house) -> None:
    draft_id = house.start()
    house.change(draft_id, item_part(FIRST), actor=house.other, weight=9)
    house.propose(draft_id)
    for actor in (house.author, house.other):
        with pytest.raises(NotPermitted, match="orang lain"):
            house.approve(draft_id, actor=actor)
    house.approve(draft_id)
    assert house.read(draft_id).draft.status is DraftStatus.approved


def test_what_is_approved_is_what_was_read(house) -> None:
    draft_id = house.start()
    house.change(draft_id, item_part(FIRST), weight=9)
    house.propose(draft_id)
    with pytest.raises(Stale):
        house.approve(draft_id, fingerprint=house.checklist.fingerprint)


def test_words_of_a_checklist_based_on_it_are_approved_as_they_were_read(house) -> None:
    full = house.checklist
    based = make_based(full=full)
    library = Library(standards={}, checklists={full.id: full, based.id: based})
    publish(house.session, SYSTEM, house.clock, library=library)
    draft_id = house.start()
    house.change(draft_id, item_part(FIRST), weight=9)
    house.propose(draft_id)
    read = fingerprint_of(house.read(draft_id).checked)
    return_draft(
        house.session, house.author, house.clock, draft_id=draft_id, reason="Kurang satu kata."
    )
    house.change(draft_id, based_part(based.id), title={"id": "Judul lain", "en": "Another title"})
    house.propose(draft_id)
    with pytest.raises(Stale):
        house.approve(draft_id, fingerprint=read)
    house.approve(draft_id, fingerprint=fingerprint_of(house.read(draft_id).checked))
    assert house.publish(draft_id) == house.read(draft_id).draft.fingerprint


@pytest.mark.parametrize("number", ["KEP 3273010101900001", "untuk 0812-3456-7890"])
def test_the_number_of_a_decree_names_no_client(house, number) -> None:
    draft_id = house.start()
    house.change(draft_id, item_part(FIRST), weight=9)
    house.propose(draft_id)
    with pytest.raises(Refused, match="Hapus"):
        house.approve(draft_id, number=number)


def test_a_decree_is_neither_made_up_nor_from_tomorrow(house) -> None:
    draft_id = house.start()
    house.change(draft_id, item_part(FIRST), weight=9)
    house.propose(draft_id)
    today = house.clock().date()
    fingerprint = house.read(draft_id).checked.checklist.fingerprint
    for number, signed, effective in (
        (" ", today, today),
        ("KEP/1", today + timedelta(days=1), today + timedelta(days=2)),
        ("KEP/1", today, today - timedelta(days=1)),
    ):
        with pytest.raises(Refused):
            approve_draft(
                house.session,
                house.approver,
                house.clock,
                draft_id=draft_id,
                decree=Decree(number=number, signed_on=signed, effective_on=effective),
                fingerprint=fingerprint,
                today=today,
            )


def test_a_published_edition_is_used_from_its_day_on(house) -> None:
    new = house.published(days=3)
    assert usable(house, days=2) == house.checklist.fingerprint
    assert usable(house, days=3) == new
    day = house.clock().date()
    assert superseded_by(house.session, house.checklist.fingerprint, day) is None
    later = day + timedelta(days=3)
    assert superseded_by(house.session, house.checklist.fingerprint, later) == new
    edition = house.session.get_one(Edition, new)
    approval = house.session.scalars(select(Approval).where(Approval.fingerprint == new)).one()
    assert edition.usable_from == approval.effective_on
    assert (approval.decree, approval.decree_on) == ("KEP/7/XI/2026", day)
    assert approval.approved_by == house.people[2].name


def test_nothing_is_published_that_was_not_approved(house) -> None:
    draft_id = house.start()
    house.change(draft_id, item_part(FIRST), weight=9)
    with pytest.raises(Refused, match="belum disahkan"):
        house.publish(draft_id)
    house.propose(draft_id)
    house.approve(draft_id)
    house.publish(draft_id)
    with pytest.raises(Refused):
        house.publish(draft_id)
    with pytest.raises(Refused):
        withdraw_draft(
            house.session, house.author, house.clock, draft_id=draft_id, reason="Terlambat"
        )


def test_an_approved_draft_that_was_altered_behind_is_not_published(house, engine) -> None:
    draft_id = house.start()
    house.change(draft_id, item_part(FIRST), weight=9)
    house.propose(draft_id)
    house.approve(draft_id)
    house.session.rollback()
    with behind_the_back(engine) as connection:
        connection.execute(
            text("UPDATE draft_part SET content = replace(content, :old, :new)"),
            {"old": '"weight":9', "new": '"weight":10'},
        )
    draft_reading._checks.clear()
    with pytest.raises(Stale):
        house.publish(draft_id)
    assert usable(house) == house.checklist.fingerprint
