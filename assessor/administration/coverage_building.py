"""How does the reader see who serves where, and what is wrong with it?"""

from collections.abc import Iterable, Mapping
from datetime import date

from flask import url_for
from flask_babel import gettext as _
from sqlalchemy.orm import Session

from assessor.access.actor import Actor
from assessor.administration.pages import CoveragePage, ProvinceLine
from assessor.organization.coverage import (
    Coverage,
    Problem,
    Province,
    Regency,
    Trouble,
    get_coverage,
)
from assessor.organization.models import OfficeKind
from assessor.organization.reach import is_at_the_top
from assessor.organization.territory_files import ATTRIBUTION
from assessor.ui.current import the_language
from assessor.ui.formats import day, number
from assessor.ui.parts import Column, Fact, Link

MOST_PROBLEMS = 60
_ORDER = tuple(Trouble)


def _trouble(problem: Problem) -> Fact:
    offices = ", ".join(problem.offices)
    words: Mapping[Trouble, str] = {
        Trouble.nobody: _("tidak dilayani kantor mana pun"),
        Trouble.centre_only: _("hanya dilayani kantor pusat; belum ada BNNP atau BNNK"),
        Trouble.several: _("dilayani lebih dari satu kantor: %(offices)s", offices=offices),
        Trouble.closed: _("dilayani kantor yang sudah ditutup: %(offices)s", offices=offices),
        Trouble.ends: _(
            "layanan %(offices)s berakhir %(day)s dan belum ada penggantinya",
            offices=offices,
            day=day(problem.on, the_language()) if problem.on else "",
        ),
    }
    return Fact(problem.territory, words[problem.trouble])


def _server(regency: Regency) -> Fact:
    if regency.office is None:
        return Fact(regency.name, _("tidak dilayani kantor mana pun"))
    note = "" if regency.own else _("lewat wilayah di sekitarnya")
    return Fact(regency.name, regency.office, note=note)


def _province(province: Province) -> ProvinceLine:
    language = the_language()
    kinds = (OfficeKind.bnnk, OfficeKind.bnnp, OfficeKind.centre, None)
    return ProvinceLine(
        name=province.name,
        counts=tuple(number(province.served_by(kind), language) for kind in kinds),
        regencies=tuple(_server(each) for each in province.regencies),
    )


def _numbers(coverage: Coverage) -> Iterable[Fact]:
    language = the_language()
    words = (
        (
            OfficeKind.bnnk,
            _("Dilayani BNNK"),
            _("dengan kantor sendiri atau bersama"),
        ),
        (OfficeKind.bnnp, _("Dilayani BNNP"), _("kabupaten dan kota tanpa BNNK")),
        (OfficeKind.centre, _("Dilayani pusat"), _("belum ada BNNP atau BNNK yang melayani")),
        (None, _("Tanpa kantor"), _("tidak dilayani kantor mana pun")),
    )
    for kind, label, note in words:
        yield Fact(label, number(coverage.served_by(kind), language), note=note)


def coverage_page(session: Session, actor: Actor, today: date) -> CoveragePage:
    """Today's picture: three queries."""
    coverage = get_coverage(session, today)
    problems = sorted(coverage.problems, key=lambda each: _ORDER.index(each.trouble))
    act = None
    if is_at_the_top(session, actor):
        act = Link(_("Pilih kantor untuk mengatur wilayahnya"), url_for("offices.index"))
    return CoveragePage(
        as_of=day(today, the_language()),
        numbers=tuple(_numbers(coverage)),
        problems=tuple(_trouble(each) for each in problems[:MOST_PROBLEMS]),
        more_problems=max(len(problems) - MOST_PROBLEMS, 0),
        columns=(
            Column(_("Provinsi")),
            Column("BNNK", numeric=True),
            Column("BNNP", numeric=True),
            Column(_("Pusat"), numeric=True),
            Column(_("Tanpa kantor"), numeric=True),
        ),
        provinces=tuple(_province(each) for each in coverage.provinces),
        attribution=ATTRIBUTION,
        act=act,
    )
