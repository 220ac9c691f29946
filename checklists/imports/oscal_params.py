"""What do the parameters of an OSCAL catalog say where a text inserts them?

A value that is set is inserted as it is, else the label in square brackets, else the choices.
"""

import re
from collections.abc import Mapping
from typing import Any

_INSERT = re.compile(r"\{\{\s*(?:insert:\s*)?param,\s*([A-Za-z_][\w.-]*)\s*\}\}", re.ASCII)
_LONGEST_WAY = 8
_MOST_INSERTED = 500  # in one text, with all that is inserted into what is inserted
_LONGEST_INSERTED = 100_000  # characters, counted wherever they are inserted


class Parameters:
    """The parameters of a whole catalog, by id; `missing` and `round_` name what cannot be said."""

    def __init__(self) -> None:
        """Start without any."""
        self._known: dict[str, Mapping[str, Any]] = {}
        self.missing: list[str] = []
        self.rounds: list[str] = []
        self._inserted = self._length = 0

    def learn(self, holder: Mapping[str, Any]) -> None:
        """Take the parameters of a catalog, a group or a control, by their ids and old names."""
        for each in holder.get("params") or ():
            if isinstance(each, dict) and isinstance(each.get("id"), str):
                self._known[each["id"]] = each
                for prop in each.get("props") or ():
                    if isinstance(prop, dict) and prop.get("name") == "alt-identifier":
                        self._known.setdefault(str(prop.get("value")), each)

    def filled(self, prose: str, way: tuple[str, ...] = ()) -> str:
        """Give a text with everything inserted; note what cannot be. A few parameters that insert
        each other many times would make a text without end: the whole text has its bound."""
        if not way:
            self._inserted = self._length = 0

        def said(match: re.Match[str]) -> str:
            name = match[1]
            if name in way or len(way) >= _LONGEST_WAY or self._too_much():
                self.rounds.append(name)
                return "[…]"
            if name not in self._known:
                self.missing.append(name)
                return "[…]"
            self._inserted += 1
            inserted = self._said(self._known[name], (*way, name))
            self._length += len(inserted)
            return inserted

        return _INSERT.sub(said, prose)

    def _too_much(self) -> bool:
        return self._inserted >= _MOST_INSERTED or self._length >= _LONGEST_INSERTED

    def _said(self, parameter: Mapping[str, Any], way: tuple[str, ...]) -> str:
        values = parameter.get("values")
        if isinstance(values, list) and values:
            return self.filled(", ".join(str(value) for value in values), way)
        select = parameter.get("select")
        if isinstance(select, dict):
            choices = [str(choice) for choice in select.get("choice") or ()]
            return "[" + self.filled("; ".join(choices), way) + "]"
        return "[" + self.filled(str(parameter.get("label") or "…"), way) + "]"
