"""What does the result page say: scores by aspect, decision, every reason, what it leans on?"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from flask_babel import gettext as _
from flask_babel import ngettext
from markupsafe import Markup
from sqlalchemy.orm import Session

from assessor.assessments import wording
from assessor.assessments.beside_words import value_facts
from assessor.assessments.document.answers import counts_words, label_chips
from assessor.assessments.document.provisional import waiting_facts
from assessor.assessments.document.told import Told
from assessor.assessments.history import Issued, Kin
from assessor.assessments.models import Kind
from assessor.assessments.objection_models import Objection
from assessor.assessments.objections.building import under_objection_link
from assessor.assessments.page_parts import (
    ReasonLine,
    answers_href,
    cause_chip,
    checklist_href,
    finding_hrefs,
    is_note,
    kind_name,
    language_name,
    outcome_chip,
    overview_href,
    ratio_words,
    result_href,
)
from assessor.assessments.result.figures import compared_with, radar_of, series_of
from assessor.ui.charts import bars, bars_table
from assessor.ui.formats import moment, percent
from assessor.ui.parts import Chip, ChipStatus, Fact, FindingCard, Link, Severity, Table
from checklists.decision import Reason, ReasonCode


@dataclass(frozen=True)
class Download:
    """A report that was issued."""

    label: str
    href: str
    detail: str


@dataclass(frozen=True)
class FindingLine:
    """A finding and its words."""

    card: FindingCard
    statement: str


@dataclass(frozen=True)
class CorrectedLine:
    """An item whose score somebody outside the team corrected, and why."""

    title: str
    href: str
    words: str
    reason: str
    by: str


@dataclass(frozen=True)
class ResultPage:
    """Scores, decision and reasons."""

    h1: str
    kicker: str
    back: Link
    sealed: bool
    own: bool
    labels: tuple[Chip, ...]
    demo: bool
    outcome: Chip
    outcome_words: str
    waits: tuple[Fact, ...]  # what a provisional decision waits for
    decides: bool
    total: str
    threshold: str
    counts: str
    scope: str
    superseded: Link | None
    under_objection: Link | None
    ruled: str
    revised: str
    bars: Markup
    bars_table: Table
    radar: Markup | None
    radar_table: Table | None
    compared: tuple[Fact, ...]
    comparison_href: str  # where it stands beside the others, once it is sealed
    reasons: tuple[ReasonLine, ...]
    corrected: tuple[CorrectedLine, ...]
    findings: tuple[FindingLine, ...]
    findings_href: str
    answers_href: str
    downloads: tuple[Download, ...]
    issue_action: str
    issue_languages: tuple[tuple[str, str], ...]
    root: str
    facts: tuple[Fact, ...]
    outside_values: tuple[Fact, ...]
    sign_offs: tuple[Fact, ...]
    exemptions: tuple[Fact, ...]
    papers: tuple[Fact, ...]  # of the closing; they stand beside the sealed bytes


def reason_lines(session: Session, told: Told, assessment_id: str) -> tuple[ReasonLine, ...]:
    """Every reason of the decision, the weightiest first, each leading to its item, its aspect
    or the earlier finding."""
    reasons = told.content["decision"]["reasons"]
    earlier = finding_hrefs(session, reasons)
    return tuple(_reason_line(told, reason, assessment_id, earlier) for reason in reasons)


def item_href(told: Told, assessment_id: str, item: str) -> str:
    """Where an item is read: in the sealed table, or on the checklist while it is open."""
    if told.sealed:
        return answers_href(assessment_id, item)
    return checklist_href(assessment_id, item)


def _reason_line(
    told: Told, reason: Mapping[str, Any], assessment_id: str, earlier: Mapping[str, str]
) -> ReasonLine:
    item, aspect = reason["item"], reason["aspect"]
    about = " · ".join(
        part for part in (item or "", told.aspect_title(aspect) if aspect else "") if part
    )
    first = item or _first_item(told, aspect)
    href = earlier.get(reason["values"].get("finding", ""), "")
    if first and told.has_item(first):
        href = item_href(told, assessment_id, first)
    return ReasonLine(
        words=told.reason(reason),
        about=about,
        href=href,
        chip=cause_chip(reason["code"], _leads_to(reason), decides=told.decides),
        note=is_note(_leads_to(reason), decides=told.decides),
    )


def _first_item(told: Told, aspect: str | None) -> str:
    return next(
        (each["item"] for each in told.content["items"] if aspect and each["aspect"] == aspect), ""
    )


def _leads_to(reason: Mapping[str, Any]) -> str:
    if reason["code"] in set(ReasonCode):
        return Reason(ReasonCode(reason["code"])).leads_to
    return ""


def finding_lines(told: Told, assessment_id: str) -> tuple[FindingLine, ...]:
    """The issued findings with what was answered before sealing."""
    reference = told.content["assessment"]["reference"]
    return tuple(
        FindingLine(
            card=FindingCard(
                reference=f"{reference}/{each['number']}",
                title=f"{each['item']} · {told.item_text(each['item'])}",
                severity=Severity(each["class"]),
                chip=_answered_chip(each),
                href=item_href(told, assessment_id, each["item"]),
                due=_("Batas waktu %(day)s", day=told.day(each["due_on"]))
                if each["due_on"]
                else "",
            ),
            statement=each["statement"],
        )
        for each in told.content["findings"]
    )


def corrected_lines(told: Told, assessment_id: str) -> tuple[CorrectedLine, ...]:
    """Both scores of every corrected item; the last correction counts."""
    found = []
    for item in told.content["items"]:
        if not item.get("corrections"):
            continue
        last = item["corrections"][-1]
        role = wording.in_(told.language, wording.REVIEWERS, last["as"])
        found.append(
            CorrectedLine(
                title=f"{item['item']} · {told.choose(item['text'])}",
                href=item_href(told, assessment_id, item["item"]),
                words=_(
                    "Nilai tim %(before)s, nilai yang berlaku %(after)s",
                    before=told.choice_text(item["answered"]),
                    after=told.choice_text(item["choice"]),
                ),
                reason=last["reason"],
                by=f"{last['by']}, {role}, {told.moment(last['at'])}",
            )
        )
    return tuple(found)


def _answered_chip(finding: Mapping[str, Any]) -> Chip:
    if finding["answers"]:
        return Chip(ChipStatus.info, _("Ditanggapi"))
    return Chip(ChipStatus.neutral, _("Belum ditanggapi"))


def _figure(told: Told) -> str:
    """The number that stands for the result; monitoring counts what is not met."""
    if told.decides:
        return ratio_words(told.total)
    results, decision = told.content["results"], told.content["decision"]
    return wording.unmet_in(told.language, decision["unmet"], results["applicable"])


def _threshold(told: Told) -> str:
    limit = told.threshold("total")
    return "" if limit is None else percent(limit, told.language)


def _scope(told: Told) -> str:
    asked, applicable = len(told.content["items"]), told.content["results"]["applicable"]
    if asked >= applicable:
        return ""
    words = ngettext(
        "Penilaian ini menilai ulang %(num)s butir. Nilai butir lain dibawa dari penilaian yang "
        "diikutinya.",
        "Penilaian ini menilai ulang %(num)s butir. Nilai butir lain dibawa dari penilaian yang "
        "diikutinya.",
        asked,
    )
    return str(words)


def _facts(told: Told) -> tuple[Fact, ...]:
    assessment, instrument = told.content["assessment"], told.content["instrument"]
    facts = [
        Fact(_("Jenis"), kind_name(assessment["kind"])),
        Fact(_("Cara"), wording.in_(told.language, wording.MODES, assessment["mode"])),
        Fact(
            _("Instrumen"),
            _(
                "%(title)s, edisi %(edition)s",
                title=told.choose(instrument["title"]),
                edition=instrument["edition"],
            ),
            note=told.choose(instrument["note"]),
        ),
    ]
    if assessment["visit_on"]:
        facts.insert(2, Fact(_("Tanggal kunjungan"), told.day(assessment["visit_on"])))
    facts += [
        Fact(
            wording.in_(told.language, wording.TEAM_ROLES, member["role"]),
            member["name"],
            note=member["office"] or "",
        )
        for member in told.content["team"]
    ]
    return tuple(facts)


def _sign_offs(told: Told) -> tuple[Fact, ...]:
    return tuple(
        Fact(
            each["name"],
            wording.in_(told.language, wording.MEANINGS, each["meaning"]),
            note=told.moment(each["signed_at"]),
        )
        for each in told.content["sign_offs"]
    )


def _exemptions(told: Told) -> tuple[Fact, ...]:
    return tuple(
        Fact(
            wording.in_(told.language, wording.RULES, each["rule"]),
            each["person"],
            note=each["reason"],
        )
        for each in told.content["exemptions"]
    )


def _ruled(told: Told) -> str:
    """By which objection this revision was opened."""
    ruled = told.content.get("objection")
    if not ruled:
        return ""
    return str(
        _(
            "Dibuka karena keberatan ke-%(number)s atas %(reference)s, diputus %(when)s oleh "
            "%(who)s.",
            number=ruled["number"],
            reference=ruled["reference"],
            when=told.moment(ruled["decided_at"]),
            who=ruled["decided_by"],
        )
    )


_LANGUAGES = ("id", "en")


def build_result(
    session: Session,
    told: Told,
    assessment_id: str,
    *,
    kin: Kin,
    reports: tuple[Issued, ...],
    objections: Sequence[Objection] = (),
    papers: tuple[Fact, ...] = (),
) -> ResultPage:
    """The page in the reader's language."""
    content = told.content
    assessment, outcome = content["assessment"], content["decision"]["outcome"]
    series = series_of(told)
    # the shape of a part would be taken for that of the whole
    drawn, drawn_table = radar_of(told) if told.decides else (None, None)
    issued = {each.language: each for each in reports}
    later = kin.superseded_by
    return ResultPage(
        h1=content["auditee"]["name"],
        kicker=f"{kind_name(assessment['kind'])} · {assessment['reference']}",
        back=Link(_("Penilaian ini"), overview_href(assessment_id)),
        sealed=told.sealed,
        own=assessment["kind"] == Kind.self,
        labels=label_chips(told),
        demo=bool(content["demo"]),
        outcome=outcome_chip(outcome),
        outcome_words=wording.in_(told.language, wording.OUTCOME_MEANINGS, outcome),
        waits=waiting_facts(told.language, content["decision"]),
        decides=told.decides,
        total=_figure(told),
        threshold=_threshold(told),
        counts=counts_words(told),
        scope=_scope(told),
        superseded=Link(later.reference, result_href(later.id)) if later else None,
        under_objection=under_objection_link(objections),
        ruled=_ruled(told),
        revised=assessment["revises"] or "",
        bars=bars(series, title=_("Nilai per aspek"), language=told.language),
        bars_table=bars_table(series, told.language),
        radar=drawn,
        radar_table=drawn_table,
        compared=compared_with(told),
        comparison_href=f"/auditees/{content['auditee']['id']}/comparison?about={assessment_id}"
        if told.sealed
        else "",
        reasons=reason_lines(session, told, assessment_id),
        corrected=corrected_lines(told, assessment_id),
        findings=finding_lines(told, assessment_id),
        findings_href=f"/assessments/{assessment_id}/findings",
        answers_href=answers_href(assessment_id),
        downloads=tuple(
            Download(
                label=language_name(each.language),
                href=f"/assessments/{assessment_id}/report.pdf?language={each.language}",
                detail=_(
                    "Kode %(code)s, terbit %(moment)s",
                    code=each.code,
                    moment=moment(each.issued_at, told.zone, told.language),
                ),
            )
            for each in reports
        ),
        issue_action=f"/assessments/{assessment_id}/report/issue",
        issue_languages=tuple(
            (each, language_name(each)) for each in _LANGUAGES if each not in issued
        )
        if told.sealed
        else (),
        root=told.root,
        facts=_facts(told),
        outside_values=value_facts(content.get("outside_values"), told.language),
        sign_offs=_sign_offs(told),
        exemptions=_exemptions(told),
        papers=papers,
    )
