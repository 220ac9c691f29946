"""What are the kinds, states, outcomes and reasons of an assessment called?

The one home of these words, in both languages, as plain tables: pages say them in the reader's
language, reports in the paper's. No request, no catalogue, the same words each time. A code that
is not known here (of a later version, in a sealed document) is said as it is: nothing is left out.
"""

from collections.abc import Callable, Mapping
from typing import Any

from assessor.assessments.independence import RuleName
from assessor.assessments.models import (
    BasisKind,
    Kind,
    Meaning,
    Mode,
    Status,
    TeamRole,
)
from assessor.assessments.objection_models import ObjectionStatus, Ruling
from assessor.assessments.review_models import Reviewer
from assessor.assessments.visit_models import MeetingKind, Party, Stance
from assessor.assessments.workflow import Owner
from assessor.instruments import rule_words
from assessor.ui.formats import number, percent
from checklists.decision import Outcome, ReasonCode
from checklists.model import NOT_APPLICABLE, Critical
from checklists.rules import FindingClass
from standards.canonical import parse_fraction
from standards.model import Text

KINDS: Mapping[str, Text] = {
    Kind.self: Text("Penilaian mandiri", "Self-assessment"),
    Kind.baseline: Text("Penilaian awal", "Baseline assessment"),
    Kind.evaluation: Text("Evaluasi pemenuhan", "Compliance evaluation"),
    Kind.follow_up: Text("Penilaian ulang terbatas", "Limited follow-up assessment"),
    Kind.periodic: Text("Pemantauan berkala", "Periodic monitoring"),
}

# beside a score, where room is short
SHORT_KINDS: Mapping[str, Text] = {
    Kind.self: Text("Mandiri", "Self"),
    Kind.baseline: Text("Awal", "Baseline"),
    Kind.evaluation: Text("Evaluasi", "Evaluation"),
    Kind.follow_up: Text("Ulang", "Follow-up"),
    Kind.periodic: Text("Pemantauan", "Monitoring"),
}

# what each kind is for, where somebody has to choose
KIND_PURPOSES: Mapping[str, Text] = {
    Kind.self: Text(
        "Lembaga atau unit menilai dirinya sendiri.",
        "The institution or unit assesses itself.",
    ),
    Kind.baseline: Text(
        "Keadaan sebelum pembinaan, sebagai pembanding.",
        "The state before coaching, to compare with.",
    ),
    Kind.evaluation: Text(
        "Menentukan apakah standar terpenuhi.", "Decides whether the standard is met."
    ),
    Kind.follow_up: Text(
        "Menilai lagi hanya butir yang menjadi temuan pada penilaian terakhir.",
        "Judges only the items again that were findings of the last assessment.",
    ),
    Kind.periodic: Text(
        "Memastikan standar tetap terpenuhi.", "Makes sure that the standard is still met."
    ),
}

MODES: Mapping[str, Text] = {
    Mode.on_site: Text("Di tempat", "On site"),
    Mode.online: Text("Daring", "Online"),
}

STATUSES: Mapping[str, Text] = {
    Status.draft: Text("Baru dibuka", "Just opened"),
    Status.in_progress: Text("Sedang diisi", "In progress"),
    Status.submitted: Text("Menunggu pemeriksaan", "Awaiting the check"),
    Status.checked: Text("Diperiksa, menunggu verifikasi", "Checked, awaiting verification"),
    Status.returned: Text("Dikembalikan", "Returned"),
    Status.sealed: Text("Dikunci", "Sealed"),
    Status.revised: Text("Diganti revisi", "Replaced by a revision"),
    Status.cancelled: Text("Dibatalkan", "Cancelled"),
}

OWNERS: Mapping[str, Text] = {
    Owner.team: Text("Giliran tim penilai", "The team's turn"),
    Owner.checker: Text("Giliran pemeriksa", "The checker's turn"),
    Owner.verifier: Text("Giliran direktorat", "The directorate's turn"),
    Owner.nobody: Text("Sudah selesai", "Finished"),
}
OWN_TURN = Text("Giliran lembaga atau unit", "The institution's or unit's turn")
YOUR_TURN = Text("Giliran Anda", "Your turn")

