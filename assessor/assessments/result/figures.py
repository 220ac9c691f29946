"""How does a result look as figures, beside what came before?"""

from flask_babel import gettext as _
from markupsafe import Markup

from assessor.assessments import wording
from assessor.assessments.document.told import Told, ratio_of
from assessor.assessments.models import Kind
from assessor.assessments.page_parts import (
    kind_name,
)
from assessor.ui.charts import Axis, Bar, Comparison, radar, radar_table
from assessor.ui.formats import percent
from assessor.ui.parts import Fact, Table

COMPARED = (Kind.self, Kind.baseline)


def series_of(told: Told) -> list[Bar]:
    """A bar for each aspect, with the threshold and what earlier assessments gave it."""
    threshold = told.threshold("aspect")
    kinds = [kind for kind in COMPARED if told.content["comparison"][kind]]
    return [
        Bar(
            label=told.aspect_title(aspect),
            share=ratio.share,
            threshold=threshold,
            comparisons=tuple(
                Comparison(
                    wording.in_(told.language, wording.SHORT_KINDS, kind),
                    told.compared(kind, aspect),
                )
                for kind in kinds
            ),
        )
        for aspect, ratio in told.aspects()
    ]


def radar_of(told: Told) -> tuple[Markup | None, Table | None]:
    """The shape over the aspects, against the earliest assessment there is to compare with."""
    before = next((kind for kind in COMPARED if told.content["comparison"][kind]), None)
    axes = [
        Axis(
            told.aspect_title(aspect),
            ratio.share,
            told.compared(before, aspect) if before else None,
        )
        for aspect, ratio in told.aspects()
    ]
    if not 3 <= len(axes) <= 12:
        return None, None
    drawn = radar(axes, title=_("Bentuk hasil menurut aspek"), language=told.language)
    return drawn, radar_table(axes, told.language)


def compared_with(told: Told) -> tuple[Fact, ...]:
    """The earlier assessments, with their totals."""
    facts = []
    for kind in COMPARED:
        earlier = told.content["comparison"][kind]
        if earlier:
            facts.append(
                Fact(
                    kind_name(kind),
                    percent(ratio_of(earlier["total"]).share, told.language),
                    note=_(
                        "%(reference)s, dikunci %(moment)s",
                        reference=earlier["reference"],
                        moment=told.moment(earlier["sealed_at"]),
                    ),
                )
            )
    return tuple(facts)
