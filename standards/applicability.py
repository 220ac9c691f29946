"""To whom does a requirement apply?

An expression over the tags of an auditee ("rawat-inap", "medis"). It is content: it comes from
a file, is part of the fingerprint, is evaluated for an auditee, and is shown in words.
"""

from abc import ABC, abstractmethod
from collections.abc import Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from typing import ClassVar, TypeAlias

from standards.canonical import Json
from standards.sentence import sentence

_AND = {"id": " dan ", "en": " and "}
_OR = {"id": " atau ", "en": " or "}
_NOT = {"id": "bukan ", "en": "not "}
_ALL = {"id": "semua", "en": "all"}
_FRAME = {"id": "Berlaku untuk %s.", "en": "Applies to %s."}


class _Node(ABC):
    """What every kind of expression can do besides being evaluated."""

    # A compound is put in brackets inside another expression.
    compound: ClassVar[bool] = False

    @abstractmethod
    def phrase(self, labels: Mapping[str, str], language: str) -> str:
        """Say the expression without its frame."""

    def words(self, labels: Mapping[str, str], *, language: str = "id") -> str:
        """Say in a sentence to whom it applies; a tag without a label shows as itself."""
        return _FRAME[language] % self.phrase(labels, language)

    def bracketed(self, labels: Mapping[str, str], language: str) -> str:
        """Say the expression as a part of a larger one."""
        said = self.phrase(labels, language)
        return f"({said})" if self.compound else said


@dataclass(frozen=True)
class Always(_Node):
    """Applies to every auditee."""

    def holds(self, tags: AbstractSet[str]) -> bool:  # noqa: ARG002 - one form for all kinds
        """Tell whether it applies to an auditee with these tags."""
        return True

    def tags(self) -> frozenset[str]:
        """Name the tags that it looks at."""
        return frozenset()

    def document(self) -> Json:
        """Give the JSON form."""
        return None

    def phrase(self, labels: Mapping[str, str], language: str) -> str:  # noqa: ARG002
        """Say that it is all."""
        return _ALL[language]


@dataclass(frozen=True)
class Tag(_Node):
    """Applies to auditees that carry the tag."""

    tag: str

    def holds(self, tags: AbstractSet[str]) -> bool:
        """Tell whether it applies to an auditee with these tags."""
        return self.tag in tags

    def tags(self) -> frozenset[str]:
        """Name the tags that it looks at."""
        return frozenset({self.tag})

    def document(self) -> Json:
        """Give the JSON form."""
        return self.tag

    def phrase(self, labels: Mapping[str, str], language: str) -> str:  # noqa: ARG002
        """Say the label of the tag."""
        return labels.get(self.tag, self.tag)


@dataclass(frozen=True)
class Not(_Node):
    """Applies where the inner expression does not."""

    part: "Expression"

    def holds(self, tags: AbstractSet[str]) -> bool:
        """Tell whether it applies to an auditee with these tags."""
        return not self.part.holds(tags)

    def tags(self) -> frozenset[str]:
        """Name the tags that it looks at."""
        return self.part.tags()

    def document(self) -> Json:
        """Give the JSON form."""
        return {"not": self.part.document()}

    def phrase(self, labels: Mapping[str, str], language: str) -> str:
        """Say what it is not."""
        return _NOT[language] + self.part.bracketed(labels, language)


@dataclass(frozen=True)
class All(_Node):
    """Applies where every part does."""

    parts: "tuple[Expression, ...]"
    compound: ClassVar[bool] = True

    def holds(self, tags: AbstractSet[str]) -> bool:
        """Tell whether it applies to an auditee with these tags."""
        return all(part.holds(tags) for part in self.parts)

    def tags(self) -> frozenset[str]:
        """Name the tags that it looks at."""
        return frozenset().union(*(part.tags() for part in self.parts))

    def document(self) -> Json:
        """Give the JSON form."""
        return {"all": [part.document() for part in self.parts]}

    def phrase(self, labels: Mapping[str, str], language: str) -> str:
        """Say the parts with "and" between."""
        return _AND[language].join(part.bracketed(labels, language) for part in self.parts)


@dataclass(frozen=True)
class Any(_Node):
    """Applies where at least one part does."""

    parts: "tuple[Expression, ...]"
    compound: ClassVar[bool] = True

    def holds(self, tags: AbstractSet[str]) -> bool:
        """Tell whether it applies to an auditee with these tags."""
        return any(part.holds(tags) for part in self.parts)

    def tags(self) -> frozenset[str]:
        """Name the tags that it looks at."""
        return frozenset().union(*(part.tags() for part in self.parts))

    def document(self) -> Json:
        """Give the JSON form."""
        return {"any": [part.document() for part in self.parts]}

    def phrase(self, labels: Mapping[str, str], language: str) -> str:
        """Say the parts with "or" between."""
        return _OR[language].join(part.bracketed(labels, language) for part in self.parts)


Expression: TypeAlias = Always | Tag | All | Any | Not
ALWAYS = Always()


def parse(document: object) -> Expression:
    """Read the JSON form; ValueError with a sentence for anything else."""
    if document is None:
        return ALWAYS
    if isinstance(document, str) and document:
        return Tag(document)
    if isinstance(document, dict) and len(document) == 1:
        (name, inner), *_ = document.items()
        if name == "not" and inner is not None:
            return Not(parse(inner))
        if name in {"all", "any"} and isinstance(inner, list) and inner and None not in inner:
            parts = tuple(parse(entry) for entry in inner)
            return All(parts) if name == "all" else Any(parts)
    raise ValueError(
        sentence(
            "Syarat keberlakuan tidak dapat dibaca; "
            "tulis sebuah label, atau satu dari all, any, not."
        )
    )
