"""Does the page for a forgotten password tell whether somebody has an account?"""

from __future__ import annotations

import re

import pytest
from sqlalchemy import event, func, select

from assessor.access.actor import SYSTEM
from assessor.accounts.inviting import open_link
from assessor.accounts.services import disable_person
from assessor.jobs.models import Job
from assessor.journal.models import JournalEntry
from tests.builders import make_person

NEW = "kuda-laut-naik-sepeda"


def ask(client, name, status=200):
    page = client.get("/forgotten").form("Kirim tautan")
    return page.fill({"Nama masuk": name}).submit(status=status)


def plain(page):
    """What a reader of the bytes could compare; tokens are random."""
    return re.sub(r'value="[^"]{60,}"', "", page.html)


def test_from_the_forgotten_password_to_the_new_one(session, clock, post, client):
    person = make_person(session, clock, user_name="sari@contoh.example")
    page = client.get("/sign-in").click("Lupa kata sandi?")
    page = page.form("Kirim tautan").fill({"Nama masuk": "SARI@contoh.example"}).submit()
    assert page.h1 == "Periksa surel Anda"
    post.work()
    text = post.mails[0].get_content()
    address = next(each for each in text.split() if each.startswith("http://localhost/"))
    page = client.get(address.removeprefix("http://localhost"))
    assert person.name in page.text
    page = page.form("Simpan kata sandi").fill(new_password=NEW, new_password_again=NEW).submit()
    page = page.form("Masuk").fill({"Nama masuk": person.user_name, "Kata sandi": NEW}).submit()
    assert page.h1.startswith("Selamat")
    post.work()
    assert [each["Subject"] for each in post.mails] == [
        "Kata sandi baru untuk Asesor 8807",
        "Kata sandi Anda diganti",
    ]


def test_the_answer_is_the_same_for_everybody(session, clock, post, new_client):
    make_person(session, clock, user_name="sari@contoh.example")
    make_person(session, clock, user_name="081234567890")
    gone = make_person(session, clock, user_name="budi@contoh.example")
    disable_person(session, SYSTEM, clock, person_id=gone.id)
    names = ("sari@contoh.example", "081234567890", "budi@contoh.example", "nobody@x.example")
    answers = {plain(ask(new_client(), name)) for name in names}
    assert len(answers) == 1
    assert session.scalar(select(func.count()).select_from(Job)) == 1


def test_the_work_is_of_the_same_shape_for_everybody(session, clock, engine, post, new_client):
    """As many statements but for the one row in the queue, as many entries, one transaction."""
    make_person(session, clock, user_name="sari@contoh.example")

    def shape(name):
        statements, commits = [], []
        client = new_client()
        form = client.get("/forgotten").form("Kirim tautan").fill({"Nama masuk": name})

        def note(_c, _cursor, statement, *_):
            statements.append(statement.split()[0])

        def commit(_c):
            commits.append(1)

        event.listen(engine, "before_cursor_execute", note)
        event.listen(engine, "commit", commit)
        form.submit()
        event.remove(engine, "before_cursor_execute", note)
        event.remove(engine, "commit", commit)
        return len(statements), len(commits)

    known, unknown = shape("sari@contoh.example"), shape("nobody@x.example")
    assert known[1] == unknown[1]
    assert abs(known[0] - unknown[0]) <= 1


def test_three_an_hour_for_a_name_from_one_address_known_or_not(session, clock, post, new_client):
    make_person(session, clock, user_name="sari@contoh.example")
    for name in ("sari@contoh.example", "nobody@x.example"):
        client = new_client()
        for _ in range(3):
            ask(client, name)
        page = ask(client, name, status=429)
        assert "Tunggu 60 menit" in page.errors[0]
    clock.forward(minutes=60)
    ask(new_client(), "sari@contoh.example")


def test_what_was_asked_is_in_the_journal_without_the_name(session, clock, post, client):
    person = make_person(session, clock, user_name="sari@contoh.example")
    ask(client, "sari@contoh.example")
    ask(client, "nobody@x.example")
    entries = session.scalars(
        select(JournalEntry)
        .where(JournalEntry.act == "accounts.link_asked")
        .order_by(JournalEntry.seq)
    ).all()
    assert [each.subject_id for each in entries] == [person.id, "unknown"]
    assert not any("@" in each.body for each in entries)


@pytest.mark.parametrize("name", ["", "x" * 201])
def test_a_name_that_cannot_be_is_said_to_be_wrong(post, client, name):
    page = ask(client, name, status=400)
    assert "nama masuk Anda" in page.errors[0]


def test_where_no_mail_is_set_up_the_page_says_whom_to_ask(session, client):
    page = client.get("/forgotten")
    assert "Hubungi administrator" in page.text
    client.post("/forgotten", {"user_name": "sari@contoh.example"}, status=400)
    assert session.scalars(select(JournalEntry.seq)).all() == []


def test_an_invitation_that_got_lost_can_be_asked_for_again(session, clock, post, client):
    from assessor.access.actor import Role
    from assessor.accounts.inviting import NewPerson, invite_person
    from assessor.accounts.positions import Place
    from tests.builders import make_site

    invite_person(
        session,
        SYSTEM,
        clock,
        new=NewPerson(
            user_name="sari@contoh.example",
            name="Sari Melati",
            place=Place(Role.institution, auditee_id=make_site(session, clock).id),
        ),
    )
    ask(client, "sari@contoh.example")
    post.work()
    secret = post.mails[0].get_content().split("/account-link/")[1].split()[0]
    clock.forward(days=6)
    assert open_link(session, secret, now=clock())
