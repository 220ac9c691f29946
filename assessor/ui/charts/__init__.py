"""How is a figure drawn without a script?

Pure functions from exact shares to inline SVG. Only classes and presentation attributes are used,
so the page needs no inline style; shape and words say what colour says.
"""

from assessor.ui.charts.bars import Bar, Comparison, bars, bars_table
from assessor.ui.charts.radar import Axis, radar, radar_table
from assessor.ui.charts.ring import progress_ring

__all__ = [
    "Axis",
    "Bar",
    "Comparison",
    "bars",
    "bars_table",
    "progress_ring",
    "radar",
    "radar_table",
]
