"""What stands on the page on which somebody outside the team checks, or verifies and seals?"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from flask_babel import gettext as _
from flask_babel import ngettext
from sqlalchemy.orm import Session

from assessor.access.guard import the_actor
from assessor.assessments import wording
from assessor.assessments.beside import expired_document
from assessor.assessments.beside_words import hints
from assessor.assessments.closing.building import changed_lines
from assessor.assessments.document.content import screen_hash
from assessor.assessments.document.decided import decided_now
from assessor.assessments.history import list_sign_offs
from assessor.assessments.independence import Act, Breach, breaches, involved_in
from assessor.assessments.judging import Judged
from assessor.assessments.models import Assessment, FindingStatus, Kind, Meaning
from assessor.assessments.page_parts import (
    checklist_href,
    kicker_of,
    kind_name,
    overview_href,
    share_of,
)
from assessor.assessments.queries import Earlier, earlier_assessments, list_findings
from assessor.assessments.review.building import build_looking, remark_lines
from assessor.assessments.review.state import to_look_at
from assessor.assessments.signing.forms import VerifyForm
from assessor.assessments.signing.holding import why_held_back
from assessor.assessments.signing.parts import SignedFinding, SignPage
from assessor.auditees.models import Auditee
from assessor.ui.current import say, the_language, the_zone
from assessor.ui.formats import day, due, moment, percent
from assessor.ui.parts import Chip, ChipStatus, Fact, FindingCard, Link, Severity, Task


@dataclass(frozen=True)
class _Words:
    """What the page of one of the two says."""

    h1: str
    quiet_lead: str
    meaning: Meaning
    button: str
    after: str


def _words(act: Act) -> _Words:
    if act is Act.check:
        return _Words(
            h1=_("Periksa penilaian"),
            quiet_lead=_("Semua butir wajib sudah Anda lihat. Baca keputusannya, lalu teruskan."),
            meaning=Meaning.checks,
            button=_("Tanda tangani dan teruskan"),
            after=_(
                "Setelah diteruskan, direktorat memverifikasi dan mengunci. Penilaian ini tidak "
                "kembali kepada Anda, kecuali tim mengirimnya lagi."
            ),
        )
    return _Words(
        h1=_("Verifikasi penilaian"),
        quiet_lead=_("Semua butir wajib sudah Anda lihat. Baca keputusannya, lalu tanda tangani."),
        meaning=Meaning.verifies,
        button=_("Tanda tangani dan kunci"),
        after=_(
            "Setelah dikunci, penilaian ini hanya dapat diperbaiki dengan revisi. Laporan "
            "berbahasa Indonesia langsung diterbitkan."
        ),
    )


def build_review(
    session: Session, judged: Judged, today: date, act: Act, *, form: VerifyForm, stale: str = ""
) -> SignPage:
    """The page on which somebody outside the team looks at the exceptions and signs."""
    assessment, language, words = judged.assessment, the_language(), _words(act)
    earlier = earlier_assessments(session, assessment, (Kind.self, Kind.baseline))
    broken = _breaches(session, assessment, act)
    against = [each.sentence for each in broken if not each.rule.exemptible]
    held_back = why_held_back(session, judged, today) if act is Act.verify else None
    if held_back is not None:
        against.append(held_back)
    refused = " ".join(say(each) for each in against)
    form.shown_hash.data = screen_hash(session, judged)
    looked = to_look_at(session, judged, the_actor().person_id or "")
    looking = build_looking(judged, looked)
    unseen = len(looked.unseen)
    before = [each for each in looked.remarks if each.in_round < looked.in_round]
    return SignPage(
        h1=words.h1,
        kicker=kicker_of(session, assessment),
        back=Link(_("Penilaian ini"), overview_href(assessment.id)),
        lead=ngettext(
            "%(num)s butir wajib belum Anda lihat; selebihnya tidak menonjol.",
            "%(num)s butir wajib belum Anda lihat; selebihnya tidak menonjol.",
            unseen,
        )
        if unseen
        else words.quiet_lead,
        form=None if refused or (unseen and act is Act.verify) else form,
        stale=stale,
        lacks=(),
        decided=decided_now(session, judged),
        findings=_issued(session, judged, today),
        findings_href=f"/assessments/{assessment.id}/findings",
        meaning=wording.in_(language, wording.MEANINGS, words.meaning),
        button=words.button,
        button_icon="arrow" if act is Act.check else "lock",
        action=f"/assessments/{assessment.id}/{act.value}",
        after_words=words.after,
        own=False,
        refusal=refused,
        unseen=ngettext(
            "Lihat dulu %(num)s butir wajib di atas. Sesudah itu Anda dapat menandatangani.",
            "Lihat dulu %(num)s butir wajib di atas. Sesudah itu Anda dapat menandatangani.",
            unseen,
        )
        if unseen and act is Act.verify and not refused
        else "",
        exemptible=" ".join(say(each.sentence) for each in broken if each.rule.exemptible),
        compared=_compared(earlier) if judged.checklist.decides else (),
        looking=None if refused else looking,
        expired=_expired(session, judged),
        remarks=remark_lines(session, judged, before, on_checklist=False),
        signed=_signed(session, assessment),
        changes=changed_lines(session, judged),
    )


def _breaches(session: Session, assessment: Assessment, act: Act) -> tuple[Breach, ...]:
    auditee = session.get_one(Auditee, assessment.auditee_id)
    return breaches(
        session,
        auditee,
        act,
        person_id=the_actor().person_id or "",
        involved=involved_in(session, assessment.id),
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


def _expired(session: Session, judged: Judged) -> tuple[Task, ...]:
    """The items to which a permit belongs that had run out before the visit."""
    language = the_language()
    said = hints(expired_document(session, judged.assessment, judged.asked), language)
    return tuple(
        Task(
            f"{item} · {judged.asked[item].text.in_(language)}",
            checklist_href(judged.assessment.id, item),
            " ".join(words),
        )
        for item, words in said.items()
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
