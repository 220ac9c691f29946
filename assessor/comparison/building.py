"""How is a comparison put into words? Exact shares until they are written out."""

from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction
from typing import Any

from flask_babel import gettext as _
from flask_babel import ngettext

from assessor.assessments import wording
from assessor.assessments.models import Kind
from assessor.assessments.page_parts import result_href
from assessor.comparison.page import Compared, FigureRow, GapGroup, ItemRow, SideHead
from assessor.comparison.sides import Candidate, SealedSide
from assessor.ui.formats import Zone, day, day_in, number, percent
from checklists.comparison import Comparison, Figures, Line, Why, compare
from checklists.mapping import ItemMapping
from checklists.scoring import Ratio
from standards.canonical import parse_fraction


def label_of(candidate: Candidate, language: str) -> str:
    """`Evaluasi 2026`; with its number where there are two such."""
    said = f"{wording.in_(language, wording.SHORT_KINDS, candidate.kind)} {candidate.year}"
    return said if candidate.alone else f"{said} ({candidate.reference})"


def signed(change: Fraction | None, language: str) -> str:
    """A difference in percentage points with its sign: `+12,5`, `−3,0`, `0,0`."""
    said = percent(change, language).rstrip("%").rstrip("\u00a0 ")
    return f"+{said}" if change is not None and change > 0 and said.strip("0,.") else said


def build_compared(
    sides: Sequence[SealedSide], mappings: Iterable[ItemMapping], language: str
) -> Compared:
    """Everything that is said of these sealed assessments, the oldest first."""
    found = compare([each.side for each in sides], mappings)
    return _Writer(sides, found, language).compared()


