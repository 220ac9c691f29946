"""Is a new mail address used only after its owner followed the link sent there?"""

from __future__ import annotations

import pytest
from sqlalchemy import select

from assessor.access.actor import Role
from assessor.accounts.administering import change_details
from assessor.accounts.forgetting import ask_for_link
from assessor.accounts.inviting import DeadLink, mail_of, open_link
from assessor.accounts.limits import Attempts
from assessor.accounts.mail_changing import (
    MOST_A_DAY,
    ask_mail_change,
    confirm_mail,
    drop_mail_change,
    open_mail_link,
    waiting_change,
)
from assessor.accounts.models import MailChange, Person
from assessor.jobs.models import Job, JobState
from assessor.journal.models import JournalEntry
from assessor.journal.verify import verify
from assessor.mail.queries import mail_state
from assessor.sentences import Refused
from tests.builders import PASSWORD, actor_for, make_person

OLD, NEW = "sari@contoh.example", "sari.baru@contoh.example"


@pytest.fixture
def person(session, clock):
    return make_person(session, clock, user_name=OLD)


@pytest.fixture
def actor(session, clock, person):
    return actor_for(session, clock, person)


def secret_in(mail):
    return mail.get_content().split("/profile/mail-link/")[1].split()[0]


def address_of(session, person):
    session.rollback()
    return mail_of(session.get_one(Person, person.id))


def test_from_the_profile_to_the_new_address(session, clock, post, person, as_person):
    browser = as_person(person)
    page = browser.get("/profile").click("Ubah Alamat surel")
    form = page.form("Kirim surel ke alamat baru")
    page = form.fill(
        {"Alamat surel": " SARI.Baru@contoh.example ", "Kata sandi sekarang": PASSWORD}
    )
    page = page.submit()
    assert f"{NEW} menunggu Anda" in page.text
    assert address_of(session, person) == OLD
    post.work()
    (mail,) = post.mails
    assert mail["To"] == NEW
    assert person.name not in mail.get_content()  # a stranger may read it
    page = browser.get(f"/profile/mail-link/{secret_in(mail)}")
    assert NEW in page.text
    assert address_of(session, person) == OLD  # looking at it changes nothing
    page = page.form("Ya, pakai alamat ini").submit()
    assert "Alamat surel baru dipakai mulai sekarang." in page.flashes
    assert address_of(session, person) == NEW
    post.work()
    told = post.mails[1]
    assert (told["To"], told["Subject"]) == (OLD, "Alamat surel Anda diganti")
    browser.get(f"/profile/mail-link/{secret_in(mail)}", status=410)
    acts = list(session.scalars(select(JournalEntry.act).order_by(JournalEntry.seq)))
    assert acts[-3:] == [
        "accounts.mail_change_asked",
        "accounts.mail_link_made",
        "accounts.mail_confirmed",
    ]
    assert list(verify(session)) == []


def test_until_then_links_for_passwords_go_to_the_old_address_and_die_with_it(
    session, clock, post, person, actor
):
    ask_mail_change(session, actor, clock, mail=NEW)
    attempts = Attempts(address="192.0.2.9", key="k")
    ask_for_link(session, clock, user_name=OLD, attempts=attempts)
    post.work()
    by_address = {mail["To"]: mail for mail in post.mails}
    link = by_address[OLD].get_content().split("/account-link/")[1].split()[0]
    assert open_link(session, link, now=clock())
    session.rollback()
    confirm_mail(session, actor, clock, secret=secret_in(by_address[NEW]))
    with pytest.raises(DeadLink):
        open_link(session, link, now=clock())
    session.rollback()
    ask_for_link(session, clock, user_name=OLD, attempts=attempts)
    post.work()
    sent = {mail["To"]: mail.get_content() for mail in post.mails[2:]}
    assert "/account-link/" in sent[NEW]
    assert "/account-link/" not in sent[OLD]  # the notice


