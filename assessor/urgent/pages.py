"""What stands on the pages of urgent reports, in the reader's words?"""

from dataclasses import dataclass
from datetime import date

from flask_babel import gettext as _
from flask_babel import lazy_gettext
from sqlalchemy.orm import Session

from assessor.auditees.holds import hold_because_of
from assessor.auditees.models import Auditee, Hold
from assessor.ui.current import the_language
from assessor.ui.formats import Zone, day, moment, number
from assessor.ui.parts import Chip, ChipStatus, Column, Event, Fact, Link, Task
from assessor.urgent.forms import DecideForm, LiftForm, NoteForm, ReportForm
from assessor.urgent.kinds import kind_label, kind_short, outsider_label
from assessor.urgent.models import UrgentReport, Verdict
from assessor.urgent.queries import Line, Whole

VERDICTS = {
    Verdict.founded: lazy_gettext("Terbukti, ada tindakan lanjut"),
    Verdict.unfounded: lazy_gettext("Tidak terbukti"),
    Verdict.passed_on: lazy_gettext("Diteruskan ke pihak berwenang"),
}


@dataclass(frozen=True)
class ReportPage:
    """The form with which grave danger is reported."""

    kicker: str
    back: Link
    action: str
    form: ReportForm


@dataclass(frozen=True)
class ListPage:
    """The reports the reader sees: those that wait, then those decided."""

    lead: str
    primary: Link | None
    waiting: tuple[Task, ...]
    columns: tuple[Column, ...]
    decided: tuple["DecidedLine", ...]
    older_href: str
    newer_href: str


@dataclass(frozen=True)
class DecidedLine:
    """A decided report in the list."""

    title: str
    href: str
    reference: str
    when: str
    chip: Chip


@dataclass(frozen=True)
class DetailPage:
    """One report: what was seen, what happened since, what was decided, what comes next."""

    h1: str
    kicker: str
    back: Link
    chip: Chip
    hold: str
    primary: Link | None
    why_not: str
    facts: tuple[Fact, ...]
    seen: str
    done: str
    notes: tuple[Event, ...]
    decision: tuple[Fact, ...]
    reason: str
    note_form: NoteForm
    note_action: str
    lift_form: LiftForm | None
    lift_action: str


@dataclass(frozen=True)
class DecidePage:
    """What is decided, and the form for it."""

    kicker: str
    back: Link
    stale: str
    facts: tuple[Fact, ...]
    seen: str
    done: str
    notes: tuple[Event, ...]
    action: str
    form: DecideForm


def report_href(report_id: str) -> str:
    """The page of a report."""
    return f"/urgent-reports/{report_id}"


def verdict_chip(verdict: Verdict | None) -> Chip:
    """The state of a report in word and shape."""
    if verdict is None:
        return Chip(ChipStatus.bad, _("Menunggu putusan"))
    status = ChipStatus.neutral if verdict is Verdict.unfounded else ChipStatus.warn
    return Chip(status, str(VERDICTS[verdict]))


def task_of(line: Line) -> Task:
    """A waiting report among what somebody has to do."""
    language, report = the_language(), line.report
    when = moment(report.reported_at, Zone(line.zone), language)
    kind = kind_short(report.kind, language)
    return Task(
        _("Laporan segera: %(kind)s di %(name)s", kind=kind, name=line.auditee),
        report_href(report.id),
        _("%(ref)s · dilaporkan %(when)s oleh %(who)s", ref=report.reference, when=when,
          who=line.reporter),
        verdict_chip(line.verdict),
    )  # fmt: skip


def decided_line(line: Line) -> DecidedLine:
    """A decided report in the list."""
    language, report = the_language(), line.report
    return DecidedLine(
        title=f"{line.auditee}: {kind_short(report.kind, language)}",
        href=report_href(report.id),
        reference=report.reference,
        when=moment(report.reported_at, Zone(line.zone), language),
        chip=verdict_chip(line.verdict),
    )


def facts_of(whole: Whole, auditee: Auditee) -> tuple[Fact, ...]:
    """The short facts of a report."""
    language, zone, report = the_language(), Zone(auditee.time_zone.value), whole.report
    about = Link(_("Lihat"), f"/auditees/{auditee.id}")
    told = ", ".join(outsider_label(code, language) for code in report.told)
    facts = [
        Fact(_("Tentang"), auditee.name, note=auditee.reference, act=about),
        Fact(_("Kejadian"), kind_label(report.kind, language)),
        Fact(_("Hari kejadian"), _seen_when(report, zone)),
        Fact(_("Tempat"), report.place),
    ]
    if report.affected is not None:
        people = _("%(count)s orang", count=number(report.affected, language))
        facts.append(Fact(_("Yang terkena"), people))
    facts += [
        Fact(_("Pihak luar yang diberi tahu"), told or _("Belum ada")),
        Fact(_("Dilaporkan"), moment(report.reported_at, zone, language), note=whole.reporter),
    ]
    return tuple(facts)


def _seen_when(report: UrgentReport, zone: Zone) -> str:
    language = the_language()
    words = day(report.seen_on, language)
    if report.seen_at is None:
        return words
    at = report.seen_at if language == "en" else report.seen_at.replace(":", ".")
    return str(_("%(day)s, sekitar %(at)s %(zone)s", day=words, at=at, zone=zone))


def notes_of(whole: Whole, zone: Zone) -> tuple[Event, ...]:
    """What happened since, the newest first."""
    return tuple(
        Event(
            when=moment(each.written_at, zone, the_language()),
            title=_("Catatan lanjutan"),
            detail=each.words,
            who=each.writer,
            status=ChipStatus.info,
        )
        for each in reversed(whole.notes)
    )


def decision_of(whole: Whole, zone: Zone) -> tuple[Fact, ...]:
    """How it was decided; nothing while it waits."""
    if whole.decision is None:
        return ()
    language, decision = the_language(), whole.decision.decision
    until = decision.hold_until
    kept = (
        _("Tetap sampai %(day)s", day=day(until, language))
        if until
        else _("Berakhir dengan putusan ini")
    )
    return (
        Fact(_("Putusan"), str(VERDICTS[decision.verdict])),
        Fact(_("Penangguhan"), kept),
        Fact(
            _("Diputus"),
            moment(decision.decided_at, zone, language),
            note=whole.decision.decider,
        ),
    )


def hold_words(hold: Hold, zone: Zone) -> str:
    """Since when and until when an auditee is on hold, and because of what."""
    language = the_language()
    since = moment(hold.begun_at, zone, language)
    kind = kind_short(hold.cause_kind, language)
    if hold.until is None:
        return str(
            _(
                "Ditangguhkan sejak %(since)s karena laporan segera (%(kind)s) yang belum diputus.",
                since=since,
                kind=kind,
            )
        )
    return str(
        _(
            "Ditangguhkan sejak %(since)s sampai %(until)s karena laporan segera (%(kind)s).",
            since=since,
            until=day(hold.until, language),
            kind=kind,
        )
    )


def lasting_hold(session: Session, report: UrgentReport, today: date) -> Hold | None:
    """The hold of a report while it lasts."""
    hold = hold_because_of(session, report.id)
    return hold if hold is not None and hold.lasts_on(today) else None
