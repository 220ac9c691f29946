"""Where does an administrator read whether the installation is well?"""

from collections.abc import Mapping
from dataclasses import dataclass

from flask import Blueprint, render_template
from flask_babel import gettext as _
from flask_babel import ngettext

from assessor.access.guard import requires
from assessor.access.permissions import Permission
from assessor.database.extension import db
from assessor.organization.loaders import the_whole_house
from assessor.ui.current import say, the_clock, the_language, the_settings, the_store, the_zone
from assessor.ui.formats import moment
from assessor.ui.parts import Chip, ChipStatus
from assessor.upkeep.findings import Finding, House, State, Thing, needing
from assessor.upkeep.wellbeing import examine

blueprint = Blueprint("wellbeing", __name__, template_folder="templates")


@dataclass(frozen=True)
class WellbeingLine:
    """One thing that must be well."""

    name: str
    chip: Chip
    words: str
    since: str
    remedy: str


@dataclass(frozen=True)
class WellbeingPage:
    """All of them, and how many somebody should see to."""

    lead: str
    well: bool
    lines: tuple[WellbeingLine, ...]


_CHIPS: Mapping[State, ChipStatus] = {
    State.well: ChipStatus.ok,
    State.watch: ChipStatus.warn,
    State.bad: ChipStatus.bad,
    State.unset: ChipStatus.neutral,
}


def _state_name(state: State) -> str:
    names: Mapping[State, str] = {
        State.well: _("baik"),
        State.watch: _("perlu dilihat"),
        State.bad: _("bermasalah"),
        State.unset: _("belum diatur"),
    }
    return names[state]


def _thing_name(thing: Thing) -> str:
    names: Mapping[Thing, str] = {
        Thing.database: _("Basis data"),
        Thing.storage: _("Tempat bukti"),
        Thing.backup: _("Cadangan"),
        Thing.checkpoint: _("Titik periksa jurnal"),
        Thing.journal: _("Jurnal"),
        Thing.mail: _("Surel"),
        Thing.scanner: _("Pemindai virus"),
    }
    return names[thing]


def _line(each: Finding) -> WellbeingLine:
    return WellbeingLine(
        name=_thing_name(each.thing),
        chip=Chip(_CHIPS[each.state], _state_name(each.state)),
        words=say(each.words),
        since=moment(each.since, the_zone(), the_language()) if each.since else "",
        remedy=say(each.remedy) if each.remedy else "",
    )


@blueprint.get("/wellbeing")
@requires(Permission.keep_installation, the_whole_house)
def index(loaded: None) -> str:
    """Each thing with its state in word and shape, since when, and what to do."""
    del loaded
    session = db.session()
    house = House(
        session=session,
        engine=db.engine,
        store=the_store(),
        settings=the_settings(),
        clock=the_clock(),
    )
    findings = examine(house)
    count = len(list(needing(findings)))
    lead = (
        ngettext("%(num)s hal perlu dilihat.", "%(num)s hal perlu dilihat.", count)
        if count
        else _("Semua yang diperiksa baik.")
    )
    page = WellbeingPage(lead, not count, tuple(_line(each) for each in findings))
    return render_template("administration/wellbeing.html", page=page)
