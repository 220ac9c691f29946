"""What follows from the judgement, and who stands for it: findings, evidence, people?"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from reportlab.lib.units import mm
from reportlab.platypus import Flowable, PageBreak

from assessor.assessments import wording
from assessor.reports.drawings import Label, Thumbnail
from assessor.reports.parts import Chapter, Story, gap, guarded, rule, table, together
from assessor.reports.phrases import PHRASES
from assessor.reports.reading import Sheet, groups
from assessor.reports.typography import AMBER, BAD, CONTENT, QUIET, Run, paragraph, paragraphs
from assessor.reports.words import plain
from assessor.ui.formats import file_size

_CLASSES = {"major": BAD, "minor": AMBER, "suggestion": QUIET}
_ACROSS = 3
MOST_PICTURES = 300
MOST_PICTURE_BYTES = 12_000_000


def finding_pages(sheet: Sheet) -> Story:
    """All findings with their due dates and the answers given until the seal."""
    findings = sheet.content["findings"]
    story: Story = [
        PageBreak(),
        Chapter(sheet.say("findings"), "findings"),
        paragraph(sheet.say("findings"), "h1"),
    ]
    if not findings:
        return [*story, paragraph(sheet.say("no_findings"), "body")]
    counts = {
        name: sum(1 for each in findings if each["class"] == name)
        for name in ("major", "minor", "suggestion")
    }
    story.append(paragraph(sheet.say("findings_counts", **counts), "body"))
    for finding in findings:
        name = f"{sheet.say('findings')} {finding.get('number')}"
        story += together(guarded(sheet, name, _finding, sheet, finding))
    return story


def _finding(sheet: Sheet, finding: Mapping[str, Any]) -> Iterator[Flowable]:
    due = (
        sheet.say("due", date=sheet.day(finding["due_on"]))
        if finding["due_on"]
        else sheet.say("no_due")
    )
    colour = _CLASSES.get(finding["class"], QUIET)
    label = Label(
        sheet.name(wording.FINDING_CLASSES, finding["class"]),
        colour=colour,
        filled=finding["class"] == "major",
    )
    runs = [
        Run(f"{finding['number']}. ", bold=True),
        Run(str(finding["item"])[:60], bold=True),
        Run(f" · {due}"),
    ]
    yield table(
        [[paragraph(runs, "cell"), label]],
        [CONTENT - 50 * mm, 50 * mm],
        [
            ("ALIGN", (1, 0), (1, 0), "RIGHT"),
            ("RIGHTPADDING", (1, 0), (1, 0), 0),
            ("VALIGN", (0, 0), (-1, -1), "MIDDLE"),
        ],
    )  # fmt: skip
    text = sheet.item_text(finding["item"])
    if text:
        yield paragraph(text, "quiet")
    yield from paragraphs(finding["statement"], "item_text")
    for answer in finding["answers"]:
        yield paragraph(
            sheet.say("answered", who=sheet.who, at=sheet.moment(answer["answered_at"])), "quiet"
        )
        yield from paragraphs(answer["words"], "body", italic=True)
    if not finding["answers"]:
        yield paragraph(sheet.say("not_answered", who=sheet.who), "quiet")
    yield rule(before=6, after=6)


def evidence_pages(sheet: Sheet) -> Story:
    """The annex: each piece with its picture, its date and its digest."""
    pieces = sheet.content["evidence"]
    story: Story = [
        PageBreak(),
        Chapter(sheet.say("evidence"), "evidence"),
        paragraph(sheet.say("evidence"), "h1"),
    ]
    if not pieces:
        return [*story, paragraph(sheet.say("no_evidence"), "body")]
    story += [paragraph(sheet.say("evidence_lead"), "quiet"), gap(3 * mm)]
    pictures = _Pictures(sheet)
    for start in range(0, len(pieces), _ACROSS):
        row = pieces[start : start + _ACROSS]
        names = ", ".join(sheet.evidence_mark(piece.get("id")) for piece in row)
        story += guarded(sheet, names, _evidence_row, sheet, row, pictures)
    return story


class _Pictures:
    """Fetches pictures until there are enough: a report stays a file that can be sent."""

    def __init__(self, sheet: Sheet) -> None:
        self.sheet, self.count, self.size = sheet, 0, 0

    def of(self, piece: Mapping[str, Any]) -> bytes | None:
        digest = piece.get("thumb_digest")
        if not digest or self.count >= MOST_PICTURES or self.size >= MOST_PICTURE_BYTES:
            return None
        data = self.sheet.thumbs(str(digest))
        if data is not None:
            self.count += 1
            self.size += len(data)
        return data


def _evidence_row(
    sheet: Sheet, row: Sequence[Mapping[str, Any]], pictures: _Pictures
) -> Iterator[Flowable]:
    width = CONTENT / _ACROSS
    cells = [list(_piece(sheet, piece, pictures, width - 4 * mm)) for piece in row]
    cells += [[] for _ in range(_ACROSS - len(row))]
    yield table(
        [cells],
        [width] * _ACROSS,
        [("RIGHTPADDING", (0, 0), (-1, -1), 4 * mm), ("BOTTOMPADDING", (0, 0), (-1, -1), 11)],
    )


def _piece(
    sheet: Sheet, piece: Mapping[str, Any], pictures: _Pictures, width: float
) -> Iterator[Flowable]:
    yield Thumbnail(
        pictures.of(piece), width=width, height=38 * mm, without=sheet.say("no_picture")
    )
    yield gap(3)
    yield paragraph(
        [
            Run(f"{sheet.evidence_mark(piece['id'])} · ", bold=True),
            Run(plain(piece["title"], longest=120)),
        ],
        "small",
    )
    date = (
        sheet.say("stands_for", date=sheet.day(piece["stands_for"]))
        if piece["stands_for"]
        else sheet.say("no_date")
    )
    kind = f"evidence_kind_{piece['kind']}"
    kind_words = sheet.say(kind) if kind in PHRASES else str(piece["kind"])[:40]
    size = file_size(int(piece["size"]), sheet.language)
    yield paragraph(f"{kind_words}, {date}, {size}", "digest")
    items = ", ".join(map(str, piece["items"]))
    if items:
        yield paragraph(sheet.say("cited_by", items=plain(items, longest=160)), "digest")
    yield paragraph(groups(str(piece["digest"])[:80]), "digest")


def people_pages(sheet: Sheet) -> Story:
    """Team, sign-offs with their meaning, exceptions from independence."""
    return [
        PageBreak(),
        Chapter(sheet.say("people"), "people"),
        paragraph(sheet.say("people"), "h1"),
        *_team(sheet),
        *_sign_offs(sheet),
        *_exemptions(sheet),
    ]


def _team(sheet: Sheet) -> Story:
    team = sheet.content["team"]
    head: Story = [paragraph(sheet.say("team"), "h2")]
    if not team:
        own = sheet.content["assessment"]["kind"] == "self"
        said = sheet.say("no_team", who=sheet.who.capitalize()) if own else sheet.say("none")
        return [*head, paragraph(said, "body")]
    rows: list[list[Any]] = [
        [paragraph(sheet.say(name), "cell_head") for name in ("name", "role", "team_office")]
    ]
    rows += [
        [
            paragraph(plain(member["name"]), "cell_bold"),
            paragraph(sheet.name(wording.TEAM_ROLES, member["role"]), "cell"),
            paragraph(plain(member["office"] or sheet.say("none")), "cell"),
        ]
        for member in team
    ]
    return [*head, table(rows, [62 * mm, 32 * mm, CONTENT - 94 * mm], head=1)]


def _sign_offs(sheet: Sheet) -> Story:
    sign_offs = sheet.content["sign_offs"]
    head: Story = [paragraph(sheet.say("sign_offs"), "h2")]
    if not sign_offs:
        return [*head, paragraph(sheet.say("no_sign_offs"), "body")]
    rows: list[list[Any]] = [
        [paragraph(sheet.say(name), "cell_head") for name in ("name", "meaning", "when")]
    ]
    for each in sign_offs:
        stated = [
            paragraph(sheet.name(wording.MEANINGS, each["meaning"]), "cell"),
            paragraph(groups(str(each["content_hash"])[:90]), "digest"),
        ]
        rows.append(
            [
                paragraph(plain(each["name"]), "cell_bold"),
                stated,
                paragraph(sheet.moment(each["signed_at"]), "cell"),
            ]
        )
    lead = paragraph(sheet.say("sign_offs_lead"), "quiet")
    return [*head, lead, gap(4), table(rows, [48 * mm, CONTENT - 86 * mm, 38 * mm], head=1)]


def _exemptions(sheet: Sheet) -> Story:
    exemptions = sheet.content["exemptions"]
    head: Story = [paragraph(sheet.say("exemptions"), "h2")]
    if not exemptions:
        return [*head, paragraph(sheet.say("no_exemptions"), "body")]
    for each in exemptions:
        rule_words = sheet.name(wording.RULES, each["rule"])
        who = sheet.say(
            "exemption", person=plain(each["person"]), granted_by=plain(each["granted_by"])
        )
        head += [
            paragraph([Run(f"{rule_words}. ", bold=True), Run(who)], "body"),
            *paragraphs(each["reason"], "body", italic=True),
        ]
    return head