def test_a_link_opens_nothing_for_somebody_else_or_later_or_after_another(
    session, clock, post, actor, as_person
):
    stranger = make_person(session, clock)
    ask_mail_change(session, actor, clock, mail=NEW)
    post.work()
    first = secret_in(post.mails[0])
    as_person(stranger).get(f"/profile/mail-link/{first}", status=410)
    clock.forward(hours=23, minutes=59)
    assert open_mail_link(session, actor, first, now=clock())
    clock.forward(minutes=1)
    with pytest.raises(DeadLink):
        open_mail_link(session, actor, first, now=clock())
    session.rollback()
    ask_mail_change(session, actor, clock, mail="lain@contoh.example")
    post.work()
    second = secret_in(post.mails[1])
    for dead in (first, "", "x" * 65):
        with pytest.raises(DeadLink):
            open_mail_link(session, actor, dead, now=clock())
    session.rollback()
    confirm_mail(session, actor, clock, secret=second)
    with pytest.raises(DeadLink):
        confirm_mail(session, actor, clock, secret=second)


def test_who_is_not_signed_in_signs_in_first(post, client):
    page = client.get("/profile/mail-link/abc")
    assert page.h1 == "Masuk"


def test_a_dropped_change_sends_nothing_and_nobody_has_to_see_to_it(
    session, clock, post, person, actor, as_person
):
    ask_mail_change(session, actor, clock, mail=NEW)
    browser = as_person(person)
    page = browser.get("/profile/mail").form("Tidak jadi memakai alamat itu").submit()
    assert "Alamat baru tidak jadi dipakai." in page.flashes
    drop_mail_change(session, actor, clock)  # nothing is left to drop
    post.work()
    assert post.mails == []
    assert mail_state(session).failed == 0
    assert session.scalars(select(Job.state)).all() == [JobState.dropped]
    assert waiting_change(session, person.id) is None


def test_the_password_is_asked_and_what_was_typed_stays(session, post, person, as_person):
    browser = as_person(person)
    form = browser.get("/profile/mail").form("Kirim surel ke alamat baru")
    page = form.fill({"Alamat surel": NEW, "Kata sandi sekarang": "salah"}).submit(status=400)
    assert page.errors == ["Kata sandi Anda sekarang tidak cocok. Ketik lagi dengan teliti."]
    assert NEW in page.html
    for wrong, sentence in (
        ("bukan surel", "Periksa alamat surelnya"),
        (OLD, "sudah dipakai"),
        ("", "Belum ada"),
    ):
        page = form.fill({"Alamat surel": wrong, "Kata sandi sekarang": PASSWORD})
        assert sentence in page.submit(status=400).errors[0]
    assert session.scalars(select(MailChange)).all() == []


def test_nobody_makes_the_house_write_to_many_strangers(session, clock, post, actor):
    for number in range(MOST_A_DAY):
        ask_mail_change(session, actor, clock, mail=f"orang{number}@contoh.example")
    with pytest.raises(Refused, match="besok"):
        ask_mail_change(session, actor, clock, mail=NEW)
    clock.forward(days=1)
    assert ask_mail_change(session, actor, clock, mail=NEW)


def test_an_address_can_be_taken_away(session, clock, post, person, actor, as_person):
    admin_actor = actor_for(session, clock, make_person(session, clock, role=Role.administrator))
    change_details(
        session,
        admin_actor,
        clock,
        person_id=person.id,
        name=person.name,
        mail="lain@contoh.example",
        phone="",
        time_zone=person.time_zone,
    )
    ask_mail_change(session, actor, clock, mail=NEW)
    page = as_person(person).get("/profile/mail").form("Kirim surel ke alamat baru")
    page = page.fill({"Alamat surel": "", "Kata sandi sekarang": PASSWORD}).submit()
    assert "Alamat surel sudah dihapus dari akun Anda." in page.flashes
    session.rollback()
    assert session.get_one(Person, person.id).mail is None
    assert waiting_change(session, person.id) is None
    assert list(verify(session)) == []


def test_where_no_mail_is_set_up_the_page_says_whom_to_ask(person, as_person):
    browser = as_person(person)
    page = browser.get("/profile/mail")
    assert "Minta administrator" in page.text
    token = browser.get("/profile").token
    said = {"mail": NEW, "password": PASSWORD, "csrf_token": token}
    browser.post("/profile/mail", said, status=400)
