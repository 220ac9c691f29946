"""What stands on the pages of an assessment, and where do they lead?

Frozen records in the reader's language, and the few words that several pages share.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from flask import url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from sqlalchemy.orm import Session

from assessor.access.actor import Role
from assessor.access.decide import Ruling, decide
from assessor.access.guard import the_actor, the_request
from assessor.access.matrix import MATRIX
from assessor.access.permissions import Permission
from assessor.assessments import wording
from assessor.assessments.candidates import Offered
from assessor.assessments.history import findings_named
from assessor.assessments.models import Assessment, Kind, Status
from assessor.assessments.workflow import OWNERS, Owner
from assessor.auditees.models import Auditee
from assessor.instruments.queries import EditionStatus
from assessor.ui.current import say, the_language
from assessor.ui.formats import number, percent
from assessor.ui.parts import Chip, ChipStatus
from checklists.decision import Outcome, ReasonCode
from checklists.scoring import Ratio
from standards.canonical import parse_fraction

# ---- what one may ----


def ruling(permission: Permission) -> Ruling:
    """Whether the reader may do this to what the page is about."""
    loaded = the_request().loaded
    assert loaded is not None  # noqa: S101  # every page here is about something
    return decide(the_actor(), permission, loaded.subject)


def may(permission: Permission) -> bool:
    """The same, as yes or no."""
    return ruling(permission).allowed


def may_judge() -> bool:
    """Whether the reader scores here: on the team, and cleared by the own declaration."""
    loaded = the_request().loaded
    cleared = loaded is not None and (
        loaded.subject.own_kind or the_actor().person_id in loaded.subject.cleared
    )
    return may(Permission.score) and cleared


def ever_may(permission: Permission) -> bool:
    """Whether one of the reader's roles does such a thing at all."""
    return any(permission in MATRIX[held.role] for held in the_actor().held)


def more_words(offered: Offered) -> str:
    """How many assessors there are beyond those on offer."""
    if not offered.people:
        return str(_("Tidak ada petugas penilai yang cocok. Cari dengan kata lain."))
    if offered.more <= 0:
        return ""
    return str(
        ngettext(
            "%(num)s petugas lain tidak ditampilkan. Cari dengan nama atau kantornya.",
            "%(num)s petugas lain tidak ditampilkan. Cari dengan nama atau kantornya.",
            offered.more,
        )
    )


# ---- where things are ----


def checklist_href(assessment_id: str, item: str = "") -> str:
    """The checklist page, at an item."""
    anchor = f"#item-{item}" if item else ""
    return f"/assessments/{assessment_id}/checklist{anchor}"


def answers_href(assessment_id: str, item: str = "") -> str:
    """The table of all items, at one of them."""
    anchor = f"item-{item}" if item else None
    return url_for("assessments.answers", assessment_id=assessment_id, _anchor=anchor)


def overview_href(assessment_id: str) -> str:
    """The page of an assessment."""
    return url_for("assessments.page", assessment_id=assessment_id)


def finding_hrefs(session: Session, reasons: Iterable[Mapping[str, Any]]) -> dict[str, str]:
    """Where the findings of earlier assessments are read that these reasons name."""
    named = {each["values"]["finding"] for each in reasons if "finding" in each["values"]}
    return {
        reference: url_for(
            "assessments.findings", assessment_id=assessment_id, _anchor=f"finding-{item}"
        )
        for reference, (assessment_id, item) in findings_named(session, the_actor(), named).items()
    }


def result_href(assessment_id: str) -> str:
    """The page with the result."""
    return url_for("assessments.result", assessment_id=assessment_id)


# ---- words that several pages share ----

_STATUS_CHIPS: Mapping[Status, ChipStatus] = {
    Status.draft: ChipStatus.neutral,
    Status.in_progress: ChipStatus.progress,
    Status.submitted: ChipStatus.info,
    Status.checked: ChipStatus.info,
    Status.returned: ChipStatus.warn,
    Status.sealed: ChipStatus.sealed,
    Status.revised: ChipStatus.neutral,
    Status.cancelled: ChipStatus.neutral,
}
_OUTCOME_CHIPS: Mapping[str, ChipStatus] = {
    Outcome.compliant: ChipStatus.ok,
    Outcome.compliant_with_notes: ChipStatus.ok,
    Outcome.provisional: ChipStatus.warn,
    Outcome.not_compliant: ChipStatus.bad,
    Outcome.monitored: ChipStatus.info,
    Outcome.incomplete: ChipStatus.neutral,
}
_HEAVY = {
    ReasonCode.hard_critical_unmet,
    ReasonCode.hard_critical_not_applicable,
    ReasonCode.major_by_rule,
}


