"""What is printed of the visit: the letter, who declared what, the meetings, what was frozen, and
what changed since?

The parts serve the report, which reads a sealed content, and the minutes, which read a frozen one.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from reportlab.lib.units import mm
from reportlab.platypus import Flowable, PageBreak

from assessor.assessments import wording
from assessor.assessments.visit.changes_wording import value_in
from assessor.reports.parts import Chapter, Story, facts, gap, guarded, table, together
from assessor.reports.reading import Sheet, groups
from assessor.reports.typography import CONTENT, Run, paragraph, paragraphs
from assessor.reports.words import plain

_SECTIONS = ("assignment", "guests", "declarations", "meetings", "closings", "changes")


def visit_pages(sheet: Sheet) -> Story:
    """All of it as a chapter of the report; nothing where nothing was recorded."""
    if not any(sheet.content.get(name) for name in _SECTIONS):
        return []
    title = sheet.say("visit")
    return [
        PageBreak(),
        Chapter(title, "visit"),
        paragraph(title, "h1"),
        *guarded(sheet, title, facts, list(letter_facts(sheet))),
        *guarded(sheet, sheet.say("declarations"), declarations, sheet),
        *guarded(sheet, sheet.say("guests"), guests, sheet),
        *meetings(sheet),
        *_closings(sheet),
    ]


def letter_facts(sheet: Sheet) -> Iterator[tuple[str, str]]:
    """The letter that sent the team, and the days that were planned."""
    letter = sheet.content.get("assignment")
    if not letter:
        return
    yield (
        sheet.say("letter"),
        sheet.say(
            "letter_value",
            number=letter["number"],
            date=sheet.day(letter["issued_on"]),
            office=letter["office"],
        ),
    )
    first, last = letter["planned_from"], letter["planned_to"]
    if first:
        said = sheet.say("planned_value", first=sheet.day(first), last=sheet.day(last))
        yield sheet.say("planned"), sheet.day(first) if first == last else said


def declarations(sheet: Sheet) -> Iterator[Flowable]:
    """What each member of the team declared, with the reason where a conflict was excused."""
    declared = sheet.content.get("declarations") or []
    if not declared:
        return
    rows: list[list[Any]] = [
        [paragraph(sheet.say(name), "cell_head") for name in ("name", "declared", "when")]
    ]
    for each in declared:
        said: list[Flowable] = [paragraph(_stance(sheet, each), "cell")]
        if each["words"]:
            said.append(paragraph(plain(each["words"], longest=1_200), "small"))
        if each["excused"]:
            reason = plain(each["excused"], longest=1_200)
            said.append(paragraph(sheet.say("excused", reason=reason), "small"))
        rows.append(
            [
                paragraph(plain(each["name"]), "cell_bold"),
                said,
                paragraph(sheet.moment(each["declared_at"]), "cell"),
            ]
        )
    yield paragraph(sheet.say("declarations"), "h2")
    yield table(rows, [48 * mm, CONTENT - 86 * mm, 38 * mm], head=1)


def _stance(sheet: Sheet, declared: Mapping[str, Any]) -> str:
    if declared["stance"] is None:
        return wording.UNDECLARED.in_(sheet.language)
    return sheet.name(wording.STANCES, declared["stance"])


def guests(sheet: Sheet) -> Iterator[Flowable]:
    """Who came along from other agencies."""
    invited = sheet.content.get("guests") or []
    if not invited:
        return
    columns = ("name", "agency", "function")
    rows: list[list[Any]] = [[paragraph(sheet.say(name), "cell_head") for name in columns]]
    for each in invited:
        cells = [paragraph(plain(each[name]), "cell") for name in columns]
        rows.append([paragraph(plain(each["name"]), "cell_bold"), *cells[1:]])
    yield paragraph(sheet.say("guests"), "h2")
    yield table(rows, [52 * mm, 52 * mm, CONTENT - 104 * mm], head=1)


def meetings(sheet: Sheet) -> Story:
    """Each meeting with who was there."""
    told: Story = []
    for meeting in sheet.content.get("meetings") or []:
        name = sheet.name(wording.MEETINGS, meeting["kind"])
        told += guarded(sheet, name, _meeting, sheet, meeting)
    return told


def meeting_words(sheet: Sheet, meeting: Mapping[str, Any]) -> str:
    """When, how and where a meeting was held."""
    mode = sheet.name(wording.MODES, meeting["mode"])
    return f"{sheet.moment(meeting['held_at'])} · {mode} · {meeting['place']}"


def _meeting(sheet: Sheet, meeting: Mapping[str, Any]) -> Iterator[Flowable]:
    yield paragraph(sheet.name(wording.MEETINGS, meeting["kind"]), "h2")
    yield paragraph(plain(meeting_words(sheet, meeting), longest=600), "body")
    if not meeting["present"]:
        yield paragraph(sheet.say("nobody_present"), "quiet")
        return
    columns = ("name", "party", "function")
    rows: list[list[Any]] = [[paragraph(sheet.say(name), "cell_head") for name in columns]]
    rows += [
        [
            paragraph(plain(each["name"]), "cell_bold"),
            paragraph(sheet.name(wording.PARTIES, each["party"]), "cell"),
            paragraph(plain(each["function"]), "cell"),
        ]
        for each in meeting["present"]
    ]
    yield table(rows, [62 * mm, 42 * mm, CONTENT - 104 * mm], head=1)


# ---- what was frozen ----


def _closings(sheet: Sheet) -> Story:
    closings = sheet.content.get("closings") or []
    told: Story = []
    for each in closings:
        name = sheet.say("closing_number", number=each["number"])
        told += guarded(sheet, name, _closing, sheet, each)
    return [*told, *changes(sheet)] if closings else told


def _closing(sheet: Sheet, closing: Mapping[str, Any]) -> Iterator[Flowable]:
    rows = [
        (
            sheet.say("closed"),
            sheet.say(
                "closed_value", at=sheet.moment(closing["closed_at"]), who=closing["closed_by"]
            ),
        ),
        (sheet.say("frozen_root"), groups(closing["root"])),
    ]
    if closing["reason"]:
        rows.insert(1, (sheet.say("closing_reason"), closing["reason"]))
    yield paragraph(sheet.say("closing_number", number=closing["number"]), "h2")
    yield from facts(rows)
    yield gap(2 * mm)
    yield from paragraphs(closing["summary"], "body")
    yield paragraph(sheet.say("disputed"), "h3")
    yield from points(sheet, closing["disputed"])


def points(sheet: Sheet, disputed: Sequence[Mapping[str, Any]]) -> Story:
    """What is not agreed, in the words of both sides."""
    if not disputed:
        return [paragraph(sheet.say("nothing_disputed"), "body")]
    told: Story = []
    for each in disputed:
        told += together(guarded(sheet, str(each.get("item")), _point, sheet, each))
    return told


def _point(sheet: Sheet, point: Mapping[str, Any]) -> Iterator[Flowable]:
    text = sheet.item_text(point["item"])
    yield paragraph([Run(str(point["item"])[:60], bold=True), Run(f" · {text}")], "item_text")
    yield from paragraphs(
        point["institution"], "item_line", bullet=sheet.say("institution_says"), italic=True
    )
    yield from paragraphs(point["team"], "item_line", bullet=sheet.say("team_says"))
    yield gap(2 * mm)


def changes(sheet: Sheet) -> Story:
    """Every difference between the latest frozen result and this content."""
    told: Story = [
        Chapter(sheet.say("changes"), "changes", level=1),
        paragraph(sheet.say("changes"), "h2"),
    ]
    changed = sheet.content.get("changes") or []
    if not changed:
        return [*told, paragraph(sheet.say("nothing_changed"), "body")]
    number = sheet.content["closings"][-1]["number"]
    told.append(paragraph(sheet.say("changes_lead", number=number), "quiet"))
    for each in changed:
        name = str(each.get("item") or sheet.say("whole_assessment"))
        told += together(guarded(sheet, name, _change, sheet, each))
    return told


def _change(sheet: Sheet, change: Mapping[str, Any]) -> Iterator[Flowable]:
    item = str(change["item"] or sheet.say("whole_assessment"))
    field = sheet.name(wording.CHANGED_FIELDS, change["field"])
    at = sheet.moment(change["at"]) if change["at"] else ""
    who = ", ".join(part for part in (change["who"], at) if part)
    said = f" · {field} · {who}" if who else f" · {field}"
    yield paragraph([Run(item[:60], bold=True), Run(said)], "item_text")
    for name in ("before", "after"):
        value = value_in(
            sheet.language, change["field"], change[name], choice_text=sheet.choice_text
        )
        yield from paragraphs(value, "item_line", bullet=sheet.say(name))
