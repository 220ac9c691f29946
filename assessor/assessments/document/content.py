"""What does a sealed document say? Built once, at sealing, from the rows of that moment."""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from assessor.accounts.models import Person, Position
from assessor.assessments.beside import expired_document, values_document
from assessor.assessments.document.provisional import decision_document
from assessor.assessments.judging import Judged
from assessor.assessments.models import (
    Assessment,
    BasisKind,
    Exemption,
    Finding,
    FindingStatus,
    Kind,
    SignOff,
    TeamMember,
)
from assessor.assessments.objection_queries import list_points, ruled_into
from assessor.assessments.queries import (
    Earlier,
    answers_to_findings,
    earlier_assessments,
    list_findings,
)
from assessor.assessments.review_models import Correction
from assessor.assessments.sample.content import interviews_content, sample_content
from assessor.assessments.visit.content import visit_sections, visit_shown
from assessor.auditees.models import Auditee, Entity
from assessor.evidence.models import Evidence
from assessor.installation.letterheads import letterhead_of
from assessor.instruments.queries import EditionStatus, get_status
from assessor.journal.capture import coded
from assessor.organization.models import Office, Territory
from checklists.model import Checklist, Item
from standards.canonical import fingerprint


def _places(session: Session, *codes: str | None) -> list[dict[str, str] | None]:
    """Each place with its name, in the order asked; one query for all."""
    rows = session.execute(
        select(Territory.code, Territory.name).where(Territory.code.in_([c for c in codes if c]))
    )
    found = {code: {"code": code, "name": name} for code, name in rows}
    return [found.get(code or "") for code in codes]


def _auditee(session: Session, assessment: Assessment) -> dict[str, Any]:
    auditee = session.get_one(Auditee, assessment.auditee_id)
    entity = session.get(Entity, auditee.entity_id) if auditee.entity_id else None
    office = session.get_one(Office, auditee.responsible_office_id)
    kop = letterhead_of(session, office)
    regency, province, village = _places(
        session, auditee.regency_code, auditee.regency_code[:2], auditee.village_code
    )
    return {
        "id": auditee.id,
        "reference": auditee.reference,
        "kind": auditee.kind.value,
        "name": auditee.name,
        "entity": entity.name if entity else None,
        "agency": auditee.agency.value,
        "regency": regency,
        "province": province,
        "village": village,
        "address": auditee.address,
        "tags": sorted(assessment.tags),
        "responsible_office": {
            "id": office.id,
            "name": office.name,
            "letterhead": list(kop.lines),
            "logo": kop.logo_digest,
        },
        "time_zone": auditee.time_zone.value,
    }


def _instrument(checklist: Checklist, status: EditionStatus) -> dict[str, Any]:
    document = checklist.document()
    standard = checklist.standard
    return {
        "checklist": checklist.id,
        "edition": checklist.edition,
        "fingerprint": checklist.fingerprint,
        "full": checklist.full,
        "decides": checklist.decides,
        "standard": standard.id,
        "standard_edition": standard.edition,
        "title": checklist.title.document(),
        "note": checklist.note.document(),
        "status": "approved" if status.approved else "working",
        "approval": {
            "decree": status.decree,
            "effective_on": coded(status.effective_on),
            "fictitious": status.fictitious,
        }
        if status.approved
        else None,
        "scale": [
            {"choice": choice.code, "points": choice.points, "label": choice.label.document()}
            for choice in checklist.scale
        ],
        "thresholds": document["thresholds"],
        "aspects": [
            {"aspect": aspect.id, "title": aspect.title.document()} for aspect in standard.aspects
        ],
        "sections": [
            {"section": each.id, "aspect": each.aspect, "title": each.title.document()}
            for each in standard.sections
        ],
    }


def _team(session: Session, assessment: Assessment) -> list[dict[str, Any]]:
    rows = session.execute(
        select(TeamMember, Person.name, Office.name)
        .join(Person, Person.id == TeamMember.person_id)
        .outerjoin(
            Position,
            (Position.person_id == Person.id)
            & Position.office_id.is_not(None)
            & Position.valid_to.is_(None),
        )
        .outerjoin(Office, Office.id == Position.office_id)
        .where(TeamMember.assessment_id == assessment.id)
        .order_by(TeamMember.role, Person.name, Office.name)
    ).all()
    team: dict[str, dict[str, Any]] = {}
    for member, name, office in rows:
        team.setdefault(
            member.person_id,
            {"person": member.person_id, "name": name, "role": member.role.value, "office": office},
        )
    return list(team.values())


