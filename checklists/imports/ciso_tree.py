"""Do the nodes of a CISO Assistant framework make a tree, and do they name only what is there?"""

from dataclasses import dataclass

from checklists.imports.arrival import Findings
from checklists.imports.entries import Entry
from standards.sentence import sentence
from standards.yaml_source import Place


@dataclass(frozen=True)
class Raw:
    """A node of the framework with what leads it through the tree."""

    urn: str
    parent: str
    assessable: bool
    entry: Entry


def check_tree(raws: list[Raw], findings: Findings) -> None:
    """Note parents that are not there, and nodes above themselves."""
    parents = {each.urn: each.parent for each in raws}
    rounds: set[str] = set()
    ending: set[str] = set()  # from which the way is known to end: no way is gone twice
    for each in raws:
        if each.parent and each.parent not in parents:
            findings.report(
                each.entry.place_of("parent_urn"),
                sentence("induk “%(urn)s” tidak ada", urn=shown(each.parent)),
                sentence("tulis urn node yang ada, atau hapus parent_urn"),
            )
        elif each.urn not in rounds and (ring := _ring(each.urn, parents, ending)):
            rounds |= ring
            findings.report(
                each.entry.place_of("parent_urn"),
                sentence("node “%(urn)s” berputar: menjadi induk dirinya", urn=shown(each.urn)),
                sentence("ganti parent_urn sehingga setiap node berakhir di akar"),
            )


def check_groups(raws: list[Raw], known: set[str], findings: Findings) -> None:
    """Note groups that nobody defined."""
    for each in raws:
        for group in each.entry.texts("implementation_groups"):
            if group not in known:
                findings.report(
                    each.entry.place_of("implementation_groups"),
                    sentence("kelompok “%(group)s” tidak didefinisikan", group=group[:40]),
                    sentence("tambahkan ke implementation_groups_definition, atau hapus"),
                )


def check_weights(raws: list[Raw], top: Place, findings: Findings) -> None:
    """Note what weighs nothing."""
    weights = [(each, each.entry.text("weight")) for each in raws if each.assessable]
    if weights and all(said == "0" for _, said in weights):
        findings.report(
            top,
            sentence("jumlah semua bobot nol"),
            sentence("beri paling sedikit satu node bobot 1 atau lebih"),
        )
        return
    for each, said in weights:
        if said == "0":
            findings.report(
                each.entry.place_of("weight"),
                sentence("bobot nol pada node yang dinilai"),
                sentence("tulis bobot 1 atau lebih, atau assessable: false"),
            )


def shown(urn: str) -> str:
    """Give a urn as it is shown in a sentence."""
    return urn if len(urn) <= 60 else "…" + urn[-58:]


def _ring(urn: str, parents: dict[str, str], ending: set[str]) -> set[str]:
    """Give the nodes that one comes round to; none if the way ends, and then they are noted."""
    seen: set[str] = set()
    while urn and urn not in seen and urn not in ending:
        seen.add(urn)
        urn = parents.get(urn, "")
    if urn in seen:
        return seen
    ending |= seen
    return set()
