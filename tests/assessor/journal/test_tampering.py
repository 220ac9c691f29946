"""Whatever is altered behind the product's back is named with table, row and column."""

from __future__ import annotations

import json
from datetime import date, timedelta

import pytest
from sqlalchemy import (
    Boolean,
    Date,
    Enum,
    Integer,
    LargeBinary,
    delete,
    insert,
    null,
    select,
    text,
    update,
)

import assessor.tables  # noqa: F401
from assessor.access.actor import SYSTEM
from assessor.database.base import Document, Instant
from assessor.database.triggers import create_triggers
from assessor.journal import chain
from assessor.journal.capture import protected_tables
from assessor.journal.checkpoints import (
    checkpoint_document,
    make_checkpoint,
    read_checkpoint,
)
from assessor.journal.erasing import WordsErased, erase_words
from assessor.journal.models import JournalCheckpoint, JournalEntry, JournalHead, JournalText
from assessor.journal.verify import verify
from assessor.journal.work import write
from tests.assessor.journal.rows import RowMade, behind_the_back

ENTRY = JournalEntry.__table__
TEXT = JournalText.__table__
HEAD = JournalHead.__table__


def faults(session, **options) -> list[str]:
    found = [str(each) for each in verify(session, **options)]
    session.rollback()
    return found


def places(found: list[str]) -> set[str]:
    """Where faults are, without the one about the triggers that the tests take away."""
    return {each.partition(":")[0] for each in found} - {"database"}


def other(column, value):
    """Another value that the column could hold as well."""
    kind = column.type
    if isinstance(kind, Enum):
        return next((each for each in kind.enum_class if each != value), None)
    if isinstance(kind, Instant):
        return value + timedelta(seconds=1)
    if isinstance(kind, Date):
        return value + timedelta(days=1)
    if isinstance(kind, Boolean):
        return not value
    if isinstance(kind, Integer):
        return value + 1
    if isinstance(kind, LargeBinary):
        return value + b"!"
    if isinstance(kind, Document):
        return {"jumlah": 0} if isinstance(value, dict) else ["lain"]
    longest = getattr(kind, "length", None)
    if longest is not None and len(value) >= longest:
        return f"{value[:-1]}x"
    return f"{value}x"


def some(column):
    """A value for a column that held none."""
    kind = column.type
    if isinstance(kind, Date):
        return date(2026, 1, 1)
    return "x"


@pytest.mark.parametrize("name", sorted(protected_tables()))
def test_every_changed_column_of_every_protected_table_is_named(name, engine, session, known):
    assert faults(session) == []
    table = protected_tables()[name]
    keys = [column.name for column in table.primary_key]
    for column in table.columns:
        held = known[f"{name}.{column.name}"]
        row = [table.c[key] == known[f"{name}.{key}"] for key in keys]
        tries = [some(column)] if held is None else [other(column, held)]
        if column.nullable and held is not None:
            tries.append(null())
        for value in tries:
            if value is None:
                continue  # an enumeration of one value
            with behind_the_back(engine) as connection:
                changed = connection.execute(update(table).where(*row).values({column: value}))
                assert changed.rowcount == 1
            key = "/".join(str(known[f"{name}.{key}"]) for key in keys)
            found = places(faults(session))
            if column.name in keys:
                new = "/".join(
                    str(value if each == column.name else known[f"{name}.{each}"]) for each in keys
                )
                assert found == {f"{name}/{key}", f"{name}/{new}"}, (column, value)
            else:
                assert found == {f"{name}/{key}/{column.name}"}, (column, value)
            back = row if column.name not in keys else [table.c[column.name] == value]
            with behind_the_back(engine) as connection:
                connection.execute(update(table).where(*back).values({column: held}))
    assert places(faults(session)) == set()


