"""What stands on the page of the interviews?"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from flask import url_for
from flask_babel import gettext as _
from sqlalchemy.orm import Session

from assessor.access.guard import the_actor
from assessor.access.permissions import Permission
from assessor.assessments.checklist.entries import MOST_PEOPLE
from assessor.assessments.checklist.words import why_closed
from assessor.assessments.declarations import why_not_score
from assessor.assessments.models import Assessment, BasisKind, SealedDocument
from assessor.assessments.page_parts import checklist_href, kind_name, may, overview_href
from assessor.assessments.people import PEOPLE
from assessor.assessments.queries import State, get_state
from assessor.assessments.sample.content import interview_counts, interviews_content
from assessor.assessments.sample.interviews import common_basis, interview_items
from assessor.assessments.seal import open_seal
from assessor.assessments.workflow import FROZEN, OPEN
from assessor.auditees.models import Auditee
from assessor.database.base import new_id
from assessor.instruments.queries import get_checklist
from assessor.sentences import Sentence
from assessor.ui.current import say, the_language
from assessor.ui.formats import number
from assessor.ui.parts import Fact, Link
from checklists.model import Item

_ONLY_COUNTS = Sentence(
    "Isi jumlah orang dengan angka, 0 sampai %(most)s. Jangan menulis nama.", {"most": MOST_PEOPLE}
)


@dataclass(frozen=True)
class CountField:
    """How many people of a kind."""

    kind: str
    label: str
    value: str
    seen: int
    error: str


@dataclass(frozen=True)
class LeaningItem:
    """An item that can lean on the count, and whether it does."""

    item: str
    text: str
    href: str
    note: str
    leans: bool
    ticked: bool


@dataclass(frozen=True)
class InterviewsPage:
    """The whole page."""

    title: str
    kicker: str
    back: Link
    lead: str
    editable: bool
    why_closed: str
    errors: tuple[Link, ...]
    fields: tuple[CountField, ...]
    counted: tuple[Fact, ...]
    items: tuple[LeaningItem, ...]
    waiting: int
    action: str
    key: str


@dataclass(frozen=True)
class Typed:
    """What somebody has just sent that could not be taken."""

    counts: Mapping[str, str] = field(default_factory=dict)
    wrong: frozenset[str] = frozenset()
    items: frozenset[str] | None = None
    complaint: str = ""


def build_page(session: Session, assessment: Assessment, typed: Typed) -> InterviewsPage:
    """The page: counts of a sealed assessment come from its bytes."""
    auditee = session.get_one(Auditee, assessment.auditee_id)
    mine = may(Permission.score)
    against = why_not_score(session, assessment, the_actor()) if mine else None
    editable = mine and against is None and assessment.status in OPEN
    counts = interview_counts(session, assessment.id)
    items = _items(session, assessment, typed) if assessment.status not in FROZEN else ()
    fields = tuple(_field(kind, counts.get(kind, 0), typed) for kind in PEOPLE) if editable else ()
    return InterviewsPage(
        title=_("Wawancara"),
        kicker=f"{auditee.name} · {kind_name(assessment.kind)} · {assessment.reference}",
        back=Link(_("Penilaian ini"), overview_href(assessment.id)),
        lead=_(
            "Catat dengan siapa tim berbicara, sekali untuk semua butir: jumlah per kelompok, "
            "tanpa nama."
        )
        if editable
        else _("Dengan siapa tim berbicara, dalam jumlah per kelompok."),
        editable=editable,
        why_closed=why_closed(assessment.status, mine=mine)
        or (say(against) if against is not None else ""),
        errors=_errors(fields, typed),
        fields=fields,
        counted=_counted(session, assessment),
        items=items,
        waiting=sum(1 for each in items if not each.leans),
        action=url_for("assessments.keep_interviews", assessment_id=assessment.id),
        key=new_id(),
    )


def _errors(fields: tuple[CountField, ...], typed: Typed) -> tuple[Link, ...]:
    errors = [
        Link(f"{each.label}: {each.error}", f"#count-{each.kind}") for each in fields if each.error
    ]
    if typed.complaint:
        errors.append(Link(typed.complaint, f"#count-{next(iter(PEOPLE))}"))
    return tuple(errors)


def _field(kind: str, count: int, typed: Typed) -> CountField:
    return CountField(
        kind=kind,
        label=PEOPLE[kind].in_(the_language()),
        value=typed.counts.get(kind, str(count) if count else ""),
        seen=count,
        error=say(_ONLY_COUNTS) if kind in typed.wrong else "",
    )


def _counted(session: Session, assessment: Assessment) -> tuple[Fact, ...]:
    """The counts as they are told; of a sealed assessment from its bytes."""
    language = the_language()
    if assessment.status in FROZEN:
        row = session.get_one(SealedDocument, assessment.id)
        told: list[dict[str, Any]] = open_seal(row.content, row.root).get("interviews", [])
    else:
        told = interviews_content(session, assessment.id)
    return tuple(
        Fact(
            each["name"].get(language) or each["name"]["id"],
            _("%(count)s orang", count=number(each["count"], language)),
        )
        for each in told
    )


def _items(session: Session, assessment: Assessment, typed: Typed) -> tuple[LeaningItem, ...]:
    items = interview_items(get_checklist(session, assessment.edition), assessment)
    state = get_state(session, assessment)
    return tuple(_item(assessment, item, state, typed) for item in items.values())


def _item(assessment: Assessment, item: Item, state: State, typed: Typed) -> LeaningItem:
    bases = state.bases.get(item.id, ())
    leans = common_basis(bases) is not None
    choice = state.choice(item.id)
    notes = [_("nilai %(choice)s", choice=choice) if choice else _("belum dinilai")]
    if not leans and any(each.kind is BasisKind.interviews for each in bases):
        notes.append(_("punya wawancara sendiri"))
    return LeaningItem(
        item=item.id,
        text=item.text.in_(the_language()),
        href=checklist_href(assessment.id, item.id),
        note=" · ".join(notes),
        leans=leans,
        ticked=leans if typed.items is None else item.id in typed.items,
    )
