"""What came out, per aspect, against the thresholds and the earlier assessments, and why?"""

from collections.abc import Iterator, Mapping
from fractions import Fraction
from typing import Any

from reportlab.lib.units import mm
from reportlab.platypus import Flowable, PageBreak

from assessor.assessments import wording
from assessor.assessments.document.provisional import waiting_facts
from assessor.reports.drawings import Bar, Legend, Mark
from assessor.reports.parts import Chapter, Story, facts, gap, guarded, table, together
from assessor.reports.reading import Sheet
from assessor.reports.typography import CONTENT, PRIMARY, paragraph
from assessor.reports.words import plain
from standards.canonical import parse_fraction

_EARLIER = ("self", "baseline")


def summary(sheet: Sheet) -> Story:
    """The page of figures and the complete list of reasons."""
    return [
        PageBreak(),
        Chapter(sheet.say("summary"), "summary"),
        paragraph(sheet.say("summary"), "h1"),
        paragraph(_counts(sheet), "body"),
        *_corrected(sheet),
        *guarded(sheet, sheet.say("waiting"), _waiting, sheet),
        *_bars(sheet),
        *together([paragraph(sheet.say("figures"), "h2"), figures(sheet)]),
        gap(2 * mm),
        paragraph(sheet.say("adding_up"), "quiet"),
        *_reasons(sheet),
        *_outside_values(sheet),
    ]


def _counts(sheet: Sheet) -> str:
    results = sheet.content["results"]
    names = ("applicable", "scored", "not_applicable", "not_assessed")
    key = "counts" if sheet.decides else "counts_part"
    said = sheet.say(key, **{name: sheet.number(results[name]) for name in names})
    asked = len(sheet.content["items"])
    if asked < results["applicable"]:
        more = sheet.say(
            "scope",
            asked=sheet.number(asked),
            applicable=sheet.number(results["applicable"]),
        )
        return f"{said} {more}"
    return said


def _corrected(sheet: Sheet) -> Story:
    """How many scores somebody outside the team set beside the team's own."""
    count = sum(
        1
        for item in sheet.content["items"]
        if item.get("corrections") and item["choice"] != item["answered"]
    )
    if not count:
        return []
    return [paragraph(sheet.say("corrected", count=sheet.number(count)), "body")]


def _waiting(sheet: Sheet) -> Story:
    """What a provisional decision waits for, and that it opens nothing."""
    said = waiting_facts(sheet.language, sheet.content["decision"])
    if not said:
        return []
    rows = [(each.term, f"{each.value}. {each.note}".strip()) for each in said]
    return [*together([paragraph(sheet.say("waiting"), "h2"), *facts(rows)]), gap(2 * mm)]


def _judged_aspects(sheet: Sheet) -> Iterator[str]:
    """The aspects in the standard's order, then any that only the results name."""
    results = sheet.content["results"]["aspects"]
    named = [each["aspect"] for each in sheet.content["instrument"]["aspects"]]
    yield from (aspect for aspect in named if aspect in results)
    yield from (aspect for aspect in sorted(results) if aspect not in named)


def _bars(sheet: Sheet) -> Story:
    results = sheet.content["results"]
    limit = sheet.threshold("aspect")
    rows: list[Flowable] = [
        _bar(sheet, sheet.say("total"), results["total"], sheet.threshold("total"), None)
    ]
    rows += [
        _bar(
            sheet,
            sheet.aspect_title(aspect),
            results["aspects"][aspect],
            limit,
            aspect,
        )
        for aspect in _judged_aspects(sheet)
    ]
    title = sheet.say("chart" if sheet.decides else "chart_part")
    head = [paragraph(title, "h2"), *rows[:2]]
    legend = tuple(_legend(sheet))
    return [*together(head), *rows[2:], *([Legend(legend)] if legend else [])]


def _bar(
    sheet: Sheet, title: str, ratio: Mapping[str, str], threshold: str | None, aspect: str | None
) -> Bar:
    share, limit = sheet.ratio(ratio), parse_fraction(threshold) if threshold else None
    is_below = share is not None and limit is not None and share < limit
    said = (
        f"{sheet.share_text(share)} ({sheet.n_of_d(ratio)})"
        if share is not None
        else sheet.say("not_judged")
    )
    return Bar(
        title,
        share,
        said=said,
        below=sheet.say("below", threshold=sheet.share_text(limit)) if is_below else "",
        threshold=limit,
        marks=tuple(_marks(sheet, aspect)),
    )