@pytest.mark.parametrize("name", sorted(protected_tables()))
def test_a_removed_and_a_smuggled_row_of_every_protected_table_is_named(
    name, engine, session, known
):
    table = protected_tables()[name]
    keys = [column.name for column in table.primary_key]
    values = {column.name: known[f"{name}.{column.name}"] for column in table.columns}
    key = "/".join(str(values[each]) for each in keys)
    with behind_the_back(engine) as connection:
        connection.execute(delete(table))
    assert places(faults(session)) == {f"{name}/{key}"}
    with behind_the_back(engine) as connection:
        connection.execute(insert(table).values(values))
    assert places(faults(session)) == set()
    unique = {
        column.name
        for constraint in (*table.constraints, *table.indexes)
        if getattr(constraint, "unique", True) and type(constraint).__name__ != "CheckConstraint"
        if type(constraint).__name__ != "ForeignKeyConstraint"
        for column in constraint.columns
    }
    copy = {
        each: (f"{value}y" if isinstance(value, str) and each in unique else value)
        for each, value in values.items()
    }
    with behind_the_back(engine) as connection:
        connection.execute(insert(table).values(copy))
    smuggled = "/".join(str(copy[each]) for each in keys)
    assert places(faults(session)) == {f"{name}/{smuggled}"}


@pytest.mark.parametrize(
    ("column", "nonsense"),
    [
        ("person.time_zone", "WAKTU"),
        ("person.created_at", "kemarin"),
        ("position.valid_from", "2026-13-45"),
        ("auditee.tags", "[bukan json"),
        ("approval.fictitious", "7"),
        ("evidence.size", "besar"),
        ("person.name", b"\xff\xfe"),
    ],
)
def test_what_nobody_can_read_is_named_and_stops_nothing(column, nonsense, engine, session, known):
    if engine.dialect.name != "sqlite":
        nonsense = {"person.time_zone": "WAKTU", "auditee.tags": "[bukan json"}.get(column)
    if nonsense is None:
        return  # PostgreSQL itself refuses to hold this
    table, name = column.split(".")
    with behind_the_back(engine) as connection:
        connection.execute(text(f"UPDATE {table} SET {name} = :value"), {"value": nonsense})
    assert places(faults(session)) == {f"{table}/{known[f'{table}.id']}/{name}"}


def test_a_text_in_another_normal_form_is_the_same_text(session, clock):
    from assessor.auditees.models import Entity

    for name in ("Cafe\u0301", "Caf\u00e9"):
        with write(session, SYSTEM, clock) as work:
            session.add(Entity(name=name, legal_form="yayasan"))
            work.record(RowMade(subject="x"))
    assert faults(session) == []


# --- the chain ---


@pytest.mark.parametrize("column", [column.name for column in ENTRY.columns])
def test_every_changed_column_of_an_entry_is_named(column, engine, session, known, clock):
    with session.begin():
        entry = session.execute(select(ENTRY).where(ENTRY.c.seq == 3)).one()._asdict()
    held = entry[column]
    value = {
        "seq": 10_000,
        "at": clock() + timedelta(seconds=1),
        "body": (entry["body"] or "").replace("tests.row_made", "tests.row_mad3"),
        "previous": "ab" * 32,
        "hash": "cd" * 32,
    }.get(column, "orang-lain" if held is None else f"{held}x")
    with behind_the_back(engine) as connection:
        connection.execute(update(ENTRY).where(ENTRY.c.seq == 3).values({column: value}))
    found = places(faults(session))
    named = {"entry 3", "entry 10000", f"journal_entry/3/{column}"}
    assert found & named


@pytest.mark.parametrize(
    "body", ["", "bukan json", "[]", "{}", '{"seq": 3}', "null", '{"changes": [1]}']
)
@pytest.mark.parametrize("column", ["body", "previous", "hash"])
def test_nonsense_in_the_chain_is_named_and_stops_nothing(column, body, engine, session, known):
    seq = session.scalar(select(ENTRY.c.seq).where(ENTRY.c.subject_id == "entity"))
    session.rollback()
    with behind_the_back(engine) as connection:
        connection.execute(update(ENTRY).where(ENTRY.c.seq == seq).values({column: body}))
        connection.execute(text("UPDATE person SET language = 'xx'"))
    found = places(faults(session))
    assert f"entry {seq}" in found
    assert f"person/{known['person.id']}/language" in found


@pytest.mark.parametrize("seq", [1, 5])
def test_a_removed_entry_is_named_by_the_next_one(seq, engine, session, known):
    with behind_the_back(engine) as connection:
        connection.execute(delete(ENTRY).where(ENTRY.c.seq == seq))
    assert f"entry {seq + 1}" in places(faults(session))


def test_two_swapped_entries_are_named(engine, session, known):
    with behind_the_back(engine) as connection:
        for old, new in ((3, 1000), (4, 3), (1000, 4)):
            connection.execute(update(ENTRY).where(ENTRY.c.seq == old).values(seq=new))
    assert {"entry 3", "entry 4"} <= places(faults(session))


