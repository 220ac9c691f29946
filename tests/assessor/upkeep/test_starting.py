"""Each thing that is not as it must be stops the start, alone and by its name."""

from __future__ import annotations

import dataclasses
import gc
import secrets
import sqlite3
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import create_engine, text

from assessor.accounts.models import Person
from assessor.app import checks
from assessor.app.checks import UnfitInstallation, find_problems, refuse_unfit
from assessor.database import engine as database_engine
from assessor.database.engine import prepare_engine, wal_is_safe
from assessor.database.migrate import upgrade
from assessor.journal.checkpoints import load_signer
from assessor.secret_keys import weakness
from assessor.settings import Mode, WrongSettings, read_settings
from evidence_store.store import LocalStore, store_from_url
from tests.assessor.journal.rows import behind_the_back

GOOD = {
    "ASSESSOR_MODE": "production",
    "ASSESSOR_SECRET_KEY": "x7dk2mq9vb4tz8wc3np6rj5hy1fg0sla",
    "ASSESSOR_BASE_URL": "https://asesor.contoh.example",
    "ASSESSOR_TRUSTED_PROXIES": "1",
}


@pytest.fixture
def place(tmp_path):
    """A production installation on SQLite that may start."""
    folder = tmp_path / "instance"
    folder.mkdir(mode=0o700)
    settings = read_settings({**GOOD, "ASSESSOR_INSTANCE": str(folder)})
    engine = create_engine(settings.database_url)
    prepare_engine(engine)
    upgrade(engine)
    load_signer(settings.checkpoint_key, create=True)
    yield settings, engine, store_from_url(settings.evidence_url)
    engine.dispose()


def found(place, app=None, **changed) -> set[str]:
    settings, engine, store = place
    settings = dataclasses.replace(settings, **changed)
    app = app or Flask("x")
    return {each.check for each in find_problems(app, settings, engine, store=store)}


def test_a_good_installation_starts(place):
    settings, engine, store = place
    refuse_unfit(Flask("x"), settings, engine, store=store)
    assert found(place, mode=Mode.demo) == set()


def test_the_refusal_names_every_problem_with_its_remedy(place):
    settings, engine, store = place
    settings.checkpoint_key.chmod(0o644)
    app = Flask("x")
    app.debug = True
    with pytest.raises(UnfitInstallation) as refused:
        refuse_unfit(app, settings, engine, store=store)
    assert {each.check for each in refused.value.problems} == {"debug", "key"}
    assert f"chmod 600 {settings.checkpoint_key}" in str(refused.value)


def test_in_production_everybody_would_come_from_the_one_address_in_front(place):
    assert found(place, trusted_proxies=0) == {"proxies"}
    assert found(place, trusted_proxies=2) == set()
    assert found(place, trusted_proxies=0, mode=Mode.demo) == set()


def test_the_mode_for_tests_and_debugging_do_not_serve(place):
    assert found(place, mode=Mode.test) == {"mode"}
    app = Flask("x")
    app.debug = True
    assert found(place, app) == {"debug"}


@pytest.mark.parametrize("name", ["synchronous", "foreign_keys", "recursive_triggers"])
def test_a_database_that_reads_back_other_settings(place, name, monkeypatch):
    wanted = {**database_engine._pragmas(), name: "9"}
    monkeypatch.setattr(database_engine, "_pragmas", lambda: wanted)
    assert found(place) == {"database"}


def test_wal_on_a_version_with_the_fault(place):
    if wal_is_safe(sqlite3.sqlite_version_info):
        return  # this SQLite may use it
    settings, engine, _ = place
    engine.dispose()
    plain = sqlite3.connect(make_path(settings))
    plain.execute("PRAGMA journal_mode=WAL")
    assert plain.execute("PRAGMA journal_mode").fetchone() == ("wal",)
    # our own connections put it back, and cannot while another one holds it
    plain.execute("BEGIN")
    plain.execute("SELECT * FROM journal_head").fetchall()
    try:
        assert found(place) == {"database"}
    finally:
        plain.close()
    gc.collect()  # the connection that could not be opened
    assert found(place) == set()


def make_path(settings) -> str:
    return settings.database_url.removeprefix("sqlite:///")


@pytest.mark.parametrize(
    ("version", "safe"),
    [
        ((3, 40, 1), False),
        ((3, 44, 5), False),
        ((3, 44, 6), True),
        ((3, 45, 0), False),
        ((3, 50, 6), False),
        ((3, 50, 7), True),
        ((3, 51, 2), False),
        ((3, 51, 3), True),
        ((3, 52, 0), True),
        ((4, 0, 0), True),
    ],
)
def test_wal_is_used_on_mended_versions_only(version, safe):
    assert wal_is_safe(version) is safe


def test_an_old_database_and_a_missing_protection(place):
    _, engine, _ = place
    with behind_the_back(engine):
        pass  # takes the triggers away
    assert found(place) == {"protection"}
    upgrade(engine)
    assert found(place) == set()
    with engine.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '0000'"))
    assert found(place) == {"form"}


