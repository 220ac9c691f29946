"""Do the figures show exactly the numbers, to eyes and to screen readers, and nothing else?"""

import re
from fractions import Fraction
from xml.etree import ElementTree as ET

import pytest

from assessor.ui.charts import (
    Axis,
    Bar,
    Comparison,
    bars,
    bars_table,
    progress_ring,
    radar,
    radar_table,
)

EVIL = '<script>alert("x")</script>&'


def tree(svg: str) -> ET.Element:
    return ET.fromstring(svg)


def test_a_bar_is_as_long_as_its_share() -> None:
    drawn = tree(bars([Bar("Kelembagaan", Fraction(33, 40))], title="Nilai", language="id"))
    widths = [rect.attrib["width"] for rect in drawn.iter("rect")]
    assert widths == ["100%", "82.500%"]
    assert "82,5\u00a0%" in [text.text for text in drawn.iter("text")]


def test_lengths_are_rounded_in_thousandths() -> None:
    drawn = tree(bars([Bar("A", Fraction(2, 3))], title="Nilai", language="id"))
    assert [rect.attrib["width"] for rect in drawn.iter("rect")][1] == "66.667%"


def test_a_bar_below_its_threshold_says_so_in_words_and_shape() -> None:
    low = Bar("SDM", Fraction(59, 100), threshold=Fraction(60, 100))
    drawn = tree(bars([low], title="Nilai", language="id"))
    assert [rect.attrib["class"] for rect in drawn.iter("rect")][1] == "chart-bar-low"
    assert "di bawah ambang 60,0\u00a0%" in [text.text for text in drawn.iter("text")]
    assert [line.attrib["x1"] for line in drawn.iter("line")] == ["60.000%", "60.000%"]


def test_a_bar_at_its_threshold_is_not_low() -> None:
    even = Bar("SDM", Fraction(60, 100), threshold=Fraction(60, 100))
    assert "di bawah" not in bars([even], title="Nilai", language="id")


def test_what_was_not_judged_is_dashed_and_named() -> None:
    drawn = tree(bars([Bar("SDM", None)], title="Nilai", language="id"))
    assert [rect.attrib["class"] for rect in drawn.iter("rect")] == ["chart-none"]
    assert "belum dinilai" in [text.text for text in drawn.iter("text")]


def test_a_share_of_nothing_has_no_bar() -> None:
    drawn = tree(bars([Bar("SDM", Fraction(0))], title="Nilai", language="id"))
    assert [rect.attrib["class"] for rect in drawn.iter("rect")] == ["chart-track"]


def test_bars_stack_without_overlap() -> None:
    series = [
        Bar("Pendek", Fraction(1, 2)),
        Bar("Rehabilitasi berbasis masyarakat dan rujukan lanjutan", Fraction(1, 2), Fraction(1)),
        Bar("Akhir", Fraction(1, 2)),
    ]
    drawn = tree(bars(series, title="Nilai", language="id"))
    tops = [int(rect.attrib["y"]) for rect in drawn.iter("rect")][::2]
    assert tops == [23, 118, 194]
    assert drawn.attrib["height"] == str(57 + 114 + 57 + 26)


def test_comparisons_have_their_place_their_shape_and_a_legend() -> None:
    bar = Bar(
        "SDM",
        Fraction(1, 2),
        comparisons=(Comparison("Mandiri", Fraction(9, 10)), Comparison("Awal", None)),
    )
    drawn = tree(bars([bar], title="Nilai", language="id"))
    assert [inner.attrib["x"] for inner in drawn.iter("svg") if "x" in inner.attrib] == [
        "90.000%", "0.000%", "0.000%", "50.000%", "50.000%",
    ]  # fmt: skip
    shapes = {path.attrib["d"] for path in drawn.iter("path")}
    assert len(shapes) == 2


def test_the_table_holds_every_number_of_the_bars() -> None:
    series = [
        Bar("SDM", Fraction(1, 2), Fraction(6, 10), (Comparison("Mandiri", Fraction(9, 10)),)),
        Bar("Sarana", None),
    ]
    table = bars_table(series, "id")
    assert table.columns == ("Bagian", "Nilai", "Ambang", "Mandiri")
    assert table.rows == (
        ("SDM", "50,0\u00a0%", "60,0\u00a0%", "90,0\u00a0%"),
        ("Sarana", "–", "–", "–"),
    )


def test_a_share_outside_0_and_1_is_refused() -> None:
    with pytest.raises(ValueError, match="between 0 and 1"):
        bars([Bar("SDM", Fraction(3, 2))], title="Nilai", language="id")


def test_a_radar_of_four_stands_on_the_compass() -> None:
    axes = [Axis(name, Fraction(1)) for name in "ABCD"]
    drawn = tree(radar(axes, title="Bentuk", language="id"))
    polygons = {p.attrib["class"]: p.attrib["points"] for p in drawn.iter("polygon")}
    assert polygons["chart-area"] == "130.00,30.00 230.00,130.00 130.00,230.00 30.00,130.00"
    assert polygons["chart-grid chart-rim"] == polygons["chart-area"]


