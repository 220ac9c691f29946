"""What do the home pages say of objections: to who rules on them, and to who objected?"""

from datetime import date

from flask_babel import gettext as _
from flask_babel import ngettext

from assessor.assessments.objections.building import objection_chip, objection_href
from assessor.assessments.page_parts import kind_name
from assessor.dashboard.home_queries import Disputed
from assessor.ui.current import the_language, the_zone
from assessor.ui.formats import day, day_in
from assessor.ui.parts import Chip, ChipStatus, Task


def filed_on(each: Disputed) -> date:
    """The reader's day on which it was filed."""
    return day_in(each.objection.filed_at, the_zone())


def _about(each: Disputed) -> str:
    filed = _("diajukan %(day)s", day=day(filed_on(each), the_language()))
    return f"{kind_name(each.assessment.kind)} · {each.assessment.reference} · {filed}"


def ruling_task(each: Disputed, today: date) -> Task:
    """For who rules on it."""
    waiting = (today - filed_on(each)).days
    chip = Chip(
        ChipStatus.warn if waiting > 7 else ChipStatus.info,
        ngettext("menunggu %(num)s hari", "menunggu %(num)s hari", waiting)
        if waiting
        else _("baru hari ini"),
    )
    title = f"{_('Putuskan keberatan')}: {each.auditee}"
    return Task(title, objection_href(each.objection.id), _about(each), chip)


def own_task(each: Disputed) -> Task:
    """For who objected: it waits."""
    title = f"{_('Keberatan')}: {each.auditee}"
    return Task(
        title, objection_href(each.objection.id), _about(each), objection_chip(each.objection)
    )
