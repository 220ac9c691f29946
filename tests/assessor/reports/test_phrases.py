import re
from pathlib import Path

from assessor.reports import phrases
from assessor.reports.phrases import LANGUAGES, PHRASES, phrase

_VALUES = re.compile(r"%\((\w+)\)s")
_SOURCES = Path(phrases.__file__).parent


def test_both_languages_carry_the_same_values() -> None:
    for name, (indonesian, english) in PHRASES.items():
        assert indonesian.strip(), name
        assert english.strip(), name
        assert set(_VALUES.findall(indonesian)) == set(_VALUES.findall(english)), name


def test_every_phrase_that_the_report_names_is_in_the_table() -> None:
    sources = [path.read_text() for path in _SOURCES.glob("*.py")]
    named = {name for text in sources for name in re.findall(r'\.say\(\s*"(\w+)"', text)}
    assert named <= set(PHRASES)
    assert len(named) > 50


def test_everybody_one_speaks_with_has_a_name() -> None:
    from assessor.assessments.checklist.words import PEOPLE

    assert {f"people_{who}" for who in PEOPLE} <= set(PHRASES)


def test_no_phrase_lies_idle() -> None:
    sources = " ".join(path.read_text() for path in _SOURCES.glob("*.py"))
    made_up = ("who_", "auditee_", "demo_", "working_", "fictitious_", "evidence_kind_", "people_")
    idle = [
        name for name in PHRASES if sources.count(f'"{name}"') < 2 and not name.startswith(made_up)
    ]
    assert idle == []


def test_a_phrase_in_each_language() -> None:
    assert [phrase("total", language) for language in LANGUAGES] == ["Jumlah", "Total"]
