"""An OSCAL catalog in the shape of a large one: groups, controls, controls inside, parameters."""

import json
from typing import Any

GROUPS = 20


def make_catalog(controls: int = 40) -> dict[str, Any]:
    """Give a catalog with that many controls, every third one inside another."""
    groups: list[dict[str, Any]] = [
        {"id": f"g{number}", "class": "family", "title": f"Family {number}", "controls": []}
        for number in range(GROUPS)
    ]
    for number in range(controls):
        held = groups[number % GROUPS]["controls"]
        name = f"g{number % GROUPS}-{number // GROUPS + 1}"
        made = _control(name, number)
        if number // GROUPS % 3 == 2 and held:
            held[-1].setdefault("controls", []).append(made)
        else:
            held.append(made)
    return {
        "catalog": {
            "uuid": "9b1c3f52-6a2e-4d0b-9a57-2c7f0e8807a1",
            "metadata": {
                "title": "Catalog of the tests",
                "version": "5.1",
                "oscal-version": "1.1.2",
                "parties": [{"uuid": "x", "type": "organization", "name": "Contoh"}],
            },
            "groups": groups,
            "back-matter": {"resources": []},
        }
    }


def _control(name: str, number: int) -> dict[str, Any]:
    return {
        "id": name,
        "class": "test",
        "title": f"Control {name}",
        "params": [
            {"id": f"{name}_prm_1", "label": "organization-defined frequency"},
            {
                "id": f"{name}_prm_2",
                "select": {"choice": ["weekly", f"{{{{ insert: param, {name}_prm_1 }}}}"]},
            },
        ],
        "props": [
            {"name": "label", "value": f"{name.upper()}(0)", "class": "zero-padded"},
            {"name": "label", "value": name.upper()},
        ],
        "links": [{"href": "#g0-1", "rel": "related"}],
        "parts": [
            {
                "id": f"{name}_smt",
                "name": "statement",
                "prose": "The organization:",
                "parts": [
                    {
                        "id": f"{name}_smt.a",
                        "name": "item",
                        "props": [{"name": "label", "value": "a."}],
                        "prose": f"reviews it {{{{ insert: param, {name}_prm_2 }}}}. "
                        + "Long. " * (number % 90),
                    }
                ],
            },
            {"id": f"{name}_gdn", "name": "guidance", "prose": "Why it matters."},
            {"id": f"{name}_obj", "name": "assessment-objective", "prose": "Determine if"},
            {
                "name": "assessment-method",
                "props": [{"name": "method", "value": "INTERVIEW"}],
                "parts": [{"name": "assessment-objects", "prose": "Staff"}],
            },
        ],
    }


def as_bytes(catalog: dict[str, Any]) -> bytes:
    """Write it as such files are written."""
    return json.dumps(catalog, indent=2).encode()
