"""How is it said which items a checklist takes from the full one, and what can come out?

Plain tables in both languages, as for the words of an assessment: the page says them in the
reader's language, the command line in Indonesian.
"""

from collections.abc import Mapping

from assessor.instruments.reading import Decree
from checklists.derivation import AtOpening, Derivation, Gives, Place, Rotation
from checklists.item import Critical, Method
from checklists.selection import Having, NotTaken, Selection, TakenByAll, TakenByAny, Trait
from standards.model import Standard, Text

GIVES: Mapping[Gives, Text] = {
    Gives.decision: Text(
        "Keputusan tentang seluruh standar", "A decision about the whole standard"
    ),
    Gives.monitoring: Text(
        "Pemantauan: berapa butir tidak terpenuhi, tanpa keputusan tentang seluruh standar",
        "Monitoring: how many items are not met, without a decision about the whole standard",
    ),
}
PLACES: Mapping[Place, Text] = {
    Place.on_site: Text("di tempat", "on site"),
    Place.online: Text("daring", "online"),
}
AT_OPENING: Mapping[AtOpening, Text] = {
    AtOpening.open_findings: Text(
        "Hanya butir yang temuannya masih terbuka; nilai butir lain dibawa dari penilaian yang "
        "diikuti",
        "Only items whose findings are still open; the other scores are carried over from the "
        "assessment that is followed",
    ),
    AtOpening.last_findings: Text(
        "Ditambah butir yang menjadi temuan pada penilaian terakhir",
        "And the items that were findings of the last assessment",
    ),
}
WORKING = Text("Instrumen kerja, belum disahkan", "Working instrument, not approved")
_FICTITIOUS = Text(
    "Contoh: disahkan dengan keputusan rekaan %(decree)s",
    "Example: approved by the fictitious decree %(decree)s",
)
_APPROVED = Text("Disahkan dengan %(decree)s", "Approved by %(decree)s")
EVERYTHING = Text("Semua butir instrumen lengkap", "All items of the full checklist")

METHODS: Mapping[str, Text] = {
    Method.D: Text("dokumen", "documents"),
    Method.O: Text("pengamatan", "observation"),
    Method.W: Text("wawancara", "interviews"),
    Method.R: Text("telusur berkas", "record sample"),
    Method.S: Text("simulasi", "simulation"),
    Method.F: Text("foto", "photo"),
}
CRITICALS: Mapping[str, Text] = {
    Critical.hard: Text("kritis keras", "hard critical"),
    Critical.soft: Text("kritis lunak", "soft critical"),
    Critical.no: Text("tidak kritis", "not critical"),
}
_TRAITS: Mapping[Trait, Text] = {
    Trait.method: Text("diperiksa dengan %(values)s", "checked by %(values)s"),
    Trait.methods_within: Text(
        "diperiksa hanya dengan %(values)s", "checked by nothing but %(values)s"
    ),
    Trait.critical: Text("%(values)s", "%(values)s"),
    Trait.aspect: Text("pada aspek %(values)s", "in the aspect %(values)s"),
    Trait.section: Text("pada bagian %(values)s", "in the section %(values)s"),
    Trait.tag: Text("yang bergantung pada %(values)s", "that depend on %(values)s"),
    Trait.item: Text("%(values)s", "%(values)s"),
}
_OR, _AND, _NOT = Text(" atau ", " or "), Text("; dan ", "; and "), Text("bukan ", "not ")
_ANY = Text("; atau ", "; or ")
_TAKES = Text("Butir yang %(rule)s", "Items %(rule)s")
_ROTATION = Text(
    "Setiap tahun butir %(always)s; butir lain bergiliran, satu dari %(parts)s bagian setiap tahun",
    "Every year the %(always)s items; the others in turn, one of %(parts)s parts each year",
)


def status_text(decree: Decree | None) -> Text:
    """Whether an edition is approved, as it stands on everything that leaves the house."""
    if decree is None:
        return WORKING
    said = _FICTITIOUS if decree.fictitious else _APPROVED
    values = {"decree": decree.number}
    return Text(said.id % values, said.en % values)


def rule_in(language: str, derivation: Derivation, standard: Standard) -> tuple[str, ...]:
    """Which items are asked, in one or more sentences without their full stop."""
    said = []
    if derivation.select is not None:
        rule = selection_in(language, derivation.select, standard)
        said.append(_TAKES.in_(language) % {"rule": rule})
    elif derivation.at_opening is not AtOpening.open_findings and derivation.rotation is None:
        said.append(EVERYTHING.in_(language))
    if derivation.rotation is not None:
        said.append(_rotation_in(language, derivation.rotation, standard))
    if derivation.at_opening is not None:
        said.append(AT_OPENING[derivation.at_opening].in_(language))
    return tuple(said)


def places_in(language: str, derivation: Derivation) -> str:
    """`di tempat, daring`."""
    return ", ".join(PLACES[place].in_(language) for place in derivation.places)


def selection_in(language: str, selection: Selection, standard: Standard) -> str:
    """`diperiksa hanya dengan dokumen atau telusur berkas`."""
    match selection:
        case Having(trait, values):
            named = [_value_in(language, trait, value, standard) for value in values]
            return _TRAITS[trait].in_(language) % {"values": _OR.in_(language).join(named)}
        case NotTaken(part):
            return _NOT.in_(language) + _bracketed(language, part, standard)
        case TakenByAll(parts):
            return _AND.in_(language).join(_bracketed(language, each, standard) for each in parts)
        case TakenByAny(parts):
            return _ANY.in_(language).join(_bracketed(language, each, standard) for each in parts)


def _bracketed(language: str, selection: Selection, standard: Standard) -> str:
    said = selection_in(language, selection, standard)
    return f"({said})" if isinstance(selection, TakenByAll | TakenByAny) else said


def _rotation_in(language: str, rotation: Rotation, standard: Standard) -> str:
    always = selection_in(language, rotation.always, standard)
    return _ROTATION.in_(language) % {"always": always, "parts": rotation.parts}


def _value_in(language: str, trait: Trait, value: str, standard: Standard) -> str:
    match trait:
        case Trait.method | Trait.methods_within:
            return METHODS[value].in_(language)
        case Trait.critical:
            return CRITICALS[value].in_(language)
        case Trait.aspect:
            return standard.aspect(value).title.in_(language)
        case Trait.section:
            return f"{value} ({standard.section(value).title.in_(language)})"
        case Trait.tag:
            return standard.tag_labels(language).get(value, value)
    return value