class _Writer:
    """Writes one comparison in one language."""

    def __init__(self, sides: Sequence[SealedSide], found: Comparison, language: str) -> None:
        self.sides, self.found, self.language = sides, found, language
        self.labels = [label_of(each.candidate, language) for each in sides]
        self.kept = [at for at in range(len(sides)) if at not in found.apart]
        self.names = [self.labels[at] for at in self.kept]
        self.last = sides[-1].content
        self.zone = Zone(self.last["auditee"]["time_zone"])
        self.texts = {
            item["item"]: self.choose(item["text"])
            for each in sides
            for item in each.content["items"]
        }
        self.aspects = {
            each["aspect"]: self.choose(each["title"])
            for side in sides
            for each in side.content["instrument"]["aspects"]
        }

    def choose(self, both: Mapping[str, str]) -> str:
        """Words kept in both languages; Indonesian where the other is missing."""
        return both.get(self.language) or both["id"]

    def compared(self) -> Compared:
        """All of it."""
        auditee, found = self.last["auditee"], self.found
        return Compared(
            title=_("Perbandingan"),
            auditee=auditee["name"],
            reference=auditee["reference"],
            office=auditee["responsible_office"]["name"],
            letterhead=tuple(auditee["responsible_office"]["letterhead"]),
            logo_digest=auditee["responsible_office"].get("logo"),
            span=self._span(),
            basis=self._basis(),
            heads=tuple(self._head(at) for at in range(len(self.sides))),
            columns=tuple(self.names),
            figures=self._figures(),
            changed=tuple(self._row(line) for line in found.changed),
            same=tuple(self._row(line) for line in found.same),
            gaps=self._gaps(),
            sources=tuple(self._source(each) for each in found.mappings),
            labels=self._labels(),
        )

    def _span(self) -> str:
        if not self.found.compared:
            return ""
        return str(
            _(
                "Selisih dihitung dari %(first)s ke %(last)s, dalam poin persen.",
                first=self.names[0],
                last=self.names[-1],
            )
        )

    def _basis(self) -> str:
        compared, gaps = self.found.compared, len(self.found.gaps)
        if not compared:
            return str(_("Tidak ada butir yang dapat dibandingkan."))
        said: str = ngettext(
            "%(num)s butir dapat dibandingkan",
            "%(num)s butir dapat dibandingkan",
            compared,
        )
        if not gaps:
            return f"{said}."
        other: str = ngettext(
            "%(num)s tidak; sebabnya ada di bawah. Angka per aspek hanya dari butir yang sama, "
            "jadi dapat berbeda dari nilai pada laporan masing-masing.",
            "%(num)s tidak; sebabnya ada di bawah. Angka per aspek hanya dari butir yang sama, "
            "jadi dapat berbeda dari nilai pada laporan masing-masing.",
            gaps,
        )
        return f"{said}, {other}"

    def _head(self, at: int) -> SideHead:
        side = self.sides[at]
        content, candidate = side.content, side.candidate
        instrument = content["instrument"]
        edition = _(
            "%(title)s, edisi %(edition)s",
            title=self.choose(instrument["title"]),
            edition=instrument["edition"],
        )
        apart = ""
        if at in self.found.apart:
            apart = _(
                "Tidak dapat dibandingkan: edisi instrumennya lain (%(edition)s) dan padanan "
                "butirnya belum ditetapkan.",
                edition=f"{side.side.edition.checklist} {side.side.edition.edition}",
            )
        return SideHead(
            label=self.labels[at],
            reference=candidate.reference,
            href=result_href(candidate.id),
            sealed=day(day_in(candidate.sealed_at, self.zone), self.language),
            instrument=edition,
            total=self._official(content),
            outcome=self._outcome(candidate, content),
            root=side.root,
            apart=str(apart),
        )

    def _outcome(self, candidate: Candidate, content: Mapping[str, Any]) -> str:
        """What was decided; what somebody says of itself decides nothing."""
        if candidate.kind is Kind.self:
            return str(_("Pandangan sendiri, tidak memutuskan"))
        return wording.in_(self.language, wording.OUTCOMES, str(content["decision"]["outcome"]))

    def _official(self, content: Mapping[str, Any]) -> str:
        """The total as it was sealed; what looks at a part has none."""
        if not content["instrument"].get("decides", True):
            return str(
                _(
                    "%(unmet)s dari %(asked)s butir tidak terpenuhi",
                    unmet=number(content["decision"]["unmet"], self.language),
                    asked=number(content["results"]["applicable"], self.language),
                )
            )
        total = content["results"]["total"]
        return self._ratio(Ratio(parse_fraction(total["n"]), parse_fraction(total["d"])))

    def _ratio(self, ratio: Ratio) -> str:
        if ratio.share is None:
            return "–"
        return str(
            _(
                "%(share)s (%(n)s dari %(d)s)",
                share=percent(ratio.share, self.language),
                n=self._points(ratio.n),
                d=self._points(ratio.d),
            )
        )

    def _points(self, value: Fraction) -> str:
        if value.denominator == 1:
            return number(value.numerator, self.language)
        return f"{value.numerator}/{value.denominator}"

    def _figures(self) -> tuple[FigureRow, ...]:
        if not self.found.compared:
            return ()
        rows = [
            self._figure(self.aspects.get(aspect, aspect), self.found.aspects[aspect])
            for aspect in dict.fromkeys([*self.aspects, *self.found.aspects])
            if aspect in self.found.aspects
        ]
        return (self._figure(_("Semua butir yang sama"), self.found.total), *rows)

    def _figure(self, title: str, figures: Figures) -> FigureRow:
        return FigureRow(
            title=title,
            cells=tuple(self._ratio(each) for each in figures.ratios),
            shares=tuple(each.share for each in figures.ratios),
            change=signed(figures.change, self.language),
        )

    def _row(self, line: Line) -> ItemRow:
        return ItemRow(
            item=line.item,
            text=self.texts.get(line.item, ""),
            cells=tuple((each.choice if each else None) or "BD" for each in line.sides),
            change=signed(line.change, self.language),
            fell=line.change < 0,
        )

    def _gaps(self) -> tuple[GapGroup, ...]:
        groups: dict[str, list[tuple[str, str]]] = {}
        for line in self.found.gaps:
            groups.setdefault(self._why(line), []).append(
                (line.item, self.texts.get(line.item, ""))
            )
        return tuple(GapGroup(why, tuple(items)) for why, items in groups.items())

    def _why(self, line: Line) -> str:
        by_reason: dict[Why, list[str]] = {}
        for name, gap in zip(self.names, line.gaps, strict=True):
            if gap is not None:
                by_reason.setdefault(gap, []).append(name)
        said = [_because(gap, ", ".join(names)) for gap, names in by_reason.items()]
        return "; ".join(said)

    def _source(self, mapping: ItemMapping) -> str:
        return str(
            _(
                "Padanan butir %(old)s ke %(new)s: %(source)s",
                old=mapping.old.edition,
                new=mapping.new.edition,
                source=mapping.source.in_(self.language),
            )
        )

    def _labels(self) -> tuple[str, ...]:
        """What one of the sides says on every page, all of them together say."""
        said: dict[str, None] = {}
        for side in self.sides:
            approval = side.content["instrument"]["approval"]
            if side.content["demo"]:
                said[_("DATA CONTOH")] = None
            if side.content["instrument"]["status"] != "approved":
                said[wording.WORKING.in_(self.language)] = None
            elif approval and approval["fictitious"]:
                said[wording.FICTITIOUS.in_(self.language)] = None
        return tuple(said)


def _because(why: Why, sides: str) -> str:
    words = {
        Why.not_asked: _("Tidak ditanyakan pada %(sides)s", sides=sides),
        Why.not_applicable: _("Tidak berlaku (TB) pada %(sides)s", sides=sides),
        Why.not_assessed: _("Belum dinilai (BD) pada %(sides)s", sides=sides),
        Why.no_counterpart: _("Tidak ada padanannya pada edisi %(sides)s", sides=sides),
    }
    return str(words[why])
