"""Nothing that somebody asks of the journal, or did to it, breaks its pages."""

from __future__ import annotations

import pytest
from sqlalchemy import text

from assessor.access.actor import Role
from tests.assessor.journal.rows import behind_the_back
from tests.builders import make_person, make_site


@pytest.fixture
def reader(session, clock, as_person):
    return as_person(make_person(session, clock, role=Role.directorate))


@pytest.mark.parametrize(
    "query",
    [
        {"last": "9999-12-31"},
        {"first": "0001-01-01"},
        {"first": "2026-13-45"},
        {"auditee": "%_\\"},
        {"before": "999999999999999"},
        {"before": "\u0663"},
        {"before": "9" * 40},
        {"act": "x' OR 1=1 --"},
    ],
)
def test_odd_filters_break_no_page(query, reader):
    assert reader.request("GET", "/journal", query_string=query).status_code == 200
    assert reader.request("GET", "/journal/export.csv", query_string=query).status_code == 200


@pytest.mark.parametrize("body", ["", "bukan json", "[]", '{"changes": [1], "why": null}'])
def test_an_altered_entry_breaks_no_page(body, reader, engine):
    with behind_the_back(engine) as connection:
        connection.execute(text("UPDATE journal_entry SET body = :body"), {"body": body})
    assert "Akun dibuat" in reader.get("/journal").text
    assert reader.request("GET", "/journal/export.csv").status_code == 200


@pytest.mark.parametrize("role", sorted(Role))
def test_only_directorate_and_privacy_officer_read_it(role, session, clock, as_person):
    at = make_site(session, clock) if role in {Role.institution, Role.unit} else None
    browser = as_person(make_person(session, clock, role=role, auditee=at))
    for path in ("/journal", "/journal/export.csv", "/journal/checkpoints"):
        expected = 200 if role in {Role.directorate, Role.privacy} else 403
        assert browser.request("GET", path).status_code == expected


def test_the_hash_of_a_password_is_never_shown(reader, session, clock):
    hashed = make_person(session, clock).password_hash
    session.rollback()
    everything = reader.get("/journal").html
    everything += reader.request("GET", "/journal/export.csv").get_data(as_text=True)
    assert hashed not in everything
    assert "argon2" not in everything
