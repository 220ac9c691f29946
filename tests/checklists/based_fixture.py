"""A checklist that is based on the generated one, as objects and as its YAML folder."""

import json
from dataclasses import replace
from pathlib import Path

from checklists.derivation import AtOpening, Base, Derivation, Gives, Place, Rotation, Wording
from checklists.model import AssessmentKind, Checklist
from checklists.selection import Selection, selected
from tests.instrument_fixture import make_checklist, make_text

BASED_ID = "instrumen-sebagian"
FULL = make_checklist(items=40)


def make_based(
    *,
    full: Checklist = FULL,
    select: Selection | None = None,
    rotation: Rotation | None = None,
    at_opening: AtOpening | None = None,
    gives: Gives = Gives.monitoring,
    kinds: tuple[AssessmentKind, ...] = (AssessmentKind.periodic,),
    places: tuple[Place, ...] = tuple(Place),
    wording: Wording = Wording.requirement,
    name: str = BASED_ID,
) -> Checklist:
    return replace(
        full,
        id=name,
        title=make_text("Instrumen sebagian"),
        note=make_text("Hanya sebagian"),
        kinds=kinds,
        items=selected(select, full.items),
        derivation=Derivation(
            base=Base(full.id, full.edition, full.fingerprint),
            gives=gives,
            wording=wording,
            places=places,
            select=select,
            rotation=rotation,
            at_opening=at_opening,
        ),
    )


def write_based(folder: Path, **head: object) -> Path:
    """Write a head; what is given replaces or, with None, removes a key."""
    folder.mkdir(parents=True)
    content: dict[str, object] = {
        "checklist": BASED_ID,
        "edition": "2026.1",
        "based_on": FULL.id,
        "based_on_edition": FULL.edition,
        "title": make_text("Instrumen sebagian").document(),
        "kinds": ["periodic"],
        "gives": "monitoring",
        "note": make_text("Hanya sebagian").document(),
        **head,
    }
    lines = [
        f"{key}: {json.dumps(value, ensure_ascii=False)}\n"
        for key, value in content.items()
        if value is not None
    ]
    (folder / "checklist.yaml").write_text("".join(lines), encoding="utf-8")
    return folder
