"""Settings in the browser: each with its meaning, none with its secret; changes are confirmed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from assessor.access.actor import SYSTEM, Role
from assessor.accounts.models import Person
from assessor.administration.setting_words import FROM_OUTSIDE, without_password
from assessor.installation.models import KeptSetting
from assessor.installation.settings import KNOWN, Name, change_setting, number_of, text_of
from assessor.journal.models import JournalEntry
from assessor.journal.verify import verify
from assessor.organization.models import OfficeKind
from assessor.sentences import NotPermitted, Refused, Stale
from assessor.settings import EXPLAINED
from tests import builders
from tests.client import PageClient
from tests.conftest import StandingClock

AsPerson = Callable[[Person], PageClient]


@pytest.fixture
def chief(session: Session, clock: StandingClock, as_person: AsPerson) -> PageClient:
    return as_person(builders.make_person(session, clock, role=Role.administrator))


def test_every_setting_of_the_environment_has_words_for_the_reader() -> None:
    assert set(FROM_OUTSIDE) == set(EXPLAINED)


def test_no_secret_is_shown(chief: PageClient, app: Flask) -> None:
    before = app.extensions["assessor_settings"]
    app.extensions["assessor_settings"] = replace(
        before, database_url="postgresql+psycopg://asesor:rahasia88@db/asesor?password=rahasia99"
    )
    try:
        page = chief.get("/settings")
    finally:
        app.extensions["assessor_settings"] = before
    assert before.secret_key not in page.html
    assert "rahasia" not in page.html
    assert "asesor:•••@db" in page.text
    for name in FROM_OUTSIDE:
        assert name in page.text


@pytest.mark.parametrize(
    ("url", "shown"),
    [
        ("sqlite:////srv/asesor.db", "sqlite:////srv/asesor.db"),
        ("postgresql://u:p%40ss@h:5432/d", "postgresql://u:•••@h:5432/d"),
        ("s3://bucket/prefix?secret=x", "s3://bucket/prefix?•••"),
        ("postgresql://u@h/d", "postgresql://u@h/d"),
    ],
)
def test_an_address_is_shown_without_its_password(url: str, shown: str) -> None:
    assert without_password(url) == shown


def test_a_setting_is_changed_after_confirmation_and_journalled(
    chief: PageClient, session: Session
) -> None:
    page = chief.get("/settings").click("Ubah Umur cadangan paling lama, dalam hari")
    answer = page.form("Simpan pengaturan").fill({"Isi": "3"}).submit(status=400)
    assert answer.errors == ["Beri tanda bahwa Anda yakin."]
    page = answer.form("Simpan pengaturan").fill({"sure": True}).submit()
    assert "Pengaturan sudah disimpan." in page.flashes
    assert number_of(session, Name.backup_days) == 3
    last = session.scalars(select(JournalEntry).order_by(JournalEntry.seq.desc())).first()
    assert last is not None
    assert (last.act, last.subject_id) == ("installation.setting_changed", "backup_days")
    assert list(verify(session)) == []


@pytest.mark.parametrize("value", ["", "nol", "0", "91", "1.5", "-1", "٣", "9" * 30])
def test_a_number_out_of_bounds_is_refused(chief: PageClient, session: Session, value: str) -> None:
    page = chief.get("/settings/backup_days")
    answer = page.form("Simpan pengaturan").fill({"Isi": value, "sure": True}).submit(status=400)
    assert answer.errors[0].startswith("Isi ")
    assert session.get(KeptSetting, "backup_days") is None


def test_an_unknown_setting_is_no_page(chief: PageClient) -> None:
    chief.get("/settings/secret_key", status=404)


def test_two_who_change_a_setting_at_once_do_not_overwrite_each_other(
    session: Session, clock: StandingClock
) -> None:
    seen = text_of(session, Name.organization)
    change_setting(session, SYSTEM, clock, name=Name.organization, value="BNN", seen=seen)
    with pytest.raises(Stale):
        change_setting(session, SYSTEM, clock, name=Name.organization, value="XYZ", seen=seen)
    with pytest.raises(Refused, match="kosong"):
        change_setting(session, SYSTEM, clock, name=Name.organization, value=" ", seen="BNN")


def test_an_administrator_of_an_office_changes_no_setting(
    session: Session, clock: StandingClock
) -> None:
    office = builders.make_office(session, clock, kind=OfficeKind.bnnk)
    person = builders.make_person(session, clock, role=Role.administrator, office=office)
    actor = builders.actor_for(session, clock, person)
    with pytest.raises(NotPermitted):
        change_setting(session, actor, clock, name=Name.public_contact, value="x", seen="")


def test_packaged_values_are_valid_themselves() -> None:
    for known in KNOWN.values():
        if known.least is not None and known.most is not None:
            assert known.least <= int(known.default) <= known.most


def test_the_public_learns_where_to_ask(
    session: Session, clock: StandingClock, client: PageClient
) -> None:
    assert "Pertanyaan?" not in client.get("/").text
    contact = "Direktorat PLRKM, plrkm@contoh.example"
    change_setting(session, SYSTEM, clock, name=Name.public_contact, value=contact, seen="")
    for address in ("/", "/check"):
        assert f"Hubungi {contact}." in client.get(address).text
