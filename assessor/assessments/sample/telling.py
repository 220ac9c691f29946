"""How is a draw told to a reader: its lists, its files, its seed, its counts?"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from flask_babel import gettext as _

from assessor.assessments.sample.pages import ColumnHead, EarlierDraw, ListLine
from assessor.ui.formats import Zone, moment, number
from assessor.ui.parts import Fact


@dataclass(frozen=True)
class Telling:
    """In which language and time the draws are told."""

    language: str
    zone: Zone

    def choose(self, both: Mapping[str, str]) -> str:
        """Words kept in both languages; Indonesian where the other is missing."""
        return both.get(self.language) or both["id"]

    def number(self, value: int) -> str:
        """`1.416`."""
        return number(value, self.language)


def list_lines(telling: Telling, draw: Mapping[str, Any]) -> tuple[ListLine, ...]:
    """The lists of a draw with the files that were drawn from each."""
    found, first = [], 1
    for stratum in draw["strata"]:
        positions = stratum["positions"]
        files = [
            _("B%(number)s berkas ke-%(position)s", number=at, position=telling.number(position))
            for at, position in enumerate(positions, start=first)
        ]
        first += len(positions)
        name = telling.choose(stratum["name"])
        found.append(
            ListLine(
                name=name[:1].upper() + name[1:],
                length=_("%(count)s berkas", count=telling.number(stratum["register"])),
                files=tuple(files) or (_("tidak ada yang diambil"),),
            )
        )
    return tuple(found)


def columns_of(telling: Telling, draw: Mapping[str, Any]) -> tuple[ColumnHead, ...]:
    """The files as heads of columns."""
    found: list[ColumnHead] = []
    for stratum in draw["strata"]:
        for position in stratum["positions"]:
            shown = telling.number(position)
            found.append(
                ColumnHead(
                    name=f"B{len(found) + 1}",
                    place=_("ke-%(position)s", position=shown),
                    full=_(
                        "berkas ke-%(position)s pada daftar %(list)s",
                        position=shown,
                        list=telling.choose(stratum["name"]),
                    ),
                )
            )
    return tuple(found)


def seed_words(seed: str) -> str:
    """A seed in groups that eyes can compare."""
    return " ".join(seed[start : start + 4] for start in range(0, len(seed), 4))


def draw_facts(telling: Telling, draw: Mapping[str, Any]) -> tuple[Fact, ...]:
    """When, how large, with which seed, and why again."""
    register = sum(stratum["register"] for stratum in draw["strata"])
    facts = [
        Fact(
            _("Sampel"),
            _(
                "%(label)s: %(size)s berkas dari %(register)s",
                label=draw["label"],
                size=telling.number(draw["size"]),
                register=telling.number(register),
            ),
        ),
        Fact(_("Diambil"), moment_words(telling, draw["drawn_at"])),
        Fact(
            _("Benih undian"),
            seed_words(draw["seed"]),
            note=_(
                "Cara %(method)s. Dengan benih dan jumlah ini siapa pun dapat mengulang undian dan "
                "mendapat berkas yang sama.",
                method=draw["method"],
            ),
        ),
    ]
    if draw["reason"]:
        facts.append(Fact(_("Alasan diambil lagi"), draw["reason"]))
    return tuple(facts)


def moment_words(telling: Telling, text: str) -> str:
    return moment(datetime.fromisoformat(text), telling.zone, telling.language)


def earlier_draws(telling: Telling, document: Mapping[str, Any]) -> tuple[EarlierDraw, ...]:
    """The draws that count no more; each stays on record."""
    return tuple(
        EarlierDraw(
            label=draw["label"],
            detail=_(
                "%(size)s berkas, diambil %(moment)s, benih %(seed)s",
                size=telling.number(draw["size"]),
                moment=moment_words(telling, draw["drawn_at"]),
                seed=seed_words(draw["seed"]),
            ),
            reason=draw["reason"] or "",
            lists=list_lines(telling, draw),
        )
        for draw in document["draws"][1:]
    )


def counted_words(telling: Telling, counts: Mapping[str, Any]) -> str:
    """`8 dari 10 sesuai, 2 tidak berlaku`."""
    judged = counts["met"] + counts["unmet"]
    said = _(
        "%(met)s dari %(judged)s sesuai",
        met=telling.number(counts["met"]),
        judged=telling.number(judged),
    )
    if not counts["not_applicable"]:
        return str(said)
    waved = _("%(count)s tidak berlaku", count=telling.number(counts["not_applicable"]))
    return f"{said}, {waved}" if judged else str(waved)
