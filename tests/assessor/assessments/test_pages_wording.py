"""Every code has its words in both languages, and both say the same values."""

import re
from collections.abc import Mapping
from enum import StrEnum

import pytest

from assessor.assessments import wording
from assessor.assessments.independence import RuleName
from assessor.assessments.models import BasisKind, Kind, Meaning, Mode, Status, TeamRole
from assessor.assessments.workflow import Owner
from checklists.decision import Outcome, Reason, ReasonCode
from checklists.model import Critical, Method
from checklists.rules import FindingClass
from standards.model import Text

TABLES: list[tuple[Mapping[str, Text], type[StrEnum]]] = [
    (wording.KINDS, Kind),
    (wording.SHORT_KINDS, Kind),
    (wording.KIND_PURPOSES, Kind),
    (wording.MODES, Mode),
    (wording.STATUSES, Status),
    (wording.OWNERS, Owner),
    (wording.OUTCOMES, Outcome),
    (wording.OUTCOME_MEANINGS, Outcome),
    (wording.FINDING_CLASSES, FindingClass),
    (wording.MEANINGS, Meaning),
    (wording.TEAM_ROLES, TeamRole),
    (wording.RULES, RuleName),
    (wording.CRITICALS, Critical),
    (wording.METHODS, Method),
    (wording.BASES, BasisKind),
    (wording.REASONS, ReasonCode),
]
VALUES = {
    "count": "3",
    "of": "40",
    "choice": "0",
    "finding": "NILAI-2026-0001/2",
    "n": "11/2",
    "d": "20",
    "share": "11/40",
    "threshold": "4/5",
    "methods": "O W",
}


def places(words: str) -> set[str]:
    return set(re.findall(r"%\((\w+)\)s", words))


@pytest.mark.parametrize(("table", "codes"), TABLES)
def test_a_table_has_words_for_every_code_and_for_no_other(
    table: Mapping[str, Text], codes: type[StrEnum]
) -> None:
    assert {str(code) for code in table} == {str(code) for code in codes}
    for code, text in table.items():
        assert bool(text.id) == bool(text.en) == (code != Critical.no)
        assert places(text.id) == places(text.en)


def test_a_later_code_is_said_as_it_is() -> None:
    assert wording.in_("id", wording.KINDS, "self") == "Penilaian mandiri"
    assert wording.in_("en", wording.KINDS, "self") == "Self-assessment"
    assert wording.in_("id", wording.KINDS, "surprise") == "surprise"


@pytest.mark.parametrize("language", ["id", "en"])
@pytest.mark.parametrize("code", list(ReasonCode))
def test_every_reason_is_a_whole_sentence(code: ReasonCode, language: str) -> None:
    reason = Reason(code, item="SDM-01", aspect="sdm", values=VALUES).document()
    said = wording.reason_in(
        language, reason, item_text=lambda item: f"butir {item}", aspect_title=str.upper
    )
    assert "%(" not in said
    assert said.endswith((".", "butir SDM-01"))


def test_shares_and_methods_are_said_in_words() -> None:
    reason = {
        "code": "not_seen_on_site",
        "item": "SDM-01",
        "aspect": "sdm",
        "values": {"methods": "O W"},
    }
    said = wording.reason_in(
        "id", reason, item_text=lambda _item: "Konselor tersedia.", aspect_title=str
    )
    assert said == (
        "Butir kritis SDM-01 harus diperiksa di tempat (pengamatan, wawancara) tetapi belum: "
        "Konselor tersedia."
    )
    below = {
        "code": "total_below",
        "item": None,
        "aspect": None,
        "values": {"n": "11", "d": "20", "share": "11/20", "threshold": "4/5"},
    }
    said = wording.reason_in("en", below, item_text=str, aspect_title=str)
    assert said == "The total of 55.0% (11 of 20) is below the threshold of 80.0%."


@pytest.mark.parametrize(
    "reason",
    [
        {"code": "of_tomorrow", "item": "X-1", "aspect": None, "values": {"a": "1"}},
        {"code": "total_below", "item": None, "aspect": None, "values": {}},
        {"code": "total_below", "item": None, "aspect": None, "values": {"share": "no/0"}},
    ],
)
def test_no_reason_is_left_out(reason: Mapping[str, object]) -> None:
    said = wording.reason_in("id", reason, item_text=lambda _item: "kata", aspect_title=str)
    assert str(reason["code"]) in said
