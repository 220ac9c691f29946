"""What does an item of an edition always say, in one language?

An edition never changes, so its items are put into words and written out once; a page of two
hundred items then only adds what was answered.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from flask import get_template_attribute
from markupsafe import Markup, escape

from assessor.assessments.checklist import words
from assessor.assessments.wording import CRITICALS, METHODS, in_
from checklists.model import NOT_APPLICABLE, Checklist, Citation, Item
from standards.model import Origin


@dataclass(frozen=True)
class ScaleStep:
    """A choice of the scale."""

    code: str
    label: str
    meaning: str


@dataclass(frozen=True)
class Guidance:
    """What never changes about an item of an edition, in one language."""

    id: str
    aspect: str
    title: str
    requirement: str
    methods: str
    letters: str
    critical: str
    cite: bool
    good: str
    how: str
    evidence: tuple[str, ...]
    origin: str
    sources: tuple[str, ...]
    clause: str
    search: str


class Written:
    """The same, written out; the control of each choice as it is first needed."""

    def __init__(self, guidance: Guidance, steps: tuple[ScaleStep, ...], *, own: bool) -> None:
        self.guidance = guidance
        self.id = escape(guidance.id)
        self.head = _part("head", guidance.id, guidance)
        self.guide = _part("guide", guidance, own)
        self.mark = _part("mark", guidance)
        self.link = _part("link", guidance)
        self.seen = _part("seen", guidance.id)
        self.reason = _part("reason", guidance.id)
        self.facts = _part("facts", guidance.id, own)
        self.recommendation = _part("recommendation", guidance.id, own)
        self.add = _part("add", guidance.id)
        self.keep = _part("keep", guidance.id)
        self._steps = steps
        self._scales: dict[str, Markup] = {}

    def scale(self, choice: str) -> Markup:
        """The control with this choice chosen."""
        if choice not in self._scales:
            if choice not in {"", NOT_APPLICABLE, *(step.code for step in self._steps)}:
                return self.scale("")
            self._scales[choice] = _part("scale", self.guidance.id, self._steps, choice)
        return self._scales[choice]


def _part(name: str, *told: object) -> Markup:
    """One part of the template; it escapes what it is told."""
    write = get_template_attribute("assessments/checklist_parts.html", name)
    return Markup(write(*told))  # noqa: S704  # written by an escaping template


# edition, language, whether the auditee assesses itself → item → what it says
_written: dict[tuple[str, str, bool], dict[str, Written]] = {}
_MOST = 12


def scale_steps(checklist: Checklist, language: str) -> tuple[ScaleStep, ...]:
    """The steps of the scale."""
    return tuple(
        ScaleStep(each.code, each.label.in_(language), each.meaning.in_(language))
        for each in checklist.scale
    )


def written_items(checklist: Checklist, language: str, *, own: bool) -> dict[str, Written]:
    """What every item of an edition says."""
    key = (checklist.fingerprint, language, own)
    if key not in _written:
        if len(_written) >= _MOST:
            _written.clear()
        _written[key] = _write(checklist, language, own=own)
    return _written[key]


def _write(checklist: Checklist, language: str, *, own: bool) -> dict[str, Written]:
    steps, origins = scale_steps(checklist, language), words.origins()
    return {
        item.id: Written(_guidance(item, origins, language, own=own), steps, own=own)
        for item in checklist.items
    }


def _guidance(item: Item, origins: Mapping[Origin, str], language: str, *, own: bool) -> Guidance:
    requirement = item.requirement
    title = (item.question if own else item.text).in_(language)
    text = item.text.in_(language)
    return Guidance(
        id=item.id,
        aspect=item.aspect.id,
        title=title,
        requirement="" if title == text else text,
        methods=", ".join(in_(language, METHODS, method) for method in item.methods),
        letters="".join(item.methods),
        critical=in_(language, CRITICALS, item.critical),
        cite=item.citation is Citation.required,
        good=requirement.good.in_(language),
        how=requirement.how.in_(language),
        evidence=tuple(each.in_(language) for each in requirement.evidence),
        origin=origins[requirement.origin],
        sources=requirement.sources,
        clause=requirement.clause,
        search=f"{item.id} {title} {text}".casefold(),
    )