def test_a_head_that_says_something_else_or_is_gone_is_named(engine, session, known):
    for change in (
        update(HEAD).values(seq=1),
        update(HEAD).values(hash="0" * 64),
        update(HEAD).values(frontier="ff"),
        update(HEAD).values(frontier="bukan"),
        delete(HEAD),
    ):
        with engine.connect() as connection:
            row = connection.execute(select(HEAD)).one()._asdict()
        with behind_the_back(engine) as connection:
            connection.execute(change)
        assert places(faults(session)) == {"journal_head"}
        with behind_the_back(engine) as connection:
            connection.execute(delete(HEAD))
            connection.execute(insert(HEAD).values(row))
    assert places(faults(session)) == set()


# --- what only a signed checkpoint shows ---


def rehash(connection) -> None:
    """Make the chain fit its bodies again, head included, as somebody with time would."""
    previous, frontier, size = "0" * 64, (), 0
    for entry in connection.execute(select(ENTRY).order_by(ENTRY.c.seq)).all():
        found = chain.entry_hash(previous, entry.body.encode())
        connection.execute(
            update(ENTRY).where(ENTRY.c.seq == entry.seq).values(previous=previous, hash=found)
        )
        frontier = chain.advance(frontier, size, found)
        previous, size = found, size + 1
    connection.execute(
        update(HEAD).values(seq=size, hash=previous, frontier=chain.frontier_to_text(frontier))
    )


