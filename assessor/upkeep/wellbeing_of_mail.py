"""Does mail leave the house: does somebody send it, does the server take it, was any given up?"""

from collections.abc import Mapping
from datetime import timedelta

from sqlalchemy import func, or_, select

from assessor.installation.settings import Name
from assessor.jobs.models import Job, JobState
from assessor.mail.letters import KIND
from assessor.mail.queries import mail_state
from assessor.sentences import Sentence
from assessor.upkeep.findings import Finding, House, State, Thing

# A worker looks every few seconds and a first hiccup of a server is over within minutes.
NOBODY_WORKS = timedelta(minutes=15)
TOO_LONG = timedelta(hours=1)

_SEE_MAIL = Sentence("Buka Administrasi, Surel: sebabnya tertulis di sana.")


def look_at_mail(house: House, _limits: Mapping[Name, int]) -> Finding:
    """The last one that left, those that wait too long, those that were given up."""
    state = mail_state(house.session)
    if not house.settings.mail_url:
        return _without(state.waiting)
    overdue = _overdue(house)
    if overdue:
        return Finding(
            Thing.mail,
            State.bad,
            Sentence(
                "Tidak ada yang mengirim: %(count)s surel lewat gilirannya.", {"count": overdue}
            ),
            Sentence(
                "Mulai lagi layanannya, atau jalankan: %(command)s.",
                {"command": "assessor jobs run"},
            ),
            state.last_sent,
        )
    since = state.waiting_since
    if since is not None and house.clock() - since > TOO_LONG:
        words = Sentence(
            "Surel tidak dapat dikirim, sudah %(hours)s jam; %(count)s menunggu.",
            {"hours": (house.clock() - since) // timedelta(hours=1), "count": state.waiting},
        )
        return Finding(Thing.mail, State.bad, words, _SEE_MAIL, state.last_sent)
    if state.failed:
        words = Sentence(
            "%(count)s surel gagal dan menunggu keputusan Anda.", {"count": state.failed}
        )
        return Finding(Thing.mail, State.watch, words, _SEE_MAIL, state.last_sent)
    if state.last_sent is None:
        words = Sentence("Sudah diatur; belum ada surel yang terkirim.")
        return Finding(Thing.mail, State.well, words)
    words = Sentence("Surel terkirim; %(count)s menunggu giliran.", {"count": state.waiting})
    return Finding(Thing.mail, State.well, words, None, state.last_sent)


def _without(waiting: int) -> Finding:
    words = Sentence("Belum diatur: sistem tidak mengirim surel.")
    if waiting:
        words = Sentence(
            "Belum diatur: sistem tidak mengirim surel; %(count)s menunggu sampai diatur.",
            {"count": waiting},
        )
    remedy = Sentence("Tautan dan kata sandi diserahkan langsung oleh administrator.")
    return Finding(Thing.mail, State.unset, words, remedy)


def _overdue(house: House) -> int:
    """How many have had their turn long ago, and nobody works on them."""
    then = house.clock() - NOBODY_WORKS
    return house.session.scalars(
        select(func.count())
        .select_from(Job)
        .where(
            Job.kind == KIND,
            Job.state == JobState.waiting,
            Job.run_at < then,
            or_(Job.leased_until.is_(None), Job.leased_until < then),
        )
    ).one()
