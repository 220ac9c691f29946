"""What was judged item by item: its words, its score, what the score leans on, what was seen?

Nothing with unbounded text stands in a table: paragraphs break over pages by themselves.
"""

from collections.abc import Iterator, Mapping
from itertools import groupby
from typing import Any

from reportlab.lib.units import mm
from reportlab.platypus import Flowable, PageBreak

from assessor.assessments import wording
from assessor.reports.drawings import Label
from assessor.reports.parts import Chapter, Story, guarded, rule, table, together
from assessor.reports.phrases import PHRASES
from assessor.reports.reading import Sheet
from assessor.reports.typography import AMBER, BAD, CONTENT, OK, QUIET, Run, paragraph, paragraphs
from assessor.reports.words import plain

_CHOICE_WIDTH = 62 * mm


def item_pages(sheet: Sheet) -> Story:
    """All items in the standard's order, by aspect and section."""
    story: Story = [
        PageBreak(),
        Chapter(sheet.say("items"), "items"),
        paragraph(sheet.say("items"), "h1"),
        paragraph(_methods(sheet), "quiet"),
    ]
    titles = {each["section"]: each["title"] for each in sheet.content["instrument"]["sections"]}
    for aspect, of_aspect in groupby(sheet.content["items"], key=lambda item: item["aspect"]):
        head: Story = [
            Chapter(sheet.aspect_title(aspect), f"aspect-{len(story)}", level=1),
            paragraph(_aspect_head(sheet, aspect), "h2"),
        ]
        for section, items in groupby(of_aspect, key=lambda item: item["section"]):
            title = sheet.choose(titles[section]) if section in titles else ""
            head.append(
                paragraph(
                    sheet.say("section", section=section, title=plain(title, longest=200)), "h3"
                )
            )
            for item in items:
                story += together([*head, *_guarded_item(sheet, item)])
                head = []
    return story


def _methods(sheet: Sheet) -> str:
    """What the letters beside each item mean."""
    said = ", ".join(
        f"{letter} {sheet.name(wording.METHODS, letter)}" for letter in wording.METHODS
    )
    return sheet.say("items_lead", methods=said)


def _aspect_head(sheet: Sheet, aspect: str) -> str:
    ratio = sheet.content["results"]["aspects"].get(aspect)
    title = plain(sheet.aspect_title(aspect), longest=200)
    return f"{title} · {sheet.share_text(sheet.ratio(ratio))}" if ratio else title


def _guarded_item(sheet: Sheet, item: Mapping[str, Any]) -> Story:
    return guarded(sheet, str(item.get("item")), _item, sheet, item)


def _item(sheet: Sheet, item: Mapping[str, Any]) -> Iterator[Flowable]:
    yield table(
        [[_item_name(sheet, item), _choice(sheet, item)]],
        [CONTENT - _CHOICE_WIDTH, _CHOICE_WIDTH],
        [
            ("ALIGN", (1, 0), (1, 0), "RIGHT"),
            ("RIGHTPADDING", (1, 0), (1, 0), 0),
            ("VALIGN", (0, 0), (-1, -1), "MIDDLE"),
            ("TOPPADDING", (0, 0), (-1, -1), 1),
            ("BOTTOMPADDING", (0, 0), (-1, -1), 1),
        ],
    )
    yield from paragraphs(sheet.choose(item["text"]), "item_text")
    for said in sheet.expired(str(item["item"])):
        yield from paragraphs(said, "item_line", bullet=sheet.say("expired"))
    for name, said in _lines(sheet, item):
        yield from paragraphs(said, "item_line", bullet=sheet.say(name))
    yield rule(before=6, after=6)


def _item_name(sheet: Sheet, item: Mapping[str, Any]) -> Flowable:
    runs = [
        Run(plain(item["item"], longest=60), bold=True),
        Run(" · " + " ".join(item["methods"])[:60]),
    ]
    if item["critical"] in {"hard", "soft"}:
        runs.append(Run(" · "))
        runs.append(Run(sheet.name(wording.CRITICALS, item["critical"]), bold=True))
    return paragraph(runs, "cell")


