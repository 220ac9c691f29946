"""What is said of a citation that the team reviewed?"""

from flask_babel import gettext as _

from assessor.assessments.citation_models import Sufficiency
from assessor.ui.parts import Chip, ChipStatus


def sufficiency_chip(sufficiency: Sufficiency | None, *, replaced: bool = False) -> Chip:
    """How a citation stands; a newer version waits to be looked at."""
    if replaced and sufficiency is not Sufficiency.sufficient:
        return Chip(ChipStatus.info, _("Ada versi baru"))
    return {
        None: Chip(ChipStatus.neutral, _("Belum ditinjau")),
        Sufficiency.sufficient: Chip(ChipStatus.ok, _("Cukup")),
        Sufficiency.insufficient: Chip(ChipStatus.warn, _("Belum cukup")),
        Sufficiency.more_wanted: Chip(ChipStatus.warn, _("Minta tambahan")),
    }[sufficiency]


def sufficiency_note(sufficiency: Sufficiency | None, *, replaced: bool) -> str:
    """The same beside a citation, where it is shown only when something is to be done."""
    if sufficiency in {None, Sufficiency.sufficient}:
        return ""
    return sufficiency_chip(sufficiency, replaced=replaced).label.lower()


def shown_title(title: str) -> str:
    """What a cited piece is called; the title of one in quarantine is not shown."""
    return title or str(_("Bukti dikarantina"))
