"""How can a reader make sure that this paper is genuine?"""

from reportlab.lib.units import mm
from reportlab.platypus import PageBreak

from assessor.reports.drawings import Qr
from assessor.reports.parts import Chapter, Story, facts, gap, table
from assessor.reports.reading import CheckpointFacts, Sheet, groups
from assessor.reports.typography import CONTENT, paragraph


def integrity_page(sheet: Sheet, checkpoint: CheckpointFacts) -> Story:
    """Root, checkpoint, QR code, and how to check in words."""
    code = [
        paragraph(sheet.say("code", code=sheet.code), "cell_bold"),
        gap(3),
        paragraph(sheet.say("root"), "cell_quiet"),
        paragraph(groups(sheet.root), "cell_bold"),
        paragraph(sheet.say("root_means"), "quiet"),
    ]
    return [
        PageBreak(),
        Chapter(sheet.say("integrity"), "integrity"),
        paragraph(sheet.say("integrity"), "h1"),
        paragraph(sheet.say("integrity_lead"), "body"),
        gap(2 * mm),
        table(
            [[Qr(sheet.check_url), code]],
            [38 * mm, CONTENT - 38 * mm],
            [("VALIGN", (0, 0), (-1, -1), "MIDDLE")],
        ),
        paragraph(sheet.say("how"), "h2"),
        *(
            paragraph(said, "reason", bullet=f"{number}.")
            for number, said in enumerate(_steps(sheet), start=1)
        ),
        paragraph(sheet.say("checkpoint"), "h2"),
        paragraph(sheet.say("checkpoint_means"), "quiet"),
        gap(2 * mm),
        *facts(
            [
                (sheet.say("checkpoint_seq"), sheet.number(checkpoint.seq)),
                (
                    sheet.say("checkpoint_at"),
                    f"{sheet.moment(checkpoint.at_text)} ({checkpoint.at_text})",
                ),
                (sheet.say("checkpoint_head"), groups(checkpoint.head)),
                (sheet.say("checkpoint_root"), groups(checkpoint.root)),
                (sheet.say("checkpoint_key"), groups(checkpoint.key_id)),
                (
                    sheet.say("checkpoint_signature"),
                    groups(checkpoint.signature) or sheet.say("none"),
                ),
                (
                    sheet.say("fingerprint"),
                    groups(sheet.content["instrument"]["fingerprint"]),
                ),
            ]
        ),
        gap(4 * mm),
        paragraph(sheet.say("made_with", version=sheet.version) + ".", "quiet"),
    ]


def _steps(sheet: Sheet) -> tuple[str, ...]:
    return (
        sheet.say("how_code", url=sheet.check_url),
        sheet.say("how_file"),
        sheet.say("how_signature"),
        sheet.say("how_journal"),
    )
