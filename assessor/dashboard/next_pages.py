"""Where does somebody with many auditees see what is due next at each?"""

from dataclasses import dataclass

from flask import render_template, request, url_for
from flask_babel import gettext as _

from assessor.access.guard import requires, the_actor
from assessor.access.permissions import Permission
from assessor.dashboard.auditee_list import why_empty
from assessor.dashboard.auditee_pages import blueprint
from assessor.dashboard.next_building import next_task
from assessor.dashboard.next_queries import list_next
from assessor.database.extension import db
from assessor.ui.current import the_clock, the_zone
from assessor.ui.formats import day_in
from assessor.ui.parts import Link, Task


@dataclass(frozen=True)
class NextPage:
    """The auditees with what is due at each."""

    back: Link
    first: Link | None
    tasks: tuple[Task, ...]
    newer_href: str
    older_href: str
    why_empty: str


@blueprint.get("/auditees/next")
@requires(Permission.home)
def next_due() -> str:
    """What is due at each of the reader's auditees, the most urgent first, 50 at a time."""
    actor, number = the_actor(), _page_number()
    today = day_in(the_clock()(), the_zone())
    found = list_next(db.session(), actor, today.year, page=number)
    tasks = tuple(next_task(actor, each, today) for each in found.rows)
    urgent = found.rows[0] if found.rows and number == 1 else None
    page = NextPage(
        back=Link(_("Lembaga dan unit"), url_for("auditees.index")),
        first=Link(tasks[0].title, tasks[0].href)
        if urgent is not None and (urgent.due_on is not None or not urgent.judged)
        else None,
        tasks=tasks,
        newer_href=url_for("auditees.next_due", page=number - 1) if number > 1 else "",
        older_href=url_for("auditees.next_due", page=number + 1) if found.more else "",
        why_empty=why_empty(actor),
    )
    return render_template("auditees/next.html", page=page)


def _page_number() -> int:
    asked = request.args.get("page", "")
    return max(int(asked), 1) if asked.isascii() and asked.isdecimal() and len(asked) < 5 else 1
