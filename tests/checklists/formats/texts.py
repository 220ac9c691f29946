"""Checklists full of words that are hard to write: quotation marks, colons, formulas, other scripts."""

from collections.abc import Callable
from dataclasses import replace

from hypothesis import strategies as st

from checklists.model import Checklist
from standards.model import Standard, Text
from tests.checklists.strategies import checklists

NASTY = (
    "no", "yes", "null", "~", "1.10", "2026-11-21", "0x1F", "1_000", "=1+1", "+62", "-1", "@SUM(A1)",
    "- a list", "# a comment", "a: b", "a #b", "{a: b}", "[a]", "&anchor", "*alias", "!tag", "%x",
    "'single'", '"double"', "back\\slash", "two\nlines", "line\n\nlast", "tab\there", "| pipe",
    "> fold", "? key", "ꦲꦏ꧀ꦱꦫ", "عربي", "é", "😀", "<b>&amp;</b>", "${A-001}", "%(name)s", "x" * 300,
)  # fmt: skip

texts = st.builds(
    lambda words: " ".join(words),
    st.lists(
        st.one_of(
            st.sampled_from(NASTY),
            st.text(st.characters(min_codepoint=32, max_codepoint=126), min_size=1, max_size=20),
        ),
        min_size=1,
        max_size=3,
    ),
).filter(lambda text: 0 < len(text.strip()) <= 300)
both = st.builds(lambda one, other: Text(one.strip(), other.strip()), texts, texts)


@st.composite
def worded_checklists(draw: st.DrawFn) -> Checklist:
    """Draw a checklist whose words are drawn too."""
    checklist = draw(checklists(any_rules=True))
    if len({rule.when for rule in checklist.finding_rules}) < len(checklist.finding_rules):
        checklist = replace(checklist, finding_rules=checklist.finding_rules[:1])
    standard = checklist.standard
    pool = draw(st.lists(both, min_size=3, max_size=5))

    def some(number: int) -> Text:
        return pool[number % len(pool)]

    requirements = tuple(
        replace(
            each,
            text=some(number),
            good=some(number + 1),
            how=some(number + 2),
            evidence=(some(number),),
        )
        for number, each in enumerate(standard.requirements)
    )
    standard = replace(standard, about=some(0), requirements=requirements)
    return worded(checklist, standard, some)


def worded(checklist: Checklist, standard: Standard, some: Callable[[int], Text]) -> Checklist:
    """Put the words everywhere; the sample's bands name steps of the scale that was drawn."""
    items = tuple(
        replace(
            item,
            requirement=standard.requirement(item.requirement.id),
            ask=some(number) if number % 2 else None,
        )
        for number, item in enumerate(checklist.items)
    )
    codes = [choice.code for choice in checklist.scale]
    bands = tuple(
        replace(band, choice=code)
        for band, code in zip(checklist.sample.bands, reversed(codes), strict=False)
    )
    bands = (*bands[:-1], replace(bands[-1], from_share=checklist.sample.bands[-1].from_share))
    return replace(
        checklist,
        standard=standard,
        note=some(1),
        sample=replace(checklist.sample, bands=bands),
        scale=tuple(replace(each, meaning=some(2)) for each in checklist.scale),
        items=items,
    )
