"""What does a provisional decision wait for, and what does it open meanwhile?

A critical item that wants somebody on site was not seen there within the days of the checklist,
counted back from the decision. Said alike on the pages and in the report.
"""

from collections.abc import Mapping
from typing import Any

from assessor.assessments.judging import Judged
from assessor.ui.formats import number
from assessor.ui.parts import Fact
from checklists.decision import Outcome, ReasonCode
from standards.model import Text

_UNSEEN = Text("Belum dilihat di tempat", "Not seen on site")
_COUNTED = Text("%(count)s butir kritis: %(items)s", "Critical items (%(count)s): %(items)s")
_WITHIN = Text(
    "Harus dilihat di tempat dalam %(days)s hari sebelum keputusan.",
    "They must be seen on site within the %(days)s days before the decision.",
)
_OPENS = Text("Tahap yang terbuka", "Stages opened")
_NONE = Text("Tidak ada", "None")
_THEN = Text(
    "Baru dapat diputuskan sesudah tim penilai melihat semuanya di tempat.",
    "It can be decided once an assessment team has seen all of them on site.",
)


def decision_document(judged: Judged) -> dict[str, Any]:
    """What is decided and why; of a provisional one, for how many days a visit counts."""
    decision = judged.decision
    provisional = decision.outcome is Outcome.provisional
    return {
        "outcome": decision.outcome.value,
        "reasons": [reason.document() for reason in decision.reasons],
        "unmet": decision.unmet,
        "on_site_days": judged.checklist.days.on_site if provisional else None,
    }


def waiting_items(decision: Mapping[str, Any]) -> tuple[str, ...]:
    """The items that a provisional decision waits for; none of any other decision."""
    if decision["outcome"] != Outcome.provisional:
        return ()
    return tuple(
        reason["item"]
        for reason in decision["reasons"]
        if reason["code"] == ReasonCode.not_seen_on_site
    )


def waiting_facts(language: str, decision: Mapping[str, Any]) -> tuple[Fact, ...]:
    """A provisional decision in plain words: which items were not seen within which time, and that
    it opens nothing. Nothing of any other decision."""
    items = waiting_items(decision)
    if not items:
        return ()
    counted = {"count": number(len(items), language), "items": ", ".join(items)}
    days = decision.get("on_site_days")  # what was sealed before this was kept has none
    within = _WITHIN.in_(language) % {"days": number(days, language)} if days else ""
    return (
        Fact(_UNSEEN.in_(language), _COUNTED.in_(language) % counted, note=within),
        Fact(_OPENS.in_(language), _NONE.in_(language), note=_THEN.in_(language)),
    )
