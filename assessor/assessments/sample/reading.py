"""What is read for the page of the sheet, and how is the page put together?"""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field

from flask import url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from sqlalchemy.orm import Session

from assessor.access.actor import Role
from assessor.access.guard import the_actor
from assessor.access.permissions import Permission
from assessor.assessments.checklist.words import why_closed
from assessor.assessments.declarations import why_not_score
from assessor.assessments.models import Assessment, SealedDocument
from assessor.assessments.page_parts import kind_name, may, overview_href
from assessor.assessments.queries import get_state
from assessor.assessments.sample.building import Live, live_part, sealed_part
from assessor.assessments.sample.forms import ONLY_LENGTHS
from assessor.assessments.sample.pages import DrawPart, LengthField, Row, SamplePage, SheetPart
from assessor.assessments.sample.telling import Telling
from assessor.assessments.sample_state import read_sheet, record_items
from assessor.assessments.seal import open_seal
from assessor.assessments.workflow import FROZEN, OPEN
from assessor.auditees.models import Auditee
from assessor.database.base import new_id
from assessor.instruments.queries import get_checklist
from assessor.ui.current import say, the_language
from assessor.ui.formats import Zone
from assessor.ui.parts import Link
from checklists.model import Checklist
from checklists.strata import strata_for


@dataclass(frozen=True)
class Typed:
    """What somebody has just typed that could not be taken, to be shown again."""

    lengths: Mapping[str, str] = field(default_factory=dict)
    wrong_lengths: frozenset[str] = frozenset()
    reason: str = ""
    reason_error: str = ""
    draw_error: str = ""
    boxes: Mapping[tuple[str, int], str] = field(default_factory=dict)
    complaints: tuple[Link, ...] = ()


NOTHING_TYPED = Typed()


def build_page(
    session: Session, assessment: Assessment, typed: Typed = NOTHING_TYPED
) -> SamplePage:
    """The page: of a sealed assessment from its bytes, else as it stands."""
    auditee = session.get_one(Auditee, assessment.auditee_id)
    telling = Telling(the_language(), Zone(auditee.time_zone.value))
    checklist = get_checklist(session, assessment.edition)
    mine = may(Permission.score)
    against = why_not_score(session, assessment, the_actor()) if mine else None
    editable = mine and against is None and assessment.status in OPEN
    # the auditee learns the numbers, not which of its files said what
    with_marks = not the_actor().has(Role.institution, Role.unit)
    if assessment.status in FROZEN:
        row = session.get_one(SealedDocument, assessment.id)
        sheet = sealed_part(telling, open_seal(row.content, row.root))
        with_marks = False
    else:
        sheet = _live(session, assessment, checklist, telling, (with_marks, editable), typed)
    action = url_for("assessments.sample", assessment_id=assessment.id)
    some = bool(record_items(checklist, assessment))
    return SamplePage(
        title=_("Telusur berkas"),
        kicker=f"{auditee.name} · {kind_name(assessment.kind)} · {assessment.reference}",
        back=Link(_("Penilaian ini"), overview_href(assessment.id)),
        lead=_lead(sheet, editable=editable, some=some),
        editable=editable,
        why_closed=why_closed(assessment.status, mine=mine)
        or (say(against) if against is not None else ""),
        with_marks=with_marks,
        complaints=typed.complaints,
        draw=_draw(assessment, checklist, sheet, typed) if editable and some else None,
        sheet=sheet,
        action=action,
        marks_action=url_for("assessments.sample_marks", assessment_id=assessment.id),
        person=the_actor().person_id or "",
        key=new_id(),
        words=json.dumps(_script_words(), ensure_ascii=False),
        instrument=_(
            "%(title)s, edisi %(edition)s",
            title=checklist.title.in_(telling.language),
            edition=checklist.edition,
        ),
    )


def _live(
    session: Session,
    assessment: Assessment,
    checklist: Checklist,
    telling: Telling,
    may_see_and_fill: tuple[bool, bool],
    typed: Typed,
) -> SheetPart | None:
    sheet = read_sheet(session, assessment, checklist)
    if sheet is None:
        return None
    with_marks, editable = may_see_and_fill
    live = Live(
        sheet=sheet,
        state=get_state(session, assessment),
        assessment_id=assessment.id,
        with_marks=with_marks,
        editable=editable,
        wrong=typed.boxes,
    )
    return live_part(telling, live)


