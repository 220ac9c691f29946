"""What does a foreign catalogue not say, and what stands there until the directorate decides?

The figures are those of our own working checklists; each is an example that nobody approved, and
the note of the checklist says so.
"""

from typing import Any

from checklists.imports.outline import Step, same
from standards.model import Text

UNSAID = Text("Tidak dinyatakan dalam sumber.", "Not stated in the source.")
SEE_GUIDANCE = Text("Sesuai butir ini; lihat petunjuknya.", "As the item says; see its guidance.")
GENERAL = Text("Umum", "General")
WHOLE = Text("Seluruh katalog", "The whole catalogue")
NOTE = Text(
    "Hasil impor, belum disahkan. Ambang, tenggat, sampel, kelas temuan, batas terpenuhi, dan apa "
    "pun yang tidak dinyatakan sumber (cara memeriksa, butir kritis, bobot, upaya) adalah contoh.",
    "Imported, not approved. Thresholds, days, samples, classes of findings, from where on an item "
    "is met, and whatever the source does not state (methods, critical items, weights, efforts) "
    "are examples.",
)
ABOUT = Text(
    "Diimpor dari katalog pihak lain. Teks sumber belum diterjemahkan dan belum disahkan.",
    "Imported from a catalogue of others. The texts are not translated and not approved.",
)
_SCALE: tuple[tuple[Text, Text], ...] = (
    (Text("Belum", "Not yet"), Text("Belum ada, atau tidak dipakai.", "Not there, or not used.")),
    (
        Text("Sebagian", "Partly"),
        Text("Ada sebagian, atau belum dijalankan tetap.", "In part, or not steadily."),
    ),
    (
        Text("Terpenuhi dan dijalankan", "Met and in use"),
        Text("Lengkap, berlaku, dan dijalankan.", "Complete, in force and in use."),
    ),
)
HEAD: dict[str, Any] = {
    "auditees": ["site"],
    "kinds": ["self", "baseline", "evaluation", "follow_up", "periodic"],
    "thresholds": {"total": "80/100", "aspect": "60/100", "not_applicable": "10/100"},
    "days": {
        "self_assessment": 14,
        "major": 60,
        "minor": 90,
        "soft_critical": 60,
        "on_site": 180,
    },
    "findings": [
        {"when": "hard_critical_unmet", "class": "major"},
        {"when": "soft_critical_unmet", "class": "minor"},
        {"when": "lowest_choice", "class": "minor"},
        {"when": "unmet", "class": "suggestion"},
    ],
    "work_order": ["D", "O", "W", "R", "S", "F"],
}


def scale_of(steps: tuple[Step, ...]) -> list[dict[str, Any]]:
    """Give the scale of the source, or ours where it has none."""
    if not steps:
        return [
            {"choice": str(at), "points": at, "label": label.document(), "meaning": said.document()}
            for at, (label, said) in enumerate(_SCALE)
        ]
    return [
        {
            "choice": str(each.points),
            "points": each.points,
            "label": (each.title if each.title.id else same(str(each.points))).document(),
            "meaning": (each.meaning if each.meaning.id else UNSAID).document(),
        }
        for each in steps
    ]


def sample_of(choices: list[str]) -> dict[str, Any]:
    """Give the rule for samples on a scale: the best, the middle one, the lowest."""
    bands = [("80/100", choices[-1])]
    bands += [("50/100", choices[(len(choices) - 1) // 2])] if len(choices) > 2 else []
    bands.append(("0/100", choices[0]))
    return {
        "all_up_to": 5,
        "middle": {"up_to": 30, "draw": 5},
        "above": 10,
        "bands": [{"from": share, "choice": choice} for share, choice in bands],
    }
