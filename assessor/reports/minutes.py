"""How does what was frozen at a closing become the minutes that both sides sign?

Pure, like the report: always the same bytes from the same frozen content. The paper says on its
first page that the result is preliminary.
"""

from collections.abc import Callable, Iterator, Mapping
from datetime import datetime
from typing import Any

from reportlab.lib.units import mm
from reportlab.platypus import Flowable

from assessor.assessments import wording
from assessor.assessments.visit_models import MeetingKind, Party
from assessor.reports.cover import (
    decision_box,
    instrument_words,
    kop,
    label_rows,
    place,
    status_words,
)
from assessor.reports.drawings import Qr
from assessor.reports.frame import Called, made_of
from assessor.reports.parts import Chapter, Story, facts, gap, guarded, rule, table, together
from assessor.reports.reading import Sheet, groups
from assessor.reports.summary import figures
from assessor.reports.typography import CONTENT, LINE, Run, paragraph, paragraphs
from assessor.reports.visit_pages import (
    changes,
    declarations,
    guests,
    letter_facts,
    meeting_words,
    meetings,
    points,
)
from assessor.reports.words import plain
from assessor.ui import formats

_MINUTES = Called("minutes", "minutes_subject", "minutes_check_here")
_MOST_SIGNERS = 12


def render_minutes(
    content: Mapping[str, Any],
    *,
    root: str,
    code: str,
    check_url: str,
    language: str,
    thumbs: Callable[[str], bytes | None],
    version: str,
) -> bytes:
    """The minutes as PDF. `thumbs` gives the logo of the office for its digest, or nothing."""
    sheet = Sheet(
        content=content,
        root=root,
        code=code,
        check_url=check_url,
        language=language,
        thumbs=thumbs,
        version=version,
    )
    return made_of(sheet, _MINUTES, _told)


def _told(sheet: Sheet) -> Story:
    say = sheet.say
    return [
        *guarded(sheet, say("minutes"), _first, sheet),
        *guarded(sheet, say("figures"), _figures, sheet),
        *guarded(sheet, say("read_out"), _summary, sheet),
        *_disputed(sheet),
        *_proposed(sheet),
        *_since_before(sheet),
        *_people(sheet),
        *_signatures(sheet),
        *together(guarded(sheet, say("minutes_genuine"), _genuine, sheet)),
    ]


# ---- what came out ----


def _first(sheet: Sheet) -> Iterator[Flowable]:
    assessment, auditee = sheet.content["assessment"], sheet.content["auditee"]
    name = plain(auditee["name"], longest=220)
    kind = sheet.name(wording.KINDS, assessment["kind"])
    yield Chapter(sheet.say("minutes"), "minutes")
    yield from kop(sheet)
    yield gap(7 * mm)
    yield paragraph(sheet.say("minutes").upper(), "kicker")
    yield paragraph(name, "title" if len(name) <= 70 else "title_long")
    yield paragraph(f"{kind} {assessment['year']}, {place(sheet)}", "kind")
    yield paragraph(_opening_words(sheet), "body")
    if reason := sheet.content["closing"]["reason"]:
        yield paragraph(sheet.say("replaces", reason=reason), "body")
    yield gap(2 * mm)
    yield decision_box(sheet, sheet.say("preliminary"))
    yield gap(2 * mm)
    yield paragraph(sheet.say("preliminary_means"), "quiet")
    yield gap(2 * mm)
    yield from label_rows(sheet)
    yield gap(3 * mm)
    yield from facts(list(_facts(sheet)))


def _closing_meeting(sheet: Sheet) -> Mapping[str, Any]:
    found: Mapping[str, Any] = next(
        each for each in sheet.content["meetings"] if each["kind"] == MeetingKind.closing
    )
    return found


