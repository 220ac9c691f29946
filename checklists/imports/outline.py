"""What does a foreign catalogue say, in our terms but not yet by our rules?"""

from dataclasses import dataclass, field

from standards.model import Text
from standards.yaml_source import Place

NOWHERE = Text("", "")


def same(words: str) -> Text:
    """Give words in the one language that the source has them in."""
    return Text(words, words)


@dataclass(frozen=True)
class Heading:
    """A title above points or other headings; `parent` is empty at the top."""

    key: str
    label: str
    title: Text
    parent: str
    place: Place


@dataclass(frozen=True)
class Point:
    """Something to be judged. `title` names it, `statement` is what must hold."""

    key: str
    label: str
    title: Text
    statement: Text
    heading: str
    place: Place
    guidance: tuple[Text, ...] = ()
    evidence: tuple[Text, ...] = ()
    groups: tuple[str, ...] = ()
    methods: tuple[str, ...] = ()
    weight: int = 1


@dataclass(frozen=True)
class Group:
    """Somebody whom a part of the points concerns."""

    key: str
    title: Text
    place: Place


@dataclass(frozen=True)
class Step:
    """A step of a scale."""

    points: int
    title: Text
    meaning: Text
    place: Place


@dataclass(frozen=True)
class Outline:
    """A catalogue as it was read."""

    name: str
    edition: str
    title: Text
    about: Text
    publisher: str
    place: Place
    headings: tuple[Heading, ...]
    points: tuple[Point, ...]
    groups: tuple[Group, ...] = ()
    scale: tuple[Step, ...] = ()
    # how many nodes the file has, also those that are neither heading nor point
    nodes: int = field(default=0)
