"""What stands on the pages on which a filled sheet is entered?"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from flask import url_for
from flask_babel import gettext as _
from flask_babel import ngettext

from assessor.assessments.checklist.words import fields
from assessor.assessments.models import Assessment
from assessor.assessments.page_parts import checklist_href
from assessor.assessments.worksheet.comparing import Change, Compared
from assessor.assessments.worksheet.forms import EnterForm, SheetForm
from assessor.assessments.worksheet.reading import Rejected
from assessor.ui.current import say
from assessor.ui.parts import Column, Link

SHEET = "sheet"  # what a form says where the sheet is taken


@dataclass(frozen=True)
class SheetPage:
    """Where the sheet is fetched and brought back."""

    back: Link
    lead: str
    closed: str
    download: Link
    action: str
    form: SheetForm


@dataclass(frozen=True)
class ChangeLine:
    """A cell: what the sheet says and what stands in the system."""

    cell: str
    item: str
    field: str
    written: str
    now: str
    key: str
    seen: str


@dataclass(frozen=True)
class RejectedLine:
    """A cell that is not entered, and why."""

    cell: str
    item: str
    why: str


@dataclass(frozen=True)
class ComparedPage:
    """What entering the sheet would do."""

    title: str
    back: Link
    lead: str
    columns: tuple[Column, ...]
    settled: tuple[ChangeLine, ...]
    clashing: tuple[ChangeLine, ...]
    rejected_columns: tuple[Column, ...]
    rejected: tuple[RejectedLine, ...]
    action: str
    form: EnterForm
    enters: bool


def sheet_page(assessment: Assessment, *, closed: str, form: SheetForm) -> SheetPage:
    """The page of the sheet."""
    return SheetPage(
        back=Link(_("Instrumen dan jawabannya"), checklist_href(assessment.id)),
        lead=assessment.reference,
        closed=closed,
        download=Link(
            _("Unduh lembar isian"),
            url_for("assessments.worksheet_file", assessment_id=assessment.id),
        ),
        action=url_for("assessments.worksheet_compare", assessment_id=assessment.id),
        form=form,
    )


def compared_page(assessment: Assessment, compared: Compared, form: EnterForm) -> ComparedPage:
    """What would be set, what clashes, what is refused."""
    names = fields()
    count = len(compared.changes)
    title = _("Tidak ada isian baru di lembar ini")
    lead = assessment.reference
    if not count and not compared.rejected:
        lead = str(_("Isi lembarnya, simpan sebagai XLSX, lalu unggah lagi."))
    if count:
        title = ngettext("%(num)s isian dari lembar", "%(num)s isian dari lembar", count)
    return ComparedPage(
        title=str(title),
        back=Link(_("Lembar isian"), url_for("assessments.worksheet", assessment_id=assessment.id)),
        lead=lead,
        columns=(
            Column(_("Butir")),
            Column(_("Bagian isian")),
            Column(_("Di lembar")),
            Column(_("Di sistem sekarang")),
        ),
        settled=tuple(_lines(compared.settled, names)),
        clashing=tuple(_lines(compared.clashing, names)),
        rejected_columns=(Column(_("Sel")), Column(_("Butir")), Column(_("Mengapa tidak masuk"))),
        rejected=tuple(_rejected(compared.rejected)),
        action=url_for("assessments.worksheet_enter", assessment_id=assessment.id),
        form=form,
        enters=bool(compared.changes),
    )


def _lines(changes: Iterable[Change], names: Mapping[str, str]) -> Iterable[ChangeLine]:
    empty = _("(kosong)")
    for each in changes:
        yield ChangeLine(
            cell=each.written.cell,
            item=each.written.item,
            field=names[each.written.field],
            written=each.written.value or empty,
            now=each.now or empty,
            key=each.key,
            seen=each.now_op or "",
        )


def _rejected(rejected: Iterable[Rejected]) -> Iterable[RejectedLine]:
    return (RejectedLine(each.cell, each.item, say(each.sentence)) for each in rejected)