def _corrections(session: Session, judged: Judged) -> dict[str, list[dict[str, Any]]]:
    """Item → what those who checked and verified corrected in the latest round, in their order;
    the last one counts."""
    standing = judged.state.corrections
    if not standing:
        return {}
    rows = session.execute(
        select(Correction, Person.name)
        .join(Person, Person.id == Correction.made_by)
        .where(
            Correction.assessment_id == judged.assessment.id,
            Correction.in_round == next(iter(standing.values())).in_round,
        )
        .order_by(Correction.number)
    )
    found: dict[str, list[dict[str, Any]]] = {}
    for each, name in rows:
        found.setdefault(each.item, []).append(
            {
                "choice": each.choice,
                "instead_of": each.instead_of,
                "reason": each.reason,
                "by": name,
                "as": each.made_as.value,
                "at": coded(each.made_at),
            }
        )
    return found


def _item(
    judged: Judged,
    item: Item,
    earlier: Mapping[Kind, Earlier],
    corrections: Mapping[str, list[dict[str, Any]]],
) -> dict[str, Any]:
    answer = judged.state.answers.get(item.id)
    ratio = judged.decision.result.items[item.id].document()
    return {
        "item": item.id,
        "aspect": item.aspect.id,
        "section": item.section.id,
        "text": item.text.document(),
        "methods": [method.value for method in item.methods],
        "critical": item.critical.value,
        "weight": item.weight,
        "citation": item.citation.value,
        "choice": judged.state.choice(item.id),
        "answered": judged.state.answered(item.id),
        "corrections": corrections.get(item.id, []),
        "reason": answer.reason if answer else None,
        "facts": answer.facts if answer else None,
        "recommendation": answer.recommendation if answer else None,
        "n": ratio["n"],
        "d": ratio["d"],
        "basis": [
            {"kind": basis.kind.value, "evidence": basis.evidence_id, "detail": basis.detail}
            for basis in judged.state.bases.get(item.id, ())
        ],
        "earlier": {
            kind.value: earlier[kind].choices.get(item.id) if kind in earlier else None
            for kind in (Kind.self, Kind.baseline)
        },
    }


def _compared(found: Earlier | None) -> dict[str, Any] | None:
    if found is None:
        return None
    results = found.content["results"]
    return {
        "reference": found.reference,
        "sealed_at": coded(found.sealed_at),
        "total": results["total"],
        "aspects": results["aspects"],
    }


def _findings(session: Session, findings: Sequence[Finding]) -> list[dict[str, Any]]:
    issued = [each for each in findings if each.status is FindingStatus.issued]
    said = answers_to_findings(session, [each.id for each in issued])
    return [
        {
            "number": finding.number,
            "item": finding.item,
            "class": finding.finding_class.value,
            "statement": finding.statement,
            "due_on": coded(finding.due_on),
            "answers": [
                {"words": each.words, "answered_at": coded(each.answered_at)}
                for each in said.get(finding.id, ())
            ],
        }
        for finding in issued
    ]


def _evidence(session: Session, judged: Judged) -> list[dict[str, Any]]:
    cited: dict[str, list[str]] = {}
    for item in judged.asked:
        for basis in judged.state.bases.get(item, ()):
            if basis.kind is BasisKind.evidence and basis.evidence_id is not None:
                cited.setdefault(basis.evidence_id, []).append(item)
    pieces = session.execute(
        select(Evidence).where(Evidence.id.in_(cited)).order_by(Evidence.created_at, Evidence.id)
    ).scalars()
    return [
        {
            "id": piece.id,
            "number": number,
            "title": piece.title,
            "kind": piece.kind.value,
            "digest": piece.digest,
            "size": piece.size,
            "media_type": piece.media_type,
            "stands_for": coded(piece.stands_for),
            "thumb_digest": piece.thumb_digest,
            "items": cited[piece.id],
        }
        for number, piece in enumerate(pieces, start=1)
    ]


def _exemptions(session: Session, assessment: Assessment) -> list[dict[str, Any]]:
    rows = session.execute(
        select(Exemption, Person.name)
        .join(Person, Person.id == Exemption.person_id)
        .where(Exemption.assessment_id == assessment.id)
        .order_by(Exemption.granted_at, Exemption.id)
    ).all()
    granted = {
        person.id: person.name
        for person in session.execute(
            select(Person).where(Person.id.in_([row.Exemption.granted_by for row in rows]))
        ).scalars()
    }
    return [
        {
            "rule": exemption.rule,
            "person": name,
            "reason": exemption.reason,
            "granted_by": granted[exemption.granted_by],
        }
        for exemption, name in rows
    ]


