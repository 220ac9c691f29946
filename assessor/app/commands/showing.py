"""What does a checklist ask, by which rule, printed for somebody at a terminal?"""

from collections.abc import Iterator

from assessor.app.commands.speaking import Failed
from assessor.assessments.wording import KINDS, in_
from assessor.instruments.rule_words import GIVES, places_in, rule_in
from checklists.derivation import Derivation
from checklists.item import Critical, Item
from checklists.model import Checklist
from checklists.rotation import asked_in

_LANGUAGE = "id"
_MARKS = {Critical.hard: "**", Critical.soft: "* ", Critical.no: "  "}


def lines_of(checklist: Checklist, *, auditee: str | None, year: int | None) -> Iterator[str]:
    """The head, the rule, and the items by section; ** and * mark critical ones."""
    items = _asked(checklist, auditee, year)
    yield f"{checklist.title.in_(_LANGUAGE)} ({checklist.id}, edisi {checklist.edition})"
    yield f"Sidik isi: {checklist.fingerprint}"
    kinds = ", ".join(in_(_LANGUAGE, KINDS, kind) for kind in checklist.kinds)
    yield f"Dipakai dalam: {kinds}"
    if checklist.derivation is not None:
        yield from _derived(checklist, checklist.derivation)
    if len(items) < len(checklist.items):
        yield f"Ditanyakan kepada {auditee} pada {year}: {len(items)} dari {len(checklist.items)}"
    else:
        yield f"Butir: {len(items)}"
    for section in checklist.standard.sections:
        found = [item for item in items if item.section == section]
        if found:
            yield f"{section.id}. {section.title.in_(_LANGUAGE)} ({len(found)})"
        for item in found:
            methods = "·".join(item.methods)
            yield f"  {_MARKS[item.critical]} {item.id:8} {methods:9} {_words(checklist, item)}"


def _derived(checklist: Checklist, derivation: Derivation) -> Iterator[str]:
    base = derivation.base
    yield f"Berdasarkan: {base.checklist}, edisi {base.edition}"
    yield f"Menilai: {places_in(_LANGUAGE, derivation)}"
    yield f"Hasil: {GIVES[derivation.gives].in_(_LANGUAGE)}"
    for rule in rule_in(_LANGUAGE, derivation, checklist.standard):
        yield f"Aturan: {rule}"


def _words(checklist: Checklist, item: Item) -> str:
    own = checklist.derivation is not None and checklist.derivation.wording == "auditee"
    return (item.question if own else item.text).in_(_LANGUAGE)


def _asked(checklist: Checklist, auditee: str | None, year: int | None) -> tuple[Item, ...]:
    rotation = checklist.derivation.rotation if checklist.derivation else None
    if auditee is None and year is None:
        return checklist.items
    if rotation is None:
        raise Failed(f"Instrumen {checklist.id} tidak bergilir; hapus --auditee dan --year.")
    if auditee is None or year is None:
        raise Failed("Giliran bergantung pada keduanya; sebutkan --auditee dan --year.")
    return asked_in(rotation, checklist.items, auditee=auditee, year=year)