OUTCOMES: Mapping[str, Text] = {
    Outcome.compliant: Text("Memenuhi", "Compliant"),
    Outcome.compliant_with_notes: Text("Memenuhi dengan catatan", "Compliant with notes"),
    Outcome.provisional: Text("Sementara", "Provisional"),
    Outcome.not_compliant: Text("Belum memenuhi", "Not yet compliant"),
    Outcome.monitored: Text("Pemantauan", "Monitoring"),
    Outcome.incomplete: Text("Belum lengkap", "Incomplete"),
}

OUTCOME_MEANINGS: Mapping[str, Text] = {
    Outcome.compliant: Text(
        "Semua ambang dan semua butir kritis terpenuhi.",
        "All thresholds and all critical items are met.",
    ),
    Outcome.compliant_with_notes: Text(
        "Syarat keputusan terpenuhi. Catatannya perlu ditindaklanjuti.",
        "The conditions are met. The notes call for action.",
    ),
    Outcome.provisional: Text(
        "Ada butir kritis yang belum diperiksa di tempat. Keputusan ini belum membuka tahap "
        "apa pun.",
        "Some critical items were not verified on site. This decision opens no further stage.",
    ),
    Outcome.not_compliant: Text(
        "Sedikitnya satu syarat keputusan belum terpenuhi.",
        "At least one condition is not met yet.",
    ),
    Outcome.monitored: Text(
        "Hanya sebagian butir ditanyakan, jadi hasil ini tidak memutuskan apakah standar "
        "terpenuhi.",
        "Only a part of the items was asked; this result does not decide whether the standard is "
        "met.",
    ),
    Outcome.incomplete: Text(
        "Ada butir yang belum dinilai, sehingga hasilnya belum dapat diputuskan.",
        "Some items are not assessed, so that nothing can be decided yet.",
    ),
}

# what monitoring says in place of a score
UNMET = Text(
    "%(unmet)s dari %(asked)s butir tidak terpenuhi", "%(unmet)s of %(asked)s items are not met"
)

FINDING_CLASSES: Mapping[str, Text] = {
    FindingClass.major: Text("Temuan mayor", "Major finding"),
    FindingClass.minor: Text("Temuan minor", "Minor finding"),
    FindingClass.suggestion: Text("Saran perbaikan", "Suggestion"),
}

MEANINGS: Mapping[str, Text] = {
    Meaning.attests: Text(
        "Isi penilaian mandiri ini benar menurut lembaga atau unit.",
        "This self-assessment is true to the knowledge of the institution or unit.",
    ),
    Meaning.submits: Text(
        "Penilaian ini lengkap dan dikirim untuk diperiksa.",
        "This assessment is complete and submitted for review.",
    ),
    Meaning.checks: Text(
        "Penilaian ini sudah diperiksa oleh orang di luar tim dan diteruskan ke direktorat.",
        "This assessment was checked by somebody outside the team and passed on to the "
        "directorate.",
    ),
    Meaning.verifies: Text(
        "Penilaian ini diverifikasi oleh orang di luar tim dan dikunci.",
        "This assessment was verified by somebody outside the team and sealed.",
    ),
}

REVIEWERS: Mapping[str, Text] = {
    Reviewer.checker: Text("pemeriksa", "checker"),
    Reviewer.verifier: Text("verifikator", "verifier"),
}

OBJECTION_STATUSES: Mapping[str, Text] = {
    ObjectionStatus.filed: Text("Diajukan, belum diputus", "Filed, awaiting a ruling"),
    ObjectionStatus.decided: Text("Diputus", "Decided"),
    ObjectionStatus.withdrawn: Text("Dicabut", "Withdrawn"),
}

RULINGS: Mapping[str, Text] = {
    Ruling.upheld: Text("Hasil dikuatkan", "Result confirmed"),
    Ruling.revised: Text("Hasil direvisi", "Result to be revised"),
}

TEAM_ROLES: Mapping[str, Text] = {
    TeamRole.lead: Text("Ketua tim", "Team leader"),
    TeamRole.member: Text("Anggota", "Member"),
}

