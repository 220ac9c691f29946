"""How is the sheet of files put together for its reader?

What is said of a draw is read from the document that is sealed, whether it is sealed already or
not; the boxes come from the rows, and only while the assessment is not sealed.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from flask_babel import gettext as _

from assessor.assessments import wording
from assessor.assessments.page_parts import checklist_href
from assessor.assessments.queries import State
from assessor.assessments.sample.content import sheet_document
from assessor.assessments.sample.forms import SIGNS, box_name, packed
from assessor.assessments.sample.pages import Box, Row, RowGroup, SheetPart
from assessor.assessments.sample.telling import (
    Telling,
    columns_of,
    counted_words,
    draw_facts,
    earlier_draws,
    list_lines,
    moment_words,
    seed_words,
)
from assessor.assessments.sample_state import Sheet, Standing, Tally
from assessor.ui.parts import Chip, ChipStatus
from checklists.model import Item, Method


@dataclass(frozen=True)
class Live:
    """A sheet that is being filled, with what is needed to say how each score stands to it."""

    sheet: Sheet
    state: State
    assessment_id: str
    with_marks: bool
    editable: bool
    wrong: Mapping[tuple[str, int], str] = field(default_factory=dict)


def sealed_part(telling: Telling, content: Mapping[str, Any]) -> SheetPart | None:
    """The sheet of a sealed assessment: its draws and its counts, from the sealed bytes."""
    document = content.get("sample")
    if not document:
        return None
    asked = {each["item"]: each for each in content["items"]}
    rows = [
        (asked[counts["item"]]["methods"], _sealed_row(telling, asked[counts["item"]], counts))
        for counts in document["items"]
    ]
    return _part(telling, document, rows, number_=0)


def _sealed_row(telling: Telling, item: Mapping[str, Any], counts: Mapping[str, Any]) -> Row:
    return Row(
        item=item["item"],
        text=telling.choose(item["text"]),
        critical=_critical(telling, item["critical"]),
        href="",
        seen="",
        boxes=(),
        counted=counted_words(telling, counts),
        chip=_suggested(counts["choice"]),
        note="",
        use="",
    )


def live_part(telling: Telling, live: Live) -> SheetPart:
    """The sheet as it stands now."""
    rows = [(item.methods, _row(telling, live, item)) for item in live.sheet.items.values()]
    document = sheet_document(live.sheet)
    return _part(telling, document, rows, number_=live.sheet.sample.number)


Checked = tuple[Sequence[str], Row]  # how an item is checked, and its row


def _part(
    telling: Telling, document: Mapping[str, Any], rows: Sequence[Checked], *, number_: int
) -> SheetPart:
    draw = document["draws"][0]
    return SheetPart(
        number=number_,
        label=draw["label"],
        drawn=_(
            "Diambil %(moment)s, benih undian %(seed)s",
            moment=moment_words(telling, draw["drawn_at"]),
            seed=seed_words(draw["seed"]),
        ),
        facts=draw_facts(telling, draw),
        lists=list_lines(telling, draw),
        columns=columns_of(telling, draw),
        groups=_grouped(rows),
        earlier=earlier_draws(telling, document),
        ready=sum(1 for _methods, row in rows if row.use),
    )


def _grouped(rows: Sequence[Checked]) -> tuple[RowGroup, ...]:
    """First what the records say by themselves, then what they only say too: of those items some
    are about other records than clients', and stay empty here."""
    first = tuple(row for methods, row in rows if methods[0] == Method.R)
    other = tuple(row for methods, row in rows if methods[0] != Method.R)
    titles = (_("Terutama lewat berkas"), _("Juga lewat dokumen atau di tempat"))
    return tuple(
        RowGroup(title if first and other else "", group)
        for title, group in zip(titles, (first, other), strict=True)
        if group
    )


def _critical(telling: Telling, critical: str) -> str:
    return wording.in_(telling.language, wording.CRITICALS, critical)


def _suggested(choice: str | None) -> Chip | None:
    if choice is None:
        return None
    return Chip(ChipStatus.info, _("Usulan nilai %(choice)s", choice=choice))


def _row(telling: Telling, live: Live, item: Item) -> Row:
    sheet, tally = live.sheet, live.sheet.tallies[item.id]
    standing = sheet.standing(item.id, live.state)
    usable = live.editable and tally.choice is not None and standing is not Standing.used
    return Row(
        item=item.id,
        text=item.text.in_(telling.language),
        critical=_critical(telling, item.critical),
        href=checklist_href(live.assessment_id, item.id),
        seen=packed(sheet.marks, item.id, sheet.sample.size),
        boxes=tuple(_boxes(live, item)) if live.with_marks else (),
        counted=_so_far(telling, tally),
        chip=_standing_chip(live, tally, standing),
        note=_note(live, item.id, standing),
        use=item.id if usable else "",
    )


def _boxes(live: Live, item: Item) -> list[Box]:
    sheet, found = live.sheet, []
    for file in range(1, sheet.sample.size + 1):
        box = (item.id, file)
        found.append(
            Box(
                name=box_name(item.id, file),
                label=f"{item.id}, B{file}",
                value=live.wrong.get(box, SIGNS[sheet.marks.get(box)]),
                column=f"B{file}",
                wrong=box in live.wrong,
            )
        )
    return found


def _so_far(telling: Telling, tally: Tally) -> str:
    if not tally.looked_at:
        return ""
    if not tally.complete:
        return str(
            _(
                "%(done)s dari %(files)s berkas dilihat",
                done=telling.number(tally.looked_at),
                files=telling.number(tally.files),
            )
        )
    counts = {"met": tally.met, "unmet": tally.unmet, "not_applicable": tally.not_applicable}
    return counted_words(telling, counts)


def _standing_chip(live: Live, tally: Tally, standing: Standing) -> Chip | None:
    choice = live.state.answered(tally.item) or "BD"
    if standing is Standing.used:
        return Chip(ChipStatus.ok, _("Dipakai, nilai %(choice)s", choice=choice))
    if standing is Standing.ready:
        return _suggested(tally.choice)
    if standing is Standing.other:
        return Chip(
            ChipStatus.warn,
            _("Nilai butir %(choice)s, lembar %(sheet)s", choice=choice, sheet=tally.choice or ""),
        )
    if standing is Standing.changed:
        return Chip(ChipStatus.warn, _("Lembar berubah sejak dipakai"))
    if standing is Standing.partial:
        return Chip(ChipStatus.progress, _("Belum lengkap"))
    return None


def _note(live: Live, item: str, standing: Standing) -> str:
    if any(
        each.operation.item == item and each.operation.field == "choice"
        for each in live.state.conflicts
    ):
        return str(_("Ada dua nilai yang berbeda. Pilih salah satu pada butirnya."))
    if standing is Standing.silent:
        return str(_("Tidak berlaku pada semua berkas. Nilai butir ini pada instrumen."))
    if standing is Standing.changed:
        choice, now = live.state.answered(item) or "BD", live.sheet.tallies[item].choice
        if now is None:
            return str(_("Nilai butir %(choice)s. Lengkapi lembarnya.", choice=choice))
        return str(
            _("Nilai butir %(choice)s, lembar sekarang %(sheet)s.", choice=choice, sheet=now)
        )
    return ""
