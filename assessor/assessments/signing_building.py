"""What is on the screen when somebody puts their name to an assessment?"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from flask_babel import gettext as _
from flask_babel import ngettext
from sqlalchemy.orm import Session

from assessor.access.guard import the_actor
from assessor.assessments import wording
from assessor.assessments.content import screen_hash
from assessor.assessments.exceptions_first import Concern, Exceptional, exceptional
from assessor.assessments.finding_building import list_proposed, proposed_card
from assessor.assessments.forms import SignForm, VerifyForm
from assessor.assessments.history import list_sign_offs
from assessor.assessments.independence import Act, Breach, breaches, team_of
from assessor.assessments.judging import Judged, lacks
from assessor.assessments.models import Assessment, FindingStatus, Kind, Meaning
from assessor.assessments.pages import (
    ReasonLine,
    checklist_href,
    edition_chip,
    finding_hrefs,
    kind_name,
    outcome_chip,
    overview_href,
    ratio_words,
    share_of,
)
from assessor.assessments.queries import Earlier, earlier_assessments, list_findings
from assessor.auditees.models import Auditee
from assessor.instruments.queries import get_status
from assessor.ui.current import say, the_language, the_zone
from assessor.ui.formats import day, due, moment, number, percent
from assessor.ui.parts import Chip, ChipStatus, Fact, FindingCard, Link, Severity
from checklists.decision import Reason
from checklists.model import NOT_APPLICABLE


@dataclass(frozen=True)
class LackLine:
    """Something that must be mended first, with the way there."""

    words: str
    href: str


@dataclass(frozen=True)
class LackGroup:
    """What an aspect lacks."""

    title: str
    lines: tuple[LackLine, ...]


@dataclass(frozen=True)
class ExceptionLine:
    """An item to look at first."""

    words: str
    detail: str
    href: str
    chip: Chip


@dataclass(frozen=True)
class ConcernGroup:
    """The items of one concern, with what the concern is."""

    title: str
    why: str
    lines: tuple[ExceptionLine, ...]


@dataclass(frozen=True)
class SignedFinding:
    """A finding on the screen."""

    card: FindingCard
    statement: str


@dataclass(frozen=True)
class Decided:
    """The decision as it stands now."""

    outcome: Chip
    words: str
    total: str
    threshold: str
    counts: str
    reasons: tuple[ReasonLine, ...]
    edition: Chip


@dataclass(frozen=True)
class SignPage:
    """What is signed, what stands in the way, and the sign-off itself."""

    h1: str
    kicker: str
    back: Link
    lead: str
    form: SignForm | None
    stale: str
    lacks: tuple[LackGroup, ...]
    decided: Decided
    findings: tuple[SignedFinding, ...]
    findings_href: str
    meaning: str
    button: str
    own: bool
    refusal: str = ""
    exemptible: str = ""
    groups: tuple[ConcernGroup, ...] = ()
    compared: tuple[Fact, ...] = ()
    signed: tuple[Fact, ...] = ()


def reason_lines(session: Session, judged: Judged) -> tuple[ReasonLine, ...]:
    """The reasons of the decision so far, each leading to its item, its aspect or the earlier
    finding."""
    first = {
        item.aspect.id: checklist_href(judged.assessment.id, item.id)
        for item in reversed(judged.asked.values())
    }
    reasons = judged.decision.reasons
    earlier = finding_hrefs(session, (reason.document() for reason in reasons))
    return tuple(_reason_line(judged, reason, first | earlier) for reason in reasons)


def _reason_line(judged: Judged, reason: Reason, hrefs: Mapping[str, str]) -> ReasonLine:
    """`hrefs`: where an aspect or an earlier finding is read."""
    language, checklist = the_language(), judged.checklist

    def item_text(item: str) -> str:
        return checklist.item(item).text.in_(language)

    def aspect_title(aspect: str) -> str:
        return checklist.standard.aspect(aspect).title.in_(language)

    about = [reason.item] if reason.item else []
    if reason.aspect:
        about.append(aspect_title(reason.aspect))
    href = hrefs.get(reason.values.get("finding") or reason.aspect or "", "")
    if reason.item in judged.asked:
        href = checklist_href(judged.assessment.id, reason.item)
    return ReasonLine(
        words=wording.reason_in(
            language, reason.document(), item_text=item_text, aspect_title=aspect_title
        ),
        about=" · ".join(about),
        href=href,
        chip=outcome_chip(reason.leads_to),
    )


def _counts(judged: Judged) -> str:
    result, language = judged.decision.result, the_language()
    return str(
        _(
            "%(applicable)s butir berlaku: %(scored)s dinilai, %(not_applicable)s tidak berlaku "
            "(TB), %(not_assessed)s belum dinilai (BD).",
            applicable=number(result.applicable, language),
            scored=number(result.scored, language),
            not_applicable=number(result.not_applicable, language),
            not_assessed=number(result.not_assessed, language),
        )
    )


def _kicker(session: Session, assessment: Assessment) -> str:
    auditee = session.get_one(Auditee, assessment.auditee_id)
    return f"{auditee.name} · {kind_name(assessment.kind)} · {assessment.reference}"


def _decided(session: Session, judged: Judged) -> Decided:
    language, assessment = the_language(), judged.assessment
    outcome = judged.decision.outcome
    status = get_status(session, assessment.edition, assessment.opened_at.date())
    return Decided(
        outcome=outcome_chip(outcome),
        words=wording.in_(language, wording.OUTCOME_MEANINGS, outcome),
        total=ratio_words(judged.decision.result.total),
        threshold=percent(judged.checklist.thresholds.total, language),
        counts=_counts(judged),
        reasons=reason_lines(session, judged),
        edition=edition_chip(status),
    )


def build_submit(
    session: Session, judged: Judged, today: date, *, form: SignForm, stale: str = ""
) -> SignPage:
    """The page on which the team, or the auditee for itself, signs and hands over."""
    assessment, language = judged.assessment, the_language()
    own = assessment.kind is Kind.self
    missing = _lacking(judged)
    count = sum(len(group.lines) for group in missing)
    form.shown_hash.data = screen_hash(session, judged)
    return SignPage(
        h1=_("Kunci penilaian mandiri") if own else _("Kirim penilaian"),
        kicker=_kicker(session, assessment),
        back=Link(_("Penilaian ini"), overview_href(assessment.id)),
        lead=ngettext(
            "%(num)s hal masih kurang. Lengkapi dulu, lalu kembali ke sini.",
            "%(num)s hal masih kurang. Lengkapi dulu, lalu kembali ke sini.",
            count,
        )
        if missing
        else _("Semua sudah lengkap. Baca sekali lagi, lalu tanda tangani."),
        form=None if missing else form,
        stale=stale,
        lacks=missing,
        decided=_decided(session, judged),
        findings=() if own else _proposed(session, judged, today),
        findings_href=f"/assessments/{assessment.id}/findings",
        meaning=wording.in_(
            language, wording.MEANINGS, Meaning.attests if own else Meaning.submits
        ),
        button=_("Tanda tangani dan kunci") if own else _("Tanda tangani dan kirim"),
        own=own,
    )


def _lacking(judged: Judged) -> tuple[LackGroup, ...]:
    """Everything that is lacking, by aspect in standard order."""
    language, assessment_id = the_language(), judged.assessment.id
    lines: dict[str, list[LackLine]] = {}
    for lack in lacks(judged):
        item = judged.asked.get(lack.item or "")
        title = item.aspect.title.in_(language) if item else _("Lain-lain")
        line = LackLine(say(lack.sentence), checklist_href(assessment_id, lack.item or ""))
        lines.setdefault(title, []).append(line)
    order = [aspect.title.in_(language) for aspect in judged.checklist.standard.aspects]
    titles = sorted(lines, key=lambda each: order.index(each) if each in order else len(order))
    return tuple(LackGroup(title, tuple(lines[title])) for title in titles)


def _proposed(session: Session, judged: Judged, today: date) -> tuple[SignedFinding, ...]:
    return tuple(
        SignedFinding(proposed_card(each, judged, today), each.statement)
        for each in list_proposed(session, judged)
        if not each.drop_reason
    )


# ---- the verifier's page ----


def build_verify(
    session: Session, judged: Judged, today: date, *, form: VerifyForm, stale: str = ""
) -> SignPage:
    """The page on which somebody outside the team looks at the exceptions, signs and seals."""
    assessment, language = judged.assessment, the_language()
    earlier = earlier_assessments(session, assessment, (Kind.self, Kind.baseline))
    broken = _breaches(session, assessment)
    refused = " ".join(say(each.sentence) for each in broken if not each.rule.exemptible)
    form.shown_hash.data = screen_hash(session, judged)
    groups = exception_groups(judged, earlier)
    count = sum(len(group.lines) for group in groups)
    return SignPage(
        h1=_("Verifikasi penilaian"),
        kicker=_kicker(session, assessment),
        back=Link(_("Penilaian ini"), overview_href(assessment.id)),
        lead=ngettext(
            "%(num)s hal perlu Anda lihat dulu; selebihnya tidak menonjol.",
            "%(num)s hal perlu Anda lihat dulu; selebihnya tidak menonjol.",
            count,
        )
        if count
        else _("Tidak ada hal yang menonjol. Baca keputusannya, lalu tanda tangani."),
        form=None if refused else form,
        stale=stale,
        lacks=(),
        decided=_decided(session, judged),
        findings=_issued(session, judged, today),
        findings_href=f"/assessments/{assessment.id}/findings",
        meaning=wording.in_(language, wording.MEANINGS, Meaning.verifies),
        button=_("Tanda tangani dan kunci"),
        own=False,
        refusal=refused,
        exemptible=" ".join(say(each.sentence) for each in broken if each.rule.exemptible),
        groups=groups,
        compared=_compared(earlier),
        signed=_signed(session, assessment),
    )


def _breaches(session: Session, assessment: Assessment) -> tuple[Breach, ...]:
    auditee = session.get_one(Auditee, assessment.auditee_id)
    return breaches(
        session,
        auditee,
        Act.verify,
        person_id=the_actor().person_id or "",
        team=frozenset(team_of(session, assessment)),
    )


def _issued(session: Session, judged: Judged, today: date) -> tuple[SignedFinding, ...]:
    language, assessment = the_language(), judged.assessment
    found = []
    for each in list_findings(session, assessment.id):
        item = judged.asked.get(each.item)
        if each.status is not FindingStatus.issued or item is None:
            continue
        card = FindingCard(
            reference=f"{assessment.reference}/{each.number}",
            title=f"{each.item} · {item.text.in_(language)}",
            severity=Severity(each.finding_class.value),
            chip=Chip(ChipStatus.info, _("Diterbitkan")),
            href=checklist_href(assessment.id, each.item),
            due=_(
                "Batas waktu %(day)s (%(due)s)",
                day=day(each.due_on, language),
                due=due(each.due_on, today, language),
            )
            if each.due_on
            else "",
        )
        found.append(SignedFinding(card, each.statement))
    return tuple(found)


def exception_groups(judged: Judged, earlier: Mapping[Kind, Earlier]) -> tuple[ConcernGroup, ...]:
    """The items to look at first, by concern; a concern without items is left out."""
    titles = {
        Concern.critical: (
            _("Butir kritis yang belum terpenuhi"),
            _("Satu saja menentukan keputusan, berapa pun jumlah nilainya."),
        ),
        Concern.waved: (
            _("Dinilai tidak berlaku"),
            _("Keluar dari penyebut. Periksa apakah alasannya benar."),
        ),
        Concern.differs: (
            _("Berbeda dari penilaian sebelumnya"),
            _("Yang dulu terpenuhi kini belum, atau sebaliknya."),
        ),
        Concern.weak: (
            _("Dasar nilai lemah"),
            _("Dinilai terpenuhi, tetapi cara memeriksa butir ini tidak tampak pada dasarnya."),
        ),
    }
    found = exceptional(judged, earlier)
    groups = []
    for concern, (title, why) in titles.items():
        lines = tuple(_line(judged, each) for each in found if each.concern is concern)
        if lines:
            groups.append(ConcernGroup(title, why, lines))
    return tuple(groups)


def _choice_words(judged: Judged, choice: str | None) -> str:
    language = the_language()
    if choice is None or choice == NOT_APPLICABLE:
        return wording.ABSENT[choice].in_(language)
    if judged.checklist.has_choice(choice):
        return f"{choice} {judged.checklist.choice(choice).label.in_(language)}"
    return choice


def _line(judged: Judged, each: Exceptional) -> ExceptionLine:
    language = the_language()
    detail = [each.item.aspect.title.in_(language)]
    answer = judged.state.answers.get(each.item.id)
    if each.kind is not None:
        before = wording.in_(language, wording.SHORT_KINDS, each.kind)
        detail.append(f"{before}: {_choice_words(judged, each.before)}")
    if each.lacking:
        ways = wording.methods_in(language, " ".join(each.lacking))
        detail.append(_("tanpa %(ways)s", ways=ways))
    if each.concern is Concern.waved and answer is not None and answer.reason:
        detail.append(answer.reason)
    bad = each.concern is Concern.critical
    return ExceptionLine(
        words=f"{each.item.id} · {each.item.text.in_(language)}",
        detail=" · ".join(detail),
        href=checklist_href(judged.assessment.id, each.item.id),
        chip=Chip(ChipStatus.bad if bad else ChipStatus.warn, _choice_words(judged, each.choice)),
    )


def _compared(earlier: Mapping[Kind, Earlier]) -> tuple[Fact, ...]:
    language = the_language()
    return tuple(
        Fact(
            kind_name(kind),
            percent(share_of(found.content["results"]["total"]), language),
            note=found.reference,
        )
        for kind, found in earlier.items()
    )


def _signed(session: Session, assessment: Assessment) -> tuple[Fact, ...]:
    language, zone = the_language(), the_zone()
    return tuple(
        Fact(
            each.name,
            wording.in_(language, wording.MEANINGS, each.meaning),
            note=moment(each.signed_at, zone, language),
        )
        for each in list_sign_offs(session, assessment.id)
    )
