"""What does a standard consist of?

Immutable objects: a standard has aspects, sections below them, requirements in the sections, and
the sources that the requirements lean on. A standard is its content: its document is plain JSON
and its fingerprint names that content.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from typing import Any, Self

from standards import applicability
from standards.applicability import ALWAYS, Expression
from standards.canonical import Json, fingerprint
from standards.sentence import sentence

_FORMAT = "standard-v1"


class Origin(StrEnum):
    """How we know that a requirement holds."""

    stated = "stated"
    derived = "derived"
    comparator = "comparator"
    proposed = "proposed"


class SourceKind(StrEnum):
    """What kind of publication a source is."""

    regulation = "regulation"
    bnn = "bnn"
    press = "press"
    study = "study"
    comparator = "comparator"


@dataclass(frozen=True)
class Text:
    """The same words in both languages."""

    id: str
    en: str

    def in_(self, language: str) -> str:
        """Give the words in a language; Indonesian unless English is asked for and there."""
        return self.en if language.startswith("en") and self.en else self.id

    def document(self) -> dict[str, Json]:
        """Give the JSON form."""
        return {"id": self.id, "en": self.en}

    @classmethod
    def from_document(cls, document: Mapping[str, Any]) -> Self:
        """Read the JSON form."""
        return cls(id=document["id"], en=document["en"])


@dataclass(frozen=True)
class TagDefinition:
    """A word of the vocabulary for applicability, with its label."""

    id: str
    label: Text


@dataclass(frozen=True)
class Aspect:
    """A main part of the standard, judged by a threshold of its own."""

    id: str
    title: Text


@dataclass(frozen=True)
class Section:
    """A chapter of an aspect."""

    id: str
    aspect: str
    title: Text


@dataclass(frozen=True)
class Source:
    """A publication that requirements lean on; `url` is empty where there is none."""

    id: str
    title: str
    kind: SourceKind
    url: str = ""

    def document(self) -> dict[str, Json]:
        """Give the JSON form."""
        return {"id": self.id, "title": self.title, "kind": self.kind.value, "url": self.url}


@dataclass(frozen=True)
class Requirement:
    """One checkable thing that must hold."""

    id: str
    section: str
    text: Text
    good: Text
    how: Text
    evidence: tuple[Text, ...]
    origin: Origin
    applies: Expression = ALWAYS
    sources: tuple[str, ...] = ()
    clause: str = ""

    def document(self) -> dict[str, Json]:
        """Give the JSON form."""
        return {
            "id": self.id,
            "section": self.section,
            "text": self.text.document(),
            "good": self.good.document(),
            "how": self.how.document(),
            "evidence": [entry.document() for entry in self.evidence],
            "origin": self.origin.value,
            "applies": self.applies.document(),
            "sources": list(self.sources),
            "clause": self.clause,
        }

    @classmethod
    def from_document(cls, document: Mapping[str, Any]) -> Self:
        """Read the JSON form."""
        return cls(
            id=document["id"],
            section=document["section"],
            text=Text.from_document(document["text"]),
            good=Text.from_document(document["good"]),
            how=Text.from_document(document["how"]),
            evidence=tuple(Text.from_document(entry) for entry in document["evidence"]),
            origin=Origin(document["origin"]),
            applies=applicability.parse(document["applies"]),
            sources=tuple(document["sources"]),
            clause=document["clause"],
        )


@dataclass(frozen=True)
class Standard:
    """An edition of a standard, complete."""

    id: str
    edition: str
    title: Text
    about: Text
    tags: tuple[TagDefinition, ...]
    aspects: tuple[Aspect, ...]
    sections: tuple[Section, ...]
    sources: tuple[Source, ...]
    requirements: tuple[Requirement, ...]

    def requirement(self, requirement_id: str) -> Requirement:
        """Find a requirement; KeyError if the standard has none of that id."""
        return self._requirements[requirement_id]

    def section(self, section_id: str) -> Section:
        """Find a section; KeyError if the standard has none of that id."""
        return self._sections[section_id]

    def aspect(self, aspect_id: str) -> Aspect:
        """Find an aspect; KeyError if the standard has none of that id."""
        return self._aspects[aspect_id]

    def source(self, source_id: str) -> Source:
        """Find a source; KeyError if the standard has none of that id."""
        return self._sources[source_id]

    def tag_labels(self, language: str) -> dict[str, str]:
        """Give the label of every tag, as `Expression.words` wants them."""
        return {tag.id: tag.label.in_(language) for tag in self.tags}

    @cached_property
    def fingerprint(self) -> str:
        """Name the content of this edition."""
        return fingerprint(self.document())

    def document(self) -> dict[str, Json]:
        """Give the JSON form, complete."""
        return {
            "format": _FORMAT,
            "id": self.id,
            "edition": self.edition,
            "title": self.title.document(),
            "about": self.about.document(),
            "tags": [{"id": tag.id, "label": tag.label.document()} for tag in self.tags],
            "aspects": [{"id": each.id, "title": each.title.document()} for each in self.aspects],
            "sections": [
                {"id": each.id, "aspect": each.aspect, "title": each.title.document()}
                for each in self.sections
            ],
            "sources": [source.document() for source in self.sources],
            "requirements": [requirement.document() for requirement in self.requirements],
        }

    @classmethod
    def from_document(cls, document: Mapping[str, Any]) -> Self:
        """Read what `document` wrote; ValueError for another format."""
        if document.get("format") != _FORMAT:
            raise ValueError(sentence("Dokumen ini bukan dokumen standar yang dikenal."))
        text = Text.from_document
        return cls(
            id=document["id"],
            edition=document["edition"],
            title=text(document["title"]),
            about=text(document["about"]),
            tags=tuple(TagDefinition(tag["id"], text(tag["label"])) for tag in document["tags"]),
            aspects=tuple(Aspect(each["id"], text(each["title"])) for each in document["aspects"]),
            sections=tuple(
                Section(each["id"], each["aspect"], text(each["title"]))
                for each in document["sections"]
            ),
            sources=tuple(
                Source(each["id"], each["title"], SourceKind(each["kind"]), each["url"])
                for each in document["sources"]
            ),
            requirements=tuple(map(Requirement.from_document, document["requirements"])),
        )

    @cached_property
    def _requirements(self) -> dict[str, Requirement]:
        return {requirement.id: requirement for requirement in self.requirements}

    @cached_property
    def _sections(self) -> dict[str, Section]:
        return {section.id: section for section in self.sections}

    @cached_property
    def _aspects(self) -> dict[str, Aspect]:
        return {aspect.id: aspect for aspect in self.aspects}

    @cached_property
    def _sources(self) -> dict[str, Source]:
        return {source.id: source for source in self.sources}
