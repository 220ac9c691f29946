"""How does an OSCAL catalog (NIST) become a checklist?

Accepted: a JSON file in UTF-8 of at most 16 MB with one object `catalog` of OSCAL 1.x: `metadata`
with title and version, `groups` in any depth, `controls` with controls inside. A group becomes a
heading, every control an item, one inside another as well. The statement is what must hold, the
guidance goes along, parameters are inserted, methods of assessment become ours. What is withdrawn
stays out and is counted. Links, objectives of assessment, back matter and properties without a
meaning here are named in the notes and do not come in. Profiles, component definitions and plans
are refused: they name controls, they do not hold them.
"""

from collections.abc import Iterator, Mapping
from typing import Any

from checklists.imports.arrival import Arrival, Counts, Findings
from checklists.imports.building import build
from checklists.imports.json_source import JsonFile, read_json
from checklists.imports.naming import edition_of
from checklists.imports.oscal_params import Parameters
from checklists.imports.outline import Heading, Outline, Point, same
from standards.model import Text
from standards.sentence import sentence
from standards.yaml_source import Place

_METHODS = {"EXAMINE": "D", "INTERVIEW": "W", "TEST": "S"}
_ASSESSMENT = frozenset({"assessment", "assessment-method"})
_LEFT_OUT = {
    "objective": sentence("tujuan pemeriksaan (objective) tidak dibawa"),
    "assessment-objective": sentence("tujuan pemeriksaan (objective) tidak dibawa"),
}
_LABEL_CLASSES = ("", "sp800-53")


def import_oscal(raw: bytes, file: str) -> Arrival:
    """Read a catalog; a checklist, or every problem at its control."""
    findings = Findings()
    read, problems = read_json(raw, file)
    findings.add(problems)
    if read is None:
        return findings.refused()
    catalog = read.top.get("catalog")
    if not isinstance(catalog, dict):
        held = ", ".join(sorted(read.top))[:80] or "-"
        findings.report(
            read.start,
            sentence("berkas ini bukan katalog OSCAL; isinya: %(held)s", held=held),
            sentence("pilih berkas katalog; profil harus dijadikan katalog dahulu (resolved)"),
        )
        return findings.refused()
    return _Catalog(catalog, read, findings).arrival()