RULES: Mapping[str, Text] = {
    RuleName.checker_not_on_team: Text(
        "Yang memeriksa bukan anggota tim penilai", "Who checks is not on the team"
    ),
    RuleName.verifier_not_checker: Text(
        "Yang memverifikasi bukan yang memeriksa", "Who verifies is not the one who checked"
    ),
    RuleName.decider_not_involved: Text(
        "Yang memutus keberatan tidak ikut dalam penilaiannya",
        "Who rules on an objection had no part in the assessment",
    ),
    RuleName.decider_not_coach: Text(
        "Yang memutus keberatan bukan pembina yang dinilai",
        "Who rules on an objection is not a coach of the auditee",
    ),
    RuleName.verifier_not_on_team: Text(
        "Yang memverifikasi bukan anggota tim penilai", "Who verifies is not on the team"
    ),
    RuleName.not_of_operating_office: Text(
        "Yang memimpin, memeriksa atau memverifikasi bukan dari kantor yang menjalankan yang "
        "dinilai",
        "Who leads, checks or verifies is not of the office that operates the auditee",
    ),
    RuleName.not_of_the_auditee: Text(
        "Yang menilai bukan orang dari yang dinilai", "Who assesses is not of the auditee"
    ),
    RuleName.lead_without_conflict: Text(
        "Ketua tim tidak mempunyai konflik kepentingan",
        "The team leader has no conflict of interest",
    ),
    RuleName.member_without_conflict: Text(
        "Anggota tim tidak mempunyai konflik kepentingan",
        "A member of the team has no conflict of interest",
    ),
}

MEETINGS: Mapping[str, Text] = {
    MeetingKind.opening: Text("Pertemuan pembukaan", "Opening meeting"),
    MeetingKind.closing: Text("Pertemuan penutupan", "Closing meeting"),
}

PARTIES: Mapping[str, Text] = {
    Party.team: Text("Tim penilai", "Team"),
    Party.institution: Text("Lembaga atau unit", "Institution or unit"),
    Party.guest: Text("Tamu", "Guest"),
}

STANCES: Mapping[str, Text] = {
    Stance.none: Text("Tidak ada konflik kepentingan", "No conflict of interest"),
    Stance.conflict: Text("Ada konflik kepentingan", "There is a conflict of interest"),
}
UNDECLARED = Text("Belum menyatakan", "Not declared yet")

DROPPED = Text("dihapus: %(reason)s", "dropped: %(reason)s")
CHANGED_FIELDS: Mapping[str, Text] = {
    "choice": Text("nilai", "score"),
    "reason": Text("alasan tidak berlaku", "reason why not applicable"),
    "facts": Text("fakta", "facts"),
    "recommendation": Text("saran", "advice"),
    "basis": Text("dasar nilai", "basis"),
    "finding": Text("temuan", "finding"),
    "visit_on": Text("tanggal kunjungan", "date of visit"),
}

METHODS: Mapping[str, Text] = rule_words.METHODS
WORKING = rule_words.WORKING

# an item that is not critical goes without a word
CRITICALS: Mapping[str, Text] = {**rule_words.CRITICALS, Critical.no: Text("", "")}

BASES: Mapping[str, Text] = {
    BasisKind.evidence: Text("bukti dukung", "evidence"),
    BasisKind.sighted: Text("dilihat di tempat", "sighted"),
    BasisKind.sample: Text("telusur berkas", "record sample"),
    BasisKind.interviews: Text("wawancara", "interviews"),
}

ABSENT: Mapping[str | None, Text] = {
    NOT_APPLICABLE: Text("TB tidak berlaku", "TB not applicable"),
    None: Text("BD belum dinilai", "BD not assessed"),
}

FICTITIOUS = Text(
    "Contoh: disahkan dengan keputusan rekaan", "Example: approved by a fictitious decree"
)
APPROVED = Text("Disahkan", "Approved")

