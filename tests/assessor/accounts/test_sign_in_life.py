"""What ends a sign-in, and what does not? One table of events, and what each must do."""

from datetime import timedelta

import pytest
from sqlalchemy import event, select, update

from assessor.access.actor import SYSTEM, Role
from assessor.accounts.identity import _seen
from assessor.accounts.inviting import choose_password, make_link
from assessor.accounts.models import LinkWay, Position, SignIn
from assessor.accounts.services import (
    change_password,
    disable_person,
    end_position,
    end_sign_ins,
    sign_out,
)
from assessor.journal.work import write
from assessor.organization.models import TimeZone
from tests.builders import HASHING, PASSWORD, actor_for, make_office, make_person, open_sign_in

NEW = "perahu-nenek-ungu-besar"


class Story:
    """One person, signed in here and elsewhere."""

    def __init__(self, session, clock, client, *, shared=False):
        self.session, self.clock, self.client = session, clock, client
        self.person = make_person(session, clock)
        self.here = open_sign_in(session, clock, person=self.person, shared=shared)
        self.elsewhere = open_sign_in(session, clock, person=self.person)
        client.raw.set_cookie("sid", self.here.secret)

    def actor(self, opened):
        from dataclasses import replace

        actor = actor_for(self.session, self.clock, self.person)
        return replace(actor, session_id=opened.sign_in_id)

    def is_alive(self):
        return self.client.request("GET", "/profile").status_code == 200

    def active_for(self, **duration):
        until = self.clock.now + timedelta(**duration)
        while self.clock.now < until:
            self.clock.now = min(self.clock.now + timedelta(minutes=20), until)
            if self.clock.now < until:
                assert self.is_alive()

    def choose_password_by_link(self):
        made = make_link(
            self.session, SYSTEM, self.clock, person_id=self.person.id, way=LinkWay.hand
        )
        choose_password(self.session, self.clock, secret=made.secret, new=NEW, hashing=HASHING)

    def change_password(self, opened):
        from assessor.accounts.limits import Attempts

        change_password(
            self.session,
            self.actor(opened),
            self.clock,
            current=PASSWORD,
            new=NEW,
            attempts=Attempts(address="192.0.2.7", key="k"),
            hashing=HASHING,
        )


EVENTS = {
    "nothing happens": (False, lambda s: None, True),
    "29 idle minutes": (False, lambda s: s.clock.forward(minutes=29, seconds=59), True),
    "30 idle minutes": (False, lambda s: s.clock.forward(minutes=30), False),
    "9 idle minutes on a shared computer": (True, lambda s: s.clock.forward(minutes=9), True),
    "10 idle minutes on a shared computer": (True, lambda s: s.clock.forward(minutes=10), False),
    "busy for almost 10 hours": (False, lambda s: s.active_for(hours=9, minutes=59), True),
    "busy for 10 hours": (False, lambda s: s.active_for(hours=10), False),
    "signed out here": (
        False,
        lambda s: sign_out(s.session, s.actor(s.here), s.clock),
        False,
    ),
    "signed out elsewhere": (
        False,
        lambda s: sign_out(s.session, s.actor(s.elsewhere), s.clock),
        True,
    ),
    "password changed here": (False, lambda s: s.change_password(s.here), True),
    "password changed elsewhere": (False, lambda s: s.change_password(s.elsewhere), False),
    "password chosen by a link": (False, lambda s: s.choose_password_by_link(), False),
    "person disabled": (
        False,
        lambda s: disable_person(s.session, SYSTEM, s.clock, person_id=s.person.id),
        False,
    ),
    "ended from another device": (
        False,
        lambda s: end_sign_ins(s.session, s.actor(s.elsewhere), s.clock, only=s.here.sign_in_id),
        False,
    ),
    "all others ended here": (
        False,
        lambda s: end_sign_ins(s.session, s.actor(s.here), s.clock),
        True,
    ),
    "all others ended elsewhere": (
        False,
        lambda s: end_sign_ins(s.session, s.actor(s.elsewhere), s.clock),
        False,
    ),
    "the clock of the server goes back": (False, lambda s: s.clock.forward(minutes=-5), True),
}


@pytest.mark.parametrize("name", EVENTS)
def test_a_sign_in_lives_and_dies_as_the_table_says(name, session, clock, client):
    shared, act, alive = EVENTS[name]
    story = Story(session, clock, client, shared=shared)
    assert story.is_alive()
    act(story)
    assert story.is_alive() is alive
    clock.forward(seconds=1)
    assert story.is_alive() is alive, "and it stays so"


def test_a_copied_cookie_is_dead_after_signing_out(session, clock, as_person, new_client):
    mine = as_person(make_person(session, clock))
    copy = new_client()
    copy.raw.set_cookie("sid", mine.cookie("sid"))
    assert copy.get("/profile").path == "/profile"
    page = mine.get("/profile").form("Keluar").submit()
    assert page.h1 == "Masuk"
    assert page.flashes == ["Anda sudah keluar."]
    assert mine.cookie("sid") == ""
    assert copy.get("/profile").h1 == "Masuk"


