"""What does the content of an assessment say, in the reader's language?

The content is that of `seal-v1`: of a sealed assessment it is read from the sealed bytes and from
nothing else; of an open one the same form is computed now, and the pages say so.
"""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from fractions import Fraction
from typing import Any

from sqlalchemy.orm import Session

from assessor.assessments import wording
from assessor.assessments.document.content import build_content
from assessor.assessments.judging import judge
from assessor.assessments.models import Assessment, SealedDocument
from assessor.assessments.seal import open_seal
from assessor.assessments.workflow import FROZEN
from assessor.instruments.queries import EditionStatus
from assessor.ui import formats
from assessor.ui.formats import Zone
from checklists.model import NOT_APPLICABLE
from checklists.scoring import Ratio
from standards.canonical import parse_fraction


@dataclass(frozen=True)
class Told:
    """A content and what it says. `root` is empty while nothing is sealed."""

    content: Mapping[str, Any]
    language: str
    root: str = ""
    _items: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    _aspects: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    _choices: Mapping[str, Mapping[str, str]] = field(default_factory=dict)

    @property
    def sealed(self) -> bool:
        """Whether these are the sealed bytes."""
        return bool(self.root)

    @property
    def zone(self) -> Zone:
        """Where the auditee is."""
        return Zone(self.content["auditee"]["time_zone"])

    @property
    def decides(self) -> bool:
        """Whether it is about the whole standard; what looks at a part decides nothing."""
        return bool(self.content["instrument"].get("decides", True))

    def choose(self, both: Mapping[str, str]) -> str:
        """Words kept in both languages; Indonesian where the other is missing."""
        return both.get(self.language) or both["id"]

    def aspect_title(self, aspect: str) -> str:
        """The title of an aspect, or its id."""
        found = self._aspects.get(aspect)
        return self.choose(found) if found else aspect

    def item_text(self, item: str) -> str:
        """The words of an item, or nothing when it was not asked here."""
        found = self._items.get(item)
        return self.choose(found["text"]) if found else ""

    def has_item(self, item: str) -> bool:
        """Whether the item was asked here."""
        return item in self._items

    def choice_text(self, choice: str | None) -> str:
        """`2 Terpenuhi`, `TB tidak berlaku`, `BD belum dinilai`."""
        if choice is None or choice == NOT_APPLICABLE:
            return wording.ABSENT[choice].in_(self.language)
        label = self._choices.get(choice)
        return f"{choice} {self.choose(label)}" if label else choice

    def reason(self, reason: Mapping[str, Any]) -> str:
        """A reason of the decision as a sentence."""
        return wording.reason_in(
            self.language, reason, item_text=self.item_text, aspect_title=self.aspect_title
        )

    def moment(self, text: str | None) -> str:
        """A stored moment in the auditee's time."""
        if text is None:
            return formats.NO_VALUE
        return formats.moment(datetime.fromisoformat(text), self.zone, self.language)

    def day(self, text: str | None) -> str:
        """A stored date."""
        if text is None:
            return formats.NO_VALUE
        return formats.day(date.fromisoformat(text), self.language)

    @property
    def total(self) -> Ratio:
        """The whole."""
        return ratio_of(self.content["results"]["total"])

    def aspects(self) -> Iterator[tuple[str, Ratio]]:
        """The aspects of the standard that were judged, in its order."""
        stored = self.content["results"]["aspects"]
        for each in self.content["instrument"]["aspects"]:
            ratio = ratio_of(stored[each["aspect"]])
            if ratio.d:
                yield each["aspect"], ratio

    def threshold(self, name: str) -> Fraction | None:
        """A threshold of the edition; None where nothing is decided."""
        if not self.decides:
            return None
        return parse_fraction(self.content["instrument"]["thresholds"][name])

    def compared(self, kind: str, aspect: str) -> Fraction | None:
        """What an earlier assessment gave an aspect."""
        earlier = self.content["comparison"][kind]
        stored = earlier["aspects"].get(aspect) if earlier else None
        return ratio_of(stored).share if stored else None

    @property
    def edition_status(self) -> EditionStatus:
        """Whether the instrument was approved when the assessment was opened."""
        approval = self.content["instrument"]["approval"]
        if not approval:
            return EditionStatus()
        return EditionStatus(
            approval["decree"],
            date.fromisoformat(approval["effective_on"]),
            bool(approval["fictitious"]),
        )


def ratio_of(stored: Mapping[str, str]) -> Ratio:
    """A stored ratio."""
    return Ratio(parse_fraction(stored["n"]), parse_fraction(stored["d"]))


def tell(content: Mapping[str, Any], language: str, root: str = "") -> Told:
    """Prepare a content for reading."""
    instrument = content["instrument"]
    return Told(
        content=content,
        language=language,
        root=root,
        _items={item["item"]: item for item in content["items"]},
        _aspects={each["aspect"]: each["title"] for each in instrument["aspects"]},
        _choices={each["choice"]: each["label"] for each in instrument["scale"]},
    )


def read_told(
    session: Session, assessment: Assessment, *, language: str, today: date, demo: bool
) -> Told:
    """What an assessment says: sealed, from its bytes alone; else computed now. Raises
    BrokenSeal."""
    if assessment.status in FROZEN:
        row = session.get_one(SealedDocument, assessment.id)
        return tell(open_seal(row.content, row.root), language, row.root)
    content = build_content(session, judge(session, assessment, today), demo=demo)
    # as the sealed bytes would be read: no objects of ours are left in it
    return tell(json.loads(json.dumps(content)), language)