REASONS: Mapping[str, Text] = {
    ReasonCode.not_assessed: Text(
        "%(count)s butir pada aspek %(aspect)s belum dinilai.",
        "%(count)s items of the aspect %(aspect)s are not assessed.",
    ),
    ReasonCode.nothing_judged: Text(
        "Tidak ada satu butir pun yang dinilai.", "Not a single item was judged."
    ),
    ReasonCode.hard_critical_unmet: Text(
        "Butir kritis keras %(item)s belum terpenuhi (nilai %(choice)s): %(text)s",
        "The hard critical item %(item)s is not met (score %(choice)s): %(text)s",
    ),
    ReasonCode.hard_critical_not_applicable: Text(
        "Butir kritis keras %(item)s sebenarnya berlaku tetapi dijawab TB, sehingga dihitung "
        "belum terpenuhi: %(text)s",
        "The hard critical item %(item)s applies here but was answered TB; it counts as not "
        "met: %(text)s",
    ),
    ReasonCode.major_by_rule: Text(
        "Butir %(item)s dengan nilai %(choice)s merupakan temuan mayor: %(text)s",
        "Item %(item)s with the score %(choice)s is a major finding: %(text)s",
    ),
    ReasonCode.open_major_finding: Text(
        "Temuan mayor %(finding)s dari penilaian sebelumnya masih terbuka.",
        "The major finding %(finding)s of an earlier assessment is still open.",
    ),
    ReasonCode.total_below: Text(
        "Nilai keseluruhan %(share)s (%(n)s dari %(d)s) di bawah ambang %(threshold)s.",
        "The total of %(share)s (%(n)s of %(d)s) is below the threshold of %(threshold)s.",
    ),
    ReasonCode.aspect_below: Text(
        "Nilai aspek %(aspect)s %(share)s (%(n)s dari %(d)s) di bawah ambang %(threshold)s.",
        "The aspect %(aspect)s with %(share)s (%(n)s of %(d)s) is below the threshold of "
        "%(threshold)s.",
    ),
    ReasonCode.too_many_not_applicable: Text(
        "%(count)s dari %(of)s butir dijawab tidak berlaku (%(share)s), lebih dari batas "
        "%(threshold)s.",
        "%(count)s of %(of)s items were answered not applicable (%(share)s), more than the "
        "limit of %(threshold)s.",
    ),
    ReasonCode.not_seen_on_site: Text(
        "Butir kritis %(item)s harus diperiksa di tempat (%(methods)s) tetapi belum: %(text)s",
        "The critical item %(item)s must be verified on site (%(methods)s) and was not: %(text)s",
    ),
    ReasonCode.soft_critical_unmet: Text(
        "Butir kritis lunak %(item)s belum terpenuhi (nilai %(choice)s): %(text)s",
        "The soft critical item %(item)s is not met (score %(choice)s): %(text)s",
    ),
    ReasonCode.minor_by_rule: Text(
        "Butir %(item)s dengan nilai %(choice)s merupakan temuan minor: %(text)s",
        "Item %(item)s with the score %(choice)s is a minor finding: %(text)s",
    ),
    ReasonCode.item_unmet: Text(
        "Butir %(item)s belum terpenuhi (nilai %(choice)s): %(text)s",
        "Item %(item)s is not met (score %(choice)s): %(text)s",
    ),
}


def in_(language: str, table: Mapping[str, Text], code: str) -> str:
    """What a code of a table is called: `in_("en", KINDS, "self")`."""
    found = table.get(code)
    return found.in_(language) if found is not None else str(code)


def methods_in(language: str, letters: str) -> str:
    """`pengamatan, wawancara` for "O W"."""
    return ", ".join(in_(language, METHODS, letter) for letter in letters.split())


def unmet_in(language: str, unmet: int, asked: int) -> str:
    """`3 dari 85 butir tidak terpenuhi`."""
    return UNMET.in_(language) % {
        "unmet": number(unmet, language),
        "asked": number(asked, language),
    }


def _value(language: str, name: str, value: str) -> str:
    try:
        if name in {"share", "threshold"}:
            return percent(parse_fraction(value), language)
    except (ValueError, ZeroDivisionError):  # said as it is rather than not at all
        return value
    return methods_in(language, value) if name == "methods" else value


def reason_in(
    language: str,
    reason: Mapping[str, Any],
    *,
    item_text: Callable[[str], str],
    aspect_title: Callable[[str], str],
) -> str:
    """One reason of a decision (its `document()`) as a sentence. The functions give the words
    of an item and of an aspect of the edition it was decided by."""
    values = {name: _value(language, name, str(value)) for name, value in reason["values"].items()}
    if reason["item"] is not None:
        values |= {"item": str(reason["item"]), "text": item_text(reason["item"])}
    if reason["aspect"] is not None:
        values["aspect"] = aspect_title(reason["aspect"])
    found = REASONS.get(str(reason["code"]))
    if found is not None:
        try:
            return found.in_(language) % values
        except KeyError:  # a value is missing; what is there is said below
            pass
    rest = ", ".join(f"{name} {value}" for name, value in sorted(values.items()))
    return f"{reason['code']}: {rest}" if rest else str(reason["code"])
