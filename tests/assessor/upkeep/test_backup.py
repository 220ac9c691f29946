"""Put away while people write, everything gone, brought back, proved; and every damage is named."""

from __future__ import annotations

import io
import shutil
import stat
import tarfile
import threading

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from assessor.database.triggers import check_triggers
from assessor.evidence.models import Evidence
from assessor.journal.checkpoints import (
    WrongCheckpoint,
    checkpoint_document,
    load_signer,
    make_checkpoint,
)
from assessor.journal.models import JournalHead
from assessor.journal.verify import verify
from assessor.upkeep import backup as backing
from assessor.upkeep import tables
from assessor.upkeep.archive import BrokenBackup, open_archive
from assessor.upkeep.backup import make_backup
from assessor.upkeep.restore import NotEmpty, restore
from evidence_store.store import LocalStore
from tests.assessor.journal.rows import behind_the_back
from tests.assessor.upkeep.conftest import now


def bring_back(file, folder, fresh_database, engine, **options):
    """Restore into the folder, and into an empty database where there is one to be filled."""
    database = fresh_database() if engine.dialect.name == "postgresql" else None
    return restore(file, into=folder, database=database, **options), database


def opened(done, database):
    from sqlalchemy import create_engine

    from assessor.database.engine import prepare_engine

    if database is not None:
        return database
    engine = create_engine(f"sqlite:///{done.place / 'assessor.db'}")
    prepare_engine(engine)
    return engine


def digests(engine) -> set[str]:
    with Session(engine) as session:
        return set(session.scalars(select(Evidence.digest)))


def test_the_drill_put_away_under_writing_wipe_restore_verify(
    installation, fresh_database, engine, tmp_path
):
    before = digests(installation.engine)
    acknowledged: list[str] = []
    errors: list[BaseException] = []
    stop = threading.Event()

    def write_on() -> None:
        try:
            while not stop.is_set():
                acknowledged.append(installation.hand_in())
        except BaseException as error:
            errors.append(error)

    writers = [threading.Thread(target=write_on) for _ in range(2)]
    for writer in writers:
        writer.start()
    try:
        while len(acknowledged) < 5:
            stop.wait(0.01)
        sure = set(acknowledged)
        file, made = installation.back_up()
    finally:
        stop.set()
        for writer in writers:
            writer.join()
    assert errors == []
    assert made.lost == ()
    outside = tmp_path / "titik.json"
    with open_archive(file) as reader:
        outside.write_bytes(reader.read("checkpoint.json"))

    installation.engine.dispose()
    shutil.rmtree(tmp_path / "evidence")
    done, database = bring_back(
        file, tmp_path / "baru", fresh_database, engine, witnesses=[outside.read_bytes()]
    )
    assert done.faults == ()
    assert done.place == tmp_path / "baru"
    again = opened(done, database)
    kept = digests(again)
    assert before | sure <= kept <= before | set(acknowledged)
    store = LocalStore(done.place / "evidence")
    assert all(store.verify(digest) for digest in kept - {installation.known["evidence.digest"]})
    assert done.files == len(set(store.digests()))
    with Session(again) as session:
        assert list(verify(session)) == []
        assert session.scalars(select(JournalHead.seq)).one() == made.manifest.seq
        check_triggers(session.connection())
    again.dispose()


def test_what_came_back_can_be_worked_on_and_put_away_again(
    installation, fresh_database, engine, tmp_path
):
    file, _ = installation.back_up()
    done, database = bring_back(file, tmp_path / "baru", fresh_database, engine)
    installation.engine.dispose()
    installation.engine = opened(done, database)
    installation.store = LocalStore(done.place / "evidence")
    digest = installation.hand_in()
    second, made = installation.back_up("kedua.tar")
    assert made.lost == ()
    again, database = bring_back(second, tmp_path / "lagi", fresh_database, engine)
    assert again.faults == ()
    other = opened(again, database)
    assert digest in digests(other)
    other.dispose()
    installation.engine.dispose()


def test_a_backup_is_closed_to_others_and_never_written_over(installation):
    file, _ = installation.back_up()
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    data = file.read_bytes()
    with pytest.raises(FileExistsError):
        installation.back_up()
    assert file.read_bytes() == data
    assert not [each.name for each in file.parent.iterdir() if each.name.startswith(".")]


