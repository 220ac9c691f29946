"""Where does an administrator of the centre see which mails did not leave?"""

from collections.abc import Mapping
from dataclasses import dataclass

from flask import Blueprint, flash, redirect, render_template, url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from werkzeug.wrappers import Response

from assessor.access.guard import Loaded, requires, the_actor, the_request
from assessor.access.permissions import Permission
from assessor.access.rules import Subject
from assessor.database.extension import db
from assessor.jobs.models import Job
from assessor.jobs.queries import find_job
from assessor.jobs.queue import FAULT, VANISHED
from assessor.mail import services, transport
from assessor.mail.letters import KIND, letter_named, the_readers
from assessor.mail.queries import failed_mails, mail_state
from assessor.organization.reach import top_offices
from assessor.sentences import Refused
from assessor.ui.current import say, the_clock, the_language, the_settings, the_zone
from assessor.ui.formats import moment, number
from assessor.ui.parts import Column, Fact

blueprint = Blueprint("mail", __name__, url_prefix="/mail", template_folder="templates")


def the_house() -> Subject:
    """What the rules ask about the installation itself: only the centre is over it."""
    tops = top_offices(db.session())
    return Subject(offices=tops, tops=tops)


def _house() -> Loaded:
    return Loaded(None, the_house(), seen_with=Permission.manage_mail)


def _mail(job_id: str) -> Loaded | None:
    job = find_job(db.session(), job_id, kind=KIND)
    return None if job is None else Loaded(job, the_house(), seen_with=Permission.manage_mail)


@dataclass(frozen=True)
class MailLine:
    """One mail that was given up."""

    id: str
    title: str
    reader: str
    when: str
    reason: str
    said: str
    attempts: str


@dataclass(frozen=True)
class MailPage:
    """How mail is doing, and what was given up."""

    set_up: bool
    facts: tuple[Fact, ...]
    columns: tuple[Column, ...]
    lines: tuple[MailLine, ...]
    caption: str


def reason_words(code: str) -> str:
    """Why a mail did not leave, and what can be done."""
    words: Mapping[str, str] = {
        VANISHED: _(
            "Tidak pasti terkirim: layanan terhenti di tengah pengiriman, dua kali. Tanyakan "
            "dulu apakah surelnya sampai."
        ),
        FAULT: _("Kesalahan di sistem. Beri tahu pengelola sistem."),
        transport.NO_ADDRESS: _("Tidak ada alamat surel yang dapat dipakai. Isi di halaman orang."),
        transport.NOT_SET_UP: _("Pengiriman surel belum disiapkan di pemasangan ini."),
        transport.UNREACHABLE: _("Server surel tidak terjangkau."),
        transport.UNSAFE: _("Server surel tidak menawarkan sambungan yang aman."),
        transport.SIGN_IN: _("Server surel menolak nama dan kata sandi dari pengaturan."),
        transport.REFUSED: _("Server surel menolak. Periksa alamatnya."),
        transport.LATER: _("Server surel terus meminta mencoba lagi nanti."),
    }
    return words.get(code, _("Sebab yang tidak dikenal."))


def _line(job: Job, names: Mapping[str, str]) -> MailLine:
    known = letter_named(job.payload["letter"])
    code, _colon, said = (job.problem or "").partition(": ")
    return MailLine(
        id=job.id,
        title=say(known.title) if known is not None else job.payload["letter"],
        reader=names.get(job.payload["person"], ""),
        when=moment(job.finished_at or job.created_at, the_zone(), the_language()),
        reason=reason_words(code),
        said=said,
        attempts=ngettext("%(num)s percobaan", "%(num)s percobaan", job.attempts),
    )


@blueprint.get("")
@requires(Permission.manage_mail, _house)
def index(loaded: None) -> str:
    """What was given up, with the reason; no contents."""
    del loaded
    session, language = db.session(), the_language()
    state, failed = mail_state(session), failed_mails(session)
    names = the_readers().names(session, {each.payload["person"] for each in failed})
    last = moment(state.last_sent, the_zone(), language) if state.last_sent else _("Belum ada")
    page = MailPage(
        set_up=bool(the_settings().mail_url),
        facts=(
            Fact(_("Surel terakhir yang terkirim"), last),
            Fact(_("Menunggu dikirim"), number(state.waiting, language)),
            Fact(_("Gagal"), number(state.failed, language)),
        ),
        columns=(
            Column(_("Surel")),
            Column(_("Untuk")),
            Column(_("Sebab")),
            Column(_("Sejak")),
            Column(_("Tindakan"), hidden=True),
        ),
        lines=tuple(_line(each, names) for each in failed),
        caption=ngettext("%(num)s surel gagal", "%(num)s surel gagal", state.failed),
    )
    return render_template("mail/index.html", page=page)


def _subject() -> Subject:
    loaded = the_request().loaded
    return loaded.subject if loaded is not None else Subject()


@blueprint.post("/<job_id>/again")
@requires(Permission.manage_mail, _mail)
def again(loaded: Job) -> Response:
    """Send it from the start."""
    return _decide(services.try_again, loaded.id, _("Surel akan segera dicoba lagi."))


@blueprint.post("/<job_id>/discard")
@requires(Permission.manage_mail, _mail)
def discard(loaded: Job) -> Response:
    """It is not needed."""
    return _decide(services.discard, loaded.id, _("Surel sudah dibuang."))


def _decide(act: services.Act, job_id: str, words: str) -> Response:
    try:
        act(db.session(), the_actor(), the_clock(), job_id=job_id, house=_subject())
    except Refused as refused:
        flash(say(refused.sentence), "warn")
    else:
        flash(words, "ok")
    return redirect(url_for("mail.index"), 303)
