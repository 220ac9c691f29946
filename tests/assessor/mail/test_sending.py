"""What leaves the house by mail, and what becomes of what could not?"""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import select

from assessor.access.actor import SYSTEM, Role
from assessor.accounts.inviting import DeadLink, choose_password, make_link, open_link
from assessor.accounts.models import AccountLink, LinkWay, Person
from assessor.accounts.services import disable_person
from assessor.jobs.models import Job, JobState
from assessor.jobs.queue import LEASE, Postponed, claim
from assessor.journal.models import JournalEntry
from assessor.journal.verify import verify
from assessor.journal.work import write
from assessor.mail.letters import send_letter
from assessor.mail.queries import mail_state
from assessor.mail.sending import Post, send
from assessor.mail.transport import (
    MailServer,
    UnsafeHeader,
    WrongMailUrl,
    deliver,
    make_message,
)
from assessor.organization.models import OfficeKind
from tests.builders import HASHING, make_office, make_person, make_site

NEW = "kuda-laut-naik-sepeda"


def ask(session, clock, person_id, letter="accounts.link"):
    with write(session, SYSTEM, clock) as work:
        return send_letter(work, letter=letter, person_id=person_id)


def link_in(mail):
    text = mail.get_content()
    return text.split("/account-link/")[1].split()[0]


def job_of(session, job_id):
    session.rollback()
    return session.get_one(Job, job_id)


def test_a_link_is_made_when_the_mail_leaves_and_lives_from_then_on(session, clock, post):
    person = make_person(session, clock, user_name="sari@contoh.example")
    ask(session, clock, person.id)
    clock.forward(hours=5)  # the queue was slow
    assert session.scalars(select(AccountLink)).all() == []
    assert post.work() == 1
    (mail,) = post.mails
    assert mail["To"] == "sari@contoh.example"
    assert mail["From"] == "Asesor 8807 <asesor@contoh.example>"
    assert mail["Subject"] == "Kata sandi baru untuk Asesor 8807"
    assert mail["Auto-Submitted"] == "auto-generated"
    assert "Halo Sari Melati," in mail.get_content()
    _, whose = open_link(session, link_in(mail), now=clock() + timedelta(minutes=59))
    assert whose.id == person.id
    with pytest.raises(DeadLink):
        open_link(session, link_in(mail), now=clock() + timedelta(minutes=60))
    assert list(verify(session)) == []


def test_a_letter_speaks_its_readers_language(session, clock, post):
    person = make_person(session, clock, user_name="sari@contoh.example")
    with write(session, SYSTEM, clock) as work:
        session.get_one(Person, person.id).language = "en"
        from tests.assessor.journal.rows import RowMade

        work.record(RowMade(subject=person.id))
    ask(session, clock, person.id)
    post.work()
    (mail,) = post.mails
    assert mail["Subject"] == "New password for Asesor 8807"
    assert "Hello Sari Melati," in mail.get_content()


def test_no_secret_is_in_the_queue_before_or_after(session, clock, post):
    person = make_person(session, clock, user_name="sari@contoh.example")
    job_id = ask(session, clock, person.id)
    post.work()
    secret = link_in(post.mails[0])
    job = job_of(session, job_id)
    assert job.state is JobState.done
    assert secret not in str(job.payload) + str(job.problem)
    assert "contoh.example" not in str(job.payload)
    assert not any(secret in body for body in session.scalars(select(JournalEntry.body)))


def test_a_change_of_the_password_is_told(session, clock, post):
    person = make_person(session, clock, user_name="sari@contoh.example")
    made = make_link(session, SYSTEM, clock, person_id=person.id, way=LinkWay.hand)
    choose_password(session, clock, secret=made.secret, new=NEW, hashing=HASHING)
    post.work()
    (mail,) = post.mails
    assert mail["Subject"] == "Kata sandi Anda diganti"
    assert NEW not in mail.get_content()


def test_a_notice_to_somebody_without_an_address_is_left_out(session, clock, post):
    person = make_person(session, clock, user_name="081234567890")
    job_id = ask(session, clock, person.id, "accounts.password_changed")
    post.work()
    assert job_of(session, job_id).state is JobState.dropped
    assert mail_state(session).failed == 0


def test_a_link_to_somebody_without_an_address_is_seen_to_fail(session, clock, post):
    person = make_person(session, clock, user_name="081234567890")
    job_id = ask(session, clock, person.id)
    post.work()
    assert (job_of(session, job_id).state, job_of(session, job_id).problem) == (
        JobState.dead,
        "no-address",
    )


