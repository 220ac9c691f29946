"""How much of the work is done, at one glance?"""

from markupsafe import Markup

from assessor.ui.charts.drawing import named, title_and_description


def progress_ring(done: int, total: int, *, title: str) -> Markup:
    """A ring filled by `done` of `total`, the numbers within."""
    if not 0 <= done <= total:
        raise ValueError(f"{done} of {total} is no progress.")
    arc = Markup("")
    if done:
        arc = Markup(
            '<circle class="chart-ring-value" cx="36" cy="36" r="31" pathLength="{0}" '
            'stroke-dasharray="{1} {0}" transform="rotate(-90 36 36)"/>'
        ).format(total, done)
    words = f"{done}/{total}"
    return Markup(
        '<svg class="chart chart-ring" viewBox="0 0 72 72" {}>{}'
        '<circle class="chart-ring-track" cx="36" cy="36" r="31"/>{}'
        '<text class="chart-text chart-value" x="36" y="41" text-anchor="middle">{}</text></svg>'
    ).format(named(title, words), title_and_description(title, words), arc, words)
