"""How is each reason of a decision said in a sentence, in both languages?

The codes are those of `checklists.decision.ReasonCode`; a test holds the table to them. A code of
a later version that is not known here is still named, with its values: no reason is left out.
"""

from collections.abc import Mapping
from typing import Any

from assessor.reports.phrases import LANGUAGES
from assessor.reports.reading import Sheet

SENTENCES: Mapping[str, tuple[str, str]] = {
    "not_assessed": (
        "%(count)s butir pada aspek %(aspect)s belum dinilai.",
        "%(count)s items of the aspect %(aspect)s are not assessed.",
    ),
    "nothing_judged": ("Tidak ada satu butir pun yang dinilai.", "Not a single item was judged."),
    "hard_critical_unmet": (
        "Butir kritis keras %(item)s belum terpenuhi (nilai %(choice)s): %(text)s",
        "The hard critical item %(item)s is not met (score %(choice)s): %(text)s",
    ),
    "hard_critical_not_applicable": (
        "Butir kritis keras %(item)s sebenarnya berlaku tetapi dijawab TB, sehingga dihitung "
        "belum terpenuhi: %(text)s",
        "The hard critical item %(item)s applies here but was answered TB; it counts as not met: "
        "%(text)s",
    ),
    "major_by_rule": (
        "Butir %(item)s dengan nilai %(choice)s merupakan temuan mayor: %(text)s",
        "Item %(item)s with the score %(choice)s is a major finding: %(text)s",
    ),
    "open_major_finding": (
        "Temuan mayor %(finding)s dari penilaian sebelumnya masih terbuka.",
        "The major finding %(finding)s of an earlier assessment is still open.",
    ),
    "total_below": (
        "Nilai keseluruhan %(share)s (%(n)s dari %(d)s) di bawah ambang %(threshold)s.",
        "The total of %(share)s (%(n)s of %(d)s) is below the threshold of %(threshold)s.",
    ),
    "aspect_below": (
        "Nilai aspek %(aspect)s %(share)s (%(n)s dari %(d)s) di bawah ambang %(threshold)s.",
        "The aspect %(aspect)s with %(share)s (%(n)s of %(d)s) is below the threshold of "
        "%(threshold)s.",
    ),
    "too_many_not_applicable": (
        "%(count)s dari %(of)s butir dijawab tidak berlaku (%(share)s), lebih dari batas "
        "%(threshold)s.",
        "%(count)s of %(of)s items were answered not applicable (%(share)s), more than the limit "
        "of %(threshold)s.",
    ),
    "not_seen_on_site": (
        "Butir kritis %(item)s harus diperiksa di tempat (%(methods)s) tetapi belum: %(text)s",
        "The critical item %(item)s must be verified on site (%(methods)s) and was not: %(text)s",
    ),
    "soft_critical_unmet": (
        "Butir kritis lunak %(item)s belum terpenuhi (nilai %(choice)s): %(text)s",
        "The soft critical item %(item)s is not met (score %(choice)s): %(text)s",
    ),
    "minor_by_rule": (
        "Butir %(item)s dengan nilai %(choice)s merupakan temuan minor: %(text)s",
        "Item %(item)s with the score %(choice)s is a minor finding: %(text)s",
    ),
}
_SHARES = ("share", "threshold")


def reason_sentence(sheet: Sheet, reason: Mapping[str, Any]) -> str:
    """One reason as a sentence for the reader of this sheet."""
    given = dict(reason["values"])
    values: dict[str, str] = {
        name: sheet.share_text(value) if name in _SHARES else str(value)
        for name, value in given.items()
    }
    if reason["item"] is not None:
        values["item"] = str(reason["item"])
        values["text"] = sheet.item_text(reason["item"])
    if reason["aspect"] is not None:
        values["aspect"] = sheet.aspect_title(reason["aspect"])
    found = SENTENCES.get(str(reason["code"]))
    if found is not None:
        try:
            return found[LANGUAGES.index(sheet.language)] % values
        except KeyError:  # a value is missing; what is there is said below
            pass
    rest = ", ".join(f"{name} {value}" for name, value in sorted(values.items()))
    return f"{reason['code']}: {rest}" if rest else str(reason["code"])