def test_a_backup_that_fails_leaves_no_file(installation, monkeypatch):
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(backing, "_put_evidence", full)
    with pytest.raises(OSError, match="space"):
        installation.back_up()
    left = {each.name for each in installation.folder.iterdir()}
    assert not {each for each in left if "cadangan" in each or each.startswith(".")}


def test_the_key_is_not_in_the_backup(installation):
    file, _ = installation.back_up()
    assert b"PRIVATE KEY" not in file.read_bytes()


def test_writers_that_never_rest_are_held_up_at_last(installation, monkeypatch):
    """The copy in portions begins anew with each write; it must come to an end all the same."""
    if installation.engine.dialect.name != "sqlite":
        return
    monkeypatch.setattr(tables, "PAGES", 2)
    stop = threading.Event()

    def write_on() -> None:
        while not stop.is_set():
            installation.hand_in()

    writer = threading.Thread(target=write_on)
    writer.start()
    try:
        _, made = installation.back_up()
    finally:
        stop.set()
        writer.join()
    assert made.lost == ()


def test_files_that_were_lost_before_are_named_and_the_rest_is_put_away(
    installation, fresh_database, engine, tmp_path
):
    gone, altered = installation.hand_in(), installation.hand_in()
    installation.store.path(gone).unlink()
    path = installation.store.path(altered)
    path.chmod(0o600)
    path.write_bytes(b"lain")
    file, made = installation.back_up()
    assert set(made.lost) == {gone, altered}
    done, database = bring_back(file, tmp_path / "baru", fresh_database, engine)
    assert set(done.faults) == {f"evidence/{each}: missing" for each in (gone, altered)}
    assert done.place == tmp_path / "baru-tidak-utuh"
    assert not (tmp_path / "baru").exists()
    if database is not None:
        database.dispose()


# --- damage ---


def members(file) -> list[tarfile.TarInfo]:
    with tarfile.open(file) as tar:
        return tar.getmembers()


def refused(file, tmp_path) -> tuple[str, ...]:
    with pytest.raises(BrokenBackup) as broken:
        restore(file, into=tmp_path / "baru")
    assert not (tmp_path / "baru").exists()
    assert not [each.name for each in tmp_path.iterdir() if each.name.startswith(".")]
    return broken.value.faults


