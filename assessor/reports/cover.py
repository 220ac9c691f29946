"""What does the first page say: whose office, which auditee, what was decided, with what?"""

from collections.abc import Iterator

from reportlab.lib.units import mm
from reportlab.platypus import Flowable

from assessor.assessments import wording
from assessor.assessments.document.provisional import waiting_facts
from assessor.reports.letterhead import letterhead
from assessor.reports.parts import Chapter, Story, facts, gap, table
from assessor.reports.reading import Sheet
from assessor.reports.typography import (
    AMBER,
    AMBER_FAINT,
    BAD,
    CONTENT,
    FAINT,
    LINE,
    OK,
    PRIMARY,
    paragraph,
)
from assessor.reports.words import plain

_COLOURS = {
    "memenuhi": OK,
    "memenuhi_dengan_catatan": OK,
    "belum_memenuhi": BAD,
    "pemantauan": PRIMARY,
    "sementara": AMBER,
    "belum_lengkap": AMBER,
}


def cover(sheet: Sheet) -> Story:
    """The whole page."""
    assessment, auditee = sheet.content["assessment"], sheet.content["auditee"]
    kind = sheet.name(wording.KINDS, assessment["kind"])
    name = plain(auditee["name"], longest=220)
    return [
        Chapter(sheet.say("report"), "cover"),
        *kop(sheet),
        gap(11 * mm),
        paragraph(sheet.say("report").upper(), "kicker"),
        paragraph(name, "title" if len(name) <= 70 else "title_long"),
        paragraph(f"{kind} {assessment['year']}, {place(sheet)}", "kind"),
        decision_box(sheet, _decided(sheet)),
        gap(5 * mm),
        *label_rows(sheet),
        gap(3 * mm),
        *facts(list(_facts(sheet))),
        gap(4 * mm),
        paragraph(" ".join(_cautions(sheet)), "quiet"),
    ]


def kop(sheet: Sheet) -> Story:
    """The kop of the office that is responsible, as it was when this was sealed or frozen."""
    office = sheet.content["auditee"]["responsible_office"]
    lines = office["letterhead"] or [office["name"]]
    logo = office.get("logo")  # none in what was sealed before there were logos
    return letterhead(lines, sheet.thumbs(str(logo)) if logo else None)


def place(sheet: Sheet) -> str:
    """Village, regency and province."""
    auditee = sheet.content["auditee"]
    village = auditee["village"]
    names = [village["name"] if isinstance(village, dict) else village]
    names += [(auditee[part] or {}).get("name") for part in ("regency", "province")]
    return plain(", ".join(str(name) for name in names if name), longest=200)


def _decided(sheet: Sheet) -> str:
    if sheet.content["assessment"]["kind"] == "self":
        return sheet.say("decision_self", who=sheet.who)
    return sheet.say("decision" if sheet.decides else "monitoring")


def decision_box(sheet: Sheet, title: str) -> Flowable:
    """The outcome and the share it rests on, under a title."""
    decision, total = sheet.content["decision"], sheet.content["results"]["total"]
    outcome = decision["outcome"]
    colour = _COLOURS.get(outcome, PRIMARY)
    words = [
        paragraph(title, "cell_quiet"),
        paragraph(sheet.name(wording.OUTCOMES, outcome), "outcome", colour=colour),
        paragraph(sheet.name(wording.OUTCOME_MEANINGS, outcome), "small"),
    ]
    share = sheet.share_text(sheet.ratio(total))
    note = sheet.say("share_note", n=sheet.points(total["n"]), d=sheet.points(total["d"]))
    if not sheet.decides:
        asked = sheet.number(sheet.content["results"]["applicable"])
        share, note = sheet.number(decision["unmet"]), sheet.say("unmet_note", asked=asked)
    figure = [
        paragraph(share, "outcome_share", colour=PRIMARY),
        paragraph(note, "outcome_note"),
    ]
    return table(
        [[words, figure]],
        [CONTENT - 48 * mm, 48 * mm],
        [
            ("BACKGROUND", (0, 0), (-1, -1), FAINT),
            ("LINEBEFORE", (0, 0), (0, -1), 4, colour),
            ("LEFTPADDING", (0, 0), (0, -1), 14),
            ("RIGHTPADDING", (-1, 0), (-1, -1), 12),
            ("TOPPADDING", (0, 0), (-1, -1), 9),
            ("BOTTOMPADDING", (0, 0), (-1, -1), 10),
            ("VALIGN", (1, 0), (1, 0), "MIDDLE"),
        ],
    )