def _opening_words(sheet: Sheet) -> str:
    meeting = _closing_meeting(sheet)
    held = datetime.fromisoformat(meeting["held_at"])
    return sheet.say(
        "minutes_online" if meeting["mode"] == "online" else "minutes_on_site",
        day=_long_day(sheet, meeting["held_at"]),
        hour=formats.clock(held, sheet.zone, sheet.language),
        zone=sheet.zone,
        place=plain(meeting["place"], longest=200),
        who=sheet.who,
    )


def _long_day(sheet: Sheet, text: str) -> str:
    day = formats.day_in(datetime.fromisoformat(text), sheet.zone)
    return formats.long_day(day, sheet.language)


def _facts(sheet: Sheet) -> Iterator[tuple[str, str]]:
    assessment, auditee = sheet.content["assessment"], sheet.content["auditee"]
    yield sheet.say("number"), assessment["reference"]
    yield sheet.say(f"auditee_{auditee['kind']}"), f"{auditee['name']} ({auditee['reference']})"
    if auditee["entity"]:
        yield sheet.say("entity"), auditee["entity"]
    if auditee["address"]:
        yield sheet.say("address"), auditee["address"]
    yield sheet.say("office"), auditee["responsible_office"]["name"]
    kind = sheet.name(wording.KINDS, assessment["kind"])
    yield sheet.say("kind_mode"), f"{kind} · {sheet.name(wording.MODES, assessment['mode'])}"
    yield from letter_facts(sheet)
    if assessment["visit_on"]:
        yield sheet.say("visited"), sheet.day(assessment["visit_on"])
    for meeting in sheet.content["meetings"]:
        name = sheet.name(wording.MEETINGS, meeting["kind"])
        yield name, meeting_words(sheet, meeting)
    yield sheet.say("instrument"), instrument_words(sheet)
    yield sheet.say("status"), status_words(sheet)


def _figures(sheet: Sheet) -> Iterator[Flowable]:
    results, closing = sheet.content["results"], sheet.content["closing"]
    names = ("applicable", "scored", "not_applicable", "not_assessed")
    key = "counts" if sheet.decides else "counts_part"
    counts = sheet.say(key, **{name: sheet.number(results[name]) for name in names})
    yield from together([paragraph(sheet.say("figures"), "h2"), figures(sheet)])
    yield gap(2 * mm)
    yield paragraph(counts, "body")
    bases = ", ".join(
        f"{sheet.number(count)} {sheet.name(wording.BASES, kind)}"
        for kind, count in closing["bases"].items()
    )
    if bases:
        yield paragraph([Run(f"{sheet.say('bases')}: "), Run(bases)], "body")


def _summary(sheet: Sheet) -> Iterator[Flowable]:
    yield paragraph(sheet.say("read_out"), "h2")
    yield from paragraphs(sheet.content["closing"]["summary"], "body")


def _disputed(sheet: Sheet) -> Story:
    told = points(sheet, sheet.content["disputed"])
    return [*together([paragraph(sheet.say("disputed"), "h2"), *told[:1]]), *told[1:]]


def _proposed(sheet: Sheet) -> Story:
    proposed = sheet.content["findings"]
    head: Story = [paragraph(sheet.say("proposed"), "h2")]
    if not proposed:
        return together([*head, paragraph(sheet.say("nothing_proposed"), "body")])
    listed: Story = []
    for each in proposed:
        name = f"{sheet.say('proposed')} {each.get('number')}"
        listed += together(guarded(sheet, name, _finding, sheet, each))
    return [*together([*head, *listed[:1]]), *listed[1:]]


def _finding(sheet: Sheet, finding: Mapping[str, Any]) -> Iterator[Flowable]:
    kind = sheet.name(wording.FINDING_CLASSES, finding["class"])
    runs = [
        Run(f"{finding['number']}. {finding['item']}"[:80], bold=True),
        Run(f" · {kind}", bold=finding["class"] == "major"),
    ]
    yield paragraph(runs, "item_text")
    yield from paragraphs(finding["statement"], "body")


