"""Where does somebody begin: what waits, what is going on, what is new?"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date

from flask import Blueprint, render_template, url_for
from flask_babel import gettext as _
from flask_babel import ngettext

from assessor.access.actor import Actor, Role
from assessor.access.guard import requires, the_actor
from assessor.access.matrix import MATRIX
from assessor.access.permissions import Permission
from assessor.assessments.citation_queries import Wanted, to_complete
from assessor.assessments.citation_words import shown_title, sufficiency_chip
from assessor.assessments.models import Status
from assessor.assessments.page_parts import checklist_href, kind_name, overview_href, status_chip
from assessor.assessments.required import REQUIRED, Requirement
from assessor.dashboard import home_queries as queries
from assessor.dashboard.home_queries import Many, Waiting
from assessor.dashboard.next_building import due_chip, next_task
from assessor.dashboard.next_queries import list_next
from assessor.dashboard.objections import filed_on, own_task, ruling_task
from assessor.database.extension import db
from assessor.evidence.pages import ending_task
from assessor.evidence.quarantine import InQuarantine, in_quarantine
from assessor.evidence.versions import Ending, to_bring_anew
from assessor.installation.settings import Name, text_of
from assessor.permits.pages import reminder
from assessor.permits.queries import Due, to_renew
from assessor.ui.current import the_clock, the_language, the_zone
from assessor.ui.formats import clock, day, day_in
from assessor.ui.parts import Chip, ChipStatus, Link, Task
from assessor.urgent.pages import task_of
from assessor.urgent.queries import list_waiting

MOST_OWN = 6

blueprint = Blueprint("dashboard", __name__, template_folder="templates")


@dataclass(frozen=True)
class NextDue:
    """A task with what it is sorted by: what is late first, then its day, then how near it is to
    done. `late`: a day was set for it and is over."""

    task: Task
    by: date | None
    rank: int
    late: bool = False

    @property
    def key(self) -> tuple[bool, bool, date, int, str]:
        """Sort key; without a day it comes last."""
        return (not self.late, self.by is None, self.by or date.max, self.rank, self.task.title)


def _is_late(due_on: date | None, today: date) -> bool:
    return due_on is not None and due_on < today


@dataclass(frozen=True)
class HomePage:
    """The page everybody begins with."""

    title: str
    lead: str
    primary: Link | None
    urgent: tuple[Task, ...]
    tasks: tuple[Task, ...]
    more_tasks: Link | None
    own: tuple[Task, ...]  # the auditees of the reader's office with what is due at each
    more_own: Link | None
    running: tuple[Task, ...]
    more_running: Link | None
    news: tuple[Task, ...]
    has_work: bool
    quiet_words: str
    quiet_link: Link | None


def _has(actor: Actor, permission: Permission) -> bool:
    return any(permission in MATRIX[held.role] for held in actor.held)


def _about(each: Waiting) -> str:
    return f"{kind_name(each.assessment.kind)} · {each.assessment.reference}"


def _fill(each: Waiting, today: date) -> NextDue:
    status = each.assessment.status
    counted = _("%(done)s dari %(asked)s butir dinilai", done=each.done, asked=each.asked)
    told = [_about(each), counted, *([_("ada edisi baru")] if each.newer else [])]
    step = _visit_step(each)
    if step is not None:
        act, rank = step.label, 1
    elif status is Status.returned:
        act, rank = _("Perbaiki yang dikembalikan"), 0
    elif each.done >= each.asked > 0:
        act, rank = _("Periksa dan kirim"), 1
    elif status is Status.draft:
        act, rank = _("Mulai mengisi"), 3
    else:
        act, rank = _("Lanjutkan mengisi"), 2
    returned = status is Status.returned
    href = overview_href(each.assessment.id)
    if step is not None:
        href = step.href
    elif rank >= 2:
        href = checklist_href(each.assessment.id)
    elif not returned:
        href = f"/assessments/{each.assessment.id}/submit"
    chip = status_chip(status) if returned else due_chip(each.due_on, today)
    return NextDue(
        Task(f"{act}: {each.auditee}", href, " · ".join(told), chip),
        each.due_on,
        rank,
        late=_is_late(each.due_on, today),
    )


def _visit_step(each: Waiting) -> Link | None:
    """What of the visit comes before scoring, or before handing over."""
    assessment, base = each.assessment, f"/assessments/{each.assessment.id}"
    needed = REQUIRED[assessment.kind]
    if Requirement.declarations in needed and "declared" not in each.steps:
        return Link(_("Isi pernyataan"), f"{base}/declaration")
    if not each.done >= each.asked > 0:
        return None
    if Requirement.assignment in needed and "assigned" not in each.steps:
        return Link(_("Catat surat tugas"), f"{base}/assignment")
    if Requirement.closing in needed and "closed" not in each.steps:
        return Link(_("Tutup bersama lembaga"), f"{base}/closing")
    return None


def _replace(each: Waiting, today: date) -> NextDue:
    act, href = _("Ganti anggota tim"), f"/assessments/{each.assessment.id}/team"
    detail = f"{_about(each)} · {_('ada konflik kepentingan')}"
    task = Task(f"{act}: {each.auditee}", href, detail, due_chip(each.due_on, today))
    return NextDue(task, each.due_on, 0, late=_is_late(each.due_on, today))


def _assign(each: Waiting, today: date) -> NextDue:
    act, href = _("Catat surat tugas"), f"/assessments/{each.assessment.id}/assignment"
    task = Task(f"{act}: {each.auditee}", href, _about(each), due_chip(each.due_on, today))
    return NextDue(task, each.due_on, 2, late=_is_late(each.due_on, today))


def _sign(each: Waiting, _today: date) -> NextDue:
    act = _("Unggah berita acara bertanda tangan")
    href = f"/assessments/{each.assessment.id}/closing#signed"
    return NextDue(Task(f"{act}: {each.auditee}", href, _about(each)), None, 4)


def _verify(each: Waiting, today: date) -> NextDue:
    act = _("Verifikasi")
    return _decide(each, today, act, f"/assessments/{each.assessment.id}/verify")


def _check(each: Waiting, today: date) -> NextDue:
    return _decide(each, today, _("Periksa"), f"/assessments/{each.assessment.id}/check")


def _decide(each: Waiting, today: date, act: str, href: str) -> NextDue:
    sent = each.assessment.submitted_at
    sent_on = day_in(sent, the_zone()) if sent else today
    waiting = (today - sent_on).days
    words = _("dikirim %(day)s", day=day(sent_on, the_language()))
    chip = Chip(
        ChipStatus.warn if waiting > 7 else ChipStatus.info,
        ngettext("menunggu %(num)s hari", "menunggu %(num)s hari", waiting)
        if waiting
        else _("baru hari ini"),
    )
    return NextDue(
        Task(f"{act}: {each.auditee}", href, f"{_about(each)} · {words}", chip), sent_on, 1
    )


def _answer(each: Waiting, today: date) -> NextDue:
    act = ngettext("Tanggapi %(num)s temuan", "Tanggapi %(num)s temuan", each.open_findings)
    href = f"/assessments/{each.assessment.id}/findings"
    task = Task(f"{act}: {each.auditee}", href, _about(each), due_chip(each.due_on, today))
    return NextDue(task, each.due_on, 1, late=_is_late(each.due_on, today))


def _open(each: Waiting, _today: date) -> NextDue:
    act = _("Buka penilaian")
    href = url_for("assessments.open_form", auditee_id=each.assessment.auditee_id)
    detail = _("Penilaian mandirinya sudah dikunci: %(ref)s", ref=each.assessment.reference)
    return NextDue(Task(f"{act}: {each.auditee}", href, detail), None, 2)


def _begin_own(actor: Actor, year: int) -> Iterable[NextDue]:
    if not _has(actor, Permission.open_self_assessment):
        return
    for own in queries.own_auditees(db.session(), actor, year):
        if not own.begun:
            act = _("Mulai penilaian mandiri")
            href = url_for("assessments.open_form", auditee_id=own.auditee_id)
            detail = _("Belum ada penilaian mandiri untuk tahun %(year)s.", year=year)
            yield NextDue(Task(f"{act}: {own.name}", href, detail), None, 3)


def _renew(each: Due, today: date) -> NextDue:
    late = _is_late(each.expires_on, today)
    return NextDue(reminder(each, today), each.expires_on, 1, late=late)


def _complete(each: Wanted) -> NextDue:
    href = url_for("assessments.wanted", auditee_id=each.auditee_id)
    words = f"{shown_title(each.title)} · {_('butir %(items)s', items=each.item)}"
    chip = sufficiency_chip(each.sufficiency)
    task = Task(_("Lengkapi bukti: %(name)s", name=each.auditee), href, words, chip)
    return NextDue(task, day_in(each.said_at, the_zone()), 1)


def _look(each: InQuarantine) -> NextDue:
    href = url_for("evidence.look", evidence_id=each.evidence_id)
    chip = Chip(ChipStatus.bad, _("Dikarantina"))
    task = Task(_("Periksa bukti: %(name)s", name=each.auditee), href, each.title, chip)
    return NextDue(task, day_in(each.since, the_zone()), 0)


def _bring_anew(each: Ending, today: date) -> NextDue:
    href = url_for("evidence.piece", evidence_id=each.evidence_id)
    task = ending_task(each, href=href, today=today, language=the_language())
    return NextDue(task, each.valid_until, 2, late=_is_late(each.valid_until, today))


def _tasks(actor: Actor, today: date) -> tuple[list[NextDue], bool]:
    """All that waits, the most urgent first, and whether there is more than is shown."""
    session = db.session()
    wanted: list[tuple[Permission, Callable[[], Many], Callable[[Waiting, date], NextDue]]] = [
        (Permission.score, lambda: queries.to_fill(session, actor, today), _fill),
        (Permission.close, lambda: queries.to_sign(session, actor), _sign),
        (Permission.answer_finding, lambda: queries.to_answer(session, actor), _answer),
        (Permission.open_assessment, lambda: queries.to_replace(session, actor), _replace),
        (Permission.open_assessment, lambda: queries.to_assign(session, actor), _assign),
        (Permission.open_assessment, lambda: queries.to_open(session, actor), _open),
        (Permission.check, lambda: queries.to_check(session, actor), _check),
        (Permission.verify, lambda: queries.to_verify(session, actor), _verify),
    ]
    found: list[NextDue] = []
    more = False
    for permission, read, make in wanted:
        if _has(actor, permission):
            many = read()
            more = more or many.count > len(many.rows)
            found += [make(each, today) for each in many.rows]
    if _has(actor, Permission.decide_objection):
        disputed, count = queries.to_rule_on(session, actor)
        more = more or count > len(disputed)
        found += [NextDue(ruling_task(each, today), filed_on(each), 1) for each in disputed]
    found += _begin_own(actor, today.year)
    if _has(actor, Permission.keep_permits):
        due = to_renew(session, actor, today)
        more = more or due.count > len(due.rows)
        found += [_renew(each, today) for each in due.rows]
    if _has(actor, Permission.end_quarantine):
        shut = in_quarantine(session, actor)
        more = more or shut.count > len(shut.rows)
        found += [_look(each) for each in shut.rows]
    if _has(actor, Permission.upload_evidence):
        lacking = to_complete(session, actor)
        more = more or lacking.count > len(lacking.rows)
        found += [_complete(each) for each in lacking.rows]
        ending = to_bring_anew(session, actor, today)
        more = more or ending.count > len(ending.rows)
        found += [_bring_anew(each, today) for each in ending.rows]
    return sorted(found, key=lambda each: each.key), more


def _own(actor: Actor, today: date) -> tuple[Task, ...]:
    """For who looks after the auditees of an office: those where something is due first."""
    if not actor.has(Role.coach, Role.checker):
        return ()
    found = list_next(db.session(), actor, today.year, size=MOST_OWN)
    return tuple(next_task(actor, each, today) for each in found.rows)


def _running_task(each: Waiting) -> Task:
    counted = _("%(done)s dari %(asked)s butir dinilai", done=each.done, asked=each.asked)
    return Task(
        each.auditee,
        overview_href(each.assessment.id),
        f"{_about(each)} · {counted}",
        status_chip(each.assessment.status),
    )


def _news_task(each: Waiting) -> Task:
    sealed = each.assessment.sealed_at
    when = day(day_in(sealed, the_zone()), the_language()) if sealed else ""
    return Task(
        each.auditee,
        url_for("assessments.result", assessment_id=each.assessment.id),
        f"{_about(each)} · {_('dikunci %(day)s', day=when)}",
        status_chip(each.assessment.status),
    )


def _greeting(actor: Actor) -> str:
    hour = int(clock(the_clock()(), the_zone(), "en")[:2])
    name = actor.name.split()[0] if actor.name else ""
    if 4 <= hour < 11:
        words = _("Selamat pagi, %(name)s", name=name)
    elif 11 <= hour < 15:
        words = _("Selamat siang, %(name)s", name=name)
    elif 15 <= hour < 18:
        words = _("Selamat sore, %(name)s", name=name)
    else:
        words = _("Selamat malam, %(name)s", name=name)
    return str(words)


def _quiet_words(actor: Actor) -> str:
    if actor.has(Role.administrator):
        words = _("Di sini Anda mengundang orang dan memberi mereka jabatan.")
    elif actor.has(Role.privacy):
        words = _("Yang dirujuk kepada Anda akan muncul di sini. Jurnal ada di menu.")
    elif not actor.held:
        words = _("Anda belum memegang jabatan. Minta administrator memberi Anda jabatan.")
    else:
        words = _("Bila ada yang menunggu Anda, muncul di sini.")
    return str(words)


@blueprint.get("/")
@requires(Permission.public)
def home() -> str:
    """Home by role; who is not signed in learns what this is and where to go."""
    actor = the_actor()
    if not actor.signed_in:
        contact = text_of(db.session(), Name.public_contact)
        return render_template("dashboard/start.html", contact=contact)
    session, now = db.session(), the_clock()()
    today = day_in(now, the_zone())
    waiting, more = _tasks(actor, today)
    alarms = tuple(task_of(each) for each in list_waiting(session, actor))
    first = alarms[0] if alarms else waiting[0].task if waiting else None
    sees = _has(actor, Permission.see_assessment)
    decides = frozenset(
        status
        for status, permission in (
            (Status.submitted, Permission.check),
            (Status.checked, Permission.verify),
        )
        if _has(actor, permission)
    )
    running = queries.running(session, actor, decides=decides) if sees else Many((), 0)
    disputed, _count = (
        queries.own_objections(session, actor) if _has(actor, Permission.object) else ((), 0)
    )
    news = queries.lately_sealed(session, actor, now) if sees else Many((), 0)
    own = _own(actor, today)
    late = sum(each.late for each in waiting)
    all_href = url_for("assessments.index")
    page = HomePage(
        title=_greeting(actor),
        lead=_lead(len(alarms) + len(waiting), late),
        primary=Link(first.title, first.href) if first else None,
        urgent=alarms,
        tasks=tuple(each.task for each in waiting[: queries.MOST_TASKS]),
        more_tasks=Link(_("Lihat semua penilaian"), all_href)
        if more or len(waiting) > queries.MOST_TASKS
        else None,
        own=own,
        more_own=Link(_("Semua lembaga dan unit kantor Anda"), url_for("auditees.next_due"))
        if own
        else None,
        running=(
            *(own_task(each) for each in disputed),
            *(_running_task(each) for each in running.rows),
        ),
        more_running=Link(
            ngettext("Semua %(num)s yang berjalan", "Semua %(num)s yang berjalan", running.count),
            all_href,
        )
        if running.count > len(running.rows)
        else None,
        news=tuple(_news_task(each) for each in news.rows),
        has_work=bool(alarms or waiting),
        quiet_words=_quiet_words(actor),
        quiet_link=Link(_("Orang dan akun"), url_for("people.index"))
        if actor.has(Role.administrator)
        else None,
    )
    return render_template("dashboard/home.html", page=page)


def _lead(count: int, late: int) -> str:
    if not count:
        return ""
    words = ngettext("%(num)s hal menunggu Anda.", "%(num)s hal menunggu Anda.", count)
    if late:
        words += " " + ngettext(
            "%(num)s sudah lewat batas waktunya.", "%(num)s sudah lewat batas waktunya.", late
        )
    return str(words)