def test_half_a_share_reaches_half_way() -> None:
    axes = [Axis("A", Fraction(1, 2)), *(Axis(name, Fraction(1)) for name in "BCD")]
    drawn = tree(radar(axes, title="Bentuk", language="id"))
    area = next(p for p in drawn.iter("polygon") if p.attrib["class"] == "chart-area")
    assert area.attrib["points"].startswith("130.00,80.00 ")


def test_a_radar_leaves_out_what_was_not_judged() -> None:
    axes = [Axis("A", None), *(Axis(name, Fraction(1)) for name in "BCD")]
    drawn = tree(radar(axes, title="Bentuk", language="id"))
    area = next(p for p in drawn.iter("polygon") if p.attrib["class"] == "chart-area")
    assert len(area.attrib["points"].split()) == 3
    assert len(list(drawn.iter("circle"))) == 3
    assert "belum dinilai" in [text.text for text in drawn.iter("text")]


def test_a_radar_of_too_little_known_has_no_area() -> None:
    axes = [Axis("A", Fraction(1)), Axis("B", None), Axis("C", None)]
    assert "chart-area" not in radar(axes, title="Bentuk", language="id")


@pytest.mark.parametrize("count", [0, 2, 13])
def test_a_radar_needs_three_to_twelve_axes(count: int) -> None:
    with pytest.raises(ValueError, match="three to twelve"):
        radar([Axis("A", Fraction(1))] * count, title="Bentuk", language="id")


def test_the_table_of_a_radar_shows_before_only_when_there_is_one() -> None:
    now = [Axis(name, Fraction(1)) for name in "ABC"]
    assert radar_table(now, "en").columns == ("Part", "Score")
    before = [*now, Axis("D", Fraction(1, 2), before=Fraction(1, 4))]
    assert radar_table(before, "id").columns == ("Bagian", "Nilai", "Sebelumnya")
    assert radar_table(before, "id").rows[3] == ("D", "50,0\u00a0%", "25,0\u00a0%")
    assert "Sebelumnya" in radar(before, title="Bentuk", language="id")
    assert "Sebelumnya" not in radar(now, title="Bentuk", language="id")


def test_a_ring_is_filled_by_whole_parts() -> None:
    drawn = tree(progress_ring(7, 12, title="Butir SDM"))
    value = next(c for c in drawn.iter("circle") if c.attrib["class"] == "chart-ring-value")
    assert value.attrib["pathLength"] == "12"
    assert value.attrib["stroke-dasharray"] == "7 12"


def test_an_empty_ring_has_no_arc() -> None:
    assert "chart-ring-value" not in progress_ring(0, 0, title="Butir SDM")


@pytest.mark.parametrize(("done", "total"), [(-1, 3), (4, 3)])
def test_impossible_progress_is_refused(done: int, total: int) -> None:
    with pytest.raises(ValueError, match="no progress"):
        progress_ring(done, total, title="Butir SDM")


def _all_with(label: str) -> list[str]:
    half = Fraction(1, 2)
    return [
        bars(
            [Bar(label, half, comparisons=(Comparison(label, half),))], title=label, language="id"
        ),
        radar([Axis(label, half, half)] * 3, title=label, language="id"),
        progress_ring(1, 2, title=label),
    ]


def test_names_are_escaped_everywhere() -> None:
    for svg in _all_with(EVIL):
        assert "<script" not in svg
        assert any(EVIL.split("(", maxsplit=1)[0] in (part.text or "") for part in tree(svg).iter())


def test_charts_bring_no_style_and_no_handler() -> None:
    for svg in _all_with("SDM"):
        names = {name for part in tree(svg).iter() for name in part.attrib}
        assert "style" not in names
        assert not [name for name in names if name.startswith("on")]
        assert not re.search(r"<style|javascript:|href", svg)


def test_screen_readers_hear_title_and_numbers() -> None:
    drawn = tree(bars([Bar("SDM", Fraction(1, 2))], title="Nilai aspek", language="id"))
    ids = drawn.attrib["aria-labelledby"].split()
    words = {part.attrib["id"]: part.text for part in drawn.iter() if "id" in part.attrib}
    assert drawn.attrib["role"] == "img"
    assert [words[name] for name in ids] == ["Nilai aspek", "SDM 50,0\u00a0%"]


def test_two_charts_of_one_page_do_not_share_ids() -> None:
    first, second = (
        bars([Bar(name, Fraction(1, 2))], title="Nilai", language="id") for name in "AB"
    )
    assert set(re.findall(r'id="([^"]+)"', first)).isdisjoint(re.findall(r'id="([^"]+)"', second))
