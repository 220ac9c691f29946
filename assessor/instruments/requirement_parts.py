"""How is one requirement shown, with what the checklist says of judging it?"""

from dataclasses import dataclass
from typing import TypeAlias

from flask_babel import gettext as _

from assessor.instruments import words
from assessor.instruments.reading import Instrument
from assessor.ui.current import the_language
from assessor.ui.formats import number
from assessor.ui.parts import Chip, ChipStatus, Fact
from checklists.model import Checklist, Critical, Item
from standards.model import Requirement, Standard, Text

Pair: TypeAlias = tuple[Requirement, Item | None]


@dataclass(frozen=True)
class SourceLine:
    """A publication that a requirement leans on."""

    title: str
    url: str


@dataclass(frozen=True)
class Shown:
    """One requirement, with what the checklist says of judging it."""

    id: str
    text: str
    question: str
    marks: tuple[Chip, ...]
    facts: tuple[Fact, ...]
    good: str
    how: str
    evidence: tuple[str, ...]
    sources: tuple[SourceLine, ...]


def _marks(requirement: Requirement, item: Item | None) -> tuple[Chip, ...]:
    marks = [Chip(ChipStatus.neutral, words.origins()[requirement.origin])]
    if item is not None and item.critical is not Critical.no:
        marks.insert(0, Chip(ChipStatus.bad, words.criticals()[item.critical]))
    return tuple(marks)


def _facts(standard: Standard, requirement: Requirement, item: Item | None) -> tuple[Fact, ...]:
    language = the_language()
    facts = []
    if item is not None:
        names = words.methods()
        facts.append(
            Fact(
                _("Diperiksa dengan"),
                ", ".join(names[method] for method in item.methods),
                note=words.citations()[item.citation],
            )
        )
        facts.append(Fact(_("Bobot"), number(item.weight, language)))
    applies = requirement.applies.words(standard.tag_labels(language), language=language)
    facts.append(Fact(_("Berlakunya"), applies))
    if requirement.clause:
        facts.append(Fact(_("Pasal resmi"), requirement.clause))
    return tuple(facts)


def shown(standard: Standard, requirement: Requirement, item: Item | None) -> Shown:
    """In the reader's words."""
    language = the_language()
    text = requirement.text.in_(language)
    question = item.question.in_(language) if item is not None else text
    sources = (standard.source(each) for each in requirement.sources)
    return Shown(
        id=item.id if item is not None else requirement.id,
        text=text,
        question=question if question != text else "",
        marks=_marks(requirement, item),
        facts=_facts(standard, requirement, item),
        good=requirement.good.in_(language),
        how=requirement.how.in_(language),
        evidence=tuple(each.in_(language) for each in requirement.evidence),
        sources=tuple(SourceLine(each.title, each.url) for each in sources),
    )


def pairs_of(instrument: Instrument) -> tuple[Standard, list[Pair]]:
    """The standard, and each requirement with its item where there is one."""
    if isinstance(instrument, Checklist):
        return instrument.standard, [(item.requirement, item) for item in instrument.items]
    return instrument, [(requirement, None) for requirement in instrument.requirements]


def says(sought: str, pair: Pair) -> bool:
    """Whether all the words stand somewhere in it."""
    requirement, item = pair
    texts: list[Text] = [requirement.text, requirement.good, requirement.how, *requirement.evidence]
    if item is not None and item.ask is not None:
        texts.append(item.ask)
    held = [requirement.id, *((item.id,) if item is not None else ())]
    held += [each.in_(the_language()) for each in texts]
    return all(word in " ".join(held).casefold() for word in sought.casefold().split())
