"""How does a library say something to a person without knowing the person's language?

A `Sentence` is the Indonesian sentence itself (it is a `str`) and remembers the pattern and the
values that it was made from. The application translates the pattern; this package needs no
catalogue. The name `sentence` is the keyword under which patterns are extracted.
"""

from collections.abc import Callable, Mapping
from typing import Self


class Sentence(str):
    """An Indonesian sentence that can still be said in another language."""

    __slots__ = ("pattern", "values")
    pattern: str
    values: Mapping[str, str]

    def __new__(cls, pattern: str, values: Mapping[str, str]) -> Self:
        """Fill the pattern now; keep both parts for a later translation."""
        made = super().__new__(cls, pattern % values)
        made.pattern = pattern
        made.values = values
        return made

    def translated(self, gettext: Callable[[str], str]) -> str:
        """Say it with the pattern that `gettext` gives for ours."""
        return gettext(self.pattern) % self.values


def sentence(pattern: str, **values: object) -> Sentence:
    """Make a sentence from a pattern with `%(name)s` places."""
    return Sentence(pattern, {name: str(value) for name, value in values.items()})