def _earlier_share(sheet: Sheet, kind: str, aspect: str | None) -> Fraction | None:
    found = sheet.content["comparison"].get(kind)
    if not found:
        return None
    ratio = found["total"] if aspect is None else found["aspects"].get(aspect)
    return sheet.ratio(ratio) if ratio else None


def _marks(sheet: Sheet, aspect: str | None) -> Iterator[Mark]:
    for kind in _EARLIER:
        share = _earlier_share(sheet, kind, aspect)
        if share is not None:
            yield Mark(share, round=kind == "baseline")


def _legend(sheet: Sheet) -> Iterator[tuple[str, str]]:
    if sheet.decides:
        yield "threshold", sheet.say("threshold")
    for kind in _EARLIER:
        found = sheet.content["comparison"].get(kind)
        if found:
            said = sheet.say(
                "compared_with",
                label=sheet.name(wording.SHORT_KINDS, kind),
                reference=found["reference"],
                sealed=sheet.moment(found["sealed_at"]),
            )
            yield ("circle" if kind == "baseline" else "diamond"), said


def figures(sheet: Sheet) -> Flowable:
    """The same numbers as a table: nobody has to measure a bar."""
    results = sheet.content["results"]
    earlier = [kind for kind in _EARLIER if sheet.content["comparison"].get(kind)]
    own = ("points", "share", "threshold") if sheet.decides else ("points", "share")
    columns = [sheet.say(name) for name in own]
    columns += [sheet.name(wording.SHORT_KINDS, kind) for kind in earlier]
    rows: list[list[Any]] = [
        [paragraph(sheet.say("aspect"), "cell_head")]
        + [paragraph(column, "number_head") for column in columns]
    ]
    wanted: list[tuple[str | None, Mapping[str, str], str | None]] = [
        (aspect, results["aspects"][aspect], sheet.threshold("aspect"))
        for aspect in _judged_aspects(sheet)
    ]
    wanted.append((None, results["total"], sheet.threshold("total")))
    for aspect, ratio, threshold in wanted:
        style = "number" if aspect is not None else "number_bold"
        title = sheet.aspect_title(aspect) if aspect is not None else sheet.say("total")
        cells = [
            sheet.n_of_d(ratio),
            sheet.share_text(sheet.ratio(ratio)),
            *((sheet.share_text(threshold),) if sheet.decides else ()),
            *(sheet.share_text(_earlier_share(sheet, kind, aspect)) for kind in earlier),
        ]
        rows.append(
            [paragraph(plain(title, longest=200), "cell" if aspect is not None else "cell_bold")]
            + [paragraph(cell, style) for cell in cells]
        )
    narrow = 22 * mm
    widths = [CONTENT - narrow * len(columns) - 8 * mm, narrow + 8 * mm]
    return table(rows, widths + [narrow] * (len(columns) - 1), head=1)


def _reasons(sheet: Sheet) -> Story:
    decision = sheet.content["decision"]
    head: Story = [paragraph(sheet.say("reasons" if sheet.decides else "found"), "h2")]
    if (
        sheet.decides
        and not sheet.content["comparison"].get("self")
        and not sheet.content["comparison"].get("baseline")
    ):
        head.insert(0, paragraph(sheet.say("nothing_compared"), "quiet"))
    if not decision["reasons"]:
        said = sheet.say("no_reasons" if sheet.decides else "nothing_found")
        return [*head, paragraph(said, "body")]
    outcome = sheet.name(wording.OUTCOMES, decision["outcome"])
    lead = sheet.say("leads_to", outcome=outcome) if sheet.decides else sheet.say("found_lead")
    head.append(paragraph(lead, "body", colour=PRIMARY))
    listed: Story = []
    for number, reason in enumerate(decision["reasons"], start=1):
        listed += guarded(sheet, str(reason.get("code")), _reason, sheet, reason, number)
    return [*together([*head, *listed[:2]]), *listed[2:]]


def _outside_values(sheet: Sheet) -> Story:
    """What others gave, apart from everything that was computed."""
    values = sheet.content.get("outside_values") or []
    listed: Story = []
    for each in values:
        said = sheet.say(
            "outside_value",
            label=sheet.choose(each["label"]),
            year=each["year"],
            value=each["value"],
            source=each["source"],
        )
        scale = sheet.say("outside_scale", scale=each["scale"]) if each["scale"] else ""
        listed.append(paragraph(said + scale, "body"))
    if not listed:
        return []
    return together([paragraph(sheet.say("outside_values"), "h2"), *listed])


def _reason(sheet: Sheet, reason: Mapping[str, Any], number: int) -> Story:
    return [paragraph(sheet.reason(reason), "reason", bullet=f"{number}.")]
