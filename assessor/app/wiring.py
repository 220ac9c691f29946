"""Which feature acts when another one below it has done something?

Lower features know nothing of higher ones; here the higher ones are made to listen.
"""

from sqlalchemy.orm import Session

from assessor.access.guard import the_actor
from assessor.accounts import letters
from assessor.assessments.closing.after_closing import call_after_closing
from assessor.assessments.document.after_sealing import call_after_sealing
from assessor.database.extension import db
from assessor.evidence import scanning, taking, uploads
from assessor.jobs.queue import Claimed, Kind
from assessor.jobs.running import know
from assessor.journal.checkpoints import load_signer
from assessor.journal.work import Clock
from assessor.mail.letters import KIND
from assessor.mail.sending import Post, send
from assessor.mail.transport import MailServer
from assessor.reports.minutes_services import issue_minutes
from assessor.reports.services import issue_report
from assessor.ui.current import the_clock, the_scanner, the_settings, the_store

# the language of the papers that are issued at once; others are issued on request
FIRST_LANGUAGE = "id"


def _issue_report(assessment_id: str) -> None:
    settings = the_settings()
    issue_report(
        db.session(),
        the_actor(),
        the_clock(),
        store=the_store(),
        signer=load_signer(settings.checkpoint_key),
        assessment_id=assessment_id,
        language=FIRST_LANGUAGE,
        base_url=settings.base_url,
    )


def _issue_minutes(closing_id: str) -> None:
    issue_minutes(
        db.session(),
        the_actor(),
        the_clock(),
        store=the_store(),
        closing_id=closing_id,
        language=FIRST_LANGUAGE,
        base_url=the_settings().base_url,
    )


def _send(session: Session, clock: Clock, claimed: Claimed) -> None:
    settings = the_settings()
    post = Post(
        server=MailServer.from_url(settings.mail_url) if settings.mail_url else None,
        sender=settings.mail_from,
        base_url=settings.base_url,
    )
    send(session, clock, claimed, post=post)


def _finish_upload(session: Session, clock: Clock, claimed: Claimed) -> None:
    limit = the_settings().upload_limit
    taking.finish_later(
        session, clock, claimed, store=the_store(), limit=limit, scanner=the_scanner()
    )


def _expire_upload(session: Session, _clock: Clock, claimed: Claimed) -> None:
    taking.expire(session, claimed, store=the_store())


def _scan(session: Session, clock: Clock, claimed: Claimed) -> None:
    scanning.scan_later(session, clock, claimed, store=the_store(), scanner=the_scanner())


def connect() -> None:
    """Connect all of them; a second time changes nothing."""
    call_after_sealing(_issue_report)
    call_after_closing(_issue_minutes)
    letters.connect()
    know(Kind(name=KIND, run=_send))
    # a scanner that is away for days is asked for days
    know(
        Kind(
            name=scanning.SCAN,
            run=_scan,
            most_attempts=10_000,
            most_vanished=3,
            waits=scanning.WAITS_BETWEEN,
        )
    )
    know(Kind(name=uploads.FINISH, run=_finish_upload, most_attempts=20, most_vanished=3))
    know(Kind(name=uploads.EXPIRE, run=_expire_upload, most_attempts=20, most_vanished=3))