class _Catalog:
    """One catalog while it is read."""

    def __init__(self, catalog: Mapping[str, Any], read: JsonFile, findings: Findings) -> None:
        self._catalog, self._read, self._findings = catalog, read, findings
        self._parameters = Parameters()
        self._ids: set[str] = set()
        self._nodes = 0
        self._headings: list[Heading] = []
        self._points: list[Point] = []

    def arrival(self) -> Arrival:
        """Give the checklist, or the problems."""
        metadata = _table(self._catalog.get("metadata"))
        title = _text(metadata.get("title"))
        self._learn(self._catalog)
        self._walk(self._catalog, "")
        if not self._points and not self._findings.problems:
            self._findings.report(
                self._read.start,
                sentence("katalog ini tidak memuat satu kontrol pun"),
                sentence("periksa controls di dalam groups"),
            )
        if "back-matter" in self._catalog:
            self._findings.note(sentence("objek %(name)s tidak dibawa", name="back-matter"))
        self._findings.note(sentence("teks berbahasa lain; terjemahkan dalam rancangan"), "en")
        if self._findings.problems:
            return self._findings.refused(Counts(nodes=self._nodes, assessable=len(self._points)))
        return build(
            Outline(
                name=title,
                edition=edition_of(_text(metadata.get("version"))),
                title=same(title),
                about=same(_text(metadata.get("remarks"))),
                publisher=_publisher(metadata),
                place=self._read.start,
                headings=tuple(self._headings),
                points=tuple(self._points),
                nodes=self._nodes,
            ),
            self._findings,
        )

    def _learn(self, holder: Mapping[str, Any]) -> None:
        self._parameters.learn(holder)
        for name in ("groups", "controls"):
            for inner in _tables(holder.get(name)):
                self._learn(inner)

    def _walk(self, holder: Mapping[str, Any], heading: str) -> None:
        for control in _tables(holder.get("controls")):
            self._control(control, heading)
        for group in _tables(holder.get("groups")):
            self._nodes += 1
            key = _text(group.get("id")) or f"group-{self._nodes}"
            self._once(key)
            title = _text(group.get("title")) or key
            self._headings.append(
                Heading(f"group {key}", key, same(title), heading, self._read.place(key))
            )
            self._walk(group, f"group {key}")

    def _control(self, control: Mapping[str, Any], heading: str) -> None:
        self._nodes += 1
        name = _text(control.get("id"))
        place = self._read.place(name)
        if not name:
            self._findings.report(
                place,
                sentence("kontrol tanpa id di bawah “%(heading)s”", heading=heading),
                sentence("beri setiap kontrol id yang berbeda"),
            )
        self._once(name)
        if _withdrawn(control):
            self._findings.note(sentence("kontrol yang sudah ditarik tidak dibawa"), name)
        else:
            self._points.append(self._point(control, name, heading, place))
        for inner in _tables(control.get("controls")):
            self._control(inner, heading)

    def _point(self, control: Mapping[str, Any], name: str, heading: str, place: Place) -> Point:
        parts = list(_tables(control.get("parts")))
        said = {kind: self._prose(parts, kind) for kind in ("statement", "guidance", "how")}
        examples = [self._filled(_text(each.get("prose"))) for each in _named(parts, "evidence")]
        title = self._filled(_text(control.get("title")))
        for part in parts:
            if (what := _LEFT_OUT.get(_text(part.get("name")))) is not None:
                self._findings.note(what, name)
        if _tables(control.get("links")):
            self._findings.note(sentence("tautan antarkontrol tidak dibawa"), name)
        self._report_parameters(name, place)
        if not title and not said["statement"]:
            self._findings.report(
                place,
                sentence("kontrol “%(name)s” tidak berisi teks", name=name),
                sentence("isi title atau bagian statement"),
            )
        repeats = said["statement"] == title
        return Point(
            key=name,
            label=_label(control) or name,
            title=same(title),
            statement=same("" if repeats else said["statement"]),
            heading=heading,
            place=place,
            guidance=tuple(_said(said["guidance"], said["how"])),
            evidence=tuple(_said(*examples)),
            methods=_methods(parts),
        )

    def _prose(self, parts: list[Mapping[str, Any]], kind: str) -> str:
        lines = [line for part in _named(parts, kind) for line in self._lines(part, 0)]
        return "\n".join(lines).strip()

    def _lines(self, part: Mapping[str, Any], depth: int) -> Iterator[str]:
        label = _label(part)
        prose = self._filled(_text(part.get("prose")))
        if prose or label:
            yield "  " * max(depth - 1, 0) + " ".join(each for each in (label, prose) if each)
        for inner in _tables(part.get("parts")):
            yield from self._lines(inner, depth + 1)

    def _filled(self, prose: str) -> str:
        return self._parameters.filled(prose)

    def _report_parameters(self, name: str, place: Place) -> None:
        for parameter in dict.fromkeys(self._parameters.missing):
            self._findings.report(
                place,
                sentence(
                    "kontrol “%(name)s” menyebut parameter “%(p)s” yang tidak ada",
                    name=name,
                    p=parameter,
                ),
                sentence("tambahkan ke params, atau hapus sisipannya"),
            )
        for parameter in dict.fromkeys(self._parameters.rounds):
            self._findings.report(
                place,
                sentence("parameter “%(p)s” berputar: menyisipkan dirinya", p=parameter),
                sentence("tulis label atau nilainya tanpa sisipan"),
            )
        self._parameters.missing.clear()
        self._parameters.rounds.clear()

    def _once(self, name: str) -> None:
        if name and name in self._ids:
            self._findings.report(
                self._read.place(name),
                sentence("id “%(name)s” dipakai dua kali", name=name[:60]),
                sentence("beri id yang berbeda"),
            )
        self._ids.add(name)


def _withdrawn(control: Mapping[str, Any]) -> bool:
    return any(
        _text(each.get("name")) == "status" and _text(each.get("value")).lower() == "withdrawn"
        for each in _tables(control.get("props"))
    )


def _label(holder: Mapping[str, Any]) -> str:
    """Give the label that people write: the one without a class comes first."""
    labels = {
        _text(each.get("class")): _text(each.get("value"))
        for each in _tables(holder.get("props"))
        if _text(each.get("name")) == "label"
    }
    for kind in _LABEL_CLASSES:
        if kind in labels:
            return labels[kind]
    return next(iter(labels.values()), "")


def _methods(parts: list[Mapping[str, Any]]) -> tuple[str, ...]:
    """Give our methods for those by which an assessment examines, interviews and tests."""
    named = [
        _METHODS.get(_text(each.get("value")).upper(), "")
        for part in parts
        if _text(part.get("name")) in _ASSESSMENT
        for each in _tables(part.get("props"))
        if _text(each.get("name")) == "method"
    ]
    return tuple(dict.fromkeys(each for each in named if each))


def _named(parts: list[Mapping[str, Any]], name: str) -> list[Mapping[str, Any]]:
    return [part for part in parts if _text(part.get("name")) == name]


def _said(*texts: str) -> Iterator[Text]:
    return (same(text) for text in texts if text)


def _publisher(metadata: Mapping[str, Any]) -> str:
    return ", ".join(_text(each.get("name")) for each in _tables(metadata.get("parties")))


def _table(value: Any) -> Mapping[str, Any]:
    return value if isinstance(value, dict) else {}


def _tables(value: Any) -> list[Mapping[str, Any]]:
    return [each for each in value if isinstance(each, dict)] if isinstance(value, list) else []


def _text(value: Any) -> str:
    return value.strip() if isinstance(value, str) else ""
