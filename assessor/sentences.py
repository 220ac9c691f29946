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


class Hindered(Exception):
    """Something is not done, and `sentence` tells the person why and what to do."""

    def __init__(self, sentence: Sentence) -> None:
        super().__init__(str(sentence))
        self.sentence = sentence


class NotPermitted(Hindered):
    """One sees the thing but may not do this with it (403). No `Refused`: a form cannot mend it,
    so whoever catches what a rule says lets this pass to the page of errors."""


class Refused(Hindered):
    """A rule says no to what was asked (400); the form it came from says so."""


class Stale(Refused):
    """Somebody else changed it meanwhile (409); nothing was overwritten."""
