"""What stands on the page of the closing: points not agreed, what is frozen, what changed since?"""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from flask import url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from sqlalchemy.orm import Session

from assessor.access.guard import the_actor
from assessor.access.permissions import Permission
from assessor.assessments import wording
from assessor.assessments.closing.services import closing_hash, list_disputed
from assessor.assessments.declarations import why_not_score
from assessor.assessments.document.decided import decided_now
from assessor.assessments.judging import Judged, lacks
from assessor.assessments.models import Kind
from assessor.assessments.page_parts import (
    answers_href,
    checklist_href,
    kicker_of,
    may,
    outcome_chip,
    overview_href,
    share_of,
)
from assessor.assessments.seal import open_seal
from assessor.assessments.visit.changes import Changed, changes_since
from assessor.assessments.visit.changes_wording import value_in
from assessor.assessments.visit.content import list_closings
from assessor.assessments.visit.forms import ClosingForm, PointForm, SignedForm
from assessor.assessments.visit.meetings import get_meetings
from assessor.assessments.visit.pages import (
    ChangeLine,
    ClosingPage,
    ClosingRecord,
    Paper,
    PointLine,
)
from assessor.assessments.visit.paper_building import may_hand_in, papers_of
from assessor.assessments.visit.steps import next_act, why_not_arranged
from assessor.assessments.visit_models import Closing, MeetingKind
from assessor.assessments.workflow import OPEN
from assessor.auditees.models import Auditee
from assessor.ui.choices import offer
from assessor.ui.current import say, the_language, the_settings
from assessor.ui.formats import Zone, moment, percent
from assessor.ui.parts import Fact, Link
from checklists.model import NOT_APPLICABLE, Checklist


def choice_words(checklist: Checklist, language: str) -> Callable[[str | None], str]:
    """What a choice of an edition is called."""

    def text(choice: str | None) -> str:
        if choice is None or choice == NOT_APPLICABLE:
            return wording.ABSENT[choice].in_(language)
        if checklist.has_choice(choice):
            return f"{choice} {checklist.choice(choice).label.in_(language)}"
        return choice

    return text


def change_lines(judged: Judged, changes: Sequence[Changed], zone: Zone) -> tuple[ChangeLine, ...]:
    """Each change in words, with the way to its item."""
    language = the_language()
    choice_text = choice_words(judged.checklist, language)
    open_ = judged.assessment.status in OPEN

    def line(each: Changed) -> ChangeLine:
        href = checklist_href if open_ else answers_href
        at = moment(each.at, zone, language) if each.at else ""
        return ChangeLine(
            item=each.item or str(_("Penilaian ini")),
            href=href(judged.assessment.id, each.item) if each.item else "",
            field=wording.in_(language, wording.CHANGED_FIELDS, each.field),
            before=value_in(language, each.field, each.before, choice_text=choice_text),
            after=value_in(language, each.field, each.after, choice_text=choice_text),
            who=", ".join(part for part in (each.who, at) if part),
        )

    return tuple(line(each) for each in changes)


def changed_lines(session: Session, judged: Judged) -> tuple[ChangeLine, ...]:
    """What changed since the latest preliminary result, if one was frozen."""
    assessment = judged.assessment
    closings = list_closings(session, assessment.id) if assessment.kind is not Kind.self else ()
    if not closings:
        return ()
    zone = Zone(session.get_one(Auditee, assessment.auditee_id).time_zone.value)
    return change_lines(judged, changes_since(session, judged, closings[-1]), zone)


def changes_words(count: int) -> str:
    """How many there are."""
    if not count:
        return str(_("Tidak ada yang berubah sejak hasil sementara dibekukan."))
    return str(
        ngettext(
            "%(num)s hal berubah sejak hasil sementara dibekukan.",
            "%(num)s hal berubah sejak hasil sementara dibekukan.",
            count,
        )
    )


def build_closing(
    session: Session,
    judged: Judged,
    *,
    form: ClosingForm,
    point: PointForm,
    scan: SignedForm,
    stale: str = "",
) -> ClosingPage:
    """The page in the reader's language."""
    assessment = judged.assessment
    zone = Zone(session.get_one(Auditee, assessment.auditee_id).time_zone.value)
    closings = list_closings(session, assessment.id)
    refusal = why_not_arranged(assessment) or _why_not_mine(session, judged)
    meeting = get_meetings(session, assessment.id).get(MeetingKind.closing)
    changes = changes_since(session, judged, closings[-1]) if closings else ()
    working = not refusal
    freezes = working and meeting is not None
    form.shown_hash.data = closing_hash(session, judged)
    items = {
        item.id: f"{item.id} · {item.text.in_(the_language())}" for item in judged.asked.values()
    }
    offer(point.item, items, none=_("Pilih butirnya"))
    decided = decided_now(session, judged)
    papers = papers_of(session, closings, zone, scan)
    signed = bool(closings) and papers[closings[-1].id].is_signed
    lacking = sum(1 for lack in lacks(judged) if lack.requirement is None)
    meeting_href = url_for(
        "assessments.meeting", assessment_id=assessment.id, kind=MeetingKind.closing.value
    )
    return ClosingPage(
        kicker=kicker_of(session, assessment),
        back=Link(_("Penilaian ini"), overview_href(assessment.id)),
        lead=_lead(closed=bool(closings), met=meeting is not None, working=working),
        missing=_missing(closed=bool(closings), signed=signed),
        primary=_primary(
            judged,
            closed=bool(closings),
            met=meeting is not None,
            working=working,
            href=meeting_href,
        )
        or _sign_next(unsigned=bool(closings) and not signed),
        outcome=decided.outcome,
        total=decided.total,
        counts=decided.counts,
        warning=ngettext(
            "%(num)s butir masih perlu dilengkapi. Hasil yang dibekukan memuatnya apa adanya.",
            "%(num)s butir masih perlu dilengkapi. Hasil yang dibekukan memuatnya apa adanya.",
            lacking,
        )
        if lacking and working
        else "",
        meeting=Fact(
            wording.MEETINGS[MeetingKind.closing].in_(the_language()),
            moment(meeting.held_at, zone, the_language()) if meeting else _("Belum dicatat"),
            note=meeting.place if meeting else "",
            act=Link(_("Ubah") if meeting else _("Catat"), meeting_href) if working else None,
        ),
        points=_points(session, judged, working=working),
        point_form=point if working else None,
        form=form if freezes else None,
        again=bool(closings),
        stale=stale,
        closed_form="" if working else refusal,
        records=_records(judged, closings, zone, papers),
        changes=change_lines(judged, changes, zone),
        changes_words=changes_words(len(changes)) if closings else "",
        megabytes=the_settings().upload_limit // (1024 * 1024),
    )


