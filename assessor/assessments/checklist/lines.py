"""How is one item with its answer, bases and conflicts put into words?"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from assessor.assessments.basis_words import basis_detail
from assessor.assessments.checklist import words
from assessor.assessments.checklist.entries import FIELDS, TEXT_FIELDS
from assessor.assessments.checklist.guidance import written_items
from assessor.assessments.checklist.looking import View
from assessor.assessments.checklist.pages import (
    BasisLine,
    Clash,
    EarlierAnswer,
    Entered,
    ItemLine,
    Offered,
    Typed,
)
from assessor.assessments.checklist.queries import Author, Handed, Named
from assessor.assessments.citation_queries import Cited
from assessor.assessments.citation_words import sufficiency_note
from assessor.assessments.judging import Judged, lacks
from assessor.assessments.models import Answer, Basis, BasisKind, Kind
from assessor.assessments.queries import Conflict, Earlier
from assessor.assessments.review_models import Remark
from assessor.assessments.sample_state import Sheet
from assessor.assessments.wording import SHORT_KINDS, in_
from assessor.instruments.queries import EditionStatus
from assessor.sentences import Sentence
from assessor.ui.current import say
from assessor.ui.formats import Zone, day_in, moment
from checklists.model import NOT_APPLICABLE, Checklist, Item

LONGEST_QUOTE = 240


@dataclass(frozen=True)
class Given:
    """Everything the lines are made from; read by the view, once."""

    judged: Judged
    auditee: Named
    now: datetime
    status: EditionStatus
    view: View
    language: str
    zone: Zone
    pieces: Mapping[str, Handed]
    authors: Mapping[str, Author]
    earlier: Mapping[Kind, Earlier]
    expired: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    reviewed: Mapping[str, Cited] = field(default_factory=dict)
    typed: Typed = field(default_factory=dict)
    complaints: Mapping[str, Sequence[Sentence]] = field(default_factory=dict)
    remarks: Sequence[Remark] = ()
    sheet: Sheet | None = None

    @property
    def own(self) -> bool:
        """Whether the auditee assesses itself."""
        return self.judged.assessment.kind is Kind.self


def _column(kind: Kind, year: int, language: str) -> str:
    """How an earlier assessment is called beside an item; of those that recur, with its year."""
    name = in_(language, SHORT_KINDS, kind)
    return name if kind in {Kind.self, Kind.baseline} else f"{name} {year}"


class Lines:
    """Writes item after item; what is the same for all of them is translated once."""

    def __init__(self, given: Given) -> None:
        self.given = given
        self.today = day_in(given.now, Zone(given.auditee.time_zone.value))
        self.field_words = words.fields()
        self.basis_words = words.basis_kinds()
        self.written = written_items(given.judged.checklist, given.language, own=given.own)
        assessment = given.judged.assessment
        self.earlier = [
            (
                _column(kind, found.content["assessment"]["year"], given.language),
                {each["item"]: each for each in found.content["items"]},
            )
            for kind, found in given.earlier.items()
        ]
        own = given.earlier.get(Kind.self) if assessment.kind is not Kind.self else None
        self.own = {each["item"]: each for each in own.content["items"]} if own else {}
        self.lacks: dict[str, list[str]] = {}
        for lack in lacks(given.judged):
            if lack.item is not None:
                self.lacks.setdefault(lack.item, []).append(say(lack.sentence))
        self.remarks: dict[str, list[str]] = {}
        for each in given.remarks:
            self.remarks.setdefault(each.item, []).append(each.words)
        self.clashes: dict[tuple[str, str], list[Conflict]] = {}
        for conflict in given.judged.state.conflicts:
            operation = conflict.operation
            self.clashes.setdefault((operation.item, operation.field), []).append(conflict)

    def line(self, item: Item, group: str) -> ItemLine:
        """One item."""
        given, answer = self.given, self.given.judged.state.answers.get(item.id)
        bases = given.judged.state.bases.get(item.id, ())
        own_choice = (self.own.get(item.id, {}).get("choice") or "") if self.own else ""
        complaints = given.complaints.get(item.id, ())
        return ItemLine(
            id=item.id,
            group=group,
            aspect=item.aspect.id,
            written=self.written[item.id],
            choice=self._typed(item.id, "choice", answer),
            reason=self._typed(item.id, "reason", answer),
            facts=self._typed(item.id, "facts", answer),
            recommendation=self._typed(item.id, "recommendation", answer),
            seen=seen_of(answer),
            bases=tuple(self.basis(basis) for basis in bases),
            offered=self._offered(item.id, bases),
            earlier=self._earlier(item.id),
            own_earlier=own_choice,
            clashes=tuple(
                self._clash(field, self.clashes[item.id, field])
                for field in FIELDS
                if (item.id, field) in self.clashes
            ),
            lacks=tuple(self.lacks.get(item.id, ())),
            remarks=tuple(self.remarks.get(item.id, ())),
            expired=self.given.expired.get(item.id, ()),
            complaint=" ".join(say(each) for each in complaints),
            shown=False,
            current=False,
        )

    def _typed(self, item: str, name: str, answer: Answer | None) -> str:
        if (item, name) in self.given.typed:
            return self.given.typed[item, name]
        return (getattr(answer, name) or "") if answer is not None else ""

    def basis(self, basis: Basis) -> BasisLine:
        """One basis in words."""
        if basis.kind is BasisKind.evidence:
            piece = self.given.pieces.get(basis.evidence_id or "")
            return BasisLine(
                op=basis.op_id,
                kind=basis.kind,
                title=words.piece_title(piece, basis.evidence_id or ""),
                href=f"/evidence/{basis.evidence_id}",
                evidence=basis.evidence_id or "",
                note=self._evidence_note(basis, piece),
            )
        return BasisLine(
            op=basis.op_id,
            kind=basis.kind,
            title=self.basis_words[basis.kind],
            detail=basis_detail(self.given.language, basis.kind, basis.detail),
            note=words.sheet_note(self.given.sheet, self.given.judged.state, basis),
        )

    def _evidence_note(self, basis: Basis, piece: Handed | None) -> str:
        said = self.given.reviewed.get(basis.op_id)
        parts = (
            words.end_note(piece, self.today, self.given.language),
            sufficiency_note(said.sufficiency, replaced=said.replaced) if said else "",
        )
        return ", ".join(part for part in parts if part)

    def _offered(self, item: str, bases: Iterable[Basis]) -> tuple[Offered, ...]:
        said = self.own.get(item)
        if not said:
            return ()
        cited = {basis.evidence_id for basis in bases}
        ids = dict.fromkeys(each["evidence"] for each in said["basis"] if each["evidence"])
        pieces = (self.given.pieces.get(each) for each in ids if each not in cited)
        return tuple(Offered(each.id, each.title) for each in pieces if each and each.live)

    def _earlier(self, item: str) -> tuple[EarlierAnswer, ...]:
        found = []
        for label, items in self.earlier:
            if (said := items.get(item)) is not None and said["choice"] is not None:
                found.append(EarlierAnswer(label, said["choice"], _shortened(said["facts"])))
        return tuple(found)

    def _entered(self, op: str | None, value: str | None, field: str) -> Entered:
        author = self.given.authors.get(op or "")
        shown = value or ""
        if field == "choice":
            shown = choice_words(self.given.judged.checklist, value, self.given.language)
        return Entered(
            op=op or "",
            who=author.name if author else "",
            when=moment(author.at, self.given.zone, self.given.language) if author else "",
            value=value or "",
            shown=shown,
        )

    def _clash(self, field: str, conflicts: Sequence[Conflict]) -> Clash:
        first = conflicts[0]
        return Clash(
            field=field,
            label=self.field_words[field],
            standing=self._entered(first.standing_op, first.standing, field),
            others=tuple(
                self._entered(each.operation.op_id, each.operation.value, field)
                for each in conflicts
            ),
            text=field in TEXT_FIELDS,
        )


def seen_of(answer: Answer | None) -> str:
    """The last operation of each field, as a form carries it: four ids, a dash for none."""
    if answer is None:
        return ""
    ops = (answer.choice_op, answer.reason_op, answer.facts_op, answer.recommendation_op)
    return " ".join(op or "-" for op in ops) if any(ops) else ""


def _shortened(text: str | None) -> str:
    text = " ".join((text or "").split())
    if len(text) <= LONGEST_QUOTE:
        return text
    return text[:LONGEST_QUOTE].rsplit(" ", 1)[0] + " …"


def choice_words(checklist: Checklist, choice: str | None, language: str) -> str:
    """A choice with its label."""
    if not choice:
        return "BD"
    if choice == NOT_APPLICABLE or not checklist.has_choice(choice):
        return choice
    return f"{choice} · {checklist.choice(choice).label.in_(language)}"


def clashing_ops(judged: Judged) -> set[str]:
    """The operations whose authors a page names: conflicts, what stands, what was parked."""
    state = judged.state
    ops = {conflict.operation.op_id for conflict in state.conflicts}
    ops |= {conflict.standing_op for conflict in state.conflicts if conflict.standing_op}
    return ops | {operation.op_id for operation in state.parked}
