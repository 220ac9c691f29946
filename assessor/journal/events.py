"""What can the journal say? One frozen dataclass per event, in the past tense.

A feature declares its events beside its services. An event carries coded values only: ids,
codes, numbers. Names and free text stay in their tables; the journal keeps salted digests.
"""

from dataclasses import dataclass, fields
from typing import Any, ClassVar


class WrongEvent(Exception):
    """An event is declared in a way that the journal cannot record."""


@dataclass(frozen=True, kw_only=True)
class Event:
    """What happened. `subject` is the id of the thing; `auditee` says whose matter it is."""

    act: ClassVar[str] = ""
    subject: str
    auditee: str | None = None

    def __init_subclass__(cls, **kwargs: Any) -> None:
        super().__init_subclass__(**kwargs)
        act = cls.__dict__.get("act", "")
        if not act or act.count(".") != 1:
            message = f"{cls.__name__} needs an act such as 'feature.happened'"
            raise WrongEvent(message)
        if act in REGISTRY and REGISTRY[act].__qualname__ != cls.__qualname__:
            message = f"two events are called {act}"
            raise WrongEvent(message)
        REGISTRY[act] = cls

    def values(self) -> dict[str, Any]:
        """The fields of this kind of event, as coded values."""
        return {
            field.name: getattr(self, field.name)
            for field in fields(self)
            if field.name not in {"subject", "auditee"}
        }


REGISTRY: dict[str, type[Event]] = {}