def test_signing_out_empties_the_browsers_cache(session, clock, as_person):
    client = as_person(make_person(session, clock))
    token = client.token()
    answer = client.request("POST", "/sign-out", data={"csrf_token": token})
    assert answer.status_code == 303
    assert answer.headers["Clear-Site-Data"] == '"cache"'


def test_pages_of_a_person_are_not_kept_by_the_browser(session, clock, as_person):
    client = as_person(make_person(session, clock))
    assert client.get("/profile").headers["Cache-Control"] == "no-store"


def test_a_request_under_way_cannot_revive_a_dead_sign_in(app, session, clock, client):
    story = Story(session, clock, client)
    sign_out(session, story.actor(story.here), clock)
    clock.forward(minutes=6)
    with app.app_context():
        _seen(story.here.sign_in_id)
    assert not story.is_alive()
    kept = session.get(SignIn, story.here.sign_in_id)
    assert kept.ended_at is not None
    assert kept.seen_at < clock()


def test_the_time_last_seen_is_written_at_most_every_five_minutes(app, session, clock, client):
    story = Story(session, clock, client)
    commits = []
    engine = session.get_bind()

    def note(connection):
        commits.append(connection)

    event.listen(engine, "commit", note)
    try:
        for _ in range(4):
            clock.forward(minutes=1)
            assert story.is_alive()
        assert commits == []
        clock.forward(minutes=1)
        assert story.is_alive()
        assert len(commits) == 1
        clock.forward(minutes=1)
        assert story.is_alive()
        assert len(commits) == 1
    finally:
        event.remove(engine, "commit", note)


def test_recognising_somebody_takes_one_statement(app, session, clock, as_person):
    office = make_office(session, clock)
    person = make_person(session, clock, role=Role.coach, office=office)
    client = as_person(person)
    statements = []
    engine = session.get_bind()

    def note(_connection, _cursor, statement, *_rest):
        statements.append(statement)

    event.listen(engine, "before_cursor_execute", note)
    try:
        client.request("POST", "/preferences")  # refused for want of a token: nothing but identify
    finally:
        event.remove(engine, "before_cursor_execute", note)
    assert [each.split()[0] for each in statements if each != "BEGIN"] == ["SELECT"]


def test_a_position_that_ended_acts_at_the_next_request(session, clock, as_person):
    person = make_person(session, clock, role=Role.directorate)
    client = as_person(person)
    assert "Direktorat PLRKM" in client.get("/profile").text
    position = session.scalars(select(Position)).one()
    end_position(session, SYSTEM, clock, position_id=position.id)
    assert "Direktorat PLRKM" not in client.get("/profile").text


@pytest.mark.parametrize(
    ("zone", "holds"), [(TimeZone.wib, False), (TimeZone.wita, False), (TimeZone.wit, True)]
)
def test_a_position_begins_at_midnight_where_the_person_is(session, clock, as_person, zone, holds):
    clock.now = clock.now.replace(hour=15, minute=30)  # 22.30 WIB, 23.30 WITA, 00.30 WIT
    tomorrow = clock.now.date() + timedelta(days=1)
    person = make_person(session, clock, role=Role.directorate, time_zone=zone, valid_from=tomorrow)
    assert ("Direktorat PLRKM" in as_person(person).get("/profile").text) is holds


def test_a_secret_that_was_never_given_opens_nothing(client, session, clock):
    for secret in ("", "x", "a" * 43, "a" * 4000, "%00", "ü"):
        client.raw.set_cookie("sid", secret)
        assert client.request("GET", "/profile").status_code == 303


def test_the_hash_of_a_secret_opens_nothing(client, session, clock):
    open_sign_in(session, clock, person=make_person(session, clock))
    client.raw.set_cookie("sid", session.scalars(select(SignIn.secret_hash)).one())
    assert client.request("GET", "/profile").status_code == 303


def test_one_sees_and_ends_only_own_sign_ins(session, clock, as_person):
    mine, other = make_person(session, clock), make_person(session, clock, name="Orang Lain")
    client, theirs = as_person(mine), as_person(other)
    foreign = session.scalars(select(SignIn.id).where(SignIn.person_id == other.id)).one()
    client.post(f"/profile/sign-ins/{foreign}/end", status=404)
    assert theirs.get("/profile").path == "/profile"
    elsewhere = as_person(mine)
    page = client.get("/profile")
    assert page.text.count("Firefox · Linux") == 2
    page = page.form("Keluarkan").submit()
    assert page.flashes == ["Perangkat itu sudah dikeluarkan."]
    assert elsewhere.get("/profile").h1 == "Masuk"
    assert client.get("/profile").path == "/profile"


def test_the_database_refuses_what_is_not_journalled(session, clock):
    from assessor.journal.capture import UnjournalledChange

    person = make_person(session, clock)
    with pytest.raises(UnjournalledChange), write(session, SYSTEM, clock):
        session.get(type(person), person.id).disabled_at = clock()
    with pytest.raises(UnjournalledChange), write(session, SYSTEM, clock):
        session.execute(update(type(person)).values(name="x"))
