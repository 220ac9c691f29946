"""What does the table of all items say: the answers as the report prints them?"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from flask_babel import gettext as _

from assessor.assessments import wording
from assessor.assessments.basis_words import basis_detail
from assessor.assessments.beside_words import hints
from assessor.assessments.document.told import Told
from assessor.assessments.models import BasisKind, Kind
from assessor.assessments.page_parts import edition_chip, result_href
from assessor.ui.formats import NO_VALUE, number
from assessor.ui.parts import Chip, ChipStatus, Link
from checklists.model import NOT_APPLICABLE


@dataclass(frozen=True)
class BasisLine:
    """What a score leans on; `href` where there is a file to look at."""

    words: str
    href: str = ""


@dataclass(frozen=True)
class CorrectionLine:
    """What somebody outside the team set beside the team's choice."""

    words: str
    by: str
    reason: str


@dataclass(frozen=True)
class AnswerRow:
    """One item with its answer."""

    item: str
    text: str
    critical: str
    methods: str
    choice: Chip
    corrections: tuple[CorrectionLine, ...]
    said: tuple[tuple[str, str], ...]
    bases: tuple[BasisLine, ...]
    earlier: str
    expired: tuple[str, ...]  # permits that had run out before the visit


@dataclass(frozen=True)
class AnswerSection:
    """A section of the standard with its items."""

    anchor: str
    title: str
    aspect: str
    rows: tuple[AnswerRow, ...]


@dataclass(frozen=True)
class AnswersPage:
    """All items of an assessment."""

    h1: str
    kicker: str
    back: Link
    labels: tuple[Chip, ...]
    counts: str
    sections: tuple[AnswerSection, ...]


def build_answers(told: Told, assessment_id: str, *, may_see_evidence: bool) -> AnswersPage:
    """The table in the reader's language."""
    content = told.content
    assessment = content["assessment"]
    titles = {each["id"]: each for each in content["evidence"]}
    rows: dict[str, list[AnswerRow]] = {}
    for item in content["items"]:
        row = answer_row(told, item, titles, links=may_see_evidence)
        rows.setdefault(item["section"], []).append(row)
    return AnswersPage(
        h1=_("Jawaban semua butir"),
        kicker=f"{content['auditee']['name']} · {assessment['reference']}",
        back=Link(_("Hasil penilaian"), result_href(assessment_id)),
        labels=label_chips(told),
        counts=counts_words(told),
        sections=tuple(
            AnswerSection(
                anchor=f"section-{each['section']}",
                title=f"{each['section']}. {told.choose(each['title'])}",
                aspect=told.aspect_title(each["aspect"]),
                rows=tuple(rows[each["section"]]),
            )
            for each in content["instrument"]["sections"]
            if each["section"] in rows
        ),
    )


def answer_row(
    told: Told, item: Mapping[str, Any], titles: Mapping[str, Any], *, links: bool
) -> AnswerRow:
    """One item as it stands, with what was corrected beside it."""
    language = told.language
    said = (
        (_("Alasan"), item["reason"]),
        (_("Fakta dan analisis"), item["facts"]),
        (_("Rekomendasi"), item["recommendation"]),
    )
    return AnswerRow(
        item=item["item"],
        text=told.choose(item["text"]),
        critical=wording.in_(language, wording.CRITICALS, item["critical"]),
        methods=wording.methods_in(language, " ".join(item["methods"])),
        choice=_choice_chip(told, item),
        corrections=tuple(_corrected(told, each) for each in item.get("corrections", ())),
        said=tuple((label, words) for label, words in said if words),
        bases=tuple(_basis(told, basis, titles, links=links) for basis in item["basis"]),
        earlier=", ".join(
            f"{wording.in_(language, wording.SHORT_KINDS, kind)}: {told.choice_text(choice)}"
            for kind in (Kind.self, Kind.baseline)
            if (choice := item["earlier"][kind]) is not None
        ),
        expired=hints(told.content.get("expired_permits"), language).get(item["item"], ()),
    )


def _corrected(told: Told, correction: Mapping[str, Any]) -> CorrectionLine:
    return CorrectionLine(
        words=f"{told.choice_text(correction['instead_of'])} → "
        f"{told.choice_text(correction['choice'])}"
        if correction["choice"] != correction["instead_of"]
        else _("Koreksi dicabut: %(choice)s", choice=told.choice_text(correction["choice"])),
        by=f"{correction['by']}, {wording.in_(told.language, wording.REVIEWERS, correction['as'])}"
        f", {told.moment(correction['at'])}",
        reason=correction["reason"],
    )


def _choice_chip(told: Told, item: Mapping[str, Any]) -> Chip:
    """The choice with its word; whether all points were reached shows in its shape."""
    status = ChipStatus.ok if item["n"] == item["d"] else ChipStatus.warn
    if item["choice"] in {None, NOT_APPLICABLE}:
        status = ChipStatus.neutral
    return Chip(status, told.choice_text(item["choice"]))


def _basis(
    told: Told, basis: Mapping[str, Any], titles: Mapping[str, Any], *, links: bool
) -> BasisLine:
    kind, detail = basis["kind"], basis["detail"]
    name = wording.in_(told.language, wording.BASES, kind)
    if kind == BasisKind.evidence:
        piece = titles.get(basis["evidence"])
        title = piece["title"] if piece else NO_VALUE
        href = f"/evidence/{basis['evidence']}" if links and piece else ""
        return BasisLine(f"{name}: {title}", href)
    return BasisLine(f"{name}: {basis_detail(told.language, kind, detail)}")


def counts_words(told: Told) -> str:
    """How many items apply, and what became of them."""
    results = told.content["results"]
    values = {
        name: number(results[name], told.language)
        for name in ("applicable", "scored", "not_applicable", "not_assessed")
    }
    if not told.decides:
        return str(
            _(
                "%(applicable)s butir ditanyakan: %(scored)s dinilai, %(not_applicable)s tidak "
                "berlaku (TB), %(not_assessed)s belum dinilai (BD).",
                **values,
            )
        )
    return str(
        _(
            "%(applicable)s butir berlaku: %(scored)s dinilai, %(not_applicable)s tidak berlaku "
            "(TB), %(not_assessed)s belum dinilai (BD).",
            **values,
        )
    )


def label_chips(told: Told) -> tuple[Chip, ...]:
    """What must be said of the whole: computed for now, and whether the instrument is
    approved."""
    state = (
        Chip(ChipStatus.sealed, _("Dikunci"))
        if told.sealed
        else Chip(ChipStatus.warn, _("Hitungan saat ini, belum dikunci"))
    )
    return (state, edition_chip(told.edition_status))