def _why_not_mine(session: Session, judged: Judged) -> str:
    if not may(Permission.close):
        return str(_("Hasil sementara dibekukan oleh tim penilai."))
    sentence = why_not_score(session, judged.assessment, the_actor())
    return say(sentence) if sentence is not None else ""


def _lead(*, closed: bool, met: bool, working: bool) -> str:
    if closed:
        return str(_("Hasil sementara sudah dibekukan. Perubahan sesudahnya terdaftar di bawah."))
    if not working:
        return str(_("Hasil sementara belum dibekukan."))
    if not met:
        return str(_("Catat dulu pertemuan penutupan: kapan, di mana, dan siapa yang hadir."))
    return str(_("Catat yang belum disepakati, tulis ringkasannya, lalu bekukan hasil sementara."))


def _missing(*, closed: bool, signed: bool) -> str:
    """What still has to come to the record of the closing, and who brings it."""
    if not closed or signed:
        return ""
    if not may_hand_in():
        return str(_("Berita acara bertanda tangan belum diunggah. Tim penilai mengunggahnya."))
    return str(
        _(
            "Cetak berita acaranya, minta kedua pihak menandatangani, lalu unggah pindaiannya di "
            "bawah."
        )
    )


def _primary(judged: Judged, *, closed: bool, met: bool, working: bool, href: str) -> Link | None:
    """What the reader does next: at the closing itself, then what it leads to."""
    base = f"/assessments/{judged.assessment.id}"
    if working and not closed:
        if not met:
            return Link(_("Catat pertemuan penutupan"), href, icon="users")
        return Link(_("Ke pembekuan"), "#freeze", icon="down")
    if judged.assessment.status not in OPEN:
        return None
    if may(Permission.submit) and not lacks(judged):
        return Link(_("Periksa dan kirim"), f"{base}/submit", icon="arrow")
    if (act := next_act(judged)) is not None and act.href != f"{base}/closing":
        return Link(act.label, act.href, icon=act.icon)
    if working:
        return Link(_("Lanjutkan mengisi"), checklist_href(judged.assessment.id), icon="pencil")
    return None


def _sign_next(*, unsigned: bool) -> Link | None:
    """For the team, once the assessment itself is out of its hands."""
    if unsigned and may(Permission.close) and may_hand_in():
        return Link(_("Unggah berita acara"), "#signed", icon="upload")
    return None


def _points(session: Session, judged: Judged, *, working: bool) -> tuple[PointLine, ...]:
    language, assessment = the_language(), judged.assessment
    return tuple(
        PointLine(
            item=each.item,
            text=judged.asked[each.item].text.in_(language),
            href=checklist_href(assessment.id, each.item),
            institution=each.institution,
            team=each.team,
            settle=url_for("assessments.settle", assessment_id=assessment.id, item=each.item)
            if working
            else "",
        )
        for each in list_disputed(session, assessment)
    )


# ---- what was frozen ----


def _records(
    judged: Judged,
    closings: Sequence[Closing],
    zone: Zone,
    papers: Mapping[str, Paper],
) -> tuple[ClosingRecord, ...]:
    """Every record, the latest first, read from its bytes."""
    return tuple(_record(judged, each, zone, papers[each.id]) for each in reversed(closings))


def _record(judged: Judged, closing: Closing, zone: Zone, paper: Paper) -> ClosingRecord:
    content = open_seal(closing.content, closing.root)
    language, closed = the_language(), content["closing"]
    facts = [
        Fact(_("Dibekukan"), moment(closing.closed_at, zone, language), note=closed["closed_by"]),
        Fact(
            _("Keputusan saat dibekukan"),
            outcome_chip(content["decision"]["outcome"]).label,
            note=percent(share_of(content["results"]["total"]), language),
        ),
        Fact(_("Sidik isi"), closing.root[:16] + "…"),
    ]
    if closing.reason:
        facts.insert(1, Fact(_("Alasan membekukan ulang"), closing.reason))
    texts = {each["item"]: each["text"] for each in content["items"]}
    return ClosingRecord(
        number=closing.number,
        title=_("Hasil sementara ke-%(number)s", number=closing.number),
        facts=tuple(facts),
        summary=closing.summary,
        disputed=tuple(_frozen_point(judged, each, texts) for each in content["disputed"]),
        paper=paper,
    )


def _frozen_point(
    judged: Judged, point: Mapping[str, Any], texts: Mapping[str, Mapping[str, str]]
) -> PointLine:
    both = texts.get(point["item"], {})
    return PointLine(
        item=point["item"],
        text=both.get(the_language()) or both.get("id", ""),
        href=checklist_href(judged.assessment.id, point["item"]),
        institution=point["institution"],
        team=point["team"],
        settle="",
    )
