"""How are the items to look at, what was said to them and what changed since put into words?"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from flask import url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from sqlalchemy import select
from sqlalchemy.orm import Session

from assessor.accounts.models import Person
from assessor.assessments import wording
from assessor.assessments.judging import Judged
from assessor.assessments.page_parts import checklist_href
from assessor.assessments.review.exceptions_first import Exceptional, Worry, is_met
from assessor.assessments.review.rules import APPROVED_BY, Concern
from assessor.assessments.review.state import ToLookAt
from assessor.assessments.review_models import Remark
from assessor.ui.current import the_language, the_zone
from assessor.ui.formats import moment, number
from assessor.ui.parts import Chip, ChipStatus
from checklists.model import NOT_APPLICABLE


@dataclass(frozen=True)
class ExceptionLine:
    """An item to look at."""

    item: str
    words: str
    detail: str
    href: str
    chip: Chip
    seen: bool
    mandatory: bool


@dataclass(frozen=True)
class ConcernGroup:
    """The items of one concern, with what the concern is."""

    title: str
    why: str
    lines: tuple[ExceptionLine, ...]

    @property
    def unseen(self) -> int:
        """How many of them the reader has not seen yet."""
        return sum(not line.seen for line in self.lines)


@dataclass(frozen=True)
class Looking:
    """Everything to look at, with how far the reader is."""

    groups: tuple[ConcernGroup, ...]
    seen: int
    mandatory: int
    next_href: str
    drawn: str
    note: str


@dataclass(frozen=True)
class RemarkLine:
    """What somebody asked for at an item, and what became of it."""

    item: str
    title: str
    words: str
    by: str
    href: str
    before: str
    now: str
    changes: tuple[str, ...]
    changed: bool


# ---- what to look at ----


def concern_titles() -> Mapping[Concern, tuple[str, str]]:
    """What a concern is called, and why one looks."""
    return {
        Concern.critical: (
            _("Butir kritis"),
            _("Satu saja menentukan keputusan, berapa pun jumlah nilainya."),
        ),
        Concern.touched: (
            _("Diberi catatan atau dikoreksi"),
            _("Ada yang mencatat atau mengoreksi butir ini pada putaran ini."),
        ),
        Concern.remarked_before: (
            _("Pernah diminta diperbaiki"),
            _("Penilaian dikembalikan dengan catatan pada butir ini. Lihat apa yang berubah."),
        ),
        Concern.rose: (
            _("Naik tajam"),
            _("Nilainya jauh di atas penilaian sebelumnya. Lihat apakah dasarnya cukup."),
        ),
        Concern.weak: (
            _("Dasar nilai lemah"),
            _("Dinilai terpenuhi, tetapi cara memeriksa butir ini tidak tampak pada dasarnya."),
        ),
        Concern.waved: (
            _("Dinilai tidak berlaku"),
            _("Keluar dari penyebut. Periksa apakah alasannya benar."),
        ),
        Concern.fell: (
            _("Turun tajam"),
            _("Nilainya jauh di bawah penilaian sebelumnya. Tidak wajib dilihat."),
        ),
        Concern.drawn: (
            _("Terpilih acak"),
            _("Sepersepuluh dari butir lain, diundi ketika penilaian dikirim."),
        ),
    }


def review_href(assessment_id: str, item: str) -> str:
    """Where somebody outside the team looks at one item."""
    return url_for("assessments.review_item", assessment_id=assessment_id, item=item)


def build_looking(judged: Judged, looked: ToLookAt) -> Looking:
    """The items by concern; a concern without items is left out."""
    lines = [(each.concern, _line(judged, each, looked.seen)) for each in looked.found]
    groups = []
    for concern, (title, why) in concern_titles().items():
        of_it = tuple(line for other, line in lines if other is concern)
        if of_it:
            groups.append(ConcernGroup(title, why, of_it))
    unseen = looked.unseen
    assessment_id = judged.assessment.id
    return Looking(
        groups=tuple(groups),
        seen=looked.mandatory - len(unseen),
        mandatory=looked.mandatory,
        next_href=review_href(assessment_id, unseen[0].item.id) if unseen else "",
        drawn=_drawn_words(looked),
        note=_("Batas-batas ini contoh, belum disahkan.") if APPROVED_BY is None else "",
    )


def _drawn_words(looked: ToLookAt) -> str:
    drawn, language = looked.draw, the_language()
    if drawn is None:
        return ""
    return str(
        _(
            "%(count)s dari %(of)s butir lain dipilih dengan undian %(seed)s, yang sama bagi "
            "setiap orang.",
            count=number(len(drawn.items), language),
            of=number(len(drawn.pool), language),
            seed=drawn.seed[:8],
        )
    )


def choice_words(judged: Judged, choice: str | None) -> str:
    """A choice with its label."""
    language = the_language()
    if choice is None or choice == NOT_APPLICABLE:
        return wording.ABSENT[choice].in_(language)
    if judged.checklist.has_choice(choice):
        return f"{choice} {judged.checklist.choice(choice).label.in_(language)}"
    return choice


def _line(judged: Judged, each: Exceptional, seen: frozenset[str]) -> ExceptionLine:
    language, item = the_language(), each.item.id
    details = [each.item.aspect.title.in_(language), *worry_words(judged, each)]
    return ExceptionLine(
        item=item,
        words=f"{item} · {each.item.text.in_(language)}",
        detail=" · ".join(details),
        href=review_href(judged.assessment.id, item),
        chip=choice_chip(judged, each.choice, critical=each.concern is Concern.critical),
        seen=item in seen,
        mandatory=each.mandatory,
    )


def choice_chip(judged: Judged, choice: str | None, *, critical: bool) -> Chip:
    """The choice that counts; what is critical and not met stands out."""
    status = ChipStatus.ok if is_met(judged, choice) else ChipStatus.warn
    if critical and status is ChipStatus.warn:
        status = ChipStatus.bad
    return Chip(status, choice_words(judged, choice))


def worry_words(judged: Judged, each: Exceptional) -> list[str]:
    """Everything that speaks for looking at an item."""
    titles = concern_titles()
    found = []
    for worry in each.worries:
        said = _worry(judged, each, worry)
        if said:
            found.append(said)
        elif worry is not each.worries[0]:
            found.append(titles[worry.concern][0])
    correction = judged.state.corrections.get(each.item.id)
    if correction is not None and correction.choice != correction.instead_of:
        team = choice_words(judged, judged.state.answered(each.item.id))
        found.append(_("nilai tim: %(choice)s", choice=team))
    return found


def _worry(judged: Judged, each: Exceptional, worry: Worry) -> str:
    language = the_language()
    if worry.kind is not None:
        before = wording.in_(language, wording.SHORT_KINDS, worry.kind)
        return f"{before}: {choice_words(judged, worry.before)}"
    if worry.concern is Concern.weak:
        parts = []
        if worry.lacking:
            ways = wording.methods_in(language, " ".join(worry.lacking))
            parts.append(_("tanpa %(ways)s", ways=ways))
        if worry.uncited:
            parts.append(_("tanpa tautan bukti yang diwajibkan"))
        return ", ".join(parts)
    answer = judged.state.answers.get(each.item.id)
    if worry.concern is Concern.waved and answer is not None and answer.reason:
        return answer.reason
    return ""


# ---- what was asked for, and what became of it ----


def people_named(session: Session, ids: Sequence[str]) -> dict[str, str]:
    """Person → name: one query, none without people."""
    if not ids:
        return {}
    rows = session.execute(select(Person.id, Person.name).where(Person.id.in_(set(ids))))
    return dict(rows.all())


def remark_lines(
    session: Session, judged: Judged, remarks: Sequence[Remark], *, on_checklist: bool
) -> tuple[RemarkLine, ...]:
    """Remarks in standard order, each with what the item said then and says now."""
    names = people_named(session, [each.made_by for each in remarks])
    places = {item: place for place, item in enumerate(judged.asked)}
    known = [each for each in remarks if each.item in places]
    return tuple(
        _remark_line(judged, each, names.get(each.made_by, ""), on_checklist=on_checklist)
        for each in sorted(known, key=lambda each: (places[each.item], each.number))
    )


def _remark_line(judged: Judged, remark: Remark, who: str, *, on_checklist: bool) -> RemarkLine:
    language, item = the_language(), judged.asked[remark.item]
    before, now = remark.choice, judged.state.answered(remark.item)
    answer = judged.state.answers.get(remark.item)
    bases = {basis.op_id for basis in judged.state.bases.get(remark.item, ())}
    changes = []
    if (answer.facts if answer else None) != remark.facts:
        changes.append(_("fakta diubah"))
    if remark.in_round:  # a revision brings its bases along under new names
        added, gone = len(bases - set(remark.bases)), len(set(remark.bases) - bases)
        if added:
            changes.append(
                ngettext("%(num)s dasar nilai ditambah", "%(num)s dasar nilai ditambah", added)
            )
        if gone:
            changes.append(
                ngettext("%(num)s dasar nilai dihapus", "%(num)s dasar nilai dihapus", gone)
            )
    href = checklist_href if on_checklist else review_href
    return RemarkLine(
        item=remark.item,
        title=f"{remark.item} · {item.text.in_(language)}",
        words=remark.words,
        by=f"{who}, {moment(remark.made_at, the_zone(), language)}",
        href=href(judged.assessment.id, remark.item),
        before=choice_words(judged, before),
        now=choice_words(judged, now),
        changes=tuple(changes),
        changed=before != now or bool(changes),
    )