def kind_name(kind: str) -> str:
    """Which round it is."""
    return wording.in_(the_language(), wording.KINDS, kind)


def status_chip(status: Status) -> Chip:
    """How far it is."""
    label = wording.in_(the_language(), wording.STATUSES, status)
    return Chip(_STATUS_CHIPS[status], label)


def outcome_chip(outcome: str) -> Chip:
    """What was decided."""
    label = wording.in_(the_language(), wording.OUTCOMES, outcome)
    return Chip(_OUTCOME_CHIPS.get(outcome, ChipStatus.neutral), label)


def reason_chip(leads_to: str) -> Chip:
    """To which decision a reason leads; what is a note is no praise."""
    if leads_to == Outcome.compliant_with_notes:
        return Chip(ChipStatus.info, _("Catatan"))
    return outcome_chip(leads_to)


def cause_chip(code: str, leads_to: str, *, decides: bool) -> Chip:
    """To which decision a cause leads; where nothing is decided, what is the matter."""
    if decides or code == ReasonCode.not_assessed or not leads_to:
        return reason_chip(leads_to)
    if code == ReasonCode.not_seen_on_site:
        return Chip(ChipStatus.warn, _("Belum dilihat di tempat"))
    if code == ReasonCode.open_major_finding:
        return Chip(ChipStatus.bad, _("Masih terbuka"))
    heavy = code in _HEAVY
    return Chip(ChipStatus.bad if heavy else ChipStatus.warn, _("Tidak terpenuhi"))


def edition_chip(status: EditionStatus) -> Chip:
    """Whether the instrument is approved; what is made up says so."""
    language = the_language()
    if not status.approved:
        return Chip(ChipStatus.warn, wording.WORKING.in_(language))
    if status.fictitious:
        return Chip(ChipStatus.warn, wording.FICTITIOUS.in_(language))
    return Chip(ChipStatus.ok, wording.APPROVED.in_(language))


def turn_words(assessment: Assessment) -> str:
    """Whose turn it is."""
    owner = OWNERS[assessment.status]
    if owner is Owner.team and assessment.kind is Kind.self:
        own = the_actor().has(Role.institution, Role.unit)
        return (wording.YOUR_TURN if own else wording.OWN_TURN).in_(the_language())
    return wording.in_(the_language(), wording.OWNERS, owner)


def share_of(stored: Mapping[str, str]) -> Fraction | None:
    """The share of a stored ratio; None where nothing was within reach."""
    whole = parse_fraction(stored["d"])
    return parse_fraction(stored["n"]) / whole if whole else None


def points(value: Fraction) -> str:
    """`173`, or `11/2` where it is no whole number."""
    if value.denominator == 1:
        return number(value.numerator, the_language())
    return f"{value.numerator}/{value.denominator}"


def ratio_words(ratio: Ratio) -> str:
    """`82,5 % (173 dari 210)`."""
    if ratio.share is None:
        return str(_("tidak ada butir yang dinilai"))
    share = percent(ratio.share, the_language())
    return str(_("%(share)s (%(n)s dari %(d)s)", share=share, n=points(ratio.n), d=points(ratio.d)))


def reason_of(ruled: Ruling) -> str:
    """Why not, in the reader's language."""
    return say(ruled.reason) if ruled.reason is not None else ""


def language_name(language: str) -> str:
    """In which language a report is."""
    return {"id": str(_("Bahasa Indonesia")), "en": str(_("Bahasa Inggris"))}[language]


# ---- records of several pages ----


@dataclass(frozen=True)
class Act:
    """Something that can be done next; without `href` it is closed for `reason`."""

    label: str
    href: str = ""
    reason: str = ""
    icon: str = ""


@dataclass(frozen=True)
class ReasonLine:
    """A reason of a decision, its item or aspect, and the way there."""

    words: str
    about: str
    href: str
    chip: Chip
    note: bool = False


def is_note(leads_to: str, *, decides: bool) -> bool:
    """Whether a reason stands in nobody's way and is only to be followed up."""
    return decides and leads_to == Outcome.compliant_with_notes


def kicker_of(session: Session, assessment: Assessment) -> str:
    """Whose assessment of which kind it is."""
    auditee = session.get_one(Auditee, assessment.auditee_id)
    return f"{auditee.name} · {kind_name(assessment.kind)} · {assessment.reference}"
