"""How does the reader see what is due next, each with its act?"""

from datetime import date

from flask_babel import gettext as _
from flask_babel import ngettext

from assessor.access.actor import Actor
from assessor.access.matrix import MATRIX
from assessor.access.permissions import Permission
from assessor.assessments.page_parts import kind_name
from assessor.dashboard.next_queries import Next
from assessor.ui.current import the_language
from assessor.ui.formats import due
from assessor.ui.parts import Chip, ChipStatus, Task


def due_chip(due_on: date | None, today: date) -> Chip | None:
    """By when, in words and shape."""
    if due_on is None:
        return None
    words = due(due_on, today, the_language())
    if due_on < today:
        return Chip(ChipStatus.late, words)
    near = (due_on - today).days <= 3
    return Chip(ChipStatus.warn if near else ChipStatus.neutral, words)


def _may(actor: Actor, permission: Permission) -> bool:
    return any(permission in MATRIX[held.role] for held in actor.held)


def next_task(actor: Actor, each: Next, today: date) -> Task:
    """What is due at one auditee; the link leads to where it is done."""
    page = f"/auditees/{each.auditee_id}"
    sees = _may(actor, Permission.see_assessment)
    if each.findings and each.findings_first and each.findings_id is not None:
        words = ngettext(
            "%(num)s temuan menunggu tanggapan",
            "%(num)s temuan menunggu tanggapan",
            each.findings,
        )
        href = f"/assessments/{each.findings_id}/findings" if sees else page
    elif each.going_id is not None and each.going_kind is not None:
        words = _("%(kind)s sedang berjalan", kind=kind_name(each.going_kind))
        href = f"/assessments/{each.going_id}" if sees else page
    elif not each.judged:
        words = _("belum dinilai tahun ini")
        opens = _may(actor, Permission.open_assessment)
        href = f"{page}/assessments/new" if opens else page
        return Task(
            each.name, href, f"{words} · {each.reference}", Chip(ChipStatus.info, _("mulai"))
        )
    else:
        words, href = _("tidak ada yang menunggu"), page
    return Task(each.name, href, f"{words} · {each.reference}", due_chip(each.due_on, today))
