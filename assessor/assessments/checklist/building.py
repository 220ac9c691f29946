"""How do the items become the checklist page: in which order, which are shown, how far is it?"""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from assessor.assessments.checklist import words
from assessor.assessments.checklist.lines import Given, Lines, choice_words
from assessor.assessments.checklist.looking import Order, Show, View
from assessor.assessments.checklist.pages import (
    AspectProgress,
    Group,
    ItemLine,
    ParkedLine,
    Source,
)
from assessor.assessments.checklist.queries import Handed
from assessor.ui.formats import day, moment
from checklists.model import Critical, Item


def _fits(line: ItemLine, item: Item, view: View) -> bool:
    if view.search and view.search.casefold() not in line.written.guidance.search:
        return False
    return shows(line, item)[view.show]


def shows(line: ItemLine, item: Item) -> Mapping[Show, bool]:
    """In which views an item stands."""
    return {
        Show.all: True,
        Show.unanswered: not line.choice,
        Show.critical: item.critical is not Critical.no,
        Show.different: bool(line.own_earlier and line.choice) and line.own_earlier != line.choice,
        Show.remarked: bool(line.remarks),
        Show.lacking: bool(line.lacks),
    }


def build_lines(given: Given) -> tuple[Group, ...]:
    """All items in the order of the view, in groups; each says whether the view shows it."""
    judged, view = given.judged, given.view
    writer = Lines(given)
    items = judged.asked.values()
    heads: list[tuple[str, str, Sequence[Item]]]
    if view.order is Order.work:
        steps = words.work_steps()
        heads = [
            (method.value, steps[method], found)
            for method, found in judged.checklist.in_work_order(items)
        ]
    else:
        by_section: dict[str, list[Item]] = {}
        for item in items:
            by_section.setdefault(item.section.id, []).append(item)
        heads = [
            (section, found[0].section.title.in_(given.language), found)
            for section, found in by_section.items()
        ]
    written = [
        (head, title, [(item, writer.line(item, head)) for item in found])
        for head, title, found in heads
    ]
    every = [(item, line) for _, _, lines in written for item, line in lines]
    visible = {line.id for item, line in every if _fits(line, item, view)}
    current = current_item([line for _, line in every], visible, view.at)
    return tuple(
        Group(
            head,
            title,
            tuple(
                replace(
                    line, shown=line.id in visible or line.id == current, current=line.id == current
                )
                for _, line in lines
            ),
        )
        for head, title, lines in written
    )


def current_item(lines: Sequence[ItemLine], visible: set[str], at: str) -> str:
    """The item to begin at: the one asked for, else the first that is not answered."""
    if any(line.id == at for line in lines):
        return at
    inside = [line for line in lines if line.id in visible]
    return next((line.id for line in inside if not line.choice), inside[0].id if inside else "")


def count_shows(given: Given, groups: Sequence[Group]) -> dict[Show, int]:
    """How many items each view shows."""
    counts = dict.fromkeys(Show, 0)
    for group in groups:
        for line in group.items:
            for show, fits in shows(line, given.judged.asked[line.id]).items():
                counts[show] += fits
    return counts


def build_aspects(given: Given) -> tuple[AspectProgress, ...]:
    """How far each aspect is, of the items asked here."""
    totals: dict[str, list[int]] = {}
    titles: dict[str, str] = {}
    for item in given.judged.asked.values():
        counts = totals.setdefault(item.aspect.id, [0, 0])
        counts[0] += given.judged.state.choice(item.id) is not None
        counts[1] += 1
        titles[item.aspect.id] = item.aspect.title.in_(given.language)
    return tuple(
        AspectProgress(each, titles[each], done, total) for each, (done, total) in totals.items()
    )


def build_sources(given: Given) -> tuple[Source, ...]:
    """The publications the shown requirements lean on."""
    standard = given.judged.checklist.standard
    used = dict.fromkeys(
        code for item in given.judged.asked.values() for code in item.requirement.sources
    )
    named = (standard.source(code) for code in used)
    return tuple(Source(each.id, each.title, each.url) for each in named)


def build_parked(given: Given) -> tuple[ParkedLine, ...]:
    """What arrived after submission."""
    field_words, language = words.fields(), given.language
    lines = []
    for operation in given.judged.state.parked:
        author = given.authors.get(operation.op_id)
        value = operation.value or ""
        if operation.field == "choice":
            value = choice_words(given.judged.checklist, operation.value, language)
        lines.append(
            ParkedLine(
                item=operation.item,
                label=field_words[operation.field],
                value=value,
                who=author.name if author else "",
                when=moment(operation.received_at, given.zone, language),
            )
        )
    return tuple(lines)


def piece_detail(piece: Handed, language: str) -> str:
    """The date a piece is evidence of."""
    return "" if piece.stands_for is None else day(piece.stands_for, language)