def rewrite(engine, name: str) -> None:
    """Change a row and its whole history so that they agree."""
    with behind_the_back(engine) as connection:
        connection.execute(text("UPDATE office SET name = :name"), {"name": name})
        for entry in connection.execute(select(ENTRY)).all():
            body = json.loads(entry.body)
            for change in body["changes"]:
                if change[0] == "office":
                    change[3]["name"] = name
            new = json.dumps(body, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
            connection.execute(update(ENTRY).where(ENTRY.c.seq == entry.seq).values(body=new))
        rehash(connection)


def test_a_rewritten_history_agrees_with_itself_but_not_with_a_checkpoint(
    engine, session, known, signer, clock
):
    checkpoint = make_checkpoint(session, signer, clock)
    seq, document = checkpoint.seq, checkpoint_document(checkpoint, signer.public)
    session.rollback()
    witness = read_checkpoint(document, trusted=signer.public)
    assert faults(session, witnesses=[witness], trusted=signer.public) == []
    rewrite(engine, "Kantor yang lain")
    assert places(faults(session)) == {f"checkpoint {seq}"}
    # and if the checkpoint kept here goes as well, the one that left the house still tells
    with behind_the_back(engine) as connection:
        connection.execute(text("DELETE FROM journal_checkpoint WHERE seq > 0"))
        connection.execute(text("UPDATE issued_report SET checkpoint_id = checkpoint_id"))
    found = places(faults(session))
    assert f"checkpoint {seq}" not in found
    assert f"witness {seq}" in places(faults(session, witnesses=[witness]))


def test_a_checkpoint_rewritten_to_fit_is_not_signed(engine, session, known, signer, clock):
    checkpoint = make_checkpoint(session, signer, clock)
    seq, key = checkpoint.seq, checkpoint.id
    session.rollback()
    rewrite(engine, "Kantor yang lain")
    with behind_the_back(engine) as connection:
        head = connection.execute(select(HEAD)).one()
        root = chain.merkle.root(chain.frontier_from_text(head.frontier)).hex()
        connection.execute(
            update(JournalCheckpoint.__table__)
            .where(JournalCheckpoint.__table__.c.id == key)
            .values(head=head.hash, root=root)
        )
    assert places(faults(session)) == set()  # without the key nobody can tell
    assert f"checkpoint {seq}" in places(faults(session, trusted=signer.public))


def test_a_cut_tail_agrees_with_itself_but_not_with_a_checkpoint(
    engine, session, clock, signer, known
):
    with write(session, SYSTEM, clock) as work:
        seq = work.record(RowMade(subject="later"))
    make_checkpoint(session, signer, clock)
    session.rollback()
    with behind_the_back(engine) as connection:
        connection.execute(delete(ENTRY).where(ENTRY.c.seq == seq))
        rehash(connection)
    assert places(faults(session)) == {f"checkpoint {seq}"}


# --- words ---


@pytest.mark.parametrize("column", ["words", "salt", "digest", "seq"])
def test_swapped_words_are_named(column, engine, session, known):
    value = {"words": "kata lain", "salt": "ab" * 16, "digest": "cd" * 32, "seq": 2}[column]
    with engine.connect() as connection:
        row = connection.execute(select(TEXT).where(TEXT.c.seq == 5)).first()
    assert row is not None
    with behind_the_back(engine) as connection:
        connection.execute(
            update(TEXT).where(TEXT.c.seq == 5, TEXT.c.digest == row.digest).values({column: value})
        )
    assert any(each.startswith("journal_text/") for each in places(faults(session)))


def test_words_that_vanish_without_an_entry_are_named(engine, session, known):
    with behind_the_back(engine) as connection:
        connection.execute(delete(TEXT).where(TEXT.c.seq == 5))
        connection.execute(text("UPDATE person SET name = 'orang lain'"))
    assert any(each.startswith("journal_text/5/") for each in places(faults(session)))


def test_words_that_nobody_wrote_are_named(engine, session, known):
    with behind_the_back(engine) as connection:
        salt = "ab" * 16
        from assessor.journal.capture import digest

        row = {"seq": 5, "digest": digest(salt, "x"), "salt": salt, "words": "x"}
        connection.execute(insert(TEXT).values(row))
    assert len(places(faults(session))) == 1


def test_lawfully_erased_words_are_accepted(session, clock, known):
    from assessor.accounts.models import Person

    person = session.get_one(Person, known["person.id"])
    session.rollback()
    seq = session.scalar(
        select(JournalEntry.seq)
        .where(JournalEntry.act == RowMade.act, JournalEntry.subject_id == "person")
        .order_by(JournalEntry.seq.desc())
    )
    with write(session, SYSTEM, clock) as work:
        person.name, person.user_name, person.password_hash = "", "hapus-1", ""
        person.mail = person.phone = None
        work.record(RowMade(subject=person.id))
        assert erase_words(work, seq, why="permintaan pemilik data") == 5  # four, and a reason
        assert erase_words(work, seq) == 0
    session.rollback()
    assert session.scalars(select(TEXT.c.words).where(TEXT.c.seq == seq)).all() == []
    last = session.scalars(select(JournalEntry).order_by(JournalEntry.seq.desc())).first()
    assert (last.act, last.subject_id) == (WordsErased.act, str(seq))
    assert faults(session) == []


def test_erased_words_that_still_stand_in_a_row_or_come_back_are_named(
    engine, session, clock, known
):
    entry = session.execute(
        select(TEXT, ENTRY.c.subject_id)
        .join(ENTRY, ENTRY.c.seq == TEXT.c.seq)
        .where(ENTRY.c.subject_id == "person")
    ).all()
    session.rollback()
    with write(session, SYSTEM, clock) as work:
        erase_words(work, entry[0].seq)
    person = f"person/{known['person.id']}"
    assert places(faults(session)) == {
        f"{person}/name",
        f"{person}/user_name",
        f"{person}/mail",
        f"{person}/phone",
    }
    with behind_the_back(engine) as connection:
        for row in entry:
            values = {name: getattr(row, name) for name in ("seq", "digest", "salt", "words")}
            connection.execute(insert(TEXT).values(values))
    found = places(faults(session))
    assert len(found) == len(entry)
    assert all(each.startswith("journal_text/") for each in found)


# --- the protections themselves ---


def test_missing_altered_and_sleeping_triggers_are_named(engine, session, known):
    assert faults(session) == []
    with behind_the_back(engine) as connection:
        if engine.dialect.name == "postgresql":
            connection.execute(text("ALTER TABLE journal_entry DISABLE TRIGGER keep_journal_entry"))
    assert [each.partition(":")[0] for each in faults(session)] == ["database"]
    with engine.begin() as connection:
        create_triggers(connection)
    if engine.dialect.name == "postgresql":
        with engine.begin() as connection:
            connection.execute(
                text(
                    "CREATE OR REPLACE FUNCTION assessor_refuse() RETURNS trigger "
                    "LANGUAGE plpgsql AS $$ BEGIN RETURN NEW; END $$"
                )
            )
        assert [each.partition(":")[0] for each in faults(session)] == ["database"]
