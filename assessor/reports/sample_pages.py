"""How were the client files drawn, what did they say, and with how many people was spoken?

Documents sealed before there were samples lack these sections; then there is nothing to print.
"""

from collections.abc import Iterator, Mapping
from typing import Any

from reportlab.lib.units import mm
from reportlab.platypus import Flowable, PageBreak

from assessor.reports.parts import Chapter, Story, facts, gap, guarded, table
from assessor.reports.reading import Sheet, groups
from assessor.reports.typography import CONTENT, paragraph, paragraphs
from assessor.reports.words import plain

_COLUMNS = (22 * mm, 26 * mm, 26 * mm, 26 * mm)


def sample_pages(sheet: Sheet) -> Story:
    """Draws, counts for each item, interviews; nothing where there was neither."""
    sample, spoken = sheet.content.get("sample"), sheet.content.get("interviews")
    if not sample and not spoken:
        return []
    story: Story = [
        PageBreak(),
        Chapter(sheet.say("sample"), "sample"),
        paragraph(sheet.say("sample"), "h1"),
    ]
    if sample:
        story.append(paragraph(sheet.say("sample_lead"), "quiet"))
        for number, drawn in enumerate(sample["draws"]):
            name = f"{sheet.say('sample')} {drawn.get('label')}"
            head = "sample_earlier" if number else "sample_draw"
            story += guarded(sheet, name, _draw, sheet, drawn, head)
        story += guarded(sheet, sheet.say("sample_items"), _counts, sheet, sample["items"])
    if spoken:
        story += guarded(sheet, sheet.say("interviews"), _interviews, sheet, spoken)
    return story


def _draw(sheet: Sheet, drawn: Mapping[str, Any], head: str) -> Iterator[Flowable]:
    yield paragraph(sheet.say(head, label=drawn["label"]), "h2")
    register = sum(each["register"] for each in drawn["strata"])
    yield from facts(
        [
            (
                sheet.say("sample_size"),
                sheet.say(
                    "sample_of", size=sheet.number(drawn["size"]), register=sheet.number(register)
                ),
            ),
            (sheet.say("sample_drawn"), sheet.moment(drawn["drawn_at"])),
            (sheet.say("sample_seed"), f"{groups(drawn['seed'], 4)} ({drawn['method']})"),
        ]
    )
    if drawn["reason"]:
        yield from paragraphs(drawn["reason"], "item_line", bullet=sheet.say("sample_reason"))
    yield gap(2 * mm)
    rows: list[list[Any]] = [
        [paragraph(sheet.say(name), "cell_head") for name in ("sample_list", "sample_length")]
        + [paragraph(sheet.say("sample_positions"), "cell_head")]
    ]
    first = 1
    for stratum in drawn["strata"]:
        rows.append(
            [
                paragraph(plain(sheet.choose(stratum["name"])), "cell"),
                paragraph(sheet.number(stratum["register"]), "cell"),
                paragraph(_positions(sheet, stratum["positions"], first), "cell"),
            ]
        )
        first += len(stratum["positions"])
    yield table(rows, [56 * mm, 24 * mm, CONTENT - 80 * mm], head=1)


def _positions(sheet: Sheet, positions: list[int], first: int) -> str:
    """`B1: 3, B2: 9`: how a file is called on the sheet, and its place in the list."""
    named = (f"B{at}: {sheet.number(each)}" for at, each in enumerate(positions, start=first))
    return plain(", ".join(named) or sheet.say("none"), longest=4_000)


def _counts(sheet: Sheet, items: list[Mapping[str, Any]]) -> Iterator[Flowable]:
    yield paragraph(sheet.say("sample_items"), "h2")
    if not items:
        yield paragraph(sheet.say("sample_no_items"), "body")
        return
    names = ("sample_item", "sample_met", "sample_unmet", "sample_waved")
    rows: list[list[Any]] = [
        [paragraph(sheet.say(name), "cell_head") for name in names]
        + [paragraph(sheet.say("sample_choice"), "cell_head")]
    ]
    for each in items:
        cells = [sheet.number(each[name]) for name in ("met", "unmet", "not_applicable")]
        choice = sheet.choice_text(each["choice"]) if each["choice"] else sheet.say("sample_open")
        rows.append(
            [paragraph(plain(each["item"], longest=60), "cell_bold")]
            + [paragraph(cell, "cell") for cell in cells]
            + [paragraph(choice, "cell")]
        )
    yield table(rows, [*_COLUMNS, CONTENT - sum(_COLUMNS)], head=1)


def _interviews(sheet: Sheet, spoken: list[Mapping[str, Any]]) -> Iterator[Flowable]:
    yield paragraph(sheet.say("interviews"), "h2")
    yield paragraph(sheet.say("interviews_lead"), "quiet")
    yield from facts(
        [
            (
                sheet.choose(each["name"]),
                sheet.say("interviews_count", count=sheet.number(each["count"])),
            )
            for each in spoken
        ]
    )