def test_nothing_is_sent_to_a_disabled_person(session, clock, post):
    person = make_person(session, clock, user_name="sari@contoh.example")
    ask(session, clock, person.id)
    disable_person(session, SYSTEM, clock, person_id=person.id)
    post.work()
    assert post.mails == []


def test_a_server_that_asks_for_patience_gets_it(session, clock, post):
    person = make_person(session, clock, user_name="sari@contoh.example")
    job_id = ask(session, clock, person.id)
    post.handler.answers = ["451 try later", "451 try later"]
    post.work()
    job = job_of(session, job_id)
    assert (job.state, job.problem) == (JobState.waiting, "later: 451 try later")
    assert post.work() == 0, "not before its time"
    for minutes in (1, 5):
        clock.forward(minutes=minutes)
        post.work()
    assert job_of(session, job_id).state is JobState.done
    assert len(post.mails) == 1
    open_link(session, link_in(post.mails[0]), now=clock())


def test_a_refused_address_is_given_up_at_once_with_what_the_server_said(session, clock, post):
    person = make_person(session, clock, user_name="sari@contoh.example")
    job_id = ask(session, clock, person.id)
    post.handler.recipient = "550 5.1.1 no such mailbox"
    post.work()
    job = job_of(session, job_id)
    assert (job.state, job.problem) == (JobState.dead, "refused: 550 5.1.1 no such mailbox")
    assert mail_state(session).failed == 1


def test_no_server_at_all_is_for_later(session, clock, post):
    server = MailServer(host="127.0.0.1", port=1, starttls=False)
    message = make_message(
        sender="a@x.example", to="b@x.example", subject="x", text="x", message_id="1", at=clock()
    )
    with pytest.raises(Postponed, match="unreachable"):
        deliver(server, message)


def test_a_server_without_encryption_gets_nothing_when_it_is_asked_for(clock, post):
    port = int(post.url.rpartition(":")[2])
    message = make_message(
        sender="a@x.example", to="b@x.example", subject="x", text="x", message_id="1", at=clock()
    )
    with pytest.raises(Postponed, match="unsafe"):
        deliver(MailServer(host="127.0.0.1", port=port, starttls=True), message)
    assert post.mails == []


class Killed(BaseException):
    """The process dies here."""


def test_a_worker_killed_between_sending_and_marking_sends_once_more_and_no_oftener(
    session, clock, post
):
    """Said honestly: at most twice, and never lost; the second link replaces the first."""
    person = make_person(session, clock, user_name="sari@contoh.example")
    job_id = ask(session, clock, person.id)
    the_post = Post(MailServer.from_url(post.url), "asesor@contoh.example", "http://localhost")
    for _ in range(2):
        claimed = claim(session, clock)
        with post.app.app_context():
            send(session, clock, claimed, post=the_post)
        session.rollback()  # killed: no end is written
        clock.forward(seconds=LEASE.total_seconds())
    post.work()
    assert len(post.mails) == 2
    assert len({each["Message-ID"] for each in post.mails}) == 2
    first, second = map(link_in, post.mails)
    with pytest.raises(DeadLink):
        open_link(session, first, now=clock())
    assert open_link(session, second, now=clock())
    job = job_of(session, job_id)
    assert (job.state, job.problem) == (JobState.dead, "vanished")


@pytest.mark.parametrize(
    "address",
    [
        "",
        "sari",
        "sari@x.example\r\nBcc: y@z.example",
        "sari@x.example\nSubject: x",
        "a@x.example, b@x.example",
        "Sari <sari@x.example>",
        "sari@x.example\x00",
        "sari @x.example",
        "ſari@x.example",
        "sari@[127.0.0.1]",
        "@x.example",
    ],
)
def test_what_is_more_than_an_address_becomes_no_header(address, clock):
    for sender, to in (("a@x.example", address), (address, "a@x.example")):
        with pytest.raises(UnsafeHeader):
            make_message(sender=sender, to=to, subject="x", text="x", message_id="1", at=clock())


@pytest.mark.parametrize("subject", ["x\r\nBcc: y@z.example", "x\ny", "x\x00"])
def test_a_subject_of_two_lines_is_refused(subject, clock):
    with pytest.raises(UnsafeHeader):
        make_message(
            sender="a@x.example",
            to="b@x.example",
            subject=subject,
            text="x",
            message_id="1",
            at=clock(),
        )


def test_a_name_with_odd_signs_stays_in_the_text(session, clock, post):
    name = "Sari \u202e\r\nBcc: x@y.example"
    person = make_person(session, clock, user_name="sari@contoh.example", name=name)
    ask(session, clock, person.id)
    post.work()
    (mail,) = post.mails
    assert mail["Bcc"] is None
    assert post.handler.got[0].rcpt_tos == ["sari@contoh.example"]