def label_rows(sheet: Sheet) -> Iterator[Flowable]:
    """Each label with what it means, so that nobody takes an example for a verdict."""
    meanings = {
        "demo": (sheet.content["demo"], sheet.say("demo")),
        "working": (sheet.working, wording.WORKING.in_(sheet.language)),
        "fictitious": (sheet.fictitious, wording.FICTITIOUS.in_(sheet.language)),
    }
    for name, (holds, label) in meanings.items():
        if holds:
            yield table(
                [
                    [
                        paragraph(label, "label"),
                        paragraph(sheet.say(f"{name}_means"), "label_text"),
                    ]
                ],
                [46 * mm, CONTENT - 46 * mm],
                [
                    ("BACKGROUND", (0, 0), (-1, -1), AMBER_FAINT),
                    ("LINEBELOW", (0, 0), (-1, -1), 0.6, LINE),
                    ("LEFTPADDING", (0, 0), (0, -1), 8),
                    ("TOPPADDING", (0, 0), (-1, -1), 4),
                    ("BOTTOMPADDING", (0, 0), (-1, -1), 5),
                ],
            )


def _facts(sheet: Sheet) -> Iterator[tuple[str, str]]:
    assessment, auditee = sheet.content["assessment"], sheet.content["auditee"]
    yield sheet.say("number"), assessment["reference"]
    if assessment["revision"] > 1:
        yield (
            sheet.say("revision"),
            sheet.say(
                "revision_value",
                revision=assessment["revision"],
                revises=assessment["revises"] or sheet.say("none"),
            ),
        )
        if assessment["revision_reason"]:
            yield sheet.say("revision_reason"), assessment["revision_reason"]
        if objection := sheet.content.get("objection"):
            yield (
                sheet.say("objection"),
                sheet.say(
                    "objection_value",
                    number=objection["number"],
                    reference=objection["reference"],
                    filed=sheet.moment(objection["filed_at"]),
                    items=", ".join(objection["points"]),
                    when=sheet.moment(objection["decided_at"]),
                    who=objection["decided_by"] or sheet.say("none"),
                ),
            )
    yield sheet.say(f"auditee_{auditee['kind']}"), f"{auditee['name']} ({auditee['reference']})"
    if auditee["entity"]:
        yield sheet.say("entity"), auditee["entity"]
    if auditee["address"]:
        yield sheet.say("address"), auditee["address"]
    yield sheet.say("office"), auditee["responsible_office"]["name"]
    kind = sheet.name(wording.KINDS, assessment["kind"])
    mode = sheet.name(wording.MODES, assessment["mode"])
    yield sheet.say("kind_mode"), f"{kind} · {mode}"
    if assessment["visit_on"]:
        yield sheet.say("visited"), sheet.day(assessment["visit_on"])
    # what it opens stands above, beside the outcome
    for unseen in waiting_facts(sheet.language, sheet.content["decision"])[:1]:
        yield unseen.term, unseen.value
    yield sheet.say("submitted"), sheet.moment(assessment["submitted_at"])
    yield sheet.say("sealed"), sheet.moment(assessment["sealed_at"])
    yield sheet.say("instrument"), instrument_words(sheet)
    yield sheet.say("status"), status_words(sheet)


def instrument_words(sheet: Sheet) -> str:
    """The instrument with its edition and standard."""
    instrument = sheet.content["instrument"]
    return sheet.say(
        "instrument_value",
        title=sheet.choose(instrument["title"]),
        edition=instrument["edition"],
        standard=instrument["standard"],
        standard_edition=instrument["standard_edition"],
    )


def status_words(sheet: Sheet) -> str:
    """Whether the instrument is approved, and by what."""
    approval = sheet.content["instrument"]["approval"]
    if sheet.working or not approval:
        return wording.WORKING.in_(sheet.language)
    said = sheet.say(
        "approved_value",
        decree=approval["decree"],
        effective=sheet.day(approval["effective_on"]),
    )
    return f"{said} ({wording.FICTITIOUS.in_(sheet.language)})" if sheet.fictitious else said


def _cautions(sheet: Sheet) -> Iterator[str]:
    yield sheet.say("no_certificate")
    if str(sheet.content["instrument"]["standard"]).startswith("sni-8807"):
        yield sheet.say("standard_means")
    yield sheet.say("made_with", version=sheet.version) + "."
