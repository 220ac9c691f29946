"""Does the benchmark run through? Its figures are nobody's assertion; that it prints them is."""

from __future__ import annotations

import pytest

from tests.bench import __main__ as bench
from tests.bench import drafting, saving, storing
from tests.bench.figures import Line, table

SLOW_TO_START = ("starting", "storing", "browsing")


def lines(tmp_path, monkeypatch, wanted):
    """The table of a small world."""
    monkeypatch.setattr(saving, "SIZES", (1,))
    monkeypatch.setattr(saving, "SAVES", 3)
    monkeypatch.setattr(drafting, "ITEMS", 40)
    monkeypatch.setattr(storing, "INTAKE", ((3, 1000),))
    monkeypatch.setattr(storing, "CLIENTS", 2)
    monkeypatch.setattr(storing, "MEGABYTES", 3)
    found = list(bench.measured(tmp_path, wanted, items=16))
    assert not [line for line in found if "answered" in line.figure or "faults" in line.what]
    return table(found)


def test_the_table_has_its_figures(tmp_path, monkeypatch):
    wanted = [part for part in bench.PARTS if part not in SLOW_TO_START]
    text = lines(tmp_path, monkeypatch, wanted)
    for word in (
        "save one score",
        "page checklist",
        "verify and seal",
        "PDF",
        "journal verify",
        "shipped library",
        "draft of",
    ):
        assert word in text


@pytest.mark.slow
def test_the_table_has_the_figures_of_starting_and_of_a_slow_phone(tmp_path, monkeypatch):
    text = lines(tmp_path, monkeypatch, SLOW_TO_START)
    for word in (
        "intake of 3",
        "clients upload 3 MB",
        "first healthy answer",
        "memory of a worker",
        "first migration",
        "slow phone",
    ):
        assert word in text


def test_a_part_that_fails_is_not_passed_over(tmp_path, monkeypatch):
    """The guard's own test: what cannot be measured stops the table."""

    def broken(_world):
        raise ZeroDivisionError
        yield Line("never", "")

    monkeypatch.setitem(bench.PARTS, "report", broken)
    with pytest.raises(ZeroDivisionError):
        list(bench.measured(tmp_path, ["report"], items=16))
