"""How far does a permission reach? Each rule is said twice: of one subject, and as a query.

The two forms stand side by side so that nobody changes one alone; a property test holds them
to each other.
"""

from abc import ABC, abstractmethod
from collections.abc import Callable
from dataclasses import dataclass

from sqlalchemy import ColumnElement, and_, column, false, or_, select, table, true
from sqlalchemy.sql.elements import SQLCoreOperations

from assessor.access.actor import Actor, Held

_closure = table("office_closure", column("ancestor_id"), column("descendant_id"))


@dataclass(frozen=True)
class Subject:
    """What the rules ask about a thing: whose it is, who is responsible, who is on its team."""

    auditee_id: str | None = None
    offices: frozenset[str] = frozenset()  # the responsible office and all above it
    tops: frozenset[str] = frozenset()  # the offices that nothing stands above
    team: frozenset[str] = frozenset()
    cleared: frozenset[str] = frozenset()  # of the team, whose own declaration lets them score
    own_kind: bool = False  # a self-assessment: the auditee's own work
    shown: bool = False  # far enough that the auditee sees it
    run_by: str | None = None  # the office that operates it itself


@dataclass(frozen=True)
class Columns:
    """The same, as columns of a query."""

    auditee_id: SQLCoreOperations[str]
    office_id: SQLCoreOperations[str]
    team: Callable[[str], ColumnElement[bool]] | None = None  # person id → is on the team
    own_kind: ColumnElement[bool] | None = None
    shown: ColumnElement[bool] | None = None
    run_by: SQLCoreOperations[str | None] | None = None


class Rule(ABC):
    """Whether a position reaches a subject."""

    @abstractmethod
    def holds(self, actor: Actor, held: Held, subject: Subject) -> bool:
        """Of one subject."""

    @abstractmethod
    def clause(self, actor: Actor, held: Held, columns: Columns) -> ColumnElement[bool]:
        """As a condition of a query."""


class Everywhere(Rule):
    """The whole nation: the directorate."""

    def holds(self, actor: Actor, held: Held, subject: Subject) -> bool:
        """Always."""
        return True

    def clause(self, actor: Actor, held: Held, columns: Columns) -> ColumnElement[bool]:
        """Always."""
        return true()


class InOffice(Rule):
    """Auditees whose responsible office is the position's office or one below it."""

    def holds(self, actor: Actor, held: Held, subject: Subject) -> bool:
        """The office is among those responsible."""
        return held.office_id is not None and held.office_id in subject.offices

    def clause(self, actor: Actor, held: Held, columns: Columns) -> ColumnElement[bool]:
        """By the closure of the office tree, never by a prefix of a code."""
        if held.office_id is None:
            return false()
        below = select(_closure.c.descendant_id).where(_closure.c.ancestor_id == held.office_id)
        return columns.office_id.in_(below)


class FromTheTop(InOffice):
    """What only a position at the centre decides: at an office with nothing above it."""

    def holds(self, actor: Actor, held: Held, subject: Subject) -> bool:
        """The position's office is the one at the top."""
        return held.office_id is not None and held.office_id in subject.tops

    def clause(self, actor: Actor, held: Held, columns: Columns) -> ColumnElement[bool]:
        """Below the position's office, above which there is none."""
        above = select(_closure.c.ancestor_id).where(
            _closure.c.descendant_id == held.office_id, _closure.c.ancestor_id != held.office_id
        )
        return and_(super().clause(actor, held, columns), ~above.exists())


class Own(Rule):
    """The auditee of the position itself."""

    def holds(self, actor: Actor, held: Held, subject: Subject) -> bool:
        """It is one's own."""
        return held.auditee_id is not None and held.auditee_id == subject.auditee_id

    def clause(self, actor: Actor, held: Held, columns: Columns) -> ColumnElement[bool]:
        """It is one's own."""
        if held.auditee_id is None:
            return false()
        return columns.auditee_id == held.auditee_id


class OwnWork(Own):
    """Own, and the auditee's own work (a self-assessment)."""

    def holds(self, actor: Actor, held: Held, subject: Subject) -> bool:
        """Own and self."""
        return subject.own_kind and super().holds(actor, held, subject)

    def clause(self, actor: Actor, held: Held, columns: Columns) -> ColumnElement[bool]:
        """Own and self."""
        if columns.own_kind is None:
            return false()
        return and_(columns.own_kind, super().clause(actor, held, columns))


class OwnShown(Own):
    """Own work, and what others wrote once it is far enough to be shown."""

    def holds(self, actor: Actor, held: Held, subject: Subject) -> bool:
        """Own, and self or shown."""
        return (subject.own_kind or subject.shown) and super().holds(actor, held, subject)

    def clause(self, actor: Actor, held: Held, columns: Columns) -> ColumnElement[bool]:
        """Own, and self or shown."""
        if columns.own_kind is None or columns.shown is None:
            return false()
        return and_(or_(columns.own_kind, columns.shown), super().clause(actor, held, columns))


class OnTeam(Rule):
    """What one is assigned to."""

    def holds(self, actor: Actor, held: Held, subject: Subject) -> bool:
        """On the team."""
        return actor.person_id is not None and actor.person_id in subject.team

    def clause(self, actor: Actor, held: Held, columns: Columns) -> ColumnElement[bool]:
        """On the team."""
        if columns.team is None or actor.person_id is None:
            return false()
        return columns.team(actor.person_id)


class Either(Rule):
    """One rule or another."""

    def __init__(self, *rules: Rule) -> None:
        self._rules = rules

    def holds(self, actor: Actor, held: Held, subject: Subject) -> bool:
        """One of them does."""
        return any(rule.holds(actor, held, subject) for rule in self._rules)

    def clause(self, actor: Actor, held: Held, columns: Columns) -> ColumnElement[bool]:
        """One of them does."""
        return or_(*(rule.clause(actor, held, columns) for rule in self._rules))


class Apart(Rule):
    """Another rule, but never for the auditee's own people, whatever else they are; and where
    `offices` says so, not for the people of the office that runs the auditee either."""

    def __init__(self, rule: Rule, *, offices: bool = False) -> None:
        self._rule = rule
        self._offices = offices

    def holds(self, actor: Actor, held: Held, subject: Subject) -> bool:
        """The other rule holds, and the actor is none of them."""
        if subject.auditee_id is not None and subject.auditee_id in actor.auditees():
            return False
        if self._offices and subject.run_by is not None and subject.run_by in actor.offices():
            return False
        return self._rule.holds(actor, held, subject)

    def clause(self, actor: Actor, held: Held, columns: Columns) -> ColumnElement[bool]:
        """The same of columns; without a column for it, no office runs the auditee."""
        clauses = [self._rule.clause(actor, held, columns)]
        if own := actor.auditees():
            clauses.append(columns.auditee_id.not_in(own))
        if self._offices and columns.run_by is not None and (offices := actor.offices()):
            clauses.append(or_(columns.run_by.is_(None), columns.run_by.not_in(offices)))
        return and_(*clauses)


EVERYWHERE = Everywhere()
IN_OFFICE = InOffice()
FROM_THE_TOP = FromTheTop()
OWN = Own()
OWN_WORK = OwnWork()
OWN_SHOWN = OwnShown()
ON_TEAM = OnTeam()
# what the auditee and its people never learn of
EVERYWHERE_APART = Apart(EVERYWHERE)
IN_OFFICE_APART = Apart(IN_OFFICE)
ON_TEAM_APART = Apart(ON_TEAM)
OVERSIGHT = Apart(IN_OFFICE, offices=True)
WITNESS = Apart(ON_TEAM, offices=True)
