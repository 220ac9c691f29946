"""How much handwork is an audit? Every click, key that acts and filled field is one interaction."""

from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from playwright.sync_api import Locator, Page


class Hand:
    """Does what a person's hand does on a page, and counts it by kind."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.counts: Counter[str] = Counter()
        self.parts: Counter[str] = Counter()
        self.part = ""

    def _count(self, kind: str) -> None:
        self.counts[kind] += 1
        self.parts[self.part] += 1

    def click(self, what: Locator) -> None:
        self._count("click")
        what.click()

    def press(self, key: str) -> None:
        self._count("key")
        self.page.keyboard.press(key)

    def fill(self, what: Locator, words: str) -> None:
        self._count("field")
        what.fill(words)

    def choose_files(self, what: Locator, files: Sequence[Path]) -> None:
        """The chooser opened and the files picked in one act."""
        self._count("files")
        what.set_input_files([str(each) for each in files])

    @property
    def total(self) -> int:
        return sum(self.counts.values())

    def report(self) -> str:
        by_kind = ", ".join(f"{kind} {number}" for kind, number in self.counts.most_common())
        by_part = "\n".join(f"  {part:<28} {number:>4}" for part, number in self.parts.items())
        return f"{self.total} interactions ({by_kind})\n{by_part}"
