"""What does somebody say who gives one or many scores a basis, and which operations are that?"""

from collections.abc import Sequence
from typing import Any

from werkzeug.datastructures import MultiDict

from assessor.assessments.checklist.entries import parse_basis
from assessor.assessments.checklist.forms import operation, shown_by
from assessor.assessments.models import BasisKind
from assessor.assessments.people import PEOPLE
from assessor.assessments.queries import State
from assessor.sentences import Refused, Sentence
from checklists.model import Checklist
from checklists.sampling import sampled_choice


def _details(form: MultiDict[str, str]) -> list[dict[str, Any]]:
    kind = form.get("kind", "")
    if kind not in set(BasisKind):
        raise Refused(
            Sentence("Pilih jenis dasar nilai: bukti, dilihat, telusur berkas, atau wawancara.")
        )
    if kind == BasisKind.evidence:
        pieces = list(dict.fromkeys(form.getlist("evidence")))
        if not pieces:
            raise Refused(Sentence("Pilih bukti yang ditautkan."))
        return [{"kind": kind, "evidence": piece} for piece in pieces]
    if kind == BasisKind.sighted:
        return [{"kind": kind, **{name: form.get(name, "") for name in ("what", "where", "when")}}]
    note = form.get("note", "")
    if kind == BasisKind.sample:
        numbers = {name: form.get(name, "").strip() for name in ("register", "drawn", "hits")}
        return [{"kind": kind, **numbers, "note": note}]
    counts = {who: form.get(f"count-{who}", "").strip() or "0" for who in PEOPLE}
    return [{"kind": kind, "kinds": counts, "note": note}]


def added(form: MultiDict[str, str], items: Sequence[str], state: State) -> list[dict[str, Any]]:
    """The operations of the form: each basis for each chosen item; a piece that an item cites
    already is not cited twice. Raises Refused when what was said is no basis, or no item was
    chosen."""
    details = _details(form)
    for detail in details:
        parse_basis({"add": detail})
    chosen = [item for item in dict.fromkeys(form.getlist("item")) if item in set(items)]
    if not chosen:
        raise Refused(Sentence("Pilih paling sedikit satu butir untuk dasar nilai ini."))
    shown = shown_by(form)
    cited = {
        (basis.item, basis.evidence_id)
        for bases in state.bases.values()
        for basis in bases
        if basis.evidence_id is not None
    }
    return [
        operation(shown, item, "basis", value={"add": detail}, base=None)
        for item in chosen
        for detail in details
        if (item, detail.get("evidence")) not in cited
    ]


def suggested_choice(form: MultiDict[str, str], checklist: Checklist) -> str | None:
    """Which choice the hits of a sample give by the checklist's rule."""
    drawn, hits = form.get("drawn", ""), form.get("hits", "")
    if form.get("kind") != BasisKind.sample or not (drawn.isdecimal() and hits.isdecimal()):
        return None
    if not 0 <= int(hits) <= int(drawn) or int(drawn) == 0:
        return None
    return sampled_choice(checklist, int(drawn), int(hits))
