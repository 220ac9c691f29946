"""May this actor do this to that? One answer with its reason, and its twin for queries."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar

from sqlalchemy import ColumnElement, Select, false, or_, select

from assessor.access.actor import NOBODY, Actor, Held
from assessor.access.matrix import MATRIX, PUBLIC, SIGNED_IN
from assessor.access.permissions import Permission
from assessor.access.rules import Columns, Rule, Subject
from assessor.sentences import NotPermitted, Sentence

Model = TypeVar("Model")

ANYTHING = Subject()


@dataclass(frozen=True)
class Ruling:
    """Yes or no; a no has its reason; a yes names the position it rests on."""

    allowed: bool
    reason: Sentence | None = None
    held: Held | None = None


def _rules(actor: Actor, permission: Permission) -> list[tuple[Held, Rule]]:
    return [
        (held, MATRIX[held.role][permission])
        for held in actor.held
        if permission in MATRIX[held.role]
    ]


def decide(actor: Actor, permission: Permission, subject: Subject = ANYTHING) -> Ruling:
    """Whether the actor may, and if not, why."""
    if permission in PUBLIC or (permission in SIGNED_IN and actor.signed_in):
        return Ruling(allowed=True)
    if not actor.signed_in:
        return Ruling(allowed=False, reason=Sentence("Masuk dulu untuk membuka halaman ini."))
    rules = _rules(actor, permission)
    for held, rule in rules:
        if rule.holds(actor, held, subject):
            return Ruling(allowed=True, held=held)
    if not rules:
        return Ruling(allowed=False, reason=Sentence("Peran Anda tidak melakukan tindakan ini."))
    return Ruling(
        allowed=False, reason=Sentence("Tindakan ini di luar lembaga, tim atau wilayah Anda.")
    )


def ensure(actor: Actor, permission: Permission, subject: Subject = ANYTHING) -> None:
    """Raise NotPermitted unless the actor may."""
    ruling = decide(actor, permission, subject)
    if not ruling.allowed and ruling.reason is not None:
        raise NotPermitted(ruling.reason)


_columns: dict[type[Any], tuple[Permission, Columns, Callable[[Select[Any]], Select[Any]]]] = {}


def make_visible(
    model: type[Any],
    permission: Permission,
    columns: Columns,
    *,
    joined: Callable[[Select[Any]], Select[Any]] = lambda statement: statement,
) -> None:
    """Say once how a model's rows are seen: the permission, its columns, the joins they need."""
    _columns[model] = (permission, columns, joined)


def reaches(actor: Actor, permission: Permission, columns: Columns) -> ColumnElement[bool]:
    """The condition under which the actor may, over these columns."""
    clauses = [rule.clause(actor, held, columns) for held, rule in _rules(actor, permission)]
    return or_(false(), *clauses)


def visible(model: type[Model], actor: Actor = NOBODY) -> Select[Model]:
    """All rows of a model that the actor may see; none for somebody not signed in."""
    permission, columns, joined = _columns[model]
    return joined(select(model)).where(reaches(actor, permission, columns))
