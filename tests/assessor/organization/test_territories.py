"""Is the packaged list of territories whole, and does it get into the database as it is?"""

from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from assessor.access.actor import SYSTEM
from assessor.cli import main
from assessor.journal.models import JournalEntry
from assessor.organization import territory_loading
from assessor.organization.models import Territory, TerritoryKind
from assessor.organization.territory_files import (
    FOLDER,
    IN_FORCE_FROM,
    NATION,
    Packaged,
    packaged_digest,
    read_packaged,
)
from assessor.organization.territory_loading import load_territories
from tests.assessor.organization.places import Clock

PUBLISHED = {
    TerritoryKind.nation: 1,
    TerritoryKind.province: 38,
    TerritoryKind.regency: 514,
    TerritoryKind.district: 7_285,
    TerritoryKind.village: 83_762,
}


def test_the_package_holds_the_numbers_of_the_decree() -> None:
    listed = read_packaged().territories
    counted = {kind: sum(each.kind is kind for each in listed) for kind in TerritoryKind}
    assert counted == PUBLISHED


def test_every_territory_has_its_parent_before_it() -> None:
    seen: set[str | None] = {None}
    for each in read_packaged().territories:
        assert each.parent_code in seen
        assert each.code not in seen
        seen.add(each.code)


def test_source_and_licence_stand_beside_the_data() -> None:
    words = (FOLDER / "SUMBER.md").read_text()
    for fact in ("300.2.2-2138", "idn-area-data", "4.0.1", "ODbL", "LICENSE.md"):
        assert words.count(fact) >= 2, fact  # in both languages
    assert "Open Database License" in (FOLDER / "LICENSE.md").read_text()


def _shorten(monkeypatch: pytest.MonkeyPatch, *codes: str, **names: str) -> None:
    """Let the package hold only these territories, some under another name."""
    listed = tuple(
        replace(each, name=names.get(each.code.replace(".", "_").join(("_", "")), each.name))
        for each in read_packaged().territories
        if each.code in codes
    )
    digest = str(hash((codes, tuple(names.items()))))
    monkeypatch.setattr(territory_loading, "packaged_digest", lambda: digest)
    monkeypatch.setattr(territory_loading, "read_packaged", lambda: Packaged(digest, listed))


def test_all_are_loaded_once(session: Session, clock: Clock) -> None:
    seen: list[tuple[int, int]] = []
    loading = load_territories(
        session, SYSTEM, clock, progress=lambda done, total: seen.append((done, total))
    )
    assert (loading.added, loading.changed, loading.ended) == (91_600, 0, 0)
    assert seen[-1] == (91_600, 91_600)
    counted = session.execute(select(Territory.kind, func.count()).group_by(Territory.kind))
    assert dict(counted.all()) == PUBLISHED
    again = load_territories(session, SYSTEM, clock)
    assert again.nothing
    entries = session.execute(select(JournalEntry.act, JournalEntry.body)).all()
    assert [entry.act for entry in entries] == ["territories.loaded"]
    assert packaged_digest() in entries[0].body


def test_the_command_loads_and_says_what_it_did(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("ASSESSOR_MODE", "demo")
    monkeypatch.setenv("ASSESSOR_INSTANCE", str(tmp_path))
    monkeypatch.delenv("ASSESSOR_DATABASE_URL", raising=False)
    _shorten(monkeypatch, NATION, "33", "33.01", "33.02")
    runner = CliRunner()
    assert runner.invoke(main, ["territories", "load"]).exit_code == 1  # not migrated yet
    assert runner.invoke(main, ["db", "upgrade"]).exit_code == 0
    first = runner.invoke(main, ["territories", "load"])
    assert first.exit_code == 0
    assert "4 wilayah: 4 ditambahkan, 0 diperbarui, 0 diakhiri." in first.output
    assert "ODbL" in first.output
    second = runner.invoke(main, ["territories", "load"])
    assert "sudah yang terbaru: 4 wilayah" in second.output


def test_both_engines_sort_names_alike(session: Session, clock: Clock) -> None:
    codes = [NATION, "33"] + [f"33.{number:02d}" for number in range(1, 30)]
    listed = {each.code: each for each in read_packaged().territories if each.code in codes}
    with pytest.MonkeyPatch.context() as patch:
        _shorten(patch, *codes)
        load_territories(session, SYSTEM, clock)
    from_database = session.execute(select(Territory.code).order_by(Territory.sort_key)).scalars()
    assert list(from_database) == sorted(listed, key=lambda code: listed[code].sort_key)


def test_a_newer_list_adds_renames_and_ends(
    session: Session, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    _shorten(monkeypatch, NATION, "33", "33.01", "33.02")
    load_territories(session, SYSTEM, clock)
    _shorten(monkeypatch, NATION, "33", "33.02", "33.03", _33_02="Kabupaten Baru")
    loading = load_territories(session, SYSTEM, clock)
    assert (loading.added, loading.changed, loading.ended) == (1, 1, 1)
    kept = {row.code: row for row in session.execute(select(Territory)).scalars()}
    assert kept["33.01"].valid_to == IN_FORCE_FROM
    assert kept["33.02"].name == "Kabupaten Baru"
    assert kept["33.02"].search_key == "kabupatenbaru"
    assert kept["33.03"].valid_to is None


def test_a_territory_that_comes_back_is_in_force_again(
    session: Session, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    for codes in ((NATION, "33", "33.01"), (NATION, "33"), (NATION, "33", "33.01")):
        _shorten(monkeypatch, *codes)
        monkeypatch.setattr(territory_loading, "loaded_digest", lambda session: None)
        load_territories(session, SYSTEM, clock)
    assert session.get_one(Territory, "33.01").valid_to is None