def test_a_database_that_is_not_there(place, tmp_path):
    settings, _, store = place
    engine = create_engine(f"sqlite:///{tmp_path / 'no' / 'such.db'}")
    prepare_engine(engine)
    app = Flask("x")
    assert {each.check for each in find_problems(app, settings, engine, store=store)} == {
        "database"
    }


def test_accounts_of_the_demonstration_in_production(place, clock):
    _, engine, _ = place
    person = Person.__table__
    with engine.begin() as connection:
        connection.execute(
            person.insert().values(
                id="p", user_name="admin@demo.example", name="x", password_hash="x",
                language="id", time_zone="WIB", created_at=clock(),
            )
        )  # fmt: skip
    assert found(place) == {"demo-accounts"}
    assert found(place, mode=Mode.demo) == set()


def test_the_key_that_signs_checkpoints(place):
    key = place[0].checkpoint_key
    good = key.read_bytes()
    for bad in (b"", b"x", b"-----BEGIN PRIVATE KEY-----\n-----END PRIVATE KEY-----\n"):
        key.write_bytes(bad)
        assert found(place) == {"key"}
    key.write_bytes(good)
    for mode in (0o640, 0o604, 0o660):
        key.chmod(mode)
        assert found(place) == {"key"}
    key.chmod(0o400)
    assert found(place) == set()
    key.unlink()
    assert found(place) == {"key"}


def test_files_that_anybody_on_the_machine_can_read(place):
    settings = place[0]
    for folder in (settings.instance, *settings.instance.parents):
        if str(folder).startswith(("/tmp/", "/var/")):  # the test's own folders are closed
            folder.chmod(0o755)
    assert found(place) == {"database-place"}  # the evidence folder is closed by itself
    assert found(place, mode=Mode.demo) == set()
    Path(make_path(settings)).chmod(0o600)
    assert found(place) == set()


def test_a_network_file_system(place, monkeypatch, tmp_path):
    mounts = tmp_path / "mounts"
    folder = str(place[0].instance).replace(" ", "\\040")
    mounts.write_text(f"/dev/vda / ext4 rw 0 0\nserver:/x {folder} nfs4 rw 0 0\n")
    assert checks.filesystem_of(place[0].instance / "x", mounts=mounts) == "nfs4"
    assert checks.filesystem_of(tmp_path, mounts=mounts) == "ext4"
    assert checks.filesystem_of(tmp_path, mounts=tmp_path / "none") == ""
    monkeypatch.setattr(checks, "filesystem_of", lambda path: "nfs4")
    assert found(place) == {"database-place", "evidence-place"}


def test_evidence_that_cannot_be_kept(place, monkeypatch):
    def full(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(LocalStore, "stage", full)
    assert found(place) == {"evidence"}


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("ASSESSOR_SECRET_KEY", ""),
        ("ASSESSOR_SECRET_KEY", "short"),
        ("ASSESSOR_SECRET_KEY", "ab" * 20),
        ("ASSESSOR_SECRET_KEY", "x7dk2mq9vb4tz8wc3np6rj5hy1fg0sl"),
        ("ASSESSOR_BASE_URL", "http://asesor.contoh.example"),
        ("ASSESSOR_BASE_URL", ""),
        ("ASSESSOR_MODE", "produksi"),
        ("ASSESSOR_UPLOAD_LIMIT_MB", "banyak"),
        ("ASSESSOR_TRUSTED_PROXIES", "-1"),
        ("ASSESSOR_SESSION_HOURS", "1.5"),
    ],
)
def test_a_weak_or_wrong_setting_alone_is_refused(name, value, tmp_path):
    with pytest.raises(WrongSettings, match=name):
        read_settings({**GOOD, "ASSESSOR_INSTANCE": str(tmp_path), name: value})


@pytest.mark.parametrize(
    ("key", "why"),
    [
        ("x7dk2mq9vb4tz8wc3np6rj5hy1fg0sl", "shorter"),
        ("aabbccddaaccbbddabcdabcdaabbccdd", "different characters"),
        ("x7dk2mq9" * 5, "repeats"),
        ("x7dk2mq9vb4tz8wc" * 2 + "!", "repeats"),
        ("abcdefghijklmnopqrstuvwxyz0123456789", "alphabet"),
        ("zyxwvutsrqponmlkjihgfedcba9876543210", "alphabet"),
        ("My-Secret-Key-7fk2mq9vb4tz8wc3np6rj5", "secret"),
        ("CHANGEME-7fk2mq9vb4tz8wc3np6rj5hy1fg", "changeme"),
        ("qwertyuiopasdfghjklzxcvbnm1357924680", "qwerty"),
    ],
)
def test_a_key_somebody_could_guess_is_refused_in_production_with_the_reason(key, why, tmp_path):
    said = {**GOOD, "ASSESSOR_INSTANCE": str(tmp_path), "ASSESSOR_SECRET_KEY": key}
    with pytest.raises(WrongSettings, match=f"ASSESSOR_SECRET_KEY .*{why}.*token_urlsafe"):
        read_settings(said)


@pytest.mark.parametrize("make", [secrets.token_hex, secrets.token_urlsafe])
def test_a_random_key_is_never_called_weak(make):
    assert [found for _ in range(500) if (found := weakness(make(32)))] == []