def _since_before(sheet: Sheet) -> Story:
    """Where this result was frozen anew: what changed since the one before."""
    return changes(sheet) if sheet.content["closings"] else []


# ---- who was there, who signs ----


def _people(sheet: Sheet) -> Story:
    return [
        *guarded(sheet, sheet.say("declarations"), declarations, sheet),
        *guarded(sheet, sheet.say("guests"), guests, sheet),
        Chapter(sheet.say("attendance"), "attendance"),
        *meetings(sheet),
    ]


def _signatures(sheet: Sheet) -> Story:
    """The head stays with the first row of places to sign."""
    told = guarded(sheet, sheet.say("signatures"), _signing, sheet)
    return [*together(told[:-1]), *told[-1:]]


def _signing(sheet: Sheet) -> Iterator[Flowable]:
    """Room for each side: the team and who came with it at the left, the assessed at the right."""
    regency = (sheet.content["auditee"]["regency"] or {}).get("name") or place(sheet)
    day = _long_day(sheet, sheet.content["closing"]["closed_at"])
    sides = (_of_team(sheet), _of_institution(sheet))
    rows: list[list[Any]] = [
        [
            paragraph(sheet.say("for_team"), "cell_head"),
            "",
            paragraph(sheet.say("for_institution"), "cell_head"),
        ]
    ]
    for number in range(max(map(len, sides))):
        left, right = (_place_to_sign(side[number : number + 1]) for side in sides)
        rows.append([left, "", right])
    wide = (CONTENT - 14 * mm) / 2
    yield Chapter(sheet.say("signatures"), "signatures")
    yield paragraph(sheet.say("signatures"), "h2")
    yield paragraph(sheet.say("signed_at", place=plain(regency), date=day), "body")
    yield table(rows[:2], [wide, 14 * mm, wide])
    yield gap(4 * mm)  # what is kept together reckons without the space before its first line
    yield table(rows[2:] or [["", "", ""]], [wide, 14 * mm, wide])


def _of_team(sheet: Sheet) -> list[tuple[str, str]]:
    team = [
        (each["name"], sheet.name(wording.TEAM_ROLES, each["role"]))
        for each in sheet.content["team"]
    ]
    return [*team, *((each["name"], each["agency"]) for each in sheet.content["guests"])]


def _of_institution(sheet: Sheet) -> list[tuple[str, str]]:
    there = [
        (each["name"], each["function"])
        for each in _closing_meeting(sheet)["present"]
        if each["party"] == Party.institution
    ]
    return there[:_MOST_SIGNERS] or [("", sheet.say("signer_blank"))]


def _place_to_sign(signer: list[tuple[str, str]]) -> Story:
    return [
        each
        for name, function in signer
        for each in (
            gap(17 * mm),
            rule(before=0, after=2, colour=LINE),
            paragraph(plain(name, longest=120), "cell_bold"),
            paragraph(plain(function, longest=200), "cell_quiet"),
        )
    ]


def _genuine(sheet: Sheet) -> Iterator[Flowable]:
    words = [
        paragraph(sheet.say("code", code=sheet.code), "cell_bold"),
        gap(3),
        paragraph(sheet.say("frozen_root"), "cell_quiet"),
        paragraph(groups(sheet.root), "cell_bold"),
        paragraph(sheet.say("minutes_root_means"), "quiet"),
        paragraph(sheet.say("minutes_how", url=sheet.check_url), "quiet"),
    ]
    yield Chapter(sheet.say("minutes_genuine"), "genuine")
    yield paragraph(sheet.say("minutes_genuine"), "h2")
    yield table(
        [[Qr(sheet.check_url), words]],
        [38 * mm, CONTENT - 38 * mm],
        [("VALIGN", (0, 0), (-1, -1), "MIDDLE")],
    )
    yield gap(3 * mm)
    yield paragraph(sheet.say("made_with", version=sheet.version) + ".", "quiet")
