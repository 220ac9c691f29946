"""Which scale do the score definitions of a CISO Assistant framework give?"""

from itertools import pairwise

from checklists.imports.arrival import Findings
from checklists.imports.entries import Entry
from checklists.imports.outline import Step, same
from standards.model import Text
from standards.sentence import sentence
from standards.yaml_source import Place

_MOST_STEPS = 12
_MOST_POINTS = 1_000


def read_scale(framework: Entry, findings: Findings) -> tuple[Step, ...]:
    """Give the steps; none where the framework leaves them to whoever judges."""
    low = _points(framework, "min_score", findings)
    high = _points(framework, "max_score", findings)
    if low is not None and high is not None and low >= high:
        findings.report(
            framework.place_of("max_score"),
            sentence("rentang nilai kosong: %(low)s sampai %(high)s", low=low, high=high),
            sentence("tulis max_score lebih besar daripada min_score"),
        )
        return ()
    steps = _defined(framework, findings)
    if "scores_definition" in framework.names() and not steps and not findings.problems:
        findings.note(sentence("definisi nilai yang bukan daftar tidak dibawa"))
    _check(steps, low, high, framework.place_of("scores_definition"), findings)
    if steps or low is None or high is None:
        return steps
    if high - low < _MOST_STEPS:
        place = framework.place_of("min_score")
        return tuple(Step(at, same(str(at)), same(""), place) for at in range(low, high + 1))
    findings.note(
        sentence(
            "rentang nilai %(low)s–%(high)s tanpa rincian; dipakai skala contoh", low=low, high=high
        )
    )
    return ()


def _points(entry: Entry, name: str, findings: Findings) -> int | None:
    said = entry.text(name)
    if not said:
        return None
    if said.isascii() and said.isdigit() and len(said) <= 6 and int(said) <= _MOST_POINTS:
        return int(said)
    findings.report(
        entry.place_of(name),
        sentence("nilai “%(text)s” tidak dapat dipakai", text=said[:40]),
        sentence("tulis bilangan bulat dari 0 sampai %(most)s", most=_MOST_POINTS),
    )
    return None


def _defined(framework: Entry, findings: Findings) -> tuple[Step, ...]:
    steps = []
    for entry in framework.tables("scores_definition"):
        points = _points(entry, "score", findings)
        if points is None:
            if not entry.text("score"):
                findings.report(
                    entry.place,
                    sentence("langkah skala tanpa score"),
                    sentence("isi score dengan bilangan bulat"),
                )
            continue
        steps.append(Step(points, _said(entry, "name"), _said(entry, "description"), entry.place))
    return tuple(steps)


def _said(entry: Entry, name: str) -> Text:
    said = entry.text(name)
    translations = entry.entry("translations")
    english = translations.entry("en").text(name) or said
    return Text(translations.entry("id").text(name) or english, english)


def _check(
    steps: tuple[Step, ...], low: int | None, high: int | None, place: Place, findings: Findings
) -> None:
    if len(steps) == 1:
        findings.report(
            steps[0].place,
            sentence("skala hanya punya satu pilihan"),
            sentence("tulis paling sedikit dua langkah pada scores_definition"),
        )
    if len(steps) > _MOST_STEPS:
        findings.report(
            place,
            sentence("skala punya %(count)s pilihan", count=len(steps)),
            sentence("sisakan paling banyak %(most)s", most=_MOST_STEPS),
        )
    for before, after in pairwise(steps):
        if after.points <= before.points:
            findings.report(
                after.place,
                sentence("nilai pada skala tidak naik"),
                sentence("urutkan pilihan dari yang terendah, setiap nilai lebih besar"),
            )
    for step in steps:
        if (low is not None and step.points < low) or (high is not None and step.points > high):
            findings.report(
                step.place,
                sentence("nilai %(score)s di luar rentangnya", score=step.points),
                sentence("samakan dengan min_score dan max_score"),
            )
