"""How is a sealed content read for one reader: which words, dates, shares, titles?

A `Sheet` is the content in one language and the auditee's time. It computes no score: every figure
is the stored one, only written out.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from fractions import Fraction
from typing import Any

from assessor.assessments import wording
from assessor.reports.phrases import phrase
from assessor.ui import formats
from assessor.ui.formats import Zone
from standards.canonical import parse_fraction
from standards.model import Text

Words = Mapping[str, str]


@dataclass(frozen=True)
class CheckpointFacts:
    """A signed checkpoint as it is printed."""

    seq: int
    head: str
    root: str
    at: datetime
    key_id: str
    signature: str = ""

    @property
    def at_text(self) -> str:
        """The moment exactly as it was signed."""
        return self.at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


@dataclass(frozen=True, kw_only=True)
class Sheet:
    """All that a page may ask for."""

    content: Mapping[str, Any]
    root: str
    code: str
    check_url: str
    language: str
    thumbs: Callable[[str], bytes | None]
    version: str
    zone: Zone = field(init=False)
    _items: dict[str, Mapping[str, Any]] = field(init=False, repr=False)
    _aspects: dict[str, Words] = field(init=False, repr=False)
    _choices: dict[str, Words] = field(init=False, repr=False)
    _marks: dict[str, str] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        instrument = self.content["instrument"]
        made = {
            "zone": Zone(self.content["auditee"]["time_zone"]),
            "_items": {item["item"]: item for item in self.content["items"]},
            "_aspects": {each["aspect"]: each["title"] for each in instrument["aspects"]},
            "_choices": {each["choice"]: each["label"] for each in instrument["scale"]},
            "_marks": {
                piece["id"]: self.say("evidence_mark", number=f"{piece['number']:02d}")
                for piece in self.content["evidence"]
            },
        }
        for name, value in made.items():
            object.__setattr__(self, name, value)

    def say(self, name: str, /, **values: object) -> str:
        """One of the report's own phrases."""
        return phrase(name, self.language, values)

    def name(self, table: Mapping[str, Text], code: str) -> str:
        """What a code is called, by a table of `assessments.wording`."""
        return wording.in_(self.language, table, code)

    def reason(self, reason: Mapping[str, Any]) -> str:
        """One reason of the decision as a sentence."""
        return wording.reason_in(
            self.language, reason, item_text=self.item_text, aspect_title=self.aspect_title
        )

    def choose(self, both: Words) -> str:
        """Words kept in both languages; Indonesian where the other is missing."""
        return both.get(self.language) or both["id"]

    # -- shares --

    def ratio(self, pair: Mapping[str, str]) -> Fraction | None:
        """n/d of a stored ratio; None where nothing was within reach."""
        whole = parse_fraction(pair["d"])
        return parse_fraction(pair["n"]) / whole if whole else None

    @property
    def decides(self) -> bool:
        """Whether it is about the whole standard; what looks at a part decides nothing."""
        return bool(self.content["instrument"].get("decides", True))

    def threshold(self, name: str) -> str | None:
        """A threshold as stored; None where nothing is decided."""
        return self.content["instrument"]["thresholds"][name] if self.decides else None

    def share_text(self, share: "str | Fraction | None") -> str:
        """A share in percent, one decimal."""
        value = parse_fraction(share) if isinstance(share, str) else share
        return formats.percent(value, self.language)

    def points(self, text: str) -> str:
        """One side of a stored ratio: `173`, or `11/2` where it is no whole number."""
        value = Fraction(text)
        if value.denominator == 1:
            return formats.number(value.numerator, self.language)
        return f"{value.numerator}/{value.denominator}"

    def n_of_d(self, pair: Mapping[str, str]) -> str:
        """`173 dari 236`."""
        return self.say("n_of_d", n=self.points(pair["n"]), d=self.points(pair["d"]))

    def number(self, value: int) -> str:
        """`1.416`."""
        return formats.number(value, self.language)

    # -- times --

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

    # -- names --

    def aspect_title(self, aspect: str) -> str:
        """The title of an aspect, or its id."""
        found = self._aspects.get(aspect)
        return self.choose(found) if found else aspect

    def item_text(self, item: str) -> str:
        """The words of an item, or nothing when it was not asked here."""
        found = self._items.get(item)
        return self.choose(found["text"]) if found else ""

    def choice_text(self, choice: str | None) -> str:
        """`2 Terpenuhi dan dijalankan`, `TB tidak berlaku`, `BD belum dinilai`."""
        if choice in wording.ABSENT:
            return wording.ABSENT[choice].in_(self.language)
        label = self._choices.get(str(choice))
        return f"{choice} {self.choose(label)}" if label else str(choice)

    def evidence_mark(self, evidence: str | None) -> str:
        """`B-07`: how a piece is called in this report."""
        return self._marks.get(evidence or "", "B-?")

    def expired(self, item: str) -> tuple[str, ...]:
        """What is said at an item of permits that had run out before the visit."""
        stored = self.content.get("expired_permits") or {}
        return tuple(
            self.say(
                "expired_permit",
                permit=self.choose(each["label"]),
                number=each["number"],
                end=self.day(each["expires_on"]),
                day=self.day(stored["on"]),
            )
            for each in stored.get("permits", ())
            if item in each["items"]
        )

    @property
    def who(self) -> str:
        """`lembaga` or `unit`."""
        return self.say(f"who_{self.content['auditee']['kind']}")

    # -- what must be said on every page --

    @property
    def working(self) -> bool:
        """Whether the instrument is not approved."""
        return bool(self.content["instrument"]["status"] != "approved")

    @property
    def fictitious(self) -> bool:
        """Whether the approval is an example's."""
        approval = self.content["instrument"]["approval"]
        return not self.working and bool(approval and approval["fictitious"])

    @property
    def labels(self) -> tuple[str, ...]:
        """The labels of every page."""
        said = []
        if self.content["demo"]:
            said.append(self.say("demo"))
        if self.working:
            said.append(wording.WORKING.in_(self.language))
        if self.fictitious:
            said.append(wording.FICTITIOUS.in_(self.language))
        return tuple(said)


def groups(digest: str, size: int = 8) -> str:
    """A digest in groups that eyes can compare."""
    name, _, value = digest.rpartition(":")
    grouped = " ".join(value[start : start + size] for start in range(0, len(value), size))
    return f"{name}: {grouped}" if name else grouped
