"""How does the domain speak without knowing the reader's language?

A rule says a `Sentence`: an Indonesian text with named values. The interface translates it.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Sentence:
    """One text for a person. `text` is the catalogue's key, Indonesian itself."""

    text: str
    values: Mapping[str, str | int] = field(default_factory=dict)

    def __str__(self) -> str:
        return self.text % self.values if self.values else self.text


class Refused(Exception):
    """A rule says no. `sentence` tells the person why and what to do."""

    def __init__(self, sentence: Sentence) -> None:
        super().__init__(str(sentence))
        self.sentence = sentence


class NotPermitted(Refused):
    """One sees the thing but may not do this with it (403)."""


class Stale(Refused):
    """Somebody else changed it meanwhile (409); nothing was overwritten."""