@pytest.mark.parametrize(
    ("url", "server"),
    [
        ("smtp://localhost:1025", MailServer("localhost", 1025, starttls=False)),
        ("smtp://mail.bnn.example", MailServer("mail.bnn.example", 25)),
        (
            "smtp://asesor:a%40b@mail.bnn.example:587?starttls=yes",
            MailServer("mail.bnn.example", 587, "asesor", "a@b"),
        ),
        ("smtp://mail.bnn.example?starttls=no", MailServer("mail.bnn.example", 25, starttls=False)),
        ("smtps://mail.bnn.example", MailServer("mail.bnn.example", 465, tls=True, starttls=False)),
    ],
)
def test_the_setting_is_read(url, server):
    assert MailServer.from_url(url) == server


@pytest.mark.parametrize(
    "url", ["mail.bnn.example", "http://x", "smtp://", "smtp://x:99999", "smtp://x?starttls=maybe"]
)
def test_a_setting_that_cannot_be_read_says_how_it_is_written(url):
    with pytest.raises(WrongMailUrl, match="smtp://user:password"):
        MailServer.from_url(url)


def failed(session, clock, post):
    person = make_person(session, clock, name="Sari Melati", user_name="sari@contoh.example")
    job_id = ask(session, clock, person.id)
    post.handler.recipient = "550 no such mailbox"
    post.work()
    post.handler.recipient = "250 OK"
    return job_id


def test_the_centre_sees_what_failed_and_sends_it_again(session, clock, post, as_person):
    failed(session, clock, post)
    admin = as_person(make_person(session, clock, role=Role.administrator))
    page = admin.get("/people").click("Surel")
    assert "Sari Melati" in page.text
    assert "Server surel menolak. Periksa alamatnya." in page.text
    assert "550 no such mailbox" in page.text
    page = page.form("Coba lagi").submit()
    assert page.flashes == ["Surel akan segera dicoba lagi."]
    assert "Tidak ada yang perlu Anda lakukan" in page.text
    post.work()
    assert len(post.mails) == 1
    assert list(verify(session)) == []


def test_what_is_not_needed_is_discarded_once(session, clock, post, as_person):
    job_id = failed(session, clock, post)
    admin = as_person(make_person(session, clock, role=Role.administrator))
    page = admin.get("/mail").form("Buang").submit()
    assert page.flashes == ["Surel sudah dibuang."]
    page = admin.post(f"/mail/{job_id}/discard")
    assert page.flashes == ["Surel ini sudah dikirim, sedang menunggu, atau sudah dibuang."]
    acts = session.scalars(select(JournalEntry.act).where(JournalEntry.act.like("mail.%"))).all()
    assert acts == ["mail.dropped"]


def test_an_office_does_not_see_the_mails_of_the_nation(session, clock, post, as_person):
    job_id = failed(session, clock, post)
    here = make_office(session, clock, kind=OfficeKind.bnnk)
    local = as_person(make_person(session, clock, role=Role.administrator, office=here))
    local.get("/mail", status=404)
    assert "Surel" not in local.get("/people").links()
    for act in ("again", "discard"):
        response = local.request(
            "POST", f"/mail/{job_id}/{act}", data={"csrf_token": local.token()}
        )
        assert response.status_code == 404


def test_where_no_mail_is_set_up_links_wait_and_notices_do_not(session, clock, app, post):
    import dataclasses

    person = make_person(session, clock, user_name="sari@contoh.example")
    link = ask(session, clock, person.id)
    notice = ask(session, clock, person.id, "accounts.password_changed")
    kept = app.extensions["assessor_settings"]
    app.extensions["assessor_settings"] = dataclasses.replace(kept, mail_url="")
    post.work()
    assert job_of(session, link).problem == "not-set-up"
    assert job_of(session, link).state is JobState.waiting
    assert job_of(session, notice).state is JobState.dropped


def test_an_administrator_lets_a_link_be_sent(session, clock, post, as_person):
    here = make_office(session, clock, kind=OfficeKind.bnnk)
    site = make_site(session, clock, office=here)
    person = make_person(
        session, clock, user_name="sari@contoh.example", role=Role.institution, auditee=site
    )
    local = as_person(make_person(session, clock, role=Role.administrator, office=here))
    page = local.get(f"/people/{person.id}/link").form("Kirim lewat surel").submit()
    assert page.flashes == ["Surel dengan tautan akan dikirim dalam beberapa menit."]
    post.work()
    assert open_link(session, link_in(post.mails[0]), now=clock())
