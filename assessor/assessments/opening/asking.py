"""By which edition does a new assessment judge, and which of its items does it ask?

A checklist says what it asks; what depends on the auditee is found out here, when an assessment is
opened: the items of open findings, those of the last findings, the part whose turn it is this year.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from assessor.assessments.models import Assessment, Finding, FindingStatus, Kind, Mode, Status
from assessor.auditees.models import Auditee
from assessor.instruments.queries import get_checklist, usable_checklists
from assessor.sentences import Refused, Sentence
from checklists.derivation import AtOpening, Place
from checklists.model import AuditeeKind, Checklist
from checklists.rotation import asked_in

_PLACE_REFUSED = {
    Place.on_site: Sentence(
        "Instrumen ini hanya untuk penilaian di tempat. Pilih cara menilai di tempat, atau "
        "instrumen lain."
    ),
    Place.online: Sentence(
        "Instrumen ini hanya untuk penilaian daring. Pilih cara menilai daring, atau "
        "instrumen lain."
    ),
}


@dataclass(frozen=True)
class Asked:
    """The edition, the items (None: all that apply) and the assessment that is followed."""

    checklist: Checklist
    scope: list[str] | None = None
    follows: Assessment | None = None


def what_to_ask(
    session: Session, auditee: Auditee, *, kind: Kind, mode: Mode, edition: str | None, on: date
) -> Asked:
    """What an assessment opened on a day asks. Raises Refused with what to do instead."""
    usable = usable_checklists(session, AuditeeKind(auditee.kind.value), kind, on)
    if kind is Kind.follow_up:
        return _following(session, auditee, usable)
    checklist = _chosen(usable, Place(mode.value), edition)
    return Asked(checklist, scope=_scope(session, auditee, checklist, on.year))


def _chosen(usable: Sequence[Checklist], place: Place, wanted: str | None) -> Checklist:
    if not usable:
        raise Refused(
            Sentence(
                "Belum ada instrumen untuk jenis penilaian ini. Minta direktorat menerbitkannya."
            )
        )
    for checklist in usable:  # an older or another one may be easier to meet
        fits = place in checklist.places
        if wanted == checklist.fingerprint and not fits:
            raise Refused(_PLACE_REFUSED[checklist.places[0]])
        if fits and wanted in {None, checklist.fingerprint}:
            return checklist
    raise Refused(
        Sentence(
            "Instrumen ini tidak berlaku untuk penilaian ini. Pilih instrumen yang ditawarkan."
        )
    )


def _scope(session: Session, auditee: Auditee, checklist: Checklist, year: int) -> list[str] | None:
    """The items of this year, or None where everything that applies is asked."""
    derivation = checklist.derivation
    if derivation is None or derivation.rotation is None:
        return None
    asked = {
        item.id
        for item in asked_in(derivation.rotation, checklist.items, auditee=auditee.id, year=year)
    }
    if derivation.at_opening is AtOpening.last_findings:
        _last, found = _last_findings(session, auditee)
        asked |= found
    scope = [item.id for item in checklist.applicable(frozenset(auditee.tags)) if item.id in asked]
    if not scope:
        raise Refused(
            Sentence("Tahun ini tidak ada butir yang perlu ditanyakan. Pilih instrumen lain.")
        )
    return scope


def _following(session: Session, auditee: Auditee, usable: Sequence[Checklist]) -> Asked:
    followed, found = _last_findings(session, auditee)
    checklist = get_checklist(session, followed.edition) if followed is not None else None
    scope = sorted(item for item in found if checklist is not None and checklist.has_item(item))
    if followed is None or checklist is None or not scope:
        raise Refused(
            Sentence("Tidak ada temuan yang perlu dinilai ulang pada penilaian terakhir.")
        )
    return Asked(_made_for(usable, checklist), scope=scope, follows=followed)


def _made_for(usable: Sequence[Checklist], followed: Checklist) -> Checklist:
    """The checklist for open findings of the same full edition, else the edition followed: its
    answers are carried along and must be judged by the rules by which they were given."""
    for checklist in usable:
        derivation = checklist.derivation
        if (
            followed.decides
            and derivation is not None
            and derivation.at_opening is AtOpening.open_findings
            and checklist.full == followed.full
        ):
            return checklist
    return followed


def _last_findings(session: Session, auditee: Auditee) -> tuple[Assessment | None, set[str]]:
    """The last assessment that decided (without any: the last at all), and the items of its
    findings and of those that monitoring raised since."""
    since: list[Assessment] = []
    for assessment in session.execute(
        select(Assessment)
        .where(
            Assessment.auditee_id == auditee.id,
            Assessment.kind != Kind.self,
            Assessment.status == Status.sealed,
        )
        .order_by(Assessment.sealed_at.desc())
    ).scalars():
        since.append(assessment)
        if get_checklist(session, assessment.edition).decides:
            break
    if not since:
        return None, set()
    decided = get_checklist(session, since[-1].edition).decides
    considered = since if decided else since[:1]
    items = session.execute(
        select(Finding.item).where(
            Finding.assessment_id.in_([each.id for each in considered]),
            Finding.status == FindingStatus.issued,
        )
    ).scalars()
    return considered[-1], set(items)