def _choice(sheet: Sheet, item: Mapping[str, Any]) -> Flowable:
    """The score as a label; what is not met at all is filled, so that the eye finds it."""
    said = sheet.choice_text(item["choice"])
    if item["choice"] in {None, "TB"}:
        return Label(said, colour=QUIET, widest=_CHOICE_WIDTH)
    share = sheet.ratio({"n": item["n"], "d": item["d"]})
    if not share:
        return Label(said, colour=BAD, filled=True, widest=_CHOICE_WIDTH)
    return Label(said, colour=OK if share == 1 else AMBER, widest=_CHOICE_WIDTH)


def _lines(sheet: Sheet, item: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """Label and text of everything that was recorded for the item."""
    for each in item.get("corrections", ()):
        yield "correction", _correction(sheet, each)
    bases = list(_bases(sheet, item["basis"]))
    yield "basis", "; ".join(bases) if bases else sheet.say("no_basis")
    if item["reason"]:
        yield ("reason" if item["choice"] == "TB" else "reason_other"), item["reason"]
    for name in ("facts", "recommendation"):
        if item[name]:
            yield name, item[name]
    earlier = [
        sheet.say(
            "earlier_value",
            label=sheet.name(wording.SHORT_KINDS, kind),
            choice=item["earlier"][kind],
        )
        for kind in ("self", "baseline")
        if item["earlier"].get(kind) is not None
    ]
    if earlier:
        yield "earlier", ", ".join(earlier)


def _correction(sheet: Sheet, each: Mapping[str, Any]) -> str:
    """What somebody outside the team set beside the team's choice."""
    return sheet.say(
        "correction_value",
        before=sheet.choice_text(each["instead_of"]),
        after=sheet.choice_text(each["choice"]),
        by=each["by"],
        role=sheet.name(wording.REVIEWERS, each["as"]),
        when=sheet.moment(each["at"]),
        reason=each["reason"],
    )


def _bases(sheet: Sheet, bases: list[Mapping[str, Any]]) -> Iterator[str]:
    cited = [
        sheet.evidence_mark(basis["evidence"]) for basis in bases if basis["kind"] == "evidence"
    ]
    if cited:
        yield sheet.say("basis_evidence", numbers=", ".join(sorted(cited)))
    for basis in bases:
        if basis["kind"] != "evidence":
            yield _other_basis(sheet, basis)


def _other_basis(sheet: Sheet, basis: Mapping[str, Any]) -> str:
    kind, detail = basis["kind"], dict(basis["detail"])
    note = str(detail.get("note") or "")
    if kind == "interviews":
        kinds = ", ".join(
            f"{count} {_people(sheet, who)}" for who, count in sorted(detail["kinds"].items())
        )
        said = sheet.say("basis_interviews", kinds=kinds)
    elif kind == "sample":
        said = sheet.say(
            "basis_sample",
            register=detail["register"],
            drawn=detail["drawn"],
            hits=detail["hits"],
        )
        note = "; ".join(part for part in (str(detail.get("sheet") or ""), note) if part)
    else:
        said = sheet.say("basis_sighted", what=detail["what"])
        note = ", ".join(part for part in (detail.get("where"), _when(sheet, detail)) if part)
    return f"{said} ({note})" if note else said


def _people(sheet: Sheet, who: str) -> str:
    """Whom one spoke with; groups that are not known here are said as they were written."""
    return sheet.say(f"people_{who}") if f"people_{who}" in PHRASES else who


def _when(sheet: Sheet, detail: Mapping[str, Any]) -> str:
    """When it was seen: a date where it is one, else what was typed."""
    when = str(detail.get("when") or "")
    try:
        return sheet.day(when) if when else ""
    except ValueError:
        return when