def rows_now(session: Session, assessment: Assessment) -> dict[str, Row]:
    """The rows of the sheet as they stand, for whoever fills them by script."""
    auditee = session.get_one(Auditee, assessment.auditee_id)
    telling = Telling(the_language(), Zone(auditee.time_zone.value))
    checklist = get_checklist(session, assessment.edition)
    part = _live(session, assessment, checklist, telling, (True, True), NOTHING_TYPED)
    groups = part.groups if part is not None else ()
    return {row.item: row for group in groups for row in group.rows}


def _lead(sheet: SheetPart | None, *, editable: bool, some: bool) -> str:
    if not some:
        return str(_("Tidak ada butir yang diperiksa lewat berkas pada penilaian ini."))
    if sheet is None and editable:
        return str(
            _(
                "Sistem memilih berkas secara acak, jadi tidak ada yang memilih sendiri. Anda "
                "mengisi panjang setiap daftar klien; nama dan nomor berkas tidak ditulis di sini."
            )
        )
    if sheet is None:
        return str(_("Belum ada berkas yang diambil untuk penilaian ini."))
    if editable:
        return str(
            _(
                "Buka berkas B1 sampai B%(last)s, lalu isi satu kotak untuk setiap butir: 1 "
                "sesuai, 0 tidak sesuai, - tidak berlaku.",
                last=len(sheet.columns),
            )
        )
    return str(_("Jumlah berkas yang sesuai, butir demi butir."))


def _draw(
    assessment: Assessment, checklist: Checklist, sheet: SheetPart | None, typed: Typed
) -> DrawPart:
    rule = checklist.sample
    fields = tuple(
        LengthField(
            name=f"count-{stratum.code}",
            label=_("Daftar %(list)s", list=stratum.name.in_(the_language())),
            value=typed.lengths.get(stratum.code, ""),
            error=say(ONLY_LENGTHS) if stratum.code in typed.wrong_lengths else "",
        )
        for stratum in strata_for(frozenset(assessment.tags))
    )
    errors = [Link(each.error, f"#{each.name}") for each in fields if each.error]
    if typed.reason_error:
        errors.append(Link(typed.reason_error, "#reason"))
    if typed.draw_error:
        errors.append(Link(typed.draw_error, f"#{fields[0].name}"))
    return DrawPart(
        fields=fields,
        rule=_(
            "Ambil acak: semua bila sampai %(all)s berkas, %(few)s bila sampai %(middle)s, "
            "%(many)s bila lebih.",
            all=rule.all_up_to,
            few=rule.middle_draw,
            middle=rule.middle_up_to,
            many=rule.above_draw,
        ),
        after=sheet.number if sheet is not None else 0,
        again=sheet is not None,
        reason=typed.reason,
        reason_error=typed.reason_error,
        errors=tuple(errors),
    )


def used_words(items: int) -> str:
    """What is said after the sheet was used."""
    said: str = ngettext(
        "%(num)s butir dinilai dari lembar telusur.",
        "%(num)s butir dinilai dari lembar telusur.",
        items,
    )
    return said


def _script_words() -> dict[str, str]:
    blank = {name: f"%({name})s" for name in ("count", "time", "box", "theirs", "mine")}
    return {
        "saved": _("Tersimpan %(time)s", time=blank["time"]),
        "saving": _("Menyimpan"),
        "unsent": _("Belum terkirim · %(count)s", count=blank["count"]),
        "signin": _("Masuk lagi untuk mengirim; isian Anda aman di perangkat ini."),
        "stopped": _("Isian tidak terkirim. Muat ulang halaman."),
        "clash": _(
            "%(box)s: orang lain mengisi %(theirs)s, Anda %(mine)s. Yang berlaku %(theirs)s; isi "
            "lagi bila Anda yakin.",
            box=blank["box"],
            theirs=blank["theirs"],
            mine=blank["mine"],
        ),
        "empty": _("kosong"),
    }
