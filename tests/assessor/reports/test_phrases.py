import re
from pathlib import Path

import pytest

from assessor.reports import reasons
from assessor.reports.phrases import LANGUAGES, PHRASES, phrase
from checklists.decision import Outcome, ReasonCode
from checklists.rules import FindingClass

_VALUES = re.compile(r"%\((\w+)\)s")
_SOURCES = Path(reasons.__file__).parent


@pytest.mark.parametrize("table", [PHRASES, reasons.SENTENCES], ids=["phrases", "reasons"])
def test_both_languages_carry_the_same_values(table: dict[str, tuple[str, str]]) -> None:
    for name, (indonesian, english) in table.items():
        assert indonesian.strip(), name
        assert english.strip(), name
        assert set(_VALUES.findall(indonesian)) == set(_VALUES.findall(english)), name


def test_every_reason_of_a_decision_has_its_sentence() -> None:
    assert set(reasons.SENTENCES) == {code.value for code in ReasonCode}


def test_every_outcome_and_class_has_its_words() -> None:
    for outcome in Outcome:
        assert f"outcome_{outcome}" in PHRASES
        assert f"means_{outcome}" in PHRASES
    for each in FindingClass:
        assert f"class_{each}" in PHRASES


def test_every_kind_mode_meaning_and_rule_has_its_words() -> None:
    from assessor.assessments.independence import RuleName
    from assessor.assessments.models import Kind, Meaning, Mode, TeamRole
    from assessor.evidence.models import EvidenceKind

    names = [f"kind_{each.value}" for each in Kind]
    names += [f"mode_{each.value}" for each in Mode]
    names += [f"means_{each.value}" for each in Meaning]
    names += [f"role_{each.value}" for each in TeamRole]
    names += [f"rule_{each.value}" for each in RuleName]
    names += [f"evidence_kind_{each.value}" for each in EvidenceKind]
    assert set(names) <= set(PHRASES)


def test_every_phrase_that_the_report_names_is_in_the_table() -> None:
    sources = [path.read_text() for path in _SOURCES.glob("*.py")]
    named = {name for text in sources for name in re.findall(r'\.say\(\s*"(\w+)"', text)}
    assert named <= set(PHRASES)
    assert len(named) > 50


def test_a_phrase_in_each_language() -> None:
    assert [phrase("total", language) for language in LANGUAGES] == ["Jumlah", "Total"]