def test_a_flipped_byte_in_any_part_is_named(installation, tmp_path):
    file, _ = installation.back_up()
    data = file.read_bytes()
    for member in members(file):
        for at in {0, member.size // 2, member.size - 1}:
            damaged = bytearray(data)
            damaged[member.offset_data + at] ^= 1
            file.write_bytes(damaged)
            faults = refused(file, tmp_path)
            named = {each.partition(":")[0] for each in faults}
            signed = {"manifest.json", "signature.json"}
            assert named == ({"manifest.json"} if member.name in signed else {member.name})


def test_a_flipped_byte_in_any_head_is_refused(installation, tmp_path):
    file, _ = installation.back_up()
    data = file.read_bytes()
    for member in members(file):
        for at in (0, 100, 124, 148, 156):  # name, mode, size, checksum, kind
            damaged = bytearray(data)
            damaged[member.offset + at] ^= 1
            file.write_bytes(damaged)
            assert refused(file, tmp_path)


def repack(file, change) -> None:
    """The archive with its members changed by `change(name, data) → list of (name, data)`."""
    with tarfile.open(file) as tar:
        held = [(each.name, tar.extractfile(each).read()) for each in tar.getmembers()]
    with tarfile.open(file, "w") as tar:
        for name, data in held:
            for new_name, new_data in change(name, data):
                head = tarfile.TarInfo(new_name)
                head.size = len(new_data)
                tar.addfile(head, io.BytesIO(new_data))


def test_a_missing_a_doubled_and_a_smuggled_part_are_named(installation, tmp_path):
    file, _ = installation.back_up()
    whole = file.read_bytes()
    names = [each.name for each in members(file)][:-2]
    for name in names:
        file.write_bytes(whole)
        repack(file, lambda each, data, name=name: [] if each == name else [(each, data)])
        assert refused(file, tmp_path) == (f"{name}: tidak ada",)
        file.write_bytes(whole)
        repack(file, lambda each, data, name=name: [(each, data)] * (2 if each == name else 1))
        assert refused(file, tmp_path) == (f"{name}: tidak termasuk cadangan ini",)
    for evil in ("../../etc/passwd", "/etc/passwd", "evidence/" + "0" * 64):
        file.write_bytes(whole)
        repack(
            file,
            lambda each, data, evil=evil: (
                [(evil, b"x"), (each, data)] if each == names[-1] else [(each, data)]
            ),
        )
        assert refused(file, tmp_path) == (f"{evil}: tidak termasuk cadangan ini",)


@pytest.mark.parametrize("share", [0, 1, 30, 60, 90, 99])
def test_a_file_that_was_cut_off_is_refused(share, installation, tmp_path):
    file, _ = installation.back_up()
    last = members(file)[-1]
    end = last.offset_data + last.size  # behind it there are only zeros
    file.write_bytes(file.read_bytes()[: end * share // 100])
    assert refused(file, tmp_path)


def test_a_backup_written_anew_by_somebody_without_the_key_is_refused(installation, tmp_path):
    other = load_signer(tmp_path / "lain.key", create=True)
    file, _ = installation.back_up()
    with open_archive(file) as reader:
        ours = reader.read("checkpoint.json")
    forged = tmp_path / "palsu.tar"
    make_backup(
        installation.engine, store=installation.store, signer=other, clock=now, target=forged
    )
    if installation.engine.dialect.name == "postgresql":
        return  # the same reading, and an empty database would be needed for nothing
    with pytest.raises(WrongCheckpoint):
        restore(forged, into=tmp_path / "baru", witnesses=[ours])
    assert not (tmp_path / "baru").exists()


def test_a_checkpoint_of_another_installation_or_of_later_is_told(
    installation, fresh_database, engine, tmp_path
):
    file, _ = installation.back_up()
    other = load_signer(tmp_path / "lain.key", create=True)
    with Session(installation.engine) as session:
        stranger = checkpoint_document(make_checkpoint(session, other, now), other.public)
    with pytest.raises(WrongCheckpoint):
        restore(file, into=tmp_path / "baru", witnesses=[stranger])
    with pytest.raises(WrongCheckpoint):
        restore(file, into=tmp_path / "baru", witnesses=[b"bukan titik periksa"])
    installation.hand_in()
    with Session(installation.engine) as session:
        later = checkpoint_document(
            make_checkpoint(session, installation.signer, now), installation.signer.public
        )
    done, database = bring_back(file, tmp_path / "baru", fresh_database, engine, witnesses=[later])
    assert any("entries were cut off" in each for each in done.faults)
    assert done.place.name == "baru-tidak-utuh"
    if database is not None:
        database.dispose()


def test_a_database_altered_before_the_backup_comes_back_with_its_fault_named(
    installation, fresh_database, engine, tmp_path
):
    with behind_the_back(installation.engine) as connection:
        connection.exec_driver_sql("UPDATE office SET name = 'lain'")
    file, _ = installation.back_up()
    done, database = bring_back(file, tmp_path / "baru", fresh_database, engine)
    assert f"office/{installation.known['office.id']}/name: is not what the journal says" in (
        done.faults
    )
    if database is not None:
        database.dispose()


def test_nothing_is_brought_into_a_place_that_holds_something(installation, tmp_path):
    file, _ = installation.back_up()
    full = tmp_path / "penuh"
    full.mkdir()
    (full / "milik orang").write_text("jangan disentuh")
    with pytest.raises(NotEmpty):
        restore(file, into=full)
    assert [each.name for each in full.iterdir()] == ["milik orang"]
    with pytest.raises(NotEmpty):
        restore(file, into=full / "milik orang")
    if installation.engine.dialect.name == "postgresql":
        with pytest.raises(NotEmpty):
            restore(file, into=tmp_path / "baru", database=installation.engine)
        with pytest.raises(NotEmpty):
            restore(file, into=tmp_path / "baru")


def test_an_empty_folder_is_as_good_as_none(installation, fresh_database, engine, tmp_path):
    file, _ = installation.back_up()
    (tmp_path / "baru").mkdir()
    done, database = bring_back(file, tmp_path / "baru", fresh_database, engine)
    assert (done.faults, done.place) == ((), tmp_path / "baru")
    if database is not None:
        database.dispose()


def test_a_long_reading_holds_no_writer_up(installation):
    with tables.standing_still(installation.engine) as session:
        before = session.scalars(select(JournalHead.seq)).one()
        session.scalars(select(Evidence.id)).all()  # a reading that goes on
        installation.hand_in()
        assert session.scalars(select(JournalHead.seq)).one() in {before, before + 1}
        assert list(verify(session)) == []
    left = {each.name for each in installation.folder.iterdir() if each.name.startswith(".")}
    assert left == set()