def _sign_offs(session: Session, assessment: Assessment) -> list[dict[str, Any]]:
    rows = session.execute(
        select(SignOff, Person.name)
        .join(Person, Person.id == SignOff.person_id)
        .where(SignOff.assessment_id == assessment.id)
        .order_by(SignOff.signed_at, SignOff.id)
    ).all()
    return [
        {
            "person": sign_off.person_id,
            "name": name,
            "meaning": sign_off.meaning.value,
            "signed_at": coded(sign_off.signed_at),
            "content_hash": sign_off.content_hash,
        }
        for sign_off, name in rows
    ]


def _assessment(session: Session, assessment: Assessment) -> dict[str, Any]:
    revises = session.get_one(Assessment, assessment.revises_id) if assessment.revises_id else None
    return {
        "id": assessment.id,
        "reference": assessment.reference,
        "kind": assessment.kind.value,
        "mode": assessment.mode.value,
        "year": assessment.year,
        "revision": assessment.revision,
        "revises": revises.reference if revises else None,
        "revision_reason": assessment.revision_reason,
        "opened_at": coded(assessment.opened_at),
        "submitted_at": coded(assessment.submitted_at),
        "visit_on": coded(assessment.visit_on),
        "sealed_at": coded(assessment.sealed_at),
    }


def _objection(session: Session, assessment: Assessment) -> dict[str, Any] | None:
    """The objection by whose ruling this revision was opened, if it was."""
    objection = ruled_into(session, assessment.id) if assessment.revises_id else None
    if objection is None:
        return None
    against = session.get_one(Assessment, objection.assessment_id)
    decider = session.get(Person, objection.closed_by)
    return {
        "number": objection.number,
        "reference": against.reference,
        "filed_as": objection.filed_as.value,
        "filed_at": coded(objection.filed_at),
        "points": [each.item for each in list_points(session, objection.id)],
        "ruling": objection.ruling.value if objection.ruling else None,
        "reason": objection.reason,
        "decided_by": decider.name if decider else None,
        "decided_at": coded(objection.closed_at),
    }


def build_content(session: Session, judged: Judged, *, demo: bool) -> dict[str, Any]:
    """The content of `seal-v1`, as described in docs/seal-v1.md."""
    assessment, checklist = judged.assessment, judged.checklist
    earlier = earlier_assessments(session, assessment, (Kind.self, Kind.baseline))
    corrections = _corrections(session, judged)
    result = judged.decision.result
    status = get_status(session, checklist.fingerprint, assessment.opened_at.date())
    return {
        "assessment": _assessment(session, assessment),
        "auditee": _auditee(session, assessment),
        "instrument": _instrument(checklist, status),
        "team": _team(session, assessment),
        "items": [_item(judged, item, earlier, corrections) for item in judged.asked.values()],
        "results": {
            "total": result.total.document(),
            "aspects": {name: ratio.document() for name, ratio in result.aspects.items()},
            "applicable": result.applicable,
            "scored": result.scored,
            "not_applicable": result.not_applicable,
            "not_assessed": result.not_assessed,
        },
        "comparison": {
            # the score of a part is not held beside that of the whole
            kind.value: _compared(earlier.get(kind)) if checklist.decides else None
            for kind in (Kind.self, Kind.baseline)
        },
        "decision": decision_document(judged),
        "sample": sample_content(session, assessment, checklist),
        "interviews": interviews_content(session, assessment.id),
        "findings": _findings(session, list_findings(session, assessment.id)),
        "evidence": _evidence(session, judged),
        "expired_permits": expired_document(session, assessment, judged.asked),
        "outside_values": values_document(session, assessment),
        "objection": _objection(session, assessment),
        "exemptions": _exemptions(session, assessment),
        "sign_offs": _sign_offs(session, assessment),
        **visit_sections(session, judged),
        "demo": demo,
    }


def screen_hash(session: Session, judged: Judged) -> str:
    """The hash of what a person signs: answers with bases and corrections, decision, findings as
    shown."""
    corrections = _corrections(session, judged)
    return fingerprint(
        {
            "assessment": judged.assessment.id,
            "revision": judged.assessment.revision,
            "visit_on": coded(judged.assessment.visit_on),
            "items": [_item(judged, item, {}, corrections) for item in judged.asked.values()],
            "sample": sample_content(session, judged.assessment, judged.checklist),
            "interviews": interviews_content(session, judged.assessment.id),
            "decision": judged.decision.document(),
            "expired_permits": expired_document(session, judged.assessment, judged.asked),
            "visit": visit_shown(session, judged),
            "findings": [
                {
                    "item": finding.item,
                    "class": finding.finding_class.value,
                    "statement": finding.statement,
                    "status": finding.status.value,
                }
                for finding in list_findings(session, judged.assessment.id)
            ],
        }
    )
